"""``armsledger show``: one deal, shared contract, claim or document, every value with the words that it comes from."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from armsledger.errors import InputError, NotFound
from armsledger.views.exits import NothingFound
from armsledger.views.options import format_option, ledger_option, on, open_ledger
from armsledger.views.publishers import Grades, grades_from, publishers_option

if TYPE_CHECKING:
    from armsledger.deals.agreement import Agreement
    from armsledger.deals.origins import Origin
    from armsledger.ledger import DocumentRow, Ledger
    from armsledger.model import ClaimId
    from armsledger.views.one_deal import Context
    from armsledger.views.told_deals import ToldDeal

_CANDIDATES = 10


@click.command()
@click.argument("wanted", metavar="DEAL")
@click.option("--recipient", metavar="NAME", help="Which buyer's deal, where a number has several.")
@click.option("--as-of", metavar="DATE", help="As it stood then: only documents published by that day count.")
@publishers_option
@ledger_option
@format_option
def command(
    wanted: str, recipient: str | None, as_of: str | None, publishers: str | None, ledger: str, form: str
) -> None:
    """Show one deal, claim or document with the words behind every value.

    DEAL is the id of a deal, a claim or a document or how it begins, a transmittal number, a contract number, or the
    name of a document. The number of a contract that several buyers share shows the contract and its buyers;
    --recipient shows one of them.

    \b
    Examples:
      armsledger show 25-33
      armsledger show FA8675-23-C-0037
      armsledger show FA8675-23-C-0037 --recipient Pakistan
      armsledger show 25-33 --as-of 2025-12-31 --format jsonl
    """
    from armsledger.views.options import claim_filter

    which, grades = claim_filter(recipient=recipient, as_of=as_of), grades_from(publishers)
    with open_ledger(ledger) as book:
        found = find(book, wanted, which.recipient, which.as_of)
        if found:
            _show_found(book, wanted, found, as_of, form, grades)
        else:
            _show_other(book, wanted, form, grades)


# -- finding ----------------------------------------------------------------------------------------------


def find(book: Ledger, wanted: str, recipient: str | None, as_of: str | None) -> list[ToldDeal]:
    """The deals of an id (or how one begins), a transmittal number or a contract number; empty where there is none."""
    from armsledger.pipeline import keys_called
    from armsledger.views.told_deals import told_by_key

    found = told_by_key(book, keys_called(book, wanted, as_of), as_of)
    return [told for told in found if recipient is None or any(c.recipient == recipient for c in told.claims)]


# -- showing ----------------------------------------------------------------------------------------------


def _show_found(book: Ledger, wanted: str, found: list[ToldDeal], as_of: str | None, form: str, grades: Grades) -> None:
    from armsledger.views.one_deal import show_contract, show_deal

    documents = documents_for(book, found)
    shared = [one for one in found[0].contracts if all(one in told.contracts for told in found)]
    if form == "jsonl":
        _print_lines(book, found, documents, as_of, grades)
    elif len(found) == 1:
        show_deal(found[0], documents, as_of, grades, _context(book, found[0], as_of))
    elif shared:
        show_contract(shared[0], found, documents, as_of, grades)
    else:
        one_of(wanted, found)


def _context(book: Ledger, told: ToldDeal, as_of: str | None) -> Context:
    """What the rest of the ledger tells of a deal."""
    from armsledger.views.chains import chains_with
    from armsledger.views.life import origins_among, set_aside
    from armsledger.views.one_deal import Context
    from armsledger.views.timeline import around

    said = around(book, told, as_of)
    rows = book.documents_named({e.document for e in said})
    chains, out = chains_with(book, told, as_of), set_aside(book)
    origins = origins_among(book, (c for c in told.claims if c.id not in out))
    return Context(book.name, origins, chains, said, rows, twice_read(book, told), out)


def one_of(wanted: str, found: list[ToldDeal]) -> ToldDeal:
    """The one deal that was found. Raises InputError with the candidates where there are several."""
    if len(found) == 1:
        return found[0]
    shown = [f"{told.deal.id} ({told.deal.key})" for told in found[:_CANDIDATES]]
    more = f" and {len(found) - _CANDIDATES} more" if len(found) > _CANDIDATES else ""
    raise InputError(
        wanted, f"stands for {len(found)} deals: {', '.join(shown)}{more}", "give more of the id, or --recipient"
    )


def documents_for(book: Ledger, found: list[ToldDeal]) -> dict[str, DocumentRow]:
    """The documents that the deals rest on, by id."""
    from armsledger.views.told_deals import documents_of

    return {row.id: row for row in book.documents_named(documents_of(found)).values()}


def twice_read(book: Ledger, told: ToldDeal) -> list[Agreement]:
    """Where another reader made a claim of the same passage as one of the deal's: the two compared, the deal's first.

    The other claim may stand in another deal, so all claims of the documents are looked at.
    """
    from armsledger.deals.agreement import agreements
    from armsledger.ledger import ClaimFilter

    own = {c.id: c for c in told.claims}
    every = (c for document in told.documents for c in book.claims(ClaimFilter(document=document)))
    pairs = (p for p in agreements(every) if p.one.id in own or p.other.id in own)
    return [p.seen_from(own[p.one.id] if p.one.id in own else own[p.other.id]) for p in pairs]


def _print_lines(
    book: Ledger, found: list[ToldDeal], documents: dict[str, DocumentRow], as_of: str | None, grades: Grades
) -> None:
    from armsledger.views.agreements import agreement_line
    from armsledger.views.chains import chains_with, diagram
    from armsledger.views.json_lines import write_line
    from armsledger.views.life import origins_among, set_aside
    from armsledger.views.publishers import publisher_told

    out = set_aside(book)
    for told in found:
        line = whole_line(told, documents, origins_among(book, told.claims), out)
        line["chains"] = [{"id": c.id, "ways": list(diagram(c))} for c in chains_with(book, told, as_of)]
        line["readers"] = [agreement_line(a) for a in twice_read(book, told)]
        line["publishers"] = {d: publisher_told(grades.of(documents[d])) for d in told.documents}
        write_line(line)


def whole_line(
    told: ToldDeal,
    documents: dict[str, DocumentRow],
    origins: Sequence[Origin] | None = None,
    rejected: Container[ClaimId] = (),
) -> dict[str, Any]:
    """A deal as JSON with its status, its life and the words behind every value, also of the shared contract.

    Claims that an analyst has rejected count for nothing in status and life.
    """
    from armsledger.views.deals import deal_line
    from armsledger.views.evidence import fields_told, provenance
    from armsledger.views.life import life_line, status_line, status_of

    line, status = deal_line(told), status_of((c for c in told.claims if c.id not in rejected), documents)
    line["rejected"] = [c.id for c in told.claims if c.id in rejected]
    line["status"], line["life"] = status_line(status, origins), life_line(status.life)
    line["fields"] = list(fields_told(told, documents))
    if told.contract and line["shared_contract"]:
        line["shared_contract"]["evidence"] = [
            {"claim": c.id, **provenance(c, documents[c.document])} for c in told.contract.claims
        ]
    return line


def _show_other(book: Ledger, wanted: str, form: str, grades: Grades) -> None:
    """The claim or the document that is meant; raises NothingFound where there is neither."""
    for show_one in (_show_claim, _show_document):
        try:
            return show_one(book, wanted.strip(), form, grades)
        except NotFound:
            continue
    raise nothing(book, wanted)


def _show_document(book: Ledger, wanted: str, form: str, grades: Grades) -> None:
    """The document of that name or id, with the words of its claims marked. Raises NotFound."""
    from armsledger.ledger import ClaimFilter
    from armsledger.model import Reading
    from armsledger.views.documents import document_line
    from armsledger.views.one_reading import show_reading

    document = book.document(wanted)
    if form == "jsonl":
        from armsledger.views.json_lines import write_line

        row = next(iter(_documents(book, document.id)))
        write_line({**document_line(row, grades), "text": document.text})
    else:
        reading = Reading(document, claims=tuple(book.claims(ClaimFilter(document=document.id))))
        show_reading(reading, whole=True, grades=grades)


def _show_claim(book: Ledger, wanted: str, form: str, grades: Grades) -> None:
    """The claim whose id begins so. Raises NotFound."""
    from armsledger.views.one_claim import claim_line, show_claim

    claim = book.claim(wanted.lower())
    row = next(iter(_documents(book, claim.document)))
    if form == "jsonl":
        from armsledger.views.json_lines import write_line

        write_line(claim_line(claim, row))
    else:
        show_claim(claim, row, grades)


def _documents(book: Ledger, document: str) -> Iterator[DocumentRow]:
    from armsledger.ledger import ClaimFilter

    return book.documents(ClaimFilter(document=document))


def nothing(book: Ledger, wanted: str) -> NothingFound:
    """What to say where nothing is called so."""
    if book.counts().claims == 0:
        return NothingFound(wanted, "the ledger holds no deals yet", f"armsledger read FILE...{on(book.name)}")
    return NothingFound(
        wanted,
        "no deal, transmittal, contract, claim or document of this ledger is called or begins so",
        f"list deals with: armsledger deals{on(book.name)}",
    )
