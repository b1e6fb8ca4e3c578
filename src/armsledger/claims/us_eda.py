"""Excess defense articles of the United States -> claims: a row tells of a request and how far it has come.

    request (fiscal year, quantity) -> allocated: *approved* -> letter offered: *offered* -> accepted: *ordered*
    -> delivered: *delivered*; rejected or cancelled as the row's status: *halted*

The status has a day, and that day belongs to the stage that the status names and to no other. A quantity of 0, "N/A" or
nothing is not told: parts are given by value there. The current value is what the articles are put at today, as the
table reports it; it stands with what was allocated, or with the request where nothing was. What they once cost is an
anchor of its own and no price. A part that the recipient turned down is an anchor, too (``quantity rejected``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from armsledger.claims.register_rows import Gathering, cell, kept, party_named
from armsledger.claims.systems import system_in
from armsledger.lexicon.matcher import lexicon
from armsledger.model import Anchor, Claim, DateInterval, Meaning, Mode, Money, SpeakerKind, Stage
from armsledger.text.registers import Register, RowFault
from armsledger.text.tables import Row, Table

READER = "register-us-eda/1"
SPEAKER = "Defense Security Cooperation Agency"
SUPPLIER = "USA"

_STATUS = {
    "service authorized to supply eda": Stage.APPROVED,
    "loa offered": Stage.OFFERED,
    "eda accepted/loa implemented": Stage.ORDERED,
    "eda delivered": Stage.DELIVERED,
    "eda rejected": Stage.HALTED,
    "eda cancelled": Stage.HALTED,
}
_MODES = {"grant authority": Mode.AID, "fms sales": Mode.SALE}
_COUNTED = (
    (Stage.APPROVED, "qty allocated"),
    (Stage.ORDERED, "qty accepted"),
    (Stage.DELIVERED, "total delivered qty"),
)
_QUANTITIES = ("qty requested", "qty rejected", *(column for _, column in _COUNTED))
_ORDER = (Stage.APPROVED, Stage.OFFERED, Stage.ORDERED, Stage.DELIVERED, Stage.HALTED)

_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{2}|\d{4})")
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,12}")
_SUM = re.compile(r"\$?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,15}(?:\.\d{1,2})?)")
_NOT_COUNTED = {"", "n/a"}


def read_articles(gathering: Gathering) -> None:
    """Gathers the claims of a table of excess articles."""
    table = gathering.table
    for row in table.rows(gathering.document.text):
        told = {name: row.cells[place] for name, place in table.columns.items() if place < len(row.cells)}
        if (problem := _fault_of(row, table, told)) is not None:
            gathering.faults.append(RowFault(row.line, row.start, row.end, problem))
            continue
        gathering.rows += 1
        gathering.add(_Article(gathering, row, told).claims())


def _fault_of(row: Row, table: Table, told: dict[str, str]) -> str | None:
    """What is wrong with a row; None where nothing is."""
    if len(row.cells) < table.width or row.filled > table.width:
        return f"{len(row.cells)} cells, {table.width} were expected"
    if _YEAR.fullmatch(told["fiscal year of request"]) is None:
        return f"fiscal year of request: a year was expected, {told['fiscal year of request'][:40]!r} is there"
    for name in ("country (transfer to)", "item description"):
        if not told[name]:
            return f"{name}: is empty"
    if told["status"].lower() not in _STATUS:
        return f"status: {told['status'][:60]!r} is none that is known"
    if _day(told["status date"]) is None:
        return f"status date: a date such as 6/10/20 was expected, {told['status date'][:40]!r} is there"
    for name in _QUANTITIES:
        if told[name].lower() not in _NOT_COUNTED and _WHOLE.fullmatch(told[name]) is None:
            return f"{name}: a number was expected, {told[name][:40]!r} is there"
    for name in ("total acquisition value", "total current value"):
        if told[name] and _SUM.fullmatch(told[name]) is None:
            return f"{name}: a sum was expected, {told[name][:40]!r} is there"
    return None


def _day(said: str) -> date | None:
    """A day as the table writes it, month first."""
    found = _DAY.fullmatch(said)
    if found is None:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


# A part of a thing, or what goes with it, is not the thing.
_PART = re.compile(
    r"\b(?:(?:spare|part|kit|wing|barrel|antenna|simulator|trailer|cable|mount|tripod|fuze|charge|blanket|component|"
    r"section|sight|socket|motor|board|aid|track)s?|assembl(?:y|ies)|accessories|equipment|reclamation|training|"
    r"procedures|cutaway)\b",
    re.IGNORECASE,
)
_MODEL = re.compile(r"\b(?:X?M|MK|K)[ -]?\d{1,4}(?:[A-Z]\d{0,2}){0,3}\b", re.IGNORECASE)


def _system(description: str) -> str | None:
    """The lexicon's id of what a description names; None for parts, and where only a model number says it: an M1 is a
    tank, a detonator and a cartridge.
    """
    found = None if _PART.search(description) else system_in(description)
    if found is None or system_in(_MODEL.sub(" ", description)) == found:
        return found
    return found if _kinds()[found] & set(re.findall(r"[a-z]{3,}", description.lower())) else None


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    """System -> the words that say what kind of thing it is, singular and plural."""
    told = {system.id: {*system.head.split(), *system.type.split()} for system in lexicon().systems}
    return {system: frozenset({*words, *(f"{word}s" for word in words)}) for system, words in told.items()}


@dataclass(frozen=True, slots=True)
class _Article:
    """One row while its claims are made."""

    gathering: Gathering
    row: Row
    told: dict[str, str]

    def claims(self) -> Iterator[Claim]:
        """The request, then each stage that a quantity or the status tells of."""
        base = self._base()
        status = _STATUS[self.told["status"].lower()]
        counts = {stage: self._count(column) for stage, column in _COUNTED}
        reached = {stage for stage, count in counts.items() if count} | {status}
        valued = Stage.APPROVED if Stage.APPROVED in reached else None
        yield self._request(base, valued=valued is None)
        for stage in _ORDER:
            if stage in reached:
                yield self._reached(base, stage, counts.get(stage), of_status=stage is status, valued=stage is valued)

    def _base(self) -> Claim:
        """What all claims of the row share."""
        text, row, told = self.gathering.document.text, self.row, self.told
        written = told["country (transfer to)"]
        recipient = party_named(written, Register.US_EDA)
        if not recipient.known:
            self.gathering.unknown[written] += 1
        mode = _MODES.get(told["transfer authority"].lower())
        rejected = self._count("qty rejected")
        quote = text[row.start : row.end]
        return Claim(
            document=self.gathering.id,
            start=row.start,
            end=row.end,
            quote=quote,
            reader=READER,
            stage=Stage.REQUESTED,
            supplier=SUPPLIER,
            recipient=recipient.party,
            item=told["item description"],
            system=_system(told["item description"]),
            mode=mode,
            second_hand=True,
            speaker=SPEAKER,
            speaker_kind=SpeakerKind.OFFICE,
            anchors=kept(
                *self.gathering.names(row),
                Anchor("supplier", SUPPLIER, row.start, row.end, quote, "register"),
                self._cell("country (transfer to)", "recipient", recipient.party, recipient.how),
                self._cell("item description", "item"),
                self._cell("transfer authority", "mode", mode, "column") if mode else None,
                self._cell("transfer authority", "authority"),
                self._cell("implementing agency", "agency"),
                self._cell("status", "status"),
                self._cell("qty rejected", "quantity rejected", rejected) if rejected else None,
            ),
        )

    def _request(self, base: Claim, *, valued: bool) -> Claim:
        """That the articles were asked for, in a fiscal year: from October of the year before to September."""
        year = int(self.told["fiscal year of request"])
        when = DateInterval(f"{year - 1}-10/{year}-09")
        count = self._count("qty requested")
        own = kept(
            self._cell("fiscal year of request", "stage", Stage.REQUESTED, "column"),
            self._cell("fiscal year of request", "date", when, "fiscal year"),
            self._cell("qty requested", "quantity", count) if count else None,
        )
        claim = replace(base, date=when, quantity=count, anchors=(*base.anchors, *own))
        return self._valued(claim) if valued else claim

    def _reached(self, base: Claim, stage: Stage, count: Decimal | None, *, of_status: bool, valued: bool) -> Claim:
        """That a stage was reached; dated where it is the one that the status names."""
        column = dict(_COUNTED).get(stage)
        day = _day(self.told["status date"]) if of_status else None
        when = None if day is None else DateInterval(day.isoformat())
        shown = "status" if of_status or column is None else column
        own = kept(
            self._cell(shown, "stage", stage, "column"),
            self._cell("status date", "date", when, "column") if when else None,
            self._cell(column, "quantity", count) if column and count else None,
        )
        claim = replace(base, stage=stage, date=when, quantity=count, anchors=(*base.anchors, *own))
        return self._valued(claim) if valued else claim

    def _valued(self, claim: Claim) -> Claim:
        """The claim with what the articles are put at, and an anchor of what they once cost."""
        value = self._sum("total current value")
        cost = self._sum("total acquisition value")
        own = kept(
            self._cell("total current value", "value", value, "column") if value else None,
            self._cell("total acquisition value", "acquisition value", cost, "column") if cost else None,
        )
        return replace(claim, value=value, anchors=(*claim.anchors, *own))

    def _count(self, column: str) -> Decimal | None:
        """A quantity; None for 0, which the table prints for what is not counted or has not come so far."""
        said = self.told[column]
        return None if said.lower() in _NOT_COUNTED else Decimal(said.replace(",", "")) or None

    def _sum(self, column: str) -> Money | None:
        found = _SUM.fullmatch(self.told[column])
        amount = Decimal(found["number"].replace(",", "")) if found else Decimal(0)
        return Money(amount, "USD", Meaning.REPORTED) if amount else None

    def _cell(self, column: str, field: str, value: object = None, how: str = "stated") -> Anchor | None:
        return cell(self.gathering.document.text, self.row, self.gathering.table.columns[column], field, value, how)
