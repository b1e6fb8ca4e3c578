"""Recording: what is new, what is known, and what happens when something goes wrong on the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, inspect

from armsledger.errors import LedgerError, Unanchored
from armsledger.ledger import Ledger, Recorded, batch, schema, store
from armsledger.model import Document, DocumentKind, Reading, Refusal, Silence

from .made_up import RULES, claim, document, many
from .places import Places, dump

SOURCE = document("Pakistan ordered 53 missiles. India denied it.")
ORDERED = claim(SOURCE, "Pakistan ordered 53 missiles", recipient="PAK", quantity=Decimal(53))
DENIED = claim(SOURCE, "India denied it", supplier="IND")
READING = Reading(
    SOURCE,
    claims=(ORDERED,),
    refused=(Refusal("not there", "quote", "x"),),
    silences=(Silence("no item", 0, 8), Silence("no item", 8, 9), Silence("no party", 0, 8)),
)


def test_counts_of_a_first_and_of_a_second_reading(ledger: Ledger) -> None:
    said = {"refused": 1, "silences": {"no item": 2, "no party": 1}}
    assert ledger.record([READING], RULES) == Recorded(documents_new=1, claims_new=1, **said)  # type: ignore[arg-type]
    assert ledger.record([READING], RULES) == Recorded(documents_known=1, claims_known=1, **said)  # type: ignore[arg-type]


def test_the_same_twice_in_one_run(ledger: Ledger) -> None:
    met = ledger.record([READING, READING], RULES)
    assert (met.documents_new, met.documents_known, met.claims_new, met.claims_known) == (1, 1, 1, 1)
    assert ledger.counts().silences == {"no item": 2, "no party": 1}  # of the document, not of the run


def test_nothing_to_record(ledger: Ledger) -> None:
    assert ledger.record([], RULES) == Recorded()


def test_a_document_without_claims_is_kept(ledger: Ledger) -> None:
    ledger.record([Reading(SOURCE)], RULES)
    assert ledger.has(SOURCE.id)
    assert not ledger.has(SOURCE.id[:-1])
    assert ledger.document("a.txt") == SOURCE


def test_a_newer_reader_adds_and_takes_nothing_away(ledger: Ledger) -> None:
    ledger.record([READING], RULES)
    newer = replace(DENIED, reader="news/2")
    met = ledger.record([Reading(SOURCE, claims=(newer,))], RULES)
    assert (met.documents_known, met.claims_new) == (1, 1)
    assert list(ledger.claims()) == [ORDERED, newer]


@pytest.mark.parametrize("turn", [1, -1])
def test_the_latest_version_of_the_reader_is_named(ledger: Ledger, turn: int) -> None:
    versions = [replace(ORDERED, reader="news/9"), replace(ORDERED, reader="news/10", evidence=Decimal("2.5"))][::turn]
    ledger.record([Reading(SOURCE, claims=(version,)) for version in versions], RULES)
    assert [(found.reader, found.evidence) for found in ledger.claims()] == [("news/10", Decimal("2.5"))]


def test_all_names_and_forms_of_a_document_are_kept(ledger: Ledger, target: str) -> None:
    page = replace(SOURCE, name="page.html", media_type="text/html", kind=DocumentKind.NOTICE)
    ledger.record([Reading(SOURCE), Reading(page), Reading(replace(page, name="copy.html"))], RULES)
    (row,) = ledger.documents()
    assert row.names == ("a.txt", "copy.html", "page.html")
    assert ledger.document("page.html") == page
    assert ledger.document("a.txt") == SOURCE
    assert len(dump(target)["form"]) == 2


def test_counts_of_silence_grow_to_the_largest(ledger: Ledger) -> None:
    for times in (1, 3, 2):
        ledger.record([Reading(SOURCE, silences=(Silence("no item", 0, 1),) * times)], RULES)
    assert ledger.counts().silences == {"no item": 3}


def test_what_is_not_anchored_is_refused_at_the_door(ledger: Ledger, target: str) -> None:
    wrong = replace(ORDERED, anchors=(replace(ORDERED.anchors[0], start=1),))
    for claims in ((wrong,), (replace(ORDERED, quote="other words"),)):
        with pytest.raises(Unanchored):
            ledger.record([Reading(SOURCE, claims=(DENIED, *claims))], RULES)
    assert not ledger.has(SOURCE.id)


def test_a_claim_of_another_document_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match=SOURCE.id):
        ledger.record([Reading(document("Something else."), claims=(ORDERED,))], RULES)


def test_what_came_before_an_error_is_kept(ledger: Ledger) -> None:
    def broken() -> Iterator[Reading]:
        yield from many(3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.record(broken(), RULES)
    assert ledger.counts().documents == 3
    assert ledger.counts().claims == 9


def test_readings_are_streamed(ledger: Ledger, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "BATCH_DOCUMENTS", 4)

    def watched() -> Iterator[Reading]:
        for number, reading in enumerate(many(20)):
            assert number - ledger.counts().documents <= 4
            yield reading

    assert ledger.record(watched(), RULES).documents_new == 20


@pytest.mark.parametrize("limit", ["BATCH_DOCUMENTS", "BATCH_CLAIMS", "BATCH_CHARACTERS"])
def test_the_size_of_a_batch_changes_nothing(
    places: Places, tmp_path: Path, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, small = (places.new(tmp_path) for _ in range(2))
    for target in (large, small):
        with Ledger.open(target) as ledger:
            ledger.record([*many(12), *many(6)], RULES)
        monkeypatch.setattr(batch, limit, 1)
    assert dump(large) == dump(small)


def test_indexes_come_when_there_is_something_to_index(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def indexes() -> set[str]:
        return {str(one["name"]) for t in schema.metadata.tables for one in inspect(ledger._engine).get_indexes(t)}

    wanted = {index.name for index in schema.INDEXES}
    ledger.record(many(5), RULES)
    assert not wanted & indexes()
    before = list(ledger.claims())
    monkeypatch.setattr(store, "_WORTH_INDEXING", 10)
    ledger.record(many(6), RULES)
    assert wanted <= indexes()
    ledger.record(many(7), RULES)
    after = {claim.id for claim in ledger.claims()}
    assert {claim.id for claim in before} < after


def test_a_full_disk_loses_nothing_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "BATCH_DOCUMENTS", 7)
    path, undisturbed = tmp_path / "ledger.db", tmp_path / "undisturbed.db"
    with Ledger.open(path) as ledger:

        def limit(raw: sqlite3.Connection, *_: Any) -> None:
            raw.execute("PRAGMA max_page_count = 60")  # SQLite then says what it says when a disk is full

        event.listen(ledger._engine, "checkout", limit)
        with pytest.raises(LedgerError, match="disk is full") as caught:
            ledger.record(many(300), RULES)
        assert str(path) in str(caught.value)
        kept = ledger.counts()
        assert 0 < kept.documents < 300
        assert kept.documents % 7 == 0
        assert kept.claims == kept.documents * 3
    for target in (path, undisturbed):
        with Ledger.open(target) as ledger:
            ledger.record(many(300), RULES)
    assert dump(path) == dump(undisturbed)


def test_a_document_with_text_that_no_database_takes(ledger: Ledger) -> None:
    odd = document("A \ud800 and a \0 and a \ufdd00041.", "b\udcff.txt", title="\udfff", publisher="\0")
    found = claim(odd, "a \0 and", recipient="\ud801")
    ledger.record([Reading(odd, claims=(found,), silences=(Silence("\ud802", 0, 1),))], RULES)
    assert ledger.document("b\udcff.txt") == odd
    assert list(ledger.claims()) == [found]
    assert list(ledger.keys()) == ["None to \ud801"]
    assert ledger.counts().silences == {"\ud802": 1}


def test_a_very_long_document(ledger: Ledger) -> None:
    long = Document("long", DocumentKind.NEWS, "é" * 3_000_000, ())
    ledger.record([Reading(long)], RULES)
    assert ledger.document("long") == long
