"""Events told by a noun: of a transfer ("the sale of", "its order"), of aid, or of who sells and buys ("supplier")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from armsledger.claims.frames import Event, Hit, Side, Sides
from armsledger.claims.objects import noun_items
from armsledger.claims.sides import parties_behind, partner, possessive, source, subject, towards
from armsledger.claims.stages import operators, stage_of
from armsledger.claims.triggers import clause
from armsledger.claims.units import Unit
from armsledger.lexicon.grammar import grammar
from armsledger.model import Mode

# -- nouns of a transfer ----------------------------------------------------------------------------------


def noun_event(units: Sequence[Unit], hits: Sequence[Hit], hit: Hit, low: int, high: int) -> Event | None:
    """A noun of a transfer: what is left of it, then "of", "for", "to", "from", "with", "between"."""
    items = noun_items(units, hit, low, high)
    standing = None if items else _standing(units, hit)
    if (not items and standing is None) or _governs_verb(units, hits, hit):
        return None
    high = _finite(units, max([hit.last, *items]), high)
    governing = operators(units, hits, hit, low)
    suppliers, recipients, opened = _sides(units, hit, governing, low, high)
    if standing == _MILITARY and not (suppliers and recipients):
        return None
    if standing == _DEFINITE and not (suppliers or recipients):
        return None
    stage, mode = stage_of(units, hit, governing, low), hit.trigger.mode
    return Event(hit, tuple(items), suppliers, recipients, stage, governing, mode, low, high, opened, standing)


_MILITARY, _DEFINITE = -2, -3  # what a noun stands for by itself: "defence deals", "the contract"


def _standing(units: Sequence[Unit], hit: Hit) -> int | None:
    """What stands for the item of a noun that names none: a word of defence before it, the noun itself ("purchases
    for"), or an article that makes it a known deal.
    """
    trigger = hit.trigger
    if trigger.side == "any" and hit.first and units[hit.first - 1].low in _DEFENCE:
        return _MILITARY
    if units[hit.last].low == "purchases" and any(u.low == "for" for u in units[hit.last + 1 : hit.last + 3]):
        return hit.first
    known = trigger.side in ("any", "recipient", "supplier") and trigger.lemma not in ("import", "export")
    return _DEFINITE if known and hit.first and _is_definite(units, hit) else None


_DEFENCE = frozenset("defence defense military weapons".split())


def _is_definite(units: Sequence[Unit], hit: Hit) -> bool:
    """ "the contract", "this order", "its purchase": a known deal, about the thing talked of."""
    return any(u.low in ("the", "this", "that", "its", "their") for u in units[max(0, hit.first - 3) : hit.first])


_FINITE = frozenset("is are was were has have had will would could may might can should".split())


def _finite(units: Sequence[Unit], at: int, high: int) -> int:
    """A noun's phrases end at the next finite verb.

    In "profits from the sale were passed to rebels" the rebels get no arms.
    """
    for here in range(at + 1, high + 1):
        if units[here].low in _FINITE and units[here - 1].low not in ("that", "which", "who"):
            return here - 1
    return high


def _governs_verb(units: Sequence[Unit], hits: Sequence[Hit], hit: Hit) -> bool:
    """ "a contract to supply": the verb behind tells the transfer."""
    after = hit.last + 1
    return (
        after + 1 < len(units)
        and any(
            h.first in (after + 1, after + 2) and not h.trigger.noun and h.trigger.frame != "operator" for h in hits
        )
        and units[after].low in ("to", "for")
    )


# -- who stands on either side of a noun ------------------------------------------------------------------


def _sides(
    units: Sequence[Unit], hit: Hit, governing: tuple[Hit, ...], low: int, high: int
) -> tuple[Sides, Sides, bool]:
    """Who hands over and who gets; whether an open group gets."""
    recipients, opened = towards(units, hit, (), high, ("to",))
    suppliers, recipients = _owned(units, hit, low, source(units, hit, high), recipients)
    if not recipients and hit.trigger.side == "recipient":
        recipients, _ = towards(units, hit, (), high, ("for",))
    acting = subject(units, hit, low) if governing or _is_light(units, hit, low) else ()
    suppliers, recipients = _acted(hit, governing, acting, suppliers, recipients)
    other = partner(units, hit, high)
    if other and not (suppliers and recipients):
        suppliers, recipients = _with_partner(units, other, suppliers, recipients)
    return suppliers, recipients, opened


def _owned(units: Sequence[Unit], hit: Hit, low: int, suppliers: Sides, recipients: Sides) -> tuple[Sides, Sides]:
    """The sides with him whose the noun is: "Borduria's sale" sells, "Borduria's purchase" buys."""
    owner, side = possessive(units, hit, low), hit.trigger.side
    if not owner:
        return suppliers, recipients
    if side == "supplier" and not recipients and not suppliers and _is_compound(units, owner[0]):
        return suppliers, owner  # "the Iran arms sales"
    if side == "supplier":
        return suppliers or owner, recipients
    if side == "recipient" or (side == "any" and not suppliers):
        return suppliers, recipients or owner
    return suppliers, recipients


def _is_compound(units: Sequence[Unit], owner: Side) -> bool:
    return owner.unit is not None and units[owner.unit].how == "party" and units[owner.unit + 1].kind == "item"


def _acted(
    hit: Hit, governing: tuple[Hit, ...], acting: Sides, suppliers: Sides, recipients: Sides
) -> tuple[Sides, Sides]:
    """The sides with the subject of the clause where one of them is open."""
    known = {s.party for s in (*suppliers, *recipients)}
    rest = tuple(s for s in acting if s.party is None or s.party not in known)
    if not rest or (suppliers and recipients):
        return suppliers, recipients
    gives = _gives(hit, governing, bool(recipients))
    if gives and not suppliers:
        return rest, recipients
    return suppliers, recipients if gives or recipients else rest


def _gives(hit: Hit, governing: tuple[Hit, ...], has_recipient: bool) -> bool:
    """Whether the subject of a noun's clause hands over: by what governs the noun, else by the noun's own side."""
    if hit.trigger.side == "supplier":
        lemmas = {h.trigger.lemma for h in governing}
        return not (lemmas & {"request", "seek", "want"}) or has_recipient
    if hit.trigger.side == "any" and governing:
        return has_recipient
    return False


def _with_partner(units: Sequence[Unit], other: Sides, suppliers: Sides, recipients: Sides) -> tuple[Sides, Sides]:
    """The other side of "a deal with": a company sells; else whoever the other side leaves free."""
    known = {s.party for s in (*suppliers, *recipients)}
    rest = tuple(s for s in other if s.party not in known)
    if not rest:
        return suppliers, recipients
    sells = any(s.unit is not None and units[s.unit].kind == "company" for s in rest)
    if recipients and not suppliers:
        buyer = recipients[0].unit
        if buyer is not None and units[buyer].kind == "company" and not sells:
            return recipients, rest
        return rest, recipients
    if suppliers and not recipients:
        return suppliers, rest
    return suppliers, recipients


_LIGHT = frozenset(
    "made make makes placed place has have had began begin started completed complete continue continued conduct "
    "resumed resume increase increased secured landed received gave give given".split()
)


def _is_light(units: Sequence[Unit], hit: Hit, low: int) -> bool:
    """ "made a sale", "placed an order": the verb says little, its subject does what the noun says."""
    return any(u.low in _LIGHT for u in units[max(low, hit.first - 9) : hit.first])


# -- nouns of aid -----------------------------------------------------------------------------------------

_AID = frozenset("aid assistance support supplies help".split())


def aid_events(units: Sequence[Unit], hits: Sequence[Hit]) -> Iterator[Event]:
    """Aid that is its own noun of a transfer.

    "US military support for the rebels", "Aland's military aid to Borduria".
    """
    words = grammar()
    for at, u in enumerate(units):
        if u.kind != "item" or not u.item or u.item.name.lower().split()[-1] not in _AID or " " not in u.item.name:
            continue
        hit = Hit(words.triggers[("delivered",)][0], at, at)
        low, high = clause(units, hit)
        if any(h.first < at < h.first + 9 and not h.trigger.noun and h.trigger.frame in ("give", "get") for h in hits):
            continue
        to, _ = towards(units, hit, (), min(high, at + 6), ("to", "for"))
        giver = u.item.made_by or u.item.owner
        if to and giver:
            governing = operators(units, hits, hit, low)
            giving = (Side(giver, None, "made by" if u.item.made_by else "possessive"),)
            stage = stage_of(units, hit, governing, low)
            yield Event(hit, (at,), giving, to, stage, governing, Mode.AID, low, high)


# -- nouns of who sells and who buys ----------------------------------------------------------------------


def trader_events(units: Sequence[Unit]) -> Iterator[Event]:
    """ "Aland, Borduria's main arms supplier", "a buyer of Alandian drones": who and what stand around the noun."""
    words = grammar()
    for at, u in enumerate(units):
        sells = u.low.rstrip("s") in words.supplier_nouns
        if not sells and u.low.rstrip("s") not in words.buyer_nouns - {"operator", "client", "recipient"}:
            continue
        item = _traded(units, at)
        if item is None:
            continue
        to = next((b for b in range(at + 1, min(len(units), at + 10)) if units[b].low in ("to", "for")), len(units))
        named = _owner(units, at) or parties_behind(units, to, len(units) - 1)
        acting = _trader(units, at, {s.party for s in named})
        if not named and any(x.low in ("its", "their") for x in units[max(0, at - 5) : at]):
            named = _other(units, at, {s.party for s in acting})
        if acting and named:
            hit = Hit(words.triggers[("delivered",) if sells else ("bought",)][0], at, at)
            suppliers, recipients = (acting, named) if sells else (named, acting)
            low, high = max(0, at - 12), min(len(units) - 1, at + 10)
            yield Event(hit, (item,), suppliers, recipients, hit.trigger.stage, low=low, high=high)


def _traded(units: Sequence[Unit], at: int) -> int | None:
    """The item of a noun of trade: right before it ("arms supplier"), or behind "of"."""
    before = next((b for b in range(at - 1, max(-1, at - 3), -1) if units[b].kind == "item"), None)
    if before is not None:
        return before
    after = next((b for b in range(at + 1, min(len(units), at + 7)) if units[b].kind == "item"), None)
    behind_of = after is not None and any(x.low == "of" for x in units[at + 1 : after])
    return after if behind_of else None


def _owner(units: Sequence[Unit], at: int) -> Sides:
    """The party whose supplier or buyer it is: "Borduria's main supplier"."""
    for b in range(at - 1, max(0, at - 6), -1):
        if units[b].low == "'s" and units[b - 1].party:
            return (Side(units[b - 1].party, b - 1, "possessive"),)
    return ()


def _trader(units: Sequence[Unit], at: int, known: set[str | None]) -> Sides:
    """The party that is called a supplier or buyer: the nearest one before the noun that is no owner."""
    for b in range(at - 1, max(-1, at - 14), -1):
        u = units[b]
        owns = b + 1 < len(units) and units[b + 1].low == "'s"
        if u.kind == "party" and u.how in ("party", "seat") and u.party not in known and not owns:
            return (Side(u.party, b, "stated"),)
    return ()


def _other(units: Sequence[Unit], at: int, known: set[str | None]) -> Sides:
    """The party that "its" means: the nearest other one before the noun."""
    for b in range(at - 1, -1, -1):
        u = units[b]
        if u.kind == "party" and u.party and u.how != "demonym" and u.party not in known:
            return (Side(u.party, b, "stated"),)
    return ()
