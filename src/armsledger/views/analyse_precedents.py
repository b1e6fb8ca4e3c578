"""``armsledger analyse precedents``: how far comparable earlier deals came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from armsledger.views.analyse import result_format, show_result
from armsledger.views.options import ledger_option, open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from armsledger.analyses.result import Result
    from armsledger.ledger import Ledger


@click.command()
@click.argument("deal", metavar="DEAL")
@click.option("--recipient", metavar="NAME", help="Which buyer's deal, where a number has several.")
@click.option("--as-of", metavar="DATE", help="As it stood then: only documents published by that day count.")
@ledger_option
@result_format
def command(deal: str, recipient: str | None, as_of: str | None, ledger: str, form: str, chart: str | None) -> None:
    """How far did the comparable earlier deals come?

    Comparable by a stated rule: the same family of systems, supplier, route and kind of recipient, begun before.
    Stage, time, conditions, denials and ends of each, and base rates with intervals; of fewer than ten nothing is
    extrapolated.

    \b
    Examples:
      armsledger analyse precedents 25-33
      armsledger analyse precedents 25-33 --as-of 2025-12-31 --format json
    """
    show_result(answer(lambda: open_ledger(ledger), deal, recipient, as_of), form, chart)


def answer(
    book: Callable[[], AbstractContextManager[Ledger]],
    deal: str,
    recipient: str | None = None,
    as_of: str | None = None,
) -> Result:
    """What ``command`` prints. Raises InputError or NotFound for what cannot be asked."""
    from armsledger.analyses.precedents import precedents
    from armsledger.deals.chains import relatives
    from armsledger.ledger import ClaimFilter
    from armsledger.views.lived_deals import day_of
    from armsledger.views.names import party_name, party_named
    from armsledger.views.past_deals import past_deals
    from armsledger.views.show import find, nothing, one_of

    buyer = None if recipient is None else party_named(recipient, "--recipient")
    with book() as ledger:
        day = day_of(ledger, as_of, "read documents first: armsledger read FILE")
        found = find(ledger, deal, buyer, as_of)
        if not found:
            raise nothing(ledger, deal)
        told = one_of(deal, found)
        systems = {c.system for c in told.claims if c.system}
        asked = [ClaimFilter(system=r, as_of=as_of) for s in sorted(systems) for r in relatives(s)]
        asked += [ClaimFilter(supplier=told.deal.supplier, as_of=as_of)] if told.deal.supplier else []
        past = {one.deal: one for one in past_deals(ledger, asked or [ClaimFilter(as_of=as_of)], as_of)}
        own = past.get(str(told.deal.id))
    if own is None:
        raise nothing(ledger, deal)
    return precedents(own, list(past.values()), day, party_name).result()
