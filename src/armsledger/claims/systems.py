"""Which system of the lexicon a phrase names."""

from __future__ import annotations

from functools import cache

from armsledger.lexicon.designators import find_designators, system_of
from armsledger.lexicon.matcher import Matcher, NameKind, lexicon, spellings


@cache
def _matcher() -> Matcher:
    kinds = {NameKind.SYSTEM, NameKind.NOTHING}
    return Matcher((spelled, name) for spelled, name in spellings(lexicon()) if name.kind in kinds)


def system_in(phrase: str) -> str | None:
    """The lexicon's id of the first system that a phrase names, by designator or by a strong name; None where it names none.

    A weak name ("Javelin") counts in a phrase that says what kind of thing it is ("Javelin guided missile").
    """
    whole = system_of(phrase)
    if whole:
        return whole
    for designator in find_designators(phrase):
        found = system_of(designator.text)
        if found:
            return found
    words = phrase.lower()
    for mention in _matcher().find(phrase):
        name = mention.of(NameKind.SYSTEM)
        if name and (not name.weak or any(noun in words for noun in _nouns().get(name.entry, ()))):
            return name.entry
    return None


@cache
def _nouns() -> dict[str, tuple[str, ...]]:
    return {s.id: tuple({s.head, s.type.split()[-1]}) for s in lexicon().systems}
