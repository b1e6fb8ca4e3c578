"""What an analyst should look at across deals: notices that no contract follows, and what rests on one origin.

Each rule takes deals one by one, keeps little of each, and is asked at the end; the order of the deals changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from armsledger.deals.assemble import ORDER
from armsledger.deals.disputes import Voice, is_official, of_register
from armsledger.deals.findings import Case, Code, Finding, Which
from armsledger.deals.grounds import thing
from armsledger.model import Anchor, Claim, DateInterval, DealId, DocumentId, Stage

# -- notices without a contract ---------------------------------------------------------------------------

_COVERED = (
    10  # contract days in a quarter from which on a ledger can say that it saw no contract; some 62 are published
)
_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class _Notified:
    """A notified case: whose, of what, since when."""

    deal: Which
    recipient: str
    families: frozenset[str]
    day: date
    words: Voice


@dataclass(frozen=True, slots=True)
class Unseen:
    """How many notices could not be checked: too young, or from years of which the ledger has too few contract days."""

    young: int
    uncovered: int


class Uncontracted:
    """Notices that no contract in this ledger follows within so many years.

    A contract follows where it names the same buyer and something of one of the notice's families, on a day behind the
    notice's. Nothing is said of a notice where a quarter of the years behind it has fewer than ``_COVERED`` contract
    days in the ledger: then what was not seen may well be there.
    """

    def __init__(self, years: int) -> None:
        self._years = years
        self._notified: list[_Notified] = []
        self._contracts: dict[tuple[str, str], list[date]] = defaultdict(list)
        self._unnamed: dict[str, list[date]] = defaultdict(list)

    def add(self, case: Case) -> None:
        """Keeps a deal's contracts, and the deal where it is a notice without one."""
        ordered = [c for c in case.claims if c.stage in (Stage.ORDERED, Stage.DELIVERED)]
        for claim in (*ordered, *case.contract_claims):
            day = _day(claim, case)
            if day is not None:
                family = thing(claim.system, claim.item)
                (self._contracts[claim.recipient, family] if claim.recipient else self._unnamed[family]).append(day)
        notices = [c for c in case.claims if c.stage is Stage.APPROVED and is_official(c) and c.recipient]
        if notices and not ordered:
            first = min(notices, key=lambda c: (case.published.get(c.document) or "~", c.id))
            day = _day(first, case)
            if day is not None:
                families = frozenset(thing(c.system, c.item) for c in case.claims if c.item)
                self._notified.append(
                    _Notified(case.which, first.recipient or "", families, day, case.words(first, _stage(first)))
                )

    def findings(self, contract_days: Sequence[date], until: date | None) -> Iterator[Finding]:
        """The notices without a contract by ``until``; ``contract_days`` are those of the ledger's announcements."""
        days = sorted(set(contract_days))
        for one in sorted(self._notified, key=lambda n: (n.day, n.deal)):
            if self._can_tell(one, days, until) and not self._followed(one):
                yield self._finding(one, days)

    def unseen(self, contract_days: Sequence[date], until: date | None, of: Container[DealId]) -> Unseen:
        """What could not be checked, among the notices of some deals that no contract follows."""
        days = sorted(set(contract_days))
        open_ = [n for n in self._notified if n.deal.deal in of and not self._followed(n)]
        left = [n for n in open_ if not self._can_tell(n, days, until)]
        young = sum(until is None or _later(n.day, self._years) > until for n in left)
        return Unseen(young, len(left) - young)

    def _followed(self, one: _Notified) -> bool:
        return any(
            day >= one.day for family in one.families for day in self._contracts.get((one.recipient, family), ())
        )

    def _can_tell(self, one: _Notified, days: Sequence[date], until: date | None) -> bool:
        """Whether the years are over, and the ledger has contract days enough of each quarter."""
        if until is None or _later(one.day, self._years) > until:
            return False
        starts = [
            _later(one.day, n // _QUARTERS, 12 // _QUARTERS * (n % _QUARTERS))
            for n in range(self._years * _QUARTERS + 1)
        ]
        return all(_between(days, first, after) >= _COVERED for first, after in pairwise(starts))

    def _finding(self, one: _Notified, days: Sequence[date]) -> Finding:
        seen = _between(days, one.day, date.max)
        unnamed = sum(day >= one.day for family in one.families for day in self._unnamed.get(family, ()))
        return Finding(
            Code.NO_CONTRACT,
            f"notified {one.day}, and no contract in this ledger names this buyer and article in {self._years} years",
            (one.words,),
            "a notice is not a sale: many lapse, shrink or wait; a sum from it is nobody's order",
            f"contract announcements that this ledger has not read, orders of the foreign buyer, a delivery; "
            f"{unnamed} contracts of this kind here name no buyer",
            (one.deal,),
            (("years", str(self._years)), ("contract days since in this ledger", str(seen))),
        )


def _day(claim: Claim, case: Case) -> date | None:
    """The day of a claim: as it is told, else that of its document."""
    return claim.date.first if claim.date is not None else day_of(case.published.get(claim.document))


def day_of(published: str | None) -> date | None:
    """The first day of a date of publication; None where it is not known or says nothing."""
    try:
        return DateInterval(published).first if published else None
    except ValueError:
        return None


def _stage(claim: Claim) -> Anchor | None:
    return next(iter(claim.anchored("stage")), None)


def _later(day: date, years: int, months: int = 0) -> date:
    """The same day some years and months later, or the 28th where that month may have no such day."""
    count = day.month - 1 + months
    year, month = min(day.year + years + count // 12, date.max.year), count % 12 + 1
    return date(year, month, min(day.day, 28))


def _between(days: Sequence[date], first: date, after: date) -> int:
    return bisect_left(days, after) - bisect_left(days, first)


# -- one origin -------------------------------------------------------------------------------------------

_MOST_SHOWN = 4
_RELIED_ON = ORDER.index(Stage.APPROVED)  # stages from which on somebody will count a deal as one


class OneOrigin:
    """Deals that are affirmed to be approved or further, and that rest on one origin: neither an official form nor a
    register tells of them.

    Where several documents lead back to one origin they are told, with their deals: who doubts the origin doubts them
    all. Deals of one document each are many in any ledger of news; those with a number that gets quoted, a count or a
    sum, are told together, once.
    """

    def __init__(self) -> None:
        self._copied: dict[str, dict[Which, Voice]] = defaultdict(dict)
        self._documents: dict[str, set[DocumentId]] = defaultdict(set)
        self._alone: dict[Which, Voice] = {}

    def add(self, case: Case, origin_of: Mapping[DocumentId, str]) -> None:
        """Keeps a deal that rests on one origin; ``origin_of`` gives each document what it leads back to."""
        if any(is_official(c) or of_register(c) for c in case.claims):
            return
        documents = {c.document for c in case.claims}
        origins = {origin_of.get(d, d) for d in documents}
        relied = [c for c in case.affirmed() if c.stage in ORDER and ORDER.index(c.stage) >= _RELIED_ON]
        numbered = [c for c in relied if c.quantity is not None or c.value is not None]
        if len(origins) > 1 or not relied:
            return
        words = case.words(min(numbered or relied, key=lambda c: (_published(c, case), c.document, c.start, c.id)))
        if len(documents) > 1:
            origin = origins.pop()
            self._copied[origin][case.which] = words
            self._documents[origin] |= documents
        elif numbered:
            self._alone[case.which] = words

    def findings(self, of: Container[DealId]) -> Iterator[Finding]:
        """A finding for each origin of several documents, that of most documents first; then one for all others, of
        the deals that are asked for.
        """
        for origin in sorted(self._copied, key=lambda o: (-len(self._documents[o]), o)):
            documents = len(self._documents[origin])
            told = f"one origin alone, told by {documents} documents"
            yield from _resting(self._copied[origin], of, told, (("origin", origin), ("documents", str(documents))))
        yield from _resting(self._alone, of, "one paper each, with a count or a sum that may get quoted", ())


def _resting(
    deals: Mapping[Which, Voice], of: Container[DealId], told: str, facts: tuple[tuple[str, str], ...]
) -> Iterator[Finding]:
    """What rests on one origin, among the deals that are asked for."""
    asked = {which: words for which, words in deals.items() if which.deal in of}
    ordered = sorted(asked.items(), key=lambda d: (d[1].published or "~", d[1].document, d[1].start, d[0]))
    words = {(v.document, v.start): v for _, v in ordered}
    if asked:
        yield Finding(
            Code.ONE_ORIGIN,
            f"{'1 deal rests' if len(asked) == 1 else f'{len(asked):,} deals rest'} on {told}",
            tuple(words.values())[:_MOST_SHOWN],
            "copies are no confirmation: if the origin errs, nothing else in this ledger holds what it says",
            "a second origin of its own knowledge, or an official paper",
            tuple(which for which, _ in ordered),
            facts,
        )


def _published(claim: Claim, case: Case) -> str:
    return case.published.get(claim.document) or "~"
