"""Tables as text: rows of cells with their places, in one pass.

    table = [ what stands above ] head { row }
    row   = cell { separator cell } line-end
    cell  = { any but separator and line-end } | '"' { any | '""' } '"'

The separator is the one that the head has: a comma, a semicolon or a tab. A quote that is never closed is a character
like any other, so that one stray mark does not swallow the rest of a file. A row that was broken by a line end inside
a cell without quotes is put together again where its two halves fit into one another and nowhere else; it says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

from armsledger.model import Span

_SEPARATORS = (",", ";", "\t")
_ABOVE = 60  # lines among which the head of a table is looked for
_LONGEST_HEAD = 4_000  # characters of a line that may be a head
_LONGEST_QUOTED = 20_000  # characters of a cell in quotes
_QUOTED_LINES = 20  # line ends in a cell in quotes


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the line of the text that it begins on (from 1), its span, and its cells with their places.

    A cell's value has no quotes around it and no blanks at its ends; ``starts`` and ``ends`` are those of the words.
    ``lines`` is how many lines it takes up; ``mended`` is true where it was put together from two halves.
    """

    line: int
    start: int
    end: int
    cells: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lines: int = 1
    mended: bool = False

    def span(self, column: int) -> Span:
        """Where the words of a cell stand."""
        return Span(self.starts[column], self.ends[column])

    @property
    def filled(self) -> int:
        """The number of cells up to the last one that is not empty."""
        count = len(self.cells)
        while count and not self.cells[count - 1]:
            count -= 1
        return count


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a text: its columns by their folded names, and where its first row begins.

    A column without a name is called as the one before it with " ?". ``above`` is what stands before the head;
    ``closed`` is true where every line ends in one more semicolon, which belongs to no cell.
    """

    separator: str
    columns: Mapping[str, int]
    width: int
    start: int
    line: int
    above: Span
    closed: bool = False

    def rows(self, text: str) -> Iterator[Row]:
        """The rows, in order; broken ones are mended where they can be. Blank lines are no rows."""
        waiting: Row | None = None
        for found in rows_of(text, self.separator, self.start, self.line):
            row = _unclosed(found) if self.closed else found
            if waiting is not None and (whole := joined(waiting, row, self.width)) is not None:
                yield whole
                waiting = None
                continue
            if waiting is not None:
                yield waiting
            waiting = row
        if waiting is not None:
            yield waiting


def find_table(text: str, wanted: Set[str]) -> Table | None:
    """The table whose head has all the wanted columns (folded names); None where no line near the top is such a head.

    >>> found = find_table("Made up\\nYear, ,Weapon\\n1999,?,gun\\n", {"year", "weapon"})
    >>> found and (dict(found.columns), found.line, found.start)
    ({'year': 0, 'year ?': 1, 'weapon': 2}, 3, 22)
    """
    at = 0
    for number in range(1, _ABOVE + 1):
        end = text.find("\n", at)
        stop = len(text) if end < 0 else end
        if stop - at <= _LONGEST_HEAD:
            for separator in _SEPARATORS:
                head = next(rows_of(text[at:stop], separator), None)
                closed = head is not None and separator != ";" and head.cells[-1].endswith(";")
                names = _names(_unclosed(head) if closed else head) if head else {}
                if names and wanted <= names.keys():
                    start = min(stop + 1, len(text))
                    return Table(separator, names, len(names), start, number + 1, Span(0, at), closed)
        if end < 0:
            return None
        at = stop + 1
    return None


def _names(head: Row) -> dict[str, int]:
    """The columns of a head by name; empty where two have the same name, or there is only one."""
    if head.filled < 2:
        return {}
    names: dict[str, int] = {}
    last = ""
    for place, cell in enumerate(head.cells[: head.filled]):
        name = fold(cell) or f"{last} ?"
        if name in names:
            return {}
        names[name] = place
        last = name
    return names


def fold(name: str) -> str:
    """A column's name in lower case with single blanks.

    >>> fold(" Year(s) of  Delivery")
    'year(s) of delivery'
    """
    return " ".join(name.lower().removeprefix("\ufeff").split())


def rows_of(text: str, separator: str, start: int = 0, line: int = 1) -> Iterator[Row]:
    """The rows of a text from ``start`` on, which is the beginning of line ``line``; blank lines are left out."""
    at, length = start, len(text)
    while at < length:
        end = text.find("\n", at)
        end = length if end < 0 else end
        stop = end - 1 if end > at and text[end - 1] == "\r" else end
        if text.find('"', at, stop) >= 0:
            row = _quoted(text, separator, at, line)
            end = text.find("\n", row.end)
            end = length if end < 0 else end
        else:
            row = _plain(text, separator, at, stop, line)
        if row.filled:
            yield row
        line += row.lines
        at = end + 1


def _plain(text: str, separator: str, start: int, end: int, line: int) -> Row:
    """A row without quotes: a split is all it takes."""
    words = text[start:end]
    cells = words.split(separator)
    starts = tuple(accumulate([len(cell) + 1 for cell in cells[:-1]], initial=start))
    ends = (*[at - 1 for at in starts[1:]], end)
    row = Row(line, start, end, tuple(cells), starts, ends)
    return _trimmed(row) if _blank_at_an_end(separator).search(words) else row


@cache
def _blank_at_an_end(separator: str) -> re.Pattern[str]:
    """Finds a line of which a cell begins or ends with a blank."""
    part = re.escape(separator)
    return re.compile(rf"(?:\A|{part})\s|\s(?:{part}|\Z)" if not separator.isspace() else r"\s")


def _unclosed(row: Row) -> Row:
    """The row without the semicolon that closes its line."""
    if not row.cells[-1].endswith(";"):
        return row
    last = row.cells[-1].removesuffix(";").rstrip()
    ends = (*row.ends[:-1], row.starts[-1] + len(last))
    return replace(row, end=row.end - 1, cells=(*row.cells[:-1], last), ends=ends)


def _trimmed(row: Row) -> Row:
    """The row without blanks at the ends of its cells."""
    starts = tuple(s + len(c) - len(c.lstrip()) for s, c in zip(row.starts, row.cells, strict=True))
    cells = tuple(cell.strip() for cell in row.cells)
    ends = tuple(s + len(c) for s, c in zip(starts, cells, strict=True))
    return replace(row, cells=cells, starts=starts, ends=ends)


def _quoted(text: str, separator: str, start: int, line: int) -> Row:
    """A row with quotes; it may go on over line ends inside them."""
    cells: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = start
    while True:
        found = _closing(text, at) if text[at : at + 1] == '"' else None
        last = _cell_end(text, separator, at if found is None else found + 1)
        first, end = (at, last) if found is None else (at + 1, found)
        words = text[first:end]
        cells.append((words if found is None else words.replace('""', '"')).strip())
        ends.append(first + len(words.rstrip()))
        starts.append(min(ends[-1], first + len(words) - len(words.lstrip())))
        at = last + 1
        if text[last : last + 1] != separator:
            break
    lines = text.count("\n", start, last) + 1
    return Row(line, start, last, tuple(cells), tuple(starts), tuple(ends), lines)


def _cell_end(text: str, separator: str, start: int) -> int:
    """Where the separator or the line end stands that closes a cell."""
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    found = text.find(separator, start, line_end)
    if found >= 0:
        return found
    return line_end - 1 if line_end > start and text[line_end - 1] == "\r" else line_end


def _closing(text: str, start: int) -> int | None:
    """Where the quote that opens at ``start`` is closed; None where it is not, or much too late."""
    at = start + 1
    while True:
        found = text.find('"', at, start + _LONGEST_QUOTED)
        if found < 0 or text.count("\n", start, found) > _QUOTED_LINES:
            return None
        if text[found + 1 : found + 2] != '"':
            return found
        at = found + 2


def joined(first: Row, second: Row, width: int) -> Row | None:
    """One row of two that a line end inside a cell has parted; None unless together they fill the width exactly.

    Either the second begins with an empty cell, which no row does, or the first has too few cells.
    """
    have, more = first.filled, second.filled
    if first.mended or have + more - 1 != width or width in (have, more):
        return None
    if second.cells[0] and len(first.cells) >= width:
        return None
    words = f"{first.cells[have - 1]} {second.cells[0]}".strip()
    return Row(
        first.line,
        first.start,
        second.end,
        (*first.cells[: have - 1], words, *second.cells[1:more]),
        (*first.starts[:have], *second.starts[1:more]),
        (*first.ends[: have - 1], second.ends[0] if second.cells[0] else first.ends[have - 1], *second.ends[1:more]),
        lines=second.line + second.lines - first.line,
        mended=True,
    )


_NUMBER = re.compile(r"\d{1,18}(?:\.\d{1,9})?")


def is_number(cell: str) -> bool:
    """Whether a cell is a plain number: digits, and a decimal point where it has one.

    >>> is_number("0.31"), is_number("1,100"), is_number("")
    (True, False, False)
    """
    return _NUMBER.fullmatch(cell) is not None
