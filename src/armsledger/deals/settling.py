"""Settles a ground: which of its claims are of one deal, what each deal is called, and what a person has to say.

    claims -> profiles (profile.py) -> pairs (candidates.py) -> reasons (reasons.py) -> groups (clusters.py) -> keys

Judgements come first, the latest before the others; then official numbers; then likeness. The result is a function of
the claims, their dates of publication and the judgements alone: not of their order, nor of what was settled before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from armsledger.deals.clusters import Groups
from armsledger.deals.comparing import compare
from armsledger.deals.grounds import is_of_system, own_key
from armsledger.deals.judgements import rejected
from armsledger.deals.profile import Profile, profiles
from armsledger.deals.questions import questions
from armsledger.deals.reasons import FAMILY, KIND, LINK, Rule, margin, points
from armsledger.deals.ties import rank
from armsledger.deals.verdicts import rulings
from armsledger.model import Claim, ClaimId, DocumentId, Judgement, Settled

Published = Mapping[DocumentId, str | None]


def settle(ground: str, claims: Iterable[Claim], published: Published, judgements: Iterable[Judgement] = ()) -> Settled:
    """What the claims of one ground come to. ``judgements`` are those that stand; claims of other grounds in them are
    passed over. A claim that is given twice counts once.
    """
    ordered = in_order(claims, published)
    own = {c.id: own_key(c) for c in ordered}
    if ground.startswith("contract "):  # a contract as a whole is one thing by its number
        return Settled(ground, tuple(sorted((c, _named(ground, c, key)) for c, key in own.items())))
    decided = tuple(judgements)
    no_evidence = rejected(decided)
    groups = grouped(ground, [c for c in ordered if c.id not in no_evidence], published, decided)
    keys, ties = _keys(ground, groups, own)
    for claim in (c for c in ordered if c.id in no_evidence):
        keys[claim.id] = _beside(ground, groups, keys, claim, published)
    return Settled(ground, tuple(sorted(keys.items())), ties, questions(ground, groups))


def in_order(claims: Iterable[Claim], published: Published) -> list[Claim]:
    """Claims by publication, document and place, each once; those of unknown date last."""
    once = {c.id: c for c in claims}.values()
    return sorted(once, key=lambda c: (published.get(c.document) or "9999", c.document, c.start, c.id))


def base_of(ground: str) -> Rule:
    """What sharing a ground is worth."""
    return FAMILY if is_of_system(ground) else KIND


def grouped(ground: str, claims: Sequence[Claim], published: Published, judgements: Sequence[Judgement]) -> Groups:
    """The claims of a ground, which come in order, as groups that are one deal each."""
    present = {c.id for c in claims}
    decided = list(rulings(judgements, present))
    alone = frozenset(c for ruling in decided for c in (ruling.one, ruling.other))
    found = sorted(profiles(claims, published, alone), key=_by_time)
    groups = Groups(found, base_of(ground))
    place = {claim: n for n, profile in enumerate(found) for claim in profile.members}
    for ruling in decided:  # the latest first: an earlier one has no effect on what a later one has decided
        if ruling.same:
            groups.join(place[ruling.one], place[ruling.other])
        else:
            groups.keep_apart(place[ruling.one], place[ruling.other])
    _join_numbers(groups)
    groups.grow()
    return groups


def _by_time(profile: Profile) -> tuple[int, int, str]:
    first, last = profile.days or (9_999_999, 9_999_999)
    return first, last, profile.members[0]


def _join_numbers(groups: Groups) -> None:
    """Puts together what has one official number, or amends what has it; unless a person keeps it apart."""
    first: dict[str, int] = {}
    for n, profile in enumerate(groups.profiles):
        for number in sorted(profile.cases | profile.contracts | profile.entries):
            groups.join(first.setdefault(number, n), n)
    for n, profile in enumerate(groups.profiles):
        for number in sorted(profile.amends & first.keys()):
            groups.join(first[number], n)


# -- keys -------------------------------------------------------------------------------------------------


def _keys(
    ground: str, groups: Groups, own: Mapping[ClaimId, str]
) -> tuple[dict[ClaimId, str], tuple[tuple[str, str], ...]]:
    """The key of each claim, and the pairs of keys that are one deal.

    A claim with a number keeps it; the others of its group get the first number of the group, or the group's own name.
    """
    place = {claim: n for n, claim in enumerate(own)}  # in the order of publication
    keys: dict[ClaimId, str] = {}
    ties: set[tuple[str, str]] = set()
    taken: dict[str, int] = {}  # official number -> the group that bears it, where a person has torn its claims apart
    for name in sorted(groups.members):
        members = [c for n in groups.members[name] for c in groups.profiles[n].members]
        numbers = {own[c] for c in members if is_number(own[c])}
        numbers = {number for number in numbers if taken.setdefault(number, name) == name}
        ordered = sorted(numbers | groups.whole[name].amends, key=rank)
        ties |= {(min(ordered[0], number), max(ordered[0], number)) for number in ordered[1:]}
        called = ordered[0] if ordered else f"claims {ground} {min(members, key=place.__getitem__)}"
        keys |= {c: own[c] if own[c] in numbers else called for c in members}
    return keys, tuple(sorted(ties))


def is_number(key: str) -> bool:
    """Whether a key is that of an official number."""
    return key.startswith(("transmittal ", "contract "))


def _named(ground: str, claim: ClaimId, own: str) -> str:
    return own if is_number(own) else f"claims {ground} {claim}"


def _beside(ground: str, groups: Groups, keys: Mapping[ClaimId, str], claim: Claim, published: Published) -> str:
    """The key of a claim that is rejected as evidence: it stays with its number or the only deal that it is near to,
    and ties nothing.
    """
    own = own_key(claim)
    if is_number(own):
        return own
    (made,) = profiles([claim], published)
    near = [(points(compare(made, whole, base_of(ground))), name) for name, whole in groups.whole.items()]
    ranked = sorted((n for n in near if n[0] > 0), key=lambda n: (-n[0], n[1]))
    if not ranked or ranked[0][0] < LINK or (len(ranked) > 1 and ranked[1][0] > ranked[0][0] - margin(ranked[0][0])):
        return f"claims {ground} {claim.id}"
    return keys[groups.whole[ranked[0][1]].members[0]]
