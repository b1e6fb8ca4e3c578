"""The page of changes: what changed of each deal between two days, worked out again only where something has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from armsledger.views.page_values import headline

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter
    from armsledger.views.diff import Changed
    from armsledger.views.http import Serving

_ALIKE = 4  # new deals of one paper from which on they stand together
_DOCUMENTS = 4  # that are named because of which something changed
_STRETCH = 60  # deals that are looked at together


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change: ``because`` are the first documents with a claim of each, ``more`` how many there are besides."""

    kind: str
    what: str
    because: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A deal of which something changed."""

    id: str
    supplier: str
    recipient: str
    headline: str
    changes: tuple[ChangeRow, ...]


def row_of(one: Changed) -> ChangedRow:
    """The row of a deal that changed."""
    from armsledger.views.names import party_name

    changes = []
    for change in one.changes:
        first = {t.claim.document: str(t.id) for t in reversed(change.told)}
        named = tuple((str(document), first[document]) for document in change.documents[:_DOCUMENTS])
        changes.append(ChangeRow(str(change.kind), change.what, named, len(change.documents) - len(named)))
    return ChangedRow(
        str(one.deal.id),
        party_name(one.deal.supplier, "not stated"),
        party_name(one.deal.recipient, "not stated"),
        headline(one.claims),
        tuple(changes),
    )


def changed_rows(serving: Serving, which: ClaimFilter, earlier: str, most: int) -> list[ChangedRow]:
    """The first deals of which something became known after the earlier day; ``which`` is as of the later one."""
    return list(islice(_every(serving, which, earlier), most))


def _every(serving: Serving, which: ClaimFilter, earlier: str) -> Iterator[ChangedRow]:
    from armsledger.views.diff import changed_among, late_keys

    book = serving.ledger
    judged, late = book.judged(), iter(late_keys(book, which, earlier))
    while some := list(islice(late, _STRETCH)):
        stamps = book.stamps(some)
        names = {key: (key, stamps[key], judged, earlier, which.as_of) for key in some if key in stamps}
        known = {key: serving.changes.get(name) for key, name in names.items()}
        missing = [key for key, rows in known.items() if rows is None]
        made = {one.deal.key: (row_of(one),) for one in changed_among(book, missing, which.as_of, earlier)}
        for key in missing:
            known[key] = made.get(key, ())
            serving.changes.keep(names[key], made.get(key, ()))
        serving.seen(key for key, rows in known.items() if rows)
        yield from (row for key in some for row in known.get(key) or ())


def alike(found: list[ChangedRow]) -> list[tuple[ChangedRow, list[ChangedRow]]]:
    """The changed deals, each with those that became known from the same papers, in the same words, as new."""
    groups: dict[object, list[ChangedRow]] = {}
    for one in found:
        (first, *more) = one.changes
        is_new = first.kind == "new deal" and not more
        same = (one.supplier, one.headline, first.what, tuple(d for d, _ in first.because), first.more)
        groups.setdefault(same if is_new else one.id, []).append(one)
    apart = (some[n : n + 1] for some in groups.values() if len(some) < _ALIKE for n in range(len(some)))
    together = [some for some in groups.values() if len(some) >= _ALIKE]
    return [(some[0], some) for some in (*together, *apart)]
