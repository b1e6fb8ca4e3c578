"""Which system of the lexicon a register's designation names, where its description agrees on what kind of thing it is.

"Tiger" is a helicopter and an armoured personnel carrier, "M-1" a tank and a howitzer: a name counts only where the
lexicon's head noun is one that the register's description allows. A turret, a chassis or a radar of a vehicle is not
the vehicle, and a description of an unknown kind allows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from armsledger.claims.systems import system_in
from armsledger.lexicon.designators import fold, system_of
from armsledger.lexicon.entries import SystemEntry
from armsledger.lexicon.matcher import lexicon

_AIR = frozenset("aircraft jet fighter bomber trainer tanker gunship".split())
_HELICOPTER = frozenset({"helicopter"})
_DRONE = frozenset({"drone", "loitering munition"})
_MISSILE = frozenset("missile system rocket interceptor".split())
_BOMB = frozenset("bomb kit missile rocket shell mine torpedo".split())
_LAUNCHER = frozenset("launcher system missile rocket".split())
_GUN = frozenset("gun howitzer mortar system".split())
_MOBILE_GUN = _GUN | {"vehicle", "tank"}
_VEHICLE = frozenset("vehicle tank truck".split())
_SHIP = frozenset("ship boat frigate submarine vessel corvette destroyer craft carrier cruiser cutter tug".split())
_SENSOR = frozenset("radar sonar pod sensor jammer".split())
_ENGINE = frozenset("engine turbine".split())
_TURRET = frozenset("turret station".split())

# The last word of a description (of its last part where there are several) -> heads that it allows.
_BY_WORD = {
    **dict.fromkeys(["aircraft"], _AIR),
    **dict.fromkeys(["helicopter", "heli"], _HELICOPTER),
    **dict.fromkeys(["uav", "drone", "munition"], _DRONE),
    **dict.fromkeys(["missile", "sam", "asm", "ssm", "abm", "sraam", "bvraam", "slbm"], _MISSILE),
    **dict.fromkeys(["bomb", "rocket", "shell", "torpedo", "mine"], _BOMB),
    **dict.fromkeys(["launcher", "mrl", "tel"], _LAUNCHER),
    **dict.fromkeys(["gun", "mortar", "howitzer"], _GUN),
    **dict.fromkeys(
        "tank vehicle carrier car bridgelayer apc ifv apv arv aev afsv av alv amv avlb".split(), _VEHICLE
    ),
    **dict.fromkeys(
        "frigate corvette destroyer submarine boat ship craft cruiser minesweeper minehunter minelayer gunboat tug opv "
        "fac icebreaker tanker aals ssb".split(),
        _SHIP,
    ),
    **dict.fromkeys(["radar", "sonar"], _SENSOR),
    **dict.fromkeys("engine turbofan turbojet turboprop turboshaft turbine".split(), _ENGINE),
    **dict.fromkeys(["turret"], _TURRET),
}  # fmt: skip
_CALIBRE = re.compile(r"\d{2,3}mm")
_WEAPON_SYSTEM = re.compile(r"\b(?:sam|abm|air-defence|ad|coastal defence|gun) system$")
_SENSOR_SYSTEM = re.compile(r"\b(?:electro-optical|eo|reconnaissance|recce|search|intelligence|sigint)\b.*\bsystem$")


@lru_cache(maxsize=65_536)
def designated(designation: str, description: str) -> str | None:
    """The lexicon's id of what a register calls so; None where it is not certain.

    >>> designated("S-70 Black Hawk", "transport helicopter"), designated("P-15", "air-search radar")
    ('uh-60', None)
    """
    allowed = heads_of(description)
    if not allowed:
        return None
    words = designation.split()
    bare = [word for word in words if not _CALIBRE.fullmatch(word)] or words
    for phrase in (words, *(bare[:last] for last in range(len(bare), 0, -1))):  # "Harpoon Block-1" is a Harpoon
        named = {s for s in _by_name().get(fold("".join(phrase)), ()) if _systems()[s].head in allowed}
        if named:  # what is named so must be of this kind, and one
            return named.pop() if len(named) == 1 else None
    for found in (system_of(" ".join(bare)), system_in(designation), system_in(f"{designation} {description}")):
        if found is not None and _systems()[found].head in allowed and _in_full(found, designation):
            return found
    return None


def heads_of(description: str) -> frozenset[str]:
    """The head nouns that a description allows; none where its kind is not known."""
    told = " ".join(description.lower().split("/")[-1].replace("surv ", "surveillance ").split())
    if _WEAPON_SYSTEM.search(told):
        return _MISSILE | _LAUNCHER | _GUN
    if _SENSOR_SYSTEM.search(told):
        return _SENSOR | {"system"}
    if told.startswith("self-propelled") and told.endswith(("gun", "mortar")):
        return _MOBILE_GUN
    if told.startswith("tank destroyer"):
        return _VEHICLE if told == "tank destroyer" else _TURRET
    if told == "aircraft carrier":
        return _SHIP
    return _BY_WORD.get(told.rpartition(" ")[2], frozenset())


def _in_full(system: str, designation: str) -> bool:
    """Whether the name found is that of the thing and not a stray part of another ("LE-500 Little Eagle" is no Eagle):
    it stands at the beginning, or the designation begins one of the system's names ("Knox" that of the Knox class).
    """
    first = re.split(r"[\s/]", designation.strip(), maxsplit=1)[0]
    if system in (system_of(designation), system_of(first), system_in(first)):
        return True
    key = fold(designation)
    return len(key) > 2 and any(name.startswith(key) for name in _names()[system])


@cache
def _systems() -> dict[str, SystemEntry]:
    return {system.id: system for system in lexicon().systems}


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    """Folded name -> the systems of that name, weak names too: the description says what kind of thing is meant."""
    table: dict[str, dict[str, None]] = {}
    for entry in lexicon().systems:
        names = (entry.name, *entry.names, *entry.weak, *(n for v in entry.variants for n in (v.name, *v.names)))
        for key in map(fold, names):
            if len(key) > 1:
                table.setdefault(key, {})[entry.id] = None
    return {key: tuple(systems) for key, systems in table.items()}


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """System -> its folded names."""
    table: dict[str, list[str]] = {}
    for name, systems in _by_name().items():
        for system in systems:
            table.setdefault(system, []).append(name)
    return {system: tuple(names) for system, names in table.items()}
