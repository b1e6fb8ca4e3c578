"""What do two states import and spend, what do sources say each answers, and what restrains them?

    imports        TIV of deliveries to each, window by window (``dependence``)
    spending       Richardson's equations and Granger tests over every unit, lag and period (``spending``)
    steps          the dated steps of both states' deals and events in one line of time, with the days since the other
                   state's last step; motives only in the words of those who claim them
    measures       for each class of things, whether a measure between the two covers it: yes, no, unknown

Nothing here compares what the two can do: a list of deliveries is no balance of forces. A step that comes after
another is told to come after it, and nothing more. A measure holds on paper; whether it is kept is not told. Of
holdings only what claims tell as delivered is told. Majeski and Jones (Journal of Conflict Resolution 25:2, 1981) and
Dunne and Smith (Handbook of Defense Economics 2, 2007) say how little such series show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from armsledger.analyses.dependence import Window
from armsledger.analyses.result import Column, Method, Result, Table
from armsledger.analyses.spending import Multiverse, Spending
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
from armsledger.lexicon.measures import Measure, classes

LIMIT = (
    "Imports, spending and dates side by side compare no capabilities, and a step that follows another one is no proof "
    "that it answers it."
)
SOURCE = "Richardson 1960; Majeski and Jones 1981; Dunne and Smith 2007"


@dataclass(frozen=True, slots=True)
class Imports:
    """What came to each of the two in a window, in millions of TIV."""

    window: Window
    one: Fraction
    other: Fraction


@dataclass(frozen=True, slots=True)
class Covered:
    """Whether a class of things is covered by a measure on the day, by which, and why it is not known."""

    name: str
    answer: str  # "yes", "no" or "unknown"
    because: str


@dataclass(frozen=True, slots=True)
class Balance:
    """All of it for two states on a day."""

    one: str
    other: str
    day: date
    imports: tuple[Imports, ...]
    vintage: str | None
    spending: Multiverse | None
    series: tuple[Spending, ...]
    steps: tuple[Step, ...]
    motives: tuple[Motive, ...]
    held: tuple[Delivered, ...]
    measures: tuple[tuple[Measure, bool | None], ...]
    covered: tuple[Covered, ...]
    missing: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...]
    name_of: Callable[[str], str]

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def balance(
    one: str,
    other: str,
    day: date,
    *,
    imports: Sequence[Imports] = (),
    vintage: str | None = None,
    spending: Multiverse | None = None,
    series: Sequence[Spending] = (),
    steps: Sequence[Step] = (),
    motives: Sequence[Motive] = (),
    delivered: Sequence[Delivered] = (),
    measures: Sequence[Measure] = (),
    missing: Sequence[str] = (),
    inputs: Sequence[tuple[str, str]] = (),
    name_of: Callable[[str], str] = str,
) -> Balance:
    """The parts put together. Raises InputError where the two are one state."""
    if one == other:
        raise InputError(name_of(one), "stands on both sides", "name two states")
    on_paper = tuple((m, m.held(day)) for m in measures)
    return Balance(
        one, other, day, tuple(imports), vintage, spending, tuple(series), chained(steps), tuple(motives),
        tuple(delivered), on_paper, tuple(covered(on_paper)), tuple(missing), tuple(inputs), name_of,
    )  # fmt: skip


def covered(measures: Sequence[tuple[Measure, bool | None]]) -> Iterator[Covered]:
    """For each class: yes by a measure that held, no where the only text about it leaves it out, else unknown."""
    for key, name in classes():
        held = [m.name for m, state in measures if state and key in m.covers]
        open_ = [m.name for m, state in measures if state is None and key in m.covers]
        out = [m.name for m, state in measures if state and key in m.leaves_out]
        if held:
            yield Covered(name, "yes", "; ".join(held))
        elif open_:
            yield Covered(name, "unknown", f"{'; '.join(open_)}: whether it held on that day was not looked up")
        elif out:
            yield Covered(name, "no", f"left out of: {'; '.join(out)}")
        else:
            yield Covered(name, "unknown", "the table has no measure between the two about it")


# -- the answer -------------------------------------------------------------------------------------------


def _result(found: Balance) -> Result:
    one, other = found.name_of(found.one), found.name_of(found.other)
    spent = found.spending.result() if found.spending else None
    return Result(
        name="balance",
        question=f"What do {one} and {other} import and spend, and what restrains them?",
        answer=(*_answer(found), *(f"Model: {line}" for line in (spent.answer if spent else ()))),
        limit=LIMIT,
        method=Method(
            "imports by window, steps in the order of time, measures by day"
            + ("; Richardson's equations and Granger tests over every unit, lag and period" if spent else ""),
            SOURCE,
            inputs=found.inputs,
            version="balance/1" if spent else "",
        ),
        as_of=found.day.isoformat(),
        vintage=found.vintage,
        n=(
            ("steps", len(found.steps)),
            ("measures", len(found.measures)),
            *((("tests", len(found.spending.tests)),) if found.spending else ()),
        ),
        unknown=tuple(_unknown(found)),
        tables=(*_tables(found), *(replace(t, title=f"Model: {t.title}") for t in (spent.tables if spent else ()))),
        data={
            "steps": [plain_step(s) for s in found.steps],
            "delivered": [plain_delivered(d) for d in found.held],
            "imports": [
                {"window": str(i.window), found.one: float(i.one), found.other: float(i.other)} for i in found.imports
            ],
            "spending": [_series_told(s) for s in found.series],
        },
    )


def _answer(found: Balance) -> Iterator[str]:
    one, other = found.name_of(found.one), found.name_of(found.other)
    if found.imports:
        now = found.imports[0]
        yield (
            f"Imports by volume in {now.window}: {one} {float(now.one):,.0f}, {other} {float(now.other):,.0f} million "
            "TIV; a volume of what was delivered, neither money nor strength."
        )
    count = {p: sum(1 for s in found.steps if s.party == p) for p in (found.one, found.other)}
    yield f"Dated steps in the ledger: {one} {count[found.one]}, {other} {count[found.other]}."
    if found.motives:
        yield f"{len(found.motives)} passages claim a motive; they stand below in their own words."
    else:
        yield "No passage of these deals claims a motive."
    told: dict[str, list[str]] = {"yes": [], "no": [], "unknown": []}
    for c in found.covered:
        told[c.answer].append(c.name)
    yes, no = (", ".join(told[answer]) or "nothing that is listed" for answer in ("yes", "no"))
    yield (
        f"Covered on paper by a measure between the two on {found.day}: {yes}. Left out: {no}. "
        f"Unknown: {len(told['unknown'])} classes."
    )


def _unknown(found: Balance) -> Iterator[str]:
    yield from found.missing
    yield "measures hold on paper: whether they are kept is not told"
    yield "holdings: claims are of transfers; what came is told deal by deal, what a state has is not"
    if not found.measures:
        yield "the small table has no measure between the two; that is not to say that there is none"
    if found.spending:
        yield from found.spending.left_out


def _tables(found: Balance) -> Iterator[Table]:
    one, other = found.name_of(found.one), found.name_of(found.other)
    if found.imports:
        yield Table(
            "Imports by window of years of delivery",
            (Column("Window"), Column(one, "million TIV", 0), Column(other, "million TIV", 0)),
            tuple((str(i.window), float(i.one), float(i.other)) for i in found.imports),
        )
    if found.series:
        yield _spending_table(found)
    yield delivered_table(found.held, found.name_of)
    yield steps_table(found.steps, found.name_of)
    if found.motives:
        yield motives_table(found.motives, found.name_of)
    yield Table(
        f"What measures between the two cover, on {found.day}",
        (Column("Class"), Column("Covered"), Column("By what, or why not known")),
        tuple((c.name, c.answer, c.because) for c in found.covered),
    )
    yield Table(
        "Measures and their acts",
        (Column("Since"), Column("Measure"), Column("On paper"), Column("Act")),
        tuple((m.first.iso, m.name, _held(state), m.source) for m, state in found.measures),
    )


def _spending_table(found: Balance) -> Table:
    """The first and the last year of each series: what every later figure rests on."""
    one, other = found.name_of(found.one), found.name_of(found.other)
    heads = (
        Column("Unit"),
        Column("Years"),
        *(Column(f"{p} {when}") for p in (one, other) for when in ("first", "last")),
    )
    return Table(
        "Spending as given, at the ends of each series",
        (*heads, Column(f"{one} changed", "%", 0), Column(f"{other} changed", "%", 0)),
        tuple(
            (
                s.unit, f"{s.years[0]}-{s.years[-1]}", s.first[0], s.first[-1], s.second[0], s.second[-1],
                100 * (s.first[-1] / s.first[0] - 1), 100 * (s.second[-1] / s.second[0] - 1),
            )
            for s in found.series
        ),
        notes=("Each row is of one unit; figures of two units are never set against one another.",),
    )  # fmt: skip


def _series_told(one: Spending) -> dict[str, Any]:
    return {"unit": one.unit, "years": list(one.years), one.one: list(one.first), one.other: list(one.second)}


def _held(state: bool | None) -> str:
    return "unknown" if state is None else "yes" if state else "no"
