"""A timeline: the claims of a deal among the statements and the dated events around it, each on its day.

    happened   the day is that of the thing itself, as it is told: a stage that was reached, an event
    told       the day is that of the document: a denial, a rumour, a plan, a statement, whatever names no day

What is only possible, denied or still to come never stands on the day that it speaks of: that day is told beside it.
A pure function of what is given; what cannot be dated at all stands at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from armsledger.deals.bearing import Bearing, Published, Told, interval, voice
from armsledger.deals.grounds import thing
from armsledger.deals.life import Life
from armsledger.deals.matters import matters, parties_of
from armsledger.model import Claim, DateInterval, DocumentId, Occurrence, Polarity, Statement, StatementTopic

AROUND_DAYS = 180  # how far from the deal's own days an event of another document may lie


class EntryKind(StrEnum):
    """What stands on a day: a claim of the deal, somebody's statement, or an event."""

    CLAIM = "claim"
    STATEMENT = "statement"
    EVENT = "event"


class On(StrEnum):
    """Whether the day is that on which it happened, or that on which it was told."""

    HAPPENED = "happened"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a timeline. ``day`` is where it stands (None: at the end), ``speaks_of`` a day that it only names.

    ``id`` is that of the claim, statement or event; ``what`` says it in words; ``told`` is its day of publication.
    ``contested`` where somebody affirms it and somebody denies it.
    """

    kind: EntryKind
    on: On
    day: DateInterval | None
    speaks_of: DateInterval | None
    what: str
    voice: str
    contested: bool
    denied: bool
    id: str
    document: DocumentId
    told: str | None
    start: int
    end: int
    quote: str


def timeline(
    life: Life, statements: Iterable[Statement], occurrences: Iterable[Occurrence], published: Published
) -> tuple[Entry, ...]:
    """The entries in the order of their days; of one day, what happened before what was told."""
    given = list(statements)
    contested = {s.id for matter in matters(given) if matter.contested for s in matter.statements}
    entries = [*_claims(life), *(_statement(s, s.id in contested, published) for s in given)]
    entries += [_event(o, published) for o in occurrences]
    return tuple(sorted(dict.fromkeys(entries), key=_order))


def _order(entry: Entry) -> tuple[str, str, bool, str, str, int, str]:
    days = (entry.day.first.isoformat(), entry.day.after.isoformat()) if entry.day else ("~", "~")
    return *days, entry.on is On.TOLD, entry.kind, entry.document, entry.start, entry.id


# -- entries ----------------------------------------------------------------------------------------------


def _claims(life: Life) -> Iterator[Entry]:
    contested = {t.id for t in (*life.contested, *life.contesting)}
    for t in life.told:
        claim, happened = t.claim, t.happened
        yield Entry(
            kind=EntryKind.CLAIM,
            on=On.HAPPENED if happened else On.TOLD,
            day=happened or interval(t.published),
            speaks_of=None if happened else claim.date,
            what=_claimed(t),
            voice=voice(claim),
            contested=t.id in contested,
            denied=claim.polarity is Polarity.DENIED,
            id=t.id,
            document=claim.document,
            told=t.published,
            start=claim.start,
            end=claim.end,
            quote=claim.quote,
        )


_HOW = {
    Bearing.REACHED: "{}",
    Bearing.POSSIBLE: "possibly {}",
    Bearing.AHEAD: "{} still to come",
    Bearing.DENIED: "{}: denied",
    Bearing.DOUBTED: "{}: doubted",
}


def _claimed(told: Told) -> str:
    return _HOW[told.bearing].format(told.claim.stage)


def _statement(statement: Statement, contested: bool, published: Published) -> Entry:
    told = published.get(statement.document)
    return Entry(
        kind=EntryKind.STATEMENT,
        on=On.TOLD,
        day=interval(told),
        speaks_of=statement.date,
        what=f"{statement.topic}: {statement.polarity}",
        voice=statement.speaker,
        contested=contested,
        denied=statement.polarity is Polarity.DENIED,
        id=statement.id,
        document=statement.document,
        told=told,
        start=statement.start,
        end=statement.end,
        quote=statement.quote,
    )


def _event(occurrence: Occurrence, published: Published) -> Entry:
    return Entry(
        kind=EntryKind.EVENT,
        on=On.HAPPENED,
        day=occurrence.date,
        speaks_of=None,
        what=f"{occurrence.kind}: {', '.join(occurrence.parties)}",
        voice="",
        contested=False,
        denied=False,
        id=occurrence.id,
        document=occurrence.document,
        told=published.get(occurrence.document),
        start=occurrence.start,
        end=occurrence.end,
        quote=occurrence.quote,
    )


# -- what is around a deal --------------------------------------------------------------------------------

_OF_ARMS = frozenset(
    {StatementTopic.TRANSFER, StatementTopic.APPROVAL, StatementTopic.DIVERSION, StatementTopic.SANCTIONS}
)


def statements_around(claims: Sequence[Claim], statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements that are of a deal's system and one of its sides, of both its sides, or, in its own documents and
    on arms, of one side; and those that contradict one of these.
    """
    given = list(statements)
    sides, families = _sides(claims), _families(claims)
    own = {c.document for c in claims}
    kept = {s.id for s in given if _is_around(s, sides, families, own)}
    for matter in matters(given):
        if matter.contested and any(s.id in kept for s in matter.statements):
            kept |= {s.id for s in matter.statements}
    return tuple(s for s in given if s.id in kept)


def _is_around(
    statement: Statement, sides: Collection[str], families: Collection[str], own: Collection[DocumentId]
) -> bool:
    named = set(parties_of(statement)) & set(sides)
    if statement.system is not None:
        return bool(named) and thing(statement.system, None) in families
    both = len(named) > 1
    return statement.topic in _OF_ARMS and (both or (bool(named) and statement.document in own))


def occurrences_around(
    claims: Sequence[Claim], occurrences: Iterable[Occurrence], published: Published, days: int = AROUND_DAYS
) -> tuple[Occurrence, ...]:
    """The events of a deal's own documents that name one of its sides; of others, those that name its recipient or
    both its sides and lie within so many days of the deal's own.
    """
    sides, own = _sides(claims), {c.document for c in claims}
    recipients = {c.recipient for c in claims if c.recipient}
    span = _span(claims, published, timedelta(days=days))

    def is_around(event: Occurrence) -> bool:
        named = set(event.parties) & sides
        if event.document in own:
            return bool(named)
        near = span is not None and event.date.after > span[0] and event.date.first < span[1]
        return near and (len(named) > 1 or bool(named & recipients))

    return tuple(o for o in occurrences if is_around(o))


def _sides(claims: Iterable[Claim]) -> set[str]:
    return {p for c in claims for p in (c.supplier, c.recipient) if p}


def _families(claims: Iterable[Claim]) -> set[str]:
    return {thing(c.system, c.item) for c in claims if c.system or c.item}


def _span(claims: Iterable[Claim], published: Published, around: timedelta) -> tuple[date, date] | None:
    """From the first to the last day of a deal, as told and as published, and so many days around it."""
    days = [d for c in claims for d in (c.date, interval(published.get(c.document))) if d is not None]
    if not days:
        return None
    try:
        return min(d.first for d in days) - around, max(d.after for d in days) + around
    except OverflowError:
        return min(d.first for d in days), max(d.after for d in days)
