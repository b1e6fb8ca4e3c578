"""Partial deliveries: how many are told as delivered, of how many, with bounds where several figures are given.

    at least = the largest figure          (a later figure may include the earlier ones)
    at most  = the sum of the figures      (none includes another; one figure a day, the largest)

Figures are never simply added. Equal figures of one day, or of no day, are one: reports repeat one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from armsledger.deals.bearing import Bearing, Told, place
from armsledger.deals.grounds import kind, thing
from armsledger.model import Claim, DateInterval, Stage, plain
from armsledger.text.quantities import find_counts


@dataclass(frozen=True, slots=True)
class Batch:
    """One figure that is told as delivered, when (None: not told), and the claims that tell it."""

    quantity: Decimal
    when: DateInterval | None
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is told as delivered of one kind of item, figure by figure, and what it is a part of.

    ``of`` are the figures of the furthest stage before delivery that has one (``whole``), the smallest first; empty
    where none is told.
    """

    item: str
    batches: tuple[Batch, ...]
    of: tuple[Decimal, ...] = ()
    whole: Stage | None = None

    @property
    def at_least(self) -> Decimal:
        """The largest figure: the others may be contained in it."""
        return max(b.quantity for b in self.batches)

    @property
    def at_most(self) -> Decimal:
        """The sum of the largest figure of each day: if none contains another."""
        by_day: dict[str, Decimal] = {}
        for n, b in enumerate(self.batches):
            day = b.when.iso if b.when else f"not told {n}"
            by_day[day] = max(b.quantity, by_day.get(day, b.quantity))
        return sum(by_day.values(), start=Decimal(0))

    @property
    def sentence(self) -> str:
        """``12 of 53 told as delivered``; with several figures each, and the bounds."""
        several = len(self.batches) > 1
        figures = [plain(b.quantity) + (f" ({b.when})" if b.when and several else "") for b in self.batches]
        told = f"{', '.join(figures[:-1])} and {figures[-1]}" if several else figures[0]
        if len(figures) > _FIGURES:
            least = min(b.quantity for b in self.batches)
            told = f"{len(figures)} figures from {plain(least)} to {plain(self.at_least)}"
        wholes = " or ".join(map(plain, self.of)) if len(self.of) <= _FIGURES else f"{len(self.of)} other figures"
        if self.whole in (Stage.ORDERED, Stage.DELIVERED) and wholes:
            told += f" of {wholes} told as delivered"
        else:
            told += " told as delivered" + (f", {wholes} {self.whole}" if wholes else "")
        if self.at_least == self.at_most:
            return told
        return f"{told}: at least {plain(self.at_least)}, at most {plain(self.at_most)}, as one may include another"


_FIGURES = 4  # figures that a sentence names; ``batches`` has them all


def deliveries(told: Iterable[Told]) -> tuple[Delivery, ...]:
    """The deliveries of a deal with a figure, by kind of item; claims that tell of delivery without one give none."""
    reached = [t for t in told if t.bearing is Bearing.REACHED and t.claim.quantity is not None]
    by_kind: dict[str, list[Told]] = {}
    for t in reached:
        by_kind.setdefault(what(t.claim), []).append(t)
    return tuple(
        Delivery(_named(here), _batches(here), *_whole(here))
        for _, here in sorted(by_kind.items())
        if any(t.claim.stage is Stage.DELIVERED for t in here)
    )


_PARTS = frozenset(
    "section kit launcher engine pod radar container part component simulator trainer seat canister battery module "
    "warhead motor seeker fuze gun turret sensor system spare".split()
)


def what(claim: Claim) -> str:
    """What is counted: the family or kind of the item, and the part of it where only that is meant."""
    last = kind(claim.item or "")
    return thing(claim.system, claim.item) + (f" {last}" if last in _PARTS else "")


def _named(here: Sequence[Told]) -> str:
    """The item as the first claim of its delivery names it."""
    return next((t.claim.item for t in here if t.claim.stage is Stage.DELIVERED and t.claim.item), "item not stated")


def _batches(here: Sequence[Told]) -> tuple[Batch, ...]:
    """One batch a figure and time, in the order of the times; those of no time stand where they were first told."""
    found: list[Batch] = []
    for t in sorted((t for t in here if t.claim.stage is Stage.DELIVERED), key=_dated_first):
        quantity, _ = counted(t.claim)
        if quantity is not None:
            same = next((n for n, b in enumerate(found) if b.quantity == quantity and _meet(b.when, t.happened)), None)
            if same is None:
                found.append(Batch(quantity, t.happened, (t,)))
            else:
                found[same] = Batch(quantity, found[same].when, (*found[same].told, t))
    return tuple(sorted(found, key=lambda b: (b.when.first.isoformat() if b.when else _first(b), b.quantity)))


def _dated_first(told: Told) -> tuple[float, str, tuple[str, str, int, str]]:
    """The most exact dates first, so that a vaguer report joins the one that it repeats."""
    when = told.happened
    if when is None:
        return float("inf"), "", place(told)
    return float((when.after - when.first).days), when.iso, place(told)


def _meet(one: DateInterval | None, other: DateInterval | None) -> bool:
    """Whether two times may be the same."""
    return one is None or other is None or (one.first < other.after and other.first < one.after)


def _first(batch: Batch) -> str:
    return min(t.published or "9999" for t in batch.told)


def _whole(here: Sequence[Told]) -> tuple[tuple[Decimal, ...], Stage | None]:
    """What the delivered ones are a part of: by the words of the delivery itself, else by the furthest stage before."""
    named = {whole for t in here if t.claim.stage is Stage.DELIVERED and (whole := counted(t.claim)[1]) is not None}
    if named:
        return tuple(sorted(named)), Stage.DELIVERED
    for stage in (Stage.ORDERED, Stage.APPROVED, Stage.REQUESTED):
        figures = {t.claim.quantity for t in here if t.claim.stage is stage and t.claim.quantity is not None}
        if figures:
            return tuple(sorted(figures)), stage
    return (), None


_OF = re.compile(r"\s+of\s+(?:(?:the|its|their|a|an|those)\s+)?(?:total\s+(?:of\s+)?)?", re.IGNORECASE)
_BEFORE = 48  # characters before a count in which the part of it is looked for


def counted(claim: Claim) -> tuple[Decimal | None, Decimal | None]:
    """How many a claim says, and of how many: ``12 of the 36 aircraft`` is 12 and 36, whichever the claim counts."""
    if claim.quantity is None:
        return None, None
    for anchor in claim.anchored("quantity"):
        at = anchor.start - claim.start
        before = claim.quote[max(0, at - _BEFORE) : at] if at > 0 else ""
        for count in find_counts(before):
            if _OF.fullmatch(before, count.end):
                return count.number, claim.quantity
    return claim.quantity, None
