"""What would published truth-discovery methods make of conflicting claims? A research view, and no default anywhere.

    voting        belief of a value = share of the object's sources that give it
    Sums          trust = sum of the beliefs of its values, belief = sum of the trusts of its sources, each scaled by
                  its largest, until nothing moves (Kleinberg's hubs and authorities; Pasternack and Roth, COLING 2010)
    TruthFinder   tau = -ln(1 - trust), belief = 1 / (1 + exp(-gamma sum of tau)), trust = mean belief (Yin, Han and Yu,
                  KDD 2007; without its implication between values)
    CRH           weight = -ln(loss / total loss), truth = weighted median (Li and others, SIGMOD 2014)
    CATD          weight = chi-square(alpha / 2, n) / squared errors, truth = weighted mean (Li and others, VLDB 2014)

No method wins everywhere, voting is misled by copies, and on a handful of claims, which is what a deal has, CATD gives
all weight to one source. That is why the ledger keeps conflicts side by side and counts independent origins instead.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from armsledger.errors import InputError

Key = TypeVar("Key")

Said = tuple[str, str, str]  # source, object, value
Measured = tuple[str, str, float]  # object, source, number


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What a method gives: trust by source, belief by (object, value)."""

    trust: Mapping[str, float]
    belief: Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Fused:
    """What a method makes of numbers: the value of each object, the weight of each source."""

    value: Mapping[str, float]
    weight: Mapping[str, float]


def voting(said: Iterable[Said]) -> Beliefs:
    """Every source counts once; trust is 1 for all."""
    rows = _rows(said)
    count: dict[str, int] = defaultdict(int)
    for _, thing, _ in rows:
        count[thing] += 1
    belief: dict[tuple[str, str], float] = defaultdict(float)
    for _, thing, value in rows:
        belief[thing, value] += 1 / count[thing]
    return Beliefs({source: 1.0 for source, _, _ in rows}, dict(belief))


def sums(said: Iterable[Said], turns: int = 500) -> Beliefs:
    """Trust and belief that confirm one another, each scaled by its largest."""
    rows = _rows(said)
    belief = {(thing, value): 1.0 for _, thing, value in rows}
    trust: dict[str, float] = {}
    for _ in range(turns):
        trust = _scaled(_added((source, belief[thing, value]) for source, thing, value in rows))
        belief = _scaled(_added(((thing, value), trust[source]) for source, thing, value in rows))
    return Beliefs(trust, belief)


def truth_finder(said: Iterable[Said], start: float = 0.4, gamma: float = 0.5, turns: int = 50) -> Beliefs:
    """Trust as the chance of being right. A trust near 1 would make its points infinite and is held below."""
    rows = _rows(said)
    given: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for source, thing, value in rows:
        given[source].append((thing, value))
    trust = dict.fromkeys(given, start)
    belief: dict[tuple[str, str], float] = {}
    for _ in range(turns):
        points = _added(((thing, value), -math.log(1 - min(trust[s], 1 - 1e-9))) for s, thing, value in rows)
        belief = {key: 1 / (1 + math.exp(-gamma * p)) for key, p in points.items()}
        trust = {source: sum(belief[key] for key in keys) / len(keys) for source, keys in given.items()}
    return Beliefs(trust, belief)


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


def _rows(said: Iterable[Said]) -> list[Said]:
    rows = sorted(set(said))
    if not rows:
        raise InputError("claims", "there is none", "widen the filter")
    return rows


def _by_object(measured: Iterable[Measured]) -> dict[str, list[tuple[str, float]]]:
    held: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for thing, source, number in sorted(measured):
        held[thing].append((source, number))
    if not held:
        raise InputError("claims", "there is none", "widen the filter")
    return dict(held)


def _added(parts: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    made: dict[Key, float] = defaultdict(float)
    for key, part in parts:
        made[key] += part
    return dict(made)


def _scaled(parts: Mapping[Key, float]) -> dict[Key, float]:
    most = max(parts.values())
    return {key: part / most for key, part in parts.items()}


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
