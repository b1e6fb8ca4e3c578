"""SIPRI's registers -> claims: an order, and where something was delivered, a delivery; in SIPRI's own words.

Each claim is SIPRI's: what it believes at a vintage, not what a party said. A "?" is SIPRI's own mark of an estimate:
the claim is then *probable*, and an anchor ``estimate`` stands at the mark and names the field. Trend-indicator values
are anchors (``TIV per unit``, ``TIV of order``, ``TIV of deliveries``) and never money. What was selected but not
ordered, by SIPRI's own remark, is *negotiated*.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from armsledger.claims.designations import designated
from armsledger.claims.register_rows import ESTIMATE, Gathering, cell, kept, party_named
from armsledger.claims.sipri_comments import Comments, read_comments
from armsledger.model import Anchor, Certainty, Claim, DateInterval, SpeakerKind, Stage
from armsledger.text.registers import (
    TIV_DELIVERED,
    TIV_ORDER,
    TIV_UNIT,
    Register,
    RegisterRow,
    RowFault,
    multiplies,
    rows,
    scan,
)
from armsledger.text.tables import Row, Table

__all__ = ["RegisterRow", "read_trade_register", "rows", "scan"]

READER = "register-sipri/1"
SPEAKER = "SIPRI"
MARK = "mark"  # how an estimate is told: by the register's own sign


def read_trade_register(gathering: Gathering) -> None:
    """Gathers the claims of a trade register, one row a deal: the order, and the delivery where there was one in the
    years of the register.
    """
    places = Places.of(gathering.table)
    text = gathering.document.text
    for one in checked(gathering):
        base = base_claim(gathering, one, places)
        comments = read_comments(text, *_span(one.source, places.comments), base.recipient)
        base = replace(base, mode=comments.mode, anchors=(*base.anchors, *_shared(text, one.source, places, comments)))
        claims = [order_of(base, text, one, places, comments)]
        if one.number_delivered:
            claims.append(delivery_of(base, text, one, places))
        gathering.add(claims)


def checked(gathering: Gathering) -> Iterator[RegisterRow]:
    """The rows that can be read, counted; what is wrong with others, and totals that do not multiply, as faults."""
    for one in scan(gathering.document.text):
        if isinstance(one, RowFault):
            gathering.faults.append(one)
            continue
        gathering.rows += 1
        gathering.mended += one.source.mended
        gathering.faults += _wrong_products(gathering, one)
        yield one


def _wrong_products(gathering: Gathering, one: RegisterRow) -> Iterator[RowFault]:
    """The totals of a row that are not TIV per unit times units; counts those that are."""
    totals = (("order", one.number_ordered, one.tiv_order), ("deliveries", one.number_delivered, one.tiv_delivered))
    for what, units, total in totals:
        if one.tiv_unit is None or units is None or total is None:
            continue
        if multiplies(one.tiv_unit, units, total):
            gathering.products += 1
            continue
        problem = f"TIV of {what}: {total} is stated, {one.tiv_unit} per unit × {units} is {one.tiv_unit * units}"
        yield RowFault(one.source.line, one.source.start, one.source.end, problem, left_out=False)


# -- what both layouts share ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Places:
    """Where the columns stand; -1 for one that the table lacks."""

    recipient: int
    supplier: int
    designation: int
    description: int
    status: int
    comments: int
    unit: int
    order: int
    delivered: int
    ordered_in: int
    ordered_in_mark: int
    ordered: int
    ordered_mark: int
    received_in: int
    received_in_mark: int
    received: int
    received_mark: int

    @classmethod
    def of(cls, table: Table) -> Places:
        """The places in either layout."""

        def place(*names: str) -> int:
            return next((table.columns[name] for name in names if name in table.columns), -1)

        return cls(
            place("recipient"),
            place("supplier"),
            place("weapon designation", "designation"),
            place("weapon description", "description"),
            place("status"),
            place("comments"),
            place(*TIV_UNIT),
            place(*TIV_ORDER),
            place(*TIV_DELIVERED),
            place("year of order", "order date"),
            place("year of order ?", "order date is estimate"),
            place("number ordered"),
            place("number ordered ?"),
            place("year(s) of delivery", "delivery year"),
            place("delivery year is estimate"),
            place("number delivered", "numbers delivered"),
            place("number delivered ?", "numbers delivered is estimate"),
        )


def base_claim(gathering: Gathering, one: RegisterRow, places: Places) -> Claim:
    """What all claims of a row share: parties, item, condition and whose word it is, with their anchors."""
    text, row = gathering.document.text, one.source
    recipient = party_named(one.recipient, Register.SIPRI)
    supplier = party_named(one.supplier, Register.SIPRI)
    for party, written in ((recipient, one.recipient), (supplier, one.supplier)):
        if not party.known:
            gathering.unknown[written] += 1
    quote = text[row.start : row.end]
    return Claim(
        document=gathering.id,
        start=row.start,
        end=row.end,
        quote=quote,
        reader=READER,
        stage=Stage.ORDERED,
        supplier=supplier.party,
        recipient=recipient.party,
        item=one.designation,
        system=designated(one.designation, one.description),
        second_hand=one.second_hand,
        modernised=one.modernised,
        speaker=SPEAKER,
        speaker_kind=SpeakerKind.OFFICE,
        anchors=kept(
            *gathering.names(row),
            cell(text, row, places.recipient, "recipient", recipient.party, recipient.how),
            cell(text, row, places.supplier, "supplier", supplier.party, supplier.how),
            cell(text, row, places.designation, "item"),
            cell(text, row, places.description, "description"),
            cell(text, row, places.status, "condition"),
            cell(text, row, places.unit, "TIV per unit"),
        ),
    )


def order_of(base: Claim, text: str, one: RegisterRow, places: Places, comments: Comments) -> Claim:
    """The order of a row; *negotiated* where a remark says that it was not ordered yet."""
    row = one.source
    stage = comments.stage or Stage.ORDERED
    own = kept(
        *(comments.of("stage") or [cell(text, row, places.ordered_in, "stage", stage, "column")]),
        cell(text, row, places.ordered_in, "date"),
        _estimate(text, row, places.ordered_in_mark, "date", one.ordered_estimate),
        cell(text, row, places.ordered, "quantity"),
        _estimate(text, row, places.ordered_mark, "quantity", one.number_ordered_estimate),
        cell(text, row, places.order, "TIV of order"),
        *comments.prices,
    )
    return replace(
        base,
        stage=stage,
        date=_when(str(one.ordered)),
        quantity=None if one.number_ordered is None else Decimal(one.number_ordered),
        value=comments.value,
        programme=comments.programme,
        **_told(base, own),
    )


def delivery_of(base: Claim, text: str, one: RegisterRow, places: Places) -> Claim:
    """What a row says was delivered, from the first year with a delivery to the last."""
    row = one.source
    years = _years(one)
    own = kept(
        cell(text, row, places.received, "stage", Stage.DELIVERED, "column"),
        cell(text, row, places.received_in, "date", years),
        _estimate(text, row, places.received_in_mark, "date", one.delivery_estimate),
        cell(text, row, places.received, "quantity"),
        _estimate(text, row, places.received_mark, "quantity", one.number_delivered_estimate),
        cell(text, row, places.delivered, "TIV of deliveries"),
    )
    quantity = None if one.number_delivered is None else Decimal(one.number_delivered)
    return replace(base, stage=Stage.DELIVERED, date=years, quantity=quantity, **_told(base, own))


def _told(base: Claim, own: tuple[Anchor, ...]) -> dict[str, Any]:
    """All anchors of a claim, and how sure it is: what SIPRI marks as an estimate anywhere in it is probable."""
    anchors = (*base.anchors, *own)
    mark = next((anchor for anchor in anchors if anchor.field == ESTIMATE), None)
    if mark is None:
        return {"anchors": anchors, "certainty": Certainty.CERTAIN}
    doubt = replace(mark, field="certainty", value=Certainty.PROBABLE.value)
    return {"anchors": (*anchors, doubt), "certainty": Certainty.PROBABLE}


def _shared(text: str, row: Row, places: Places, comments: Comments) -> tuple[Anchor, ...]:
    """What a row's comments say of order and delivery alike."""
    return kept(cell(text, row, places.comments, "comments"), *comments.terms)


def _years(one: RegisterRow) -> DateInterval | None:
    if not one.delivery_years:
        return None
    first, last = min(one.delivery_years), max(one.delivery_years)
    return _when(str(first) if first == last else f"{first}/{last}")


@lru_cache(maxsize=4096)
def _when(iso: str) -> DateInterval:
    """The same years come again and again."""
    return DateInterval(iso)


def _estimate(text: str, row: Row, place: int, field: str, marked: bool | None) -> Anchor | None:
    return cell(text, row, place, ESTIMATE, field, MARK) if marked else None


def _span(row: Row, place: int) -> tuple[int, int]:
    return (row.starts[place], row.ends[place]) if place >= 0 else (0, 0)
