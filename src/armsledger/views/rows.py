"""Ledger -> flat rows for files: each has the columns of its subject and, always, where its words stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from armsledger.model import DocumentId, Money, plain
from armsledger.views.claims import with_documents
from armsledger.views.evidence import Evidence, of_value, provenance

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.model import Claim
    from armsledger.views.told_deals import ToldDeal

Row = dict[str, str | int | bool | None]

_STRETCH = 200  # deals whose documents are asked for together

PROVENANCE = ("document", "name", "title", "publisher", "published", "url", "start", "end", "quote")
_CLAIM = (
    "claim", "supplier", "recipient", "item", "system", "quantity", "value", "value_currency", "value_meaning",
    "programme", "programme_currency", "programme_meaning", "mode", "second_hand", "modernised", "stage", "polarity",
    "certainty", "speaker", "speaker_kind", "date", "condition", "subject", "reader",
)  # fmt: skip
_DEAL = (
    "deal",
    "key",
    "supplier",
    "recipient",
    "stage",
    "first",
    "last",
    "field",
    "value",
    "conflicting",
    "own",
    "claim",
    "how",
)
_ANCHOR = ("claim", "field", "value", "how")
_DOCUMENT = ("kind", "language", "media_type", "digest", "names", "characters", "claims", "silences", "refused")

COLUMNS = {
    "claims": (*_CLAIM, *PROVENANCE),
    "deals": (*_DEAL, *PROVENANCE),
    "documents": (*_DOCUMENT, *PROVENANCE),
    "anchors": (*_ANCHOR, *PROVENANCE),
    "flat": ("deal", "key", "own", *_CLAIM, "field", "field_value", "how", *PROVENANCE),
}
WHOLE_NUMBERS = frozenset({"start", "end", "characters", "claims", "silences", "refused"})
TRUTHS = frozenset({"second_hand", "modernised", "conflicting", "own"})


def rows_of(book: Ledger, what: str, which: ClaimFilter) -> Iterator[Row]:
    """The rows of one subject, streamed, in the ledger's order."""
    if what == "documents":
        return (document_row(row) for row in book.documents(which))
    if what == "flat":
        return (row for told, documents in with_their_documents(book, which) for row in flat_rows(told, documents))
    if what == "deals":
        return _rows_of_deals(book, which)
    pairs = with_documents(book, book.claims(which))
    if what == "anchors":
        return (row for claim, document in pairs for row in _anchor_rows(claim, document))
    return (claim_row(claim, document) for claim, document in pairs)


def claim_row(claim: Claim, document: DocumentRow) -> Row:
    """A claim with all its slots."""
    return {
        "claim": claim.id,
        "supplier": claim.supplier,
        "recipient": claim.recipient,
        "item": claim.item,
        "system": claim.system,
        "quantity": _exact(claim.quantity),
        **_money("value", claim.value),
        **_money("programme", claim.programme),
        "mode": claim.mode,
        "second_hand": claim.second_hand,
        "modernised": claim.modernised,
        "stage": claim.stage,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "speaker": claim.speaker,
        "speaker_kind": claim.speaker_kind,
        "date": claim.date.iso if claim.date else None,
        "condition": claim.condition,
        "subject": claim.subject,
        "reader": claim.reader,
        **provenance(claim, document),
    }


def _money(name: str, money: Money | None) -> Row:
    if money is None:
        return {name: None, f"{name}_currency": None, f"{name}_meaning": None}
    return {name: plain(money.amount), f"{name}_currency": money.currency, f"{name}_meaning": money.meaning}


def _exact(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


def _anchor_rows(claim: Claim, document: DocumentRow) -> Iterator[Row]:
    for a in claim.anchors:
        words = Evidence(claim.id, claim.document, a.start, a.end, a.quote, a.how)
        yield {"claim": claim.id, "field": a.field, "value": a.value, "how": a.how, **provenance(words, document)}


def document_row(row: DocumentRow) -> Row:
    """A document; its words are all of its text, which stands in the ledger and not in the row."""
    whole = Evidence("", row.id, 0, row.characters, "", "")
    counts = {"characters": row.characters, "claims": row.claims, "silences": row.silences, "refused": row.refused}
    form = {"kind": row.kind, "language": row.language, "media_type": row.media_type, "digest": row.digest}
    return {**form, "names": "\n".join(row.names), **counts, **provenance(whole, row), "quote": None}


# -- deals ------------------------------------------------------------------------------------------------


def _rows_of_deals(book: Ledger, which: ClaimFilter) -> Iterator[Row]:
    """For each deal its own fields, then those of the contract that it shares, which are marked as not its own."""
    for told, documents in with_their_documents(book, which):
        yield from deal_rows(told, documents)


def with_their_documents(
    book: Ledger, which: ClaimFilter
) -> Iterator[tuple[ToldDeal, Mapping[DocumentId, DocumentRow]]]:
    """Each deal with the documents that it and its contracts rest on; so many deals at a time are held in memory."""
    from armsledger.views.told_deals import documents_of, told_deals

    found = told_deals(book, which)
    while some := list(islice(found, _STRETCH)):
        documents = book.documents_named(documents_of(some))
        yield from ((told, documents) for told in some)


def deal_rows(told: ToldDeal, documents: Mapping[DocumentId, DocumentRow]) -> Iterator[Row]:
    """A row for each value of each field of a deal and its contracts, and each place that carries it."""
    from armsledger.deals.assemble import fields_of
    from armsledger.views.told_deals import recipient_of

    deal = told.deal
    head: Row = {
        "deal": deal.id,
        "key": deal.key,
        "supplier": deal.supplier,
        "recipient": recipient_of(told) if told.of_contract else deal.recipient,
    }
    head |= {"stage": told.stage, "first": deal.first, "last": deal.last}
    parts = [(deal.fields, told.claims, True)]
    parts += [(fields_of(contract.claims), contract.claims, False) for contract in told.contracts]
    for fields, claims, own in parts:
        by_id: dict[str, Claim] = {c.id: c for c in claims}
        for field in fields:
            whose: Row = {"conflicting": own and told.conflicting(field.name), "own": own and told.own(field.name)}
            for value in field.values:
                for words in of_value(field, value, by_id):
                    said: Row = {"field": field.name, "value": value.value, "claim": words.claim, "how": words.how}
                    yield {**head, **whose, **said, **provenance(words, documents[DocumentId(words.document)])}


def flat_rows(told: ToldDeal, documents: Mapping[DocumentId, DocumentRow]) -> Iterator[Row]:
    """A row for each claim of a deal and each place of it: its words as a whole (``claim``), then those of each field.

    Claims of a contract that the deal shares follow, marked as not its own.
    """
    for own, claims in ((True, told.claims), (False, told.contract_claims)):
        for claim in claims:
            head: Row = {"deal": told.deal.id, "key": told.deal.key, "own": own}
            whole = claim_row(claim, documents[claim.document])
            yield {**head, **whole, "field": "claim", "field_value": None, "how": "stated"}
            for a in claim.anchors:
                words: Row = {"start": a.start, "end": a.end, "quote": a.quote}
                yield {**head, **whole, "field": a.field, "field_value": a.value, "how": a.how, **words}
