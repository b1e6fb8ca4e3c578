"""Regions as the United Nations or an organisation of states defines them: names -> states, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from armsledger.errors import InputError, LexiconError
from armsledger.lexicon.entries import DATA

_FILE = "regions.yml"


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its states as of today, whose definition it is, and what others may count otherwise."""

    id: str
    name: str
    names: tuple[str, ...]
    members: tuple[str, ...]
    source: str
    note: str


@cache
def regions() -> tuple[Region, ...]:
    """All of them, in the order of the file."""
    import yaml

    told = yaml.safe_load((DATA / _FILE).read_text(encoding="utf-8"))
    if not isinstance(told, dict) or not isinstance(told.get("regions"), list):
        raise LexiconError(f"{_FILE}: needs regions")
    return tuple(_region(row) for row in told["regions"])


def region_named(said: str, option: str = "--region") -> Region:
    """The region of an id or a name, whatever the case. Raises InputError with all names for anything else.

    >>> region_named("south asia").members[:3]
    ('AFG', 'BGD', 'BTN')
    """
    wanted = _plain(said)
    for region in regions():
        if wanted in {_plain(name) for name in (region.id, region.name, *region.names)}:
            return region
    known = ", ".join(region.name for region in regions())
    raise InputError(option, f"{said!r} is no region that the list has", f"one of: {known}")


def _plain(name: str) -> str:
    return " ".join(name.replace("-", " ").casefold().split())


def _region(row: dict[str, Any]) -> Region:
    try:
        members = tuple(str(code) for code in row["members"])
        if len(set(members)) < len(members) or len(members) < 2:
            raise LexiconError(f"{_FILE}: {row['id']}: needs two members or more, each once")
        names = tuple(row.get("names", ()))
        return Region(row["id"], row["name"], names, members, row["source"], row.get("note", ""))
    except (KeyError, TypeError) as error:
        raise LexiconError(f"{_FILE}: {row!r:.60}: {error!r} is missing or wrong") from error
