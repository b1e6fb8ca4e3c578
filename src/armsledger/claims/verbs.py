"""Events told by a verb: what moves and who stands on either side of it, in the active and in the passive."""

from __future__ import annotations

from collections.abc import Sequence

from armsledger.claims.frames import Event, Hit, Sides
from armsledger.claims.objects import AUXILIARIES, antecedent, before, elliptic, objects, with_object
from armsledger.claims.sides import agent, heard, indirect, source, subject, towards
from armsledger.claims.stages import operators, stage_of
from armsledger.claims.units import Unit


def verb_event(
    units: Sequence[Unit], hits: Sequence[Hit], hit: Hit, frame: str, low: int, high: int, own: list[int] | None = None
) -> Event | None:
    """The event that a verb tells, or None where it has no item; ``own`` are the items of an operator."""
    passive = _is_passive(units, hit, low)
    items = _items(units, hit, frame, low, high, own, passive=passive)
    suppliers, recipients, opened = _sides(units, hit, frame, low, high, items, passive=passive)
    standing = None if items else elliptic(units, hit, low, high, passive or frame == "move")
    if hit.trigger.person and passive:
        suppliers, recipients = agent(units, hit, high), subject(units, hit, low) or heard(units, hit)
        standing = standing if items else -1
    if not items and standing is None:
        return None
    if standing is not None and not (suppliers or recipients or passive or frame == "move"):
        return None
    governing = operators(units, hits, hit, low)
    stage, mode = stage_of(units, hit, governing, low), hit.trigger.mode
    return Event(hit, tuple(items), suppliers, recipients, stage, governing, mode, low, high, opened, standing)


def _items(
    units: Sequence[Unit], hit: Hit, frame: str, low: int, high: int, own: list[int] | None, *, passive: bool
) -> list[int]:
    """What moves: behind an active verb, before a passive one or one of movement, "with" it where a person is armed."""
    if hit.trigger.person:
        return with_object(units, hit, high)
    if frame == "move":
        return before(units, hit, low)
    items = own if own is not None else objects(units, hit, high)
    if passive:
        items = before(units, hit, low) or items
    return items or antecedent(units, low, hit)


def _sides(
    units: Sequence[Unit], hit: Hit, frame: str, low: int, high: int, items: list[int], *, passive: bool
) -> tuple[Sides, Sides, bool]:
    """Who hands over and who gets, by the frame and the voice; whether an open group gets."""
    toward = ("to", "for", "with") if frame == "give" and not hit.trigger.person else ("to", "for")
    to, opened = towards(units, hit, items, high, toward)
    given, by = source(units, hit, high), agent(units, hit, high)
    if frame in ("give", "move"):
        suppliers = by if passive else () if frame == "move" else subject(units, hit, low)
        told = indirect(units, hit, items)
        return suppliers or given, told or to if hit.trigger.person else to or told, opened
    if frame == "get":
        recipients = by if passive else subject(units, hit, low)
        return given, recipients or (to if passive else ()), opened
    if frame == "use":
        return (), by if passive else subject(units, hit, low), opened
    return (), (), opened


def _is_passive(units: Sequence[Unit], hit: Hit, low: int) -> bool:
    word = units[hit.last].low if hit.first == hit.last else units[hit.first].low
    if not word.endswith(("ed", "en", "n", "t", "d")):
        return False
    for at in range(hit.first - 1, max(low, hit.first - 4) - 1, -1):
        if units[at].low in ("be", "been", "being", "is", "are", "was", "were", "got"):
            return True
        if units[at].low not in AUXILIARIES and not units[at].low.endswith("ly"):
            break
    after = units[hit.last + 1].low if hit.last + 1 < len(units) else ""
    return hit.first > 0 and units[hit.first - 1].kind == "item" and after in ("by", "to", "from", "for", "in")
