"""Which profiles of a ground are compared at all: those near in time, and those that share a number that tells.

A small ground is compared whole. In a large one each profile meets those next to it in time, and further ones only
where they share a count or a sum, or where one is an official paper; so the pairs grow with the profiles and not with
their square.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from armsledger.deals.profile import Profile

WINDOW = 60  # profiles next in time that each is compared with
SHARED = 20  # profiles next in time with the same count or sum
PAPERS = 400  # profiles next in time that an official paper is compared with


def pairs(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """The pairs to compare, as places in ``profiles``, which come in the order of time; each once, lower first."""
    for first, one in enumerate(profiles):
        reach = PAPERS if one.official else WINDOW
        for second in range(first + 1, min(len(profiles), first + 1 + reach)):
            yield first, second
    yield from _far(profiles)


def _far(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """The pairs beyond the window."""
    if len(profiles) <= WINDOW:
        return
    sharing: dict[object, list[int]] = {}
    for place, profile in enumerate(profiles):
        beyond: set[int] = set()
        for value in (*profile.asked, *profile.bought, *profile.got, *profile.sums):
            before = sharing.setdefault(value, [])
            beyond.update(before[-SHARED:])
            before.append(place)
        if profile.official:
            beyond.update(range(max(0, place - PAPERS), place))
        for earlier in sorted(beyond):
            if place - earlier > (PAPERS if profiles[earlier].official else WINDOW):
                yield earlier, place
