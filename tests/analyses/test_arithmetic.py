"""Quoted ratios and volumes that follow from the numbers beside them, or do not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from armsledger.analyses.arithmetic import MODERNISED, NEW, SECOND_HAND, ratio, tiv
from armsledger.analyses.waiting import wilson
from armsledger.errors import InputError

from .tables import needs_tables, table


@pytest.mark.parametrize(
    ("part", "whole", "quoted", "follows"),
    [
        (173, 566, "26", False),
        (173, 662, "26", True),
        (159, 226, "70", True),
        (3, 226, "1.3", True),
        (1, 8, "12.4", False),
    ],
)
def test_a_ratio_follows_as_exactly_as_it_is_written(part: int, whole: int, quoted: str, follows: bool) -> None:
    assert ratio(part, whole, Decimal(quoted)).follows is follows


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (5, 4), (-1, 4)])
def test_counts_of_which_no_share_can_be_taken_are_refused(part: int, whole: int) -> None:
    with pytest.raises(InputError, match="is no share"):
        ratio(part, whole, Decimal(1))


@needs_tables
def test_checks_of_end_use() -> None:
    rows = {r["fiscal_year"]: r for r in table("blue_lantern_by_year")}
    bands = {"2020": (0.3, 4.0), "2022": (0.5, 3.8)}
    for year, (low, high) in bands.items():
        found = wilson(int(rows[year]["unauthorised_retransfer_cases"]), int(rows[year]["cases_closed"]))
        assert found is not None
        assert [round(100 * end, 1) for end in found] == [low, high]


@needs_tables
def test_volumes_of_the_register() -> None:
    factors = {"1.0": NEW, "0.40": SECOND_HAND, "0.66": MODERNISED}
    for row in table("sipri_tiv_examples"):
        got = tiv(int(row["units"]), Decimal(row["tiv_new_million_each"]), factors[row["condition_factor"]])
        assert got == Decimal(row["expected_total_million"])
    for row in table("sipri_register_arithmetic"):
        each = Decimal(row["tiv_per_unit"])
        assert tiv(int(row["units_ordered"]), each) == Decimal(row["tiv_order"])
        assert tiv(int(row["units_delivered"]), each) == Decimal(row["tiv_delivered"])


def test_fewer_than_no_units_are_refused() -> None:
    with pytest.raises(InputError, match="below zero"):
        tiv(-1, Decimal(1))
