"""Sums of money as documents write them, with their spans: text -> amount and currency.

    money  = MARK [blank] number [blank] [scale]                    $225 million · $ 44,422,600 · €10,570,461 · US$1.5bn
    number = digits with commas | digits "." digits
    scale  = thousand | million | billion | trillion | m | bn | mn

Marks are tried longest first, so that ``US$`` and ``A$`` are not read as a bare dollar. Other currencies and amounts
that name the currency behind the number are read with ``words``, a mapping from the word to an ISO 4217 code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

MARKS: Mapping[str, str] = {
    "US$": "USD", "U.S.$": "USD", "USD": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
    "S$": "SGD", "HK$": "HKD", "NT$": "TWD", "R$": "BRL", "$": "USD", "EUR": "EUR", "€": "EUR",
    "GBP": "GBP", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR", "₺": "TRY", "CHF": "CHF", "SEK": "SEK", "NOK": "NOK",
    "DKK": "DKK", "PLN": "PLN",
}  # fmt: skip
_SCALES = {
    "hundred": Decimal(100), "thousand": Decimal(1000), "k": Decimal(1000), "lakh": Decimal(100_000),
    "million": Decimal(10**6), "mln": Decimal(10**6), "mn": Decimal(10**6), "m": Decimal(10**6),
    "crore": Decimal(10**7), "billion": Decimal(10**9), "bln": Decimal(10**9), "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "trillion": Decimal(10**12), "trn": Decimal(10**12), "tn": Decimal(10**12),
}  # fmt: skip
# Grouped by thousands, the Indian way (1,20,000), or not at all; digits that go on another way make no number.
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+)(?:\.\d+)?(?![.,]?\d)"
_SCALE = r"hundred|thousand|lakh|crore|million|billion|trillion|mln|bln|trn|mn|bn|tn|[mMbBkK]"


_TO_UPPER = re.compile(
    rf"\s?(?:[-\u2013]|to|or|(?P<and>and))\s?[$€£]?\s?\d+(?:\.\d+)?[\s-]{{0,2}}(?P<scale>{_SCALE})\b", re.IGNORECASE
)
_MOST_DIGITS = 24  # characters of a number; a longer one is no sum of money


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money in a text: its amount in the currency's main unit, ISO 4217 code and span."""

    amount: Decimal
    currency: str
    start: int
    end: int


@lru_cache(maxsize=8)
def _pattern(marks: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], int]:
    """A sum; the cheap sign of one (a mark's last character before a digit); the longest mark's length."""
    spelled = "|".join(re.escape(m) for m in sorted(marks, key=len, reverse=True))
    last = "".join(sorted({c for m in marks for c in m[-1].lower() + m[-1].upper()}))
    sums = re.compile(
        rf"(?<![A-Za-z0-9])(?P<mark>{spelled})\s?(?P<number>{_NUMBER})(?:[\s-]{{0,2}}(?P<scale>{_SCALE})\b)?",
        re.IGNORECASE,
    )
    return sums, re.compile(rf"[{re.escape(last)}]\s?\d"), max(map(len, marks))


def find_money(text: str, start: int = 0, end: int | None = None, marks: Mapping[str, str] = MARKS) -> Iterator[Sum]:
    """The sums with a currency mark in front, in order.

    >>> [(str(s.amount), s.currency) for s in find_money("worth $2.43 billion, of which €10,570,461 and $ 0")]
    [('2430000000', 'USD'), ('10570461', 'EUR'), ('0', 'USD')]
    """
    stop = len(text) if end is None else end
    pattern, near, longest = _pattern(tuple(marks))
    at = start
    while hit := near.search(text, at, stop):
        first = max(at, hit.start() + 1 - longest)
        at = hit.start() + 1
        found = next((m for n in range(first, at) if (m := pattern.match(text, n, stop))), None)
        if found is None:
            continue
        at = found.end()
        mark = found["mark"] if found["mark"] in marks else found["mark"].upper()
        scale = found["scale"] or _scale_of_range(text, found.start(), found.end())
        amount = _amount(found["number"], _SCALES.get((scale or "").lower(), Decimal(1)))
        if amount is not None:
            yield Sum(amount, marks[mark], found.start(), found.end())


def _scale_of_range(text: str, start: int, end: int) -> str | None:
    """The scale that stands only behind the upper end of a range: "$5-10 million", "between $5 and $10 million"."""
    found = _TO_UPPER.match(text, end)
    if found is None or (found["and"] and not text[max(0, start - 8) : start].lower().endswith("between ")):
        return None
    return found["scale"]


def _amount(number: str, scale: Decimal) -> Decimal | None:
    """The number times its scale, exact; None where it has more digits than any sum of money."""
    if len(number) > _MOST_DIGITS:
        return None
    amount = Decimal(number.replace(",", "")) * scale
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


@lru_cache(maxsize=8)
def _word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    spelled = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w$€£.,-])(?P<number>{_NUMBER})(?:[\s-]{{0,2}}(?P<scale>hundred|thousand|lakh|crore|million|billion|trillion|mln|bln|tln|trn|mn|bn|tn|m|b))?"
        rf"[\s-]{{1,2}}(?P<word>{spelled})\b",
        re.IGNORECASE,
    )


def find_spoken_money(text: str, words: Mapping[str, str]) -> Iterator[Sum]:
    """The sums with the currency's word behind the number, in order: "5.6 trillion won", "60 mln dlrs", "8 billion
    euros".

    >>> [(str(s.amount), s.currency) for s in find_spoken_money("a 5.6 trillion-won deal", {"won": "KRW"})]
    [('5600000000000', 'KRW')]
    """
    for found in _word_pattern(tuple(words)).finditer(text):
        amount = _amount(
            found["number"], _SCALES.get(found["scale"].lower(), Decimal(10**12)) if found["scale"] else Decimal(1)
        )
        if amount is not None:
            yield Sum(amount, words[found["word"].lower()], found.start(), found.end())
