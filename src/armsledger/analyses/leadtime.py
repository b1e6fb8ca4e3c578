"""How long from order to first and to full delivery, how many are still waited for, and can it be foretold?

Waits are taken from a register's rows: from the year of order to the year of the first delivery, or of the one that
makes up the number ordered; a row without is an open wait, seen until the register's last year. Years are all that is
told, so that a wait of d years lasted between d - 1 and d + 1: the median is given with both.

    by group   Kaplan-Meier curves (``waiting``) by supplier, status or kind of weapon, with counts
    foretold   P(first delivery within h years | still open after e) = 1 - product over e < t <= e + h of (1 - q_t)

where q_t is the share served in year t of those that had waited that long. The base rate pools all orders; the model
draws each supplier's shares towards the pooled ones, (events + k q_t) / (at risk + k). Where the model's skill over the
base rate may be zero in a back-test (``backtest``), only the base rate is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from armsledger.analyses.backtest import HORIZONS, Bin, Measured, Scored
from armsledger.analyses.result import Cell, Column, Method, Result, Table
from armsledger.analyses.waiting import Curve, Step, kaplan_meier, wilson
from armsledger.errors import InputError
from armsledger.text.registers import RegisterRow

LIMIT = (
    "The register holds orders that became known, most of them because they were carried out: it says nothing of the "
    "odds that a notified or rumoured deal is ever ordered, and past waits promise no date."
)
SOURCE = "Kaplan and Meier 1958; Graf and others 1999; SIPRI Arms Transfers Database"
LEAST = 10  # waits that a group needs to be told by itself


@dataclass(frozen=True, slots=True)
class Wait:
    """One order: its year, the years of its first and of its completing delivery (None: not yet), and its groups."""

    supplier: str
    recipient: str
    ordered: int
    first: int | None
    full: int | None
    status: str
    kind: str
    family: str = ""


def waits(
    rows: Iterable[RegisterRow], code_of: Callable[[str], str], family_of: Callable[[RegisterRow], str] | None = None
) -> tuple[tuple[Wait, ...], int]:
    """The waits of a trade register's rows, and how many rows were left out because a delivery precedes its order.

    Rows of the layout with one row a year of delivery are put together by their deal's number first. ``family_of``
    gives the family of systems of a row, where that is asked for.
    """
    made, odd = [], 0
    codes: dict[str, str] = {}
    for row, years, number in _by_deal(rows):
        for name in (row.supplier, row.recipient):
            codes.setdefault(name, code_of(name))
        first = years[0] if years else None
        if first is not None and first < row.ordered:
            odd += 1
            continue
        whole = bool(years) and row.number_ordered is not None and number >= row.number_ordered
        full = years[-1] if whole else None
        sides = codes[row.supplier], codes[row.recipient]
        told = row.status.split(" but")[0].lower(), row.description.lower(), family_of(row) if family_of else ""
        made.append(Wait(*sides, row.ordered, first, full, *told))
    return tuple(made), odd


def _by_deal(rows: Iterable[RegisterRow]) -> Iterator[tuple[RegisterRow, tuple[int, ...], int]]:
    deals: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        if row.number is None:
            yield row, tuple(sorted(row.delivery_years)), row.number_delivered or 0
        else:
            deals[row.number].append(row)
    for number in deals:
        held = deals[number]
        years = sorted({year for row in held for year in row.delivery_years})
        yield held[0], tuple(years), sum(row.number_delivered or 0 for row in held)


# -- curves -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """Orders that are told together, with the curves of their first and full deliveries."""

    name: str
    first: Curve
    full: Curve
    open_now: int


@dataclass(frozen=True, slots=True)
class LeadTime:
    """The curves of all orders and of each group, the backlog, and the back-test where it was asked for."""

    whole: Group
    groups: tuple[Group, ...]
    small: int  # groups too small to be told
    last: int
    since: int
    by: str
    vintage: str
    odd: int
    backlog: tuple[tuple[str, int, int, int], ...]  # recipient, open orders, median age, greatest age
    scores: tuple[Scored, ...] = ()
    bins: tuple[Bin, ...] = ()

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def lead_time(
    given: Sequence[Wait],
    last: int,
    *,
    since: int = 1990,
    by: str = "supplier",
    vintage: str = "unknown",
    odd: int = 0,
    name_of: Callable[[str], str] = str,
    tested: tuple[tuple[Scored, ...], tuple[Bin, ...]] = ((), ()),
) -> LeadTime:
    """The waits of orders since a year, as known at the end of ``last``. Raises InputError where there is none."""
    kept = [w for w in given if since <= w.ordered <= last]
    if not kept:
        raise InputError("waits", f"the register has no such order since {since}", "widen the filter")
    named = {"supplier": name_of, "recipient": name_of}.get(by, str)
    groups: dict[str, list[Wait]] = defaultdict(list)
    for wait in kept:
        groups[str(getattr(wait, by))].append(wait)
    large = sorted((name for name, held in groups.items() if len(held) >= LEAST), key=lambda n: (-len(groups[n]), n))
    return LeadTime(
        whole=_group("all", kept, last),
        groups=tuple(_group(named(name), groups[name], last) for name in large),
        small=len(groups) - len(large),
        last=last,
        since=since,
        by=by,
        vintage=vintage,
        odd=odd,
        backlog=tuple(_backlog(kept, last, name_of)),
        scores=tested[0],
        bins=tested[1],
    )


def _group(name: str, held: Sequence[Wait], last: int) -> Group:
    return Group(name, _curve(held, last, "first"), _curve(held, last, "full"), sum(1 for w in held if w.first is None))


def _curve(held: Sequence[Wait], last: int, what: str) -> Curve:
    ends = [getattr(w, what) for w in held]
    times = [(last if end is None else end) - w.ordered for w, end in zip(held, ends, strict=True)]
    return kaplan_meier(times, [end is not None for end in ends])


def _backlog(held: Sequence[Wait], last: int, name_of: Callable[[str], str]) -> Iterator[tuple[str, int, int, int]]:
    ages: dict[str, list[int]] = defaultdict(list)
    for wait in held:
        if wait.first is None:
            ages[wait.recipient].append(last - wait.ordered)
    for recipient in sorted(ages, key=lambda r: (-len(ages[r]), r)):
        own = sorted(ages[recipient])
        yield name_of(recipient), len(own), own[len(own) // 2], own[-1]


# -- the answer -------------------------------------------------------------------------------------------


def _result(found: LeadTime) -> Result:
    return Result(
        name="leadtime",
        question=f"How long from order to delivery, for orders since {found.since}?",
        answer=tuple(_answer(found)),
        limit=LIMIT,
        method=Method("Kaplan-Meier curves of waits in years; back-test by Brier score with IPCW", SOURCE),
        vintage=found.vintage,
        as_of=f"end of {found.last}",
        n=(("orders", found.whole.first.n), ("with a first delivery", found.whole.first.events)),
        unknown=tuple(_unknown(found)),
        tables=tuple(_tables(found)),
        data={
            "from": "order",
            "censored": f"the end of {found.last}",
            "curve": [_point(step) for step in found.whole.first.steps],
            "band": "95 % band",
            "backlog": [
                {"recipient": name, "open": count, "half": half, "oldest": oldest}
                for name, count, half, oldest in found.backlog
            ],
        },
    )


def _point(step: Step) -> dict[str, float]:
    told = {"years": step.time, "waiting": step.waiting, "low": step.low, "high": step.high}
    return told | {"at_risk": step.at_risk}


def _answer(found: LeadTime) -> Iterator[str]:
    whole = found.whole
    median = whole.first.median
    if median is None:
        yield f"Of {whole.first.n:,} orders fewer than half have had a first delivery; {whole.first.open:,} are open."
    else:
        yield (
            f"Of {whole.first.n:,} orders half had a first delivery within {median:.0f} year{_s(median)} "
            f"(years are all that is told: between {max(0, median - 1):.0f} and {median + 1:.0f}); "
            f"{whole.first.open:,} are still open at the end of {found.last}."
        )
    for score in found.scores:
        head = f"Within {score.horizon} years: the model"
        if score.better:
            band = f"95 %: {100 * score.skill.low:.1f} to {100 * score.skill.high:.1f}"
            yield f"{head} by supplier errs {100 * score.skill.value:.1f} % less than the base rate ({band})."
        else:
            yield f"{head} is not surely better than the base rate, which stands alone."


def _s(count: float) -> str:
    return "" if count == 1 else "s"


def _unknown(found: LeadTime) -> Iterator[str]:
    yield f"orders whose number is not told, or not yet delivered, count as not complete ({found.whole.full.open:,})"
    if found.odd:
        yield f"{found.odd:,} rows are left out because a delivery is dated before the order"
    if found.small:
        yield f"{found.small:,} groups with fewer than {LEAST} orders are not told by themselves"


def _tables(found: LeadTime) -> Iterator[Table]:
    shown = (found.whole, *found.groups[:15])
    yield Table(
        f"From order to first delivery, by {found.by}; the last column is when half were complete",
        (
            Column(found.by.capitalize()), Column("Orders"), Column("Open"), Column("Half by", "years"),
            *(Column(f"By {h} y", "%", 0) for h in HORIZONS), Column("Complete", "years"),
        ),
        tuple(_group_row(g) for g in shown),
    )  # fmt: skip
    yield Table(
        f"Ordered and without any delivery at the end of {found.last}",
        (Column("Recipient"), Column("Orders"), Column("Half older than", "years"), Column("Oldest", "years")),
        found.backlog[:15],
        notes=(f"{len(found.backlog)} recipients in all.",) if len(found.backlog) > 15 else (),
    )
    if found.scores:
        yield _score_table(found)
        yield _calibration(found)


def _group_row(group: Group) -> tuple[Cell, ...]:
    curve = group.first
    within = (100 * (1 - curve.waiting(h)) for h in HORIZONS)
    return group.name, curve.n, curve.open, curve.median, *within, group.full.median


def _score_table(found: LeadTime) -> Table:
    return Table(
        "Back-test of “a first delivery within h years”, orders open at the end of each year",
        (
            Column("Years"), Column("Forecasts"), Column("Base rate", "Brier"), Column("Model", "Brier"),
            Column("Skill", "%"), Column("Base rate", "concordance"), Column("Model", "concordance"),
        ),
        tuple(
            (
                s.horizon, s.orders, _measured(s.base, 4), _measured(s.model, 4), _measured(s.skill, 1, 100),
                _measured(s.base_order, 3), _measured(s.model_order, 3),
            )
            for s in found.scores
        ),
        notes=(
            "Smaller Brier scores are better; a concordance of 0.5 orders no better than chance.",
            "Bands (95 %): of scores over pairs of states drawn with replacement, of concordances by a jackknife.",
        ),
    )  # fmt: skip


def _measured(one: Measured, decimals: int, times: float = 1) -> str:
    """``0.2420 (0.2391 to 0.2447)``."""
    told = [f"{times * value:.{decimals}f}" for value in (one.value, one.low, one.high)]
    return f"{told[0]} ({told[1]} to {told[2]})"


def _calibration(found: LeadTime) -> Table:
    def row(one: Bin) -> tuple[Cell, ...]:
        band = wilson(one.came, one.orders) or (0.0, 1.0)
        came = (100 * share for share in (one.came / one.orders, *band))
        return one.horizon, one.by, 100 * one.foretold, one.orders, *came

    return Table(
        "Calibration, of the model and of the base rate",
        (
            Column("Years"), Column("By"), Column("Foretold", "%", 0), Column("Forecasts"), Column("Came", "%", 0),
            Column("from", "%", 0), Column("to", "%", 0),
        ),
        tuple(row(one) for one in found.bins if one.orders >= LEAST),
        notes=("Forecasts by tenths, where it is known what came; Wilson's 95 % interval.",),
    )  # fmt: skip
