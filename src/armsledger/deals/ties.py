"""Keys that are one deal: the final key of each, and the ties that judgements make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from armsledger.model import ClaimId, Judgement

_RANK = {"transmittal": 0, "contract": 1}  # an official case names a deal before a contract, both before claims


def rank(key: str) -> tuple[int, str]:
    """Sorts keys: transmittals, contracts, then the rest, each by itself."""
    return _RANK.get(key.partition(" ")[0], 2), key


def representatives(ties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The final key of every key that is tied: the least of those that it is tied with, one by one or in a chain."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in ties:
        least, more = sorted((root(one), root(other)), key=rank)
        parent[more] = least
    return {key: root(key) for key in sorted(parent)}


def judged_ties(judgements: Iterable[Judgement], key_of: Mapping[ClaimId, str]) -> tuple[tuple[str, str], ...]:
    """The pairs of keys that standing judgements say are one deal, sorted."""
    found = set()
    for judgement in judgements:
        if judgement.verdict == "same":
            keys = sorted({key_of[ClaimId(c)] for c in judgement.about if c in key_of})
            found |= set(combinations(keys, 2))
    return tuple(sorted(found))
