"""What changes in a deal if one outlet or one speaker is dropped, with everything that leads back to it.

Dropped with an outlet: its own documents; documents that are credited to it or tell its report; copies of a report that
it began, where it is certain that it did (it was published on an earlier day, or a document credits it); and in the
documents that stay, what is told as its word. Dropped with a speaker: whatever is said as his word, and the documents
that then say nothing of the deal. What stays is put together again from nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from armsledger.deals.credibility import Credibility, credibility
from armsledger.deals.life import status
from armsledger.deals.origins import DocumentFacts, Origin, Why, house_of, origins
from armsledger.deals.sketch import Sketch
from armsledger.deals.voices import office_named
from armsledger.lexicon.entries import OutletEntry
from armsledger.lexicon.outlets import fold_name, outlet_named
from armsledger.model import Claim, ClaimId, DocumentId, SpeakerKind


@dataclass(frozen=True, slots=True)
class Gone:
    """A document that goes, and why."""

    document: DocumentId
    because: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What a deal comes to: its stage in words, how many documents and independent origins, how credible each value."""

    stage: str
    documents: int
    origins: tuple[Origin, ...]
    values: tuple[Credibility, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A value before and after; ``after`` is None where nobody gives it any more."""

    before: Credibility
    after: Credibility | None


@dataclass(frozen=True, slots=True)
class Removal:
    """The effect of dropping an outlet or speaker. ``after`` is None where nothing of the deal is left.

    ``documents`` go whole, ``claims`` are all that go; ``values`` are those that nobody gives any more, or that other
    rules now grade. Nothing is dropped where the name is nobody's in this deal.
    """

    name: str
    documents: tuple[Gone, ...]
    claims: tuple[ClaimId, ...]
    before: Shape
    after: Shape | None
    values: tuple[Changed, ...]


def without(
    claims: Iterable[Claim],
    contracts: Iterable[Claim],
    documents: Mapping[DocumentId, DocumentFacts],
    sketches: Mapping[DocumentId, Sketch],
    name: str,
) -> Removal:
    """What changes in a deal without the outlet (its id, name or address) or the speaker of that name.

    ``claims`` are the deal's, ``contracts`` those of the contracts that it shares, which stay as they are.
    """
    own = [c for c in claims if c.document in documents]
    shared = list(contracts)
    before = _shape(own, shared, documents, sketches)
    dropped = _dropped(name, own, documents, before.origins)
    gone = {g.document for g in dropped.documents}
    left = [c for c in own if c.document not in gone and c.id not in dropped.claims]
    emptied = {c.document for c in own} - {c.document for c in left} - gone
    documents_gone = [*dropped.documents, *(Gone(d, "says nothing else of the deal") for d in sorted(emptied))]
    after = _shape(left, shared, documents, sketches) if left else None
    kept = {c.id for c in left}
    return Removal(
        name=dropped.name,
        documents=tuple(sorted(documents_gone, key=lambda g: (documents[g.document].published or "9999", g.document))),
        claims=tuple(dict.fromkeys(c.id for c in own if c.id not in kept)),
        before=before,
        after=after,
        values=tuple(_changes(before.values, after.values if after else ())),
    )


def names_in(
    claims: Iterable[Claim], documents: Mapping[DocumentId, DocumentFacts], found: Iterable[Origin]
) -> tuple[str, ...]:
    """Who can be dropped from a deal: its publishers, the outlets that these credit, its speakers; by name."""
    own = [c for c in claims if c.document in documents]
    papers = (documents[c.document] for c in own)
    publishers = {known.name if (known := outlet_named(house_of(p))) else p.publisher for p in papers}
    outlets = {tie.outlet for origin in found for tie in origin.ties}
    credited = {known.name if (known := outlet_named(outlet)) else outlet for outlet in outlets if outlet}
    speakers = {c.speaker for c in own if c.speaker_kind is not SpeakerKind.AUTHOR}
    return tuple(sorted(filter(None, publishers | credited | speakers)))


def _shape(
    claims: Sequence[Claim],
    contracts: Sequence[Claim],
    documents: Mapping[DocumentId, DocumentFacts],
    sketches: Mapping[DocumentId, Sketch],
) -> Shape:
    found = origins(claims, documents, sketches)
    published = {document: facts.published for document, facts in documents.items()}
    return Shape(
        stage=status(claims, published).word,
        documents=sum(len(o.documents) for o in found),
        origins=found,
        values=credibility(claims, contracts, documents, found),
    )


def _changes(before: Iterable[Credibility], after: Iterable[Credibility]) -> Iterator[Changed]:
    """The values that are gone or graded otherwise."""
    left = {(v.field, v.about, v.value): v for v in after}
    for value in before:
        now = left.get((value.field, value.about, value.value))
        if now is None or (now.information, now.rung) != (value.information, value.rung):
            yield Changed(value, now)


# -- what goes --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dropped:
    name: str
    documents: tuple[Gone, ...]
    claims: frozenset[ClaimId]


def _dropped(
    name: str, claims: Sequence[Claim], documents: Mapping[DocumentId, DocumentFacts], found: Sequence[Origin]
) -> _Dropped:
    outlet = outlet_named(name)
    keys = {fold_name(name), *({outlet.id} if outlet else ())}
    own = {c.document for c in claims if house_of(documents[c.document]) in keys}
    gone = dict.fromkeys(sorted(own), "its own")
    for origin in found:
        for document, because in _led_back(origin, keys, own, documents):
            gone.setdefault(document, because)
    said = frozenset(c.id for c in claims if _is_said_by(c, name, outlet))
    return _Dropped(outlet.name if outlet else name, tuple(Gone(d, because) for d, because in gone.items()), said)


def _led_back(
    origin: Origin, keys: set[str], own: set[DocumentId], documents: Mapping[DocumentId, DocumentFacts]
) -> Iterator[tuple[DocumentId, str]]:
    """The documents of an origin that go with an outlet, each with the reason."""
    named = {fold_name(origin.outlet or ""), origin.outlet or ""} - {""}
    if not origin.read and named & keys:
        yield from ((d, _why(origin, d)) for d in origin.documents)
    elif origin.first in own:
        credited = any(tie.to == origin.first and tie.why in _SAYS_SO for tie in origin.ties)
        start = documents[origin.first].published
        for document in origin.documents:
            published = documents[document].published
            if credited or origin.official or (start and published and start[:10] < published[: len(start)]):
                yield document, _why(origin, document)
    for tie in origin.ties:
        if tie.why in _SAYS_SO and (tie.to in own or fold_name(tie.outlet or "") in keys or tie.outlet in keys):
            yield tie.document, tie.told


_SAYS_SO = frozenset({Why.CREDIT, Why.CITATION})


def _why(origin: Origin, document: DocumentId) -> str:
    tie = next((tie for tie in origin.ties if tie.document == document), None)
    if tie is None:
        return "leads back to its report"
    return tie.told if tie.why in _SAYS_SO else f"leads back to its report: {tie.told}"


def _is_said_by(claim: Claim, name: str, outlet: OutletEntry | None) -> bool:
    """Whether a claim is the word of the speaker or outlet of that name; words of a name stand for the whole."""
    if claim.speaker_kind is SpeakerKind.AUTHOR:
        return False
    if claim.speaker_kind is SpeakerKind.OUTLET and outlet is not None:
        known = outlet_named(claim.speaker)
        return known is not None and known.id == outlet.id
    office, other = office_named(name), office_named(claim.speaker)
    if office is not None and other is not None:
        return office.id == other.id
    wanted = set(re.findall(r"\w+", name.casefold()))
    return bool(wanted) and wanted <= set(re.findall(r"\w+", claim.speaker.casefold()))
