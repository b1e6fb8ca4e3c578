"""The United Kingdom's export licences -> claims, a row each: what a licence allows, and what was refused.

A licence is leave to export, so its stage is *approved* and its value what the licence covers; nothing says that it was
used. A refused row is the same claim denied: *approved*, denied. The item is the rating (the entry of the control list,
``ML10``), as the table names no article. A value of 0 is kept as printed and is no value: the table does not say
whether nothing was valued or less than a pound.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from armsledger.claims.register_rows import Gathering, cell, kept, party_named
from armsledger.model import (
    Anchor,
    Claim,
    DateInterval,
    Meaning,
    Money,
    Polarity,
    SpeakerKind,
    Stage,
)
from armsledger.text.registers import Register, RowFault
from armsledger.text.tables import Row, Table

READER = "register-uk-licences/1"
SPEAKER = "Export Control Joint Unit"
SUPPLIER = "GBR"

_WHOLE = re.compile(r"\d{1,15}")


def read_licences(gathering: Gathering) -> None:
    """Gathers the claims of a table of licences."""
    table = gathering.table
    for row in table.rows(gathering.document.text):
        if (problem := fault_of(row, table)) is not None:
            gathering.faults.append(RowFault(row.line, row.start, row.end, problem))
            continue
        gathering.rows += 1
        gathering.add([_claim(gathering, row)])


def fault_of(row: Row, table: Table) -> str | None:
    """What is wrong with a row; None where nothing is."""
    if len(row.cells) < table.width or row.filled > table.width:
        return f"{len(row.cells)} cells, {table.width} were expected"
    told = {name: row.cells[place] for name, place in table.columns.items()}
    try:
        date.fromisoformat(told["date"])
    except ValueError:
        return f"date: a date such as 2008-01-02 was expected, {told['date'][:40]!r} is there"
    for name in ("rating", "country"):
        if not told[name]:
            return f"{name}: is empty"
    if told["refused"] not in {"0", "1"}:
        return f"refused: 0 or 1 was expected, {told['refused'][:40]!r} is there"
    if told["value"] and _WHOLE.fullmatch(told["value"]) is None:
        return f"value: a number was expected, {told['value'][:40]!r} is there"
    return None


def _claim(gathering: Gathering, row: Row) -> Claim:
    text, at = gathering.document.text, gathering.table.columns
    written = row.cells[at["country"]]
    recipient = party_named(written, Register.UK_LICENCES)
    if not recipient.known:
        gathering.unknown[written] += 1
    refused = row.cells[at["refused"]] == "1"
    amount = Decimal(row.cells[at["value"]] or 0)
    value = Money(amount, "GBP", Meaning.LICENCE) if amount else None
    quote = text[row.start : row.end]
    return Claim(
        document=gathering.id,
        start=row.start,
        end=row.end,
        quote=quote,
        reader=READER,
        stage=Stage.APPROVED,
        supplier=SUPPLIER,
        recipient=recipient.party,
        item=row.cells[at["rating"]],
        value=value,
        polarity=Polarity.DENIED if refused else Polarity.AFFIRMED,
        speaker=SPEAKER,
        speaker_kind=SpeakerKind.OFFICE,
        date=DateInterval(row.cells[at["date"]]),
        anchors=kept(
            *gathering.names(row),
            Anchor("supplier", SUPPLIER, row.start, row.end, quote, "register"),
            cell(text, row, at["country"], "recipient", recipient.party, recipient.how),
            cell(text, row, at["rating"], "item"),
            cell(text, row, at["date"], "date"),
            cell(text, row, at["refused"], "stage", Stage.APPROVED, "column"),
            cell(text, row, at["refused"], "polarity", Polarity.DENIED, "column") if refused else None,
            cell(text, row, at["value"], "value" if value else "value as printed", Money(amount, "GBP"), "column"),
            cell(text, row, at["count"], "licences"),
            cell(text, row, at["licence_group"], "licence group"),
        ),
    )
