"""``armsledger analyse balance``: two states' imports, spending and dated steps, and the measures between them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armsledger.errors import InputError, NotFound
from armsledger.views.analyse import result_format, show_result
from armsledger.views.analyse_dependence import WINDOW, window_of
from armsledger.views.options import ledger_option, on, open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from fractions import Fraction

    from armsledger.analyses.balance import Imports
    from armsledger.analyses.dependence import Window
    from armsledger.analyses.result import Result
    from armsledger.analyses.spending import Multiverse, Spending
    from armsledger.analyses.steps import Delivered, Motive, Step
    from armsledger.ledger import Ledger
    from armsledger.views.lived_deals import LivedDeal

STILL = "with --as-of DATE, measures between the two can still be told"
_WINDOWS = 3  # the one that is asked for and those before


@click.command()
@click.argument("states", metavar="[STATE STATE]", nargs=-1)
@click.option(
    "--region", metavar="NAME", help="The states of a region instead of two: South Asia, GCC, Northern Africa."
)
@click.option("--system", "systems", metavar="NAME", multiple=True, help="Only steps with these systems of either.")
@click.option("--spending", "files", metavar="FILE", multiple=True, help="CSV: year, then a column a state.")
@click.option("--unit", "units", metavar="NAME", multiple=True, help="The unit of each --spending file, in order.")
@click.option("--break", "breaks", type=int, metavar="YEAR", multiple=True, help="First year of a further period.")
@click.option(
    "--window", metavar="YEARS", default=WINDOW, show_default=True, help="First and last year of imports, included."
)
@click.option("--register", metavar="FILE", help="A register's file.  [default: the latest one in the ledger]")
@click.option("--vintage", metavar="DATE", help="Which register of the ledger, or the date of a file without one.")
@click.option("--as-of", metavar="DATE", help="As it stood then: only documents published by that day count.")
@ledger_option
@result_format
def command(
    states: tuple[str, ...],
    region: str | None,
    systems: tuple[str, ...],
    files: tuple[str, ...],
    units: tuple[str, ...],
    breaks: tuple[int, ...],
    window: str,
    register: str | None,
    vintage: str | None,
    as_of: str | None,
    ledger: str,
    form: str,
    chart: str | None,
) -> None:
    """What do two states (or a region) import and spend, and what restrains them?

    Imports by window (from a register), what claims tell as delivered, the dated steps of their deals and events in one
    line of time with the motives that sources claim, spending as a table over every unit, lag and period, and which
    confidence-building measures between the two cover what. Capabilities are not compared.

    \b
    Examples:
      armsledger analyse balance India Pakistan
      armsledger analyse balance India Pakistan --system S-400 --as-of 2025-08-31
      armsledger analyse balance India Pakistan --spending usd.csv --unit "US dollars" --break 1991
      armsledger analyse balance --region "South Asia" --window 2020-2024
    """
    if region is not None:
        from armsledger.views.analyse_region import answer as of_region

        if states or breaks:
            raise InputError("--region", "is asked instead of two states, and without --break", "leave the others out")
        asked = (region, systems, files, units, window, register, vintage, as_of)
        show_result(of_region(lambda: open_ledger(ledger), *asked), form, chart)
        return
    one, other = _two(states)
    series = spending_files(files, units, one, other)
    found = answer(
        lambda: open_ledger(ledger), one, other, systems, series, breaks, window, register, vintage, as_of
    )  # fmt: skip
    show_result(found, form, chart)


def _two(states: Sequence[str]) -> tuple[str, str]:
    if len(states) != 2:
        given = f"{len(states)} given" if states else "none given"
        raise InputError("STATE STATE", f"two states are needed, {given}", "name two, or a region: --region NAME")
    return states[0], states[1]


def answer(
    book: Callable[[], AbstractContextManager[Ledger]],
    one: str,
    other: str,
    systems: Sequence[str] = (),
    series: Sequence[tuple[Spending, str]] = (),
    breaks: Sequence[int] = (),
    window: str = WINDOW,
    register: str | None = None,
    vintage: str | None = None,
    as_of: str | None = None,
) -> Result:
    """What ``command`` prints. Raises InputError or NotFound for what cannot be asked, MissingExtra."""
    from armsledger.analyses.balance import balance
    from armsledger.lexicon.measures import measures
    from armsledger.views.lived_deals import day_of
    from armsledger.views.names import party_name, party_named, system_named

    parties = party_named(one, "STATE"), party_named(other, "STATE")
    years, moved = window_of(window), [system_named(s, "--system") for s in systems]
    with book() as ledger:
        day = day_of(ledger, as_of, STILL)
        told = told_of(ledger, parties, moved, as_of, day)
        imports, printed, missing = _imports(ledger, parties, years, register, vintage, as_of)
    found = balance(
        *parties,
        day,
        imports=imports,
        vintage=printed,
        spending=_tested([s for s, _ in series], breaks),
        series=[s for s, _ in series],
        steps=told.steps,
        motives=told.motives,
        delivered=told.delivered,
        measures=measures(*parties),
        missing=[*missing, *([] if series else ["spending: no series was given (--spending FILE --unit NAME)"])],
        inputs=[(s.unit, told) for s, told in series],
        name_of=party_name,
    )
    return found.result()


# -- the ledger's deals as steps --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What a ledger tells of some states: their steps until a day, the motives that are claimed, what was delivered."""

    steps: tuple[Step, ...]
    motives: tuple[Motive, ...]
    delivered: tuple[Delivered, ...]


def told_of(book: Ledger, parties: Sequence[str], systems: Sequence[str], as_of: str | None, day: date) -> Told:
    """The steps, motives and deliveries of the deals by which any of the states receives."""
    told = list(_deals(book, parties, systems, as_of))
    steps = [s for party, lived in told for s in _steps(party, lived)]
    steps += _events(book, parties, as_of)
    motives = [m for party, lived in told for m in _motives(party, lived)]
    return Told(
        tuple(s for s in steps if s.last <= day),
        tuple(sorted(motives, key=lambda m: (m.published or "~", m.evidence))),
        tuple(d for party, lived in told for d in _delivered(party, lived)),
    )


def _deals(
    book: Ledger, parties: Sequence[str], systems: Sequence[str], as_of: str | None
) -> Iterator[tuple[str, LivedDeal]]:
    """The deals by which any of them receives, of the systems where some are named."""
    from armsledger.deals.chains import relatives
    from armsledger.ledger import ClaimFilter
    from armsledger.views.lived_deals import lived_deals

    moved = sorted({r for s in systems for r in relatives(s)})
    for party in dict.fromkeys(parties):
        own = [ClaimFilter(recipient=party, as_of=as_of)]
        asked = [ClaimFilter(recipient=party, system=s, as_of=as_of) for s in moved] or own
        for lived in lived_deals(book, asked, as_of):
            if lived.deal.recipient == party:
                yield party, lived


def _delivered(party: str, lived: LivedDeal) -> Iterator[Delivered]:
    """What is told as delivered, a row a kind of thing."""
    from armsledger.analyses.steps import Delivered

    for one in lived.life.deliveries:
        days = [b.when.iso for b in one.batches if b.when is not None]
        evidence = tuple(str(t.id) for b in one.batches for t in b.told)
        yield Delivered(party, lived.deal.supplier, one.item, one.sentence, max(days, default=""), evidence)


def _steps(party: str, lived: LivedDeal) -> Iterator[Step]:
    """What was ordered, delivered, approved or halted and when, each stage once."""
    from armsledger.analyses.steps import Step
    from armsledger.deals.bearing import rank
    from armsledger.model import Stage
    from armsledger.views.names import party_name
    from armsledger.views.words import what_of

    for stage in (Stage.APPROVED, Stage.ORDERED, Stage.DELIVERED, Stage.HALTED):
        dated = [t for t in lived.reached(stage) if t.happened is not None]
        if not dated:
            continue
        first = min(dated, key=lambda t: (t.happened.first, t.happened.after, rank(t)) if t.happened else ())
        when = first.happened
        assert when is not None
        what = f"{stage} from {party_name(lived.deal.supplier)}: {what_of(lived.claims)}"
        yield Step(party, when.first, _last(when.after), what, first.voice, (str(first.id),))


def _last(after: date) -> date:
    from datetime import timedelta

    return after - timedelta(days=1)


def _events(book: Ledger, parties: Sequence[str], as_of: str | None) -> Iterator[Step]:
    """Dated events that name any of them; one that names several is a step of each."""
    from armsledger.analyses.steps import Step

    for event in book.occurrences(None, as_of):
        for party in parties:
            if party in event.parties:
                told = f"{event.kind}: {event.quote[:100]}"
                yield Step(party, event.date.first, _last(event.date.after), told, "a report", (str(event.id),))


def _motives(party: str, lived: LivedDeal) -> Iterator[Motive]:
    from armsledger.analyses.steps import Motive, claims_motive

    seen: set[str] = set()
    for told in lived.life.told:
        quote = told.claim.quote
        if quote not in seen and claims_motive(quote):
            seen.add(quote)
            yield Motive(party, told.published, told.voice, quote, str(told.id))


# -- the register -----------------------------------------------------------------------------------------


def _imports(
    book: Ledger, parties: tuple[str, str], window: Window, register: str | None, vintage: str | None, as_of: str | None
) -> tuple[list[Imports], str | None, list[str]]:
    """What came to both in the window and those before, the register's vintage, and what is missing."""
    from armsledger.analyses.balance import Imports

    found, printed, missing = volumes(book, parties, window, register, vintage, as_of)
    return [Imports(w, *(of[p] for p in parties)) for w, of in found], printed, missing


def volumes(
    book: Ledger, parties: Sequence[str], window: Window, register: str | None, vintage: str | None, as_of: str | None
) -> tuple[list[tuple[Window, dict[str, Fraction]]], str | None, list[str]]:
    """What came to each state in the window and those before, the register's vintage, and what is missing."""
    from contextlib import nullcontext

    from armsledger.analyses.dependence import deliveries, shares
    from armsledger.views.register_rows import load_register, vintage_by

    try:
        wanted = vintage or (None if register else vintage_by(book, as_of))
        loaded = load_register(lambda: nullcontext(book), register, wanted)
    except NotFound:
        if register is not None or vintage is not None:
            raise
        return [], None, [f"imports: the ledger has no register (armsledger import sipri FILE{on(book.name)})"]
    found, coverage = deliveries(loaded.rows, loaded.code_of, of=frozenset(parties))
    windows = [window]
    for _ in range(_WINDOWS - 1):
        windows.append(windows[-1].before)
    totals = [(w, {party: shares(found, party, w).total for party in parties}) for w in windows]
    reaches = max((year for row in loaded.rows for year in row.delivery_years), default=None)
    missing = []
    if reaches is not None and reaches < window.last:
        missing.append(f"the register ends with deliveries of {reaches}: the window {window} is not whole")
    if coverage.without_volume:
        missing.append(f"{coverage.without_volume:,} rows of the register have no volume and do not count")
    return totals, loaded.vintage, missing


# -- spending ---------------------------------------------------------------------------------------------


def spending_files(files: Sequence[str], units: Sequence[str], one: str, other: str) -> list[tuple[Spending, str]]:
    """Each file's series with what was taken from it. Raises InputError where units are missing or doubled."""
    if len(files) != len(units):
        raise InputError(
            "--spending", f"{len(files)} files and {len(units)} units", "give --unit NAME with each --spending FILE"
        )
    if len(set(units)) < len(units):
        raise InputError("--unit", "one unit is named twice", "series of one unit cannot be told apart")
    return [_series(path, unit, one, other) for path, unit in zip(files, units, strict=True)]


def _series(path: str, unit: str, one: str, other: str) -> tuple[Spending, str]:
    from armsledger.analyses.spending import spending

    lines = csv_lines(path)
    if not lines or len(lines[0]) != 3 or lines[0][0].strip().lower() != "year":
        raise InputError(path, "its first line is not year and two columns", f"write: year,{one},{other}")
    rows = []
    for number, cells in enumerate(lines[1:], 2):
        if any(cell.strip() for cell in cells):
            rows.append(_row(f"{path}, line {number}", cells))
    if not rows:
        raise InputError(path, "has no row below its first line", "give one row a year")
    for (before, _, _), (after, _, _) in pairwise(rows):
        if after <= before:
            raise InputError(path, f"{after} stands after {before}", "give one row a year, in order")
    taken = f"column {lines[0][1].strip()!r} as {one}, {lines[0][2].strip()!r} as {other} ({Path(path).name})"
    return spending(unit, one, other, rows), taken


def csv_lines(path: str) -> list[list[str]]:
    """The rows of a CSV file. Raises NotFound or InputError."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFound(path, "no such file", "name a CSV file with year and a column for each state") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(path, f"cannot be read as CSV: {problem}") from None
    return list(csv.reader(text.splitlines()))


def _row(where: str, cells: Sequence[str]) -> tuple[int, float | None, float | None]:
    try:
        year, *amounts = (cell.strip() for cell in cells)
        first, second = (float(amount) if amount else None for amount in amounts)
        return int(year), first, second
    except ValueError:
        raise InputError(where, "is not a year and two numbers", "leave a cell empty where it is unknown") from None


def _tested(series: Sequence[Spending], breaks: Sequence[int]) -> Multiverse | None:
    if not series:
        return None
    from armsledger.views.extras import needing

    with needing("analysis", "armsledger analyse balance --spending"):
        from armsledger.analyses.spending import multiverse

        return multiverse(series, breaks)
