"""Changes of the schema: each once, in order, together with its record or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, inspect

from armsledger.errors import NewerLedger
from armsledger.ledger.connect import open_engine, writing
from armsledger.ledger.migrations import MIGRATIONS, Migration, applied, apply, pending


def add(table: str) -> Migration:
    return Migration(f"add {table}", lambda connection: _execute(connection, f"CREATE TABLE {table} (x)"))


def _execute(connection: Connection, sql: str) -> None:
    connection.exec_driver_sql(sql)


def fail(connection: Connection) -> None:
    _execute(connection, "CREATE TABLE half_done (x)")
    raise RuntimeError("in the middle")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine, _ = open_engine(tmp_path / "ledger.db", create=True)
    yield engine
    engine.dispose()


def state(engine: Engine) -> tuple[str, ...]:
    with engine.connect() as connection:
        return applied(connection)


def test_a_new_ledger_has_had_all(engine: Engine) -> None:
    assert state(engine) == tuple(migration.name for migration in MIGRATIONS)
    with engine.connect() as connection:
        assert pending(connection, "x") == ()


def test_names_are_in_order_and_unlike() -> None:
    names = [migration.name for migration in MIGRATIONS]
    assert names == sorted(set(names))


def test_an_older_ledger_gets_what_it_lacks(engine: Engine) -> None:
    known = (*MIGRATIONS, add("one"), add("two"))
    with engine.connect() as connection:
        assert [migration.name for migration in pending(connection, "x", known)] == ["add one", "add two"]
    apply(partial(writing, engine), "x", known)
    assert {"add one", "add two"} <= set(state(engine))
    assert {"one", "two"} <= set(inspect(engine).get_table_names())
    apply(partial(writing, engine), "x", known)  # nothing is made twice


def test_a_change_that_fails_leaves_nothing_and_keeps_those_before(engine: Engine) -> None:
    known = (*MIGRATIONS, add("one"), Migration("fails", fail), add("two"))
    with pytest.raises(RuntimeError):
        apply(partial(writing, engine), "x", known)
    assert "add one" in state(engine)
    assert "fails" not in state(engine)
    assert not {"half_done", "two"} & set(inspect(engine).get_table_names())


def test_a_change_that_is_not_known_means_a_newer_ledger(engine: Engine) -> None:
    apply(partial(writing, engine), "x", (*MIGRATIONS, add("one")))
    with engine.connect() as connection, pytest.raises(NewerLedger, match="add one"):
        pending(connection, "x")
