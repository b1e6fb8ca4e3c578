"""``armsledger timeline``: the claims of a deal among the statements and dated events around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from armsledger.views.options import format_option, ledger_option, limit_option, on, open_ledger

if TYPE_CHECKING:
    from rich.console import Console

    from armsledger.deals.timeline import Entry
    from armsledger.ledger import DocumentRow, Ledger
    from armsledger.model import DocumentId, Occurrence, Statement
    from armsledger.views.told_deals import ToldDeal

Documents: TypeAlias = "Mapping[DocumentId, DocumentRow]"

_DENIALS = 3  # denials around a deal that its page shows
_LONGEST = 150  # characters of a quote in the table; JSON has them all


@click.command()
@click.argument("wanted", metavar="DEAL")
@click.option("--recipient", metavar="NAME", help="Which buyer's deal, where a number has several.")
@click.option("--as-of", metavar="DATE", help="As it stood then: only documents published by that day count.")
@click.option(
    "--days",
    type=click.IntRange(min=0, max=36_500),
    default=180,
    show_default=True,
    help="How far from the deal's own days an event that other documents tell of may lie.",
)
@ledger_option
@limit_option
@format_option
def command(
    wanted: str, recipient: str | None, as_of: str | None, days: int, ledger: str, limit: int | None, form: str
) -> None:
    """Set a deal among the statements and dated events around it.

    DEAL is what ``show`` takes for a deal. "happened" is the day of the thing itself, as it is told; "told" that of the
    document, for whatever is only possible, denied, still to come, or names no day.

    \b
    Examples:
      armsledger timeline 25-33
      armsledger timeline FA8675-23-C-0037 --recipient Pakistan
      armsledger timeline 25-33 --as-of 2025-12-31 --format jsonl
    """
    from armsledger.views.options import claim_filter
    from armsledger.views.show import find, nothing, one_of

    which = claim_filter(recipient=recipient, as_of=as_of)
    with open_ledger(ledger) as book:
        found = find(book, wanted, which.recipient, which.as_of)
        if not found:
            raise nothing(book, wanted)
        told = one_of(wanted, found)
        entries = entries_of(book, told, as_of, days)
        rows = book.documents_named({e.document for e in entries[:limit]} | set(told.documents))
        if form == "jsonl":
            from armsledger.views.json_lines import write_line

            for entry in entries[:limit]:
                write_line(entry_line(entry, rows))
            return
        _show(book, told, entries, limit, as_of, rows)


def entries_of(book: Ledger, told: ToldDeal, as_of: str | None, days: int) -> tuple[Entry, ...]:
    """The timeline of a deal."""
    from armsledger.deals.timeline import occurrences_around, statements_around, timeline

    statements = statements_around(told.claims, _statements(book, told, as_of))
    every = list(_events(book, told, as_of, days))
    others = {*(s.document for s in statements), *(o.document for o in every)} - set(told.published)
    published = {**told.published, **book.published(others)} if others else told.published
    events = occurrences_around(told.claims, every, published, days)
    return timeline(told.status.life, statements, events, published)


def _events(book: Ledger, told: ToldDeal, as_of: str | None, days: int) -> Iterator[Occurrence]:
    """The events that can be around the claims that count: those of their documents, and those that begin in so many
    days (and a year, for those that are dated only by one) before and after the claims' own days.
    """
    from datetime import date

    from armsledger.deals.bearing import interval

    claims = told.counting
    documents = {c.document for c in claims}
    dated = [d for c in claims for d in (c.date, interval(told.published.get(c.document))) if d is not None]
    if not dated:
        return book.occurrences_near(documents, "~", "", as_of)
    before, after = min(d.first for d in dated).toordinal(), max(d.after for d in dated).toordinal()
    first = date.fromordinal(max(1, before - days - 366))
    last = date.fromordinal(min(date.max.toordinal(), after + days))
    return book.occurrences_near(documents, first.isoformat(), last.isoformat(), as_of)


def around(book: Ledger, told: ToldDeal, as_of: str | None) -> tuple[Entry, ...]:
    """The statements around a deal."""
    from armsledger.deals.life import life
    from armsledger.deals.timeline import statements_around, timeline

    statements = statements_around(told.claims, _statements(book, told, as_of))
    published = book.published({s.document for s in statements})
    return timeline(life((), published), statements, (), published)


def _statements(book: Ledger, told: ToldDeal, as_of: str | None) -> Sequence[Statement]:
    """The statements that can be about a deal: those of its documents, of its system, and of its recipient."""
    party = told.deal.recipient or told.deal.supplier
    return book.statements_about(told.documents, {c.system for c in told.claims if c.system}, party, as_of)


# -- as text ----------------------------------------------------------------------------------------------


def show_around(told: ToldDeal, entries: Sequence[Entry], shown: Console, rows: Documents, ledger: str) -> None:
    """How many statements stand around a deal, and the words of those that deny."""
    from armsledger.views.terminal import grid, show, text
    from armsledger.views.words import many, shortened

    if not entries:
        return
    denials = [e for e in entries if e.denied]
    show(shown, text(f"Around it: {many(len(entries), 'statement')}, {len(denials)} of denial", "bold"))
    lines = []
    for e in denials[:_DENIALS]:
        said = f"{e.voice} ({e.what}): “{shortened(e.quote, _LONGEST)}” {rows[e.document].publisher or ''}".rstrip()
        lines.append((e.told or "undated", said))
    more = [("", f"and {len(denials) - _DENIALS} more of denial")] if len(denials) > _DENIALS else []
    lines += [*more, ("", f"All, with events, by date: armsledger timeline {told.deal.id}{on(ledger)}")]
    show(shown, grid(lines, indent=2))
    show(shown, "")


def _show(
    book: Ledger,
    told: ToldDeal,
    entries: Sequence[Entry],
    limit: int | None,
    as_of: str | None,
    rows: Documents,
) -> None:
    from armsledger.views.life import origins_among, set_aside, show_status, status_of
    from armsledger.views.names import party_label
    from armsledger.views.one_claim import title_of
    from armsledger.views.terminal import console, grid, show, text
    from armsledger.views.told_deals import buyer_label
    from armsledger.views.words import many, what_of

    shown, kept = console(), entries[:limit]
    when = f" · as of {as_of}" if as_of else ""
    show(shown, text(f"Deal {told.deal.id}: {party_label(told.deal.supplier)} → {buyer_label(told)}{when}", "bold"))
    show(shown, text(what_of(told.claims)))
    out = set_aside(book)
    claims = [claim for claim in told.claims if claim.id not in out]
    status = status_of(claims, {d: row for d, row in rows.items() if d in told.documents})
    show_status(status, shown, origins_among(book, claims))
    show(shown, "")
    numbers = _numbered(kept, rows)
    _show_entries(kept, numbers, shown)
    show(shown, "")
    show(shown, text("Documents", "bold"))
    show(shown, grid(((number, title_of(rows[d])) for d, number in numbers.items()), indent=2))
    counts = [(sum(1 for e in kept if e.kind == kind), kind) for kind in ("claim", "statement", "event")]
    told_counts = ", ".join(many(n, kind) for n, kind in counts)
    more = f"; {len(entries) - len(kept)} more: raise --limit" if len(kept) < len(entries) else ""
    click.echo(f"\n{told_counts}{more}. Open one with: armsledger show CLAIM{on(book.name)}")


def _numbered(entries: Sequence[Entry], rows: Documents) -> dict[DocumentId, str]:
    ids = sorted({e.document for e in entries}, key=lambda d: (rows[d].published or "~", d))
    return {document: f"[{n}]" for n, document in enumerate(ids, 1)}


def _show_entries(entries: Sequence[Entry], numbers: Mapping[DocumentId, str], shown: Console) -> None:
    from armsledger.views.terminal import show, stacked, table, text

    made = table("Day", "On", "What", fixed=("Day", "On"))
    last = None
    for entry in entries:
        day = entry.day.iso.replace("/", "\nto ") if entry.day else "not told"
        made.add_row(text("" if day == last else day, "bold"), text(str(entry.on)), stacked(_entry(entry, numbers)))
        last = day
    show(shown, made)


def _entry(entry: Entry, numbers: Mapping[DocumentId, str]) -> Iterator[Any]:
    from armsledger.views.terminal import CONFLICT, text
    from armsledger.views.words import shortened

    voice = f", {entry.voice}" if entry.voice else ""
    other = entry.speaks_of if entry.speaks_of != entry.day else None
    of = f", of {other.iso.replace('/', ' to ')}" if other else ""
    head = text(f"{entry.kind}: {entry.what}{voice}{of}", "bold")
    if entry.contested:
        head.append_text(text(" · CONTESTED", CONFLICT))
    yield head
    late = f", told {entry.told or 'in a document without a date'}" if entry.on == "happened" else ""
    yield text(f"“{shortened(entry.quote, _LONGEST)}” {numbers[entry.document]}{late}")


# -- as JSON ----------------------------------------------------------------------------------------------


def entry_line(entry: Entry, rows: Documents) -> dict[str, Any]:
    """An entry as JSON, with its words."""
    from armsledger.views.evidence import Evidence, provenance

    words = Evidence(entry.id, entry.document, entry.start, entry.end, entry.quote, "")
    return {
        "kind": entry.kind,
        "id": entry.id,
        "on": entry.on,
        "day": entry.day.iso if entry.day else None,
        "speaks_of": entry.speaks_of.iso if entry.speaks_of else None,
        "what": entry.what,
        "voice": entry.voice or None,
        "denied": entry.denied,
        "contested": entry.contested,
        **provenance(words, rows[entry.document]),
    }
