"""Changes of deals as an Atom feed: what each day's documents brought, the latest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, Ledger
    from armsledger.views.exports_deals import ShownDeal
    from armsledger.views.saved import News

_MOST = 500  # entries of a feed


def write_feed(file: IO[str], book: Ledger, which: ClaimFilter) -> int:
    """Writes the feed of the deals that fit; gives how many entries. ``since`` and ``until`` are about its days."""
    from armsledger.model import DateInterval
    from armsledger.views.atom import atom
    from armsledger.views.exports_deals import shown_deals

    since = DateInterval(which.since).first.isoformat() if which.since else ""
    until = DateInterval(which.until).after.isoformat() if which.until else "~"
    asked = replace(which, since=None, until=None)
    found = [(day, news) for shown in shown_deals(book, asked) for day, news in _news(shown) if since <= day < until]
    found.sort(key=lambda pair: (pair[0], pair[1].deal))
    kept = [news for _, news in found[-_MOST:]]
    file.write(atom("changes", which.sentence(), kept).decode())
    return len(kept)


def _news(shown: ShownDeal) -> Iterator[tuple[str, News]]:
    """For each day on which a document of the deal was published, what it changed."""
    from armsledger.deals.bearing import known
    from armsledger.deals.changes import changes
    from armsledger.deals.life import life
    from armsledger.views.saved import News, NewsDocument, NewsLine, label_of

    published = shown.published
    days = sorted({day for c in shown.told.claims if (day := published[c.document])})
    before = None
    for day in days:
        after = life(known(shown.told.claims, published, day), published)
        found = changes(before, after)
        rows = [shown.documents[d] for d in dict.fromkeys(d for change in found for d in change.documents)]
        new = [row for row in rows if row.published == day] or rows
        if found:
            yield (
                day,
                News(
                    shown.deal.id,
                    label_of(shown.told),
                    tuple(NewsLine(str(change.kind), change.what) for change in found),
                    tuple(NewsDocument(row.id, row.title, row.published, row.url) for row in new),
                    tuple(sorted({t.id for change in found for t in change.told})),
                ),
            )
        before = after
