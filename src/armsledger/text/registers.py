"""Registers of transfers as published tables: text -> typed rows with their places.

Four layouts are known, each by columns that only it has:

* SIPRI's trade register, one row a deal: recipient, supplier, year of order, numbers, "?" columns for what SIPRI
  estimates, years of delivery, comments, trend-indicator values (TIV);
* SIPRI's newer export, one row a deal and year of delivery, with SIPRI's number of the deal;
* the United Kingdom's export licences as compiled by the Campaign Against Arms Trade;
* excess defense articles of the United States, one row a request.

A TIV is a volume, in millions of SIPRI's own unit; it is no money and is never given as money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from armsledger.model import Span
from armsledger.text.dates import first_date
from armsledger.text.tables import Row, Table, find_table


class Register(StrEnum):
    """Whose register it is, as the command line calls it."""

    SIPRI = "sipri"
    UK_LICENCES = "uk-licences"
    US_EDA = "us-eda"


@dataclass(frozen=True, slots=True)
class Layout:
    """A known form of a register: what it is called, and the columns that show it, three of them for messages."""

    register: Register
    told: str
    columns: frozenset[str]
    shown: tuple[str, ...]


TRADE_REGISTER = Layout(
    Register.SIPRI,
    "SIPRI trade register",
    frozenset(
        {
            "recipient", "supplier", "year of order", "number ordered", "weapon designation", "weapon description",
            "number delivered", "year(s) of delivery", "status",
        }
    ),
    ("Recipient", "Year of order", "Weapon designation"),
)  # fmt: skip
DELIVERIES = Layout(
    Register.SIPRI,
    "SIPRI transfers by year of delivery",
    frozenset(
        {
            "sipri at database id", "supplier", "recipient", "designation", "description", "order date",
            "numbers delivered", "delivery year", "status",
        }
    ),
    ("SIPRI AT Database ID", "Order date", "Delivery year"),
)  # fmt: skip
UK_VALUES = Layout(
    Register.UK_LICENCES,
    "United Kingdom export licences",
    frozenset({"licence_group", "date", "rating", "count", "value", "country", "refused"}),
    ("licence_group", "rating", "refused"),
)
US_ARTICLES = Layout(
    Register.US_EDA,
    "United States excess defense articles",
    frozenset(
        {
            "transfer authority", "fiscal year of request", "implementing agency", "country (transfer to)",
            "item description", "status", "status date", "qty requested", "qty allocated", "qty accepted",
            "qty rejected", "total delivered qty", "total acquisition value", "total current value",
        }
    ),
    ("Transfer Authority", "Fiscal Year of Request", "Qty Requested"),
)  # fmt: skip
LAYOUTS = (TRADE_REGISTER, DELIVERIES, UK_VALUES, US_ARTICLES)

_GENERATED = re.compile(r"data generated:?\s{0,5}(\d{1,2} [a-z]{3,9} \d{4})", re.IGNORECASE)
_SPEAKING = ("year of order", "sipri at database id", "licence_group", "transfer authority")
_NEAR = 20_000  # characters from the beginning in which the head of a register stands


def find_register(text: str) -> tuple[Layout, Table] | None:
    """The layout of a register's text and its table; None where it is none of the four."""
    near = text[:_NEAR].lower()
    if not any(words in near for words in _SPEAKING):
        return None
    for layout in LAYOUTS:
        if table := find_table(text, layout.columns):
            return layout, table
    return None


def generated(text: str, table: Table) -> str | None:
    """The day on which a register says above its head that it was made, as ISO date; None where it does not.

    >>> text = "Data generated: 5 Nov 2024 4:52:25 AM\\na,b\\n"
    >>> generated(text, find_table(text, {"a"}))
    '2024-11-05'
    """
    span = generated_at(text, table)
    mention = first_date(span.of(text)) if span else None
    return mention.interval.iso if mention else None


def generated_at(text: str, table: Table) -> Span | None:
    """Where a register says so; None where it does not."""
    found = _GENERATED.search(text, table.above.start, table.above.end)
    return Span(*found.span(1)) if found else None


# -- SIPRI's rows -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: the line it begins on and its span. ``left_out`` is true where it gives nothing."""

    line: int
    start: int
    end: int
    problem: str
    left_out: bool = True


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of a SIPRI register, as written: names are not led to codes, and None is a cell that is empty or missing.

    ``ordered`` is the year of the order. Flags end in ``_estimate``: true where SIPRI marks its own estimate, None
    where it does not say. ``number_delivered`` counts the deliveries in the years that the register was made for, of
    which ``delivery_years`` are those with a delivery. ``number`` is SIPRI's number of the deal. Trend-indicator values
    are in millions: ``tiv_new`` of one unit if new, ``tiv_unit`` of one as it is, ``tiv_order`` of all ordered,
    ``tiv_delivered`` of those delivered.
    """

    source: Row
    recipient: str
    supplier: str
    ordered: int
    ordered_estimate: bool | None
    number_ordered: int | None
    number_ordered_estimate: bool | None
    designation: str
    description: str
    number_delivered: int | None
    number_delivered_estimate: bool | None
    delivery_years: tuple[int, ...]
    delivery_estimate: bool | None
    status: str
    comments: str = ""
    tiv_unit: Decimal | None = None
    tiv_order: Decimal | None = None
    tiv_delivered: Decimal | None = None
    tiv_new: Decimal | None = None
    number: str | None = None
    category: str | None = None
    local_production: bool | None = None

    @property
    def second_hand(self) -> bool:
        """Whether the status says that the weapons were in use before."""
        return self.status.lower().startswith("second")

    @property
    def modernised(self) -> bool:
        """Whether the status says that they were modernised before the transfer."""
        return "moderni" in self.status.lower()


def rows(text: str) -> Iterator[RegisterRow]:
    """The rows of a SIPRI register in either layout, in order; rows that cannot be read are left out (see ``scan``)."""
    return (one for one in scan(text) if isinstance(one, RegisterRow))


def scan(text: str) -> Iterator[RegisterRow | RowFault]:
    """The rows of a SIPRI register, and what is wrong with those that cannot be read or had to be mended.

    Nothing comes of a text that is no SIPRI register.
    """
    found = find_register(text)
    if found is None or found[0].register is not Register.SIPRI:
        return
    layout, table = found
    read = _ByOrder(table) if layout is TRADE_REGISTER else _ByDelivery(table)
    for row in table.rows(text):
        if (problem := shape_of(row, table)) is not None:
            yield RowFault(row.line, row.start, row.end, problem)
            continue
        if row.mended:
            yield mended(row)
        try:
            yield read.row(row)
        except _Unreadable as error:
            yield RowFault(row.line, row.start, row.end, str(error))


def shape_of(row: Row, table: Table) -> str | None:
    """What is wrong with the number of a row's cells; None where nothing is."""
    if len(row.cells) < table.width or row.filled > table.width:
        return f"{len(row.cells)} cells, {table.width} were expected"
    return None


def mended(row: Row) -> RowFault:
    """That a row was broken over two lines and has been put together."""
    told = f"broken over lines {row.line:,} and {row.line + row.lines - 1:,}; put together"
    return RowFault(row.line, row.start, row.end, told, left_out=False)


def multiplies(tiv_unit: Decimal, units: int, total: Decimal) -> bool:
    """Whether so many units of a TIV come to a total, all printed with two decimals.

    >>> multiplies(Decimal("0.31"), 16, Decimal("4.96")), multiplies(Decimal("0.31"), 16, Decimal("5.96"))
    (True, False)
    """
    return abs(tiv_unit * units - total) <= _HALF_A_CENT * (units + 1)


_HALF_A_CENT = Decimal("0.005")


class _Unreadable(Exception):
    """A cell that does not hold what its column should."""


_WHOLE = re.compile(r"\d{1,9}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DECIMAL = re.compile(r"\d{1,12}(?:\.\d{1,6})?")


def _year(cell: str, column: str) -> int:
    if _YEAR.fullmatch(cell) is None:
        raise _Unreadable(f"{column}: a year was expected, {_said(cell)} is there")
    return int(cell)


@lru_cache(maxsize=65536)  # a register says the same few thousand over and over
def _years(cell: str, column: str) -> tuple[int, ...]:
    return tuple(_year(year.strip(), column) for year in cell.split(";")) if cell else ()


def _count(cell: str, column: str) -> int | None:
    if cell and _WHOLE.fullmatch(cell) is None:
        raise _Unreadable(f"{column}: a number was expected, {_said(cell)} is there")
    return int(cell) if cell else None


@lru_cache(maxsize=65536)
def _tiv(cell: str, column: str) -> Decimal | None:
    if cell and _DECIMAL.fullmatch(cell) is None:
        raise _Unreadable(f"{column}: a TIV was expected, {_said(cell)} is there")
    return Decimal(cell) if cell else None


def _mark(cell: str, column: str) -> bool:
    if cell not in {"", "?"}:
        raise _Unreadable(f"after {column}: '?' or nothing was expected, {_said(cell)} is there")
    return cell == "?"


def _yes(cell: str, column: str) -> bool | None:
    if cell not in {"Yes", "No", ""}:
        raise _Unreadable(f"{column}: Yes or No was expected, {_said(cell)} is there")
    return cell == "Yes" if cell else None


def _name(cell: str, column: str) -> str:
    if not cell:
        raise _Unreadable(f"{column}: is empty")
    return cell


def _said(cell: str) -> str:
    return repr(cell[:40]) if cell else "nothing"


class _Columns:
    """The places of the columns of one table."""

    def __init__(self, table: Table) -> None:
        self._of = table.columns

    def place(self, *names: str) -> int:
        """The place of a column by one of its names; -1 where the table has none."""
        return next((self._of[name] for name in names if name in self._of), -1)


def _at(cells: tuple[str, ...], place: int) -> str:
    return cells[place] if place >= 0 else ""


class _ByOrder(_Columns):
    """Reads rows of the trade register: one row a deal."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._recipient, self._supplier = self.place("recipient"), self.place("supplier")
        self._ordered, self._ordered_mark = self.place("year of order"), self.place("year of order ?")
        self._number, self._number_mark = self.place("number ordered"), self.place("number ordered ?")
        self._designation, self._description = self.place("weapon designation"), self.place("weapon description")
        self._delivered, self._delivered_mark = self.place("number delivered"), self.place("number delivered ?")
        self._years, self._status = self.place("year(s) of delivery"), self.place("status")
        self._comments = self.place("comments")
        self._unit = self.place(*TIV_UNIT)
        self._order, self._total = self.place(*TIV_ORDER), self.place(*TIV_DELIVERED)

    def row(self, source: Row) -> RegisterRow:
        """The typed row. Raises _Unreadable."""
        cells = source.cells
        return RegisterRow(
            source=source,
            recipient=_name(cells[self._recipient], "recipient"),
            supplier=_name(cells[self._supplier], "supplier"),
            ordered=_year(cells[self._ordered], "year of order"),
            ordered_estimate=_mark(_at(cells, self._ordered_mark), "year of order"),
            number_ordered=_count(cells[self._number], "number ordered"),
            number_ordered_estimate=_mark(_at(cells, self._number_mark), "number ordered"),
            designation=_name(cells[self._designation], "weapon designation"),
            description=cells[self._description],
            number_delivered=_count(cells[self._delivered], "number delivered"),
            number_delivered_estimate=_mark(_at(cells, self._delivered_mark), "number delivered"),
            delivery_years=_years(cells[self._years], "year(s) of delivery"),
            delivery_estimate=None,
            status=cells[self._status],
            comments=_at(cells, self._comments),
            tiv_unit=_tiv(_at(cells, self._unit), "TIV per unit"),
            tiv_order=_tiv(_at(cells, self._order), "TIV for total order"),
            tiv_delivered=_tiv(_at(cells, self._total), "TIV of delivered weapons"),
        )


class _ByDelivery(_Columns):
    """Reads rows of the newer export: one row a deal and year of delivery."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._number = self.place("sipri at database id")
        self._recipient, self._supplier = self.place("recipient"), self.place("supplier")
        self._designation, self._description = self.place("designation"), self.place("description")
        self._category = self.place("armament category")
        self._ordered, self._ordered_mark = self.place("order date"), self.place("order date is estimate")
        self._delivered = self.place("numbers delivered")
        self._delivered_mark = self.place("numbers delivered is estimate")
        self._year, self._year_mark = self.place("delivery year"), self.place("delivery year is estimate")
        self._status, self._local = self.place("status"), self.place("local production")
        self._new, self._unit = self.place("sipri estimate"), self.place(*TIV_UNIT)
        self._total = self.place(*TIV_DELIVERED)

    def row(self, source: Row) -> RegisterRow:
        """The typed row. Raises _Unreadable."""
        cells = source.cells
        return RegisterRow(
            source=source,
            recipient=_name(cells[self._recipient], "recipient"),
            supplier=_name(cells[self._supplier], "supplier"),
            ordered=_year(cells[self._ordered], "order date"),
            ordered_estimate=_yes(_at(cells, self._ordered_mark), "order date is estimate"),
            number_ordered=None,
            number_ordered_estimate=None,
            designation=_name(cells[self._designation], "designation"),
            description=cells[self._description],
            number_delivered=_count(cells[self._delivered], "numbers delivered"),
            number_delivered_estimate=_yes(_at(cells, self._delivered_mark), "numbers delivered is estimate"),
            delivery_years=_years(cells[self._year], "delivery year"),
            delivery_estimate=_yes(_at(cells, self._year_mark), "delivery year is estimate"),
            status=cells[self._status],
            tiv_unit=_tiv(_at(cells, self._unit), "TIV deal unit"),
            tiv_delivered=_tiv(_at(cells, self._total), "TIV delivery values"),
            tiv_new=_tiv(_at(cells, self._new), "SIPRI estimate"),
            number=_name(cells[self._number], "SIPRI AT Database ID"),
            category=_at(cells, self._category) or None,
            local_production=_yes(_at(cells, self._local), "local production"),
        )


# Names that the columns of trend-indicator values go by, in both layouts.
TIV_UNIT = ("sipri tiv per unit", "tiv per unit", "tiv deal unit")
TIV_ORDER = ("sipri tiv for total order", "tiv for total order")
TIV_DELIVERED = ("sipri tiv of delivered weapons", "tiv of delivered weapons", "tiv delivery values")
