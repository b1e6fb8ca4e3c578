"""Type designators: found whether listed or not; what only looks like one is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.lexicon.designators import find_designators, fold, system_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # with and without hyphen, letters behind, variants
        ("53 AIM-120C-8 and two F-16C/D", ["AIM-120C-8", "F-16C/D"]),
        ("M142 launchers and M1151A1B1 cars", ["M142", "M1151A1B1"]),
        # the joint electronics system
        ("AN/APG-83, AN/ALQ-131(V)1", ["AN/APG-83", "AN/ALQ-131(V)1"]),
        # block and mark belong to it
        ("F-16V Block 70 and Mk 41", ["F-16V Block 70"]),
        ("SM-3 Block IIA rounds", ["SM-3 Block IIA"]),
        # Russian and Soviet
        ("Su-30MKI, MiG-29, 9M96E2 and S-400", ["Su-30MKI", "MiG-29", "9M96E2", "S-400"]),
        # one that no lexicon lists
        ("the new QX-77B and a ZQW-9/K pod", ["QX-77B", "ZQW-9/K"]),
        # years, contract numbers, modifications, money are none
        ("FY2024 funds of $5 under FA8675-23-C-0037 (P00026) of CY19", []),
        ("N00019-17-C-0030 and W31P4Q-15-A-0024", []),
        # what numbers a place or a part of a plan
        ("Phase C1, Building G-3, Baseline K2, Pier D2", []),
        # a number with a measure is a calibre
        ("105mm and 2.75-inch", []),
        # inside a word
        ("xAIM-9 and AIM-9x_", []),
    ],
)
def test_designators(text: str, found: list[str]) -> None:
    assert [d.text for d in find_designators(text)] == found


@pytest.mark.parametrize(
    ("name", "system"),
    [
        # by the longest listed beginning
        ("AIM-120C-8", "aim-120"),
        ("aim 120 d3", "aim-120"),
        ("F-16C/D Block 52+", "f-16"),
        ("Su-30MKI", "su-30"),
        # a number is never cut in two
        ("AIM-1205", None),
        ("F-161", None),
        # not listed
        ("QX-77B", None),
        ("", None),
        # a weak name by itself names nothing
        ("Patriot", None),
    ],
)
def test_the_family_of_a_designation(name: str, system: str | None) -> None:
    assert system_of(name) == system


def test_folding_forgets_only_marks_and_case() -> None:
    assert fold("AIM-120C-8") == fold("aim 120 c8") == "aim120c8"


@given(st.text("ABFGMS0123456789-/() Va", max_size=50))
def test_designators_stand_where_they_say_and_are_apart(text: str) -> None:
    reach = 0
    for found in find_designators(text):
        assert reach <= found.start < found.stem_end <= found.end <= len(text)
        assert text[found.start : found.end] == found.text
        reach = found.end
