"""Tables as text: cells with their places, rows that are broken, marks that are stray."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.model import Span
from armsledger.text.tables import Row, find_table, fold, joined, rows_of
from hostile import UNITS, growth

_CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), max_size=12
)
_TABLE = st.lists(st.lists(_CELL, min_size=2, max_size=5), max_size=6)


def _cells(text: str, separator: str = ",") -> list[tuple[str, ...]]:
    return [row.cells for row in rows_of(text, separator)]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a,b\nc,d\n", [("a", "b"), ("c", "d")]),
        ("a,b\r\nc,d", [("a", "b"), ("c", "d")]),  # line ends of another system, none at the end
        ('a,"b, c"\n', [("a", "b, c")]),
        ('a,"say ""b"""\n', [("a", 'say "b"')]),
        ('a,"b\nc",d\ne,f,g\n', [("a", "b\nc", "d"), ("e", "f", "g")]),
        (" a , b\n", [("a", "b")]),
        ("a,,c\n", [("a", "", "c")]),
        ("\n,,\n \na,b\n", [("a", "b")]),  # blank lines are no rows
        ('5" gun,a\nb,c\n', [('5" gun', "a"), ("b", "c")]),  # an inch is no quotation
        ('a,"b\n' + "c,d\n" * 30, [("a", '"b')] + [("c", "d")] * 30),  # a stray mark swallows nothing
    ],
)
def test_cells(text: str, cells: list[tuple[str, ...]]) -> None:
    assert _cells(text) == cells


@given(_TABLE, st.sampled_from([",", ";", "\t"]))
def test_it_reads_what_the_standard_library_writes(table: list[list[str]], separator: str) -> None:
    """The csv module is the oracle; blanks at the ends of cells do not count here."""
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(table)
    wanted = [tuple(cell.strip() for cell in row) for row in table if any(cell.strip() for cell in row)]
    assert _cells(file.getvalue(), separator) == wanted


@given(_TABLE)
def test_a_cell_stands_where_it_says(table: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(table)
    text = file.getvalue()
    for row in rows_of(text, ","):
        assert text[row.start : row.end].count("\n") == row.lines - 1
        assert text.count("\n", 0, row.start) == row.line - 1
        for place, cell in enumerate(row.cells):
            assert row.span(place).of(text).replace('""', '"').strip() == cell


# -- heads ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_head_tells_the_separator(separator: str) -> None:
    text = f"Something made up\n\nYear{separator} {separator}Weapon\n1999{separator}?{separator}gun\n"
    table = find_table(text, {"year", "weapon"})
    assert table is not None
    assert (table.separator, dict(table.columns)) == (separator, {"year": 0, "year ?": 1, "weapon": 2})
    assert table.above == Span(0, 19)
    assert [row.cells for row in table.rows(text)] == [("1999", "?", "gun")]


def test_lines_that_are_closed_by_a_semicolon_have_no_cell_more() -> None:
    text = "above;\r\nid,weapon;\r\n1,gun;\r\n2,;\r\n"
    table = find_table(text, {"id", "weapon"})
    assert table is not None
    assert (table.width, table.closed) == (2, True)
    assert [row.cells for row in table.rows(text)] == [("1", "gun"), ("2", "")]
    assert [row.span(1).of(text) for row in table.rows(text)] == ["gun", ""]


@pytest.mark.parametrize(
    "text", ["", "year\n1999\n", "weapon,calibre\n", "year,year,weapon\n", "\n" * 80 + "year,weapon\n"]
)
def test_no_head_no_table(text: str) -> None:
    assert find_table(text, {"year", "weapon"}) is None


def test_names_of_columns_are_folded() -> None:
    assert fold("\ufeff Year  of Order ") == "year of order"


# -- rows broken by a line end ----------------------------------------------------------------------------


def _rows(text: str, width: int) -> list[Row]:
    table = find_table("a,b,c,d,e,f,g,h"[: 2 * width - 1] + "\n" + text, {"a", "b"})
    assert table is not None
    return list(table.rows("a,b,c,d,e,f,g,h"[: 2 * width - 1] + "\n" + text))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1,2,note\n,4,5\n", [("1", "2", "note", "4", "5")]),
        ("1,2,note,,\n,4,5,,\n", [("1", "2", "note", "4", "5")]),  # padded by a program that saved it again
        ("1,2,no\nte,4,5\n", [("1", "2", "no te", "4", "5")]),
        ("1,2,3,4,5\n1,2,note\n,4,5\n", [("1", "2", "3", "4", "5"), ("1", "2", "note", "4", "5")]),
    ],
)
def test_two_halves_are_put_together(text: str, cells: list[tuple[str, ...]]) -> None:
    found = _rows(text, 5)
    assert [row.cells for row in found] == cells
    assert (found[-1].mended, found[-1].lines) == (True, 2)


@pytest.mark.parametrize(
    "text",
    [
        "1,2,note\n,4\n",  # too short together
        "1,2,note\n1,2,3,4,5\n",  # a broken row before a whole one leaves that alone
        "1,2,3,4,5\n,4,5\n",  # a whole row needs no second half
        "note\n1,2,3,4,5\n",
    ],
)
def test_what_does_not_fit_stays_apart(text: str) -> None:
    assert [row.mended for row in _rows(text, 5)] == [False, False]


def test_a_mended_row_covers_both_lines() -> None:
    text = "1,2,note\n,4,5\n"
    first, second = rows_of(text, ",")
    whole = joined(first, second, 5)
    assert whole is not None
    assert text[whole.start : whole.end] == "1,2,note\n,4,5"
    assert [whole.span(place).of(text) for place in range(5)] == ["1", "2", "note", "4", "5"]


@pytest.mark.parametrize("unit", [*UNITS, "quotes", "open quotes"])
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    own = {"quotes": 'a,"b ""c"" d"\n', "open quotes": '"\n'}
    assert growth(lambda text: list(rows_of(text, ",")), {**UNITS, **own}[unit], size=6000) < 10
