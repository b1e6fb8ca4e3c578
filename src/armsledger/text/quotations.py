"""Where quotation marks open and close, over sentences and paragraphs.

A mark opens where no letter stands before it, and closes where a letter or a stop does. A paragraph that ends inside a
quotation goes on in the next one only where that opens with a mark of its own, as newspapers print it; else the
quotation ends with its paragraph, so that one lost mark spoils one paragraph and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = re.compile(
    r'["\u201c\u201d\u201e\u00ab\u00bb]|(?<![\w])[\'\u2018](?=\w)|(?<=[,.?!])[\'\u2019](?!\w)|\n{2,}|\n'
)
LONGEST = 4000  # characters of one quotation


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, marks included (end exclusive); ``follows`` where they go on from the paragraph before."""

    start: int
    end: int
    follows: bool = False


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text, in order, without overlap.

    >>> [text[q.start:q.end] for text in ['He said: "Never." "Why?" she asked.'] for q in quotations(text)]
    ['"Never."', '"Why?"']
    """
    return list(_find(text))


def _find(text: str) -> Iterator[Quotation]:
    opened: int | None = None
    mark = ""
    follows = False
    for found in _MARKS.finditer(text):
        at, sign = found.start(), found[0]
        if sign[0] == "\n":
            if opened is not None and _ends_paragraph(text, found):
                yield Quotation(opened, at, follows)
                follows = text[found.end() : found.end() + 1] in ('"', "\u201c") and mark != "'"
                opened = None
            elif _ends_paragraph(text, found):
                follows = False
            continue
        single = sign in "'\u2018\u2019"
        if opened is None:
            if _opens(text, at, sign):
                opened, mark = at, "'" if single else '"'
        elif single == (mark == "'") and not (_opens(text, at, sign) and not _closes(text, at)):
            if found.end() - opened <= LONGEST:
                yield Quotation(opened, found.end(), follows)
            opened, follows = None, False
    if opened is not None and len(text) - opened <= LONGEST and mark == '"':
        yield Quotation(opened, len(text), follows)


def _ends_paragraph(text: str, found: re.Match[str]) -> bool:
    """An empty line, or a line's end that closes a sentence."""
    return len(found[0]) > 1 or text[max(0, found.start() - 1) : found.start()] in (".", '"', "?", "!", ":", "")


def _opens(text: str, at: int, sign: str) -> bool:
    if sign in "\u201c\u201e\u00ab\u2018":
        return True
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return not after.isspace() and (not before or before.isspace() or before in "([-\u2014\u2013.,:;>*'")


def _closes(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
    return not before.isspace() and (not after or not after.isalnum() or before in ".,?!")
