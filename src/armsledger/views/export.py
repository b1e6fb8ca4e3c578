"""``armsledger export``: what a ledger holds, as rows that each name the words they come from."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from armsledger.errors import InputError
from armsledger.views.options import claim_filter, filter_options, open_ledger

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, Ledger
    from armsledger.views.rows import Row

_TABLES = ("csv", "jsonl", "parquet")
FORMS: dict[str, tuple[str, ...]] = {
    "claims": _TABLES,
    "deals": _TABLES,
    "documents": _TABLES,
    "anchors": _TABLES,
    "flat": _TABLES,
    "graphml": ("graphml",),
    "atom": ("atom",),
    "claimreview": ("jsonld",),
    "ftm": ("ftm",),
    "sqlite": ("sqlite",),
}
"""What can be written, and in which forms, the usual one first."""

# form -> module and function that write it into an open file and give how many things it holds
_WRITERS = {
    "graphml": ("armsledger.views.exports_graph", "write_graph"),
    "atom": ("armsledger.views.exports_feed", "write_feed"),
    "jsonld": ("armsledger.views.exports_reviews", "write_reviews"),
    "ftm": ("armsledger.views.exports_ftm", "write_entities"),
}
_ONES = {
    "graphml": ("deal", "deals"),
    "atom": ("entry", "entries"),
    "jsonld": ("review", "reviews"),
    "ftm": ("entity", "entities"),
}


@click.command()
@click.argument("what", type=click.Choice(list(FORMS)))
@click.option(
    "--format",
    "form",
    type=click.Choice(_TABLES),
    help="Of tables; Parquet needs the extra: analysis.  [default: csv]",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    help="Where to write; - is standard output (not for Parquet and sqlite).  [default: -]",
)
@filter_options
def command(what: str, form: str | None, output: str, ledger: str, **asked: str | None) -> None:
    """Write claims, deals, documents and more to a file.

    \b
    Tables (CSV, JSON Lines, Parquet):
      claims, deals, documents, anchors
      flat         a row for each place of each claim of each deal
    Of one form:
      graphml      deals between parties as a graph
      atom         what each day's documents changed, as a feed
      claimreview  what is contested, as ClaimReview in JSON-LD
      ftm          parties, documents, deals, claims for FollowTheMoney
      sqlite       flat tables for Datasette, with metadata beside them

    Every row says where its words stand: document (its id), name, title, publisher, published, url, start, end (code
    points of the document's text, end exclusive) and quote. Of deals there is a row for each value of each field and
    each place that carries it; "own" is false where it is said of a shared contract as a whole.
    Amounts and quantities are exact decimal text, and in Parquet doubles as well.

    In CSV, a text that begins with = + - @ gets an apostrophe before it, so that no spreadsheet takes it for a formula
    (and so does one with apostrophes before such a character: take one away and it is as it was); the other forms have
    texts as they are. A file appears under its name only when it is whole.

    \b
    Examples:
      armsledger export claims -o claims.csv
      armsledger export deals --format jsonl -o deals.jsonl
      armsledger export flat --format parquet -o flat.parquet
      armsledger export claimreview --party Pakistan -o contested.jsonld
      armsledger export sqlite -o arms.db
    """
    form = _form(what, form)
    if form == "parquet":
        _need_parquet(output)
    which = claim_filter(**asked)
    with open_ledger(ledger) as book:
        if form == "sqlite":
            count = _write_database(output, book, which)
        elif form in _WRITERS:
            with _text_file(output) as file:
                count = _writer(form)(file, book, which)
        else:
            from armsledger.views.rows import COLUMNS, rows_of

            count = _write(output, form, COLUMNS[what], rows_of(book, what, which))
    from armsledger.views.words import many

    click.echo(
        f"Wrote {many(count, *_ONES.get(form, ('row', 'rows')))}" + ("" if output == "-" else f" to {output}"), err=True
    )


def _form(what: str, asked: str | None) -> str:
    """The form in which something is written. Raises InputError where it has no such form."""
    if asked is not None and asked not in FORMS[what]:
        raise InputError("--format", f"{what} is written as {FORMS[what][0]} only", "leave --format out")
    return asked or FORMS[what][0]


def _writer(form: str) -> Callable[[IO[str], Ledger, ClaimFilter], int]:
    from importlib import import_module

    module, name = _WRITERS[form]
    found: Callable[[IO[str], Ledger, ClaimFilter], int] = getattr(import_module(module), name)
    return found


def _write_database(output: str, book: Ledger, which: ClaimFilter) -> int:
    """Writes the database, and its metadata under the same name with ``.metadata.json``."""
    from armsledger.views.exports_sqlite import metadata, write_sqlite

    if output == "-":
        raise InputError("export", "a database is not written to standard output", "name a file with -o FILE")
    with _whole_file(output) as path:
        path.unlink(missing_ok=True)
        count = write_sqlite(path, book, which)
    with _whole_file(str(Path(output).with_suffix(".metadata.json"))) as path:
        path.write_text(metadata(which, Path(output).stem), encoding="utf-8")
    return count


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
    with _text_file(output) as file:
        return write(file, columns, rows)


@contextmanager
def _text_file(output: str) -> Iterator[IO[str]]:
    """Standard output or a file that appears when it is whole, as UTF-8 with the line ends that are written."""
    if output == "-":
        with _standard_output() as file:
            yield file
        return
    with _whole_file(output) as path, path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        yield file


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
