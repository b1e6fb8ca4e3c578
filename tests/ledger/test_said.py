"""Statements and dated events in the ledger: kept whole, once, and found again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from armsledger.errors import InputError, Unanchored
from armsledger.ledger import Ledger, StatementFilter
from armsledger.model import (
    Anchor,
    DateInterval,
    Occurrence,
    Polarity,
    Reading,
    Statement,
    StatementTopic,
)

from .made_up import RULES, document, statement
from .places import dump

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


def test_what_goes_in_comes_out(target: str) -> None:
    given = reading()
    with Ledger.open(target) as book:
        book.record([given, given], RULES)
        assert tuple(book.statements()) == given.statements
        assert tuple(book.occurrences()) == given.occurrences
        once = dump(target)
        book.record([given], RULES)
        assert dump(target) == once


def test_a_later_reader_adds_its_name_and_nothing_else(target: str) -> None:
    given = reading()
    later = replace(given, statements=tuple(replace(s, reader="statements/10") for s in given.statements))
    with Ledger.open(target) as book:
        book.record([later, given], RULES)
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
def test_asked_for(asked: dict[str, Any], count: int, target: str) -> None:
    with Ledger.open(target) as book:
        book.record([reading()], RULES)
        assert len(list(book.statements(StatementFilter(**asked)))) == count


def test_events_by_party_and_date(target: str) -> None:
    with Ledger.open(target) as book:
        book.record([reading(), reading("2025-06-01", "b.txt")], RULES)
        assert len(list(book.occurrences())) == 2
        assert len(list(book.occurrences(party="IND", as_of="2025-05"))) == 1
        assert not list(book.occurrences(party="USA"))


def test_order_and_limit(target: str) -> None:
    with Ledger.open(target) as book:
        book.record([reading("2025-06-01", "b.txt"), reading(None, "c.txt"), reading()], RULES)
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


def test_words_that_do_not_stand_there_are_not_kept(target: str) -> None:
    given = reading()
    moved: Statement = replace(given.statements[0], quote="other")
    foreign = replace(given.statements[0], document=document("Other.").id)
    with Ledger.open(target) as book:
        with pytest.raises(Unanchored):
            book.record([replace(given, statements=(moved,))], RULES)
        with pytest.raises(ValueError, match="words of document"):
            book.record([replace(given, statements=(foreign,))], RULES)
        assert not list(book.statements())
