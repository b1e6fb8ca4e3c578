"""Claims put together: what joins them, that nothing is chosen away, and that the order of input means nothing.

The documents, sums and numbers are invented; the states are only names of buyers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals import ORDER, assemble, conflicts, deal_id, deal_key, furthest, names_buyer, shared_contract
from armsledger.model import (
    Anchor,
    Claim,
    DateInterval,
    Deal,
    DocumentId,
    Meaning,
    Mode,
    Money,
    Polarity,
    SpeakerKind,
    Stage,
    Subject,
)

_PUBLISHED = {"d1": "2031-04-02", "d2": "2031-05", "d3": None, "d4": "2030-12-31"}


def _claim(
    document: str = "d1",
    recipient: str | None = "NOR",
    at: int = 0,
    told: Iterable[tuple[str, str]] = (),
    **more: object,
) -> Claim:
    """A claim on the lamps of an invented document; ``told`` are anchors by field and value."""
    anchors = tuple(sorted(Anchor(field, value, at, at + 5, "lamps") for field, value in told))
    made = Claim(
        DocumentId(document), at, at + 5, "lamps", "notices/1", Stage.APPROVED, supplier="USA", recipient=recipient
    )
    return replace(made, anchors=anchors, **more)  # type: ignore[arg-type]


def _usd(amount: int, meaning: Meaning = Meaning.CEILING) -> Money:
    return Money(Decimal(amount), "USD", meaning)


def _values(deal: Deal, field: str) -> list[str]:
    return [value.value for value in deal.values(field)]


# -- what joins claims ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "recipient", "key"),
    [
        ([("transmittal", "31-07")], "NOR", "transmittal USA 31-07 NOR"),
        ([("transmittal", "31-0g")], "NOR", "transmittal USA 31-0G NOR"),
        ([("transmittal", "31-07")], None, "transmittal USA 31-07 -"),
        ([("contract", "N00024-31-C-0001")], "NOR", "contract N0002431C0001 NOR"),
        ([("contract", "n0002431c0001")], "NOR", "contract N0002431C0001 NOR"),
        ([("contract", "N00024-31-C-0001")], None, "contract N0002431C0001 -"),
        ([("contract", "N00024-31-C-0001"), ("transmittal", "31-07")], "NOR", "transmittal USA 31-07 NOR"),
    ],
)
def test_an_official_number_and_the_buyer_make_the_key(
    told: list[tuple[str, str]], recipient: str | None, key: str
) -> None:
    assert deal_key(_claim(told=told, recipient=recipient)) == key


def test_papers_of_one_transmittal_are_one_deal_whatever_they_say() -> None:
    first = _claim("d1", told=[("transmittal", "31-07")], value=_usd(5))
    other = _claim("d2", told=[("transmittal", "31-07")], value=_usd(9), item="quoit", stage=Stage.REQUESTED)
    assert deal_key(first) == deal_key(other)


def test_two_buyers_of_one_contract_are_two_deals_under_one_contract() -> None:
    number = [("contract", "N00024-31-C-0001")]
    keys = {deal_key(_claim(told=number, recipient=buyer)) for buyer in ("NOR", "DNK")}
    assert len(keys) == 2
    assert {shared_contract(key) for key in keys} == {deal_key(_claim(told=number, recipient=None))}


def test_a_lettered_number_is_a_case_of_its_own() -> None:
    assert deal_key(_claim(told=[("transmittal", "31-0")])) != deal_key(_claim(told=[("transmittal", "31-0G")]))


def test_claims_without_a_number_stand_apart() -> None:
    one, two = _claim(at=0), _claim(at=9)
    assert deal_key(one) == f"claim {one.id}"
    assert deal_key(one) != deal_key(two)


@pytest.mark.parametrize("key", ["contract N0002431C0001 -", "transmittal USA 31-07 NOR", "claim 0123", ""])
def test_only_a_buyers_contract_stands_under_a_contract(key: str) -> None:
    assert shared_contract(key) is None


def test_a_claim_on_a_contract_names_no_buyer() -> None:
    assert names_buyer(_claim())
    assert not names_buyer(_claim(subject=Subject.CONTRACT))


# -- what a deal says -------------------------------------------------------------------------------------


def test_conflicting_values_stand_side_by_side_the_most_often_given_first() -> None:
    claims = [
        _claim("d1", value=_usd(12_500_000)),
        _claim("d2", value=_usd(14_000_000)),
        _claim("d3", value=_usd(14_000_000)),
    ]
    deal = assemble("transmittal USA 31-07 NOR", claims, _PUBLISHED)
    assert _values(deal, "value") == ["USD 14000000 (ceiling)", "USD 12500000 (ceiling)"]
    assert [len(v.claims) for v in deal.values("value")] == [2, 1]
    assert "value" in [field.name for field in conflicts(deal, claims)]


def test_sums_of_different_meaning_are_never_one_value() -> None:
    claims = [_claim("d1", value=_usd(5, Meaning.CEILING)), _claim("d2", value=_usd(5, Meaning.AWARD))]
    assert _values(assemble("k", claims, _PUBLISHED), "value") == ["USD 5 (award)", "USD 5 (ceiling)"]


def test_the_total_of_a_shared_contract_is_no_value_of_a_buyers_deal() -> None:
    deal = assemble("k", [_claim(programme=_usd(2_000_000_000, Meaning.CUMULATIVE))], _PUBLISHED)
    assert _values(deal, "value") == []
    assert _values(deal, "programme") == ["USD 2000000000 (cumulative)"]


def test_two_articles_and_two_actions_are_no_conflict() -> None:
    claims = [
        _claim("d1", item="lamp", quantity=Decimal(4), told=[("contractor", "Blorp Inc.")]),
        _claim("d2", item="quoit", quantity=Decimal("9.0"), told=[("contractor", "Zindle LLC")]),
    ]
    deal = assemble("k", claims, _PUBLISHED)
    assert _values(deal, "item") == ["4 × lamp", "9 × quoit"]
    assert _values(deal, "contractor") == ["Blorp Inc.", "Zindle LLC"]
    assert conflicts(deal, claims) == ()


def test_a_denial_stands_beside_what_it_denies() -> None:
    claims = [_claim("d1"), _claim("d2", polarity=Polarity.DENIED, speaker="the embassy")]
    deal = assemble("k", claims, _PUBLISHED)
    assert _values(deal, "stage") == ["approved", "approved (denied)"]
    assert _values(deal, "speaker") == ["author", "the embassy"]
    assert deal.stage is Stage.APPROVED


def test_unknown_is_left_out_and_not_told_as_nothing() -> None:
    deal = assemble("k", [_claim(recipient=None)], _PUBLISHED)
    assert deal.recipient is None
    assert {field.name for field in deal.fields} == {"supplier", "stage", "certainty", "speaker"}


def test_parties_on_which_claims_differ_are_told_side_by_side_only() -> None:
    deal = assemble("k", [_claim("d1", "NOR"), _claim("d2", "DNK")], _PUBLISHED)
    assert (deal.supplier, deal.recipient) == ("USA", None)
    assert _values(deal, "recipient") == ["DNK", "NOR"]


def test_first_and_last_are_the_dates_that_are_known() -> None:
    claims = [_claim(document) for document in _PUBLISHED]
    deal = assemble("k", claims, _PUBLISHED)
    assert (deal.first, deal.last) == ("2030-12-31", "2031-05")
    undated = assemble("k", [_claim("d3")], _PUBLISHED)
    assert (undated.first, undated.last) == (None, None)


@pytest.mark.parametrize(
    ("stages", "reached"),
    [
        ([Stage.REQUESTED, Stage.APPROVED, Stage.OFFERED], Stage.APPROVED),
        ([Stage.HALTED, Stage.ORDERED], Stage.ORDERED),
        ([Stage.HALTED], Stage.HALTED),
        (list(Stage), Stage.DELIVERED),
    ],
)
def test_the_stage_is_the_furthest_that_is_affirmed(stages: list[Stage], reached: Stage) -> None:
    assert furthest([_claim(stage=stage) for stage in stages]) is reached


def test_a_denied_stage_is_not_reached() -> None:
    denied = _claim(stage=Stage.DELIVERED, polarity=Polarity.DENIED)
    assert furthest([denied, _claim(stage=Stage.CONSIDERED)]) is Stage.CONSIDERED
    assert furthest([denied]) is Stage.DELIVERED


def test_every_stage_but_halted_has_a_place() -> None:
    assert set(ORDER) == set(Stage) - {Stage.HALTED}


def test_no_claims_make_no_deal() -> None:
    with pytest.raises(ValueError, match="no claims"):
        assemble("k", [], {})


def test_a_key_has_one_id_everywhere() -> None:
    assert deal_id("k") == deal_id("k") != deal_id("l")
    assert assemble("k", [_claim()], {}).id == deal_id("k")


# -- a pure function --------------------------------------------------------------------------------------

_TOLD = st.lists(
    st.tuples(
        st.sampled_from(["transmittal", "contract", "contractor", "completion"]),
        st.sampled_from(["31-07", "N00024-31-C-0001", "Blorp Inc."]),
    ),
    max_size=3,
    unique=True,
)
_CLAIMS = st.builds(
    _claim,
    document=st.sampled_from(sorted(_PUBLISHED)),
    recipient=st.sampled_from([None, "NOR", "DNK"]),
    at=st.sampled_from([0, 9]),
    told=_TOLD,
    stage=st.sampled_from(Stage),
    polarity=st.sampled_from(Polarity),
    item=st.sampled_from([None, "lamp", "quoit"]),
    quantity=st.sampled_from([None, Decimal(4), Decimal(9)]),
    value=st.sampled_from([None, _usd(5), _usd(9), _usd(5, Meaning.AWARD)]),
    programme=st.sampled_from([None, _usd(50, Meaning.CUMULATIVE)]),
    mode=st.sampled_from([None, Mode.SALE, Mode.AID]),
    speaker=st.sampled_from(["author", "the embassy"]),
    speaker_kind=st.sampled_from([SpeakerKind.AUTHOR, SpeakerKind.OFFICE]),
    date=st.sampled_from([None, DateInterval("2031-04-02"), DateInterval("2031")]),
)


@given(claims=st.lists(_CLAIMS, min_size=1, max_size=6), data=st.data())
def test_the_order_of_claims_changes_nothing(claims: list[Claim], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(claims))
    assert assemble("k", shuffled, _PUBLISHED) == assemble("k", claims, _PUBLISHED)


@given(claims=st.lists(_CLAIMS, min_size=1, max_size=6))
def test_no_claim_and_no_value_is_chosen_away(claims: list[Claim]) -> None:
    deal = assemble("k", claims, _PUBLISHED)
    ids = {claim.id for claim in claims}
    assert set(deal.claims) == ids
    assert {given_by for field in deal.fields for value in field.values for given_by in value.claims} == ids
    for claim in claims:
        if claim.value:
            told = f"{claim.value} ({claim.value.meaning})"
            assert claim.id in next(v.claims for v in deal.values("value") if v.value == told)
        if claim.recipient:
            assert claim.id in next(v.claims for v in deal.values("recipient") if v.value == claim.recipient)


@given(claims=st.lists(_CLAIMS, min_size=1, max_size=6))
def test_only_fields_with_more_than_one_value_conflict(claims: list[Claim]) -> None:
    deal = assemble("k", claims, _PUBLISHED)
    assert all(len(field.values) > 1 and field in deal.fields for field in conflicts(deal, claims))


@given(claim=_CLAIMS)
def test_a_key_depends_on_what_is_said_alone(claim: Claim) -> None:
    again = replace(claim, reader="notices/2", evidence=Decimal(3))
    assert deal_key(again) == deal_key(claim)


def test_two_actions_of_a_contract_have_a_sum_each_and_one_action_has_one() -> None:
    def told(modification: str, amount: int, document: str) -> Claim:
        numbers = [("contract", "N00024-31-C-0001"), ("action", "modification"), ("modification", modification)]
        return _claim(document, value=_usd(amount, Meaning.AWARD), told=numbers)

    two_actions = [told("P00001", 10, "d1"), told("P00002", 20, "d2")]
    assert conflicts(assemble("k", two_actions, _PUBLISHED), two_actions) == ()
    one_action = [told("P00001", 10, "d1"), told("P00001", 20, "d2")]
    assert [f.name for f in conflicts(assemble("k", one_action, _PUBLISHED), one_action)] == ["value"]


def test_a_ceiling_and_an_award_do_not_contradict_one_another() -> None:
    claims = [_claim("d1", value=_usd(5, Meaning.CEILING)), _claim("d2", value=_usd(4, Meaning.AWARD))]
    assert conflicts(assemble("k", claims, _PUBLISHED), claims) == ()
