"""How exactly a number was written: the step of its last digit, and the words that bound it.

``$2.5 billion`` is written to a tenth of a billion, ``$41,681,329`` to the dollar; ``more than $2.5 billion`` is a
lower bound. Two numbers are the same figure where they lie within half the coarser step of one another, or where the
words that bound one let the other in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from armsledger.model import Anchor, Claim, plain

_NUMBER = re.compile(r"\d{1,24}(?:,\d{2,3}){0,8}(?:\.\d{1,12})?")
_ABOUT = (
    r"about|approximately|approx\.?|around|some|roughly|nearly|almost|close to|an estimated|estimated(?: at)?|circa|~"
)
_OVER = r"more than|over|at least|upwards? of|exceeding|in excess of|no fewer than|not less than|surpassing"
_UNDER = r"up to|at most|as many as|as much as|no more than|not more than|a maximum of|less than|fewer than"
_BOUND = re.compile(
    rf"\b(?:(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<about>{_ABOUT}))\W{{0,3}}(?:USD|US|A)?\W{{0,3}}$",
    re.IGNORECASE,
)
_REACH = 32  # characters before a number in which the words that bound it stand
_LOOSE = Decimal("0.1")  # how far a number with a bound reaches at most, as a part of it
_BEYOND = Decimal("0.2")  # how far "more than" and "up to" reach where the number is meant as a rounded one


class Bound(StrEnum):
    """What the words before a number make of it."""

    NONE = ""
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


class Nearness(StrEnum):
    """How two numbers stand to one another, by the way in which they are written."""

    SAME = "same"
    ROUNDING = "rounding"  # one figure, written more and less exactly
    ALLOWED = "allowed"  # the words around one let the other in, though they say little
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Written:
    """A number and how it was written: ``step`` is what its last digit counts."""

    amount: Decimal
    step: Decimal
    bound: Bound = Bound.NONE

    @property
    def reach(self) -> Decimal:
        """How far another way of writing the same figure may lie from it."""
        if self.bound is Bound.NONE:
            return self.step / 2
        return min(self.step if self.bound is Bound.ABOUT else self.step / 2, abs(self.amount) * _LOOSE)


def written(amount: Decimal, quote: str, before: str = "") -> Written:
    """The amount as the quote writes it; ``before`` are the words in front, for what bounds it.

    Of a bare number the groups of three zeros at its end count as not written, as long as they are a tenth of it at
    most; of one with words such as "about" all zeros at its end. A number in words counts to one.

    >>> int(written(Decimal(2_500_000_000), "$2.5 billion", "worth more than ").step)
    100000000
    >>> [int(written(Decimal(n), f"${n:,}").step) for n in (41_681_329, 30_000_000)]
    [1, 1000000]
    """
    found = _BOUND.search((before + _head(quote))[-_REACH:])
    bound = Bound(found.lastgroup or "") if found else Bound.NONE
    return Written(amount, _step(amount, quote, rounded=bound is not Bound.NONE), bound)


def _head(quote: str) -> str:
    """What stands in a quote before its first digit: a count's anchor holds the words that bound it."""
    digit = re.search(r"[\d$€£¥₩]", quote)
    return quote[: digit.start()] if digit else quote.rpartition(" ")[0] + " " if " " in quote else ""


def is_written(amount: Decimal, quote: str) -> bool:
    """Whether a quote has the digits of an amount; an amount that was worked out stands nowhere.

    >>> is_written(Decimal(2_500_000_000), "$2.5 billion"), is_written(Decimal(30), "$10 and $20")
    (True, False)
    """
    return next(_digits_of(amount, quote), None) is not None


def _digits_of(amount: Decimal, quote: str) -> Iterator[tuple[str, Decimal]]:
    """The numbers of a quote that write an amount, each with what one of it counts."""
    for found in _NUMBER.finditer(quote):
        digits = found[0].replace(",", "")
        number = Decimal(digits)
        factor = amount / number if number else Decimal(0)
        if factor >= 1 and _power_of_ten(factor):
            yield digits, factor


def _step(amount: Decimal, quote: str, *, rounded: bool) -> Decimal:
    for digits, factor in _digits_of(amount, quote):
        whole, _, decimals = digits.partition(".")
        zeros = 0 if decimals else len(whole) - len(whole.rstrip("0"))
        if not rounded:
            zeros = _unwritten(amount, zeros) if factor == 1 else 0
        return factor.normalize() * Decimal(10) ** (zeros - len(decimals))
    if rounded and amount == amount.to_integral_value() and amount:
        whole = str(abs(int(amount)))
        return Decimal(10) ** (len(whole) - len(whole.rstrip("0")))
    return Decimal(1)


def _unwritten(amount: Decimal, zeros: int) -> int:
    """How many zeros of a bare number count as not written: groups of three, as far as they matter little."""
    groups = zeros // 3 * 3
    while groups and Decimal(10) ** groups > abs(amount) * _LOOSE:
        groups -= 3
    return groups


def _power_of_ten(factor: Decimal) -> bool:
    return factor.normalize().as_tuple().digits == (1,)


_LARGE = 10**6  # from here on a number without words of its own is taken for one that is rounded to its zeros


def as_written(claim: Claim, amount: Decimal, anchors: tuple[Anchor, ...]) -> Written:
    """An amount of a claim as its words write it: the most exact of several places; without any, by its zeros."""
    told = [written(amount, a.quote, _before(claim, a)) for a in anchors if is_written(amount, a.quote)]
    if not told and anchors:
        told = [written(amount, anchors[0].quote, _before(claim, anchors[0]))]  # in words, or worked out
    if not told and amount >= _LARGE:
        told = [Written(amount, _step(amount, plain(amount), rounded=True))]
    return min(told, key=lambda w: (w.step, w.bound), default=Written(amount, Decimal(1)))


def _before(claim: Claim, anchor: Anchor) -> str:
    """The words of the claim in front of an anchor, as far as the claim holds them."""
    if not claim.start <= anchor.start <= claim.end:
        return ""
    return claim.quote[max(0, anchor.start - claim.start - _REACH) : anchor.start - claim.start]


def nearness(one: Written, other: Written) -> Nearness:
    """How two numbers stand to one another.

    >>> figure = written(Decimal(2_512_389_558), "$2,512,389,558")
    >>> str(nearness(figure, written(Decimal(2_500_000_000), "$2.5 billion", "more than ")))
    'rounding'
    """
    apart = abs(one.amount - other.amount)
    if apart == 0:
        return Nearness.SAME
    if apart <= max(one.reach, other.reach):
        return Nearness.ROUNDING
    low, high = sorted((one, other), key=lambda w: w.amount)
    if low.bound is Bound.OVER or high.bound is Bound.UNDER:
        bounded = low if low.bound is Bound.OVER else high
        close = apart <= min(bounded.step, abs(bounded.amount) * _BEYOND)
        return Nearness.ROUNDING if close else Nearness.ALLOWED
    return Nearness.APART


# -- slips ------------------------------------------------------------------------------------------------

_FEWEST_DIGITS = 4  # significant digits that a number needs for one wrong digit to be told from another number
_SLIPS = ((Decimal(10) ** 3, "a thousand times"), (Decimal(10) ** 6, "a million times"), (Decimal(10), "ten times"))


def slip(one: Written, other: Written) -> str | None:
    """In what way one number looks like the other copied wrongly; None where it does not.

    >>> slip(Written(Decimal(225), Decimal(1)), Written(Decimal(225_000), Decimal(1)))
    'one is a thousand times the other'
    >>> slip(Written(Decimal(225), Decimal(1)), Written(Decimal(235), Decimal(1))) is None
    True
    """
    low, high = sorted((one.amount, other.amount))
    if low <= 0:
        return None
    mine, theirs = _digits(low), _digits(high)
    for factor, told in _SLIPS:
        if low * factor == high and (factor > 10 or len(mine) > 1):
            return f"one is {told} the other"
    if len(mine) != len(theirs) or low * 10 <= high:
        return None
    wrong = [n for n, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
    if len(wrong) == 1 and len(mine) >= _FEWEST_DIGITS:
        return "they differ in one digit"
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1 and len(mine) > 2:
        first, second = wrong
        if (mine[first], mine[second]) == (theirs[second], theirs[first]):
            return "two digits have changed places"
    return None


def _digits(amount: Decimal) -> str:
    """The significant digits of a number."""
    return "".join(map(str, amount.normalize().as_tuple().digits))
