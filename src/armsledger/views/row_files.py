"""Rows -> files: CSV, JSON Lines, Parquet. Each is streamed and gives the same bytes for the same rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from armsledger.views.json_lines import as_line

if TYPE_CHECKING:
    from armsledger.views.rows import Row

AMOUNTS = ("quantity", "value", "programme")  # of claims
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet takes for the beginning of a formula
_STRETCH = 5_000  # rows of a group in Parquet


def write_csv(file: IO[str], columns: tuple[str, ...], rows: Iterator[Row]) -> int:
    """Writes CSV (RFC 4180, UTF-8, a head line); gives how many rows. Null is an empty cell, truth is true or false."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([cell(row[name]) for name in columns])
        count += 1
    return count


def cell(value: Any) -> Any:
    """A value as a cell that no spreadsheet takes for a formula.

    A text that begins with the first character of a formula gets an apostrophe, and so does one that has apostrophes
    before it: whoever takes one away again from each such cell has the text as it was.

    >>> cell("=1+1"), cell("'=1"), cell("plain"), cell("'s"), cell(True), cell(-3), cell(None)
    ("'=1+1", "''=1", 'plain', "'s", 'true', -3, '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.lstrip("'").startswith(_FORMULA):
        return f"'{value}"
    return str(value) if isinstance(value, str) else value


def write_json_lines(file: IO[str], columns: tuple[str, ...], rows: Iterator[Row]) -> int:
    """Writes one object a line; gives how many."""
    count = 0
    for row in rows:
        file.write(as_line({name: row[name] for name in columns}).decode())
        count += 1
    return count


def write_parquet(path: Path, columns: tuple[str, ...], rows: Iterator[Row]) -> int:
    """Writes Parquet, a group of rows at a time; gives how many. Amounts have doubles beside their exact text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    doubles = AMOUNTS if set(AMOUNTS) <= set(columns) else ()
    schema = pa.schema(
        [*((name, _type(pa, name)) for name in columns), *((f"{name}_double", pa.float64()) for name in doubles)]
    )
    count = 0
    with pq.ParquetWriter(path, schema) as writer:
        while some := list(islice(rows, _STRETCH)):
            told = [
                {**{k: _kept(v) for k, v in row.items()}, **{f"{name}_double": _double(row[name]) for name in doubles}}
                for row in some
            ]
            writer.write_table(pa.Table.from_pylist(told, schema=schema))
            count += len(some)
    return count


def _type(pa: Any, name: str) -> Any:
    from armsledger.views.rows import TRUTHS, WHOLE_NUMBERS

    return pa.int64() if name in WHOLE_NUMBERS else pa.bool_() if name in TRUTHS else pa.string()


def _kept(value: Any) -> Any:
    """Text that UTF-8 can hold: half a surrogate pair is escaped as in the other formats."""
    return str(value).encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _double(value: Any) -> float | None:
    return None if value is None else float(value)
