"""Confidence-building measures between two states, by day and by what they cover: dated facts, each with its act."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from armsledger.errors import LexiconError
from armsledger.lexicon.entries import DATA
from armsledger.model import DateInterval

_FILE = "confidence-measures.yml"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of two states: since when, until when (None: no end is known), what its text covers and leaves out.

    ``sure_until`` is the last day for which somebody has looked up that it held; None where it has no term.
    """

    id: str
    parties: tuple[str, str]
    name: str
    first: DateInterval
    after: DateInterval | None
    sure_until: DateInterval | None
    covers: tuple[str, ...]
    leaves_out: tuple[str, ...]
    source: str

    def held(self, day: date) -> bool | None:
        """Whether it held on a day; None where that is not known.

        >>> accidents = next(m for m in measures("PAK", "IND") if m.covers == ("nuclear-accidents",))
        >>> [accidents.held(date(year, 1, 1)) for year in (2007, 2020, 2024)]
        [False, True, None]
        """
        if day < self.first.first or (self.after is not None and day >= self.after.after):
            return False
        if day < self.first.after and self.first.iso.count("-") < 2:
            return None  # within the year that is all that is known
        late = self.sure_until is not None and day >= self.sure_until.after
        return None if late or (self.after is not None and day >= self.after.first) else True


def measures(one: str, other: str) -> tuple[Measure, ...]:
    """Those between two states, in the order of the file."""
    return tuple(m for m in _measures() if set(m.parties) == {one, other})


def measures_among(members: Collection[str]) -> tuple[Measure, ...]:
    """Those between any two of some states, in the order of the file."""
    return tuple(m for m in _measures() if set(m.parties) <= set(members))


@cache
def classes() -> tuple[tuple[str, str], ...]:
    """What a measure can cover: id and name, in the order of the file."""
    return tuple((row["id"], row["name"]) for row in _told()["classes"])


@cache
def _measures() -> tuple[Measure, ...]:
    known = {name for name, _ in classes()}
    made = tuple(_measure(row) for row in _told()["measures"])
    for one in made:
        if unknown := {*one.covers, *one.leaves_out} - known:
            raise LexiconError(f"{_FILE}: {one.id}: {', '.join(sorted(unknown))}: no such class")
    return made


def _measure(row: dict[str, Any]) -> Measure:
    def day(name: str) -> DateInterval | None:
        return DateInterval(row[name]) if name in row else None

    try:
        one, other = row["parties"]
        return Measure(
            id=row["id"],
            parties=(one, other),
            name=row["name"],
            first=DateInterval(row["from"]),
            after=day("to"),
            sure_until=day("sure_until"),
            covers=tuple(row["covers"]),
            leaves_out=tuple(row.get("leaves_out", ())),
            source=row["source"],
        )
    except (KeyError, ValueError, TypeError) as error:
        raise LexiconError(f"{_FILE}: {row!r:.60}: {error!r} is missing or wrong") from error


@cache
def _told() -> dict[str, Any]:
    import yaml

    told = yaml.safe_load((DATA / _FILE).read_text(encoding="utf-8"))
    if not isinstance(told, dict) or not {"classes", "measures"} <= told.keys():
        raise LexiconError(f"{_FILE}: needs classes and measures")
    return told
