"""The changes that the schema has gone through, as named functions; each ledger records those it has had.

A new ledger is made with the tables as ``schema.py`` has them, and all changes count as applied. An older one gets the
functions that it lacks, in order, each in one transaction together with its record.

To change the schema: change ``schema.py``, and append here a function that brings an older ledger to the same form. A
name, once released, is never changed or removed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, Engine, insert, inspect, select

from armsledger.errors import NewerLedger
from armsledger.model import Anchor

from . import schema, search
from .rows import anchors_json, told

Begin = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Migration:
    """One change: its name, as recorded, and the function that makes it inside a transaction."""

    name: str
    change: Callable[[Connection], None]


def _first_tables(_connection: Connection) -> None:
    """The schema that the first ledgers had; there are none without it."""


def _statements_and_occurrences(connection: Connection) -> None:
    """What parties say about disputed matters, and dated events."""
    tables = (schema.statement, schema.statement_party, schema.stated_by, schema.occurrence)
    schema.metadata.create_all(connection, tables=tables)


def _derived_tables(connection: Connection) -> None:
    """Derived tables in place of deal keys, all of them to be settled again; the words of a claim beside it.

    Only SQLite files can be so old. The deals stay as they were until somebody settles the ledger.
    """
    run = connection.exec_driver_sql
    run("ALTER TABLE claim ADD COLUMN anchors TEXT")
    run("DROP TRIGGER claim_refuses_update")
    rows = run('SELECT claim_id, field, value, start, "end", quote, how FROM anchor ORDER BY claim_id, position')
    for claim_id, found in groupby(rows, lambda row: row[0]):
        words = [Anchor(told(f), told(v), start, end, told(q), told(how)) for _, f, v, start, end, q, how in found]
        run("UPDATE claim SET anchors = ? WHERE id = ?", (anchors_json(words), claim_id))
    run(schema.refusals(schema.claim)["claim_refuses_update"])
    run("DROP TABLE anchor")
    schema.metadata.create_all(connection, tables=schema.DERIVED)
    run("INSERT INTO placed SELECT claim_id, '', key, key FROM deal_key")
    run("DROP TABLE deal_key")
    run("INSERT INTO stale VALUES ('')")


def _words_of_claims(connection: Connection) -> None:
    """The index of the words of quotes; indexes of claims by party and system together, where there were any."""
    schema.metadata.create_all(connection, tables=(schema.word,))
    search.fill(connection)
    there = {index["name"] for index in inspect(connection).get_indexes("claim")}
    for index in schema.INDEXES:
        if index.name in ("claim_by_supplier", "claim_by_recipient") and index.name in there:
            index.drop(connection)
            index.create(connection)


MIGRATIONS: tuple[Migration, ...] = (
    Migration("0001 first tables", _first_tables),
    Migration("0002 statements and occurrences", _statements_and_occurrences),
    Migration("0003 derived tables", _derived_tables),
    Migration("0004 words of claims", _words_of_claims),
)


def applied(connection: Connection) -> tuple[str, ...]:
    """Names of the changes that the ledger has had, sorted."""
    if not connection.dialect.has_table(connection, schema.migration.name):
        return ()
    return tuple(connection.scalars(select(schema.migration.c.name).order_by(schema.migration.c.name)))


def pending(connection: Connection, source: str, known: Sequence[Migration] = MIGRATIONS) -> tuple[Migration, ...]:
    """Changes that the ledger has not had, in order. Raises NewerLedger where it had one that this program lacks."""
    had = set(applied(connection))
    if unknown := sorted(had - {migration.name for migration in known}):
        raise NewerLedger(
            source,
            f"was written by a later version of armsledger (it has had the change {unknown[-1]!r}, "
            f"this version knows changes up to {known[-1].name!r})",
            "update armsledger: pip install --upgrade armsledger",
        )
    return tuple(migration for migration in known if migration.name not in had)


def needed(engine: Engine, source: str) -> bool:
    """Whether any change is pending. Changes nothing."""
    with engine.connect() as connection:
        return bool(pending(connection, source))


def apply(begin: Begin, source: str, known: Sequence[Migration] = MIGRATIONS) -> None:
    """Make the tables of a new ledger, or all pending changes of an older one, each in a transaction with its record.

    ``begin`` opens a write transaction. Two programs may do this to one ledger at the same time.
    """
    with begin() as connection:
        if not applied(connection):
            schema.metadata.create_all(connection)
            for migration in known:
                _record(connection, migration)
            return
        todo = pending(connection, source, known)
    for migration in todo:
        with begin() as connection:
            if migration.name not in applied(connection):  # another program may have been quicker
                migration.change(connection)
                _record(connection, migration)


def _record(connection: Connection, migration: Migration) -> None:
    connection.execute(insert(schema.migration).values(name=migration.name))
