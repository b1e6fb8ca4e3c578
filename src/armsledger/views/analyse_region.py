"""``armsledger analyse balance --region``: imports, spending, steps and measures of the states of a region."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from armsledger.errors import InputError
from armsledger.views.analyse_balance import STILL, csv_lines, told_of, volumes
from armsledger.views.analyse_dependence import WINDOW, window_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from armsledger.analyses.regional import Series
    from armsledger.analyses.result import Result
    from armsledger.ledger import Ledger


def answer(
    book: Callable[[], AbstractContextManager[Ledger]],
    region: str,
    systems: Sequence[str] = (),
    files: Sequence[str] = (),
    units: Sequence[str] = (),
    window: str = WINDOW,
    register: str | None = None,
    vintage: str | None = None,
    as_of: str | None = None,
) -> Result:
    """What the command prints. Raises InputError or NotFound for what cannot be asked."""
    from armsledger.analyses.regional import Volumes, regional
    from armsledger.lexicon.measures import measures_among
    from armsledger.lexicon.regions import region_named
    from armsledger.views.lived_deals import day_of
    from armsledger.views.names import party_name, system_named

    asked, years = region_named(region), window_of(window)
    moved = [system_named(s, "--system") for s in systems]
    series = _series(files, units)
    with book() as ledger:
        day = day_of(ledger, as_of, STILL)
        told = told_of(ledger, asked.members, moved, as_of, day)
        imports, printed, missing = volumes(ledger, asked.members, years, register, vintage, as_of)
    found = regional(
        asked,
        day,
        imports=[Volumes(w, of) for w, of in imports],
        vintage=printed,
        series=[one for one, _ in series],
        steps=told.steps,
        motives=told.motives,
        delivered=told.delivered,
        measures=measures_among(asked.members),
        missing=[*missing, *([] if series else ["spending: no series was given (--spending FILE --unit NAME)"])],
        inputs=[(one.unit, taken) for one, taken in series],
        name_of=party_name,
    )
    return found.result()


def _series(files: Sequence[str], units: Sequence[str]) -> list[tuple[Series, str]]:
    """Each file's series with what was taken from it. Raises InputError where units are missing."""
    if len(files) != len(units):
        raise InputError(
            "--spending", f"{len(files)} files and {len(units)} units", "give --unit NAME with each --spending FILE"
        )
    return [_of_file(path, unit) for path, unit in zip(files, units, strict=True)]


def _of_file(path: str, unit: str) -> tuple[Series, str]:
    from pathlib import Path

    from armsledger.analyses.regional import Series
    from armsledger.views.names import party_named

    lines = csv_lines(path)
    if not lines or len(lines[0]) < 2 or lines[0][0].strip().lower() != "year":
        raise InputError(path, "its first line is not year and a column for each state", "write: year,India,Pakistan")
    states = [party_named(cell.strip(), f"{path}, its first line") for cell in lines[0][1:]]
    if len(set(states)) < len(states):
        raise InputError(path, "has two columns of one state", "give one column a state")
    of: dict[str, dict[int, float]] = {state: {} for state in states}
    years = []
    for number, cells in enumerate(lines[1:], 2):
        if any(cell.strip() for cell in cells):
            year, amounts = _row(f"{path}, line {number}", cells, len(states))
            years.append(year)
            for state, amount in zip(states, amounts, strict=True):
                if amount is not None:
                    of[state][year] = amount
    if not years:
        raise InputError(path, "has no row below its first line", "give one row a year")
    for before, after in pairwise(years):
        if after <= before:
            raise InputError(path, f"{after} stands after {before}", "give one row a year, in order")
    return Series(unit, of), f"{len(states)} states, {years[0]} to {years[-1]} ({Path(path).name})"


def _row(where: str, cells: Sequence[str], count: int) -> tuple[int, list[float | None]]:
    from math import isfinite

    try:
        year, *amounts = (cell.strip() for cell in cells)
        given = [float(amount) if amount else None for amount in amounts]
        if len(given) != count or any(a is not None and (a < 0 or not isfinite(a)) for a in given):
            raise ValueError
        return int(year), given
    except ValueError:
        hint = "leave a cell empty where it is unknown"
        raise InputError(where, f"is not a year and {count} amounts of nothing or more", hint) from None
