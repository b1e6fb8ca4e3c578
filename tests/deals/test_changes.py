"""What changed between two days: every change has its kind, its words, and the documents because of which it is so.

The states and systems are only names; sales, figures and dates are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.bearing import known
from armsledger.deals.changes import Change, ChangeKind, changes
from armsledger.deals.life import Status, life
from armsledger.model import Claim, Meaning, Money, SpeakerKind, Stage

from .made_up import dates, said

_NOTICE = said("approved", by="notice", count=4, date="2031-04-02")


def _changes(before: Sequence[Claim], came: Sequence[Claim]) -> tuple[Change, ...]:
    published = dates([*before, *came])
    return changes(life(before, published), life([*before, *came], published))


def _usd(amount: int, meaning: Meaning = Meaning.CEILING) -> Money:
    return Money(Decimal(amount), "USD", meaning)


@pytest.mark.parametrize(
    ("before", "came", "expected"),
    [
        ([], [], []),
        ([_NOTICE], [], []),
        (
            [],
            [_NOTICE],
            [("new deal", "approved (official notice, certain; 1 document); ordered: not told; contested: no")],
        ),
        # a stage that is reached, expected, or possible for the first time
        (
            [_NOTICE],
            [said("ordered", "2031-05-01 b", by="contracts")],
            [("stage reached", "ordered, according to contract announcement")],
        ),
        (
            [_NOTICE],
            [said("delivered", "2031-05-01 b", date="2034")],
            [("stage expected", "delivered, according to Example Wire")],
        ),
        (
            [_NOTICE],
            [said("ordered", "2031-05-01 b", certainty="possible")],
            [("stage possible", "ordered, according to Example Wire")],
        ),
        # possible before, reached now
        (
            [said("ordered", certainty="possible")],
            [said("ordered", "2031-05-01 b", by="contracts")],
            [("stage reached", "ordered, according to contract announcement")],
        ),
        # reached before: that it is called possible again is no news, but it is not left out
        (
            [said("ordered", by="contracts")],
            [said("ordered", "2031-05-01 b", certainty="possible")],
            [("told again", "ordered, by Example Wire")],
        ),
        # a denial, and that it makes the deal contested
        (
            [said("ordered", certainty="possible")],
            [said("ordered", "2031-05-01 b", "ministry", kind=SpeakerKind.OFFICE, denied=True)],
            [
                ("denial", "ordered: denied by ministry"),
                ("contested", "affirmed by Example Wire, denied by ministry"),
            ],
        ),
        # the same voice denies again: told again
        (
            [_NOTICE, said("ordered", "2031-04-04 b", "ministry", denied=True)],
            [said("ordered", "2031-05-01 c", "ministry", denied=True)],
            [("told again", "ordered denied, by ministry")],
        ),
        # sums stand beside sums of the same meaning alone
        (
            [said("approved", by="notice", value=_usd(5_000_000))],
            [said("approved", "2031-05-01 b", by="notice", value=_usd(7_500_000))],
            [("value", "USD 7,500,000 (ceiling), beside USD 5,000,000 (ceiling)")],
        ),
        (
            [said("approved", by="notice", value=_usd(5_000_000))],
            [said("approved", "2031-05-01 b", value=_usd(3_000_000, Meaning.REPORTED))],
            [("value", "USD 3,000,000 (reported)")],
        ),
        (
            [_NOTICE],
            [said("approved", "2031-05-01 b", programme=_usd(2_000_000_000, Meaning.CUMULATIVE))],
            [("value", "USD 2,000,000,000 (of a whole contract or programme, nobody's own)")],
        ),
        # counts of the same thing at the same stage
        (
            [_NOTICE],
            [said("approved", "2031-05-01 b", by="notice", count=6)],
            [("quantity", "6 × AIM-120C-8 (approved), beside 4 × AIM-120C-8 (approved)")],
        ),
        (
            [_NOTICE],
            [said("approved", "2031-05-01 b", by="notice", count=4)],
            [("told again", "approved, by official notice")],
        ),
        # how it ended
        (
            [_NOTICE],
            [said("halted", "2031-05-01 b", words="Norway cancelled the plan.", date="2031-04-30")],
            [("ended", "cancelled 2031-04-30, according to Example Wire")],
        ),
        # papers and options
        (
            [said("ordered", by="contracts", told=[("contract", "N00024-31-C-0001"), ("action", "award")])],
            [
                said(
                    "ordered",
                    "2031-05-01 b",
                    by="contracts",
                    told=[("contract", "N00024-31-C-0001"), ("action", "option"), ("modification", "P00004")],
                )
            ],
            [("paper", "option P00004 of N00024-31-C-0001"), ("option", "an option is exercised")],
        ),
    ],
)
def test_what_a_document_changes(
    before: Sequence[Claim], came: Sequence[Claim], expected: Sequence[tuple[str, str]]
) -> None:
    found = _changes(before, came)
    assert [(str(c.kind), c.what) for c in found] == list(expected)
    new = {c.document for c in came}
    assert all(set(change.documents) & new for change in found)


def test_a_contest_can_pass() -> None:
    """The denial was of an order that was only possible; what is signed on a later day it did not speak of."""
    before = [
        said("ordered", certainty="possible"),
        said("ordered", "2031-04-09 b", "ministry", denied=True),
    ]
    came = [said("ordered", "2031-09-01 c", by="contracts", date="2031-09-01")]
    published = dates([*before, *came])
    after = life([*before[1:], *came], published)  # the rumour was found to be of another deal
    kinds = [c.kind for c in changes(life(before, published), after)]
    assert kinds == [ChangeKind.REACHED, ChangeKind.UNCONTESTED]


def test_nothing_was_and_nothing_is() -> None:
    assert changes(None, None) == ()
    assert changes(None, life([], {})) == ()
    assert changes(life([_NOTICE], dates([_NOTICE])), None) == ()


# -- laws -------------------------------------------------------------------------------------------------

_CLAIMS = st.lists(
    st.builds(
        said,
        st.sampled_from([str(s) for s in Stage]),
        st.sampled_from(["2030-01-01 a", "2031-04-02 b", "2032-05-05 c", "2033-01-01 d"]),
        st.sampled_from(["notice", "contracts", "Example Wire", "ministry"]),
        denied=st.booleans(),
        certainty=st.sampled_from(["certain", "probable", "possible"]),
        date=st.none() | st.sampled_from(["2029", "2031-04-02", "2040"]),
        count=st.none() | st.integers(1, 9),
        words=st.sampled_from(["", "It was cancelled.", "With an option."]),
    ),
    max_size=10,
)
_DAYS = ["2029", "2030-06", "2031-04-02", "2032-12", "2033-12"]


@given(_CLAIMS, st.sampled_from(_DAYS), st.sampled_from(_DAYS))
def test_every_new_claim_is_behind_a_change_and_every_change_has_one(claims: list[Claim], one: str, two: str) -> None:
    earlier, later = sorted([one, two])
    published = dates(claims)
    before, after = known(claims, published, earlier), known(claims, published, later)
    found = changes(life(before, published), life(after, published))
    new = {c.id for c in after} - {c.id for c in before}
    told = {t.id for change in found for t in change.told if change.kind is not ChangeKind.UNCONTESTED}
    assert new <= told
    for change in found:
        assert change.what
        assert change.kind is ChangeKind.UNCONTESTED or any(t.id in new for t in change.told)


@given(_CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(claims: list[Claim], shuffle: object) -> None:
    published = dates(claims)
    turned = list(claims)
    shuffle.shuffle(turned)  # type: ignore[attr-defined]
    before = known(claims, published, "2031-12")
    there = known(turned, published, "2031-12")
    assert changes(life(before, published), life(claims, published)) == changes(
        life(there, published), life(turned, published)
    )


@given(_CLAIMS)
def test_a_status_that_turned_has_a_change_that_says_so(claims: list[Claim]) -> None:
    published = dates(claims)
    before, after = life(known(claims, published, "2031"), published), life(claims, published)
    if before.told and Status(before).stage is not Status(after).stage:
        kinds = {c.kind for c in changes(before, after)}
        assert ChangeKind.REACHED in kinds
