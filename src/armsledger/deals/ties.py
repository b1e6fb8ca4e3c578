"""Keys that are one deal: the final key of each, and the ties that judgements make.

A tie is a pair of keys: a notice and a contract that follows it, an amendment and its case, what a person says is one.
Keys that are tied, one by one or in a chain, are one deal and have its least key: a notified case before a contract, a
contract before the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from armsledger.deals.verdicts import rulings
from armsledger.model import ClaimId, Judgement

Tie = tuple[str, str]

_CASE = "transmittal"
_RANK = {_CASE: 0, "contract": 1}  # an official case names a deal before a contract, both before claims


def rank(key: str) -> tuple[int, str]:
    """Sorts keys: notified cases, contracts, then the rest, each by itself."""
    return _RANK.get(key.partition(" ")[0], 2), key


def representatives(ties: Iterable[Tie]) -> dict[str, str]:
    """The final key of every key that is tied, in whatever order the ties come.

    Two cases become one deal only where a tie names both. A contract that is tied to one case by one article and to
    another by a second one makes no deal of the two: it stays by itself, since nothing tells what of it is whose.

    >>> representatives([("claims x", "contract C1 TUR"), ("contract C1 TUR", "transmittal USA 31-07 TUR")])["claims x"]
    'transmittal USA 31-07 TUR'
    """
    cases, rest, between = _Sets(), _Sets(), []
    for one, other in ties:
        of_cases = [key for key in (one, other) if key.startswith(_CASE)]
        if len(of_cases) == 1:
            between.append((of_cases[0], other if of_cases[0] == one else one))
            cases.root(of_cases[0])
            rest.root(between[-1][1])
        else:
            (cases if of_cases else rest).join(one, other)
    led_to: dict[str, set[str]] = {}
    for case, key in between:
        led_to.setdefault(rest.root(key), set()).add(cases.root(case))
    final = {key: cases.root(key) for key in cases.all()}
    for key in rest.all():
        one_case = led_to.get(rest.root(key), set())
        final[key] = min(one_case) if len(one_case) == 1 else rest.root(key)
    return dict(sorted(final.items()))


def judged_ties(judgements: Iterable[Judgement], key_of: Mapping[ClaimId, str]) -> tuple[Tie, ...]:
    """The pairs of keys that standing judgements say are one deal, sorted; each with the least key of those that hang
    together. Where a later one says that two claims are not of one deal, an earlier one says nothing of these two.
    """
    said = _Sets()
    for ruling in rulings(judgements, key_of):
        if ruling.same:
            said.join(key_of[ruling.one], key_of[ruling.other])
    pairs = ((key, said.root(key)) for key in said.all())
    return tuple(sorted((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]))


class _Sets:
    """Disjoint sets of keys; each is called by its least key."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, key: str) -> str:
        """The least key of the set that a key is in; a new one is alone."""
        known = self._parent.setdefault(key, key)
        while known != self._parent[known]:
            self._parent[known] = self._parent[self._parent[known]]
            known = self._parent[known]
        self._parent[key] = known
        return known

    def join(self, one: str, other: str) -> None:
        """Makes one set of those of two keys."""
        least, more = sorted((self.root(one), self.root(other)), key=rank)
        self._parent[more] = least

    def all(self) -> list[str]:
        """All keys, sorted."""
        return sorted(self._parent)
