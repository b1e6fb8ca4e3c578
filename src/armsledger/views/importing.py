"""``armsledger import``: registers of transfers and licences into a ledger, each as one document with its vintage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from armsledger.views.options import DEFAULT_LEDGER, format_option

if TYPE_CHECKING:
    from armsledger.claims.register_rows import RegisterReading
    from armsledger.ledger import Ledger
    from armsledger.text.registers import RowFault

REGISTERS = ("sipri", "uk-licences", "us-eda")
SHOWN = 20  # rows and names that are listed; --all lists every one


@click.command()
@click.argument("register", type=click.Choice(REGISTERS))
@click.argument("source", metavar="FILE")
@click.option(
    "--ledger",
    metavar="FILE",
    default=DEFAULT_LEDGER,
    show_default=True,
    help="The ledger to write to; made where there is none.",
)
@click.option("--no-ledger", is_flag=True, help="Only read and tell; write nothing.")
@click.option(
    "--vintage",
    metavar="DATE",
    help="The day, month or year of the release, where the file does not say when it was made.",
)
@click.option("--all", "every", is_flag=True, help=f"List all rows to look at, not only the first {SHOWN}.")
@format_option
def command(
    register: str, source: str, ledger: str, no_ledger: bool, vintage: str | None, every: bool, form: str
) -> None:
    """Import a register: SIPRI transfers, UK licences, US excess articles.

    FILE is your own download, plain or packed with gzip: SIPRI's trade register in either layout, the United Kingdom's
    licences as compiled by the Campaign Against Arms Trade, or the report on excess defense articles. None comes with
    armsledger. Rows that cannot be read are listed and the rest is imported. An older vintage stays as it is, beside
    the new one.

    \b
    Examples:
      armsledger import sipri trade-register.csv --no-ledger
      armsledger import uk-licences licences.csv --vintage 2031-07-29
    """
    from armsledger.pipeline import read_register
    from armsledger.text.registers import Register

    with _waiting("Reading the register"):
        read = read_register(source, Register(register), vintage)
    new = (0, 0) if no_ledger else _record(read, ledger)
    if form == "jsonl":
        from armsledger.views.json_lines import write_line

        write_line(_told(read, *new))
        return
    for line in _lines(read, None if no_ledger else ledger, new, None if every else SHOWN):
        click.echo(line)


def _record(read: RegisterReading, path: str) -> tuple[int, int]:
    """Writes the register into the ledger; gives how many documents and claims were new."""
    from armsledger.ledger import Ledger
    from armsledger.pipeline import record

    with _waiting(f"Writing {len(read.reading.claims):,} claims"), Ledger.open(path) as book:
        return record(book, (read.reading,))


@contextmanager
def _waiting(words: str) -> Iterator[None]:
    """Says on stderr what takes a while, where that is a terminal."""
    from armsledger.views.terminal import console

    shown = console(error=True)
    if not shown.is_terminal or shown.is_dumb_terminal:
        yield
        return
    with shown.status(words):
        yield


# -- the account ------------------------------------------------------------------------------------------


def _lines(read: RegisterReading, ledger: str | None, new: tuple[int, int], most: int | None) -> Iterator[str]:
    """The account of an import, line by line."""
    from armsledger.views.clean import one_line
    from armsledger.views.words import many

    document = read.reading.document
    yield f"{read.layout.told}, vintage {document.published}: {one_line(document.name)}"
    yield f"{many(read.rows, 'row')} read: {_how_whole(read)}; {_left_out(read):,} left out."
    if read.products or _wrong(read):
        held = f"{read.products:,} of {read.products + _wrong(read):,}"
        yield f"TIV per unit × units gives the stated total, within rounding: {held}."
    if read.reading.refused:
        yield f"Refused by the gate: {many(len(read.reading.refused), 'claim')}."
    if ledger is not None:
        yield f"New in {one_line(ledger)}: {many(new[0], 'document')}, {many(new[1], 'claim')}."
        yield from _beside(read, ledger)
    yield from _listed("Rows to look at:", [_fault_line(fault, read) for fault in read.faults], most)
    names = [f"{many(count, 'row'):>10}  {one_line(name)}" for name, count in read.unknown]
    yield from _listed("Parties that the lexicon does not have, kept as written:", names, most)
    yield from _next(read, ledger)


def _how_whole(read: RegisterReading) -> str:
    whole = f"{read.rows - read.mended:,} whole"
    return f"{whole}, {read.mended:,} broken over two lines and put together" if read.mended else whole


def _left_out(read: RegisterReading) -> int:
    return sum(fault.left_out for fault in read.faults)


def _wrong(read: RegisterReading) -> int:
    return sum(fault.problem.startswith("TIV of ") and not fault.left_out for fault in read.faults)


def _fault_line(fault: RowFault, read: RegisterReading) -> str:
    from armsledger.views.clean import one_line
    from armsledger.views.words import shortened

    words = shortened(read.reading.document.text[fault.start : fault.end], 60)
    left_out = " (left out)" if fault.left_out else ""
    return f"  line {fault.line:,}: {one_line(fault.problem)}{left_out}\n      {one_line(words)}"


def _listed(head: str, lines: list[str], most: int | None) -> Iterator[str]:
    if not lines:
        return
    yield head
    yield from lines[:most]
    if most is not None and len(lines) > most:
        yield f"  and {len(lines) - most:,} more, which --all lists"


def _beside(read: RegisterReading, path: str) -> Iterator[str]:
    """The other vintages of the same publisher in the ledger, which stay as they are."""
    from armsledger.ledger import Ledger
    from armsledger.views.clean import one_line

    with Ledger.open(path, create=False) as book:
        others = _vintages(book, read)
    if others:
        yield f"Beside it: {one_line(', '.join(others))}, unchanged."


def _vintages(book: Ledger, read: RegisterReading) -> list[str]:
    own = read.reading.document
    rows = (row for row in book.documents() if row.publisher == own.publisher and row.id != own.id)
    return [f"{row.published} ({row.names[0] if row.names else row.id[:8]})" for row in rows if row.kind == own.kind]


def _next(read: RegisterReading, ledger: str | None) -> Iterator[str]:
    from armsledger.views.options import on

    if ledger is None or not read.reading.claims:
        return
    first = next((c.recipient for c in read.reading.claims if c.recipient), None)
    narrowed = f" --recipient {first}" if first and " " not in first else ""
    yield f"Next: armsledger deals{narrowed}{on(ledger)}"


def _told(read: RegisterReading, documents: int, claims: int) -> dict[str, Any]:
    """The account as one JSON object."""
    document = read.reading.document
    return {
        "register": read.layout.register.value,
        "layout": read.layout.told,
        "document": document.id,
        "name": document.name,
        "publisher": document.publisher,
        "vintage": document.published,
        "rows": read.rows,
        "whole": read.rows - read.mended,
        "mended": read.mended,
        "left_out": _left_out(read),
        "claims": len(read.reading.claims),
        "refused": len(read.reading.refused),
        "documents_new": documents,
        "claims_new": claims,
        "totals_that_multiply": read.products,
        "totals_that_do_not": _wrong(read),
        "faults": [
            {"line": f.line, "start": f.start, "end": f.end, "problem": f.problem, "left_out": f.left_out}
            for f in read.faults
        ],
        "unknown_parties": dict(read.unknown),
    }
