"""The gate: every claim passes here, and one whose words do not stand in its document is refused and counted.

``Anchors`` is how a reader collects fields while it reads a plain copy of the text: each is given by its place in the
copy and kept with its place and its exact words in the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from armsledger.errors import Unanchored
from armsledger.model import Anchor, Claim, DateInterval, Document, Money, Occurrence, Refusal, Span, Statement, plain
from armsledger.text.offsets import View


def check(document: Document, claim: Claim) -> None:
    """Raises Unanchored unless the claim's quote and each of its anchors stand in the document where they say."""
    _stands(document, claim.start, claim.end, claim.quote)
    for anchor in claim.anchors:
        _stands(document, anchor.start, anchor.end, anchor.quote)
    if claim.document != document.id:
        raise Unanchored(document.name, claim.start, claim.end, claim.quote, f"(a claim of document {claim.document})")


def _stands(document: Document, start: int, end: int, quote: str) -> None:
    if not (0 <= start < end <= len(document.text)) or document.text[start:end] != quote:
        raise Unanchored(document.name, start, end, quote, document.text[max(0, start) : max(0, end)])


def admit(document: Document, claims: Iterable[Claim]) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """The claims that pass the gate, each once and in the order of the text, and the refusals of the others."""
    passed: dict[str, Claim] = {}
    refused: list[Refusal] = []
    for claim in claims:
        try:
            check(document, claim)
        except Unanchored as error:
            refused.append(Refusal(str(error), "claim", claim.quote))
        else:
            passed.setdefault(claim.id, claim)
    ordered = sorted(passed.values(), key=lambda c: (c.start, c.end, c.subject, c.recipient or "", c.item or "", c.id))
    return tuple(ordered), tuple(refused)


_Told = TypeVar("_Told", Statement, Occurrence)


def admit_told(document: Document, told: Iterable[_Told]) -> tuple[tuple[_Told, ...], tuple[Refusal, ...]]:
    """The statements or occurrences that pass the gate, as ``admit`` does for claims."""
    passed: dict[str, _Told] = {}
    refused: list[Refusal] = []
    for one in told:
        try:
            check_told(document, one)
        except Unanchored as error:
            refused.append(Refusal(str(error), type(one).__name__.lower(), one.quote))
        else:
            passed.setdefault(one.id, one)
    return tuple(sorted(passed.values(), key=lambda t: (t.start, t.end, t.id))), tuple(refused)


def check_told(document: Document, one: Statement | Occurrence) -> None:
    """Raises Unanchored unless the quote of a statement or occurrence and each of its anchors stand where they say."""
    _stands(document, one.start, one.end, one.quote)
    for anchor in one.anchors:
        _stands(document, anchor.start, anchor.end, anchor.quote)
    if one.document != document.id:
        raise Unanchored(document.name, one.start, one.end, one.quote, f"(of document {one.document})")


class Anchors:
    """Collects the fields of one record, each with the words that carry it."""

    def __init__(self, document: Document, view: View) -> None:
        self._text = document.text
        self._view = view
        self._kept: dict[Anchor, None] = {}  # in the order of their coming, each once

    def add(self, field: str, value: object, start: int, end: int, how: str = "stated") -> Anchor | None:
        """Keeps one field that stands at ``view.text[start:end]``; nothing is kept for an empty stretch."""
        span = self.span(start, end)
        if span.end <= span.start:
            return None
        anchor = Anchor(field, canonical(value), span.start, span.end, span.of(self._text), how)
        self._kept[anchor] = None
        return anchor

    def span(self, start: int, end: int) -> Span:
        """The document's span of a stretch of the copy, without blanks at its ends."""
        text = self._view.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return self._view.span(start, end)

    def of(self, *fields: str) -> tuple[Anchor, ...]:
        """The anchors kept for some fields, or all of them, in the order of the text."""
        kept = (a for a in self._kept if not fields or a.field in fields)
        return tuple(sorted(kept, key=lambda a: (a.start, a.end, a)))


def canonical(value: object) -> str:
    """A field's value as text, the same for equal values: ``USD 225000000``, ``53``, ``2025-05-14``."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Money | DateInterval):
        return str(value)
    return str(value)
