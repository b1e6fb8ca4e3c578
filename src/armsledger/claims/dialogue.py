"""Interviews and transcripts: whose turn a paragraph is, where questions and answers take turns without "said".

Three forms: labels ("MR. EKMANN: ..." and "QUESTION: ..."), dashes ("- We ordered two."), and quotations between
questions. A turn is taken for an answer only where the text asks at least two questions; a list with dashes has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_LABEL = re.compile(
    r"^[ *>\u2022]{0,4}"
    r"((?:Q|A|QUESTION|ANSWER|REPORTER|[A-Z][A-Za-z.'-]{1,20}(?: [A-Z][A-Za-z.'-]{0,20}){0,3}))\s?:[ \n]",
    re.MULTILINE,
)
_LINE = re.compile(r"[^\n]+")
_ASKING = frozenset({"Q", "QUESTION", "REPORTER"})
_ANSWERING = frozenset({"A", "ANSWER"})
LEAST_TURNS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn (end exclusive): ``label`` names its speaker; None means whoever is interviewed."""

    start: int
    end: int
    label: str | None = None
    asks: bool = False


def turns(text: str) -> list[Turn]:
    """The turns of an interview or transcript, in order; empty for any other text.

    >>> [(t.label, t.asks) for t in turns("Q: Why?\\n\\nA: So.\\n\\nQ: When?\\n\\nA: Soon.")]
    [('Q', True), (None, False), ('Q', True), (None, False)]
    """
    return list(_labelled(text)) or _dashed(text) or _between_questions(text)


def _labelled(text: str) -> Iterator[Turn]:
    found = list(_LABEL.finditer(text))
    counts = Counter(m[1] for m in found)
    kept = [m for m in found if counts[m[1]] > 1 or m[1] in _ASKING | _ANSWERING or m[1].isupper()]
    if len(kept) < LEAST_TURNS or len({m[1] for m in kept}) < 2 or max(counts.values()) < 2:
        return
    for n, m in enumerate(kept):
        end = kept[n + 1].start() if n + 1 < len(kept) else len(text)
        asks = m[1] in _ASKING
        yield Turn(m.end(), end, None if m[1] in _ANSWERING else m[1], asks)


def _dashed(text: str) -> list[Turn]:
    lines = [(m.start(), m.end(), m[0].strip()) for m in _LINE.finditer(text) if m[0].strip()]
    dashed = {n for n, (_, _, line) in enumerate(lines) if line[:2] in ("- ", "\u2013 ", "\u2014 ")}
    asked = {
        n for n in range(len(lines))
        if lines[n][2].endswith("?") and (n in dashed or n + 1 in dashed)
    }  # fmt: skip
    if len(dashed) < LEAST_TURNS or len(asked) < 2:
        return []
    return [Turn(lines[n][0], lines[n][1], asks=n in asked) for n in sorted({*dashed, *asked})]


def _between_questions(text: str) -> list[Turn]:
    lines = [(m.start(), m.end(), m[0].strip()) for m in _LINE.finditer(text) if m[0].strip()]
    asked = {n for n, (_, _, line) in enumerate(lines) if line.endswith("?") and line[0] not in '"\u201c'}
    spoken = {n for n, (_, _, line) in enumerate(lines) if line[0] in '"\u201c' and line.count('"') != 4}
    whole = {
        n for n in spoken if n + 1 in spoken or (lines[n][2].endswith(('"', "\u201d")) and lines[n][2].count('"') <= 2)
    }
    if len(asked) < 2 or sum(1 for n in whole if n - 1 in asked) < 2:
        return []
    return [Turn(lines[n][0], lines[n][1]) for n in sorted(whole)]
