"""Which variant of its family an item names: ``AIM-120C-8`` is ``c8``, ``F-16C/D Block 50`` is ``c|50`` or ``d|50``.

A token has the letters behind the family's name and, behind a bar, the block or mark. Two tokens are compatible where
one only says less than the other (``c`` and ``c8``); where both say something and it differs (``c7`` and ``c8``) they
are siblings, and siblings are never of one deal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import product

from armsledger.deals.grounds import broader
from armsledger.lexicon.designators import Designator, find_designators, fold, system_of
from armsledger.lexicon.matcher import lexicon

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
_MARK = re.compile(r"\b(?:block|blk|mod|mk|increment|tranche)\b\.?\s?([0-9ivx/]+)", re.IGNORECASE)


@lru_cache(maxsize=65536)
def variants_of(system: str | None, item: str | None) -> frozenset[str]:
    """The variants that an item can mean; empty where it names the family alone or no system at all.

    >>> sorted(variants_of("aim-120", "AIM-120C-8 missile")), sorted(variants_of("aim-120", "AMRAAM"))
    (['c8'], [])
    >>> sorted(variants_of("f-16", "F-16C/D Block 50")), sorted(variants_of("f-15ex", "fighter"))
    (['c|50', 'd|50'], ['ex'])
    """
    if system is None:
        return frozenset()
    family = broader().get(system, system)
    named = _named(family, item or "") or list(_tokens(family, item or "")) or _behind(family, item or "")
    if named:
        return frozenset(named)
    return frozenset({fold(system.removeprefix(family))}) if system != family else frozenset()


def same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name one variant."""
    return not one.isdisjoint(other)


@lru_cache(maxsize=65536)
def siblings(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name a variant and none of one is compatible with any of the other.

    >>> siblings(frozenset({"c7"}), frozenset({"c8"})), siblings(frozenset({"c"}), frozenset({"c8"}))
    (True, False)
    """
    if not one or not other or not one.isdisjoint(other):
        return False
    return not any(_compatible(a, b) for a, b in product(one, other))


@lru_cache(maxsize=65536)
def _compatible(one: str, other: str) -> bool:
    letters, _, mark = one.partition("|")
    other_letters, _, other_mark = other.partition("|")
    return _within(letters, other_letters) and (not mark or not other_mark or mark == other_mark)


def _within(one: str, other: str) -> bool:
    """Whether one says less than the other and nothing else: ``x`` and ``x2``, not ``1`` and ``10``."""
    short, long = sorted((one, other), key=len)
    if not long.startswith(short):
        return False
    return not (short and short[-1].isdigit() and long[len(short) : len(short) + 1].isdigit())


# -- by the lexicon's variants ----------------------------------------------------------------------------

_LONGEST = 7  # words of a variant's name


def _named(family: str, item: str) -> list[str]:
    """The tokens of the longest variant's name in the item that the lexicon lists for the family."""
    table = _variants().get(family)
    if not table:
        return []
    words = re.findall(r"[^\W_][\w/.+()-]*", item)[:24]
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            tokens = table.get(fold("".join(words[first : first + length])))
            if tokens:
                return [marked for token in tokens for marked in _with_mark(token, item)]
    return []


def _with_mark(token: str, item: str) -> list[str]:
    mark = _MARK.search(item) if "|" not in token else None
    return [f"{token}|{m}" for m in _marks(mark[1])] if mark else [token]


@cache
def _variants() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Family -> folded name of a variant -> its tokens."""
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for system in lexicon().systems:
        family = broader().get(system.id, system.id)
        table = tables.setdefault(family, {})
        for variant in system.variants:
            told = tuple(_tokens(family, variant.name)) if "/" in variant.name or _MARK.search(variant.name) else ()
            bare = _bare(family, fold(variant.name))
            for name in (variant.name, *variant.names) if told or bare else ():
                table.setdefault(fold(name), told or (bare,))
    return tables


# What a family's name looks like without a variant: "aim120", "m777", "leopard2"; "c130j30" has one.
_STEM = re.compile(r"\d?[a-z]+\d+")


@cache
def _stems() -> Mapping[str, tuple[str, ...]]:
    """Family -> its folded names of letters and a number, longest first."""
    stems: dict[str, set[str]] = {}
    for system in lexicon().systems:
        family = broader().get(system.id, system.id)
        known = stems.setdefault(family, set())
        names = (family, system.name, *system.names, *system.weak)
        known |= {folded for name in names if _STEM.fullmatch(folded := fold(name))}
    return {family: tuple(sorted(names, key=lambda n: (-len(n), n))) for family, names in stems.items()}


def _bare(family: str, folded: str) -> str:
    """A folded name without the family's own name before it."""
    return next((folded[len(stem) :] for stem in _stems().get(family, ()) if folded.startswith(stem)), folded)


# -- by designators ---------------------------------------------------------------------------------------


def _behind(family: str, item: str) -> list[str]:
    """The mark behind a family's name, where that is a word: ``Gripen E``, ``Spike NLOS``."""
    words = re.findall(r"[^\W_][\w/.+-]*", item)[:12]
    for length in range(min(3, len(words) - 1), 0, -1):
        if fold("".join(words[:length])) in _wordy().get(family, ()) and _SHORT_MARK.fullmatch(words[length]):
            return [fold(words[length])]
    return []


_SHORT_MARK = re.compile(r"[A-Z]|[A-Z]{1,4}\d{1,2}[A-Z]?\+?|\d[A-Z]\w{0,2}")


@cache
def _wordy() -> Mapping[str, frozenset[str]]:
    """Family -> its folded names."""
    names: dict[str, set[str]] = {}
    for system in lexicon().systems:
        family = broader().get(system.id, system.id)
        names.setdefault(family, set()).update(fold(n) for n in (system.id, system.name, *system.names, *system.weak))
    return {family: frozenset(known) for family, known in names.items()}


def _tokens(family: str, item: str) -> Iterator[str]:
    for designator in find_designators(item):
        found = system_of(designator.text)
        if found and broader().get(found, found) == family:
            yield from _split(family, item, designator)


_PARTS = re.compile(r"(?P<letters>.*[a-z])/(?P<other>[a-z])\+?$")  # "c/d": one or the other


def _split(family: str, item: str, designator: Designator) -> Iterator[str]:
    """The tokens of one designator: letters behind the family's name, with a block or mark behind it."""
    text = item[designator.start : designator.stem_end].lower()
    either = _PARTS.match(text)
    stem = fold(either["letters"] if either else text.partition("/b")[0])
    letters = next((stem[len(s) :] for s in _stems().get(family, ()) if stem.startswith(s)), "")
    mark = _MARK.search(item, designator.start)
    marks = _marks(mark[1]) if mark else [""]
    tails = [letters]
    if either and letters:
        tails.append(letters[:-1] + either["other"])
    for tail, number in product(tails, marks):
        if tail or number:
            yield f"{tail}|{number}" if number else tail


def _marks(numbers: str) -> list[str]:
    parts = [_ROMAN.get(part, part) for part in numbers.lower().split("/") if part]
    return parts or [""]
