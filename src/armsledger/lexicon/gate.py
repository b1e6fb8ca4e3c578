"""Whether a text may tell of a transfer of arms: the scan that lets most general news go before it is read.

A text passes where somewhere in it three things stand together:

    item    a noun of arms that is one wherever it stands ("missile", "howitzer"), the name of a system, or a weak one
            of these ("jet", "Hawk") with a word of armed forces, a number or another noun of arms beside it
    deal    a trigger of a transfer within ``_DEAL`` characters of it
    party   a state, people, office or company within ``_PARTY`` characters of it

A trigger that is in every text ("use", "get", "plan") counts only close to the item, and with two parties as close or
beside the name of a system.

The words are the lexicon's. More text around a passage never closes the gate: what passes alone passes in its page.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from armsledger.lexicon.entries import COMPILED, Lexicon
from armsledger.lexicon.grammar import Grammar, grammar, plural
from armsledger.lexicon.matcher import NameKind, lexicon, matcher, spell
from armsledger.model import Span

_DEAL = 300  # characters between an item and a trigger: a sentence and its neighbours
_PARTY = 500  # characters between an item and a party
_CLOSE = 120  # characters between an item, a trigger that is in every text, and two parties
_COMPANY = 150  # characters between a weak noun and the word that makes it one of arms
_STRIDE = 65_536  # characters that are scanned at a time: a text full of hits neither fills memory nor is read on
_LEAST_FORCES = 3  # words of forces that speak of arms without naming any
_OVERLAP = 2 * (_PARTY + _COMPANY)

_AFTER = re.compile(r"[-\s]{1,3}((?:\w+[-\s]){0,2}\w+)")
_COUNTED = re.compile(
    r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|hundred)|-(?:made|built|supplied|produced|designed))[-\s]{1,3}$",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[A-Z]{1,3} \d{1,2}")  # "AT 7": in a headline in capitals it is two words
_SIDES = frozenset(NameKind) - {NameKind.SYSTEM, NameKind.CURRENCY, NameKind.OUTLET, NameKind.NOTHING}
_HALF = re.compile(r"[\ud800-\udfff]")  # half a character: an automaton refuses a text with one

_Holds = Callable[[str, int, int], bool]


@lru_cache(maxsize=2)
def tells_of_arms(text: str) -> bool:
    """Whether somewhere in a text an item, a trigger of a transfer and a party stand together.

    The last answers are kept: a page is asked about before it is taken apart and once more when it is read.

    >>> tells_of_arms("Syria bought forty howitzers."), tells_of_arms("Syria bought forty tractors.")
    (True, False)
    """
    scan = _scan()
    if not text.isascii():
        text = _HALF.sub(" ", text)
    if len(text) <= _STRIDE:
        return scan.passes(text)
    return any(scan.passes(text[at : at + _STRIDE + _OVERLAP]) for at in range(0, len(text), _STRIDE))


@lru_cache(maxsize=2)
def speaks_of_arms(text: str) -> bool:
    """Whether a text names arms, or speaks of forces more than in passing; what is told beside transfers needs no more.

    >>> speaks_of_arms("The ceasefire holds."), speaks_of_arms("The army band played.")
    (True, False)
    """
    words, named = _spoken()
    forces = 0
    for word, _, _ in words.found((text if text.isascii() else _HALF.sub(" ", text)).lower(), _whole_word):
        if word in named:
            return True
        forces += 1
    return forces >= _LEAST_FORCES


@cache
def _spoken() -> tuple[_Patterns, frozenset[str]]:
    """The words that speak of arms or of forces, and those of arms alone."""
    more = _more()
    named = frozenset(form for noun in more["named"] for form in (noun, f"{noun}s"))
    return _Patterns(sorted(named | set(more["forces"]))), named


@cache
def _more() -> dict[str, list[str]]:
    """The gate's own words."""
    words: dict[str, list[str]] = json.loads((COMPILED / "grammar.json").read_text(encoding="utf-8"))["gate"]
    return words


class _Scan:
    """The automata of the gate: words over the text in lower case, names over the text as it is."""

    def __init__(self, entries: Lexicon, words: Grammar) -> None:
        more = _more()
        self._telling = {" ".join(noun) for noun in words.strong}
        self._telling |= {form for noun in more["telling"] for form in (noun, plural(noun))}
        self._weak = {" ".join(noun) for noun in words.weak} - self._telling
        general = {form for noun in more["general"] for form in (noun, plural(noun))}
        self._fair = self._weak - general
        self._military = frozenset(more["military"])
        self._words = _Patterns(_wrapped(self._telling | self._military))
        self._nouns = _Patterns(_wrapped(self._weak))
        strong, self._faint = _system_names(entries, self._telling)
        self._beside = _companions(entries) - strong - self._faint
        self._names = _Patterns([*_least(strong), *sorted(self._faint), *sorted(self._beside)])
        forms = {" ".join(form) for form in words.triggers} | words.supplier_nouns | words.buyer_nouns
        forms |= {f"{noun}s" for noun in words.supplier_nouns | words.buyer_nouns} | set(words.possession)
        common = set(more["common"])
        self._deal = _Patterns(_wrapped((forms - common) | set(more["deal"])))
        self._common = _Patterns(_wrapped(forms & common))

    def passes(self, text: str) -> bool:
        """Whether item, trigger and party stand together somewhere in this stretch."""
        low = text.lower()
        if len(low) != len(text):  # some capital letters are two in lower case; places must stay what they are
            low = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
        named: set[int] = set()
        items = sorted({*self._items(text, low, named)})
        telling = _near(items, _found(self._deal, low, items, _DEAL), _DEAL)
        if telling and _near(telling, [at for at, _ in _parties(text, telling, _PARTY)], _PARTY):
            return True
        close = _near(items, _found(self._common, low, items, _CLOSE), _CLOSE)
        parties = list(_parties(text, close, _CLOSE)) if close else []
        systems = _near(close, sorted(named), 0)
        return _between_two(close, parties) or bool(_near(systems, [at for at, _ in parties], _CLOSE))

    def _items(self, text: str, low: str, named: set[int]) -> Iterator[int]:
        """Where an item stands; where the name of a system does is told in ``named``, too."""
        company: list[int] = []
        makers: list[int] = []
        faint: list[int] = []
        for word, at, _ in self._words.found(low, _whole):
            company.append(at)
            if word in self._telling:
                yield at
        for name, at, end in self._names.found(text, _designates):
            if name in self._beside:
                makers.append(at)
            elif name not in self._faint or self._fits(text, at, end):
                company.append(at)
                named.add(at)
                yield at
            else:
                faint.append(at)
        yield from _near(faint, sorted(company), _COMPANY)
        yield from self._weak_ones(low, sorted(company), lambda noun: noun in self._weak)
        yield from self._weak_ones(low, makers, lambda noun: noun in self._fair)

    def _weak_ones(self, low: str, places: Sequence[int], holds: Callable[[str], bool]) -> Iterator[int]:
        """Weak nouns of arms near some places."""
        for stretch in _around(places, _COMPANY, len(low)):
            for noun, at, _ in self._nouns.found(low[stretch.start : stretch.end], _whole):
                if holds(noun):
                    yield stretch.start + at

    def _fits(self, text: str, start: int, end: int) -> bool:
        """Whether a weak name of a system has a number before it or a noun of arms soon behind it."""
        if _COUNTED.search(text, max(0, start - 24), start):
            return True
        if text[end - 1].isdigit() and text[end : end + 1] == "s":
            return True  # "K9s"
        after = _AFTER.match(text, end, end + 60)
        return after is not None and not self._weak.isdisjoint(re.split(r"[-\s]", after[1].lower()))


class _Patterns:
    """An automaton over some strings."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(dict.fromkeys(words))
        kind = Implementation.ContiguousNFA
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest, implementation=kind)

    def found(self, text: str, holds: _Holds) -> Iterator[tuple[str, int, int]]:
        """The hits that stand as ``holds`` wants it, each with its place; blanks of any kind are told as blanks."""
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            if holds(text, start, end):
                yield " ".join(self._words[number].split()), start, end


def _found(patterns: _Patterns, low: str, places: Sequence[int], reach: int) -> list[int]:
    """Where words stand that are about so near some places."""
    return [
        stretch.start + at
        for stretch in _around(places, reach, len(low))
        for _, at, _ in patterns.found(low[stretch.start : stretch.end], _whole)
    ]


def _parties(text: str, places: Sequence[int], reach: int) -> Iterator[tuple[int, str]]:
    """Where parties stand that are about so near some places, and which."""
    for stretch in _around(places, reach, len(text)):
        for mention in matcher().find(text[stretch.start : stretch.end]):
            if name := next((n for n in mention.names if n.kind in _SIDES), None):
                yield stretch.start + mention.start, name.entry


def _between_two(places: Sequence[int], parties: Sequence[tuple[int, str]]) -> bool:
    """Whether any of the places has two parties close by."""
    begins = [at for at, _ in parties]
    for place in places:
        near = parties[bisect_left(begins, place - _CLOSE) : bisect_left(begins, place + _CLOSE)]
        if len({entry for _, entry in near}) > 1:
            return True
    return False


def _near(places: Sequence[int], others: Sequence[int], reach: int) -> list[int]:
    """The places that have one of the others within reach; both in order."""
    kept = []
    for place in places:
        at = bisect_left(others, place - reach)
        if at < len(others) and others[at] <= place + reach:
            kept.append(place)
    return kept


def _around(places: Sequence[int], reach: int, length: int) -> Iterator[Span]:
    """The stretches within reach of some places, in order and without overlap, a word more at either side."""
    start = end = -1
    for place in places:
        first, last = max(0, place - reach - 40), min(length, place + reach + 40)
        if first > end:
            if end > start:
                yield Span(start, end)
            start = first
        end = max(end, last)
    if end > start:
        yield Span(start, end)


def _whole(text: str, start: int, end: int) -> bool:
    return (start == 0 or not text[start - 1].isalnum()) and not text[end : end + 1].isalnum()


def _whole_word(text: str, start: int, end: int) -> bool:
    """The same where a line below joins words, too."""
    return _whole(text, start, end) and text[start - 1 : start] != "_" and text[end : end + 1] != "_"


def _designates(text: str, start: int, end: int) -> bool:
    """Whether a name stands by itself. A variant's letters may follow its digits ("F-16" in "F-16AM"), and a plural."""
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    after = text[end : end + 2]
    if not after[:1].isalnum():
        return True
    if text[end - 1].isdigit():
        return not after[0].isdigit()
    return after[0] == "s" and not after[1:].isalnum()


# -- what the automata are made of ------------------------------------------------------------------------


def _wrapped(words: Iterable[str]) -> Iterator[str]:
    """Words, and phrases as they stand in a line and where a line ends inside them; in a fixed order."""
    for word in sorted(words):
        yield word
        if " " in word:
            yield word.replace(" ", "\n")
            yield word.replace(" ", "\r\n")


def _system_names(entries: Lexicon, words: Set[str]) -> tuple[set[str], set[str]]:
    """The spellings of systems that speak for themselves, and those that need a companion."""
    strong: set[str] = set()
    faint: set[str] = set()
    for entry in entries.systems:
        weak = set(entry.weak)
        names = [entry.name, *entry.names, *(n for v in entry.variants for n in (v.name, *v.names))]
        strong.update(n for n in names if n not in weak)
        faint |= weak
    # What holds a word that is an item by itself need not be looked for.
    told = (name for name in _least(strong) if words.isdisjoint(name.lower().split()))
    spelled = {form for name in told for form in spell(name)}
    short = {form for form in spelled if _SHORT.fullmatch(form)}
    return spelled - short, {form for name in faint for form in spell(name)} - spelled | short


def _companions(entries: Lexicon) -> set[str]:
    """Makers and services: a weak noun of arms near them is one of arms."""
    names = {n for m in entries.makers for n in (m.name, *m.names) if n not in m.weak}
    names |= {n for p in entries.parties for n in p.services if n not in p.weak}
    return {form for name in names for form in spell(name)}


def _least(names: Iterable[str]) -> list[str]:
    """The names without those that begin with another one of them and would hold wherever that one does."""
    kept: list[str] = []
    last = ""
    for name in sorted(names):
        if last and name.startswith(last):
            after = name[len(last)]
            if not after.isalnum() or (last[-1].isdigit() and not after.isdigit()):
                continue
        kept.append(name)
        last = name
    return kept


@cache
def _scan() -> _Scan:
    return _Scan(lexicon(), grammar())
