"""``armsledger analyse forecasts``: how good the probabilities of dated questions were."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from armsledger.errors import NotFound
from armsledger.views.analyse import result_format, show_result
from armsledger.views.options import ledger_option

if TYPE_CHECKING:
    from pathlib import Path

    from armsledger.analyses.result import Result


@click.command()
@click.option("--log", metavar="FILE", help="The log.  [default: forecasts.jsonl beside the ledger]")
@click.option("--author", metavar="NAME", help="Only forecasts of this author.")
@click.option("--as-of", metavar="DATE", help="As the log stood at the end of that day.")
@ledger_option
@result_format
def command(log: str | None, author: str | None, as_of: str | None, ledger: str, form: str, chart: str | None) -> None:
    """How good were the probabilities of dated questions?

    Brier scores by author beside the base rate, a table of reliability with counts and intervals, and the questions
    that are open. The log is written by armsledger forecast, and nothing is deleted from it.

    \b
    Examples:
      armsledger analyse forecasts
      armsledger analyse forecasts --author "A. Nalyst" --as-of 2031-12-31
    """
    from armsledger.views.forecast_log import log_beside

    show_result(answer(log_beside(ledger, log), author, as_of), form, chart)


def answer(path: Path, author: str | None = None, as_of: str | None = None) -> Result:
    """What ``command`` prints. Raises InputError or NotFound for what cannot be asked."""
    from armsledger.analyses.forecasts import score
    from armsledger.views.forecast import day_named
    from armsledger.views.forecast_log import read_log

    day = None if as_of is None else day_named(as_of, "--as-of")
    log = read_log(path)
    if not log.lines:
        raise NotFound(
            str(path), "no forecast has been logged, so that nothing can be scored",
            'armsledger forecast ask "QUESTION" --by DATE --probability PERCENT',
        )  # fmt: skip
    kept = [f for f in log.forecasts if author is None or f.author == author]
    if author is not None and not kept:
        known = ", ".join(sorted({f.author for f in log.forecasts}))
        raise NotFound("--author", f"the log has no forecast of {author!r}", f"it has: {known}" if known else "")
    asked = {f.id for f in kept}
    ended = [r for r in log.resolutions if author is None or r.question in asked]
    result = score(kept, ended, day).result()
    return replace(result, unknown=(*log.faults, *result.unknown))
