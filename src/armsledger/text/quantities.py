"""Counts as documents write them, with their spans: text -> how many.

    count    = [bound] ( words [ "(" digits ")" ] | "(" digits ")" | digits ) [ "each" ]
    bound    = "up to" | "at least" | "more than" | "over" | "about" | "approximately" | "an additional" ...
    words    = two hundred ninety-six · twenty-four · ten · one

Digits in brackets after words repeat the words: ``sixty (60)`` is one count. The count is exact as written; a bound is
told apart, never applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_UNITS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_SIMPLE = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_WORDS = rf"(?:{_SIMPLE})(?:(?:\s?-\s?|\s)(?:and\s)?(?:{_SIMPLE}|hundred|thousand|million)){{0,9}}"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,9}"
_BOUND = (
    r"(?:(?:up\sto|at\sleast|at\smost|more\sthan|over|about|approximately|around|some|nearly|almost|an\sadditional|"
    r"additional|another|a\stotal\sof|a\smaximum\sof|a\squantity\sof|quantity\sof|the\sfollowing)\s){0,2}"
)
_COUNT = re.compile(
    rf"(?P<bound>{_BOUND})"
    rf"(?:(?P<words>{_WORDS})(?:\s?\(\s?(?P<repeat>{_DIGITS})\s?\))?"
    rf"|\(\s?(?P<bracket>{_DIGITS})\s?\)"
    rf"|(?P<digits>{_DIGITS})(?:\s?\(\s?(?P<again>{_DIGITS})\s?\))?)"
    r"(?P<each>\s(?:each|ea\.?)(?=\s))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A count in a text. ``bound`` holds the words before it ("up to", "at least"), lower case, or is empty."""

    number: Decimal
    start: int
    end: int
    bound: str = ""


def count_at(text: str, at: int) -> Count | None:
    """The count that begins exactly at ``at``, or None.

    A number that goes on as a designator, a decimal, a percentage or a measure (``155mm``, ``2.75``, ``9310C``, ``40
    %``) is no count.

    >>> count_at("sixty- two (62) guidance units", 0).number, count_at("up to nine (9) HH-60W", 0).number
    (Decimal('62'), Decimal('9'))
    """
    found = _COUNT.match(text, at)
    if not found or (at and text[at - 1].isalnum()):
        return None
    digits = found["repeat"] or found["bracket"] or found["digits"]
    number = Decimal(digits.replace(",", "")) if digits else words_to_number(found["words"])
    if number is None or _goes_on(text, found.end(), bool(found["digits"] and not found["again"])):
        return None
    return Count(number, at, found.end(), found["bound"].lower().strip())


_MEASURE = re.compile(
    r"\s?-?\s?(?:mm|cm|km|m|lbs?|pounds?|in(?:ch(?:es)?)?|feet|foot|ft|kg|kw|kva|ghz|mhz|cal(?:iber|ibre)?|percent|per\scent|%|"
    r"degrees?|hz|knots?|nm|tons?|tonnes?|hp|nautical)\b\.?|\s?%",
    re.IGNORECASE,
)


_HYPHENED = re.compile(r"-(?=[A-Z]{2,4}-\d)")  # "60-GBU-38": a count joined to a designator


def _goes_on(text: str, at: int, bare: bool) -> bool:
    """Whether what stands at ``at`` makes the number before it a part of something else."""
    after = text[at : at + 2]
    if after[:1].isalnum() or after[:1] in ("/", "+"):
        return True
    if bare and after[:1] in (".", ",", "-") and after[1:2].isalnum() and not _HYPHENED.match(text, at):
        return True
    return bool(_MEASURE.match(text, at))


def words_to_number(words: str) -> Decimal | None:
    """A number in words as a Decimal; None where the words make no number.

    >>> words_to_number("two hundred ninety-six"), words_to_number("one thousand and ten")
    (Decimal('296'), Decimal('1010'))
    """
    total, group = 0, 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "and":
            continue
        if word in _SCALES:
            scale = _SCALES[word]
            if scale == 100:
                group = max(group, 1) * 100
            else:
                total += max(group, 1) * scale
                group = 0
        elif word in _UNITS or word in _TENS:
            group += _UNITS.get(word, _TENS.get(word, 0))
        else:
            return None
    return Decimal(total + group)


_STARTS = re.compile(rf"(?<![\w.,/$€£+-])(?:{_BOUND})(?:(?:{_SIMPLE})\b|\(?\d)", re.IGNORECASE)


def find_counts(text: str, start: int = 0, end: int | None = None) -> Iterator[Count]:
    """All counts of a stretch, in order, without overlap."""
    stop = len(text) if end is None else end
    at = start
    while found := _STARTS.search(text, at, stop):
        count = count_at(text, found.start())
        if count and count.end <= stop:
            yield count
        at = count.end if count else found.end()
