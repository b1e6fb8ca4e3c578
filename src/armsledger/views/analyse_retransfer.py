"""``armsledger analyse retransfer``: what bears on a system being passed on, as present, absent or unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from armsledger.errors import InputError, NotFound
from armsledger.views.analyse import result_format, show_result
from armsledger.views.options import ledger_option, on, open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from armsledger.analyses.result import Result
    from armsledger.analyses.retransfer import Case, Passage, Told
    from armsledger.deals.bearing import Told as BearingTold
    from armsledger.ledger import Ledger
    from armsledger.model import Statement
    from armsledger.views.lived_deals import LivedDeal

STILL = "with --as-of DATE, embargoes and the Arms Trade Treaty can still be told"
_YEARS = 5  # of exports of the recipient, up to the day
_CONFLICT = frozenset({"attack"})  # kinds of events that tell of fighting


@click.command()
@click.argument("deal", metavar="[DEAL]", required=False)
@click.option("--supplier", metavar="NAME", help="Who supplies it first: a code or a name.")
@click.option("--recipient", metavar="NAME", help="Who receives it, and might pass it on.")
@click.option("--system", metavar="NAME", help="What moves: an id or a name of the lexicon.")
@click.option("--third", metavar="NAME", help="A state that it might be passed on to.")
@click.option("--as-of", metavar="DATE", help="As it stood then: only documents published by that day count.")
@ledger_option
@result_format
def command(
    deal: str | None,
    supplier: str | None,
    recipient: str | None,
    system: str | None,
    third: str | None,
    as_of: str | None,
    ledger: str,
    form: str,
    chart: str | None,
) -> None:
    """What bears on a system being passed on, by what is told?

    Thirteen indicators of a deal of the ledger, or of a supplier, a recipient and a system: each is present, absent or
    unknown, with its evidence, and none is added up. Then the pathways that exist on paper.

    \b
    Examples:
      armsledger analyse retransfer 25-33 --third Pakistan
      armsledger analyse retransfer --supplier Russia --recipient Turkey --system S-400 --third India
      armsledger analyse retransfer 25-33 --as-of 2025-06-01 --format json
    """
    found = answer(lambda: open_ledger(ledger), deal, supplier, recipient, system, third, as_of)
    show_result(found, form, chart)


def answer(
    book: Callable[[], AbstractContextManager[Ledger]],
    deal: str | None = None,
    supplier: str | None = None,
    recipient: str | None = None,
    system: str | None = None,
    third: str | None = None,
    as_of: str | None = None,
) -> Result:
    """What ``command`` prints. Raises InputError or NotFound for what cannot be asked."""
    from armsledger.analyses.retransfer import retransfer
    from armsledger.views.lived_deals import day_of
    from armsledger.views.names import party_label, party_named

    onward = None if third is None else party_named(third, "--third")
    with book() as ledger:
        day = day_of(ledger, as_of, STILL)
        sides = _of_deal(ledger, deal, system, as_of) if deal is not None else _named(supplier, recipient, system)
        _check(sides, onward)
        moved = _moved(ledger, sides, as_of)
        case = _case(sides, day, onward, moved)
        found = retransfer(
            case,
            list(_passages(moved)),
            tuple(_said(ledger, sides, as_of)),
            tuple(_events(ledger, sides[1], as_of)),
            _exports(ledger, sides[1], day, as_of),
            party_label,
        )
    return found.result()


# -- what is asked about ----------------------------------------------------------------------------------

Sides = tuple[str, str, str]  # supplier, recipient, family


def _named(supplier: str | None, recipient: str | None, system: str | None) -> Sides:
    from armsledger.deals.grounds import thing
    from armsledger.views.names import party_named, system_named

    if supplier is None or recipient is None or system is None:
        raise InputError(
            "retransfer", "a transfer has two sides and a system",
            "name a DEAL, or all of --supplier, --recipient and --system",
        )  # fmt: skip
    sides = party_named(supplier, "--supplier"), party_named(recipient, "--recipient")
    return *sides, thing(system_named(system, "--system"), None)


def _check(sides: Sides, onward: str | None) -> None:
    """Raises InputError where one state stands on two sides."""
    from armsledger.views.names import party_name

    if sides[0] == sides[1]:
        raise InputError(party_name(sides[0]), "is both supplier and recipient", "name two states")
    if onward == sides[1]:
        raise InputError("--third", f"{party_name(onward)} is the recipient itself", "name another state")


def _of_deal(book: Ledger, wanted: str, system: str | None, as_of: str | None) -> Sides:
    from armsledger.deals.grounds import thing
    from armsledger.views.names import system_named
    from armsledger.views.show import find, nothing, one_of

    found = find(book, wanted, None, as_of)
    if not found:
        raise nothing(book, wanted)
    told = one_of(wanted, found)
    if told.deal.supplier is None or told.deal.recipient is None:
        raise InputError(wanted, "the deal does not name both its sides", "name --supplier, --recipient and --system")
    families = sorted({thing(c.system, None) for c in told.claims if c.system})
    if system is not None:
        family = thing(system_named(system, "--system"), None)
    elif len(families) == 1:
        family = families[0]
    else:
        problem = f"it moves {', '.join(families)}" if families else "its item is no system of the lexicon"
        raise InputError(wanted, problem, f"name one with --system{on(book.name)}")
    return told.deal.supplier, told.deal.recipient, family


# -- from the ledger to plain values ----------------------------------------------------------------------


def _moved(book: Ledger, sides: Sides, as_of: str | None) -> list[LivedDeal]:
    """The deals of the family, of the parts and platforms that go with it, and all of the recipient's own."""
    from armsledger.deals.chains import relatives
    from armsledger.ledger import ClaimFilter
    from armsledger.lexicon.consents import components
    from armsledger.views.lived_deals import lived_deals

    _, recipient, family = sides
    systems = {family, *(c.system for c in components() if c.part == family)}
    asked = [ClaimFilter(system=s, as_of=as_of) for one in sorted(systems) for s in relatives(one)]
    asked += [ClaimFilter(supplier=recipient, as_of=as_of), ClaimFilter(recipient=recipient, as_of=as_of)]
    return list(lived_deals(book, asked, as_of))


def _passages(moved: Sequence[LivedDeal]) -> Iterator[Passage]:
    """The transfers that deals tell of: each that was done, and once for a pair and family what was only spoken of."""
    from armsledger.deals.bearing import Bearing
    from armsledger.deals.grounds import thing
    from armsledger.model import Subject

    spoken: dict[Sides, list[BearingTold]] = {}
    for one in moved:
        by: dict[Sides, list[BearingTold]] = {}
        for told in one.life.told:
            c = told.claim
            if c.subject is Subject.TRANSFER and c.system and c.supplier and c.recipient:
                by.setdefault((c.supplier, c.recipient, thing(c.system, None)), []).append(told)
        for sides, here in sorted(by.items()):
            if any(_is_firm(t) for t in here):
                yield _passage(sides, here)
            else:
                spoken.setdefault(sides, []).extend(here)
    for sides, here in sorted(spoken.items()):
        if any(t.bearing not in (Bearing.DENIED, Bearing.DOUBTED) for t in here):
            yield _passage(sides, here)


def _is_firm(told: BearingTold) -> bool:
    """Whether a claim says that it was ordered or delivered."""
    from armsledger.deals.bearing import Bearing
    from armsledger.model import Stage

    return told.bearing is Bearing.REACHED and told.claim.stage in (Stage.ORDERED, Stage.DELIVERED)


def _passage(sides: Sides, here: Sequence[BearingTold]) -> Passage:
    from armsledger.analyses.retransfer import Passage
    from armsledger.deals.bearing import Bearing, interval
    from armsledger.deals.chains import origins
    from armsledger.model import Stage
    from armsledger.views.lived_deals import days_of

    firm = [t for t in here if _is_firm(t)]
    first, last = days_of([t for t in firm if t.claim.stage is Stage.DELIVERED] or firm)
    if not firm:  # what was not yet done when it was last told of cannot have been done before
        papers = [p.first for t in here if t.bearing is not Bearing.DENIED and (p := interval(t.published))]
        first = max(papers, default=None)
    return Passage(
        *sides,
        origin=origins(sides[2]),
        first=first,
        last=last,
        done=bool(firm),
        denied=any(t.bearing is Bearing.DENIED for t in here),
        evidence=tuple(str(t.id) for t in (firm or here)),
    )


_CLAUSE = re.compile(
    r"\b(?:re-?export|re-?transfer|third[- ]party transfer|end[- ]use)\w*\b[^.;]{0,80}"
    r"\b(?:consent|permission|approval|licen[cs]e|clause|authori[sz]ation|certificate|assurance|undertaking)",
    re.IGNORECASE,
)


def _case(sides: Sides, day: date, third: str | None, moved: Sequence[LivedDeal]) -> Case:
    from armsledger.analyses.retransfer import Case
    from armsledger.deals.chains import origins
    from armsledger.deals.grounds import thing
    from armsledger.deals.roles import RoleKind, roles
    from armsledger.model import Mode

    supplier, recipient, family = sides
    told = [
        t
        for one in moved
        for t in one.life.told
        if (t.claim.supplier, t.claim.recipient) == (supplier, recipient) and t.claim.system
        if thing(t.claim.system, None) == family
    ]
    return Case(
        supplier=supplier,
        recipient=recipient,
        family=family,
        origin=origins(family),
        day=day,
        third=third,
        notified=any(t.claim.anchored("transmittal") and t.claim.reader.startswith("notices/") for t in told),
        licensed=tuple(str(t.id) for t in told if t.claim.mode is Mode.LICENSED_PRODUCTION),
        middlemen=tuple(str(r.told.id) for r in roles(told) if r.kind is RoleKind.TRANSIT),
        consents=tuple(str(t.id) for t in told if _CLAUSE.search(t.claim.quote)),
    )


def _said(book: Ledger, sides: Sides, as_of: str | None) -> Iterator[Told]:
    """What is said about diversion with the recipient or the supplier in it."""
    from armsledger.ledger import StatementFilter

    found: dict[str, Statement] = {}
    for party in sides[:2]:
        for one in book.statements(StatementFilter(party=party, topic="diversion", as_of=as_of)):
            found[one.id] = one
    yield from map(_told, found.values())


def _told(one: Statement) -> Told:
    from armsledger.analyses.retransfer import Told
    from armsledger.model import Polarity

    denied, when = one.polarity is Polarity.DENIED, one.date.first if one.date else None
    return Told(one.speaker, one.speaks_for, one.parties, denied, one.quote, str(one.id), when)


def _events(book: Ledger, recipient: str, as_of: str | None) -> Iterator[Told]:
    from armsledger.analyses.retransfer import Told

    for one in book.occurrences(recipient, as_of):
        if one.kind in _CONFLICT:
            yield Told("an event", None, one.parties, False, one.quote, str(one.id), one.date.first)


def _exports(book: Ledger, recipient: str, day: date, as_of: str | None) -> dict[str, float] | None:
    """The recipient's exports by state, in the years up to the day; None where the ledger has no register by then."""
    from contextlib import nullcontext

    from armsledger.analyses.dependence import Window, deliveries, shares
    from armsledger.views.register_rows import load_register, vintage_by

    try:
        vintage = vintage_by(book, as_of)
        loaded = load_register(lambda: nullcontext(book), None, vintage)
    except NotFound:
        return None
    found, _ = deliveries(loaded.rows, loaded.code_of, of={recipient})
    own = shares(found, recipient, Window(day.year - _YEARS, day.year), "exports")
    return {one.partner: float(one.share) for one in own.partners}
