"""``armsledger documents``: what was read, and what each document gave."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from armsledger.views.listing import Listing, show_listing
from armsledger.views.options import claim_filter, date_options, format_option, limit_option, open_ledger
from armsledger.views.publishers import Grades, grades_from, publisher_told, publishers_option

if TYPE_CHECKING:
    from rich.table import Table

    from armsledger.ledger import DocumentRow


@click.command()
@date_options
@click.option("--party", metavar="NAME", help="With a claim on this supplier or recipient: a code or a name.")
@click.option("--kind", type=click.Choice(["notice", "contracts", "news"]), help="What it is.")
@click.option("--publisher", metavar="NAME", help="Published by, named exactly so.")
@publishers_option
@limit_option
@format_option
def command(ledger: str, publishers: str | None, form: str, limit: int | None, **asked: str | None) -> None:
    """List documents and what each gave.

    Below a publisher stand its country, what kind of publisher it is, and its grade as a source (A to F), which
    follows from the kind unless you have given it another one. F says that it cannot be judged.

    \b
    Examples:
      armsledger documents
      armsledger documents --kind news --since 2025
      armsledger documents --party Pakistan --format jsonl
    """
    which = claim_filter(**asked)
    opened = "Open one with: armsledger show DOCUMENT"
    grades = grades_from(publishers)
    listing = Listing("document", opened, _head, partial(document_line, grades=grades), partial(_table, grades=grades))
    with open_ledger(ledger) as book:
        show_listing(listing, book, which, book.documents(which), limit, form)


def _head(sentence: str) -> str:
    everything = "all claims"  # how the sentence of a filter begins that asks for no party, system or stage
    if sentence.startswith(everything):
        return f"All documents{sentence.removeprefix(everything)}"
    return f"Documents with {sentence}"


def document_line(row: DocumentRow, grades: Grades) -> dict[str, Any]:
    """A document as JSON, without its text; ``claims``, ``silences`` and ``refused`` are counts.

    ``outlet`` is the lexicon's entry of its publisher, null where there is none; ``grade`` that of the source.
    """
    return {
        "id": row.id,
        "names": list(row.names),
        "kind": row.kind,
        "title": row.title,
        "publisher": row.publisher,
        **publisher_told(grades.of(row)),
        "published": row.published,
        "url": row.url,
        "language": row.language,
        "media_type": row.media_type,
        "digest": row.digest,
        "characters": row.characters,
        "claims": row.claims,
        "silences": row.silences,
        "refused": row.refused,
    }


def _table(rows: list[DocumentRow], width: int, grades: Grades) -> Table:
    """One row a document. The publisher's cell has in its second line what kind of publisher it is, and its grade."""
    from armsledger.views.terminal import table, text

    wide = width >= 110
    made = table(
        "Document",
        "Published",
        "Kind",
        "Title",
        "Publisher",
        "Claims",
        right=("Claims",),
        fixed=("Document", "Published", "Kind"),
    )
    for row in rows:
        title = row.title or (row.names[0] if row.names else "no title")
        made.add_row(
            text(row.id if wide else row.id[:8], "bold"),
            text(row.published or "undated"),
            text(str(row.kind)),
            text(title),
            text(_publisher(row, grades)),
            text(str(row.claims)),
        )
    return made


def _publisher(row: DocumentRow, grades: Grades) -> str:
    """``Reuters`` and below it ``GBR, agency: B``; nothing below where the publisher is not stated."""
    publisher, named = grades.of(row), row.publisher or "not stated"
    if publisher.outlet is None:
        return f"{named}\nnot listed: {publisher.grade}" if row.publisher else named
    return f"{named}\n{publisher.outlet.party}, {publisher.outlet.kind}: {publisher.grade}"
