"""What a group of claims says again and again: its counts, its sums, the times of its steps, whether it is a further
deal.

A single report may have a wrong figure; a figure that is given at several times is the deal's own. Two groups that
each have their own are two deals, whatever else they have in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from armsledger.deals.comparing import alike
from armsledger.deals.profile import DELIVERED, Profile
from armsledger.deals.written import Written
from armsledger.model import Meaning

Times = dict[Written, set[tuple[int, int]]]  # figure -> when it is given: step, and the stretch of time

STRETCH = 45  # days in which reports mostly copy one another
STRAY = 3  # a figure given at so many times fewer than the usual one is a stray one
OTHER_EVENT = 250  # days between two events that are not one
LOWEST_PART = Decimal("0.7")  # what is paid is often less than what was estimated, seldom less than this part of it
FEWEST_STORIES = 3
FURTHER, NOT_FURTHER = 0.4, 0.15  # shares of stories from and up to which a group is, or is not, a further deal


@dataclass(slots=True)
class Mentions:
    """What the profiles of a group give, and when; ``steps`` are days on which a step is said to have been taken."""

    counts: Times = field(default_factory=dict)
    sums: Times = field(default_factory=dict)
    steps: dict[int, set[int]] = field(default_factory=dict)
    further: int = 0
    stories: int = 0
    _own: tuple[list[Written], list[Written]] | None = None

    def own(self) -> tuple[list[Written], list[Written]]:
        """The counts and the sums that are given more than once and are no stray ones."""
        if self._own is None:
            self._own = _usual(self.counts), _usual(self.sums)
        return self._own

    def add(self, other: Mentions) -> None:
        """Takes in what another group gives."""
        for mine, theirs in ((self.counts, other.counts), (self.sums, other.sums)):
            for figure, when in theirs.items():
                mine.setdefault(figure, set()).update(when)
        for step, days in other.steps.items():
            self.steps.setdefault(step, set()).update(days)
        self._own = None
        self.further += other.further
        self.stories += other.stories

    def core(self, whole: Profile) -> Profile:
        """The group's profile without its stray figures."""
        if len(self.counts) < 2 and len(self.sums) < 2:
            return whole
        counts, sums = _strays(self.counts), _strays(self.sums)
        return replace(
            whole,
            asked=whole.asked - counts,
            bought=whole.bought - counts,
            sums=frozenset(s for s in whole.sums if s[2] not in sums),
        )


def mentions(profile: Profile) -> Mentions:
    """What one profile gives. What a notice says is certain; what a contract says may be a part."""
    when = {(step, first // STRETCH) for step, first, _ in profile.phases}
    when |= {(0, 0), (1, 1)} if profile.cases else set()
    counts = () if profile.contracts else profile.asked | profile.bought
    sums = [amount for meaning, currency, amount in profile.sums if meaning is not Meaning.AWARD and currency == "USD"]
    told = 1 if profile.stories else 0
    return Mentions(
        {count: set(when) for count in counts},
        {amount: set(when) for amount in sums},
        _steps(profile),
        told if profile.again else 0,
        told,
    )


def _steps(profile: Profile) -> dict[int, set[int]]:
    if profile.cases:
        return {step: {first, first + 1} for step, first, _ in profile.phases}
    if profile.contracts:
        return {}
    return {step: {first} for step, first, last in profile.phases if step < DELIVERED and last - first <= STRETCH}


def _strays(times: Times) -> frozenset[Written]:
    """The figures that are given seldom beside one that is given often."""
    most = max((len(when) for when in times.values()), default=0)
    return frozenset(figure for figure, when in times.items() if most > 1 and STRAY * len(when) < most)


def _usual(times: Times) -> list[Written]:
    if not times:
        return []
    most = max((len(when) for when in times.values()), default=0)
    return [figure for figure, when in times.items() if len(when) > 1 and STRAY * len(when) >= most]


# -- two groups -------------------------------------------------------------------------------------------


def other_counts(one: Mentions, other: Mentions) -> bool:
    """Whether both have a usual count, and not the same one."""
    mine, theirs = one.own()[0], other.own()[0]
    return bool(mine and theirs) and not any(alike(a, b) for a in mine for b in theirs)


def other_sums(one: Mentions, other: Mentions) -> bool:
    """Whether both have a usual sum, and none of one is near any of the other."""
    mine, theirs = one.own()[1], other.own()[1]
    return bool(mine and theirs) and not any(_near(a.amount, b.amount) for a in mine for b in theirs)


def _near(one: Decimal, other: Decimal) -> bool:
    return min(one, other) >= LOWEST_PART * max(one, other)


def other_times(one: Mentions, other: Mentions) -> bool:
    """Whether both say more than once when a step was taken, and most of a year lies between what they say."""
    for step in one.steps.keys() & other.steps.keys():
        mine, theirs = _repeated(one.steps[step]), _repeated(other.steps[step])
        if mine and theirs and min(abs(a - b) for a in mine for b in theirs) > OTHER_EVENT:
            return True
    return False


def _repeated(days: set[int]) -> Sequence[int]:
    """The days that have another one near."""
    return [a for a, b in pairwise(sorted(days)) if b - a <= STRETCH]


def one_is_further(one: Mentions, other: Mentions) -> bool:
    """Whether most stories of one group call it a further deal and hardly any of the other's do."""
    mine, theirs = _is_further(one), _is_further(other)
    return mine is not None and theirs is not None and mine is not theirs


def _is_further(group: Mentions) -> bool | None:
    if group.stories < FEWEST_STORIES:
        return None
    share = group.further / group.stories
    return True if share >= FURTHER else False if share <= NOT_FURTHER else None
