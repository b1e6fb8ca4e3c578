"""Document -> reading: hands a document to the reader of its kind and every claim through the gate."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from armsledger.claims.anchor import admit
from armsledger.claims.contracts import read_contracts
from armsledger.claims.news import LEAST_EVIDENCE, read_news
from armsledger.claims.notices import read_notice
from armsledger.claims.passages import Parsed
from armsledger.claims.registers import reading_of
from armsledger.claims.told import read_told
from armsledger.lexicon.gate import tells_of_arms
from armsledger.model import Claim, Document, DocumentKind, Reading, Refusal, SectionKind, Silence
from armsledger.text.language import foreign_paragraphs

_HALF = re.compile(r"[\ud800-\udfff]")
_READ = frozenset({SectionKind.TITLE, SectionKind.HEADING, SectionKind.BODY})


class NewsReader(Protocol):
    """Another reader of news beside the rules: a model."""

    def read(self, document: Document) -> tuple[tuple[Claim, ...], tuple[Refusal, ...], tuple[Silence, ...]]:
        """The claims of a document, what was refused, and where it stayed silent and why."""


def read(
    document: Document, least: Decimal = LEAST_EVIDENCE, model: NewsReader | None = None, *, rules: bool = True
) -> Reading:
    """All that a document says of transfers: records, claims that passed the gate, refusals, silences and why.

    Comments, captions and boilerplate are not read. A document without known wording gives a silence and no claim.
    ``least`` are the evidence points that a claim from news must have. ``model`` reads news too, beside the rules or,
    where ``rules`` is false, alone; what both say is kept side by side.
    """
    if document.kind is DocumentKind.REGISTER:
        return reading_of(document)
    seen = readable(document)
    if document.kind is DocumentKind.CONTRACTS:
        contracts, claims, silences = read_contracts(seen)
        kept, refused = admit(document, (replace(c, document=document.id) for c in claims))
        return Reading(document, contracts=contracts, claims=kept, refused=refused, silences=silences)
    if document.kind is DocumentKind.NOTICE:
        found = read_notice(seen)
        if found is None:
            return _silent(document, "no wording of a sale notice")
        notice, claims = found
        kept, refused = admit(document, (replace(c, document=document.id) for c in claims))
        silences = () if kept else (Silence(_why_no_claim(correction=notice.correction), 0, len(document.text)),)
        return Reading(document, notices=(notice,), claims=kept, refused=refused, silences=silences)
    if document.language not in (None, "en"):
        return _silent(document, "news in a language that is not read")
    if any(part.start == 0 and part.end == len(document.text) for part in document.skipped):
        return _silent(document, "a page that was not taken apart")
    seen, foreign = _in_english(seen)
    parsed = Parsed(seen)
    news, silences = read_news(parsed, least) if rules else ((), ())
    told, dropped, unread = model.read(seen) if model else ((), (), ())
    kept, refused = admit(document, (replace(c, document=document.id) for c in (*news, *told)))
    said, happened, rejected = read_told(document, parsed) if rules else ((), (), ())
    lost = (*dropped, *refused, *rejected)
    silent = (*silences, *foreign, *unread)
    return Reading(document, claims=kept, refused=lost, silences=silent, statements=said, occurrences=happened)


def _in_english(document: Document) -> tuple[Document, tuple[Silence, ...]]:
    """The document with paragraphs in another language blanked, and a silence for each."""
    text = document.text
    foreign = [span for span, _ in foreign_paragraphs(text)] if tells_of_arms(text) else []
    if not foreign:
        return document, ()
    pieces, at = [], 0
    for span in foreign:
        pieces += [text[at : span.start], " " * (span.end - span.start)]
        at = span.end
    told = tuple(Silence("a paragraph in a language that is not read", span.start, span.end) for span in foreign)
    return replace(document, text="".join(pieces) + text[at:]), told


def _why_no_claim(*, correction: bool) -> str:
    return "a correction without readable content" if correction else "a notice without a recipient"


def _silent(document: Document, reason: str) -> Reading:
    return Reading(document, silences=(Silence(reason, 0, len(document.text)),))


def readable(document: Document) -> Document:
    """The document with the same offsets, blanked where it is not read: no reader sees a comment or furniture.

    Nor half a character, which the readers of documents refuse and which names cannot be looked for in.
    """
    hidden = [s for s in document.sections if s.kind not in _READ]
    text = document.text if document.text.isascii() else _HALF.sub(" ", document.text)
    if not hidden:
        return document if text == document.text else replace(document, text=text)
    pieces, at = [], 0
    for section in hidden:
        blank = "".join("\n" if c == "\n" else " " for c in text[section.start : section.end])
        pieces += [text[at : section.start], blank]
        at = section.end
    return replace(document, text="".join(pieces) + text[at:])
