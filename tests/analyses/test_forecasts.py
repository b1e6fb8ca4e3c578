"""Probabilities of dated questions: scores beside the base rate, and what does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.analyses.forecasts import By, Forecast, Outcome, Resolution, check, score
from armsledger.errors import InputError


def forecast(words: str = "Will it come?", percent: float = 70, author: str = "a", **more: object) -> Forecast:
    made = {"due": date(2031, 1, 1), "made": date(2030, 1, 1), "by": By.ANALYST} | more
    return Forecast(question=words, probability=percent / 100, author=author, **made)  # type: ignore[arg-type]


def ended(of: Forecast, outcome: str = "yes", on: date = date(2030, 12, 1), line: int = 99) -> Resolution:
    return Resolution(of.id, Outcome(outcome), on, "judge", "a document", line)


def test_the_score_is_the_mean_squared_error() -> None:
    one, other = forecast("A?", 70), forecast("B?", 20)
    found = score([one, other], [ended(one), ended(other, "no")])
    assert found.scores[0].brier == pytest.approx((0.3**2 + 0.2**2) / 2)
    assert found.scores[0].base == 0.25
    assert [(b.low, b.forecasts, b.came) for b in found.bins] == [(0.2, 1, 0), (0.7, 1, 1)]


def test_repeating_a_forecast_gains_nothing() -> None:
    good, bad = forecast("A?", 100), forecast("B?", 100)
    once = score([good, bad], [ended(good), ended(bad, "no")])
    often = score([good, *[replace(good, line=n) for n in range(9)], bad], [ended(good), ended(bad, "no")])
    assert once.scores[0].brier == often.scores[0].brier == 0.5


def test_what_was_made_or_logged_when_the_outcome_was_known_does_not_count() -> None:
    early, late = forecast(line=1), forecast(percent=99, made=date(2030, 12, 1), line=2)
    backdated = forecast(percent=100, line=9)
    found = score([early, late, backdated], [ended(early, line=5)])
    assert (found.scores[0].forecasts, found.late) == (1, 2)
    assert any("do not count" in line for line in found.result().unknown)


def test_the_last_outcome_counts_and_void_counts_nowhere() -> None:
    one, other = forecast("A?"), forecast("B?")
    found = score([one, other], [ended(one, "no"), ended(one, "yes"), ended(other, "void")])
    assert found.scores[0].brier == pytest.approx(0.09)
    assert (found.resolved, found.void) == (1, 1)


def test_as_of_a_day_later_lines_are_not_known() -> None:
    one = forecast()
    assert score([one], [ended(one)], date(2030, 6, 1)).resolved == 0
    open_ = score([one], [], date(2031, 6, 1)).result()
    assert any("past their day" in line for line in open_.unknown)
    assert "nothing can be scored" in open_.answer[0]


def test_outcomes_of_questions_that_nobody_forecast_are_told() -> None:
    found = score([forecast("A?")], [ended(forecast("B?"))])
    assert found.orphans == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (forecast("  "), "is empty"),
        (forecast(percent=101), "is no probability"),
        (forecast(percent=-1), "is no probability"),
        (forecast(made=date(2031, 1, 1)), "is not after"),
        (forecast(author=" "), "nobody is named"),
    ],
)
def test_forecasts_that_could_never_be_scored_are_refused(given: Forecast, says: str) -> None:
    with pytest.raises(InputError, match=says):
        check(given)


@given(st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=20))
def test_scores_lie_between_nothing_and_one_and_bins_hold_everything(given: list[tuple[int, bool]]) -> None:
    made = [forecast(f"{n}?", percent) for n, (percent, _) in enumerate(given)]
    found = score(made, [ended(f, "yes" if came else "no") for f, (_, came) in zip(made, given, strict=True)])
    assert found.scores[0].brier is not None
    assert 0 <= found.scores[0].brier <= 1
    assert sum(b.forecasts for b in found.bins) == len(given)
    assert sum(b.came for b in found.bins) == sum(came for _, came in given)


def test_a_forecaster_who_says_the_base_rate_scores_the_base_rate() -> None:
    made = [forecast(f"{n}?", 25) for n in range(12)]
    found = score(made, [ended(f, "yes" if n % 4 == 0 else "no") for n, f in enumerate(made)])
    assert found.scores[0].brier == pytest.approx(found.scores[0].base)
