"""What would come out if nobody bargained: the compromise, the median, and what those with a veto leave open.

With weights w_i = capability times salience:

    compromise  x* = sum(w_i x_i) / sum(w_i)
    median      the position that no other held position beats when k votes w_k (|x_k - b| - |x_k - a|) for a over b
    win set     the intersection over veto players v of the open intervals between q and 2 x_v - q (status quo q)

The compromise beat the elaborate models in the studies of decisions in the European Union (Thomson and others, *The
European Union Decides*, 2006); the win set is Tsebelis's (*Veto Players*, 2002) in one dimension. Small errors of input
make the median jump from one position to another, so that it is never shown alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WinSet:
    """The open interval that all veto players prefer to the status quo; ``low`` and ``high`` None where it is empty."""

    low: float | None
    high: float | None

    @property
    def deadlock(self) -> bool:
        """Whether nothing beats the status quo for all of them."""
        return self.low is None or self.high is None


def compromise(positions: Sequence[float], weights: Sequence[float]) -> float:
    """The mean of the positions by weight. Raises ValueError where no weight is above zero."""
    total = sum(weights)
    if not total > 0:
        raise ValueError("no actor has any weight")
    return sum(w * x for w, x in zip(weights, positions, strict=True)) / total


def median(positions: Sequence[float], weights: Sequence[float]) -> float:
    """The held position that no other held position beats; of several the lowest."""
    held = sorted(set(positions))
    for a in held:
        if all(_votes(a, b, positions, weights) >= 0 for b in held):
            return a
    return held[0]  # preferences have one peak each, so that there is always a winner but for rounding


def _votes(a: float, b: float, positions: Sequence[float], weights: Sequence[float]) -> float:
    return sum(w * (abs(x - b) - abs(x - a)) for w, x in zip(weights, positions, strict=True))


def win_set(status_quo: float, vetoes: Sequence[float], low: float = 0, high: float = 100) -> WinSet:
    """What all veto players would accept, within the scale. Without veto players it is the whole scale.

    >>> win_set(10, [30, 70]), win_set(50, [30, 70]).deadlock
    (WinSet(low=10, high=50), True)
    """
    least, most = low, high
    for position in vetoes:
        ends = sorted((status_quo, 2 * position - status_quo))
        least, most = max(least, ends[0]), min(most, ends[1])
    return WinSet(least, most) if least < most else WinSet(None, None)
