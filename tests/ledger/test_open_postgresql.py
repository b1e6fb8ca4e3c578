"""Opening a ledger on PostgreSQL: what is not there, not ours or out of reach is said plainly, and no password is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text

from armsledger.errors import LedgerError, MissingExtra, NewerLedger, NotALedger, NotFound
from armsledger.ledger import Ledger, on_postgresql, schema
from armsledger.ledger.connect import open_engine, reading, writing
from armsledger.ledger.rows import stored
from armsledger.model import Reading
from strategies import words

from .made_up import RULES, document, many
from .places import Places, connected, dump, execute


@pytest.fixture
def place(postgresql: str, tmp_path: Path) -> str:
    """The address of an empty schema."""
    return Places(postgresql).new(tmp_path)


def _schema(place: str) -> str:
    return place.rpartition("%3D")[2]


def make(place: str) -> str:
    with Ledger.open(place) as ledger:
        ledger.record(many(2), RULES)
    return place


def test_a_ledger_is_made_and_found_again(place: str) -> None:
    make(place)
    with Ledger.open(place.replace("postgresql://", "postgres://"), create=False) as ledger:
        assert ledger.counts().documents == 2
        assert ledger.name == place


def test_two_ledgers_in_one_database_are_two(place: str, postgresql: str, tmp_path: Path) -> None:
    other = Places(postgresql).new(tmp_path)
    with Ledger.open(make(place)), Ledger.open(other) as second:
        assert second.counts().documents == 0


def test_an_empty_schema_is_not_filled_when_only_asked(place: str) -> None:
    with pytest.raises(NotALedger, match="is empty"):
        Ledger.open(place, create=False)
    make(place)


def test_tables_of_another_program_are_left_alone(place: str, postgresql: str) -> None:
    with connected(postgresql) as connection:
        connection.execute(f"CREATE TABLE {_schema(place)}.migration (name text)")
    with pytest.raises(NotALedger, match=f"schema '{_schema(place)}' has tables of another program"):
        Ledger.open(place)


def test_a_missing_schema(postgresql: str) -> None:
    with pytest.raises(NotFound, match="CREATE SCHEMA"):
        Ledger.open(f"{postgresql}&options=-csearch_path%3Dnowhere")


def test_a_missing_database(postgresql: str) -> None:
    with pytest.raises(LedgerError, match="no such database"):
        Ledger.open(postgresql.replace("/postgres?", "/nowhere?"))


def test_a_database_in_another_encoding(postgresql: str) -> None:
    import psycopg

    with psycopg.connect(postgresql, autocommit=True) as connection:
        made = "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
        connection.execute(made)
    with pytest.raises(LedgerError, match=r"encoded in LATIN1 \(make one with: createdb --encoding UTF8\)"):
        Ledger.open(postgresql.replace("/postgres?", "/latin?"))


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be reached") as caught:
        Ledger.open(f"postgresql://me:secret@/ledger?host={tmp_path}")
    assert "secret" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_newer_ledger(place: str) -> None:
    execute(make(place), "INSERT INTO migration VALUES ('9999 of another time')")
    with pytest.raises(NewerLedger, match="9999 of another time"):
        Ledger.open(place)


def test_without_the_driver(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r"pip install 'armsledger\[postgres\]'"):
        Ledger.open(place)


# -- rights and passwords ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def guarded(postgresql: str) -> str:
    """The address, without a password, of a user who needs one."""
    with connected(postgresql) as connection:
        connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'open sesame'")
    return postgresql.replace("tester@", "guarded@")


@pytest.mark.parametrize("said", ["guarded:wrong-word@", "guarded@", "nobody-at-all:wrong-word@"])
def test_a_password_is_never_told(guarded: str, said: str) -> None:
    address = guarded.replace("guarded@", said)
    for secret in (address, f"{address}&password=wrong-word"):
        with pytest.raises(LedgerError, match="refuses this user") as caught:
            Ledger.open(secret)
        assert "wrong-word" not in str(caught.value)


@pytest.mark.parametrize("address", ["postgresql://me:secret@host:port/db", "postgres://[me:secret", "x://me:secret@h"])
def test_nor_that_of_an_address_that_is_none(address: str) -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger.open(address)
    assert "secret" not in str(caught.value)


def test_the_name_of_an_open_ledger_has_no_password(guarded: str, place: str, postgresql: str) -> None:
    make(place)
    name = _schema(place)
    with connected(postgresql) as connection:
        connection.execute(f"GRANT USAGE ON SCHEMA {name} TO guarded")
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO guarded")
    address = place.replace("tester@", "guarded:open%20sesame@")
    with Ledger.open(address, create=False) as ledger:
        assert "sesame" not in ledger.name
        assert len(list(ledger.claims())) == 6
        with pytest.raises(LedgerError, match="does not permit it") as caught:  # who may only read
            ledger.record(many(3), RULES)
    assert "sesame" not in str(caught.value)


# -- writing ----------------------------------------------------------------------------------------------


def test_a_writer_waits_for_another_but_not_for_ever(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make(place)
    engine, _ = open_engine(place, create=False)
    monkeypatch.setattr(on_postgresql, "WAIT_SECONDS", 0.05)
    with Ledger.open(place) as ledger:
        with writing(engine), pytest.raises(LedgerError, match="another program has kept it locked"):
            ledger.record(many(3), RULES)
        ledger.record(many(3), RULES)
        assert ledger.counts().documents == 3
    engine.dispose()


def test_what_its_indexes_cannot_hold_is_said(place: str) -> None:
    name = "".join(chr(0x4E00 + n * 7 % 20_000) for n in range(4_000))
    with Ledger.open(place) as ledger:
        with pytest.raises(LedgerError, match="too long for an index of PostgreSQL"):
            ledger.record([Reading(replace(document("abc"), name=name))], RULES)
        assert ledger.counts().documents == 0


def test_it_holds_what_a_file_holds(place: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    for target in (place, path):
        with Ledger.open(target) as ledger:
            ledger.record([*many(40), *many(20)], RULES)
            ledger.settle(RULES)
    assert dump(place) == dump(path)


# -- functions --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def connection(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    engine, _ = open_engine(Places(postgresql).new(tmp_path_factory.mktemp("functions")), create=True)
    with reading(engine) as opened:
        yield opened
    engine.dispose()


def _asked(connection: Connection, function: str, said: str | None, wanted: str) -> bool:
    query = select(text(f"{function}(:said, :wanted)"))
    kept = None if said is None else stored(said)
    return bool(connection.execute(query, {"said": kept, "wanted": stored(wanted)}).scalar_one())


_LETTERS = st.text(st.sampled_from("aAßẞſsSİiıIǰﬁΣσςΐ\u0345K\u212aŉʼn é\u2003\x1c\u3000."), max_size=6)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=_LETTERS | words(0, 8), wanted=_LETTERS | words(0, 3))
def test_words_are_compared_as_sqlite_compares_them(connection: Connection, said: str, wanted: str) -> None:
    folded = stored(said).casefold()
    assert _asked(connection, "contains", said, wanted) == (stored(wanted).casefold() in folded)
    assert _asked(connection, "has_words", said, wanted) == all(w in folded for w in stored(wanted).casefold().split())


def test_every_letter_is_folded_as_python_folds_it(connection: Connection) -> None:
    every = [chr(c) for c in range(1, sys.maxunicode + 1) if not 0xD800 <= c < 0xE000]
    for start in range(0, len(every), 40_000):
        said = "".join(every[start : start + 40_000])
        query = select(text("armsledger_folded(:said)"))
        assert connection.execute(query, {"said": said}).scalar_one() == said.casefold()


def test_nothing_has_no_words(connection: Connection) -> None:
    assert not _asked(connection, "contains", None, "")
    assert not _asked(connection, "has_words", None, "")


def test_the_mark_of_a_ledger_is_the_function_behind_its_triggers(connection: Connection) -> None:
    found = connection.execute(text("SELECT count(*) FROM pg_proc WHERE proname = :name"), {"name": schema.REFUSING})
    assert found.scalar_one() >= 1
