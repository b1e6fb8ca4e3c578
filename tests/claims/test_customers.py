"""Who buys: by every cue there is; places of work, bases, commands and negated sales buy nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from armsledger.claims.customers import find_customers
from armsledger.model import Share

WORK = "Work will be performed in Kuwait City, Kuwait (60%); and Amman, Jordan (40%). "


def customers(text: str) -> list[str]:
    return [m.party for m in find_customers(text).customers]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # behind the sale
        ("This contract involves foreign military sales to Norway.", ["NOR"]),
        ("It involves Foreign Military Sales (FMS) to the Kingdom of Saudi Arabia and Qatar.", ["SAU", "QAT"]),
        ("It is 100 percent foreign military sales for Finland.", ["FIN"]),
        (
            "under the foreign military sales program to the governments of Chile, Peru and Brazil",
            ["CHL", "PER", "BRA"],
        ),
        # in a bracket behind it, before the number
        (
            "was awarded a $9 modification to foreign military sales (Bahrain, Oman) contract W91000-20-C-0001",
            ["BHR", "OMN"],
        ),
        (
            "to foreign military sales contract W91000-20-C-0001 (Egypt, Tunisia, and Morocco) for parts",
            ["EGY", "TUN", "MAR"],
        ),
        # a government of its own, without the words "foreign sale"
        ("radios for the Navy and the government of Canada", ["CAN"]),
        ("in support of the Marine Corps and the governments of Japan and Italy", ["JPN", "ITA"]),
        # a list of users
        ("Using customers are Navy, Spain and Sweden.", ["ESP", "SWE"]),
        ("Using military services are Army and Afghanistan military.", ["AFG"]),
        # a force of its own
        ("training for the Iraqi navy", ["IRQ"]),
        ("parts for the Royal Australian Navy", ["AUS"]),
        ("with Polish air force funds", ["POL"]),
        # a share behind the name
        ("This combines purchases for the Navy (60 percent) and Denmark ($3,000; 40 percent).", ["DNK"]),
        # whose money pays
        ("Cooperative partner funds (Netherlands) will be obligated", ["NLD"]),
        ("German funding in the amount of $9 will be obligated", ["DEU"]),
        # countries named apart, in a sentence of their own
        ("It involves foreign military sales. The countries are Latvia, Estonia and Lithuania.", ["LVA", "EST", "LTU"]),
        # an office in place of a state
        ("foreign military sales to the Taipei Economic and Cultural Representative Office", ["TWN"]),
        # a consortium of an alliance
        ("in support of the NATO Seasparrow Consortium", ["NATO"]),
        # a misprint that is always the same
        ("foreign military sales to Chile, Columbia, and Peru", ["CHL", "COL", "PER"]),
        # each once
        ("foreign military sales to Norway. Norway ($9) pays. For the government of Norway.", ["NOR"]),
    ],
)
def test_customers(text: str, codes: list[str]) -> None:
    assert customers(text) == codes
    assert find_customers(text).foreign


@pytest.mark.parametrize(
    "text",
    [
        # places of work
        WORK,
        "Vulcan Inc., Reno, Nevada, was awarded $9 for repairs. Work will be performed in Japan and Italy.",
        "Locations of performance are Germany, Italy and Spain, with a May 4, 2022, performance completion date.",
        "The work will be performed at Camp Arifjan, Kuwait.",
        # bases and commands
        "repairs at Kadena Air Base, Japan",
        "The U.S. Army Corps of Engineers, Far East District, Seoul, South Korea, is the contracting activity.",
        "support of U.S. Forces Korea",
        # states of the Union, cities and universities that sound like countries
        "Work for it is done in Indiana, Georgia, and New Mexico by Georgia Tech and Indianapolis firms.",
        "aircraft at Jordan, Minnesota",
        # money that hosts give for bases on their soil
        "Japanese government host nation funds pay for the barracks",
        # nothing foreign in it at all
        "for the Army and the Marine Corps.",
    ],
)
def test_who_is_no_customer(text: str) -> None:
    assert customers(text) == []


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        # a negated sale
        ("This is not a foreign military sales acquisition.", False),
        ("It does not involve Foreign Military Sales.", False),
        ("no foreign military sales are involved", False),
        # one that may come
        ("a contract capable of supporting foreign military sales", False),
        ("Options could include foreign military sales customers.", False),
        # named without a country
        ("This contract involves unclassified foreign military sales.", True),
        ("for international partners and FMS customers", True),
        # a domestic one
        ("for the Navy.", False),
    ],
)
def test_foreign_or_not(text: str, foreign: bool) -> None:
    found = find_customers(text)
    assert (found.foreign, found.customers) == (foreign, ())


def test_a_place_of_work_beside_a_buyer_stays_a_place() -> None:
    assert customers(WORK + "This contract involves foreign military sales to Oman.") == ["OMN"]


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        # money and per cent, either first or alone
        (
            "combines purchases for the Navy and the governments of Japan ($899,879; 8.7 percent) and Italy (1.3%)",
            [Share("JPN", Decimal(899879), Decimal("8.7")), Share("ITA", None, Decimal("1.3"))],
        ),
        ("for the governments of Spain ($1.5 million) and Chile (40 percent)", [Share("ESP", Decimal(1500000)), Share("CHL", None, Decimal(40))]),
        # unnamed groups
        (
            "for the Air Force; international partners (12 percent); and foreign military sales (3 percent)",
            [Share("partners", None, Decimal(12)), Share("FMS", None, Decimal(3))],
        ),
        # said of the sale as a whole
        ("This contract is 100 percent foreign military sales to Kuwait.", [Share("KWT", None, Decimal(100))]),
        ("Twenty-five percent of it is foreign military sales to Iraq, Oman and Qatar.", [Share("FMS", None, Decimal(25))]),
        # a count of articles in a bracket is no share
        ("14 engines for the Navy (12) and the government of Chile (2)", []),
    ],
)  # fmt: skip
def test_shares(text: str, shares: list[Share]) -> None:
    assert [share for share, _, _ in find_customers(text).shares] == shares


@pytest.mark.parametrize(
    "text", ["foreign military sales to Norway ($5,000; 3 percent) and Chile (2%).", "for the Iraqi navy"]
)
def test_what_is_found_stands_where_it_says(text: str) -> None:
    found = find_customers(text)
    for mention in found.customers:
        assert 0 <= mention.start < mention.end <= len(text)
    for _, start, end in found.shares:
        assert text[start:end].strip("( ,;)")
    assert found.cue is not None
