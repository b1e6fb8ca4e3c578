"""What do the states of a region import and spend, and what restrains them?

The same parts as for two states (``balance``), for the members of a region as somebody else defines it: imports by
window of years of delivery, deliveries and dated steps that claims tell, spending in each unit by itself, and which
pairs of members have a measure between them. Members stand in the order of their names. No member is set against
another, and no equation of two is fitted to more than two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from armsledger.analyses.dependence import Window
from armsledger.analyses.result import Cell, Column, Method, Result, Table
from armsledger.analyses.steps import (
    Delivered,
    Motive,
    Step,
    chained,
    delivered_table,
    motives_table,
    plain_delivered,
    plain_step,
    steps_table,
)
from armsledger.errors import InputError
from armsledger.lexicon.measures import Measure
from armsledger.lexicon.regions import Region

LIMIT = (
    "A region's imports and spending compare no capabilities, hide what its members make themselves, and change with "
    "the definition of the region."
)
SOURCE = "SIPRI Arms Transfers Database, sources and methods; the region's own definition"


@dataclass(frozen=True, slots=True)
class Volumes:
    """What came to the members in one window, in millions of TIV; a member without a row has none that is known."""

    window: Window
    of: Mapping[str, Fraction]

    @property
    def total(self) -> Fraction:
        """All of it together."""
        return sum(self.of.values(), start=Fraction(0))


@dataclass(frozen=True, slots=True)
class Series:
    """Spending in one unit: for each member the amounts by year; years without one are unknown and left out."""

    unit: str
    of: Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Regional:
    """All of it for one region on a day."""

    region: Region
    day: date
    imports: tuple[Volumes, ...]
    vintage: str | None
    series: tuple[Series, ...]
    steps: tuple[Step, ...]
    motives: tuple[Motive, ...]
    delivered: tuple[Delivered, ...]
    measures: tuple[Measure, ...]
    missing: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...]
    name_of: Callable[[str], str]

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def regional(
    region: Region,
    day: date,
    *,
    imports: Sequence[Volumes] = (),
    vintage: str | None = None,
    series: Sequence[Series] = (),
    steps: Sequence[Step] = (),
    motives: Sequence[Motive] = (),
    delivered: Sequence[Delivered] = (),
    measures: Sequence[Measure] = (),
    missing: Sequence[str] = (),
    inputs: Sequence[tuple[str, str]] = (),
    name_of: Callable[[str], str] = str,
) -> Regional:
    """The parts put together. Raises InputError where a series has a state that is no member, or two have one unit."""
    for one in series:
        if strangers := sorted(set(one.of) - set(region.members)):
            told = ", ".join(map(name_of, strangers))
            raise InputError(one.unit, f"{told}: not in {region.name}", f"members: {', '.join(region.members)}")
    if len({s.unit for s in series}) < len(series):
        raise InputError("--unit", "one unit is named twice", "series of one unit cannot be told apart")
    return Regional(
        region, day, tuple(imports), vintage, tuple(series), chained(steps), tuple(motives), tuple(delivered),
        tuple(measures), tuple(missing), tuple(inputs), name_of,
    )  # fmt: skip


# -- the answer -------------------------------------------------------------------------------------------


def _result(found: Regional) -> Result:
    return Result(
        name="balance",
        question=f"What do the states of {found.region.name} import and spend, and what restrains them?",
        answer=tuple(_answer(found)),
        limit=LIMIT,
        method=Method(
            "imports by window, spending by unit, steps in the order of time, measures by day",
            f"{SOURCE}: {found.region.source}",
            inputs=found.inputs,
        ),
        as_of=found.day.isoformat(),
        vintage=found.vintage,
        n=(
            ("members", len(found.region.members)),
            ("steps", len(found.steps)),
            ("deliveries told", len(found.delivered)),
            ("measures", len(found.measures)),
        ),
        unknown=tuple(_unknown(found)),
        tables=tuple(_tables(found)),
        data=_data(found),
    )


def _data(found: Regional) -> dict[str, Any]:
    return {
        "region": found.region.id,
        "members": list(found.region.members),
        "steps": [plain_step(s) for s in found.steps],
        "delivered": [plain_delivered(d) for d in found.delivered],
        "imports": [
            {"window": str(v.window), **{m: float(v.of.get(m, 0)) for m in found.region.members}} for v in found.imports
        ],
        "spending": [
            {"unit": s.unit, **{m: {str(y): a for y, a in own.items()} for m, own in s.of.items()}}
            for s in found.series
        ],
    }


def _answer(found: Regional) -> Iterator[str]:
    yield f"{found.region.name} is {len(found.region.members)} states, by {found.region.source}."
    if found.imports:
        now = found.imports[0]
        some = sum(1 for v in now.of.values() if v)
        told = f"Imports by volume to {found.region.name} in {now.window}: {float(now.total):,.0f} million TIV"
        told += f", to {some} states"
        if len(found.imports) > 1 and found.imports[1].total:
            change = 100 * (now.total / found.imports[1].total - 1)
            told += f"; {float(change):+.0f} % on {found.imports[1].window}"
        yield f"{told}; a volume of what was delivered, neither money nor strength."
    yield f"Dated steps in the ledger: {len(found.steps):,}."
    if found.motives:
        yield f"{len(found.motives)} passages claim a motive; they stand below in their own words."
    else:
        yield "No passage of these deals claims a motive."
    pairs = {m.parties for m in found.measures if m.held(found.day)}
    yield f"Pairs of members with a measure on paper on {found.day}, by the small table: {len(pairs)}."


def _unknown(found: Regional) -> Iterator[str]:
    yield from found.missing
    yield "members are those of today, also for years before they joined"
    if found.region.note:
        yield f"others cut the region otherwise: {found.region.note}"
    yield "a member without imports in the register may have had none, or none that became known"
    yield "holdings: claims are of transfers; what came is told deal by deal, what a state has is not"
    yield "measures: pairs that the small table does not have are unknown, not without"


def _tables(found: Regional) -> Iterator[Table]:
    members = sorted(found.region.members, key=found.name_of)
    if found.imports:
        yield _imports_table(found, members)
    for one in found.series:
        yield _spending_table(found, one, members)
    yield delivered_table(found.delivered, found.name_of)
    yield steps_table(found.steps, found.name_of)
    if found.motives:
        yield motives_table(found.motives, found.name_of)
    yield Table(
        f"Measures between members, on {found.day}",
        (Column("Between"), Column("Since"), Column("Measure"), Column("On paper"), Column("Act")),
        tuple(
            (" and ".join(map(found.name_of, m.parties)), m.first.iso, m.name, _held(m.held(found.day)), m.source)
            for m in found.measures
        ),
    )


def _imports_table(found: Regional, members: Sequence[str]) -> Table:
    now = found.imports[0]

    def row(name: str, volumes: Sequence[Fraction]) -> tuple[Cell, ...]:
        share = float(100 * volumes[0] / now.total) if now.total else None
        return name, *(float(v) for v in volumes), share

    rows = [row(found.name_of(m), [v.of.get(m, Fraction(0)) for v in found.imports]) for m in members]
    return Table(
        "Imports by window of years of delivery",
        (
            Column("Member"), *(Column(str(v.window), "million TIV", 0) for v in found.imports),
            Column(f"Part of {now.window}", "%", 1),
        ),
        (*rows, row("together", [v.total for v in found.imports])),
        notes=("0 is what the register has; it is no proof that nothing came.",),
    )  # fmt: skip


def _spending_table(found: Regional, one: Series, members: Sequence[str]) -> Table:
    """The first and the last year that each member has an amount for."""
    rows: list[tuple[Cell, ...]] = []
    for member in members:
        own = one.of.get(member, {})
        if not own:
            rows.append((found.name_of(member), None, None, None, None, None))
            continue
        first, last = min(own), max(own)
        change = 100 * (own[last] / own[first] - 1) if own[first] > 0 else None
        rows.append((found.name_of(member), str(first), own[first], str(last), own[last], change))
    return Table(
        f"Spending, in {one.unit}",
        (Column("Member"), Column("From"), Column("Then"), Column("To"), Column("Then last"), Column("Change", "%", 0)),
        tuple(rows),
        notes=("Years differ from member to member where the file leaves some out; none is filled in.",),
    )


def _held(state: bool | None) -> str:
    return "unknown" if state is None else "yes" if state else "no"
