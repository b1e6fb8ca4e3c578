"""Truth discovery: what three published methods make of who says what. For research; no grade of ours rests on it.

A source is a house (a publisher, or an outlet not read), never a person; an object is a field of which several values
are given. With T the trust of sources, B the belief in values and A the matrix of who says what:

    voting        B = the share of an object's sources that give the value; every source is trusted alike
    Sums          T = A B, B = A' T, each divided by its largest, until nothing changes (Pasternack & Roth 2010)
    TruthFinder   tau = -ln(1 - T), B = 1 / (1 + exp(-gamma sum tau)), T = the mean belief of what a source says, a
                  fixed number of times (Yin, Han & Yu 2008, without implication between values)

No method wins everywhere, voting fails where sources copy from one another, and on a handful of claims a method hands
its trust to whoever happens to agree. That is why rules decide here, on independent origins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import exp, log
from typing import TypeVar

from armsledger.deals.credibility import Credibility
from armsledger.model import ClaimId

K = TypeVar("K")
Said = tuple[str, str, str]  # source, object, value
_NEARLY_ONE = 1 - 1e-12  # tau of a trust of one is infinite


@dataclass(frozen=True, slots=True)
class Found:
    """What a method makes of it: the trust of each source, and the belief in each value of each object."""

    trust: Mapping[str, float]
    belief: Mapping[tuple[str, str], float]


def voting(said: Iterable[Said]) -> Found:
    """The share of the sources of an object that give a value."""
    given = sorted(set(said))
    sources = {o: {s for s, other, _ in given if other == o} for _, o, _ in given}
    share = {(o, v): sum((o, v) == key[1:] for key in given) / len(sources[o]) for _, o, v in given}
    return Found({source: 1.0 for source, _, _ in given}, share)


def sums(said: Iterable[Said], rounds: int = 200) -> Found:
    """Trust is the sum of the belief in what a source says, belief the sum of the trust of those who say it."""
    given = sorted(set(said))
    belief = {(o, v): 1.0 for _, o, v in given}
    trust: dict[str, float] = {}
    for _ in range(rounds):
        trust = _scaled(_added((source, belief[(o, v)]) for source, o, v in given))
        belief = _scaled(_added(((o, v), trust[source]) for source, o, v in given))
    return Found(trust, belief)


def truth_finder(said: Iterable[Said], start: float = 0.4, gamma: float = 0.5, rounds: int = 50) -> Found:
    """Belief grows with the trust of all who say a thing; trust is the mean belief of what a source says."""
    given = sorted(set(said))
    count = _added((source, 1.0) for source, _, _ in given)
    trust = dict.fromkeys(count, start)
    belief: dict[tuple[str, str], float] = {}
    for _ in range(rounds):
        sigma = _added(((o, v), -log(1 - min(trust[source], _NEARLY_ONE))) for source, o, v in given)
        belief = {key: 1 / (1 + exp(-gamma * total)) for key, total in sigma.items()}
        total = _added((source, belief[(o, v)]) for source, o, v in given)
        trust = {source: total[source] / count[source] for source in total}
    return Found(trust, belief)


_RIVALS = frozenset({"supplier", "recipient", "quantity", "value", "programme"})  # of which only one can be so


def said_of(values: Iterable[Credibility], houses: Mapping[ClaimId, str]) -> list[Said]:
    """What each house says of the fields that have several values; ``houses`` gives whose report a claim is."""
    given: dict[str, list[Credibility]] = {}
    for value in values:
        if value.field in _RIVALS and value.claims:
            given.setdefault(f"{value.field} {value.about}".strip(), []).append(value)
    rivals = {name: some for name, some in given.items() if len(some) > 1}
    return sorted({(houses[c], name, v.value) for name, some in rivals.items() for v in some for c in v.claims})


METHODS: Mapping[str, Callable[[Iterable[Said]], Found]] = {
    "voting": voting,
    "Sums": sums,
    "TruthFinder": truth_finder,
}


def _added(given: Iterable[tuple[K, float]]) -> dict[K, float]:
    made: dict[K, float] = {}
    for key, value in given:
        made[key] = made.get(key, 0.0) + value
    return made


def _scaled(values: dict[K, float]) -> dict[K, float]:
    most = max(values.values(), default=1.0)
    return {key: value / most for key, value in values.items()}
