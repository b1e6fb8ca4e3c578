"""Chains: transfers of one item that follow each other: bought back, returned, resold, passed on.

    leg b follows leg a   if   b's supplier is a's recipient, both move the same family of systems,
                               and b is not certain to have come before a

Where he who passes it on is the item's state of origin, he may as well sell new ones: then b follows only as far as
its claims say so (resold, a resale ...) or are told in one document with a. What can be of a leg is asked claim by
claim: nobody has passed on what is only said to come back to him. Every step has the order of its dates; where they do
not tell, both orders are possible and the leg stands. A chain is what exists on paper, and no sign of an intention.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from armsledger.deals.bearing import Bearing, Published, Told, interval, place, tell
from armsledger.deals.grounds import thing
from armsledger.deals.life import Status, status
from armsledger.deals.roles import Role, RoleKind, roles
from armsledger.lexicon.matcher import lexicon
from armsledger.model import Claim, DealId, Stage, Subject


class LegState(StrEnum):
    """How far a leg has come."""

    DONE = "done"
    IN_PROGRESS = "in progress"
    POSSIBLE = "possible"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Leg:
    """One transfer of a chain: its sides, the claims that can be of it, and the deals that these claims belong to.

    ``after`` is the place in the chain of the leg that it follows (None for the first), ``because`` says why it does.
    """

    supplier: str
    recipient: str | None
    status: Status
    deals: tuple[DealId, ...]
    after: int | None
    because: str
    roles: tuple[Role, ...]

    @property
    def told(self) -> tuple[Told, ...]:
        """The claims that can be of this leg, by date of publication."""
        return self.status.life.told

    @property
    def state(self) -> LegState:
        """How far it has come by what is reached; possible where nothing more than considered is."""
        return _state(self.told)

    @property
    def contested(self) -> bool:
        """Whether somebody affirms and somebody denies it."""
        return self.status.contested

    @property
    def word(self) -> str:
        """``possible, contested``."""
        return f"{self.state}, contested" if self.contested else str(self.state)


@dataclass(frozen=True, slots=True)
class Chain:
    """Legs that follow each other from one first leg, each behind the one that it follows; ``family`` is what moves."""

    family: str
    legs: tuple[Leg, ...]

    @property
    def id(self) -> str:
        """A short hash of what moves and between whom: the same in every ledger."""
        said = [self.family, *(f"{leg.supplier}>{leg.recipient or '-'}" for leg in self.legs)]
        return "c" + hashlib.sha256(" ".join(said).encode()).hexdigest()[:10]

    def paths(self) -> tuple[tuple[Leg, ...], ...]:
        """Every way from the first leg to a last one, in order."""
        followed = {leg.after for leg in self.legs}
        ends = [n for n in range(len(self.legs)) if n not in followed]
        return tuple(tuple(self.legs[n] for n in self._back(end)) for end in ends)

    def _back(self, end: int) -> list[int]:
        way: list[int] = []
        at: int | None = end
        while at is not None:
            way.append(at)
            at = self.legs[at].after
        return way[::-1]


def chains(deals: Iterable[tuple[DealId, Sequence[Claim]]], published: Published) -> tuple[Chain, ...]:
    """The chains among deals, by what moves and by the first leg; deals of items that no lexicon knows have none."""
    hops = _hops(deals, published)
    by_supplier: dict[tuple[str, str], list[_Hop]] = defaultdict(list)
    for hop in hops:
        by_supplier[hop.family, hop.supplier].append(hop)
    onward = {
        hop: [b for b in by_supplier.get((hop.family, hop.recipient or ""), ()) if _follows(hop, b)] for hop in hops
    }
    followed = {b for after in onward.values() for b in after}
    firsts = [hop for hop in hops if hop not in followed]
    rest = sorted((hop for hop in hops if hop in followed), key=_first_order)
    made: list[Chain] = []
    seen: set[_Hop] = set()
    for first in (*firsts, *rest):
        if onward[first] and first not in seen:
            chain, used = _grown(first, by_supplier)
            if len(chain.legs) > 1:
                made.append(chain)
                seen |= used
    return tuple(sorted(made, key=lambda c: (c.family, c.legs[0].supplier, c.legs[0].recipient or "", c.id)))


# -- hops -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Hop:
    """All that is told of transfers of one family from one party to another."""

    family: str
    supplier: str
    recipient: str | None
    told: tuple[Told, ...]
    deals: tuple[tuple[str, DealId], ...]  # of each claim, by its id


def _hops(deals: Iterable[tuple[DealId, Sequence[Claim]]], published: Published) -> list[_Hop]:
    """The hops, by what moves and between whom; contracts as a whole and items of no known family have none."""
    claims: dict[tuple[str, str, str | None], dict[str, tuple[Claim, DealId]]] = defaultdict(dict)
    for deal, its in deals:
        for claim in its:
            family = thing(claim.system, claim.item)
            moves = claim.subject is Subject.TRANSFER and not family.startswith("*")
            if moves and claim.supplier and claim.supplier != claim.recipient:
                claims[family, claim.supplier, claim.recipient][claim.id] = (claim, deal)
    made = []
    for family, supplier, recipient in sorted(claims, key=lambda k: (k[0], k[1], k[2] or "")):
        here = claims[family, supplier, recipient]
        told = tell((claim for claim, _ in here.values()), published)
        made.append(_Hop(family, supplier, recipient, told, tuple((t.id, here[t.id][1]) for t in told)))
    return made


def _first_order(hop: _Hop) -> tuple[bool, int, str, str]:
    """Which hop of a circle comes first: from the state of origin, then the furthest, then by name."""
    rank = list(LegState).index(_state(hop.told))
    return hop.supplier not in origins(hop.family), rank, hop.supplier, hop.recipient or ""


def origins(family: str) -> tuple[str, ...]:
    """The states that a family of systems is from, by the lexicon; empty where it does not say."""
    return _origins().get(family, ())


def relatives(system: str) -> tuple[str, ...]:
    """The systems of the lexicon that are of one family with this one, itself included, in order.

    >>> relatives("s-400")
    ('s-400',)
    """
    family = thing(system, None)
    return tuple(sorted({system, *_families().get(family, ())}))


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for s in lexicon().systems:
        found[thing(s.id, None)].append(s.id)
    return {family: tuple(systems) for family, systems in found.items()}


@cache
def _origins() -> Mapping[str, tuple[str, ...]]:
    return {s.id: s.origin for s in lexicon().systems}


# -- what follows what ------------------------------------------------------------------------------------

_PASSED_ON = re.compile(
    r"\bre-?s(?:old|ell(?:s|ing)?|ales?)\b|\bre-?transfer\w{0,4}|\bre-?export\w{0,4}|"
    r"\b(?:s(?:old|ell(?:s|ing)?)|pass(?:ed|es|ing)?|handed)\s(?:(?:it|them|these|those)\s)?on\b",
    re.IGNORECASE,
)
_RULES = ("resell", "retransfer")  # by which a reader told the stage of such a leg


def _follows(a: _Hop, b: _Hop) -> tuple[tuple[Told, ...], str] | None:
    """The claims of ``b`` that can be of a leg behind ``a``, and why it follows; None where no claim can."""
    home = origins(a.family)
    holder = a.recipient or ""
    if b.recipient == a.supplier and not _comes_first(a, b):
        return None
    if holder not in home:
        by_rule, limit = list(b.told), LegState.DONE if _may_be_done(a.told) else LegState.POSSIBLE
        origin = f"not its state of origin ({', '.join(home)})" if home else "its state of origin is not known"
        because = f"{holder} is the recipient of the leg before, {'and ' if home else ''}{origin}"
    elif b.recipient == a.supplier:
        return None  # a maker who supplies the one that gave it back: a new sale
    else:
        together = {t.claim.document for t in a.told}
        by_rule = [t for t in b.told if _says_on(t.claim) or t.claim.document in together]
        limit = _state(a.told)
        says = any(_says_on(t.claim) for t in by_rule)
        because = "the words say that it is passed on" if says else "told in one document with the leg before"
    most = list(LegState).index(limit)
    kept = tuple(t for t in by_rule if list(LegState).index(_state((t,))) >= most and not _was_before(t, a.told))
    return (kept, because) if kept else None


def _comes_first(a: _Hop, b: _Hop) -> bool:
    """Of two hops that turn each other round, whether ``a`` is the one that came first."""
    home = origins(a.family)
    if (a.supplier in home) is not (b.supplier in home):
        return a.supplier in home
    one, other = (list(LegState).index(_state(h.told)) for h in (a, b))
    if one != other:
        return one < other
    return bool(a.told and b.told) and _day_of(a.told) < _day_of(b.told)


def _day_of(told: Sequence[Told]) -> tuple[date, tuple[str, str, int, str]]:
    """When a hop is first dated, else first told."""
    days = [t.happened.first for t in told if t.happened is not None]
    return min(days, default=date.max), min(map(place, told))


def _says_on(claim: Claim) -> bool:
    """Whether the words say that what moves has moved before."""
    rules = (a.how for a in claim.anchored("stage"))
    return any(rule.startswith(_RULES) for rule in rules) or bool(_PASSED_ON.search(claim.quote))


_UNDER_WAY = frozenset({Stage.REQUESTED, Stage.OFFERED, Stage.NEGOTIATED, Stage.APPROVED, Stage.ORDERED})


def _state(told: Iterable[Told]) -> LegState:
    """How far these claims say that a leg has come."""
    found = {(t.bearing, t.claim.stage) for t in told}
    if (Bearing.REACHED, Stage.DELIVERED) in found:
        return LegState.DONE
    if any(bearing is Bearing.REACHED and stage in _UNDER_WAY for bearing, stage in found):
        return LegState.IN_PROGRESS
    if all(bearing in (Bearing.DENIED, Bearing.DOUBTED) for bearing, _ in found):
        return LegState.DENIED
    return LegState.POSSIBLE


def _may_be_done(told: Iterable[Told]) -> bool:
    """Whether it was delivered, or agreed so firmly that it may have been since: not told is not undone."""
    firm = (Stage.APPROVED, Stage.ORDERED, Stage.DELIVERED)
    return any(t.bearing is Bearing.REACHED and t.claim.stage in firm for t in told)


def _was_before(later: Told, earlier: Sequence[Told]) -> bool:
    """Whether what a claim tells is certain to have come before a leg that it would follow."""
    until, since = _until(later), _since(earlier)
    return until is not None and since is not None and until <= since


def _until(told: Told) -> date | None:
    """The day by which a claim's stage had been reached (exclusive); None where it was not, or no date tells."""
    if told.bearing is not Bearing.REACHED or told.claim.stage is Stage.CONSIDERED:
        return None
    paper = interval(told.published)
    return told.happened.after if told.happened else paper.after if paper else None


def _since(told: Sequence[Told]) -> date | None:
    """The first day on which a leg can have been done; None where no date tells.

    What was not yet done when it was last told of cannot have been done before that day.
    """
    if _state(told) is LegState.DONE:
        done = [t for t in told if t.bearing is Bearing.REACHED and t.claim.stage is Stage.DELIVERED]
        days = [t.happened.first for t in done if t.happened is not None]
        return min(days) if len(days) == len(done) else None
    papers = [p.first for t in told if t.bearing is not Bearing.DENIED and (p := interval(t.published)) is not None]
    return max(papers, default=None)


# -- growing a chain --------------------------------------------------------------------------------------


def _grown(first: _Hop, by_supplier: Mapping[tuple[str, str], Sequence[_Hop]]) -> tuple[Chain, set[_Hop]]:
    """The chain that begins with a hop, and the hops in it; each hop is one leg, behind the first that it follows."""
    legs = [_leg(first, first.told, None, "")]
    hops = [first]
    used = {first}
    at = 0
    while at < len(legs):
        here = replace(hops[at], told=legs[at].told)  # only what can be of this leg decides what can follow it
        for hop in by_supplier.get((here.family, here.recipient or ""), ()):
            found = None if hop in used else _follows(here, hop)
            if found:
                used.add(hop)
                hops.append(hop)
                legs.append(_leg(hop, found[0], at, found[1]))
        at += 1
    return Chain(first.family, _in_order(legs)), used


def _leg(hop: _Hop, told: tuple[Told, ...], after: int | None, because: str) -> Leg:
    of = dict(hop.deals)
    deals = tuple(dict.fromkeys(of[t.id] for t in told))
    found = roles(told)
    if after is not None and origins(hop.family) and hop.supplier not in origins(hop.family):
        claim = told[0].claim
        found = (Role(RoleKind.RE_EXPORTER, hop.supplier, told[0], claim.start, claim.end, ""), *found)
    published = {t.claim.document: t.published for t in told}
    return Leg(hop.supplier, hop.recipient, status((t.claim for t in told), published), deals, after, because, found)


def _in_order(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """The legs so that each stands behind the one that it follows, branch by branch."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for n, leg in enumerate(legs):
        children[leg.after].append(n)
    placed: dict[int, int] = {}
    made: list[Leg] = []
    for n in _walk(children):
        placed[n] = len(made)
        after = legs[n].after
        made.append(replace(legs[n], after=None if after is None else placed[after]))
    return tuple(made)


def _walk(children: Mapping[int | None, Sequence[int]]) -> Iterator[int]:
    waiting = list(children[None])
    while waiting:
        n = waiting.pop()
        yield n
        waiting.extend(reversed(children.get(n, ())))
