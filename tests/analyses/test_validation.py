"""The page of validation says what our code gives, of every published table that there is."""

from __future__ import annotations

import pytest

from .tables import VALIDATION, needs_tables
from .validation import GROUPS, PAGE, REGISTER, REGISTER_2024, kept, page, written


def test_the_page_is_up_to_date_with_its_rows() -> None:
    made = page({group: kept(group) for group in GROUPS})
    assert PAGE.read_text(encoding="utf-8") == made, "run: cd tests && python -m analyses.validation --write"


@needs_tables
@pytest.mark.parametrize("group", GROUPS)
def test_the_rows_are_what_the_code_gives(group: str) -> None:
    if group == "shares" and not (REGISTER.is_file() and REGISTER_2024.is_file()):
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


def test_figures_of_the_print_that_the_register_is_of_come_out() -> None:
    """Within half a point, or half of the last digit; the one that does not says why."""
    printed = [row for row in kept("shares") if "print of 2025" in row[1]]
    off = [row[1] for row in printed if not row[5].endswith("; as printed")]
    assert len(printed) >= 20
    assert off == ["Turkey from Germany, 2020-24 (%), print of 2025"]


def test_figures_of_the_print_before_come_out_of_the_register_of_that_release() -> None:
    """Where that register, which tells no volume by year, does not give them, the next one is told beside it."""
    printed = [row for row in kept("shares") if "print of 2024" in row[1]]
    near = [row[1] for row in printed if row[5].endswith(("; as printed", "; within half a point"))]
    assert {f"Turkey to {name}, 2019-23 (%), print of 2024" for name in ("UAE", "Pakistan")} <= set(near)
    assert "Pakistan from China, 2019-23 (%), print of 2024" in near
    assert all("the next one, which has them, gives" in row[5] for row in printed if row[1] not in near)
