"""The lines of a text that hold something, with their places; and sections laid over the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from armsledger.model import Section, SectionKind

_RULED = 400  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """A line with more than blanks in it: where it begins and ends, and its words; single blanks in a short one."""

    start: int
    end: int
    text: str


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of a stretch that are not blank, in order."""
    stop = len(text) if end is None else end
    found: list[Line] = []
    at = start
    for raw in text[start:stop].split("\n"):
        if words := raw.strip():
            # Rules are written with single plain blanks; long lines are paragraphs, and no rule looks into them.
            short = " ".join(words.split()) if len(words) <= _RULED else words
            found.append(Line(at, at + len(raw), short))
        at += len(raw) + 1
    return found


def tiled(text: str, starts: Sequence[tuple[int, SectionKind]]) -> tuple[Section, ...]:
    """Sections that cover the whole text without a gap, from the places where each begins; like neighbours are one.

    What stands before the first belongs to it; an empty text has none.
    """
    sections: list[Section] = []
    for i, (start, kind) in enumerate(starts):
        begin = start if i else 0
        end = starts[i + 1][0] if i + 1 < len(starts) else len(text)
        if end <= begin:
            continue
        if sections and sections[-1].kind is kind:
            sections[-1] = Section(kind, sections[-1].start, end)
        else:
            sections.append(Section(kind, begin, end))
    if not sections and text:
        return (Section(SectionKind.BODY, 0, len(text)),)
    return tuple(sections)
