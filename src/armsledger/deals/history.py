"""Quantities and unit prices against the ledger's own history of the same family.

The history of a deal are the deals of the same family that are earlier: the same kind of article counted, for a price
the same meaning of the sum and the same currency. A deal is of the first day that its claims tell, else of the day on
which it was first published. A number is far from its history where

    it lies outside all that came before, by a factor of ``BEYOND`` at least, and
    |ln x - median(ln h)| > ``SPREADS`` * 1.4826 * median(|ln h - median(ln h)|)

with at least ``LEAST`` deals before it. The factor keeps narrow histories quiet, the spread wide ones. It is large:
states do buy two of what others buy by the hundred, and a rule that stops at each of them stops nobody. A deal counts
where it names one count of the family and, for a price, nothing else that is counted: the sum of a package has no unit
price.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import log
from statistics import median

from armsledger.deals.disputes import Voice
from armsledger.deals.findings import Case, Code, Finding, Which, grouped
from armsledger.deals.values import article, sum_of
from armsledger.deals.written import Bound, as_written
from armsledger.lexicon.matcher import lexicon
from armsledger.model import Claim, Meaning, plain

LEAST = 5  # earlier deals without which there is no history
BEYOND = {"quantity": Decimal(10), "unit price": Decimal(5)}
SPREADS = 3.5
_TO_DEVIATION = 1.4826  # from the median distance of a normal distribution to its standard deviation
_PRICED = (Meaning.CEILING, Meaning.AWARD)


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A number of one deal, with the deal's first day."""

    day: str
    deal: Which
    number: Decimal
    words: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """What numbers are of: ``quantity`` or ``unit price``, of which family, in what unit."""

    name: str
    family: str
    unit: str = ""


class History:
    """The numbers of all deals, as they come; asked at the end."""

    def __init__(self) -> None:
        self._series: dict[Series, list[Entry]] = defaultdict(list)

    def add(self, case: Case) -> None:
        """Keeps the numbers of a deal, where it has such as can be compared."""
        told = [c.date.iso for c in case.affirmed() if c.date]
        days = sorted(told or (day for c in case.claims if (day := case.published.get(c.document))))
        counted = [c for c in case.affirmed() if c.quantity is not None and c.quantity > 0]
        if not days or not counted:
            return
        by_article: dict[str, dict[Decimal, Claim]] = defaultdict(dict)
        for claim in counted:
            by_article[article(claim)].setdefault(claim.quantity or Decimal(0), claim)
        for family, counts in by_article.items():
            if len(counts) == 1 and not family.startswith("*"):
                self._add_count(case, family, next(iter(counts.values())), days[0], alone=len(by_article) == 1)

    def _add_count(self, case: Case, family: str, claim: Claim, day: str, *, alone: bool) -> None:
        anchor = next(iter(claim.anchored("quantity")), None)
        exact = as_written(claim, claim.quantity or Decimal(0), claim.anchored("quantity"))
        if exact.bound is not Bound.NONE:
            return
        words = case.words(claim, anchor)
        insort(self._series[Series("quantity", family)], Entry(day, case.which, exact.amount, (words,)))
        sums = {c.value: c for c in case.affirmed() if c.value and c.value.meaning in _PRICED and c.value.amount > 0}
        if alone and len(sums) == 1:
            (value, holder) = next(iter(sums.items()))
            said = sum_of("value", holder, value)
            price = Entry(day, case.which, value.amount / exact.amount, (words, case.words(holder, said.anchor)))
            insort(self._series[Series("unit price", family, f"{value.currency} ({value.meaning})")], price)

    def findings(self) -> Iterator[Finding]:
        """The numbers that are far from what came before, by family."""
        for series, entries in sorted(self._series.items(), key=lambda s: (s[0].family, s[0].name, s[0].unit)):
            for place, entry in enumerate(entries):
                before = [e.number for e in entries[:place] if e.day < entry.day]
                if len(before) >= LEAST and is_far(entry.number, before, BEYOND[series.name]):
                    yield _finding(series, entry, before)


def is_far(number: Decimal, before: list[Decimal], beyond: Decimal) -> bool:
    """Whether a number is far from those before it: outside them by this factor, and by their own spread.

    >>> usual = [Decimal(n) for n in (40, 50, 53, 60, 75)]
    >>> is_far(Decimal(5300), usual, Decimal(10)), is_far(Decimal(530), usual, Decimal(10))
    (True, False)
    """
    if min(before) / beyond <= number <= max(before) * beyond:
        return False
    logs = [log(n) for n in before]
    middle = median(logs)
    spread = _TO_DEVIATION * median(abs(x - middle) for x in logs)
    return abs(log(number) - middle) > SPREADS * spread


def _finding(series: Series, entry: Entry, before: list[Decimal]) -> Finding:
    middle = median(before)
    many = "more" if entry.number > middle else "less"
    number, usual, least, most = (_told(n) for n in (entry.number, middle, min(before), max(before)))
    name = f"{series.name} {series.unit}".strip()
    beyond = BEYOND[series.name]
    return Finding(
        Code.UNUSUAL,
        f"{name} {number} of {_names().get(series.family, series.family)}: far {many} than the {len(before)} earlier "
        f"deals (median {usual}, from {least} to {most})",
        entry.words,
        "a figure far from all earlier ones is often misread, of another article, or of a package",
        "the count and the sum in the paper itself, and what else the sum pays for",
        (entry.deal,),
        (
            ("n", str(len(before))),
            ("median", usual),
            ("range", f"{least} to {most}"),
            ("rule", f"outside the range by a factor of {beyond}, and by {SPREADS} robust deviations of the logarithm"),
        ),
    )


@cache
def _names() -> Mapping[str, str]:
    return {system.id: system.name for system in lexicon().systems}


def _told(number: Decimal) -> str:
    return grouped(
        plain(number if number == number.to_integral_value() else round(number, 0 if number >= 10_000 else 2))
    )
