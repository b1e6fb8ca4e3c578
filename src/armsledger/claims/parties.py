"""Which party a stretch of text names: the lexicon's names, read with the rules of official documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from armsledger.lexicon.matcher import Matcher, Mention, Name, NameKind, lexicon, spellings

_PARTY_KINDS = (NameKind.PARTY, NameKind.DEMONYM, NameKind.PEOPLE, NameKind.SEAT, NameKind.SERVICE)


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party named in a text: its code, how it is named, and where (start inclusive, end exclusive)."""

    party: str
    kind: NameKind
    start: int
    end: int


@cache
def _matcher() -> Matcher:
    """Names of parties and what hides them; systems and makers play no part in who buys."""
    kinds = {*_PARTY_KINDS, NameKind.NOTHING}
    return Matcher(spellings(lexicon(), frozenset(kinds)))


def find_parties(text: str, *kinds: NameKind) -> Iterator[PartyMention]:
    """The parties named in a text, in order; with ``kinds`` only those named in these ways. Ambiguous ones are out."""
    for mention in _matcher().find(text):
        name = _one(mention, kinds or _PARTY_KINDS)
        if name:
            yield PartyMention(name.entry, name.kind, mention.start, mention.end)


def _one(mention: Mention, kinds: tuple[NameKind, ...]) -> Name | None:
    return mention.of(*kinds)
