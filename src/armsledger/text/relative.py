"""Dates that need the date of publication to be understood: "on Monday", "in May", "last year", "two weeks ago".

A weekday, a month or a day without a year means the last one on or before the date of publication, as news writes it;
behind "will", "next" or "due" the next one. Each is as precise as its words and as the date of publication allow: with
a paper dated 2025-05, "on Monday" means nothing and "last month" is 2025-04.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from armsledger.model import DateInterval
from armsledger.text.dates import MONTHS, DateMention

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS = {
    word: n
    for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1}  # fmt: skip
_MONTH = (
    r"Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June|July|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
)
_PATTERN = re.compile(
    r"\b(?:"
    r"(?P<today>today|yesterday|tomorrow|tonight)"
    r"|(?:(?P<which>last|next|this|early|late|on)\s)?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"|(?P<turn>last|next|this|the\slast|the\snext|earlier\sthis|later\sthis)\s(?P<unit>week|month|year)"
    r"|(?P<count>\d{1,2}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s"
    r"(?P<units>day|week|month|year)s?\s(?P<side>ago|earlier)"
    rf"|(?P<m1>{_MONTH})\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,?\s?\d{{4}}|[:.]\d|\s?%)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>{_MONTH})(?!\w|,?\s\d{{4}})"
    rf"|(?P<lead>in|since|during|last|next|this|early|late|until|by|of|from|for)\s(?:early\s|late\s|mid-)?(?P<month>{_MONTH})"
    r"(?!\w|,?\s(?:of\s)?\d)"
    r"|(?P<before>in|since|during|until|by|from|of|early|late)\s(?P<year>(?:19|20)\d\d)(?![\d,.%-]\d|-|\s?(?:km|men|troops))"
    r")\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|due|scheduled|upcoming|ahead of|set to|expected|plans? to|is to|are to|next|until|by)\b",
    re.I,
)
_REACH = 90  # characters before a date in which "will" makes it a coming one


def find_relative_dates(text: str, published: DateInterval | None) -> Iterator[DateMention]:
    """The dates of a text that name no year, resolved against the date of publication, and years alone, in order.

    Without a date of publication only years alone are given.

    >>> paper = DateInterval("2025-05-14")  # a Wednesday
    >>> [str(d.interval) for d in find_relative_dates("on Monday, last month, in March, two years ago", paper)]
    ['2025-05-12', '2025-04', '2025-03', '2023']
    """
    for found in _PATTERN.finditer(text):
        ahead = bool(_AHEAD.search(text, max(0, found.start() - _REACH), found.start()))
        interval = _resolved(found, published, ahead)
        if interval is not None:
            yield DateMention(interval, *_span(found))


def _span(found: re.Match[str]) -> tuple[int, int]:
    """Without the preposition in front."""
    for name in ("month", "year"):
        if found[name] and (found["lead"] or found["before"] or "").lower() not in ("last", "next", "this"):
            return found.start(name), found.end()
    if found["weekday"] and (found["which"] or "").lower() == "on":
        return found.start("weekday"), found.end()
    return found.start(), found.end()


def _resolved(found: re.Match[str], published: DateInterval | None, ahead: bool) -> DateInterval | None:
    if found["year"]:
        return DateInterval(found["year"])
    if published is None or "/" in published.iso:
        return None
    exact = len(published.iso) == 10
    day = published.first
    try:
        if found["today"] or found["weekday"] or found["m1"] or found["m2"]:
            return _day(found, day, ahead) if exact else None
        if found["unit"]:
            return _turn(found, day, published)
        if found["units"]:
            return _ago(found, day, published)
        return _month(found, day, ahead) if len(published.iso) >= 7 else None
    except (ValueError, OverflowError):
        return None


def _day(found: re.Match[str], day: date, ahead: bool) -> DateInterval | None:
    if found["today"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(found["today"].lower(), 0)
        return DateInterval((day + timedelta(days=shift)).isoformat())
    if found["weekday"]:
        which = (found["which"] or "").lower()
        wanted = _DAYS.index(found["weekday"].lower())
        if which == "next" or (ahead and which != "last"):
            forward = (wanted - day.weekday()) % 7
            return DateInterval((day + timedelta(days=forward or (7 if which == "next" else 0))).isoformat())
        back = (day.weekday() - wanted) % 7
        return DateInterval((day - timedelta(days=back or (7 if which == "last" else 0))).isoformat())
    if not (found["m1"] or found["m2"])[:1].isupper():
        return None
    month = MONTHS[(found["m1"] or found["m2"]).lower().rstrip(".")]
    number = int(found["d1"] or found["d2"])
    for year in (day.year, day.year + 1) if ahead else (day.year, day.year - 1):
        told = date(year, month, number)
        if (told >= day) if ahead else (told <= day):
            return DateInterval(told.isoformat())
    return None


def _turn(found: re.Match[str], day: date, published: DateInterval) -> DateInterval | None:
    shift = {"last": -1, "the last": -1, "next": 1, "the next": 1}.get(" ".join(found["turn"].lower().split()), 0)
    if found["turn"].lower().startswith("the"):
        return None  # "over the last year" is a length, not a date
    unit = found["unit"].lower()
    if unit == "year":
        return DateInterval(str(day.year + shift))
    if unit == "month":
        return _shifted(day, shift) if len(published.iso) >= 7 else None
    return _week(day + timedelta(days=7 * shift)) if len(published.iso) == 10 else None


def _ago(found: re.Match[str], day: date, published: DateInterval) -> DateInterval | None:
    """ "Two weeks ago": "earlier" counts from a day that is not known, so it says nothing."""
    if found["side"].lower() == "earlier":
        return None
    count = _COUNTS.get(found["count"].lower()) or int(found["count"])
    unit = found["units"].lower()
    if unit == "year":
        return DateInterval(str(day.year - count))
    if unit == "month":
        return _shifted(day, -count) if len(published.iso) >= 7 else None
    if len(published.iso) < 10:
        return None
    if unit == "day":
        return DateInterval((day - timedelta(days=count)).isoformat())
    return _week(day - timedelta(days=7 * count))


def _month(found: re.Match[str], day: date, ahead: bool) -> DateInterval | None:
    name, lead = found["month"], found["lead"].lower()
    if not name[:1].isupper():
        return None
    month = MONTHS[name.lower().rstrip(".")]
    if lead == "next" or (ahead and lead != "last"):
        year = day.year + (month < day.month or (month == day.month and lead == "next"))
    else:
        year = day.year - (month > day.month or (month == day.month and lead == "last"))
    return DateInterval(f"{year}-{month:02}")


def _shifted(day: date, months: int) -> DateInterval:
    count = day.year * 12 + day.month - 1 + months
    return DateInterval(f"{count // 12}-{count % 12 + 1:02}")


def _week(day: date) -> DateInterval:
    """The week of a day, Monday to Sunday."""
    first = day - timedelta(days=day.weekday())
    return DateInterval(f"{first.isoformat()}/{(first + timedelta(days=6)).isoformat()}")
