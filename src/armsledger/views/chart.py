"""``armsledger chart``: a deal's life, its origins, or who supplies whom, as a picture."""

from __future__ import annotations

import click

from armsledger.errors import InputError
from armsledger.views.options import claim_filter, filter_options, open_ledger


@click.command()
@click.argument("what", type=click.Choice(["life", "origins", "flows"]))
@click.argument("deal", required=False, metavar="[DEAL]")
@click.option("-o", "--out", required=True, metavar="FILE", help="Where to write it: .svg, .png, or .json.")
@filter_options
def command(what: str, deal: str | None, out: str, ledger: str, **asked: str | None) -> None:
    """Draw a deal's life or origins, or the flows between states.

    The title states the finding; units, counts and limits stand below it. Charts of analyses are made by the analyses
    themselves: armsledger analyse NAME --chart FILE.

    \b
    Examples:
      armsledger chart life 25-33 -o life.svg
      armsledger chart origins 25-33 -o origins.png
      armsledger chart flows --since 2025 -o flows.svg
    """
    from armsledger.views.charts import flows_chart, life_chart, origins_chart, write_chart

    which = claim_filter(**asked)
    with open_ledger(ledger) as book:
        if what == "flows":
            from armsledger.views.told_deals import told_deals

            chart = flows_chart(told_deals(book, which), which.sentence())
        else:
            from armsledger.views.show import find, one_of
            from armsledger.views.whole_deal import whole_deal

            if deal is None:
                raise InputError("DEAL", f"chart {what} needs a deal", "name one: armsledger deals")
            told = one_of(deal, find(book, deal, which.recipient, which.as_of))
            whole = whole_deal(book, told, which.as_of)
            chart = life_chart(whole) if what == "life" else origins_chart(whole)
    write_chart(chart, out)
    click.echo(f"{chart.title}: {out}")
