"""From a path to an open database: is it there, is it ours, may we use it. Every refusal is an error that says so."""

from __future__ import annotations

import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from armsledger.errors import LedgerError, NotALedger, NotFound

from . import migrations
from .schema import APPLICATION_ID, INDEXES, claim

WAIT_SECONDS = 60
"""How long a writer waits for another one to finish its batch, which takes a second at most."""

_HEADER = b"SQLite format 3\0"
_WRITE = {"armsledger_write": True}

# name of SQLite's error code -> what it means here, what to do
_TROUBLE = {
    "SQLITE_FULL": ("the disk is full", "free some space and run again: what was recorded stays"),
    "SQLITE_READONLY": ("cannot be written", "give yourself the right to write to the file and its folder, or copy it"),
    "SQLITE_CANTOPEN": ("cannot be opened", "check the rights of the file and of its folder"),
    "SQLITE_PERM": ("may not be opened", "check the rights of the file and of its folder"),
    "SQLITE_AUTH": ("may not be opened", "check the rights of the file and of its folder"),
    "SQLITE_BUSY": ("another program has kept it locked", "let the other program finish and run again"),
    "SQLITE_LOCKED": ("another program has kept it locked", "let the other program finish and run again"),
    "SQLITE_CORRUPT": ("the file is damaged", "restore a copy, or move it away and read the documents again"),
    "SQLITE_IOERR": ("the disk reports an error", "check the disk and run again: what was recorded stays"),
}


@contextmanager
def told_plainly(source: str) -> Iterator[None]:
    """Turn what the database raises into a LedgerError about ``source``."""
    try:
        yield
    except DBAPIError as problem:
        raise _plain_error(source, problem.orig) from problem
    except sqlite3.Error as problem:
        raise _plain_error(source, problem) from problem


def _plain_error(source: str, problem: BaseException | None) -> LedgerError:
    name = getattr(problem, "sqlite_errorname", "")
    if name == "SQLITE_NOTADB":
        return _not_sqlite(source)
    for code, (meaning, advice) in _TROUBLE.items():
        if name.startswith(code):  # extended codes begin with the plain one: SQLITE_READONLY_DIRECTORY
            return LedgerError(source, meaning, advice)
    return LedgerError(source, f"the database says: {problem}")


def open_engine(target: str | Path, *, create: bool) -> tuple[Engine, str]:
    """An engine on a ledger that is ours and up to date, and its name for messages. Raises as Ledger.open says."""
    path = _path(target)
    new = _look(path, create=create)
    engine = _engine(path)
    try:
        with told_plainly(str(path)):
            _identify(engine, str(path), create=create)
            if new or migrations.needed(engine, str(path)):
                _prepare(engine, str(path))
    except BaseException:
        engine.dispose()
        raise
    return engine, str(path)


def _path(target: str | Path) -> Path:
    if isinstance(target, Path) or "://" not in target:
        return Path(target)
    try:
        url = make_url(target)
    except ArgumentError:
        raise NotALedger(target, "is no address of a database", "give the path of a file") from None
    if url.get_backend_name() != "sqlite" or not url.database:
        shown = url.render_as_string(hide_password=True)
        raise LedgerError(shown, "only ledgers in SQLite files can be opened as yet", "give the path of a file")
    return Path(url.database)


def _look(path: Path, *, create: bool) -> bool:
    """Look at what stands under the path before SQLite does; True where there is nothing and a ledger may be made."""
    name = str(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if not create:
            raise NotFound(
                name, "no such ledger", "make one with: armsledger read; name another with: --ledger FILE"
            ) from None
        if not path.parent.is_dir():
            raise NotFound(name, f"there is no folder {path.parent} to make it in", "make the folder first") from None
        return True
    except OSError as problem:
        raise LedgerError(name, f"cannot be looked at: {problem.strerror}", "give the path of a file") from problem
    if stat.S_ISDIR(mode):
        raise NotALedger(name, "is a folder, expected a ledger file", "give the path of a file in it")
    if not stat.S_ISREG(mode):
        raise NotALedger(name, "is no regular file, expected a ledger file", "give the path of a file")
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except OSError as problem:
        raise LedgerError(name, f"cannot be read: {problem.strerror}", "check the rights of the file") from problem
    if header and header != _HEADER:
        raise _not_sqlite(name)
    return False


def _not_sqlite(name: str) -> NotALedger:
    return NotALedger(name, "is no SQLite file, expected a ledger", "give another path, or move the file away")


def _engine(path: Path) -> Engine:
    # An absolute path, so that a file called ":memory:" or "file:x" is that file and nothing else.
    url = URL.create("sqlite", database=str(path.absolute()))
    engine = create_engine(url, max_overflow=-1, connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _connected(raw: sqlite3.Connection, _record: Any) -> None:
        raw.isolation_level = None  # transactions begin where _begin says and nowhere else
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA recursive_triggers = ON")  # so that INSERT OR REPLACE meets the triggers against DELETE
        raw.execute("PRAGMA synchronous = FULL")  # a committed claim survives a power cut, not only a kill
        raw.execute("PRAGMA cache_size = -65536")  # 64 MiB
        raw.create_function("contains", 2, _contains, deterministic=True)
        raw.create_function("has_words", 2, _has_words, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that began as a reader could be refused halfway, without any wait.
        write = connection.get_execution_options().get("armsledger_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _contains(text: str | None, words: str) -> bool:
    return text is not None and words.casefold() in text.casefold()


def _has_words(text: str | None, words: str) -> bool:
    if text is None:
        return False
    folded = text.casefold()
    return all(word in folded for word in words.casefold().split())


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that holds the write lock; all of it is committed, or nothing."""
    with engine.connect().execution_options(**_WRITE) as connection, connection.begin():
        yield connection


def _identify(engine: Engine, name: str, *, create: bool) -> None:
    with engine.connect() as connection:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    if application == APPLICATION_ID and "migration" in tables:
        return
    if application or tables:
        raise NotALedger(name, "is a database of another program, expected a ledger", "give another path")
    if not create:
        raise NotALedger(name, "is empty, expected a ledger", "make one with: armsledger read")


def _prepare(engine: Engine, name: str) -> None:
    """Make the tables of a new ledger, or bring an older one up to date. Two programs may do so at the same time."""
    _write_ahead(engine)
    migrations.apply(lambda: writing(engine), name)


def _write_ahead(engine: Engine) -> None:
    """Put the file into WAL mode, which it keeps. Cannot be done inside a transaction.

    Where two programs do this to a new file at once, SQLite refuses one of them without the usual wait (each holds what
    the other needs), so the wait is ours.
    """
    raw = engine.raw_connection()
    try:
        for turn in range(WAIT_SECONDS * 20):
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as problem:
                if not problem.sqlite_errorname.startswith("SQLITE_BUSY") or turn == WAIT_SECONDS * 20 - 1:
                    raise
                time.sleep(1 / 20)
    finally:
        raw.close()


def build_indexes(engine: Engine, claims: int) -> None:
    """Build the indexes that are missing in a ledger of so many claims: all after the first large load, none later."""
    with engine.connect() as connection:
        if connection.execute(select(claim.c.id).offset(claims - 1).limit(1)).first() is None:
            return
        there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars())
    if all(index.name in there for index in INDEXES):
        return
    with writing(engine) as connection:
        for index in INDEXES:
            index.create(connection, checkfirst=True)
    with engine.connect() as connection, suppress(DBAPIError):  # advice to the planner; not worth failing for
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("PRAGMA optimize")
