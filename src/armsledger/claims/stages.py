"""How far a transfer has come, by the frames: the operators that govern its trigger, and the trigger's own stage."""

from __future__ import annotations

from collections.abc import Sequence

from armsledger.claims.frames import Hit
from armsledger.claims.objects import AUXILIARIES, belongs_to_noun
from armsledger.claims.triggers import STOPS
from armsledger.claims.units import Unit
from armsledger.model import Stage

_BE = frozenset("is are was were be been being".split())
_OPEN = frozenset("possible potential proposed planned future eventual".split())
_AHEAD = frozenset("will would shall to 'll may might could can should".split())


def operators(units: Sequence[Unit], hits: Sequence[Hit], hit: Hit, low: int) -> tuple[Hit, ...]:
    """The operators that govern a trigger, outermost first.

    Those on its left in the clause, and a predicate on a noun's right.
    """
    left = [
        h
        for h in hits
        if h.trigger.frame == "operator" and low <= h.first < hit.first and _reaches(units, hits, h, hit)
    ]
    right = (
        [h for h in hits if h.trigger.frame == "operator" and _is_predicate(units, hit, h)] if hit.trigger.noun else []
    )
    return (*right, *left)


def _is_predicate(units: Sequence[Unit], noun: Hit, operator: Hit) -> bool:
    """ "the sale of the jets was approved": an operator behind a noun and a form of "be"."""
    return (
        noun.last < operator.first <= noun.last + 16
        and not any(u.text in ";" or u.low in STOPS for u in units[noun.last : operator.first])
        and any(u.low in _BE for u in units[max(noun.last, operator.first - 4) : operator.first])
    )


def _reaches(units: Sequence[Unit], hits: Sequence[Hit], operator: Hit, hit: Hit) -> bool:
    """Whether nothing between an operator and a trigger cuts them apart.

    Another transfer with its own item, or a clause joined by "and".
    """
    for at in range(operator.last + 1, hit.first):
        own = units[at].kind == "item" and at + 1 != hit.first and not belongs_to_noun(units, at)
        if (own and not hit.trigger.noun) or units[at].text in ";":
            return False
    others = [
        h for h in hits if operator.last < h.first < hit.first and h.trigger.frame != "operator" and not h.trigger.noun
    ]
    return not others and hit.first - operator.last < 18


def stage_of(units: Sequence[Unit], hit: Hit, governing: tuple[Hit, ...], low: int) -> Stage:
    """The outermost operator's stage.

    Without one the trigger's own, or its future one under "will", "to" and their like.
    """
    telling = [
        h
        for h in governing
        if not (h.trigger.lemma == "plan" and units[h.last].low == "planned" and len(governing) > 1)
    ]
    if any(h.trigger.stage is Stage.HALTED for h in telling):
        return Stage.HALTED
    if telling:
        outer = telling[0]
        if outer.trigger.lemma in ("sign", "agree") and hit.trigger.stage is Stage.NEGOTIATED:
            return Stage.NEGOTIATED
        return outer.trigger.stage
    if not hit.trigger.noun and hit.trigger.future and _ahead(units, hit, low):
        return hit.trigger.future
    if hit.trigger.noun and any(u.low in _OPEN for u in units[max(0, hit.first - 5) : hit.first]):
        return Stage.CONSIDERED
    return hit.trigger.stage


def _ahead(units: Sequence[Unit], hit: Hit, low: int) -> bool:
    """Whether a verb tells of what is to come: under "will", "would", "to", "going to", "set to"."""
    for at in range(hit.first - 1, max(low, hit.first - 5) - 1, -1):
        u = units[at]
        if u.low in _AHEAD:
            return True
        if u.low in ("has", "have", "had", "was", "were"):
            return False
        if u.low not in AUXILIARIES and not u.low.endswith("ly"):
            return False
    return False
