"""One deal with everything that the ledger tells of it, as of a date: what pages, briefs, exports and the API render.

Nobody works anything out twice: a figure is the same on every surface because it is this value's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from armsledger.deals.judgements import rejected, standing

if TYPE_CHECKING:
    from armsledger.deals import Credibility, Origin
    from armsledger.deals.chains import Chain
    from armsledger.deals.disputes import Dispute
    from armsledger.deals.life import Status
    from armsledger.deals.review_periods import ReviewPeriod
    from armsledger.deals.timeline import Entry
    from armsledger.ledger import DocumentRow, Ledger
    from armsledger.model import Claim, ClaimId, DocumentId, Judgement
    from armsledger.views.told_deals import ToldDeal

AROUND = 90  # days before and after a deal's papers in which events stand on its timeline


@dataclass(frozen=True, slots=True)
class WholeDeal:
    """A deal as of a date (None: all documents).

    ``told`` holds the claims that count; ``rejected`` those that an analyst has rejected, with the judgement: they are
    shown and count for nothing. ``numbers`` are those of the documents on a page, in the order of publication;
    ``judgements`` the standing ones about its claims.
    """

    told: ToldDeal
    as_of: str | None
    documents: Mapping[DocumentId, DocumentRow]
    numbers: Mapping[str, str]
    status: Status
    disputes: tuple[Dispute, ...]
    origins: tuple[Origin, ...]
    credibility: tuple[Credibility, ...]
    chains: tuple[Chain, ...]
    timeline: tuple[Entry, ...]
    around: Mapping[DocumentId, DocumentRow]  # documents of the timeline that are not the deal's own
    periods: tuple[ReviewPeriod, ...]
    rejected: tuple[tuple[Claim, Judgement], ...]
    judgements: tuple[Judgement, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that count, by date of publication."""
        return self.told.claims

    def claim(self, wanted: str) -> Claim:
        """The claim of this id, of the deal, its contracts or those rejected. Raises KeyError."""
        every = (*self.told.claims, *self.told.contract_claims, *(c for c, _ in self.rejected))
        return {str(c.id): c for c in every}[wanted]


def whole_deal(book: Ledger, told: ToldDeal, as_of: str | None) -> WholeDeal:
    """Everything about one deal. What an analyst has rejected is set aside first."""
    from armsledger.deals.life import status
    from armsledger.deals.review_periods import review_periods
    from armsledger.views.chains import chains_with
    from armsledger.views.credibility import credibility_of
    from armsledger.views.disputes import disputes_of
    from armsledger.views.origins import sources_of
    from armsledger.views.timeline import entries_of

    judged = standing(book.judgements())
    documents = book.documents_named({c.document for c in (*told.claims, *told.contract_claims)})
    published = {key: row.published for key, row in documents.items()}
    told, aside = without_rejected(told, judged, published)
    alone = told.status if told.counting == told.claims else status(told.claims, published)
    sources = sources_of(book, told, documents)
    stories = {d: origin.first for origin in sources.origins for d in origin.documents}
    entries = entries_of(book, told, as_of, AROUND)
    order = sorted(documents, key=lambda d: (documents[d].published or "~", d))
    ids = {str(c.id) for c in (*told.claims, *(a for a, _ in aside))}
    return WholeDeal(
        told=told,
        as_of=as_of,
        documents=documents,
        numbers={str(d): f"[{n}]" for n, d in enumerate(order, 1)},
        status=alone,
        disputes=disputes_of(told, published, stories),
        origins=sources.origins,
        credibility=credibility_of(told, sources.rows, sources.origins),
        chains=chains_with(book, told, as_of),
        timeline=entries,
        around=book.documents_named(others) if (others := {e.document for e in entries} - set(documents)) else {},
        periods=review_periods(told.claims),
        rejected=aside,
        judgements=tuple(j for j in judged if ids & set(j.about)),
    )


def without_rejected(
    told: ToldDeal, judged: Iterable[Judgement], published: Mapping[DocumentId, str | None]
) -> tuple[ToldDeal, tuple[tuple[Claim, Judgement], ...]]:
    """The deal without the claims that an analyst has rejected, and those with the judgement of each.

    Where all are rejected the deal keeps them: a deal of nothing could not be shown, and nothing is ever lost.
    """
    from armsledger.deals import assemble

    out: Mapping[ClaimId, Judgement] = rejected(judged)
    aside = tuple((c, out[c.id]) for c in told.claims if c.id in out)
    kept = tuple(c for c in told.claims if c.id not in out)
    if not aside or not kept:
        return told, aside
    dates = {str(document): date for document, date in published.items()}
    return replace(told, deal=assemble(told.deal.key, kept, dates), claims=kept), aside
