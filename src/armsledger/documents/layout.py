"""Paragraphs taken out of a page -> one text, its sections, and its way back to the page.

Layout: a paragraph is one line (blanks and line breaks inside it are single blanks); paragraphs are parted by an empty
line; the title comes first and readers' comments last.

The way back: the source is scanned once for the words between its tags. The words of the paragraphs are found again
among them, in order, and every stretch that stands alike in both is a run. A word written with an entity, or one that
the extraction changed, is in no run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from armsledger.documents.lines import tiled
from armsledger.model import Run, Section, SectionKind

_BREAK = "\n\n"
_WORD = re.compile(r"\S+")
_TAG_NAME = re.compile(r"/?[A-Za-z][^\s/>]*")
_QUOTES = re.compile(r"[>\"']")
_UNSEEN = ("script", "style", "template", "noscript", "svg", "textarea")
_MISSES = 50  # paragraphs that may be searched for in vain before the search is given up


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a page and what it is."""

    text: str
    kind: SectionKind = SectionKind.BODY


@dataclass(frozen=True, slots=True)
class Layout:
    """A stored text with its sections and runs."""

    text: str
    sections: tuple[Section, ...]
    runs: tuple[Run, ...]


def one_line(words: str) -> str:
    """Words with every stretch of blanks and line breaks made one blank."""
    return " ".join(words.split())


def laid_out(paragraphs: Sequence[Paragraph], source: str) -> Layout:
    """The text of some paragraphs, in their order, with runs into the decoded source of the page."""
    text = _BREAK.join(p.text for p in paragraphs)
    starts: list[tuple[int, SectionKind]] = []
    at = 0
    for paragraph in paragraphs:
        starts.append((at, paragraph.kind))
        at += len(paragraph.text) + len(_BREAK)
    return Layout(text, tiled(text, starts), tuple(_runs(paragraphs, _Words(source))))


class _Words:
    """The visible words of a page, run together without blanks, and where each of them stands in the source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.starts: list[int] = []  # of each piece in the words run together
        self.places: list[int] = []  # of each piece in the source
        pieces: list[str] = []
        at = 0
        for start, piece, plain in _pieces(source):
            self.starts.append(at)
            self.places.append(start if plain else -1)
            pieces.append(piece)
            at += len(piece)
        self.together = "".join(pieces)


def _pieces(source: str) -> Iterator[tuple[int, str, bool]]:
    """Each word between tags: its place, itself, and whether it stands in the source as it is (not as an entity)."""
    for start, end in stretches(source):
        for found in _WORD.finditer(source, start, end):
            word = found[0]
            if "&" not in word:
                yield found.start(), word, True
                continue
            at = found.start()
            for part in re.split(r"(&#?[A-Za-z0-9]{1,32};?)", word):
                seen = unescape(part)
                if seen == part:
                    yield (at, part, True) if part else (at, "", True)
                else:
                    yield at, "".join(seen.split()), False
                at += len(part)


def stretches(source: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The stretches of a page between its tags, comments and scripts. One pass, whatever the page holds."""
    at, length = start, len(source) if end is None else end
    lowered: str | None = None
    missing: set[str] = set()  # marks that do not come any more: they are not looked for twice
    while at < length:
        opened = source.find("<", at, length)
        if opened < 0:
            yield at, length
            return
        name = _TAG_NAME.match(source, opened + 1, opened + 40)
        if name is None and source[opened + 1 : opened + 2] not in {"!", "?"}:
            yield at, opened + 1
            at = opened + 1
            continue
        if opened > at:
            yield at, opened
        if source.startswith("<!--", opened):
            at = _after(source, "-->", opened + 4, missing)
            continue
        at = _tag_end(source, opened + 1, missing)
        tag = name[0].lower() if name else ""
        if tag in _UNSEEN:
            lowered = source.lower() if lowered is None else lowered
            # Lower case may be longer than the source (İ); then nothing is skipped, and nothing is lost but a run.
            if len(lowered) == len(source) and f"</{tag}" not in missing:
                closing = lowered.find(f"</{tag}", at)
                if closing < 0:
                    missing.add(f"</{tag}")
                else:
                    at = closing


def _after(source: str, mark: str, start: int, missing: set[str]) -> int:
    at = -1 if mark in missing else source.find(mark, start)
    if at < 0:
        missing.add(mark)
        return len(source)
    return at + len(mark)


def _tag_end(source: str, start: int, missing: set[str]) -> int:
    """Where a tag ends; a ">" in quotes does not end it, a quote without its fellow is a plain sign."""
    at = start
    while found := _QUOTES.search(source, at):
        if found[0] == ">":
            return found.end()
        quote = found[0]
        at = found.end()
        if quote in missing or source[found.start() - 1] not in "= \t\n":
            continue
        closing = source.find(quote, at)
        if closing < 0:
            missing.add(quote)
        else:
            at = closing + 1
    return len(source)


# -- finding paragraphs again -----------------------------------------------------------------------------


def _runs(paragraphs: Sequence[Paragraph], words: _Words) -> Iterator[Run]:
    at = cursor = misses = 0
    for paragraph in paragraphs:
        bare = "".join(paragraph.text.split())
        found = words.together.find(bare, cursor) if bare and misses < _MISSES else -1
        if found < 0 and bare and misses < _MISSES:
            # Not after the last one: a title may stand again in the head, a caption above its place.
            found = words.together.find(bare)
            misses += found < 0
        elif found >= 0:
            cursor = found + len(bare)
        if found >= 0:
            yield from _joined(_aligned(paragraph.text, at, found, words), words.source, at, paragraph.text)
        at += len(paragraph.text) + len(_BREAK)


def _aligned(text: str, offset: int, found: int, words: _Words) -> Iterator[Run]:
    """The pieces of one paragraph, word by word: its words run together begin at ``found`` among those of the page."""
    piece = bisect_right(words.starts, found) - 1
    while piece + 1 < len(words.starts) and words.starts[piece + 1] <= found:
        piece += 1
    for match in _WORD.finditer(text):
        at, left = match.start(), match.end() - match.start()
        while left:
            while piece + 1 < len(words.starts) and words.starts[piece + 1] <= found:
                piece += 1
            end = words.starts[piece + 1] if piece + 1 < len(words.starts) else len(words.together)
            length = min(left, end - found)
            if words.places[piece] >= 0:
                yield Run(offset + at, words.places[piece] + found - words.starts[piece], length)
            at, found, left = at + length, found + length, left - length


def _joined(pieces: Iterator[Run], source: str, offset: int, text: str) -> Iterator[Run]:
    """Neighbours made one where also what stands between them is alike: nothing, or one blank."""
    last: Run | None = None
    for run in pieces:
        if last is not None:
            gap = run.start - last.start - last.length
            alike = run.source - last.source - last.length == gap
            blank = gap == 1 and source[run.source - 1] == text[run.start - 1 - offset]
            if alike and (gap == 0 or blank):
                last = Run(last.start, last.source, last.length + gap + run.length)
                continue
            yield last
        last = run
    if last is not None:
        yield last
