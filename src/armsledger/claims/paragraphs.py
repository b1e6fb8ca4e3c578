"""The paragraphs of a day's contract announcements: one award each, and why a paragraph is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from armsledger.claims.actions import AWARDED, CORRECTION, NUMBER
from armsledger.model import Span
from armsledger.text.offsets import INVISIBLE, View, view


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One award paragraph: its span in the document and a plain copy on one line."""

    span: Span
    view: View


_GOES_ON = re.compile(
    r"\s*(?:[a-z(]|Work (?:will|is|location|performed)|Fiscal|This (?:contract|award|modification|is)|"
    r"The (?:contracting|Naval|Army|Air Force|Defense Logistics|U\.S\.)\b|"
    r"(?:The|This|These) (?:contractors?|effort|work|company|programs?|maximum|total|estimated|government|"
    r"services?|terms?|period)\b|Location|Using|Type of|Funds|Contract funds|No (?:contract )?funds|Bids|"
    r"Estimated completion|Foreign [Mm]ilitary)"
)


def find_paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a day: lines that are not empty; a line that goes on from the one before belongs to it.

    Text wrapped at a fixed width, where paragraphs stand apart by empty lines, is taken by its empty lines.
    """
    for span in paragraph_spans(text):
        yield Paragraph(span, view(text, span.start, span.end, join_lines=True))


def paragraph_spans(text: str) -> Iterator[Span]:
    """Where the paragraphs of a day stand, in order, without blanks at their ends."""
    held: Span | None = None
    priced = False  # whether what is held names a sum already
    for line in _lines(text):
        if held and priced and _belongs(text, held, line):
            held = Span(held.start, line.end)
            continue
        if held:
            yield held
        held, priced = line, "$" in text[line.start : line.end]
    if held:
        yield held


def _lines(text: str) -> Iterator[Span]:
    """The lines, or in a wrapped text what stands between empty lines, that hold anything but blanks."""
    start = 0
    breaks = (_EMPTY_LINE if _is_wrapped(text) else _LINE_END).finditer(text)
    for found in chain(breaks, (None,)):
        first, last = _trim(text, start, found.start() if found else len(text))
        start = found.end() if found else len(text)
        if first < last:
            yield Span(first, last)


_EMPTY_LINE = re.compile(r"\n[ \t\r\xa0]*\n\s*")
_LINE_END = re.compile(r"\n")


def _belongs(text: str, held: Span, line: Span) -> bool:
    """Whether a line goes on with the paragraph before: by its first words, or because that one breaks off."""
    if AWARDED.search(text, line.start, min(line.end, line.start + 300)) and not text[held.end - 1].isalpha():
        return False
    broken = (
        text[held.end - 1] not in ".)*\"'\u201d:" and not text[line.start : min(line.end, line.start + 40)].isupper()
    )
    return broken or bool(_GOES_ON.match(text, line.start, line.end))


def _is_wrapped(text: str) -> bool:
    """Whether lines break inside sentences: most long lines are under a hundred characters and go on in lower case."""
    lines = [line for line in text[:20000].split("\n") if len(line.strip()) > 40]
    short = sum(1 for line in lines if len(line) < 110)
    return len(lines) > 6 and short > 0.8 * len(lines)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    return start, end


_SUM = re.compile(r"[$€£]\s?\d")


def why_silent(text: str) -> str | None:
    """Why a paragraph is no award, or None: ``heading``, ``no sum of money``, ``no contractor``."""
    if not _SUM.search(text):
        return "heading" if len(text) < 60 and not text.endswith(".") else "no sum of money"
    return None if AWARDED.search(text) or NUMBER.search(text) or "contract" in text else "no contractor"


_FOLLOWS = re.compile(
    r"(?:\bfollow(?:s|ing)\b[^.:]{0,40}|\b(?:corrected to|should (?:read|have read|be)|reads))\s?[:.]?\s*$",
    re.IGNORECASE,
)


def announces_correction(text: str) -> bool:
    """Whether a paragraph only says that the one behind it is a correction: "... is corrected to the following:"."""
    return bool(CORRECTION.match(text) and _FOLLOWS.search(text[-160:]))
