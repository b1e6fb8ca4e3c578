"""``armsledger analyse conversion``: notified sales that were contracted and delivered, and those that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from armsledger.errors import NotFound
from armsledger.views.analyse import result_format, show_result
from armsledger.views.options import ledger_option, on, open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from armsledger.analyses.result import Result
    from armsledger.ledger import Ledger


@click.command()
@click.option("--recipient", metavar="NAME", help="Only notices for this buyer: a code or a name.")
@click.option("--system", metavar="NAME", help="Only notices of this system.")
@click.option("--since", metavar="DATE", help="Only notices published on or after it.")
@click.option("--until", metavar="DATE", help="Only notices published on or before it.")
@click.option("--as-of", metavar="DATE", help="The censoring date: only documents published by that day count.")
@ledger_option
@result_format
def command(
    recipient: str | None,
    system: str | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
    ledger: str,
    form: str,
    chart: str | None,
) -> None:
    """Of notified sales, how many were contracted and delivered?

    The deals of a ledger with an official notice, and what became of them by a date: contracted, delivered, ended, or
    undetermined, with Wilson's intervals, the upper bound, and shares by years since the notice.

    \b
    Examples:
      armsledger analyse conversion
      armsledger analyse conversion --recipient Turkey --as-of 2025-12-31
      armsledger analyse conversion --since 2024 --format json
    """
    show_result(answer(lambda: open_ledger(ledger), recipient, system, since, until, as_of), form, chart)


def answer(
    book: Callable[[], AbstractContextManager[Ledger]],
    recipient: str | None = None,
    system: str | None = None,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
) -> Result:
    """What ``command`` prints. Raises InputError or NotFound for what cannot be asked."""
    from armsledger.analyses.conversion import conversion
    from armsledger.views.lived_deals import day_of
    from armsledger.views.options import claim_filter
    from armsledger.views.past_deals import past_deals

    which = claim_filter(recipient=recipient, system=system, since=since, until=until, as_of=as_of, kind="notice")
    words = which.sentence().removeprefix("claims where ").replace("document is of kind notice and ", "")
    with book() as ledger:
        still = f"read notices first: armsledger read FILE{on(ledger.name)}"
        day = day_of(ledger, as_of, still)
        found = [one for one in past_deals(ledger, [which], as_of) if one.notified is not None]
        if not found:
            raise NotFound(ledger.name, f"the ledger has no notified sale of these: {words}", still)
    return conversion(found, day, words.replace("document is of kind notice", "all notices")).result()
