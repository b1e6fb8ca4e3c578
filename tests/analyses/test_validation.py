"""The page of validation says what our code gives, of every published table that there is."""

from __future__ import annotations

import pytest

from .tables import VALIDATION, needs_tables
from .validation import GROUPS, PAGE, REGISTER, kept, page, releases, written


def test_the_page_is_up_to_date_with_its_rows() -> None:
    made = page({group: kept(group) for group in GROUPS})
    assert PAGE.read_text(encoding="utf-8") == made, "run: cd tests && python -m analyses.validation --write"


@needs_tables
@pytest.mark.parametrize("group", GROUPS)
def test_the_rows_are_what_the_code_gives(group: str) -> None:
    if group == "shares" and not REGISTER.is_file():
        pytest.skip("the register beside the checkout is not here")
    assert written(GROUPS[group]()) == written(kept(group)), "run: cd tests && python -m analyses.validation --write"


@needs_tables
def test_every_table_is_there() -> None:
    named = {row[0] for group in GROUPS for row in kept(group)}
    assert named == {path.stem for path in VALIDATION.glob("*.csv")}


# Where ours and theirs may differ, and why.
EXPLAINED = ("not as printed", "within half a point", "not compared", "the items are not counted here", "second hand")


def test_whatever_differs_says_why() -> None:
    for group in GROUPS:
        for name, figure, _, ours, theirs, status in kept(group):
            if ours == theirs or status.endswith("; as printed"):
                continue
            rounded = _number(ours) and _number(theirs) and abs(float(ours) - float(theirs)) < 5e-6
            assert rounded or any(words in status for words in EXPLAINED), (name, figure, ours, theirs, status)


def _number(cell: str) -> bool:
    return cell.replace(".", "").replace("-", "").isdigit()


# Prints whose release, or what we need of it, is at hand; of 2023 there are the world's shares and no pairs.
@pytest.mark.parametrize("year", ["2016", "2022", "2024", "2025", "2026"])
def test_shares_come_out_of_the_release_they_were_printed_of(year: str) -> None:
    printed = [row for row in kept("shares") if f", print of {year}" in row[1] and not row[1].endswith(": change")]
    off = [row[1] for row in printed if not row[5].endswith(("; as printed", "; within half a point"))]
    assert printed
    assert not off


def test_shares_of_the_world_come_out_of_the_release_of_2023() -> None:
    printed = [row for row in kept("shares") if row[0] == "sipri_global_shares" and ", print of 2023" in row[1]]
    assert len(printed) == 6
    assert all(row[5].endswith("; as printed") for row in printed)


def test_the_prints_of_whole_releases_come_out_to_the_last_digit() -> None:
    """The list of deliveries of 2024 and 2025 is whole; that of 2026 leaves unknown suppliers out."""
    for year, least in (("2024", 11), ("2025", 20)):
        printed = [row for row in kept("shares") if f", print of {year}" in row[1]]
        assert len(printed) >= least
        assert all(row[5].endswith("; as printed") for row in printed)


def test_the_volumes_of_releases_are_parts_of_their_wholes() -> None:
    cells = releases()
    for (release, supplier, recipient), years in cells.items():
        for whole in (("all", recipient), (supplier, "all"), ("all", "all")):
            beside = cells.get((release, *whole), {})
            assert all(tiv <= beside[year] for year, tiv in years.items() if year in beside)
