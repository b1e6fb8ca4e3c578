"""Review periods that run on a day: for each notified sale how long Congress may still look at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.table import Table

    from armsledger.deals.review_periods import ReviewPeriod
    from armsledger.ledger import Ledger
    from armsledger.model import Claim

_WIDE = 110


@dataclass(frozen=True, slots=True)
class Running:
    """The periods that run on a day, those that may run (buyer or day not known well enough), what each is about.

    ``left_out`` says which documents could not be placed in time.
    """

    running: tuple[ReviewPeriod, ...]
    unknown: tuple[ReviewPeriod, ...]
    about: dict[str, Claim]
    left_out: str


def running(book: Ledger, day: date) -> Running:
    """The periods of a ledger that run on a day, by the documents that were published by then."""
    from armsledger.deals.review_periods import LONGEST, review_periods
    from armsledger.ledger import ClaimFilter
    from armsledger.views.listing import left_out

    # What runs was notified at most so long ago, and no document is older than what it tells.
    since = day - timedelta(days=LONGEST + 1)
    which = ClaimFilter(kind="notice", since=since.isoformat(), as_of=day.isoformat())
    about = {str(claim.id): claim for claim in book.claims(which)}
    found = review_periods(about.values())
    near = timedelta(days=LONGEST)
    return Running(
        tuple(period for period in found if period.runs_on(day)),
        tuple(p for p in found if p.last is None and p.notified.first <= day < p.notified.after + near),
        about,
        left_out(book, which),
    )


def period_lines(told: Running, day: date) -> Iterator[dict[str, Any]]:
    """Each period as JSON; ``last``, ``days`` and ``left`` are null where they are not known."""
    for period in (*told.running, *told.unknown):
        yield {
            "is": "period",
            "as_of": day.isoformat(),
            "transmittal": period.transmittal,
            "recipient": period.recipient,
            "what": _what(told, period),
            "notified": period.notified.iso,
            "basis": period.basis,
            "days": period.days,
            "last": period.last and period.last.isoformat(),
            "left": period.left_on(day),
            "rule": period.rule,
            "claims": list(period.claims),
        }


def show_periods(told: Running, day: date, book: Ledger) -> None:
    """Prints the periods as a table, the one that ends first at the top."""
    from armsledger.deals.review_periods import NOTIFIED
    from armsledger.views.options import on
    from armsledger.views.terminal import console, show
    from armsledger.views.words import many

    if told.running:
        click.echo(f"Review periods of the US Congress that run on {day.isoformat()}:\n")
        shown = console()
        show(shown, _table(told, day, shown.width))
        if any(period.basis != NOTIFIED for period in told.running):
            click.echo("\n* the date of the notice: no document names the day of the notification")
        click.echo(f"\n{many(len(told.running), 'period')}. Open one with: armsledger show TRANSMITTAL{on(book.name)}")
    else:
        click.echo(f"No review period of the US Congress runs on {day.isoformat()}, as far as this ledger knows.")
    for period in told.unknown:
        buyer = period.recipient or "buyer not stated"
        click.echo(f"Not known when it ends: {period.transmittal} ({buyer}), {period.basis} {period.notified.iso}.")
    if told.left_out:
        click.echo(told.left_out)


def _table(told: Running, day: date, width: int) -> Table:
    from armsledger.deals.review_periods import NOTIFIED
    from armsledger.views.names import party_name
    from armsledger.views.terminal import table, text
    from armsledger.views.words import shortened

    wide = width >= _WIDE
    columns = ("Last day", "Days left", "Buyer", "Transmittal", "Notified", "What")
    made = table(*columns, right=("Days left",), fixed=("Last day", "Days left", "Transmittal"))
    for period in told.running:
        notified = period.notified.iso + ("" if period.basis == NOTIFIED else " *")
        made.add_row(
            text(str(period.last), "bold"),
            text(f"{period.left_on(day)} of {period.days}"),
            text(party_name(period.recipient) if wide and period.recipient else period.recipient or "not stated"),
            text(period.transmittal),
            text(notified),
            text(shortened(_what(told, period), 60 if wide else 40)),
        )
    return made


def _what(told: Running, period: ReviewPeriod) -> str:
    from armsledger.views.words import what_of

    claims: Sequence[Claim] = [
        claim
        for claim in told.about.values()
        if claim.recipient == period.recipient
        and any(a.value.upper() == period.transmittal for a in claim.anchored("transmittal"))
    ]
    return what_of(claims)
