"""A news document parsed once for all that read it: sentences with their units, and who says what in each passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from armsledger.claims.mentions import Sentence, headline_of, sentences_of
from armsledger.claims.speakers import Attribution, attributions
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
    def headline(self) -> list[Sentence]:
        """The sentences of a title that is no part of the text."""
        return headline_of(self.document)

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages in order: title, headings and body each have a copy of their own."""
        return passages_of(self.sentences)

    @cached_property
    def voices(self) -> dict[int, Attribution]:
        """Who speaks where, by the identity of the copy that a sentence stands in."""
        return {id(passage.copy): passage.told for passage in self.passages}


def passages_of(sentences: Iterable[Sentence]) -> list[Passage]:
    """The passages of a document that these sentences, in order, make up."""
    copies: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        copies.setdefault(id(sentence.copy), []).append(sentence)
    spans = [tuple((Span(s.start, s.end), s.units) for s in group) for group in copies.values()]
    views = [group[0].copy for group in copies.values()]
    told = attributions([(copy.text, said) for copy, said in zip(views, spans, strict=True)])
    return [Passage(*parts) for parts in zip(views, spans, told, strict=True)]
