"""How well claims are put together, against what is known to be true: precision and recall over pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from armsledger.deals import place, representatives, settle
from armsledger.model import Claim, ClaimId, DocumentId, Question


@dataclass(frozen=True, slots=True)
class Found:
    """What claims come to: the final key of each, and what is asked."""

    keys: Mapping[ClaimId, str]
    questions: tuple[Question, ...]


def put_together(claims: Iterable[Claim], published: Mapping[DocumentId, str | None]) -> Found:
    """All grounds of some claims, settled."""
    grounds: dict[str, list[Claim]] = {}
    for claim in claims:
        grounds.setdefault(place(claim)[0], []).append(claim)
    found = [settle(ground, held, published) for ground, held in sorted(grounds.items())]
    final = representatives(tie for one in found for tie in one.ties)
    keys = {claim: final.get(key, key) for one in found for claim, key in one.keys}
    return Found(keys, tuple(question for one in found for question in one.questions))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of claims: put together, truly of one deal, and both."""

    found: int
    true: int
    both: int

    @property
    def precision(self) -> float:
        """Of the pairs that are put together, how many are right."""
        return self.both / self.found

    @property
    def recall(self) -> float:
        """Of the pairs that are right, how many are put together."""
        return self.both / self.true

    def __str__(self) -> str:
        return f"precision {self.precision:.4f}, recall {self.recall:.4f} over {self.true} true pairs"


def pairs(keys: Mapping[ClaimId, str], truth: Mapping[ClaimId, str]) -> Pairs:
    """The pairs among the claims of which the truth is known."""
    return Pairs(
        _pairs(Counter(keys[c] for c in truth)),
        _pairs(Counter(truth.values())),
        _pairs(Counter((keys[c], true) for c, true in truth.items())),
    )


def _pairs(sizes: Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())
