"""A ledger in a schema of a PostgreSQL database, by psycopg: is it ours, may we use it; and how rows get into it
quickly.

The ledger is the schema that comes first on the connection's search path, ``public`` unless the address says otherwise.
One program writes at a time, as with a file, so that what is worked out from the tables holds when it is written;
readers see the state at their first question and wait for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from armsledger.errors import LedgerError, MissingExtra, NotALedger, NotFound

from .schema import APPLICATION_ID, REFUSING, metadata

if TYPE_CHECKING:
    from psycopg import Error

NAMES = ("postgresql", "postgres")
"""How an address of such a ledger begins, before ``://``."""

WAIT_SECONDS = 60
"""How long a writer waits for another one to finish its batch, which takes a second or two at most."""

_CONNECT_SECONDS = 20
_OLDEST = 120_000  # PostgreSQL 12
_SECRETS = ("password", "sslpassword")

# Beginning of PostgreSQL's error code (https://www.postgresql.org/docs/current/errcodes-appendix.html) -> what it
# means here, what to do; the first that fits.
_TROUBLE = {
    "53100": ("the disk of the database is full", "free some space there and run again: what was recorded stays"),
    "25006": ("cannot be written: the database is read-only", "write to the primary server, not to a copy of it"),
    "42501": ("the database does not permit it", "give the user rights on the schema and its tables"),
    "55P03": ("another program has kept it locked", "let the other program finish and run again"),
    "54000": ("a name or key in it is too long for an index of PostgreSQL", "keep this ledger in an SQLite file"),
    "28": ("the database refuses this user", "check name and password; PGPASSWORD or ~/.pgpass may hold it"),
    "3D000": ("there is no such database", "make it with: createdb"),
    "53": ("the database is at its limits", "let other programs finish and run again: what was recorded stays"),
    "57P": ("the database has been stopped", "start it and run again: what was recorded stays"),
    "08": ("the connection to the database broke", "run again: what was recorded stays"),
    "XX": ("the database is damaged, it says", "restore a copy, or read the documents again"),
}

# What is said before there is a connection has no code.
_REFUSED = (
    (re.compile(r"password|pg_hba\.conf|role .* does not exist"), "28"),
    (re.compile(r"database .* does not exist"), "3D000"),
)


def is_error(problem: BaseException | None) -> TypeGuard[Error]:
    """Whether the driver raised it; the driver itself is loaded only where such a ledger is opened."""
    return hasattr(problem, "sqlstate")


def plain_error(source: str, problem: Error) -> LedgerError:
    """What PostgreSQL's error means here, and what to do. Passwords are never told."""
    code = problem.sqlstate or ""
    for beginning, (meaning, advice) in _TROUBLE.items():
        if code.startswith(beginning):
            return LedgerError(source, meaning, advice)
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    said = lines[0] if lines else type(problem).__name__
    if code:
        return LedgerError(source, f"the database says: {said}")
    for wording, meaning in _REFUSED:
        if wording.search(said):
            return LedgerError(source, *_TROUBLE[meaning])
    return LedgerError(source, f"cannot be reached: {said}", "is the server running, and is this its address?")


# -- opening ----------------------------------------------------------------------------------------------


def address(target: str) -> tuple[URL, str]:
    """The address for SQLAlchemy and the same for messages, without passwords. Raises LedgerError."""
    kind = target.partition("://")[0]
    try:
        url = make_url(target)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise LedgerError(
            f"{kind}://...", "is no address of a database", "expected postgresql://user@host:port/database"
        ) from None
    shown = url.update_query_dict({name: "***" for name in _SECRETS if name in url.query})
    return url.set(drivername="postgresql+psycopg"), re.sub(r"^postgres\b", "postgresql", _shown(shown))


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def engine_of(url: URL) -> Engine:
    """An engine on the database; nothing is opened yet. Raises MissingExtra where the driver is not installed."""
    try:
        import psycopg  # noqa: F401 (only to see whether it is there)
    except ImportError:
        raise MissingExtra("a ledger on PostgreSQL", "postgres") from None
    known = {"application_name": "armsledger", "connect_timeout": _CONNECT_SECONDS}
    arguments = {name: value for name, value in known.items() if name not in url.query}
    engine = create_engine(url, max_overflow=-1, connect_args={**arguments, "client_encoding": "utf8"})

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        cursor = connection.connection.cursor()  # the driver's own: whatever the options of the connection say
        if connection.get_execution_options().get("armsledger_write", False):
            # Each statement of a writer sees what was committed before it, and nobody else writes meanwhile.
            cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
            cursor.execute(f"SELECT pg_advisory_xact_lock({APPLICATION_ID}, hashtext(current_schema()))")
        else:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.close()

    return engine


def identify(connection: Connection, name: str, *, create: bool) -> bool:
    """Whether there is a ledger in the schema. Raises NotALedger or LedgerError where there is none and none can be."""
    ask = connection.exec_driver_sql
    version = int(ask("SHOW server_version_num").scalar_one())
    if version < _OLDEST:
        raise LedgerError(name, f"the server is PostgreSQL {version // 10_000}", "12 or later is needed")
    if (encoding := ask("SHOW server_encoding").scalar_one()) != "UTF8":
        raise LedgerError(name, f"the database is encoded in {encoding}", "make one with: createdb --encoding UTF8")
    schema = ask("SELECT current_schema()").scalar_one()
    if schema is None:
        raise NotFound(name, "the schema that the address names is not there", "make it with: CREATE SCHEMA")
    ours = "SELECT count(*) FROM pg_proc WHERE proname = %s AND pronamespace = current_schema()::regnamespace"
    tables = set(ask("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").scalars())
    if "migration" in tables and ask(ours, (REFUSING,)).scalar_one():
        return True
    if tables:
        advice = "give another database, or a schema of its own: ...?options=-csearch_path%3DNAME"
        raise NotALedger(name, f"the schema {schema!r} has tables of another program, expected a ledger", advice)
    if not create:
        raise NotALedger(name, "is empty, expected a ledger", "make one with: armsledger read")
    return False


def index_names(connection: Connection) -> set[str]:
    """The names of the indexes that are there."""
    asked = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
    return set(connection.exec_driver_sql(asked).scalars())


def advise(connection: Connection) -> None:
    """Let the planner look at the tables now: by itself it does so minutes later."""
    connection.exec_driver_sql(f"ANALYZE {', '.join(table.name for table in metadata.sorted_tables)}")


# -- rows -------------------------------------------------------------------------------------------------


def put(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> int:
    """Add rows, those that are there already left as they are, counts grown to the larger; give how many were new.

    The rows go by COPY into a table that only this connection has, and from there in one statement.
    """
    quote = connection.dialect.identifier_preparer.quote
    keys = ", ".join(quote(column.name) for column in table.primary_key)
    conflict = "DO NOTHING"
    if "count" in table.c:
        rows = _largest(rows, len(table.primary_key))
        conflict = f"({keys}) DO UPDATE SET count = excluded.count WHERE excluded.count > {table.name}.count"
    columns = ", ".join(quote(column.name) for column in table.c)
    raw: Any = connection.connection
    with raw.cursor() as cursor:
        incoming = f"incoming_{table.name}"
        cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {incoming} (LIKE {table.name}) ON COMMIT DELETE ROWS")
        with cursor.copy(f"COPY pg_temp.{incoming} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        selected = f"SELECT {columns} FROM pg_temp.{incoming}"  # noqa: S608 (our own names)
        cursor.execute(f"INSERT INTO {table.name} ({columns}) {selected} ON CONFLICT {conflict}")
        written = int(cursor.rowcount)
        cursor.execute(f"TRUNCATE pg_temp.{incoming}")  # the table may be written to again before the commit
    return written


def _largest(rows: Sequence[tuple[Any, ...]], key: int) -> list[tuple[Any, ...]]:
    """One row for each key, that of the largest count: PostgreSQL does not change a row twice in one statement."""
    kept: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in rows:
        known = kept.get(row[:key])
        if known is None or known[-1] < row[-1]:
            kept[row[:key]] = row
    return list(kept.values())
