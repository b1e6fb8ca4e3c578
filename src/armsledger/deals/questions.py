"""What the rules cannot decide: claims that may belong to several deals, or that are neither near nor far enough."""

from __future__ import annotations

from collections.abc import Iterable

from armsledger.deals.clusters import Groups
from armsledger.deals.comparing import compare
from armsledger.deals.profile import Profile
from armsledger.deals.reasons import LINK, Rule
from armsledger.model import Link, Question, Reason

MOST = 5  # candidates that a question names


def questions(ground: str, groups: Groups) -> tuple[Question, ...]:
    """The questions of a ground, one for each group that may belong to others, by claim.

    Of two groups that may belong together the one with less behind it is asked about.
    """
    found = []
    for name, others in groups.near.items():
        open_ = [other for other in others if _lesser(groups, name, other)]
        if open_:
            found.append(_question(ground, groups, name, open_))
    return tuple(sorted(found, key=lambda q: q.claim))


def _lesser(groups: Groups, name: int, other: int) -> bool:
    """Whether this is the group to ask about: that without a number, with fewer claims, or the later one."""
    return _weight(groups, name) < _weight(groups, other)


def _weight(groups: Groups, name: int) -> tuple[bool, int, int]:
    whole = groups.whole[name]
    return whole.official, len(whole.members), -name


def _question(ground: str, groups: Groups, name: int, others: Iterable[int]) -> Question:
    ranked = sorted(others, key=lambda other: (-groups.near[name][other], other))[:MOST]
    links = []
    for other in ranked:
        mine, theirs = groups.best[min(name, other), max(name, other)]
        if groups.group_of[mine] != name:
            mine, theirs = theirs, mine
        links.append(link(groups.profiles[mine], groups.profiles[theirs], groups.base))
    torn = len(ranked) > 1 and groups.near[name][ranked[1]] >= LINK
    because = "two deals are about as near" if torn else "neither near nor far enough"
    return Question(ground, links[0].one, tuple(links), because)


def link(one: Profile, other: Profile, base: Rule) -> Link:
    """The first claims of two profiles, with the reasons for and against."""
    return Link(one.members[0], other.members[0], reasons(one, other, base))


def reasons(one: Profile, other: Profile, base: Rule) -> tuple[Reason, ...]:
    """All reasons for and against two profiles, told in words; the weightiest first."""
    rules = sorted(compare(one, other, base), key=lambda rule: (-abs(rule.points), rule.name))
    return tuple(Reason(rule.name, rule.points, rule.told(one, other)) for rule in rules)
