"""Could a deal with several parties come about, by what its observers say of the parties' positions?

A card is a file of an analyst's judgements: options on one scale, actors with position, salience and capability as
ranges, hard constraints, each with source, author and reason. What is worked out of it, always together:

    constraints   a statute, a consent clause, capacity, dependence: pass, fail or unknown; they come first
    baselines     win set of the veto players, compromise mean, weighted median (``baselines``)
    election      chances of the options under three rules (``condorcet``)
    bargaining    the group decision model under both denominators (``bargaining``)

each with a seeded Monte Carlo run over the ranges (uniform draws), 5, 50 and 95 %, with what single input flips the
likeliest option, and with the spoilers: actors whose absence, or salience 0.2 higher or lower, flips it. Where the band
of the bargaining model overlaps that of the compromise, the model adds nothing, and the result says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from armsledger.analyses import baselines, condorcet
from armsledger.analyses.bargaining import Actor, Bargaining, Choice, Denominator, bargain, check, final_means
from armsledger.analyses.condorcet import Rule
from armsledger.analyses.result import Column, Method, Result, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

VERSION = "feasibility/1"
QUANTILES = (5, 50, 95)
SHIFT = 0.2  # of salience, when spoilers are looked for
LIMIT = (
    "The positions, saliences and capabilities are an analyst's judgements, and the outputs mostly follow their mean: "
    "this orders assumptions and forecasts nothing."
)
CRITICISM = (
    "The bargaining model was published as a reconstruction of a proprietary one, whose accuracy is self-reported and "
    "has no public test set; it can cycle without coming to rest, uses salience also as the will to resist, and has "
    "one dimension."
)


class State(StrEnum):
    """Whether a hard constraint lets an option through."""

    PASS = "pass"  # noqa: S105 (no password)
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Range:
    """An input as its author gives it: least, likeliest and most; all three the same where it is one number."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Option:
    """One outcome, and where it stands on the scale."""

    name: str
    place: float


@dataclass(frozen=True, slots=True)
class Constraint:
    """Something that bars options whatever anybody wants: what, which kind, whether it is met, and by which source."""

    name: str
    kind: str
    state: State
    bars: tuple[str, ...]
    source: str
    because: str


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of a card, with who put it there and why."""

    name: str
    position: Range
    salience: Range
    capability: Range
    veto: bool
    source: str
    author: str
    because: str
    dated: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it was read; the scale runs from ``low`` (the status quo) to ``high``, the deal done in full."""

    question: str
    as_of: str | None
    scale: tuple[tuple[float, str], ...]
    status_quo: float
    options: tuple[Option, ...]
    constraints: tuple[Constraint, ...]
    parties: tuple[Party, ...]
    illustration: bool = False
    rounds: int = 10

    @property
    def low(self) -> float:
        """The least place of the scale."""
        return min(place for place, _ in self.scale)

    @property
    def high(self) -> float:
        """The greatest place of the scale."""
        return max(place for place, _ in self.scale)


@dataclass(frozen=True, slots=True)
class Band:
    """5, 50 and 95 % of the draws."""

    low: float
    middle: float
    high: float

    def overlaps(self, other: Band) -> bool:
        """Whether the two share a value."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Flip:
    """One change that makes another option the likeliest one."""

    change: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Feasibility:
    """All that is worked out of a card. ``chances`` are by rule, then by option, as bands; ``open_options`` are those
    that no failed constraint bars.
    """

    card: Card
    draws: int
    seed: int
    open_options: tuple[str, ...]
    win_set: baselines.WinSet
    compromise: float
    median: float
    compromise_band: Band
    bargaining: tuple[tuple[str, Band], ...]
    chances: tuple[tuple[str, tuple[tuple[str, Band], ...]], ...]
    likeliest: str  # with all inputs in the middle of their ranges
    leads: tuple[tuple[str, float], ...]  # share of the draws in which each option is the likeliest
    flips: tuple[Flip, ...]
    spoilers: tuple[Flip, ...]
    runs: tuple[tuple[str, Bargaining], ...] = ()  # with every input in the middle of its range

    @property
    def adds_nothing(self) -> bool:
        """Whether the band of every variant of the bargaining model overlaps that of the compromise."""
        return all(band.overlaps(self.compromise_band) for _, band in self.bargaining)

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def assess(card: Card, draws: int = 2000, seed: int = 1) -> Feasibility:
    """What a card comes to. Raises InputError for actors that the models have no meaning for."""
    import numpy as np

    check(tuple(_actor(party) for party in card.parties))
    middle = _middles(card.parties)
    x, s, c = _drawn(card.parties, draws, np.random.default_rng(seed))
    weights = [a * b for a, b in zip(middle[1], middle[2], strict=True)]
    likeliest = _modal(card, middle)
    by_rule = _by_rule(card, x, s, c)
    return Feasibility(
        card=card,
        draws=draws,
        seed=seed,
        open_options=_open(card),
        win_set=baselines.win_set(
            card.status_quo, [p.position.middle for p in card.parties if p.veto], card.low, card.high
        ),
        compromise=baselines.compromise(middle[0], weights),
        median=baselines.median(middle[0], weights),
        compromise_band=_band(np.sum(c * s * x, axis=1) / np.sum(c * s, axis=1)),
        bargaining=tuple((str(d), _band(final_means(x, c, s, card.rounds, d, Choice.REFERENCE))) for d in Denominator),
        chances=_chances(card, by_rule),
        likeliest=likeliest,
        leads=_leads(card, by_rule),
        flips=tuple(_flips(card, likeliest)),
        spoilers=tuple(_spoilers(card, likeliest)),
        runs=tuple((str(d), bargain(tuple(map(_actor, card.parties)), card.rounds, d)) for d in Denominator),
    )


def _actor(party: Party) -> Actor:
    return Actor(party.name, party.position.middle, party.capability.middle, party.salience.middle)


def _open(card: Card) -> tuple[str, ...]:
    barred = {name for c in card.constraints if c.state is State.FAIL for name in c.bars}
    return tuple(o.name for o in card.options if o.name not in barred)


_INPUTS = ("position", "salience", "capability")


def _middles(parties: Sequence[Party]) -> tuple[list[float], list[float], list[float]]:
    position, salience, capability = ([getattr(p, name).middle for p in parties] for name in _INPUTS)
    return position, salience, capability


def _drawn(parties: Sequence[Party], draws: int, random: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Uniform draws over the ranges: positions, saliences, capabilities, each of shape (draws, actors)."""
    import numpy as np

    def draw(name: str) -> Floats:
        low = np.array([getattr(p, name).low for p in parties])
        high = np.array([getattr(p, name).high for p in parties])
        made: Floats = low + (high - low) * random.random((draws, len(parties)))
        return made

    position, salience, capability = (draw(name) for name in _INPUTS)
    return position, salience, capability


def _band(values: Floats) -> Band:
    import numpy as np

    return Band(*(float(q) for q in np.percentile(values, QUANTILES)))


def _by_rule(card: Card, x: Floats, s: Floats, c: Floats) -> dict[Rule, Floats]:
    """The chances of the options under each rule, for each draw."""
    import numpy as np

    strength = condorcet.coalitions(x, s * c, np.array([o.place for o in card.options]))
    return {rule: condorcet.chances(strength, rule) for rule in Rule}


def _chances(card: Card, by_rule: dict[Rule, Floats]) -> tuple[tuple[str, tuple[tuple[str, Band], ...]], ...]:
    return tuple(
        (str(rule), tuple((o.name, _band(each[:, n])) for n, o in enumerate(card.options)))
        for rule, each in by_rule.items()
    )


def _leads(card: Card, by_rule: dict[Rule, Floats]) -> tuple[tuple[str, float], ...]:
    """In which share of the draws each option is the likeliest on average over the rules, the greatest first."""
    import numpy as np

    first = np.argmax(np.round(np.mean(list(by_rule.values()), axis=0), 12), axis=-1)
    shares = [(o.name, float(np.mean(first == n))) for n, o in enumerate(card.options)]
    return tuple(sorted((s for s in shares if s[1] > 0), key=lambda s: -s[1]))


def _modal(card: Card, middles: tuple[Sequence[float], Sequence[float], Sequence[float]]) -> str:
    """The option that is likeliest on average over the three rules; of several the first of the card."""
    import numpy as np

    x, s, c = (np.array([values]) for values in middles)
    return _leads(card, _by_rule(card, x, s, c))[0][0]


def _flips(card: Card, likeliest: str) -> Iterator[Flip]:
    """One input of one actor at an end of its range, all others in the middle."""
    for place, party in enumerate(card.parties):
        for name in _INPUTS:
            given: Range = getattr(party, name)
            for end in dict.fromkeys((given.low, given.high)):
                changed = _with(party, name, end)
                after = _modal(card, _middles([*card.parties[:place], changed, *card.parties[place + 1 :]]))
                if after != likeliest:
                    yield Flip(f"{party.name}: {name} {end:g} instead of {given.middle:g}", likeliest, after)


def _with(party: Party, name: str, value: float) -> Party:
    fixed = Range(value, value, value)
    if name == "position":
        return replace(party, position=fixed)
    return replace(party, salience=fixed) if name == "salience" else replace(party, capability=fixed)


def _spoilers(card: Card, likeliest: str) -> Iterator[Flip]:
    for place, party in enumerate(card.parties):
        others = [*card.parties[:place], *card.parties[place + 1 :]]
        if len(others) > 1 and (after := _modal(card, _middles(others))) != likeliest:
            yield Flip(f"without {party.name}", likeliest, after)
        for shift in (-SHIFT, SHIFT):
            moved = min(1.0, max(0.0, party.salience.middle + shift))
            changed = replace(party, salience=Range(moved, moved, moved))
            after = _modal(card, _middles([*card.parties[:place], changed, *card.parties[place + 1 :]]))
            if after != likeliest:
                yield Flip(f"{party.name}: salience {moved:g} instead of {party.salience.middle:g}", likeliest, after)


# -- telling ----------------------------------------------------------------------------------------------


def _result(found: Feasibility) -> Result:
    card = found.card
    authors = sorted({p.author for p in card.parties})
    return Result(
        name="feasibility",
        question=card.question,
        answer=tuple(_answer(found)),
        limit=LIMIT,
        method=Method(
            "hard constraints, win set, compromise, probabilistic election under three rules, group decision model "
            "under both denominators, Monte Carlo over the stated ranges",
            "Tsebelis 2002; KTAB; Scholz, Calbert and Smith 2011",
            model=True,
            inputs=(("card by", ", ".join(authors)), ("draws", f"{found.draws:,}"), ("rounds", str(card.rounds))),
            seed=found.seed,
            version=VERSION,
        ),
        as_of=card.as_of,
        n=(("actors", len(card.parties)), ("options", len(card.options)), ("constraints", len(card.constraints))),
        unknown=tuple(f"{c.name}: {c.because}" for c in card.constraints if c.state is State.UNKNOWN),
        tables=tuple(_tables(found)),
    )


def _answer(found: Feasibility) -> Iterator[str]:
    card = found.card
    if card.illustration:
        yield "The numbers of this card are an illustration of ours, and nobody's assessment."
    barred = [o.name for o in card.options if o.name not in found.open_options]
    if barred:
        yield f"Barred by a hard constraint, whatever anybody wants: {', '.join(barred)}."
    vetoes = [p.name for p in card.parties if p.veto]
    if not vetoes:
        yield "No actor of the card has a veto."
    elif found.win_set.deadlock:
        yield f"Veto players ({', '.join(vetoes)}): deadlock, nothing beats the status quo for all of them."
    else:
        yield (
            f"Veto players ({', '.join(vetoes)}) would all accept what lies between "
            f"{found.win_set.low:g} and {found.win_set.high:g}."
        )
    band = found.compromise_band
    yield (
        f"Compromise: {found.compromise:.1f} on a scale from {card.low:g} to {card.high:g} "
        f"(5 to 95 % of draws: {band.low:.1f} to {band.high:.1f})."
    )
    yield f"With every input in the middle of its range the likeliest option is: {found.likeliest}."
    led = ", ".join(f"{name} ({share:.0%})" for name, share in found.leads)
    yield f"Over the draws, the likeliest option on average over three rules of election: {led}."
    if found.adds_nothing:
        yield "The bargaining model adds nothing here: its band overlaps that of the compromise."
    if not found.flips and not found.spoilers:
        yield "No single input within its range makes another option the likeliest."


def _tables(found: Feasibility) -> Iterator[Table]:
    card = found.card
    yield Table(
        "Hard constraints",
        (Column("Constraint"), Column("Kind"), Column("Met"), Column("Bars"), Column("Why, and by which source")),
        tuple(
            (c.name, c.kind, str(c.state), ", ".join(c.bars) or "nothing", f"{c.because} ({c.source})")
            for c in card.constraints
        ),
    )
    yield Table(
        "Actors, as the card's authors judge them (least to most, likeliest)",
        (Column("Actor"), *(Column(n.capitalize()) for n in _INPUTS), Column("Veto")),
        tuple((p.name, *(_range(getattr(p, n)) for n in _INPUTS), "yes" if p.veto else "no") for p in card.parties),
        notes=(
            *(f"{p.name}: {_reason(p)}" for p in card.parties),
            *(f"{place:g} on the scale: {told}" for place, told in card.scale),
        ),
    )
    bands = [("compromise mean", found.compromise_band), *((f"bargaining, {n}", b) for n, b in found.bargaining)]
    yield Table(
        "Where it would settle",
        (Column("Model"), *(Column(f"{q} %", decimals=1) for q in QUANTILES)),
        tuple((name, b.low, b.middle, b.high) for name, b in bands),
        notes=(
            f"Weighted median of the middle values: {found.median:g}; it jumps with small errors.",
            *(f"Bargaining, {name}, from the middle of the ranges: {_ended(run)}." for name, run in found.runs),
            CRITICISM,
        ),
    )
    yield Table(
        "Chances of the options by rule of election (middle of the draws, 5 to 95 %)",
        (Column("Option"), Column("Place", decimals=0), *(Column(rule) for rule, _ in found.chances)),
        tuple((o.name, o.place, *(_chance(dict(b)[o.name]) for _, b in found.chances)) for o in card.options),
    )
    yield Table(
        "What flips the likeliest option",
        (Column("Change"), Column("From"), Column("To")),
        tuple((f.change, f.before, f.after) for f in (*found.flips, *found.spoilers)),
    )


def _ended(run: Bargaining) -> str:
    """Why a run ended, and what that says of where it did."""
    count = len(run.positions) - 1
    rounds = "1 round" if count == 1 else f"{count} rounds"
    if run.ended == "unanimity":
        return f"all have come to one position after {rounds}"
    if run.ended == "settled":
        return f"nobody moves any more after {rounds}"
    if run.again is not None:
        earlier, later = run.again
        return (
            f"in round {later} all stand where they stood in round {earlier}, so that it goes in a circle: where it "
            "stops is a matter of the number of rounds and says nothing"
        )
    return f"some still move after {rounds}, so that where it stops hangs on that number"


def _reason(party: Party) -> str:
    return f"{party.because} ({party.source}; {party.author}, {party.dated})"


def _range(given: Range) -> str:
    return f"{given.middle:g}" if given.low == given.high else f"{given.low:g} to {given.high:g}, {given.middle:g}"


def _chance(band: Band) -> str:
    return f"{band.middle:.2f} ({band.low:.2f} to {band.high:.2f})"
