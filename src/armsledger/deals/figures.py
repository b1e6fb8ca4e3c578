"""Shares of the arms trade as reports tell them: sentence -> whose share of what, per cent, of which years.

    figure   = party verb percent ["of"] whole [window]     India accounted for 8.3 % of global arms imports in 2020-24
             | party "'s share of" whole move               Russia's share of Indian arms imports fell from 72 % ...
             | whole ... "from" party "(" percent ")"       ... most of its arms imports from France (29 per cent)
    whole    = ("global" | "world" | "international") ("imports" | "exports")
             | party ["'s"] ["arms"] ("imports" | "exports") | "its arms imports"
    window   = YEAR "-" YEAR | "between" YEAR "and" YEAR | "from" YEAR "to" YEAR

A per cent that tells a change ("fell by 9 %", "a 47 per cent increase") is no share. Where the words leave open whose
share it is, nothing is read. A share without years in its sentence takes those of the paper where it names only one
window, and is then marked so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from armsledger.deals.written import Written, written
from armsledger.lexicon.matcher import Matcher, NameKind, lexicon, spellings
from armsledger.model import DocumentId, Span
from armsledger.text.sentences import sentence_spans


class Share(StrEnum):
    """What a share is of."""

    IMPORTS = "share of world imports"
    EXPORTS = "share of world exports"
    SUPPLIER = "supplier's share of a recipient's imports"
    RECIPIENT = "recipient's share of a supplier's exports"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Some years, the first and the last inclusive.

    >>> str(Window(2020, 2024))
    '2020-24'
    """

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last % 100:02}"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """Whose share of what: ``party``'s share of the world's trade, or of the imports or exports of ``whole``."""

    share: Share
    party: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A share that a document states: start inclusive, end exclusive, in code points of its text.

    ``stated`` is false where the years are not in the sentence but are the only ones that the paper names.
    """

    document: DocumentId
    subject: Subject
    percent: Written
    window: Window | None
    stated: bool
    start: int
    end: int
    quote: str


_PER_CENT = r"\s?(?:%|per\s?cent\b|-per\s?cent\b)"
_PERCENT = re.compile(
    rf"(?<![\d.,\u2010-\u2015-])(\d{{1,3}}(?:\.\d{{1,2}})?)(?:{_PER_CENT}|(?=\s(?:to|and)\s\d{{1,3}}(?:\.\d)?{_PER_CENT}))"
)
_CHANGED_BY = re.compile(
    r"\b(?:by|rose|fell|grew|increased?|decreased?|declined?|dropped|shrank|jumped|surged|down|up|growth of|"
    r"(?:rise|fall|drop|increase|decrease|decline) of)\s(?:(?:about|around|almost|nearly|some|an?|over|more\sthan)\s)"
    r"{0,2}$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\s(?:(?:year-on-year|overall|sharp)\s)?(?:increase|decrease|decline|drop|rise|fall|growth|higher|lower|more|less|"
    r"fewer|reduction|jump|surge|between|compared|points?|percentage)\b",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"\b(?:between\s|from\s)?((?:19|20)\d\d)(?:\s?[-\u2010-\u2015/]\s?|\s(?:to|and|through)\s)((?:19|20)?\d\d)\b"
    r"(?![-\u2013]\d)"
)
_LONGEST_WINDOW = 10  # years
_ARMS = r"(?:arms|weapons?|defen[cs]e|military)"
_TRADE = rf"(?:(?:major|total|overall|all|conventional)\s){{0,2}}(?:{_ARMS}\s)?(?:equipment\s)?"
_GOODS = r"(?P<goods>imports?|exports?|purchases|acquisitions)\b"
_WORLD = re.compile(rf"\b(?:global|worldwide|world(?:['\u2019]s)?|international|all)\s{_TRADE}{_GOODS}", re.IGNORECASE)
_OWN = re.compile(rf"\b(?:its|their|(?:the|that) country['\u2019]s)\s{_TRADE}{_GOODS}", re.IGNORECASE)
_BEHIND_PARTY = re.compile(rf"(?:['\u2019]s?)?\s{_TRADE}{_GOODS}", re.IGNORECASE)
_OF_PARTY = re.compile(rf"\b{_ARMS}\s(?P<goods>imports|exports|purchases)\s(?:by|of)\s(?:the\s)?$", re.IGNORECASE)
_GATE = re.compile(r"per\s?cent|%", re.IGNORECASE)
_ABOUT_ARMS = re.compile(rf"\b{_ARMS}\b", re.IGNORECASE)
_ABOUT_TRADE = re.compile(r"\b(?:import|export|purchase|suppl)", re.IGNORECASE)
_LONGEST = 1200  # characters of a sentence that is looked at


@dataclass(frozen=True, slots=True)
class _Party:
    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Whole:
    """What shares are of: the world's trade where ``party`` is None."""

    imports: bool
    party: _Party | None
    start: int
    end: int


@cache
def _matcher() -> Matcher:
    kinds = {NameKind.PARTY, NameKind.DEMONYM, NameKind.SEAT, NameKind.NOTHING}
    return Matcher(spellings(lexicon(), frozenset(kinds)))


def find_figures(text: str, document: DocumentId, stretches: Iterable[Span] | None = None) -> Iterator[Figure]:
    """The shares that a text states, in order; with ``stretches`` only those that stand in one of them.

    >>> said = "India accounted for 8.3 % of global arms imports in 2020-24."
    >>> [(f.subject.party, str(f.percent.amount), str(f.window)) for f in find_figures(said, DocumentId(""))]
    [('IND', '8.3', '2020-24')]
    """
    if not (_GATE.search(text) and _ABOUT_ARMS.search(text) and _ABOUT_TRADE.search(text)):
        return
    read = [Span(0, len(text))] if stretches is None else list(stretches)
    windows = {window for span in read for window, _, _ in _windows(span.of(text))}
    only = windows.pop() if len(windows) == 1 else None
    for paragraph in (paragraph for span in read for paragraph in _paragraphs(text, span)):
        for sentence in sentence_spans(text, paragraph.start, paragraph.end, longest=_LONGEST):
            said = sentence.of(text)
            if _GATE.search(said) and _ABOUT_TRADE.search(said) and _ABOUT_ARMS.search(said):
                yield from _of_sentence(said, sentence.start, document, only)


_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    """The paragraphs of a stretch: no sentence goes over an empty line."""
    at = span.start
    for gap in _EMPTY_LINE.finditer(text, span.start, span.end):
        yield Span(at, gap.start())
        at = gap.end()
    yield Span(at, span.end)


def _of_sentence(said: str, at: int, document: DocumentId, only: Window | None) -> Iterator[Figure]:
    years = list(_windows(said))
    percents = [m for m in _PERCENT.finditer(said) if not _is_change(said, m)]
    parties = [
        _Party(name.entry, m.start, m.end)
        for m in _matcher().find(said)
        if (name := m.of(NameKind.PARTY, NameKind.DEMONYM, NameKind.SEAT))
    ]
    wholes = _wholes(said, parties)
    if not percents or not wholes:
        return
    windows = _windows_of(said, percents, years)
    for percent in percents:
        whole = _whole_of(percent, wholes, said)
        party = _party_of(percent, whole, parties, percents, said)
        if party is None or (whole.party and whole.party.code == party.code):
            continue
        window = windows.get(percent.start())
        amount = Decimal(percent[1])
        exact = Written(amount, written(amount, percent[1]).step)
        start, end = len(said) - len(said.lstrip()), len(said.rstrip())
        yield Figure(
            document,
            _subject(party, whole),
            exact,
            window if years else only,
            window is not None,
            at + start,
            at + end,
            said[start:end],
        )


def _is_change(said: str, percent: re.Match[str]) -> bool:
    """Whether a per cent tells a change; "fell from 72 to 55 per cent" tells two shares."""
    before = said[max(0, percent.start() - 40) : percent.start()]
    return bool(_CHANGED_BY.search(before) or _CHANGE.match(said, percent.end()))


def _subject(party: _Party, whole: _Whole) -> Subject:
    if whole.party is None:
        return Subject(Share.IMPORTS if whole.imports else Share.EXPORTS, party.code)
    return Subject(Share.SUPPLIER if whole.imports else Share.RECIPIENT, party.code, whole.party.code)


# -- years ------------------------------------------------------------------------------------------------


def _windows(said: str) -> Iterator[_Years]:
    for found in _WINDOW.finditer(said):
        first, last = int(found[1]), int(found[2]) if len(found[2]) == 4 else int(found[1][:2] + found[2])
        if first < last <= first + _LONGEST_WINDOW:
            yield Window(first, last), found.start(), found.end()


_Years = tuple[Window, int, int]
_BEFORE = re.compile(r"\bfrom\s(?:about\s|around\s|some\s)?$", re.IGNORECASE)


def _windows_of(said: str, percents: Sequence[re.Match[str]], years: Sequence[_Years]) -> dict[int, Window]:
    """The years of each share, by where it stands.

    As many windows as shares go with them in turn. Else a window goes with the share before it and with those of a list
    around it, and one that stands before all shares with all of them; but "from 72 to 55 per cent" tells two windows,
    of which the one that is named is that of the last.
    """
    if len(years) == len(percents):
        return {p.start(): window for p, (window, _, _) in zip(percents, years, strict=True)}
    taken: dict[int, Window] = {}
    at = next((window for window, start, _ in years if start < percents[0].start()), None)
    moved = any(_BEFORE.search(said, 0, p.start()) for p in percents)
    for place, percent in enumerate(percents):
        stop = percents[place + 1].start() if place + 1 < len(percents) else len(said)
        at = next((window for window, start, _ in years if percent.end() <= start < stop), at)
        if at is not None and not (moved and _BEFORE.search(said, 0, percent.start())):
            taken[percent.start()] = at
    if not taken or moved or len(years) > 1:
        return taken
    return {p.start(): years[0][0] for p in percents}  # a list with its years at the end


# -- whose, of what ---------------------------------------------------------------------------------------


def _wholes(said: str, parties: Sequence[_Party]) -> list[_Whole]:
    """What the shares of a sentence can be of, in order."""
    found = [_Whole(_is_import(m), None, m.start(), m.end()) for m in _WORLD.finditer(said)]
    for party in parties:
        if behind := _BEHIND_PARTY.match(said, party.end):
            found.append(_Whole(_is_import(behind), party, party.start, behind.end()))
        elif before := _OF_PARTY.search(said, max(0, party.start - 40), party.start):
            found.append(_Whole(_is_import(before), party, before.start(), party.end))
    for own in _OWN.finditer(said):
        holder = next((p for p in parties if p.end <= own.start()), None)
        if holder is not None and not _RELATIVE.match(said, holder.end):
            found.append(_Whole(_is_import(own), holder, own.start(), own.end()))
    return sorted(found, key=lambda w: (w.start, w.end))


_RELATIVE = re.compile(r",?\s(?:which|that|who)\b")  # "China, which gave 82 per cent of its imports": not China's


def _is_import(found: re.Match[str]) -> bool:
    goods = found.groupdict().get("goods") or found.groupdict().get("all") or ""
    return not goods.lower().startswith("export")


_OF = re.compile(r"\s(?:share\s)?of\s(?:all\s|the\s|total\s)*$", re.IGNORECASE)


def _whole_of(percent: re.Match[str], wholes: Sequence[_Whole], said: str) -> _Whole:
    """What a share is of: what "of" behind it names, else what was named last before it, else what comes next."""
    for whole in wholes:
        if whole.start >= percent.end() and _OF.fullmatch(said, percent.end(), whole.start):
            return whole
    before = [w for w in wholes if w.start < percent.start()]
    return before[-1] if before else wholes[0]


_BRACKET = re.compile(r"\s?(?:\(|,\s|with\s|at\s)(?:about\s|around\s|a\s)?$")
_FROM = re.compile(
    r"\)?\s(?:share\s)?(?:(?:came|coming|went|going|were|was|delivered)\s){0,2}(?:from|by|to)\s(?:the\s)?$"
)


def _party_of(
    percent: re.Match[str], whole: _Whole, parties: Sequence[_Party], percents: Sequence[re.Match[str]], said: str
) -> _Party | None:
    """Whose share it is; None where the words leave it open."""
    others = [p for p in parties if not (whole.party and p.code == whole.party.code)]
    others = [p for p in others if not whole.start <= p.start < whole.end]
    for party in others:  # France (29 per cent)
        if party.end <= percent.start() and _BRACKET.fullmatch(said, party.end, percent.start()):
            return party
    for party in others:  # 29 per cent from France; 38 per cent of Russian exports went to India
        ends = (percent.end(), whole.end) if whole.start >= percent.end() else (percent.end(),)
        if any(party.start >= end and _FROM.fullmatch(said, end, party.start) for end in ends):
            return party
    if len({p.code for p in others}) == 1:
        return others[0]
    stretch = [p for p in others if p.end <= percent.start()]
    earlier = [q.end() for q in percents if q.end() <= percent.start()]
    last = max(earlier, default=0)
    near = [p for p in stretch if p.start >= last]
    return near[0] if len({p.code for p in near}) == 1 else None
