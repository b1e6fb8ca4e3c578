"""Deals as they stand in lists of the page: a row of words, kept as long as nothing has come that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from armsledger.model import Stage
from armsledger.views.page_values import contract_number, headline
from armsledger.views.words import span_of

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter
    from armsledger.views.http import Serving
    from armsledger.views.told_deals import ToldDeal

_GATHERED = 4  # buyers of one contract from which on they share a row
_STRETCH = 100  # deals that are looked at together where only some are wanted


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal in a list. ``sentence`` is its status; ``own_value`` whether the value is the buyer's own; ``contract``
    the number of the one shared contract that all that is said of the deal stands in, where there is such a one;
    ``stages`` are those that it is found under.
    """

    id: str
    supplier: str
    recipient: str
    headline: str
    value: str
    own_value: bool
    stage: str
    sentence: str
    contested: bool
    disputed: tuple[str, ...]
    published: str
    documents: int
    contract: str | None
    stages: tuple[str, ...]

    @property
    def sides(self) -> str:
        """``United States → Turkey``."""
        return f"{self.supplier} → {self.recipient}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Deals of buyers of whom nothing is told but that one contract names them; ``number`` is the contract's."""

    number: str
    rows: tuple[DealRow, ...]


def row_of(told: ToldDeal) -> DealRow:
    """The row of a deal."""
    from armsledger.views.names import party_name
    from armsledger.views.told_deals import recipient_of, value_of

    return DealRow(
        id=str(told.deal.id),
        supplier=party_name(told.deal.supplier, "not stated"),
        recipient=party_name(recipient_of(told), "not stated"),
        headline=headline(told.claims),
        value=value_of(told),
        own_value=any(c.value for c in told.claims),
        stage=told.status.word,
        sentence=told.status.sentence(),
        contested=told.status.contested,
        disputed=tuple(field for field in told.disputed if field != "stage"),
        published=span_of(told.deal.first, told.deal.last),
        documents=len(told.documents),
        contract=_only_contract(told),
        stages=tuple(str(stage) for stage in Stage if told.stands_at(stage)),
    )


def _only_contract(told: ToldDeal) -> str | None:
    contract = told.contract
    if contract is None or len(told.contracts) > 1 or any(c.value for c in told.claims):
        return None
    own = {c.document for c in contract.claims}
    alone = all(c.document in own and c.reader.startswith("contracts") for c in told.claims)
    return contract_number(contract) if alone else None


def gathered(rows: Iterable[DealRow]) -> list[DealRow | Gathered]:
    """The rows, those that rest on one shared contract alone in one place where they are many."""
    given = list(rows)
    alone: dict[str, list[DealRow]] = {}
    for row in given:
        if row.contract is not None:
            alone.setdefault(row.contract, []).append(row)
    made: list[DealRow | Gathered] = []
    for row in given:
        some = alone.get(row.contract, []) if row.contract is not None else []
        if len(some) < _GATHERED or row.contract is None:
            made.append(row)
        elif row is some[0]:
            made.append(Gathered(row.contract, tuple(some)))
    return made


# -- made once --------------------------------------------------------------------------------------------


def rows_by_key(serving: Serving, keys: Iterable[str], as_of: str | None) -> list[DealRow]:
    """The deals of these keys in the order given; only those are worked out of which something has come."""
    from armsledger.views.told_deals import told_by_key

    wanted = list(keys)
    if not wanted:
        return []
    book = serving.ledger
    judged, stamps = book.judged(), book.stamps(wanted)
    known = {key: serving.rows.get((key, as_of, stamps[key], judged)) for key in wanted if key in stamps}
    missing = [key for key in known if known[key] is None]
    made = {told.deal.key: (row_of(told),) for told in told_by_key(book, missing, as_of)} if missing else {}
    for key in missing:
        known[key] = made.get(key, ())
        serving.rows.keep((key, as_of, stamps[key], judged), made.get(key, ()))
    serving.seen(key for key in wanted if known.get(key))
    return [row for key in wanted for row in known.get(key) or ()]


def page_of_rows(serving: Serving, which: ClaimFilter, skip: int, most: int) -> tuple[list[DealRow], bool]:
    """At most so many of the deals that fit, in the order of their keys, and whether there are more behind them.

    Those before them are worked out only where a stage is asked for. A key with nothing to show (a contract that stands
    under its buyers) makes a page shorter, never the last one.
    """
    if which.stage is None:
        keys = list(serving.ledger.keys(which, limit=most + 1, skip=skip))
        return rows_by_key(serving, keys[:most], which.as_of), len(keys) > most
    found = (row for row in _every_row(serving, which) if which.stage in row.stages)
    rows = list(islice(found, skip, skip + most + 1))
    return rows[:most], len(rows) > most


def _every_row(serving: Serving, which: ClaimFilter) -> Iterator[DealRow]:
    keys = serving.ledger.keys(which)
    while some := list(islice(keys, _STRETCH)):
        yield from rows_by_key(serving, some, which.as_of)
