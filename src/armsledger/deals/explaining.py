"""Why the claims of one deal are together: as few links as hold them, each with its reasons.

Claims of one official number are tied to the first of them; those that a person has put together by the judgement;
the rest by the best pair that leads to each, weighed as when they were put together. Claims of different grounds are
held by numbers, judgements and notices that amend one another alone: nothing else compares them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from armsledger.deals import reasons
from armsledger.deals.candidates import pairs
from armsledger.deals.comparing import compare
from armsledger.deals.grounds import case_key, own_key, place
from armsledger.deals.judgements import rejected
from armsledger.deals.profile import Profile, profiles
from armsledger.deals.questions import link
from armsledger.deals.reasons import points
from armsledger.deals.settling import base_of, in_order, is_number
from armsledger.deals.verdicts import Ruling, rulings
from armsledger.model import Claim, ClaimId, DocumentId, Judgement, Link, Reason


def why(
    claims: Iterable[Claim], published: Mapping[DocumentId, str | None], judgements: Iterable[Judgement] = ()
) -> tuple[Link, ...]:
    """The links that hold the claims of one deal together, the surest first: at most one fewer than the claims.

    ``judgements`` are those that stand. Claims that nothing among the given ones ties, as of a day before the paper
    that does, have no link; neither have claims that are rejected as evidence and bear no number.
    """
    ordered = in_order(claims, published)
    decided = tuple(judgements)
    held = _Held(ordered)
    for ruling in rulings(decided, {c.id for c in ordered}):
        if ruling.same:
            held.tie(_judged(ruling))
    for found in _by_numbers(ordered):
        held.tie(found)
    no_evidence = rejected(decided)
    for found in _by_likeness([c for c in ordered if c.id not in no_evidence], published):
        held.tie(found)
    return tuple(held.links)


class _Held:
    """Claims that are held together so far, and by which links."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._group = {c.id: {c.id} for c in claims}
        self.links: list[Link] = []

    def tie(self, found: Link) -> None:
        """Keeps a link between two groups; one within a group says nothing new."""
        one, other = self._group[found.one], self._group[found.other]
        if one is other:
            return
        self.links.append(found)
        lesser, greater = sorted((one, other), key=len)
        greater |= lesser
        for claim in lesser:
            self._group[claim] = greater


def _judged(ruling: Ruling) -> Link:
    told = f"{ruling.judgement.author}, {ruling.judgement.made}: {ruling.judgement.because}"
    return Link(ruling.one, ruling.other, (Reason("judged the same", reasons.SAME_NUMBER.points, told),))


def _by_numbers(ordered: Sequence[Claim]) -> Iterator[Link]:
    """Claims of one number, each with the first of it, and a case with the one that it amends."""
    first: dict[str, Claim] = {}
    rule = reasons.SAME_NUMBER
    for claim in ordered:
        number = own_key(claim)
        if is_number(number):
            known = first.setdefault(number, claim)
            yield Link(known.id, claim.id, (Reason(rule.name, rule.points, f"both are of {number}"),))
    for claim in ordered:
        for amended in sorted(_amended(claim) & first.keys()):
            told = f"it says that it amends {amended}"
            yield Link(first[amended].id, claim.id, (Reason(reasons.AMENDS.name, reasons.AMENDS.points, told),))


def _amended(claim: Claim) -> frozenset[str]:
    return frozenset(case_key(claim, a.value.upper()) for a in claim.anchors if a.field == "amends")


def _by_likeness(ordered: Sequence[Claim], published: Mapping[DocumentId, str | None]) -> Iterator[Link]:
    """The pairs of each ground that may be of one deal, the best first, and the claims of each profile."""
    grounds: dict[str, list[Claim]] = defaultdict(list)
    for claim in ordered:
        grounds[place(claim)[0]].append(claim)
    for ground, held in grounds.items():
        found = sorted(profiles(held, published), key=lambda p: (p.days or (0, 0), p.members[0]))
        base = base_of(ground)
        for profile in found:
            yield from _alike(profile, profile.members)
        ranked = []
        for one, other in pairs(found):
            n = points(compare(found[one], found[other], base))
            if n >= reasons.REACH:
                ranked.append((-n, one, other))
        for _, one, other in sorted(ranked):
            yield link(found[one], found[other], base)


def _alike(profile: Profile, members: Sequence[ClaimId]) -> Iterator[Link]:
    """Claims that were compared as one."""
    rule = reasons.SAME_NUMBER if profile.entries else reasons.SAYS_THE_SAME
    for member in members[1:]:
        yield Link(members[0], member, (Reason(rule.name, rule.points, rule.told(profile, profile)),))
