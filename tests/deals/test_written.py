"""How exactly numbers are written, and which of them are one figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.written import Bound, Nearness, Written, is_written, nearness, slip, written


def number(told: str) -> Written:
    """``more than $2.5 billion`` with its amount, worked out here by hand from its scale word."""
    before, _, quote = told.rpartition(" | ")
    digits, _, scale = quote.replace("$", "").replace(",", "").partition(" ")
    factor = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "crore": 10**7}[scale]
    return written(Decimal(digits) * factor, quote, before)


@pytest.mark.parametrize(
    ("told", "step", "bound"),
    [
        ("$2.5 billion", 10**8, Bound.NONE),
        ("$3 billion", 10**9, Bound.NONE),
        ("$225 million", 10**6, Bound.NONE),
        ("5.6 trillion", 10**11, Bound.NONE),
        ("2 crore", 10**7, Bound.NONE),
        ("$41,681,329", 1, Bound.NONE),
        ("$30,000,000", 10**6, Bound.NONE),  # groups of three zeros are not written
        ("$12,500,000", 10**5 // 100, Bound.NONE),
        ("$1,000,000", 1000, Bound.NONE),  # a million is not rounded to the next one
        ("1,000", 1, Bound.NONE),
        ("53", 1, Bound.NONE),
        ("50", 1, Bound.NONE),  # a count is exact unless the words say otherwise
        ("worth more than | $2.5 billion", 10**8, Bound.OVER),
        ("up to | 50", 10, Bound.UNDER),
        ("some | 50", 10, Bound.ABOUT),
        ("an estimated | $200 million", 10**8, Bound.ABOUT),
        ("under a | $5 million", 10**6, Bound.NONE),  # under a contract, not less than
    ],
)
def test_step_and_bound(told: str, step: int, bound: Bound) -> None:
    found = number(told)
    assert (int(found.step), found.bound) == (step, bound)


def test_a_count_in_words_is_exact() -> None:
    assert written(Decimal(53), "fifty-three") == Written(Decimal(53), Decimal(1))
    assert written(Decimal(50), "more than fifty") == Written(Decimal(50), Decimal(10), Bound.OVER)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("$2.5 billion", "$2,512,389,558", Nearness.ROUNDING),
        ("more than | $2.5 billion", "$2,512,389,558", Nearness.ROUNDING),
        ("over | $2.5 billion", "$2.58 billion", Nearness.ROUNDING),  # cut off, not rounded
        ("$2.5 billion", "$2.58 billion", Nearness.APART),
        ("8.2", "8.3", Nearness.APART),  # a whole step apart
        ("$225 million", "$225,000,000", Nearness.SAME),
        ("7", "6.4", Nearness.APART),
        ("more than | 50", "53", Nearness.ROUNDING),
        ("at least | 10", "53", Nearness.ALLOWED),
        ("up to | 100", "53", Nearness.ALLOWED),
        ("up to | 53", "100", Nearness.APART),
        ("about | 100", "96", Nearness.ROUNDING),
        ("about | 100", "53", Nearness.APART),  # "about" does not reach that far
        ("53", "58", Nearness.APART),
    ],
)
def test_nearness(one: str, other: str, near: Nearness) -> None:
    assert nearness(number(one), number(other)) is near


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("$225 million", "$225,000", "one is a thousand times the other"),
        ("$2.5 million", "$2.5 billion", "one is a thousand times the other"),
        ("1,250", "12,500", "one is ten times the other"),
        ("$41,681,329", "$41,681,529", "they differ in one digit"),
        ("354", "345", "two digits have changed places"),
        ("53", "58", None),  # two counts of two digits differ in one digit all too easily
        ("5", "50", None),
        ("$225 million", "$235 million", None),
    ],
)
def test_slips(one: str, other: str, told: str | None) -> None:
    assert slip(number(one), number(other)) == told


def test_what_was_worked_out_stands_nowhere() -> None:
    assert is_written(Decimal(41_681_329), "$41,681,329")
    assert not is_written(Decimal(58_342_266), "$39,831,599")


numbers = st.builds(
    Written,
    st.decimals(1, 10**12, places=2),
    st.sampled_from([Decimal(1), Decimal(10), Decimal(10**6), Decimal("0.1")]),
    st.sampled_from(Bound),
)


@given(numbers, numbers)
def test_neither_comes_first(one: Written, other: Written) -> None:
    assert nearness(one, other) is nearness(other, one)
    assert slip(one, other) == slip(other, one)


@given(numbers)
def test_a_number_is_itself(one: Written) -> None:
    assert nearness(one, one) is Nearness.SAME
    assert slip(one, one) is None


@given(st.integers(1, 10**15), st.text(max_size=20))
def test_any_words_give_a_step(amount: int, before: str) -> None:
    found = written(Decimal(amount), f"{amount:,}", before)
    assert found.step >= 1
    assert amount % found.step == 0
