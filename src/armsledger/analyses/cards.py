"""A feasibility card: a YAML file of options, constraints and actors -> ``Card``. Every fault names its place.

question: Will ... ?
as_of: 2026-06-01
illustration: true              # the numbers are nobody's assessment
scale: {0: nothing changes, 100: done in full}
status_quo: 0
options: [{name: no deal, place: 0}, ...]
constraints: [{name: ..., kind: statute, state: pass|fail|unknown, bars: [option], source: ..., because: ...}]
actors: [{name: ..., position: 20 or [10, 20, 40], salience: ..., capability: ..., veto: true,
          source: ..., author: ..., because: ..., date: 2026-05-01}]
"""

from __future__ import annotations

from math import isfinite
from typing import Any

from armsledger.analyses.feasibility import Card, Constraint, Option, Party, Range, State
from armsledger.errors import InputError
from armsledger.model import DateInterval

_MOST_ROUNDS = 100
_KINDS = ("statute", "consent", "capacity", "dependence")


def card_from(text: str, source: str) -> Card:
    """The card of a file's text. Raises InputError that names the entry and the field."""
    import yaml

    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise InputError(source, f"is no YAML: {' '.join(str(problem).split())}", "mend the file") from problem
    top = _Entry(told, source)
    scale = tuple(sorted((_number(k, source, "scale"), str(v)) for k, v in top.entry("scale").told.items()))
    if len(scale) < 2:
        raise InputError(source, "its scale has no two ends", "give scale: {0: nothing changes, 100: done in full}")
    options = tuple(Option(e.words("name"), e.number("place")) for e in top.entries("options"))
    card = Card(
        question=top.words("question"),
        as_of=top.optional("as_of"),
        scale=scale,
        status_quo=top.number("status_quo"),
        options=options,
        constraints=tuple(_constraint(e, {o.name for o in options}) for e in top.entries("constraints", least=0)),
        parties=tuple(_party(e) for e in top.entries("actors")),
        illustration=bool(top.told.get("illustration", False)),
        rounds=_rounds(top.told.get("rounds", 10), source),
    )
    _check_places(card, source)
    _check_names(card, source)
    _check_days(card, source)
    return card


def _rounds(said: Any, source: str) -> int:
    if isinstance(said, bool) or not isinstance(said, int) or not 1 <= said <= _MOST_ROUNDS:
        raise InputError(f"{source}.rounds", f"{said!r} is no number of rounds", f"give 1 to {_MOST_ROUNDS}")
    return said


def _check_names(card: Card, source: str) -> None:
    """Two entries of one name could not be told apart in what comes out."""
    for what, names in (("option", [o.name for o in card.options]), ("actor", [p.name for p in card.parties])):
        if twice := next((name for n, name in enumerate(names) if name in names[:n]), None):
            raise InputError(f"{source}: {twice}", f"is the name of two {what}s", f"give each {what} a name of its own")


def _check_days(card: Card, source: str) -> None:
    """What an actor is said to want cannot have been said after the card's own day."""
    end = None if card.as_of is None else _day(card.as_of, f"{source}.as_of")
    for party in card.parties:
        when = _day(party.dated, f"{source}: {party.name}.date")
        if end is not None and when.first >= end.after:
            raise InputError(
                f"{source}: {party.name}.date", f"{party.dated} is after as_of, {card.as_of}", "mend one of the two"
            )


def _day(said: str, where: str) -> DateInterval:
    try:
        return DateInterval(said)
    except (ValueError, OverflowError) as problem:
        raise InputError(where, str(problem), "give a day, a month or a year: 2026-05-01") from None


def _check_places(card: Card, source: str) -> None:
    if len(card.options) < 2:
        raise InputError(source, "has fewer than two options", "add the other outcomes, the status quo among them")
    places = [(o.name, o.place) for o in card.options] + [("status_quo", card.status_quo)]
    places += [(p.name, end) for p in card.parties for end in (p.position.low, p.position.high)]
    for name, place in places:
        if not card.low <= place <= card.high:
            problem = f"{place:g} is outside the scale, which runs from {card.low:g} to {card.high:g}"
            raise InputError(f"{source}: {name}", problem, "move it onto the scale or widen the scale")


def _constraint(entry: _Entry, options: set[str]) -> Constraint:
    bars = tuple(str(name) for name in entry.told.get("bars", ()))
    for name in bars:
        if name not in options:
            raise InputError(entry.where, f"bars {name!r}, which is no option of the card", "name one of its options")
    kind, state = entry.words("kind"), entry.words("state")
    if kind not in _KINDS:
        raise InputError(f"{entry.where}.kind", f"{kind!r} is none", f"one of: {', '.join(_KINDS)}")
    if state not in tuple(State):
        raise InputError(f"{entry.where}.state", f"{state!r} is none", f"one of: {', '.join(State)}")
    return Constraint(entry.words("name"), kind, State(state), bars, entry.words("source"), entry.words("because"))


def _party(entry: _Entry) -> Party:
    salience, capability = entry.range("salience"), entry.range("capability")
    if not 0 <= salience.low <= salience.high <= 1:
        raise InputError(
            f"{entry.where}.salience", f"{salience.low:g} to {salience.high:g} leaves 0 to 1", "give 0 to 1"
        )
    if not capability.low > 0:
        raise InputError(f"{entry.where}.capability", f"{capability.low:g} is not above zero", "leave the actor out")
    return Party(
        name=entry.words("name"),
        position=entry.range("position"),
        salience=salience,
        capability=capability,
        veto=bool(entry.told.get("veto", False)),
        source=entry.words("source"),
        author=entry.words("author"),
        because=entry.words("because"),
        dated=entry.words("date"),
    )


class _Entry:
    """A mapping of the file and where it stands, so that a fault can say so."""

    def __init__(self, told: Any, where: str) -> None:
        if not isinstance(told, dict):
            raise InputError(where, "is no entry of names and values", "see the card in examples/")
        self.told: dict[Any, Any] = told
        self.where = where

    def entry(self, name: str) -> _Entry:
        return _Entry(self._given(name), f"{self.where}: {name}")

    def entries(self, name: str, least: int = 1) -> list[_Entry]:
        held = self.told.get(name, [])
        if not isinstance(held, list) or len(held) < least:
            raise InputError(f"{self.where}: {name}", "is missing or no list", "see the card in examples/")
        return [_Entry(one, f"{self.where}: {name}[{n}]") for n, one in enumerate(held, 1)]

    def words(self, name: str) -> str:
        said = self._given(name)
        if isinstance(said, dict | list) or not str(said).strip():
            raise InputError(f"{self.where}.{name}", f"{said!r} is no text", "give it in words")
        return str(said).strip()

    def optional(self, name: str) -> str | None:
        return None if self.told.get(name) is None else self.words(name)

    def number(self, name: str) -> float:
        return _number(self._given(name), self.where, name)

    def range(self, name: str) -> Range:
        """One number, or [least, most], or [least, likeliest, most]."""
        given = self._given(name)
        parts = [_number(p, self.where, name) for p in (given if isinstance(given, list) else [given])]
        if len(parts) == 2:
            parts.insert(1, sum(parts) / 2)
        if len(parts) == 1:
            parts *= 3
        if len(parts) != 3 or parts != sorted(parts):
            raise InputError(f"{self.where}.{name}", f"{given!r} is no range", "give one number, or least and most")
        return Range(*parts)

    def _given(self, name: str) -> Any:
        if self.told.get(name) is None:
            raise InputError(self.where, f"has no {name}", "see the card in examples/")
        return self.told[name]


def _number(said: Any, where: str, name: str) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float) or not isfinite(said):
        raise InputError(f"{where}.{name}", f"{said!r} is no number", "give a number")
    return float(said)
