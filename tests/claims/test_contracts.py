"""Contract paragraphs: the action, its numbers, its sums and dates, who buys, and what claims come of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from armsledger.claims.paragraphs import paragraph_spans
from armsledger.claims.reader import read
from armsledger.model import Action, Claim, Meaning, Mode, Money, Stage, Subject

from .made_up import day, read_paragraph_text

TAIL = (
    " Work will be performed in Amman, Jordan, and is expected to be completed by June 30, 2024. Fiscal 2021 funds in the "
    "amount of $1,000,000 were obligated at the time of the award. The Mast Center, Ely, Maine, is the contracting activity."
)
FMS = " This contract involves foreign military sales to Norway."


def award(what: str, tail: str = TAIL) -> str:
    return f"Vulcan Inc., Reno, Nevada, was awarded {what} for QX-9 masts.{tail}"


# -- the action and its numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "action", "number", "parent", "modification"),
    [
        # a new contract, numbered at the paragraph's end
        (award("a $9,000,000 contract", TAIL[:-1] + " (W91000-21-C-0009)."), Action.AWARD, "W91000-21-C-0009", None, None),
        # a modification with its number
        (award("a $9,000,000 modification (P00026) to contract W91000-20-C-0001"), Action.MODIFICATION, "W91000-20-C-0001", None, "P00026"),
        # an order with a number of its own, and what it stands under
        (
            award("a $9,000,000 delivery order (N91000-21-F-0123) against a basic ordering agreement (N91000-16-G-0001)"),
            Action.ORDER, "N91000-21-F-0123", "N91000-16-G-0001", None,
        ),
        # an order without one has its agreement's
        (award("a $9,000,000 task order (0012) on contract W91000-20-D-0001"), Action.ORDER, "W91000-20-D-0001", None, None),
        # an exercised option; one that would be exercised is none
        (
            award("a $9,000,000 modification (P00002) to contract W91000-20-C-0001 to exercise an option"),
            Action.OPTION, "W91000-20-C-0001", None, "P00002",
        ),
        (
            award("a $9,000,000 contract (W91000-21-C-0009) which includes options, which if exercised, would bring it to $20,000,000"),
            Action.AWARD, "W91000-21-C-0009", None, None,
        ),
        # a modification of an order stays a modification
        (award("a $9,000,000 modification (01) to delivery order W91000-21-F-0002"), Action.MODIFICATION, "W91000-21-F-0002", None, "01"),
        # solicitations are no contracts; unhyphenated numbers are
        (award("a $9,000,000 contract (W9100021C0009) under solicitation W91000-21-R-0003"), Action.AWARD, "W9100021C0009", None, None),
        # a blank in a number
        (award("a $9,000,000 modification to contract W91000-20- C-0001"), Action.MODIFICATION, "W91000-20-C-0001", None, None),
        # no number at all
        (award("a $9,000,000 contract"), Action.AWARD, None, None, None),
    ],
)  # fmt: skip
def test_action_and_numbers(
    text: str, action: Action, number: str | None, parent: str | None, modification: str | None
) -> None:
    found = read_paragraph_text(text)
    assert (found.action, found.contract, found.parent, found.modification) == (action, number, parent, modification)


def test_several_firms_share_a_ceiling_and_have_their_numbers() -> None:
    found = read_paragraph_text(
        "Vulcan Inc., Reno, Nevada (W91000-21-D-0001); Juno LLC,* Ely, Maine (W91000-21-D-0002); and Mars Co., Bath, Maine "
        "(W91000-21-D-0003), will compete for each order of the $90,000,000 contract for masts." + TAIL
    )
    assert found.contractors == ("Vulcan Inc.", "Juno LLC", "Mars Co.")
    assert found.numbers == ("W91000-21-D-0001", "W91000-21-D-0002", "W91000-21-D-0003")
    assert (found.contract, found.amount) == ("W91000-21-D-0001", Decimal(90_000_000))


def test_sums_of_several_awards_are_added_where_no_ceiling_is_shared() -> None:
    found = read_paragraph_text(
        "Vulcan Inc., Reno, Nevada (W91000-21-C-0001), is being awarded $2,000,000; and Juno LLC, Ely, Maine "
        "(W91000-21-C-0002), is being awarded $3,000,000, for masts." + TAIL
    )
    assert found.amount == Decimal(5_000_000)


# -- sums and dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "amount", "cumulative"),
    [
        # what the whole contract comes to
        (
            award("a $9,000,000 modification") + " The modification brings the total cumulative face value of the contract to $50,000,000 from $41,000,000.",
            9_000_000, 50_000_000,
        ),
        (award("a $9,000,000 modification") + " It increases the value of the contract from $41,000,000 to $50,000,000.", 9_000_000, 50_000_000),
        # what options would bring it to is not it
        (award("a $9,000,000 contract") + " Options, if exercised, would bring the cumulative value of this contract to $80,000,000.", 9_000_000, None),
        # not to exceed is the amount
        (award("a not-to-exceed $9,000,000 contract"), 9_000_000, None),
        # no sum in the award's sentence: the total that a later one states
        (
            "Vulcan Inc., Reno, Nevada, was awarded a contract for masts. The maximum value of the contract is $9,000,000." + TAIL,
            9_000_000, None,
        ),
        # a sum that is set aside is not the amount
        (
            "Vulcan Inc., Reno, Nevada, was awarded a contract for masts. Funds in the amount of $1,000 will be obligated. "
            "The total value is $9,000,000." + TAIL,
            9_000_000, None,
        ),
    ],
)  # fmt: skip
def test_amount_and_cumulative(text: str, amount: int, cumulative: int | None) -> None:
    found = read_paragraph_text(text)
    assert found.amount == Decimal(amount)
    assert found.cumulative == (None if cumulative is None else Decimal(cumulative))


def test_another_currency() -> None:
    found = read_paragraph_text(award("a €9,570,461 order"))
    assert (found.amount, found.currency) == (Decimal(9_570_461), "EUR")


@pytest.mark.parametrize(
    ("said", "completion"),
    [
        ("is expected to be completed by June 30, 2024.", "2024-06-30"),
        ("with an estimated completion date of June 2024.", "2024-06"),
        ("The ordering period is from May 1, 2021 through June 30, 2024.", "2024-06-30"),
        ("with a June 30, 2024, performance completion date.", "2024-06-30"),
        # options and money have dates of their own
        ("is expected to be completed by June 30, 2024. If all options are exercised, work will continue to May 2029.", "2024-06-30"),
        ("Fiscal 2021 through 2024 funds will be obligated.", None),
    ],
)  # fmt: skip
def test_completion(said: str, completion: str | None) -> None:
    found = read_paragraph_text(award("a $9,000,000 contract", f" Work will be performed in Ely, Maine, and {said}"))
    assert (found.completion and found.completion.iso) == completion


def test_what_is_set_aside_and_of_whose_money() -> None:
    found = read_paragraph_text(
        award("a $9,000,000 contract", "")
        + " Fiscal 2021 aircraft procurement (Navy) funds in the amount of $3,000,000; and foreign military sales funds in "
        "the amount of $2,000,000 will be obligated at time of award, none of which will expire." + FMS
    )
    assert (found.obligated, found.fms_obligated) == (Decimal(5_000_000), Decimal(2_000_000))


# -- corrections ------------------------------------------------------------------------------------------


def test_a_correction_gives_the_right_figure_and_keeps_the_wrong_one() -> None:
    found = read_paragraph_text(
        "CORRECTION: The contract awarded on May 3, 2021, to Vulcan Inc., Reno, Nevada, was announced with the incorrect "
        "amount. The correct amount is $9,250,000, not $9,520,000."
    )
    assert found.correction
    assert (found.amount, found.corrected_amount) == (Decimal(9_250_000), Decimal(9_520_000))


@pytest.mark.parametrize(
    "announcement",
    [
        "CORRECTION: The contract announced on May 3, 2021, to Vulcan Inc. (W91000-20-C-0001) is corrected to the following:",
        "CORRECTION: The announcement of May 3, 2021, should read as follows:",
        "UPDATE: The award to Vulcan Inc. announced May 3, 2021, should have read:",
    ],
)
def test_a_paragraph_that_only_announces_a_correction_marks_the_next_one(announcement: str) -> None:
    text = f"ARMY\n\n{announcement}\n\n{award('a $9,000,000 contract')}\n\n{award('a $8,000,000 contract')}"
    reading = read(day(text))
    assert [(c.amount, c.correction) for c in reading.contracts] == [
        (Decimal(9_000_000), True),
        (Decimal(8_000_000), False),
    ]
    assert "no sum of money" in {s.reason for s in reading.silences}


def test_a_correction_that_says_all_itself_marks_nothing_else() -> None:
    text = f"CORRECTION: The award to Vulcan Inc. announced May 3, 2021, had a wrong date.\n\n{award('a $9,000,000 contract')}"
    assert [c.correction for c in read(day(text)).contracts] == [False]


# -- paragraphs -------------------------------------------------------------------------------------------


def test_lines_are_paragraphs_and_continuations_belong_to_the_one_before() -> None:
    one = award("a $9,000,000 contract", "")
    text = f"NAVY\n\n{one}\nWork will be performed in Ely, Maine.\nFiscal 2021 funds of $5 pay.\n\n{award('a $8 contract')}\n* Small business"
    assert [span.of(text)[:12] for span in paragraph_spans(text)] == [
        "NAVY",
        "Vulcan Inc.,",
        "Vulcan Inc.,",
        "* Small busi",
    ]


def test_a_text_wrapped_at_a_fixed_width_is_taken_by_its_empty_lines() -> None:
    words = (award("a $9,000,000 contract") + FMS).split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 78:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    wrapped = "\n".join([*lines, line])
    reading = read(day(f"{wrapped}\n\n{wrapped}\n"))
    assert [(c.amount, c.customers) for c in reading.contracts] == [(Decimal(9_000_000), ("NOR",))] * 2


def test_what_stays_silent_says_why() -> None:
    text = "ARMY\n\nNothing was awarded today by anyone, said a spokesman.\n\nIt is worth $5 to nobody.\n\n" + award(
        "a $9,000,000 contract"
    )
    assert [s.reason for s in read(day(text)).silences] == [
        "heading",
        "no sum of money",
        "no contractor",
        "no foreign customer",
    ]


# -- claims -----------------------------------------------------------------------------------------------


def claims_of(text: str) -> list[Claim]:
    reading = read(day(text))
    assert reading.refused == ()
    return list(reading.claims)


def test_a_domestic_contract_makes_no_claim() -> None:
    assert claims_of(award("a $9,000,000 contract")) == []


@pytest.mark.parametrize(
    ("award", "end"),
    [
        ("a $9,000,000 contract", " This contract is 100 percent foreign military sales to Norway."),
        ("a $9,000,000 contract", " This contract is 100-percent foreign military sales to Norway."),
        ("a $9,000,000 firm-fixed-price foreign military sales (Norway) contract", ""),
        ("a $9,000,000 firm-fixed-price, foreign military sales contract (Norway)", ""),
        ("a $9,000,000 modification (P00003) to foreign military sales contract W58RGZ-12-C-0008 (Norway)", ""),
    ],
)
def test_a_sole_buyer_who_pays_all_has_the_value_and_the_count(award: str, end: str) -> None:
    (claim,) = claims_of(f"Vulcan Inc., Reno, Nevada, was awarded {award} for 12 QX-9 masts.{TAIL}{end}")
    assert (claim.recipient, claim.item, claim.quantity) == ("NOR", "QX-9", Decimal(12))
    assert claim.value == Money(Decimal(9_000_000), "USD", Meaning.AWARD)
    assert (claim.stage, claim.mode, claim.subject) == (Stage.ORDERED, Mode.SALE, Subject.TRANSFER)


def test_a_shared_contract_gives_no_buyer_its_value() -> None:
    text = award("a $9,000,000 modification") + (
        " The modification brings the total cumulative face value of the contract to $2,500,000,000. This contract involves "
        "foreign military sales to Norway, Chile and Japan."
    )
    whole, *buyers = sorted(claims_of(text), key=lambda c: c.recipient or "")
    assert whole.subject is Subject.CONTRACT
    assert whole.value == Money(Decimal(9_000_000), "USD", Meaning.AWARD)
    assert [b.recipient for b in buyers] == ["CHL", "JPN", "NOR"]
    assert all(b.value is None and b.quantity is None and b.subject is Subject.TRANSFER for b in buyers)
    assert {c.programme for c in (whole, *buyers)} == {Money(Decimal(2_500_000_000), "USD", Meaning.CUMULATIVE)}


@pytest.mark.parametrize(
    "award",
    [
        "a $9,000,000 foreign military sales contract (Norway and Chile)",
        "a $9,000,000 modification (P00003) to foreign military sales contract W58RGZ-12-C-0008 (Norway, Chile)",
    ],
)
def test_a_contract_of_several_buyers_in_brackets_is_no_one_buyers(award: str) -> None:
    found = claims_of(f"Vulcan Inc., Reno, Nevada, was awarded {award} for 12 QX-9 masts.{TAIL}")
    assert {c.recipient for c in found if c.value is not None} == {None}


def test_a_buyer_beside_the_home_services_has_only_the_share_that_the_text_gives_him() -> None:
    text = award("a $9,000,000 contract") + (
        " It combines purchases for the Navy ($6,000,000; 67 percent) and the governments of Japan ($2,000,000; 22 percent) and "
        "Chile (11 percent) under the foreign military sales program."
    )
    values = {c.recipient: c.value for c in claims_of(text)}
    assert values["JPN"] == Money(Decimal(2_000_000), "USD", Meaning.AWARD)
    assert values["CHL"] is None
    assert values[None] == Money(Decimal(9_000_000), "USD", Meaning.AWARD)


def test_one_buyer_whose_part_is_not_said_has_no_value() -> None:
    whole, buyer = sorted(claims_of(award("a $9,000,000 contract") + FMS), key=lambda c: c.recipient or "")
    assert (whole.recipient, buyer.recipient) == (None, "NOR")
    assert buyer.value is None


def test_a_service_is_no_sale_of_things() -> None:
    (claim,) = claims_of(
        "Vulcan Inc., Reno, Nevada, was awarded a $9,000,000 contract for maintenance of 12 QX-9 masts."
        + TAIL
        + " This contract is "
        "100 percent foreign military sales to Norway."
    )
    assert (claim.mode, claim.quantity) == (Mode.SERVICE, None)


def test_every_claim_stands_in_the_sentence_that_names_its_buyer() -> None:
    text = (
        award("a $9,000,000 contract") + " This contract involves foreign military sales to Norway and Chile. It ends."
    )
    for claim in claims_of(text):
        assert text[claim.start : claim.end] == claim.quote
        if claim.recipient:
            assert claim.quote == "This contract involves foreign military sales to Norway and Chile."
            (words,) = claim.anchored("recipient")
            assert words.quote in ("Norway", "Chile")


def test_a_foreign_paragraph_without_a_readable_sum_makes_no_claim_and_says_so() -> None:
    reading = read(day(award("a $" + "9" * 40 + " contract") + FMS))
    assert reading.claims == ()
    assert [s.reason for s in reading.silences] == ["no sum that can be read"]


def test_without_a_date_of_publication_the_claims_have_none() -> None:
    reading = read(day(award("a $9,000,000 contract") + FMS, published=None))
    assert [c.date for c in reading.contracts] == [None]
    assert all(c.date is None for c in reading.claims)
