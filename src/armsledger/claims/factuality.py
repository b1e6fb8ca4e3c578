"""How surely and whether an event is asserted: cues, the stretch they reach over, and what they do to it.

Polarity: "not", "no" and "deny" reach over the next verb and its to-chain, a noun phrase, or a whole clause. Certainty:
"may" belongs to the verb beside it; "reportedly" to its clause; "expected to" to the verb that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from armsledger.claims.frames import Event
from armsledger.claims.units import Unit
from armsledger.lexicon.grammar import grammar
from armsledger.model import Certainty, Polarity, Stage


@dataclass(frozen=True, slots=True)
class Factuality:
    """What the cues of a sentence make of an event; ``cues`` are the words that did it."""

    polarity: Polarity
    certainty: Certainty
    stage: Stage
    cues: tuple[str, ...] = ()
    outright: bool = False  # a word denies the whole clause


def factuality(units: Sequence[Unit], event: Event) -> Factuality:
    """Polarity, certainty and the stage that is left when cues have had their say."""
    polarity, certainty, stage = Polarity.AFFIRMED, Certainty.CERTAIN, event.stage
    told: list[str] = []
    outright = False
    for kind, at in _cues(units, event):
        word = units[at].low
        first = event.hit.first
        near = _near(units, at, event)
        if kind == "no_effect":
            continue
        if kind in ("negation", "no") and near:
            polarity = Polarity.DENIED
        elif kind == "deny" and at < first:
            polarity, outright = Polarity.DENIED, True
        elif kind == "baseless" and any(u.low in _TALK for u in units):
            polarity, outright = Polarity.DENIED, True
        elif kind == "fail" and near:
            polarity = Polarity.DENIED
        elif kind == "possible" and near and not (word == "may" and units[at].text == "May"):
            certainty = Certainty.POSSIBLE
            if stage in (Stage.DELIVERED, Stage.ORDERED) and not _perfect(units, at):
                stage = Stage.CONSIDERED
        elif kind == "would" and near and not event.operators:
            certainty = Certainty.POSSIBLE if not _said_it(units, at) else certainty
            if stage in (Stage.DELIVERED, Stage.ORDERED, Stage.APPROVED) and certainty is Certainty.POSSIBLE:
                stage = Stage.CONSIDERED
        elif kind == "chance" and event.low - 3 <= at < first and _is_to_come(units, at, first):
            certainty = Certainty.POSSIBLE
            stage = Stage.CONSIDERED if stage in (Stage.DELIVERED, Stage.ORDERED, Stage.APPROVED) else stage
        elif kind == "hearsay" and event.low - 12 <= at <= event.high:
            certainty = Certainty.POSSIBLE
        elif kind == "probable" and near:
            certainty = Certainty.PROBABLE if certainty is Certainty.CERTAIN else certainty
        elif kind == "whether" and event.low - 3 <= at < first:
            certainty = Certainty.UNKNOWN if word == "whether" else Certainty.POSSIBLE
        else:
            continue
        told.append(word)
    if (
        polarity is Polarity.DENIED
        and not event.operators
        and stage is Stage.CONSIDERED
        and event.hit.trigger.stage is Stage.DELIVERED
    ):
        stage = Stage.DELIVERED
    return Factuality(polarity, certainty, stage, tuple(told), outright)


_TALK = frozenset("report reports rumour rumours rumor rumors claim claims allegation allegations talk story".split())


def _cues(units: Sequence[Unit], event: Event) -> list[tuple[str, int]]:
    """The cues of a sentence around an event, longest first at each place."""
    found: list[tuple[str, int]] = []
    low, high = max(0, event.low - 14), min(len(units), event.high + 1)
    at = low
    while at < high:
        kind, size = cue_at(units, at)
        if size:
            found.append((kind, at))
        at += max(1, size)
    return found


def cue_at(units: Sequence[Unit], at: int) -> tuple[str, int]:
    """The kind of the longest cue that begins at a unit, and how many units it has; 0 where none does."""
    words = grammar()
    if units[at].low in words.cue_openers:
        for size in range(min(3, len(units) - at), 0, -1):
            lows = tuple(u.low for u in units[at : at + size])
            if lows in words.cues:
                return words.cues[lows], size
    return "", 0


def _near(units: Sequence[Unit], at: int, event: Event) -> bool:
    """Whether a cue governs the event's verb, noun or first operator.

    Only auxiliaries, adverbs and governing words between.
    """
    targets = [event.hit.first, *(o.first for o in event.operators)]
    words = grammar()
    for target in sorted(targets):
        if target <= at:
            continue
        between = units[at + 1 : target]
        if len(between) <= 7 and all(
            u.low.endswith(("ly", "ing"))
            or u.low in _LIGHT
            or (u.low,) in words.triggers
            or u.low in words.passed
            or (u.kind in ("item", "number") and event.hit.trigger.noun)
            for u in between
        ):
            return True
    return False


_LIGHT = frozenset(
    "be been being is are was were have has had to not any the a an no further made make making do "
    "does did such more new possible potential sent also yet even still arms".split()
)


def _is_to_come(units: Sequence[Unit], cue: int, event: int) -> bool:
    """Whether an event behind a word of chance has not come about: "the odds that it will sell", "of selling"."""
    ahead = any(u.low in ("will", "would", "might", "could") for u in units[cue + 1 : event])
    return units[event].low.endswith("ing") or ahead


def _perfect(units: Sequence[Unit], at: int) -> bool:
    """ "may have sold": the possible thing is past, so its stage stays."""
    return any(u.low == "have" for u in units[at + 1 : at + 3])


def _said_it(units: Sequence[Unit], at: int) -> bool:
    """ "said it would": a promise by the party itself."""
    return (
        at >= 2
        and units[at - 1].low in ("it", "they", "he", "she", "we")
        and units[at - 2].low in ("said", "that", "says", "announced", "pledged")
    )
