"""The derived tables: however they came about, they are what a full rebuild makes; and little is looked at for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event

from armsledger.deals.judgements import DIFFERENT, REJECT, SAME, UNDO
from armsledger.ledger import ClaimFilter, Ledger, Rules, settling, store
from armsledger.model import Claim, DocumentId, DocumentKind, Judgement, Reading, Settled

from .made_up import RULES, document, many
from .places import Places, derived, dump
from .toy import TOY, World, claim, place, settle, worlds


def _go(ledger: Ledger, world: World) -> None:
    for what, number in world.steps:
        if what == "read":
            ledger.record([world.readings[number]], TOY)
        elif what == "judge":
            ledger.judge([world.judgements[number]])
        elif what == "settle":
            ledger.settle(TOY)
        else:
            ledger.resettle(TOY)
    ledger.settle(TOY)


def test_what_is_derived_is_what_a_full_rebuild_makes(places: Places) -> None:
    unhurried = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.nested_given]

    @settings(max_examples=120 if places.server is None else 12, suppress_health_check=unhurried)
    @given(worlds())
    def holds(world: World) -> None:
        with places.for_a_while() as target, places.for_a_while() as at_once:
            with Ledger.open(target) as ledger:
                _go(ledger, world)
                assert ledger.unsettled() == 0
                found = derived(target)
                ledger.resettle(TOY)
                assert derived(target) == found, "it is not what a rebuild makes"
            with Ledger.open(at_once) as ledger:
                ledger.judge(world.judgements)
                ledger.record(world.readings, TOY)
                ledger.settle(TOY)
            assert derived(at_once) == found, "it depends on the way"

    holds()


def test_the_two_kinds_of_database_hold_the_same(tmp_path: Path, postgresql: str) -> None:
    @settings(max_examples=6, suppress_health_check=[HealthCheck.nested_given, HealthCheck.too_slow])
    @given(worlds())
    def holds(world: World) -> None:
        dumps = []
        for places in (Places(), Places(postgresql)):
            with places.for_a_while() as target, Ledger.open(target) as ledger:
                _go(ledger, world)
                dumps.append(dump(target))
        assert dumps[0] == dumps[1]

    holds()


# -- what is looked at ------------------------------------------------------------------------------------


class Watched:
    """The toy's rules, with a note of every ground and claim that was looked at."""

    def __init__(self) -> None:
        self.settled: list[str] = []
        self.placed: list[str] = []
        self.rules = replace(TOY, settle=self._settle, place=self._place)

    def _settle(
        self,
        ground: str,
        claims: Sequence[Claim],
        published: Mapping[DocumentId, str | None],
        judgements: Sequence[Judgement],
    ) -> Settled:
        self.settled.append(ground)
        assert {place(c)[0] for c in claims} == {ground}
        return settle(ground, claims, published, judgements)

    def _place(self, one: Claim) -> tuple[str, str]:
        self.placed.append(one.id)
        return place(one)


def _paper(number: int, *claims: tuple[str | None, str, str, int | None]) -> Reading:
    source = document(f"abc {number}", f"{number}.txt", "2031-05-14")
    return Reading(source, claims=tuple(claim(source, *slots, at) for at, slots in enumerate(claims)))


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_a_new_document_touches_its_own_grounds_only(ledger: Ledger, watched: Watched) -> None:
    papers = [_paper(n, (None, f"buyer {n % 20}", "radar", n % 3), (None, "NOR", f"tent {n}", 1)) for n in range(60)]
    ledger.record(papers, watched.rules)
    assert ledger.settle(watched.rules) == 20 + 60
    assert sorted(watched.settled) == sorted(f"buyer {n} radar" for n in range(20)), "a lone claim needs no comparing"
    watched.settled.clear()
    watched.placed.clear()
    one = _paper(99, (None, "buyer 7", "radar", 1), (None, "DNK", "lamp", 1))
    ledger.record([*papers[:5], one], watched.rules)
    assert ledger.unsettled() == 2
    assert ledger.settle(watched.rules) == 2
    assert watched.settled == ["buyer 7 radar"]
    assert sorted(watched.placed) == sorted(c.id for c in one.claims)
    assert ledger.settle(watched.rules) == 0


def test_no_table_is_gone_through_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_WORTH_INDEXING", 100)
    asked: dict[str, Any] = {}
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(many(200), TOY)
        ledger.settle(TOY)

        @event.listens_for(ledger._engine, "before_cursor_execute")
        def note(_c: object, _u: object, sql: str, parameters: Any, _x: object, many: bool) -> None:
            asked[sql] = parameters[0] if many else parameters

        ledger.record([_paper(1, ("31-1", "Country 3", "missile 3", 1))], TOY)
        ledger.settle(TOY)
        list(islice(ledger.claims_of(islice(ledger.keys(), 3)), 3))
        with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection:
            told = {
                (row[-1], sql)
                for sql, parameters in asked.items()
                if sql.startswith(("SELECT", "UPDATE", "DELETE"))
                for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            }
    large = ("document", "claim", "found_by", "placed", "tie", "question", "sketch", "band")
    scans = {sql for step, sql in told for table in large if step.startswith(f"SCAN {table}")}
    allowed = {
        sql for sql in scans if " LIMIT " in sql or sql.startswith("SELECT DISTINCT placed.")
    }  # read as far as wanted
    assert scans - allowed == set()
    assert len(told) > 20


def test_a_lone_claim_with_a_number_is_compared(ledger: Ledger, watched: Watched) -> None:
    ledger.record([_paper(1, ("31-1", "NOR", "radar", 1))], watched.rules)
    ledger.settle(watched.rules)
    assert watched.settled == ["NOR radar"]


def test_claims_of_one_number_in_several_grounds_follow_it(ledger: Ledger) -> None:
    first = _paper(1, ("31-2", "NOR", "radar", 1), ("31-2", "NOR", "tent", 1))
    second = _paper(2, ("31-1", "NOR", "tent", 1))
    ledger.record([first], TOY)
    ledger.settle(TOY)
    assert list(ledger.keys()) == ["transmittal 31-2"]
    ledger.record([second], TOY)
    ledger.settle(TOY)  # the tents are one order, so the radar is of that case, too
    assert list(ledger.keys()) == ["transmittal 31-1"]
    assert list(ledger.own_keys()) == [(f"transmittal 31-{n}", "transmittal 31-1") for n in (1, 2)]
    assert list(ledger.own_keys("transmittal 31-2")) == [("transmittal 31-2", "transmittal 31-1")]
    assert list(ledger.own_keys("trans", as_of="2030")) == []
    ((key, claims),) = ledger.claims_of(ledger.keys())
    assert (key, len(claims)) == ("transmittal 31-1", 3)
    ((key, claims),) = ledger.claims_under(["transmittal 31-2"])
    assert (key, claims) == ("transmittal 31-2", list(first.claims))


# -- judgements -------------------------------------------------------------------------------------------


@pytest.fixture
def pair(ledger: Ledger) -> tuple[str, str]:
    """The ids of two claims in different grounds."""
    paper = _paper(1, (None, "NOR", "radar", 1), (None, "DNK", "tent", 1))
    ledger.record([paper], TOY)
    ledger.settle(TOY)
    one, other = sorted(c.id for c in paper.claims)
    return one, other


def test_a_judgement_joins_grounds_until_it_is_taken_back(ledger: Ledger, pair: tuple[str, str]) -> None:
    same = Judgement(SAME, pair, "A", "2032-01-01", "they are")
    undo = Judgement(UNDO, (), "B", "2032-01-02", "they are not", same.id)
    after_all = Judgement(UNDO, (), "A", "2032-01-03", "they are after all", undo.id)
    for judgement, deals in ((same, 1), (undo, 2), (after_all, 1)):
        assert ledger.judge([judgement]) == 1
        assert ledger.unsettled() == 2
        ledger.settle(TOY)
        assert ledger.counts().deals == deals
    assert ledger.judge([same, undo]) == 0
    assert ledger.unsettled() == 0


def test_a_judgement_may_come_before_its_claims(ledger: Ledger) -> None:
    paper = _paper(1, (None, "NOR", "radar", 1), (None, "DNK", "tent", 1))
    ledger.judge([Judgement(SAME, tuple(c.id for c in paper.claims), "A", "2032-01-01", "they are")])
    assert ledger.unsettled() == 0
    ledger.record([paper], TOY)
    ledger.settle(TOY)
    assert ledger.counts().deals == 1


def test_a_joined_claim_that_moves_takes_the_other_along(ledger: Ledger, pair: tuple[str, str]) -> None:
    ledger.judge([Judgement(SAME, pair, "A", "2032-01-01", "they are")])
    ledger.settle(TOY)
    ledger.record([_paper(0, ("31-1", "NOR", "radar", 1), ("31-1", "DNK", "tent", 2))], TOY)
    ledger.settle(TOY)
    assert list(ledger.keys()) == ["transmittal 31-1"]


def test_a_tie_that_goes_lets_go_of_other_grounds(ledger: Ledger) -> None:
    paper = _paper(1, ("31-1 -31-2", "NOR", "radar", 1), ("31-2", "DNK", "tent", 1))
    ledger.record([paper], TOY)
    ledger.settle(TOY)
    assert list(ledger.keys()) == ["transmittal 31-1"]
    ledger.judge([Judgement(REJECT, (paper.claims[0].id,), "A", "2032-01-01", "a forgery")])
    assert ledger.unsettled() == 1
    ledger.settle(TOY)
    assert list(ledger.keys()) == ["transmittal 31-1", "transmittal 31-2"]


def test_a_claim_that_gets_the_name_of_a_tied_case_goes_with_it(ledger: Ledger) -> None:
    ledger.record(
        [_paper(1, ("31-1 -31-3", "NOR", "radar", 1), (None, "DNK", "tent", 1), (None, "DNK", "tent", 1))], TOY
    )
    ledger.settle(TOY)
    ledger.record([_paper(2, ("-31-3", "DNK", "tent", 1))], TOY)
    ledger.settle(TOY)
    assert list(ledger.keys()) == ["transmittal 31-1"]


# -- while it is worked out -------------------------------------------------------------------------------


def _meanwhile(target: str, change: Reading | Judgement) -> Rules:
    """Rules in the middle of which another program changes the ledger, once."""
    waiting: Iterator[Reading | Judgement] = iter([change])

    def disturbed(
        ground: str,
        claims: Sequence[Claim],
        published: Mapping[DocumentId, str | None],
        judgements: Sequence[Judgement],
    ) -> Settled:
        for come in waiting:
            with Ledger.open(target) as other:
                other.record([come], TOY) if isinstance(come, Reading) else other.judge([come])
        return settle(ground, claims, published, judgements)

    return replace(TOY, settle=disturbed)


def test_what_comes_while_a_ground_is_worked_out_is_not_forgotten(ledger: Ledger, target: str) -> None:
    papers = [_paper(n, (None, "NOR", "radar", 1), ("31-1", "DNK", "radar", n)) for n in range(3)]
    ids = (papers[0].claims[0].id, papers[1].claims[0].id)
    again = replace(papers[0], claims=tuple(replace(c, reader="news/2") for c in papers[0].claims))
    apart = Judgement(DIFFERENT, ids, "A", "2032-01-01", "they are not")
    changes: tuple[Reading | Judgement, ...] = (papers[2], again, apart)
    ledger.record(papers[:2], TOY)
    for turn, change in enumerate(changes):
        ledger.record([_paper(10 + turn, (None, "NOR", "radar", 1))], TOY)
        ledger.settle(_meanwhile(target, change))
        assert ledger.unsettled() == 0
        found = derived(target)
        ledger.resettle(TOY)
        assert derived(target) == found


def test_a_later_reading_of_a_known_claim_is_looked_at(ledger: Ledger) -> None:
    paper = _paper(1, (None, "NOR", "radar", 1))
    ledger.record([paper], TOY)
    ledger.settle(TOY)
    ledger.record([paper], TOY)
    assert ledger.unsettled() == 0
    ledger.record([replace(paper, claims=tuple(replace(c, reader="news/2") for c in paper.claims))], TOY)
    assert ledger.unsettled() == 1


@pytest.mark.parametrize(("limit", "size"), [("_BATCH_GROUNDS", 1), ("_BATCH_CLAIMS", 1), ("_BATCH_DOCUMENTS", 1)])
def test_the_size_of_a_batch_changes_nothing(
    places: Places, tmp_path: Path, limit: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for _ in range(2):
        target = places.new(tmp_path)
        with Ledger.open(target) as ledger:
            ledger.record(many(30), replace(RULES, sketch=TOY.sketch))
            ledger.resettle(replace(RULES, sketch=TOY.sketch))
        found.append(dump(target))
        monkeypatch.setattr(settling, limit, size)
    assert found[0] == found[1]


def test_a_large_ledger_gets_its_indexes_before_it_is_settled(
    ledger: Ledger, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.record(many(20), TOY)
    monkeypatch.setattr(store, "_WORTH_INDEXING", 10)
    ledger.settle(TOY)
    found = derived(target)
    ledger.resettle(TOY)
    assert derived(target) == found


def test_a_ground_has_a_name(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="without a name"):
        ledger.record(many(1), replace(RULES, place=lambda _: ("", "key")))
    assert ledger.counts().documents == 0


# -- questions and sketches -------------------------------------------------------------------------------


def test_questions(ledger: Ledger) -> None:
    papers = [
        _paper(n, (None, buyer, "radar", 1), (None, buyer, "radar", 2), (None, buyer, "radar", None))
        for n, buyer in enumerate(["NOR", "DNK", "PRT"])
    ]
    ledger.record(papers, TOY)
    assert list(ledger.questions()) == []
    ledger.settle(TOY)
    found = list(ledger.questions())
    order = [c.id for c in ledger.claims() if c.quantity is None]
    assert [question.claim for question in found] == order
    for question in found:
        assert question.id.startswith("q")
        (paper,) = (p for p in papers if question.claim in {c.id for c in p.claims})
        known = settle(question.ground, paper.claims, {paper.document.id: None}, ())
        assert (question,) == known.questions, "what comes back is what was asked"
    assert list(ledger.questions(ClaimFilter(recipient="DNK"))) == [q for q in found if q.ground == "DNK radar"]
    assert list(ledger.questions(limit=2)) == found[:2]
    asked = found[0]
    ledger.judge([Judgement(SAME, (asked.claim, asked.candidates[0].other), "A", "2032-01-01", "it says so")])
    ledger.settle(TOY)
    assert list(ledger.questions()) == found[1:]
    apart = [Judgement(DIFFERENT, (asked.claim, link.other), "A", "2032-01-02", "no") for link in asked.candidates]
    ledger.judge(apart)
    ledger.settle(TOY)
    assert asked.claim in {c.id for _, claims in ledger.claims_of(ledger.keys()) for c in claims}


def test_sketches(ledger: Ledger) -> None:
    papers = [_paper(n) for n in range(3)]
    ledger.record(papers, TOY)
    ids = [paper.document.id for paper in papers]
    assert ledger.sketches([*ids[:2], "none"]) == {i: f"news\0 abc {n}" for n, i in enumerate(ids[:2])}
    assert ledger.alike(["a", "none"]) == tuple(sorted(ids))
    assert ledger.alike([]) == ledger.alike(["none"]) == ()
    assert ledger.sketches([]) == {}


def test_a_sketch_is_of_the_least_form(places: Places, tmp_path: Path) -> None:
    forms = [replace(document("abc"), kind=kind) for kind in DocumentKind]
    found = []
    for order in (forms, forms[::-1], forms[2:] + forms[:2]):
        target = places.new(tmp_path)
        with Ledger.open(target) as ledger:
            for form in order:
                ledger.record([Reading(form)], TOY)
            found.append(derived(target))
            ledger.resettle(TOY)
            found.append(derived(target))
    assert all(one == found[0] for one in found)


def test_without_a_sketch_none_is_kept(ledger: Ledger, target: str) -> None:
    ledger.record(many(3), RULES)
    ledger.resettle(RULES)
    assert (derived(target)["sketch"], derived(target)["band"]) == ([], [])
