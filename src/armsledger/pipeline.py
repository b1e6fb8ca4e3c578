"""The order of things: fetch -> read -> claim -> record -> resolve. The only module that knows it.

Everything streams: one document is in memory at a time, and what cannot be read is told as it is met.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from armsledger.claims import read as read_claims
from armsledger.claims.register_rows import RegisterReading
from armsledger.claims.registers import read_register as read_rows
from armsledger.deals import (
    assemble,
    deal_id,
    deal_key,
    judged_ties,
    names_buyer,
    place,
    representatives,
    settle,
    shared_contract,
    sketch,
)
from armsledger.deals.judgements import standing
from armsledger.documents import read_documents
from armsledger.documents.tables import read_register as read_table
from armsledger.errors import InputError, NotReadable
from armsledger.ledger import Rules
from armsledger.lexicon.gate import tells_of_arms
from armsledger.model import Claim, Deal, Document, Fetched, Judgement, Reading
from armsledger.sources import Limits, gather
from armsledger.text.registers import Register

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
            yield from documents_in(fetched)


def documents_in(fetched: Fetched) -> Iterator[Document | InputError]:
    """The documents of bytes that were got, in order, and what cannot be read, in its place."""
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


# -- what the ledger is told of deals ---------------------------------------------------------------------


def _place(claim: Claim) -> tuple[str, str]:
    """The ground of a claim and its own key. A claim without a number is called as its ground calls it when it is the
    only one there, so that a lone one need not be looked at again; unless it amends another case, which names it.
    """
    ground, own = place(claim)
    if not own.endswith(claim.id):
        return ground, own
    return ground, f"{own} amends" if claim.anchored("amends") else f"claims {ground} {claim.id}"


def _sketch(document: Document) -> tuple[str, tuple[str, ...]]:
    made = sketch(document)
    return made.text, made.bands


RULES = Rules(_place, settle, representatives, judged_ties, standing, _sketch)
"""How the ledger's derived tables are kept: by what the deals room says of claims, judgements and documents."""


def record(ledger: Ledger, readings: Iterable[Reading]) -> tuple[int, int]:
    """Writes readings into a ledger, whole documents only, and puts their claims together with those that are there;
    gives how many documents and claims were new.
    """
    recorded = ledger.record(readings, RULES)
    ledger.settle(RULES)
    return recorded.documents_new, recorded.claims_new


def judge(ledger: Ledger, judgements: Iterable[Judgement]) -> int:
    """Appends judgements and puts the deals together by them; gives how many judgements were new."""
    new = ledger.judge(judgements)
    ledger.settle(RULES)
    return new


def put_together(ledger: Ledger) -> int:
    """Puts together what is still to be: after an upgrade, or a run that was cut short. Gives how many grounds were."""
    return ledger.settle(RULES)


# -- deals ------------------------------------------------------------------------------------------------

_STRETCH = 200  # deals that are asked for together


def resolve(ledger: Ledger, which: ClaimFilter) -> Iterator[tuple[Deal, list[Claim]]]:
    """The deals that a filter's claims belong to, each whole (as of the filter's date), with its claims.

    What is said of a contract as a whole is a deal of its own only where no buyer is named under the contract; else
    it stands behind each buyer's deal, and ``shared_contracts`` gives it.
    """
    yield from deals_of(ledger, ledger.keys(which), which.as_of)


def deals_of(ledger: Ledger, keys: Iterable[str], as_of: str | None) -> Iterator[tuple[Deal, list[Claim]]]:
    """The same by the keys of deals, in the order given."""
    remaining = iter(keys)
    while some := list(islice(remaining, _STRETCH)):
        found = list(ledger.claims_of(some, as_of=as_of))
        whole = (claims for _, claims in found if not any(map(names_buyer, claims)))
        shared = buyers_by_contract(ledger, (deal_key(claim) for claims in whole for claim in claims), as_of)
        dates = ledger.published({claim.document for _, claims in found for claim in claims})
        published = {str(document): date for document, date in dates.items()}
        for key, claims in found:
            if not (shared and _stands_behind(claims, shared)):
                yield assemble(key, claims, published), claims


def _stands_behind(claims: Sequence[Claim], shared: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether all that is said is said of a contract as a whole, and buyers are named under it."""
    return not any(map(names_buyer, claims)) and any(deal_key(claim) in shared for claim in claims)


def keys_called(ledger: Ledger, wanted: str, as_of: str | None) -> list[str]:
    """The keys of the deals that hold a claim with this transmittal or contract number, or whose id begins so.

    A deal found by its id may have no claim by ``as_of``.
    """
    said = wanted.strip().upper()
    if not said:
        return []
    numbers = ledger.own_keys(f"contract {said.replace('-', '')} ", as_of)
    keys = {key for pairs in (numbers, _cases_numbered(ledger, said, as_of)) for _, key in pairs}
    beginning = said.lower()
    if beginning[0] == "d" and set(beginning[1:]) <= set("0123456789abcdef"):
        keys.update(key for key in ledger.keys(None) if deal_id(key).startswith(beginning))
    return sorted(keys)


_CASE = "transmittal "


def _cases_numbered(ledger: Ledger, number: str, as_of: str | None) -> Iterator[tuple[str, str]]:
    """The own keys of the cases of a number, with the keys of their deals.

    They are named by supplier, number and buyer, so each supplier is asked about, from one to the next: there are few.
    """
    least = _CASE
    while " " not in number and (own := ledger.own_key_from(least)) and own.startswith(_CASE):
        supplier = _before_number(own)
        yield from ledger.own_keys(f"{supplier} {number} ", as_of)
        least = max(f"{own} ", f"{supplier} :")  # behind this one, and all numbers of the supplier: ":" is after "9"


def _before_number(own: str) -> str:
    """What stands before the number in the own key of a case: its first word that has a digit."""
    words = own.split(" ")
    place = next((n for n, word in enumerate(words) if any(map(str.isdigit, word))), len(words))
    return " ".join(words[:place])


def buyers_by_contract(ledger: Ledger, contracts: Iterable[str], as_of: str | None) -> dict[str, tuple[str, ...]]:
    """The buyers that are named under each of these contracts, sorted; contracts without one are left out.

    A contract is named by the key of what is said of it as a whole: ``contract FA867523C0037 -``.
    """
    found = {}
    for contract in sorted({key for key in contracts if key.startswith("contract ") and key.endswith(" -")}):
        under = contract[:-1]
        buyers = {own.removeprefix(under) for own, _ in ledger.own_keys(under, as_of)} - {"-"}
        if buyers:
            found[contract] = tuple(sorted(buyers))
    return found


@dataclass(frozen=True, slots=True)
class SharedContract:
    """What is said of a contract as a whole: its own claims, and every buyer that is named under it."""

    key: str
    claims: tuple[Claim, ...]
    buyers: tuple[str, ...]


def contracts_over(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The contracts that a deal of these claims stands under, by their keys, each once, in the order of the claims."""
    keys = (shared_contract(deal_key(claim)) for claim in claims)
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def shared_contracts(ledger: Ledger, claims: Iterable[Claim], as_of: str | None) -> dict[str, SharedContract]:
    """The contracts that deals of these claims stand under and of which something is said as a whole, by their keys."""
    keys = sorted(contracts_over(claims))
    buyers = buyers_by_contract(ledger, keys, as_of)
    own = ledger.claims_under(keys, as_of=as_of)
    return {key: SharedContract(key, tuple(claims), buyers.get(key, ())) for key, claims in own}


# -- registers --------------------------------------------------------------------------------------------


def read_register(source: str, register: Register, vintage: str | None = None) -> RegisterReading:
    """What the register in one file gives: claims, and what is wrong with its rows. Nothing is written.

    ``vintage`` is the date of the register where the file does not say it. Raises InputError for a file that is not
    that register, or whose date is not known.
    """
    gathered = list(islice(gather((source,), lambda: sys.stdin.buffer.read()), 2))
    if len(gathered) != 1:
        raise InputError(source, "is a folder with several files", "name the file of one register")
    fetched = gathered[0]
    if isinstance(fetched, InputError):
        raise fetched
    document = read_table(fetched, register, vintage)
    read = read_rows(document)
    if read is None or not read.rows:
        problem = f"; line {read.faults[0].line:,}: {read.faults[0].problem}" if read and read.faults else ""
        raise NotReadable(source, f"has no row that can be read{problem}", "was the file cut short?")
    return read
