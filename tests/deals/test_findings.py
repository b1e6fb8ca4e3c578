"""What is to be looked at: each rule speaks where it should, and stays silent where all can be explained."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.deals.across import OneOrigin, Uncontracted
from armsledger.deals.denied import Denied
from armsledger.deals.findings import Case, Code, Contract, Finding, findings
from armsledger.deals.history import History, is_far
from armsledger.deals.shared import SharedSums
from armsledger.deals.sums import Sums
from armsledger.model import (
    Claim,
    DealId,
    DocumentId,
    Polarity,
    SpeakerKind,
    Statement,
    StatementTopic,
    Subject,
)
from strategies import claims, documents

from .giving import anchor, buyer_of, giving, shared_contract
from .made_up import said


def case(*claims: Claim, contracts: tuple[Claim, ...] = (), buyers: tuple[str, ...] = (), deal: str = "d1") -> Case:
    """A deal of these claims, and of one contract that it shares; a document of these tests is named by its day."""
    every = (*claims, *contracts)
    days = {c.document: None if c.document.startswith("undated") else c.document[:10] for c in every}
    return Case(DealId(deal), claims, (Contract(contracts, buyers),) if contracts else (), days)


def codes(found: Iterable[Finding]) -> list[Code]:
    return [one.code for one in found]


def wire(words: str, day: str = "2031-04-03", **more: object) -> Claim:
    return giving(words, f"{day} wire", **more)  # type: ignore[arg-type]


# -- one deal by itself -----------------------------------------------------------------------------------

NOTICE = giving(
    "the sale of 53 AIM-120C-8 for $225 million",
    "2031-04-02 notice",
    "notice",
    value=("USD 225000000 ceiling", "$225 million"),
    count=(53, "53"),
)


def test_a_contradiction_says_what_where_why_and_what_would_settle_it() -> None:
    (found,) = findings(case(NOTICE, wire("58 missiles", count=(58, "58"))))
    assert found.code is Code.CONTRADICTION
    assert found.what == "quantity (aim-120): 53 against 58"
    assert [(w.document, w.quote) for w in found.where] == [("2031-04-02 notice", "53"), ("2031-04-03 wire", "58")]
    assert found.why
    assert found.settle
    assert dict(found.facts)["leads"] == "53; an official form says it, and no other value has as good a source"
    assert found.of[0].recipient == "NOR"


def test_what_can_be_explained_is_no_finding() -> None:
    ordered = wire(
        "40 missiles ordered for $180 million",
        count=(40, "40"),
        value=("USD 180000000 reported", "$180 million"),
        stage="ordered",
    )
    rounded = wire("some $230 million", value=("USD 230000000 reported", "$230 million"))
    assert not list(findings(case(NOTICE, ordered, rounded)))


def test_contested() -> None:
    rumour = said("offered", "2031-08-06 a", "Example Gazette", sides="TUR RUS")
    denial = said("offered", "2031-08-13 b", "defence ministry", denied=True, sides="TUR RUS")
    (found,) = findings(case(rumour, denial))
    assert (found.code, found.what) == (
        Code.CONTESTED,
        "offered: asserted by Example Gazette, denied by defence ministry",
    )
    assert [w.polarity for w in found.where] == [Polarity.AFFIRMED, Polarity.DENIED]


# -- a denial that stands as a deal of its own ------------------------------------------------------------

RUMOUR = said("offered", "2031-08-06 a", "Example Gazette", sides="TUR RUS", certainty="possible")
NO_TALKS = said("negotiated", "2031-08-13 b", "defence ministry", denied=True, sides="TUR RUS")


def denied(*cases: Case) -> list[Finding]:
    rule = Denied()
    for one in cases:
        rule.add(one)
    return list(rule.findings())


def test_a_denial_is_set_beside_what_it_may_deny() -> None:
    (found,) = denied(case(RUMOUR), case(NO_TALKS, deal="d2"))
    assert found.what.startswith(
        "offered: asserted by Example Gazette; defence ministry denies it, or something like it"
    )
    assert [which.deal for which in found.of] == ["d1", "d2"]
    assert [w.polarity for w in found.where] == [Polarity.AFFIRMED, Polarity.DENIED]


@pytest.mark.parametrize(
    "denial",
    [
        replace(NO_TALKS, recipient="IND"),
        replace(NO_TALKS, item="F-16", system="f-16"),
        said("negotiated", "2033-08-13 b", "defence ministry", denied=True, sides="TUR RUS"),  # years later
        said("negotiated", "undated b", "defence ministry", denied=True, sides="TUR RUS"),
        said("delivered", "2031-08-13 b", "defence ministry", denied=True, sides="TUR RUS"),  # offered, not delivered
        said("offered", "2031-08-13 b", "defence ministry", denied=True, sides="TUR RUS", certainty="possible"),
    ],
)
def test_what_a_denial_is_not_set_beside(denial: Claim) -> None:
    assert not denied(case(RUMOUR), case(denial, deal="d2"))


def test_what_one_document_denies_is_told_once() -> None:
    more = replace(RUMOUR, document=DocumentId("2031-08-07 d"), speaker="Another Gazette")
    again = replace(NO_TALKS, start=90, end=90 + len(NO_TALKS.quote))
    (found,) = denied(*(case(one, deal=f"d{n}") for n, one in enumerate((RUMOUR, more, NO_TALKS, again))))
    assert (
        "asserted by Another Gazette and Example Gazette" in found.what or "Example Gazette and Another" in found.what
    )
    assert len(found.of) == 4


def test_where_no_system_is_named_a_month_is_near() -> None:
    weapons = [replace(one, item="weapons", system=None) for one in (RUMOUR, NO_TALKS)]
    assert denied(*(case(one, deal=f"d{n}") for n, one in enumerate(weapons)))
    late = replace(weapons[1], document=DocumentId("2031-10-13 b"))
    assert not denied(case(weapons[0]), case(late, deal="d2"))
    assert denied(case(RUMOUR), case(replace(NO_TALKS, document=DocumentId("2031-10-13 b")), deal="d2"))


def test_a_denial_of_talks_denies_no_earlier_delivery() -> None:
    delivered = said("delivered", "2031-08-06 a", "Example Gazette", sides="TUR RUS")
    assert not denied(case(delivered), case(NO_TALKS, deal="d2"))


def test_a_deal_that_has_both_tells_it_itself() -> None:
    assert not denied(case(RUMOUR, NO_TALKS))
    assert not denied(case(RUMOUR), case(NO_TALKS, replace(RUMOUR, document=DocumentId("2031-08-14 c")), deal="d2"))


def test_delivered_before_it_was_ordered() -> None:
    delivered = said(
        "delivered", "2031-05-01 a", date="2029-06", told=[("date", "2029-06")], words="delivered in 2029-06"
    )
    ordered = said("ordered", "2031-05-01 b", date="2030-03", told=[("date", "2030-03")], words="ordered in 2030-03")
    (found,) = findings(case(delivered, ordered))
    assert (found.code, found.what) == (Code.ORDER, "delivered 2029-06, ordered 2030-03")
    part = said("delivered", "2031-05-01 c", date="2031-01")
    assert not list(findings(case(delivered, ordered, part)))  # a later part is in time
    change = replace(ordered, anchors=(anchor(ordered, "action", "modification", "ordered"),))
    assert not list(findings(case(delivered, change)))  # a change of a contract is not its beginning
    planned = said("delivered", "2029-01-01 a", date="2029-06")
    assert not list(findings(case(planned, ordered)))  # what was still to come has not been delivered


# -- a shared contract's sum on one buyer ----------------------------------------------------------------

CONTRACT = shared_contract("2025-09-30 day")
BUYERS = ("AUS", "NOR", "PAK")
PAKISTAN = buyer_of(CONTRACT, "PAK")
OP_ED = giving(
    "The programme that Pakistan joins is worth more than $2.5 billion.",
    "2025-10-08 op-ed",
    "A Columnist",
    kind=SpeakerKind.AUTHOR,
    programme=("USD 2500000000 cumulative", "$2.5 billion"),
    sides="USA PAK",
)
EMBASSY = Statement(
    DocumentId("2025-10-10 denial"),
    0,
    20,
    "no delivery of any missile to Pakistan",
    "embassy",
    SpeakerKind.OFFICE,
    "USA",
    "said",
    StatementTopic.TRANSFER,
    Polarity.DENIED,
    ("PAK",),
    None,
    None,
    (),
    "news/1",
)
DAYS: dict[DocumentId, str | None] = {EMBASSY.document: "2025-10-10"}


def shared(*cases: Case, denials: tuple[Statement, ...] = ()) -> list[Finding]:
    rule = SharedSums()
    for one in cases:
        rule.add(one)
    return list(rule.findings(denials, DAYS))


def test_op_ed_announcement_and_denial_stand_side_by_side() -> None:
    """Case 2 of the design, over two deals of the ledger."""
    (found,) = shared(case(PAKISTAN, contracts=(CONTRACT,), buyers=BUYERS), case(OP_ED, deal="d2"), denials=(EMBASSY,))
    assert found.what == (
        "USD 2,500,000,000 is named beside one buyer: it is the cumulative value of a contract that 3 named buyers "
        "share (USD 2,512,389,558); this buyer's part is not stated"
    )
    assert [(w.document, w.quote) for w in found.where] == [
        (OP_ED.document, OP_ED.quote),
        (CONTRACT.document, "$2,512,389,558"),
        (CONTRACT.document, "$41,681,329"),
        (EMBASSY.document, EMBASSY.quote),
    ]
    assert [which.deal for which in found.of] == ["d2"]


def test_given_as_the_buyers_value() -> None:
    as_value = replace(OP_ED, programme=None, value=OP_ED.programme, anchors=())  # the words are not anchored
    (found,) = shared(case(PAKISTAN, as_value, contracts=(CONTRACT,), buyers=BUYERS))
    assert "is given to one buyer as its value" in found.what


def test_the_sum_may_stand_beside_another_item_of_the_same_report() -> None:
    misread = replace(OP_ED, item="F-16", system="f-16")
    named = said("ordered", OP_ED.document, "A Columnist", sides="USA PAK", words="on the list of buyers of AMRAAM")
    deal = case(PAKISTAN, contracts=(CONTRACT,), buyers=BUYERS)
    assert not shared(deal, case(misread))
    assert len(shared(deal, case(misread, deal="d2"), case(named, deal="d3"))) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(OP_ED, recipient="TUR"),  # no buyer under this contract
        replace(OP_ED, supplier="FRA"),
        replace(OP_ED, item="S-400", system="s-400"),
        giving(
            "worth $3.5 billion",
            OP_ED.document,
            programme=("USD 3500000000 cumulative", "$3.5 billion"),
            sides="USA PAK",
        ),
        giving(
            "worth €2.5 billion",
            OP_ED.document,
            programme=("EUR 2500000000 cumulative", "€2.5 billion"),
            sides="USA PAK",
        ),
    ],
)
def test_another_sum_is_not_taken_for_the_contracts(other: Claim) -> None:
    assert not shared(case(PAKISTAN, contracts=(CONTRACT,), buyers=BUYERS), case(other, deal="d2"))


def test_a_denial_of_other_sides_or_before_is_not_called() -> None:
    deals = (case(PAKISTAN, contracts=(CONTRACT,), buyers=BUYERS), case(OP_ED, deal="d2"))
    other = replace(EMBASSY, parties=("TUR",))
    early = replace(EMBASSY, document=DocumentId("2025-01-01 x"))
    rule = SharedSums()
    for one in deals:
        rule.add(one)
    (found,) = rule.findings((other, early), {early.document: "2025-01-01", other.document: "2025-10-10"})
    assert len(found.where) == 3


# -- sums that do not add ---------------------------------------------------------------------------------


def announced(words: str, amount: str, *shares: tuple[str, str], told: tuple[tuple[str, str], ...] = ()) -> Claim:
    """A contract with the shares of its buyers, by value and words."""
    value = f"USD {amount.replace('$', '').replace(',', '')} award"
    return giving(
        words,
        "2031-04-05 day",
        "contracts",
        value=(value, amount),
        stage="ordered",
        sides="USA -",
        subject=Subject.CONTRACT,
        shares=shares,
        told=told,
    )


def added(*cases: Case) -> list[str]:
    rule = Sums()
    for one in cases:
        rule.add(one)
    return [found.what for found in rule.findings()]


SWAPPED = announced(
    "is awarded $1,000,000: the governments of Norway ($300,000; 20 percent) and Denmark ($200,000; 30 percent)",
    "$1,000,000",
    ("NOR USD 300000 30 %", "$300,000"),
    ("DNK USD 200000 30 %", "$200,000; 30 percent"),
)


def test_a_share_that_is_no_such_part() -> None:
    assert added(case(SWAPPED)) == ["of 1,000,000: 200,000 is 20 %, not 30 %"]


def test_an_announcement_is_told_once_for_all_its_buyers() -> None:
    norway, denmark = (replace(buyer_of(SWAPPED, buyer), value=None) for buyer in ("NOR", "DNK"))
    told = [case(one, contracts=(SWAPPED,), deal=deal) for one, deal in ((norway, "d1"), (denmark, "d2"))]
    rule = Sums()
    for one in told:
        rule.add(one)
    (found,) = rule.findings()
    assert [which.deal for which in found.of] == ["d1", "d2"]


@pytest.mark.parametrize(
    ("claim", "what"),
    [
        (
            announced("a $1,000,000 award: ($700,000) and ($600,000)", "$1,000,000", ("NOR USD 700000", "$700,000"), ("DNK USD 600000", "$600,000")),
            ["of 1,000,000: the buyers' shares are 1,300,000"],
        ),
        (
            announced("a $1,000,000 award: (70 percent) and (60 percent)", "$1,000,000", ("NOR 70 %", "70"), ("DNK 60 %", "60")),
            ["of 1,000,000: the buyers' shares are 130 %"],
        ),
        # rounded per cents, and shares of the others' that are not told
        (announced("a $1,000,000 award: ($333,333; 33 percent)", "$1,000,000", ("NOR USD 333333 33 %", "$333,333")), []),
        # shares of what was set aside that day
        (
            announced(
                "a $1,000,000 award; USD 400000 set aside: ($100,000; 25 percent)",
                "$1,000,000",
                ("NOR USD 100000 25 %", "$100,000"),
                told=(("obligated", "USD 400000"),),
            ),
            [],
        ),
    ],
)  # fmt: skip
def test_shares_of_a_contract(claim: Claim, what: list[str]) -> None:
    assert added(case(claim)) == what


def test_the_parts_of_a_notices_total() -> None:
    parts = giving(
        "MDE USD 147 and other USD 53: total $210 million",
        "2031-04-02 n",
        "notice",
        value=("USD 210000000 ceiling", "$210 million"),
    )
    told = [("MDE share", "USD 147000000", "147"), ("other share", "USD 53000000", "53")]
    wrong = replace(parts, anchors=(*parts.anchors, *(anchor(parts, *one) for one in told)))
    assert added(case(wrong)) == ["147,000,000 + 53,000,000 is 200,000,000, not 210,000,000"]
    right = [("MDE share", "USD 147000000", "147"), ("other share", "USD 63000000", "53")]
    assert not added(case(replace(parts, anchors=(*parts.anchors, *(anchor(parts, *one) for one in right)))))


def test_so_many_at_so_much_each() -> None:
    words = "40 tanks at $9 million each, in all $300 million"
    wrong = giving(words, count=(40, "40"), value=("USD 300000000 reported", "$300 million"))
    assert added(case(wrong)) == ["40 at 9,000,000 is 360,000,000, not USD 300,000,000"]
    more = giving(words.replace("$300", "$500"), count=(40, "40"), value=("USD 500000000 reported", "$500 million"))
    assert not added(case(more))  # a sum may pay for more than the articles


# -- notices without a contract ---------------------------------------------------------------------------


def weekdays(first: date, days: int) -> list[date]:
    return [first + timedelta(days=3 * n) for n in range(days // 3)]


COVERED = weekdays(date(2031, 1, 1), 4 * 365)
NOTIFIED = said("approved", "2031-04-02 n", "notice")
CONTRACTED = said("ordered", "2033-02-02 c", "contracts")


def uncontracted(*cases: Case, days: list[date] = COVERED, years: int = 2) -> tuple[list[Finding], tuple[int, int]]:
    rule = Uncontracted(years)
    for one in cases:
        rule.add(one)
    until = max(days, default=None)
    unseen = rule.unseen(days, until, {one.deal for one in cases})
    return list(rule.findings(days, until)), (unseen.young, unseen.uncovered)


def test_a_notice_that_no_contract_follows() -> None:
    (found,), unseen = uncontracted(case(NOTIFIED))
    assert found.code is Code.NO_CONTRACT
    assert found.what == ("notified 2031-04-02, and no contract in this ledger names this buyer and article in 2 years")
    assert unseen == (0, 0)


@pytest.mark.parametrize(
    "contract",
    [
        case(CONTRACTED, deal="d2"),
        case(replace(CONTRACTED, item="AIM-120D missiles"), deal="d2"),  # of the same family
    ],
)
def test_a_contract_in_another_deal_follows(contract: Case) -> None:
    assert uncontracted(case(NOTIFIED), contract) == ([], (0, 0))
    assert uncontracted(case(NOTIFIED, CONTRACTED)) == ([], (0, 0))


@pytest.mark.parametrize(
    "other",
    [
        said("ordered", "2033-02-02 c", "contracts", sides="USA DNK"),
        said("ordered", "2033-02-02 c", "contracts", item="F-16", system="f-16"),
        said("ordered", "2030-02-02 c", "contracts"),  # before the notice
    ],
)
def test_another_contract_does_not(other: Claim) -> None:
    assert len(uncontracted(case(NOTIFIED), case(other, deal="d2"))[0]) == 1


def test_nothing_is_said_of_years_that_the_ledger_did_not_see() -> None:
    gap = [day for day in COVERED if not date(2032, 1, 1) <= day < date(2032, 4, 1)]
    assert uncontracted(case(NOTIFIED), days=gap) == ([], (0, 1))
    assert uncontracted(case(NOTIFIED), days=[day for day in COVERED if day.year < 2033]) == ([], (1, 0))
    assert uncontracted(case(NOTIFIED), days=[]) == ([], (1, 0))


# -- one origin -------------------------------------------------------------------------------------------


def rests(*cases: Case, origins: dict[str, str] | None = None) -> list[tuple[str, list[str]]]:
    rule = OneOrigin()
    for one in cases:
        rule.add(one, {DocumentId(d): o for d, o in (origins or {}).items()})
    return [(found.what, [w.deal for w in found.of]) for found in rule.findings({one.deal for one in cases})]


def test_copies_are_one_origin() -> None:
    one, copy = said("ordered", "2031-04-03 a"), said("ordered", "2031-04-04 b")
    same = {"2031-04-03 a": "2031-04-03 a", "2031-04-04 b": "2031-04-03 a"}
    assert rests(case(one, copy), origins=same) == [("1 deal rests on one origin alone, told by 2 documents", ["d1"])]
    assert not rests(case(one, copy))


def test_deals_of_one_paper_are_told_together_where_they_have_a_number() -> None:
    assert not rests(case(said("ordered", "2031-04-03 a")))
    told = "on one paper each, with a count or a sum that may get quoted"
    assert rests(case(wire("40 tanks", count=(40, "40")))) == [(f"1 deal rests {told}", ["d1"])]
    assert not rests(case(wire("may buy 40 tanks", count=(40, "40"), certainty="possible")))
    assert not rests(case(NOTICE))  # an official form needs no second origin
    assert not rests(case(replace(wire("40 tanks", count=(40, "40")), reader="register-sipri/1")))
    two = [case(wire(f"{n} tanks", day=f"2031-04-0{n}", count=(n, str(n))), deal=f"d{n}") for n in (1, 2)]
    assert rests(*two) == [(f"2 deals rest {told}", ["d1", "d2"])]
    rule = OneOrigin()
    for one in two:
        rule.add(one, {})
    assert [found.of[0].deal for found in rule.findings({DealId("d2")})] == ["d2"]


# -- the ledger's own history -----------------------------------------------------------------------------


def sold(count: int, year: int, price: int | None = None, item: str = "AIM-120C-8") -> Case:
    value = None if price is None else (f"USD {price * count}000000 ceiling", f"${price * count} million")
    words = f"{count} of {item}" + (f" for ${price * count} million" if price else "")
    claim = giving(words, f"{year}-03-01 n", "notice", count=(count, str(count)), value=value, item=item)
    return case(claim, deal=f"d{year}")


def unusual(*cases: Case) -> list[str]:
    history = History()
    for one in cases:
        history.add(one)
    return [found.what for found in history.findings()]


USUAL = [sold(count, 2020 + n, price=2) for n, count in enumerate((40, 50, 53, 60, 75))]


def test_a_count_far_from_all_before_it() -> None:
    assert unusual(*USUAL, sold(5300, 2031, price=2)) == [
        "quantity 5300 of AIM-120 AMRAAM: far more than the 5 earlier deals (median 53, from 40 to 75)"
    ]


def test_a_price_far_from_all_before_it() -> None:
    assert unusual(*USUAL, sold(50, 2031, price=90)) == [
        (
            "unit price USD (ceiling) 90,000,000 of AIM-120 AMRAAM: far more than the 5 earlier deals "
            "(median 2,000,000, from 2,000,000 to 2,000,000)"
        )
    ]


@pytest.mark.parametrize(
    "last",
    [
        sold(700, 2031, price=9),  # more than before, within the factor
        sold(5300, 2031, item="AIM-120C-8 guidance section"),  # another article
        sold(5300, 2019, price=2),  # before them all: it has no history
    ],
)
def test_what_is_not_far(last: Case) -> None:
    assert not unusual(*USUAL, last)


def test_too_little_history_says_nothing() -> None:
    assert not unusual(*USUAL[1:], sold(5300, 2031))


def test_a_package_has_no_unit_price() -> None:
    package = replace(
        USUAL[0], deal=DealId("p"), claims=(*sold(50, 2031, price=90).claims, *sold(6, 2031, item="F-16").claims)
    )
    assert not unusual(*USUAL, package)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=12), st.integers(1, 10**6), st.integers(1, 20))
def test_what_came_before_is_never_far(before: list[int], number: int, beyond: int) -> None:
    numbers = [Decimal(n) for n in before]
    assert not any(is_far(n, numbers, Decimal(beyond)) for n in numbers)
    if is_far(Decimal(number), numbers, Decimal(beyond)):
        assert number > beyond * max(before) or beyond * number < min(before)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_deals_changes_nothing(shuffler: random.Random) -> None:
    deals = [*USUAL, sold(5300, 2031), case(OP_ED, deal="d2"), case(PAKISTAN, contracts=(CONTRACT,), buyers=BUYERS)]
    shuffled = list(deals)
    shuffler.shuffle(shuffled)
    assert unusual(*shuffled) == unusual(*deals)
    assert shared(*shuffled) == shared(*deals)


@st.composite
def any_cases(draw: st.DrawFn) -> Case:
    """Deals of any claims that the ledger may hold, with any dates."""
    made = [draw(documents()) for _ in range(2)]
    told = [draw(claims(document)) for document in made for _ in range(draw(st.integers(1, 3)))]
    own = tuple(one for one in told if one.subject is Subject.TRANSFER)
    contract = Contract(tuple(one for one in told if one.subject is Subject.CONTRACT), ("PAK", "TUR"))
    days: dict[DocumentId, str | None] = {one.document: one.date.iso if one.date else "soon" for one in told}
    return Case(DealId(draw(st.sampled_from(["d1", "d2", "d3"]))), own, (contract,), days)


@settings(max_examples=25)
@given(st.lists(any_cases(), min_size=1, max_size=3))
def test_no_claim_makes_a_rule_fail(cases: list[Case]) -> None:
    rules = (Denied(), Sums(), SharedSums(), History(), Uncontracted(2))
    for one in cases:
        assert all(found.where for found in findings(one))
        for rule in rules:
            rule.add(one)
    denials, sums, contracts, history, notices = rules
    found = [*denials.findings(), *sums.findings(), *contracts.findings((EMBASSY,), DAYS), *history.findings()]
    found += notices.findings(COVERED, COVERED[-1])
    assert all(one.of and one.what and one.why and one.settle for one in found)
