"""Events of transfer in one sentence: a trigger, its frame, and who and what stand where.

    give   subject hands over · object moves · "to", "for" or an indirect object gets · passive: "by" hands over
    get    subject gets · object moves · "from" hands over · passive: "by" gets
    deal   a noun: "of", "for" or a word before it moves · "to" gets · "from" hands over · a possessive takes the noun's
    side use    subject has what another state made
An operator ("approved", "offered to", "plans") has no transfer of its own: it sets the stage of the one that it
governs; the outermost wins. With an item as its own object it is ``give`` or ``get`` itself.

Triggers are found in triggers.py, what moves in objects.py, who stands where in sides.py, the stage in stages.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from armsledger.claims.frames import Event, Hit
from armsledger.claims.nouns import aid_events, noun_event, trader_events
from armsledger.claims.objects import objects
from armsledger.claims.triggers import clause
from armsledger.claims.units import Unit
from armsledger.claims.verbs import verb_event


def find_events(units: Sequence[Unit], hits: Sequence[Hit]) -> list[Event]:
    """The events of a sentence, one for each trigger that has an item, its own or one that it clearly stands for."""
    events: list[Event] = [*trader_events(units), *aid_events(units, hits)]
    claimed: set[int] = set()
    for hit in sorted(hits, key=lambda h: (h.trigger.frame == "operator", h.first)):
        event = _event(units, hits, hit, claimed)
        if event:
            events.append(event)
            claimed.update(event.items)
    return sorted(events, key=lambda e: e.hit.first)


def _event(units: Sequence[Unit], hits: Sequence[Hit], hit: Hit, claimed: set[int]) -> Event | None:
    low, high = clause(units, hit)
    if hit.trigger.frame != "operator":
        frame = hit.trigger.frame
        return (
            noun_event(units, hits, hit, low, high)
            if hit.trigger.noun
            else verb_event(units, hits, hit, frame, low, high)
        )
    own = hit.trigger.own
    items = [i for i in objects(units, hit, high) if i not in claimed]
    if not items or own is None or any(hit.last < h.first < items[0] for h in hits):
        return None
    return verb_event(units, hits, hit, own, low, high, items)
