"""Where do actors with positions on one scale end up, if each yields to the challenges that it expects to lose?

The group decision model of Bueno de Mesquita in the form of Scholz, Calbert and Smith (Journal of Theoretical Politics
23:4, 2011). With D the range of the starting positions, d = |x_i - x_j| / D and i's risk exponent r:

    success  U_s = 2 - 4 (0.5 - 0.5 d)^r     failure  U_f = 2 - 4 (0.5 + 0.5 d)^r     status quo  U_q = 2 - 4 (0.5)^r
    support  v_k(i, j) = c_k s_k (|x_k - x_j|^r_k - |x_k - x_i|^r_k)
    odds     P_ij = sum of the positive v_k(i, j) / denominator
    gain     E_ij = s_j (P_ij U_s + (1 - P_ij) U_f) + (1 - s_j) U_s - U_q

The denominator as *printed* in the paper, the sum of |v_k(i, j)|, and that of the authors' *reference* code, the sum of
|v_k(a, b)| over all pairs, give different histories, and only the second one gives the paper's own chart; so do two
rules for the choice among compromises. All are here under their names, and none is the default without the others.

Runs are arrays of draws (first axis), so that a Monte Carlo run costs about as much as a single one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from armsledger.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Denominator(StrEnum):
    """What the odds of a challenge are a share of."""

    REFERENCE = "reference code"
    PRINTED = "printed formula"


class Choice(StrEnum):
    """Which of several compromises an actor takes."""

    REFERENCE = "reference code"  # the least of (|a| x_i + |b| x_j) / (|a| + |b|)
    LEAST_MOVE = "least move"  # the one that moves it least, as the paper's text has it


class Kind(StrEnum):
    """What an actor does with the offer that it takes."""

    CONFRONTATION_LOST = "confrontation lost"
    COMPROMISE = "compromise"
    CAPITULATION = "capitulation"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody with a stake: a position on the scale, a capability above zero, a salience from 0 to 1."""

    name: str
    position: float
    capability: float
    salience: float


@dataclass(frozen=True, slots=True)
class Move:
    """What one actor did in one round, why (both expected gains as it sees them), and where it is then."""

    round: int
    actor: str
    kind: Kind
    other: str
    own_gain: float
    other_gain: float
    position: float


@dataclass(frozen=True, slots=True)
class Bargaining:
    """The history of one run: positions by round (round 0 first), their weighted means, and every move.

    ``ended`` says why it ended: ``unanimity`` (nobody is left to challenge), ``settled`` (nobody moves any more),
    ``rounds`` (the number asked for), or ``cycle``: that number, too, but in ``again`` (an earlier and a later round)
    everybody stood where they had stood before, so that it would go round for ever.
    """

    actors: tuple[Actor, ...]
    positions: tuple[tuple[float, ...], ...]
    means: tuple[float, ...]
    moves: tuple[Move, ...]
    ended: str
    again: tuple[int, int] | None = None


_SAME = 1e-9  # of the scale: positions nearer than this are one


def bargain(
    actors: tuple[Actor, ...],
    rounds: int = 10,
    denominator: Denominator = Denominator.REFERENCE,
    choice: Choice = Choice.REFERENCE,
) -> Bargaining:
    """One run with the actors' own values. Raises InputError for values that the model has no meaning for."""
    import numpy as np

    check(actors)
    x, c, s = (np.array([[getattr(a, f) for a in actors]]) for f in ("position", "capability", "salience"))
    scale = float(x.max() - x.min())
    history, moves, ended = [x[0]], [], "rounds"
    seen, again = {_place(x[0], scale): 0}, None
    for number in range(1, rounds + 1):
        if _spread(x)[0] <= _SAME * scale:
            ended = "unanimity"
            break
        moved = _round(x, c, s, scale, denominator, choice)
        moves += _told(number, actors, moved)
        if not moved.taken.any():
            ended = "settled"
            break
        x = moved.positions
        history.append(x[0])
        before = seen.setdefault(_place(x[0], scale), number)
        if again is None and before < number:
            ended, again = "cycle", (before, number)
    means = tuple(float(weighted_mean(h[None], c, s)[0]) for h in history)
    return Bargaining(actors, tuple(tuple(map(float, h)) for h in history), means, tuple(moves), ended, again)


def _place(positions: Floats, scale: float) -> tuple[int, ...]:
    """Where all stand, to within what counts as one position."""
    return tuple(round(float(x) / (_SAME * scale)) for x in positions)


def final_means(
    positions: Floats, capability: Floats, salience: Floats, rounds: int, denominator: Denominator, choice: Choice
) -> Floats:
    """The weighted means after the last round for many draws at once; arrays of shape (draws, actors), (draws,) back.

    A draw that has come to unanimity stays where it is.
    """
    import numpy as np

    made = np.empty(len(positions))
    step = max(1, 400_000 // positions.shape[1] ** 3)  # draws together: about 3 MB an array, so that caches hold it
    for first in range(0, len(positions), step):
        part = slice(first, first + step)
        x, c, s = positions[part].copy(), capability[part], salience[part]
        scale = _spread(x)
        for _ in range(rounds):
            open_ = _spread(x) > _SAME * np.maximum(scale, 1)
            if not open_.any():
                break
            x[open_] = _round(x[open_], c[open_], s[open_], scale[open_], denominator, choice).positions
        made[part] = weighted_mean(x, c, s)
    return made


def check(actors: tuple[Actor, ...]) -> None:
    """Raises InputError, which says what the model needs, for actors that it has no meaning for."""
    if len(actors) < 2:
        raise InputError(
            "actors", f"there is {len(actors)}, a bargain needs two or more", "add the others with sources"
        )
    for actor in actors:
        if not actor.capability > 0:
            raise InputError(actor.name, f"a capability of {actor.capability:g} is not above zero", "leave it out")
        if not 0 <= actor.salience <= 1:
            raise InputError(actor.name, f"a salience of {actor.salience:g} is outside 0 to 1", "give 0 to 1")
    if not any(actor.salience for actor in actors):
        raise InputError("actors", "all have a salience of 0, so that nobody has any weight", "give one above 0")
    if len({actor.position for actor in actors}) == 1:
        told = f"all hold the same position, {actors[0].position:g}, so nothing is contested"
        raise InputError("actors", told, "that place is all that can be said; there is nothing to model")


def weighted_mean(positions: Floats, capability: Floats, salience: Floats) -> Floats:
    """The compromise: positions weighted by capability times salience, for each draw."""
    import numpy as np

    weight = capability * salience
    made: Floats = np.sum(weight * positions, axis=-1) / np.sum(weight, axis=-1)
    return made


def risk_exponents(
    positions: Floats, capability: Floats, salience: Floats, scale: float | Floats, denominator: Denominator
) -> Floats:
    """Each actor's exponent in [0.5, 2], by how much the others expect to gain from it; shape (draws, actors)."""
    import numpy as np

    gains, _ = _gains(positions, capability, salience, scale, np.ones_like(positions), denominator)
    danger = gains.sum(axis=1)  # over those that challenge
    most, least = danger.max(axis=1, keepdims=True), danger.min(axis=1, keepdims=True)
    width = np.where(most > least, most - least, 1)
    relative = np.where(most > least, (2 * danger - most - least) / width, 0)
    made: Floats = (1 - relative / 3) / (1 + relative / 3)
    return made


# -- one round --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Moved:
    """One round of all draws: who moved (draws, actors), to whose call, of which class, and where all are then."""

    positions: Floats
    taken: NDArray[np.bool_]
    other: NDArray[np.intp]
    kind: NDArray[np.intp]
    own: Floats
    theirs: Floats


def _round(x: Floats, c: Floats, s: Floats, scale: float | Floats, denominator: Denominator, choice: Choice) -> _Moved:
    import numpy as np

    risk = risk_exponents(x, c, s, scale, denominator)
    own, theirs = _gains(x, c, s, scale, risk, denominator)
    kind, target, rank = _offers(x, own, theirs, choice)
    best = np.lexsort((rank, kind), axis=-1)[..., :1]  # by class, then by rank; ties by the order of the actors
    taken_kind = np.take_along_axis(kind, best, axis=-1)[..., 0]
    there, mine, others = (np.take_along_axis(a, best, axis=-1)[..., 0] for a in (target, own, theirs))
    taken = taken_kind < len(_KINDS)
    return _Moved(np.where(taken, there, x), taken, best[..., 0], taken_kind, mine, others)


_KINDS = (Kind.CONFRONTATION_LOST, Kind.COMPROMISE, Kind.CAPITULATION)


def _offers(x: Floats, own: Floats, theirs: Floats, choice: Choice) -> tuple[NDArray[np.intp], Floats, Floats]:
    """For each actor and each other: the class of the other's offer, where it leads, and its rank within the class."""
    import numpy as np

    here, there = x[:, :, None], x[:, None, :]
    apart = np.abs(here - there) > 0
    lost = apart & (theirs > own) & (own > 0)
    against = apart & (theirs > 0) & (own < 0)
    compromise = against & (theirs > -own)
    capitulate = against & (theirs < -own)
    kind = np.select([lost, compromise, capitulate], [0, 1, 2], default=3).astype(np.intp)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = here + (there - here) * np.abs(own / theirs)
        blend = (np.abs(own) * here + np.abs(theirs) * there) / (np.abs(own) + np.abs(theirs))
    target = np.where(compromise, between, there)
    moved = np.abs(target - here)
    rank = np.where(compromise, blend, moved) if choice is Choice.REFERENCE else moved
    return kind, target, np.where(kind == 3, np.inf, rank)


def _gains(
    x: Floats, c: Floats, s: Floats, scale: float | Floats, risk: Floats, denominator: Denominator
) -> tuple[Floats, Floats]:
    """E_ij as i sees it, and E_ji as i sees it: both of shape (draws, i, j), zero where i is j."""
    import numpy as np

    apart = np.abs(x[:, :, None] - x[:, None, :]) / np.reshape(scale, (-1, 1, 1))
    odds = _odds(apart, c * s, risk, denominator)
    exponent = risk[:, :, None]
    win = 2 - 4 * np.maximum(0.5 - 0.5 * apart, 0) ** exponent  # positions never leave the scale but by rounding
    lose = 2 - 4 * (0.5 + 0.5 * apart) ** exponent
    keep = 2 - 4 * 0.5**exponent

    def gain(odds: Floats, resists: Floats) -> Floats:
        made: Floats = resists * (odds * win + (1 - odds) * lose) + (1 - resists) * win - keep
        return made

    others = 1 - np.eye(x.shape[1])
    return gain(odds, s[:, None, :]) * others, gain(odds.transpose(0, 2, 1), s[:, :, None]) * others


def _odds(apart: Floats, weight: Floats, risk: Floats, denominator: Denominator) -> Floats:
    """P_ij: how much of the support in play is with i; zero where positions are the same."""
    import numpy as np

    loss = weight[:, :, None] * apart ** risk[:, :, None]  # of k, if a is the outcome
    first, second = np.triu_indices(apart.shape[1], 1)  # each pair once: v_k(j, i) = -v_k(i, j)
    support = loss[:, :, second] - loss[:, :, first]  # v_k(i, j)
    positive = np.zeros_like(apart)
    positive[:, first, second] = np.maximum(support, 0).sum(axis=1)
    positive[:, second, first] = -np.minimum(support, 0, out=support).sum(axis=1)
    size = positive + positive.transpose(0, 2, 1)
    total = size.sum(axis=(1, 2), keepdims=True) if denominator is Denominator.REFERENCE else size
    made: Floats = np.where((apart > 0) & (total > 0), positive / np.where(total > 0, total, 1), 0)
    return made


def _spread(x: Floats) -> Floats:
    made: Floats = x.max(axis=1) - x.min(axis=1)
    return made


def _told(number: int, actors: tuple[Actor, ...], moved: _Moved) -> list[Move]:
    return [
        Move(
            number,
            actor.name,
            _KINDS[int(moved.kind[0, i])],
            actors[int(moved.other[0, i])].name,
            float(moved.own[0, i]),
            float(moved.theirs[0, i]),
            float(moved.positions[0, i]),
        )
        for i, actor in enumerate(actors)
        if moved.taken[0, i]
    ]
