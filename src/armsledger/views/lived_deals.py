"""Deals with their lives, for the analyses that ask many of them; what an analyst has rejected counts for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from armsledger.errors import InputError, NotFound

if TYPE_CHECKING:
    from armsledger.deals.bearing import Told
    from armsledger.deals.life import Life
    from armsledger.ledger import ClaimFilter, Ledger
    from armsledger.model import Claim, Deal, Stage

_STRETCH = 200  # deals whose dates of publication are asked for together


@dataclass(frozen=True, slots=True)
class LivedDeal:
    """A deal, its claims that count, and its life."""

    deal: Deal
    claims: tuple[Claim, ...]
    life: Life

    @property
    def family(self) -> str | None:
        """The family of systems that moves, by the most claims; None where no known system is named."""
        from collections import Counter

        from armsledger.deals.grounds import thing

        found = Counter(thing(c.system, None) for c in self.claims if c.system)
        return min(found, key=lambda f: (-found[f], f)) if found else None

    def reached(self, stage: Stage) -> tuple[Told, ...]:
        """The claims that reach a stage."""
        step = self.life.step(stage)
        return step.reached if step else ()


def lived_deals(book: Ledger, asked: Iterable[ClaimFilter], as_of: str | None) -> Iterator[LivedDeal]:
    """The deals that any of the filters lets through, each once and whole as of the date, by key."""
    from armsledger.deals import life
    from armsledger.pipeline import deals_of
    from armsledger.views.life import set_aside

    keys = sorted({key for which in asked for key in book.keys(which)})
    out = set_aside(book) if keys else {}
    for start in range(0, len(keys), _STRETCH):
        found = list(deals_of(book, keys[start : start + _STRETCH], as_of))
        published = book.published({c.document for _, claims in found for c in claims})
        for deal, claims in found:
            kept = tuple(c for c in claims if c.id not in out)
            if kept:
                yield LivedDeal(deal, kept, life(kept, published))


def days_of(told: Iterable[Told]) -> tuple[date | None, date | None]:
    """The first and the last day on which what claims tell was done; by the end of the day of publication where a claim
    has no date of its own. None where that is not known.
    """
    from armsledger.deals.bearing import interval

    firsts: list[date] = []
    lasts: list[date] = []
    dated = True
    for one in told:
        paper = interval(one.published)
        if one.happened is not None:
            firsts.append(one.happened.first)
            lasts.append(one.happened.after - timedelta(days=1))
        else:
            dated = False
            lasts += [paper.after - timedelta(days=1)] if paper is not None else []
    return (min(firsts) if firsts and dated else None), (min(lasts) if lasts else None)


def day_of(book: Ledger, as_of: str | None, still: str) -> date:
    """The last day of ``--as-of``, else that of the newest document. ``still`` is what can be said of an empty ledger.

    Raises InputError for what is no date, NotFound where neither is there.
    """
    from armsledger.deals.bearing import interval

    if as_of is not None:
        return (_date(as_of)) - timedelta(days=1)
    newest = next((interval(row.published) for row in book.newest(1)), None)
    if newest is None:
        raise NotFound(book.name, "the ledger has no dated document, so that no day is known to ask about", still)
    return newest.after - timedelta(days=1)


def _date(said: str) -> date:
    from armsledger.model import DateInterval

    try:
        return DateInterval(said).after
    except (ValueError, OverflowError) as problem:
        raise InputError("--as-of", str(problem), "give a day, a month or a year: 2025-05-14") from None
