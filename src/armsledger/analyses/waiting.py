"""How long from one step of a deal to the next, and how many ever get there: estimates for waits that are still open.

    Kaplan-Meier       S(t) = product over event times t_i <= t of (1 - d_i / n_i), with Greenwood's error
    Aalen-Johansen     F_k(t) = sum over t_i <= t of S(t_i-) d_ki / n_i, for several ways in which a wait can end
    Wilson             the interval of a share k of n that stays within 0 and 1
    Brier with IPCW    mean of S^2 1(T <= t, event) / G(T-) + (1 - S)^2 1(T > t) / G(t), G the curve of censoring

An open wait is a lower bound and never left out; a cancelled one is another way to end and never counted as open, which
would overstate deliveries. Kaplan and Meier, JASA 53 (1958); Aalen and Johansen, Scand. J. Statist. 5 (1978); Wilson,
JASA 22 (1927); Graf and others, Statistics in Medicine 18 (1999).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from armsledger.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """The curve at one event time: how many were still waiting, and the share not yet served with its 95 % band."""

    time: float
    at_risk: int
    events: int
    waiting: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The share still waiting by time; ``median`` is None where fewer than half have been served."""

    steps: tuple[Step, ...]
    n: int
    events: int
    median: float | None

    @property
    def open(self) -> int:
        """How many still wait, or were lost from sight."""
        return self.n - self.events

    def waiting(self, time: float) -> float:
        """The share still waiting after this time."""
        held = 1.0
        for step in self.steps:
            if step.time > time:
                break
            held = step.waiting
        return held


def kaplan_meier(times: Sequence[float], ended: Sequence[bool]) -> Curve:
    """The curve of waits: how long each is or was, and whether it has ended. Raises InputError for none or negative.

    The band is Greenwood's on the scale of log(-log S), so that it stays between nothing and one.
    """
    _check(times)
    leaving = Counter(map(float, times))
    served = Counter(float(t) for t, end in zip(times, ended, strict=True) if end)
    at_risk, waiting, spread, median = len(times), 1.0, 0.0, None
    steps: list[Step] = []
    for time in sorted(leaving):
        if events := served[time]:
            waiting *= 1 - events / at_risk
            left = at_risk - events
            spread = spread + events / (at_risk * left) if left else math.inf
            steps.append(Step(time, at_risk, events, waiting, *_log_log_band(waiting, spread)))
            if median is None and waiting <= 0.5 + 1e-12:
                median = time
        at_risk -= leaving[time]
    return Curve(tuple(steps), len(times), sum(served.values()), median)


def _log_log_band(waiting: float, spread: float, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % band of a share, given Greenwood's sum."""
    if not 0 < waiting < 1:
        return waiting, waiting
    width = z * math.sqrt(spread) / math.log(waiting)
    low, high = (waiting ** math.exp(sign * width) for sign in (-1, 1))
    return low, high


def greenwood(curve: Curve) -> tuple[float, ...]:
    """The standard error of the share at each step, by Greenwood's formula."""
    made, total = [], 0.0
    for step in curve.steps:
        left = step.at_risk - step.events
        total += step.events / (step.at_risk * left) if left else math.inf
        made.append(0.0 if not left else step.waiting * math.sqrt(total))
    return tuple(made)


def incidence(
    times: Sequence[float], ends: Sequence[int], kinds: int
) -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    """Aalen-Johansen: the event times, and at each the share that has ended in each of the ways 1 to ``kinds``.

    ``ends`` is 0 for a wait that is open. The shares and the share still waiting add to one.
    """
    _check(times)
    leaving = Counter(times)
    ended = Counter(zip(times, ends, strict=True))
    at_risk, waiting, sums = len(times), 1.0, [0.0] * kinds
    moments: list[float] = []
    made: list[tuple[float, ...]] = []
    for moment in sorted(leaving):
        now = [ended[moment, k + 1] for k in range(kinds)]
        if any(now):
            sums = [s + waiting * d / at_risk for s, d in zip(sums, now, strict=True)]
            waiting *= 1 - sum(now) / at_risk
            moments.append(moment)
            made.append(tuple(sums))
        at_risk -= leaving[moment]
    return tuple(moments), tuple(made)


def wilson(hits: int, tried: int, z: float = 1.959964) -> tuple[float, float] | None:
    """The 95 % interval of a share; None where nothing was tried.

    >>> [round(100 * end, 1) for end in wilson(3, 226)]
    [0.5, 3.8]
    """
    if tried == 0:
        return None
    if not 0 <= hits <= tried:
        raise InputError("share", f"{hits} of {tried} is no share", "count again")
    p, nn = hits / tried, z * z / tried
    middle, half = (p + nn / 2) / (1 + nn), z * math.sqrt(p * (1 - p) / tried + nn / (4 * tried)) / (1 + nn)
    return max(0.0, middle - half), min(1.0, middle + half)


def ipcw_brier(times: Floats, ended: NDArray[np.bool_], waiting: Floats, at: float) -> float:
    """The mean squared error of foretold shares still waiting at a time, weighted for waits that were lost from sight.

    ``times`` and ``ended`` are what came, ``waiting`` what was foretold for ``at``. NaN where nobody can be judged.
    """
    error = ipcw_errors(times, ended, waiting, at)
    return float(error.mean()) if len(error) else float("nan")


def ipcw_errors(times: Floats, ended: NDArray[np.bool_], waiting: Floats, at: float) -> Floats:
    """The weighted squared error of each foretold share, whose mean that is; nothing for one lost from sight before."""
    import numpy as np

    before, now = _censoring(times, ended, at)
    served = (times <= at) & ended
    still = times > at
    error = np.zeros(len(times))
    error[served] = waiting[served] ** 2 / before[served]
    error[still] = (1 - waiting[still]) ** 2 / now
    return error


def _censoring(times: Floats, ended: NDArray[np.bool_], at: float) -> tuple[Floats, float]:
    """G(T-) for each wait and G(at): the share that was not lost from sight by then (Kaplan-Meier of censoring)."""
    import numpy as np

    moments, place = np.unique(times, return_inverse=True)
    lost = np.bincount(place, ~ended, len(moments))
    gone = np.bincount(place, None, len(moments))
    at_risk = len(times) - np.concatenate([[0], np.cumsum(gone)[:-1]])
    served = gone - lost  # those served at a moment are served before others are lost at it
    left = np.where(at_risk - served > 0, 1 - lost / np.maximum(at_risk - served, 1), 1)
    curve = np.cumprod(left)
    before = np.concatenate([[1.0], curve[:-1]])
    reached = np.searchsorted(moments, at, side="right") - 1
    now = float(curve[reached]) if reached >= 0 else 1.0
    least = 1e-6
    return np.maximum(before[place], least), max(now, least)


def _check(times: Sequence[float]) -> None:
    if not times:
        raise InputError("waits", "there is none", "widen the filter")
    if min(times) < 0:
        raise InputError("waits", "one ends before it begins", "check the order of its dates")
