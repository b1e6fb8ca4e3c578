"""Truth-discovery methods against stored values, the known-bad one included."""

from __future__ import annotations

import pytest

from armsledger.analyses.truth import Beliefs, catd, crh, medians, sums, truth_finder, voting
from armsledger.errors import InputError

from .tables import needs_tables, table

TINY = (
    ("s1", "x", "one"), ("s1", "y", "nine"), ("s1", "z", "seven"), ("s2", "x", "one"), ("s2", "y", "eight"),
    ("s3", "z", "seven"),
)  # fmt: skip


def test_values_that_confirm_one_another() -> None:
    found = sums(TINY)
    assert [found.trust[s] for s in ("s1", "s2", "s3")] == pytest.approx([1, 0.53208889, 0.34729636], abs=1e-8)
    assert found.belief["z", "seven"] == pytest.approx(0.87938524, abs=1e-8)


@needs_tables
def test_every_value_of_the_table() -> None:
    ways = {"voting": voting(TINY), "sums_converged": sums(TINY)}
    for row in table("truth_tiny_expected"):
        found: Beliefs = ways.get(row["algorithm"], truth_finder(TINY))
        got = found.trust[row["key"]] if row["kind"] == "trust" else found.belief[_parted(row["key"])]
        assert got == pytest.approx(float(row["value"]), abs=5e-9)


def _parted(key: str) -> tuple[str, str]:
    thing, _, value = key.partition("=")
    return thing, value


@needs_tables
def test_numbers_are_fused_as_stored_and_the_bad_example_is_bad() -> None:
    measured = [(r["object"], r["source"], float(r["value"])) for r in table("numeric_fusion_toy_input")]
    fused, bad, plain = crh(measured), catd(measured), medians(measured)
    for row in table("numeric_fusion_toy_expected"):
        method, key, want = row["method"], row["key"], float(row["value"])
        if method == "plain_median":
            assert plain[key] == pytest.approx(want)
        elif method == "crh_weighted_median_truth":
            assert fused.value[key] == pytest.approx(want)
        elif method == "crh_source_weight":
            assert fused.weight[key] == pytest.approx(want, abs=5e-5)
        else:
            assert bad.value[key] == pytest.approx(want, abs=0.05), method
    only = max(bad.weight, key=lambda s: bad.weight[s])
    assert bad.weight[only] > 1000 * sorted(bad.weight.values())[-2]  # all weight on one source


def test_order_and_doubles_change_nothing() -> None:
    assert sums([*TINY, TINY[0]]) == sums(reversed(TINY)) == sums(TINY)


def test_a_source_that_is_always_believed_makes_nothing_infinite() -> None:
    found = truth_finder([(f"s{n}", "x", "one") for n in range(60)], gamma=5)
    assert 0 < found.belief["x", "one"] <= 1


def test_nothing_said_is_refused() -> None:
    with pytest.raises(InputError, match="there is none"):
        voting([])
    with pytest.raises(InputError, match="there is none"):
        crh([])
