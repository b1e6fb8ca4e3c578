"""Comparable earlier deals and the conversion of notices: a stated rule, counts, intervals, and what is undetermined."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.analyses.conversion import conversion
from armsledger.analyses.precedents import ALLY, LEAST, Past, Rate, Route, precedents, rates, years_between
from armsledger.errors import InputError


def day(year: int) -> tuple[date, date]:
    return date(year, 5, 1), date(year, 5, 1)


def past(name: str, began: int | None = 2010, **more: Any) -> Past:
    made = {
        "supplier": "USA", "recipient": "TUR", "family": "aim-120", "route": Route.NOTICE, "kind": ALLY,
        "stage": "approved",
    } | more  # fmt: skip
    return Past(name, began=None if began is None else date(began, 5, 1), **made)


ASKED = past("asked", 2025)


def test_comparable_is_the_rule_and_only_earlier_deals_count() -> None:
    others = [
        past("same"),
        past("later", 2026),
        past("undated", None),
        past("other buyer kind", kind="other"),
        past("other route", route=Route.UNKNOWN),
        past("other family", family="f-16"),
        past("other supplier", supplier="FRA"),
    ]
    found = precedents(ASKED, [*others, ASKED], date(2025, 12, 31))
    assert [p.deal for p in found.found] == ["same"]
    assert [len(held) for _, held in found.looser] == [1, 2, 3, 2, 4]
    assert found.undated == 1


def test_of_fewer_than_ten_nothing_is_extrapolated() -> None:
    few = precedents(ASKED, [past(f"p{n}", ordered=day(2012)) for n in range(9)], date(2025, 12, 31)).result()
    assert "nothing is extrapolated" in few.answer[0]
    assert "%" not in " ".join(few.answer)
    ten = precedents(ASKED, [past(f"p{n}", ordered=day(2012)) for n in range(10)], date(2025, 12, 31)).result()
    assert ten.answer[0] == "ordered: 10 of 10 (95 %: 72 to 100 %)."


def test_open_deals_are_counted_and_never_taken_for_undone() -> None:
    held = [past(f"p{n}", delivered=day(2015)) for n in range(4)] + [past(f"q{n}") for n in range(6)]
    delivered = rates(held)[1]
    assert (delivered.came, delivered.of, delivered.undetermined) == (4, 10, 6)
    assert (delivered.share, delivered.most) == (0.4, 1.0)


def test_times_keep_their_vagueness() -> None:
    year = date(2012, 1, 1), date(2012, 12, 31)
    low, high = years_between(day(2010), year) or (0, 0)
    assert (round(low, 1), round(high, 1)) == (1.7, 2.7)
    assert years_between(day(2013), year) is None  # out of order
    assert years_between(day(2010), (None, date(2012, 1, 1))) is None


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (past("x", 2025, family=None), "family is not known"),
        (past("x", 2025, family=None, supplier=None), "family and supplier is not known"),
        (past("x", None), "when it began"),
    ],
)
def test_a_deal_that_says_too_little_is_not_compared(asked: Past, says: str) -> None:
    with pytest.raises(InputError, match=says):
        precedents(asked, [], date(2025, 1, 1))


# -- conversion -------------------------------------------------------------------------------------------


def notice(name: str, noticed: int, **more: Any) -> Past:
    return past(name, noticed, notified=day(noticed), **more)


def test_notices_contracts_and_deliveries_with_bounds() -> None:
    cohort = [notice(f"c{n}", 2010, ordered=day(2012)) for n in range(3)]
    cohort += [notice("d", 2010, ordered=day(2012), delivered=day(2014)), notice("e", 2011, halted=day(2013))]
    cohort += [notice(f"o{n}", 2012) for n in range(5)]
    found = conversion(cohort, date(2020, 1, 1))
    contracted, delivered, both, ended = found.rates
    assert (contracted.came, contracted.of, contracted.undetermined) == (4, 10, 5)
    assert (delivered.came, delivered.of, delivered.undetermined) == (1, 4, 3)
    assert (both.came, both.of, both.undetermined) == (1, 10, 8)
    assert (ended.came, ended.of) == (1, 10)
    assert found.within[0][1:] == (0.0, 0.0)
    assert found.within[2][1:] == pytest.approx((0.4, 0.1))
    assert "at most 90 %" in found.result().answer[0]


def test_a_contract_without_a_day_does_not_become_an_open_wait() -> None:
    cohort = [notice(f"c{n}", 2010, ordered=(None, None)) for n in range(12)]
    found = conversion(cohort, date(2020, 1, 1))
    assert found.rates[0].came == 12
    assert found.within == ()


def test_no_notice_says_so() -> None:
    with pytest.raises(InputError, match="no notified sale"):
        conversion([past("x")], date(2020, 1, 1))


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_every_notice_is_contracted_ended_or_undetermined(fates: list[tuple[bool, bool, bool]]) -> None:
    cohort = [
        notice(str(n), 2010, ordered=day(2011) if o else None, delivered=day(2012) if d else None, halted=day(2013) if h else None)
        for n, (o, d, h) in enumerate(fates)
    ]  # fmt: skip
    contracted, _, _, ended = conversion(cohort, date(2020, 1, 1)).rates
    assert contracted.came + ended.came + contracted.undetermined == contracted.of == len(fates)
    assert (contracted.band is None) is (len(fates) < LEAST)


def test_a_rate_of_nothing_is_unknown() -> None:
    nothing = Rate("x", 0, 0, 0)
    assert [nothing.share, nothing.band, nothing.most] == [None, None, None]
