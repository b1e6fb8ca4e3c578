"""The firms of a contract paragraph: names with commas, places and numbers off their ends, corrections."""

from __future__ import annotations

import pytest

from armsledger.claims.firms import find_firms


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a name and its place
        ("Vulcan Works Inc., Reno, Nevada, has been awarded a $9 contract", ["Vulcan Works Inc."]),
        # a name with a comma of its own
        (
            "Vulcan Corp., Vulcan Space Systems, Reno, Nevada, is being awarded $9",
            ["Vulcan Corp., Vulcan Space Systems"],
        ),
        # "Inc." behind a comma is the name's, with or without a comma behind it
        ("Vulcan Works, Inc., Reno, Nevada, was awarded a $9 contract", ["Vulcan Works, Inc."]),
        ("Vulcan Works, Inc. Reno, Nevada, was awarded a $9 contract", ["Vulcan Works, Inc."]),
        # a part of the firm
        ("Vulcan Foods Inc., Ely Division, Ely, Maine, was awarded $9", ["Vulcan Foods Inc., Ely Division"]),
        # a star for a small business, in any place
        ("Vulcan LLC,* Reno, Nevada, was awarded a $9 contract", ["Vulcan LLC"]),
        ("Vulcan LLC*, Reno, Nevada, was awarded a $9 contract", ["Vulcan LLC"]),
        # several with their numbers
        (
            (
                "Vulcan Inc., Reno, Nevada (W91000-21-D-0001); Juno LLC,* Ely, Maine (W91000-21-D-0002); and Mars Co., "
                "Bath, England (W91000-21-D-0003), will compete for each order of the $9 contract"
            ),
            ["Vulcan Inc.", "Juno LLC", "Mars Co."],
        ),
        # a place abroad
        ("Vulkan GmbH, Ulm, Germany, is awarded a $9 contract", ["Vulkan GmbH"]),
        # a second name
        ("Vulcan Inc., doing business as Forge, Reno, Nevada, was awarded $9", ["Vulcan Inc."]),
        # a state in a firm's name is no place
        (
            "Georgia Tech Applied Research Corp., Atlanta, Georgia, was awarded $9",
            ["Georgia Tech Applied Research Corp."],
        ),
        # corrections and updates name the firm behind "to" or "for"
        (
            "CORRECTION: The contract announced on May 3, 2021, to Vulcan Inc., Reno, Nevada, for $9, is",
            ["Vulcan Inc."],
        ),
        ("CORRECTION: The Vulcan Inc., Reno, Nevada, $9 modification was announced in error.", ["Vulcan Inc."]),
        ("UPDATE: Vulcan Inc., Reno, Nevada, has been added as an awardee to the $9 contract", ["Vulcan Inc."]),
        # no capital, no firm
        ("the work was awarded at $9", []),
    ],
)
def test_firms(text: str, names: list[str]) -> None:
    assert [firm.name for firm in find_firms(text)] == names


@pytest.mark.parametrize(
    "text", ["Vulcan Works Inc.,* Reno, Nevada, has been awarded $9", "Juno Co., Ely, Maine, is awarded $9"]
)
def test_a_firm_stands_where_it_says(text: str) -> None:
    for firm in find_firms(text):
        assert text[firm.start : firm.end].replace("*", "") == firm.name
