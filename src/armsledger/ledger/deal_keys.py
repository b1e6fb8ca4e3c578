"""Keys of deals: those of claims that fit a filter, of documents, of claims, and of papers of a time.

They come by code point, each once, and streamed where there may be many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, text, union_all

from armsledger.model import DateInterval

from .connect import stretches
from .filters import ClaimFilter
from .queries import _claims_with_documents, _stretches, _where
from .rows import stored, told
from .schema import claim, document, placed


def keys(
    connection: Connection, which: ClaimFilter, after: str | None = None, limit: int | None = None, skip: int = 0
) -> Iterator[str]:
    """The deal keys of the claims that the filter lets through, each once, in order; with ``after`` those behind it,
    with ``limit`` so many of them after the first ``skip``.
    """
    query = select(placed.c.key).distinct().order_by(placed.c.key).limit(limit).offset(skip or None)
    if after is not None:
        query = query.where(placed.c.key > stored(after))
    if which.given():  # else the index has them in order, and nothing else need be looked at
        asked = {condition.of for condition, _ in which.given()}
        rows = placed.join(claim, placed.c.claim_id == claim.c.id)
        if "document" in asked:
            rows = rows.join(document, claim.c.document_id == document.c.id)
        conditions = _where(connection, which, "claim", "document")
        if limit is not None and which.text is None and _are_many(connection, which):
            conditions = [text(c.sql.replace("claim.", "+claim.")) for c, _ in which.given()]
        query = query.select_from(rows).where(*conditions)
    for rows_ in _stretches(connection, query, which.parameters()):
        yield from (told(key) for (key,) in rows_)


_MANY = 100_000  # claims; to sort them costs more than to look for some of them in the order of their keys, even where
# these are all at the end, as the numbers of one supplier can be


def _are_many(connection: Connection, which: ClaimFilter) -> bool:
    """Whether SQLite is better off without the indexes of claims, because each would lead to very many.

    A plus before a column keeps it from using one: it then goes through the keys in order, and stops when it has
    enough (https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_). PostgreSQL knows
    from its own statistics.
    """
    if connection.dialect.name != "sqlite":
        return False
    sides = [(name, getattr(which, name)) for name in ("supplier", "recipient", "system")]
    if which.party is not None:
        return any(_has_many(connection, claim.c[name], which.party) for name in ("supplier", "recipient"))
    return all(value is None or _has_many(connection, claim.c[name], value) for name, value in sides)


def _has_many(connection: Connection, column: ColumnElement[Any], value: str) -> bool:
    found = select(column).where(column == stored(value)).offset(_MANY).limit(1)
    return connection.execute(found).first() is not None


def keys_in(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The deal keys of the claims of each of these documents, in order; documents without a claim are left out."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    query = select(claim.c.document_id, placed.c.key).join(placed, placed.c.claim_id == claim.c.id).distinct()
    for some in stretches(sorted(set(ids))):
        rows = connection.execute(query.where(claim.c.document_id.in_(some)).order_by(placed.c.key))
        for document_id, key in rows:
            found[document_id][told(key)] = None
    return {document_id: tuple(keys) for document_id, keys in found.items()}


def moved(
    connection: Connection,
    systems: Iterable[str],
    suppliers: Iterable[str],
    recipients: Iterable[str],
    as_of: str | None,
) -> set[str]:
    """Those of the systems that any of the suppliers supplies or any of the recipients receives, by the claims of
    documents published by a date.
    """
    sides = [(claim.c.supplier, sorted(suppliers)), (claim.c.recipient, sorted(recipients))]
    which = ClaimFilter(as_of=as_of)
    found: set[str] = set()
    for system in sorted(systems):
        of_system = _claims_with_documents(connection, which, claim.c.system).where(claim.c.system == system).limit(1)
        asked = [of_system.where(side == party) for side, parties in sides for party in parties]
        one = union_all(*(select(query.subquery()) for query in asked)) if asked else None
        if one is not None and connection.execute(one.limit(1), which.parameters()).first():
            found.add(system)
    return found


def keys_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The deal key of each of these claims, by the claim's id."""
    found: dict[str, str] = {}
    for some in stretches(sorted(set(ids))):
        rows = connection.execute(select(placed.c.claim_id, placed.c.key).where(placed.c.claim_id.in_(some)))
        found |= {claim_id: told(key) for claim_id, key in rows}
    return found


def keys_of_claims(connection: Connection, document_id: str) -> dict[str, str]:
    """The deal key of each claim of a document, by the claim's id."""
    query = select(placed.c.claim_id, placed.c.key).join(claim, claim.c.id == placed.c.claim_id)
    rows = connection.execute(query.where(claim.c.document_id == document_id))
    return {claim_id: told(key) for claim_id, key in rows}


def keys_between(connection: Connection, earlier: str, later: str, after: str | None) -> Iterator[str]:
    """The deal keys of claims of documents that were certainly published by the later day and not by the earlier one,
    each once, in order.
    """
    before, by = (DateInterval(day).after for day in (earlier, later))
    year = timedelta(days=min(366, before.toordinal() - 1))
    vague = before - year  # a document that is only dated by its year begins then
    query = (
        select(placed.c.key)
        .distinct()
        .select_from(
            placed.join(claim, placed.c.claim_id == claim.c.id).join(document, claim.c.document_id == document.c.id)
        )
        .where(document.c.published_order >= vague.isoformat(), document.c.published_order < by.isoformat())
        .where(document.c.published_after > before.isoformat(), document.c.published_after <= by.isoformat())
        .order_by(placed.c.key)
    )
    if after is not None:
        query = query.where(placed.c.key > stored(after))
    for rows in _stretches(connection, query, {}):
        yield from (told(key) for (key,) in rows)


def own_keys(connection: Connection, beginning: str, as_of: str | None) -> Iterator[tuple[str, str]]:
    """Own keys that begin so, each with the key of its deal, each pair once, in order."""
    which, start = ClaimFilter(as_of=as_of), stored(beginning)
    after = start + "\U0010ffff"
    query = select(placed.c.own_key, placed.c.key).where(placed.c.own_key >= start, placed.c.own_key < after)
    if as_of is not None:
        query = query.select_from(
            placed.join(claim, placed.c.claim_id == claim.c.id).join(document, claim.c.document_id == document.c.id)
        ).where(*_where(connection, which, "document"))
    query = query.distinct().order_by(placed.c.own_key, placed.c.key)
    for rows in _stretches(connection, query, which.parameters()):
        yield from ((told(own), told(key)) for own, key in rows)


def own_key_from(connection: Connection, least: str) -> str | None:
    """The first own key that sorts no earlier, by code point; None where there is none."""
    query = select(func.min(placed.c.own_key)).where(placed.c.own_key >= stored(least))
    found = connection.execute(query).scalar_one()
    return None if found is None else told(found)
