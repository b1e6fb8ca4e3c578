"""``armsledger demo``: the bundled examples, read into a ledger of their own."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from armsledger.ledger import DocumentRow, Ledger
    from armsledger.pipeline import Report

SHOWN_BUYERS = ("TUR", "PAK", "AUS")

TO_TRY = (
    "deals --recipient Pakistan",
    "show 25-33",
    "show FA8675-23-C-0037 --recipient Pakistan",
    "claims --recipient Turkey",
    "documents",
)


@click.command()
@click.option("--keep", metavar="FILE", help="Leave the ledger in this file, which must not be there yet.")
def command(keep: str | None) -> None:
    """Read the bundled examples and show what a ledger can tell.

    The examples are documents written for armsledger around real, published facts, and some invented ones, which say
    so. They are read into a ledger of their own, in a temporary folder unless --keep names a file; yours is left alone.

    \b
    Examples:
      armsledger demo
      armsledger demo --keep demo.db
    """
    if keep is None:
        with TemporaryDirectory(prefix="armsledger-demo-") as folder:
            _demonstrate(Path(folder) / "demo.db")
        click.echo(
            "\nThis ledger was a temporary one. To keep it and look around in it:\n  armsledger demo --keep demo.db"
        )
        _tell_commands("demo.db")
        return
    if Path(keep).exists():
        from armsledger.errors import InputError

        raise InputError(
            keep, "is there already, and demo changes no file of yours", "name a file that is not there yet"
        )
    _demonstrate(Path(keep))
    click.echo(f"\nThe ledger is kept in {keep}. Look around in it:")
    _tell_commands(keep)


def _demonstrate(ledger: Path) -> None:
    """Reads the examples into the ledger and prints what it then holds."""
    from armsledger.ledger import Ledger
    from armsledger.pipeline import Report, read_inputs, record
    from armsledger.views.dossier import dossier
    from armsledger.views.summary import found_in
    from armsledger.views.words import many

    report = Report()
    folder = dossier()
    with Ledger.open(ledger) as book:
        record(book, read_inputs([str(folder)], report))
        click.echo(f"Read {many(report.documents, 'document')} from {folder}:\n{found_in(report)}.\n")
        _show_deals(book)
        _show_silent(report, [row for row in book.documents() if not row.claims])
    sys.stdout.flush()


def _show_deals(book: Ledger) -> None:
    """The deals of three buyers, and how many others there are."""
    from armsledger.ledger import ClaimFilter
    from armsledger.views.deals import deals_table
    from armsledger.views.names import party_name
    from armsledger.views.terminal import console, show
    from armsledger.views.told_deals import told_deals

    shown = console()
    deals = list(told_deals(book, ClaimFilter()))
    rows = sorted(
        (told for told in deals if told.deal.recipient in SHOWN_BUYERS),
        key=lambda t: (t.deal.first or "~", t.deal.recipient or ""),
    )
    buyers = ", ".join(party_name(code) for code in SHOWN_BUYERS)
    click.echo(f"{len(deals)} deals. These are the {len(rows)} of {buyers}:\n")
    show(shown, deals_table(rows, shown.width))
    shared = next((told.contract for told in rows if told.contract and told.deal.recipient == "PAK"), None)
    click.echo("\nA notice is not a sale: Turkey's missiles were approved for at most so much, not bought.")
    if shared:
        click.echo(
            f"A shared contract is not one buyer's: Pakistan is one of {len(shared.buyers)} that are named, "
            "and its part is not stated."
        )


def _show_silent(report: Report, documents: list[DocumentRow]) -> None:
    """The documents that gave no claim, and why."""
    if not documents:
        return
    reasons = [reason for reason in sorted(report.silences) if reason.startswith("news")]
    count = f"{len(documents)} document{'' if len(documents) == 1 else 's'}"
    click.echo(f"\n{count} gave no claim{''.join(f' ({reason})' for reason in reasons)}:")
    for row in documents:
        click.echo(f"  {row.published}  {row.publisher}: {row.title}")


def _tell_commands(ledger: str) -> None:
    for words in TO_TRY:
        click.echo(f"  armsledger {words} --ledger {quote(ledger)}")
