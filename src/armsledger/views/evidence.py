"""From a field of a deal to the words that carry it: every value that is shown opens onto its documents here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from armsledger.model import Anchor, Claim, plain

if TYPE_CHECKING:
    from armsledger.ledger import DocumentRow
    from armsledger.model import DealField, FieldValue
    from armsledger.views.told_deals import ToldDeal

# A deal's field -> the anchors of a claim that carry it, the best first. Other fields have anchors of their own name.
_CARRIED_BY = {
    "value": ("value", "share", "amount"),
    "programme": ("cumulative",),
    "system": ("item",),
    "stage": ("stage", "action"),
}
WHOLE = "the claim as a whole"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document that carry a value: start inclusive, end exclusive, in code points; ``how`` as in Anchor."""

    claim: str
    document: str
    start: int
    end: int
    quote: str
    how: str


def evidence_of(claim: Claim, field: str) -> list[Evidence]:
    """The words that carry a field of a claim; where none do so by themselves, those of the claim as a whole."""
    found = next((a for name in _CARRIED_BY.get(field, (field,)) if (a := _anchors(claim, name))), ())
    if field == "item" and claim.quantity is not None:
        found = (*found, *claim.anchored("quantity"))
    if not found:
        return [Evidence(claim.id, claim.document, claim.start, claim.end, claim.quote, WHOLE)]
    places = {(a.start, a.end): a for a in found}
    return [
        Evidence(claim.id, claim.document, a.start, a.end, a.quote, a.how)
        for a in sorted(places.values(), key=lambda a: (a.start, a.end))
    ]


def _anchors(claim: Claim, name: str) -> tuple[Anchor, ...]:
    """The anchors of a name; of a contract's shares only those that say the claim's own sum."""
    found = claim.anchored(name)
    if name != "share":
        return found
    return tuple(a for a in found if claim.value and plain(claim.value.amount) in a.value.split())


def is_correction(claim: Claim) -> bool:
    """Whether a claim's paragraph corrects an earlier one: by its first word, or by a figure that it takes back."""
    return bool(claim.anchored("corrected amount")) or claim.quote.lstrip(" *").upper().startswith("CORRECTION")


def of_value(field: DealField, value: FieldValue, claims: Mapping[str, Claim]) -> Iterator[Evidence]:
    """The words behind one value of one field, claim by claim."""
    for claim_id in value.claims:
        claim = claims[claim_id]
        all_words = evidence_of(claim, field.name)
        own = {(a.start, a.end) for a in claim.anchors if a.field == field.name and a.value == value.value}
        yield from ([e for e in all_words if (e.start, e.end) in own] or all_words)


def evidence_line(evidence: Evidence, documents: Mapping[str, DocumentRow]) -> dict[str, Any]:
    """Evidence with its document, as JSON."""
    return {"claim": evidence.claim, **provenance(evidence, documents[evidence.document])}


def provenance(words: Evidence | Claim, document: DocumentRow) -> dict[str, Any]:
    """Where words stand: the document and the place in it. The columns that every export has."""
    return {
        "document": document.id,
        "name": document.names[0] if document.names else None,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
        "start": words.start,
        "end": words.end,
        "quote": words.quote,
    }


def fields_told(told: ToldDeal, documents: Mapping[str, DocumentRow]) -> Iterator[dict[str, Any]]:
    """Every field of a deal with its values and the evidence of each, as JSON."""
    claims: dict[str, Claim] = {c.id: c for c in told.claims}
    for field in told.deal.fields:
        values = [
            {
                "value": v.value,
                "claims": list(v.claims),
                "evidence": [evidence_line(e, documents) for e in of_value(field, v, claims)],
            }
            for v in field.values
        ]
        disputed = told.conflicting(field.name)
        yield {"name": field.name, "own": told.own(field.name), "conflicting": disputed, "values": values}
