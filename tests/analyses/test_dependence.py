"""Shares, concentration and identity: published figures, the register where it is there, and laws."""

from __future__ import annotations

import gzip
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.analyses.dependence import (
    Coverage,
    Delivery,
    Window,
    could_be_rounding,
    deliveries,
    depend,
    hhi,
    hhi_bounds,
    identity,
    shares,
)
from armsledger.errors import InputError
from armsledger.text.registers import rows

from .tables import needs_tables, table

REGISTER = (
    Path(__file__).resolve().parents[3] / "shared/data/3-registers/sipri-2026-02/transfers-by-delivery-1995-2025.csv.gz"
)


def delivered(supplier: str, recipient: str, year: int, tiv: int, *, estimate: bool = False) -> Delivery:
    return Delivery(supplier, recipient, year, Fraction(tiv), estimate, spread=False)


SMALL = (
    delivered("CHN", "PAK", 2020, 60),
    delivered("CHN", "PAK", 2024, 20, estimate=True),
    delivered("TUR", "PAK", 2022, 20),
    delivered("CHN", "PAK", 2019, 30),  # the window before
    delivered("USA", "PAK", 2019, 70),
    delivered("CHN", "BGD", 2021, 100),
)
WINDOW = Window(2020, 2024)


def test_shares_are_of_the_window_and_of_the_party() -> None:
    found = shares(SMALL, "PAK", WINDOW)
    assert [(s.partner, s.share) for s in found.partners] == [("CHN", Fraction(4, 5)), ("TUR", Fraction(1, 5))]
    assert found.hhi == 6800
    assert found.partners[0].estimated == 20
    assert shares(SMALL, "CHN", WINDOW, "exports").of("BGD") == Fraction(100, 180)


def test_the_answer_sets_those_asked_for_against_one_another() -> None:
    found = depend(SMALL, _coverage(), "PAK", WINDOW, asked=("TUR", "CHN"), vintage="made up").result()
    assert found.answer[0].startswith("80.0 % of the imports of PAK by volume came from CHN in 2020-2024; 30.0 % in")
    assert found.answer[1].startswith("TUR : CHN = 20.0 : 80.0 per cent")
    assert any("estimate" in line for line in found.unknown)


def test_a_window_that_the_register_does_not_reach_says_so() -> None:
    found = depend(SMALL, _coverage(), "PAK", Window(2021, 2025), vintage="made up").result()
    assert "the register ends with deliveries of 2024: the window is not whole" in found.unknown


def test_no_delivery_in_the_window_is_told_and_no_share_is_made_up() -> None:
    with pytest.raises(InputError, match="no imports of it in 1990-1994"):
        depend(SMALL, _coverage(), "PAK", Window(1990, 1994))
    with pytest.raises(InputError, match="ends before it begins"):
        Window(2024, 2020)


def _coverage() -> Coverage:
    return Coverage(6, 0, 0, 0)


@pytest.mark.parametrize(
    ("named", "low", "high"),
    [
        ("40 29 15", 2666, 2892),  # India 2021-25
        ("80 7", 6449, 6534),  # Pakistan 2021-25
        ("73 6.6 6.1", 5409.8, 5488.6),  # Pakistan 2015-19
        ("34 24 18", 2056, 2416),  # Turkey 2020-24
    ],
)
def test_bounds_of_the_concentration(named: str, low: float, high: float) -> None:
    found = hhi_bounds([Fraction(p) for p in named.split()])
    assert [round(float(bound), 1) for bound in found] == [low, high]


@needs_tables
def test_bounds_of_the_whole_table() -> None:
    for row in table("hhi_bounds_computed"):
        found = hhi_bounds([Fraction(p) for p in row["named_shares_pct"].split(";")])
        expected = [float(row["hhi_lower"]), float(row["hhi_upper"])]
        assert [round(float(bound), 1) for bound in found] == pytest.approx(expected, abs=0.06)


@needs_tables
def test_the_identity_holds_within_rounding() -> None:
    for row in table("sipri_crosscheck"):
        names = (
            "supplier_world_share_pct", "recipient_share_of_supplier_pct", "recipient_world_share_pct",
            "supplier_share_of_recipient_pct",
        )  # fmt: skip
        given = [Fraction(row[name]) for name in names]
        found = identity(*given)
        assert float(found.supplier_side) == pytest.approx(float(row["product_supplier_side_pct"]), abs=0.005)
        assert float(found.recipient_side) == pytest.approx(float(row["product_recipient_side_pct"]), abs=0.005)
        assert could_be_rounding([(g, _half(row[name])) for g, name in zip(given, names, strict=True)])


def _half(written: str) -> Fraction:
    """Half of the last digit that is written."""
    return Fraction(1, 2 * 10 ** max(0, -int(Decimal(written).as_tuple().exponent)))


def test_a_mixed_up_window_breaks_the_identity() -> None:
    half = Fraction(1, 2)
    mixed = [(Fraction(16), half), (Fraction(31), half), (Fraction(11), half), (Fraction(36), half)]
    assert not could_be_rounding(mixed)  # 36 is another window's


@pytest.mark.skipif(not REGISTER.is_file(), reason="the register beside the checkout is not here")
def test_published_shares_of_the_register_within_half_a_point() -> None:
    """Fact sheets of 2025 and the register of February 2026: figures that were not revised in between."""
    found, coverage = deliveries(rows(gzip.decompress(REGISTER.read_bytes()).decode("utf-8-sig")), str)
    assert coverage.rows == 25_024
    assert coverage.without_volume == 0
    published = {
        ("India", "Russia"): 36,
        ("Pakistan", "China"): 81,
        ("Turkiye", "Spain"): 34,
        ("Turkiye", "Italy"): 24,
    }
    for (recipient, supplier), percent in published.items():
        got = 100 * shares(found, recipient, WINDOW).of(supplier)
        assert float(got) == pytest.approx(percent, abs=0.5)
    world = sum(d.tiv for d in found if d.year in WINDOW)
    india = shares(found, "India", WINDOW).total
    assert float(100 * india / world) == pytest.approx(8.3, abs=0.05)  # world share of imports, published 8.3


deliveries_made = st.lists(
    st.builds(
        delivered,
        st.sampled_from(["AAA", "BBB", "CCC"]),
        st.sampled_from(["XXX", "YYY"]),
        st.integers(2015, 2026),
        st.integers(1, 500),
    ),
    max_size=30,
)


@given(deliveries_made)
def test_shares_add_to_one_and_the_identity_is_exact(found: list[Delivery]) -> None:
    world = sum(d.tiv for d in found if d.year in WINDOW)
    for recipient in ("XXX", "YYY"):
        own = shares(found, recipient, WINDOW)
        if not own.partners:
            continue
        assert sum(s.share for s in own.partners) == 1
        assert own.hhi is not None
        assert 10_000 / len(own.partners) <= own.hhi <= 10_000
        for one in own.partners:
            out = shares(found, one.partner, WINDOW, "exports")
            sides = identity(100 * out.total / world, 100 * out.of(recipient), 100 * own.total / world, 100 * one.share)
            assert sides.supplier_side == sides.recipient_side


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6).filter(lambda p: sum(p) <= 100))
def test_the_bounds_hold_whatever_the_rest_is(named: list[int]) -> None:
    low, high = hhi_bounds([Fraction(p) for p in named])
    rest = Fraction(100 - sum(named))
    for parts in (1, 2, 7):
        if rest / parts <= min(named):
            assert low <= hhi([*map(Fraction, named), *[rest / parts] * parts]) <= high
