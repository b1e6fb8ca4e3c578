"""``armsledger diff``: what changed between two days, and because of which documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from armsledger.errors import InputError
from armsledger.model import DateInterval
from armsledger.views.exits import NothingFound
from armsledger.views.options import claim_filter, format_option, limit_option, on, open_ledger, party_options

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from armsledger.deals.changes import Change
    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.model import Claim, Deal, DocumentId

_FEW = 5_000  # deals of a table; longer ones are for --format jsonl
_NEVER = "9998"  # later than any document
_STRETCH = 200  # deals whose dates are asked for together
_DOCUMENTS = 4  # documents that are named under a change


@dataclass(frozen=True, slots=True)
class Changed:
    """A deal of which something changed, as it stood on the later day, and the changes."""

    deal: Deal
    claims: tuple[Claim, ...]
    changes: tuple[Change, ...]


@click.command()
@click.argument("earlier", metavar="FROM")
@click.argument("later", metavar="TO")
@click.option("--deal", metavar="DEAL", help="Of this deal alone: its id or how it begins, or an official number.")
@party_options
@limit_option
@format_option
def command(
    earlier: str, later: str, deal: str | None, ledger: str, form: str, limit: int | None, **asked: str | None
) -> None:
    """Say what changed between two days, and because of which documents.

    FROM and TO are days, months or years. What was known on FROM is what documents told that were published by then;
    what came until TO is told deal by deal: new deals, stages reached or possible, denials, sums, counts, papers,
    and whether a deal has come to be contested. Which documents belong to one deal is judged as of today.

    \b
    Examples:
      armsledger diff 2025-08-01 2025-08-31
      armsledger diff 2025-05 2025-12 --party Pakistan
      armsledger diff 2025-01 2025-06 --deal 25-33 --format jsonl
    """
    which = days_asked(earlier, later, asked)
    with open_ledger(ledger) as book:
        found = islice(changed(book, which, deal, earlier), limit)
        if form == "jsonl":
            from armsledger.views.json_lines import write_line

            for one in found:
                rows = book.documents_named({d for change in one.changes for d in change.documents})
                for change in one.changes:
                    write_line(change_line(one, change, earlier, later, rows))
            return
        _show(book, which, list(islice(found, _FEW)), (earlier, later))


def days_asked(earlier: str, later: str, asked: dict[str, str | None]) -> ClaimFilter:
    """The filter of what was asked, as of the later day. Raises InputError where the days are none, or turned round."""
    days = {}
    for name, said in (("FROM", earlier), ("TO", later)):
        try:
            days[name] = DateInterval(said).after
        except (ValueError, OverflowError) as problem:
            raise InputError(name, str(problem)) from problem
    if days["FROM"] > days["TO"]:
        raise InputError("FROM", f"{earlier} is after {later}", "give the earlier day first")
    return claim_filter(**asked, as_of=later)


def changed(
    book: Ledger, which: ClaimFilter, wanted: str | None, earlier: str, after: str | None = None
) -> Iterator[Changed]:
    """The deals of which something became known after the earlier day, in the order of the ledger.

    ``after`` is a key: only deals behind it.
    """
    yield from _changed(book, _deals(book, which, wanted, earlier, after), earlier)


def changed_among(book: Ledger, keys: Iterable[str], as_of: str | None, earlier: str) -> Iterator[Changed]:
    """The same of the deals of these keys, as of the later day."""
    from armsledger.pipeline import deals_of

    yield from _changed(book, deals_of(book, keys, as_of), earlier)


def late_keys(book: Ledger, which: ClaimFilter, earlier: str, after: str | None = None) -> Iterable[str]:
    """The keys of the deals that fit and have a document of after the earlier day, in order."""
    late: Iterable[str] = book.keys_between(earlier, which.as_of or _NEVER, after)
    if replace(which, as_of=None).given():
        fitting = set(book.keys(which))
        late = (key for key in late if key in fitting)
    return late


def _changed(book: Ledger, deals: Iterable[tuple[Deal, list[Claim]]], earlier: str) -> Iterator[Changed]:
    from armsledger.deals.bearing import known
    from armsledger.deals.changes import changes
    from armsledger.deals.life import life
    from armsledger.views.life import set_aside

    out = set_aside(book)
    remaining = iter(deals)
    while some := list(islice(remaining, _STRETCH)):
        published = book.published({claim.document for _, claims in some for claim in claims})
        for deal, every in some:
            claims = [claim for claim in every if claim.id not in out]
            before = known(claims, published, earlier)
            if len(before) < len(claims):
                found = changes(life(before, published) if before else None, life(claims, published))
                if found:
                    yield Changed(deal, tuple(claims), found)


def _deals(
    book: Ledger, which: ClaimFilter, wanted: str | None, earlier: str, after: str | None
) -> Iterable[tuple[Deal, list[Claim]]]:
    """The deals that may have changed: of those that fit, the ones with a document of after the earlier day."""
    from armsledger.pipeline import deals_of

    if wanted is None:
        return deals_of(book, late_keys(book, which, earlier, after), which.as_of)
    from armsledger.views.show import find

    found = find(book, wanted, which.recipient, which.as_of)
    if not found:
        advice = f"list deals with: armsledger deals{on(book.name)}"
        raise NothingFound(wanted, f"no such deal is known by {which.as_of}", advice)
    return ((told.deal, list(told.claims)) for told in found)


# -- as text ----------------------------------------------------------------------------------------------


def _show(book: Ledger, which: ClaimFilter, found: list[Changed], days: tuple[str, str]) -> None:
    from armsledger.views.listing import empty_hint, left_out
    from armsledger.views.terminal import console
    from armsledger.views.words import many

    earlier, later = days
    if found:
        click.echo(f"What changed from {earlier} to {later}{_about(which)}:\n")
        shown = console()
        rows = book.documents_named({d for one in found for c in one.changes for d in c.documents})
        for one in found:
            _show_deal(one, rows, shown)
        changes = many(sum(len(one.changes) for one in found), "change")
        documents = many(len({d for one in found for c in one.changes for d in c.documents}), "document")
        told = f"{changes} in {many(len(found), 'deal')}, because of {documents}."
        click.echo(f"{told} Open one with: armsledger show DEAL{on(book.name)}")
    elif book.counts().claims == 0:
        click.echo(empty_hint(book, "deals", which))
    else:
        click.echo(f"Nothing changed from {earlier} to {later}{_about(which)}: no document of these days tells of it.")
    if out := left_out(book, which):
        click.echo(out)


def _about(which: ClaimFilter) -> str:
    from armsledger.views.clean import one_line

    sentence = one_line(which.sentence()).rpartition(", as of ")[0]
    return "" if sentence == "all claims" else f", of deals that rest on {sentence}"


def _show_deal(one: Changed, rows: Mapping[DocumentId, DocumentRow], shown: Console) -> None:
    from armsledger.views.names import party_name
    from armsledger.views.terminal import CONFLICT, grid, indented, show, stacked, text
    from armsledger.views.words import what_of

    sides = f"{party_name(one.deal.supplier)} → {party_name(one.deal.recipient)}"
    show(shown, text(f"{one.deal.id}  {sides}: {what_of(one.claims)}", "bold"))
    lines = []
    for change in one.changes:
        red = change.kind in ("contested", "denial")
        told: list[RenderableType] = [text(change.what, CONFLICT if red else "")]
        told += [indented(text(line)) for line in _because(change, rows)]
        lines.append((str(change.kind), stacked(told)))
    show(shown, grid(lines, indent=2))
    show(shown, "")


def _because(change: Change, rows: Mapping[DocumentId, DocumentRow]) -> Iterator[str]:
    """A line for each document that made a change."""
    from armsledger.views.one_claim import title_of

    for document in change.documents[:_DOCUMENTS]:
        row = rows[document]
        yield f"{row.published or 'undated'}  {title_of(row)}".removesuffix(f" · {row.published or 'undated'}")
    if len(change.documents) > _DOCUMENTS:
        yield f"and {len(change.documents) - _DOCUMENTS} more documents"


# -- as JSON ----------------------------------------------------------------------------------------------


def change_line(
    one: Changed, change: Change, earlier: str, later: str | None, rows: Mapping[DocumentId, DocumentRow]
) -> dict[str, Any]:
    """A change as JSON: its deal, its kind, what it is, and the words of the claims that made it."""
    from armsledger.views.evidence import provenance
    from armsledger.views.words import what_of

    return {
        "deal": one.deal.id,
        "key": one.deal.key,
        "supplier": one.deal.supplier,
        "recipient": one.deal.recipient,
        "what": what_of(one.claims),
        "from": earlier,
        "to": later,
        "change": change.kind,
        "told": change.what,
        "documents": list(change.documents),
        "claims": [{"claim": t.id, **provenance(t.claim, rows[t.claim.document])} for t in change.told],
    }
