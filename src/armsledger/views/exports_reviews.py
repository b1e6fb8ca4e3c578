"""What is contested, as ClaimReview (https://schema.org/ClaimReview) in JSON-LD: each claim and what contradicts it.

No rating is given: armsledger does not say who is right. ``alternateName`` says that the claim is contested, and the
review is the words of those who say otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from armsledger.deals.disputes import Value, Voice
    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.model import Claim
    from armsledger.views.exports_deals import ShownDeal

_PERSONS = ("person",)
_DENIED = ", denied"


@dataclass(frozen=True, slots=True)
class _Contest:
    """Claims that contradict one another: which matter, what each says of it, and the claim."""

    about: str
    sides: tuple[tuple[str, Claim], ...]


def write_reviews(file: IO[str], book: Ledger, which: ClaimFilter) -> int:
    """Writes one JSON-LD object with a review for each contested claim; gives how many."""
    from armsledger.views.exports_deals import shown_deals

    count = 0
    file.write('{"@context": "https://schema.org", "@graph": [')
    for shown in shown_deals(book, which):
        for contest in _contests(shown):
            for said, claim in contest.sides:
                told = json.dumps(_review(shown, contest, said, claim), ensure_ascii=False)
                file.write(("," if count else "") + "\n" + told)
                count += 1
    file.write("\n]}\n")
    return count


def _contests(shown: ShownDeal) -> Iterator[_Contest]:
    """Stages that somebody affirms and somebody denies, then fields whose values contradict one another."""
    from armsledger.views.disputes import disputes_of

    claims = {c.id: c for c in (*shown.told.claims, *shown.told.contract_claims)}
    if shown.status.contested:
        life = shown.status.life
        sides = [(f"{t.claim.stage} {t.claim.polarity}", t.claim) for t in (*life.contested, *life.contesting)]
        yield _Contest("stage", tuple(dict.fromkeys(sides)))
    for dispute in disputes_of(shown.told, shown.published):
        against = [v for v in dispute.values if v.difference is not None and v.difference.contradicts]
        named = {v.value for v in against} | {v.difference.against for v in against if v.difference}
        told = [
            (_side(value, voice), claims[voice.claim])
            for value in dispute.values
            for voice in value.voices
            if voice.claim
        ]
        kept = tuple(dict.fromkeys((said, c) for said, c in told if said.removesuffix(_DENIED) in named))
        if dispute.field != "stage" and len({said for said, _ in kept}) > 1:
            yield _Contest(dispute.field, kept)


def _side(value: Value, voice: Voice) -> str:
    return value.value + (_DENIED if voice.polarity == "denied" else "")


def _review(shown: ShownDeal, contest: _Contest, said: str, claim: Claim) -> dict[str, Any]:
    others = [(other, c) for other, c in contest.sides if other != said]
    rows = [shown.documents[c.document] for _, c in ((said, claim), *others)]
    days = [row.published for row in rows if row.published]
    body = "; ".join(f"{_value(other)}: “{c.quote}” ({_who(c, shown)})" for other, c in others)
    return {
        "@type": "ClaimReview",
        "@id": f"urn:armsledger:review:{shown.deal.id}:{contest.about.replace(' ', '-')}:{claim.id}",
        "claimReviewed": claim.quote,
        "about": f"deal {shown.deal.id}, {contest.about}: {_value(said)}",
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"urn:armsledger:claim:{claim.id}",
            "text": claim.quote,
            "author": _author(claim, rows[0]),
            "appearance": _work(rows[0]),
        },
        "reviewRating": {"@type": "Rating", "alternateName": "Contested", "ratingExplanation": _NO_RATING},
        "reviewBody": f"Contradicted by {body}" if body else "Contested.",
        "citation": [_work(row) for row in dict.fromkeys(rows[1:])],
        "author": {"@type": "Organization", "name": "armsledger"},
        "datePublished": max(days, default=None),
    }


_NO_RATING = "Both sides are kept with their words; nobody has judged which one is right."


def _value(said: str) -> str:
    from armsledger.views.words import exact

    return exact(said)


def _who(claim: Claim, shown: ShownDeal) -> str:
    row = shown.documents[claim.document]
    told = (_author(claim, row)["name"], row.publisher, row.published or "undated")
    return ", ".join(dict.fromkeys(filter(None, told)))


def _author(claim: Claim, row: DocumentRow) -> dict[str, str]:
    """The speaker; where the document itself speaks, its publisher."""
    if claim.speaker_kind == "author":
        return {"@type": "Organization", "name": row.publisher or "publisher not stated"}
    return {"@type": "Person" if claim.speaker_kind in _PERSONS else "Organization", "name": claim.speaker}


def _work(row: DocumentRow) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "CreativeWork",
        "@id": f"urn:armsledger:document:{row.id}",
        "name": row.title,
        "url": row.url,
    }
    told |= {"datePublished": row.published, "inLanguage": row.language}
    told |= {"publisher": row.publisher and {"@type": "Organization", "name": row.publisher}}
    return {name: value for name, value in told.items() if value}
