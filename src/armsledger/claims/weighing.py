"""Weighs what could be said of a mention: options, their features, their points.

The model is a conditional log-linear one (multinomial logit; McFadden 1974): of all pairs of a supplier and a
recipient, and "no transfer" with zero points, the probability of one is the exponential of its points over the sum of
all. Weights come from the lexicon's data; ``benchmarks/fit_evidence.py`` fits them on annotated documents.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from armsledger.claims.mentions import ItemMention, Sentence
from armsledger.claims.roles import (
    Context,
    Discourse,
    PairKey,
    Spot,
    around,
    governor_of,
    mention_features,
    of_item,
    pair_features,
    pair_key,
    parties_of,
    rule_sides,
    spots_of,
)
from armsledger.claims.units import ItemPhrase

FlowKey = tuple[str | None, str | None, str]  # supplier, recipient, item


class Option(NamedTuple):
    """An item, a supplier and a recipient that a mention could speak of; ``pair`` are the features of the two.

    A tuple, as is what is weighed below: of every mention there are dozens.
    """

    item: ItemPhrase
    supplier: str | None
    recipient: str | None
    pair: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """One item that a mention can stand for, with the features of the mention and of each party; None is an open side.

    ``around`` is the same for all items of a mention and for both roles, and its names lack the role; ``given`` and
    ``got`` have what the item and the frames say of a party as supplier and as recipient.
    """

    context: Context
    mention: tuple[str, ...]
    around: Mapping[str | None, tuple[str, ...]]
    given: Mapping[str | None, tuple[str, ...]]
    got: Mapping[str | None, tuple[str, ...]]
    ruled: tuple[frozenset[str], frozenset[str]]  # suppliers and recipients that the frames name
    spots: Mapping[str | None, Spot]

    def supplier(self, party: str | None) -> Iterator[str]:
        """The features of a party as supplier."""
        yield from (f"S.{name}" for name in self.around[party])
        yield from self.given[party]

    def recipient(self, party: str | None) -> Iterator[str]:
        """The features of a party as recipient."""
        yield from (f"R.{name}" for name in self.around[party])
        yield from self.got[party]

    def key(self, supplier: str | None, recipient: str | None) -> PairKey:
        """What the features of a supplier and a recipient together depend on."""
        suppliers, recipients = self.ruled
        ruled = (supplier in suppliers, recipient in recipients)
        home = recipient is not None and recipient == self.context.item.origin
        return pair_key(self.context, self.spots[supplier], self.spots[recipient], ruled, home=home)

    def pair(self, supplier: str | None, recipient: str | None) -> list[str]:
        """The features of a supplier and a recipient together."""
        return pair_features(self.key(supplier, recipient))

    def options(self) -> Iterator[Option]:
        """Every supplier with every recipient, one side open or none."""
        for s in self.given:
            for r in self.got:
                if s != r and (s is not None or r is not None):
                    yield Option(self.context.item, s, r, tuple(self.pair(s, r)))

    def features(self, option: Option) -> Iterator[str]:
        """Every feature of an option, its mention's included."""
        yield from self.mention
        yield from self.supplier(option.supplier)
        yield from self.recipient(option.recipient)
        yield from option.pair


def references(sentences: Sequence[Sentence], talk: Discourse, mention: ItemMention) -> list[Reference]:
    """What a mention can speak of, one value for each item."""
    governor = governor_of(sentences[mention.sentence], mention.at)
    known: dict[str | None, tuple[str, ...]] = {}
    return [
        _reference(Context(sentences, talk, mention, governor, item, how), known)
        for item, how in zip(mention.items, mention.hows, strict=True)
    ]


def _reference(context: Context, known: dict[str | None, tuple[str, ...]]) -> Reference:
    """``known`` are the features that all items of the mention share; what is missing is added."""
    parties: list[str | None] = [*parties_of(context), None]
    for party in parties:
        if party not in known:
            known[party] = tuple(around(context, party))
    given, got = rule_sides(context)
    return Reference(
        context,
        tuple(mention_features(context, len(parties) - 1)),
        known,
        {p: tuple(of_item(context, p, "S", given)) for p in parties},
        {p: tuple(of_item(context, p, "R", got)) for p in parties},
        (frozenset(given), frozenset(got)),
        spots_of(context, parties),
    )


class Weighed(NamedTuple):
    """An option with its points, and its probability among all options of its mention and silence."""

    reference: Reference
    option: Option
    points: float
    probability: float


def shares(options: Sequence[tuple[Reference, Option, float]]) -> list[Weighed]:
    """The options with their probabilities, the likeliest first; silence has zero points."""
    top = max([0.0, *(points for _, _, points in options)])
    whole = math.exp(-top) + sum(math.exp(points - top) for _, _, points in options)
    weighed = [Weighed(r, o, points, math.exp(points - top) / whole) for r, o, points in options]
    return sorted(weighed, key=lambda w: -w.probability)


def weigh(choice: Sequence[Reference], weights: Mapping[str, float]) -> list[Weighed]:
    """Every option of a mention, weighed; what ``looks.py`` does faster for the likeliest."""
    return shares([(r, o, sum(weights.get(name, 0.0) for name in r.features(o))) for r in choice for o in r.options()])


# -- the second look --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recall:
    """What the first look at a whole document makes of it: how much each party buys, sells and deals with whom.

    Numbers are sums of probabilities over the mentions of the document; ``near`` ones are those of the sentences just
    before a mention, by sentence.
    """

    got: Mapping[str, float]
    gave: Mapping[str, float]
    flows: Mapping[FlowKey, float]
    got_at: Sequence[Mapping[str, float]]
    gave_at: Sequence[Mapping[str, float]]
    near: dict[tuple[str, int], Mapping[str, float]] = field(
        default_factory=dict
    )  # kept: who is near, by role and place


def recall(looks: Sequence[Sequence[Weighed]]) -> Recall:
    """Sums up the first look: ``looks`` are the weighed options of each mention, the likeliest first."""
    got: dict[str, float] = {}
    gave: dict[str, float] = {}
    flows: dict[FlowKey, float] = {}
    size = 1 + max((look[0].reference.context.mention.sentence for look in looks if look), default=0)
    got_at: list[dict[str, float]] = [{} for _ in range(size)]
    gave_at: list[dict[str, float]] = [{} for _ in range(size)]
    for look in looks:
        for weighed in look[:8]:
            p, option = weighed.probability, weighed.option
            if p < 0.02:
                break
            n = weighed.reference.context.mention.sentence
            for party, whole, here in ((option.recipient, got, got_at[n]), (option.supplier, gave, gave_at[n])):
                if party is not None:
                    whole[party] = whole.get(party, 0.0) + p
                    here[party] = here.get(party, 0.0) + p
            key = (option.supplier, option.recipient, item_key(option.item))
            flows[key] = flows.get(key, 0.0) + p
    return Recall(got, gave, flows, got_at, gave_at)


def item_key(item: ItemPhrase) -> str:
    """What makes two mentions speak of one thing: the system, else the head noun."""
    return item.system or item.head.lower()


def own_flows(look: Sequence[Weighed]) -> dict[FlowKey, float]:
    """What a mention's own first look gives each flow."""
    own: dict[FlowKey, float] = {}
    for w in look:
        key = (w.option.supplier, w.option.recipient, item_key(w.option.item))
        own[key] = own.get(key, 0.0) + w.probability
    return own


@dataclass(frozen=True, slots=True)
class Remembered(Reference):
    """A reference with what the first look at the whole document adds to its features."""

    known: Recall
    own: Mapping[FlowKey, float]

    def pair(self, supplier: str | None, recipient: str | None) -> list[str]:
        """The features of a supplier and a recipient together, in the second look."""
        told = pair_features(self.key(supplier, recipient))
        levels = flow_levels(self.known, self.own, (supplier, recipient, item_key(self.context.item)))
        return [*told, *flow_names(*levels)]


def remembered(reference: Reference, known: Recall, own: Mapping[FlowKey, float]) -> Remembered:
    """The reference as the second look sees it; ``own`` are the mention's own probabilities in the first."""
    n = reference.context.mention.sentence
    given = {p: (*names, *side_names("S", p, known, n)) for p, names in reference.given.items()}
    got = {p: (*names, *side_names("R", p, known, n)) for p, names in reference.got.items()}
    told = reference
    return Remembered(told.context, told.mention, told.around, given, got, told.ruled, told.spots, known, own)


def flow_levels(known: Recall, own: Mapping[FlowKey, float], flow: FlowKey) -> tuple[str, str]:
    """How likely the first look found a flow elsewhere in the document, and here."""
    here = own.get(flow, 0.0)
    return _level(max(0.0, known.flows.get(flow, 0.0) - here)), _level(here)


def flow_names(others: str, here: str) -> list[str]:
    """The features of a flow's levels."""
    return [f"2.flow.{others}", f"2.own.{here}"]


def side_names(role: str, party: str | None, known: Recall, n: int) -> Iterator[str]:
    """How much the first look made of a party in a role, in the document and just before sentence ``n``."""
    if party is None:
        return
    whole = known.gave if role == "S" else known.got
    total = sum(whole.values()) or 1.0
    mass = whole.get(party, 0.0)
    share = _level(mass / total)
    rank = sum(1 for p in whole.values() if p > mass)
    yield f"2.{role}.share.{share}"
    yield f"2.{role}.rank.{min(rank, 3)}.{share}"
    near = _near(role, known, n)
    if near:
        here = sum(near.values())
        yield f"2.{role}.near.{_level(near.get(party, 0.0) / here)}.{_level(here)}"


def _near(role: str, known: Recall, n: int) -> Mapping[str, float]:
    """What the sentences just before make of each party in a role; the nearer, the more it counts."""
    if (role, n) not in known.near:
        at = known.gave_at if role == "S" else known.got_at
        near: dict[str, float] = {}
        for back in range(max(0, n - 3), n):
            for p, mass in at[back].items():
                near[p] = near.get(p, 0.0) + mass * 0.7 ** (n - back)
        known.near[role, n] = near
    return known.near[role, n]


def _level(share: float) -> str:
    for limit in (0.02, 0.1, 0.25, 0.5, 0.8):
        if share < limit:
            return str(limit)
    return "1"
