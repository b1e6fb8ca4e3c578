"""Where the tests put ledgers: SQLite files, and schemas of a PostgreSQL database. Both hold the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from armsledger.ledger import schema
from armsledger.ledger.connect import open_engine, reading, writing

Dump = dict[str, list[tuple[Any, ...]]]
_numbers = count()


@dataclass(frozen=True)
class Places:
    """Gives addresses of ledgers that are not there yet: files where there is no ``server``, else schemas in it."""

    server: str | None = None

    def new(self, folder: Path) -> str:
        """The address of a new ledger; a file is in the folder."""
        name = f"ledger_{next(_numbers)}"
        if self.server is None:
            return str(folder / f"{name}.db")
        with connected(self.server) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{self.server}&options=-csearch_path%3D{name}"

    @contextmanager
    def for_a_while(self) -> Iterator[str]:
        """The address of a new ledger, which is removed afterwards."""
        with tempfile.TemporaryDirectory() as folder:
            target = self.new(Path(folder))
            yield target
            if self.server is not None:
                with connected(self.server) as connection:
                    connection.execute(f"DROP SCHEMA {target.rpartition('%3D')[2]} CASCADE")


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A connection of PostgreSQL's driver, committed at the end."""
    import psycopg

    with psycopg.connect(address) as connection:
        yield connection


def dump(target: str | Path) -> Dump:
    """All rows of all tables, each table by its primary key."""
    engine, _ = open_engine(target, create=False)
    with reading(engine) as connection:
        rows = {
            table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
        }
    engine.dispose()
    return rows


def derived(target: str | Path) -> Dump:
    """The same of the tables that are worked out from the others."""
    names = {table.name for table in schema.DERIVED}
    return {name: rows for name, rows in dump(target).items() if name in names}


def execute(target: str | Path, *statements: str) -> None:
    """Run SQL past the ledger, with its triggers and in one transaction."""
    engine, _ = open_engine(target, create=False)
    try:
        with writing(engine) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()
