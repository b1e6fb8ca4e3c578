"""Parts of platforms that come under another state's control, and where states stand towards the Arms Trade Treaty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from armsledger.errors import LexiconError
from armsledger.lexicon.entries import DATA

_PARTS, _TREATY = "components.yml", "arms-trade-treaty.yml"


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a system whose export takes a state's consent; ``system`` and ``part`` are ids of the lexicon."""

    system: str
    part: str
    state: str
    what: str
    source: str


@cache
def components() -> tuple[Component, ...]:
    """All of them, in the order of the file."""
    try:
        return tuple(Component(**row) for row in _rows(_PARTS))
    except TypeError as error:
        raise LexiconError(f"{_PARTS}: {error}") from error


def treaty_status(party: str, day: date) -> tuple[str, str] | None:
    """``party``, ``signatory`` or ``none`` on a day, and the source; None where it is not known.

    >>> treaty_status("CHN", date(2019, 1, 1))[0], treaty_status("CHN", date(2021, 1, 1))[0]
    ('none', 'party')
    """
    held = [row for row in _rows(_TREATY) if row["party"] == party and row["from"] <= day]
    if not held:
        return None
    last = max(held, key=lambda row: row["from"])
    return str(last["status"]), str(last["source"])


@cache
def _rows(name: str) -> tuple[dict[str, Any], ...]:
    import yaml

    rows = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LexiconError(f"{name}: needs a list of entries")
    return tuple(rows)
