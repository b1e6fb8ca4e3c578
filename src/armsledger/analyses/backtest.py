"""Can the waits of a register's orders be foretold? A year-by-year back-test of a model against the base rate.

At the end of each year the data are frozen: orders then open are foretold from what was known, and scored by what came.
Half of the pairs of states train, the other half is scored, and the other way round, so that no pair teaches itself.

    score         Brier with IPCW (``waiting``): what lies behind the last year is lost from sight, and weighed so
    skill         1 - Brier of the model / Brier of the base rate
    concordance   of two orders of which one is known to have come before the other, the share foretold in that order
    calibration   forecasts of about the same size against what came, of the model and of the base rate

Bands of scores and skill are of 200 draws of pairs of states with replacement; those of concordances are a jackknife
over ten blocks of pairs. Graf and others, Statistics in Medicine 18 (1999); Harrell and others, JAMA 247 (1982).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from armsledger.analyses.waiting import ipcw_errors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from armsledger.analyses.leadtime import Wait

    Floats = NDArray[np.float64]

HORIZONS = (2, 5, 8)
SHRINK = 25.0  # pooled waits that a supplier's own are set against
_BLOCKS = 10  # of pairs, that are left out one by one
_STEP = 7  # every so many forecasts are put in order: consecutive years foretell the same orders
_DRAWS = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its 95 % band."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scored:
    """The back-test at one horizon: scores and concordances of base rate and model, and the model's skill."""

    horizon: int
    orders: int
    years: int
    base: Measured
    model: Measured
    skill: Measured
    base_order: Measured
    model_order: Measured

    @property
    def better(self) -> bool:
        """Whether the model's advantage is surely above zero."""
        return self.skill.low > 0


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of about the same size, by the model or the base rate, against what came."""

    horizon: int
    foretold: float
    orders: int
    came: int
    by: str = "model"


def back_test(given: Sequence[Wait], last: int, first: int = 1995) -> tuple[tuple[Scored, ...], tuple[Bin, ...]]:
    """Forecasts at the end of each year from ``first``, of orders then open, scored by what came until ``last``.

    Half of the pairs of states train, the other half is scored, and the other way round. What lies behind ``last`` is
    lost from sight and weighed so (IPCW).
    """
    import numpy as np

    names = sorted({w.supplier for w in given})
    supplier = np.array([names.index(w.supplier) for w in given])
    pairs = sorted({(w.supplier, w.recipient) for w in given})
    place = {pair: n for n, pair in enumerate(pairs)}
    pair = np.array([place[w.supplier, w.recipient] for w in given])
    half = np.array([crc32(" ".join(p).encode()) % 2 for p in pairs])[pair]
    ordered = np.array([w.ordered for w in given])
    came = np.array([last + 1000 if w.first is None else w.first for w in given])
    made = [_forecast(ordered, came, supplier, pair, half, len(names), year, last) for year in range(first, last - 1)]
    scores: list[Scored] = []
    bins: list[Bin] = []
    for n, horizon in enumerate(HORIZONS):
        told = [m[n] for m in made if len(m[n].time)]
        whole = _Forecasts(*(np.concatenate([getattr(t, f) for t in told]) for f in _FIELDS))
        scores.append(_scored(horizon, whole, len(told)))
        bins += _bins(horizon, whole)
    return tuple(scores), tuple(bins)


_FIELDS = ("base", "model", "time", "ended", "pair")
_LONGEST = 60  # years of a wait


@dataclass(frozen=True, slots=True)
class _Forecasts:
    """Forecasts of one horizon: shares still waiting then, by base rate and by model, and what came."""

    base: Floats
    model: Floats
    time: Floats  # years from the forecast to the first delivery, or until lost from sight
    ended: NDArray[np.bool_]
    pair: NDArray[np.intp]


def _forecast(
    ordered: NDArray[np.intp],
    came: NDArray[np.intp],
    supplier: NDArray[np.intp],
    pair: NDArray[np.intp],
    half: NDArray[np.intp],
    suppliers: int,
    year: int,
    last: int,
) -> list[_Forecasts]:
    """The forecasts made at the end of one year, one set a horizon."""
    import numpy as np

    known = ordered <= year
    open_ = known & (came > year)
    age = np.minimum(year - ordered, _LONGEST)
    made = []
    tables = [_hazards(ordered, came, supplier, known & (half != side), suppliers, year) for side in (0, 1)]
    for horizon in HORIZONS:
        base, model = np.empty(open_.sum()), np.empty(open_.sum())
        for side in (0, 1):
            pooled, own = tables[side]
            mine = half[open_] == side
            ages, who = age[open_][mine], supplier[open_][mine]
            base[mine] = pooled[ages + horizon] / pooled[ages]
            model[mine] = own[who, ages + horizon] / own[who, ages]
        until = came[open_] - year
        ended = came[open_] <= last
        time = np.where(ended, until, last - year).astype(float)
        made.append(_Forecasts(base, model, time, ended, pair[open_]))
    return made


def _hazards(
    ordered: NDArray[np.intp],
    came: NDArray[np.intp],
    supplier: NDArray[np.intp],
    train: NDArray[np.bool_],
    suppliers: int,
    year: int,
) -> tuple[Floats, Floats]:
    """Curves of the share still waiting after t years: pooled (t,), and by supplier (supplier, t), drawn together."""
    import numpy as np

    size = _LONGEST + max(HORIZONS) + 1
    wait = np.minimum(np.where(came <= year, came, year) - ordered, _LONGEST)[train]
    served = (came <= year)[train]
    who = supplier[train]
    events = np.zeros((suppliers, size))
    gone = np.zeros((suppliers, size))
    np.add.at(events, (who, wait), served)
    np.add.at(gone, (who, wait), 1)
    at_risk = gone[:, ::-1].cumsum(axis=1)[:, ::-1]
    total, all_at_risk = events.sum(axis=0), at_risk.sum(axis=0)
    pooled = total / np.maximum(all_at_risk, 1)
    own = (events + SHRINK * pooled) / (at_risk + SHRINK)
    return np.cumprod(1 - np.minimum(pooled, 0.999)), np.cumprod(1 - np.minimum(own, 0.999), axis=1)


def _scored(horizon: int, told: _Forecasts, years: int) -> Scored:
    """Scores, skill and concordances with their bands."""
    import numpy as np

    at = float(horizon)
    errors = [ipcw_errors(told.time, told.ended, share, at) for share in (told.base, told.model)]
    pairs = np.bincount(told.pair)
    sums = [np.bincount(told.pair, error) for error in errors]
    random = np.random.default_rng(horizon)
    picked = random.choice(np.flatnonzero(pairs), (_DRAWS, np.count_nonzero(pairs)))
    base, model = (each[picked].sum(axis=1) / pairs[picked].sum(axis=1) for each in sums)
    means = [float(error.mean()) for error in errors]
    return Scored(
        horizon=horizon,
        orders=len(told.time),
        years=years,
        base=_banded(means[0], base),
        model=_banded(means[1], model),
        skill=_banded(1 - means[1] / means[0], 1 - model / base),
        base_order=_ordered(told, told.base),
        model_order=_ordered(told, told.model),
    )


def _banded(value: float, drawn: Floats) -> Measured:
    import numpy as np

    low, high = np.percentile(drawn, [2.5, 97.5])
    return Measured(value, float(low), float(high))


def _ordered(told: _Forecasts, share: Floats) -> Measured:
    """The concordance, with a jackknife over blocks of pairs."""
    some = slice(None, None, _STEP)
    time, ended, foretold, block = told.time[some], told.ended[some], share[some], told.pair[some] % _BLOCKS
    value = concordance(time, foretold, ended)
    rest = [concordance(time[block != b], foretold[block != b], ended[block != b]) for b in range(_BLOCKS)]
    middle = sum(rest) / _BLOCKS
    spread = 1.96 * math.sqrt((_BLOCKS - 1) / _BLOCKS * sum((one - middle) ** 2 for one in rest))
    return Measured(value, max(0.0, value - spread), min(1.0, value + spread))


def concordance(time: Floats, foretold: Floats, ended: NDArray[np.bool_]) -> float:
    """Of all pairs of waits of which one is known to be the shorter, the share of which more was foretold to be still
    waiting for the longer; equal forecasts count half. NaN where no pair can be told apart.
    """
    import numpy as np

    right, all_of_them = 0.0, 0
    for moment in np.unique(time[ended]):
        came = foretold[(time == moment) & ended]
        longer = np.sort(foretold[(time > moment) | ((time == moment) & ~ended)])
        below, up_to = (np.searchsorted(longer, came, side=side) for side in ("left", "right"))
        right += float((len(longer) - up_to).sum() + 0.5 * (up_to - below).sum())
        all_of_them += len(came) * len(longer)
    return right / all_of_them if all_of_them else float("nan")


def _bins(horizon: int, told: _Forecasts) -> Iterator[Bin]:
    """Forecasts that a delivery comes within the horizon, by tenths, where the fate is known."""
    import numpy as np

    known = told.ended | (told.time >= horizon)
    came = (told.time[known] <= horizon) & told.ended[known]
    for by, share in (("model", told.model), ("base rate", told.base)):
        chance = 1 - share[known]
        tenth = np.minimum((chance * 10).astype(int), 9)
        for n in range(10):
            mine = tenth == n
            if mine.any():
                yield Bin(horizon, float(chance[mine].mean()), int(mine.sum()), int(came[mine].sum()), by)
