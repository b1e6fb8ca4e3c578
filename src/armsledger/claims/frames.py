"""What frames say of a transfer, as values: a trigger where it stands, a side and who fills it, an event."""

from __future__ import annotations

from dataclasses import dataclass

from armsledger.lexicon.grammar import Trigger
from armsledger.model import Mode, Stage


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger where it stands: units ``first`` to ``last`` (inclusive)."""

    trigger: Trigger
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Side:
    """A party that fills a side of a transfer: its code, the unit that names it, and how it was found."""

    party: str | None
    unit: int | None
    how: str


Sides = tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One transfer told in a sentence, before the document has had its say."""

    hit: Hit
    items: tuple[int, ...]  # units
    suppliers: Sides
    recipients: Sides
    stage: Stage
    operators: tuple[Hit, ...] = ()
    mode: Mode | None = None
    low: int = 0
    high: int = 0
    open_recipient: bool = False
    elliptic: int | None = None  # a number or pronoun that stands for the last item ("two have arrived", "sold them")
