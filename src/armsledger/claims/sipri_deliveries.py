"""SIPRI's newer export -> claims: a row is one year's deliveries of a deal, which SIPRI numbers.

Each row gives a *delivered* claim. The order has no number of units here; it is claimed once for a deal, from its first
row, so that a deal delivered over ten years is not ordered ten times. All claims carry SIPRI's number of the deal as
``register number``: rows of one number are one deal, in this vintage and in others.
"""

from __future__ import annotations

from dataclasses import replace

from armsledger.claims.register_rows import NUMBER, Gathering, cell, kept
from armsledger.claims.sipri import Places, base_claim, checked, delivery_of, order_of
from armsledger.claims.sipri_comments import Comments
from armsledger.model import Claim, Mode
from armsledger.text.registers import RegisterRow


def read_deliveries(gathering: Gathering) -> None:
    """Gathers the claims of an export by year of delivery."""
    places = Places.of(gathering.table)
    text = gathering.document.text
    seen: set[str | None] = set()
    for one in checked(gathering):
        base = _numbered(gathering, one, places)
        claims = [] if one.number in seen else [order_of(base, text, one, places, Comments())]
        seen.add(one.number)
        if one.number_delivered:
            claims.append(delivery_of(base, text, one, places))
        gathering.add(claims)


def _numbered(gathering: Gathering, one: RegisterRow, places: Places) -> Claim:
    """The claim that the row's claims are made from, with the columns that only this export has."""
    text, row = gathering.document.text, one.source
    base = base_claim(gathering, one, places)
    columns = gathering.table.columns
    local = columns.get("local production", -1)
    more = kept(
        cell(text, row, columns["sipri at database id"], NUMBER, f"SIPRI {one.number}", "column"),
        cell(text, row, columns.get("armament category", -1), "category"),
        cell(text, row, columns.get("sipri estimate", -1), "TIV if new"),
        cell(text, row, local, "mode", Mode.LICENSED_PRODUCTION, "column") if one.local_production else None,
    )
    mode = Mode.LICENSED_PRODUCTION if one.local_production else None
    return replace(base, mode=mode, anchors=(*base.anchors, *more))
