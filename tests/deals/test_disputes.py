"""All values of a field: which one leads, why the others differ, what is contested; case 2 of the design."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.causes import Cause
from armsledger.deals.disputes import Dispute, disputes
from armsledger.model import Claim, DocumentId, Mode, SpeakerKind

from .giving import buyer_of, giving, shared_contract
from .made_up import said


def published(*claims: Claim) -> dict[DocumentId, str | None]:
    """A document of these tests is named by its day."""
    return {c.document: None if c.document.startswith("undated") else c.document[:10] for c in claims}


def field(name: str, *claims: Claim, contracts: tuple[Claim, ...] = (), **more: dict[DocumentId, str]) -> Dispute:
    """One field of the deal that these claims are."""
    told = disputes(claims, contracts, published(*claims, *contracts), more.get("stories"))
    return next(d for d in told if d.field == name)


def cause(dispute: Dispute, value: str) -> tuple[Cause | None, bool]:
    """Why a value differs from the one that it is told against, and whether the two contradict one another."""
    (told,) = [v.difference for v in dispute.values if v.value == value]
    assert told is not None
    return told.cause, told.contradicts


NOTICE = giving(
    "the sale of fifty-three (53) AIM-120C-8 for an estimated cost of $225 million",
    "2031-04-02 notice",
    "notice",
    value=("USD 225000000 ceiling", "$225 million"),
    count=(53, "fifty-three (53)"),
)


def wire(words: str, day: str = "2031-04-03", **more: object) -> Claim:
    return giving(words, f"{day} wire", **more)  # type: ignore[arg-type]


# -- sums -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "why"),
    [
        # the same figure, rounded
        (wire("worth some $230 million", value=("USD 230000000 reported", "$230 million")), (Cause.ROUNDING, False)),
        # what a contract is worth is no ceiling, even where it is the same number
        (wire("won $180 million", value=("USD 180000000 award", "$180 million")), (Cause.CEILING, False)),
        # less than the ceiling and said of an order
        (
            wire("ordered for $180 million", stage="ordered", value=("USD 180000000 reported", "$180 million")),
            (Cause.CEILING, False),
        ),
        # another currency: no rate is applied
        (wire("worth €210 million", value=("EUR 210000000 reported", "€210 million")), (Cause.CURRENCY, False)),
        # money of another year
        (
            wire("worth $190 million in 2020 dollars", value=("USD 190000000 reported", "$190 million")),
            (Cause.CURRENCY, False),
        ),
        # a thousand times too little
        (wire("worth $225,000", value=("USD 225000 reported", "$225,000")), (Cause.COPY, True)),
        # more than was allowed, and nothing tells why
        (wire("worth $300 million", value=("USD 300000000 reported", "$300 million")), (Cause.UNKNOWN, True)),
    ],
)
def test_why_a_sum_differs_from_a_notice(other: Claim, why: tuple[Cause, bool]) -> None:
    told = field("value", NOTICE, other)
    assert told.lead == "USD 225000000"
    assert other.value is not None
    assert cause(told, f"{other.value.currency} {other.value.amount}") == why


def test_one_article_of_a_package() -> None:
    """Two reports, one of a package of two articles and one of its missiles alone."""
    package = wire(
        "53 missiles and more for $225 million", count=(53, "53"), value=("USD 225000000 reported", "$225 million")
    )
    radios = wire("and 4 radios", count=(4, "4"), item="radio", system=None)
    missiles = giving(
        "53 missiles for $120 million",
        "2031-04-04 b",
        count=(53, "53"),
        value=("USD 120000000 reported", "$120 million"),
    )
    told = field("value", package, radios, missiles)
    assert cause(told, "USD 225000000") == (Cause.PACKAGE, False)


def test_what_a_correction_takes_back() -> None:
    said_first = giving(
        "is awarded a $7,000,000 contract (N00024-31-C-0004)",
        "2031-04-02 day",
        "contracts",
        value=("USD 7000000 award", "$7,000,000"),
        stage="ordered",
        told=(("contract", "N00024-31-C-0004"), ("action", "award")),
    )
    right = giving(
        "CORRECTION: award N00024-31-C-0004 is $7,710,000, not USD 7000000",
        "2031-04-03 day",
        "contracts",
        value=("USD 7710000 award", "$7,710,000"),
        stage="ordered",
        told=(("contract", "N00024-31-C-0004"), ("action", "award"), ("corrected amount", "USD 7000000")),
    )
    told = field("value", said_first, right)
    assert told.lead == "USD 7710000"
    assert cause(told, "USD 7000000") == (Cause.COPY, True)


def test_actions_of_a_contract_have_a_sum_each() -> None:
    first, second = (
        giving(
            f"${amount:,} for modification P0000{n}",
            f"2031-04-0{n} day",
            "contracts",
            value=(f"USD {amount} award", f"${amount:,}"),
            stage="ordered",
            told=(("contract", "N00024-31-C-0004"), ("modification", f"P0000{n}")),
        )
        for n, amount in ((1, 1_234_567), (2, 7_654_321))
    )
    told = field("value", first, second)
    assert not told.contradicts
    assert told.lead == "USD 7654321"  # the later
    assert cause(told, "USD 1234567") == (Cause.MEANING, False)


def test_one_order_announced_with_two_sums_contradicts_itself() -> None:
    order = (("contract", "FA0002-27-D-0004"), ("action", "order"))
    early, late = (
        giving(
            f"awarded an ${amount:,} order (FA0002-27-F-0020) under FA0002-27-D-0004",
            f"2031-04-0{n} day",
            "contracts",
            value=(f"USD {amount} award", f"${amount:,}"),
            stage="ordered",
            date=f"2031-04-0{n}",
            told=order,
        )
        for n, amount in ((1, 86_798_783), (2, 85_722_754))
    )
    told = field("value", early, late)
    assert told.because == "an official form says it, the latest of its kind"
    assert cause(told, "USD 86798783") == (Cause.UNKNOWN, True)


def test_copies_of_one_story_that_differ() -> None:
    one = wire("a $310 million deal", value=("USD 310000000 reported", "$310 million"))
    other = replace(
        wire("a $370 million deal", value=("USD 370000000 reported", "$370 million")),
        document=DocumentId("2031-04-03 reprint"),
    )
    alone = field("value", one, other)
    assert cause(alone, next(v.value for v in alone.values if v.difference))[0] is Cause.UNKNOWN
    told = field("value", one, other, stories={one.document: one.document, other.document: one.document})
    assert cause(told, next(v.value for v in told.values if v.difference)) == (Cause.COPY, True)


# -- case 2: a shared contract is not one buyer's --------------------------------------------------------

CONTRACT = shared_contract()
PAKISTAN = buyer_of(CONTRACT, "PAK")
OP_ED = giving(
    "The programme that Pakistan joins is worth more than $2.5 billion.",
    "2031-04-13 op-ed",
    "A Columnist",
    kind=SpeakerKind.AUTHOR,
    programme=("USD 2500000000 cumulative", "$2.5 billion"),
    stage="ordered",
    sides="USA PAK",
)


def test_the_programme_is_one_figure_and_no_value_of_the_buyer() -> None:
    told = disputes([PAKISTAN, OP_ED], [CONTRACT], published(CONTRACT, OP_ED))
    assert not [d for d in told if d.field == "value"]
    (programme,) = [d for d in told if d.field == "programme"]
    assert programme.lead == "USD 2512389558"
    assert cause(programme, "USD 2500000000") == (Cause.ROUNDING, False)


def test_a_shared_contracts_sum_is_kept_as_said_and_never_leads() -> None:
    given_to_him = replace(
        OP_ED, programme=None, value=OP_ED.programme, anchors=(replace(OP_ED.anchors[0], field="value"),)
    )
    told = field("value", PAKISTAN, given_to_him, contracts=(CONTRACT,))
    assert told.lead is None
    assert told.because == "the only sum that is told is a shared contract's"
    (value,) = told.values
    assert value.value == "USD 2500000000"
    assert [v.speaker for v in value.voices] == ["A Columnist"]
    assert value.difference is not None
    assert value.difference.cause is Cause.SHARED
    part = giving("Pakistan's part ($9,000,000)", "2031-04-14 a", "notice", value=("USD 9000000 award", "$9,000,000"))
    assert field("value", PAKISTAN, given_to_him, part, contracts=(CONTRACT,)).lead == "USD 9000000"


def test_a_cumulative_value_grows() -> None:
    later = replace(
        shared_contract("2031-09-05 day"),
        programme=replace(CONTRACT.programme, amount=Decimal(2_600_000_001)) if CONTRACT.programme else None,
    )
    told = field("programme", PAKISTAN, contracts=(CONTRACT, later))
    assert cause(told, "USD 2512389558") == (Cause.WINDOW, False)


# -- counts, items, dates, terms --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (wire("more than 50 missiles", count=(50, "50")), (Cause.ROUNDING, False)),
        (wire("40 missiles ordered", count=(40, "40"), stage="ordered"), (Cause.STAGE, False)),
        (wire("58 missiles", count=(58, "58")), (Cause.UNKNOWN, True)),
        (wire("530 missiles", count=(530, "530")), (Cause.COPY, True)),
    ],
)
def test_why_a_count_differs(other: Claim, why: tuple[Cause, bool]) -> None:
    told = field("quantity", NOTICE, other)
    assert told.lead == "53"
    assert cause(told, str(other.quantity)) == why


def test_a_part_is_another_article_than_its_platform() -> None:
    sections = giving("six (6) guidance sections", "2031-04-02 notice", "notice", count=(6, "six (6)"))
    told = field("quantity", NOTICE, replace(sections, item="AIM-120C-8 guidance section"))
    assert [(v.value, v.difference) for v in told.values] == [("53", None), ("6", None)]


def test_deliveries_of_two_years_are_parts() -> None:
    one, other = (
        wire(f"{n} delivered in {year}", day=f"{year}-12-30", count=(n, str(n)), stage="delivered", date=str(year))
        for n, year in ((12, 2031), (20, 2032))
    )
    assert cause(field("quantity", one, other), "12") == (Cause.WINDOW, False)


def test_registers_of_two_years_are_two_vintages() -> None:
    one, other = (
        wire(f"{n} of vintage {year}", day=f"{year}-03-10", count=(n, str(n)), told=(("vintage", str(year)),))
        for n, year in ((48, 2031), (54, 2032))
    )
    assert cause(field("quantity", one, other), "48") == (Cause.VINTAGE, False)


def test_a_variant_is_not_its_sibling() -> None:
    sibling = said("approved", "2031-04-03 b", item="AIM-120C-7 missiles")
    told = field("item", NOTICE, sibling)
    assert cause(told, "AIM-120C-7 missiles") == (Cause.UNKNOWN, True)
    family = said("approved", "2031-04-03 b", item="AIM-120 missiles")
    assert not field("item", NOTICE, family).contradicts
    assert not field("item", NOTICE, replace(NOTICE, item="AIM-120D-3"), sibling).contradicts  # a list of variants


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2031-04", (Cause.ROUNDING, False)),
        ("2031-04-11", (None, False)),  # an act and a paper about it
        ("2031-12-03", (Cause.COPY, True)),
        ("2030-08", (Cause.UNKNOWN, True)),
    ],
)
def test_why_dates_differ(day: str, told: tuple[Cause | None, bool]) -> None:
    notice = replace(said("approved", "2031-03-12 notice", "notice", date="2031-03-12"))
    if day.startswith("2031-04"):
        notice = replace(notice, date=said("approved", date="2031-04-02").date)
    assert cause(field("date", notice, said("approved", "2031-05-01 b", date=day)), day) == told


def test_paid_for_and_given_away() -> None:
    sale, aid, service = (
        replace(c, mode=m) for c, m in ((NOTICE, Mode.SALE), (wire("a gift"), Mode.AID), (wire("upkeep"), Mode.SERVICE))
    )
    assert field("mode", sale, aid).contradicts
    assert not field("mode", sale, service).contradicts


# -- asserted and denied ----------------------------------------------------------------------------------

RUMOUR = said("offered", "2031-08-06 a", "Example Gazette", certainty="possible")
DENIAL = said("offered", "2031-08-13 b", "defence ministry", denied=True, kind=SpeakerKind.OFFICE)


def test_what_one_asserts_and_another_denies_is_contested() -> None:
    told = field("stage", RUMOUR, DENIAL)
    assert told.contested
    (value,) = told.values
    assert {(v.speaker, v.polarity) for v in value.voices} == {
        ("Example Gazette", "affirmed"),
        ("defence ministry", "denied"),
    }
    assert value.difference is not None
    assert value.difference.rule == "asserted by Example Gazette, denied by defence ministry"


@pytest.mark.parametrize(
    ("asserted", "contested"),
    [
        (said("delivered", "2031-08-01 c", "Another"), True),  # whoever delivers has offered
        (said("delivered", "2032-08-01 c", "Another", date="2032-07"), False),  # it has come about since
        (said("considered", "2031-08-01 c", "Another"), False),  # to consider is not to offer
        (said("offered", "2031-08-13 b", "defence ministry", kind=SpeakerKind.OFFICE), False),  # these, but not those
    ],
)
def test_what_a_denial_contests(asserted: Claim, contested: bool) -> None:
    """The rules are those of the life of a deal."""
    assert field("stage", asserted, DENIAL).contested is contested


def test_the_stage_that_leads_is_the_furthest_that_is_reached() -> None:
    rumour = said("ordered", "2031-04-09 c", "Example Gazette", certainty="possible")
    told = field("stage", NOTICE, rumour)
    assert (told.lead, told.because) == ("approved", "the furthest stage that is reached")
    assert field("stage", rumour).because == "the furthest that may be, or is to come"
    assert field("stage", DENIAL).lead is None


def test_a_denied_value_never_leads() -> None:
    told = field(
        "quantity", replace(NOTICE, document=DENIAL.document, polarity=DENIAL.polarity), wire("5", count=(5, "5"))
    )
    assert told.lead == "5"
    assert not told.contradicts


# -- which value leads ------------------------------------------------------------------------------------


def test_official_before_relayed_and_certain_before_possible() -> None:
    later = wire("53 or 54 missiles", day="2032-01-01", count=(54, "54"))
    assert (
        field("quantity", NOTICE, later).because == "an official form says it, and no other value has as good a source"
    )
    sure, perhaps = wire("40 missiles", count=(40, "40")), wire("44 missiles", day="2032-01-01", count=(44, "44"))
    assert field("quantity", sure, replace(perhaps, certainty=RUMOUR.certainty)).lead == "40"
    assert field("quantity", sure, perhaps).lead == "44"  # of the same kind the later


def test_the_most_exact_of_one_figure() -> None:
    exact = wire("worth $41,681,329", value=("USD 41681329 reported", "$41,681,329"))
    rough = wire("worth $41.7 million", day="2032-01-01", value=("USD 41700000 reported", "$41.7 million"))
    told = field("value", exact, rough)
    assert (told.lead, told.because) == ("USD 41681329", "an outlet says it most exactly")


# -- laws -------------------------------------------------------------------------------------------------

COUNTS = st.lists(
    st.builds(
        lambda n, day, who, denied: giving(
            f"{n} missiles",
            f"2031-04-{day:02} {who}",
            who,
            count=(n, str(n)),
            value=(f"USD {n}000000 reported", str(n)),
            denied=denied,
            date=f"2031-04-{day:02}",
        ),
        st.integers(1, 400),
        st.integers(1, 28),
        st.sampled_from(["notice", "Example Wire", "Example Gazette"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@given(COUNTS, st.randoms(use_true_random=False))
def test_order_changes_nothing_and_no_value_is_lost(claims: list[Claim], shuffler: random.Random) -> None:
    days = published(*claims)
    told = disputes(claims, [CONTRACT], days)
    shuffled = list(claims)
    shuffler.shuffle(shuffled)
    assert disputes(shuffled, [CONTRACT], days) == told
    (counts,) = [d for d in told if d.field == "quantity"]
    assert {v.value for v in counts.values} == {str(c.quantity) for c in claims}
    voices = [voice.claim for v in counts.values for voice in v.voices]
    assert set(voices) == {c.id for c in claims}
    assert len(voices) == len(claims)
    assert counts.lead in {None, *(str(c.quantity) for c in claims if c.polarity == "affirmed")}
