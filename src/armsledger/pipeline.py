"""The order of things: fetch -> read -> claim -> record -> resolve. The only module that knows it.

Everything streams: one document is in memory at a time, and what cannot be read is told as it is met.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from armsledger.claims import read as read_claims
from armsledger.deals import assemble, deal_key, shared_contract
from armsledger.documents import read_documents
from armsledger.errors import InputError
from armsledger.model import Claim, Deal, Reading
from armsledger.sources import gather

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, Ledger


@dataclass(slots=True)
class Report:
    """What a run of ``read`` met. Counts only grow while it runs; ``errors`` are kept in the order of the inputs."""

    documents: int = 0
    notices: int = 0
    contracts: int = 0
    claims: int = 0
    refused: int = 0
    silences: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    errors: list[InputError] = field(default_factory=list)

    def add(self, reading: Reading) -> None:
        """Counts one reading."""
        self.documents += 1
        self.notices += len(reading.notices)
        self.contracts += len(reading.contracts)
        self.claims += len(reading.claims)
        self.refused += len(reading.refused)
        self.silences.update(s.reason for s in reading.silences)
        self.skipped.update(s.reason for s in reading.document.skipped)


def read_inputs(inputs: Iterable[str], report: Report, seen: Callable[[Reading], None] = lambda _: None) -> Iterator[Reading]:
    """The readings of files, folders, addresses and standard input, in the order of the inputs.

    What cannot be read goes into the report and the rest goes on. ``seen`` is called with each reading before it is given.
    """
    for fetched in gather(inputs, lambda: sys.stdin.buffer.read()):
        if isinstance(fetched, InputError):
            report.errors.append(fetched)
            continue
        for document in read_documents(fetched):
            if isinstance(document, InputError):
                report.errors.append(document)
                continue
            reading = read_claims(document)
            report.add(reading)
            seen(reading)
            yield reading


def record(ledger: Ledger, readings: Iterable[Reading]) -> tuple[int, int]:
    """Writes readings into a ledger, whole documents only; gives how many documents and claims were new."""
    recorded = ledger.record(readings, deal_key)
    return recorded.documents_new, recorded.claims_new


def resolve(ledger: Ledger, which: ClaimFilter) -> Iterator[tuple[Deal, list[Claim]]]:
    """The deals that a filter's claims belong to, each whole (as of the filter's date), with its claims.

    A buyer's deal under a shared contract is told with the contract's own claims behind the buyer's.
    """
    keys = [key for key in ledger.keys(which) if shared_contract(key) or not key.startswith("contract ") or key.endswith(" -")]
    published = {row.id: row.published for row in ledger.documents()}
    for key, claims in ledger.claims_of(keys, as_of=which.as_of):
        yield assemble(key, claims, published), claims
