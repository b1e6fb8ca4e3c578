"""Parties, documents, deals and claims as FollowTheMoney entities (https://followthemoney.tech), one a line.

A deal is an ``UnknownLink`` from supplier to recipient: that schema says that two parties are linked and in which role,
and not that money moved or that a contract exists, which most deals of a ledger do not show. A claim is a ``Note`` with
its words, whose ``proof`` is the document. The mapping is our own and needs no library; the extra ``ftm`` brings the
real one, into which the tests load it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from armsledger.views.json_lines import as_line

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.model import Claim
    from armsledger.views.exports_deals import ShownDeal

Entity = dict[str, Any]
_STATES = frozenset({"state", "territory", "historical state"})


def write_entities(file: IO[str], book: Ledger, which: ClaimFilter) -> int:
    """Writes the entities, those that are referred to before those that refer; gives how many."""
    from armsledger.views.exports_deals import shown_deals

    seen: set[str] = set()
    for shown in shown_deals(book, which):
        for entity in _entities(shown):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                file.write(as_line(entity).decode())
    return len(seen)


def _entities(shown: ShownDeal) -> Iterator[Entity]:
    claims = (*shown.told.claims, *shown.told.contract_claims)
    sides = (side for c in claims for side in (c.supplier, c.recipient) if side)
    yield from map(_party, dict.fromkeys((*sides, *filter(None, (shown.deal.supplier, shown.deal.recipient)))))
    yield from map(_document, (shown.documents[d] for d in dict.fromkeys(c.document for c in claims)))
    if shown.deal.supplier and shown.deal.recipient:
        yield _deal(shown, shown.deal.supplier, shown.deal.recipient)
    yield from (_claim(c, shown.documents[c.document]) for c in claims)


def _entity(schema: str, key: str, **properties: str | Iterable[str] | None) -> Entity:
    """An entity; properties without a value are left out."""
    told: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = [value] if isinstance(value, str) else list(value or ())
        if kept := [v.encode("utf-8", "backslashreplace").decode() for v in dict.fromkeys(values) if v.strip()]:
            told[name] = kept
    return {"id": f"armsledger-{key}", "schema": schema, "properties": told}


def _party(code: str) -> Entity:
    from armsledger.lexicon.matcher import lexicon

    entry = next((p for p in lexicon().parties if p.code == code), None)
    if entry is None:
        return _entity("LegalEntity", _key(code), name=code)
    schema = "PublicBody" if entry.kind in _STATES else "Organization"
    return _entity(schema, _key(code), name=entry.name, alias=entry.official, notes=f"{entry.kind}, {entry.code}")


def _key(code: str) -> str:
    """``party-TUR``; of a name that is no code, a hash: ids hold no blanks."""
    import hashlib

    plain = code.isascii() and code.isalnum()
    return f"party-{code if plain else hashlib.sha256(code.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _document(row: DocumentRow) -> Entity:
    return _entity(
        "Document",
        f"document-{row.id}",
        fileName=row.names[0] if row.names else row.id,
        title=row.title,
        publishedAt=row.published,
        publisher=row.publisher,
        sourceUrl=row.url if row.url and row.url.startswith(("http://", "https://")) else None,
        mimeType=row.media_type,
    )


def _deal(shown: ShownDeal, supplier: str, recipient: str) -> Entity:
    from armsledger.views.words import what_of

    deal, rows = shown.deal, [shown.documents[c.document] for c in shown.told.claims]
    return _entity(
        "UnknownLink",
        f"deal-{deal.id}",
        subject=f"armsledger-{_key(supplier)}",
        object=f"armsledger-{_key(recipient)}",
        role=f"named as supplier of arms: {shown.status.word}",
        status=shown.status.word,
        recordId=deal.id,
        summary=f"{what_of(shown.told.claims)}. {shown.status.sentence()}",
        description=(_words(c, shown.documents[c.document]) for c in shown.told.claims),
        publisher=(row.publisher or "" for row in rows),
        sourceUrl=(row.url for row in rows if row.url and row.url.startswith(("http://", "https://"))),
    )


def _words(claim: Claim, row: DocumentRow) -> str:
    """``“...” (Reuters, 2025-08-06; document 3fa1..., 120 to 210)``: the words of a claim and where they stand."""
    where = f"{row.publisher or 'publisher not stated'}, {row.published or 'undated'}"
    return f"“{claim.quote}” ({where}; document {row.id}, {claim.start} to {claim.end})"


def _claim(claim: Claim, row: DocumentRow) -> Entity:
    told = f"{claim.stage}, {claim.polarity}, {claim.certainty}, according to {claim.speaker}"
    sides = [f"armsledger-{_key(side)}" for side in (claim.supplier, claim.recipient) if side]
    return _entity(
        "Note",
        f"claim-{claim.id}",
        name=told,
        description=_words(claim, row),
        entity=sides,
        proof=f"armsledger-document-{claim.document}",
    )
