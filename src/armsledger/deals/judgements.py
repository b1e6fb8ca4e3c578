"""Judgements: which of them stand, and what they say of a claim.

A judgement is appended and never changed. It is taken back by another one, whose verdict is ``undo`` and whose
``undoes`` names it; that one can be taken back as well, and the first stands again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from armsledger.model import ClaimId, Judgement

SAME, DIFFERENT, ACCEPT, REJECT, UNDO = VERDICTS = ("same", "different", "accept", "reject", "undo")
OF_CLAIMS = (ACCEPT, REJECT)
"""Verdicts on a claim alone; the others are about two claims, or about another judgement."""


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that hold, by the time that their authors gave, then by id; those that only undo are left out."""
    every = {one.id: one for one in judgements}
    undone_by: dict[str, list[str]] = {}
    for key, one in every.items():
        if one.undoes is not None:
            undone_by.setdefault(one.undoes, []).append(key)
    holds: dict[str, bool] = {}
    for key in every:
        _settle(key, undone_by, holds)
    kept = (one for key, one in every.items() if holds[key] and one.verdict != UNDO)
    return tuple(sorted(kept, key=lambda one: (one.made, one.id)))


def _settle(key: str, undone_by: Mapping[str, list[str]], holds: dict[str, bool]) -> None:
    """Work out whether a judgement holds, those that undo it first. An id is a hash of what it undoes: no circles."""
    waiting = [key]
    while waiting:
        current = waiting[-1]
        later = [other for other in undone_by.get(current, ()) if other not in holds]
        if later:
            waiting.extend(later)
            continue
        holds[current] = not any(holds[other] for other in undone_by.get(current, ()))
        waiting.pop()


def verdicts_on_claims(judgements: Iterable[Judgement]) -> dict[ClaimId, Judgement]:
    """For each claim that was accepted or rejected, the last standing judgement of it."""
    last: dict[ClaimId, Judgement] = {}
    for one in standing(judgements):
        if one.verdict in OF_CLAIMS:
            last.update(dict.fromkeys(map(ClaimId, one.about), one))
    return last


def rejected(judgements: Iterable[Judgement]) -> dict[ClaimId, Judgement]:
    """The claims that an analyst has rejected, each with the judgement. They are shown, and count for nothing."""
    return {claim: one for claim, one in verdicts_on_claims(judgements).items() if one.verdict == REJECT}
