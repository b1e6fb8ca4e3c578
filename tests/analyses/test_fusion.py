"""Methods that fuse numbers against stored values, the known-bad one included."""

from __future__ import annotations

import pytest

from armsledger.analyses.fusion import catd, crh, medians
from armsledger.errors import InputError

from .tables import needs_tables, table


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


def test_nothing_said_is_refused() -> None:
    with pytest.raises(InputError, match="there is none"):
        crh([])
