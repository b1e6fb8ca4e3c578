"""``armsledger claims``: who said what, where, how surely."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from armsledger.views.listing import Listing, show_listing
from armsledger.views.options import claim_filter, filter_options, format_option, limit_option, open_ledger

if TYPE_CHECKING:
    from rich.table import Table

    from armsledger.ledger import DocumentRow, Ledger
    from armsledger.model import Claim

Found: TypeAlias = "tuple[Claim, DocumentRow]"


@click.command()
@filter_options
@click.option("--document", metavar="NAME", help="In this document: its id, or the name it was read under.")
@click.option("--speaker", metavar="NAME", help="Said by this speaker, named exactly so.")
@click.option("--text", metavar="WORDS", help="With all these words in the quote, whatever the case.")
@limit_option
@format_option
def command(ledger: str, form: str, limit: int | None, **asked: str | None) -> None:
    """List claims: who said what, where, how surely.

    A claim is one assertion, anchored to exact words of one document. Open one with: armsledger show CLAIM.

    \b
    Examples:
      armsledger claims --recipient Turkey
      armsledger claims --text "guidance sections"
      armsledger claims --speaker "US Government" --format jsonl
    """
    which = claim_filter(**asked)
    listing = Listing("claim", "Open one with: armsledger show CLAIM", _head, _line, _table)
    with open_ledger(ledger) as book:
        found = with_documents(book, book.claims(which, limit=None if limit is None else limit + 1))
        show_listing(listing, book, which, found, limit, form)


def _head(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _line(found: Found) -> dict[str, Any]:
    from armsledger.views.one_claim import claim_line

    return claim_line(*found)


def with_documents(book: Ledger, claims: Iterator[Claim]) -> Iterator[Found]:
    """Each claim with its document. Both come in the same order from the ledger, so neither is held in memory.

    The documents are asked for after the first claim has come: their state is never older than that of the claims.
    """
    documents: Iterator[DocumentRow] | None = None
    row: DocumentRow | None = None
    for claim in claims:
        documents = book.documents() if documents is None else documents
        while row is None or row.id != claim.document:
            row = next(documents)
        yield claim, row


def _table(rows: list[Found], width: int) -> Table:
    """One row a claim: what is claimed, then who says so and with which words."""
    from armsledger.views.terminal import table, text
    from armsledger.views.words import counted, short_money, shortened

    wide = width >= 110
    made = table(
        "Claim", "Published", "From → to", "What", "Said", *(("Words",) if wide else ()), fixed=("Claim", "Published")
    )
    for claim, row in rows:
        what = shortened(counted(claim.quantity, claim.item), 70)
        value = f"\n{short_money(claim.value)}" if claim.value else ""
        cells = [
            text(claim.id if wide else claim.id[:8], "bold"),
            text(row.published or "undated"),
            text(_sides(claim)),
            text(what + value),
            text(_said(claim)),
        ]
        made.add_row(*cells, *((text(f"“{shortened(claim.quote, 90)}”"),) if wide else ()))
    return made


def _sides(claim: Claim) -> str:
    if claim.subject == "contract":
        return f"{claim.supplier or 'not stated'} → several (contract)"
    return f"{claim.supplier or 'not stated'} → {claim.recipient or 'not stated'}"


def _said(claim: Claim) -> str:
    told = str(claim.stage) + ("" if claim.polarity == "affirmed" else f", {claim.polarity}")
    told += "" if claim.certainty == "certain" else f", {claim.certainty}"
    return f"{told}\n{claim.speaker}"
