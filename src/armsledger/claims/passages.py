"""A news document parsed once for all that read it: sentences with their units, and who says what in each passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from armsledger.claims.mentions import Sentence, sentences_of
from armsledger.claims.speakers import Attribution, attribution
from armsledger.claims.units import Unit
from armsledger.model import Document, Span
from armsledger.text.offsets import View


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of a document: its plain copy, the sentences in it (spans of the copy), and whose word each is."""

    copy: View
    sentences: tuple[tuple[Span, Sequence[Unit]], ...]
    told: Attribution


class Parsed:
    """The sentences and passages of what is read of a document, made when they are first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences in order."""
        return sentences_of(self.document)

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages in order: title, headings and body each have a copy of their own."""
        copies: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            copies.setdefault(id(sentence.copy), []).append(sentence)
        return [_passage(group) for group in copies.values()]

    @cached_property
    def voices(self) -> dict[int, Attribution]:
        """Who speaks where, by the identity of the copy that a sentence stands in."""
        return {id(passage.copy): passage.told for passage in self.passages}


def _passage(group: Sequence[Sentence]) -> Passage:
    copy = group[0].copy
    sentences = tuple((Span(s.start, s.end), s.units) for s in group)
    return Passage(copy, sentences, attribution(copy.text, sentences))
