"""``armsledger review``: what the rules could not decide, the words side by side, for a person to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from armsledger.views.judge import author_named, author_option, judgement, now, outcome, question_called, said
from armsledger.views.options import claim_filter, filter_options, format_option, limit_option, on, open_ledger

if TYPE_CHECKING:
    from rich.console import Console

    from armsledger.ledger import DocumentRow, Ledger
    from armsledger.model import Claim, Link, Question

_FEW = 20  # questions shown at once
_LONGEST = 240  # characters of a quote


@click.command()
@click.argument("question", required=False, metavar="[QUESTION]")
@click.option("--ask", is_flag=True, help="Go through them one by one and decide here.")
@author_option
@filter_options
@limit_option
@format_option
def command(
    question: str | None,
    ask: bool,
    author: str | None,
    ledger: str,
    form: str,
    limit: int | None,
    **asked: str | None,
) -> None:
    """Show what the rules could not decide, and decide it.

    A question names a claim that may belong to one of several deals, or that is neither near enough to one nor far
    enough from it, with the words of both sides and every reason for and against. Until somebody decides, nothing is
    joined.

    \b
    Examples:
      armsledger review
      armsledger review q3f2a
      armsledger review --recipient India --ask
    """
    which = claim_filter(**asked)
    with open_ledger(ledger) as book:
        if question is not None:
            found = [question_called(book, question)]
        else:
            found = list(islice(book.questions(which), limit or (None if form == "jsonl" else _FEW)))
        if form == "jsonl":
            _print_lines(book, found)
        elif not found:
            click.echo(f"Nothing waits for a decision{'' if not which.given() else f': {which.sentence()}'}.")
        elif ask:
            _go_through(book, found, author_named(author))
        else:
            _show(book, found, ledger)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the claims that it names and their documents."""

    question: Question
    claim: Claim
    candidates: tuple[tuple[Link, Claim], ...]
    documents: dict[str, DocumentRow]


def asked_of(book: Ledger, question: Question) -> Asked:
    """A question with what it names."""
    claim = book.claim(question.claim)
    others = tuple((link, book.claim(link.other)) for link in question.candidates)
    rows = book.documents_named({claim.document, *(other.document for _, other in others)})
    return Asked(question, claim, others, {str(key): row for key, row in rows.items()})


def question_line(asked: Asked) -> dict[str, Any]:
    """A question as JSON, with the words of both sides."""
    from armsledger.views.evidence import provenance

    return {
        "id": asked.question.id,
        "because": asked.question.because,
        "claim": {"id": asked.claim.id, **provenance(asked.claim, asked.documents[asked.claim.document])},
        "candidates": [
            {
                "claim": other.id,
                "points": link.points,
                "reasons": [{"name": r.name, "points": r.points, "told": r.told} for r in link.reasons],
                **provenance(other, asked.documents[other.document]),
            }
            for link, other in asked.candidates
        ],
    }


def _print_lines(book: Ledger, found: Sequence[Question]) -> None:
    from armsledger.views.json_lines import write_line

    for question in found:
        write_line(question_line(asked_of(book, question)))


# -- for people -------------------------------------------------------------------------------------------


def _show(book: Ledger, found: Sequence[Question], ledger: str) -> None:
    from armsledger.views.terminal import console
    from armsledger.views.words import many

    shown = console()
    for question in found:
        show_question(asked_of(book, question), shown)
    click.echo(f"{many(len(found), 'question')}. Decide with --ask, or one of these:")
    first = found[0]
    pair = f"{first.claim[:8]} {first.candidates[0].other[:8]}"
    click.echo(f"  armsledger judge same {pair} --because WORDS{on(ledger)}")
    click.echo(f"  armsledger judge different {pair} --because WORDS{on(ledger)}")


def show_question(asked: Asked, shown: Console) -> None:
    """Prints one question: the claim, then each candidate with the reasons for and against."""
    from armsledger.views.terminal import grid, show, stacked, text

    show(
        shown, text(f"{asked.question.id}: does this belong to one of these deals? ({asked.question.because})", "bold")
    )
    show(shown, grid([(asked.claim.id[:8], stacked(_told(asked.claim, asked.documents)))], indent=2))
    for number, (link, other) in enumerate(asked.candidates, 1):
        parts = [*_told(other, asked.documents), *(text(line) for line in _reasons(link))]
        show(shown, grid([(f"{number}. {other.id[:8]}", stacked(parts))], indent=2))
    show(shown, "")


def _told(claim: Claim, documents: dict[str, DocumentRow]) -> Iterator[Any]:
    from armsledger.views.names import party_label
    from armsledger.views.one_claim import title_of
    from armsledger.views.terminal import text
    from armsledger.views.words import what_of

    sides = f"{party_label(claim.supplier)} → {party_label(claim.recipient)}"
    yield text(f"{sides}: {what_of([claim])}, {claim.stage}, {claim.certainty}")
    quote = " ".join(claim.quote.split())
    yield text(f"“{quote if len(quote) <= _LONGEST else quote[:_LONGEST].rpartition(' ')[0] + ' …'}”")
    yield text(title_of(documents[claim.document]))


def _reasons(link: Link) -> Iterator[str]:
    yield f"together {link.points:+d} points:"
    for reason in link.reasons:
        yield f"  {reason.points:+d} {reason.told}"


def _go_through(book: Ledger, found: Sequence[Question], author: str) -> None:
    """Asks about each question in turn and records what is decided."""
    from armsledger.pipeline import judge
    from armsledger.views.terminal import console

    shown, decided = console(), 0
    for question in found:
        show_question(asked_of(book, question), shown)
        numbers = [str(n) for n in range(1, len(question.candidates) + 1)]
        click.echo("A number: the same deal as that one; n: none of them; s: skip; q: quit.")
        answer = click.prompt("Decision", type=click.Choice([*numbers, "n", "s", "q"]), show_choices=False)
        if answer == "q":
            break
        if answer == "s":
            continue
        because = click.prompt("Because")
        picked = question.candidates if answer == "n" else (question.candidates[int(answer) - 1],)
        verdict = "different" if answer == "n" else "same"
        made = [
            judgement(book, verdict, (question.claim, link.other), author, now(), because.strip()) for link in picked
        ]
        judge(book, made)
        decided += 1
        for line in (*(f"Recorded: {said(one)}." for one in made), *outcome(book, made[0])):
            click.echo(line)
    click.echo(f"Decided: {decided}. See them with: armsledger judgements{on(book.name)}")
