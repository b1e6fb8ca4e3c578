"""A brief: one frozen value of sentences and tables, each with the numbers of its citations.

A renderer takes the value and changes nothing of it, so that every form of a brief says the same. All text in it has
been made safe to show (``shown``): no control characters, no marks that turn the direction of writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from armsledger.views.clean import one_line

_NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")  # no file of text or XML can hold them
SOURCES = "Source"  # the column of a table that has the numbers
LEGEND = "In italics: counted or worked out by armsledger from the documents that are cited, by written rules."


def shown(text: str) -> str:
    """Text from outside on one line, with a visible sign for whatever could turn, hide or break it.

    >>> shown("a\\u202eb\\x00")
    'a\ufffdb␀'
    """
    return _NO_TEXT.sub("\ufffd", one_line(text))


class Kind(StrEnum):
    """How a stretch of a sentence is told."""

    PLAIN = "plain"
    STRONG = "strong"
    CONTESTED = "contested"
    COMPUTED = "computed"  # not said by a document: counted, or the outcome of a written rule
    QUOTE = "quote"
    ASKED = "asked"  # what the brief was asked to be about


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence."""

    text: str
    kind: Kind = Kind.PLAIN


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, in parts, and the numbers of the citations that it rests on. A cell of a table is one, too."""

    parts: tuple[Part, ...]
    cites: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """All its words, without marks and numbers; quotations in their marks."""
        return "".join(f"“{p.text}”" if p.kind is Kind.QUOTE else p.text for p in self.parts)


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences one after the other; ``listed`` where each stands on a line of its own."""

    sentences: tuple[Sentence, ...]
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, its columns, and cells that are sentences. The first cell of a row is its head.

    The numbers of a row's citations are shown once, behind its last cell (``cites_of``). ``widest`` is the column that
    needs the most room.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    widest: int = 1


def cites_of(row: Sequence[Sentence]) -> tuple[int, ...]:
    """The numbers that the cells of a row rest on, in order: shown in a column of their own."""
    return tuple(sorted({number for cell in row for number in cell.cites}))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief; ``key`` is its anchor."""

    key: str
    title: str
    blocks: tuple[Points | Table, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that is cited, by a letter. ``digest`` is the SHA-256 of its bytes as they were got, or empty."""

    letter: str
    document: str
    title: str
    publisher: str
    published: str
    url: str | None
    digest: str

    @property
    def link(self) -> str | None:
        """The address where it can be followed safely: only those of the web."""
        return self.url if self.url and re.match(r"https?://[^\s]+\Z", self.url, re.IGNORECASE) else None


@dataclass(frozen=True, slots=True)
class Words:
    """A field of a claim that the cited words do not say by themselves: from where it comes, by which rule."""

    field: str
    value: str
    quote: str
    start: int
    end: int
    rule: str  # empty where the words of the quote say it


@dataclass(frozen=True, slots=True)
class Citation:
    """A number of the brief: exact words of a document, where they stand, and the claims that they carry.

    ``carries`` names these: ``claim 7b4f5fce``, ``statement 03a1c9d2``. ``start`` and ``end`` are code points of the
    document's text, end exclusive.
    """

    number: int
    carries: tuple[str, ...]
    source: Source
    quote: str
    start: int
    end: int
    fields: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What a brief says. ``day`` is the newest date of publication of the documents behind it (None: undated)."""

    title: Sentence
    about: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    sources: tuple[Source, ...]
    day: str | None

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence and cell, in order."""
        yield self.title
        yield from self.about
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Points):
                    yield from block.sentences
                else:
                    yield from (cell for row in block.rows for cell in row)


def in_runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers as runs of consecutive ones.

    >>> in_runs([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    found = []
    for _, run in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        several = [number for _, number in run]
        found.append((several[0], several[-1]))
    return found


def letter(place: int) -> str:
    """``A`` for 0, ``Z`` for 25, ``AA`` for 26.

    >>> letter(0), letter(26), letter(701)
    ('A', 'AA', 'ZZ')
    """
    told = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        told = chr(65 + rest) + told
    return told
