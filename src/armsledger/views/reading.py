"""A reading as the value that ``armsledger read --format jsonl`` prints: public, versioned, described in design.md.

Numbers are JSON numbers, dates ISO 8601 as precise as they were said, null is "not said". Positions are code points of
the document's text, start inclusive, end exclusive. New fields may be added under the same version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armsledger.views.json_lines import money, number

if TYPE_CHECKING:
    from armsledger.model import (
        Anchor,
        Claim,
        Contract,
        DateInterval,
        Document,
        Item,
        Notice,
        Occurrence,
        Reading,
        Statement,
    )

FORM = "reading/1"


def reading_line(reading: Reading) -> dict[str, Any]:
    """Everything that one document gave."""
    return {
        "doc": reading.document.name,
        "form": FORM,
        "document": document_of(reading.document),
        "notices": [notice_of(notice) for notice in reading.notices],
        "contracts": [contract_of(contract) for contract in reading.contracts],
        "claims": [claim_of(claim) for claim in reading.claims],
        "refused": [{"reason": r.reason, "field": r.field, "quote": r.quote} for r in reading.refused],
        "silences": [{"reason": s.reason, "start": s.start, "end": s.end} for s in reading.silences],
        "statements": [statement_of(statement) for statement in reading.statements],
        "occurrences": [occurrence_of(occurrence) for occurrence in reading.occurrences],
    }


def document_of(document: Document) -> dict[str, Any]:
    """What is known of a document, without its text."""
    return {
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "published": document.published,
        "publisher": document.publisher,
        "url": document.url,
        "language": document.language,
        "characters": len(document.text),
        "skipped": [{"reason": s.reason, "start": s.start, "end": s.end} for s in document.skipped],
        "media_type": document.media_type,
        "digest": document.digest,
    }


def notice_of(notice: Notice) -> dict[str, Any]:
    """One sale notice."""
    return {
        "supplier": notice.supplier,
        "recipient": notice.recipient,
        "transmittal": notice.transmittal,
        "date": _iso(notice.date),
        "value": money(notice.value),
        "items": [_article(item) for item in notice.items],
        "contractors": list(notice.contractors),
        "stage": notice.stage,
        "notified": _iso(notice.notified),
        "shares": {name: money(share) for name, share in notice.shares},
        "offsets": notice.offsets,
        "amends": notice.amends,
        "correction": notice.correction,
        "start": notice.start,
        "end": notice.end,
        "anchors": _anchors(notice.anchors),
    }


def contract_of(contract: Contract) -> dict[str, Any]:
    """One paragraph of a contract announcement. ``items`` are names, ``articles`` the same with count and place."""
    return {
        "contractors": list(contract.contractors),
        "amount": number(contract.amount),
        "currency": contract.currency,
        "contract": contract.contract,
        "action": contract.action,
        "cumulative": number(contract.cumulative),
        "customers": list(contract.customers),
        "shares": {s.customer: {"amount": number(s.amount), "percent": number(s.percent)} for s in contract.shares},
        "foreign": contract.foreign,
        "items": [item.designation for item in contract.items],
        "completion": _iso(contract.completion),
        "date": _iso(contract.date),
        "start": contract.start,
        "end": contract.end,
        "articles": [_article(item) for item in contract.items],
        "numbers": list(contract.numbers),
        "parent": contract.parent,
        "modification": contract.modification,
        "obligated": number(contract.obligated),
        "fms_obligated": number(contract.fms_obligated),
        "correction": contract.correction,
        "corrected_amount": number(contract.corrected_amount),
        "anchors": _anchors(contract.anchors),
    }


def claim_of(claim: Claim) -> dict[str, Any]:
    """One claim with all its slots and the words of each."""
    return {
        "id": claim.id,
        "supplier": claim.supplier,
        "recipient": claim.recipient,
        "item": claim.item,
        "system": claim.system,
        "quantity": number(claim.quantity),
        "value": money(claim.value),
        "programme": money(claim.programme),
        "mode": claim.mode,
        "stage": claim.stage,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "speaker": claim.speaker,
        "speaker_kind": claim.speaker_kind,
        "date": _iso(claim.date),
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "reader": claim.reader,
        "subject": claim.subject,
        "second_hand": claim.second_hand,
        "modernised": claim.modernised,
        "condition": claim.condition,
        "evidence": number(claim.evidence),
        "document": claim.document,
        "anchors": _anchors(claim.anchors),
    }


def statement_of(statement: Statement) -> dict[str, Any]:
    """What a party says about a disputed matter, with the words of each field."""
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "speaker_kind": statement.speaker_kind,
        "speaks_for": statement.speaks_for,
        "verb": statement.verb,
        "topic": statement.topic,
        "polarity": statement.polarity,
        "parties": list(statement.parties),
        "system": statement.system,
        "date": _iso(statement.date),
        "start": statement.start,
        "end": statement.end,
        "quote": statement.quote,
        "reader": statement.reader,
        "document": statement.document,
        "anchors": _anchors(statement.anchors),
    }


def occurrence_of(occurrence: Occurrence) -> dict[str, Any]:
    """One dated event with the words of each field."""
    return {
        "id": occurrence.id,
        "kind": occurrence.kind,
        "date": occurrence.date.iso,
        "parties": list(occurrence.parties),
        "start": occurrence.start,
        "end": occurrence.end,
        "quote": occurrence.quote,
        "document": occurrence.document,
        "anchors": _anchors(occurrence.anchors),
    }


def _article(item: Item) -> dict[str, Any]:
    return {
        "quantity": number(item.quantity),
        "designation": item.designation,
        "start": item.start,
        "end": item.end,
        "system": item.system,
        "upgrade": item.upgrade,
    }


def _anchors(anchors: tuple[Anchor, ...]) -> list[dict[str, Any]]:
    return [
        {"field": a.field, "value": a.value, "start": a.start, "end": a.end, "quote": a.quote, "how": a.how}
        for a in anchors
    ]


def _iso(date: DateInterval | None) -> str | None:
    return None if date is None else date.iso
