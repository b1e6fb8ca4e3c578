"""Curves of waits against published values, their identities, and their laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.analyses.waiting import greenwood, incidence, ipcw_brier, kaplan_meier, wilson
from armsledger.errors import InputError

from .tables import needs_tables, table

# The maintained group of the leukaemia study (Miller 1981), as R's survival package has it: time, and whether it ended.
AML = ((9, 1), (13, 1), (13, 0), (18, 1), (23, 1), (28, 0), (31, 1), (34, 1), (45, 0), (48, 1), (161, 0))
WAITING = (0.90909, 0.81818, 0.71591, 0.61364, 0.49091, 0.36818, 0.18409)


def test_the_curve_of_the_leukaemia_study() -> None:
    found = kaplan_meier([t for t, _ in AML], [bool(e) for _, e in AML])
    assert [s.waiting for s in found.steps] == pytest.approx(WAITING, abs=5e-6)
    assert found.median == 31
    assert (found.n, found.events, found.open) == (11, 7, 4)


@needs_tables
def test_the_curve_and_its_errors_to_the_printed_digits() -> None:
    found = kaplan_meier([t for t, _ in AML], [bool(e) for _, e in AML])
    for step, error, want in zip(found.steps, greenwood(found), table("km_aml_maintained_expected"), strict=True):
        assert (step.time, step.at_risk) == (float(want["time"]), int(want["n_risk"]))
        assert step.waiting == pytest.approx(float(want["survival"]), abs=1e-10)
        assert error == pytest.approx(float(want["std_err"]), abs=1e-10)


@needs_tables
def test_the_regression_of_the_recidivism_study_to_the_printed_digits() -> None:
    """The library that draws our curves gives the published coefficients."""
    from lifelines import CoxPHFitter
    from lifelines.datasets import load_rossi

    fitted = CoxPHFitter().fit(load_rossi(), "week", "arrest")
    for want in table("cox_rossi_expected"):
        assert fitted.params_[want["covariate"]] == pytest.approx(float(want["coef"]), abs=5e-5)
        assert fitted.standard_errors_[want["covariate"]] == pytest.approx(float(want["se"]), abs=5e-5)
    assert fitted.log_likelihood_ == pytest.approx(-658.7477, abs=5e-5)
    assert fitted.concordance_index_ == pytest.approx(0.6403, abs=5e-5)


waits = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2)), min_size=1, max_size=40)


@given(waits)
@settings(deadline=None)
def test_what_has_ended_and_what_waits_come_to_one(given: list[tuple[int, int]]) -> None:
    times, ends = [t for t, _ in given], [e for _, e in given]
    curve = kaplan_meier(times, [e > 0 for e in ends])
    moments, shares = incidence(times, ends, 2)
    for moment, parts in zip(moments, shares, strict=True):
        assert sum(parts) + curve.waiting(moment) == pytest.approx(1, abs=1e-9)


@given(waits)
@settings(deadline=None)
def test_with_one_way_to_end_the_two_estimates_are_one(given: list[tuple[int, int]]) -> None:
    times, ends = [t for t, _ in given], [min(e, 1) for _, e in given]
    curve = kaplan_meier(times, [e > 0 for e in ends])
    for moment, (share,) in zip(*incidence(times, ends, 1), strict=True):
        assert share == pytest.approx(1 - curve.waiting(moment), abs=1e-9)


@given(waits)
@settings(deadline=None, max_examples=25)
def test_an_independent_library_draws_the_same_curve_and_band(given: list[tuple[int, int]]) -> None:
    from lifelines import KaplanMeierFitter

    times, ended = [t for t, _ in given], [e > 0 for _, e in given]
    fitted, curve = KaplanMeierFitter().fit(times, ended), kaplan_meier(times, ended)
    for step in curve.steps:
        assert step.waiting == pytest.approx(float(fitted.survival_function_.loc[step.time].iloc[0]), abs=1e-9)
        if 1e-9 < step.waiting < 1:  # at nothing left the library has no band, or one of its own
            band = fitted.confidence_interval_.loc[step.time]
            assert [step.low, step.high] == pytest.approx([float(end) for end in band], abs=1e-5)


def test_counting_cancelled_waits_as_open_overstates_deliveries() -> None:
    times, ends = [1, 2, 3, 4, 5, 6], [1, 2, 2, 1, 2, 1]
    wrong = kaplan_meier(times, [e == 1 for e in ends])
    _, shares = incidence(times, ends, 2)
    assert 1 - wrong.waiting(6) > shares[-1][0]


@pytest.mark.parametrize(
    ("hits", "tried", "low", "high"),
    [(3, 226, 0.5, 3.8), (2, 180, 0.3, 4.0), (0, 10, 0.0, 27.8), (10, 10, 72.2, 100.0)],
)
def test_intervals_of_shares(hits: int, tried: int, low: float, high: float) -> None:
    found = wilson(hits, tried)
    assert found is not None
    assert [round(100 * end, 1) for end in found] == [low, high]


def test_nothing_tried_has_no_interval() -> None:
    assert wilson(0, 0) is None
    with pytest.raises(InputError, match="is no share"):
        wilson(3, 2)


def test_without_losses_the_weighted_score_is_the_plain_one() -> None:
    times, ended = np.array([1.0, 2.0, 5.0, 7.0]), np.array([True] * 4)
    foretold = np.array([0.2, 0.4, 0.6, 0.9])
    assert ipcw_brier(times, ended, foretold, 4.0) == pytest.approx((0.2**2 + 0.4**2 + 0.4**2 + 0.1**2) / 4)


def test_those_lost_before_are_weighed_out() -> None:
    times, ended = np.array([1.0, 2.0, 5.0, 7.0]), np.array([True, False, True, True])
    foretold = np.array([0.5] * 4)
    # Lost at 2, when 3 were left: G(4) = 2/3. The first was served while nobody was lost yet.
    assert ipcw_brier(times, ended, foretold, 4.0) == pytest.approx((0.25 + 2 * 0.25 * 3 / 2) / 4)


def test_no_wait_and_a_wait_below_zero_are_refused() -> None:
    with pytest.raises(InputError, match="there is none"):
        kaplan_meier([], [])
    with pytest.raises(InputError, match="ends before it begins"):
        kaplan_meier([-1], [True])
