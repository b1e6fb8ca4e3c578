"""Sums that reports give to one buyer and that are a contract's, which several buyers share.

A report's sum is a shared contract's where all of this holds: the same currency, and the same figure as the
announcement's amount or cumulative value, as exactly as each is written; another document; the buyer is named under the
contract; and the report says somewhere that this supplier gives this buyer something of the contract's family. The
deals need not be one: the report may name another item beside the sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from armsledger.deals.disputes import Voice, is_official
from armsledger.deals.findings import Case, Code, Finding, Which, grouped
from armsledger.deals.grounds import thing
from armsledger.deals.values import Said, shared_sums, sum_of
from armsledger.deals.written import Nearness, Written, nearness
from armsledger.model import Claim, DocumentId, Polarity, Statement, Subject, plain

_MOST_DENIALS = 3


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum with the words that write it."""

    name: str
    written: Written
    currency: str
    words: Voice


@dataclass(frozen=True, slots=True)
class _Contract:
    """A contract that several buyers share, as one announcement tells it."""

    supplier: str | None
    family: str
    buyers: tuple[str, ...]
    sums: tuple[_Sum, ...]

    @property
    def words(self) -> Voice:
        """Where it is announced."""
        return self.sums[0].words


@dataclass(frozen=True, slots=True)
class _Given:
    """A sum that a report gives to one buyer, as his or as a programme's."""

    deal: Which
    recipient: str
    sum: _Sum

    @property
    def place(self) -> tuple[str, str, int, str]:
        """Where it stands, the earliest report first."""
        return self.sum.words.published or "~", self.sum.words.document, self.sum.words.start, self.recipient


class SharedSums:
    """Takes deals one by one and tells at the end which sums of reports are a shared contract's."""

    def __init__(self) -> None:
        self._contracts: dict[str, _Contract] = {}
        self._given: list[_Given] = []
        self._spoken: dict[DocumentId, set[tuple[str | None, str, str]]] = defaultdict(set)

    def add(self, case: Case) -> None:
        """Keeps the sums of the contracts that a deal shares, and those that reports give to its buyer."""
        for contract in case.contracts:
            for claim in contract.claims:
                self._add_contract(case, claim, contract.buyers)
        for claim in case.claims:
            if claim.recipient and not is_official(claim):
                self._add_report(case, claim, claim.recipient)

    def _add_contract(self, case: Case, claim: Claim, buyers: tuple[str, ...]) -> None:
        if claim.subject is not Subject.CONTRACT or not buyers or claim.id in self._contracts:
            return
        sums = tuple(_sum(case, one.name, one.said) for one in shared_sums(claim))
        if sums:
            family = thing(claim.system, claim.item)
            self._contracts[claim.id] = _Contract(claim.supplier, family, buyers, sums)

    def _add_report(self, case: Case, claim: Claim, recipient: str) -> None:
        self._spoken[claim.document].add((claim.supplier, recipient, thing(claim.system, claim.item)))
        for name, money in (("value", claim.value), ("programme", claim.programme)):
            if money is not None:
                said = sum_of(name, claim, money, case.published.get(claim.document))
                told = replace(
                    _sum(case, name, said), words=case.words(claim)
                )  # the sentence, with what bounds the sum
                self._given.append(_Given(case.which, recipient, told))

    def findings(self, denials: Iterable[Statement], published: Mapping[DocumentId, str | None]) -> Iterator[Finding]:
        """The sums that are a shared contract's, with the announcement, and with denials that name both sides."""
        by_buyer: dict[str, list[_Contract]] = defaultdict(list)
        for _, contract in sorted(self._contracts.items(), key=lambda c: (c[1].words.published or "~", c[0])):
            for buyer in contract.buyers:
                by_buyer[buyer].append(contract)
        given = {one.place: one for one in sorted(self._given, key=lambda g: (g.place, g.deal))}
        found = [
            (one, contract, total)
            for one in given.values()
            if (hit := self._contract_of(one, by_buyer.get(one.recipient, ())))
            for contract, total in (hit,)
        ]
        wanted = {(contract.supplier, one.recipient) for one, contract, _ in found}
        denied = _denials(denials, wanted, published)
        for one, contract, total in found:
            yield _finding(one, contract, total, denied.get((contract.supplier, one.recipient), ()))

    def _contract_of(self, given: _Given, contracts: Iterable[_Contract]) -> tuple[_Contract, _Sum] | None:
        """The last contract that was announced by the time of the report and whose sum this is, else the first one."""
        report = given.sum.words
        spoken = {
            (supplier, family) for supplier, buyer, family in self._spoken[report.document] if buyer == given.recipient
        }
        hits = [
            (contract, total)
            for contract in contracts
            if (contract.supplier, contract.family) in spoken and contract.words.document != report.document
            for total in contract.sums
            if _is_one(total, given.sum)
        ]
        before = [hit for hit in hits if (hit[0].words.published or "~") <= (report.published or "~")]
        return before[-1] if before else next(iter(hits), None)


def _sum(case: Case, name: str, said: Said) -> _Sum:
    exact = said.written or Written(Decimal(0), Decimal(1))  # a sum is always written
    return _Sum(name, exact, said.unit, case.words(said.claim, said.anchor))


def _is_one(one: _Sum, other: _Sum) -> bool:
    near = nearness(one.written, other.written)
    return one.currency == other.currency and near in (Nearness.SAME, Nearness.ROUNDING)


def _denials(
    statements: Iterable[Statement], wanted: set[tuple[str | None, str]], published: Mapping[DocumentId, str | None]
) -> dict[tuple[str | None, str], tuple[Voice, ...]]:
    """What was denied of each pair of sides, the first denials first."""
    found: dict[tuple[str | None, str], list[Voice]] = defaultdict(list)
    for statement in statements:
        if statement.polarity is Polarity.DENIED:
            for sides in wanted:
                if {side for side in sides if side} <= {*statement.parties, statement.speaks_for}:
                    found[sides].append(_voice(statement, published.get(statement.document)))
    return {sides: tuple(sorted(voices, key=_by_day)) for sides, voices in found.items()}


def _by_day(voice: Voice) -> tuple[str, str, int]:
    return voice.published or "~", voice.document, voice.start


def _voice(statement: Statement, published: str | None) -> Voice:
    return Voice(
        None,
        statement.document,
        published,
        statement.speaker,
        statement.speaker_kind,
        statement.polarity,
        statement.start,
        statement.end,
        statement.quote,
    )


def _finding(given: _Given, contract: _Contract, total: _Sum, denials: Sequence[Voice]) -> Finding:
    told = f"{total.currency} {plain(total.written.amount)}"
    later = [d for d in denials if (d.published or "~") >= (contract.words.published or "")]
    as_what = "is given to one buyer as its value" if given.sum.name == "value" else "is named beside one buyer"
    other = next((s for s in contract.sums if s is not total), None)
    facts = [("the contract's " + total.name, told), ("buyers named under it", str(len(contract.buyers)))]
    facts += [("the contract's " + other.name, f"{other.currency} {plain(other.written.amount)}")] if other else []
    return Finding(
        Code.SHARED_SUM,
        grouped(
            f"{given.sum.currency} {plain(given.sum.written.amount)} {as_what}: it is the {total.name} of a contract "
            f"that {len(contract.buyers)} named buyers share ({told}); this buyer's part is not stated"
        ),
        (given.sum.words, total.words, *((other.words,) if other else ()), *later[:_MOST_DENIALS]),
        "the sum of all buyers is taken for one buyer's, and gets printed as the size of his deal",
        "the letter of offer, or an announcement that states this buyer's part",
        (given.deal,),
        tuple((name, grouped(value)) for name, value in facts),
    )
