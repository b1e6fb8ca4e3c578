"""A ledger in an SQLite file: is it there, is it ours, may we use it; and how rows get into it quickly."""

from __future__ import annotations

import sqlite3
import stat
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite

from armsledger.errors import LedgerError, NotALedger, NotFound

from .schema import APPLICATION_ID

WAIT_SECONDS = 60
"""How long a writer waits for another one to finish its batch, which takes a second or two at most."""

_HEADER = b"SQLite format 3\0"
_PAGE = 8_192  # bytes: three documents of usual length and ten claims; half as many steps to write as with 4,096
_CHECKPOINT_PAGES = 4_000  # 32 MiB of the log are brought into the file at a time: neighbours of many batches at once

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


def plain_error(source: str, problem: sqlite3.Error) -> LedgerError:
    """What SQLite's error means here, and what to do."""
    name = getattr(problem, "sqlite_errorname", "")
    if name == "SQLITE_NOTADB":
        return _not_sqlite(source)
    for code, (meaning, advice) in _TROUBLE.items():
        if name.startswith(code):  # extended codes begin with the plain one: SQLITE_READONLY_DIRECTORY
            return LedgerError(source, meaning, advice)
    return LedgerError(source, f"the database says: {problem}")


# -- opening ----------------------------------------------------------------------------------------------


def look(path: Path, *, create: bool) -> bool:
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


def engine_of(path: Path) -> Engine:
    """An engine on the file; nothing is opened yet."""
    # An absolute path, so that a file called ":memory:" or "file:x" is that file and nothing else.
    url = URL.create("sqlite", database=str(path.absolute()))
    engine = create_engine(url, max_overflow=-1, connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _connected(raw: sqlite3.Connection, _record: Any) -> None:
        raw.isolation_level = None  # transactions begin where _begin says and nowhere else
        raw.execute(f"PRAGMA page_size = {_PAGE}")  # of a new file; one that is there keeps its own
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA recursive_triggers = ON")  # so that INSERT OR REPLACE meets the triggers against DELETE
        raw.execute("PRAGMA synchronous = FULL")  # a committed claim survives a power cut, not only a kill
        raw.execute("PRAGMA cache_size = -65536")  # 64 MiB
        raw.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
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


def identify(connection: Connection, name: str, *, create: bool) -> None:
    """Raises NotALedger where the file is a database of another program, or empty and none is to be made."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    if application == APPLICATION_ID and "migration" in tables:
        return
    if application or tables:
        raise NotALedger(name, "is a database of another program, expected a ledger", "give another path")
    if not create:
        raise NotALedger(name, "is empty, expected a ledger", "make one with: armsledger read")


def write_ahead(engine: Engine) -> None:
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


def index_names(connection: Connection) -> set[str]:
    """The names of the indexes that are there."""
    return set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars())


def advise(connection: Connection) -> None:
    """Let the planner look at the indexes."""
    connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
    connection.exec_driver_sql("PRAGMA optimize")


# -- rows -------------------------------------------------------------------------------------------------


def put(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> int:
    """Add rows, those that are there already left as they are, counts grown to the larger; give how many were new.

    The statement is SQLAlchemy's, the rows go straight to the driver: taking them through its parameter handling costs
    four times as much.
    """
    statement = sqlite.insert(table)
    if "count" in table.c:
        larger = statement.excluded["count"]
        statement = statement.on_conflict_do_update(
            index_elements=list(table.primary_key), set_={"count": larger}, where=larger > table.c["count"]
        )
    else:
        statement = statement.on_conflict_do_nothing()
    written = connection.exec_driver_sql(str(statement.compile(dialect=connection.dialect)), list(rows))
    return written.rowcount
