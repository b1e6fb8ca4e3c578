"""The group decision model against the published ten-actor case (Scholz, Calbert and Smith 2011), and its laws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.analyses.bargaining import Actor, Bargaining, Choice, Denominator, bargain, final_means, risk_exponents
from armsledger.errors import InputError

from .tables import needs_tables, table

# actor, capability, position in years, salience: the emission case, from Bueno de Mesquita 1994
CASE = (
    ("Netherlands", 0.08, 4, 0.80),
    ("Belgium", 0.08, 7, 0.40),
    ("Luxembourg", 0.03, 4, 0.20),
    ("Germany", 0.16, 4, 0.80),
    ("France", 0.16, 10, 0.60),
    ("Italy", 0.16, 10, 0.60),
    ("UK", 0.16, 10, 0.90),
    ("Ireland", 0.05, 7, 0.10),
    ("Denmark", 0.05, 4, 1.00),
    ("Greece", 0.08, 7, 0.70),
)
ACTORS = tuple(Actor(name, position, capability, salience) for name, capability, position, salience in CASE)
MEANS = (7.389956, 7.461314, 7.552501, 7.590145, 7.358131, 7.349174, 7.414878, 7.510457, 7.572447, 7.324989, 7.242131)


def test_the_means_of_ten_rounds_are_the_published_ones() -> None:
    assert bargain(ACTORS).means == pytest.approx(MEANS, abs=5e-7)


def test_the_first_round_is_the_published_one() -> None:
    first = [m for m in bargain(ACTORS).moves if m.round == 1]
    assert [(m.actor, str(m.kind), m.other) for m in first] == [
        ("Belgium", "compromise", "France"),
        ("Luxembourg", "confrontation lost", "Belgium"),
        ("Ireland", "confrontation lost", "Luxembourg"),
    ]
    assert (first[0].own_gain, first[0].other_gain) == pytest.approx((-0.114830503, 0.243296595), abs=1e-9)


def test_the_denominator_as_printed_collapses_in_three_rounds() -> None:
    for choice in Choice:
        found = bargain(ACTORS, 10, Denominator.PRINTED, choice)
        assert found.means == pytest.approx((7.389956, 7.603787, 7.026588, 7.0), abs=5e-7)
        assert found.ended == "unanimity"


@needs_tables
def test_every_move_to_nine_decimals() -> None:
    expected = table("bdm_emissions_moves")
    moves = bargain(ACTORS).moves
    assert len(moves) == len(expected)
    for want, got in zip(expected, moves, strict=True):
        assert (int(want["round"]), want["actor"], want["other_actor"]) == (got.round, got.actor, got.other)
        assert want["move"] == got.kind.replace(" ", "_")
        numbers = [float(want[name]) for name in ("eu_own", "eu_other", "new_position")]
        assert [got.own_gain, got.other_gain, got.position] == pytest.approx(numbers, abs=1e-9)


@needs_tables
@pytest.mark.parametrize("name", ["bdm_emissions_rounds", "bdm_emissions_printed_denominator"])
def test_every_position_of_every_round(name: str) -> None:
    denominator = Denominator.PRINTED if "printed" in name else Denominator.REFERENCE
    found = bargain(ACTORS, 10, denominator)
    for want in table(name):
        at = min(int(want["round"]), len(found.positions) - 1)
        positions = [float(want[f"x_{actor.name}"]) for actor in ACTORS]
        assert list(found.positions[at]) == pytest.approx(positions, abs=1e-6)
        assert found.means[at] == pytest.approx(float(want["weighted_mean"]), abs=1e-6)


@needs_tables
def test_the_four_variants() -> None:
    for want in table("bdm_emissions_variants"):
        denominator = Denominator(want["denominator"].replace("_", " "))
        found = bargain(ACTORS, 10, denominator, Choice(want["compromise_choice"].replace("_", " ")))
        means = [*found.means, *[found.means[-1]] * (11 - len(found.means))]
        assert means == pytest.approx([float(want[f"mean_round_{n}"]) for n in range(11)], abs=1e-6)


@needs_tables
def test_the_risk_exponents_of_the_first_round() -> None:
    import numpy as np

    x, c, s = (np.array([[getattr(a, f) for a in ACTORS]]) for f in ("position", "capability", "salience"))
    found = risk_exponents(x, c, s, 6.0, Denominator.REFERENCE)[0]
    rows = table("bdm_emissions_risk_round1")
    assert list(found) == pytest.approx([float(r["r_exponent_reference_denominator"]) for r in rows], abs=5e-5)


# -- laws -------------------------------------------------------------------------------------------------

actors = st.builds(
    Actor,
    name=st.text("abcdef", min_size=1, max_size=6),
    position=st.integers(0, 100).map(float),
    capability=st.integers(1, 50).map(float),
    salience=st.integers(1, 10).map(lambda n: n / 10),
)
bargains = st.lists(actors, min_size=2, max_size=7).filter(lambda a: len({x.position for x in a}) > 1).map(tuple)


@given(bargains, st.sampled_from(Denominator))
@settings(deadline=None)
def test_nobody_leaves_the_range_of_the_starting_positions(given: tuple[Actor, ...], rule: Denominator) -> None:
    found: Bargaining = bargain(given, 5, rule)
    least, most = min(a.position for a in given), max(a.position for a in given)
    assert all(least - 1e-6 <= x <= most + 1e-6 for row in found.positions for x in row)


@given(bargains, st.sampled_from(Denominator))
@settings(deadline=None)
def test_many_draws_at_once_give_what_one_gives(given: tuple[Actor, ...], rule: Denominator) -> None:
    import numpy as np

    x, c, s = (np.array([[getattr(a, f) for a in given]] * 3) for f in ("position", "capability", "salience"))
    together = final_means(x, c, s, 4, rule, Choice.REFERENCE)
    assert list(together) == pytest.approx([bargain(given, 4, rule).means[-1]] * 3, abs=1e-9)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ((Actor("a", 0, 1, 1),), "two or more"),
        ((Actor("a", 0, 0, 1), Actor("b", 1, 1, 1)), "not above zero"),
        ((Actor("a", 0, -1, 1), Actor("b", 1, 1, 1)), "not above zero"),
        ((Actor("a", 0, 1, 1.5), Actor("b", 1, 1, 1)), "outside 0 to 1"),
        ((Actor("a", 5, 1, 1), Actor("b", 5, 1, 1)), "same position"),  # unanimity: nothing to divide by
    ],
)
def test_what_the_model_has_no_meaning_for_is_refused(given: tuple[Actor, ...], says: str) -> None:
    with pytest.raises(InputError, match=says):
        bargain(given)
