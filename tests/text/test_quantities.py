"""Counts: in words, in digits, in both; what is counted for no count; bounds told apart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.text.quantities import count_at, find_counts, words_to_number


@pytest.mark.parametrize(
    ("text", "number", "bound", "end"),
    [
        # digits, with and without separators
        ("53 missiles", 53, "", 2),
        ("1,662 bodies", 1662, "", 5),
        # words alone
        ("twenty-four launchers", 24, "", 11),
        ("one hundred and five rounds", 105, "", 20),
        ("two thousand three hundred kits", 2300, "", 26),
        # words with the digits that repeat them: one count, the digits win
        ("sixty (60) seekers", 60, "", 10),
        ("thirty- two (32) fins", 32, "", 16),
        # digits in brackets alone, digits said twice
        ("(4) trainers", 4, "", 3),
        ("12 (12) radios", 12, "", 7),
        # bounds are told apart and change no number
        ("up to nine (9) aircraft", 9, "up to", 14),
        ("at least 40 vehicles", 40, "at least", 11),
        ("an additional 6 masts", 6, "an additional", 15),
        ("a total of 18 guns", 18, "a total of", 13),
        # "each" belongs to the count
        ("14 each manuals", 14, "", 7),
    ],
)
def test_counts_are_read(text: str, number: int, bound: str, end: int) -> None:
    count = count_at(text, 0)
    assert count is not None
    assert (count.number, count.bound, count.end) == (Decimal(number), bound, end)


@pytest.mark.parametrize(
    "text",
    [
        "155mm howitzers",  # a calibre
        "155 mm howitzers",
        "2.75-inch rockets",  # a decimal
        "500-lb bombs",  # a weight
        "40 percent of it",
        "40% of it",
        "9310C processors",  # a designator
        "20-foot containers",
        "12/24 volts",
        "million dollars",  # a scale without a number
    ],
)
def test_what_only_looks_like_a_count_is_none(text: str) -> None:
    assert count_at(text, 0) is None


def test_a_count_joined_to_a_designator_is_a_count() -> None:
    count = count_at("60-GBU-38 kits", 0)
    assert count is not None
    assert (count.number, count.end) == (Decimal(60), 2)


def test_a_count_does_not_begin_inside_a_word() -> None:
    assert count_at("AIM9 missiles", 3) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # a list
        ("10 guns, four (4) radios and one spare", [10, 4, 1]),
        # money, dates with strokes, decimals and designators count nothing
        ("$5 and 3.5 of M240 guns on 10/12", []),
        # not behind a currency mark or a sign
        ("€7 and 8 guns", [8]),
        # a row in lines
        ("\n2 masts\n31 vehicles\n", [2, 31]),
    ],
)
def test_counts_of_a_stretch(text: str, numbers: list[int]) -> None:
    assert [c.number for c in find_counts(text)] == [Decimal(n) for n in numbers]


_WORDS = {1: "one", 2: "two", 7: "seven", 10: "ten", 13: "thirteen", 20: "twenty", 45: "forty-five", 90: "ninety"}


@given(st.sampled_from(list(_WORDS)), st.integers(1, 9), st.booleans())
def test_words_make_their_number(rest: int, hundreds: int, joined: bool) -> None:
    digits = "zero one two three four five six seven eight nine".split()
    told = f"{digits[hundreds]} hundred {'and ' if joined else ''}{_WORDS[rest]}"
    assert words_to_number(told) == Decimal(100 * hundreds + rest)


def test_words_that_are_no_number() -> None:
    assert words_to_number("several") is None
    assert words_to_number("twenty odd") is None


@given(st.text("0123456789 ()-,.xtwofrhunded\n", max_size=60))
def test_counts_stand_where_they_say_and_never_overlap(text: str) -> None:
    reach = 0
    for count in find_counts(text):
        assert reach <= count.start < count.end <= len(text)
        assert count.number >= 0
        reach = count.end
