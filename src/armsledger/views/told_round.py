"""A round of watching in words and as JSON: what was seen, what was edited, what could not be seen, what is news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from armsledger.views.clean import one_line
from armsledger.views.words import many

if TYPE_CHECKING:
    from rich.table import Table

    from armsledger.views.round import Outcome
    from armsledger.views.saved import Told

_SHOWN = 3  # changes of an edit, addresses of a source that could not be seen
_LINES = 8  # lines of news of one deal


def seen_in_short(outcome: Outcome) -> str:
    """What was seen of a source, in a few words."""
    if outcome.blind:
        return "could not be seen"
    listed = outcome.listed
    told = f"{listed.entries:,} listed, {listed.new:,} new" if listed else ""
    again = f"{many(outcome.unchanged, 'page')} unchanged" if outcome.unchanged else ""
    missed = _unseen(outcome)
    unseen = f"{many(missed, 'page')} could not be seen" if missed else ""
    return ", ".join(part for part in (told, again, unseen) if part) or "read"


def found_in_short(outcome: Outcome) -> str:
    """What a source gave, in a few words."""
    if outcome.blind:
        return "not known"
    if not outcome.documents:
        return "nothing new"
    return f"{many(outcome.documents, 'document')}, {many(outcome.claims, 'claim')}"


def _unseen(outcome: Outcome) -> int:
    """How many addresses of a source could not be seen."""
    return len(outcome.missed) + sum(left.count for left in outcome.left if left.refused)


# -- for programs -----------------------------------------------------------------------------------------


def round_lines(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """The outcome of a source as JSON: one object for itself, one for each edit and for all that was not seen."""
    name = outcome.source.name
    yield {
        "is": "source",
        "source": name,
        "url": outcome.source.url,
        "seen": not outcome.blind,
        "list": outcome.listed and asdict(outcome.listed),
        "pages": outcome.pages,
        "unchanged": outcome.unchanged,
        "documents": outcome.documents,
        "claims": outcome.claims,
        "edited": len(outcome.edits),
        "not_seen": _unseen(outcome),
    }
    yield from ({"is": "edit", "source": name, **asdict(edit)} for edit in outcome.edits)
    for missed in outcome.missed:
        yield {"is": "not seen", "source": name, "url": missed.url, "list": missed.listing, **asdict(missed.absence)}
    for left in outcome.left:
        yield {"is": "not asked", "source": name, **asdict(left)}
    for error in outcome.unread:
        yield {"is": "not read", "source": name, "url": error.source, "why": error.problem}


# -- for people -------------------------------------------------------------------------------------------


def show_round(outcomes: Sequence[Outcome]) -> None:
    """Prints the sources as a table, and below it what needs words."""
    from armsledger.views.terminal import console, show

    shown = console()
    show(shown, _table(outcomes))
    for lines in (_edits(outcomes), _not_seen(outcomes), _not_read(outcomes), _remarks(outcomes)):
        told = list(lines)
        if told:
            click.echo()
        for line in told:
            click.echo(line)


def _table(outcomes: Sequence[Outcome]) -> Table:
    from armsledger.views.terminal import CONFLICT, table, text

    made = table("Source", "Seen", "New in the ledger")
    for outcome in outcomes:
        style = CONFLICT if outcome.blind else ""
        made.add_row(
            text(outcome.source.name, "bold"), text(seen_in_short(outcome), style), text(found_in_short(outcome))
        )
    return made


def _edits(outcomes: Sequence[Outcome]) -> Iterator[str]:
    edits = [edit for outcome in outcomes for edit in outcome.edits]
    if edits:
        yield f"Edited since they were last read: {many(len(edits), 'page')}"
    for edit in edits:
        yield f"  {one_line(edit.url)}"
        changed = [f"{many(edit.words, 'word')} changed"] if edit.words else []
        yield f"    edited: {', '.join([*changed, *map(one_line, edit.known)])}"
        yield from (f"    {one_line(str(change))}" for change in edit.changes[:_SHOWN])
        if len(edit.changes) > _SHOWN:
            yield f"    and {len(edit.changes) - _SHOWN} more; see both: armsledger show {edit.old}, {edit.new}"


def _not_seen(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What could not be seen, by source and reason; of many addresses the first few."""
    count = sum(_unseen(outcome) for outcome in outcomes)
    if count:
        yield f"Could not be seen, which does not mean that nothing is there: {many(count, 'address', 'addresses')}"
    for outcome in outcomes:
        name = one_line(outcome.source.name)
        alike: dict[tuple[str, int, str], list[str]] = {}
        for missed in outcome.missed:
            absence = missed.absence
            alike.setdefault((absence.since, absence.times, absence.why), []).append(missed.url)
        for (since, times, why), urls in alike.items():
            rounds = "for the first time" if times == 1 else f"since {since[:10]}, {times} rounds in a row"
            yield f"  {name}, {rounds}: {one_line(why)}"
            yield from (f"    {one_line(url)}" for url in urls[:_SHOWN])
            if len(urls) > _SHOWN:
                yield f"    and {len(urls) - _SHOWN:,} more"
        for left in outcome.left:
            if left.refused:
                told = many(left.count, "address was", "addresses were")
                yield f"  {name}: {told} not asked for: {one_line(left.why)}"


def _not_read(outcomes: Sequence[Outcome]) -> Iterator[str]:
    errors = [(outcome.source.name, error) for outcome in outcomes for error in outcome.unread]
    if errors:
        yield f"Seen, but could not be read: {many(len(errors), 'page')}"
    yield from (f"  {one_line(name)}: {one_line(str(error))}" for name, error in errors)


def _remarks(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What a list left out or got wrong, and what waits for the next round."""
    for outcome in outcomes:
        name, listed = one_line(outcome.source.name), outcome.listed
        if listed and listed.problem:
            yield f"{name}: the list {one_line(listed.problem)}"
        if listed and listed.beyond:
            yield f"{name}: {many(listed.beyond, 'entry', 'entries')} at the end of the list were not looked at"
        if listed and listed.odd:
            yield f"{name}: {many(listed.odd, 'entry', 'entries')} without an http address"
        for left in outcome.left:
            if not left.refused:
                yield f"{name}: {many(left.count, 'page')} not fetched yet: {one_line(left.why)}"


def show_queries(told: Sequence[Told]) -> None:
    """Prints what is new in saved queries."""
    for query in told:
        click.echo(f"\nSaved query {one_line(query.name)}: {one_line(query.sentence)}")
        if query.first:
            deals = many(query.deals, "deal")
            click.echo(
                f"  Asked for the first time: {deals} fit now, and what is new will be told from the next round on."
            )
        elif not query.news:
            click.echo(f"  Nothing new; {many(query.deals, 'deal')}.")
        for news in query.news:
            click.echo(f"  {one_line(news.deal)}  {one_line(news.label)}")
            for line in news.lines[:_LINES]:
                click.echo(f"    {one_line(line.kind)}: {one_line(line.what)}")
            if len(news.lines) > _LINES:
                click.echo(f"    and {len(news.lines) - _LINES} more: --format jsonl has all")
            for document in news.documents[:_SHOWN]:
                click.echo(f"    because of {one_line(document.told())}")
            if len(news.documents) > _SHOWN:
                click.echo(f"    and of {many(len(news.documents) - _SHOWN, 'more document')}")
