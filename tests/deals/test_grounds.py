"""Where a claim belongs before anything is compared: its ground and its own key."""

from __future__ import annotations

import pytest

from armsledger.deals import place
from armsledger.deals.grounds import is_of_system
from armsledger.model import Subject

from .made_up import said


@pytest.mark.parametrize(
    ("sides", "system", "item", "ground"),
    [
        ("USA TUR", "aim-120", "AIM-120C-8", "TUR aim-120"),
        ("- TUR", "aim-120", "AMRAAM", "TUR aim-120"),  # no supplier: the same ground
        ("RUS -", "s-400", "S-400", "?RUS s-400"),  # no recipient
        ("- -", "s-400", "S-400", "? s-400"),
        ("USA TUR", None, "AIM-120C-8 missiles", "TUR aim-120"),  # the reader gave no system, the words do
        ("USA TUR", None, "Patriot missiles", "TUR patriot"),
        ("USA QAT", "f-15ex", "F-15QA", "QAT f-15"),  # listed apart in the lexicon, one family in the papers
        ("USA NOR", "c-130j", "C-130J-30", "NOR c-130"),
        ("USA TUR", None, "air-to-air missiles", "TUR *missile"),
        ("USA TUR", None, "missiles", "TUR *missile"),
        ("USA TUR", None, "new fighter jets", "TUR *fighter"),
        ("USA TUR", None, "combat aircraft", "TUR *fighter"),
        ("USA TUR", None, "batteries of missiles", "TUR *missile"),
        ("USA TUR", None, "armored personnel carriers", "TUR *armoured vehicle"),
        ("USA TUR", None, "Launch Sequencers MK 5 Mod 1", "TUR *sequencer"),  # a number says not what it is
        ("USA TUR", None, None, "TUR *"),
        ("USA Hezbollah", None, "rockets", "Hezbollah *rocket"),
    ],
)  # fmt: skip
def test_the_ground_of_a_claim(sides: str, system: str | None, item: str | None, ground: str) -> None:
    assert place(said("ordered", sides=sides, system=system, item=item))[0] == ground
    assert is_of_system(ground) is (" *" not in ground)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ([("transmittal", "31-07")], "transmittal USA 31-07 TUR"),
        ([("transmittal", "31-0g")], "transmittal USA 31-0G TUR"),
        ([("contract", "N00024-31-C-0001")], "contract N0002431C0001 TUR"),
        ([("contract", "N00024-31-C-0001"), ("transmittal", "31-07")], "transmittal USA 31-07 TUR"),
    ],
)
def test_an_official_number_is_the_own_key(told: list[tuple[str, str]], key: str) -> None:
    assert place(said("ordered", sides="USA TUR", told=told))[1] == key


def test_a_claim_without_a_number_has_itself_as_its_key() -> None:
    claim = said("ordered")
    assert place(claim)[1] == f"claim {claim.id}"


def test_what_is_said_of_a_contract_as_a_whole_is_no_buyers() -> None:
    told = [("contract", "N00024-31-C-0001")]
    whole = said("ordered", by="contracts", sides="USA -", subject=Subject.CONTRACT, told=told)
    assert place(whole) == ("contract N0002431C0001", "contract N0002431C0001 -")


def test_a_contract_without_a_number_is_its_own_ground() -> None:
    whole = said("ordered", by="contracts", sides="USA -", subject=Subject.CONTRACT)
    assert place(whole) == (f"contract {whole.id}", f"claim {whole.id}")
