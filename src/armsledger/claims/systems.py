"""Which system of the lexicon a phrase names."""

from __future__ import annotations

import re
from functools import cache

from armsledger.lexicon.designators import find_designators, fold, strong_names, system_of
from armsledger.lexicon.matcher import lexicon

_LONGEST = 6  # words of a name that are tried together


def system_in(phrase: str) -> str | None:
    """The lexicon's id of the first system that a phrase names, by designator or by a name; None where it names none.

    A weak name ("Javelin") counts in a phrase that says what kind of thing it is ("Javelin guided missile").
    """
    whole = system_of(phrase)
    if whole:
        return whole
    for designator in find_designators(phrase):
        found = system_of(designator.text)
        if found:
            return found
    lower = phrase.lower()
    words = re.findall(r"[\w/.-]+", phrase)
    for first, word in enumerate(words):
        if not (word[0].isupper() or word[0].isdigit()):
            continue
        for last in range(min(len(words), first + _LONGEST), first, -1):
            if last == first + 1 and re.search(r"\d", word):
                continue  # a designator by itself was asked for above, with what stands before it
            key = fold("".join(words[first:last]))
            named = strong_names().get(key)
            if named:
                return named
            for entry in _weak().get(key, ()):
                if any(noun in lower for noun in _nouns()[entry]):
                    return entry
    return None


@cache
def _weak() -> dict[str, tuple[str, ...]]:
    """Folded weak name -> the systems that it can mean."""
    table: dict[str, tuple[str, ...]] = {}
    for system in lexicon().systems:
        for name in system.weak:
            table[fold(name)] = (*table.get(fold(name), ()), system.id)
    return table


@cache
def _nouns() -> dict[str, tuple[str, ...]]:
    return {s.id: tuple({s.head, s.type.split()[-1]}) for s in lexicon().systems}
