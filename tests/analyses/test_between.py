"""Waits between the steps of a ledger's deals: what came, what ended, what is open, and days that are only years."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.analyses.between import between
from armsledger.analyses.precedents import ALLY, Past, Route
from armsledger.errors import InputError

DAY = date(2031, 1, 1)


def on(year: int, month: int = 1, day: int = 1) -> tuple[date, date]:
    return date(year, month, day), date(year, month, day)


def within(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def past(number: int, **more: Any) -> Past:
    given: dict[str, Any] = {
        "supplier": "USA", "recipient": "NOR", "family": "f-16", "route": Route.NOTICE, "kind": ALLY,
        "began": None, "stage": "approved", "notified": on(2020),
    }  # fmt: skip
    return Past(f"d{number}", **{**given, **more})


def table(found: Any, begins: str) -> Any:
    return next(t for t in found.result().tables if t.title.startswith(begins))


def row(found: Any, begins: str, name: str = "all") -> Any:
    return next(r for r in table(found, begins).rows if r[0] == name)


def test_what_ended_is_neither_come_nor_open() -> None:
    came = [past(n, ordered=on(2022), delivered=on(2024)) for n in range(6)]
    ended = [past(n, halted=on(2021)) for n in range(6, 9)]
    still = [past(n) for n in range(9, 12)]
    found = between([*came, *ended, *still], "notification", DAY)
    assert row(found, "From notification to first delivered")[:5] == ("all", 12, 6, 3, 3)
    assert row(found, "From notification to first delivered")[5] == "4.0"  # 6 of 12 have come by then
    assert row(found, "From notification to ordered")[-3:] == (0.0, 0.0, 50.0)  # 2022 is two years and a day on
    assert row(found, "From notification to fully delivered")[5] is None
    assert table(found, "Told as notified, neither").rows[0][:2] == ("NOR", 3)


def test_what_was_delivered_had_been_ordered() -> None:
    found = between([past(n, delivered=on(2022)) for n in range(12)], "notification", DAY)
    assert row(found, "From notification to ordered")[2] == 12


def test_a_day_that_is_only_a_year_is_an_interval() -> None:
    given = [past(n, notified=within(2020), delivered=within(2022)) for n in range(12)]
    found = between(given, "notification", DAY)
    assert row(found, "From notification to first delivered")[5] == "2.0 (1.0 to 3.0)"
    assert any("by the vagueness of days 1.0 to 3.0" in line for line in found.result().answer)


def test_few_deals_are_counted_and_no_share_is_worked_out() -> None:
    found = between([past(n, delivered=on(2022)) for n in range(9)], "notification", DAY)
    assert row(found, "From notification to first delivered")[5:] == (None, None, None, None)
    assert "fewer than 10" in found.result().answer[0]


def test_by_route_family_and_supplier() -> None:
    given = [past(n, delivered=on(2022)) for n in range(12)]
    given += [past(n, route=Route.CONTRACT, family=None, supplier=None, delivered=on(2026)) for n in range(12, 24)]
    for by, names in (
        ("route", set(Route)),
        ("family", {"f-16", "no known system"}),
        ("supplier", {"USA", "not stated"}),
    ):
        found = between(given, "notification", DAY, by=by)
        assert {r[0] for r in table(found, "From notification to first").rows} <= {"all", *map(str, names)}
        assert len(table(found, "From notification to first").rows) == 3


def test_dates_out_of_order_and_undated_ones_are_left_out_and_counted() -> None:
    given = [past(n, delivered=on(2022)) for n in range(10)]
    given += [past(10, delivered=on(2019)), past(11, notified=(None, None)), past(12, notified=on(2032))]
    found = between(given, "notification", DAY)
    assert row(found, "From notification to first delivered")[1] == 10
    told = " ".join(found.result().unknown)
    assert "2 deals have no day" in told
    assert "up to 1 deals are left out" in told


def test_from_order_there_is_no_wait_for_an_order() -> None:
    found = between([past(n, ordered=on(2021), delivered=on(2022), full=on(2025)) for n in range(12)], "order", DAY)
    assert not [t for t in found.result().tables if "to ordered" in t.title]
    assert row(found, "From order to fully delivered")[5] == "4.0"


def test_no_deal_that_has_begun_so_is_a_sentence() -> None:
    with pytest.raises(InputError, match="no deal of the ledger is told as requested"):
        between([past(1)], "request", DAY)


days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
spans = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))
pasts = st.lists(st.tuples(spans, st.none() | spans, st.none() | spans), min_size=10, max_size=30)


@given(pasts)
def test_bounds_hold_the_share_between_them_and_shares_only_grow(drawn: Any) -> None:
    given_ = [past(n, notified=a, delivered=b, halted=c) for n, (a, b, c) in enumerate(drawn)]
    found = between(given_, "notification", DAY)
    for _, whole, _ in found.ends:
        assert whole.came + whole.ended + whole.open == whole.n
        for before, after in zip(whole.curve, whole.curve[1:], strict=False):
            assert all(a <= b + 1e-12 for a, b in zip(before[1:], after[1:], strict=True))
