"""How well readings agree with the project's own small gold set, field by field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .alike import same_item


@dataclass(slots=True)
class Tally:
    """Counts per field; ``misses`` names every disagreement."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    expected: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    misses: list[str] = field(default_factory=list)

    def one(self, name: str, doc: str, expected: object, found: object) -> bool:
        """Counts a field with one value. A value that is absent and read as absent is right."""
        self.expected[name] += 1
        self.found[name] += 1
        self.right[name] += expected == found
        if expected != found:
            self.misses.append(f"{doc}: {name}: expected {expected!r}, found {found!r}")
        return expected == found

    def many(self, name: str, doc: str, expected: Iterable[str], found: Iterable[str]) -> bool:
        """Counts a field that is a set of names."""
        want, have = set(expected), set(found)
        self.expected[name] += len(want)
        self.found[name] += len(have)
        self.right[name] += len(want & have)
        if want != have:
            self.misses.append(f"{doc}: {name}: missed {sorted(want - have)}, wrongly found {sorted(have - want)}")
        return want == have

    def f1(self) -> dict[str, float]:
        """The harmonic mean of precision and recall per field, 0 to 1."""
        return {
            name: round(2 * self.right[name] / (self.expected[name] + self.found[name] or 1), 4)
            for name in self.expected
        }


def folded(name: str) -> str:
    """Letters and digits only, without the article: two ways to write one name come out the same."""
    return re.sub(r"[^a-z0-9]", "", name.lower().removeprefix("the "))


def _notice(tally: Tally, doc: str, want: Mapping[str, Any], have: Mapping[str, Any]) -> None:
    value = have.get("value") or {}
    same = [
        tally.one(name, doc, want[name] and str(want[name]), have.get(name))
        for name in ("recipient", "transmittal", "date")
    ]
    same.append(
        tally.one("value", doc, (want["value"], want["currency"]), (value.get("amount"), value.get("currency")))
    )
    tally.many("contractors", doc, map(folded, want["contractors"]), map(folded, have.get("contractors", [])))
    tally.many(
        "items",
        doc,
        (f"{count} {folded(name)}" for count, name in want["items"]),
        (f"{item['quantity']} {folded(item['designation'])}" for item in have.get("items", [])),
    )
    tally.one("whole", doc, True, all(same))


def _contract(tally: Tally, doc: str, want: Mapping[str, Any], have: Mapping[str, Any]) -> None:
    same = [
        tally.one(name, doc, want[name], have.get(name))
        for name in ("amount", "contract", "action", "cumulative", "foreign")
    ]
    same.append(tally.one("completion", doc, want["completion"] and str(want["completion"]), have.get("completion")))
    named = [c for c in have.get("customers", []) if len(c) == 3]
    same.append(tally.many("customers", doc, want["customers"], named))
    tally.many("contractors", doc, map(folded, want["contractors"]), map(folded, have.get("contractors", [])))
    if "items" in want:
        tally.many("items", doc, map(folded, want["items"]), map(folded, have.get("items", [])))
    tally.one("whole", doc, True, all(same))


_FLOW = ("supplier", "recipient")
_LEVELS = {"flow": (), "staged": ("stage",), "full": ("stage", "polarity", "certainty")}


def _news(tally: Tally, doc: str, want: list[Mapping[str, Any]], have: list[Mapping[str, Any]]) -> None:
    """Flow: supplier, recipient and item agree; staged: the stage too; full: polarity and certainty too."""
    for level, fields in _LEVELS.items():
        must = _distinct((r for r in want if not r.get("optional")), fields)
        may = [r for r in want if r.get("optional")]
        left = _distinct(have, fields)
        for record in must:
            hit = next((c for c in left if _alike(record, c, fields)), None)
            tally.expected[level] += 1
            if hit is None:
                tally.misses.append(f"{doc}: {level}: missed {_told(record)}")
            else:
                left.remove(hit)
                tally.right[level] += 1
                tally.found[level] += 1
        extra = [c for c in left if not any(_alike(m, c, fields) for m in may)]
        tally.found[level] += len(extra)
        tally.misses += [f"{doc}: {level}: wrongly found {_told(c)}" for c in extra]
    if not want:
        tally.one("empty", doc, True, not have)


def _distinct(records: Iterable[Mapping[str, Any]], fields: tuple[str, ...]) -> list[Mapping[str, Any]]:
    kept: list[Mapping[str, Any]] = []
    for record in records:
        if not any(_alike(record, known, fields) for known in kept):
            kept.append(record)
    return kept


def _alike(one: Mapping[str, Any], two: Mapping[str, Any], fields: tuple[str, ...]) -> bool:
    same = all(one.get(name) == two.get(name) for name in (*_FLOW, *fields))
    return same and same_item(one.get("item"), two.get("item"))


def _told(record: Mapping[str, Any]) -> str:
    return " ".join(str(record.get(name)) for name in ("supplier", "recipient", "item", "stage", "polarity"))


def score(entries: Iterable[Mapping[str, Any]], readings: Mapping[str, Mapping[str, Any]]) -> Tally:
    """The tally of gold entries against readings in the reading format, joined on ``doc``."""
    tally = Tally()
    for entry in entries:
        doc, reading = entry["doc"], readings.get(entry["doc"], {})
        if "transfers" in entry:
            _news(tally, doc, entry["transfers"], reading.get("claims", []))
        elif "notice" in entry:
            _notice(tally, doc, entry["notice"], (reading.get("notices") or [{}])[0])
        else:
            _contract(tally, doc, entry["contract"], (reading.get("contracts") or [{}])[0])
    return tally
