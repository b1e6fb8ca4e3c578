"""Normalised copies of a text that remember where each character came from.

A grammar wants plain blanks, straight quotes and hyphens; a claim wants the words as published. ``View`` is the plain
copy with a way back: every span of the copy is a span of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from armsledger.model import Run, Span

# One character for one character: these never move an offset.
_PLAIN = str.maketrans(
    {
        "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ",
        "\u202f": " ", "\u3000": " ",
        "\t": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "\x85": " ", "\u2028": "\n", "\u2029": "\n",
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2032": "'", "`": "'", "\u02bc": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    }
)  # fmt: skip
_HOLE = "\ue000"  # stands for a dropped character while a view is made; a private-use code point
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # characters that show nothing
_CHANGED = re.compile(rf"[ \n{INVISIBLE}{_HOLE}]{{2,}}|[\n{INVISIBLE}{_HOLE}]")


@dataclass(frozen=True, slots=True)
class View:
    """A normalised copy of a stretch of text that knows where each of its characters stands in the original.

    Copy and original run alike in pieces: the piece that begins at ``starts[i]`` of the copy stands at ``sources[i]``.
    """

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    def place(self, at: int) -> int:
        """Where the copy's character ``at`` stands in the original."""
        piece = bisect_right(self.starts, at) - 1
        return self.sources[piece] + at - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The span of the original that covers ``text[start:end]``; an empty stretch gives an empty span."""
        first = self.place(start)
        return Span(first, self.place(end - 1) + 1) if end > start else Span(first, first)

    def at(self, place: int) -> int:
        """The copy's character that stands at ``place`` of the original, or the next one behind it."""
        piece = max(0, bisect_right(self.sources, place) - 1)
        end = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return min(self.starts[piece] + max(0, place - self.sources[piece]), end)


def view(
    text: str, start: int = 0, end: int | None = None, *, join_lines: bool = False, drop: re.Pattern[str] | None = None
) -> View:
    """A plain copy of ``text[start:end]``: one kind of blank, quote and hyphen; runs of blanks made one.

    A word broken by a line's end after a hyphen or a slash is joined again (``AN/`` + newline + ``PRC-158``). With
    ``join_lines`` every other line break counts as a blank; else it is kept, blank lines as one. What ``drop`` matches
    (page marks) is left out.
    """
    plain = text[start:end].translate(_PLAIN)
    if drop:
        plain = drop.sub(lambda m: _HOLE * len(m[0]), plain)
    if "\n" not in plain and "  " not in plain and not any(c in plain for c in INVISIBLE + _HOLE):
        return View(plain, (0,), (start,))
    kept: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    length = done = 0
    for found in _CHANGED.finditer(plain):
        instead = _instead(plain, found, join_lines)
        if instead == found[0]:
            continue
        for piece, source in ((plain[done : found.start()], done), (instead, found.start())):
            if piece:
                kept.append(piece)
                starts.append(length)
                sources.append(start + source)
                length += len(piece)
        done = found.end()
    if done < len(plain) or not starts:
        kept.append(plain[done:])
        starts.append(length)
        sources.append(start + done)
    return View("".join(kept), tuple(starts), tuple(sources))


def _instead(plain: str, found: re.Match[str], join_lines: bool) -> str:
    """What stands in the copy for a run of blanks, line breaks and dropped characters; never longer than the run."""
    run = found[0]
    breaks = run.count("\n")
    if not breaks and " " not in run:
        return ""
    before, after = plain[max(0, found.start() - 2) : found.start()], plain[found.end() : found.end() + 1]
    if breaks and before[-1:] in ("/", "-") and before[:1].isalnum() and len(before) == 2 and after.isalnum():
        return ""
    if breaks and not join_lines:
        return "\n" * min(2, breaks)
    return " "


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
