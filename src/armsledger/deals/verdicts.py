"""What judgements say of pairs of claims: which are of one deal, which are not.

Only standing judgements come in here. Where two of them contradict one another the later one wins, by the time that
its author gave and then by its id.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from armsledger.deals.judgements import DIFFERENT, SAME
from armsledger.model import ClaimId, Judgement


@dataclass(frozen=True, slots=True)
class Ruling:
    """One pair of claims on which a person has decided."""

    one: ClaimId
    other: ClaimId
    same: bool
    judgement: Judgement


def rulings(judgements: Iterable[Judgement], among: Container[ClaimId]) -> Iterator[Ruling]:
    """The pairs ``among`` some claims that judgements decide on, the latest judgement first, each pair once."""
    decided: set[tuple[str, str]] = set()
    for judgement in sorted(judgements, key=lambda j: (j.made, j.id), reverse=True):
        if judgement.verdict not in (SAME, DIFFERENT):
            continue
        about = sorted({ClaimId(claim) for claim in judgement.about if ClaimId(claim) in among})
        for one, other in combinations(about, 2):
            if (one, other) not in decided:
                decided.add((one, other))
                yield Ruling(one, other, judgement.verdict == SAME, judgement)
