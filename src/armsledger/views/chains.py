"""``armsledger chains``: transfers of one item that follow each other: bought back, returned, resold, passed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from armsledger.views.listing import empty_hint, left_out
from armsledger.views.options import claim_filter, filter_options, format_option, limit_option, on, open_ledger

if TYPE_CHECKING:
    from rich.console import Console

    from armsledger.deals.chains import Chain, Leg
    from armsledger.deals.origins import Origin
    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.model import Claim, DocumentId
    from armsledger.views.told_deals import ToldDeal

_CLAIMS = 6  # claims of a leg that are shown; JSON has them all
_ON_PAPER = "A chain is a way that exists on paper: no leg says that the next one is meant, or will be."


@click.command()
@filter_options
@limit_option
@format_option
def command(ledger: str, form: str, limit: int | None, **asked: str | None) -> None:
    """List chains: items that are bought back, returned, resold or passed on.

    A chain is shown whole when any claim of its legs fits. One leg follows another where its supplier is the other's
    recipient, both move the same system, and it is not certain to have come before. Each leg is done, in progress,
    possible or denied, by its own claims; what is possible never counts as done.

    \b
    Examples:
      armsledger chains
      armsledger chains --system S-400
      armsledger chains --party Turkey --as-of 2025-08-10 --format jsonl
    """
    which = claim_filter(**asked)
    with open_ledger(ledger) as book:
        found = chains_of(book, which)
        shown = found[:limit]
        rows = book.documents_named({c.document for chain in shown for c in _claims(chain)})
        if form == "jsonl":
            from armsledger.views.json_lines import write_line
            from armsledger.views.life import origins_among

            for chain in shown:
                write_line(chain_line(chain, rows, origins_among(book, _claims(chain))))
            return
        if shown:
            _show(book, which, shown, len(found), rows)
        else:
            click.echo(empty_hint(book, "chains", which))
        if out := left_out(book, which):
            click.echo(out)


# -- finding ----------------------------------------------------------------------------------------------


def chains_of(book: Ledger, which: ClaimFilter) -> tuple[Chain, ...]:
    """The chains with a claim that the filter lets through, as of the filter's date."""
    asked = {claim.id: claim.system for claim in book.claims(which) if claim.system}
    systems = _moving_on(book, sorted(set(asked.values())), which.as_of)
    every = _of_systems(book, systems, which.as_of)
    return tuple(chain for chain in every if any(t.id in asked for leg in chain.legs for t in leg.told))


def chains_with(book: Ledger, told: ToldDeal, as_of: str | None) -> tuple[Chain, ...]:
    """The chains that a deal is a leg of. Asked only where one of its sides stands on another deal's other side."""
    systems = sorted({c.system for c in told.claims if c.system})
    onward = {c.recipient for c in told.claims if c.recipient and c.system}
    before = {c.supplier for c in told.claims if c.supplier and c.system}
    found = sorted(book.moved(_relatives(systems), onward, before, as_of))
    every = _of_systems(book, _relatives(found), as_of)
    return tuple(chain for chain in every if any(told.deal.id in leg.deals for leg in chain.legs))


def _claims(chain: Chain) -> list[Claim]:
    """The claims of all its legs."""
    return [t.claim for leg in chain.legs for t in leg.told]


def _relatives(systems: Sequence[str]) -> list[str]:
    """The systems of the same families, these included."""
    from armsledger.deals.chains import relatives

    return sorted({r for system in systems for r in relatives(system)})


def _moving_on(book: Ledger, systems: Sequence[str], as_of: str | None) -> list[str]:
    """Of the families of these systems those in which somebody supplies what somebody like him received."""
    from armsledger.ledger import ClaimFilter

    found: list[str] = []
    for family in dict.fromkeys(tuple(_relatives([system])) for system in systems):
        suppliers: set[str | None] = set()
        recipients: set[str | None] = set()
        for system in family:
            for claim in book.claims(ClaimFilter(system=system, as_of=as_of)):
                suppliers.add(claim.supplier)
                recipients.add(claim.recipient)
        if (suppliers & recipients) - {None}:
            found += family
    return found


def _of_systems(book: Ledger, systems: Sequence[str], as_of: str | None) -> tuple[Chain, ...]:
    """The chains among all deals of these systems."""
    from armsledger.deals import deal_id
    from armsledger.deals.chains import chains
    from armsledger.ledger import ClaimFilter
    from armsledger.views.life import set_aside

    out = set_aside(book) if systems else {}
    keys = sorted({key for system in systems for key in book.keys(ClaimFilter(system=system, as_of=as_of))})
    found = book.claims_of(keys, as_of=as_of)
    deals = [(deal_id(key), [c for c in claims if c.id not in out]) for key, claims in found]
    if not deals:
        return ()
    return chains(deals, book.published({claim.document for _, claims in deals for claim in claims}))


# -- as text ----------------------------------------------------------------------------------------------


def diagram(chain: Chain) -> Iterator[str]:
    """A line for each way through a chain: ``RUS --done--> TUR --possible, contested--> RUS``."""
    for path in chain.paths():
        told = path[0].supplier
        for leg in path:
            told += f" --{leg.word}--> {leg.recipient or '?'}"
        yield told


def _show(
    book: Ledger, which: ClaimFilter, found: Sequence[Chain], count: int, rows: Mapping[DocumentId, DocumentRow]
) -> None:
    from armsledger.views.clean import one_line
    from armsledger.views.life import origins_among
    from armsledger.views.terminal import console
    from armsledger.views.words import many

    click.echo(one_line(_head(which.sentence())) + ":\n")
    shown = console()
    for chain in found:
        _show_chain(chain, rows, origins_among(book, _claims(chain)), shown)
    more = f" of {count:,}: raise --limit" if count > len(found) else ""
    click.echo(f"{many(len(found), 'chain')}{more}. {_ON_PAPER}")
    click.echo(f"Open a leg with: armsledger show DEAL{on(book.name)}")


def _head(sentence: str) -> str:
    everything = "all claims"
    if sentence.startswith(everything):
        return f"All chains{sentence.removeprefix(everything)}"
    return f"Chains with {sentence}"


def _show_chain(
    chain: Chain, rows: Mapping[DocumentId, DocumentRow], origins: Sequence[Origin], shown: Console
) -> None:
    from armsledger.views.names import system_name
    from armsledger.views.terminal import grid, show, stacked, text
    from armsledger.views.words import many

    show(shown, text(f"{system_name(chain.family)} · chain {chain.id}", "bold"))
    for line in diagram(chain):
        show(shown, text(f"  {line}"))
    documents = many(len({c.document for c in _claims(chain)}), "document")
    counts = f"{documents}, {many(len(origins), 'independent origin')}"
    show(shown, text(f"  {counts}; first told by {_first(origins, rows)}"))
    show(shown, "")
    legs = ((str(n), stacked(_leg(leg, rows, origins))) for n, leg in enumerate(chain.legs, 1))
    show(shown, grid(legs, indent=2))
    show(shown, "")


def _first(origins: Sequence[Origin], rows: Mapping[DocumentId, DocumentRow]) -> str:
    """The publisher and the day of the first origin."""
    row = rows[origins[0].first]
    return f"{_publisher(row)}, {row.published or 'undated'}"


def _publisher(row: DocumentRow) -> str:
    return row.publisher or (row.names or ("no name",))[0]


def _leg(leg: Leg, rows: Mapping[DocumentId, DocumentRow], origins: Sequence[Origin]) -> Iterator[Any]:
    from armsledger.views.life import origins_behind, role_told
    from armsledger.views.names import party_name
    from armsledger.views.terminal import CONFLICT, indented, text
    from armsledger.views.words import many, shortened

    sides = f"{party_name(leg.supplier)} → {party_name(leg.recipient)}: "
    head = text(sides, "bold")
    head.append_text(text(leg.word, CONFLICT if leg.contested else "bold"))
    yield head
    yield indented(text(leg.status.sentence(origins_behind(leg.status, origins))))
    if leg.after is not None:
        yield indented(text(f"behind leg {leg.after + 1}: {leg.because}"))
    for role in leg.roles:
        yield indented(text(f"{role.kind}: {role_told(role, {})}"))
    yield indented(text(f"{'deal' if len(leg.deals) == 1 else 'deals'} {', '.join(leg.deals)}"))
    for t in leg.told[:_CLAIMS]:
        name = _publisher(rows[t.claim.document])
        said = f"{t.id[:8]} {t.published or 'undated'} {t.voice} ({name}): “{shortened(t.claim.quote, 110)}”"
        yield indented(text(said))
    if len(leg.told) > _CLAIMS:
        yield indented(text(f"and {many(len(leg.told) - _CLAIMS, 'more claim')}"))


# -- as JSON ----------------------------------------------------------------------------------------------


def chain_line(chain: Chain, rows: Mapping[DocumentId, DocumentRow], origins: Sequence[Origin]) -> dict[str, Any]:
    """A chain as JSON: its legs in order, each with its state and the words of its claims."""
    from armsledger.views.evidence import provenance
    from armsledger.views.life import role_line, status_line

    legs = []
    for leg in chain.legs:
        claims = [
            {"claim": t.id, "stage": t.claim.stage, "bearing": t.bearing, "speaker": t.claim.speaker}
            | provenance(t.claim, rows[t.claim.document])
            for t in leg.told
        ]
        legs.append(
            {
                "supplier": leg.supplier,
                "recipient": leg.recipient,
                "state": leg.state,
                "contested": leg.contested,
                "after": None if leg.after is None else leg.after + 1,
                "because": leg.because or None,
                "deals": list(leg.deals),
                "status": status_line(leg.status, origins),
                "roles": [role_line(r) for r in leg.roles],
                "claims": claims,
            }
        )
    told = [{"first": o.first, "documents": list(o.documents)} for o in origins]
    return {"id": chain.id, "family": chain.family, "ways": list(diagram(chain)), "origins": told, "legs": legs}
