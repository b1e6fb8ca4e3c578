"""The paragraphs of a day's contract announcements: one award each, and why a paragraph is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from armsledger.claims.actions import AWARDED, NUMBER
from armsledger.model import Span
from armsledger.text.offsets import View

@dataclass(frozen=True, slots=True)
class Paragraph:
    """One award paragraph: its span in the document and a plain copy on one line."""

    span: Span
    view: View
_GOES_ON = re.compile(
    r"\s*(?:[a-z(]|Work (?:will|is|location|performed)|Fiscal|This (?:contract|award|modification|is)|The (?:contracting|Naval|Army|Air Force|Defense Logistics|U\.S\.)\b|"
    r"(?:The|This|These) (?:contractors?|effort|work|company|programs?|maximum|total|estimated|government|services?|terms?|period)\b|Location|Using|Type of|Funds|Contract funds|No (?:contract )?funds|Bids|Estimated completion|Foreign [Mm]ilitary)"
)


def paragraph_spans(text: str) -> Iterator[Span]:
    """The paragraphs of a day: lines that are not empty; a line that goes on from the one before belongs to it.

    Text wrapped at a fixed width, where paragraphs stand apart by empty lines, is taken by its empty lines.
    """
    separator = re.compile(r"\n[ \t\r\xa0]*\n\s*") if _is_wrapped(text) else re.compile(r"\n")
    start = 0
    held: Span | None = None
    for found in [*separator.finditer(text), None]:
        end = found.start() if found else len(text)
        first, last = _trim(text, start, end)
        start = found.end() if found else end
        if first >= last:
            continue
        if held and "$" in text[held.start : held.end] and _belongs(text, held, first, last):
            held = Span(held.start, last)
            continue
        if held:
            yield held
        held = Span(first, last)
    if held:
        yield held


def _belongs(text: str, held: Span, first: int, last: int) -> bool:
    """Whether a line goes on with the paragraph before: by its first words, or because that one breaks off."""
    if _AWARDED.search(text, first, min(last, first + 300)) and not text[held.end - 1].isalpha():
        return False
    broken = text[held.end - 1] not in ".)*\"'\u201d:" and not text[first : min(last, first + 40)].isupper()
    return broken or bool(_GOES_ON.match(text, first, last))


def _is_wrapped(text: str) -> bool:
    """Whether lines break inside sentences: most long lines are under a hundred characters and go on in lower case."""
    lines = [line for line in text[:20000].split("\n") if len(line.strip()) > 40]
    short = sum(1 for line in lines if len(line) < 110)
    return len(lines) > 6 and short > 0.8 * len(lines)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_SUM = re.compile(r"[$€£]\s?\d")


def _silent(text: str) -> str | None:
    """Why a paragraph is no award, or None: ``heading``, ``no sum of money``, ``no contractor``."""
    if not _SUM.search(text):
        return "heading" if len(text) < 60 and not text.endswith(".") else "no sum of money"
    return None if _AWARDED.search(text) or _NUMBER.search(text) or "contract" in text else "no contractor"
