"""``armsledger analyse sanctions``: which embargoes, statutes and listings bore on a transfer on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armsledger.errors import InputError, NotFound
from armsledger.views.analyse import result_format, show_result
from armsledger.views.options import ledger_option, open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from armsledger.analyses.result import Result
    from armsledger.analyses.sanctions import Listed, Transfer
    from armsledger.ledger import Ledger


@click.command()
@click.argument("deal", metavar="[DEAL]", required=False)
@click.option("--supplier", metavar="NAME", help="Who supplies: a code or a name.")
@click.option("--recipient", metavar="NAME", help="Who receives.")
@click.option("--body", "bodies", metavar="NAME", multiple=True, help="An agency or company that takes part.")
@click.option("--on", "day", metavar="DATE", required=True, help="The day that is asked about: 2020-12-14.")
@click.option("--list", "lists", metavar="FILE", multiple=True, help="A sanctions list: OFAC, EU, UN, OpenSanctions.")
@ledger_option
@result_format
def command(
    deal: str | None,
    supplier: str | None,
    recipient: str | None,
    bodies: tuple[str, ...],
    day: str,
    lists: tuple[str, ...],
    ledger: str,
    form: str,
    chart: str | None,
) -> None:
    """Which embargoes and listings bore on a transfer on a day?

    For a deal of the ledger, or for parties that are named. Answers are match, no match, possible match and cannot
    tell; a name alone is never a match, and a match is no accusation.

    \b
    Examples:
      armsledger analyse sanctions --supplier Russia --recipient Turkey --body SSB --on 2020-12-14
      armsledger analyse sanctions 25-33 --on 2025-05-14
      armsledger analyse sanctions --supplier Italy --recipient China --on 2024-01-01 --list sdn.csv
    """
    found = answer(lambda: open_ledger(ledger), deal, supplier, recipient, bodies, day, [_list(path) for path in lists])
    show_result(found, form, chart)


def answer(
    book: Callable[[], AbstractContextManager[Ledger]],
    deal: str | None,
    supplier: str | None,
    recipient: str | None,
    bodies: tuple[str, ...],
    day: str,
    lists: Sequence[tuple[str, str, tuple[Listed, ...]]] = (),
    as_of: str | None = None,
) -> Result:
    """What ``command`` prints. Raises InputError or NotFound for what cannot be asked."""
    from armsledger.analyses.sanctions import Transfer, screen
    from armsledger.lexicon.sanctions import members, rules
    from armsledger.views.names import party_label, party_named

    on = _day(day)
    if deal is not None:
        asked = _of_deal(deal, book, bodies, as_of)
    elif supplier is None and recipient is None and not bodies:
        raise InputError("sanctions", "nobody is named", "name a DEAL, or --supplier, --recipient, --body")
    else:
        sides = [
            None if s is None else party_named(s, o) for s, o in ((supplier, "--supplier"), (recipient, "--recipient"))
        ]
        told = " to ".join(party_label(side, "an unnamed party") for side in sides)
        asked = Transfer(sides[0], sides[1], bodies, f"a transfer from {told}")
    found = screen(asked, on, rules(), members(on), lists)
    return found.result()


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise InputError("--on", f"{said!r} is no day", "give it as 2020-12-14") from None


def _of_deal(
    wanted: str,
    open_book: Callable[[], AbstractContextManager[Ledger]],
    bodies: tuple[str, ...],
    as_of: str | None,
) -> Transfer:
    """The sides of a deal as of a date, and the companies that its claims name."""
    from armsledger.analyses.sanctions import Transfer
    from armsledger.views.names import party_label
    from armsledger.views.show import find

    with open_book() as book:
        found = find(book, wanted, None, as_of)
    if len(found) != 1:
        raise NotFound(wanted, f"stands for {len(found)} deals of this ledger", "give the id of one: armsledger deals")
    told = found[0]
    firms = dict.fromkeys(a.value for c in told.claims for a in c.anchors if a.field == "contractor")
    sides = told.deal.supplier, told.deal.recipient
    words = f"deal {told.deal.id}, {party_label(sides[0])} to {party_label(sides[1])}"
    return Transfer(*sides, (*bodies, *firms), words)


def _list(path: str) -> tuple[str, str, tuple[Listed, ...]]:
    """A list's name with the file's, the day of the file, and its entries."""
    from armsledger.analyses.sanction_lists import read_list
    from armsledger.views.extras import needing
    from armsledger.views.names import party_named

    def code_of(country: str) -> str | None:
        try:
            return party_named(country, "country") if country else None
        except InputError:
            return None

    file = Path(path)
    if not file.is_file():
        raise NotFound(path, "no such file", "name a list that you have fetched")
    with needing("analysis", "armsledger analyse sanctions --list"):
        told, entries = read_list(file.read_bytes(), path, code_of)
        import rapidfuzz  # noqa: F401 - so that what is missing is told here
    return f"{told} ({file.name})", "as fetched", entries
