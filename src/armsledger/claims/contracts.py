"""Reads a day's contract announcements: one award a paragraph.

A paragraph names firms and places, an action and its amount, a contract number, who buys, where work is done, what
money is set aside and when the work ends. Only who buys makes a transfer: places of work never do. A correction
replaces what it corrects and both are kept. A contract that several buyers share gives one claim for each of them
without a value, and one claim for the contract, which holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from armsledger.claims.actions import (
    AWARDED,
    CORRECTION,
    award_end,
    find_action,
    find_modification,
    find_numbers,
    number_of,
)
from armsledger.claims.amounts import find_amount, find_cumulative, find_obligated
from armsledger.claims.anchor import Anchors
from armsledger.claims.completion import find_completion
from armsledger.claims.customers import Customers, find_customers
from armsledger.claims.firms import Firm, find_firms
from armsledger.claims.goods import Good, find_goods
from armsledger.claims.paragraphs import Paragraph, announces_correction, find_paragraphs, why_silent
from armsledger.claims.systems import system_in
from armsledger.model import (
    Anchor,
    Claim,
    Contract,
    DateInterval,
    Document,
    Item,
    Meaning,
    Mode,
    Money,
    Share,
    Silence,
    Span,
    SpeakerKind,
    Stage,
    Subject,
    plain,
)
from armsledger.text.sentences import sentence_spans

READER = "contracts/1"
SUPPLIER = "USA"  # the announcements are of the United States; what they buy for others is supplied by it


def read_contracts(document: Document) -> tuple[tuple[Contract, ...], tuple[Claim, ...], tuple[Silence, ...]]:
    """The contracts of a day, their claims, and what stayed silent: headings, and paragraphs without a sum or a firm.

    A paragraph that only announces a correction of the one behind it marks that one as corrected.
    """
    contracts: list[Contract] = []
    claims: list[Claim] = []
    silences: list[Silence] = []
    corrected = False
    for paragraph in find_paragraphs(document.text):
        reason = why_silent(paragraph.view.text)
        if reason:
            silences.append(Silence(reason, paragraph.span.start, paragraph.span.end))
            corrected = announces_correction(paragraph.view.text)
            continue
        found = read_paragraph(document, paragraph, corrected=corrected)
        corrected = False
        contracts.append(found.contract)
        if found.contract.foreign and found.contract.amount is not None:
            claims.extend(_claims(document, found))
        else:
            reason = "no sum that can be read" if found.contract.foreign else "no foreign customer"
            silences.append(Silence(reason, paragraph.span.start, paragraph.span.end))
    return tuple(contracts), tuple(claims), tuple(silences)


# -- one paragraph ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """What one paragraph says: its contract, the words of every field, and what is bought first."""

    contract: Contract
    anchors: Anchors
    good: Good | None


def read_paragraph(document: Document, paragraph: Paragraph, *, corrected: bool = False) -> Found:
    """What one paragraph says, with the words of each field; ``corrected``: the one before announces a correction."""
    text = paragraph.view.text
    found = Anchors(document, paragraph.view)
    head_end = award_end(text)
    firms = find_firms(text)
    numbers = find_numbers(found, text)
    action = find_action(found, text, head_end)
    contract, parent = number_of(text, numbers, action, head_end)
    amount, wrong = find_amount(found, text, head_end)
    who = find_customers(text)
    _keep_parties(found, firms, who)
    obligated, fms = find_obligated(found, text)
    goods = find_goods(text, _award_start(text), head_end, [Span(f.start, f.end) for f in firms])
    made = Contract(
        contractors=tuple(dict.fromkeys(f.name for f in firms)),
        amount=amount.amount if amount else None,
        currency=amount.currency if amount else "USD",
        contract=contract,
        action=action,
        start=paragraph.span.start,
        end=paragraph.span.end,
        numbers=tuple(n for n, _, _ in numbers) if len(firms) > 1 else (),
        parent=parent,
        modification=find_modification(found, text, head_end),
        cumulative=find_cumulative(found, text, amount),
        customers=tuple(dict.fromkeys(c.party for c in who.customers)),
        shares=tuple(s for s, _, _ in who.shares),
        foreign=who.foreign,
        items=tuple(_items(found, goods)),
        completion=find_completion(found, text),
        date=DateInterval(document.published) if document.published else None,
        obligated=obligated,
        fms_obligated=fms,
        correction=corrected or bool(CORRECTION.match(text)),
        corrected_amount=wrong,
    )
    return Found(replace(made, anchors=found.of()), found, goods[0] if goods else None)


def _award_start(text: str) -> int:
    """Where the words of the award begin: behind its verb, in a correction behind that word."""
    begins = CORRECTION.match(text) or AWARDED.search(text)
    return begins.end() if begins else 0


def _keep_parties(found: Anchors, firms: Sequence[Firm], who: Customers) -> None:
    for firm in firms:
        found.add("contractor", firm.name, firm.start, firm.end)
    for customer in who.customers:
        found.add("customer", customer.party, customer.start, customer.end)
    for share, start, end in who.shares:
        found.add("share", _share_text(share), start, end)
    if who.cue:
        found.add("foreign", "true", *who.cue)


def _share_text(share: Share) -> str:
    parts = [share.customer]
    parts += [f"USD {plain(share.amount)}"] if share.amount is not None else []
    parts += [f"{plain(share.percent)} %"] if share.percent is not None else []
    return " ".join(parts)


def _items(found: Anchors, goods: Iterable[Good]) -> Iterator[Item]:
    for good in goods:
        span = found.span(good.start, good.end)
        found.add("item", good.designation, good.start, good.end)
        if good.quantity is not None and good.count is not None:
            found.add("quantity", good.quantity, good.count.start, good.count.end)
        yield Item(good.designation, span.start, span.end, good.quantity, system_in(good.designation), good.upgrade)


# -- claims -----------------------------------------------------------------------------------------------

_ON_CONTRACT = (
    "contractor", "contract", "amount", "corrected amount", "cumulative", "action", "modification", "completion",
    "obligated", "FMS obligated", "foreign",
)  # fmt: skip


def _claims(document: Document, found: Found) -> Iterator[Claim]:
    """A claim for each customer; the value stands on the one who pays it all, else on a claim for the contract."""
    contract, anchors = found.contract, found.anchors
    base = _contract_claim(document, found)
    sole = _sole_buyer(contract) or _buyer_of_all(contract, base.quote)
    if sole is None:
        yield replace(base, anchors=tuple(sorted({*base.anchors, *anchors.of("share")})))
    quantity = contract.items[0].quantity if contract.items else None
    counts = () if quantity is None else _said_of(anchors, quantity, contract.items[0].start)
    for customer in contract.customers:
        words = [a for a in anchors.of("customer") if a.value == customer]
        alone = customer == sole
        place = _sentence_around(document.text, contract, words[0]) if words else Span(base.start, base.end)
        kept = {*base.anchors, *(replace(a, field="recipient") for a in words), *_shares_of(anchors, customer)}
        yield replace(
            base,
            subject=Subject.TRANSFER,
            recipient=customer,
            start=place.start,
            end=place.end,
            quote=place.of(document.text),
            value=base.value if alone else _share_value(contract, customer),
            quantity=quantity if alone else None,
            anchors=tuple(sorted({*kept, *counts} if alone else kept)),
        )


def _said_of(anchors: Anchors, quantity: Decimal, item: int) -> tuple[Anchor, ...]:
    """The anchor of the count that stands nearest to its item."""
    counts = [a for a in anchors.of("quantity") if a.value == plain(quantity)]
    return tuple(sorted(counts, key=lambda a: abs(a.start - item))[:1])


def _contract_claim(document: Document, found: Found) -> Claim:
    """The claim on the contract as a whole, which names no buyer and holds the action's value."""
    contract = found.contract
    if contract.amount is None:
        raise ValueError(f"{document.name}: a contract without an amount makes no claim")
    lead = _lead(document.text, contract)
    item = contract.items[0] if contract.items else None
    service = found.good is not None and found.good.service
    return Claim(
        document=document.id,
        start=lead.start,
        end=lead.end,
        quote=lead.of(document.text),
        reader=READER,
        stage=Stage.ORDERED,
        subject=Subject.CONTRACT,
        supplier=SUPPLIER,
        item=item.designation if item else None,
        system=item.system if item else None,
        value=Money(contract.amount, contract.currency, Meaning.AWARD),
        programme=None
        if contract.cumulative is None
        else Money(contract.cumulative, contract.currency, Meaning.CUMULATIVE),
        mode=Mode.SERVICE if service else Mode.SALE,
        modernised=item is not None and item.upgrade,
        speaker=document.publisher or "US Department of Defense",
        speaker_kind=SpeakerKind.OFFICE,
        date=contract.date,
        anchors=found.anchors.of(*_ON_CONTRACT, "item"),
    )


def _share_value(contract: Contract, customer: str) -> Money | None:
    """The sum that the text itself gives to one of several buyers, or None."""
    amounts = [s.amount for s in contract.shares if s.customer == customer and s.amount is not None]
    return Money(amounts[0], contract.currency, Meaning.AWARD) if amounts else None


def _shares_of(found: Anchors, customer: str) -> Iterable[Anchor]:
    return (a for a in found.of("share") if a.value.split(" ")[0] == customer)


def _sole_buyer(contract: Contract) -> str | None:
    """The one customer for whom all of it is bought: the only one named, with no share of anybody else.

    All must be said to be foreign: a share of 100 per cent, or nothing but foreign money set aside.
    """
    if len(contract.customers) != 1:
        return None
    only = contract.customers[0]
    for share in contract.shares:
        if share.customer in (only, "FMS"):
            if share.percent is not None and share.percent < 100:
                return None
            if share.amount is not None and share.percent is None and share.amount != contract.amount:
                return None
            if share.percent == 100:
                return only
        else:
            return None
    if contract.obligated is not None and contract.fms_obligated is not None:
        return only if contract.obligated == contract.fms_obligated else None
    return None


# "a foreign military sales (Indonesia) contract for ...", "foreign military sales contract W58RGZ-12-C-0008 (Jordan)"
_FOR_ONE = re.compile(
    r"\bforeign\s+military\s+sales?\s*(?:\([^(),;]{3,40}\)\s*contract\b(?!\s+funds)"
    r"|contract\s*(?:\(?[A-Z0-9]{6}-?\d\d-?[A-Z]-?\w{4}\)?\s*)?\([^(),;\d]{3,40}\))",
    re.IGNORECASE,
)


def _buyer_of_all(contract: Contract, lead: str) -> str | None:
    """The one customer for whom the award itself says that the contract is made, in brackets; None where money of
    others is told beside it.
    """
    found = _FOR_ONE.search(lead)
    if found is None or " and " in found[0] or len(contract.customers) != 1 or contract.shares:
        return None
    told = (contract.obligated, contract.fms_obligated)
    return None if None not in told and told[0] != told[1] else contract.customers[0]


def _lead(text: str, contract: Contract) -> Span:
    """The first sentence of a paragraph, or its first seven hundred characters."""
    stretch = text[contract.start : contract.end]
    return Span(contract.start, contract.start + min(award_end(stretch), 700))


def _sentence_around(text: str, contract: Contract, anchor: Anchor) -> Span:
    """The sentence of a paragraph in which an anchor stands."""
    stretch = text[contract.start : contract.end]
    at = anchor.start - contract.start
    for start, end in ((s.start, s.end) for s in sentence_spans(stretch)):
        if start <= at < end:
            while stretch[start].isspace():
                start += 1
            return Span(contract.start + start, contract.start + end)
    return Span(contract.start, contract.end)
