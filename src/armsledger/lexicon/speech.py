"""The words of attribution, of disputed matters and of dated events: data, read once.

They stand in ``data/grammar-statements.yml``; phrases are kept as tuples of lower-case words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from armsledger.lexicon.entries import COMPILED

Phrases = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Happening:
    """One kind of dated event: the words that tell of it, and words of which one must stand beside them."""

    kind: str
    words: Phrases
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Speech:
    """Verbs and nouns of attribution, what a voice can be called, cues of matters and kinds of events."""

    verbs: Mapping[tuple[str, ...], str]  # say, deny, think, accuse, object
    participles: Phrases
    nounish: frozenset[str]  # forms that are as often nouns
    news_nouns: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    unnamed: frozenset[str]
    people_of: frozenset[str]
    outlet_nouns: frozenset[str]
    office_nouns: frozenset[str]
    company_nouns: frozenset[str]
    document_nouns: frozenset[str]
    place_words: frozenset[str]
    topics: Mapping[str, Phrases]
    denials: frozenset[str]
    happenings: tuple[Happening, ...]


@cache
def speech() -> Speech:
    """The words that ship with armsledger."""
    told = json.loads((COMPILED / "grammar.json").read_text(encoding="utf-8"))["statements"]
    sets = {
        name: frozenset(told[name])
        for name in (
            "nounish", "news_nouns", "titles", "roles", "unnamed", "people_of", "outlet_nouns", "office_nouns",
            "company_nouns", "document_nouns", "place_words", "denials",
        )
    }  # fmt: skip
    return Speech(
        verbs={tuple(v.split()): kind for kind, verbs in told["verbs"].items() for v in verbs},
        participles=_phrases(told["participles"]),
        topics={name: _phrases(cues) for name, cues in told["topics"].items()},
        happenings=tuple(
            Happening(kind, _phrases(row["words"]), frozenset(row.get("needs", ())))
            for kind, row in told["occurrences"].items()
        ),
        **sets,
    )


def _phrases(words: Iterable[str]) -> Phrases:
    return frozenset(tuple(w.lower().split()) for w in words)
