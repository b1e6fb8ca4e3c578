"""``armsledger demo``: the bundled examples, read into a ledger of their own, and three things that it can tell."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from armsledger.deals.disputes import Voice
    from armsledger.deals.findings import Finding
    from armsledger.ledger import Ledger
    from armsledger.views.told_deals import ToldDeal

NOTICE, CONTRACT, BUYER, SYSTEM = "25-33", "FA8675-23-C-0037", "PAK", "s-400"

TO_TRY = (
    f"show {NOTICE}",
    f"show {CONTRACT} --recipient Pakistan",
    "check",
    "chains --system S-400",
    f"brief {NOTICE} -o brief.html",
)
_LONGEST = 150  # characters of a quote


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
    from armsledger.views.terminal import console
    from armsledger.views.words import many

    report = Report()
    folder = dossier()
    with Ledger.open(ledger) as book:
        record(book, read_inputs([str(folder)], report))
        click.echo(f"Read {many(report.documents, 'document')} from {folder}:\n{found_in(report)}.\n")
        shown = console()
        found, account = _checked(book)
        _show_case("1. A notice is not a sale", _notice(book), shown)
        _show_case("2. A shared contract is nobody's", _shared(book, found), shown)
        _show_case("3. A rumour has legs", _rumour(book), shown)
        click.echo(f"armsledger check: {account}")
    sys.stdout.flush()


def _checked(book: Ledger) -> tuple[list[Finding], str]:
    """What ``check`` finds in the whole ledger, and its account in a line."""
    from armsledger.deals.vintages import table_of
    from armsledger.ledger import ClaimFilter
    from armsledger.views.check import account_lines
    from armsledger.views.checking import Check

    check = Check(book, ClaimFilter(), 3, table_of(()))
    found = list(check.findings())
    return found, next(account_lines(check.account, ClaimFilter(), (), book.name))


def _show_case(head: str, rows: Iterable[tuple[str, str]], shown: Console) -> None:
    from armsledger.views.terminal import grid, show, text

    told = list(rows)
    if told:
        show(shown, text(head, "bold"))
        show(shown, grid(told, indent=3))
        show(shown, "")


# -- the three cases --------------------------------------------------------------------------------------


def _notice(book: Ledger) -> Iterator[tuple[str, str]]:
    from armsledger.views.show import find

    for told in find(book, NOTICE, None, None):
        yield from _deal(book, told)
        if told.stage == "approved":
            yield "So", "it may be sold for at most so much; nothing says that it was bought"


def _shared(book: Ledger, found: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    from armsledger.views.show import find

    for told in find(book, CONTRACT, BUYER, None):
        yield from _deal(book, told)
    for finding in found:
        if finding.code == "shared sum" and any(which.recipient == BUYER for which in finding.of):
            yield "Claimed", _voice(book, finding.where[0])
            yield "check", finding.what
            return


def _rumour(book: Ledger) -> Iterator[tuple[str, str]]:
    from armsledger.ledger import ClaimFilter
    from armsledger.views.chains import chains_of, diagram
    from armsledger.views.life import origins_among
    from armsledger.views.names import system_name
    from armsledger.views.words import many

    for chain in chains_of(book, ClaimFilter(system=SYSTEM)):
        claims = [told.claim for leg in chain.legs for told in leg.told]
        rows = book.documents_named({claim.document for claim in claims})
        origins = origins_among(book, claims)
        yield "Chain", "\n".join(diagram(chain))
        first = rows[origins[0].first]
        counted = f"{many(len(rows), 'document')}, {many(len(origins), 'independent origin')}"
        yield "Told", f"{system_name(chain.family)}: {counted}; first by {first.publisher}, {first.published}"
        denied = [claim for claim in claims if claim.polarity == "denied"]
        if denied:
            yield "Denied", f"by {denied[0].speaker}: {_quoted(denied[0].quote)}"
        return


def _deal(book: Ledger, told: ToldDeal) -> Iterator[tuple[str, str]]:
    """A deal, how far it has come, and what is said of its worth."""
    from armsledger.views.life import origins_behind
    from armsledger.views.names import party_name
    from armsledger.views.told_deals import value_of
    from armsledger.views.whole_deal import whole_deal
    from armsledger.views.words import what_of

    whole = whole_deal(book, told, None)
    sides = f"{party_name(told.deal.supplier)} → {party_name(told.deal.recipient)}"
    yield told.deal.id[:8], f"{sides}: {what_of(whole.claims)}"
    yield "Status", whole.status.sentence(origins_behind(whole.status, whole.origins))
    yield "Value", value_of(whole.told)


def _voice(book: Ledger, voice: Voice) -> str:
    """The words, and where they were printed."""
    row = book.documents_named({voice.document})[voice.document]
    return f"{_quoted(voice.quote)} ({row.publisher or row.title}, {row.published})"


def _quoted(words: str) -> str:
    from armsledger.views.words import shortened

    return f"“{shortened(words, _LONGEST)}”"


def _tell_commands(ledger: str) -> None:
    for words in TO_TRY:
        click.echo(f"  armsledger {words} --ledger {quote(ledger)}")
    click.echo(f"Or open it in a browser: armsledger serve --ledger {quote(ledger)}")
