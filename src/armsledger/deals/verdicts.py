"""What judgements say about claims: which are of one deal, which are not, which are no evidence.

Only standing judgements come in here. Where two of them contradict one another the later one wins, by the time that
its author gave and then by its id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from armsledger.model import ClaimId, Judgement

CLAIMS = frozenset({"same", "different"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """One pair of claims on which a person has decided."""

    one: ClaimId
    other: ClaimId
    same: bool
    judgement: Judgement


def rulings(judgements: Iterable[Judgement], among: Collection[ClaimId] | None = None) -> Iterator[Ruling]:
    """The pairs that judgements decide on, the latest judgement first, each pair once; those ``among`` some claims."""
    decided: set[tuple[str, str]] = set()
    for judgement in latest_first(judgements):
        if judgement.verdict not in CLAIMS:
            continue
        about = sorted({ClaimId(c) for c in judgement.about if among is None or c in among})
        for one, other in combinations(about, 2):
            if (one, other) not in decided:
                decided.add((one, other))
                yield Ruling(one, other, judgement.verdict == "same", judgement)


def rejected(judgements: Iterable[Judgement]) -> frozenset[ClaimId]:
    """The claims that are no evidence: those on which the last word is ``reject``."""
    found: dict[ClaimId, bool] = {}
    for judgement in latest_first(judgements):
        if judgement.verdict in ("accept", "reject"):
            for claim in judgement.about:
                found.setdefault(ClaimId(claim), judgement.verdict == "reject")
    return frozenset(claim for claim, no_evidence in found.items() if no_evidence)


def latest_first(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements from the last to the first."""
    return sorted(judgements, key=lambda j: (j.made, j.id), reverse=True)
