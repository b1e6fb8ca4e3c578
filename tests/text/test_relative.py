"""Dates that hang on the date of publication."""

from __future__ import annotations

import pytest

from armsledger.model import DateInterval
from armsledger.text.relative import find_relative_dates
from hostile import UNITS, growth

WEDNESDAY = "2025-05-14"
TABLE = [
    ("It fell on Monday.", WEDNESDAY, ["2025-05-12"]),
    ("It fell on Wednesday.", WEDNESDAY, ["2025-05-14"]),
    ("It fell last Wednesday.", WEDNESDAY, ["2025-05-07"]),
    ("They will meet on Friday.", WEDNESDAY, ["2025-05-16"]),
    ("They met next Friday's guests.", WEDNESDAY, ["2025-05-16"]),
    ("It happened yesterday and today.", WEDNESDAY, ["2025-05-13", "2025-05-14"]),
    ("It fell last year.", WEDNESDAY, ["2024"]),
    ("It falls next month.", WEDNESDAY, ["2025-06"]),
    ("It fell last month.", "2025-01-03", ["2024-12"]),
    ("It fell last week.", WEDNESDAY, ["2025-05-05/2025-05-11"]),
    ("It fell earlier this year.", WEDNESDAY, ["2025"]),
    ("It fell two weeks ago.", WEDNESDAY, ["2025-04-28/2025-05-04"]),
    ("It fell three days ago.", WEDNESDAY, ["2025-05-11"]),
    ("It fell five months ago.", WEDNESDAY, ["2024-12"]),
    ("It fell a year ago.", WEDNESDAY, ["2024"]),
    ("It fell in March.", WEDNESDAY, ["2025-03"]),
    ("It fell in May.", WEDNESDAY, ["2025-05"]),
    ("It fell in November.", WEDNESDAY, ["2024-11"]),
    ("It fell last May.", WEDNESDAY, ["2024-05"]),
    ("It will arrive in November.", WEDNESDAY, ["2025-11"]),
    ("It fell on May 7.", WEDNESDAY, ["2025-05-07"]),
    ("It fell on Dec. 21.", WEDNESDAY, ["2024-12-21"]),
    ("It fell on 7 May.", WEDNESDAY, ["2025-05-07"]),
    ("It will open on June 3.", WEDNESDAY, ["2025-06-03"]),
    ("It was signed in 2019.", WEDNESDAY, ["2019"]),
    ("It was signed in 2019.", None, ["2019"]),
    ("It fell on Monday.", "2025-05", []),
    ("It fell on Monday.", None, []),
    ("It fell last month.", "2025-05", ["2025-04"]),
    ("It fell last month.", "2025", []),
    ("It may fall in may.", WEDNESDAY, []),
    ("It fell on February 30.", WEDNESDAY, []),
    ("over the last year", WEDNESDAY, []),
    ("two years earlier", WEDNESDAY, []),
    ("It was signed on May 7, 2019.", WEDNESDAY, []),
    ("It carries in 2000-kg steps.", WEDNESDAY, []),
]


@pytest.mark.parametrize(("text", "published", "expected"), TABLE, ids=[f"{t} {p}" for t, p, _ in TABLE])
def test_a_date_without_its_year(text: str, published: str | None, expected: list[str]) -> None:
    paper = None if published is None else DateInterval(published)
    assert [d.interval.iso for d in find_relative_dates(text, paper)] == expected


def test_the_words_of_a_date_stand_where_it_says() -> None:
    text = "It fell on Monday, in March and two weeks ago."
    found = list(find_relative_dates(text, DateInterval(WEDNESDAY)))
    assert [text[d.start : d.end] for d in found] == ["Monday", "March", "two weeks ago"]


def test_the_first_and_last_days_of_the_calendar_do_no_harm() -> None:
    for day in ("0001-01-01", "9999-12-30"):
        list(find_relative_dates("yesterday tomorrow last week next year 9 years ago in May", DateInterval(day)))


@pytest.mark.parametrize("unit", [*UNITS.values(), "in May ", "last ", "two weeks ", "on Monday, "])
def test_time_grows_with_the_text(unit: str) -> None:
    assert growth(lambda text: list(find_relative_dates(text, DateInterval(WEDNESDAY))), unit) < 10
