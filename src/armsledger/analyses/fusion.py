"""What would published methods make of conflicting numbers? A research view, and no default anywhere.

    CRH     weight = -ln(loss / total loss), truth = weighted median (Li and others, SIGMOD 2014)
    CATD    weight = chi-square(alpha / 2, n) / squared errors, truth = weighted mean (Li and others, VLDB 2014)

The plain median stands beside them. On a handful of claims, which is what a deal has, CATD gives all weight to one
source: that is why the ledger keeps conflicts side by side and counts independent origins instead. Methods for values
that are no numbers are in ``deals/discovery.py``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from armsledger.errors import InputError

Measured = tuple[str, str, float]  # object, source, number


@dataclass(frozen=True, slots=True)
class Fused:
    """What a method makes of numbers: the value of each object, the weight of each source."""

    value: Mapping[str, float]
    weight: Mapping[str, float]


def medians(measured: Iterable[Measured]) -> dict[str, float]:
    """The plain median of each object: the baseline that the others must be set beside."""
    return {thing: _median([number for _, number in held]) for thing, held in _by_object(measured).items()}


def crh(measured: Iterable[Measured], turns: int = 20) -> Fused:
    """Weighted medians, and weights by the mean distance from them in standard deviations."""
    held = _by_object(measured)
    scale = {thing: _spread([number for _, number in told]) or 1.0 for thing, told in held.items()}
    value = {thing: _median([number for _, number in told]) for thing, told in held.items()}
    weight: dict[str, float] = {}
    for _ in range(turns):
        losses: dict[str, list[float]] = defaultdict(list)
        for thing, told in held.items():
            for source, number in told:
                losses[source].append(abs(number - value[thing]) / scale[thing])
        loss = {source: max(sum(own) / len(own), _LEAST) for source, own in losses.items()}
        total = sum(loss.values())
        weight = {source: -math.log(own / total) for source, own in loss.items()}
        value = {thing: _weighted_median([(n, weight[s]) for s, n in told]) for thing, told in held.items()}
    return Fused(value, weight)


def catd(measured: Iterable[Measured], alpha: float = 0.05, turns: int = 200) -> Fused:
    """Weighted means, and weights by squared errors with a bound for sources of few claims. Known to be bad here."""
    from scipy.stats import chi2

    held = _by_object(measured)
    value = {thing: sum(number for _, number in told) / len(told) for thing, told in held.items()}
    weight: dict[str, float] = {}
    for _ in range(turns):
        squares: dict[str, list[float]] = defaultdict(list)
        for thing, told in held.items():
            for source, number in told:
                squares[source].append((number - value[thing]) ** 2)
        weight = {
            source: float(chi2.ppf(alpha / 2, len(own))) / max(sum(own), _LEAST**2) for source, own in squares.items()
        }
        value = {
            thing: sum(n * weight[s] for s, n in told) / sum(weight[s] for s, _ in told) for thing, told in held.items()
        }
    return Fused(value, weight)


_LEAST = 1e-6  # a loss, so that a source that is never off has a weight at all


def _by_object(measured: Iterable[Measured]) -> dict[str, list[tuple[str, float]]]:
    held: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for thing, source, number in sorted(measured):
        held[thing].append((source, number))
    if not held:
        raise InputError("claims", "there is none", "widen the filter")
    return dict(held)


def _median(numbers: Sequence[float]) -> float:
    ordered, middle = sorted(numbers), len(numbers) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _weighted_median(held: Sequence[tuple[float, float]]) -> float:
    total, reached = sum(w for _, w in held), 0.0
    for number, weight in sorted(held):
        reached += weight
        if reached >= total / 2:
            return number
    return max(held)[0]


def _spread(numbers: Sequence[float]) -> float:
    mean = sum(numbers) / len(numbers)
    return math.sqrt(sum((n - mean) ** 2 for n in numbers) / len(numbers))
