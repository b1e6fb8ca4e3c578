"""What a contract paragraph buys: cue by cue, list by list; what says nothing names nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .made_up import goods_of, read_paragraph_text

HEAD = "Vulcan Inc., Reno, Nevada, is being awarded a $9,000,000 firm-fixed-price contract "
ON_OLDER = "Vulcan Inc., Reno, Nevada, was awarded a $9,000,000 modification (P00007) to contract W91000-20-C-0001 "

NAMED = [
    # "for" and the thing
    (HEAD + "for hot weather boots. Work will be performed in Reno, Nevada.", ["hot weather boot"]),
    # "to procure", a count, a designator
    (HEAD + "to procure 45 QX-9A engines for the Navy.", ["QX-9A"]),
    # a list of things, at most three
    (HEAD + "for tow cables, slip rings, drogues, and shackles.", ["tow cable", "slip ring", "drogue"]),
    # counted things behind semicolons
    (HEAD + "for 30 QX-9 vehicles; four QX-10 vehicles; and two cranes.", ["QX-9", "QX-10", "crane"]),
    # things joined by "and": two of them, or one noun for both
    (HEAD + "for coats and trousers.", ["coat", "trousers"]),
    (HEAD + "for 22 QX-9E and 6 QX-9F fighters.", ["QX-9E", "QX-9F"]),
    (HEAD + "for MH-60R and MH-60S mission computers.", ["MH-60R and MH-60S mission computer"]),
    # a part of a known platform is not the platform
    (HEAD + "for F-16 fuel cells.", ["F-16 fuel cell"]),
    (HEAD + "for F-16C aircraft.", ["F-16C"]),
    (HEAD + "for engines and transmission kits.", ["engines and transmission kit"]),
    # services go along with things
    (HEAD + "for four QX-9 helicopters and training.", ["QX-9"]),
    (HEAD + "for QX-9 radios, spare parts, and associated training.", ["QX-9"]),
    # what is done to get it is no part of the name, nor its lot and year
    (HEAD + "for the full-rate production of 60 Lot 38 mission computers for the Army.", ["mission computer"]),
    (HEAD + "for the design, development, and testing of the bow array.", ["bow array"]),
    (HEAD + "for fiscal 2019 procurement of long-lead items for the production of QX-9 radars.", ["QX-9"]),
    (HEAD + "to acquire up to 825 batteries.", ["battery"]),
    # a quantity behind the name
    (HEAD + "to acquire bomb bodies: QX82-1= 1,662 each; QX82-6= 12,187 each.", ["QX82-1", "QX82-6"]),
    # services, and what they serve
    (HEAD + "for engineering support services.", ["engineering support services"]),
    (HEAD + "for logistics support to the QX-9 drone.", ["QX-9 logistics support"]),
    (HEAD + "for repair and maintenance of radio systems.", ["radio system repair and maintenance"]),
    (HEAD + "to repair and overhaul QX-9 engines.", ["QX-9 repair"]),
    (HEAD + "for overhaul services of QX-9 engine components.", ["QX-9 engine component overhaul services"]),
    # a customer at the beginning is not what is bought
    (HEAD + "for the Iraqi navy ship repair facility.", ["ship repair facility"]),
    (HEAD + "to provide the Taiwan Air Force with signal processors.", ["signal processor"]),
    # the award's sentence says nothing in particular: the next one does
    (ON_OLDER + "for labor hours. This modification provides for 12 QX-9 masts.", ["QX-9"]),
    (("Vulcan Inc., Reno, Nevada, is awarded $9,000,000 for modification P00007 to contract W91000-20-C-0001. "
     "This modification exercises an option for 45 nose shells."), ["nose shell"]),
    # nothing else is said: what is supported
    (ON_OLDER + "for labor hours and travel supporting the Mast Project Office.", ["Mast Project Office support"]),
    # the words before "contract"
    (("Vulcan Inc., Reno, Nevada, is being awarded a $9,000,000 multiple award harbour survey services "
     "contract for the Naval Facilities Engineering Command."), ["harbour survey services"]),
    # correction: the firm behind "for" is not what is bought
    (("CORRECTION: The contract announced on May 3, 2021, for Vulcan Inc., Reno, Nevada, for $9,000,000 for food support, "
     "was announced with an incorrect date."), ["food support"]),
    # a program is named without the word
    (HEAD + "for the Common Processor program.", ["Common Processor"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_goods(text: str, names: list[str]) -> None:
    assert [good.designation for good in goods_of(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        # money, terms, customers and other contracts are no goods
        HEAD + "for the Navy.",
        HEAD + "with options for two additional years. Work will be performed in Reno, Nevada.",
        ON_OLDER + "for a total of $12,000,000.",
        "Vulcan Inc., Reno, Nevada, is awarded $9,000,000 for firm-fixed-price delivery order 0010 against a contract.",
        "CORRECTION: The contract announced on May 3, 2021, for Vulcan Inc., Reno, Nevada, should read $9,000,000.",
    ],
)
def test_what_names_no_goods(text: str) -> None:
    assert goods_of(text) == []


def test_counts_are_kept_with_their_place() -> None:
    text = HEAD + "to procure forty-five (45) QX-9A engines and 6 cranes."
    engine, crane = goods_of(text)
    assert (engine.quantity, crane.quantity) == (Decimal(45), Decimal(6))
    assert engine.count is not None
    assert text[engine.count.start : engine.count.end] == "forty-five (45)"
    assert text[engine.start : engine.end] == "QX-9A engines"


def test_only_an_upgrade_keeps_the_count_of_what_it_works_on() -> None:
    (upgraded,) = goods_of(HEAD + "for the upgrade of 16 QX-9 aircraft.")
    assert (upgraded.designation, upgraded.quantity, upgraded.upgrade) == ("QX-9 upgrade", Decimal(16), True)
    (repaired,) = goods_of(HEAD + "for the repair of 16 QX-9 aircraft.")
    assert (repaired.designation, repaired.quantity, repaired.service) == ("QX-9 repair", None, True)


@pytest.mark.parametrize(
    ("bought", "system"),
    [
        # by designator, by name, by a weak name with its noun
        ("AIM-120C-8 missiles", "aim-120"),
        ("Advanced Medium-Range Air-to-Air Missiles", "aim-120"),
        ("Javelin missiles", "javelin"),
        # unlisted, and what only numbers a place
        ("QX-9 masts", None),
        ("Building G-3 repairs", None),
    ],
)
def test_goods_are_found_in_the_lexicon(bought: str, system: str | None) -> None:
    (item,) = read_paragraph_text(HEAD + f"for {bought}.").items
    assert item.system == system


@given(
    st.lists(
        st.sampled_from("for the of and, ; ( ) QX-9 to procure 12 repair masts Navy $9 . contract".split()), max_size=40
    )
)
def test_goods_stand_where_they_say(words: list[str]) -> None:
    text = HEAD + " ".join(words)
    for good in goods_of(text):
        assert 0 <= good.start < good.end <= len(text)
        assert good.designation.strip()
        if good.count is not None:
            assert good.quantity is not None
            assert good.count.start < good.count.end
