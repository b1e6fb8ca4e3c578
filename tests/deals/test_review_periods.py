"""How long a notified sale lies before Congress, and until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.review_periods import LONGEST, ReviewPeriod, review_periods
from armsledger.lexicon.matcher import lexicon
from armsledger.lexicon.review import review_rule
from armsledger.model import Anchor, Claim, DateInterval, DocumentId, Stage


def notice(
    transmittal: str | None = "31-07",
    recipient: str | None = "NOR",
    dated: str | None = "2031-04-02",
    notified: str | None = None,
    supplier: str = "USA",
    reader: str = "notices/1",
    document: str = "d1",
) -> Claim:
    said = [("transmittal", transmittal), ("notified", notified)]
    anchors = tuple(Anchor(field, value, 0, 4, "four") for field, value in said if value is not None)
    return Claim(
        document=DocumentId(document),
        start=0,
        end=4,
        quote="four",
        reader=reader,
        stage=Stage.APPROVED,
        supplier=supplier,
        recipient=recipient,
        date=DateInterval(dated) if dated else None,
        anchors=anchors,
    )


def only(*claims: Claim) -> ReviewPeriod:
    (period,) = review_periods(claims)
    return period


@pytest.mark.parametrize(
    ("party", "day", "days"),
    [
        ("TUR", "2025-05-14", 15),
        ("AUS", "2025-05-14", 15),
        ("JPN", "2025-05-14", 15),
        ("NZL", "2025-05-14", 15),
        ("KOR", "2025-05-14", 15),
        ("ISR", "2025-05-14", 15),
        ("NATO", "2025-05-14", 15),
        ("NSPA", "2025-05-14", 15),  # a body of the alliance
        ("PAK", "2025-05-14", 30),
        ("SAU", "2025-05-14", 30),
        ("TWN", "2025-05-14", 30),
        ("UKR", "2025-05-14", 30),
        # On the day on which the law named them, or they joined, and on the day before.
        ("KOR", "2008-10-14", 30),
        ("KOR", "2008-10-15", 15),
        ("ISR", "2010-10-07", 30),
        ("ISR", "2010-10-08", 15),
        ("FIN", "2023-04-03", 30),
        ("FIN", "2023-04-04", 15),
        ("SWE", "2024-03-06", 30),
        ("SWE", "2024-03-07", 15),
        ("POL", "1998-06-01", 30),
    ],
)
def test_how_many_days(party: str, day: str, days: int) -> None:
    rule = review_rule(party, date.fromisoformat(day))
    assert rule is not None
    assert rule.days == days
    assert "Public Law" in rule.source


def test_before_the_law_there_is_no_rule() -> None:
    assert review_rule("TUR", date(1981, 12, 28)) is None


def test_the_thirty_two_members_and_five_others_are_parties_of_the_lexicon() -> None:
    day = date(2025, 1, 1)
    short = [
        p.code for p in lexicon().parties if p.kind == "state" and (r := review_rule(p.code, day)) and r.days == 15
    ]
    assert len(short) == 31 + 5  # the thirty-second member sells, and does not buy


def test_the_last_day() -> None:
    period = only(notice(notified="2031-04-02"))
    assert (period.days, period.last, period.basis) == (15, date(2031, 4, 17), "notified")
    assert only(notice(recipient="PAK", notified="2031-04-02")).last == date(2031, 5, 2)


def test_which_days_it_runs_and_how_many_are_left() -> None:
    period = only(notice(notified="2031-04-02"))
    days = [date(2031, 4, 1), date(2031, 4, 2), date(2031, 4, 3), date(2031, 4, 17), date(2031, 4, 18)]
    assert [period.runs_on(day) for day in days] == [False, True, True, True, False]
    assert [period.left_on(day) for day in days[1:]] == [15, 15, 1, 0]


def test_the_day_that_is_named_counts_before_the_date_of_the_notice() -> None:
    claims = [notice(dated="2031-04-09", notified="2031-04-02"), notice(dated="2031-05-20", document="d2")]
    assert (only(*claims).notified.iso, only(*claims).basis) == ("2031-04-02", "notified")


def test_without_a_named_day_the_date_of_the_notice_counts_and_says_so() -> None:
    assert (only(notice()).last, only(notice()).basis) == (date(2031, 4, 17), "date of the notice")


def test_different_days_stand_side_by_side() -> None:
    found = review_periods([notice(notified="2031-04-02"), notice(notified="2031-04-03", document="d2")])
    assert [period.last for period in found] == [date(2031, 4, 17), date(2031, 4, 18)]


def test_several_papers_of_one_case_are_one_period_with_all_their_claims() -> None:
    claims = [notice(transmittal=n, notified="2031-04-02", document=d) for n, d in (("26-0g", "d1"), ("26-0G", "d2"))]
    assert set(only(*claims).claims) == {claim.id for claim in claims}


@pytest.mark.parametrize(
    "claim", [notice(transmittal=None), notice(supplier="DEU"), notice(reader="news/1"), notice(dated=None)]
)
def test_what_gives_no_period(claim: Claim) -> None:
    assert review_periods([claim]) == ()


@pytest.mark.parametrize(
    "claim", [notice(recipient=None), notice(dated="2031-04"), notice(dated="2031-04-02/2031-04-05")]
)
def test_where_buyer_or_day_are_not_known_the_end_is_not_known(claim: Claim) -> None:
    period = only(claim)
    assert (period.days, period.last, period.rule) == (None, None, None)
    assert not period.runs_on(date(2031, 4, 3))
    assert period.left_on(date(2031, 4, 3)) is None


_claims = st.builds(
    notice,
    transmittal=st.sampled_from(["31-07", "31-08", "26-0G"]),
    recipient=st.sampled_from(["NOR", "PAK", "KOR", None]),
    dated=st.dates(date(2030, 1, 1), date(2031, 1, 1)).map(date.isoformat),
    notified=st.none() | st.dates(date(2030, 1, 1), date(2031, 1, 1)).map(date.isoformat),
    document=st.sampled_from(["d1", "d2"]),
)


@given(claims=st.lists(_claims, max_size=8), data=st.data())
def test_the_order_of_the_claims_changes_nothing_and_no_period_is_longer_than_the_longest(
    claims: list[Claim], data: st.DataObject
) -> None:
    found = review_periods(claims)
    assert review_periods(data.draw(st.permutations(claims))) == found
    for period in found:
        assert period.last is None or period.last - period.notified.first <= timedelta(days=LONGEST)
