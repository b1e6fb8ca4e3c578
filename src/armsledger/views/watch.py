"""``armsledger watch``: one round over feeds and pages, what is new in saved queries, and which review periods run."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armsledger.errors import InputError
from armsledger.views.options import DEFAULT_LEDGER, format_option, open_ledger

if TYPE_CHECKING:
    from armsledger.ledger import Ledger
    from armsledger.sources.plan import Plan
    from armsledger.views.round import Outcome
    from armsledger.views.saved import Told

DEFAULT_ARCHIVE = "armsledger-archive"


def now() -> datetime:
    """The time of the round. It is told and written into the archive; nothing that is read depends on it."""
    return datetime.now(UTC)


@click.command()
@click.argument("config", required=False, metavar="[CONFIG]")
@click.option(
    "--ledger",
    metavar="FILE",
    default=DEFAULT_LEDGER,
    show_default=True,
    help="The ledger to write to; made where there is none.",
)
@click.option(
    "--archive",
    metavar="DIR",
    help=f"Where every answer is kept, as WARC.  [default: what CONFIG says, else {DEFAULT_ARCHIVE}]",
)
@click.option("--as-of", metavar="DATE", help="The day for which review periods are told.  [default: today]")
@format_option
def command(config: str | None, ledger: str, archive: str | None, as_of: str | None, form: str) -> None:
    """Look at feeds and pages once, and tell what is new.

    CONFIG is a YAML file that names sources (feeds, index pages, pages, lists of the Federal Register) and saved
    queries. Each run is one round, meant for cron: one request at a time, with pauses, by the rules of robots.txt, and
    only for what has changed. Every answer goes into the archive. What was refused or did not answer is told as "could
    not be seen", with since when. Without CONFIG nothing is fetched, and only the review periods are told that run.

    \b
    Examples:
      armsledger watch watch.yml
      armsledger watch watch.yml --archive evidence --format jsonl
      armsledger watch --as-of 2025-05-20
    """
    day = _day(as_of)
    if config is None:
        if archive is not None:
            raise click.UsageError("--archive is for a round, which needs a CONFIG")
        with open_ledger(ledger) as book:
            _tell([], [], book, day, form)
        return
    blind = _round(config, ledger, archive, day, form)
    if blind:
        raise click.exceptions.Exit(2)


def _round(config: str, ledger: str, archive: str | None, day: date, form: str) -> bool:
    """One round; whether there were sources and none of them could be seen."""
    from armsledger.ledger import Ledger
    from armsledger.sources.plan import read_plan
    from armsledger.views.round import watch
    from armsledger.views.saved import ask_again, query_filter

    plan = read_plan(config)
    for query in plan.saved:  # what is wrong with a query is told before anything is fetched
        query_filter(plan, query)
    folder = Path(archive) if archive is not None else plan.archive or Path(DEFAULT_ARCHIVE)
    with Ledger.open(ledger) as book:
        outcomes = [_met(outcome) for outcome in watch(plan, folder, book, now)]
        told = list(ask_again(plan, folder, book))
        _tell(outcomes, told, book, day, form, plan)
    return bool(outcomes) and all(outcome.blind for outcome in outcomes)


def _met(outcome: Outcome) -> Outcome:
    """Says on a terminal how far the round has come: it may take minutes."""
    from armsledger.views.told_round import seen_in_short

    if sys.stderr.isatty():
        click.echo(f"{outcome.source.name}: {seen_in_short(outcome)}", err=True)
    return outcome


def _tell(
    outcomes: list[Outcome], told: list[Told], book: Ledger, day: date, form: str, plan: Plan | None = None
) -> None:
    from armsledger.views.periods import period_lines, running, show_periods
    from armsledger.views.told_round import round_lines, show_queries, show_round

    periods = running(book, day)
    if form == "jsonl":
        from armsledger.views.json_lines import write_line
        from armsledger.views.saved import news_lines

        for outcome in outcomes:
            for line in round_lines(outcome):
                write_line(line)
        for query in told:
            for line in news_lines(query):
                write_line(line)
        for line in period_lines(periods, day):
            write_line(line)
        return
    if plan is not None and plan.sources:
        show_round(outcomes)
    show_queries(told)
    if plan is not None:
        click.echo()
    show_periods(periods, day, book)


def _day(as_of: str | None) -> date:
    if as_of is None:
        return now().date()
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise InputError("--as-of", f"{as_of!r} is no day", "give one such as 2025-05-20") from None
