"""Sums: marks, separators, scales; amounts are exact; what is no sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.text.money import find_money, find_spoken_money


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        # whole dollars with separators, a blank behind the mark, cents
        ("a $41,681,329 order", [("41681329", "USD")]),
        ("a $ 44,422,600 order", [("44422600", "USD")]),
        ("funds of $25,623,415.50", [("25623415.50", "USD")]),
        # scales, written out and short
        ("worth $2.43 billion", [("2430000000", "USD")]),
        ("worth US$1.5bn or $300 m", [("1500000000", "USD"), ("300000000", "USD")]),
        ("a $90-million deal", [("90000000", "USD")]),
        # other dollars are not American ones
        ("A$12 million, C$ 3 million, NT$5 billion, S$4", [("12000000", "AUD"), ("3000000", "CAD"), ("5000000000", "TWD"), ("4", "SGD")]),
        # other marks
        ("€10,570,461 and £7.2m and EUR 5 and ₹12 crore", [("10570461", "EUR"), ("7200000", "GBP"), ("5", "EUR"), ("120000000", "INR")]),
        # a rest of nothing: zero is a sum
        ("for $0", [("0", "USD")]),
        # a letter before the mark makes it something else
        ("ABUSD 5", []),
        # no digit behind
        ("$ million", []),
        # a number of more digits than any sum has is none, and breaks nothing
        ("$" + "9" * 60, []),
    ],
)  # fmt: skip
def test_sums_are_read(text: str, sums: list[tuple[str, str]]) -> None:
    assert [(str(s.amount), s.currency) for s in find_money(text)] == sums


def test_a_sum_stands_where_it_says() -> None:
    text = "between $1.2 million and € 3,000"
    assert [text[s.start : s.end] for s in find_money(text)] == ["$1.2 million", "€ 3,000"]


def test_sums_with_the_currency_behind() -> None:
    words = {"won": "KRW", "euros": "EUR"}
    found = [
        (str(s.amount), s.currency) for s in find_spoken_money("5.6 trillion-won, 8 billion euros, 7 tanks", words)
    ]
    assert found == [("5600000000000", "KRW"), ("8000000000", "EUR")]


@given(st.integers(0, 10**12), st.sampled_from(["", " million", " billion"]))
def test_amounts_are_exact(number: int, scale: str) -> None:
    found = next(find_money(f"a sum of ${number:,}{scale} was paid"), None)
    assert found is not None
    assert found.amount == Decimal(number) * {"": 1, " million": 10**6, " billion": 10**9}[scale]


@given(st.text("$€0123456789,. mbilonkUSD-", max_size=60))
def test_no_text_breaks_the_grammar(text: str) -> None:
    reach = 0
    for found in find_money(text):
        assert reach <= found.start < found.end <= len(text)
        assert found.amount >= 0
        reach = found.end
