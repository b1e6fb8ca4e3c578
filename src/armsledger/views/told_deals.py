"""Deals with all that is told of them: their claims, and the shared contract that they stand under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from armsledger.deals.disputes import disputes, of_register
from armsledger.deals.judgements import rejected, standing
from armsledger.deals.life import Status, status
from armsledger.model import Polarity, Stage, Subject
from armsledger.pipeline import SharedContract, contracts_over, deals_of, resolve, shared_contracts
from armsledger.views.names import party_label
from armsledger.views.words import many, short_money, short_sum

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, Ledger
    from armsledger.model import Claim, ClaimId, Deal, DocumentId, Judgement

_STRETCH = 200  # deals whose contracts are asked for together

UNNAMED = "unnamed buyers"
OF_THE_CONTRACT = frozenset(
    {"programme", "obligated", "FMS obligated", "corrected amount"}
)  # sums that no buyer has alone


@dataclass(frozen=True)  # without slots, because what is worked out once is kept with it
class ToldDeal:
    """A deal, its claims, and the contracts that it shares with other buyers.

    ``published`` are the dates of its documents, ``out`` the claims that an analyst has rejected: they are shown, and
    count for nothing in where it stands.
    """

    deal: Deal
    claims: tuple[Claim, ...]
    contracts: tuple[SharedContract, ...] = ()
    published: Mapping[DocumentId, str | None] = field(default_factory=dict, repr=False)
    out: Mapping[ClaimId, Judgement] = field(default_factory=dict, repr=False)

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

    @cached_property
    def counting(self) -> tuple[Claim, ...]:
        """The claims that nobody has rejected."""
        return tuple(c for c in self.claims if c.id not in self.out) if self.out else self.claims

    @cached_property
    def status(self) -> Status:
        """Where it stands, by the claims that count."""
        return status(self.counting, self.published)

    @property
    def stage(self) -> Stage | None:
        """The furthest stage that a sure claim reaches; ``halted`` where nothing is told to have come before the end.

        None where nothing is told as more than possible, planned or denied.
        """
        halted = self.status.life.step(Stage.HALTED)
        return self.status.stage or (Stage.HALTED if halted and halted.reached else None)

    def stands_at(self, stage: str | None) -> bool:
        """Whether it has come exactly so far; every deal where None is asked for. A deal that ended is ``halted``, too,
        however far it had come.
        """
        return stage is None or stage == self.stage or (stage == Stage.HALTED and self.status.ended)

    @cached_property
    def disputed(self) -> tuple[str, ...]:
        """The fields that are contested, or whose values contradict one another without a cause that explains it."""
        if self._of_one_row:
            return ()
        found = disputes(self.counting, self.contract_claims, self.published)
        return tuple(d.field for d in found if d.contradicts)

    @property
    def _of_one_row(self) -> bool:
        """Whether all is said by a row of one register, which says one thing of each field: there are many such."""
        claims = self.counting
        return (
            not self.contracts
            and all(of_register(c) and c.polarity is Polarity.AFFIRMED for c in claims)
            and len({c.document for c in claims}) <= 1
        )

    def conflicting(self, field: str) -> bool:
        """Whether a field of the deal is among them; counts stand in the field of what is counted."""
        return field in self.disputed or (field == "item" and "quantity" in self.disputed)


def told_deals(ledger: Ledger, which: ClaimFilter) -> Iterator[ToldDeal]:
    """The deals that the filter's claims belong to and, where a stage is asked for, that have come exactly so far."""
    found = _with_contracts(ledger, resolve(ledger, which), which.as_of)
    yield from (told for told in found if told.stands_at(which.stage))


def told_by_key(ledger: Ledger, keys: Iterable[str], as_of: str | None) -> Iterator[ToldDeal]:
    """The deals of these keys, in the order given, each whole."""
    yield from _with_contracts(ledger, deals_of(ledger, keys, as_of), as_of)


def _with_contracts(ledger: Ledger, found: Iterator[tuple[Deal, list[Claim]]], as_of: str | None) -> Iterator[ToldDeal]:
    out = rejected(standing(ledger.judgements()))
    while some := list(islice(found, _STRETCH)):
        every = [claim for _, claims in some for claim in claims]
        contracts = shared_contracts(ledger, every, as_of)
        over_all = (claim for contract in contracts.values() for claim in contract.claims)
        published = ledger.published({claim.document for claim in (*every, *over_all)})
        for deal, claims in some:
            over = tuple(one for key in contracts_over(claims) if (one := contracts.get(key)) is not None)
            documents = {c.document for c in claims}.union(*({c.document for c in one.claims} for one in over))
            yield ToldDeal(deal, tuple(claims), over, {d: published[d] for d in documents if d in published}, out)


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
