"""Dated events that a document reports: attacks, ceasefires, visits, votes, tests, accidents, signings; for timelines.

An event is kept only where its words name a party and a date that can be resolved stands with them. What may, would or
did not happen is none, and neither is the day on which somebody merely said something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from armsledger.claims.passages import Passage
from armsledger.claims.statements import anchored, dates_in, parties_of, published_day
from armsledger.claims.units import Unit
from armsledger.lexicon.gate import speaks_of_arms
from armsledger.lexicon.speech import Happening, speech
from armsledger.model import DateInterval, Document, Occurrence, Span
from armsledger.text.dates import DateMention

REACH = 14  # units between an event and its date
LONGEST = 600  # characters of the quote; of a longer sentence only the words around the event
_DOUBT = frozenset(
    "may might could would should if unless whether not never no n't without planned possible potential expected "
    "threatened fears feared alleged".split()
)


def worth(document: Document) -> bool:
    """Whether a document speaks of arms or forces at all."""
    return speaks_of_arms(document.text)


def read_occurrences(document: Document, parts: Iterable[Passage]) -> Iterator[Occurrence]:
    """The dated events of a news document, in order."""
    published = published_day(document)
    for part in parts:
        for span, units in part.sentences:
            yield from _of_sentence(document, part, span, units, published)


def _of_sentence(
    document: Document, part: Passage, span: Span, units: Sequence[Unit], published: DateInterval | None
) -> Iterator[Occurrence]:
    events = list(_events(units))
    if not events:
        return
    parties = parties_of(units)
    if not parties:
        return
    taken: set[int] = set()
    for date in dates_in(part.copy.text, span.start, span.end, published):
        near = _nearest(units, events, date)
        if near is None or near[0] in taken or _of_saying(units, date):
            continue
        taken.add(near[0])
        made = _made(document, part, units, near, date, parties)
        if made.parties:
            yield made


def _events(units: Sequence[Unit]) -> Iterator[tuple[int, int, Happening]]:
    """The words of events in a sentence (units, end exclusive), longest first at each place."""
    at = 0
    while at < len(units):
        found = _event(units, at)
        if found and not any(u.low in _DOUBT for u in units[max(0, at - 6) : at]):
            yield found
        at = found[1] if found else at + 1


def _event(units: Sequence[Unit], at: int) -> tuple[int, int, Happening] | None:
    if units[at].low not in _openers():
        return None
    for size in (3, 2, 1):
        lows = tuple(u.low for u in units[at : at + size])
        for happening in speech().happenings:
            if len(lows) == size and lows in happening.words and _stands(units, at, at + size, happening):
                return at, at + size, happening
    return None


@cache
def _openers() -> frozenset[str]:
    """The first words of all events: most words are none."""
    return frozenset(words[0] for happening in speech().happenings for words in happening.words)


def _stands(units: Sequence[Unit], first: int, last: int, happening: Happening) -> bool:
    """Whether the words that an event needs stand near it."""
    if not happening.needs:
        return True
    around = units[max(0, first - 8) : last + 9]
    return any(u.low in happening.needs or u.item is not None for u in around)


def _nearest(
    units: Sequence[Unit], events: Sequence[tuple[int, int, Happening]], date: DateMention
) -> tuple[int, int, Happening] | None:
    """The event that a date stands nearest to, with no semicolon between; None where none is within reach."""
    at = next((n for n, u in enumerate(units) if u.end > date.start), len(units) - 1)
    best: tuple[int, tuple[int, int, Happening]] | None = None
    for event in events:
        low, high = (event[1], at) if event[1] <= at else (at, event[0])
        if high - low > REACH or any(u.text == ";" or u.low in ("but", "while") for u in units[low:high]):
            continue
        if best is None or high - low < best[0]:
            best = (high - low, event)
    return best[1] if best else None


def _of_saying(units: Sequence[Unit], date: DateMention) -> bool:
    """Whether a date tells when something was said: "said on Monday", "told reporters on 3 May"."""
    at = next((n for n, u in enumerate(units) if u.end > date.start), 0)
    before = [u.low for u in units[max(0, at - 4) : at]]
    verbs = speech().verbs
    return any((w,) in verbs and w not in speech().nounish for w in before)


def _made(
    document: Document,
    part: Passage,
    units: Sequence[Unit],
    event: tuple[int, int, Happening],
    date: DateMention,
    parties: dict[str, Span],
) -> Occurrence:
    first, last = _window(units, event, date)
    inside = {p: s for p, s in parties.items() if first <= s.start and s.end <= last}
    place = part.copy.span(first, last)
    told = [
        ("kind", event[2].kind, Span(units[event[0]].start, units[event[1] - 1].end), "stated"),
        ("date", date.interval.iso, Span(date.start, date.end), "stated"),
        *(("party", party, span, "stated") for party, span in inside.items()),
    ]
    return Occurrence(
        document=document.id,
        start=place.start,
        end=place.end,
        quote=place.of(document.text),
        kind=event[2].kind,
        date=date.interval,
        parties=tuple(sorted(inside)),
        anchors=anchored(document, part, told),
    )


def _window(units: Sequence[Unit], event: tuple[int, int, Happening], date: DateMention) -> tuple[int, int]:
    """The sentence, or of a long one the words around the event and its date."""
    if units[-1].end - units[0].start <= LONGEST:
        return units[0].start, max(units[-1].end, date.end)
    low, high = min(units[event[0]].start, date.start), max(units[event[1] - 1].end, date.end)
    first = next(u.start for u in units if u.end > low - LONGEST // 3)
    last = next((u.end for u in reversed(units) if u.start < high + LONGEST // 3), high)
    return min(first, low), max(last, high)
