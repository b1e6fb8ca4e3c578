"""Questions: order, prefixes, candidates, whole deals, and streams longer than one stretch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from armsledger.errors import InputError, NotFound
from armsledger.ledger import ClaimFilter, Ledger, deal_keys, queries
from armsledger.model import Reading, Refusal

from .made_up import RULES, claim, document, many, rules_of
from .places import Places

DOCUMENTS = 700  # more than one stretch of rows, of ids, of keys


@pytest.fixture(scope="module")
def ledger(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(places.new(tmp_path_factory.mktemp("queries"))) as opened:
        opened.record(many(DOCUMENTS), rules_of(lambda claim: f"{claim.document[:4]} {claim.quantity}"))
        opened.record([Reading(document("No date here: India.", "undated", None))], RULES)
        yield opened


@pytest.fixture
def small(target: str) -> Iterator[Ledger]:
    with Ledger.open(target) as opened:
        yield opened


def test_claims_come_in_their_order(ledger: Ledger) -> None:
    published = {row.id: row.published or "~" for row in ledger.documents()}
    found = list(ledger.claims())
    assert len(found) == DOCUMENTS * 3
    assert found == sorted(found, key=lambda claim: (published[claim.document], claim.document, claim.start, claim.id))
    assert {claim.id for claim in found} == {claim.id for reading in many(DOCUMENTS) for claim in reading.claims}


def test_a_limit_cuts_the_same_order(ledger: Ledger) -> None:
    assert list(ledger.claims(limit=501)) == list(ledger.claims())[:501]
    assert list(ledger.claims(limit=0)) == []


def test_documents_come_by_date_the_undated_last(ledger: Ledger) -> None:
    rows = list(ledger.documents())
    assert len(rows) == DOCUMENTS + 1
    assert rows == sorted(rows, key=lambda row: (row.published or "~", row.id))
    assert rows[-1].names == ("undated",)
    assert [row.claims for row in rows] == [3] * DOCUMENTS + [0]
    by_name = {row.names[0]: row for row in rows}
    assert (by_name["5.txt"].refused, by_name["5.txt"].silences) == (1, 2)
    assert by_name["5.txt"].characters == len(ledger.document("5.txt").text)


def test_documents_with_such_claims(ledger: Ledger) -> None:
    rows = list(ledger.documents(ClaimFilter(recipient="Country 7", text="missiles 4")))
    expected = {
        reading.document.name: sum("4" in claim.quote for claim in reading.claims)
        for reading in list(many(DOCUMENTS))[7::40]
    }
    assert {row.names[0]: row.claims for row in rows} == expected
    assert set(expected.values()) == {1, 3}  # "4 missiles", "of type 4"


def test_streams_can_be_left_and_nested(ledger: Ledger) -> None:
    first = ledger.claims()
    for _, found in zip(range(5), first, strict=False):
        assert ledger.claim(found.id) == found
        assert next(ledger.documents(ClaimFilter(document=found.document))).id == found.document
    first.close()  # type: ignore[attr-defined]


def test_a_stream_shows_the_state_at_its_first_item(small: Ledger) -> None:
    small.record(many(400), RULES)
    stream = small.claims()
    next(stream)
    small.record([Reading(reading.document) for reading in many(1)], RULES)
    later = document("India ordered more.", "later", "2099-01-01")
    small.record([Reading(later, claims=(claim(later, "India ordered more"),))], RULES)
    assert sum(1 for _ in stream) == 400 * 3 - 1
    assert sum(1 for _ in small.claims()) == 400 * 3 + 1


def test_deal_keys_and_whole_deals(ledger: Ledger) -> None:
    keys = list(ledger.keys())
    assert len(keys) > 1200
    assert keys == sorted(set(keys))
    together = dict(ledger.claims_of(keys))
    assert list(together) == keys
    assert sorted(claim.id for claims in together.values() for claim in claims) == sorted(
        claim.id for claim in ledger.claims()
    )
    order = {claim.id: place for place, claim in enumerate(ledger.claims())}
    for key, claims in together.items():
        assert {f"{claim.document[:4]} {claim.quantity}" for claim in claims} == {key}
        assert claims == sorted(claims, key=lambda claim: order[claim.id])


def test_deals_come_in_the_order_asked_for(ledger: Ledger) -> None:
    keys = list(ledger.keys())[:3][::-1]
    assert [key for key, _ in ledger.claims_of(iter([keys[0], "none such", *keys[1:]]))] == keys


def test_deals_as_of_a_date(ledger: Ledger) -> None:
    with_date = {row.id: row.published or "~" for row in ledger.documents()}
    for _, claims in ledger.claims_of(ledger.keys(), as_of="2010-06"):
        assert claims
        assert all(with_date[claim.document] <= "2010-06-31" for claim in claims)


def test_a_claim_by_the_beginning_of_its_id(ledger: Ledger) -> None:
    found = next(ledger.claims())
    assert ledger.claim(found.id) == ledger.claim(found.id[:12]) == found


@pytest.mark.parametrize("prefix", ["zz", "", "a" * 30, "A", "'", "\ud800"])
def test_no_such_claim(ledger: Ledger, prefix: str) -> None:
    with pytest.raises(InputError):
        ledger.claim(prefix)


def test_an_ambiguous_beginning_names_the_candidates(ledger: Ledger) -> None:
    ids = sorted(claim.id for claim in ledger.claims())
    prefix = next(one[:2] for one, two in pairwise(ids) if one[:2] == two[:2])
    with pytest.raises(InputError, match="stands for several claims") as caught:
        ledger.claim(prefix)
    assert not isinstance(caught.value, NotFound)
    alike = [claim_id for claim_id in ids if claim_id.startswith(prefix)]
    assert all(candidate in str(caught.value) for candidate in alike[:10])
    assert ("and more" in str(caught.value)) == (len(alike) > 10)


def test_a_document_by_id_beginning_or_name(ledger: Ledger) -> None:
    wanted = next(many(1)).document
    for name in (wanted.id, wanted.id[:10], "0.txt"):
        assert ledger.document(name) == wanted
    with pytest.raises(NotFound, match="armsledger documents"):
        ledger.document("none.txt")


def test_ids_that_are_none_find_nothing(ledger: Ledger) -> None:
    odd = ["none", "", "\ud800", "\0", "'", '"', "\\", "%"]
    assert not any(ledger.has(one) for one in odd)
    assert not ledger.documents_named(odd)
    assert not ledger.published(odd)
    assert not ledger.sketches(odd)
    assert ledger.alike(odd) == ()
    assert list(ledger.claims_of(odd)) == list(ledger.claims_under(odd)) == []
    assert [list(ledger.own_keys(one)) for one in odd[2:]] == [[]] * 6


def test_two_documents_of_one_name(small: Ledger) -> None:
    editions = [document("First edition.", "page.html"), document("Second edition.", "page.html", title="Second")]
    small.record([Reading(edition) for edition in editions], RULES)
    with pytest.raises(InputError, match="several documents") as caught:
        small.document("page.html")
    assert all(edition.id in str(caught.value) for edition in editions)
    assert small.document(editions[1].id) == editions[1]


def test_an_id_wins_over_a_name(small: Ledger) -> None:
    first = document("First.", "a.txt")
    second = document("Second.", first.id)
    third = document("Third.", first.id[:6])
    small.record([Reading(one) for one in (first, second, third)], RULES)
    assert small.document(first.id) == first
    assert small.document(first.id[:6]) == third
    assert small.document(first.id[:7]) == first


def test_counts(ledger: Ledger) -> None:
    counts = ledger.counts()
    assert (counts.documents, counts.undated, counts.claims) == (DOCUMENTS + 1, 1, DOCUMENTS * 3)
    assert counts.deals == len(list(ledger.keys()))
    assert counts.refused == DOCUMENTS // 2
    assert counts.silences == {"no item": sum(number % 3 for number in range(DOCUMENTS))}
    assert counts.judgements == 0


def test_an_empty_ledger_answers(small: Ledger) -> None:
    for answer in (small.claims(), small.documents(), small.keys(), small.judgements()):
        assert not list(answer)
    assert small.counts() == queries.Counts(0, 0, 0, 0, 0, 0, {})
    assert list(small.claims_of(["x"])) == []
    assert list(small.questions()) == []
    assert small.unsettled() == small.settle(RULES) == small.resettle(RULES) == 0


def test_the_size_of_a_stretch_changes_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    which = ClaimFilter(recipient="Country 3")
    expected = [list(ledger.claims(which)), list(ledger.documents(which)), list(ledger.claims_of(ledger.keys(which)))]
    monkeypatch.setattr(queries, "_STRETCH", 2)
    assert [
        list(ledger.claims(which)),
        list(ledger.documents(which)),
        list(ledger.claims_of(ledger.keys(which))),
    ] == expected


def test_answers_do_not_depend_on_indexes(ledger: Ledger) -> None:
    from armsledger.ledger import connect

    for which in (ClaimFilter(), ClaimFilter(party="USA", since="2010"), ClaimFilter(text="missiles")):
        before = [claim.id for claim in ledger.claims(which)], list(ledger.documents(which)), list(ledger.keys(which))
        connect.build_indexes(ledger._engine, 1)
        after = [claim.id for claim in ledger.claims(which)], list(ledger.documents(which)), list(ledger.keys(which))
        assert before == after


def test_a_claim_found_by_two_versions_is_one_claim(small: Ledger) -> None:
    source = document("India ordered more.")
    found = claim(source, "India ordered more", recipient="IND")
    small.record([Reading(source, claims=(found, replace(found, reader="news/2")))], RULES)
    assert [one.reader for one in small.claims()] == ["news/2"]
    assert small.counts().claims == 1


def test_publishers_with_what_came_of_them(small: Ledger) -> None:
    papers = [
        document("Ankara ordered drones.", "a", "2025-01-02", publisher="The Paper"),
        document("Ankara ordered nothing.", "b", "2025-03", publisher="The Paper"),
        document("Delhi ordered radars.", "c", None),
    ]
    told = [claim(papers[0], "Ankara ordered drones"), claim(papers[2], "Delhi ordered"), claim(papers[2], "radars")]
    small.record(
        [
            Reading(papers[0], claims=(told[0],)),
            Reading(papers[1], refused=(Refusal("not there", "quote", "x"),) * 2),
            Reading(papers[2], claims=tuple(told[1:])),
        ],
        RULES,
    )
    rows = [(r.publisher, r.documents, r.telling, r.claims, r.refused, r.newest) for r in small.publishers()]
    assert rows == [("The Paper", 2, 1, 1, 2, "2025-03"), (None, 1, 1, 2, 0, None)]
    assert small.publishers()[1].example == papers[2].id


def test_keys_are_given_in_stretches(ledger: Ledger) -> None:
    for which in (ClaimFilter(), ClaimFilter(supplier="USA"), ClaimFilter(text="ordered", since="2001")):
        every = list(ledger.keys(which))
        assert list(ledger.keys(which, limit=7, skip=3)) == every[3:10]
        assert list(ledger.keys(which, limit=7, skip=len(every))) == []


def test_keys_without_the_indexes_of_claims_are_the_same(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deal_keys, "_MANY", 5)  # so that few are many
    for which in (
        ClaimFilter(supplier="USA"),
        ClaimFilter(party="Country 7"),
        ClaimFilter(since="2005", recipient="USA"),
    ):
        every = list(ledger.keys(which))
        assert list(ledger.keys(which, limit=1_000_000)) == every
        assert list(ledger.keys(which, limit=5)) == every[:5]


def test_keys_of_documents_and_claims(ledger: Ledger) -> None:
    rows = list(ledger.documents())[:5]
    for row in rows:
        by_claim = ledger.keys_of_claims(row.id)
        assert set(by_claim) == {one.id for one in ledger.claims(ClaimFilter(document=row.id))}
        assert ledger.keys_of(by_claim) == by_claim
        assert ledger.keys_in([row.id])[row.id] == tuple(sorted(set(by_claim.values())))
    undated = list(ledger.documents())[-1]
    assert ledger.keys_in([undated.id]) == {}


def test_many_questions_at_once_see_one_state(small: Ledger) -> None:
    first, second = (document(f"Ankara ordered {what}.", what) for what in ("drones", "radars"))
    small.record([Reading(first, claims=(claim(first, "Ankara ordered"),))], RULES)
    with small.at_once() as book:
        assert len(list(book.claims())) == 1
        small.record([Reading(second, claims=(claim(second, "Ankara ordered"),))], RULES)
        assert len(list(book.claims())) == 1
        assert book.published([first.id, second.id]) == {first.id: "2025-05-14"}
    assert len(list(small.claims())) == 2
