"""Official sale notices: the four families of wording, field by field, and what claims come of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from armsledger.claims.reader import read
from armsledger.model import Certainty, Claim, DateInterval, Meaning, Mode, Money, Stage, Subject

from .made_up import notice, read_notice_text

BEFORE_2014 = (
    "WASHINGTON, June 19, 2012 - The Defense Security Cooperation Agency notified Congress June 18 of a possible Foreign "
    "Military Sale to the Government of Morocco of M198 howitzers and associated parts for an estimated cost of $48 million.\n\n"
    "The Government of Morocco has requested a possible sale of 30 M198 155mm Towed Howitzers, six (6) AN/VRC-90 radios, spare "
    "parts, and training. The estimated cost is $48 million.\n\n"
    "This proposed sale will contribute to the foreign policy of the United States. It will replace 12 M114 howitzers.\n\n"
    "The principal contractors will be Vulcan Works, Inc. in Reno, Nevada; and Juno Company, Ely, Maine. There are no known "
    "offset agreements in connection with this sale.\n\nImplementation will require 2 U.S. representatives for 3 years."
)
SINCE_2014 = (
    "Transmittal No. 25-901\n\nWASHINGTON, March 3, 2025 - The State Department has made a determination approving a possible "
    "Foreign Military Sale to the Government of Norway of GBU-39/B bombs for an estimated cost of $61.5 million.\n\n"
    "The Government of Norway has requested to buy one hundred twenty (120) GBU-39/B Small Diameter Bombs Increment I; and four "
    "(4) GBU-39(T-1)/B training bombs. Also included are containers. The estimated total cost is $61.5 million.\n\n"
    "This proposed sale will support the foreign policy of the United States.\n\nThe principal contractor will be The Boeing "
    "Company, located in St. Charles, MO. The purchaser typically requests offsets.\n\nImplementation needs no one."
)
REGISTER = (
    "[FR Doc. 2017-99999 Filed 8-4-17]\nDEPARTMENT OF DEFENSE\nArms Sales Notification\n"
    "Transmittal No. 17-902\nNotice of Proposed Issuance of Letter of Offer Pursuant to Section 36(b)(1)\n"
    "    (i) Prospective Purchaser: Government of Singapore\n    (ii) Total Estimated Value:\n"
    "Major Defense Equipment *.......  $ 70.2 million\nOther...........................  $ 29.8 million\n"
    "    TOTAL......................  $100.0 million\n"
    "    (iii) Description and Quantity or Quantities of Articles or Services:\n    Major Defense Equipment (MDE):\n"
    "Eight (8) AN/APG-83 Radars\nTwelve (12) AIM-9X-2 Block II Missiles\n    Non-MDE: Also included are spare parts.\n"
    "    (iv) Military Department: Air Force (SN-D-ABC)\n    (v) Prior Related Cases, if any: None\n"
    "    (viii) Date Report Delivered to Congress: August 2, 2017\n\nPOLICY JUSTIFICATION\n"
    "The Government of Singapore has requested to buy eight (8) AN/APG-83 radars and twelve (12) AIM-9X-2 Block II missiles. "
    "This proposed sale will contribute to the foreign policy of the United States.\nThe prime contractor will be Vulcan "
    "Works, Reno, Nevada. There are no known offset agreements.\n\n[[Page 40000]]\n"
)
BARE_LIST = "12 AGM-88E missiles, four LAU-118 launchers, containers, and training."


@pytest.mark.parametrize(
    ("text", "recipient", "transmittal", "date", "value", "items", "contractors", "notified"),
    [
        (
            BEFORE_2014, "MAR", None, "2012-06-19", 48_000_000, [(30, "M198"), (6, "AN/VRC-90")],
            ("Vulcan Works, Inc.", "Juno Company"), "2012-06-18",
        ),
        (
            SINCE_2014, "NOR", "25-901", "2025-03-03", 61_500_000,
            [(120, "GBU-39/B Increment I"), (4, "GBU-39(T-1)/B training bomb")], ("The Boeing Company",), None,
        ),
        (
            REGISTER, "SGP", "17-902", "2017-08-02", 100_000_000, [(8, "AN/APG-83"), (12, "AIM-9X-2 Block II")],
            ("Vulcan Works",), "2017-08-02",
        ),
    ],
    ids=["to 2014", "since 2014", "Federal Register"],
)  # fmt: skip
def test_a_family_of_wording(
    text: str, recipient: str, transmittal: str | None, date: str, value: int, items: list[tuple[int, str]],
    contractors: tuple[str, ...], notified: str | None,
) -> None:  # fmt: skip
    found = read_notice_text(text)
    assert (found.supplier, found.recipient, found.transmittal) == ("USA", recipient, transmittal)
    assert (found.date and found.date.iso) == date
    assert found.value == Money(Decimal(value), "USD", Meaning.CEILING)
    assert [(int(i.quantity or 0), i.designation) for i in found.items] == items
    assert found.contractors == contractors
    assert (found.notified and found.notified.iso) == notified
    assert found.stage is Stage.APPROVED


def test_a_bare_list_is_a_notice_by_the_number_that_it_is_filed_under() -> None:
    reading = read(
        notice(BARE_LIST, name="cases.jsonl#24-903", title="Atlantis – AGM-88E missiles", published="2024-06-07")
    )
    (found,) = reading.notices
    assert (found.transmittal, found.recipient) == ("24-903", None)
    assert [(int(i.quantity or 0), i.designation) for i in found.items] == [(12, "AGM-88E"), (4, "LAU-118")]
    assert found.date == DateInterval("2024-06-07")
    assert [s.reason for s in reading.silences] == ["a notice without a recipient"]


def test_shares_of_the_form_are_kept_apart_from_the_total() -> None:
    found = read_notice_text(REGISTER)
    assert found.shares == (
        ("MDE", Money(Decimal(70_200_000), "USD", Meaning.CEILING)),
        ("other", Money(Decimal(29_800_000), "USD", Meaning.CEILING)),
    )


def test_news_is_no_notice() -> None:
    reading = read(notice("The minister spoke of tanks yesterday."))
    assert reading.notices == ()
    assert [s.reason for s in reading.silences] == ["no wording of a sale notice"]


# -- numbers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Transmittal No. 25-33", "25-33"),
        ("Transmittal No: 20-903", "20-903"),
        ("TRANSMITTAL NUMBER 09-07", "09-07"),
        # lettered numbers are cases of their own
        ("Transmittal No. 26-0G", "26-0G"),
        ("Transmittal No. 0M-25", "0M-25"),
        # other offices' prefixes
        ("Transmittal No. RSAT 24-11", "24-11"),
        # the dateline follows without a blank
        ("Transmittal No. 13-67WASHINGTON", "13-67"),
    ],
)
def test_transmittals(said: str, number: str) -> None:
    assert read_notice_text(f"{said}\n{SINCE_2014.partition(chr(10))[2]}").transmittal == number


# -- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "published", "date"),
    [
        # the dateline
        ("WASHINGTON, March 3, 2025 - ", "2025-03-09", "2025-03-03"),
        ("WASHINGTON, D.C., (Monday, March 3, 2025) ", None, "2025-03-03"),
        # no dateline: the page's own date
        ("", "2025-03-09", "2025-03-09"),
        # none of both: the notification
        ("On March 4, 2025, the Defense Security Cooperation Agency notified Congress. ", None, "2025-03-04"),
        # nothing
        ("", None, None),
    ],
)
def test_dates(head: str, published: str | None, date: str | None) -> None:
    body = SINCE_2014[SINCE_2014.index("The State Department") :]
    found = read_notice_text(head + body, published=published)
    assert (found.date and found.date.iso) == date


def test_a_register_text_without_a_report_is_dated_by_its_signature() -> None:
    text = (
        "Arms Sales Notification; Correction\nThe notice on Norway held an error.\n    Dated: January 2, 2026.\n"
        "[FR Doc. 2026-99999 Filed 1-6-26]"
    )
    found = read_notice_text(text, published="2026-01-07")
    assert (found.date and found.date.iso) == "2026-01-02"


# -- recipients -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("The Kingdom of Jordan has requested to buy 4 radios.", "JOR"),
        ("The Republic of Korea has requested a possible sale of 4 radios.", "KOR"),
        ("Georgia has requested to buy 4 radios.", "GEO"),
        (
            "The Taipei Economic and Cultural Representative Office in the United States has requested to buy 4 radios.",
            "TWN",
        ),
        ("The NATO Support and Procurement Agency has requested to buy 4 radios.", "NSPA"),
        # only the lead names him
        ("A possible Foreign Military Sale to Chile of radios.", "CHL"),
        # the United States never buys from itself
        ("The United States has requested nothing. A possible Foreign Military Sale to Peru.", "PER"),
        # nobody
        ("A possible Foreign Military Sale of radios.", None),
    ],
)
def test_recipients(text: str, recipient: str | None) -> None:
    assert read_notice_text(f"The State Department notified Congress. {text}").recipient == recipient


# -- values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The total estimated program cost is $1.285 billion.", 1_285_000_000),
        ("The estimated cost is $48 million.", 48_000_000),
        ("The package is worth up to $300 million.", 300_000_000),
        # an older case's worth is not this one's
        ("The original case was valued at $20 million. The estimated total cost is $90 million.", 90_000_000),
        (
            "The estimated total cost will increase by $30 million from $60 million. The total cost is $90 million.",
            90_000_000,
        ),
        # nothing said
        ("It costs what it costs.", None),
    ],
)
def test_values(text: str, value: int | None) -> None:
    found = read_notice_text(f"The Government of Chile has requested to buy 4 QX-9 radios. {text}")
    assert found.value == (None if value is None else Money(Decimal(value), "USD", Meaning.CEILING))


# -- articles ---------------------------------------------------------------------------------------------


def items_of(request: str) -> list[tuple[int, str]]:
    text = (
        "The State Department has made a determination approving a possible Foreign Military Sale to Chile.\n\n"
        f"The Government of Chile has requested {request}\n\nThis proposed sale will improve security. It replaces 9 QX-1 guns."
    )
    return [(int(i.quantity or 0), i.designation) for i in read_notice_text(text).items]


@pytest.mark.parametrize(
    ("request_", "items"),
    [
        # what the reasons count is no article
        ("to buy four (4) QX-9 radios.", [(4, "QX-9")]),
        # a list in lines
        ("to buy the following:\nFour (4) QX-9 radios\nTen (10) masts\n", [(4, "QX-9"), (10, "mast")]),
        # a service for platforms, and its chain
        ("sustainment support for 24 MH-60R and 2 MH-60S helicopters, and six (6) QX-9 radios.", [(6, "QX-9")]),
        # an upgrade is told as such
        ("the upgrade of 16 F-16C/D aircraft.", [(16, "F-16C/D upgrade")]),
        # an enlargement names what comes on top; the older case's articles are not asked for now
        (
            "to buy an additional six (6) QX-9 radios. The original FMS case, valued at $31.2 million, included two (2) QX-9 radios.",
            [(6, "QX-9")],
        ),
        # nothing is counted
        ("to buy spare parts and training.", []),
    ],
)
def test_items(request_: str, items: list[tuple[int, str]]) -> None:
    assert items_of(request_) == items


def test_what_lead_and_request_repeat_counts_once() -> None:
    text = (
        "The State Department has made a determination approving a possible Foreign Military Sale to Chile of 4 QX-9 radios. "
        "The Government of Chile has requested to buy four (4) QX-9 Block II radios. This proposed sale will improve security."
    )
    assert [(i.quantity, i.designation) for i in read_notice_text(text).items] == [(Decimal(4), "QX-9 Block II")]


# -- contractors, offsets, older cases --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "firms"),
    [
        ("The principal contractor will be Vulcan Works of Reno, Nevada.", ("Vulcan Works",)),
        ("The prime contractors are Vulcan Works, Inc., Reno, Nevada; and Juno LLC, Ely, Maine.", ("Vulcan Works, Inc.", "Juno LLC")),
        # a list in lines
        ("The principal contractors will be:\nVulcan Works Inc. Reno, Nevada\nJuno Company Ely, Maine\n\n", ("Vulcan Works Inc.", "Juno Company")),
        # two places of one firm
        ("The principal contractor will be Vulcan Works, Reno, Nevada and Ely, Maine.", ("Vulcan Works",)),
        # none is known, or the goods come from stock
        ("The principal contractor will be determined through a competition.", ()),
        ("The principal contractors are unknown at this time.", ()),
        ("The principal contractor will be selected later.", ()),
        ("It comes from U.S. Army stock.", ()),
    ],
)  # fmt: skip
def test_contractors(said: str, firms: tuple[str, ...]) -> None:
    found = read_notice_text(
        f"The Government of Chile has requested to buy 4 QX-9 radios. {said} There are no offsets."
    )
    assert found.contractors == firms


@pytest.mark.parametrize(
    ("said", "offsets"),
    [
        ("There are no known offset agreements proposed.", "none known"),
        ("The purchaser has requested offsets, and offset agreements will be defined.", "proposed"),
        ("Nothing else.", None),
    ],
)
def test_offsets(said: str, offsets: str | None) -> None:
    assert read_notice_text(f"The Government of Chile has requested to buy 4 QX-9 radios. {said}").offsets == offsets


def test_an_enlargement_names_the_case_that_it_amends() -> None:
    found = read_notice_text(
        "Transmittal No. 26-0G\nThe Government of Chile has requested to buy six (6) QX-9 radios, which were originally "
        "notified under transmittal number 24-17. The estimated total cost is $90 million."
    )
    assert (found.transmittal, found.amends) == ("26-0G", "24-17")


def test_a_correction_without_content_makes_no_claim() -> None:
    reading = read(notice("Arms Sales Notification; Correction\nSUMMARY: The text of Transmittal No. 24-17 was wrong."))
    assert reading.claims == ()
    assert [n.correction for n in reading.notices] == [True]
    assert [s.reason for s in reading.silences] == ["a correction without readable content"]


# -- claims -----------------------------------------------------------------------------------------------


def claims() -> tuple[Claim, ...]:
    return read(notice(SINCE_2014, title="Norway – GBU-39/B Bombs")).claims


def test_one_claim_holds_the_value_and_each_article_has_its_own() -> None:
    (whole,) = (c for c in claims() if c.value is not None)
    assert whole.value == Money(Decimal(61_500_000), "USD", Meaning.CEILING)
    assert (whole.item, whole.quantity) == ("GBU-39/B Bombs", None)
    assert [(c.item, c.quantity) for c in claims() if c.quantity is not None] == [
        ("GBU-39/B Increment I", Decimal(120)),
        ("GBU-39(T-1)/B training bomb", Decimal(4)),
    ]


def test_a_notice_is_no_sale() -> None:
    for claim in claims():
        assert (claim.supplier, claim.recipient, claim.stage) == ("USA", "NOR", Stage.APPROVED)
        assert (claim.certainty, claim.subject) == (Certainty.CERTAIN, Subject.TRANSFER)
        assert claim.programme is None


def test_every_claim_carries_the_words_of_buyer_and_number() -> None:
    for claim in claims():
        assert {a.value for a in claim.anchored("recipient")} == {"NOR"}
        assert [a.quote for a in claim.anchored("transmittal")] == ["25-901"]
        for anchor in claim.anchors:
            assert SINCE_2014[anchor.start : anchor.end] == anchor.quote


def test_an_upgrade_is_a_service() -> None:
    reading = read(
        notice(
            "The State Department has made a determination approving a possible Foreign Military Sale to Chile. The Government "
            "of Chile has requested the upgrade of 16 F-16C/D aircraft. The estimated total cost is $90 million."
        )
    )
    (counted,) = (c for c in reading.claims if c.quantity is not None)
    assert (counted.mode, counted.modernised, counted.system) == (Mode.SERVICE, True, "f-16")
