"""Of the sales that were notified, how many were contracted, how many delivered, and how many nobody knows?

A notice is a ceiling and no sale. Cohort: the deals with an official notice. At the censoring date each is

    contracted     a claim affirms that it was ordered, or delivered
    ended          a claim affirms that it was halted, cancelled or has lapsed, and none that it was ordered
    undetermined   neither is told: no document of the ledger says so, which is not to say that it did not happen

    rate  = contracted / notified, with Wilson's interval: a lower bound
    most  = (contracted + undetermined) / notified: the upper bound
    within t years   Aalen-Johansen shares of contracted and of ended, undetermined ones seen until the censoring date

From fewer than ten no rate is worked out. Aalen and Johansen, Scand. J. Statist. 5 (1978); Wilson, JASA 22 (1927).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from armsledger.analyses.precedents import LEAST, Past, Rate, rate_row
from armsledger.analyses.result import Cell, Column, Method, Result, Table
from armsledger.analyses.waiting import incidence
from armsledger.errors import InputError

LIMIT = (
    "These are the notices and contracts that this ledger has read: where it holds few contracts, few are found, and "
    "the rate says more of the reading than of the world."
)
SOURCE = "Wilson 1927; Aalen and Johansen 1978"
HORIZONS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Conversion:
    """The cohort and what became of it by the censoring date."""

    cohort: tuple[Past, ...]
    day: date
    told: str
    undated: int
    odd: int  # contracts that are dated before their notice
    within: tuple[tuple[int, float, float], ...]  # years, share contracted, share ended

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Notified to contracted, contracted to delivered, notified to delivered."""
        contracted = [p for p in self.cohort if _contracted(p)]
        ended = sum(1 for p in self.cohort if p.halted is not None and not _contracted(p))
        delivered = sum(1 for p in contracted if p.delivered is not None)
        waiting = sum(1 for p in contracted if p.open)
        still = len(self.cohort) - len(contracted) - ended
        return (
            Rate("notified, then contracted", len(contracted), len(self.cohort), still),
            Rate("contracted, then delivered", delivered, len(contracted), waiting),
            Rate("notified, then delivered", delivered, len(self.cohort), still + waiting),
            Rate("notified, then ended without a contract", ended, len(self.cohort), still),
        )

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def conversion(found: Sequence[Past], day: date, told: str = "all notices") -> Conversion:
    """The conversion of the notified deals among these. Raises InputError where there is none."""
    cohort = tuple(
        sorted((p for p in found if p.notified is not None), key=lambda p: (str(_noticed(p) or "~"), p.deal))
    )
    if not cohort:
        raise InputError(
            "conversion", f"the ledger has no notified sale ({told})", "read notices: armsledger read FILE"
        )
    dated = [p for p in cohort if (when := _noticed(p)) is not None and when <= day]
    odd = sum(1 for p in dated if (y := _years(p, p.ordered)) is not None and y < 0)
    return Conversion(cohort, day, told, len(cohort) - len(dated), odd, tuple(_within(dated, day)))


def _contracted(past: Past) -> bool:
    return past.ordered is not None or past.delivered is not None


def _noticed(past: Past) -> date | None:
    """The last day by which it had been notified."""
    return past.notified[1] if past.notified else None


def _years(past: Past, stage: tuple[date | None, date | None] | None) -> float | None:
    """Years from the notice to a stage, by the last days that are told."""
    noticed = _noticed(past)
    reached = stage[1] if stage else None
    return None if noticed is None or reached is None else (reached - noticed).days / 365.25


def _within(dated: Sequence[Past], day: date) -> Iterator[tuple[int, float, float]]:
    """Shares contracted and ended by each horizon that somebody has been seen for; what has no day is left out."""
    told = [fate for past in dated if (fate := _fate(past, day)) is not None]
    if len(told) < LEAST:
        return
    times, ends = [max(0.0, years) for years, _ in told], [kind for _, kind in told]
    moments, shares = incidence(times, ends, 2)
    for horizon in HORIZONS:
        if max(times) >= horizon:
            reached = [s for m, s in zip(moments, shares, strict=True) if m <= horizon]
            came, over = reached[-1] if reached else (0.0, 0.0)
            yield horizon, came, over


def _fate(past: Past, day: date) -> tuple[float, int] | None:
    """Years from the notice and how they ended: 1 contracted, 2 ended without, 0 open; None where no day tells."""
    noticed = _noticed(past)
    assert noticed is not None
    if _contracted(past):
        years, kind = _years(past, past.ordered or past.delivered), 1
    elif past.halted is not None:
        years, kind = _years(past, past.halted), 2
    else:
        years, kind = (day - noticed).days / 365.25, 0
    return None if years is None else (years, kind)


# -- the answer -------------------------------------------------------------------------------------------


def _result(found: Conversion) -> Result:
    return Result(
        name="conversion",
        question=f"Of notified sales ({found.told}), how many were contracted and delivered by {found.day}?",
        answer=tuple(_answer(found)),
        limit=LIMIT,
        method=Method("counts of a cohort at a censoring date, with Wilson's interval and bounds", SOURCE),
        as_of=found.day.isoformat(),
        n=(("notified sales", len(found.cohort)),),
        unknown=tuple(_unknown(found)),
        tables=tuple(_tables(found)),
    )


def _answer(found: Conversion) -> Iterator[str]:
    first = found.rates[0]
    told = f"{first.came} of {first.of} notified sales are told as contracted by {found.day}"
    if first.band is not None and first.most is not None:
        low, high = (100 * end for end in first.band)
        told += f" (95 %: {low:.0f} to {high:.0f} %); at most {100 * first.most:.0f} % if all that are open were, too"
    else:
        told += f": fewer than {LEAST}, so that no rate is worked out"
    yield f"{told}."
    yield f"Undetermined, because nothing is told after the notice: {first.undetermined} of {first.of}."


def _unknown(found: Conversion) -> Iterator[str]:
    if found.rates[0].undetermined:
        yield (
            f"{found.rates[0].undetermined} notices are undetermined: a contract of another name, or one that nobody "
            "announced, is not seen"
        )
    older = sum(1 for p in found.cohort if p.older)
    if older:
        yield f"orders under contracts that are older than the notice do not count as its conversion: {older} notices"
    if found.undated:
        yield f"{found.undated} notices have no day, or one after {found.day}, and are left out of the shares by year"
    if found.odd:
        yield f"{found.odd} contracts are dated before their notice; they count as contracted at once"


def _tables(found: Conversion) -> Iterator[Table]:
    columns = (
        Column("Step"), Column("Came"), Column("Of"), Column("Share", "%", 0), Column("from", "%", 0),
        Column("to", "%", 0), Column("Undetermined"), Column("At most", "%", 0),
    )  # fmt: skip
    yield Table(
        f"Notified, contracted, delivered; censored at {found.day}",
        columns,
        tuple(rate_row(rate) for rate in found.rates),
        notes=(f"Shares from {LEAST} on. A value in a notice is a ceiling: no sums are converted.",),
    )
    if found.within:
        yield Table(
            "Within so many years of the notice",
            (Column("Years"), Column("Contracted", "%", 0), Column("Ended without", "%", 0)),
            tuple((years, 100 * came, 100 * over) for years, came, over in found.within),
            notes=("Aalen-Johansen shares: what is open is seen until the censoring date and no longer.",),
        )
    yield Table(
        "By year of the notice",
        (Column("Year"), Column("Notified"), Column("Contracted"), Column("Delivered"), Column("Undetermined")),
        tuple(_by_year(found)),
    )


def _by_year(found: Conversion) -> Iterator[tuple[Cell, ...]]:
    years: dict[str, list[Past]] = defaultdict(list)
    for past in found.cohort:
        when = _noticed(past)
        years[str(when.year) if when else "undated"].append(past)
    for one in sorted(years):
        mine = years[one]
        came = [p for p in mine if _contracted(p)]
        over = sum(1 for p in mine if p.halted is not None and not _contracted(p))
        delivered = sum(1 for p in came if p.delivered is not None)
        yield one, len(mine), len(came), delivered, len(mine) - len(came) - over
