"""``armsledger analyse balance``: two states' imports, spending and dated steps, and the measures between them."""

from __future__ import annotations

import csv
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

    from armsledger.analyses.balance import Imports, Motive, Step
    from armsledger.analyses.dependence import Window
    from armsledger.analyses.result import Result
    from armsledger.analyses.spending import Multiverse, Spending
    from armsledger.ledger import Ledger
    from armsledger.views.lived_deals import LivedDeal

STILL = "with --as-of DATE, measures between the two can still be told"
_WINDOWS = 3  # the one that is asked for and those before


@click.command()
@click.argument("one", metavar="STATE")
@click.argument("other", metavar="STATE")
@click.option("--system", "systems", metavar="NAME", multiple=True, help="Only steps with these systems of either.")
@click.option("--spending", "files", metavar="FILE", multiple=True, help="CSV: year, spending of one, of the other.")
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
    one: str,
    other: str,
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
    """What do two states import and spend, and what restrains them?

    Imports by window (from a register), the dated steps of both states' deals and events in one line of time with the
    motives that sources claim, spending as a table over every unit, lag and period, and which confidence-building
    measures between the two cover what. Capabilities are not compared.

    \b
    Examples:
      armsledger analyse balance India Pakistan
      armsledger analyse balance India Pakistan --system S-400 --as-of 2025-08-31
      armsledger analyse balance India Pakistan --spending usd.csv --unit "US dollars" --break 1991
    """
    series = spending_files(files, units, one, other)
    found = answer(
        lambda: open_ledger(ledger), one, other, systems, series, breaks, window, register, vintage, as_of
    )  # fmt: skip
    show_result(found, form, chart)


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
        told = list(_told(ledger, parties, moved, as_of))
        steps = [s for party, lived in told for s in _steps(party, lived)]
        steps += _events(ledger, parties, as_of)
        motives = [m for party, lived in told for m in _motives(party, lived)]
        imports, printed, missing = _imports(ledger, parties, years, register, vintage, as_of)
    found = balance(
        *parties,
        day,
        imports=imports,
        vintage=printed,
        spending=_tested([s for s, _ in series], breaks),
        steps=[s for s in steps if s.last <= day],
        motives=sorted(motives, key=lambda m: (m.published or "~", m.evidence)),
        measures=measures(*parties),
        missing=[*missing, *([] if series else ["spending: no series was given (--spending FILE --unit NAME)"])],
        inputs=[(s.unit, told) for s, told in series],
        name_of=party_name,
    )
    return found.result()


# -- the ledger's deals as steps --------------------------------------------------------------------------


def _told(
    book: Ledger, parties: tuple[str, str], systems: Sequence[str], as_of: str | None
) -> Iterator[tuple[str, LivedDeal]]:
    """The deals by which either of the two receives, of the systems where some are named."""
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


def _steps(party: str, lived: LivedDeal) -> Iterator[Step]:
    """What was ordered, delivered, approved or halted and when, each stage once."""
    from armsledger.analyses.balance import Step
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


def _events(book: Ledger, parties: tuple[str, str], as_of: str | None) -> Iterator[Step]:
    """Dated events that name one of the two; one that names both is a step of each."""
    from armsledger.analyses.balance import Step

    for event in book.occurrences(None, as_of):
        for party in parties:
            if party in event.parties:
                told = f"{event.kind}: {event.quote[:100]}"
                yield Step(party, event.date.first, _last(event.date.after), told, "a report", (str(event.id),))


def _motives(party: str, lived: LivedDeal) -> Iterator[Motive]:
    from armsledger.analyses.balance import Motive, claims_motive

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
    from contextlib import nullcontext

    from armsledger.analyses.balance import Imports
    from armsledger.analyses.dependence import deliveries, shares
    from armsledger.views.register_rows import load_register, vintage_by

    try:
        wanted = vintage or (None if register else vintage_by(book, as_of))
        loaded = load_register(lambda: nullcontext(book), register, wanted)
    except NotFound:
        if register is not None or vintage is not None:
            raise
        return [], None, [f"imports: the ledger has no register (armsledger import sipri FILE{on(book.name)})"]
    found, coverage = deliveries(loaded.rows, loaded.code_of)
    windows = [window]
    for _ in range(_WINDOWS - 1):
        windows.append(windows[-1].before)
    one, other = parties
    totals = [Imports(w, shares(found, one, w).total, shares(found, other, w).total) for w in windows]
    reaches = max((d.year for d in found), default=None)
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

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFound(path, "no such file", "name a CSV file with year and two columns") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(path, f"cannot be read as CSV: {problem}") from None
    lines = list(csv.reader(text.splitlines()))
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
