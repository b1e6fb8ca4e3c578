"""The probabilistic Condorcet election against the toolkit's own run log, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.analyses.condorcet import Rule, chances, coalitions, pairwise

from .tables import needs_tables, table

TWO = np.array([[0, 51.212], [19.714, 0]])
THREE = np.array([[0, 12.099, 54.921], [10.333, 0, 27.079], [5.007, 55.047, 0]])


@pytest.mark.parametrize(
    ("strength", "rule", "expected"),
    [
        (TWO, Rule.UNIFORM, (0.8709, 0.1291)),
        (TWO, Rule.INCENTIVE, (0.8709, 0.1291)),
        (TWO, Rule.CONDITIONAL, (0.8709, 0.1291)),
        (THREE, Rule.UNIFORM, (0.6351, 0.2148, 0.1501)),
        (THREE, Rule.INCENTIVE, (0.5094, 0.2796, 0.2110)),
        (THREE, Rule.CONDITIONAL, (0.8659, 0.1241, 0.0100)),
    ],
)
def test_the_published_runs_to_four_decimals(strength: np.ndarray, rule: Rule, expected: tuple[float, ...]) -> None:
    assert list(chances(strength, rule)) == pytest.approx(expected, abs=5e-5)


@needs_tables
def test_the_tables_of_the_run_log() -> None:
    for case, size in (("two", 2), ("three", 3)):
        strength = np.zeros((size, size))
        for row in table("pce_coalitions"):
            if row["case"] == case:
                place = int(row["row_option"]), int(row["col_option"])
                strength[place] = float(row["coalition_strength_row_over_col"])
        beats = pairwise(strength)
        for row in table("pce_pairwise_expected"):
            if row["case"] == case:
                got = beats[int(row["row_option"]), int(row["col_option"])]
                assert got == pytest.approx(float(row["prob_row_beats_col_4dp"]), abs=5e-5)
        names = {"markov_uniform": Rule.UNIFORM, "markov_incentive": Rule.INCENTIVE}
        for row in table("pce_expected"):
            if row["case"] == case:
                got = chances(strength, names.get(row["rule"], Rule.CONDITIONAL))[int(row["option"])]
                assert got == pytest.approx(float(row["probability_4dp"]), abs=5e-5)


places = st.lists(st.integers(0, 100), min_size=2, max_size=5, unique=True)


@given(places, places, st.sampled_from(Rule), st.integers(1, 4))
def test_chances_add_to_one(positions: list[int], options: list[int], rule: Rule, power: int) -> None:
    x = np.array(positions, dtype=float)
    strength = coalitions(x, np.ones_like(x), np.array(options, dtype=float))
    found = chances(strength, rule, power)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()


@given(places, st.sampled_from(Rule))
def test_the_order_of_the_options_changes_nothing(options: list[int], rule: Rule) -> None:
    x, w = np.array([10.0, 40.0, 75.0]), np.array([1.0, 2.0, 1.5])
    there = chances(coalitions(x, w, np.array(options, dtype=float)), rule)
    back = chances(coalitions(x, w, np.array(options[::-1], dtype=float)), rule)
    assert list(there) == pytest.approx(list(back[::-1]), abs=1e-9)


def test_draws_are_independent_of_one_another() -> None:
    together = chances(np.stack([THREE, THREE.T, THREE]), Rule.INCENTIVE)
    assert together[0] == pytest.approx(chances(THREE, Rule.INCENTIVE), abs=1e-9)
    assert together[1] == pytest.approx(chances(THREE.T, Rule.INCENTIVE), abs=1e-9)
