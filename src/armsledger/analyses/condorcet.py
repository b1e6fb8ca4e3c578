"""Which of several options would come out, if options meet in pairs and the stronger coalition tends to win?

The probabilistic Condorcet election of the KAPSARC toolkit for behavioural analysis (KTAB, MIT licence). With C_ij the
strength of those who prefer option i to j:

    p_ij = C_ij^m / (C_ij^m + C_ji^m)        m = 1 linear, 2 square, 4 quartic; p_ii = 1/2

and then one of three rules: the uniform Markov chain, p_i = (1/n) sum_j p_ij (p_i + p_j); the incentive Markov chain,
in which stronger challengers challenge more often; the one-shot conditional, p_i proportional to the product of p_ij.
With the same input an option's chance may be 0.5 under one rule and 0.9 under another: they are always shown together.

Arrays may have leading axes for draws; the last two (or the last one) are the options.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Rule(StrEnum):
    """How pairwise chances become chances of the options."""

    UNIFORM = "uniform Markov"
    INCENTIVE = "incentive Markov"
    CONDITIONAL = "one-shot conditional"


SQUARE = 2
_TURNS = 2_000  # of a chain; it has settled long before, or its step is below _SETTLED
_SETTLED = 1e-12
_NEVER = 1e-10  # keeps a pair, or an option, that nobody backs from dividing by zero


def coalitions(positions: Floats, weights: Floats, options: Floats) -> Floats:
    """C_ij: how strongly the actors prefer option i to j, each by its weight and by how much nearer i is to it.

    ``positions`` and ``weights`` are (..., actors), ``options`` the places of the options on the same scale.
    """
    import numpy as np

    distance = np.abs(positions[..., :, None] - options)
    nearer = distance[..., :, None, :] - distance[..., :, :, None]  # of actor k: how much nearer i is than j
    made: Floats = np.sum(weights[..., :, None, None] * np.maximum(nearer, 0), axis=-3)
    return made


def pairwise(strength: Floats, power: int = SQUARE) -> Floats:
    """p_ij: the chance that option i beats j, from C_ij; one half where nobody prefers either."""
    import numpy as np

    mine = strength**power
    theirs = np.swapaxes(mine, -1, -2)
    total = mine + theirs
    made: Floats = np.where(total > 0, mine / np.where(total > 0, total, 1), 0.5)
    return made


def chances(strength: Floats, rule: Rule, power: int = SQUARE) -> Floats:
    """The chance of each option under a rule; they add to one. ``strength`` is C_ij, (..., options, options)."""
    import numpy as np

    beats = pairwise(strength, power)
    if rule is Rule.CONDITIONAL:
        product = np.prod(beats, axis=-1)
        return _shares(product)
    count = beats.shape[-1]
    if rule is Rule.UNIFORM:
        challenge = np.full(beats.shape, 1 / count)
    else:
        wish = strength * beats + _NEVER * np.eye(count)  # h_ij: how likely it is i that challenges j
        challenge = wish / np.maximum(wish.sum(axis=-2, keepdims=True), _NEVER)
    return _fixed_point(beats, challenge)


def _fixed_point(beats: Floats, challenge: Floats) -> Floats:
    """p_i = sum_j p_ij (p_i h_ji + p_j h_ij), by half steps from equal chances."""
    import numpy as np

    count = beats.shape[-1]
    now = np.full(beats.shape[:-1], 1 / count)
    holds, wins = beats * np.swapaxes(challenge, -1, -2), beats * challenge
    for _ in range(_TURNS):
        then = now * holds.sum(axis=-1) + np.einsum("...ij,...j->...i", wins, now)
        then = _shares((now + then) / 2)
        moved = float(np.abs(then - now).max(initial=0))
        now = then
        if moved < _SETTLED:
            break
    return now


def _shares(parts: Floats) -> Floats:
    import numpy as np

    total = parts.sum(axis=-1, keepdims=True)
    made: Floats = np.where(total > 0, parts / np.where(total > 0, total, 1), 1 / parts.shape[-1])
    return made
