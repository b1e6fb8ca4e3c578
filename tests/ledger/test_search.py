"""The index of words: it answers just as a look at every quote does, on both databases, whatever is asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.ledger import ClaimFilter, Ledger, search
from armsledger.ledger.connect import reading
from armsledger.model import Claim, Reading, Stage

from .made_up import RULES, claim, document, many
from .older import to_0002
from .places import Places, connected

SAID = (
    "Russia may sell S-400s to India",
    "Prussia sold nothing",
    "STRASSE und Straße, ΣΊΣΥΦΟΣ",
    "at most $225 million (AIM-120C-8)",
    "“Triumf”\u00a0systems cost 2.5bn",
    "Türkiye'nin İHA'ları",
    "俄罗斯向印度出售",
    "x" * 200 + "end of a long word",
    "tail\ud800 with a lone surrogate \0 and a zero",
    "quoted \"words\" and 'others' NEAR(a b) OR * ^ col: \\",
)
ASKED = (
    "russia", "RUSSIA india", "ussia", "ssia", "s-400", "s-400s", "00S", "400", "strasse", "straße", "σίσυφος", "$225", "aim-120c-8",
    "120c", "c-8)", "triumf", "“triumf”", "2.5", "2.5bn", "türkiye", "iha", "印度", "俄罗斯", "x" * 150, "x" * 90 + "end", "d of", "\ud800", "\0",
    '"words"', "'others'", "near(a", "*", "^", "col:", "\\", "' OR 1=1 --", '"', '" OR "', "a AND b", "(", "-", "nothing there", "",
    "  ", "india  russia", "russia prussia",
)  # fmt: skip


def said(words: tuple[str, ...]) -> list[Reading]:
    """A reading of each, with one claim that quotes it whole."""
    made = []
    for number, one in enumerate(words):
        source = document(one, f"{number}.txt", f"2025-01-{1 + number % 28:02}")
        made.append(Reading(source, claims=(Claim(source.id, 0, len(one), one, "news/1", Stage.ORDERED),)))
    return made


def looked_through(ledger: Ledger, asked: str) -> list[str]:
    """What a look at every quote finds: all the words, whatever the case, also inside other words."""
    words = asked.casefold().split()
    return [one.id for one in ledger.claims() if all(word in one.quote.casefold() for word in words)]


def found(ledger: Ledger, asked: str) -> list[str]:
    """What the ledger finds."""
    return [one.id for one in ledger.claims(ClaimFilter(text=asked))]


@pytest.fixture(scope="module")
def told(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger in which all this is said."""
    with Ledger.open(places.new(tmp_path_factory.mktemp("search"))) as opened:
        opened.record(said(SAID), RULES)
        yield opened


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: ascii(asked)[:20])
def test_it_finds_what_a_look_at_every_quote_finds(told: Ledger, asked: str) -> None:
    assert found(told, asked) == looked_through(told, asked)
    assert len(list(told.keys(ClaimFilter(text=asked)))) <= len(found(told, asked))
    assert {row.id for row in told.documents(ClaimFilter(text=asked))} == {
        one.document for one in told.claims(ClaimFilter(text=asked))
    }


LETTERS = st.text(alphabet="aAbsSßİıσΣς12-.'\" é俄\u00a0\U0001f680\0", min_size=1, max_size=12)


@settings(max_examples=15)
@given(st.lists(LETTERS, min_size=1, max_size=8), st.lists(LETTERS, max_size=6))
def test_whatever_is_said_and_asked(places: Places, quotes: list[str], asked: list[str]) -> None:
    with places.for_a_while() as target, Ledger.open(target) as ledger:
        ledger.record(said(tuple(dict.fromkeys(quotes))), RULES)
        for one in (*asked, *quotes, *(quote[1:-1] for quote in quotes)):
            assert found(ledger, one) == looked_through(ledger, one)


def test_the_index_is_asked_where_it_leads_to_few(ledger: Ledger) -> None:
    ledger.record(many(400), RULES)
    with reading(ledger._engine) as connection:
        few = search.candidates(connection, "report country ordered missiles 39")
        assert few is not None
        assert len(few) < 200
        assert search.candidates(connection, "zeppelin") == []
        assert search.candidates(connection, "missiles") is None  # too many
        assert search.candidates(connection, "...") is None  # no word at all
    assert found(ledger, "missiles") == looked_through(ledger, "missiles")


def test_claims_are_found_as_soon_as_they_are_there(target: str) -> None:
    news = document("Ankara ordered corvettes. Later it ordered drones.", "a.txt")
    first, second = (claim(news, quote) for quote in ("Ankara ordered corvettes", "it ordered drones"))
    with Ledger.open(target) as one, Ledger.open(target) as other:
        one.record([Reading(news, claims=(first,))], RULES)
        assert found(other, "corvettes") == [first.id]
        other.record([Reading(news, claims=(first, second))], RULES)
        assert found(one, "drones") == [second.id]
        assert found(one, "ordered") == [first.id, second.id]


# -- where there is no index, or was none -----------------------------------------------------------------


def test_an_older_ledger_gets_the_index(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(said(SAID), RULES)
    to_0002(path)
    with Ledger.open(path) as ledger:
        ledger.resettle(RULES)
        for asked in ASKED:
            assert found(ledger, asked) == looked_through(ledger, asked)
        with reading(ledger._engine) as connection:
            assert len(search.candidates(connection, "ussia") or ()) == 3  # one is that of the long word


def test_an_older_ledger_on_postgresql_gets_the_index(places: Places, target: str) -> None:
    if places.server is None:
        pytest.skip("the same on SQLite is tried above")
    with Ledger.open(target) as ledger:
        ledger.record(said(SAID), RULES)
    with connected(target) as connection:
        for sql in ("DROP TABLE word, claim_words", "DELETE FROM migration WHERE name >= '0004'"):
            connection.execute(sql)
    with Ledger.open(target) as ledger, reading(ledger._engine) as asking:
        assert len(search.candidates(asking, "ussia") or ()) == 3  # as above


def test_sqlite_without_fts5_answers_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.db"
    monkeypatch.setattr(search, "has_fts5", lambda _: False)
    with Ledger.open(path) as ledger:
        ledger.record(said(SAID[:5]), RULES)
        assert [found(ledger, asked) for asked in ASKED] == [looked_through(ledger, asked) for asked in ASKED]
    monkeypatch.undo()
    with Ledger.open(path) as ledger:  # and one that has it does not ask an index that is not there
        ledger.record(said(SAID[5:]), RULES)
        assert [found(ledger, asked) for asked in ASKED] == [looked_through(ledger, asked) for asked in ASKED]


def test_what_sqlite_without_fts5_has_written_is_found_by_one_that_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(said(SAID[:5]), RULES)
        monkeypatch.setattr(search, "has_fts5", lambda _: False)
        ledger.record(said(SAID[5:]), RULES)
        assert found(ledger, "ussia") == looked_through(ledger, "ussia")
        monkeypatch.undo()
        assert [found(ledger, asked) for asked in ASKED] == [looked_through(ledger, asked) for asked in ASKED]


def test_the_index_stays_right_when_the_file_is_packed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(said(SAID), RULES)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")  # numbers the rows of other tables anew
    with Ledger.open(path) as ledger:
        assert [found(ledger, asked) for asked in ASKED] == [looked_through(ledger, asked) for asked in ASKED]
