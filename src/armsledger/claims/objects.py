"""What moves: the items around a trigger, those listed together, and what stands for one that is not named."""

from __future__ import annotations

from collections.abc import Sequence

from armsledger.claims.frames import Hit
from armsledger.claims.triggers import ANAPHORS
from armsledger.claims.units import Unit
from armsledger.lexicon.grammar import grammar

_PARTYISH = ("party", "company", "office")
AUXILIARIES = frozenset(
    "is are was were be been being has have had will would shall should may might could can must do "
    "does did to not never n't also already now recently".split()
)

# -- items ------------------------------------------------------------------------------------------------


def objects(units: Sequence[Unit], hit: Hit, high: int) -> list[int]:
    """The items that stand behind a verb as its object: the first and those listed with it.

    None behind another noun trigger.
    """
    at = hit.last + 1
    while at <= high and at - hit.last < 14:
        u = units[at]
        if u.kind == "item":
            return [] if belongs_to_noun(units, at) else listed(units, at, high, "item")
        if u.low in ("that", "how", "why") or (u.kind == "punct" and u.text in '.;"'):
            return []
        if u.kind == "word" and u.low in grammar().reporting:
            return []
        at += 1
    return []


_DEALS = frozenset(
    "sale sales deal deals contract contracts export exports order orders purchase purchases shipment shipments "
    "delivery deliveries transfer transfers agreement agreements package embargo ban supplies imports procurement "
    "acquisition".split()
)


def belongs_to_noun(units: Sequence[Unit], at: int) -> bool:
    """An item followed by a noun of a transfer is that noun's: "approved an arms sale"."""
    return at + 1 < len(units) and units[at + 1].low in _DEALS


_JOINING = frozenset("and as well or plus of the a an s worth including along with".split())


def listed(units: Sequence[Unit], at: int, high: int, *kinds: str) -> list[int]:
    """The unit at ``at`` and those listed with it: "tanks, howitzers and rocket launchers".

    Stops at a possessive or a verb.
    """
    words = grammar()
    found = [at]
    here = at + 1
    while here <= high and here - found[-1] < 9:
        u = units[here]
        if u.kind in kinds:
            found.append(here)
        elif "item" not in kinds and u.low in ("a", "an", "the") and units[here - 1].text == ",":
            break  # ", a NATO ally": an apposition, no list
        elif not (
            u.text in (",", "&")
            or u.low in _JOINING
            or u.kind in ("number", "made")
            or u.low in words.passed
            or u.low in words.modifiers
            or u.low in words.containers
            or (u.kind == "party" and u.how == "demonym")
        ):
            break
        here += 1
    return found


def before(units: Sequence[Unit], hit: Hit, low: int) -> list[int]:
    """The items before a passive verb: its subject."""
    last = next((at for at in range(hit.first - 1, low - 1, -1) if units[at].kind == "item"), None)
    if last is None:
        return []
    items = [last]
    back = last - 1
    while back >= low and (
        units[back].text == ","
        or units[back].low in ("and", "or")
        or units[back].kind in ("item", "number", "made")
        or units[back].low in grammar().passed
    ):
        if units[back].kind == "item":
            items.append(back)
        back -= 1
    return sorted(items)


def antecedent(units: Sequence[Unit], low: int, hit: Hit) -> list[int]:
    """What a relative clause is about.

    The item right before "that", "which" or a clause without either ("missiles it sold").
    """
    for at in range(low - 1, max(-1, low - 4), -1):
        if units[at].kind == "item":
            return [at]
    for at in range(hit.first - 1, max(low - 1, hit.first - 6), -1):
        u = units[at]
        if u.kind == "item":
            return [at]
        if not (u.low in AUXILIARIES or u.kind in _PARTYISH or u.low in ANAPHORS or u.low in ("the", "that", "we")):
            break
    return []


def with_object(units: Sequence[Unit], hit: Hit, high: int) -> list[int]:
    """The items behind "with": "armed the rebels with rifles"."""
    for at in range(hit.last + 1, high + 1):
        if units[at].low == "with":
            for here in range(at + 1, min(high, at + 8) + 1):
                if units[here].kind == "item":
                    return listed(units, here, high, "item")
    return []


_TO_ITEM = frozenset(
    "of for on involving covering including worth to with from by between in over under the a an and up about 's at "
    "as many".split()
)


def noun_items(units: Sequence[Unit], hit: Hit, low: int, high: int) -> list[int]:
    """The items of a noun of a transfer: right before it, or behind "of", "for", sums, parties and the like."""
    words = grammar()
    last = hit.first - 1
    if last >= low and units[last].kind == "item":
        return [last]
    at = hit.last + 1
    while at <= high and at - hit.last < 12:
        u = units[at]
        if u.kind == "item" and not belongs_to_noun(units, at):
            return listed(units, at, high, "item")
        if not (
            u.low in _TO_ITEM
            or u.kind in ("money", "number", "party", "company", "made", "date", "office")
            or u.low in words.passed
            or u.low in words.containers
        ):
            break
        at += 1
    return []


# -- what stands for an item ------------------------------------------------------------------------------

_STANDING = frozenset("them they these both all more another one those some it".split())
_NO_SUBJECT = frozenset("it all more one".split())  # as the subject of a verb these stand for anything
_BEHIND_COUNT = frozenset(
    "have has had were was are is will would of more such further to for from in by last this so "
    "already now that which new been".split()
)


def elliptic(units: Sequence[Unit], hit: Hit, low: int, high: int, subject: bool) -> int | None:
    """A bare number or pronoun where the item should stand: "three have been handed over", "sold them to"; -3 where
    the verb has no object of its own and the thing talked of is meant.
    """
    around = (
        range(hit.first - 1, max(low - 1, hit.first - 7), -1)
        if subject
        else range(hit.last + 1, min(high, hit.last + 3) + 1)
    )
    for at in around:
        u = units[at]
        if _counts(units, at):
            return at
        if u.low in _STANDING and hit.trigger.frame != "use" and (u.low not in _NO_SUBJECT or not subject):
            return at
    return -3 if _bare_verb(units, hit, high, subject) else None


def _counts(units: Sequence[Unit], at: int) -> bool:
    """Whether a number stands for the things that it counts, and is no year."""
    u = units[at]
    if u.kind != "number" or (u.text.isdigit() and 1900 < int(u.text) < 2100):
        return False
    after = units[at + 1] if at + 1 < len(units) else None
    return after is None or after.kind == "punct" or (after.kind == "word" and after.low in _BEHIND_COUNT)


_SELDOM_BARE = frozenset("get give provide return secure select receive".split())
_BEHIND_BARE = frozenset("from to in by for last this after under and on at".split())


def _bare_verb(units: Sequence[Unit], hit: Hit, high: int, subject: bool) -> bool:
    """Whether a verb of transfer stands without any object of its own, so that the thing talked of is meant."""
    if subject or hit.trigger.frame not in ("give", "get") or hit.trigger.person or hit.trigger.lemma in _SELDOM_BARE:
        return False
    after = units[hit.last + 1] if hit.last < high else None
    return after is None or after.kind in ("punct", "date") or after.low in _BEHIND_BARE
