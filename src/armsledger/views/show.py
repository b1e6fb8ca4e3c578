"""``armsledger show``: one deal, shared contract, claim or document, every value with the words that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from armsledger.errors import InputError, NotFound
from armsledger.views.exits import NothingFound
from armsledger.views.options import format_option, ledger_option, on, open_ledger
from armsledger.views.publishers import Grades, grades_from, publishers_option

if TYPE_CHECKING:
    from armsledger.deals.agreement import Agreement
    from armsledger.ledger import DocumentRow, Ledger
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
    from armsledger.ledger import ClaimFilter
    from armsledger.pipeline import buyers_by_contract
    from armsledger.views.told_deals import told_by_key

    buyers = buyers_by_contract(book, as_of)
    keys = [
        key
        for key in book.keys(ClaimFilter(as_of=as_of, recipient=recipient))
        if key not in buyers and _means(key, wanted)
    ]
    return list(told_by_key(book, keys, buyers, as_of))


def _means(key: str, wanted: str) -> bool:
    """Whether a deal's key is meant: by the number in it, or by how its id begins."""
    from armsledger.deals import deal_id

    kind, _, rest = key.partition(" ")
    said = wanted.strip().upper()
    parts = rest.split(" ")
    if kind == "transmittal" and parts[1] == said:
        return True
    if kind == "contract" and parts[0] == said.replace("-", ""):
        return True
    return bool(said) and deal_id(key).startswith(wanted.strip().lower())


# -- showing ----------------------------------------------------------------------------------------------


def _show_found(book: Ledger, wanted: str, found: list[ToldDeal], as_of: str | None, form: str, grades: Grades) -> None:
    from armsledger.views.one_deal import show_contract, show_deal

    documents = documents_for(book, found)
    contracts = {told.contract.key for told in found if told.contract}
    if form == "jsonl":
        _print_lines(book, found, documents, grades)
    elif len(found) == 1:
        show_deal(found[0], documents, as_of, grades, twice_read(book, found[0]))
    elif len(contracts) == 1 and all(told.contract for told in found):
        show_contract(found, documents, as_of, grades)
    else:
        shown = [f"{told.deal.id} ({told.deal.key})" for told in found[:_CANDIDATES]]
        more = f" and {len(found) - _CANDIDATES} more" if len(found) > _CANDIDATES else ""
        raise InputError(
            wanted, f"stands for {len(found)} deals: {', '.join(shown)}{more}", "give more of the id, or --recipient"
        )


def documents_for(book: Ledger, found: list[ToldDeal]) -> dict[str, DocumentRow]:
    """The documents that the deals rest on, by id."""
    from armsledger.views.told_deals import documents_of

    wanted = documents_of(found)
    return {row.id: row for row in book.documents() if row.id in wanted}


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


def _print_lines(book: Ledger, found: list[ToldDeal], documents: dict[str, DocumentRow], grades: Grades) -> None:
    from armsledger.views.agreements import agreement_line
    from armsledger.views.json_lines import write_line
    from armsledger.views.publishers import publisher_told

    for told in found:
        line = whole_line(told, documents)
        line["readers"] = [agreement_line(a) for a in twice_read(book, told)]
        line["publishers"] = {d: publisher_told(grades.of(documents[d])) for d in told.documents}
        write_line(line)


def whole_line(told: ToldDeal, documents: dict[str, DocumentRow]) -> dict[str, Any]:
    """A deal as JSON with the words behind every value, those of the shared contract included."""
    from armsledger.views.deals import deal_line
    from armsledger.views.evidence import fields_told, provenance

    line = deal_line(told)
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
    raise _nothing(book, wanted)


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


def _nothing(book: Ledger, wanted: str) -> NothingFound:
    if book.counts().claims == 0:
        return NothingFound(wanted, "the ledger holds no deals yet", f"armsledger read FILE...{on(book.name)}")
    return NothingFound(
        wanted,
        "no deal, transmittal, contract, claim or document of this ledger is called or begins so",
        f"list deals with: armsledger deals{on(book.name)}",
    )
