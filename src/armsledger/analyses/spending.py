"""Do two states' spending series move as if each answered the other?

Richardson's two equations, x' = k y - a x + g and y' = l x - b y + h, in their yearly form by least squares: the change
of a series on both levels of the year before. The pair is stable where the largest eigenvalue of I + A is below one.
Granger tests ask whether one series' past changes (of logarithms) help to foretell the other's.

The verdict hangs on the unit: the same two states can come out unstable in dollars and stable as shares of their
economies. So this is only ever a table over unit, lag, period and test, with the share of cells below 0.05 in each
direction and the number of tests: some fall below by chance. "Consistent with" is the strongest word for it.

Richardson, *Arms and Insecurity* (1960); Granger, Econometrica 37:3 (1969); Engle and Granger, Econometrica 55:2
(1987).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from armsledger.analyses.result import Cell, Column, Method, Result, Table
from armsledger.errors import InputError

LIMIT = (
    "Series that move together are consistent with a race, with common causes and with chance; nothing here says that "
    "one state's spending caused the other's."
)
SOURCE = "Richardson 1960; Granger 1969; Engle and Granger 1987"
LAGS = (1, 2, 3)
LEVEL = 0.05
_LEAST = 12  # years that a regression of three coefficients, or a test with three lags, is worth reading on


@dataclass(frozen=True, slots=True)
class Spending:
    """Two series in one unit, by year; both have every year of ``years``, in order and without gaps."""

    unit: str
    one: str
    other: str
    years: tuple[int, ...]
    first: tuple[float, ...]
    second: tuple[float, ...]

    def within(self, begin: int, end: int) -> Spending:
        """The years from ``begin`` to ``end``, both included."""
        kept = [n for n, year in enumerate(self.years) if begin <= year <= end]
        pick = [tuple(series[n] for n in kept) for series in (self.years, self.first, self.second)]
        return Spending(self.unit, self.one, self.other, pick[0], pick[1], pick[2])  # type: ignore[arg-type]


def spending(unit: str, one: str, other: str, rows: Sequence[tuple[int, float | None, float | None]]) -> Spending:
    """Two series from rows of (year, one, other). Raises InputError where years are double, out of order or missing, or
    where a value is missing or not above zero.
    """
    years = [row[0] for row in rows]
    if years != sorted(set(years)):
        raise InputError(unit, "its years are double or out of order", "give one row a year, in order")
    if gaps := sorted(set(range(years[0], years[-1] + 1)) - set(years)) if years else []:
        raise InputError(
            unit, f"has no row for {', '.join(map(str, gaps[:5]))}", "give every year, or a shorter period"
        )
    for year, a, b in rows:
        if a is None or b is None or a <= 0 or b <= 0:
            raise InputError(
                unit, f"has no amount above zero for both in {year}", "unknown is not zero: leave the year out"
            )
    first, second = ([float(row[n] or 0) for row in rows] for n in (1, 2))
    return Spending(unit, one, other, tuple(years), tuple(first), tuple(second))


# -- Richardson -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Richardson:
    """Coefficients of both equations (constant, own, rival) and what follows from them.

    ``equilibrium`` is where both changes are zero, None where there is none; ``modulus`` the largest eigenvalue of
    I + A in size: the pair is stable below one.
    """

    one: tuple[float, float, float]
    other: tuple[float, float, float]
    trace: float
    determinant: float
    modulus: float
    equilibrium: tuple[float, float] | None

    @property
    def stable(self) -> bool:
        """Whether it comes to rest."""
        return self.modulus < 1


def richardson(given: Spending) -> Richardson:
    """Both equations by least squares. Raises InputError where there are too few years, or where the levels of the two
    say too little: a series that never changes, or two that move as one.
    """
    import numpy as np

    _enough(given)
    x, y = np.array(given.first), np.array(given.second)
    design = np.column_stack([np.ones(len(x) - 1), x[:-1], y[:-1]])
    if np.linalg.matrix_rank(design) < 3:
        problem = "no equations can be fitted: a series never changes, or both move as one"
        raise InputError(given.unit, problem, "ask for another period")
    (g, a, k), (h, l, b) = (np.linalg.lstsq(design, np.diff(s), rcond=None)[0] for s in (x, y))  # noqa: E741
    matrix = np.array([[a, k], [l, b]])
    determinant = float(np.linalg.det(matrix))
    rest = None
    if abs(determinant) > 1e-12:
        at = np.linalg.solve(matrix, [-g, -h])
        rest = (float(at[0]), float(at[1]))
    return Richardson(
        one=(float(g), float(a), float(k)),
        other=(float(h), float(b), float(l)),
        trace=float(np.trace(matrix)),
        determinant=determinant,
        modulus=float(np.abs(np.linalg.eigvals(np.eye(2) + matrix)).max()),
        equilibrium=rest,
    )


def alliance_slope(years: Sequence[int], totals: Sequence[float]) -> tuple[float, float]:
    """The slope of the yearly change on the mid-year total, and the total of no growth (Richardson's 1909-13 figures).

    >>> slope, rest = alliance_slope([1909, 1910, 1911, 1912, 1913], [199.2, 204.8, 214.9, 238.7, 289.0])
    >>> round(slope, 4), round(rest, 1)
    (0.731, 194.9)
    """
    pairs = list(pairwise(totals))
    if len(pairs) < 2 or len(years) != len(totals):
        raise InputError("totals", "fewer than three years", "give a total for each of three years or more")
    middle, change = [(a + b) / 2 for a, b in pairs], [b - a for a, b in pairs]
    mean_m, mean_c = sum(middle) / len(middle), sum(change) / len(change)
    slope = sum((m - mean_m) * (c - mean_c) for m, c in zip(middle, change, strict=True)) / sum(
        (m - mean_m) ** 2 for m in middle
    )
    return slope, mean_m - mean_c / slope


# -- Granger ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GrangerTest:
    """Whether past changes of ``source`` help to foretell those of ``target``: F and p at one lag in one period."""

    unit: str
    period: str
    lag: int
    source: str
    target: str
    f: float
    p: float
    years: int


def granger(given: Spending, lag: int, period: str = "") -> tuple[GrangerTest, GrangerTest]:
    """Both directions on changes of logarithms. Raises InputError where there are too few years, or nothing to test: a
    series that does not change, or that follows exactly from what was before.
    """
    import numpy as np
    from statsmodels.tools.sm_exceptions import InfeasibleTestError
    from statsmodels.tsa.stattools import grangercausalitytests

    _enough(given)
    changes = [np.diff(np.log(np.array(series))) for series in (given.first, given.second)]

    def test(source: int, target: int) -> GrangerTest:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found = grangercausalitytests(np.column_stack([changes[target], changes[source]]), [lag])
            except (InfeasibleTestError, np.linalg.LinAlgError):
                problem = f"cannot be tested with lag {lag}: a series never changes, or follows exactly from its past"
                raise InputError(given.unit, problem, "ask for another period") from None
        f, p, *_ = found[lag][0]["ssr_ftest"]
        names = (given.one, given.other)
        told = period or f"{given.years[0]}-{given.years[-1]}"
        return GrangerTest(given.unit, told, lag, names[source], names[target], float(f), float(p), len(given.years))

    return test(0, 1), test(1, 0)


def cointegration(given: Spending) -> float:
    """The p value of the Engle-Granger test on logarithms: small means that the two do not drift apart."""
    import numpy as np
    from statsmodels.tsa.stattools import coint

    _enough(given)
    return float(coint(np.log(given.first), np.log(given.second))[1])


def unit_roots(given: Spending) -> tuple[tuple[str, float, float], ...]:
    """For each series the p values of the augmented Dickey-Fuller test on logarithms and on their changes: large, then
    small, where only the changes keep to a level.
    """
    import numpy as np
    from statsmodels.tsa.stattools import adfuller

    _enough(given)
    made = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # later versions give an object that is read the same way
        for name, series in ((given.one, given.first), (given.other, given.second)):
            logs = np.log(np.array(series))
            made.append((name, float(adfuller(logs)[1]), float(adfuller(np.diff(logs))[1])))
    return tuple(made)


def _enough(given: Spending) -> None:
    if len(given.years) < _LEAST:
        raise InputError(given.unit, f"{len(given.years)} years, {_LEAST} are needed", "give a longer period")


# -- all cells --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Multiverse:
    """Every cell of unit, period, lag and direction, and Richardson's equations for every unit and period."""

    one: str
    other: str
    tests: tuple[GrangerTest, ...]
    pairs: tuple[tuple[str, str, Richardson], ...]
    left_out: tuple[str, ...]

    def share(self, source: str) -> tuple[int, int]:
        """How many of the tests from this source fall below the level, and how many there are."""
        own = [t for t in self.tests if t.source == source]
        return sum(1 for t in own if t.p < LEVEL), len(own)

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def multiverse(given: Sequence[Spending], breaks: Sequence[int] = ()) -> Multiverse:
    """All cells of several units, over the whole time and the periods between ``breaks`` (first years of a period)."""
    if not given:
        raise InputError("spending", "there is no series", "name a CSV file with year and two columns")
    tests: list[GrangerTest] = []
    pairs: list[tuple[str, str, Richardson]] = []
    left_out: list[str] = []
    for unit in given:
        for begin, end in _periods(unit, breaks):
            part = unit.within(begin, end)
            if len(part.years) < _LEAST:
                left_out.append(f"{unit.unit}, {begin}-{end}: {len(part.years)} years are too few")
                continue
            try:
                pairs.append((unit.unit, f"{begin}-{end}", richardson(part)))
            except InputError as fault:
                left_out.append(f"{unit.unit}, {begin}-{end}: {fault.problem}")
            for lag in LAGS:
                try:
                    tests += granger(part, lag, f"{begin}-{end}")
                except InputError as fault:
                    left_out.append(f"{unit.unit}, {begin}-{end}: {fault.problem}")
    return Multiverse(given[0].one, given[0].other, tuple(tests), tuple(pairs), tuple(left_out))


def _periods(given: Spending, breaks: Sequence[int]) -> Iterator[tuple[int, int]]:
    first, last = given.years[0], given.years[-1]
    yield first, last
    if len(set(breaks)) < len(breaks):
        raise InputError("--break", "one year is named twice", "the periods between breaks must not overlap")
    if outside := [b for b in breaks if not first < b <= last]:
        told = f"{outside[0]} begins no period within {given.unit}, which runs from {first} to {last}"
        raise InputError("--break", told, "give the first year of a later period")
    inner = sorted(breaks)
    if inner:
        yield from zip([first, *inner], [*(b - 1 for b in inner), last], strict=True)


def _result(found: Multiverse) -> Result:
    return Result(
        name="spending",
        question=f"Do the spending series of {found.one} and {found.other} move as if each answered the other?",
        answer=tuple(_answer(found)),
        limit=LIMIT,
        method=Method(
            "yearly Richardson equations by least squares; Granger F tests on changes of logarithms",
            SOURCE,
            model=True,
            version="spending/1",
        ),
        n=(("tests", len(found.tests)), ("pairs of equations", len(found.pairs))),
        unknown=found.left_out,
        tables=(_richardson_table(found), _granger_table(found)),
    )


def _answer(found: Multiverse) -> Iterator[str]:
    by_unit: Mapping[str, bool] = {unit: pair.stable for unit, _, pair in reversed(found.pairs)}
    verdicts = ", ".join(f"{'stable' if stable else 'unstable'} in {unit}" for unit, stable in sorted(by_unit.items()))
    if by_unit:
        yield f"Over the whole time the pair of equations is {verdicts}."
    else:
        yield "In no unit can the pair of equations be fitted."
    if len(set(by_unit.values())) > 1:
        yield "The verdict changes with the unit, so that neither may be told alone."
    for source, target in ((found.one, found.other), (found.other, found.one)):
        hits, tests = found.share(source)
        if not tests:
            yield f"{source} before {target}: no test can be worked out."
            continue
        yield (
            f"{source} before {target}: {hits} of {tests} tests are below {LEVEL}; about {LEVEL * tests:.1f} would be "
            "by chance alone."
        )


def _richardson_table(found: Multiverse) -> Table:
    heads = ("Unit", "Period")
    numbers = ("constant", "own", "rival")
    columns = (
        *(Column(h) for h in heads),
        *(Column(f"{side}: {n}", decimals=4) for side in (found.one, found.other) for n in numbers),
        Column("Largest eigenvalue", decimals=4),
        Column("Stable"),
    )
    rows: list[tuple[Cell, ...]] = [
        (unit, period, *p.one, *p.other, p.modulus, "yes" if p.stable else "no") for unit, period, p in found.pairs
    ]
    return Table("Richardson's equations, by unit and period", columns, tuple(rows))


def _granger_table(found: Multiverse) -> Table:
    columns = (
        Column("Unit"), Column("Period"), Column("Lag"), Column("Past of"), Column("helps to foretell"),
        Column("F", decimals=3), Column("p", decimals=3), Column("Years"),
    )  # fmt: skip
    rows = tuple((t.unit, t.period, t.lag, t.source, t.target, t.f, t.p, t.years) for t in found.tests)
    return Table(f"Granger tests: all {len(found.tests)} of them", columns, rows)
