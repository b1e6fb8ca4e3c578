"""Events of transfer in one sentence: a trigger, its frame, and who and what stand where.

    give   subject hands over · object moves · "to", "for" or an indirect object gets · passive: "by" hands over
    get    subject gets · object moves · "from" hands over · passive: "by" gets
    deal   a noun: "of", "for" or a word before it moves · "to" gets · "from" hands over · a possessive takes the noun's
    side use    subject has what another state made
An operator ("approved", "offered to", "plans") has no transfer of its own: it sets the stage of the one that it
governs; the outermost wins. With an item as its own object it is ``give`` or ``get`` itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armsledger.claims.units import Unit
from armsledger.lexicon.grammar import Trigger, grammar
from armsledger.model import Mode, Stage

REACH = 28  # units to either side in which a trigger's arguments may stand


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger where it stands: units ``first`` to ``last`` (inclusive)."""

    trigger: Trigger
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Side:
    """A party that fills a side of a transfer: its code, the unit that names it, and how it was found."""

    party: str | None
    unit: int | None
    how: str


@dataclass(frozen=True, slots=True)
class Event:
    """One transfer told in a sentence, before the document has had its say."""

    hit: Hit
    items: tuple[int, ...]  # units
    suppliers: tuple[Side, ...]
    recipients: tuple[Side, ...]
    stage: Stage
    operators: tuple[Hit, ...] = ()
    mode: Mode | None = None
    low: int = 0
    high: int = 0
    open_recipient: bool = False
    elliptic: int | None = None  # a number or pronoun that stands for the last item ("two have arrived", "sold them")


_STOPS = frozenset(
    (
        "but",
        "while",
        "although",
        "though",
        "because",
        "whereas",
        "after",
        "before",
        "when",
        "as",
        "if",
        "whether",
        "despite",
        "since",
        "until",
    )
)
_RELATIVE = frozenset(("which", "who", "that", "where", "whose"))
_AUX = frozenset(
    "is are was were be been being has have had will would shall should may might could can must do "
    "does did to not never n't also already now recently".split()
)
_BE = frozenset("is are was were be been being".split())
_DET = frozenset(
    "the a an this its their his our any no new first second third further more such potential "
    "possible proposed planned reported alleged major big large latest recent".split()
)
_ANAPHORS = frozenset("it they he she".split())
_OPEN = frozenset("allies partners customers buyers clients countries nations states".split())
_PARTYISH = ("party", "company", "office")


def find_hits(units: Sequence[Unit]) -> list[Hit]:
    """The triggers of a sentence, longest first at each place, noun or verb by what stands beside."""
    hits: list[Hit] = []
    at = 0
    while at < len(units):
        found = _hit(units, at)
        if found:
            hits.append(found)
            at = found.last + 1
        else:
            at += 1
    return hits


def _hit(units: Sequence[Unit], at: int) -> Hit | None:
    words = grammar()
    if units[at].low not in words.openers:
        return None
    triggers = words.triggers
    for size in (3, 2, 1):
        lows = tuple(u.low for u in units[at : at + size] if u.kind == "word")
        if len(lows) < size or lows not in triggers:
            continue
        candidates = triggers[lows]
        noun = _is_noun(units, at, at + size - 1, lows)
        chosen = next((t for t in candidates if t.noun is noun), None) or (
            candidates[0] if len({t.noun for t in candidates}) == 1 else None
        )
        if chosen and not _is_blocked(units, at + size, chosen):
            return Hit(chosen, at, at + size - 1)
    return None


def _is_blocked(units: Sequence[Unit], after: int, trigger: Trigger) -> bool:
    lows = [u.low for u in units[after : after + 2]]
    return any(b.split() == lows[: len(b.split())] for b in trigger.blocks)


def _is_noun(units: Sequence[Unit], first: int, last: int, lows: tuple[str, ...]) -> bool:
    before = units[first - 1] if first else None
    after = units[last + 1] if last + 1 < len(units) else None
    if before is not None and (
        before.low in ("to", "n't", "not")
        or before.low in ("will", "would", "may", "might", "could", "can", "must", "shall", "did", "does", "do")
    ):
        return False
    if (
        before is not None
        and before.low in ("has", "have", "had", "been", "be", "was", "were", "is", "are")
        and lows[-1] not in ("sale", "sales")
    ):
        return False
    if lows[-1].endswith(("ed", "ing")) and lows[-1] not in ("leasing",):
        return False
    if before is not None and (
        before.kind in ("item", "money")
        or before.low in _DET
        or before.low == "'s"
        or (before.kind == "party" and before.how == "demonym")
    ):
        return True
    if after is not None and after.low in ("of", "for", "between", "with", "to", "from", "worth", "by"):
        return True
    if (before is not None and before.kind in ("party", "company", "office")) or (
        before is not None and before.low in _ANAPHORS
    ):
        return False
    return before is None or before.kind == "word"


# -- events -----------------------------------------------------------------------------------------------


def find_events(units: Sequence[Unit], hits: Sequence[Hit]) -> list[Event]:
    """The events of a sentence, one for each trigger that has an item, its own or one that it clearly stands for."""
    events: list[Event] = [*_supplier_nouns(units), *_aid(units, hits)]
    claimed: set[int] = set()
    for hit in sorted(hits, key=lambda h: (h.trigger.frame == "operator", h.first)):
        event = _event(units, hits, hit, claimed)
        if event:
            events.append(event)
            claimed.update(event.items)
    return sorted(events, key=lambda e: e.hit.first)


_AID = frozenset("aid assistance support supplies help".split())


def _aid(units: Sequence[Unit], hits: Sequence[Hit]) -> Iterator[Event]:
    """Aid that is its own noun of a transfer.

    "US military support for the rebels", "Aland's military aid to Borduria".
    """
    words = grammar()
    for at, u in enumerate(units):
        if u.kind != "item" or not u.item or u.item.name.lower().split()[-1] not in _AID or " " not in u.item.name:
            continue
        hit = Hit(words.triggers[("delivered",)][0], at, at)
        low, high = _clause(units, hit)
        if any(h.first < at < h.first + 9 and not h.trigger.noun and h.trigger.frame in ("give", "get") for h in hits):
            continue
        to, _ = _towards(units, hit, (), min(high, at + 6), ("to", "for"))
        giver = u.item.made_by or u.item.owner
        if to and giver:
            governing = _operators(units, hits, hit, low)
            yield Event(
                hit,
                (at,),
                (Side(giver, None, "made by" if u.item.made_by else "possessive"),),
                to,
                _stage(units, hit, governing, low),
                governing,
                Mode.AID,
                low,
                high,
            )


def _supplier_nouns(units: Sequence[Unit]) -> Iterator[Event]:
    """ "Aland, Borduria's main arms supplier", "a buyer of Alandian drones": who and what stand around the noun."""
    words = grammar()
    for at, u in enumerate(units):
        sells = u.low.rstrip("s") in words.supplier_nouns
        if not sells and u.low.rstrip("s") not in words.buyer_nouns - {"operator", "client", "recipient"}:
            continue
        before = next((b for b in range(at - 1, max(-1, at - 3), -1) if units[b].kind == "item"), None)
        after = next((b for b in range(at + 1, min(len(units), at + 7)) if units[b].kind == "item"), None)
        behind_of = after is not None and any(x.low == "of" for x in units[at + 1 : after])
        item = before if before is not None else after if behind_of else None
        if item is None:
            continue
        other = _parties_behind(
            units,
            next((b for b in range(at + 1, min(len(units), at + 10)) if units[b].low in ("to", "for")), len(units)),
            len(units) - 1,
        )
        owner = next(
            (
                (Side(units[b - 1].party, b - 1, "possessive"),)
                for b in range(at - 1, max(0, at - 6), -1)
                if units[b].low == "'s" and units[b - 1].party
            ),
            (),
        )
        named = owner or other
        known = {s.party for s in named}
        subject = next(
            (
                (Side(units[b].party, b, "stated"),)
                for b in range(at - 1, max(-1, at - 14), -1)
                if units[b].kind == "party"
                and units[b].how in ("party", "seat")
                and units[b].party not in known
                and not (b + 1 < len(units) and units[b + 1].low == "'s")
            ),
            (),
        )
        if not named and any(x.low in ("its", "their") for x in units[max(0, at - 5) : at]):
            others = [
                b
                for b in range(at - 1, -1, -1)
                if units[b].kind == "party"
                and units[b].party
                and units[b].how != "demonym"
                and units[b].party not in {s.party for s in subject}
            ]
            named = (Side(units[others[0]].party, others[0], "stated"),) if others else ()
        hit = Hit(words.triggers[("delivered",)][0] if sells else words.triggers[("bought",)][0], at, at)
        suppliers, recipients = (subject, named) if sells else (named, subject)
        if subject and named:
            yield Event(
                hit,
                (item,),
                suppliers,
                recipients,
                hit.trigger.stage,
                low=max(0, at - 12),
                high=min(len(units) - 1, at + 10),
            )


def _event(units: Sequence[Unit], hits: Sequence[Hit], hit: Hit, claimed: set[int]) -> Event | None:
    low, high = _clause(units, hit)
    frame = hit.trigger.frame
    if frame == "operator":
        own = hit.trigger.own
        items = [i for i in _objects(units, hit, high) if i not in claimed]
        if not items or own is None or any(hit.last < h.first < items[0] for h in hits):
            return None
        event = _verb(units, hits, hit, own, low, high, items)
    elif hit.trigger.noun:
        event = _noun(units, hits, hit, low, high)
    else:
        event = _verb(units, hits, hit, frame, low, high, None)
    return event


def _clause(units: Sequence[Unit], hit: Hit) -> tuple[int, int]:
    """The window of a trigger's clause: to the next stop on either side, over relative clauses that a comma closes."""
    reporting = grammar().reporting
    low = hit.first
    depth = 0
    while low > 0 and hit.first - low < REACH:
        u = units[low - 1]
        if u.text in ")]":
            depth += 1
        elif u.text in "([" and depth:
            depth -= 1
        elif not depth and (u.text in ";:" or u.low in _STOPS or u.low in _RELATIVE or u.text in '"“”'):
            break
        elif (
            not depth
            and u.low in reporting
            and low - 1 > 0
            and units[low - 1].kind == "word"
            and low < hit.first
            and units[low].low not in ("to",)
            and u.low not in ("reports", "report", "notes")
        ):
            break
        low -= 1
    high = hit.last
    while high + 1 < len(units) and high - hit.last < REACH:
        u = units[high + 1]
        if u.text in "([":
            depth += 1
        elif u.text in ")]" and depth:
            depth -= 1
        elif not depth and (
            u.text in ";:"
            or u.low in _STOPS - {"as", "since"}
            or u.low in ("which", "who", "whose", "where")
            or u.text in '"“”'
        ):
            break
        elif not depth and u.text == "," and _reports(units, high + 2):
            break
        high += 1
    return low, high


def _reports(units: Sequence[Unit], at: int) -> bool:
    """Whether a reporting clause begins here: ", the ministry said"."""
    return any(u.low in grammar().reporting for u in units[at : at + 5]) and not any(
        u.kind == "item" for u in units[at : at + 4]
    )


# -- verbs ------------------------------------------------------------------------------------------------


def _verb(
    units: Sequence[Unit], hits: Sequence[Hit], hit: Hit, frame: str, low: int, high: int, own: list[int] | None
) -> Event | None:
    passive = _passive(units, hit, low)
    right = own if own is not None else _objects(units, hit, high)
    items = right
    if passive:
        items = _before(units, hit, low) or right
    if not items and frame != "move":
        items = _antecedent(units, low, hit)
    if frame == "move":
        items = _before(units, hit, low)
    if hit.trigger.person:
        items = _with_object(units, hit, high) or []
    suppliers: tuple[Side, ...] = ()
    recipients: tuple[Side, ...] = ()
    subject = _subject(units, hit, low)
    to, open_to = _towards(
        units, hit, items, high, ("to", "for", "with") if frame == "give" and not hit.trigger.person else ("to", "for")
    )
    source = _from(units, hit, high)
    by = _by(units, hit, high)
    if frame in ("give", "move"):
        suppliers = by if passive else () if frame == "move" else subject
        suppliers = suppliers or source
        indirect = _indirect(units, hit, items)
        recipients = to or indirect
        if hit.trigger.person:
            recipients = _indirect(units, hit, items) or to
    elif frame == "get":
        suppliers = source
        recipients = by if passive else subject
        if not recipients and passive:
            recipients = to
    elif frame == "use":
        recipients = by if passive else subject
    elliptic = None if items else _elliptic(units, hit, low, high, passive or frame == "move")
    if hit.trigger.person and passive:
        suppliers, recipients = by, subject or _heard(units, hit)
        elliptic = elliptic if items else -1
    if not items and elliptic is None:
        return None
    if elliptic is not None and not (suppliers or recipients or passive or frame == "move"):
        return None
    governing = _operators(units, hits, hit, low)
    stage = _stage(units, hit, governing, low)
    return Event(
        hit, tuple(items), suppliers, recipients, stage, governing, hit.trigger.mode, low, high, open_to, elliptic
    )


def _heard(units: Sequence[Unit], hit: Hit) -> tuple[Side, ...]:
    """The party right before a participle: "the forces of Aland, trained and armed by Borduria"."""
    for at in range(hit.first - 1, max(-1, hit.first - 8), -1):
        if units[at].kind == "party" and units[at].party:
            return (Side(units[at].party, at, "stated"),)
    return ()


def _elliptic(units: Sequence[Unit], hit: Hit, low: int, high: int, subject: bool) -> int | None:
    """A bare number or pronoun where the item should stand: "three have been handed over", "sold them to"."""
    around = (
        range(hit.first - 1, max(low - 1, hit.first - 7), -1)
        if subject
        else range(hit.last + 1, min(high, hit.last + 3) + 1)
    )
    for at in around:
        u = units[at]
        behind = units[at + 1] if at + 1 < len(units) else None
        if (
            u.kind == "number"
            and not (u.text.isdigit() and 1900 < int(u.text) < 2100)
            and (behind is None or behind.kind in ("punct", "word"))
            and (behind is None or behind.low in _ELLIPTIC_NEXT or behind.kind == "punct")
        ):
            return at
        if (
            u.low in ("them", "they", "these", "both", "all", "more", "another", "one", "those", "some", "it")
            and hit.trigger.frame != "use"
            and (u.low not in ("they", "it", "all", "more", "one") or not subject or u.low == "they")
        ):
            return at
    return -3 if _bare_verb(units, hit, high, subject) else None


def _bare_verb(units: Sequence[Unit], hit: Hit, high: int, subject: bool) -> bool:
    """Whether a verb of transfer stands without any object of its own, so that the thing talked of is meant."""
    if (
        subject
        or hit.trigger.frame not in ("give", "get")
        or hit.trigger.person
        or hit.trigger.lemma in ("get", "give", "provide", "return", "secure", "select", "receive")
    ):
        return False
    after = units[hit.last + 1] if hit.last < high else None
    return (
        after is None
        or after.kind in ("punct", "date")
        or after.low in ("from", "to", "in", "by", "for", "last", "this", "after", "under", "and", "on", "at")
    )


_ELLIPTIC_NEXT = frozenset(
    "have has had were was are is will would of more such further to for from in by last this so "
    "already now that which new been".split()
)


def _passive(units: Sequence[Unit], hit: Hit, low: int) -> bool:
    word = units[hit.last].low if hit.first == hit.last else units[hit.first].low
    if not word.endswith(("ed", "en", "n", "t", "d")) or word.endswith("ing"):
        return False
    for at in range(hit.first - 1, max(low, hit.first - 4) - 1, -1):
        if units[at].low in ("be", "been", "being", "is", "are", "was", "were", "got"):
            return True
        if units[at].low not in _AUX and not units[at].low.endswith("ly"):
            break
    before = units[hit.first - 1] if hit.first else None
    after = units[hit.last + 1] if hit.last + 1 < len(units) else None
    return (
        before is not None
        and before.kind == "item"
        and after is not None
        and after.low in ("by", "to", "from", "for", "in")
    )


def _objects(units: Sequence[Unit], hit: Hit, high: int) -> list[int]:
    """The items that stand behind a verb as its object: the first and those listed with it.

    None behind another noun trigger.
    """
    at = hit.last + 1
    while at <= high and at - hit.last < 14:
        u = units[at]
        if u.kind == "item":
            if _belongs_to_noun(units, at):
                return []
            return _list(units, at, high, "item")
        if u.low in ("that", "how", "why") or (u.kind == "punct" and u.text in '.;"'):
            return []
        if u.kind == "word" and u.low in grammar().reporting:
            return []
        at += 1
    return []


def _belongs_to_noun(units: Sequence[Unit], at: int) -> bool:
    """An item followed by a noun of a transfer is that noun's: "approved an arms sale"."""
    after = units[at + 1] if at + 1 < len(units) else None
    return after is not None and after.low in (
        "sale",
        "sales",
        "deal",
        "deals",
        "contract",
        "contracts",
        "export",
        "exports",
        "order",
        "orders",
        "purchase",
        "purchases",
        "shipment",
        "shipments",
        "delivery",
        "deliveries",
        "transfer",
        "transfers",
        "agreement",
        "agreements",
        "package",
        "embargo",
        "ban",
        "supplies",
        "imports",
        "procurement",
        "acquisition",
    )


def _list(units: Sequence[Unit], at: int, high: int, *kinds: str) -> list[int]:
    """The unit at ``at`` and those listed with it: "tanks, howitzers and rocket launchers".

    Stops at a possessive or a verb.
    """
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
            or u.low
            in ("and", "as", "well", "or", "plus", "of", "the", "a", "an", "s", "worth", "including", "along", "with")
            or u.kind in ("number", "made")
            or u.low in grammar().passed
            or u.low in grammar().modifiers
            or u.low in grammar().containers
            or (u.kind == "party" and u.how == "demonym")
        ):
            break
        here += 1
    return found


def _before(units: Sequence[Unit], hit: Hit, low: int) -> list[int]:
    """The items before a passive verb: its subject."""
    for at in range(hit.first - 1, low - 1, -1):
        if units[at].kind == "item":
            items = [at]
            back = at - 1
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
    return []


def _antecedent(units: Sequence[Unit], low: int, hit: Hit) -> list[int]:
    """What a relative clause is about.

    The item right before "that", "which" or a clause without either ("missiles it sold").
    """
    for at in range(low - 1, max(-1, low - 4), -1):
        if units[at].kind == "item":
            return [at]
    for at in range(hit.first - 1, max(low - 1, hit.first - 6), -1):
        if units[at].kind == "item":
            return [at]
        if not (
            units[at].low in _AUX or units[at].kind in _PARTYISH or units[at].low in (*_ANAPHORS, "the", "that", "we")
        ):
            break
    return []


def _with_object(units: Sequence[Unit], hit: Hit, high: int) -> list[int]:
    for at in range(hit.last + 1, high + 1):
        if units[at].low == "with":
            for here in range(at + 1, min(high, at + 8) + 1):
                if units[here].kind == "item":
                    return _list(units, here, high, "item")
    return []


def _subject(units: Sequence[Unit], hit: Hit, low: int) -> tuple[Side, ...]:
    """Who does it: the nearest party to the left that no preposition governs, over auxiliaries and governing verbs."""
    at = hit.first - 1
    anaphor: Side | None = None
    while at >= low:
        u = units[at]
        if u.kind in _PARTYISH and u.party:
            preposition = _preposition(units, at, low)
            if preposition in (None, "between", "and") or (preposition in ("of", "in") and _headed(units, at, low)):
                if u.kind == "party" and u.how == "demonym" and at + 1 < len(units) and units[at + 1].kind == "item":
                    at -= 1
                    continue
                return _coordinated(units, at, low)
            if preposition in ("to", "for") and _asked(units, at, low):
                return (Side(u.party, at, "asked"),)
        elif u.low in _ANAPHORS and anaphor is None:
            anaphor = Side(None, at, u.low)
        elif (
            u.low
            in (
                "country",
                "kingdom",
                "government",
                "emirate",
                "island",
                "republic",
                "army",
                "navy",
                "military",
                "ministry",
                "state",
            )
            and anaphor is None
            and at > low
            and units[at - 1].low in ("the", "its")
        ):
            anaphor = Side(None, at, "the country")
        elif (
            u.low in ("company", "firm", "maker", "manufacturer", "group", "shipbuilder", "conglomerate")
            and anaphor is None
            and at > low
            and units[at - 1].low == "the"
        ):
            anaphor = Side(None, at, "the company")
        at -= 1
    return (anaphor,) if anaphor else ()


_PREPOSITIONS = frozenset(
    "to for from with in of at by on against between under over into through via about near and like".split()
)


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


def _headed(units: Sequence[Unit], at: int, low: int) -> bool:
    """ "the government of Syldavia", "officials in Borduria": the party behind the preposition is meant."""
    for here in range(at - 1, max(low - 1, at - 5), -1):
        if units[here].low in (
            "government",
            "ministry",
            "republic",
            "kingdom",
            "army",
            "navy",
            "authorities",
            "officials",
            "parliament",
            "forces",
            "president",
            "minister",
            "leaders",
            "emirate",
            "military",
            "sultanate",
        ):
            return True
    return False


def _asked(units: Sequence[Unit], at: int, low: int) -> bool:
    return any(u.low in ("appealed", "appeal", "urged", "asked", "called") for u in units[max(low, at - 4) : at])


def _coordinated(units: Sequence[Unit], at: int, low: int) -> tuple[Side, ...]:
    """A subject and what is joined to it on its left: "Aland and Borduria sold"."""
    sides = [Side(units[at].party, at, units[at].kind if units[at].kind != "party" else "stated")]
    here = at - 1
    while here > low and (units[here].low in ("and", ",") or units[here].text == ",") and len(sides) < 5:
        there = here - 1
        if units[there].low == "'s" or units[there].kind not in _PARTYISH or not units[there].party:
            break
        if units[there].party not in [s.party for s in sides]:
            sides.append(Side(units[there].party, there, "stated"))
        here = there - 1
    if here >= low and units[here].low in _PREPOSITIONS - {"and", "between"} and len(sides) > 1:
        return tuple(sides[:1])
    return tuple(sides)


def _towards(
    units: Sequence[Unit], hit: Hit, items: Sequence[int], high: int, prepositions: tuple[str, ...]
) -> tuple[tuple[Side, ...], bool]:
    """Who gets, behind "to" or "for"; whether an open group ("other customers") stands there instead."""
    start = hit.last + 1
    for at in range(start, high + 1):
        u = units[at]
        if u.low in prepositions and at + 1 <= high:
            if u.low == "with" and not (items and items[0] > at):
                continue
            sides = _parties_behind(units, at, high)
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


def _parties_behind(units: Sequence[Unit], at: int, high: int) -> tuple[Side, ...]:
    """The parties right behind a preposition, with those listed; none where an infinitive or an item comes first."""
    here = at + 1
    while here <= high and here - at < 7:
        u = units[here]
        if u.kind in _PARTYISH and u.party:
            if (
                here + 1 < len(units)
                and units[here + 1].low == "'s"
                and here + 2 < len(units)
                and units[here + 2].kind == "item"
            ):
                return ()
            if u.kind == "party" and u.how == "demonym" and here + 1 < len(units) and units[here + 1].kind == "item":
                return ()
            found: list[Side] = []
            for n in _joined_parties(units, _list(units, here, high, *_PARTYISH)):
                party = units[n].party
                if (
                    party
                    and party not in [s.party for s in found]
                    and not (n + 1 < len(units) and units[n + 1].low == "'s" and n != here)
                ):
                    found.append(Side(party, n, "stated"))
            return tuple(found)
        if u.low in ("country", "kingdom", "emirate", "island", "republic") and here - at < 4:
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


def _joined_parties(units: Sequence[Unit], listed: list[int]) -> list[int]:
    """A list of parties ends in "and" or "or"; without one only the first is meant ("sent to Aland, Borduria got")."""
    if len(listed) < 2:
        return listed
    last = max(
        (
            k
            for k in range(1, len(listed))
            if any(u.low in ("and", "or", "&") for u in units[listed[k - 1] : listed[k]])
        ),
        default=0,
    )
    return listed[: last + 1]


def _infinitive(units: Sequence[Unit], at: int) -> bool:
    return (units[at].low,) in grammar().triggers and units[at - 1].low == "to" and units[at].kind == "word"


def _from(units: Sequence[Unit], hit: Hit, high: int) -> tuple[Side, ...]:
    for at in range(hit.last + 1, high + 1):
        if units[at].low == "from" and at + 1 <= high:
            sides = _parties_behind(units, at, high)
            if sides:
                return sides
        if units[at].low in ("by",) and hit.trigger.noun:
            sides = _parties_behind(units, at, high)
            if sides and hit.trigger.side == "supplier":
                return sides
    return ()


def _by(units: Sequence[Unit], hit: Hit, high: int) -> tuple[Side, ...]:
    for at in range(hit.last + 1, min(high, hit.last + 14) + 1):
        if units[at].low == "by":
            return _parties_behind(units, at, high)
    return ()


def _indirect(units: Sequence[Unit], hit: Hit, items: Sequence[int]) -> tuple[Side, ...]:
    """A party between a verb and its item: "sold Borduria twelve jets", "armed the rebels with"."""
    stop = items[0] if items and items[0] > hit.last else hit.last + 4
    for at in range(hit.last + 1, min(stop, len(units))):
        u = units[at]
        if (
            u.kind in _PARTYISH
            and u.party
            and not (u.kind == "party" and u.how == "demonym")
            and not (at + 1 < len(units) and units[at + 1].low == "'s")
            and _preposition(units, at, hit.last + 1) is None
        ):
            return (Side(u.party, at, "stated"),)
        if u.low in ("to", "for", "from", "of"):
            break
    return ()


# -- nouns ------------------------------------------------------------------------------------------------


def _noun(units: Sequence[Unit], hits: Sequence[Hit], hit: Hit, low: int, high: int) -> Event | None:
    """A noun of a transfer: what is left of it, then "of", "for", "to", "from", "with", "between"."""
    items = _noun_items(units, hit, low, high)
    elliptic = (
        hit.first
        if not items
        and hit.trigger.lemma == "purchase"
        and units[hit.last].low == "purchases"
        and any(u.low == "for" for u in units[hit.last + 1 : hit.last + 3])
        else None
    )
    if (
        not items
        and hit.trigger.side == "any"
        and hit.first
        and units[hit.first - 1].low in ("defence", "defense", "military", "weapons")
    ):
        elliptic = -2
    if (
        not items
        and elliptic is None
        and hit.trigger.side in ("any", "recipient", "supplier")
        and hit.trigger.lemma not in ("import", "export")
        and hit.first
        and _definite(units, hit)
    ):
        elliptic = -3
    high = _finite(units, max([hit.last, *items]), high)
    infinitive = _governs_verb(units, hits, hit)
    if (not items and elliptic is None) or infinitive:
        return None
    side = hit.trigger.side
    owner = _possessive(units, hit, low)
    to, open_to = _towards(units, hit, (), high, ("to",))
    source = _from(units, hit, high)
    partner = _partner(units, hit, high)
    suppliers, recipients = source, to
    governing = _operators(units, hits, hit, low)
    subject = _subject(units, hit, low) if governing or _light(units, hit, low) else ()
    if owner:
        compound = (
            owner[0].unit is not None
            and units[owner[0].unit].how == "party"
            and units[owner[0].unit + 1].kind == "item"
        )
        if side == "supplier" and compound and not recipients and not source:
            recipients = owner  # "the Iran arms sales"
        elif side == "supplier" and not suppliers:
            suppliers = owner
        elif side == "recipient" and not recipients:
            recipients = owner
        elif side == "any" and not recipients and not suppliers:
            recipients = owner
    if not to and side in ("recipient", "any"):
        for_, _ = _towards(units, hit, (), high, ("for",))
        recipients = recipients or tuple(s for s in for_ if side == "recipient")
    rest = [s for s in subject if s.party is None or s.party not in {x.party for x in (*suppliers, *recipients)}]
    if rest and not (suppliers and recipients):
        gives = _gives(hit, governing, bool(recipients))
        if gives and not suppliers:
            suppliers = tuple(rest)
        elif not gives and not recipients:
            recipients = tuple(rest)
    if partner and not (suppliers and recipients):
        suppliers, recipients = _with_partner(units, partner, suppliers, recipients)
    if (elliptic == -2 and not (suppliers and recipients)) or (elliptic == -3 and not (suppliers or recipients)):
        return None
    stage = _stage(units, hit, governing, low)
    return Event(
        hit, tuple(items), suppliers, recipients, stage, governing, hit.trigger.mode, low, high, open_to, elliptic
    )


def _definite(units: Sequence[Unit], hit: Hit) -> bool:
    """ "the contract", "this order", "its purchase": a known deal, about the thing talked of."""
    return any(u.low in ("the", "this", "that", "its", "their") for u in units[max(0, hit.first - 3) : hit.first])


def _finite(units: Sequence[Unit], at: int, high: int) -> int:
    """A noun's phrases end at the next finite verb.

    In "profits from the sale were passed to rebels" the rebels get no arms.
    """
    for here in range(at + 1, high + 1):
        if units[here].low in (
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "had",
            "will",
            "would",
            "could",
            "may",
            "might",
            "can",
            "should",
        ) and units[here - 1].low not in ("that", "which", "who"):
            return here - 1
    return high


def _noun_items(units: Sequence[Unit], hit: Hit, low: int, high: int) -> list[int]:
    before = hit.first - 1
    if before >= low and units[before].kind == "item":
        return [before]
    at = hit.last + 1
    while at <= high and at - hit.last < 12:
        u = units[at]
        if u.kind == "item" and not _belongs_to_noun(units, at):
            return _list(units, at, high, "item")
        if (
            u.low
            in (
                "of",
                "for",
                "on",
                "involving",
                "covering",
                "including",
                "worth",
                "to",
                "with",
                "from",
                "by",
                "between",
                "in",
                "over",
                "under",
            )
            or u.kind in ("money", "number", "party", "company", "made", "date", "office")
            or u.low in grammar().passed
            or u.low in grammar().containers
            or u.low in ("the", "a", "an", "up", "about", "and", "'s", "at", "as", "many")
        ):
            at += 1
            continue
        break
    return []


def _governs_verb(units: Sequence[Unit], hits: Sequence[Hit], hit: Hit) -> bool:
    """ "a contract to supply": the verb behind tells the transfer."""
    after = hit.last + 1
    return (
        after + 1 < len(units)
        and any(
            h.first in (after + 1, after + 2) and not h.trigger.noun and h.trigger.frame != "operator" for h in hits
        )
        and any(u.low in ("to", "for") for u in units[after : after + 1])
    )


def _possessive(units: Sequence[Unit], hit: Hit, low: int) -> tuple[Side, ...]:
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
        if (
            u.kind in ("item", "money", "number", "made")
            or u.low in grammar().passed
            or u.low in grammar().modifiers
            or u.low in ("possible", "potential", "proposed", "planned", "arms", "defence", "defense", "weapons")
        ):
            at -= 1
            continue
        break
    return ()


def _partner(units: Sequence[Unit], hit: Hit, high: int) -> tuple[Side, ...]:
    for at in range(hit.last + 1, high + 1):
        if units[at].low in ("with", "between"):
            sides = _parties_behind(units, at, high)
            if sides:
                return sides
    return ()


def _with_partner(
    units: Sequence[Unit], partner: tuple[Side, ...], suppliers: tuple[Side, ...], recipients: tuple[Side, ...]
) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
    """The other side of "a deal with": a company sells; else whoever the other side leaves free."""
    known = {s.party for s in (*suppliers, *recipients)}
    rest = tuple(s for s in partner if s.party not in known)
    if not rest:
        return suppliers, recipients
    sells = any(s.unit is not None and units[s.unit].kind == "company" for s in rest)
    if recipients and not suppliers:
        other = recipients[0].unit
        if other is not None and units[other].kind == "company" and not sells:
            return recipients, rest
        return rest, recipients
    if suppliers and not recipients:
        return suppliers, rest
    return suppliers, recipients


def _light(units: Sequence[Unit], hit: Hit, low: int) -> bool:
    return any(
        u.low
        in (
            "made",
            "make",
            "makes",
            "placed",
            "place",
            "has",
            "have",
            "had",
            "began",
            "begin",
            "started",
            "completed",
            "complete",
            "continue",
            "continued",
            "conduct",
            "resumed",
            "resume",
            "increase",
            "increased",
            "secured",
            "landed",
            "received",
            "gave",
            "give",
            "given",
        )
        for u in units[max(low, hit.first - 9) : hit.first]
    )


def _gives(hit: Hit, governing: tuple[Hit, ...], has_recipient: bool) -> bool:
    """Whether the subject of a noun's clause hands over: by what governs the noun, else by the noun's own side."""
    if hit.trigger.side == "supplier":
        lemmas = {h.trigger.lemma for h in governing}
        return not (lemmas & {"request", "seek", "want"}) or has_recipient
    if hit.trigger.side == "any" and governing:
        return has_recipient
    return False


# -- stage ------------------------------------------------------------------------------------------------


def _operators(units: Sequence[Unit], hits: Sequence[Hit], hit: Hit, low: int) -> tuple[Hit, ...]:
    """The operators that govern a trigger, outermost first.

    Those on its left in the clause, and a predicate on a noun's right.
    """
    left = [
        h
        for h in hits
        if h.trigger.frame == "operator" and low <= h.first < hit.first and _reaches(units, hits, h, hit)
    ]
    right = [
        h
        for h in (hits if hit.trigger.noun else ())
        if h.trigger.frame == "operator"
        and hit.last < h.first <= hit.last + 16
        and not any(u.text in ";" or u.low in _STOPS for u in units[hit.last : h.first])
        and any(u.low in _BE for u in units[max(hit.last, h.first - 4) : h.first])
    ]
    return (*right, *left)


def _reaches(units: Sequence[Unit], hits: Sequence[Hit], operator: Hit, hit: Hit) -> bool:
    """Whether nothing between an operator and a trigger cuts them apart.

    Another transfer with its own item, or a clause joined by "and".
    """
    between = range(operator.last + 1, hit.first)
    for at in between:
        if (
            units[at].kind == "item"
            and at + 1 != hit.first
            and not hit.trigger.noun
            and not _belongs_to_noun(units, at)
        ):
            return False
        if units[at].text in ";":
            return False
    others = [
        h for h in hits if operator.last < h.first < hit.first and h.trigger.frame != "operator" and not h.trigger.noun
    ]
    return not others and hit.first - operator.last < 18


def _stage(units: Sequence[Unit], hit: Hit, governing: tuple[Hit, ...], low: int) -> Stage:
    """The outermost operator's stage.

    Without one the trigger's own, or its future one under "will", "to" and their like.
    """
    telling = [
        h
        for h in governing
        if not (h.trigger.lemma == "plan" and units[h.last].low == "planned" and len(governing) > 1)
    ]
    halted = next((h for h in telling if h.trigger.stage is Stage.HALTED), None)
    if halted:
        return Stage.HALTED
    if telling:
        outer = telling[0]
        if outer.trigger.lemma in ("sign", "agree") and hit.trigger.stage is Stage.NEGOTIATED:
            return Stage.NEGOTIATED
        return outer.trigger.stage
    if not hit.trigger.noun and hit.trigger.future and _ahead(units, hit, low):
        return hit.trigger.future
    if hit.trigger.noun and any(
        u.low in ("possible", "potential", "proposed", "planned", "future", "eventual")
        for u in units[max(0, hit.first - 5) : hit.first]
    ):
        return Stage.CONSIDERED
    return hit.trigger.stage


def _ahead(units: Sequence[Unit], hit: Hit, low: int) -> bool:
    """Whether a verb tells of what is to come: under "will", "would", "to", "going to", "set to"."""
    for at in range(hit.first - 1, max(low, hit.first - 5) - 1, -1):
        u = units[at]
        if u.low in ("will", "would", "shall", "to", "'ll", "may", "might", "could", "can", "should"):
            return True
        if u.low in ("has", "have", "had", "was", "were"):
            return False
        if u.low not in _AUX and not u.low.endswith("ly"):
            return False
    return False
