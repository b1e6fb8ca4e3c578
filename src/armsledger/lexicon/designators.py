"""The general grammar of type designators, so that a system the lexicon does not list is still an item.

    designator = ["AN/"] stem { part }
    stem       = LETTERS ["-"] DIGITS | DIGITS LETTERS DIGITS        AIM-120 · F-16 · M142 · 9M96E2 · SPY-7 · Su-30MKI
    part       = LETTERS | "-" (DIGITS|LETTERS) | "/" more | "(V)" DIGITS
    marks      = ("Block"|"Blk"|"Mod"|"Mk"|"Increment"|"Tranche") NUMBER

and its place in the lexicon: ``system_of("AIM-120C-8")`` is the family ``aim-120``, by the longest listed beginning
that does not cut a number or a word in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from armsledger.lexicon.entries import SystemEntry
from armsledger.lexicon.matcher import lexicon

_V = r"\(V\)\s?\d{0,2}(?:/[A-Z0-9])?"
_TAIL = (
    r"(?:(?:-[A-Z]{0,3}\d{1,3}[A-Z]{0,2}|-[A-Z]{1,3}|/[A-Z]{1,4}-?\d{1,4}[A-Z]{0,2}|/[A-Z]\+?|/\d{1,2}"
    rf"|\s?{_V}|\((?:[a-z]|[A-Z]|\d{{1,2}})\)(?:/[A-Z])?))"
)
_STEM = (
    r"(?:AN/[A-Z]{3}-?\d{1,3}[A-Z]{0,2}|[A-Z]{1,6}(?:/[A-Z]{1,3})?-?\d{1,4}[A-Z]{0,4}(?:\d{1,2}(?:[A-Z]\d?)?)?|"
    r"(?:MiG|Mi|Su|Ka|Yak|Tu|Il|An|Kh|Pz|Rb|Mk|Kfir|Sa)-?\d{1,3}[A-Z]{0,4}\d?|\d{1,2}[A-Z]\d{1,3}[A-Z]?\d?)"
)
_DESIGNATOR = re.compile(
    rf"(?<![\w$€£.,/-]){_STEM}{_TAIL}{{0,5}}(?![\w])(?P<mark>\s\(?(?:Block|Blk\.?|BLOCK|Mod\.?|MOD|Mk\.?|MK|Increment|Tranche)\s(?:\d{{1,3}}(?:/\d{{1,3}})?|[IVX]{{1,4}})[A-Z]?\+?\)?(?!\w))?"
)
# What looks like a designator and is none: contract and public-law numbers, years, modifications.
_NOT_ONE = re.compile(
    r"(?:FY|CY|P0|PZ|A0|COVID|P\d{5}|[A-Z]{1,2}\d{4}[A-Z]?\d*-\d\d|U\.?S|NATO|HQ0|G-?[0-9]{1,2}$|[A-Z]{2}-[A-Z]-)"
)


_CONTRACT = re.compile(r"[A-Z0-9]{6}-?\d\d-?[A-Z]-?\w{4}")
# What stands behind these words numbers a part of a plan or a place: "Phase C1", "Building G-3", "Baseline K2".
_PLACE = re.compile(
    r"\b(?:Phase|Baseline|Building|Bldg\.?|Operable Unit|Pier|Zone|Level|Lot|Site|Wharf|Hangar|Option|Room|Spiral|"
    r"Annex)\s$"
)


@dataclass(frozen=True, slots=True)
class Designator:
    """A type designator in a text: its words without and with block or mark, and its span (with it)."""

    text: str
    start: int
    end: int
    stem_end: int


def find_designators(text: str, start: int = 0, end: int | None = None) -> Iterator[Designator]:
    """The designators of a stretch, in order.

    >>> [d.text for d in find_designators("53 AIM-120C-8, AN/APG-83, GBU-31(V)1 and F-16C/D Block 70; FY2024")]
    ['AIM-120C-8', 'AN/APG-83', 'GBU-31(V)1', 'F-16C/D Block 70']
    """
    for found in _DESIGNATOR.finditer(text, start, len(text) if end is None else end):
        place = _PLACE.search(text, max(start, found.start() - 16), found.start())
        if not (place or _NOT_ONE.match(found[0]) or _CONTRACT.match(text, found.start())):
            stem = found.start("mark") if found["mark"] else found.end()
            yield Designator(found[0], found.start(), found.end(), stem)


def fold(name: str) -> str:
    """Lower-case letters and digits only: ``AIM-120C-8`` and ``aim 120 c8`` fold alike."""
    return re.sub(r"[^a-z0-9]+", "", name.lower())


@cache
def strong_names() -> Mapping[str, str]:
    """Folded name -> system id, for names with a digit and for all strong names; ambiguous ones are left out."""
    table: dict[str, str | None] = {}
    for system in lexicon().systems:
        for name in _all_names(system):
            key = fold(name)
            if len(key) > 1:
                table[key] = system.id if table.get(key, system.id) == system.id else None
    return {key: value for key, value in table.items() if value}


def _all_names(system: SystemEntry) -> Iterator[str]:
    yield from (system.name, *system.names, *(w for w in system.weak if re.search(r"\d", w)))
    for variant in system.variants:
        yield from (variant.name, *variant.names)


@lru_cache(maxsize=65536)
def system_of(designation: str) -> str | None:
    """The lexicon's id of the family that a designation belongs to; None where none is listed or two could be meant."""
    key = fold(designation)
    table = strong_names()
    if key in table:
        return table[key]
    digit = re.search(r"\d", key)
    for cut in range(min(len(key) - 1, 24), max(2, digit.start()) if digit else len(key), -1):
        if key[:cut] in table and not (key[cut].isdigit() and key[cut - 1].isdigit()):
            return table[key[:cut]]
    return None
