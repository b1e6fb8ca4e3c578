"""How far did the comparable earlier deals come, how long did it take, and what was attached to them?

Comparable is a rule, and the rule is told: the same family of systems, the same supplier, the same route, the same kind
of recipient; and begun before the deal that is asked about. The same counts stand beside it under looser rules, so that
it can be seen what the rule does.

    base rate of a stage = deals that reached it / all that are comparable, with Wilson's interval

A deal that has neither come so far nor ended is *undetermined*: it is in the denominator, so that the rate is a lower
bound, and the upper bound, were they all to come so far, stands beside it. From fewer than ten nothing is extrapolated:
they are listed, and no rate is given. Wilson, JASA 22 (1927).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from armsledger.analyses.result import Cell, Column, Method, Result, Table
from armsledger.analyses.waiting import wilson
from armsledger.errors import InputError

LEAST = 10  # deals from which a rate is worked out
LIMIT = (
    "What became of earlier deals foretells nothing of this one: they are those that were published, and each had its "
    "own reasons."
)
SOURCE = "Wilson 1927; the ledger's own deals"
_SHOWN = 25


class Route(StrEnum):
    """By which way a deal is known to go."""

    NOTICE = "notified government sale"
    CONTRACT = "government contract"
    LICENCE = "licence"
    UNKNOWN = "route not told"


ALLY, OTHER, NOT_KNOWN = "member of NATO or named partner", "other", "not known"
KIND_RULE = (
    "kind of recipient: a member of NATO or one of the states that section 36(b) of the Arms Export Control Act names "
    "with it on the day, or another"
)


@dataclass(frozen=True, slots=True)
class Past:
    """A deal as this analysis needs it: its sides, family, route, kind of recipient, and the day by which it had begun.

    ``requested``, ``notified``, ``ordered``, ``delivered``, ``full`` (all of it delivered) and ``halted`` are (first,
    last) days between which the stage was reached; None where it was not, a pair with None where the day is not known.
    ``conditions`` are claims with a condition, ``denials`` claims that deny something, ``older`` orders under contracts
    from before the notice, which do not count;
    ``evidence`` has the claims that reach the stages.
    """

    deal: str
    supplier: str | None
    recipient: str | None
    family: str | None
    route: Route
    kind: str
    began: date | None
    stage: str
    notified: tuple[date | None, date | None] | None = None
    ordered: tuple[date | None, date | None] | None = None
    delivered: tuple[date | None, date | None] | None = None
    halted: tuple[date | None, date | None] | None = None
    conditions: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    requested: tuple[date | None, date | None] | None = None
    full: tuple[date | None, date | None] | None = None

    @property
    def open(self) -> bool:
        """Whether it has neither been delivered nor halted, as far as is told."""
        return self.delivered is None and self.halted is None


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many came so far, and how many may still; ``band`` is None for fewer than ten."""

    what: str
    came: int
    of: int
    undetermined: int

    @property
    def band(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the share that came; None where there are too few."""
        return wilson(self.came, self.of) if self.of >= LEAST else None

    @property
    def share(self) -> float | None:
        """The share that came; None where there are too few."""
        return self.came / self.of if self.of >= LEAST else None

    @property
    def most(self) -> float | None:
        """The share if all that are undetermined came, too; None where there are too few."""
        return (self.came + self.undetermined) / self.of if self.of >= LEAST else None


@dataclass(frozen=True, slots=True)
class Precedents:
    """The comparable deals before one, under the rule and under looser ones."""

    asked: Past
    day: date
    found: tuple[Past, ...]
    looser: tuple[tuple[str, tuple[Past, ...]], ...]
    undated: int
    name_of: Callable[[str | None], str]

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("same family, supplier, route and kind of recipient", ("family", "supplier", "route", "kind")),
    ("the same, whatever the kind of recipient", ("family", "supplier", "route")),
    ("the same, whatever the route", ("family", "supplier")),
    ("same supplier, route and kind of recipient, whatever moves", ("supplier", "route", "kind")),
    ("same family, whoever supplies", ("family",)),
)


def precedents(
    asked: Past, others: Sequence[Past], day: date, name_of: Callable[[str | None], str] = str
) -> Precedents:
    """The earlier deals that are comparable. Raises InputError where the deal says too little to be compared."""
    lacking = [name for name in ("family", "supplier") if getattr(asked, name) is None]
    if lacking:
        raise InputError(asked.deal, f"its {' and '.join(lacking)} is not known", "nothing can be compared with it")
    if asked.began is None:
        raise InputError(asked.deal, "no document tells when it began", "what came before it cannot be told")
    rest = [p for p in others if p.deal != asked.deal]
    earlier = sorted(
        (p for p in rest if p.began is not None and p.began < asked.began), key=lambda p: (str(p.began), p.deal)
    )
    by_rule = [
        (told, tuple(p for p in earlier if all(getattr(p, f) == getattr(asked, f) for f in fields)))
        for told, fields in _RULES
    ]
    undated = sum(1 for p in rest if p.began is None)
    return Precedents(asked, day, by_rule[0][1], tuple(by_rule), undated, name_of)


def rates(found: Sequence[Past]) -> tuple[Rate, ...]:
    """Base rates of the stages among deals."""

    def one(what: str, came: Callable[[Past], bool], may: Callable[[Past], bool]) -> Rate:
        return Rate(what, sum(map(came, found)), len(found), sum(1 for p in found if may(p) and not came(p)))

    return (
        one("ordered", lambda p: p.ordered is not None or p.delivered is not None, lambda p: p.open),
        one("delivered", lambda p: p.delivered is not None, lambda p: p.open),
        one("halted", lambda p: p.halted is not None, lambda p: p.open),
        one("denied in part", lambda p: bool(p.denials), lambda _: False),
        one("with a condition", lambda p: bool(p.conditions), lambda _: False),
    )


def years_between(
    begin: tuple[date | None, date | None] | None, end: tuple[date | None, date | None] | None
) -> tuple[float, float] | None:
    """The least and the most years from one stage to another; None where a day is not known or they are out of order.

    >>> first, later = (date(2031, 1, 1), date(2031, 1, 1)), (date(2032, 1, 1), date(2032, 12, 31))
    >>> [round(years, 1) for years in years_between(first, later)]
    [1.0, 2.0]
    """
    if begin is None or end is None or None in begin or None in end:
        return None
    (b0, b1), (e0, e1) = begin, end
    if b0 is None or b1 is None or e0 is None or e1 is None or e1 < b0:
        return None
    return max(0.0, (e0 - b1).days / 365.25), (e1 - b0).days / 365.25


# -- the answer -------------------------------------------------------------------------------------------


def _result(found: Precedents) -> Result:
    asked = found.asked
    sides = f"{asked.family} from {found.name_of(asked.supplier)} to {found.name_of(asked.recipient)}"
    return Result(
        name="precedents",
        question=f"How far did deals before {asked.deal} come that are comparable ({sides})?",
        answer=tuple(_answer(found)),
        limit=LIMIT,
        method=Method(
            f"counts under a stated rule: {_RULES[0][0]} ({asked.route}; {asked.kind}), begun before {asked.began}; "
            f"{KIND_RULE}",
            SOURCE,
        ),
        as_of=found.day.isoformat(),
        n=(("comparable earlier deals", len(found.found)),),
        unknown=tuple(_unknown(found)),
        tables=tuple(_tables(found)),
    )


def _answer(found: Precedents) -> Iterator[str]:
    count = len(found.found)
    if not count:
        yield "The ledger has no comparable earlier deal; under looser rules it has those below."
        return
    if count < LEAST:
        yield f"{count} comparable earlier deals: fewer than {LEAST}, so they are listed and nothing is extrapolated."
    for rate in rates(found.found):
        told = f"{rate.what}: {rate.came} of {rate.of}"
        if rate.band is not None:
            told += f" (95 %: {100 * rate.band[0]:.0f} to {100 * rate.band[1]:.0f} %)"
        yield told + (f"; {rate.undetermined} undetermined" if rate.undetermined else "") + "."


def _unknown(found: Precedents) -> Iterator[str]:
    if found.asked.route is Route.UNKNOWN:
        yield "the route of this deal is not told, so that deals without a told route are compared"
    if found.asked.kind == NOT_KNOWN:
        yield "the kind of recipient is not known"
    if found.undated:
        yield f"{found.undated} deals without a date were left out"
    open_ = sum(1 for p in found.found if p.open)
    if open_:
        yield f"{open_} of the comparable deals are open as far as is told: not told is not undone"


def _tables(found: Precedents) -> Iterator[Table]:
    shown = found.found[-_SHOWN:]
    yield Table(
        "Comparable earlier deals",
        (
            Column("Deal"), Column("Recipient"), Column("Began"), Column("Furthest"), Column("To order", "years"),
            Column("To delivery", "years"), Column("Conditions"), Column("Denials"), Column("Ended"),
        ),
        tuple(_row(p, found.name_of) for p in shown),
        notes=(
            *((f"The latest {_SHOWN} of {len(found.found)}.",) if len(found.found) > _SHOWN else ()),
            "Years run from the first day that is told of the deal; a range where only months or years are told.",
        ),
        evidence=tuple(p.evidence for p in shown),
    )  # fmt: skip
    if not found.found:
        yield _by_rule(found)
        return
    yield Table(
        "Base rates",
        (
            Column("Came to be"), Column("Deals"), Column("Of"), Column("Share", "%", 0), Column("from", "%", 0),
            Column("to", "%", 0), Column("Undetermined"), Column("At most", "%", 0),
        ),
        tuple(rate_row(r) for r in rates(found.found)),
        notes=(f"Shares from {LEAST} deals on; “at most” takes all that are undetermined as come.",),
    )  # fmt: skip
    yield _by_rule(found)


def _by_rule(found: Precedents) -> Table:
    return Table(
        "What the rule does",
        (Column("Rule"), Column("Deals"), Column("Ordered"), Column("Delivered"), Column("Halted")),
        tuple((told, len(p), *(r.came for r in rates(p)[:3])) for told, p in found.looser),
    )


def rate_row(rate: Rate) -> tuple[Cell, ...]:
    """A rate as cells: what, came, of, share, from, to, undetermined, at most."""
    low, high = rate.band or (None, None)
    return (
        rate.what,
        rate.came,
        rate.of,
        *map(_percent, (rate.share, low, high)),
        rate.undetermined,
        _percent(rate.most),
    )


def _percent(share: float | None) -> Cell:
    return None if share is None else 100 * share


def _row(past: Past, name_of: Callable[[str | None], str]) -> tuple[Cell, ...]:
    begin = (past.began, past.began)
    spans = (_span(years_between(begin, stage), stage) for stage in (past.ordered, past.delivered))
    ended = "halted" if past.halted else ""
    counts = len(past.conditions), len(past.denials)
    return past.deal, name_of(past.recipient), str(past.began), past.stage, *spans, *counts, ended


def _span(years: tuple[float, float] | None, reached: object) -> str:
    if years is None:
        return "not told" if reached is None else "undated"
    low, high = years
    return f"{low:.1f}" if f"{low:.1f}" == f"{high:.1f}" else f"{low:.1f} to {high:.1f}"
