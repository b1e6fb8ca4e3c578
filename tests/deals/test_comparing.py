"""Which reasons hold for two papers and against them. One line a pair; what is told is invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armsledger.deals.comparing import compare, contract_year
from armsledger.deals.profile import Profile, profile, profiles, tells_of_more, together
from armsledger.deals.reasons import FAMILY, KIND, VETO, Rule, points
from armsledger.model import Claim, DateInterval, Mode

from .giving import money
from .papers_made_up import contract, news, notice, published_of


def _profile(claim: Claim) -> Profile:
    return profile(claim, published_of([claim])[claim.document])


def _reasons(one: Claim, other: Claim, base: Rule = FAMILY) -> set[str]:
    found = compare(_profile(one), _profile(other), base)
    turned = compare(_profile(other), _profile(one), base)
    assert {r.name for r in found} == {r.name for r in turned}, "the order of two papers means nothing"
    for rule in found:
        assert rule.told(_profile(one), _profile(other)), rule.name
    return {rule.name for rule in found}


def _programme(document: str, sum_: str) -> Claim:
    return replace(news(document), programme=money(f"{sum_} cumulative"))


_A, _B, _YEAR, _LATE, _FAR = "2031-04-02 a", "2031-04-20 b", "2032-02-01 c", "2035-06-01 d", "2042-01-01 e"

_HOLDS = [  # one, other, reason that holds
    (news(_A), news(_B), "same supplier"),
    (news(_A), news(_B), "same variant"),
    (news(_A), news(_B, item="AIM-120C"), "variants that agree"),
    (news(_A), news(_B), "same step within a month"),
    (news(_A), news("2031-06-20 b"), "same step within a hundred days"),
    (news(_A), news(_YEAR), "same step within a year"),
    (news(_A), news("2032-12-01 b"), "same step more than a year apart"),
    (news(_A), news(_LATE), "same step more than two years apart"),
    (news(_A), news("2037-01-01 b"), "same step more than five years apart"),
    (news(_A, stage="approved"), news(_B), "steps within a month"),
    (news(_A, stage="approved"), news(_YEAR), "steps that follow in time"),
    (news(_A, stage="approved"), news(_LATE), "steps more than three years apart"),
    (news(_A, stage="approved"), news("2037-01-01 b"), "steps more than five years apart"),
    (news(_A), news(_YEAR, stage="requested"), "an earlier step after a later one"),
    # when it happened counts, not when it is told; what is to happen counts as told
    (news(_A), news(_LATE, date="2031-03-30"), "same step within a month"),
    (news(_A, stage="delivered", date="2040"), news(_B), "steps within a month"),
    # counts
    (news(_A, count=53), news(_B, count=53), "same quantity"),
    (news(_A, count=40), news(_B, count=40), "same usual quantity"),
    (news(_A, count=4), news(_B, count=4), "same small quantity"),
    (news(_A, "about", count=50), news(_B, count=53), "quantities that agree"),
    (news(_A, count=53), news(_B, count=30), "other quantities"),
    (news(_A, count=53), news(_B, count=53, stage="delivered"), "same quantity"),
    (news(_A, count=53), news(_B, count=90, stage="delivered"), "more delivered than ordered"),
    # sums
    (news(_A, value="225"), news(_B, value="225"), "same value"),
    (news(_A, value="225"), notice(_B, "31-07", value="225"), "the same figure"),
    (news(_A, value="225"), news(_B, value="900"), "other values"),
    (notice(_A, "31-07", value="225"), contract(_YEAR, "FA8675-31-C-0001", value="190"), "within the ceiling"),
    (notice(_A, "31-07", value="225"), contract(_YEAR, "FA8675-31-C-0001", value="300"), "above the ceiling"),
    (_programme(_A, "USD 2500000000"), _programme(_B, "USD 2500000000"), "same programme"),
    # what is done, terms, words
    (news(_A, item="AIM-120 support services"), news(_B), "goods against service"),
    (news(_A, item="AIM-120 upgrade"), news(_B), "goods against upgrade"),
    (news(_A, item="AIM-120 upgrade"), news(_B, item="AIM-120 maintenance"), "upgrade against service"),
    (news(_A, item="AIM-120 maintenance"), news(_B, item="AIM-120 repair"), "same kind of work"),
    (news(_A, second_hand=True), news(_B), "second-hand"),
    (news(_A, mode=Mode.AID), news(_B, mode=Mode.SALE), "other terms"),
    (news(_A, "an additional", count=20), news(_B, count=20), "a further deal"),
    (news(_A), replace(news(_A, stage="approved"), start=300, end=340), "told together"),
    # notices and contracts
    (notice(_A, "31-07"), contract(_YEAR, "FA8675-31-C-0001", value="9"), "notice and contract"),
    (notice(_A, "31-07"), contract(_YEAR, "FA8675-29-C-0001", value="9"), "contract made before the notice"),
    (notice(_A, "31-07"), contract(_YEAR, "FA8675-31-C-0001"), "contract only names the buyer"),
    # never
    (news(_A), news(_B, sides="FRA NOR"), "other supplier"),
    (news(_A), news(_B, item="AIM-120C-7"), "sibling variants"),
    (news(_A, mode=Mode.LEASE), news(_B, mode=Mode.SALE), "lent or leased against sold"),
    (news(_A), news(_FAR), "more than ten years apart"),
    (notice(_A, "31-07"), notice(_B, "31-08"), "other notified case"),
    (contract(_A, "FA8675-31-C-0001"), contract(_B, "FA8675-31-C-0002"), "other contract"),
    (news(_A, told=[("register row", "SIPRI 2030-03-01 7")]), news(_A, told=[("register row", "SIPRI 2030-03-01 8")]),
     "other entry of one register"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "reason"), _HOLDS)
def test_a_reason_holds(one: Claim, other: Claim, reason: str) -> None:
    assert reason in _reasons(one, other)


_HOLDS_NOT = [  # one, other, reason that does not hold
    (news(_A), news(_B, sides="- NOR"), "same supplier"),  # not stated is not the same, nor another
    (news(_A), news(_B, sides="- NOR"), "other supplier"),
    (news(_A), news("undated b"), "same step within a month"),
    (news(_A, count=53), news(_B, count=20, stage="delivered"), "other quantities"),  # a part is delivered
    (notice(_A, "31-07", count=53), contract(_YEAR, "FA8675-31-C-0001", count=20), "other quantities"),  # or ordered
    # sums of different meaning are never taken as equal, nor as different
    (notice(_A, "31-07", value="225"), contract(_YEAR, "FA8675-31-C-0001", value="225"), "same value"),
    (notice(_A, "31-07", value="225"), contract(_YEAR, "FA8675-31-C-0001", value="90"), "other values"),
    (contract(_A, "FA8675-31-C-0001", value="9"), contract(_A, "FA8675-31-C-0001", value="7"), "other values"),
    (news(_A, value="225"), replace(news(_B, value="225"), value=money("EUR 225000000 reported")), "same value"),
    (news(_A, value="225"), replace(news(_B, value="225"), value=money("EUR 400000000 reported")), "other values"),
    (news(_A, "more than", count=50), news(_B, count=50), "a further deal"),  # "more than 50" are no further 50
    (notice(_A, "31-07"), contract(_YEAR, "FA8675-29-D-0001", value="9"), "contract made before the notice"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "reason"), _HOLDS_NOT)
def test_a_reason_does_not_hold(one: Claim, other: Claim, reason: str) -> None:
    assert reason not in _reasons(one, other)


def test_a_veto_stands_alone_and_cannot_be_outweighed() -> None:
    one, other = news(_A, count=53, value="225"), news(_A, count=53, value="225", item="AIM-120C-7")
    found = compare(_profile(one), _profile(other), FAMILY)
    assert [rule.name for rule in found] == ["sibling variants"]
    assert points(found) == VETO


def test_of_a_kind_of_thing_the_words_have_to_do() -> None:
    one = news(_A, item="Airborne Warning and Control System", system=None)
    other = news(_B, item="Airborne Warning and Control System upgrade", system=None)
    third = news(_B, item="integrated air picture system", system=None)
    assert "same words for the item" in _reasons(one, other, KIND)
    assert "other words for the item" in _reasons(one, third, KIND)
    assert not {"same words for the item", "other words for the item"} & _reasons(one, third)


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("an additional", True),
        ("another", True),
        ("a follow-on order of", True),
        ("a second batch of", True),
        ("a further", True),
        ("", False),
        ("more than", False),
        ("up to", False),
    ],
)
def test_words_that_tell_of_a_further_deal(words: str, *, more: bool) -> None:
    assert tells_of_more(news(_A, words, count=20)) is more


def test_claims_that_say_the_same_in_one_week_are_compared_once() -> None:
    copies = [news(f"2031-04-02 {letter}", count=53) for letter in "abcdef"]
    other = news("2031-04-02 g", count=50)
    found = profiles([*copies, other], published_of([*copies, other]))
    assert [len(p.members) for p in found] == [6, 1]


def test_claims_of_one_number_are_compared_once_with_all_that_they_say() -> None:
    claims = [notice(_A, "31-07", count=53), notice(_B, "31-07", value="225")]
    (found,) = profiles(claims, published_of(claims))
    assert len(found.members) == 2
    assert found.asked
    assert found.ceiling == 225_000_000


def test_what_two_say_together_does_not_depend_on_who_comes_first() -> None:
    one, other = _profile(news(_A, count=53)), _profile(notice(_B, "31-07", value="225"))
    made, turned = together(one, other), together(other, one)
    assert replace(made, members=()) == replace(turned, members=())


def test_a_date_is_as_precise_as_it_was_said() -> None:
    claim = replace(news("2031-04-02 a"), date=DateInterval("2030"))
    found = _profile(claim).days
    assert found is not None
    assert found[1] - found[0] == 364


@pytest.mark.parametrize(
    ("key", "year"),
    [
        ("contract FA867523C0037 PAK", 2023),
        ("contract N0001914G0020 FRA", None),  # an ordering agreement: its orders may be far younger
        ("contract X PAK", None),
        ("transmittal USA 31-07 TUR", None),
    ],
)
def test_the_year_of_a_contract(key: str, year: int | None) -> None:
    assert contract_year(key) == year
