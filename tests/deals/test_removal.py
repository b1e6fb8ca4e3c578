"""What a deal is without one outlet or speaker, and without all that leads back to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.deals.origins import Why, origins
from armsledger.deals.removal import Removal, names_in, without
from armsledger.deals.sketch import sketch
from armsledger.model import Claim, Document, SpeakerKind, Stage

from .test_origins import POOL, SKETCHES, TOLD, by, claim, deals, document, story, without_credit


def dropped(name: str, documents: Iterable[Document], claims: Iterable[Claim] | None = None) -> Removal:
    given_ = {d.id: d for d in documents}
    told = [claim(d) for d in given_.values()] if claims is None else claims
    return without(told, [], given_, {d.id: sketch(d) for d in given_.values()}, name)


def gone(removal: Removal, documents: Iterable[Document]) -> set[str]:
    names = {d.id: d.name for d in documents}
    return {names[g.document] for g in removal.documents}


ORDERED = by("Minister Berg", SpeakerKind.PERSON, stage=Stage.ORDERED)


def test_with_an_agency_go_its_report_and_all_that_copy_it() -> None:
    agency = story("howitzers-0", publisher="AFP", published="2026-03-03")
    papers = [agency, *map(story, ["howitzers-1", "howitzers-2", "howitzers-4", "howitzers-6", "howitzers-a"])]
    removal = dropped("AFP", papers)
    assert removal.name == "Agence France-Presse"
    assert gone(removal, papers) == {"howitzers-0", "howitzers-1", "howitzers-2", "howitzers-4", "howitzers-6"}
    assert removal.after is not None
    assert (len(removal.before.origins), len(removal.after.origins)) == (2, 1)
    assert all(g.because for g in removal.documents)


@pytest.mark.parametrize("name", ["Bloomberg", "bloomberg", "BLOOMBERG NEWS", "https://www.bloomberg.com/news/1"])
def test_an_outlet_that_was_not_read_can_be_dropped_by_any_name(name: str) -> None:
    papers = [document(TOLD, "one"), document("Quite another report.", "two")]
    removal = dropped(name, papers)
    assert gone(removal, papers) == {"one"}


def test_a_copyist_takes_nobody_with_him() -> None:
    agency = story("howitzers-0", publisher="AFP", published="2026-03-03")
    papers = [agency, *map(story, ["howitzers-1", "howitzers-2"])]
    assert gone(dropped("Paper howitzers-1", papers), papers) == {"howitzers-1"}


def test_copies_go_with_the_first_only_where_it_was_first_for_certain() -> None:
    first = without_credit(story("howitzers-0", published="2026-03-03"))
    copy = without_credit(story("howitzers-1", published="2026-03-04"))
    assert gone(dropped("Paper howitzers-0", [first, copy]), [first, copy]) == {"howitzers-0", "howitzers-1"}
    same_day = without_credit(story("howitzers-1", published="2026-03-03"))
    vague = without_credit(story("howitzers-1", published="2026-03"))
    for other in (same_day, vague):
        papers = [first, other]
        begins = next(
            d.name
            for d in papers
            if d.id
            == origins([claim(d) for d in papers], {d.id: d for d in papers}, {d.id: sketch(d) for d in papers})[
                0
            ].first
        )
        assert gone(dropped(f"Paper {begins}", papers), papers) == {begins}


def test_with_a_speaker_goes_what_he_says_and_documents_that_say_nothing_else() -> None:
    one, other = (
        document("Berg: we have ordered radars.", "one"),
        document("We ordered, said Minister Berg. It rains.", "two"),
    )
    claims = [claim(one, **ORDERED), claim(other, **ORDERED), claim(other, "It rains", stage=Stage.APPROVED)]
    removal = dropped("Minister Berg", [one, other], claims)
    assert gone(removal, [one, other]) == {"one"}
    assert set(removal.claims) == {claims[0].id, claims[1].id}
    assert removal.before.stage.startswith("ordered")
    assert removal.after is not None
    assert removal.after.stage.startswith("approved")
    lost = {(c.before.field, c.before.value) for c in removal.values if c.after is None}
    assert ("stage", "ordered") in lost


def test_a_part_of_a_name_is_enough_and_the_author_is_nobody() -> None:
    one = document("Berg: we have ordered radars.", "one")
    assert dropped("berg", [one], [claim(one, **ORDERED)]).documents
    assert not dropped("author", [one]).documents
    assert not dropped("", [one]).documents


def test_unnamed_sources_can_be_dropped_as_well() -> None:
    one = document("Sources say that radars were ordered.", "one")
    removal = dropped("unnamed sources", [one], [claim(one, **by("unnamed sources", SpeakerKind.UNNAMED))])
    assert (removal.after, len(removal.claims)) == (None, 1)


def test_a_value_that_is_graded_otherwise_is_told_with_both_grades() -> None:
    one, other = document("One report of an order.", "one"), document("Another account of an order.", "two")
    removal = dropped("Paper two", [one, other])
    (stage,) = (c for c in removal.values if c.before.field == "stage")
    assert stage.after is not None
    assert (stage.before.information, stage.after.information) == (1, 3)


def test_nobody_of_that_name_changes_nothing() -> None:
    removal = dropped("The Example that is not here", [story("howitzers-a")])
    assert (removal.documents, removal.claims, removal.values) == ((), (), ())
    assert removal.before == removal.after


def test_the_names_that_can_be_dropped() -> None:
    papers = [
        document(TOLD, "one"),
        document("A report.", "two", publisher="AFP"),
        document("x", "three", publisher=None),
    ]
    claims = [claim(papers[0]), claim(papers[1], **ORDERED), claim(papers[2])]
    given_ = {d.id: d for d in papers}
    found = origins(claims, given_, {d.id: sketch(d) for d in papers})
    names = names_in(claims, given_, found)
    assert names == ("Agence France-Presse", "Bloomberg News", "Minister Berg", "Paper one")
    for name in names:
        assert dropped(name, papers, claims).claims


# -- laws -------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    ["AFP", "Bloomberg", "Reuters", "Quispe", "State Department", "Turkish media", "Paper cites", "DSCA"]
)


@given(deals(), NAMES)
@settings(max_examples=60)
def test_what_stays_is_the_deal_of_the_claims_that_stay(claims: list[Claim], name: str) -> None:
    documents = {d.id: d for d in POOL}
    removal = without(claims, [], documents, SKETCHES, name)
    left = [c for c in claims if c.id not in removal.claims]
    assert {g.document for g in removal.documents} == {c.document for c in claims} - {c.document for c in left}
    if removal.after is None:
        assert not left
        return
    assert removal.after.origins == origins(left, documents, SKETCHES)
    assert len(removal.after.origins) <= len(removal.before.origins) + sum(
        len(o.documents) for o in removal.before.origins
    )
    again = without(left, [], documents, SKETCHES, name)
    assert again.claims == ()


@given(deals(), NAMES, st.randoms())
@settings(max_examples=40)
def test_order_changes_nothing(claims: list[Claim], name: str, chance: Any) -> None:
    mixed = list(claims)
    chance.shuffle(mixed)
    documents = {d.id: d for d in POOL}
    one, other = (without(told, [], documents, SKETCHES, name) for told in (claims, mixed))
    assert (one.documents, set(one.claims), one.before, one.after) == (
        other.documents,
        set(other.claims),
        other.before,
        other.after,
    )


def test_ties_that_say_so_are_credits_and_citations() -> None:
    cites = document("Copper prices fell. " + TOLD, "cites", published="2026-03-05")
    own = document("Four radars for a long coast: how it came about", "own", publisher="Bloomberg")
    removal = dropped("Bloomberg", [cites, own])
    assert {g.because for g in removal.documents} == {"its own", "told as the report of Bloomberg News"}
    assert removal.before.origins[0].ties[0].why is Why.CITATION
