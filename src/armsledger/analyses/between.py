"""How long from one step of a ledger's deals to a later one: from request, notification or order to delivery?

Cohort: the deals that are told to have taken the first step. At the censoring date each has

    come so far    a claim affirms the later step
    ended          a claim affirms that it was halted, cancelled or has lapsed, and none the later step
    open           neither is told: seen until the censoring date and no longer

    share come within t years = sum over t_i <= t of S(t_i-) d_i / n_i    (Aalen-Johansen; to end is another way out)

A day that is told as a month or a year is an interval, and so is a wait: from the first day of the later step less the
last of the earlier one, to the other way round. Each share is worked out three times, with the least waits, with the
most, and with the last days that are told; the first two stand as bounds. Aalen and Johansen, Scand. J. Statist. 5
(1978). From fewer than ten deals no share is worked out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from armsledger.analyses.precedents import LEAST, Past
from armsledger.analyses.result import Cell, Column, Method, Result, Table
from armsledger.analyses.waiting import incidence
from armsledger.errors import InputError

LIMIT = (
    "These are the deals that this ledger has read: what is open may have come without a document here that tells it, "
    "and past waits promise no date."
)
SOURCE = "Aalen and Johansen 1978; the ledger's own deals"
STEPS = {"request": "requested", "notification": "notified", "order": "ordered"}
TARGETS = {"ordered": "ordered", "delivered": "first delivered", "full": "fully delivered"}
BY = {"family": "family", "supplier": "supplier", "recipient": "recipient", "route": "route", "kind": "kind"}
HORIZONS = (1, 2, 5)
_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most years that one deal waited or has waited, and those between the last days told.

    ``way`` is 1 where it came so far, 2 where it ended without, 0 where it is open.
    """

    least: float
    most: float
    told: float
    way: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Deals that are told together: how many came so far, ended, are open; and the shares come by time.

    ``curve`` has (years, share by the last days told, share by the most years, share by the least); ``half`` the years
    by which half had come so far, with both bounds; None where there are too few, or half have not.
    """

    name: str
    n: int
    came: int
    ended: int
    open: int
    curve: tuple[tuple[float, float, float, float], ...]
    half: tuple[float | None, float | None, float | None]

    def within(self, years: float) -> float | None:
        """The share come within so many years; None where there are too few deals."""
        if self.n < LEAST:
            return None
        return next((told for at, told, _, _ in reversed(self.curve) if at <= years), 0.0)


@dataclass(frozen=True, slots=True)
class Between:
    """The cohort from one step on, and for each later step the shares of all and of each group."""

    begin: str
    day: date
    by: str
    told: str
    n: int
    undated: int
    odd: int
    ends: tuple[tuple[str, Shares, tuple[Shares, ...]], ...]
    small: int
    backlog: tuple[tuple[str, int, float, float], ...]
    name_of: Callable[[str | None], str]

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def between(
    given: Sequence[Past],
    begin: str,
    day: date,
    *,
    by: str = "supplier",
    told: str = "all deals",
    name_of: Callable[[str | None], str] = str,
) -> Between:
    """The waits of deals from ``begin``, a key of ``STEPS``. Raises InputError where no deal is told to be so far."""
    step = STEPS[begin]
    cohort = [p for p in given if getattr(p, step) is not None]
    if not cohort:
        hint = "read notices, contracts or news: armsledger read FILE"
        raise InputError("leadtime", f"no deal of the ledger is told as {step} ({told})", hint)
    dated = [p for p in cohort if (when := getattr(p, step)[1]) is not None and when <= day]
    groups: dict[str, list[Past]] = defaultdict(list)
    for past in dated:
        groups[_name(past, by, name_of)].append(past)
    large = sorted((g for g in groups if len(groups[g]) >= LEAST), key=lambda g: (-len(groups[g]), g))
    ends, odd = [], 0
    for target in TARGETS:
        if target == step:
            continue
        spans = {id(p): _span(p, step, target, day) for p in dated}
        odd = max(odd, sum(1 for s in spans.values() if s is None))
        whole = _shares("all", [s for p in dated if (s := spans[id(p)]) is not None])
        own = tuple(_shares(g, [s for p in groups[g] if (s := spans[id(p)]) is not None]) for g in large)
        ends.append((target, whole, own))
    return Between(
        begin, day, by, told, len(cohort), len(cohort) - len(dated), odd, tuple(ends), len(groups) - len(large),
        tuple(_backlog(dated, step, day, name_of)), name_of,
    )  # fmt: skip


def _name(past: Past, by: str, name_of: Callable[[str | None], str]) -> str:
    value = getattr(past, BY[by])
    if by in ("supplier", "recipient"):
        return name_of(value) if value is not None else "not stated"
    return str(value) if value is not None else "no known system"


def _span(past: Past, step: str, target: str, day: date) -> Span | None:
    """How long one deal waited; None where the later step is told to have come wholly before the earlier one."""
    first, last = getattr(past, step)
    reached = getattr(past, target)
    if target == "ordered" and reached is None:
        reached = past.delivered  # what came had been ordered by then
    ended = past.halted if reached is None else None
    way = 1 if reached is not None else 2 if ended is not None else 0
    begin, end = reached or ended or (day, day)
    end = end or day
    if end < (first or last):
        return None
    least = _years(last, begin) if begin is not None else 0.0
    return Span(least, _years(first or last, end), _years(last, end), way)


def _years(one: date, other: date) -> float:
    return max(0.0, (other - one).days / 365.25)


def _shares(name: str, spans: Sequence[Span]) -> Shares:
    ways = [s.way for s in spans]
    came, ended = ways.count(1), ways.count(2)
    counts = len(spans), came, ended, len(spans) - came - ended
    if len(spans) < LEAST:
        return Shares(name, *counts, (), (None, None, None))
    told, most, least = (
        incidence([getattr(s, field) for s in spans], ways, 2) for field in ("told", "most", "least")
    )  # fmt: skip
    moments = sorted({*told[0], *most[0], *least[0]})
    curve = tuple((t, _at(told, t), _at(most, t), _at(least, t)) for t in moments)
    half = tuple(next((row[0] for row in curve if row[place] >= 0.5 - 1e-12), None) for place in (1, 3, 2))
    return Shares(name, *counts, curve, (half[0], half[1], half[2]))


def _at(found: tuple[tuple[float, ...], tuple[tuple[float, ...], ...]], years: float) -> float:
    from bisect import bisect_right

    place = bisect_right(found[0], years)
    return found[1][place - 1][0] if place else 0.0


def _backlog(
    dated: Sequence[Past], step: str, day: date, name_of: Callable[[str | None], str]
) -> Iterator[tuple[str, int, float, float]]:
    """For each recipient the deals that have begun and are neither delivered nor ended, with their ages."""
    ages: dict[str | None, list[float]] = defaultdict(list)
    for past in dated:
        if past.open:
            ages[past.recipient].append(_years(getattr(past, step)[1], day))
    for recipient in sorted(ages, key=lambda r: (-len(ages[r]), str(r))):
        own = sorted(ages[recipient])
        yield name_of(recipient) if recipient else "not stated", len(own), own[len(own) // 2], own[-1]


# -- the answer -------------------------------------------------------------------------------------------


def _result(found: Between) -> Result:
    curve = next((whole.curve for target, whole, _ in found.ends if target == "delivered"), ())
    return Result(
        name="leadtime",
        question=f"How long from {found.begin} to delivery, by the deals of the ledger ({found.told})?",
        answer=tuple(_answer(found)),
        limit=LIMIT,
        method=Method(
            "Aalen-Johansen shares of waits between the days that are told; a month or a year is an interval", SOURCE
        ),
        as_of=found.day.isoformat(),
        n=(
            (f"deals told as {STEPS[found.begin]}", found.n),
            *((TARGETS[target], whole.came) for target, whole, _ in found.ends),
        ),
        unknown=tuple(_unknown(found)),
        tables=tuple(_tables(found)),
        data={
            "from": found.begin,
            "censored": found.day.isoformat(),
            "curve": [
                {"years": t, "waiting": 1 - told, "low": 1 - least, "high": 1 - most} for t, told, most, least in curve
            ],
            "band": "bounds of days that are told as months or years",
            "backlog": [
                {"recipient": r, "open": n, "half": half, "oldest": oldest} for r, n, half, oldest in found.backlog
            ],
        },
    )


def _answer(found: Between) -> Iterator[str]:
    for target, whole, _ in found.ends:
        told = (
            f"{whole.came} of {whole.n} deals told as {STEPS[found.begin]} are told as {TARGETS[target]} by {found.day}"
        )
        told += f"; {whole.ended:,} ended without, {whole.open:,} are open"
        if whole.n < LEAST:
            yield f"{told}: fewer than {LEAST}, so that no share is worked out."
        elif whole.half[0] is None:
            yield f"{told}; fewer than half have come so far."
        else:
            yield f"{told}; half within {_told_half(whole.half)} years."


def _told_half(half: tuple[float | None, float | None, float | None]) -> str:
    told, least, most = half
    bounds = [f"{b:.1f}" for b in (least, most) if b is not None]
    if told is None or len({f"{told:.1f}", *bounds}) == 1:
        return f"{told:.1f}"
    high = f"{most:.1f}" if most is not None else "more than is known"
    return f"{told:.1f} (by the vagueness of days {bounds[0]} to {high})"


def _unknown(found: Between) -> Iterator[str]:
    yield f"what is open was seen until {found.day} and no longer; not told is not undone"
    if found.undated:
        yield f"{found.undated} deals have no day of that step, or one after {found.day}, and are left out"
    if found.odd:
        yield f"up to {found.odd} deals are left out of a step because it is told to have come before the {found.begin}"
    if found.small:
        yield f"{found.small} groups with fewer than {LEAST} deals are not told by themselves"
    yield "full delivery is told where the figures of what came reach those of what was ordered, thing by thing"


def _tables(found: Between) -> Iterator[Table]:
    for target, whole, groups in found.ends:
        yield Table(
            f"From {found.begin} to {TARGETS[target]}, by {found.by}; censored at {found.day}",
            (
                Column(found.by.capitalize()), Column("Deals"), Column("Came"), Column("Ended"), Column("Open"),
                Column("Half by", "years"), *(Column(f"By {h} y", "%", 0) for h in HORIZONS),
            ),
            tuple(_row(g) for g in (whole, *groups[:_SHOWN])),
            notes=(f"Shares from {LEAST} deals on; in brackets the bounds where days are told as months or years.",),
        )  # fmt: skip
    yield Table(
        f"Told as {STEPS[found.begin]}, neither delivered nor ended by {found.day}",
        (Column("Recipient"), Column("Deals"), Column("Half older than", "years", 1), Column("Oldest", "years", 1)),
        found.backlog[:_SHOWN],
        notes=(f"{len(found.backlog)} recipients in all.",) if len(found.backlog) > _SHOWN else (),
    )


def _row(one: Shares) -> tuple[Cell, ...]:
    within = (one.within(h) for h in HORIZONS)
    percent = (None if share is None else 100 * share for share in within)
    return one.name, one.n, one.came, one.ended, one.open, _half_cell(one), *percent


def _half_cell(one: Shares) -> Cell:
    """``2.0 (0.0 to 3.0)``; None where it is not known."""
    told, least, most = one.half
    if told is None:
        return None
    ends = [f"{b:.1f}" if b is not None else "?" for b in (least, most)]
    return f"{told:.1f}" if set(ends) == {f"{told:.1f}"} else f"{told:.1f} ({ends[0]} to {ends[1]})"
