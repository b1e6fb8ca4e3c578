"""Groups of profiles that are one deal: the best pair first, and none that anything between the two groups forbids.

Groups grow by their best pairs. Before two are put together they are held against each other as wholes, so that a
vague report cannot tie two deals that contradict one another. Where the lesser of two groups is about as near to
another group, and that one and the greater contradict one another, it is tied to neither, and a person is asked. What
comes out depends on nothing but what the profiles say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from armsledger.deals.candidates import pairs
from armsledger.deals.comparing import compare, of_two_papers, settled
from armsledger.deals.mentions import (
    Mentions,
    mentions,
    one_is_further,
    other_counts,
    other_sums,
    other_times,
)
from armsledger.deals.profile import Profile, together
from armsledger.deals.reasons import (
    AGREED,
    APART,
    GROWN,
    LINK,
    OTHER_EVENTS,
    OTHER_USUAL_COUNT,
    OTHER_USUAL_SUM,
    PAPERS_LINK,
    REACH,
    SETTLED,
    SPECIFIC,
    THE_FURTHER_ONE,
    Rule,
    margin,
    points,
)

MOST_GROWN = 4  # papers of the lesser group that raise what two groups need


@dataclass(frozen=True, slots=True)
class Whole:
    """Two groups held against each other as wholes: the points, and which reasons made them."""

    points: int
    rules: frozenset[Rule]


@dataclass(slots=True)
class Groups:
    """Profiles of a ground, in the order of time, while they are grouped. A group is named by its first profile.

    ``near`` holds, for each group, the points of its best pair with every group in reach, ``best`` which profiles that
    pair is; ``apart`` the groups that a person keeps apart.
    """

    profiles: Sequence[Profile]
    base: Rule
    whole: dict[int, Profile] = field(default_factory=dict)
    said: dict[int, Mentions] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    group_of: list[int] = field(default_factory=list)
    near: dict[int, dict[int, int]] = field(default_factory=dict)
    best: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    apart: dict[int, set[int]] = field(default_factory=dict)
    _held: dict[int, dict[int, Whole]] = field(default_factory=dict)
    _cores: dict[int, Profile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.whole = dict(enumerate(self.profiles))
        self.said = {place: mentions(profile) for place, profile in self.whole.items()}
        self.members = {place: [place] for place in self.whole}
        self.group_of = list(self.whole)
        self.near = {place: {} for place in self.whole}
        self.apart = {place: set() for place in self.whole}
        self._held = {place: {} for place in self.whole}

    # -- what is known beforehand

    def keep_apart(self, one: int, other: int) -> None:
        """Forbids that two profiles come together; no effect where they have already."""
        a, b = self.group_of[one], self.group_of[other]
        if a != b:
            self.apart[a].add(b)
            self.apart[b].add(a)

    def join(self, one: int, other: int) -> None:
        """Puts the groups of two profiles together whatever they say, unless a person keeps them apart."""
        a, b = self.group_of[one], self.group_of[other]
        if a != b and b not in self.apart[a]:
            self._merge(a, b)

    # -- by likeness

    def grow(self) -> None:
        """Compares, and puts together what belongs together."""
        self._compare()
        while self._pass():  # what was torn between two groups may be so no longer when these have grown
            pass

    def _compare(self) -> None:
        profiles, group_of, apart = self.profiles, self.group_of, self.apart
        for one, other in pairs(profiles):
            a, b = group_of[one], group_of[other]
            if a == b or b in apart[a]:
                continue
            n = points(compare(profiles[one], profiles[other], self.base))
            if n >= REACH and n > self.near[a].get(b, 0):
                self.near[a][b] = self.near[b][a] = n
                self.best[_sorted(a, b)] = (one, other)

    def _pass(self) -> bool:
        """One pass over all groups that are near enough; whether any were put together."""
        waiting = [(-n, a, b) for a, others in self.near.items() for b, n in others.items() if a < b and n >= LINK]
        heapify(waiting)
        grown = False
        while waiting:
            negative, a, b = heappop(waiting)
            if self.near.get(a, {}).get(b) != -negative:
                continue  # one of the two is gone, or they have become nearer
            lesser, greater = sorted((a, b), key=self.weight)
            if not self.excluded(a, b) and not self._torn(lesser, greater):
                kept, grown = self._merge(a, b), True
                for other, n in self.near[kept].items():
                    if n >= LINK:
                        heappush(waiting, (-n, *_sorted(kept, other)))
        return grown

    def excluded(self, a: int, b: int) -> bool:
        """Whether two groups may not be put together."""
        if b in self.apart[a]:
            return True
        held = self._hold(a, b)
        lesser = min(len(self.members[a]), len(self.members[b]))
        if held.points < APART + GROWN * min(MOST_GROWN, lesser - 1):
            return True
        n = self.near[a].get(b)
        if n is None:
            return False
        if n < PAPERS_LINK and of_two_papers(self.whole[a], self.whole[b]):
            return True
        return n < SETTLED and held.rules.isdisjoint(SPECIFIC) and settled(self.whole[a]) and settled(self.whole[b])

    def _torn(self, a: int, b: int) -> bool:
        """Whether ``a`` is about as near to another group, which contradicts ``b``."""
        ahead = self._worth(a, b) - 2 * margin(self.near[a][b])
        return any(
            other != b and self._worth(a, other) > ahead and not self.excluded(a, other) and self.contradict(other, b)
            for other in self.near[a]
        )

    def weight(self, group: int) -> tuple[bool, int, int]:
        """How much stands behind a group: an official number, then its papers; the earlier one weighs more."""
        return self.whole[group].official, len(self.members[group]), -group

    def _worth(self, a: int, b: int) -> int:
        """How good a candidate ``b`` is for ``a``: by their best pair, by the groups as wholes, and by what stands
        behind it.
        """
        whole = self.whole[b]
        standing = (6 if whole.official else 0) + min(4, len(whole.stories) // 2)
        return self.near[a][b] + self._hold(a, b).points + standing

    def contradict(self, a: int, b: int) -> bool:
        """Whether a person, or what both say as wholes, keeps two groups apart."""
        return b in self.apart[a] or self._hold(a, b).points < APART

    def _hold(self, a: int, b: int) -> Whole:
        """Two groups against each other as wholes; what each says more than once weighs more than a single figure."""
        known = self._held[a].get(b)
        if known is None:
            rules = compare(self._core(a), self._core(b), self.base)
            one, other = self.said[a], self.said[b]
            n = points(rules)
            if other_counts(one, other):
                n += OTHER_USUAL_COUNT
            if other_sums(one, other) and AGREED.isdisjoint(rules):
                n += OTHER_USUAL_SUM
            if other_times(one, other):
                n += OTHER_EVENTS
            if one_is_further(one, other):
                n += THE_FURTHER_ONE
            known = self._held[a][b] = self._held[b][a] = Whole(n, frozenset(rules))
        return known

    def _core(self, group: int) -> Profile:
        known = self._cores.get(group)
        if known is None:
            known = self._cores[group] = self.said[group].core(self.whole[group])
        return known

    def _merge(self, a: int, b: int) -> int:
        """Makes one group of two; gives its name."""
        kept, gone = _sorted(a, b)
        self.whole[kept] = together(self.whole[kept], self.whole.pop(gone))
        self.said[kept].add(self.said.pop(gone))
        self._cores.pop(kept, None)
        self._cores.pop(gone, None)
        for group in (kept, gone):
            for other in self._held[group]:
                self._held[other].pop(group, None)
            self._held[group] = {}
        for place in self.members[gone]:
            self.group_of[place] = kept
        self.members[kept] += self.members.pop(gone)
        for other in self.apart.pop(gone):
            self.apart[other].discard(gone)
            self.apart[other].add(kept)
            self.apart[kept].add(other)
        self.near[kept].pop(gone, None)
        self.best.pop((kept, gone), None)
        for other, n in self.near.pop(gone).items():
            self.near[other].pop(gone, None)
            if other != kept:
                pair = self.best.pop(_sorted(gone, other))
                if n > self.near[kept].get(other, 0):
                    self.near[kept][other] = self.near[other][kept] = n
                    self.best[_sorted(kept, other)] = pair
        return kept


def _sorted(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
