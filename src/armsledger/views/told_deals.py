"""Deals with all that is told of them: their claims, and the shared contract that they stand under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from armsledger.deals import conflicts
from armsledger.model import Subject
from armsledger.pipeline import SharedContract, contracts_over, deals_of, resolve, shared_contracts
from armsledger.views.names import party_label
from armsledger.views.words import many, short_money, short_sum

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, Ledger
    from armsledger.model import Claim, Deal

_STRETCH = 200  # deals whose contracts are asked for together

UNNAMED = "unnamed buyers"
OF_THE_CONTRACT = frozenset(
    {"programme", "obligated", "FMS obligated", "corrected amount"}
)  # sums that no buyer has alone


@dataclass(frozen=True, slots=True)
class ToldDeal:
    """A deal, its claims, and the contracts that it shares with other buyers."""

    deal: Deal
    claims: tuple[Claim, ...]
    contracts: tuple[SharedContract, ...] = ()

    @property
    def contract(self) -> SharedContract | None:
        """The first contract that it shares; None where it shares none."""
        return self.contracts[0] if self.contracts else None

    @property
    def contract_claims(self) -> tuple[Claim, ...]:
        """What is said of those contracts as a whole, by contract."""
        return tuple(claim for contract in self.contracts for claim in contract.claims)

    @property
    def of_contract(self) -> bool:
        """Whether it is a contract under which no buyer is named."""
        return all(c.subject is Subject.CONTRACT for c in self.claims)

    def own(self, field: str) -> bool:
        """Whether a field is the buyer's own; sums of a contract that several share are not."""
        return self.contract is None or field not in OF_THE_CONTRACT

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that speak of it, each once, in the order of the claims."""
        return tuple(dict.fromkeys(c.document for c in self.claims))

    @property
    def disputed(self) -> tuple[str, ...]:
        """The names of the fields whose values contradict one another."""
        return tuple(f.name for f in conflicts(self.deal, self.claims))


def told_deals(ledger: Ledger, which: ClaimFilter) -> Iterator[ToldDeal]:
    """The deals that the filter's claims belong to and, where a stage is asked for, that have come exactly so far."""
    found = ((d, c) for d, c in resolve(ledger, which) if which.stage is None or d.stage == which.stage)
    yield from _with_contracts(ledger, found, which.as_of)


def page_of_deals(ledger: Ledger, which: ClaimFilter, skip: int, most: int) -> list[ToldDeal]:
    """Some of ``told_deals``, without working out those before them where no stage is asked for."""
    if which.stage is not None:
        return list(islice(told_deals(ledger, which), skip, skip + most))
    return list(told_by_key(ledger, islice(ledger.keys(which), skip, skip + most), which.as_of))


def told_by_key(ledger: Ledger, keys: Iterable[str], as_of: str | None) -> Iterator[ToldDeal]:
    """The deals of these keys, in the order given, each whole."""
    yield from _with_contracts(ledger, deals_of(ledger, keys, as_of), as_of)


def _with_contracts(ledger: Ledger, found: Iterator[tuple[Deal, list[Claim]]], as_of: str | None) -> Iterator[ToldDeal]:
    while some := list(islice(found, _STRETCH)):
        contracts = shared_contracts(ledger, (claim for _, claims in some for claim in claims), as_of)
        for deal, claims in some:
            over = (contracts.get(key) for key in contracts_over(claims))
            yield ToldDeal(deal, tuple(claims), tuple(contract for contract in over if contract is not None))


def recipient_of(told: ToldDeal) -> str:
    """The buyer as code or name; ``unnamed buyers`` where a contract names none."""
    return told.deal.recipient or (UNNAMED if told.of_contract else "not stated")


def buyer_label(told: ToldDeal) -> str:
    """The buyer's name with the code."""
    return party_label(told.deal.recipient) if told.deal.recipient else recipient_of(told)


def value_of(told: ToldDeal) -> str:
    """The deal's own values with their meaning; else what the contract that it shares is worth; else ``not stated``.

    Several values stand side by side; none is chosen and none are added.
    """
    values = list(dict.fromkeys(short_money(c.value) for c in told.claims if c.value))
    if len(values) > 2:
        return f"{values[0]} and {len(values) - 1} more"
    if values:
        return " / ".join(values)
    return shared_value(told.contract) if told.contract else "not stated"


def shared_value(contract: SharedContract) -> str:
    """``USD 41.7 million contract shared by 34 buyers``."""
    sums = list(dict.fromkeys(short_sum(c.value) for c in contract.claims if c.value))
    worth = " / ".join(sums[:2]) + (f" and {len(sums) - 2} more" if len(sums) > 2 else "")
    return f"{worth} contract shared by {many(len(contract.buyers), 'named buyer')}".strip()


def documents_of(deals: Iterable[ToldDeal]) -> set[str]:
    """The ids of all documents that these deals and their contracts rest on."""
    return {c.document for told in deals for c in (*told.claims, *told.contract_claims)}
