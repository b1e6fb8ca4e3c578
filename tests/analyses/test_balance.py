"""Two states side by side: steps in the order of time, motives in words only, measures as yes, no or unknown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.analyses.balance import Balance, Imports, balance
from armsledger.analyses.dependence import Window
from armsledger.analyses.steps import Motive, Step, chained, claims_motive
from armsledger.errors import InputError
from armsledger.lexicon.matcher import lexicon
from armsledger.lexicon.measures import classes, measures


def step(party: str, first: date, last: date | None = None) -> Step:
    return Step(party, first, last or first, "ordered", "the article itself", (f"{party}{first}",))


def asked(day: date = date(2021, 6, 1), **more: object) -> Balance:
    return balance("IND", "PAK", day, measures=measures("IND", "PAK"), **more)  # type: ignore[arg-type]


def covered(found: Balance) -> dict[str, str]:
    names = {name: key for key, name in classes()}
    return {names[c.name]: c.answer for c in found.covered}


def test_what_measures_cover_by_day() -> None:
    found = covered(asked())
    assert found["ballistic-tests"] == found["nuclear-installations"] == found["nuclear-accidents"] == "yes"
    assert found["cruise-tests"] == "no"  # left out of the only text about it
    assert found["drones"] == "unknown"
    assert covered(asked(date(2005, 10, 2)))["ballistic-tests"] == "unknown"  # the day before it was signed
    assert covered(asked(date(2005, 10, 2)))["cruise-tests"] == "unknown"
    assert covered(asked(date(2024, 1, 1)))["nuclear-accidents"] == "unknown"  # its term was not looked up
    assert covered(asked(date(1971, 6, 1)))["hotline"] == "unknown"  # within the year that is all that is known


def test_a_pair_that_is_not_listed_is_unknown_and_not_without() -> None:
    found = balance("PER", "ECU", date(2021, 1, 1), measures=measures("PER", "ECU"))
    assert set(covered(found).values()) == {"unknown"}
    assert any("not to say that there is none" in line for line in found.result().unknown)


def test_the_table_names_parties_of_the_lexicon_and_acts() -> None:
    codes = {p.code for p in lexicon().parties}
    pairs = {("IND", "PAK"), ("CHN", "IND"), ("GRC", "TUR"), ("RUS", "USA")}
    for one, other in pairs:
        assert {one, other} <= codes
        assert measures(one, other) == measures(other, one)
        assert all(m.source and m.covers for m in measures(one, other))


def test_days_are_counted_from_what_surely_came_before() -> None:
    vague = step("PAK", date(2020, 1, 1), date(2020, 12, 31))
    found = chained([step("IND", date(2020, 6, 1)), vague, step("IND", date(2021, 1, 10))])
    assert [s.since for s in found] == [None, None, 10]


steps = st.lists(
    st.builds(step, st.sampled_from(["A", "B"]), st.dates(date(2000, 1, 1), date(2001, 1, 1))), max_size=12
)


@given(steps, st.randoms())
def test_the_order_of_the_ledger_changes_nothing(given: list[Step], chance: object) -> None:
    mixed = list(given)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert chained(mixed) == chained(given)
    assert all(s.since is None or s.since > 0 for s in chained(given))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The missile was bought in response to the test in May.", True),
        ("It ordered them to counter the new jets.", True),
        ("The threat posed by drones was named.", True),
        ("Its range is 100 km.", False),
        ("The counter at the ministry was closed.", False),
    ],
)
def test_words_that_claim_a_motive(words: str, expected: bool) -> None:
    assert claims_motive(words) is expected


def test_the_answer_adopts_no_motive_and_compares_no_capability() -> None:
    motive = Motive("PAK", "2031-01-01", "a columnist", "bought to counter the jets", "c1")
    found = asked(imports=[Imports(Window(2016, 2020), Fraction(900), Fraction(300))], motives=[motive]).result()
    told = " ".join(found.answer)
    assert "counter the jets" not in told
    assert "in their own words" in told
    assert "neither money nor strength" in told
    for word in ("stronger", "ahead", "superior", "risky", "wins", "caused"):
        assert word not in told
    assert any(line.startswith("holdings:") for line in found.unknown)


def test_one_state_on_both_sides_is_refused() -> None:
    with pytest.raises(InputError, match="on both sides"):
        balance("IND", "IND", date(2021, 1, 1))
