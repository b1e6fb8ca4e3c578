"""Deals as exports need them: with documents and status, and without the claims that an analyst has rejected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from armsledger.deals.life import Status
    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.model import Deal, DocumentId
    from armsledger.views.told_deals import ToldDeal


@dataclass(frozen=True, slots=True)
class ShownDeal:
    """A deal with its status, and the documents that it and its contracts rest on."""

    told: ToldDeal
    status: Status
    documents: Mapping[DocumentId, DocumentRow]

    @property
    def deal(self) -> Deal:
        """The deal itself."""
        return self.told.deal

    @property
    def published(self) -> dict[DocumentId, str | None]:
        """When each of its documents was published."""
        return {key: row.published for key, row in self.documents.items()}


def shown_deals(book: Ledger, which: ClaimFilter) -> Iterator[ShownDeal]:
    """The deals with a claim that fits, in the order of the ledger."""
    from armsledger.deals.judgements import standing
    from armsledger.views.rows import with_their_documents
    from armsledger.views.whole_deal import without_rejected

    judged = standing(book.judgements())
    for every, documents in with_their_documents(book, which):
        published = {key: row.published for key, row in documents.items()}
        told, _ = without_rejected(every, judged, published)
        yield ShownDeal(told, told.status, documents)
