"""Statements and dated events in the ledger: kept whole, once, and found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from armsledger.errors import InputError, Unanchored
from armsledger.ledger import Ledger, StatementFilter
from armsledger.ledger.connect import open_engine, writing
from armsledger.ledger.migrations import MIGRATIONS, apply
from armsledger.model import (
    Anchor,
    DateInterval,
    Occurrence,
    Polarity,
    Reading,
    Statement,
    StatementTopic,
)

from .made_up import document, dump, key_of, statement

TEXT = "The White House said it mediated. India said nobody mediated. A truce began on May 10."
CLAIMED, DENIED, BEGAN = (part + "." for part in TEXT.rstrip(".").split(". "))


def reading(published: str | None = "2025-05-14", name: str = "a.txt") -> Reading:
    source = document(TEXT, name, published)
    about = {"topic": StatementTopic.MEDIATION, "parties": ("IND", "PAK")}
    said = (
        statement(source, CLAIMED, "White House", speaks_for="USA", date=DateInterval("2025-05"), **about),
        statement(source, DENIED, "India", speaks_for="IND", polarity=Polarity.DENIED, system="s-400", **about),
    )
    start = TEXT.index(BEGAN)
    began = Occurrence(
        source.id, start, start + len(BEGAN), BEGAN, "ceasefire", DateInterval("2025-05-10"), ("IND", "PAK"),
        (Anchor("kind", "ceasefire", start + 2, start + 7, "truce"),),
    )  # fmt: skip
    return Reading(source, statements=said, occurrences=(began,))


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    given = reading()
    with Ledger.open(tmp_path / "ledger.db") as book:
        book.record([given, given], key_of)
        assert tuple(book.statements()) == given.statements
        assert tuple(book.occurrences()) == given.occurrences
        once = dump(tmp_path / "ledger.db")
        book.record([given], key_of)
        assert dump(tmp_path / "ledger.db") == once


def test_a_later_reader_adds_its_name_and_nothing_else(tmp_path: Path) -> None:
    given = reading()
    later = replace(given, statements=tuple(replace(s, reader="statements/10") for s in given.statements))
    with Ledger.open(tmp_path / "ledger.db") as book:
        book.record([later, given], key_of)
        assert {s.reader for s in book.statements()} == {"statements/10"}
        assert len(list(book.statements())) == 2


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 2),
        ({"speaker": "India"}, 1),
        ({"speaker": "Indi"}, 0),
        ({"party": "USA"}, 1),
        ({"party": "IND"}, 2),
        ({"speaks_for": "IND"}, 1),
        ({"topic": "mediation"}, 2),
        ({"topic": "sanctions"}, 0),
        ({"polarity": "denied"}, 1),
        ({"system": "s-400"}, 1),
        ({"document": "a.txt"}, 2),
        ({"document": "b.txt"}, 0),
        ({"since": "2025-05-14"}, 2),
        ({"until": "2025-05-13"}, 0),
        ({"as_of": "2025-05"}, 2),
        ({"as_of": "2025-05-13"}, 0),
    ],
)
def test_asked_for(asked: dict[str, Any], count: int, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as book:
        book.record([reading()], key_of)
        assert len(list(book.statements(StatementFilter(**asked)))) == count


def test_events_by_party_and_date(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as book:
        book.record([reading(), reading("2025-06-01", "b.txt")], key_of)
        assert len(list(book.occurrences())) == 2
        assert len(list(book.occurrences(party="IND", as_of="2025-05"))) == 1
        assert not list(book.occurrences(party="USA"))


def test_order_and_limit(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as book:
        book.record([reading("2025-06-01", "b.txt"), reading(None, "c.txt"), reading()], key_of)
        assert [s.start for s in book.statements()] == [0, len(CLAIMED) + 1] * 3
        assert len(list(book.statements(limit=3))) == 3


@pytest.mark.parametrize(
    "asked", [{"topic": "weather"}, {"polarity": "perhaps"}, {"since": "soon"}, {"as_of": "2025-13"}]
)
def test_what_can_never_match_is_an_error(asked: dict[str, str]) -> None:
    with pytest.raises(InputError):
        StatementFilter(**asked)


def test_the_filter_in_words() -> None:
    assert StatementFilter().sentence() == "all statements"
    assert StatementFilter(party="IND", as_of="2025").sentence() == (
        "statements where speaker or words are of IND, as of 2025"
    )


def test_words_that_do_not_stand_there_are_not_kept(tmp_path: Path) -> None:
    given = reading()
    moved: Statement = replace(given.statements[0], quote="other")
    foreign = replace(given.statements[0], document=document("Other.").id)
    with Ledger.open(tmp_path / "ledger.db") as book:
        with pytest.raises(Unanchored):
            book.record([replace(given, statements=(moved,))], key_of)
        with pytest.raises(ValueError, match="words of document"):
            book.record([replace(given, statements=(foreign,))], key_of)
        assert not list(book.statements())


def test_an_older_ledger_gets_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    engine, _ = open_engine(path, create=True)
    with writing(engine) as connection:
        for table in ("stated_by", "statement_party", "statement", "occurrence"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("DELETE FROM migration WHERE name >= '0002'")
    apply(lambda: writing(engine), "x", MIGRATIONS)
    engine.dispose()
    with Ledger.open(path) as book:
        book.record([reading()], key_of)
        assert len(list(book.statements())) == 2
