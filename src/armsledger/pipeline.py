"""The order of things: fetch -> read -> claim -> record -> resolve. The only module that knows it.

Everything streams: one document is in memory at a time, and what cannot be read is told as it is met.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from armsledger.claims import read as read_claims
from armsledger.deals import assemble, deal_key, shared_contract
from armsledger.documents import read_documents
from armsledger.errors import InputError
from armsledger.lexicon.gate import tells_of_arms
from armsledger.model import Claim, Deal, Document, Reading
from armsledger.sources import Limits, gather

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, Ledger


@dataclass(slots=True)
class Report:
    """What a run of ``read`` met. Counts only grow while it runs; ``errors`` are kept in the order of the inputs.

    ``refused`` are whole claims, ``dropped`` slots of claims that are kept without; ``refusals`` has both by reason.
    """

    documents: int = 0
    notices: int = 0
    contracts: int = 0
    claims: int = 0
    refused: int = 0
    dropped: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    silences: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    errors: list[InputError] = field(default_factory=list)

    def add(self, reading: Reading) -> None:
        """Counts one reading."""
        self.documents += 1
        self.notices += len(reading.notices)
        self.contracts += len(reading.contracts)
        self.claims += len(reading.claims)
        self.refused += sum(1 for r in reading.refused if r.field == "claim")
        self.dropped += sum(1 for r in reading.refused if r.field != "claim")
        self.refusals.update(r.reason for r in reading.refused)
        self.silences.update(s.reason for s in reading.silences)
        self.skipped.update(s.reason for s in reading.document.skipped)


def documents_of(inputs: Iterable[str], limits: Limits | None = None) -> Iterator[Document | InputError]:
    """The documents of files, folders, addresses and standard input, in the order of the inputs, and what cannot be
    read, in its place. A general page in whose visible words nothing tells of arms is not taken apart, and says so.
    """
    for fetched in gather(inputs, lambda: sys.stdin.buffer.read(), limits):
        if isinstance(fetched, InputError):
            yield fetched
        else:
            yield from read_documents(fetched, tells_of_arms)


def read_inputs(
    inputs: Iterable[str],
    report: Report,
    seen: Callable[[Reading], None] = lambda _: None,
    limits: Limits | None = None,
    read: Callable[[Document], Reading] = read_claims,
) -> Iterator[Reading]:
    """The readings of files, folders, addresses and standard input, in the order of the inputs.

    What cannot be read goes into the report and the rest goes on. ``seen`` is called with each reading before it is
    given; ``limits`` are what fetching one address may cost; ``read`` is another way of reading a document.
    """
    for document in documents_of(inputs, limits):
        if isinstance(document, InputError):
            report.errors.append(document)
            continue
        reading = read(document)
        report.add(reading)
        seen(reading)
        yield reading


def record(ledger: Ledger, readings: Iterable[Reading]) -> tuple[int, int]:
    """Writes readings into a ledger, whole documents only; gives how many documents and claims were new."""
    recorded = ledger.record(readings, deal_key)
    return recorded.documents_new, recorded.claims_new


def resolve(ledger: Ledger, which: ClaimFilter) -> Iterator[tuple[Deal, list[Claim]]]:
    """The deals that a filter's claims belong to, each whole (as of the filter's date), with its claims.

    What is said of a contract as a whole is a deal of its own only where no buyer is named under the contract; else
    it stands behind each buyer's deal, and ``shared_contracts`` gives it.
    """
    buyers = buyers_by_contract(ledger, which.as_of)
    published = {row.id: row.published for row in ledger.documents()}
    keys = (key for key in ledger.keys(which) if key not in buyers)
    for key, claims in ledger.claims_of(keys, as_of=which.as_of):
        yield assemble(key, claims, published), claims


def buyers_by_contract(ledger: Ledger, as_of: str | None) -> dict[str, tuple[str, ...]]:
    """The buyers that are named under each contract, sorted, by the key of the contract as a whole."""
    from armsledger.ledger import ClaimFilter

    found: dict[str, list[str]] = {}
    for key in ledger.keys(ClaimFilter(as_of=as_of)):
        contract = shared_contract(key)
        if contract is not None:
            found.setdefault(contract, []).append(key.removeprefix(contract[:-1]))
    return {contract: tuple(sorted(buyers)) for contract, buyers in found.items()}


@dataclass(frozen=True, slots=True)
class SharedContract:
    """What is said of a contract as a whole: its own claims, and every buyer that is named under it."""

    key: str
    claims: tuple[Claim, ...]
    buyers: tuple[str, ...]


def shared_contracts(
    ledger: Ledger, deals: Iterable[Deal], buyers: Mapping[str, tuple[str, ...]], as_of: str | None
) -> dict[str, SharedContract]:
    """The contracts that these deals stand under and of which something is said as a whole, by their keys."""
    keys = sorted({key for deal in deals if (key := shared_contract(deal.key)) is not None})
    own = ledger.claims_of(keys, as_of=as_of)
    return {key: SharedContract(key, tuple(claims), buyers.get(key, ())) for key, claims in own}
