"""Who stands where around a trigger: subject, indirect object, behind "to", "from", "by" or "with", owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from armsledger.claims.frames import Hit, Side, Sides
from armsledger.claims.objects import listed
from armsledger.claims.triggers import ANAPHORS
from armsledger.claims.units import Unit
from armsledger.lexicon.grammar import grammar

PARTYISH = ("party", "company", "office")
_OPEN = frozenset("allies partners customers buyers clients countries nations states".split())
_PREPOSITIONS = frozenset(
    "to for from with in of at by on against between under over into through via about near and like".split()
)

# -- before the trigger -----------------------------------------------------------------------------------


def subject(units: Sequence[Unit], hit: Hit, low: int) -> Sides:
    """Who does it: the nearest party to the left that no preposition governs, over auxiliaries and governing verbs;
    else what stands for one ("it", "the country", "the company").
    """
    anaphor: Side | None = None
    for at in range(hit.first - 1, low - 1, -1):
        u = units[at]
        if u.kind in PARTYISH and u.party:
            preposition = _preposition(units, at, low)
            if preposition in (None, "between", "and") or (preposition in ("of", "in") and _headed(units, at, low)):
                if u.kind == "party" and u.how == "demonym" and at + 1 < len(units) and units[at + 1].kind == "item":
                    continue
                return _coordinated(units, at, low)
            if preposition in ("to", "for") and _asked(units, at, low):
                return (Side(u.party, at, "asked"),)
        elif anaphor is None:
            anaphor = _anaphor(units, at, low)
    return (anaphor,) if anaphor else ()


_COUNTRIES = frozenset("country kingdom government emirate island republic army navy military ministry state".split())
_COMPANIES = frozenset("company firm maker manufacturer group shipbuilder conglomerate".split())


def _anaphor(units: Sequence[Unit], at: int, low: int) -> Side | None:
    """What stands for a party named before: "it", "the kingdom", "its navy", "the firm"."""
    u = units[at]
    if u.low in ANAPHORS:
        return Side(None, at, u.low)
    before = units[at - 1].low if at > low else ""
    if u.low in _COUNTRIES and before in ("the", "its"):
        return Side(None, at, "the country")
    if u.low in _COMPANIES and before == "the":
        return Side(None, at, "the company")
    return None


def _preposition(units: Sequence[Unit], at: int, low: int) -> str | None:
    """The preposition that governs a party, or None: articles, adjectives and demonyms are stepped over."""
    here = at - 1
    while here >= low and at - here < 4:
        u = units[here]
        if u.low in _PREPOSITIONS:
            return u.low
        if u.low in ("the", "a", "an", "neighbouring", "neighboring", "its", "ally", "rival") or u.kind in ("office",):
            here -= 1
            continue
        return None
    return None


_HEADS = frozenset(
    "government ministry republic kingdom army navy authorities officials parliament forces president minister leaders "
    "emirate military sultanate".split()
)


def _headed(units: Sequence[Unit], at: int, low: int) -> bool:
    """ "the government of Syldavia", "officials in Borduria": the party behind the preposition is meant."""
    return any(u.low in _HEADS for u in units[max(low, at - 4) : at])


def _asked(units: Sequence[Unit], at: int, low: int) -> bool:
    return any(u.low in ("appealed", "appeal", "urged", "asked", "called") for u in units[max(low, at - 4) : at])


def _coordinated(units: Sequence[Unit], at: int, low: int) -> Sides:
    """A subject and what is joined to it on its left: "Aland and Borduria sold"."""
    sides = [Side(units[at].party, at, units[at].kind if units[at].kind != "party" else "stated")]
    here = at - 1
    while here > low and (units[here].low in ("and", ",") or units[here].text == ",") and len(sides) < 5:
        there = here - 1
        if units[there].low == "'s" or units[there].kind not in PARTYISH or not units[there].party:
            break
        if units[there].party not in [s.party for s in sides]:
            sides.append(Side(units[there].party, there, "stated"))
        here = there - 1
    if here >= low and units[here].low in _PREPOSITIONS - {"and", "between"} and len(sides) > 1:
        return tuple(sides[:1])
    return tuple(sides)


def heard(units: Sequence[Unit], hit: Hit) -> Sides:
    """The party right before a participle: "the forces of Aland, trained and armed by Borduria"."""
    for at in range(hit.first - 1, max(-1, hit.first - 8), -1):
        if units[at].kind == "party" and units[at].party:
            return (Side(units[at].party, at, "stated"),)
    return ()


_BEFORE_DEAL = frozenset("possible potential proposed planned arms defence defense weapons".split())


def possessive(units: Sequence[Unit], hit: Hit, low: int) -> Sides:
    """Whose a noun of a transfer is: "Borduria's recent purchase", "the Borduria deal", "its order"."""
    words = grammar()
    at = hit.first - 1
    while at > low and hit.first - at < 8:
        u = units[at]
        if u.low == "'s" and units[at - 1].party:
            return (Side(units[at - 1].party, at - 1, "possessive"),)
        if (
            u.kind == "party"
            and u.how in ("demonym", "party", "seat")
            and at == hit.first - 1 - (units[hit.first - 1].kind == "item")
        ):
            return (Side(u.party, at, "possessive"),)
        if u.low in ("its", "their"):
            return (Side(None, at, "its"),)
        if not (
            u.kind in ("item", "money", "number", "made")
            or u.low in words.passed
            or u.low in words.modifiers
            or u.low in _BEFORE_DEAL
        ):
            break
        at -= 1
    return ()


# -- behind the trigger -----------------------------------------------------------------------------------


def towards(
    units: Sequence[Unit], hit: Hit, items: Sequence[int], high: int, prepositions: tuple[str, ...]
) -> tuple[Sides, bool]:
    """Who gets, behind "to" or "for"; whether an open group ("other customers") stands there instead."""
    start = hit.last + 1
    for at in range(start, high + 1):
        u = units[at]
        if u.low in prepositions and at + 1 <= high:
            if u.low == "with" and not (items and items[0] > at):
                continue
            sides = parties_behind(units, at, high)
            opened = any(x.low in _OPEN for x in units[at + 1 : at + (5 if not sides else 9)])
            if sides:
                return sides, opened
            if opened:
                return (), True
        if (u.kind == "word" and at > start + 2 and u.low in grammar().reporting) or (
            u.text == "," and at + 1 <= high and units[at + 1].low in ("a", "an", "the", "which", "who")
        ):
            break
    return (), False


def source(units: Sequence[Unit], hit: Hit, high: int) -> Sides:
    """Who hands over, behind "from"; behind "by" where a noun of selling stands before it."""
    for at in range(hit.last + 1, high + 1):
        if units[at].low == "from" and at + 1 <= high:
            sides = parties_behind(units, at, high)
            if sides:
                return sides
        if units[at].low == "by" and hit.trigger.noun:
            sides = parties_behind(units, at, high)
            if sides and hit.trigger.side == "supplier":
                return sides
    return ()


def agent(units: Sequence[Unit], hit: Hit, high: int) -> Sides:
    """Who does it in the passive, behind "by"."""
    for at in range(hit.last + 1, min(high, hit.last + 14) + 1):
        if units[at].low == "by":
            return parties_behind(units, at, high)
    return ()


def partner(units: Sequence[Unit], hit: Hit, high: int) -> Sides:
    """The parties behind "with" or "between"."""
    for at in range(hit.last + 1, high + 1):
        if units[at].low in ("with", "between"):
            sides = parties_behind(units, at, high)
            if sides:
                return sides
    return ()


def indirect(units: Sequence[Unit], hit: Hit, items: Sequence[int]) -> Sides:
    """A party between a verb and its item: "sold Borduria twelve jets", "armed the rebels with"."""
    stop = items[0] if items and items[0] > hit.last else hit.last + 4
    for at in range(hit.last + 1, min(stop, len(units))):
        u = units[at]
        if (
            u.kind in PARTYISH
            and u.party
            and not (u.kind == "party" and u.how == "demonym")
            and not (at + 1 < len(units) and units[at + 1].low == "'s")
            and _preposition(units, at, hit.last + 1) is None
        ):
            return (Side(u.party, at, "stated"),)
        if u.low in ("to", "for", "from", "of"):
            break
    return ()


_REALMS = frozenset("country kingdom emirate island republic".split())


def parties_behind(units: Sequence[Unit], at: int, high: int) -> Sides:
    """The parties right behind a preposition, with those listed; none where an infinitive or an item comes first."""
    here = at + 1
    while here <= high and here - at < 7:
        u = units[here]
        if u.kind in PARTYISH and u.party:
            return () if _owns_item(units, here) else tuple(_listed_parties(units, here, high))
        if u.low in _REALMS and here - at < 4:
            return (Side(None, here, "the country"),)
        if u.low in ("it", "them") and here == at + 1:
            return (Side(None, here, u.low),)
        if (
            u.kind in ("item", "money", "number", "date")
            or u.text in ",;."
            or (here == at + 1 and _infinitive(units, here))
        ):
            return ()
        here += 1
    return ()


def _owns_item(units: Sequence[Unit], at: int) -> bool:
    """Whether a party only says whose an item is: "Aland's missiles", "Alandian missiles"."""
    u, after = units[at], units[at + 1] if at + 1 < len(units) else None
    if after is None:
        return False
    if after.low == "'s" and at + 2 < len(units) and units[at + 2].kind == "item":
        return True
    return u.kind == "party" and u.how == "demonym" and after.kind == "item"


def _listed_parties(units: Sequence[Unit], at: int, high: int) -> Iterator[Side]:
    known: set[str] = set()
    for n in _joined(units, listed(units, at, high, *PARTYISH)):
        party = units[n].party
        owner = n + 1 < len(units) and units[n + 1].low == "'s" and n != at
        if party and party not in known and not owner:
            known.add(party)
            yield Side(party, n, "stated")


def _joined(units: Sequence[Unit], found: list[int]) -> list[int]:
    """A list of parties ends in "and" or "or"; without one only the first is meant ("sent to Aland, Borduria got")."""
    if len(found) < 2:
        return found
    last = max(
        (k for k in range(1, len(found)) if any(u.low in ("and", "or", "&") for u in units[found[k - 1] : found[k]])),
        default=0,
    )
    return found[: last + 1]


def _infinitive(units: Sequence[Unit], at: int) -> bool:
    return (units[at].low,) in grammar().triggers and units[at - 1].low == "to" and units[at].kind == "word"
