"""Richardson's equations and Granger tests against the stored estimates, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.analyses.spending import (
    Spending,
    alliance_slope,
    cointegration,
    granger,
    multiverse,
    richardson,
    spending,
)
from armsledger.errors import InputError

from .tables import needs_tables, table


def series(name: str, columns: tuple[str, str]) -> Spending:
    rows = [(int(r["year"]), float(r[columns[0]]), float(r[columns[1]])) for r in table(name)]
    return spending("the unit", "India", "Pakistan", rows)


def dollars() -> Spending:
    return series("milex_ind_pak_wb_2021", ("india_usd_billion_current", "pakistan_usd_billion_current"))


def of_gdp() -> Spending:
    return series("milex_pct_gdp_ind_pak_wb_2021", ("india_pct_gdp", "pakistan_pct_gdp"))


@needs_tables
def test_the_equations_in_dollars_are_a_saddle() -> None:
    expected = {r["quantity"]: float(r["value"]) for r in table("milex_ind_pak_expected")}
    found = richardson(dollars())
    assert list(found.one) == pytest.approx(
        [expected[f"richardson_india_{n}"] for n in ("const", "own", "rival")], abs=5e-7
    )
    assert list(found.other) == pytest.approx(
        [expected[f"richardson_pak_{n}"] for n in ("const", "own", "rival")], abs=5e-7
    )
    assert found.trace == pytest.approx(expected["matrix_trace"], abs=5e-7)
    assert found.determinant == pytest.approx(expected["matrix_det"], abs=5e-7)
    assert found.modulus == pytest.approx(expected["max_discrete_eigenvalue_modulus"], abs=5e-7)
    assert not found.stable


@needs_tables
def test_the_equations_in_shares_of_the_economy_come_to_rest() -> None:
    expected = {r["quantity"]: float(r["value"]) for r in table("milex_pct_gdp_ind_pak_expected")}
    found = richardson(of_gdp())
    assert list(found.one) == pytest.approx([expected[f"india_{n}"] for n in ("const", "own", "rival")], abs=5e-7)
    assert list(found.other) == pytest.approx([expected[f"pak_{n}"] for n in ("const", "own", "rival")], abs=5e-7)
    rest = [expected["equilibrium_india"], expected["equilibrium_pakistan"]]
    assert found.equilibrium is not None
    assert list(found.equilibrium) == pytest.approx(rest, abs=5e-6)
    assert found.stable


@needs_tables
@pytest.mark.parametrize("lag", [1, 2, 3])
def test_granger_tests_of_the_whole_time(lag: int) -> None:
    expected = {r["quantity"]: float(r["value"]) for r in table("milex_ind_pak_expected")}
    there, back = granger(dollars(), lag)
    for test, way in ((there, "ind_to_pak"), (back, "pak_to_ind")):
        assert test.f == pytest.approx(expected[f"granger_dlog_{way}_lag{lag}_F"], abs=5e-5)
        assert test.p == pytest.approx(expected[f"granger_dlog_{way}_lag{lag}_p"], abs=5e-5)


@needs_tables
@pytest.mark.parametrize(("begin", "end"), [(1960, 1990), (1991, 2020)])
def test_granger_tests_of_two_periods(begin: int, end: int) -> None:
    expected = {r["quantity"]: float(r["value"]) for r in table("milex_ind_pak_expected")}
    for test, way in zip(granger(dollars().within(begin, end), 1), ("ind_to_pak", "pak_to_ind"), strict=True):
        assert test.p == pytest.approx(expected[f"granger_dlog_{way}_lag1_p_{begin}_{end}"], abs=5e-5)


@needs_tables
def test_the_two_do_not_drift_apart() -> None:
    expected = {r["quantity"]: float(r["value"]) for r in table("milex_ind_pak_expected")}
    assert cointegration(dollars()) == pytest.approx(expected["engle_granger_p_log_levels"], abs=5e-6)


@needs_tables
def test_richardsons_own_figures() -> None:
    rows = table("richardson_1909_1913")
    found = alliance_slope(
        [int(r["year"]) for r in rows], [float(r["four_power_defence_budget_million_gbp"]) for r in rows]
    )
    assert found[0] == pytest.approx(0.7310, abs=5e-5)
    assert found[1] == pytest.approx(194.9, abs=0.05)


@needs_tables
def test_the_verdict_is_told_for_both_units_and_every_test_is_counted() -> None:
    from dataclasses import replace

    both = [replace(dollars(), unit="US dollars"), replace(of_gdp(), unit="shares of GDP")]
    found = multiverse(both, breaks=[1991])
    assert len(found.tests) == 2 * 3 * 3 * 2  # units, periods, lags, directions
    answer = " ".join(found.result().answer)
    assert "unstable in US dollars" in answer
    assert "stable in shares of GDP" in answer
    assert "changes with the unit" in answer
    assert "cause" not in answer


GROWING = [(1990 + n, 10.0 + n + (n % 3), 5.0 + (n * n) % 7) for n in range(20)]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([*GROWING, GROWING[0]], "double or out of order"),
        ([GROWING[0], *GROWING[2:]], "no row for 1991"),
        ([(1990, 1.0, None), *GROWING[1:]], "no amount above zero for both in 1990"),
        ([(1990, 0.0, 1.0), *GROWING[1:]], "unknown is not zero"),
    ],
)
def test_series_with_gaps_or_without_amounts_are_refused(
    rows: list[tuple[int, float, float | None]], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        spending("dollars", "A", "B", rows)


def test_too_few_years_are_left_out_and_told() -> None:
    found = multiverse([spending("dollars", "A", "B", GROWING)], breaks=[2005])
    assert found.left_out == ("dollars, 2005-2009: 5 years are too few",)
    with pytest.raises(InputError, match="12 are needed"):
        richardson(spending("dollars", "A", "B", GROWING[:6]))


@given(st.floats(0.1, 1000))
@settings(deadline=None, max_examples=20)
def test_the_verdict_does_not_hang_on_the_size_of_the_unit(factor: float) -> None:
    one = richardson(spending("u", "A", "B", GROWING))
    scaled = richardson(spending("u", "A", "B", [(y, a * factor, b * factor) for y, a, b in GROWING]))
    assert scaled.modulus == pytest.approx(one.modulus, rel=1e-6)
