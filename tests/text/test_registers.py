"""SIPRI's rows as typed values, and its own arithmetic."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from armsledger.text.registers import (
    DELIVERIES,
    TRADE_REGISTER,
    UK_VALUES,
    US_ARTICLES,
    Layout,
    RegisterRow,
    RowFault,
    find_register,
    generated,
    multiplies,
    rows,
    scan,
)

REGISTERS = Path(__file__).resolve().parents[1] / "claims" / "registers"


def _text(name: str) -> str:
    encoding = "cp1252" if name == "trade-register-2030.csv" else "utf-8-sig"
    return (REGISTERS / name).read_text(encoding=encoding)


@pytest.mark.parametrize(
    ("name", "layout", "made"),
    [
        ("trade-register-2030.csv", TRADE_REGISTER, "2030-11-05"),
        ("trade-register-2032.csv", TRADE_REGISTER, None),
        ("deliveries.csv", DELIVERIES, "2031-02-12"),
        ("licences.csv", UK_VALUES, None),
        ("articles.csv", US_ARTICLES, None),
    ],
)
def test_the_layout_is_told_by_its_columns(name: str, layout: Layout, made: str | None) -> None:
    text = _text(name)
    found = find_register(text)
    assert found is not None
    assert found[0] is layout
    assert generated(text, found[1]) == made


@pytest.mark.parametrize("text", ["", "Recipient,Supplier\nNorway,Sweden\n", "The year of order was 1999.\n" * 99])
def test_what_is_no_register(text: str) -> None:
    assert find_register(text) is None
    assert list(rows(text)) == []


def test_a_row_of_the_trade_register() -> None:
    first = next(rows(_text("trade-register-2030.csv")))
    assert (first.recipient, first.supplier, first.designation) == ("Norway", "Sweden", "CV-90")
    assert (first.ordered, first.ordered_estimate) == (2021, True)
    assert (first.number_ordered, first.number_ordered_estimate) == (30, True)
    assert (first.number_delivered, first.number_delivered_estimate) == (12, True)
    assert first.delivery_years == (2023, 2024, 2026)
    assert (first.tiv_unit, first.tiv_order, first.tiv_delivered) == (Decimal("1.5"), Decimal(45), Decimal(18))
    assert first.comments == "$79 m deal; CV-90 Mk-4 version"
    assert (first.second_hand, first.modernised, first.number, first.category) == (False, False, None, None)


def test_a_row_of_deliveries() -> None:
    found = list(rows(_text("deliveries.csv")))
    assert [(row.number, row.delivery_years, row.number_delivered) for row in found] == [
        ("90001", (2023,), 6),
        ("90001", (2024,), 6),
        ("90002", (2013,), 3),
    ]
    assert [row.delivery_estimate for row in found] == [False, None, True]  # not said is not no
    assert (found[2].category, found[2].local_production, found[2].tiv_new) == ("Aircraft", True, Decimal(20))
    assert found[0].number_ordered is None


def test_nothing_is_not_zero() -> None:
    row = next(row for row in rows(_text("trade-register-2030.csv")) if row.recipient.startswith("Hezbollah"))
    assert (row.number_ordered, row.tiv_order) == (None, None)
    assert (row.number_delivered, row.tiv_delivered) == (0, Decimal(0))
    assert row.delivery_years == ()


def test_condition() -> None:
    row = next(row for row in rows(_text("trade-register-2030.csv")) if row.recipient == "Chile")
    assert (row.second_hand, row.modernised) == (True, True)


def test_faults_name_line_and_column_and_the_rest_goes_on() -> None:
    text = _text("trade-register-2030.csv")
    faults = [one for one in scan(text) if isinstance(one, RowFault)]
    assert [(f.line, f.left_out, f.problem) for f in faults] == [
        (10, False, "broken over lines 10 and 11; put together"),
        (13, True, "5 cells, 16 were expected"),
        (14, True, "year of order: a year was expected, '20x9' is there"),
    ]
    assert all(text.split("\n")[f.line - 1].startswith(text[f.start : f.end][:10]) for f in faults)
    assert len(list(rows(text))) == 10


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("Recipient", "", "recipient: is empty"),
        ("Number ordered", "a few", "number ordered: a number was expected, 'a few' is there"),
        ("Year(s) of delivery", "2023; soon", "year(s) of delivery: a year was expected, 'soon' is there"),
        ("SIPRI TIV per unit", "1,5", "17 cells, 16 were expected"),
        ("SIPRI TIV per unit", "-1", "TIV per unit: a TIV was expected, '-1' is there"),
        ("Weapon designation", "", "weapon designation: is empty"),
    ],
)
def test_a_cell_that_holds_something_else_is_told(column: str, value: str, problem: str) -> None:
    lines = _text("trade-register-2032.csv").split("\n")
    head, cells = lines[0].split(","), lines[1].split(",")
    cells[head.index(column)] = value
    (fault,) = scan("\n".join([lines[0], ",".join(cells)]))
    assert isinstance(fault, RowFault)
    assert fault.problem == problem


def test_a_mark_that_is_none_is_told() -> None:
    lines = _text("trade-register-2032.csv").split("\n")
    (fault,) = scan("\n".join([lines[0], lines[1].replace(",2021,?,", ",2021,!,")]))
    assert isinstance(fault, RowFault)
    assert fault.problem == "after year of order: '?' or nothing was expected, '!' is there"


# -- arithmetic -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "units", "total", "holds"),
    [
        ("55", 6, "330", True),
        ("0.31", 16, "4.96", True),
        ("10.01", 4, "40.05", True),  # each is rounded by itself
        ("10.01", 4, "40.1", False),
        ("0.02", 0, "0", True),
        ("5", 2, "11", False),
    ],
)
def test_tiv_of_a_unit_times_units(unit: str, units: int, total: str, holds: bool) -> None:
    assert multiplies(Decimal(unit), units, Decimal(total)) is holds


def test_the_published_arithmetic_is_reproduced(shared: Path) -> None:
    with (shared / "validation" / "sipri_register_arithmetic.csv").open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    assert len(told) == 4
    for row in told:
        unit = Decimal(row["tiv_per_unit"])
        assert unit * int(row["units_ordered"]) == Decimal(row["tiv_order"])
        assert unit * int(row["units_delivered"]) == Decimal(row["tiv_delivered"])
        assert multiplies(unit, int(row["units_ordered"]), Decimal(row["tiv_order"]))
        assert multiplies(unit, int(row["units_delivered"]), Decimal(row["tiv_delivered"]))


def test_rows_are_values() -> None:
    text = _text("trade-register-2030.csv")
    assert list(rows(text)) == list(rows(text))
    assert all(isinstance(row, RegisterRow) for row in rows(text))
