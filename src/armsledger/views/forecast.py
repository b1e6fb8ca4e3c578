"""``armsledger forecast``: dated questions with probabilities, and how they ended; a log that is only added to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from armsledger.errors import InputError, NotFound
from armsledger.views.judge import author_named, author_option
from armsledger.views.options import ledger_option

if TYPE_CHECKING:
    from armsledger.analyses.forecasts import Forecast
    from armsledger.views.forecast_log import Log

log_option = click.option("--log", metavar="FILE", help="The log.  [default: forecasts.jsonl beside the ledger]")


@click.group()
def command() -> None:
    """Log dated questions with probabilities, and how they ended.

    Lines are added and never changed or deleted; each is tied to the one before it. Score them with: armsledger
    analyse forecasts.

    \b
    Examples:
      armsledger forecast ask "Will the order be announced?" --by 2099-01-01 --probability 35 --author me
    """


@command.command()
@click.argument("question", metavar="QUESTION")
@click.option("--by", "due", metavar="DATE", required=True, help="The day by which a document will tell: 2031-01-01.")
@click.option("--probability", type=float, metavar="PERCENT", required=True, help="Of yes, in per cent: 0 to 100.")
@click.option("--because", default="", metavar="WORDS", help="The reason: it is kept.")
@click.option("--model", is_flag=True, help="The forecast is a model's; --author names it.")
@click.option("--made", metavar="DATE", help="When it was made, if not today.")
@author_option
@log_option
@ledger_option
def ask(
    question: str,
    due: str,
    probability: float,
    because: str,
    model: bool,
    made: str | None,
    author: str | None,
    log: str | None,
    ledger: str,
) -> None:
    """Add a question that a document can answer with yes or no by a day, and the probability of yes.

    The same words with the same day are the same question: others, or you on a later day, can add a forecast of it.

    \b
    Examples:
      armsledger forecast ask "Will the order be announced?" --by 2099-01-01 --probability 35 --author me
    """
    from armsledger.analyses.forecasts import By, Forecast, check
    from armsledger.views.forecast_log import append, log_beside

    given = Forecast(
        question=" ".join(question.split()),
        due=day_named(due, "--by"),
        probability=probability / 100,
        author=author_named(author),
        by=By.MODEL if model else By.ANALYST,
        made=_today() if made is None else day_named(made, "--made"),
        because=because.strip(),
    )
    check(given)
    path = log_beside(ledger, log)
    append(path, given)
    click.echo(f"Logged {given.id}: {chance_told(given.probability)} by {given.due}, {given.author} ({given.by}).")
    click.echo(f"When it is known: armsledger forecast resolve {given.id} yes|no|void --because WORDS")


@command.command()
@click.argument("wanted", metavar="ID")
@click.argument("outcome", type=click.Choice(["yes", "no", "void"]))
@click.option("--because", required=True, metavar="WORDS", help="What tells it: a document, a claim.")
@click.option("--on", "day", metavar="DATE", help="The day on which it was known, if not today.")
@author_option
@log_option
@ledger_option
def resolve(
    wanted: str, outcome: str, because: str, day: str | None, author: str | None, log: str | None, ledger: str
) -> None:
    """Add how a question ended: yes, no, or void where it has no answer.

    ID is that of the question or how it begins. A later outcome of the same question counts instead of an earlier one;
    both are kept.

    \b
    Examples:
      armsledger forecast resolve fc67ab no --because "no order by that day" --on 2099-01-01 --author me
    """
    from armsledger.analyses.forecasts import Outcome, Resolution
    from armsledger.views.forecast_log import append, log_beside, read_log

    if not because.strip():
        raise InputError("--because", "is empty", "say what tells it")
    path = log_beside(ledger, log)
    asked = _asked(read_log(path), wanted, str(path))
    on = _today() if day is None else day_named(day, "--on")
    if outcome == "no" and on < asked.due:
        raise InputError(
            wanted, f"it can still come about until {asked.due}", "resolve it with no on that day or later, or as void"
        )
    append(path, Resolution(asked.id, Outcome(outcome), on, author_named(author), because.strip()))
    click.echo(f"Logged the outcome of {asked.id}: {outcome}, {on}. Scores: armsledger analyse forecasts")


def _asked(log: Log, wanted: str, name: str) -> Forecast:
    """A forecast of the question whose id begins so. Raises NotFound, or InputError where there are several."""
    found = {f.id: f for f in log.forecasts if f.id.startswith(wanted.strip().lower())}
    if not found:
        raise NotFound(wanted, f"no question of {name} has an id that begins so", "see: armsledger analyse forecasts")
    if len(found) > 1:
        raise InputError(wanted, f"stands for {', '.join(sorted(found))}", "give more of the id")
    return next(iter(found.values()))


def chance_told(probability: float) -> str:
    """A probability as number and word: ``unlikely (35 %)``; the number alone where the standard has no word."""
    from decimal import Decimal

    from armsledger.deals import likelihood

    percent = Decimal(str(round(100 * probability, 6)))
    told = likelihood(percent)
    return f"{percent.normalize():f} %" if told is None else str(told)


def day_named(said: str, option: str) -> date:
    """The day that is given. Raises InputError."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise InputError(option, f"{said!r} is no day", "give it as 2031-01-01") from None


def _today() -> date:
    from datetime import datetime

    return datetime.now().astimezone().date()
