"""Notices -> the days that the Congress of the United States has to look at each sale, with the last of them.

The day of the notification is not counted: the first of the days is the one after it. Where no document names that
day, the date of the notice counts for it, and says so: for most notices of these years both are the same. A pure
function of the claims of notices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from armsledger.lexicon.review import review_rule
from armsledger.model import Claim, ClaimId, DateInterval

LONGEST = 30  # days: who looks for periods that run on a day need not look further back
NOTIFIED, DATED = "notified", "date of the notice"
_SUPPLIER, _READER = "USA", "notices/"  # news may name a transmittal, but its dates are not those of a notification


@dataclass(frozen=True, slots=True)
class ReviewPeriod:
    """The time for which a notified sale lies before Congress.

    ``notified`` is the day of the notification and ``basis`` how it is known: ``notified`` where a document names it,
    else ``date of the notice``. ``last`` is the last day, inclusive. ``days``, ``last`` and ``rule`` (the law by which
    they hold) are None where the buyer is not stated or the day is not known to the day: unknown, not none.
    """

    transmittal: str
    recipient: str | None
    notified: DateInterval
    basis: str
    days: int | None
    last: date | None
    rule: str | None
    claims: tuple[ClaimId, ...]

    def runs_on(self, day: date) -> bool:
        """Whether a day lies in the period: from the day of the notification to the last day, both included."""
        return self.last is not None and self.notified.first <= day <= self.last

    def left_on(self, day: date) -> int | None:
        """How many of the days are left on a day, that day counted; None where the last day is not known."""
        if self.last is None or self.days is None:
            return None
        return min(self.days, max(0, (self.last - day).days + 1))


def review_periods(claims: Iterable[Claim]) -> tuple[ReviewPeriod, ...]:
    """The period of each notified sale, by last day (unknown ones last), transmittal and buyer.

    Where documents name different days of notification for one sale, each gives a period: they stand side by side.
    """
    cases: dict[tuple[str, str | None], list[Claim]] = {}
    for claim in claims:
        of_notice = claim.supplier == _SUPPLIER and claim.reader.startswith(_READER)
        if of_notice and (numbers := claim.anchored("transmittal")):
            cases.setdefault((numbers[0].value.upper(), claim.recipient), []).append(claim)
    found = [_period(*case, day) for case, told in cases.items() for day in _days(told)]
    return tuple(sorted(found, key=lambda p: (p.last or date.max, p.transmittal, p.recipient or "", p.notified.iso)))


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of notification that is told, how it is known, and the claims that tell it."""

    day: DateInterval
    basis: str
    claims: tuple[ClaimId, ...]


def _days(claims: Iterable[Claim]) -> list[_Day]:
    named: dict[str, set[ClaimId]] = {}
    dated: dict[str, set[ClaimId]] = {}
    for claim in claims:
        for anchor in claim.anchored("notified"):
            named.setdefault(anchor.value, set()).add(claim.id)
        if claim.date is not None:
            dated.setdefault(claim.date.iso, set()).add(claim.id)
    basis = NOTIFIED if named else DATED
    return [_Day(DateInterval(iso), basis, tuple(sorted(ids))) for iso, ids in sorted((named or dated).items())]


def _period(transmittal: str, recipient: str | None, told: _Day) -> ReviewPeriod:
    notified = told.day
    exact = notified.after - notified.first == timedelta(days=1)
    rule = review_rule(recipient, notified.first) if recipient is not None and exact else None
    return ReviewPeriod(
        transmittal=transmittal,
        recipient=recipient,
        notified=notified,
        basis=told.basis,
        days=rule.days if rule else None,
        last=notified.first + timedelta(days=rule.days) if rule else None,
        rule=rule.source if rule else None,
        claims=told.claims,
    )
