"""Embargoes, statutes and designations that bear on arms transfers: dated facts, each with its legal act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from armsledger.errors import LexiconError
from armsledger.lexicon.entries import DATA

_FILE = "sanctions.yml"


class RuleKind(StrEnum):
    """What kind of rule: a statute's trigger (conduct that may be sanctioned) is no designation (a listed body)."""

    EMBARGO = "embargo"
    STATUTE = "statute"
    DESIGNATION = "designation"


class Barred(StrEnum):
    """What a rule is about."""

    SUPPLY_TO = "supply to"
    SUPPLY_FROM = "supply from"
    TRANSACTION = "transaction with"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule and its days: ``first`` inclusive, ``after`` exclusive (None: no end is known).

    ``whole`` is true where it is about the state as such; else ``scope`` says about which part of it. ``body`` is whom
    a designation names; ``blocking`` whether its property is blocked, which lists of blocked persons show.
    """

    id: str
    issuer: str
    kind: RuleKind
    target: str
    action: Barred
    first: date
    after: date | None
    whole: bool
    act: str
    scope: str
    body: str | None = None
    names: tuple[str, ...] = ()
    blocking: bool | None = None

    def in_force(self, day: date) -> bool:
        """Whether it held on a day."""
        return self.first <= day and (self.after is None or day < self.after)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file. Raises LexiconError where an entry breaks the schema."""
    made = tuple(_rule(row) for row in _told()["rules"])
    doubled = {rule.id for rule in made if [r.id for r in made].count(rule.id) > 1}
    if doubled:
        raise LexiconError(f"{_FILE}: {', '.join(sorted(doubled))}: defined twice")
    return made


def members(day: date) -> frozenset[str]:
    """The states that rules of the European Union bound on a day.

    >>> "GBR" in members(date(2020, 1, 31)), "GBR" in members(date(2020, 2, 1))
    (True, False)
    """
    rows = _told()["members"]
    return frozenset(r["party"] for r in rows if r["from"] <= day and ("to" not in r or day < r["to"]))


@cache
def _told() -> dict[str, Any]:
    import yaml

    told = yaml.safe_load((DATA / _FILE).read_text(encoding="utf-8"))
    if not isinstance(told, dict) or not {"rules", "members"} <= told.keys():
        raise LexiconError(f"{_FILE}: needs rules and members")
    return told


def _rule(row: dict[str, Any]) -> Rule:
    try:
        made = Rule(
            id=row["id"],
            issuer=row["issuer"],
            kind=RuleKind(row["kind"]),
            target=row["target"],
            action=Barred(row["action"]),
            first=row["from"],
            after=row.get("to"),
            whole={"all": True, "part": False}[row["whom"]],
            act=row["act"],
            scope=row["scope"],
            body=row.get("body"),
            names=tuple(row.get("names", ())),
            blocking=row.get("blocking"),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise LexiconError(f"{_FILE}: {row!r:.60}: {error!r} is missing or wrong") from error
    if not isinstance(made.first, date) or not isinstance(made.after, date | None):
        raise LexiconError(f"{_FILE}: {made.id}: from and to must be days")
    return made
