"""The life of a deal: what carries a stage, what only stands beside it, who contests it, and the sentence that says so.

The states and systems are only names; sales, figures and dates are invented.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from armsledger.deals.bearing import Bearing, bearing, known, voice
from armsledger.deals.life import Life, Status, life, status
from armsledger.deals.papers import EndingKind
from armsledger.model import Certainty, Claim, Mode, SpeakerKind, Stage

from .made_up import dates, said


def _life(*claims: Claim) -> Life:
    return life(claims, dates(claims))


def _status(*claims: Claim) -> Status:
    return status(claims, dates(claims))


# -- how one claim bears ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (said("ordered"), "reached"),
        (said("ordered", certainty="probable"), "reached"),
        (said("ordered", certainty="possible"), "possible"),
        (said("ordered", certainty="unknown"), "possible"),
        (said("ordered", condition="if the talks succeed"), "possible"),
        (said("ordered", denied=True), "denied"),
        (said("ordered", denied=True, certainty="possible"), "doubted"),
        # a day after that of the paper is still to come, one on it or before is not
        (said("delivered", date="2032"), "ahead"),
        (said("delivered", date="2031-04-03"), "ahead"),
        (said("delivered", date="2031-04-02"), "reached"),
        (said("delivered", date="2031"), "reached"),
        (said("delivered", "undated a", date="2099"), "reached"),
        # an offer is made in words, whatever day stands beside it
        (said("offered", date="2031-04-08"), "reached"),
        # a coming delivery under a contract is told of an order that there is ...
        (said("ordered", date="2033"), "reached"),
        (said("ordered=delivered", words="The boats will be delivered in 2033.", date="2033"), "reached"),
        # ... a contract that is to be signed is none yet
        (said("ordered=contract", words="Norway will sign a contract for boats."), "ahead"),
        (said("ordered=buy", words="Norway is set to buy boats.", certainty="probable"), "ahead"),
        (said("approved=sell", words="We will sell boats to Norway, said the minister."), "reached"),
        (said("approved=approve", words="The ministry is expected to approve the sale."), "ahead"),
        (said("delivered=deliver", words="The yard is set to deliver boats.", certainty="probable"), "ahead"),
        # another clause's future is not this one's
        (said("delivered=delivered", words="The yard, which will close, has delivered boats."), "reached"),
        # "expected" beside the claim makes it probable because it looks ahead; "probably" does not
        (
            said(
                "delivered", words="Boats are expected to come.", certainty="probable", told=[("certainty", "expected")]
            ),
            "ahead",
        ),
        (
            said(
                "delivered", words="Boats were probably sent.", certainty="probable", told=[("certainty", "probably")]
            ),
            "reached",
        ),
    ],
)
def test_how_a_claim_bears_on_its_stage(claim: Claim, expected: str) -> None:
    assert bearing(claim, dates([claim])[claim.document]) == expected


def test_official_papers_are_named_as_what_they_are() -> None:
    assert voice(said("approved", by="notice")) == "official notice"
    assert voice(said("ordered", by="contracts")) == "contract announcement"
    assert voice(said("ordered", by="author", kind=SpeakerKind.AUTHOR)) == "the article itself"
    assert voice(said("ordered", by="A. Minister", kind=SpeakerKind.PERSON)) == "A. Minister"


# -- the sentence -----------------------------------------------------------------------------------------

_NOTICE = said("approved", by="notice", date="2031-04-02")
_RUMOUR = said("ordered", "2031-05-01 b", "Example Daily", certainty="possible")
_DENIAL = said("ordered", "2031-05-03 c", "defence ministry", kind=SpeakerKind.OFFICE, denied=True)


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ([], "no stage affirmed; contested: no"),
        ([_NOTICE], "approved (official notice, certain; 1 document); ordered: not told; contested: no"),
        # a rumour never raises the stage, a fear neither
        (
            [_NOTICE, _RUMOUR],
            (
                "approved (official notice, certain; 1 document); possibly ordered, according to Example Daily; "
                "contested: no"
            ),
        ),
        # whoever denies what somebody only allows contests it as well
        (
            [_NOTICE, _RUMOUR, _DENIAL],
            (
                "approved (official notice, certain; 1 document); possibly ordered, according to Example Daily; "
                "contested: affirmed by Example Daily, denied by defence ministry"
            ),
        ),
        # a denial of what nobody affirms contests nothing
        (
            [_NOTICE, _DENIAL],
            "approved (official notice, certain; 1 document); ordered: denied by defence ministry; contested: no",
        ),
        ([_DENIAL], "no stage affirmed; ordered: denied by defence ministry; contested: no, only denied"),
        (
            [said("offered", certainty="possible")],
            "possibly offered, according to Example Wire (1 document); ordered: not told; contested: no",
        ),
        (
            [said("delivered", certainty="probable", date="2033"), said("ordered", by="contracts")],
            (
                "ordered (contract announcement, certain; 1 document); delivered still to come (2033), according to "
                "Example Wire; contested: no"
            ),
        ),
        # the surest word first, then the most official one; documents are counted, not claims
        (
            [
                said("ordered", "2031-04-02 a", certainty="probable"),
                said("ordered", "2031-04-03 b", "Example Weekly"),
                said("ordered", "2031-04-04 c", "ministry", kind=SpeakerKind.OFFICE),
                said("ordered", "2031-04-04 c", "ministry", kind=SpeakerKind.OFFICE, at=80),
            ],
            "ordered (ministry, certain; 3 documents); delivered: not told; contested: no",
        ),
        # a later stage that is reached stands, whoever denies an earlier one
        (
            [said("delivered", date="2031-03"), said("negotiated", "2031-04-09 b", "an official", denied=True)],
            "delivered (Example Wire, certain; 1 document); contested: affirmed by Example Wire, denied by an official",
        ),
        # how it ended; before that it was approved
        (
            [
                said("approved=sale", "2031-06-01 b", words="The approval of the sale lapsed in 2031.", date="2031-05"),
            ],
            "approved (Example Wire, certain; 1 document); lapsed 2031-05, according to Example Wire; contested: no",
        ),
        (
            [said("halted", words="Norway cancelled the order.", date="2031-03")],
            "no earlier stage told; cancelled 2031-03, according to Example Wire; contested: no",
        ),
        # halted, then delivered: it went on
        (
            [
                said("halted", "2031-03-01 a", words="Deliveries were suspended."),
                said("delivered", "2031-08-01 b", date="2031-07"),
            ],
            (
                "delivered (Example Wire, certain; 1 document); before that halted, according to Example Wire; "
                "contested: no"
            ),
        ),
        (
            [said("ordered"), said("halted", "2031-05-02 b", certainty="possible", words="The deal may be scrapped.")],
            (
                "ordered (Example Wire, certain; 1 document); possibly cancelled, according to Example Wire; "
                "delivered: not told; contested: no"
            ),
        ),
    ],
)
def test_the_status_in_a_sentence(claims: Sequence[Claim], sentence: str) -> None:
    assert _status(*claims).sentence() == sentence


@pytest.mark.parametrize(
    ("claims", "word"),
    [
        ([], "nothing told"),
        ([_NOTICE, _RUMOUR], "approved"),
        ([_NOTICE, _RUMOUR, _DENIAL], "approved, contested"),
        ([_RUMOUR], "possibly ordered"),
        ([_DENIAL], "ordered (denied)"),
        ([said("delivered", date="2033")], "delivered still to come (2033)"),
        ([said("ordered"), said("halted", words="It was cancelled.", at=90)], "ordered, cancelled"),
        ([said("halted", words="It was suspended.")], "halted"),
    ],
)
def test_the_status_in_a_word(claims: Sequence[Claim], word: str) -> None:
    assert _status(*claims).word == word


def test_the_number_of_origins_is_told_where_it_is_known() -> None:
    assert "2 documents, 1 independent origin)" in _status(said("ordered"), said("ordered", "2031-04-03 b")).sentence(1)


def test_a_notice_is_no_sale() -> None:
    """The first of the three cases: approved, for at most so much; that it is feared elsewhere changes nothing."""
    fear = said("considered", "2031-04-05 b", "observers", kind=SpeakerKind.UNNAMED, certainty="possible")
    hope = said("ordered", "2031-04-06 c", certainty="unknown")
    found = _status(_NOTICE, fear, hope)
    assert found.stage is Stage.APPROVED
    assert [t.claim for t in found.support] == [_NOTICE]


# -- contested --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("affirmed", "denial", "contested"),
    [
        (said("ordered"), said("ordered", "2031-04-03 b", "ministry", denied=True), True),
        # without the earlier stage the later one cannot be; without the later one the earlier one can
        (said("delivered"), said("ordered", "2031-04-03 b", "ministry", denied=True), True),
        (said("ordered"), said("delivered", "2031-04-03 b", "ministry", denied=True), False),
        (said("considered", certainty="possible"), said("considered", "2031-04-03 b", "ministry", denied=True), True),
        # an offer and the talks about it are two words for one conversation
        (said("offered", certainty="possible"), said("negotiated", "2031-04-03 b", "ministry", denied=True), True),
        (said("requested"), said("negotiated", "2031-04-03 b", "ministry", denied=True), False),
        # no gift, but a sale; no sale, but a gift
        (said("delivered"), said("approved", "2031-04-03 b", "envoy", denied=True, mode=Mode.AID), False),
        (
            said("delivered", mode=Mode.AID),
            said("ordered", "2031-04-03 b", "envoy", denied=True, mode=Mode.SALE),
            False,
        ),
        (said("delivered", mode=Mode.SALE), said("delivered", "2031-04-03 b", "envoy", denied=True), True),
        # "not these, but those": one speaker in one document contradicts nobody
        (said("approved", by="ministry"), said("approved", by="ministry", denied=True, at=60), False),
        (said("approved", by="ministry"), said("approved", "2031-06-01 b", by="ministry", denied=True), True),
        # what happened on a day after the denial was published, the denial did not speak of
        (said("delivered", "2032-01-09 b", date="2032-01"), said("delivered", by="ministry", denied=True), False),
        (said("delivered", "2032-01-09 b"), said("delivered", by="ministry", denied=True), True),
        # a doubt is no denial
        (said("ordered"), said("ordered", "2031-04-03 b", "envoy", denied=True, certainty="possible"), False),
        # halts are affirmed and denied among themselves
        (said("halted"), said("halted", "2031-04-03 b", "ministry", denied=True), True),
        (said("delivered"), said("halted", "2031-04-03 b", "ministry", denied=True), False),
    ],
)
def test_contested_or_not(affirmed: Claim, denial: Claim, contested: bool) -> None:
    found = _life(affirmed, denial)
    assert bool(found.contesting) is contested
    assert Status(found).contested is contested
    if contested:
        assert [t.claim for t in found.contested] == [affirmed]
        assert [t.claim for t in found.contesting] == [denial]


def test_both_sides_are_kept_and_nothing_is_averaged() -> None:
    found = _life(said("delivered", date="2030"), said("delivered", "2031-05-01 b", "ministry", denied=True)).step(
        Stage.DELIVERED
    )
    assert found is not None
    assert (len(found.reached), len(found.against), found.contested) == (1, 1, True)


# -- steps ------------------------------------------------------------------------------------------------


def test_a_step_tells_when_it_happened_and_when_it_was_told() -> None:
    found = _life(
        said("delivered", "2031-06-02 c", date="2019"),
        said("delivered", "2030-01-05 a", date="2019-07"),
        said("delivered", "undated d"),
        said("approved", "2031-06-02 c"),
    )
    assert [step.stage for step in found.steps] == [Stage.APPROVED, Stage.DELIVERED]
    step = found.step(Stage.DELIVERED)
    assert step is not None
    assert [d.iso for d in step.happened] == ["2019", "2019-07"]
    assert (step.first_told, step.last_told) == ("2030-01-05", "2031-06-02")
    approved = found.step(Stage.APPROVED)
    assert approved is not None
    assert approved.happened == ()
    assert approved.first_told == "2031-06-02"


def test_a_day_to_come_is_no_day_on_which_it_happened() -> None:
    step = _life(said("ordered", date="2033")).step(Stage.ORDERED)
    assert step is not None
    assert step.happened == ()
    assert [str(t.due) for t in step.reached] == ["2033"]


# -- papers, options, endings -----------------------------------------------------------------------------


def test_modifications_are_chained_to_their_contract() -> None:
    number = ("contract", "N00024-31-C-0001")
    award = said("ordered", "2031-01-05 a", "contracts", told=[number, ("action", "award")])
    change = said(
        "ordered", "2031-06-05 b", "contracts", told=[number, ("action", "modification"), ("modification", "P00002")]
    )
    option = said(
        "ordered", "2031-07-05 c", "contracts", told=[number, ("action", "option"), ("modification", "P00003")]
    )
    found = _life(option, change, award)
    assert [(p.kind, p.number, p.chained) for p in found.papers] == [
        ("award", None, True),
        ("modification", "P00002", True),
        ("option", "P00003", True),
    ]
    assert [o.exercised for o in found.options] == [True]
    assert [p.chained for p in _life(change).papers] == [False]


def test_amendments_are_chained_to_their_case() -> None:
    case = said("approved", "2031-01-05 a", "notice", told=[("transmittal", "31-07")])
    larger = said("approved", "2031-09-05 b", "notice", told=[("transmittal", "31-0G"), ("amends", "31-07")])
    item = said("approved", "2031-09-05 b", "notice", count=9, told=[("transmittal", "31-0G")], at=200)
    assert [(p.base, p.kind, p.number, p.chained, len(p.told)) for p in _life(item, larger, case).papers] == [
        ("31-07", "notice", "31-07", True, 1),
        ("31-07", "amendment", "31-0G", True, 2),
    ]
    lettered = said("approved", by="notice", told=[("transmittal", "0M-31")])
    assert [(p.kind, p.chained) for p in _life(lettered).papers] == [("amendment", False)]


@pytest.mark.parametrize(
    ("words", "exercised"),
    [
        ("Norway ordered 12 with an option for six more.", [False]),
        ("Norway exercised an option for six more.", [True]),
        ("The contract includes options which, if exercised, would double it.", [False]),
        ("Norway ordered 12.", []),
    ],
)
def test_options(words: str, exercised: list[bool]) -> None:
    assert [o.exercised for o in _life(said("ordered", words=words)).options] == exercised
    assert _life(said("ordered", words=words, certainty="possible")).options == ()


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        (said("halted", words="Deliveries were suspended."), EndingKind.HALTED),
        (said("halted", words="Norway cancelled its order."), EndingKind.CANCELLED),
        (said("halted", words="The offer expired."), EndingKind.LAPSED),
        (said("halted", words="The plan was superseded by a larger one."), EndingKind.SUPERSEDED),
        (said("halted", words="It was suspended, but not cancelled."), EndingKind.HALTED),
        (said("ordered=contract", words="The contract for boats was terminated."), EndingKind.CANCELLED),
        (said("approved=sale", words="The sale, cancelled or not, was approved."), None),
        (said("ordered=contract", words="The contract was not cancelled."), None),
        (said("halted", words="Norway cancelled its order.", denied=True), None),
        (said("delivered=delivered", words="They were delivered before the deal was cancelled."), None),
    ],
)
def test_how_a_deal_ended(claim: Claim, kind: EndingKind | None) -> None:
    assert [e.kind for e in _life(claim).endings] == ([] if kind is None else [kind])


# -- partial deliveries -----------------------------------------------------------------------------------


def _delivered(count: int, date: str | None = None, document: str = "2033-01-01 z", **more: object) -> Claim:
    return said("delivered", document, date=date, count=count, **more)  # type: ignore[arg-type]


_ORDER = said("ordered", by="contracts", count=53)


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ([_ORDER], None),
        ([_ORDER, said("delivered", "2033-01-01 b")], None),
        ([_ORDER, _delivered(12)], "12 of 53 told as delivered"),
        ([_delivered(12)], "12 told as delivered"),
        ([said("approved", count=53), _delivered(12)], "12 told as delivered, 53 approved"),
        # reports repeat one another: the same figure of one day, or of none, is one delivery
        ([_ORDER, _delivered(12), _delivered(12, document="2033-02-01 y")], "12 of 53 told as delivered"),
        ([_ORDER, _delivered(12, "2032"), _delivered(12, "2032-06"), _delivered(12)], "12 of 53 told as delivered"),
        # never simply a sum: the larger one may contain the smaller one
        (
            [_ORDER, _delivered(12, "2032-01"), _delivered(30, "2032-09")],
            "12 (2032-01) and 30 (2032-09) of 53 told as delivered: at least 30, at most 42, as one may include another",
        ),
        # two figures of one day contradict each other and are not added
        (
            [_ORDER, _delivered(12, "2032-01"), _delivered(10, "2032-01", "2033-01-02 y")],
            "10 (2032-01) and 12 (2032-01) of 53 told as delivered",
        ),
        ([_ORDER, _delivered(12, words="12 of the 36 boats", told=[("quantity", "12")])], "12 of 53 told as delivered"),
        # the words themselves say of how many, whichever figure the claim has
        ([_delivered(36, words="has got 12 of the 36 boats", told=[("quantity", "36")])], "12 of 36 told as delivered"),
        (
            [_delivered(36, words="has got twelve of its 36 boats", told=[("quantity", "36")])],
            "12 of 36 told as delivered",
        ),
        # what is possible, denied or still to come is not delivered
        ([_ORDER, _delivered(12, certainty="possible")], None),
        ([_ORDER, _delivered(12, denied=True)], None),
        ([_ORDER, _delivered(12, "2035")], None),
        # a part is not the whole
        ([_ORDER, _delivered(6, item="AIM-120C-8 guidance section")], "6 told as delivered"),
    ],
)
def test_partial_deliveries(claims: Sequence[Claim], sentence: str | None) -> None:
    assert [d.sentence for d in _life(*claims).deliveries] == ([] if sentence is None else [sentence])


def test_a_sentence_names_few_figures() -> None:
    (found,) = _life(_ORDER, *(_delivered(n, f"2032-0{n}") for n in range(1, 7))).deliveries
    assert found.sentence == (
        "6 figures from 1 to 6 of 53 told as delivered: at least 6, at most 21, as one may include another"
    )


def test_the_bounds_hold_whatever_the_figures_mean() -> None:
    (found,) = _life(_ORDER, _delivered(12, "2031-09"), _delivered(24, "2032-02"), _delivered(20)).deliveries
    assert [found.at_least, found.at_most] == [Decimal(24), Decimal(56)]


# -- laws -------------------------------------------------------------------------------------------------

_DAYS = ["2030-01-01 a", "2031-04 b", "2031-04-02 c", "2032 d", "undated e"]
_ANY = st.lists(
    st.builds(
        said,
        st.sampled_from([str(s) for s in Stage]),
        st.sampled_from(_DAYS),
        st.sampled_from(["notice", "contracts", "Example Wire", "ministry"]),
        denied=st.booleans(),
        certainty=st.sampled_from([str(c) for c in Certainty]),
        date=st.none() | st.sampled_from(["2029", "2031-04-02", "2031-05", "2040"]),
        count=st.none() | st.integers(0, 60),
        words=st.sampled_from(["", "It was cancelled.", "It will be ordered with an option."]),
        at=st.integers(0, 3),
    ),
    max_size=12,
)


@given(_ANY, st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(claims: list[Claim], shuffle: object) -> None:
    turned = list(claims)
    shuffle.shuffle(turned)  # type: ignore[attr-defined]
    assert life(turned, dates(claims)) == life(claims, dates(claims))
    assert life([*claims, *claims], dates(claims)) == life(claims, dates(claims))


@given(_ANY, st.sampled_from(["2030", "2031-03", "2031-04-02", "2031-04-30", "2031-12-31", "2032", "2033"]))
def test_as_of_is_the_life_of_the_documents_published_by_then(claims: list[Claim], day: str) -> None:
    published = dates(claims)
    then = known(claims, published, day)
    held = {c.document for c in then}
    alone = [c for c in claims if c.document in held]
    assert life(then, published) == life(alone, dates(alone))
    assert set(known(then, published, day)) == set(then)


@given(_ANY)
def test_known_only_grows_with_time(claims: list[Claim]) -> None:
    days = ["2029", "2030-06", "2031-04-02", "2031-04-30", "2032-12-31", "2050"]
    kept = [{c.id for c in known(claims, dates(claims), day)} for day in days]
    assert all(earlier <= later for earlier, later in itertools.pairwise(kept))


@given(_ANY)
def test_only_sure_affirmations_carry_a_stage(claims: list[Claim]) -> None:
    found = _status(*claims)
    for t in found.life.furthest.reached if found.life.furthest else ():
        assert t.claim.polarity == "affirmed"
        assert t.claim.certainty in ("certain", "probable")
        assert t.bearing is Bearing.REACHED
    sure = [c for c in claims if bearing(c, dates([c])[c.document]) is Bearing.REACHED and c.stage is not Stage.HALTED]
    assert (found.stage is None) is (not sure)


@given(_ANY)
def test_no_claim_is_lost(claims: list[Claim]) -> None:
    found = _life(*claims)
    assert {t.claim.id for step in found.steps for t in step.all} == {c.id for c in claims}


@given(_ANY)
def test_deliveries_never_promise_more_than_they_can(claims: list[Claim]) -> None:
    for d in _life(*claims).deliveries:
        assert max(b.quantity for b in d.batches) == d.at_least <= d.at_most <= sum(b.quantity for b in d.batches)


@settings(max_examples=25)  # readings of any kind are slow to make up
@given(st.lists(strategies.readings(), max_size=3))
def test_any_claims_have_a_life(readings: list[object]) -> None:
    claims = [c for r in readings for c in r.claims]  # type: ignore[attr-defined]
    published = {r.document.id: r.document.published for r in readings}  # type: ignore[attr-defined]
    found = status(claims, published)
    assert found.sentence()
    assert found.word
