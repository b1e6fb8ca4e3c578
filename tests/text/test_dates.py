"""Dates: what each spelling says, where it stands, and what is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.model import DateInterval
from armsledger.text.dates import day_before, find_dates, first_date

FOUND = [
    # the usual American form, long and short
    ("notified on March 3, 2019 of it", ["2019-03-03"]),
    ("by Sept. 30, 2024.", ["2024-09-30"]),
    # the comma, the stop or a blank left out, or put in the wrong place
    ("by Nov. 30 2018", ["2018-11-30"]),
    ("by Aug .10, 2023", ["2023-08-10"]),
    ("by Oct. 31,2016", ["2016-10-31"]),
    # an ordinal
    ("on June 1st, 2020 and July 22nd, 2021", ["2020-06-01", "2021-07-22"]),
    # day before month, with and without a comma
    ("on 14 May 2025; on 3 June, 2026", ["2025-05-14", "2026-06-03"]),
    # ISO
    ("updated 2022-11-05T10:00", ["2022-11-05"]),
    # a month only
    ("expected by December 2017, or February of 2018", ["2017-12", "2018-02"]),
    # several in one sentence, each with its own place
    ("from May 2, 2016 through Sept. 2019", ["2016-05-02", "2019-09"]),
    # capitals
    ("JANUARY 9, 2015", ["2015-01-09"]),
    # impossible days are passed over
    ("on February 31, 2019 and on April 30, 2019", ["2019-04-30"]),
    # a year alone, a number that looks like one, a case number: none
    ("in 2019; under case 19-2019; fiscal 2018 funds", []),
    # a month's name as a word
    ("it may 2,000 times; march on", []),
    # a longer number behind the year is no year
    ("May 4, 20191", []),
]


@pytest.mark.parametrize(("text", "said"), FOUND)
def test_dates_are_read(text: str, said: list[str]) -> None:
    assert [str(d.interval) for d in find_dates(text)] == said


@pytest.mark.parametrize(("text", "said"), [row for row in FOUND if row[1]])
def test_a_date_stands_where_it_says(text: str, said: list[str]) -> None:
    for mention in find_dates(text):
        again = first_date(text[mention.start : mention.end])
        assert again is not None
        assert (again.interval, again.start, again.end) == (mention.interval, 0, mention.end - mention.start)


def test_only_the_stretch_that_is_asked_for_is_read() -> None:
    text = "June 1, 2020 and June 2, 2021"
    assert [str(d.interval) for d in find_dates(text, 13)] == ["2021-06-02"]
    assert first_date(text, 0, 11) is None  # the stretch cuts the year


@pytest.mark.parametrize(
    ("text", "issued", "said"),
    [
        # the last such day before the notice
        ("told Congress Dec. 21 of it", "2013-01-05", "2012-12-21"),
        ("told Congress Jan. 3 of it", "2013-01-05", "2013-01-03"),
        # the day of the notice itself counts
        ("told Congress Jan. 5 of it", "2013-01-05", "2013-01-05"),
        # a day with its own year is left to the other grammar
        ("told Congress Dec. 21, 2010 of it", "2013-01-05", None),
        # no day
        ("told Congress in May", "2013-01-05", None),
    ],
)
def test_a_day_without_a_year_is_the_last_one(text: str, issued: str, said: str | None) -> None:
    mention = day_before(text, DateInterval(issued))
    assert (mention and str(mention.interval)) == said


_MONTHS = "January February March April May June July August September October November December".split()


@given(st.dates(date(1950, 1, 1), date(2039, 12, 31)), st.integers(0, 3))
def test_every_day_is_read_in_every_form(day: date, form: int) -> None:
    month = _MONTHS[day.month - 1]
    written = [
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        day.isoformat(),
        f"{month[:3]}. {day.day}, {day.year}" if day.month != 5 else f"May {day.day}, {day.year}",
    ][form]
    assert [str(d.interval) for d in find_dates(f"on {written} it was")] == [day.isoformat()]
