"""Where the words stand that a model quotes, which numbers they say, and which party a name means.

quote    found in the passage letter for letter (kind of blank, quote mark and hyphen aside), whole words only;
         of several places the one nearest to the claim's own words
number   must be among the numbers that its words say
party    the lexicon's, else its own name; a name with two meanings is nobody's
    order    a paragraph that speaks to machines asserts nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from armsledger.claims.llm_passages import Passage
from armsledger.lexicon.matcher import NameKind, lexicon, matcher
from armsledger.model import Span
from armsledger.text.money import find_money
from armsledger.text.offsets import view
from armsledger.text.quantities import find_counts

_PARTY = (NameKind.PARTY, NameKind.DEMONYM, NameKind.PEOPLE, NameKind.SEAT, NameKind.SERVICE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands in the passage's copy (start inclusive, end exclusive)."""

    start: int
    end: int

    def gap(self, other: Place) -> int:
        """How far it stands from another place; 0 where they touch or overlap."""
        return max(0, other.start - self.end, self.start - other.end)


def plain(words: str) -> str:
    """Words as the passage's copy has them: one line, one kind of blank, quote and hyphen."""
    return view(words, join_lines=True).text.strip()


def places(copy: str, words: str) -> Iterator[Place]:
    """Where words stand as whole words, in order. A plural or possessive ending may follow; a digit goes on nowhere."""
    at = copy.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if _bounded(copy, at, end):
            yield Place(at, end)
        at = copy.find(words, at + 1)


def _bounded(copy: str, start: int, end: int) -> bool:
    before, after = copy[max(0, start - 2) : start], copy[end : end + 2]
    if copy[start].isalnum() and before[-1:].isalnum():
        return False
    if copy[start].isdigit() and before[-1:] in tuple(".,") and before[:1].isdigit():
        return False
    if copy[end - 1].isdigit():
        return not (after[:1].isdigit() or (after[:1] in tuple(".,") and after[1:].isdigit()))
    return not (copy[end - 1].isalnum() and after[:1].isalnum()) or bool(re.fullmatch(r"s\W?", after))


def nearest(copy: str, words: str, to: Place | None) -> Place | None:
    """The place of words, of several the one nearest to ``to`` (the first without it); None where they do not stand."""
    found = places(copy, plain(words))
    return next(found, None) if to is None else min(found, key=lambda place: (place.gap(to), place.start), default=None)


def span_of(passage: Passage, place: Place) -> Span:
    """The span of the document that a place of the passage's copy is."""
    return passage.copy.span(place.start, place.end)


# -- numbers ----------------------------------------------------------------------------------------------

_SCALES = {
    "hundred": 2, "thousand": 3, "k": 3, "lakh": 5, "lakhs": 5, "million": 6, "millions": 6, "mln": 6, "mn": 6, "m": 6,
    "crore": 7, "crores": 7, "billion": 9, "bln": 9, "bn": 9, "b": 9, "trillion": 12, "trn": 12, "tn": 12, "tln": 12,
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_DIGITS = re.compile(
    r"(?<![\w.,])(?<!\w-)(?P<number>\d{1,3}(?:[., ]\d{3})+(?![\d])|\d[\d,]{0,20}(?:\.\d{1,6})?)"
    rf"(?:[\s-]{{0,2}}(?P<scale>{_SCALE})\b|(?=[\s-]{{0,2}}(?:to|or|and|-)[\s-]{{0,2}}[$€£]?\d[\d.,]{{0,20}}[\s-]{{0,2}}"
    rf"(?P<later>{_SCALE})\b))?(?![A-Za-z\d])",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[A-Z]{0,3}[$€£¥₩₹₺](?=\d)")  # "US$5": the mark is no part of the number
_ROUND = {"dozen": Decimal(12), "pair": Decimal(2), "couple": Decimal(2), "single": Decimal(1), "score": Decimal(20)}
_HALF = re.compile(rf"\bhalf[\s-](?:an?[\s-])?(?P<scale>dozen|{_SCALE})\b", re.IGNORECASE)
_SPELLED = re.compile(r"\b(?P<count>\w+)[\s-](?P<word>dozen|pair|pairs|score)\b", re.IGNORECASE)


def numbers_in(words: str) -> frozenset[Decimal]:
    """Every number that words can be read to say; digits that belong to a name ("F-16") are none.

    >>> sorted(map(int, numbers_in("between 5 and 10 million euros for two dozen F-16s")))
    [2, 5, 12, 24, 5000000, 10000000]
    """
    text = _MARKED.sub(lambda found: " " * len(found[0]), plain(words))
    said: set[Decimal] = set()
    for found in _DIGITS.finditer(text):
        number = _decimal(found["number"])
        if number is None:
            continue
        if found["scale"]:
            said.add(number.scaleb(_SCALES[found["scale"].lower()]))
            continue
        said.add(number)
        if found["later"]:
            said.add(number.scaleb(_SCALES[found["later"].lower()]))
    said.update(count.number for count in find_counts(text) if not re.search(r"\d", text[count.start : count.end]))
    said.update(_spelled(text))
    return frozenset(said)


def _decimal(digits: str) -> Decimal | None:
    """Digits as a number; grouped by commas, blanks or, the continental way, by points ("1.250.000")."""
    if digits.count(".") > 1 or " " in digits:
        digits = digits.replace(".", "").replace(" ", "")
    return Decimal(digits.replace(",", "")) if len(digits) <= 24 else None


def _spelled(text: str) -> Iterator[Decimal]:
    """Dozens, pairs and halves."""
    for word, number in _ROUND.items():
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            yield number
    for found in _SPELLED.finditer(text):
        counted = next((count.number for count in find_counts(found["count"])), None)
        if counted is not None:
            yield counted * _ROUND[found["word"].lower().removesuffix("s") if found["word"][-1] in "sS" else "dozen"]
    for found in _HALF.finditer(text):
        scale = found["scale"].lower()
        yield Decimal(6) if scale == "dozen" else Decimal(5).scaleb(_SCALES[scale] - 1)


def in_currency(words: str, currency: str) -> bool:
    """Whether a sum's words can be in a currency: a bare dollar can be any dollar, no mark can be any currency."""
    marks = {found.currency for found in find_money(words)}
    return not marks or currency in marks or (marks == {"USD"} and currency.endswith("D") and "US" not in words)


@cache
def currencies() -> frozenset[str]:
    return frozenset(currency.code for currency in lexicon().currencies)


# -- parties ----------------------------------------------------------------------------------------------

_OFFICIAL = re.compile(
    r"(?:the )?(?:(?:government|armed forces|army|navy|air force|military|ministry of defen[cs]e|republic) of )?"
    r"(?:the )?"
    r"(?P<name>.+?)(?:'s)?(?: (?:government|armed forces|army|navy|air force|military|forces|defen[cs]e ministry))?",
    re.IGNORECASE,
)


def party_named(name: str) -> tuple[str, ...]:
    """The parties that a name as a whole can mean, by the lexicon: none, the one, or several.

    >>> [party_named(name) for name in ("Turkey", "the Indian Navy", "Baykar", "Kurds in Syria")]
    [('TUR',), ('IND',), ('TUR',), ()]
    """
    told = plain(name)
    if told in _codes():
        return (told,)
    official = _OFFICIAL.fullmatch(told)
    for tried in (told, official["name"] if official else ""):
        for mention in matcher().find(tried):
            if mention.start == 0 and mention.end == len(tried):
                for kinds in (_PARTY, (NameKind.MAKER,), (NameKind.OFFICE,)):
                    named = [n for n in mention.names if n.kind in kinds]
                    strong = [n for n in named if not n.weak] or named
                    if found := {p for n in strong if (p := _party_of(n.entry, n.kind))}:
                        return tuple(sorted(found))
    return ()


def parties_in(text: str) -> Iterator[tuple[str, Place, bool]]:
    """Every party that a text names: itself, by a company or by an office; its place, and whether by its own name."""
    for mention in matcher().find(text):
        for name in mention.names:
            party = _party_of(name.entry, name.kind)
            if party:
                yield party, Place(mention.start, mention.end), name.kind in _PARTY and not name.weak


def _party_of(entry: str, kind: NameKind) -> str | None:
    if kind in _PARTY:
        return entry
    return _stands_for().get(f"{kind}:{entry}")


@cache
def _stands_for() -> dict[str, str]:
    """Kind and id of a maker or an office -> the party that it belongs to or speaks for."""
    book = lexicon()
    makers = {f"{NameKind.MAKER}:{maker.id}": maker.state for maker in book.makers}
    return makers | {f"{NameKind.OFFICE}:{office.id}": office.party for office in book.offices if office.party}


@cache
def _codes() -> frozenset[str]:
    return frozenset(party.code for party in lexicon().parties)


def same_state(one: str, other: str) -> bool:
    """Whether two codes are one party, or a state and the larger one that it was a part of."""
    part = _parts()
    return one == other or part.get(one) == other or part.get(other) == one


@cache
def _parts() -> dict[str, str]:
    return {party.code: party.part_of for party in lexicon().parties if party.part_of}


# -- words in common --------------------------------------------------------------------------------------


def alike(item: str, words: str) -> bool:
    """Whether an item and its words have a word in common, so that the words may tell its system."""
    return bool(_words(item) & _words(words))


_EMPTY = frozenset("the of and a an in for to from by at on with s".split())


def shares_word(name: str, text: str) -> bool:
    """Whether any telling word of a name stands in a text."""
    return bool((_words(name) - _EMPTY) & _words(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.lower()))


# -- orders -----------------------------------------------------------------------------------------------

_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\s(?:[\w']+\s){0,4}(?:instructions?|rules|guide|guidelines|prompts?)\b"
    r"|\b(?:dear|attention|notice\sto|note\sto|instructions?\sto|message\sto)\s(?:[\w']+\s){0,2}"
    r"(?:language\smodels?|AI|LLMs?|assistants?|models?)\b"
    r"|\bif\syou\sare\san?\s(?:AI|LLM|language\smodel|assistant|model|machine)\b"
    r"|\b(?:new|updated)\ssystem\sprompt\b",
    re.IGNORECASE,
)
_FAR = 2_000  # characters before and behind a quote in which its paragraph is looked at


def gives_orders(text: str, span: Span) -> bool:
    """Whether the paragraph of a span speaks to a machine that reads it. A model may have obeyed; a reader asserts.

    A second lock only: it knows a few wordings. The first is that a model is told not to obey.
    """
    first, last = max(0, span.start - _FAR), min(len(text), span.end + _FAR)
    start = max(first, text.rfind("\n\n", first, span.start))
    behind = text.find("\n\n", span.end, last)
    end = behind if behind >= 0 else last
    return bool(_ORDER.search(view(text, start, end, join_lines=True).text))
