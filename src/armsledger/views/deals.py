"""``armsledger deals``: one line a deal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from armsledger.views.listing import Listing, show_listing
from armsledger.views.options import claim_filter, filter_options, format_option, limit_option, open_ledger

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from armsledger.views.told_deals import ToldDeal


@click.command()
@filter_options
@limit_option
@format_option
def command(ledger: str, form: str, limit: int | None, **asked: str | None) -> None:
    """List deals: who supplies what to whom, how far, worth what.

    A deal is shown whole when any of its claims fits. A value is the deal's own; a contract that several buyers share
    is told as shared, and nobody is given its sum. "conflict" names the fields whose sources contradict one another.

    \b
    Examples:
      armsledger deals
      armsledger deals --recipient Türkiye --stage approved
      armsledger deals --party Pakistan --as-of 2025-10-01
      armsledger deals --system AMRAAM --format jsonl
    """
    from armsledger.views.told_deals import told_deals

    which = claim_filter(**asked)
    listing = Listing("deal", "Open one with: armsledger show DEAL", _head, deal_line, deals_table)
    with open_ledger(ledger) as book:
        show_listing(listing, book, which, told_deals(book, which), limit, form)


def _head(sentence: str) -> str:
    everything = "all claims"  # how the sentence of a filter begins that asks for no party, system or stage
    if sentence.startswith(everything):
        return f"All deals{sentence.removeprefix(everything)}"
    return f"Deals that rest on {sentence}"


def deal_line(told: ToldDeal) -> dict[str, Any]:
    """A deal as JSON: its fields with their values and the claims that give each."""
    from armsledger.views.told_deals import recipient_of
    from armsledger.views.words import what_of

    deal = told.deal
    return {
        "id": deal.id,
        "key": deal.key,
        "supplier": deal.supplier,
        "recipient": None if told.deal.recipient is None and not told.of_contract else recipient_of(told),
        "what": what_of(told.claims),
        "stage": told.stage,
        "status_word": told.status.word,
        "contested": told.status.contested,
        "first": deal.first,
        "last": deal.last,
        "values": values_told(told),
        "shared_contract": contract_line(told),
        "conflicts": list(told.disputed),
        "fields": [
            {
                "name": f.name,
                "own": told.own(f.name),
                "conflicting": told.conflicting(f.name),
                "values": [{"value": v.value, "claims": list(v.claims)} for v in f.values],
            }
            for f in deal.fields
        ],
        "claims": list(deal.claims),
        "documents": list(told.documents),
    }


def values_told(told: ToldDeal) -> list[dict[str, Any]]:
    """The deal's own values, each with the claims that give it."""
    from armsledger.views.json_lines import money

    given: dict[Any, list[str]] = {}
    for claim in told.claims:
        if claim.value:
            given.setdefault(claim.value, []).append(claim.id)
    return [{**(money(value) or {}), "claims": ids} for value, ids in given.items()]


def contract_line(told: ToldDeal) -> dict[str, Any] | None:
    """The shared contract as JSON: what is said of it as a whole, never a buyer's; None where the deal shares none."""
    from armsledger.views.json_lines import money

    if told.contract is None:
        return None
    return {
        "key": told.contract.key,
        "buyers": list(told.contract.buyers),
        "values": [{**(money(c.value) or {}), "claim": c.id} for c in told.contract.claims if c.value],
        "programmes": [{**(money(c.programme) or {}), "claim": c.id} for c in told.contract.claims if c.programme],
        "claims": [c.id for c in told.contract.claims],
    }


# -- the table --------------------------------------------------------------------------------------------


def deals_table(rows: list[ToldDeal], width: int) -> Table:
    """One row a deal; where there is little room, codes for names of parties, and stage and date in one column."""
    from armsledger.views.terminal import table, text

    wide = width >= 110
    columns = ("Deal", "From → to", "What", "Value", "Stage", "Published", "Docs")
    made = table(
        *(c for c in columns if wide or c != "Published"), right=("Docs",), fixed=("Deal", "Stage", "Published")
    )
    for told in rows:
        made.add_row(
            text(told.deal.id if wide else told.deal.id[:8], "bold"),
            *_cells(told, wide),
            text(str(len(told.documents))),
        )
    return made


def _cells(told: ToldDeal, wide: bool) -> Iterator[Text]:
    from armsledger.views.names import party_name
    from armsledger.views.terminal import text
    from armsledger.views.told_deals import recipient_of, value_of
    from armsledger.views.words import span_of, what_of

    sides = (told.deal.supplier or "not stated", recipient_of(told))
    yield text(" → ".join(party_name(side) if wide else side for side in sides))
    yield _what_cell(what_of(told.claims), told)
    yield text(value_of(told))
    stage = told.status.word
    published = span_of(told.deal.first, told.deal.last).replace(" to ", "\nto ")
    if wide:
        yield text(stage)
        yield text(published)
    else:
        yield text(f"{stage}\n{published}")


def _what_cell(what: str, told: ToldDeal) -> Text:
    from armsledger.views.terminal import CONFLICT, text
    from armsledger.views.words import shortened

    cell = text(shortened(what, 60))
    differ = [name for name in told.disputed if name != "stage"]  # that a stage is contested stands in its own column
    if differ:
        cell.append_text(text(f"\nconflict: {', '.join(differ)}", CONFLICT))
    return cell
