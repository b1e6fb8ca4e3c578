"""Changes of the schema: each once, in order, together with its record or not at all; and nothing is lost by them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection, Engine, inspect

from armsledger.errors import NewerLedger
from armsledger.ledger import Ledger
from armsledger.ledger.connect import open_engine, writing
from armsledger.ledger.migrations import MIGRATIONS, Migration, applied, apply, pending
from armsledger.model import Reading
from strategies import batches

from .made_up import RULES, many
from .older import to_0001, to_0002
from .places import Places, dump
from .toy import TOY


def add(table: str) -> Migration:
    return Migration(f"add {table}", lambda connection: _execute(connection, f"CREATE TABLE {table} (x integer)"))


def _execute(connection: Connection, sql: str) -> None:
    connection.exec_driver_sql(sql)


def fail(connection: Connection) -> None:
    _execute(connection, "CREATE TABLE half_done (x integer)")
    raise RuntimeError("in the middle")


@pytest.fixture
def engine(target: str) -> Iterator[Engine]:
    engine, _ = open_engine(target, create=True)
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


# -- ledgers of earlier versions --------------------------------------------------------------------------


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(batches())
def test_an_older_ledger_becomes_what_a_new_one_is(made: list[Reading]) -> None:
    with Places().for_a_while() as new, Places().for_a_while() as old:
        for target in (new, old):
            with Ledger.open(target) as ledger:
                ledger.record(made, TOY)
        to_0002(Path(old))
        with Ledger.open(old) as ledger:
            assert ledger.unsettled() == 1
            with Ledger.open(new) as other:
                assert list(ledger.claims()) == list(other.claims())
            ledger.settle(TOY)
        with Ledger.open(new) as ledger:
            ledger.settle(TOY)
        assert dump(old) == dump(new)


def test_an_older_ledger_shows_its_deals_before_they_are_settled(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(many(50), RULES)
        keys = list(ledger.keys())
    to_0002(path)
    with Ledger.open(path) as ledger:
        assert list(ledger.keys()) == keys
        assert sum(len(claims) for _, claims in ledger.claims_of(keys)) == 150


def test_the_oldest_ledger_gets_every_table(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record((Reading(r.document, claims=r.claims) for r in many(5)), RULES)
        claims = list(ledger.claims())
    to_0001(path)
    with Ledger.open(path) as ledger:
        assert list(ledger.claims()) == claims
        ledger.record(many(5), RULES)
        assert len(list(ledger.statements())) == 5
        ledger.settle(RULES)
        assert ledger.unsettled() == 0


OPENS = "import sys; from armsledger.ledger import Ledger; print('go', flush=True); Ledger.open(sys.argv[1])"


def test_killed_while_it_is_brought_up_to_date(tmp_path: Path) -> None:
    older, path = tmp_path / "older.db", tmp_path / "ledger.db"
    with Ledger.open(older) as ledger:
        ledger.record(many(2_000), RULES)
        claims = list(ledger.claims())
    to_0002(older)
    source = str(Path(__file__).parents[2] / "src")
    for _ in range(4):  # at whatever moment that is
        shutil.copy(older, path)
        child = subprocess.Popen(
            [sys.executable, "-c", OPENS, str(path)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": source}
        )
        assert child.stdout
        child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.communicate()
        with Ledger.open(path) as ledger:
            assert list(ledger.claims()) == claims
        path.unlink()
