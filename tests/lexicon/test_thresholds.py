"""From which sum on a sale is notified, by buyer, category and day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from armsledger.lexicon.thresholds import Category, threshold

DAY = date(2025, 3, 28)


@pytest.mark.parametrize(
    ("party", "category", "million", "days"),
    [
        ("TUR", Category.MAJOR, 25, 15),
        ("ISR", Category.ARTICLES, 100, 15),
        ("KOR", Category.CONSTRUCTION, 300, 15),
        ("PAK", Category.MAJOR, 14, 30),
        ("IND", Category.ARTICLES, 50, 30),
        ("SAU", Category.CONSTRUCTION, 200, 30),
        ("GBR", Category.FIREARMS, 1, 30),
    ],
)
def test_the_table(party: str, category: Category, million: int, days: int) -> None:
    found = threshold(party, category, DAY)
    assert found is not None
    assert (found.dollars, found.days) == (Decimal(million) * 1_000_000, days)


def test_the_group_is_by_the_day_and_earlier_days_are_not_known() -> None:
    before, after = (threshold("SWE", Category.MAJOR, date(2024, 3, day)) for day in (6, 7))
    assert before is not None
    assert after is not None
    assert (before.dollars, after.dollars) == (Decimal(14_000_000), Decimal(25_000_000))
    assert threshold("TUR", Category.MAJOR, date(1999, 1, 1)) is None
