"""Normalised copies of a text that remember where each character came from.

A grammar wants plain blanks, straight quotes and hyphens; a claim wants the words as published. ``View`` is the plain
copy with a way back: every span of the copy is a span of the original.
"""

from __future__ import annotations

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
_DROPPED = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff")


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


def view(text: str, start: int = 0, end: int | None = None, *, join_lines: bool = False) -> View:
    """A plain copy of ``text[start:end]``: one kind of blank, quote and hyphen; runs of blanks made one.

    With ``join_lines`` line breaks count as blanks and a word broken by a hyphen at a line's end is joined again
    (``AN/`` + newline + ``PRC-158``, ``develop-`` + newline + ``ment``); hyphens of designators are kept.
    """
    stretch = text[start:end]
    plain = stretch.translate(_PLAIN)
    if join_lines:
        plain = plain.replace("\n", " ")
    if "  " not in plain and not any(c in plain for c in _DROPPED) and not (join_lines and "\n" in stretch):
        return View(plain, range(start, start + len(plain)))
    places = array("q")
    kept: list[str] = []
    blank = False
    for i, c in enumerate(plain):
        if c in _DROPPED or (c == " " and blank):
            continue
        if c == " " and join_lines and "\n" in stretch[i : i + 1] and kept and _broken(kept, plain, i):
            blank = True
            continue
        blank = c == " "
        kept.append(c)
        places.append(start + i)
    return View("".join(kept), places)


def _broken(kept: list[str], plain: str, at: int) -> bool:
    """Whether the line break at ``at`` stands inside a word: after ``/`` or ``-`` with a letter or digit on both sides."""
    rest = plain[at:].lstrip(" ")[:1] if at + 40 > len(plain) else plain[at : at + 40].lstrip(" ")[:1]
    before = kept[-2] if len(kept) > 1 else " "
    return kept[-1] in "/-" and before.isalnum() and rest.isalnum()


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
