"""Keys that are one deal: which key is the final one, and what judgements tie."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals import judged_ties, representatives
from armsledger.deals.judgements import DIFFERENT, SAME
from armsledger.deals.ties import rank
from armsledger.model import ClaimId, Judgement

_CASE, _OTHER_CASE = "transmittal USA 31-07 NOR", "transmittal USA 31-12 NOR"
_CONTRACT, _NEXT = "contract FA867532C0001 NOR", "contract FA867532C0002 NOR"
_NEWS = "claims NOR aim-120 0123"


def test_a_case_names_a_deal_before_a_contract_and_both_before_claims() -> None:
    assert sorted([_NEWS, _CONTRACT, _CASE], key=rank) == [_CASE, _CONTRACT, _NEWS]


def test_keys_that_hang_together_have_the_least_of_them() -> None:
    ties = [(_CONTRACT, _CASE), (_NEXT, _CASE), (_NEWS, _NEXT)]
    for order in permutations(ties):
        assert representatives(order) == dict.fromkeys((_CASE, _CONTRACT, _NEWS, _NEXT), _CASE)


def test_keys_that_nothing_ties_are_not_there() -> None:
    assert representatives([]) == {}


def test_a_contract_between_two_cases_makes_no_deal_of_them() -> None:
    """By one article it seems to carry out the one, by another article the other: nothing tells what of it is whose."""
    final = representatives([(_CONTRACT, _CASE), (_CONTRACT, _OTHER_CASE), (_CONTRACT, _NEWS)])
    assert final == {_CASE: _CASE, _OTHER_CASE: _OTHER_CASE, _CONTRACT: _CONTRACT, _NEWS: _CONTRACT}


def test_two_cases_become_one_where_a_tie_names_both() -> None:
    final = representatives([(_CONTRACT, _CASE), (_CONTRACT, _OTHER_CASE), (_CASE, _OTHER_CASE)])
    assert set(final.values()) == {_CASE}


@given(
    st.lists(st.tuples(*[st.sampled_from([_CASE, _OTHER_CASE, _CONTRACT, _NEXT, _NEWS, "claims NOR *missile 4"])] * 2))
)
def test_the_order_of_ties_changes_nothing_and_a_final_key_is_its_own(ties: list[tuple[str, str]]) -> None:
    final = representatives(ties)
    assert representatives([(b, a) for a, b in reversed(ties)]) == final
    assert all(final[key] == key for key in final.values())
    assert set(final) == {key for tie in ties for key in tie}


# -- by judgements ----------------------------------------------------------------------------------------

_KEYS = {ClaimId("a"): _NEWS, ClaimId("b"): _CONTRACT, ClaimId("c"): _CASE, ClaimId("d"): _CASE}


def _said(verdict: str, *about: str, day: int = 1) -> Judgement:
    return Judgement(verdict, about, "A. Nalyst", f"2031-07-0{day}T09:00:00Z", "the annex says so")


def test_a_judgement_ties_the_keys_of_its_claims() -> None:
    assert judged_ties([_said(SAME, "a", "c")], _KEYS) == ((_NEWS, _CASE),)
    assert judged_ties([_said(SAME, "c", "d")], _KEYS) == ()  # one key already
    assert judged_ties([_said(SAME, "a", "unknown")], _KEYS) == ()


def test_judgements_that_hang_together_tie_all_keys_to_the_least() -> None:
    ties = judged_ties([_said(SAME, "a", "b"), _said(SAME, "b", "c", day=2)], _KEYS)
    assert ties == ((_NEWS, _CASE), (_CONTRACT, _CASE))


def test_the_later_of_two_judgements_about_the_same_claims_holds() -> None:
    same, different = _said(SAME, "a", "c"), _said(DIFFERENT, "a", "c", day=2)
    assert judged_ties([same, different], _KEYS) == judged_ties([different, same], _KEYS) == ()
    assert judged_ties([different, _said(SAME, "a", "c", day=3)], _KEYS) == ((_NEWS, _CASE),)
