"""``armsledger judgements``: the log of decisions, as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from armsledger.views.options import format_option, ledger_option, on, open_ledger

if TYPE_CHECKING:
    from armsledger.model import Judgement


@click.command()
@click.option("--standing", "only", is_flag=True, help="Only those that have not been undone.")
@ledger_option
@format_option
def command(only: bool, ledger: str, form: str) -> None:
    """List judgements: who decided what, when and why.

    The log holds every decision, those that were undone included, and can be published as it is (--format jsonl).

    \b
    Examples:
      armsledger judgements
      armsledger judgements --standing
      armsledger judgements --format jsonl
    """
    from armsledger.deals.judgements import standing

    with open_ledger(ledger) as book:
        every = list(book.judgements())
    holds = {one.id for one in standing(every)}
    shown = [one for one in every if one.id in holds or not only]
    if form == "jsonl":
        from armsledger.views.json_lines import write_line

        for one in shown:
            write_line(judgement_line(one, one.id in holds))
    elif shown:
        _show(shown, holds, ledger)
    else:
        click.echo(f"No judgements yet. See what waits for one: armsledger review{on(ledger)}")


def judgement_line(one: Judgement, holds: bool) -> dict[str, Any]:
    """A judgement as JSON."""
    return {
        "id": one.id,
        "verdict": one.verdict,
        "about": list(one.about),
        "author": one.author,
        "made": one.made,
        "because": one.because,
        "undoes": one.undoes,
        "standing": holds,
    }


def _show(shown: list[Judgement], holds: set[str], ledger: str) -> None:
    from armsledger.views.judge import said
    from armsledger.views.terminal import console, show, table, text
    from armsledger.views.words import many

    made = table("Judgement", "When", "Who", "What", "Because", fixed=("Judgement",))
    for one in shown:
        mark = "" if one.id in holds or one.verdict == "undo" else " (undone)"
        made.add_row(
            text(one.id[:10], "bold"), text(one.made[:16]), text(one.author), text(said(one) + mark), text(one.because)
        )
    show(console(), made)
    undo = f"armsledger judge undo JUDGEMENT --because WORDS{on(ledger)}"
    click.echo(f"\n{many(len(shown), 'judgement')}. Take one back with: {undo}")
