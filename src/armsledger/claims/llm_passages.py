"""Document -> the passages that a model is given: whole paragraphs, grouped, and only where arms are spoken of.

A passage is sent as a plain copy (one kind of blank, quote and hyphen), and a quote that comes back is looked up in a
plain copy, too: a model that writes straight quotes for curly ones has not invented anything. What is kept of it are
the words of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from armsledger.lexicon.gate import tells_of_arms
from armsledger.model import Document, Span
from armsledger.text.offsets import View, view
from armsledger.text.sentences import sentence_spans

LONGEST = 6_000  # characters of a passage: two pages, of which a small model still forgets nothing
_SHORT = 1_500
_CONTEXT = 600  # characters of the beginning and of what stood just before that go along for understanding


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document as a model is given it.

    ``text`` is what is sent; ``copy`` the same on one line, in which quotes are found; ``number`` counts from 1 over
    all passages of the document, ``of`` is how many there are. ``context`` is what a reader who came this far knows.
    """

    start: int
    end: int
    text: str
    copy: View
    number: int
    of: int
    context: str = ""


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in order, without those that say nothing of arms. Nothing is cut silently:
    paragraphs that are too long are parted at a sentence's end, else at a blank.
    """
    if not tells_of_arms(document.text):
        return ()
    groups = _groups(document.text)
    made = []
    for number, spans in enumerate(groups, start=1):
        text = _plain(document.text, spans)
        if not tells_of_arms(text):
            continue
        start, end = spans[0].start, spans[-1].end
        copy = view(document.text, start, end, join_lines=True)
        context = _context(document.text, groups, number)
        made.append(Passage(start, end, text, copy, number, len(groups), context))
    return tuple(made)


def _plain(text: str, spans: list[Span]) -> str:
    return "\n\n".join(view(text, span.start, span.end).text.strip() for span in spans)


def _context(text: str, groups: list[list[Span]], number: int) -> str:
    """The beginning of the document and the end of the passage before this one; nothing for the first."""
    if number == 1:
        return ""
    parts = [view(text, groups[0][0].start, groups[0][0].end).text.strip()[:_CONTEXT]]
    before = groups[number - 2][-1]
    if number > 2 or len(groups[0]) > 1:
        parts.append(view(text, before.start, before.end).text.strip()[-_CONTEXT:])
    return "\n[...]\n".join(parts)


def _groups(text: str) -> list[list[Span]]:
    """Paragraphs that follow each other, put together as long as they are not too long for one passage.

    A short rest goes with what stands before it: alone it would lack what it speaks of.
    """
    groups: list[list[Span]] = []
    for span in _paragraphs(text):
        if not groups or span.end - groups[-1][0].start > LONGEST:
            groups.append([])
        groups[-1].append(span)
    if len(groups) > 1 and groups[-1][-1].end - groups[-1][0].start < _SHORT:
        rest = groups.pop()
        groups[-1] += rest
    return groups


_BLANK_LINE = re.compile(r"\n[ \t\r\u00a0]*\n")


def _paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs without the blanks around them, none longer than a passage may be."""
    at = 0
    for end in (*(found.start() for found in _BLANK_LINE.finditer(text)), len(text)):
        span = _stripped(text, at, end)
        at = end
        if span is not None:
            yield from _parted(text, span)


def _stripped(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    right = len(words.rstrip())
    return Span(start + left, start + right) if right > left else None


def _parted(text: str, span: Span) -> Iterator[Span]:
    """A paragraph, in as many parts as it needs: lines, then sentences, then what fits."""
    if span.end - span.start <= LONGEST:
        yield span
        return
    at = seam = span.start
    for end in (*_seams(text, span), span.end):
        if end - at > LONGEST and seam > at:
            yield from _whole(text, at, seam)
            at = seam
        while end - at > LONGEST:
            blank = text.rfind(" ", at + 1, at + LONGEST)
            cut = blank if blank > at else at + LONGEST
            yield from _whole(text, at, cut)
            at = cut
        seam = end
    yield from _whole(text, at, span.end)


def _whole(text: str, start: int, end: int) -> Iterator[Span]:
    span = _stripped(text, start, end)
    if span is not None:
        yield span


def _seams(text: str, span: Span) -> list[int]:
    """Where lines and sentences end, in order."""
    lines = {found.start() for found in re.finditer(r"\n", text[span.start : span.end])}
    sentences = {sentence.end for sentence in sentence_spans(text, span.start, span.end)}
    return sorted({span.start + line for line in lines} | sentences)
