"""``armsledger analyse feasibility``: a card of positions and constraints, and what several models make of it."""

from __future__ import annotations

from pathlib import Path

import click

from armsledger.errors import InputError, NotFound
from armsledger.views.analyse import result_format, show_result


@click.command()
@click.argument("card", metavar="CARD")
@click.option("--draws", type=click.IntRange(100, 100_000), default=2000, show_default=True, help="Monte Carlo draws.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of the random draws.")
@result_format
def command(card: str, draws: int, seed: int, form: str, chart: str | None) -> None:
    """Could a deal of several parties come about, by a card's positions?

    CARD is a YAML file of options, actors (position, salience, capability as ranges, each with source, author and
    reason) and hard constraints. Baselines come first; models are shown side by side and marked as models.

    \b
    Examples:
      armsledger analyse feasibility card-s-400.yml
      armsledger analyse feasibility card.yml --draws 5000 --seed 7 --format json
    """
    from armsledger.analyses.cards import card_from
    from armsledger.views.extras import needing

    with needing("analysis", "armsledger analyse feasibility"):
        from armsledger.analyses.feasibility import assess

        show_result(assess(card_from(_text(card), card), draws, seed).result(), form, chart)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFound(path, "no such file", "see card-s-400.yml among the examples") from None
    except UnicodeDecodeError:
        raise InputError(path, "is no text in UTF-8", "give a YAML file") from None
