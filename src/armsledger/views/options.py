"""Options that commands share, and the filter that is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from armsledger.errors import InputError

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, Ledger

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_LEDGER = "armsledger.db"
STAGES = ("considered", "requested", "offered", "negotiated", "approved", "ordered", "delivered", "halted")

ledger_option = click.option(
    "--ledger", metavar="FILE", default=DEFAULT_LEDGER, show_default=True, help="The ledger to ask."
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="For people, or one JSON object a line.",
)
limit_option = click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Show at most N.")

_MODEL = (
    click.option(
        "--reader",
        type=click.Choice(["rules", "model", "both"]),
        default="rules",
        show_default=True,
        help="Who reads news: written rules, a language model, or each for itself, side by side.",
    ),
    click.option("--model", metavar="NAME", help="The model to ask.  [default: qwen2.5:7b]"),
    click.option(
        "--endpoint",
        metavar="URL",
        help="Where it answers, OpenAI-compatible; a key is taken from ARMSLEDGER_API_KEY.  "
        "[default: http://localhost:11434/v1]",
    ),
    click.option(
        "--budget",
        metavar="N",
        help="Spend at most N tokens, or requests (20requests). 0 only tells what it would cost.",
    ),
    click.option("--record", metavar="FILE", help="Add each request with its answer to a file, as JSON Lines."),
    click.option("--replay", metavar="FILE", help="Take the answers from such a file and send nothing."),
    click.option("--cache", metavar="DIR", help="Where answers are kept.  [default: in your cache folder]"),
    click.option(
        "--answer-wait",
        type=click.FloatRange(min=0.1, max=3600),
        metavar="SECONDS",
        help="How long one answer is waited for.  [default: 300]",
    ),
)

_DATES = (
    click.option(
        "--since", metavar="DATE", help="Published on or after this day, month or year (2025, 2025-05, 2025-05-14)."
    ),
    click.option("--until", metavar="DATE", help="Published on or before it."),
    click.option("--as-of", metavar="DATE", help="As it stood then: only documents published by that day count."),
)
_PARTIES = (
    click.option("--supplier", metavar="NAME", help="Who supplies: a code or a name (USA, Turkey, Türkiye)."),
    click.option("--recipient", metavar="NAME", help="Who receives."),
    click.option("--party", metavar="NAME", help="Who supplies or receives."),
    click.option("--system", metavar="NAME", help="What moves: an id or a name of the lexicon (aim-120, AMRAAM)."),
    click.option("--stage", type=click.Choice(STAGES), help="How far it has come."),
)


def filter_options(command: Command) -> Command:
    """Adds parties, system, stage, dates and ledger to a command."""
    for option in reversed((*_PARTIES, *_DATES, ledger_option)):
        command = option(command)
    return command


def party_options(command: Command) -> Command:
    """Adds parties, system, stage and ledger to a command."""
    for option in reversed((*_PARTIES, ledger_option)):
        command = option(command)
    return command


def model_options(command: Command) -> Command:
    """Adds who reads news and, where that is a model, which one, where, at what cost."""
    for option in reversed(_MODEL):
        command = option(command)
    return command


def date_options(command: Command) -> Command:
    """Adds dates and ledger to a command."""
    for option in reversed((*_DATES, ledger_option)):
        command = option(command)
    return command


def claim_filter(**asked: str | None) -> ClaimFilter:
    """The filter of what was asked; names become codes. Raises InputError for a name or a date that says nothing."""
    from armsledger.ledger import ClaimFilter
    from armsledger.views.names import party_named, system_named

    for option in ("supplier", "recipient", "party"):
        if (said := asked.get(option)) is not None:
            asked[option] = party_named(said, f"--{option}")
    if (said := asked.get("system")) is not None:
        asked["system"] = system_named(said, "--system")
    try:
        return ClaimFilter(**{option: said for option, said in asked.items() if said is not None})
    except InputError as error:
        raise type(error)(f"--{error.source.replace('_', '-')}", error.problem, error.advice) from None


@contextmanager
def open_ledger(path: str) -> Iterator[Ledger]:
    """The ledger that is there, for asking. Raises NotFound or LedgerError.

    One of an earlier version is brought up to date, deals included. Deals that a run of ``read`` has left apart, or is
    about to put together, are shown as they are: asking waits for no writer and does not do its work.
    """
    from armsledger.ledger import Ledger

    with Ledger.open(path, create=False) as ledger:
        if ledger.outdated():
            from armsledger.pipeline import put_together

            put_together(ledger)
        elif waiting := ledger.unsettled():
            what = "1 group of claims is" if waiting == 1 else f"{waiting:,} groups of claims are"
            click.echo(f"armsledger: {what} not yet put together: the next armsledger read does it", err=True)
        yield ledger


def on(ledger: str) -> str:
    """What a command line needs to be about this ledger: nothing where it is the default one."""
    from shlex import quote

    from armsledger.views.clean import one_line

    return "" if ledger == DEFAULT_LEDGER else f" --ledger {quote(one_line(ledger))}"
