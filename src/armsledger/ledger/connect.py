"""From a path or an address to an open database, and what the two kinds of database have in common.

A connection for reading sees one state, that at its first question; one for writing holds the only write lock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from armsledger.errors import LedgerError, NotALedger

from . import migrations, on_postgresql, on_sqlite
from .schema import INDEXES, claim

_WRITE = {"armsledger_write": True}
_STRETCH = 500  # ids asked for at a time


@contextmanager
def told_plainly(source: str) -> Iterator[None]:
    """Turn what the database raises into a LedgerError about ``source``."""
    try:
        yield
    except Exception as problem:
        told = problem.orig if isinstance(problem, DBAPIError) else problem
        if isinstance(told, sqlite3.Error):
            raise on_sqlite.plain_error(source, told) from problem
        if on_postgresql.is_error(told):
            raise on_postgresql.plain_error(source, told) from problem
        raise


def open_engine(target: str | Path, *, create: bool) -> tuple[Engine, str]:
    """An engine on a ledger that is ours and up to date, and its name for messages. Raises as Ledger.open says."""
    if isinstance(target, str) and target.partition("://")[0] in on_postgresql.NAMES:
        url, name = on_postgresql.address(target)
        engine, new = on_postgresql.engine_of(url), False
    else:
        path = _path(target)
        name, new, engine = str(path), on_sqlite.look(path, create=create), on_sqlite.engine_of(path)
    try:
        with told_plainly(name):
            _prepare(engine, name, new=new, create=create)
    except BaseException:
        engine.dispose()
        raise
    return engine, name


def _path(target: str | Path) -> Path:
    if isinstance(target, Path) or "://" not in target:
        return Path(target)
    kind = target.partition("://")[0]
    try:
        url = make_url(target)
    except (ArgumentError, ValueError):
        raise NotALedger(f"{kind}://...", "is no address of a database", "give the path of a file") from None
    if url.get_backend_name() != "sqlite" or not url.database:
        known = "only SQLite files and PostgreSQL databases (postgresql://...) hold ledgers"
        raise LedgerError(f"{kind}://...", known, "give the path of a file")
    return Path(url.database)


def _prepare(engine: Engine, name: str, *, new: bool, create: bool) -> None:
    """Make the tables of a new ledger, or bring an older one up to date. Two programs may do so at the same time."""
    kind = _kind(engine)
    with reading(engine) as connection:
        kind.identify(connection, name, create=create)
    if new or migrations.needed(engine, name):
        if kind is on_sqlite:
            on_sqlite.write_ahead(engine)
        migrations.apply(lambda: writing(engine), name)


def _kind(engine: Engine | Connection) -> Any:
    return on_sqlite if engine.dialect.name == "sqlite" else on_postgresql


# -- reading and writing ----------------------------------------------------------------------------------


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the state at its first question."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that holds the write lock; all of it is committed, or nothing."""
    with engine.connect().execution_options(**_WRITE) as connection, connection.begin():
        yield connection


def put(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> int:
    """Add rows, each a tuple in the order of the table's columns; give how many were new.

    Those that are there already stay as they are; counts grow to the larger one.
    """
    return int(_kind(connection).put(connection, table, rows)) if rows else 0


def known(connection: Connection, table: Table, ids: Iterable[str]) -> set[str]:
    """Those of the ids that the table has."""
    found: set[str] = set()
    for some in stretches(sorted(ids)):
        found.update(connection.scalars(select(table.c.id).where(table.c.id.in_(some))))
    return found


def stretches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids, so many at a time as a database takes in one question."""
    return (ids[start : start + _STRETCH] for start in range(0, len(ids), _STRETCH))


def build_indexes(engine: Engine, claims: int) -> None:
    """Build the indexes that are missing in a ledger of so many claims: all after the first large load, none later."""
    kind = _kind(engine)
    with reading(engine) as connection:
        if connection.execute(select(claim.c.id).offset(claims - 1).limit(1)).first() is None:
            return
        there = kind.index_names(connection)
    if all(index.name in there for index in INDEXES):
        return
    with writing(engine) as connection:
        there = kind.index_names(connection)
        for index in INDEXES:
            if index.name not in there:
                index.create(connection)
    with suppress(DBAPIError), writing(engine) as connection:  # advice to the planner; not worth failing for
        kind.advise(connection)
