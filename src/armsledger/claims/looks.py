"""The two looks at a document, made fast: every feature is weighed once for both, and only the likeliest sides meet.

The same sums as ``weighing.weigh`` gives; a side that is far behind the best one by itself is not paired.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from armsledger.claims.roles import PairKey, pair_features
from armsledger.claims.weighing import (
    FlowKey,
    Option,
    Recall,
    Reference,
    Weighed,
    flow_levels,
    flow_names,
    item_key,
    own_flows,
    recall,
    shares,
    side_names,
)

SIDES = 5  # of each role that are paired, an open one included
_MOST_PAIRS = 50_000  # kinds of pairs whose sums are kept

Both = Mapping[str, tuple[float, float]]  # the weights of a feature in the first and in the second look
Sums = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """The weights of both looks: by whole name, and for what is told of a party by the name without its role, as
    supplier in the first and second look, then as recipient. ``pairs`` keeps the sums of pairs that were met.
    """

    both: Both
    roles: Mapping[str, tuple[float, float, float, float]]
    pairs: dict[PairKey, Sums] = field(default_factory=dict)

    def pair(self, key: PairKey) -> Sums:
        """The sums of the features of a pair."""
        sums = self.pairs.get(key)
        if sums is None:
            if len(self.pairs) > _MOST_PAIRS:
                self.pairs.clear()
            sums = self.pairs[key] = _sums(pair_features(key), self.both)
        return sums


def table_of(first: Mapping[str, float], second: Mapping[str, float]) -> Table:
    """The table of two looks' weights."""
    both = {name: (first.get(name, 0.0), second.get(name, 0.0)) for name in {**first, **second}}
    names = {name[2:] for name in both if name[:2] in ("S.", "R.")}
    none = (0.0, 0.0)
    return Table(both, {name: (*both.get(f"S.{name}", none), *both.get(f"R.{name}", none)) for name in names})


class _Paired(NamedTuple):
    """An option with its points in both looks, before the second one remembers the first."""

    reference: Reference
    option: Option
    first: float
    second: float


def look_twice(choices: Sequence[Sequence[Reference]], weights: Table, sides: int = SIDES) -> list[list[Weighed]]:
    """The options of each mention in the second look, the likeliest first."""
    paired = [_paired(choice, weights, sides) for choice in choices]
    first = [shares([(p.reference, p.option, p.first) for p in options]) for options in paired]
    memory = _Memory(recall(first), weights.both)
    return [_again(options, own_flows(look), memory) for options, look in zip(paired, first, strict=True)]


def _paired(choice: Sequence[Reference], weights: Table, sides: int) -> list[_Paired]:
    found: list[_Paired] = []
    both = weights.both
    around = {party: _role_sums(names, weights) for party, names in choice[0].around.items()} if choice else {}
    for reference in choice:
        item = reference.context.item
        one, two = _sums(reference.mention, both)
        given = _best({p: _added(around[p][:2], names, both) for p, names in reference.given.items()}, sides)
        got = _best({p: _added(around[p][2:], names, both) for p, names in reference.got.items()}, sides)
        for s, (s_one, s_two) in given:
            for r, (r_one, r_two) in got:
                if s != r and (s is not None or r is not None):
                    p_one, p_two = weights.pair(reference.key(s, r))
                    first, second = one + s_one + r_one + p_one, two + s_two + r_two + p_two
                    found.append(_Paired(reference, Option(item, s, r), first, second))
    return found


def _role_sums(names: Iterable[str], weights: Table) -> tuple[float, float, float, float]:
    s_one = s_two = r_one = r_two = 0.0
    for name in names:
        four = weights.roles.get(name)
        if four is not None:
            s_one += four[0]
            s_two += four[1]
            r_one += four[2]
            r_two += four[3]
    return s_one, s_two, r_one, r_two


def _added(base: Sequence[float], names: Iterable[str], both: Both) -> Sums:
    one, two = _sums(names, both)
    return base[0] + one, base[1] + two


def _best(sums: Mapping[str | None, Sums], sides: int) -> list[tuple[str | None, Sums]]:
    """The parties that are likeliest by themselves, and the open side."""
    order = sorted(sums.items(), key=lambda item: -item[1][0])
    return order[:sides] + [item for item in order[sides:] if item[0] is None]


def _sums(names: Iterable[str], weights: Both) -> Sums:
    one = two = 0.0
    for name in names:
        both = weights.get(name)
        if both is not None:
            one += both[0]
            two += both[1]
    return one, two


@dataclass(slots=True)
class _Memory:
    """What the first look at a document adds to the second one: points of each side, and of each flow, once each."""

    known: Recall
    weights: Both
    sides: dict[tuple[str, str | None, int], float] = field(default_factory=dict)
    flows: dict[tuple[str, str], float] = field(default_factory=dict)

    def side(self, role: str, party: str | None, sentence: int) -> float:
        """The points of a party in a role."""
        key = (role, party, sentence)
        if key not in self.sides:
            self.sides[key] = _sums(side_names(role, party, self.known, sentence), self.weights)[1]
        return self.sides[key]

    def flow(self, own: Mapping[FlowKey, float], flow: FlowKey) -> float:
        """The points of a flow, by how likely it is here and elsewhere in the document."""
        key = flow_levels(self.known, own, flow)
        if key not in self.flows:
            self.flows[key] = _sums(flow_names(*key), self.weights)[1]
        return self.flows[key]


def _again(options: Sequence[_Paired], own: Mapping[FlowKey, float], memory: _Memory) -> list[Weighed]:
    """The second look at one mention: its own points and what the first look at the document adds."""
    told: list[tuple[Reference, Option, float]] = []
    for reference, option, _, second in options:
        n = reference.context.mention.sentence
        points = second + memory.side("S", option.supplier, n)
        points += memory.side("R", option.recipient, n)
        points += memory.flow(own, (option.supplier, option.recipient, item_key(option.item)))
        told.append((reference, option, points))
    return shares(told)
