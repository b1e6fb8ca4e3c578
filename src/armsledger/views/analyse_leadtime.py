"""``armsledger analyse leadtime``: how long orders wait for their first and their last delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from armsledger.errors import InputError, NotFound
from armsledger.views.analyse import result_format, show_result
from armsledger.views.options import ledger_option, open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from armsledger.analyses.result import Result
    from armsledger.ledger import Ledger
    from armsledger.text.registers import RegisterRow

SINCE = 1990  # orders since then


@click.command()
@click.option("--supplier", metavar="NAME", help="Only orders from this supplier: a code or a name.")
@click.option("--recipient", metavar="NAME", help="Only orders of this recipient.")
@click.option("--kind", metavar="WORDS", help="Only weapons whose description has these words.")
@click.option(
    "--by",
    type=click.Choice(["supplier", "recipient", "family", "route", "status", "kind"]),
    default="supplier",
    show_default=True,
    help="What they are told by; status and kind of weapon only of a register, route only of deals.",
)
@click.option(
    "--from",
    "begin",
    type=click.Choice(["order", "notification", "request"]),
    default="order",
    show_default=True,
    help="From which step on; the last two by the deals of the ledger.",
)
@click.option(
    "--of", type=click.Choice(["register", "deals"]), help="Whose orders: a register's, or the ledger's deals."
)
@click.option(
    "--as-of", metavar="DATE", help="The censoring date of deals: only documents published by that day count."
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
    begin: str,
    of: str | None,
    as_of: str | None,
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
    forecasts against the base rate. Needs a register: armsledger import sipri FILE. From a request or a notification
    on: Aalen-Johansen shares of the ledger's own deals, with those that ended and those that are open.

    \b
    Examples:
      armsledger analyse leadtime --recipient India
      armsledger analyse leadtime --by kind --supplier Russia
      armsledger analyse leadtime --back-test --format json
      armsledger analyse leadtime --from notification --by route
    """
    if begin != "order" or of == "deals":
        others = (("--register", register), ("--vintage", vintage), ("--back-test", tested or None), ("--kind", kind))
        for name, given in (*others, ("--of", "register" if of == "register" else None)):
            if given is not None:
                hint = "leave it out, or ask from the order of a register"
                raise InputError(name, f"is of a register, and {begin}s of deals are asked about", hint)
        found = of_deals(lambda: open_ledger(ledger), begin, supplier, recipient, by, as_of)
    elif as_of is not None:
        raise InputError("--as-of", "is of deals, and a register is asked about", "name its --vintage, or --of deals")
    else:
        sides = (supplier, recipient, kind, by, since, register, vintage)
        found = answer(lambda: open_ledger(ledger), *sides, tested=tested)
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
    from armsledger.analyses.backtest import back_test
    from armsledger.analyses.leadtime import lead_time, waits
    from armsledger.views.extras import needing
    from armsledger.views.names import party_name, party_named
    from armsledger.views.register_rows import load_register

    if by == "route":
        raise InputError("--by", "a register does not tell by which route a deal went", "ask --of deals")
    seller = None if supplier is None else party_named(supplier, "--supplier")
    buyer = None if recipient is None else party_named(recipient, "--recipient")
    try:
        loaded = load_register(book, register, vintage)
    except NotFound as fault:
        if register is not None:
            raise
        raise NotFound(
            fault.source, fault.problem, f"{fault.advice}; or ask the ledger's own deals: --of deals"
        ) from None
    every, odd = waits(loaded.rows, loaded.code_of, _family_of() if by == "family" else None)
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


def _family_of() -> Callable[[RegisterRow], str]:
    """How a row's designation leads to the family of the system."""
    from functools import cache

    from armsledger.claims.designations import designated
    from armsledger.deals.grounds import thing

    @cache
    def family(designation: str, description: str) -> str:
        known = designated(designation, description)
        return thing(known, None) if known else "no known system"

    return lambda row: family(row.designation, row.description)


def of_deals(
    book: Callable[[], AbstractContextManager[Ledger]],
    begin: str,
    supplier: str | None = None,
    recipient: str | None = None,
    by: str = "supplier",
    as_of: str | None = None,
) -> Result:
    """The waits of the ledger's own deals. Raises InputError or NotFound for what cannot be asked."""
    from armsledger.analyses.between import BY, between
    from armsledger.views.lived_deals import day_of
    from armsledger.views.names import party_name
    from armsledger.views.options import claim_filter, on
    from armsledger.views.past_deals import past_deals

    if by not in BY:
        raise InputError("--by", f"deals of a ledger are not told by {by}", f"one of: {', '.join(BY)}")
    which = claim_filter(supplier=supplier, recipient=recipient, as_of=as_of)
    words = which.sentence().removeprefix("claims where ")
    with book() as ledger:
        day = day_of(ledger, as_of, f"read documents first: armsledger read FILE{on(ledger.name)}")
        found = list(past_deals(ledger, [which], as_of))
    sides = {"supplier": which.supplier, "recipient": which.recipient}
    kept = [p for p in found if all(code in (None, getattr(p, side)) for side, code in sides.items())]
    return between(kept, begin, day, by=by, told=words, name_of=party_name).result()
