"""``armsledger analyse leadtime``: how long orders wait for their first and their last delivery."""

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

SINCE = 1990  # orders since then


@click.command()
@click.option("--supplier", metavar="NAME", help="Only orders from this supplier: a code or a name.")
@click.option("--recipient", metavar="NAME", help="Only orders of this recipient.")
@click.option("--kind", metavar="WORDS", help="Only weapons whose description has these words.")
@click.option(
    "--by",
    type=click.Choice(["supplier", "recipient", "status", "kind"]),
    default="supplier",
    show_default=True,
    help="What orders are told by.",
)
@click.option("--since", type=int, metavar="YEAR", default=SINCE, show_default=True, help="Only orders since then.")
@click.option("--back-test", "tested", is_flag=True, help="Foretell each past year from what was known, and score it.")
@click.option("--register", metavar="FILE", help="A register's file.  [default: the latest one in the ledger]")
@click.option("--vintage", metavar="DATE", help="Which register of the ledger, or the date of a file without one.")
@ledger_option
@result_format
def command(
    supplier: str | None,
    recipient: str | None,
    kind: str | None,
    by: str,
    since: int,
    tested: bool,
    register: str | None,
    vintage: str | None,
    ledger: str,
    form: str,
    chart: str | None,
) -> None:
    """How long from order to delivery, and how many still wait?

    Kaplan-Meier curves of the waits of a register's orders, the backlog of each recipient, and a back-test of
    forecasts against the base rate. Needs a register: armsledger import sipri FILE.

    \b
    Examples:
      armsledger analyse leadtime --recipient India
      armsledger analyse leadtime --by kind --supplier Russia
      armsledger analyse leadtime --back-test --format json
    """
    found = answer(lambda: open_ledger(ledger), supplier, recipient, kind, by, since, register, vintage, tested=tested)
    show_result(found, form, chart)


def answer(
    book: Callable[[], AbstractContextManager[Ledger]],
    supplier: str | None = None,
    recipient: str | None = None,
    kind: str | None = None,
    by: str = "supplier",
    since: int = SINCE,
    register: str | None = None,
    vintage: str | None = None,
    *,
    tested: bool = False,
) -> Result:
    """What ``command`` prints. Raises InputError or NotFound for what cannot be asked, MissingExtra."""
    from armsledger.analyses.leadtime import back_test, lead_time, waits
    from armsledger.views.extras import needing
    from armsledger.views.names import party_name, party_named
    from armsledger.views.register_rows import load_register

    seller = None if supplier is None else party_named(supplier, "--supplier")
    buyer = None if recipient is None else party_named(recipient, "--recipient")
    loaded = load_register(book, register, vintage)
    every, odd = waits(loaded.rows, loaded.code_of)
    kept = [
        w
        for w in every
        if seller in (None, w.supplier)
        and buyer in (None, w.recipient)
        and all(word in w.kind for word in (kind or "").lower().split())
    ]
    last = max((year for w in every for year in (w.first, w.full, w.ordered) if year), default=0)
    with needing("analysis", "armsledger analyse leadtime"):
        scored = back_test(kept, last) if tested else ((), ())
        found = lead_time(
            kept, last, since=since, by=by, vintage=loaded.vintage, odd=odd, name_of=party_name, tested=scored
        )
        return found.result()
