"""Sentence ends in official prose: a full stop that ends a sentence, looked at from both sides.

Contract announcements and notices are chains of "Inc.", "Corp.", "U.S." and "No."; a stop behind one of these, behind a
single capital or inside brackets ends nothing unless a word follows that can only begin a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from armsledger.model import Span

_CANDIDATE = re.compile(r"[.?!][\"')\]]?(?=\s+[\"'(\[]?[A-Z0-9])")
_ABBREVIATIONS = frozenset(
    "inc corp co ltd llc lp plc jr sr st ft mt no nos dr mr mrs ms gen lt col maj capt cmdr adm sgt rep sen gov "
    "u.s u.k u.n d.c va md pa jan feb mar apr jun jul aug sept sep oct nov dec approx est fig vs etc dept univ assn "
    "bros e.g i.e cf cong sec tech sys div intl bldg u.s.c pt mfg".split()
)
_OPENERS = re.compile(
    r"\s+(?:The|This|These|Work|Fiscal|Funds|Foreign|Contract|Using|Location|Locations|Type|Bids|No|It|If|In|An|A|One|"
    r"Estimated|All|For|Additional|U\.S\.|Implementation|There|Also|Included|Under|At|Contractor|Contractors|"
    r"Performance|Awarded|Total|Types|Future|Army|Naval|Air|Defense)\s"
)
_SERVICES = re.compile(r"\s+(?:Army|Naval|Air|Defense)\s")  # behind "U.S." they go on with a name
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")


def sentence_spans(text: str, start: int = 0, end: int | None = None, longest: int | None = None) -> Iterator[Span]:
    """The sentences of a stretch, one behind another and covering it, each with its stop.

    What is longer than ``longest`` is no sentence but a text without stops, a table or a list: it is cut behind the
    last semicolon, comma or blank before, so that what looks at a whole sentence never looks at a whole document.

    >>> text = "Acme Corp., Reno, Nev., is awarded $5. Work will be done at St. Louis."
    >>> [span.of(text) for span in sentence_spans(text)]
    ['Acme Corp., Reno, Nev., is awarded $5.', ' Work will be done at St. Louis.']
    """
    spans = _sentences(text, start, len(text) if end is None else end)
    if longest is None or all(span.end - span.start <= longest for span in spans):
        return iter(spans)
    return (part for span in spans for part in _cut(text, span, longest))


def _cut(text: str, span: Span, longest: int) -> Iterator[Span]:
    at = span.start
    while span.end - at > longest:
        stop = max(text.rfind(mark, at + longest // 2, at + longest) for mark in (";", ",", "\n"))
        stop = stop if stop >= 0 else text.rfind(" ", at + 1, at + longest)
        stop = stop + 1 if stop >= 0 else at + longest
        yield Span(at, stop)
        at = stop
    yield Span(at, span.end)


@lru_cache(maxsize=32)
def _sentences(text: str, start: int, stop: int) -> tuple[Span, ...]:
    """Kept for the last few stretches: each field of a paragraph asks for its sentences again."""
    spans: list[Span] = []
    at = start
    for found in _CANDIDATE.finditer(text, start, stop):
        if found.end() < stop and _ends(text, found.start(), found.end()):
            spans.append(Span(at, found.end()))
            at = found.end()
    return (*spans, Span(at, stop)) if at < stop else tuple(spans)


def first_end(text: str, start: int = 0) -> int:
    """Where the sentence that holds position ``start`` ends (exclusive), at the latest the end of the text."""
    for found in _CANDIDATE.finditer(text, start):
        if _ends(text, found.start(), found.end()):
            return found.end()
    return len(text)


def _ends(text: str, stop: int, after: int) -> bool:
    if text[stop] != ".":
        return True
    word = _word_before(text, stop)
    if word.endswith("U.S") and _SERVICES.match(text, after):
        return False
    if word.lower().rstrip(".") in _ABBREVIATIONS or _INITIALS.fullmatch(word):
        return bool(_OPENERS.match(text, after))
    return True


def _word_before(text: str, stop: int) -> str:
    start = stop
    while start and stop - start < 12 and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    return text[start:stop]
