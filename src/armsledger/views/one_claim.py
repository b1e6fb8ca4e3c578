"""A claim on its own: as JSON with its document, and as a person wants to see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from armsledger.views.reading import claim_of
from armsledger.views.words import NOT_STATED, counted, date_of, exact_money, grouped

if TYPE_CHECKING:
    from armsledger.ledger import DocumentRow
    from armsledger.model import Claim
    from armsledger.views.publishers import Grades


def claim_line(claim: Claim, row: DocumentRow) -> dict[str, Any]:
    """A claim with all its slots and anchors; ``document`` is told with name, title, publisher, date and address."""
    return {**claim_of(claim), "document": document_told(row)}


def document_told(row: DocumentRow) -> dict[str, Any]:
    """What is known of a document, without what is counted of it."""
    return {
        "id": row.id,
        "name": row.names[0] if row.names else None,
        "kind": row.kind,
        "title": row.title,
        "publisher": row.publisher,
        "published": row.published,
        "url": row.url,
    }


def title_of(row: DocumentRow) -> str:
    """A document in a line: title, publisher, date; its name where it has no title."""
    named = row.title or (row.names[0] if row.names else row.id)
    return " · ".join((named, row.publisher or "publisher not stated", row.published or "undated"))


def show_claim(claim: Claim, row: DocumentRow, grades: Grades) -> None:
    """Prints a claim: its slots, its words, and the words of each slot."""
    from armsledger.views.terminal import console, grid, show, text

    shown = console()
    show(shown, text(f"Claim {claim.id}", "bold"))
    show(shown, "")
    show(shown, grid(_rows(claim, row, grades)))
    show(shown, "")
    show(shown, text("The words", "bold"))
    show(shown, text(f"“{claim.quote}”"))
    show(shown, "")
    show(shown, text("The words of each field", "bold"))
    show(shown, grid((a.field, _anchor(a.value, a.quote, a.start, a.end, a.how)) for a in claim.anchors))
    show(shown, "")
    show(shown, text(f"How each field was filled: armsledger explain {claim.id[:8]}"))


def _rows(claim: Claim, row: DocumentRow, grades: Grades) -> Iterator[tuple[str, str]]:
    from armsledger.views.names import party_label
    from armsledger.views.publishers import publisher_line

    yield "Document", title_of(row)
    yield "Publisher", publisher_line(grades.of(row))
    yield (
        "Place",
        f"{grouped_place(claim.start, claim.end)} of {row.names[0] if row.names else 'no name'} (id {row.id})",
    )
    yield "About", "a contract as a whole, which several buyers share" if claim.subject == "contract" else "a transfer"
    yield "Supplier", party_label(claim.supplier)
    yield "Recipient", party_label(claim.recipient)
    yield "Item", counted(claim.quantity, claim.item) + (f" (system {claim.system})" if claim.system else "")
    yield "Value", exact_money(claim.value) if claim.value else NOT_STATED
    if claim.programme:
        yield "Programme", f"{exact_money(claim.programme)}; shared, not this buyer's own"
    yield "Stage", f"{claim.stage}, {claim.polarity}, {claim.certainty}"
    yield "Mode", _mode(claim)
    yield "Speaker", f"{claim.speaker} ({claim.speaker_kind})"
    yield "Date", date_of(claim.date)
    if claim.condition:
        yield "Condition", claim.condition
    yield "Reader", claim.reader + (f", {grouped(claim.evidence)} points" if claim.evidence is not None else "")


def _mode(claim: Claim) -> str:
    marks = [str(claim.mode) if claim.mode else NOT_STATED]
    marks += ["second-hand"] if claim.second_hand else []
    marks += ["modernised"] if claim.modernised else []
    return ", ".join(marks)


def grouped_place(start: int, end: int) -> str:
    """``1,204 to 1,212``: the first character and the one behind the last."""
    return f"{start:,} to {end:,}"


def _anchor(value: str, quote: str, start: int, end: int, how: str) -> str:
    from armsledger.views.words import exact

    rule = "" if how == "stated" else f" (by rule: {how})"
    return f"{exact(value)}: “{' '.join(quote.split())}” at {grouped_place(start, end)}{rule}"
