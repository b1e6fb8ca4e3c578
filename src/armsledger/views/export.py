"""``armsledger export``: what a ledger holds, as rows that each name the words they come from."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armsledger.errors import InputError
from armsledger.views.options import claim_filter, filter_options, open_ledger

if TYPE_CHECKING:
    from armsledger.views.rows import Row

WHAT = ("claims", "deals", "documents", "anchors")


@click.command()
@click.argument("what", type=click.Choice(WHAT))
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default="csv",
    show_default=True,
    help="Parquet needs the extra: analysis.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    help="Where to write; - is standard output (not for Parquet).  [default: -]",
)
@filter_options
def command(what: str, form: str, output: str, ledger: str, **asked: str | None) -> None:
    """Write claims, deals, documents or anchors to a file.

    Every row says where its words stand: document (its id), name, title, publisher, published, url, start, end (code
    points of the document's text, end exclusive) and quote. Of deals there is a row for each value of each field and
    each place that carries it; "own" is false where it is said of a shared contract as a whole.
    Amounts and quantities are exact decimal text, and in Parquet doubles as well.

    In CSV, a text that begins with = + - @ gets an apostrophe before it, so that no spreadsheet takes it for a formula;
    JSON Lines and Parquet have texts as they are. A file appears under its name only when it is whole.

    \b
    Examples:
      armsledger export claims -o claims.csv
      armsledger export deals --format jsonl -o deals.jsonl
      armsledger export anchors --format parquet -o anchors.parquet
    """
    from armsledger.views.rows import COLUMNS, rows_of

    if form == "parquet":
        _need_parquet(output)
    which = claim_filter(**asked)
    with open_ledger(ledger) as book:
        count = _write(output, form, COLUMNS[what], rows_of(book, what, which))
    click.echo(f"Wrote {count:,} rows" + ("" if output == "-" else f" to {output}"), err=True)


def _need_parquet(output: str) -> None:
    from armsledger.errors import MissingExtra

    if output == "-":
        raise InputError("export", "Parquet is not written to standard output", "name a file with -o FILE")
    try:
        import pyarrow.parquet  # noqa: F401 (only to see whether it is there)
    except ImportError:
        raise MissingExtra("armsledger export --format parquet", "analysis") from None


def _write(output: str, form: str, columns: tuple[str, ...], rows: Iterator[Row]) -> int:
    """Writes the rows; gives how many there were."""
    from armsledger.views import row_files

    if form == "parquet":
        with _whole_file(output) as path:
            return row_files.write_parquet(path, columns, rows)
    write = row_files.write_csv if form == "csv" else row_files.write_json_lines
    if output == "-":
        with _standard_output() as file:
            return write(file, columns, rows)
    with _whole_file(output) as path, path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        return write(file, columns, rows)


@contextmanager
def _standard_output() -> Iterator[TextIOWrapper]:
    """Standard output as UTF-8 whatever the locale says, and with the line ends that are written."""
    file = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        yield file
        file.flush()
    finally:
        with suppress(OSError):  # who reads has gone: that is told by the error that is on its way
            file.detach()


@contextmanager
def _whole_file(output: str) -> Iterator[Path]:
    """A path beside the wanted one, which takes its place when all is written, and is removed when something fails."""
    wanted = Path(output)
    if wanted.is_dir():
        raise InputError(output, "is a folder", "name a file in it")
    part = wanted.with_name(f".{wanted.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(wanted)
    except OSError as error:
        raise InputError(
            output, f"cannot be written: {error.strerror or error}", "check the folder, its rights and its space"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
