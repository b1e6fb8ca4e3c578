"""Whose word a sentence is: the subject of its reporting verb, "according to", a quotation that goes on; else the
author.

Cautious on purpose: where nothing names a speaker it is the author's word, and background clauses ("the tanks, ordered
in 2019, ...") stay the author's even inside a reported sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from armsledger.claims.events import Event
from armsledger.claims.units import Unit
from armsledger.lexicon.grammar import grammar
from armsledger.model import SpeakerKind


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice: its name as written, its kind, and the units that name it (first inclusive, last exclusive)."""

    name: str
    kind: SpeakerKind
    first: int = 0
    last: int = 0


AUTHOR = Speaker("author", SpeakerKind.AUTHOR)
_ROLES = frozenset(
    "official officials spokesman spokeswoman spokesperson spokespersons source sources analyst "
    "analysts expert experts diplomat diplomats aide aides minister ministry president general "
    "officer adviser advisor commander executive executives lawmaker lawmakers senator report "
    "reports statement media newspaper newspapers observers".split()
)
_UNNAMED = frozenset(
    "source sources official officials aide aides diplomat diplomats people observers analysts experts insiders".split()
)


def speaker_of(units: Sequence[Unit], event: Event | None, text: str) -> Speaker:
    """The speaker of a sentence for one of its events; the author where none is found."""
    told = _according(units, text) or _reporting(units, text)
    if told is None:
        return AUTHOR
    if event is not None and told.first > event.high and not _closes(units, told, event):
        return AUTHOR
    return told


def _closes(units: Sequence[Unit], told: Speaker, event: Event) -> bool:
    """Whether a reporting clause behind an event still covers it.

    Nothing but the event's own clauses stands between.
    """
    return all(u.text != ";" for u in units[event.high : told.first])


def _according(units: Sequence[Unit], text: str) -> Speaker | None:
    for at in range(len(units) - 2):
        if units[at].low == "according" and units[at + 1].low == "to":
            return _name(units, at + 2, text)
        if units[at].low == "citing" or (
            units[at].low == "quoted" and at + 1 < len(units) and units[at + 1].low == "by"
        ):
            return _name(units, at + 1, text) if units[at].low == "citing" else None
        if units[at].low == "as" and units[at + 1].low == "per":
            return _name(units, at + 2, text)
    return None


def _reporting(units: Sequence[Unit], text: str) -> Speaker | None:
    """The subject of the sentence's reporting verb: before it, or behind it in inverted order."""
    verbs = [
        i
        for i, u in enumerate(units)
        if u.low in grammar().reporting and u.kind == "word" and not _participle(units, i)
    ]
    for at in verbs:
        before = _subject(units, at, text)
        if before:
            return before
        after = (
            _name(units, at + 1, text)
            if at + 1 < len(units) and (units[at - 1].text in ',"”' if at else False)
            else None
        )
        if after:
            return after
    return None


def _participle(units: Sequence[Unit], at: int) -> bool:
    before = units[at - 1].low if at else ""
    return before in ("was", "were", "is", "are", "been", "be", "the", "a", "of", "its", "as", "to", "in")


_STOP = re.compile(r'[,;:"“”.]')


def _subject(units: Sequence[Unit], at: int, text: str) -> Speaker | None:
    """The noun phrase right before a reporting verb, back to the last comma, quotation mark or conjunction."""
    first = at
    while first > 0 and at - first < 14:
        u = units[first - 1]
        if (_STOP.fullmatch(u.text) and not _apposed(units, first - 1, at)) or u.low in (
            "that",
            "while",
            "but",
            "and",
            "as",
            "when",
        ):
            break
        first -= 1
    if first == at:
        return None
    return _phrase(units, first, at, text)


def _apposed(units: Sequence[Unit], comma: int, verb: int) -> bool:
    """A comma right before the verb closes an apposition ("the agency, which does X, said")."""
    return units[comma].text == "," and comma == verb - 1


def _name(units: Sequence[Unit], at: int, text: str) -> Speaker | None:
    last = at
    while (
        last < len(units)
        and last - at < 10
        and not _STOP.fullmatch(units[last].text)
        and units[last].low not in ("that", "who", "which", "on", "in", "after", "as", "told", "said")
    ):
        last += 1
    return _phrase(units, at, last, text) if last > at else None


def _phrase(units: Sequence[Unit], first: int, last: int, text: str) -> Speaker | None:
    """A noun phrase as a speaker.

    The person's name in it, else the office, company or outlet, else the unnamed role.
    """
    part = units[first:last]
    words = text[part[0].start : part[-1].end]
    outlet = next((u for u in part if u.kind == "outlet"), None)
    if outlet:
        return Speaker(outlet.text, SpeakerKind.OUTLET, first, last)
    person = _person(part)
    if person:
        return Speaker(person, SpeakerKind.PERSON, first, last)
    lows = {u.low for u in part}
    if lows & {
        "media",
        "newspaper",
        "newspapers",
        "daily",
        "agency",
        "television",
        "broadcaster",
        "website",
        "press",
    } and not any(u.kind == "office" for u in part):
        return Speaker(_stripped(words), SpeakerKind.OUTLET, first, last)
    if lows & _UNNAMED:
        return Speaker("unnamed sources", SpeakerKind.UNNAMED, first, last)
    office = next((u for u in part if u.kind == "office"), None)
    if office:
        return Speaker(office.text, SpeakerKind.OFFICE, first, last)
    company = next((u for u in part if u.kind == "company"), None)
    if company:
        return Speaker(company.text, SpeakerKind.COMPANY, first, last)
    if lows & _ROLES or any(u.kind == "party" for u in part):
        return Speaker(_stripped(words), SpeakerKind.OFFICE, first, last)
    return None


def _person(part: Sequence[Unit]) -> str | None:
    """Two or three capitalised words in a row that name nobody else: a person."""
    run: list[str] = []
    best: list[str] = []
    for n, u in enumerate(part):
        capital = (
            u.kind == "word"
            and u.text[:1].isupper()
            and u.text[1:2].islower()
            and (n or len(part) > 2)
            and u.low not in _TITLES
        )
        if capital:
            run.append(u.text)
            best = run if len(run) >= len(best) else best
        else:
            run = []
    return " ".join(best[-3:]) if len(best) >= 2 else None


_TITLES = frozenset(
    "the president minister prime defense defence foreign secretary state general deputy senior "
    "former chief vice admiral major lieutenant colonel captain ambassador professor dr mr mrs ms us "
    "chairman ceo director spokesman spokeswoman spokesperson commander in on a an his her".split()
)


def _stripped(words: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", " ".join(words.split()), flags=re.IGNORECASE)
