"""Truth discovery reproduces the published figures of six claims, and depends on no order."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.discovery import METHODS, Found, Said, sums, truth_finder, voting

EXPECTED: dict[str, Callable[[Iterable[Said]], Found]] = {
    "voting": voting,
    "sums_converged": sums,
    "truthfinder_t0=0.4_gamma=0.5_iter=50_no_implication": truth_finder,
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("algorithm", EXPECTED)
def test_the_published_figures_of_six_claims(algorithm: str, shared: Path) -> None:
    said = [(r["source"], r["object"], r["value"]) for r in rows(shared / "validation" / "truth_tiny_claims.csv")]
    found = EXPECTED[algorithm](said)
    expected = [r for r in rows(shared / "validation" / "truth_tiny_expected.csv") if r["algorithm"] == algorithm]
    assert len(expected) >= 7
    for row in expected:
        one, _, value = row["key"].partition("=")
        got = found.trust[one] if row["kind"] == "trust" else found.belief[(one, value)]
        assert got == pytest.approx(float(row["value"]), abs=1e-8), row["key"]


triples = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("12")), min_size=1)


@given(triples, st.randoms())
@pytest.mark.parametrize("method", METHODS)
def test_order_and_repetition_change_nothing(method: str, said: list[Said], chance: st.DataObject) -> None:
    mixed = [*said, *said]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert METHODS[method](mixed) == METHODS[method](said)


@given(triples)
@pytest.mark.parametrize("method", METHODS)
def test_trust_and_belief_lie_between_nothing_and_one(method: str, said: list[Said]) -> None:
    found = METHODS[method](said)
    assert all(0 <= x <= 1 for x in (*found.trust.values(), *found.belief.values()))


def test_trust_near_one_does_not_run_away() -> None:
    """Hundreds of sources that agree: the score of a trust of one would be infinite."""
    found = truth_finder([(f"s{n}", "x", "1") for n in range(500)])
    assert found.belief[("x", "1")] == 1.0


def test_nothing_gives_nothing() -> None:
    assert all(method([]) == Found({}, {}) for method in METHODS.values())
