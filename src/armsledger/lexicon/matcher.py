"""Finds the lexicon's names in a text: leftmost-longest, with our own rules for boundaries and case.

One automaton over every spelling. A hit counts when it stands between boundaries; where a longer name fails the test,
the stretch is looked at again, since it can hide a shorter name that holds ("Omani" fails in "Omanis-", "Oman" does
not). The matched span is kept, without a plural or possessive ending.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from armsledger.lexicon.entries import Lexicon, load_compiled

LONGEST_ENDING = 120  # characters behind a failed hit that may belong to a longer name starting inside it


class NameKind(StrEnum):
    """What a name is a name of, and how it stands for it."""

    PARTY = "party"
    DEMONYM = "demonym"
    PEOPLE = "people"
    SEAT = "seat"
    SERVICE = "service"
    SYSTEM = "system"
    MAKER = "maker"
    OFFICE = "office"
    OUTLET = "outlet"
    CURRENCY = "currency"
    NOTHING = "nothing"  # a longer string that contains a name and means something else


@dataclass(frozen=True, slots=True)
class Name:
    """One meaning of a spelling: the entry, what kind of name it is, and whether it needs context (``weak``)."""

    entry: str
    kind: NameKind
    weak: bool = False
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text (start inclusive, end exclusive) with every entry that it can mean."""

    start: int
    end: int
    names: tuple[Name, ...]

    def of(self, *kinds: NameKind) -> Name | None:
        """The one meaning of these kinds, a strong one before weak ones; None where there is none or more than one."""
        found = [n for n in self.names if n.kind in kinds]
        strong = [n for n in found if not n.weak] or found
        return strong[0] if len({n.entry for n in strong}) == 1 else None


class Matcher:
    """An automaton over spellings; ``find`` gives the names of a text."""

    def __init__(self, spellings: Iterable[tuple[str, Name]]) -> None:
        table: dict[str, tuple[Name, ...]] = {}
        alone: dict[int, tuple[Name, ...]] = {}
        for spelling, name in spellings:
            known = table.get(spelling)
            if known is None:
                one = alone.get(id(name))
                if one is None or one[0] is not name:
                    one = alone[id(name)] = (name,)
                table[spelling] = one
            elif name not in known:
                table[spelling] = (*known, name)
        # A string that hides one entry's name can be another entry's own name ("Washington Post"): then it is that.
        self._names = [
            names if len(names) == 1 else tuple(n for n in names if n.kind is not NameKind.NOTHING) or names
            for names in table.values()
        ]
        patterns = list(table)
        kind = Implementation.ContiguousNFA
        self._longest = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest, implementation=kind)
        self._all: AhoCorasick | None = None
        self._patterns = patterns

    def __len__(self) -> int:
        return len(self._patterns)

    def find(self, text: str) -> Iterator[Mention]:
        """The mentions of a text, in order, without overlap. Offsets are code points of ``text``."""
        done = 0
        for hit in self._longest.find_matches_as_indexes(text):
            if hit[2] <= done:
                continue
            whole = hit[1] >= done and _bounded(text, hit[1], hit[2])
            for pattern, start, end in (hit,) if whole else self._inside(text, max(hit[1], done), hit[2]):
                done = end
                names = self._names[pattern]
                if names[0].kind is not NameKind.NOTHING:
                    yield Mention(start, end, names)

    def _inside(self, text: str, start: int, end: int) -> list[tuple[int, int, int]]:
        """The leftmost-longest bounded hits, without overlap, that begin inside a stretch whose own hit failed."""
        if self._all is None:
            self._all = AhoCorasick(self._patterns, matchkind=MatchKind.Standard)
        window = text[start : end + LONGEST_ENDING]
        hits = [
            (pattern, start + first, start + last)
            for pattern, first, last in self._all.find_matches_as_indexes(window, overlapping=True)
            if first < end - start and _bounded(text, start + first, start + last)
        ]
        kept: list[tuple[int, int, int]] = []
        for hit in sorted(hits, key=lambda h: (h[1], -h[2])):
            if not kept or hit[1] >= kept[-1][2]:
                kept.append(hit)
        return kept


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether a hit stands as a word: no letter or digit touches it, but for a plural or possessive ending."""
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    after = text[end : end + 3]
    if not after or not (after[0].isalnum() or after[0] == "_"):
        digit = text[end - 1].isdigit()
        return not (digit and after[:1] in "-." and after[1:2].isdigit())
    return after[0] == "s" and not after[1:2].isalnum()


# -- spellings --------------------------------------------------------------------------------------------

_DESIGNATOR = re.compile(r"(?=[^\s]*\d)[A-Za-z]{1,5}-\d")


def spell(name: str) -> Iterator[str]:
    """The spellings of a name: as written, in capitals, without accents, and a designator's hyphen left out or a blank.

    >>> list(spell("AIM-120"))
    ['AIM-120', 'AIM120', 'AIM 120']
    """
    forms = [name]
    if not name.isascii():
        plain = name.replace("\u2019", "'").replace("\u2011", "-").replace("\u2013", "-")
        forms = [plain]
        bare = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
        if bare != plain and len(bare) >= max(2, len(plain) - 1):
            forms.append(bare)
    for form in list(forms):
        if "-" in form and _DESIGNATOR.match(form):
            letters = form.index("-")
            forms.append(form[:letters] + form[letters + 1 :])
            if letters > 1:
                forms.append(form[:letters] + " " + form[letters + 1 :])
    for form in list(forms):
        capitals = form.upper()
        if capitals not in forms and len(form) > 3:
            forms.append(capitals)
    yield from forms


def spellings(lexicon: Lexicon, kinds: frozenset[NameKind] = frozenset(NameKind)) -> Iterator[tuple[str, Name]]:
    """Every spelling of every entry with what it means, of some kinds or all; strong names before weak ones."""
    if NameKind.NOTHING in kinds:
        yield from _nothings(lexicon)
    for entry, kind, variant, weak, names in _named(lexicon, kinds):
        strong, faint = Name(entry, kind, False, variant), Name(entry, kind, True, variant)
        for name in names:
            told = faint if name in weak else strong
            for form in spell(name):
                yield form, told


_Group = tuple[str, NameKind, str | None, Collection[str], Iterable[str]]


def _named(lexicon: Lexicon, kinds: frozenset[NameKind]) -> Iterator[_Group]:
    """The names of every entry by kind: entry, kind, variant, which of its names are weak, names."""
    if kinds & _PARTY:
        for p in lexicon.parties:
            weak = set(p.weak)
            told = (
                (NameKind.PARTY, (p.name, *([p.official] if p.official else []), *p.names)),
                (NameKind.DEMONYM, p.demonyms),
                (NameKind.PEOPLE, p.people),
                (NameKind.SEAT, p.seats),
                (NameKind.SERVICE, p.services),
            )
            for kind, names in told:
                if kind in kinds:
                    yield p.code, kind, None, weak, names
            if NameKind.PARTY in kinds and weak:
                known = {p.name, p.official, *p.names, *p.demonyms, *p.people, *p.seats, *p.services}
                yield p.code, NameKind.PARTY, None, weak, [w for w in p.weak if w not in known]
    if NameKind.SYSTEM in kinds:
        for s in lexicon.systems:
            weak = set(s.weak)
            yield s.id, NameKind.SYSTEM, None, weak, (s.name, *s.names, *s.weak)
            for v in s.variants:
                yield s.id, NameKind.SYSTEM, v.name, weak, (v.name, *v.names)
    for kind, entries in (
        (NameKind.MAKER, lexicon.makers),
        (NameKind.OFFICE, lexicon.offices),
        (NameKind.OUTLET, lexicon.outlets),
    ):
        for e in entries if kind in kinds else ():
            yield e.id, kind, None, e.weak, (e.name, *e.names, *e.weak)
    for c in lexicon.currencies if NameKind.CURRENCY in kinds else ():
        yield c.code, NameKind.CURRENCY, None, c.weak, (c.name, *c.names, *c.weak)


_PARTY = frozenset({NameKind.PARTY, NameKind.DEMONYM, NameKind.PEOPLE, NameKind.SEAT, NameKind.SERVICE})


def _nothings(lexicon: Lexicon) -> Iterator[tuple[str, Name]]:
    nothing = Name("", NameKind.NOTHING)
    for group in (lexicon.parties, lexicon.systems, lexicon.makers, lexicon.offices, lexicon.outlets):
        for entry in group:
            for text in entry.not_:
                for form in spell(text):
                    yield form, nothing
                if text[:1].islower():  # as the first word of a sentence
                    yield text[0].upper() + text[1:], nothing


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with armsledger, read once."""
    return load_compiled()


@cache
def matcher() -> Matcher:
    """The matcher over the whole lexicon, built once."""
    return Matcher(spellings(lexicon()))
