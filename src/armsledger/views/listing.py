"""What ``deals``, ``claims`` and ``documents`` have in common: a list as JSON lines, or as a table in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import click

from armsledger.views.options import on

if TYPE_CHECKING:
    from rich.table import Table

    from armsledger.ledger import ClaimFilter, Ledger

Listed = TypeVar("Listed")

_FEW_ROWS = 5_000  # a table is laid out as a whole; longer lists are for --format jsonl


@dataclass(frozen=True, slots=True)
class Listing(Generic[Listed]):
    """How one kind of thing is listed: its name, what to open one with, and how it becomes a line or a table.

    ``head`` makes the sentence above the table from that of the filter; ``table`` takes the rows and the width.
    """

    one: str
    opened_with: str
    head: Callable[[str], str]
    line: Callable[[Listed], dict[str, Any]]
    table: Callable[[list[Listed], int], Table]


def show_listing(
    listing: Listing[Listed], book: Ledger, which: ClaimFilter, found: Iterator[Listed], limit: int | None, form: str
) -> None:
    """Prints what was found, at most ``limit``, in the form that was asked for."""
    if form == "jsonl":
        from armsledger.views.json_lines import write_line

        for one in islice(found, limit):
            write_line(listing.line(one))
        return
    rows = list(islice(found, limit or _FEW_ROWS))
    if rows:
        _show_table(listing, book, which, rows, more=next(found, None) is not None)
    else:
        click.echo(empty_hint(book, f"{listing.one}s", which))
    if out := left_out(book, which):
        click.echo(out)


def _show_table(listing: Listing[Listed], book: Ledger, which: ClaimFilter, rows: list[Listed], *, more: bool) -> None:
    from armsledger.views.clean import one_line
    from armsledger.views.terminal import console, show
    from armsledger.views.words import many

    click.echo(one_line(listing.head(which.sentence())) + ":\n")
    shown = console()
    show(shown, listing.table(rows, shown.width))
    count = many(len(rows), listing.one) + (", and more: raise --limit, or --format jsonl for all" if more else "")
    click.echo(f"\n{count}. {listing.opened_with}{on(book.name)}")


def empty_hint(ledger: Ledger, what: str, which: ClaimFilter) -> str:
    """What to say where a list is empty: because nothing fits, or because nothing has been read yet."""
    from armsledger.views.words import many

    counts, about = ledger.counts(), on(ledger.name)
    if counts.documents == 0:
        return f"The ledger holds no {what} yet: armsledger read FILE...{about}"
    if counts.claims == 0 and what != "documents":
        held = f"only {many(counts.documents, 'document')} without a claim"
        return f"The ledger holds no {what} yet, {held}: armsledger documents{about}"
    silent = many(sum(1 for _ in ledger.documents(which)), "document") if which.document and what != "documents" else ""
    if silent and not silent.startswith("0 "):
        return f"No {what}: {silent} fit, and gave none. See why: armsledger show {which.document}{about}"
    return f"No {what} for {which.sentence()}. Ask for less, or see what there is: armsledger documents{about}"


def left_out(ledger: Ledger, which: ClaimFilter) -> str:
    """What the dates left out because it cannot be told when it was published; empty where nothing was."""
    from armsledger.views.words import many

    out = ledger.left_out(which)
    if not out.documents:
        return ""
    held = f"{many(out.documents, 'document')} with {many(out.claims, 'claim')}"
    return f"Left out, because it is not known well enough when they were published: {held}."
