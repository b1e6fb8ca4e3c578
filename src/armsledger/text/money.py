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
    "S$": "SGD", "HK$": "HKD", "NT$": "TWD", "R$": "BRL", "$": "USD", "EUR": "EUR", "€": "EUR", "GBP": "GBP", "£": "GBP",
    "¥": "JPY", "₩": "KRW", "₹": "INR", "₺": "TRY", "CHF": "CHF", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "PLN": "PLN",
}  # fmt: skip
_SCALES = {
    "hundred": Decimal(100), "thousand": Decimal(1000), "k": Decimal(1000), "lakh": Decimal(100_000),
    "million": Decimal(10**6), "mln": Decimal(10**6), "mn": Decimal(10**6), "m": Decimal(10**6),
    "crore": Decimal(10**7), "billion": Decimal(10**9), "bln": Decimal(10**9), "bn": Decimal(10**9), "b": Decimal(10**9),
    "trillion": Decimal(10**12), "trn": Decimal(10**12), "tn": Decimal(10**12),
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"hundred|thousand|lakh|crore|million|billion|trillion|mln|bln|trn|mn|bn|tn|[mMbBkK]"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money in a text: its amount in the currency's main unit, ISO 4217 code and span."""

    amount: Decimal
    currency: str
    start: int
    end: int


@lru_cache(maxsize=8)
def _pattern(marks: tuple[str, ...]) -> re.Pattern[str]:
    spelled = "|".join(re.escape(m) for m in sorted(marks, key=len, reverse=True))
    return re.compile(
        rf"(?<![A-Za-z0-9])(?P<mark>{spelled})\s?(?P<number>{_NUMBER})(?:[\s-]{{0,2}}(?P<scale>{_SCALE})\b)?", re.IGNORECASE
    )


def find_money(text: str, start: int = 0, end: int | None = None, marks: Mapping[str, str] = MARKS) -> Iterator[Sum]:
    """The sums with a currency mark in front, in order.

    >>> [(str(s.amount), s.currency) for s in find_money("worth $2.43 billion, of which €10,570,461 and $ 0")]
    [('2430000000', 'USD'), ('10570461', 'EUR'), ('0', 'USD')]
    """
    for found in _pattern(tuple(marks)).finditer(text, start, len(text) if end is None else end):
        mark = found["mark"] if found["mark"] in marks else found["mark"].upper()
        amount = Decimal(found["number"].replace(",", ""))
        if found["scale"]:
            amount *= _SCALES[found["scale"].lower()]
        if amount == amount.to_integral_value():
            amount = amount.quantize(Decimal(1))
        yield Sum(amount, marks[mark], found.start(), found.end())


def first_money(text: str, start: int = 0, end: int | None = None) -> Sum | None:
    """The first sum of a stretch, or None."""
    return next(find_money(text, start, end), None)
