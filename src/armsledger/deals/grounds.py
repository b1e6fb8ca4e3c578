"""Where a claim belongs before anything is compared: its ground and its own key.

A ground is the least set of claims that can be of one deal: the same recipient and the same family of system, or the
same kind of thing where no system is known. Only claims of one ground are compared, so a new document touches the
grounds of its own claims and nothing else.

    recipient and family       TUR aim-120
    recipient and kind         TUR *missile          no system is known
    supplier and family        ?RUS s-400            no recipient is named
    contract                   contract FA867523C0037   what is said of a contract as a whole
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from armsledger.lexicon.designators import find_designators, fold, strong_names, system_of
from armsledger.lexicon.grammar import grammar
from armsledger.lexicon.matcher import lexicon
from armsledger.model import Claim, Subject


def place(claim: Claim) -> tuple[str, str]:
    """The ground of a claim and its own key: what its deal is called before anything is compared."""
    own = own_key(claim)
    if claim.subject is Subject.CONTRACT:
        number = contract_number(claim)
        return (f"contract {number}", own) if number else (f"contract {claim.id}", own)
    party = claim.recipient or f"?{claim.supplier or ''}"
    return f"{party} {thing(claim.system, claim.item)}", own


def is_of_system(ground: str) -> bool:
    """Whether a ground is about a known family of systems, not about a kind of thing.

    >>> is_of_system("TUR aim-120"), is_of_system("TUR *missile")
    (True, False)
    """
    return " *" not in ground


def own_key(claim: Claim) -> str:
    """A transmittal with supplier and buyer, else a contract with its buyer, else the claim alone."""
    number = transmittal(claim)
    if number:
        return case_key(claim, number)
    number = contract_number(claim)
    return f"contract {number} {claim.recipient or '-'}" if number else f"claim {claim.id}"


def case_key(claim: Claim, transmittal: str) -> str:
    """The key of the notified case of this number, with the supplier and the buyer of the claim."""
    return f"transmittal {claim.supplier or '-'} {transmittal} {claim.recipient or '-'}"


def transmittal(claim: Claim) -> str | None:
    """The official number of the notified case that a claim is of."""
    return next((a.value.upper() for a in claim.anchors if a.field == "transmittal"), None)


def contract_number(claim: Claim) -> str | None:
    """The number of the contract that a claim is of, without hyphens."""
    return next((a.value.replace("-", "").upper() for a in claim.anchors if a.field == "contract"), None)


@lru_cache(maxsize=65536)
def thing(system: str | None, item: str | None) -> str:
    """What is compared with what: the family of the system, else ``*`` and the kind of thing that the item is.

    >>> thing("f-15ex", "F-15EX"), thing(None, "AIM-120C-8 missiles"), thing(None, "air-to-air missiles")
    ('f-15', 'aim-120', '*missile')
    """
    known = system or (named_in(item) if item else None)
    return broader().get(known, known) if known else "*" + kind(item or "")


def named_in(item: str) -> str | None:
    """The lexicon's id of the first system that an item names by designator or by a strong name; None for none."""
    whole = system_of(item)
    if whole:
        return whole
    for designator in find_designators(item):
        found = system_of(designator.text)
        if found:
            return found
    return next((strong_names()[name] for name in _runs(item) if name in strong_names()), None)


_LONGEST_NAME = 5  # words that are tried together


def _runs(item: str) -> Iterator[str]:
    """The folded runs of words that begin with a capital, longest first at each place."""
    words = re.findall(r"[^\W_][\w/.-]*", item)[:24]
    for first, word in enumerate(words):
        if word[0].isupper():
            for last in range(min(len(words), first + _LONGEST_NAME), first, -1):
                yield fold("".join([*words[first : last - 1], singular(words[last - 1])]))


@cache
def broader() -> Mapping[str, str]:
    """System id -> the family that it is a later member of: ``f-15ex`` is an ``f-15``, ``c-130j`` a ``c-130``.

    The lexicon lists some members of a family apart; papers about one deal use either name.
    """
    heads = {s.id: s.head for s in lexicon().systems}
    found = {}
    for system, head in heads.items():
        for cut in range(len(system) - 1, 2, -1):
            family = system[:cut]
            if heads.get(family) == head and family[-1].isdigit() and system[cut].isalpha():
                found[system] = family
    return found


# -- kinds of things --------------------------------------------------------------------------------------

# Words for one kind, so that "fighter jets" and "combat aircraft" can be compared; others stand for themselves.
_KINDS = {
    "fighter": "fighter jet,jet fighter,fighter aircraft,combat aircraft,warplane,jet,fighter plane,combat jet,fighter",
    "aircraft": "aircraft,plane,military aircraft,military plane,airplane,aeroplane",
    "drone": "drone,uav,unmanned aerial vehicle,unmanned aircraft,uas,unmanned aerial system,combat drone,"
    "military drone,ucav",
    "ship": "ship,warship,vessel,boat,patrol boat,patrol vessel,patrol ship,naval vessel,gunboat,missile boat",
    "air defence system": "air defence system,air defense system,air defence,air defense,missile defence system,"
    "missile defense system,air-defence battery,anti-aircraft system,surface-to-air missile system",
    "tank": "tank,battle tank,main battle tank",
    "armoured vehicle": "armoured vehicle,armored vehicle,armoured personnel carrier,armored personnel carrier,"
    "fighting vehicle,infantry fighting vehicle",
    "howitzer": "howitzer,self-propelled howitzer,artillery,artillery gun",
    "equipment": "equipment,military equipment,defence equipment,defense equipment,hardware,military hardware,"
    "arms,weapon,weaponry,weapons system,weapon system,materiel,military materiel,package,defence package,"
    "military package,arms package,military aid,military assistance,military supplies",
    "ammunition": "ammunition,round,shell,artillery shell,mortar shell,munition,cartridge,projectile",
}  # fmt: skip
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split(",")}
_BEHIND = re.compile(r",|;|\(|(?<![\w-])(?:for|of|with|and|to|from|in|on|by|worth|including|plus|such)(?![\w-])")


# "Launch Control Units MK 235 Mod 7": what numbers a thing does not say what it is.
_MARKS = re.compile(r"\b(?:mk|mod|block|blk|lot|type|model|increment)\b\.?\s?[\w/-]{0,8}|[^\s,;()]*\d[^\s,;()]*")


@lru_cache(maxsize=65536)
def kind(item: str) -> str:
    """The kind of thing that a phrase names: its head noun, singular, without case; empty where it has no word.

    >>> kind("Air-to-Air Missiles"), kind("new fighter jets"), kind("batteries of missiles"), kind("")
    ('missile', 'fighter', 'missile', '')
    """
    text = _MARKS.sub(" ", item.casefold())
    parts = [part.split() for part in _BEHIND.split(text)]
    containers = grammar().containers
    for words in parts:
        if words and words[-1] not in containers:
            return _head(words)
    return _head(parts[0])


def _head(words: list[str]) -> str:
    """The longest known noun that the words end in, else the last word."""
    bare = [*words[:-1], singular(words[-1])] if words else []
    for first in range(max(0, len(bare) - 3), len(bare)):
        named = " ".join(bare[first:])
        if named in _KIND_OF:
            return _KIND_OF[named]
        if tuple(bare[first:]) in grammar().strong and first == len(bare) - 1:
            return named
    return re.sub(r"[^\w-]", "", bare[-1]) if bare else ""


def singular(noun: str) -> str:
    """A noun without its plural ending.

    >>> [singular(n) for n in ("missiles", "batteries", "torpedoes", "aircraft", "corvettes", "glass", "howitzers")]
    ['missile', 'battery', 'torpedo', 'aircraft', 'corvette', 'glass', 'howitzer']
    """
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("oes", "xes", "ches", "shes", "sses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3 else noun
