"""What the rules cannot decide: claims that may belong to several deals, or that are neither near nor far enough."""

from __future__ import annotations

from collections.abc import Sequence

from armsledger.deals.clusters import Groups
from armsledger.deals.comparing import compare
from armsledger.deals.profile import Profile
from armsledger.deals.reasons import ASK, LINK, Rule
from armsledger.model import Link, Question, Reason

MOST = 5  # candidates that a question names
TORN = "two deals are about as near"
BETWEEN = "neither near nor far enough"


def questions(ground: str, groups: Groups) -> tuple[Question, ...]:
    """The questions of a ground, one for each group that may belong to others, by claim.

    Of two groups that may belong together the one with less behind it is asked about.
    """
    found = []
    for name in groups.near:
        candidates = _candidates(groups, name)
        if candidates:
            found.append(_question(ground, groups, name, candidates))
    return tuple(sorted(found, key=lambda q: q.claim))


def _candidates(groups: Groups, name: int) -> list[int]:
    """The groups that one may belong to, the likeliest first."""
    weight = groups.weight(name)
    found = [
        other
        for other, n in groups.near[name].items()
        if n >= ASK and groups.weight(other) > weight and not groups.contradict(name, other)
    ]
    return sorted(found, key=lambda other: (-groups.near[name][other], other))


def _question(ground: str, groups: Groups, name: int, candidates: Sequence[int]) -> Question:
    links = []
    for other in candidates[:MOST]:
        mine, theirs = groups.best[min(name, other), max(name, other)]
        if groups.group_of[mine] != name:
            mine, theirs = theirs, mine
        links.append(link(groups.profiles[mine], groups.profiles[theirs], groups.base))
    torn = len(candidates) > 1 and groups.near[name][candidates[1]] >= LINK
    return Question(ground, links[0].one, tuple(links), TORN if torn else BETWEEN)


def link(one: Profile, other: Profile, base: Rule) -> Link:
    """The first claims of two profiles, with all reasons for and against, the weightiest first."""
    rules = sorted(compare(one, other, base), key=lambda rule: (-abs(rule.points), rule.name))
    told = (Reason(rule.name, rule.points, rule.told(one, other)) for rule in rules)
    return Link(one.members[0], other.members[0], tuple(told))
