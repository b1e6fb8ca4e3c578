"""``armsledger analyse dependence``: shares over a window, their concentration, one partner against another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from armsledger.errors import InputError
from armsledger.views.analyse import result_format, show_result
from armsledger.views.options import ledger_option, open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from armsledger.analyses.dependence import Window
    from armsledger.analyses.result import Result
    from armsledger.ledger import Ledger

WINDOW = "2020-2024"


@click.command()
@click.option("--recipient", metavar="NAME", help="Whose imports: a code or a name.")
@click.option("--supplier", "suppliers", metavar="NAME", multiple=True, help="Suppliers to set against one another.")
@click.option("--exporter", metavar="NAME", help="Whose exports, instead of imports.")
@click.option("--window", metavar="YEARS", default=WINDOW, show_default=True, help="First and last year, included.")
@click.option("--register", metavar="FILE", help="A register's file.  [default: the latest one in the ledger]")
@click.option("--vintage", metavar="DATE", help="Which register of the ledger, or the date of a file without one.")
@ledger_option
@result_format
def command(
    recipient: str | None,
    suppliers: tuple[str, ...],
    exporter: str | None,
    window: str,
    register: str | None,
    vintage: str | None,
    ledger: str,
    form: str,
    chart: str | None,
) -> None:
    """Where do a state's arms imports come from, and how concentrated?

    Shares by volume of deliveries (SIPRI's trend-indicator value, which is no money) in a window of years and the one
    before, with the concentration of suppliers. Needs a register: armsledger import sipri FILE.

    \b
    Examples:
      armsledger analyse dependence --recipient Pakistan --supplier Turkey --supplier China
      armsledger analyse dependence --recipient India --window 2015-2019
      armsledger analyse dependence --exporter Turkey --window 2020-2024 --format json
    """
    found = answer(lambda: open_ledger(ledger), recipient, suppliers, exporter, window, register, vintage)
    show_result(found, form, chart)


def answer(
    book: Callable[[], AbstractContextManager[Ledger]],
    recipient: str | None,
    suppliers: Sequence[str] = (),
    exporter: str | None = None,
    window: str = WINDOW,
    register: str | None = None,
    vintage: str | None = None,
) -> Result:
    """What ``command`` prints. Raises InputError or NotFound for what cannot be asked."""
    from armsledger.analyses.dependence import deliveries, depend
    from armsledger.views.names import party_label, party_named
    from armsledger.views.register_rows import load_register

    if (recipient is None) == (exporter is None):
        raise InputError("--recipient", "one of --recipient and --exporter is needed", "name a state")
    side, said = ("imports", recipient) if recipient is not None else ("exports", exporter)
    party = party_named(said or "", "--recipient" if recipient is not None else "--exporter")
    asked = [party_named(name, "--supplier") for name in suppliers]
    years = window_of(window)
    loaded = load_register(book, register, vintage)
    found, coverage = deliveries(loaded.rows, loaded.code_of)
    told = depend(found, coverage, party, years, side=side, asked=asked, vintage=loaded.vintage, name_of=party_label)
    return told.result()


def window_of(said: str) -> Window:
    """The window of ``2020-2024`` or ``2020-24``. Raises InputError for anything else."""
    from armsledger.analyses.dependence import Window

    found = re.fullmatch(r"(\d{4})\s*[-–/]\s*(\d{2}|\d{4})", said.strip())
    if not found:
        raise InputError("--window", f"{said!r} is no window of years", "give the first and last: 2020-2024")
    first, last = found.groups()
    return Window(int(first), int(last if len(last) == 4 else first[:2] + last))
