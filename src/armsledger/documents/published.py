"""When a document was published, as far as it says so itself. Nothing is guessed: where it does not, None."""

from __future__ import annotations

import re
from collections.abc import Sequence

from armsledger.documents.lines import Line
from armsledger.model import DateInterval, DocumentKind
from armsledger.text.dates import first_date

_ISO = re.compile(r"(?:19|20)\d\d-\d\d(?:-\d\d)?(?![\d-])")
_EASTERN = re.compile(r"((?:19|20)\d\d)\s?[./年년]\s?(\d{1,2})\s?[./月월]\s?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)")
_REGISTER = re.compile(r"\[?Federal Register ?(?:/ ?|Volume )\d{1,3},? (?:Number|No\.) \d{1,3} ?[(/]", re.IGNORECASE)
# WASHINGTON, Jan 14, 2014 - ...; KLOW (Syldavia), 3 March 2025 / PRNewswire / ...; the city in capitals.
_DATELINE = re.compile(
    r"[A-ZÀ-Þ]{3,20}(?:[ .'-]{1,2}[A-ZÀ-Þ]{2,20}){0,3}(?:,? \(?[A-Z][A-Za-z.]{1,20}\)?)?, ?\(?"
    r"((?:[A-Z][a-z]{2,8}[ .]{1,2}\d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? (?:19|20)\d\d)"
    r"\)? {0,2}(?:[-\u00ad\u2012-\u2015/(:|]|\n)"
)
_LABEL = re.compile(
    r"(?:first |last )?(?:published|posted|updated|issued|released?|date|release date|for immediate release|"
    r"publicerad|uppdaterad|veröffentlicht|publié le|publicado)(?: on| at| den| am)?\s?[:|\u2013-]?\s?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s", re.IGNORECASE)
_AFTER = re.compile(
    r"[\s,|@\u2013-]*(?:at )?(?:\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:[A-Z]{2,4})?)?[\s,|.]*$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NEAR = 1500  # characters from the beginning in which a dateline stands
_FIRST_LINES = 12


def iso_date(said: str | None) -> str | None:
    """A date as a field of a file or page gives it, in ISO 8601 as precise as it is; None where it is no date.

    >>> iso_date("2025-12-29 00:00"), iso_date("Sept. 30, 2025"), iso_date("Wed, 19 Aug 2026 04:41:00 +0000")
    ('2025-12-29', '2025-09-30', '2026-08-19')
    """
    said = (said or "").strip()[:100]
    if found := _ISO.match(said):
        return _valid(found[0])
    for pattern in (_EASTERN, _COMPACT):
        if found := pattern.match(said):
            return _valid(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}")
    if mention := first_date(said):
        return mention.interval.iso
    if re.fullmatch(r"(?:19|20)\d\d", said):
        return said
    return _mail_date(said)


def _mail_date(said: str) -> str | None:
    """A date as mails and feeds write it."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(said).date().isoformat()
    except (ValueError, IndexError, TypeError):
        return None


def published_in(text: str, lines: Sequence[Line], kind: DocumentKind, name: str) -> str | None:
    """The date on which a text says that it came out: a line that is a date, a dateline, the Register's own line.

    The name of a file of contract announcements counts where the text says nothing: they are kept by day.
    """
    if kind is DocumentKind.CONTRACTS:
        return _of_contracts(lines) or _date_line(lines) or _in_name(name)
    start = lines[0].start if lines else 0
    near = text[start : start + _NEAR]
    if (found := _REGISTER.search(near)) and (mention := first_date(near[found.end() : found.end() + 60])):
        return mention.interval.iso
    if (found := _DATELINE.search(near)) and (mention := first_date(found[1])):
        return mention.interval.iso
    return _date_line(lines)


def is_date_line(words: str) -> bool:
    """Whether a line is nothing but a date."""
    return _day_of(words) is not None


def _date_line(lines: Sequence[Line]) -> str | None:
    return next((day for line in lines[:_FIRST_LINES] if (day := _day_of(line.text))), None)


def _day_of(line: str) -> str | None:
    """The day of a line that is nothing but a date, with or without "Published", a weekday and a time."""
    if len(line) > 80 or _DIGIT.search(line) is None:
        return None
    words = line.strip("*_#| ")
    words = words[found.end() :] if (found := _LABEL.match(words)) else words
    words = words[found.end() :] if (found := _WEEKDAY.match(words)) else words
    mention = first_date(words)
    if mention is not None and mention.start == 0 and _AFTER.match(words[mention.end :]):
        return mention.interval.iso if len(mention.interval.iso) == 10 else None
    if (found := _EASTERN.match(words)) and _AFTER.match(words[found.end() :].lstrip(".\u65e5\uc77c")):
        return iso_date(found[0])
    return None


def _of_contracts(lines: Sequence[Line]) -> str | None:
    """The day in "Contracts For Sept. 30, 2025"."""
    for line in lines[:_FIRST_LINES]:
        if len(line.text) < 80 and re.match(r"contracts? for\b", line.text, re.IGNORECASE):
            mention = first_date(line.text)
            return mention.interval.iso if mention else None
    return None


def _in_name(name: str) -> str | None:
    found = _IN_NAME.search(name.replace("\\", "/").rsplit("/", 1)[-1])
    return _valid(found[1]) if found else None


def _valid(iso: str) -> str | None:
    try:
        return DateInterval(iso).iso
    except ValueError:
        return None
