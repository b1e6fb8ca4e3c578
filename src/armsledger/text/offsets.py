"""Normalised copies of a text that remember where each character came from.

A grammar wants plain blanks, straight quotes and hyphens; a claim wants the words as published. ``View`` is the plain
copy with a way back: every span of the copy is a span of the original.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from armsledger.model import Run, Span

# One character for one character: these never move an offset.
_PLAIN = str.maketrans(
    {
        "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u3000": " ",
        "\t": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "\x85": " ", "\u2028": "\n", "\u2029": "\n",
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2032": "'", "`": "'", "\u02bc": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    }
)  # fmt: skip
_HOLE = "\ue000"  # stands for a dropped character while a view is made; a private-use code point
_FORMAT = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROPPED = re.compile(f"[{_FORMAT}{_HOLE}]")
_BROKEN = re.compile(r"[/-] ?\n")
_PIECES = re.compile(rf"[ \n]+|[{_FORMAT}{_HOLE}]+|[^ \n{_FORMAT}{_HOLE}]+")


@dataclass(frozen=True, slots=True)
class View:
    """A normalised copy of a stretch of text. ``places[i]`` is where its i-th character stands in the original."""

    text: str
    places: Sequence[int] = field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """The span of the original that covers ``text[start:end]``; an empty stretch gives an empty span."""
        if end <= start:
            at = self.places[start] if start < len(self.places) else (self.places[-1] + 1 if len(self.places) else 0)
            return Span(at, at)
        return Span(self.places[start], self.places[end - 1] + 1)


def view(text: str, start: int = 0, end: int | None = None, *, join_lines: bool = False, drop: re.Pattern[str] | None = None) -> View:
    """A plain copy of ``text[start:end]``: one kind of blank, quote and hyphen; runs of blanks made one.

    A word broken by a line's end after a hyphen or a slash is joined again (``AN/`` + newline + ``PRC-158``). With
    ``join_lines`` every other line break counts as a blank; else it is kept, blank lines as one. What ``drop`` matches (page marks) is left out.
    """
    stretch = text[start:end]
    plain = stretch.translate(_PLAIN)
    if drop:
        plain = drop.sub(lambda m: _HOLE * len(m[0]), plain)
    lines = "\n" in plain
    if "  " not in plain and not _DROPPED.search(plain) and not (lines and (join_lines or _BROKEN.search(plain))):
        return View(plain, range(start, start + len(plain)))
    kept: list[str] = []
    places = array("q")
    blank = False
    for found in _PIECES.finditer(plain):
        piece, at = found[0], found.start()
        c = piece[0]
        if c == _HOLE or c in _FORMAT:
            continue
        if c in " \n":
            broken = "\n" in piece and _broken(kept, plain, found.end())
            if broken or (blank and ("\n" not in piece or join_lines)):
                continue
            breaks = min(2, piece.count("\n")) if not join_lines else 0
            for n in range(breaks or 1):
                kept.append("\n" if breaks else " ")
                places.append(start + at + min(n, len(piece) - 1))
            blank = True
            continue
        blank = False
        kept.append(piece)
        places.extend(range(start + at, start + at + len(piece)))
    return View("".join(kept), places)


def _broken(kept: list[str], plain: str, after: int) -> bool:
    """Whether a line break stands inside a word: behind ``/`` or ``-`` that follows a letter or digit, before another."""
    if not kept or kept[-1][-1] not in "/-" or not plain[after : after + 1].isalnum():
        return False
    before = kept[-1][-2] if len(kept[-1]) > 1 else (kept[-2][-1] if len(kept) > 1 else " ")
    return before.isalnum()


def to_source(runs: Sequence[Run], span: Span) -> Span | None:
    """Where a span of a stored text stands in the published source, or None where it does not stand there in one piece.

    Without runs, text and source are the same.
    """
    if not runs:
        return span
    first = last = None
    for run in runs:
        if run.start <= span.start < run.start + run.length:
            first = run.source + span.start - run.start
        if run.start < span.end <= run.start + run.length:
            last = run.source + span.end - run.start
    return Span(first, last) if first is not None and last is not None and first <= last else None
