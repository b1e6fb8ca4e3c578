"""Every column says what it holds, and what was said cannot be changed."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Dialect, Float, Table, create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from armsledger.ledger import Ledger, schema
from armsledger.model import Claim, Judgement

from .made_up import RULES, many
from .places import Places, execute

COLUMNS = [column for table in schema.metadata.sorted_tables for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_has_a_comment(column: object) -> None:
    comment = getattr(column, "comment", None)
    assert comment
    assert len(comment) > 5


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=str)
def test_every_table_has_a_comment_and_a_primary_key(table: object) -> None:
    assert getattr(table, "comment", None)
    assert list(getattr(table, "primary_key", ()))


@pytest.mark.parametrize("column", [c for c in COLUMNS if c.name in ("start", "end", "characters", "count")], ids=str)
def test_numbers_name_their_unit(column: object) -> None:
    comment = getattr(column, "comment", "")
    assert re.search(r"code points?|number of", comment)


def test_amounts_are_text_beside_a_column_for_ordering() -> None:
    floats = {column.name for column in COLUMNS if isinstance(column.type, Float)}
    assert floats == {"quantity_order", "value_order", "programme_order"}


def test_no_time_of_writing_and_no_row_numbers() -> None:
    for column in COLUMNS:
        assert column.default is None
        assert column.server_default is None
        assert not column.primary_key or column.autoincrement in (False, "auto")


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=str)
def test_postgresql_can_have_the_same_tables(table: Table) -> None:
    dialect: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    made = str(CreateTable(table).compile(dialect=dialect))
    assert 'COLLATE "C"' in made
    assert "SERIAL" not in made


def test_every_slot_of_a_claim_has_a_place() -> None:
    elsewhere = {"document": "document_id", "reader": None, "evidence": None}
    kept = {elsewhere.get(name, name) for name in Claim.__dataclass_fields__} - {None}
    assert kept <= set(schema.claim.c.keys())


@pytest.fixture(scope="module")
def filled(places: Places, tmp_path_factory: pytest.TempPathFactory) -> str:
    target = places.new(tmp_path_factory.mktemp("filled"))
    with Ledger.open(target) as ledger:
        ledger.record(many(3), RULES)
        ledger.judge([Judgement("same", ("a", "b"), "me", "2025-01-01", "they are")])
    return target


CHANGES = [
    pytest.param(sql, id=f"{sql.split()[0]}-{table.name}")
    for table in schema.KEPT
    for column in [list(table.columns)[-1].name]
    for sql in (f'UPDATE {table.name} SET "{column}" = "{column}"', f"DELETE FROM {table.name}")
]


@pytest.mark.parametrize("sql", CHANGES)
def test_what_was_said_is_never_changed(filled: str, sql: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"):
        execute(filled, sql)


def test_nor_replaced(places: Places, filled: str) -> None:
    replaced = (
        "INSERT OR REPLACE INTO document SELECT * FROM document" if places.server is None else "TRUNCATE claim CASCADE"
    )
    with pytest.raises(IntegrityError, match="never changed"):
        execute(filled, replaced)


@pytest.mark.parametrize("table", schema.DERIVED, ids=str)
def test_what_is_derived_may_be_written_anew(filled: str, table: Table) -> None:
    execute(filled, f"DELETE FROM {table.name}")


def test_a_place_needs_its_claim(filled: str) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        execute(filled, "INSERT INTO placed VALUES ('no such claim', 'x', 'x', 'x')")


def test_every_table_is_kept_or_derived_or_counts() -> None:
    others = {table.name for table in schema.metadata.sorted_tables} - {t.name for t in schema.KEPT + schema.DERIVED}
    assert others == {"migration", "silence", "refusal", "word"}


def test_indexes_are_not_made_with_the_tables() -> None:
    engine = create_engine("sqlite://")
    schema.metadata.create_all(engine)
    with engine.connect() as connection:
        names = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars())
    assert not names & {index.name for index in schema.INDEXES}
    engine.dispose()
