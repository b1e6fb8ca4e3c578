"""Counted articles of official documents: what is counted, what it is called, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.claims.items import designate, find_articles, singular


def articles(text: str) -> list[tuple[int, str]]:
    return [(int(a.quantity), a.designation) for a in find_articles(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # behind a verb of buying, a list with commas and "and"
        (
            "has requested to buy 18 M777 howitzers, 40 AN/PRC-152 radios, and six training simulators.",
            [(18, "M777"), (40, "AN/PRC-152"), (6, "training simulator")],
        ),
        # counts in words with the digits in brackets, split by stops
        (
            "requested twenty (20) AIM-9X Block II missiles; and four (4) AIM-9X captive training missiles.",
            [(20, "AIM-9X Block II"), (4, "AIM-9X captive training missile")],
        ),
        # a bound is told apart, a split in brackets adds no article
        ("buy up to nine (9) GBU-31 tail kits", [(9, "GBU-31 tail kit")]),
        ("buy 26 (24 installed and 2 spare) T700 engines", [(26, "T700")]),
        # a list of lines: the whole line is the article, commas included
        (
            "Description:\nTen (10) Launchers, Mobile, Type B\nTwo (2) AN/TPS-80 Radars\nAlso included are spares",
            [(10, "Launchers, Mobile, Type B"), (2, "AN/TPS-80")],
        ),
        # a list of lines with marks
        ("The sale includes:\n- 12 AGM-88 missiles\n- 3 shelters\n", [(12, "AGM-88"), (3, "shelter")]),
        # an upgrade of what the buyer has
        ("request for the upgrade of 16 F-16C/D aircraft", [(16, "F-16C/D upgrade")]),
        # what is counted for a service is no article, nor what is chained to it
        ("support for 24 MH-60R and 2 MH-60S helicopters", []),
        ("sustainment of the fleet of 11 C-130J aircraft", []),
        # a designator with a count joined to it
        ("buy 60-GBU-38 kits", [(60, "GBU-38 kit")]),
        # sale of
        ("a possible sale of 8 UH-60M helicopters and 2 spare T700 engines", [(8, "UH-60M"), (2, "spare T700 engine")]),
    ],
)
def test_articles(text: str, found: list[tuple[int, str]]) -> None:
    assert articles(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "requested 5 years of support, 12 months of training and 3 lots of spares",  # times and bundles
        "buy spares, and 2 U.S. contractor representatives for 10 weeks",  # people
        "includes one-time costs, up to 3 trips",
        "requested on May 4, 2021",  # a date
        "includes the MK- 84 bomb body",  # a designator broken by a line's end
        "includes a 660 Weather Radar",  # a model's number before a singular
        "worth 40 percent of it",
    ],
)
def test_what_is_no_article(text: str) -> None:
    assert articles(text) == []


@pytest.mark.parametrize(
    ("phrase", "designation"),
    [
        # the designator with block and mark
        ("AIM-9X-2 SIDEWINDER Block II All-Up-Round Missiles", "AIM-9X-2 Block II"),
        ("M777 155mm Light-Weight Towed Howitzers", "M777"),
        ("AN/AAQ-33 Sniper Advanced Targeting Pods", "AN/AAQ-33"),
        # another article made of it
        ("AIM-120C-7 AMRAAM Guidance Sections", "AIM-120C-7 AMRAAM Guidance Section"),
        ("GBU-12 inert training bombs", "GBU-12 inert training bomb"),
        # the noun behind a known designator says that it is a part of it; one of its own does not
        ("MH-60R mission computers", "MH-60R mission computer"),
        ("MH-60R helicopters", "MH-60R"),
        # no designator: the phrase, singular
        ("Ground Data Terminals", "Ground Data Terminal"),
        ("squib-activated batteries", "squib-activated battery"),
        ("Joint Helmet Mounted Cueing Systems (JHMCS)", "Joint Helmet Mounted Cueing System (JHMCS)"),
        # explaining brackets are left out, designating ones kept
        ("Mobile Kitchens (each with a trailer and a tank)", "Mobile Kitchen"),
        ("Bombs (500 lb.) MK-82", "MK-82"),
        # an abbreviation taken into the designator
        ("Air Intercept Missile (AIM)-9X missiles", "AIM-9X"),
        # nothing is named
        ("155", ""),
    ],
)
def test_designations(phrase: str, designation: str) -> None:
    assert designate(phrase) == designation


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("batteries", "battery"), ("missiles", "missile"), ("chassis", "chassis"), ("boxes", "box"), ("torpedoes", "torpedo"),
        ("ship sets (AN/SPY-7)", "ship set (AN/SPY-7)"), ("GPS", "GPS"), ("glass", "glass"), ("aircraft", "aircraft"),
    ],
)  # fmt: skip
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


@given(st.text("1024 ()-,;.\nMAIGUB missilekadrofupgn", max_size=90))
def test_articles_stand_where_they_say_and_are_apart(text: str) -> None:
    reach = 0
    for article in find_articles(text, 0, len(text)):
        assert reach <= article.start < article.phrase <= article.end <= len(text)
        assert article.quantity >= Decimal(0)
        assert article.designation.strip()
        reach = article.end
