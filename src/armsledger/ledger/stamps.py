"""Stamps: short texts that stay the same as long as nothing has come that a page rests on.

A page that was made may be shown again as long as its stamp is the same, however much else is written meanwhile. Rows
of what is kept are only ever added, so that their ids, or how many there are, tell whether anything has come.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, or_, select

from armsledger.model import DateInterval

from .connect import stretches
from .rows import stored, told
from .schema import claim, document, form, found_by, judgement, occurrence, placed, sighting, statement, statement_party

_CONTRACT = "contract "
_LAST = "\U0010ffff"  # sorts after every text that begins alike

_found = found_by.c.claim_id + " " + found_by.c.reader + " " + found_by.c.evidence
_together = (
    select(placed.c.key, func.aggregate_strings(placed.c.own_key, "\n"), func.aggregate_strings(_found, "\n"))
    .join(found_by, found_by.c.claim_id == placed.c.claim_id)
    .where(placed.c.key.in_(bindparam("keys", expanding=True)))
    .group_by(placed.c.key)
)
_of_document = (
    select(placed.c.key, _found)
    .select_from(claim.join(placed, placed.c.claim_id == claim.c.id).join(found_by, found_by.c.claim_id == claim.c.id))
    .where(claim.c.document_id == bindparam("document"))
)
_judged = select(func.count()).select_from(judgement)


def judged(connection: Connection) -> int:
    """How many judgements there are: whatever is said of a deal may change with each."""
    return int(connection.execute(_judged).scalar_one())


def deals(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """A stamp of each of these keys that has claims: of its claims, who found them, and the contracts above them."""
    claims: dict[str, str] = {}
    contracts: dict[str, set[str]] = {}
    for some in stretches(sorted({stored(key) for key in keys})):
        for key, own, found in connection.execute(_together, {"keys": some}):
            claims[key] = found
            contracts[key] = {one.rpartition(" ")[0] for one in own.split("\n") if one.startswith(_CONTRACT)}
    shared = _under(connection, set().union(*contracts.values()))
    return {
        told(key): _digest([*sorted(found.split("\n")), *(shared[one] for one in sorted(contracts[key]))])
        for key, found in claims.items()
    }


def _under(connection: Connection, contracts: set[str]) -> Mapping[str, str]:
    """What is said under each contract, the buyers that are named included."""
    lines: dict[str, list[str]] = defaultdict(list)
    for some in stretches(sorted(contracts)):
        for at in range(0, len(some), 50):  # ranges: a database takes fewer of them than of values
            own = placed.c.own_key
            ranges = [(own >= f"{one} ") & (own < f"{one} {_LAST}") for one in some[at : at + 50]]
            for key, claim_id in connection.execute(select(own, placed.c.claim_id).where(or_(*ranges))):
                lines[key.rpartition(" ")[0]].append(f"{key} {claim_id}")
    return defaultdict(str, {key: "\n".join(sorted(told)) for key, told in lines.items()})


def document_page(connection: Connection, document_id: str) -> str:
    """A stamp of all that the page of a document shows: its claims and their deals, its forms and names, judgements."""
    rows = connection.execute(_of_document, {"document": document_id})
    lines = sorted(f"{key} {found}" for key, found in rows)
    return _digest([*lines, *map(str, connection.execute(_around_document, {"document": document_id}).one())])


_around_document = select(
    select(func.count()).where(form.c.document_id == bindparam("document")).scalar_subquery(),
    select(func.count()).where(sighting.c.document_id == bindparam("document")).scalar_subquery(),
    _judged.scalar_subquery(),
)


def deal_page(connection: Connection, key: str, relatives: Callable[[str], Iterable[str]], days: int) -> str | None:
    """A stamp of all that the page of a deal can show; None where it has no claim.

    ``relatives`` gives the systems of a system's family: what moves on is followed through them. ``days`` is how far
    around the deal's own days events are told.

    Where chains lead through the deal, what other deals their legs are called by is not in it.
    """
    stamp = deals(connection, [key]).get(key)
    if stamp is None:
        return None
    rows = connection.execute(_sides, {"key": stored(key)}).all()
    named = {
        "documents": sorted({row.document_id for row in rows}),
        "systems": sorted({row.system for row in rows if row.system}),
        "families": sorted({other for row in rows if row.system for other in relatives(row.system)}),
        "parties": sorted({party for row in rows for party in (row.supplier, row.recipient) if party}),
        "onward": sorted({row.recipient for row in rows if row.recipient and row.system}),
        "before": sorted({row.supplier for row in rows if row.supplier and row.system}),
    }
    first, last = _window(rows, days)
    counts = connection.execute(_around_deal, {**named, "first": first, "last": last}).one()
    return _digest([stamp, *map(str, counts)])


_sides = (
    select(
        claim.c.document_id, claim.c.system, claim.c.supplier, claim.c.recipient, claim.c.date,
        document.c.published_first, document.c.published_after,
    )
    .select_from(
        placed.join(claim, claim.c.id == placed.c.claim_id).join(document, document.c.id == claim.c.document_id)
    )
    .where(placed.c.key == bindparam("key"))
)  # fmt: skip


def _any(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).where(*conditions).scalar_subquery()


# Chains can lead through a deal only where somebody supplies on what its recipient received, or the other way round;
# only then is it of account what else is said of the family.
_follow = _count(_any(claim.c.system, "families"), _any(claim.c.supplier, "onward"))
_precede = _count(_any(claim.c.system, "families"), _any(claim.c.recipient, "before"))

_around_deal = select(
    _judged.scalar_subquery(),
    _count(_any(form.c.document_id, "documents")),
    _count(_any(sighting.c.document_id, "documents")),
    _count(_any(statement.c.document_id, "documents")),
    _count(_any(statement.c.system, "systems")),
    _count(_any(statement_party.c.party, "parties")),
    _count(_any(occurrence.c.document_id, "documents")),
    _count(occurrence.c.date_first.between(bindparam("first"), bindparam("last"))),
    case((_follow + _precede > 0, _count(_any(claim.c.system, "families"))), else_=0),
)


def _window(rows: Sequence[Any], days: int) -> tuple[str, str]:
    """The days in which an event that stands around such claims can begin; one that is dated by a year begins early."""
    told = [DateInterval(row.date) for row in rows if row.date]
    firsts = [*(d.first for d in told), *(date.fromisoformat(r.published_first) for r in rows if r.published_first)]
    afters = [*(d.after for d in told), *(date.fromisoformat(r.published_after) for r in rows if r.published_after)]
    if not firsts:
        return "~", ""
    first = date.fromordinal(max(1, min(firsts).toordinal() - days - 366))
    last = date.fromordinal(min(date.max.toordinal(), max(afters).toordinal() + days))
    return first.isoformat(), last.isoformat()


def _digest(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
