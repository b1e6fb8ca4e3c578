"""Waits of a register's orders: what counts, what stays open, and that a model must beat the base rate to be told."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.analyses.backtest import back_test, concordance
from armsledger.analyses.leadtime import Wait, lead_time
from armsledger.errors import InputError


def wait(supplier: str, recipient: str, ordered: int, first: int | None, full: int | None = None) -> Wait:
    return Wait(supplier, recipient, ordered, first, full, "new", "fighter")


def test_open_orders_are_lower_bounds_and_stay_in_the_count() -> None:
    given = [wait("A", "X", 2000 + n, 2002 + n) for n in range(10)] + [wait("A", "Y", 2010, None)] * 5
    found = lead_time(given, 2020)
    assert (found.whole.first.n, found.whole.first.open) == (15, 5)
    assert found.whole.first.median == 2
    assert found.backlog == (("Y", 5, 10, 10),)
    assert "between 1 and 3" in found.result().answer[0]


def test_where_fewer_than_half_are_served_no_median_is_made_up() -> None:
    given = [wait("A", "X", 2010, 2012)] * 4 + [wait("A", "X", 2010, None)] * 8
    found = lead_time(given, 2020)
    assert found.whole.first.median is None
    assert "fewer than half" in found.result().answer[0]


def test_groups_too_small_are_counted_and_not_told() -> None:
    given = [wait("A", "X", 2000, 2001)] * 12 + [wait("B", "X", 2000, 2001)] * 3
    found = lead_time(given, 2020)
    assert [g.name for g in found.groups] == ["A"]
    assert any("1 groups with fewer than 10" in line for line in found.result().unknown)


def test_no_order_at_all_says_so() -> None:
    with pytest.raises(InputError, match="no such order since 2015"):
        lead_time([wait("A", "X", 2000, 2001)], 2020, since=2015)


def orders(slow: float, fast: float, seed: int = 1) -> list[Wait]:
    """Orders of two suppliers whose yearly chance of delivery is as given, from many recipients."""
    drawn = random.Random(seed)
    made = []
    for n in range(2500):
        supplier, chance = ("S", slow) if n % 2 else ("F", fast)
        ordered = 1985 + drawn.randrange(35)
        delay = 0
        while drawn.random() > chance and delay < 40:
            delay += 1
        first = ordered + delay
        made.append(wait(supplier, f"R{n % 60}", ordered, first if first <= 2020 else None))
    return made


def test_a_model_that_knows_something_beats_the_base_rate() -> None:
    scores, _ = back_test(orders(0.15, 0.6), 2020)
    assert scores[0].better
    assert scores[0].skill.value > 0.05
    assert scores[0].model_order.low > scores[0].base_order.value
    for score in scores:
        for one in (score.base, score.model, score.skill, score.base_order, score.model_order):
            assert one.low <= one.value <= one.high


def test_where_suppliers_do_not_differ_the_base_rate_stands_alone() -> None:
    given = orders(0.3, 0.3)
    tested = back_test(given, 2020)
    assert not any(score.better for score in tested[0])
    told = " ".join(lead_time(given, 2020, tested=tested).result().answer)
    assert told.count("which stands alone") == 3


def test_forecasts_are_calibrated_where_the_world_is_simple() -> None:
    _, bins = back_test(orders(0.2, 0.4), 2020)
    large = [b for b in bins if b.orders >= 400 and b.by == "model"]
    assert large
    assert {b.by for b in bins} == {"model", "base rate"}
    for one in large:
        assert one.came / one.orders == pytest.approx(one.foretold, abs=0.08)


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.booleans()), min_size=2))
def test_the_concordance_is_that_of_lifelines(drawn: list[tuple[int, float, bool]]) -> None:
    utils = pytest.importorskip("lifelines.utils")
    time, foretold, ended = (np.array(column) for column in zip(*drawn, strict=True))
    ours = concordance(time.astype(float), foretold, ended.astype(bool))
    try:
        theirs = utils.concordance_index(time, foretold, ended)
    except ZeroDivisionError:
        assert math.isnan(ours)
    else:
        assert ours == pytest.approx(theirs)
