"""Dates as English documents write them, with their spans: text -> DateInterval.

    date     = month-day | day-month | iso | month-year | year
    month-day  = MONTH ["."] DAY ["st"|"nd"|"rd"|"th"] ["," ] YEAR   Jan. 14, 2014 · September 26, 2013 · Aug .10, 2023
    day-month  = DAY MONTH ["."] [","] YEAR                              14 May 2025
    iso        = YYYY-MM-DD
    month-year = MONTH ["."] [","] YEAR                                  December 2017

Every pattern is linear: fixed reach, no nested repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from armsledger.model import DateInterval

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"),
            ("november", "nov"), ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_MONTH = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_PATTERN = re.compile(
    r"\b(?:"
    + _MONTH.format("m1")
    + r"(?:\s?\.)?\s{0,2}(?P<d1>\d{1,2})(?:st|nd|rd|th)?,?\s{0,2}(?P<y1>(?:19|20)\d\d)"
    + r"|(?P<d2>\d{1,2})\s"
    + _MONTH.format("m2")
    + r"\.?,?\s(?P<y2>(?:19|20)\d\d)"
    + r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)"
    + r"|"
    + _MONTH.format("m4")
    + r"\.?,?\s(?:of\s)?(?P<y4>(?:19|20)\d\d)"
    + r")(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: what it says and where (start inclusive, end exclusive)."""

    interval: DateInterval
    start: int
    end: int


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[DateMention]:
    """The dates of a text that name a year, in order; impossible ones (31 February) are passed over.

    >>> [str(d.interval) for d in find_dates("Nov. 30 2018, then December 2017 and 14 May 2025")]
    ['2018-11-30', '2017-12', '2025-05-14']
    """
    for found in _PATTERN.finditer(text, start, len(text) if end is None else end):
        interval = _interval(found)
        if interval:
            yield DateMention(interval, found.start(), found.end())


def first_date(text: str, start: int = 0, end: int | None = None) -> DateMention | None:
    """The first date of a stretch, or None."""
    return next(find_dates(text, start, end), None)


def _interval(found: re.Match[str]) -> DateInterval | None:
    part = found.groupdict()
    for n in "12":
        if part[f"y{n}"]:
            return _day(part[f"y{n}"], MONTHS[part[f"m{n}"].lower()], part[f"d{n}"])
    if part["y3"]:
        return _day(part["y3"], int(part["m3"]), part["d3"])
    return DateInterval(f"{part['y4']}-{MONTHS[part['m4'].lower()]:02}")


def _day(year: str, month: int, day: str) -> DateInterval | None:
    try:
        return DateInterval(date(int(year), month, int(day)).isoformat())
    except ValueError:
        return None


_BARE = re.compile(r"\b" + _MONTH.format("m") + r"\.?\s{1,2}(?P<d>\d{1,2})\b(?!,?\s{0,2}\d{4})(?!\d)", re.IGNORECASE)


def day_before(text: str, anchor: DateInterval, start: int = 0, end: int | None = None) -> DateMention | None:
    """A day without a year ("Dec. 21"), read as the last such day on or before ``anchor``; None where there is none.

    >>> str(day_before("notified Congress Dec. 21 of", DateInterval("2013-01-05")).interval)
    '2012-12-21'
    """
    for found in _BARE.finditer(text, start, len(text) if end is None else end):
        last = anchor.after
        for year in (last.year, last.year - 1):
            interval = _day(str(year), MONTHS[found["m"].lower()], found["d"])
            if interval and interval.first < last:
                return DateMention(interval, found.start(), found.end())
    return None
