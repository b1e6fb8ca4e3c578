"""Document -> reading: hands a document to the reader of its kind and every claim through the gate."""

from __future__ import annotations

from dataclasses import replace

from armsledger.claims.anchor import admit
from armsledger.claims.contracts import read_contracts
from armsledger.claims.notices import read_notice
from armsledger.model import Document, DocumentKind, Reading, SectionKind, Silence

_READ = frozenset({SectionKind.TITLE, SectionKind.HEADING, SectionKind.BODY})


def read(document: Document) -> Reading:
    """All that a document says of transfers: records, claims that passed the gate, refusals, silences and why.

    Comments, captions and boilerplate are not read. A document without known wording gives a silence and no claim.
    """
    readable = _readable(document)
    if document.kind is DocumentKind.CONTRACTS:
        contracts, claims, silences = read_contracts(readable)
        kept, refused = admit(document, (replace(c, document=document.id) for c in claims))
        return Reading(document, contracts=contracts, claims=kept, refused=refused, silences=silences)
    if document.kind is DocumentKind.NOTICE:
        found = read_notice(readable)
        if found is None:
            return _silent(document, "no wording of a sale notice")
        notice, claims = found
        kept, refused = admit(document, (replace(c, document=document.id) for c in claims))
        silences = () if kept else (Silence(_why_no_claim(correction=notice.correction), 0, len(document.text)),)
        return Reading(document, notices=(notice,), claims=kept, refused=refused, silences=silences)
    return _silent(document, "news: kept as a document, not read for claims by this version")


def _why_no_claim(*, correction: bool) -> str:
    return "a correction without readable content" if correction else "a notice without a recipient"


def _silent(document: Document, reason: str) -> Reading:
    return Reading(document, silences=(Silence(reason, 0, len(document.text)),))


def _readable(document: Document) -> Document:
    """The document with the same offsets, blanked where it is not read: no reader sees a comment or furniture."""
    hidden = [s for s in document.sections if s.kind not in _READ]
    if not hidden:
        return document
    text = document.text
    pieces, at = [], 0
    for section in hidden:
        blank = "".join("\n" if c == "\n" else " " for c in text[section.start : section.end])
        pieces += [text[at : section.start], blank]
        at = section.end
    return replace(document, text="".join(pieces) + text[at:])
