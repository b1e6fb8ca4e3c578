"""Questions about statements and dated events: what can be asked of them, and the answers, streamed in a fixed order.

Statements come by date of publication (undated ones last), document id, start and id; events by their first day, then
id. Dates are those of publication, as for claims: what was certainly published by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, or_, select, text

from armsledger.errors import InputError
from armsledger.model import DateInterval, Occurrence, Polarity, Statement, StatementTopic

from .connect import stretches
from .queries import behind, place
from .rows import occurrence_from, statement_from, stored
from .schema import document, occurrence, stated_by, statement, statement_party

_STRETCH = 500
_ORDER = (document.c.published_order, document.c.id, statement.c.start, statement.c.id)
# What can be asked: its key, the SQL that answers it, and the English that says it.
_CONDITIONS = (
    ("speaker", "statement.speaker = :speaker", "speaker is {}"),
    (
        "party",
        "EXISTS (SELECT 1 FROM statement_party WHERE statement_id = statement.id AND party = :party)",
        "speaker or words are of {}",
    ),
    ("speaks_for", "statement.speaks_for = :speaks_for", "speaker speaks for {}"),
    ("topic", "statement.topic = :topic", "topic is {}"),
    ("polarity", "statement.polarity = :polarity", "polarity is {}"),
    ("system", "statement.system = :system", "system is {}"),
    (
        "document",
        "(document.id = :document OR document.id IN (SELECT document_id FROM sighting WHERE name = :document))",
        "document is {}",
    ),
    ("since", "document.published_first >= :since", "published on or after {}"),
    ("until", "document.published_after <= :until", "published on or before {}"),
    ("as_of", "document.published_after <= :as_of", "as of {}"),
)
_CHOICES = {"topic": StatementTopic, "polarity": Polarity}


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements are meant; None asks nothing. Raises InputError for a value that can never match.

    ``party`` is one that the words name or that the speaker speaks for; ``speaker`` matches whole and exactly.

    >>> StatementFilter(topic="mediation", as_of="2025-06-01").sentence()
    'statements where topic is mediation, as of 2025-06-01'
    """

    speaker: str | None = None
    party: str | None = None
    speaks_for: str | None = None
    topic: str | None = None
    polarity: str | None = None
    system: str | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    def __post_init__(self) -> None:
        for key, choices in _CHOICES.items():
            value = getattr(self, key)
            if value is not None and value not in tuple(choices):
                raise InputError(key, f"{value!r} is none of its values", f"one of: {', '.join(choices)}")
        for key in ("since", "until", "as_of"):
            try:
                self._bound(key)
            except (ValueError, OverflowError) as problem:
                raise InputError(key, str(problem)) from problem

    def _bound(self, key: str) -> str | None:
        """The parameter of a condition; None where it is not asked."""
        value: str | None = getattr(self, key)
        if value is None:
            return None
        if key == "since":
            return DateInterval(value).first.isoformat()
        return DateInterval(value).after.isoformat() if key in ("until", "as_of") else stored(str(value))

    def given(self) -> Iterator[tuple[str, str, str]]:
        """The SQL, the parameter's name and its value of every condition that is asked."""
        for key, sql, _ in _CONDITIONS:
            bound = self._bound(key)
            if bound is not None:
                yield sql, key, bound

    def sentence(self) -> str:
        """What is shown, in words."""
        asked = {key: english.format(getattr(self, key)) for key, _, english in _CONDITIONS if getattr(self, key)}
        as_of = asked.pop("as_of", None)
        sentence = "statements where " + " and ".join(asked.values()) if asked else "all statements"
        return f"{sentence}, {as_of}" if as_of else sentence


def statements(
    connection: Connection, which: StatementFilter, limit: int | None = None, after: str | None = None
) -> Iterator[Statement]:
    """The statements that the filter lets through, in order; with ``after`` those behind the statement of this id."""
    given = list(which.given())
    query = _ordered().where(*(text(sql) for sql, _, _ in given)).limit(limit)
    if after is not None:
        query = query.where(*behind(_ORDER, place(connection, statement, after)))
    yield from _whole(connection, query, {key: value for _, key, value in given})


def statements_in(connection: Connection, ids: Iterable[str], as_of: str | None) -> Iterator[Statement]:
    """The statements of these documents, those published by a date, in order within each stretch of documents."""
    for some in stretches(sorted(set(ids))):
        yield from _whole(connection, _by(_ordered().where(statement.c.document_id.in_(some)), as_of), {})


def statements_about(
    connection: Connection, ids: Iterable[str], systems: Iterable[str], party: str | None, as_of: str | None
) -> Iterator[Statement]:
    """The statements of these documents, of these systems and of a party, those published by a date, in order; asked
    for together, and for as many documents as one question may name.
    """
    of_party = select(statement_party.c.statement_id).where(statement_party.c.party == stored(party or ""))
    found: dict[str, Statement] = {}
    for some in list(stretches(sorted(set(ids)))) or [()]:
        about = or_(
            statement.c.document_id.in_(some),
            statement.c.system.in_(sorted(map(stored, systems))),
            statement.c.id.in_(of_party),
        )
        query = _by(_ordered().where(about), as_of)
        found |= {one.id: one for one in _whole(connection, query, {})}
    yield from found.values()


def _by(query: Select[Any], as_of: str | None) -> Select[Any]:
    """The same of documents published by a date."""
    if as_of is None:
        return query
    return query.where(document.c.published_after <= DateInterval(as_of).after.isoformat())


def _ordered() -> Select[Any]:
    joined = statement.join(document, statement.c.document_id == document.c.id)
    return select(statement).select_from(joined).order_by(*_ORDER)


def _whole(connection: Connection, query: Select[Any], parameters: dict[str, str]) -> Iterator[Statement]:
    for rows in _stretches(connection, query, parameters):
        found: dict[str, list[str]] = defaultdict(list)
        asked = select(stated_by).where(stated_by.c.statement_id.in_([row.id for row in rows]))
        for row in connection.execute(asked):
            found[row.statement_id].append(row.reader)
        yield from (statement_from(row, found[row.id]) for row in rows)


def occurrences(connection: Connection, party: str | None, as_of: str | None) -> Iterator[Occurrence]:
    """The dated events of a party or all, told by documents published by a date."""
    query = (
        select(occurrence)
        .select_from(occurrence.join(document, occurrence.c.document_id == document.c.id))
        .order_by(occurrence.c.date_first, occurrence.c.id)
    )
    for rows in _stretches(connection, _by(query, as_of), {}):
        told = (occurrence_from(row) for row in rows)
        yield from (one for one in told if party is None or party in one.parties)


def occurrences_near(
    connection: Connection, ids: Iterable[str], first: str, last: str, as_of: str | None
) -> Iterator[Occurrence]:
    """The dated events of these documents, and those of any document that begin between two days (both included)."""
    joined = occurrence.join(document, occurrence.c.document_id == document.c.id)
    found: dict[str, Occurrence] = {}
    for some in list(stretches(sorted(set(ids)))) or [()]:
        near = or_(occurrence.c.date_first.between(first, last), occurrence.c.document_id.in_(some))
        for rows in _stretches(connection, _by(select(occurrence).select_from(joined).where(near), as_of), {}):
            found |= {row.id: occurrence_from(row) for row in rows if row.id not in found}
    yield from (found[key] for key in sorted(found, key=lambda key: (found[key].date.first, key)))


def _stretches(connection: Connection, query: Select[Any], parameters: dict[str, str]) -> Iterator[Sequence[Any]]:
    result = connection.execute(query, parameters, execution_options={"yield_per": _STRETCH})
    try:
        yield from result.partitions(_STRETCH)
    finally:
        result.close()  # at once where a stream is left: PostgreSQL keeps a cursor for it
