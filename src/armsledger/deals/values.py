"""What each claim gives for each field of its deal: the value, what it is of, and the words that carry it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from armsledger.deals.grounds import kind, thing
from armsledger.deals.written import Written, as_written
from armsledger.lexicon.designators import find_designators, fold
from armsledger.model import Action, Anchor, Claim, DocumentId, Meaning, Money, Subject, plain


@dataclass(frozen=True, slots=True)
class Said:
    """What one claim gives for one field: the value as text, the words that carry it, and how they write a number.

    ``about`` tells apart what is not of one thing: what a sum means and which action of a contract it is of, which
    article is counted, of which stage a date is. ``unit`` is the currency of a sum, ``meaning`` what it is. ``anchor``
    is None where the claim as a whole carries the value.
    """

    field: str
    about: str
    value: str
    claim: Claim
    anchor: Anchor | None = None
    published: str | None = None
    written: Written | None = None
    unit: str = ""
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class SharedSum:
    """A sum of a contract that several buyers share, and what sum of it that is."""

    name: str
    said: Said


def said_by(claim: Claim, published: str | None) -> Iterator[Said]:
    """The values of a claim, field by field, but for its stage; ``published`` is the date of its document."""
    for name, value in (("supplier", claim.supplier), ("recipient", claim.recipient), ("mode", claim.mode)):
        if value:
            yield Said(name, "", str(value), claim, _first(claim, name), published)
    if claim.item:
        yield Said("item", article(claim), claim.item, claim, _first(claim, "item"), published)
    if claim.quantity is not None:
        anchors = claim.anchored("quantity")
        anchor, exact = (anchors[0] if anchors else None), as_written(claim, claim.quantity, anchors)
        yield Said("quantity", article(claim), plain(claim.quantity), claim, anchor, published, exact)
    if claim.value:
        yield sum_of("value", claim, claim.value, published)
    if claim.programme:
        yield sum_of("programme", claim, claim.programme, published)
    if claim.date:
        about = " ".join((str(claim.stage), *action_of(claim)))
        yield Said("date", about, claim.date.iso, claim, _first(claim, "date"), published)


# Agreements under which many orders are placed, by the letter of their number: FA8620-15-G-4040, N00019-14-D-0011.
_MANY_ORDERS = re.compile(r"\w{6}-?\d\d-?[ADG]-?\w{4}")


_ORDER = re.compile(r"\b[A-Z0-9]{6}-\d\d-F-[A-Z0-9]{4}(?![A-Z0-9])")


def action_of(claim: Claim) -> tuple[str, ...]:
    """What tells an action of a contract from the others of it: contract and modification or order; where a change, an
    order or an option has no number, or the contract has none, its day. Empty for what is no contract announcement.
    """
    contract, change, action = (_first(claim, name) for name in ("contract", "modification", "action"))
    day = claim.date.iso if claim.date else claim.document
    if contract is None:
        return () if action is None else (day,)
    if change is not None:
        return contract.value, change.value
    if order := _ORDER.search(claim.quote):
        return contract.value, order[0]
    one_award = action is not None and action.value == Action.AWARD and not _MANY_ORDERS.fullmatch(contract.value)
    return (contract.value,) if one_award else (contract.value, day)


_CARRIED_BY = {"value": ("value", "share", "amount"), "programme": ("cumulative", "programme")}


def sum_of(name: str, claim: Claim, money: Money, published: str | None = None) -> Said:
    """A sum of a claim, as ``value`` or as ``programme``, with the words that write it."""
    anchors = _carrying(claim, money, _CARRIED_BY[name])
    return Said(
        name,
        " ".join((str(money.meaning or Meaning.REPORTED), *action_of(claim))),
        str(Money(money.amount, money.currency)),
        claim,
        anchors[0] if anchors else None,
        published,
        as_written(claim, money.amount, anchors),
        money.currency,
        money.meaning,
    )


def _carrying(claim: Claim, money: Money, fields: Sequence[str]) -> tuple[Anchor, ...]:
    """The anchors that say a sum, the best field first."""
    amount = plain(money.amount)
    found = (tuple(a for a in claim.anchored(name) if amount in a.value.split()) for name in fields)
    return next(filter(None, found), ())


def _first(claim: Claim, name: str) -> Anchor | None:
    return next(iter(claim.anchored(name)), None)


_PARTS = frozenset(
    "section kit engine radar launcher pod container canister warhead fuze seeker trainer simulator assembly unit set "
    "rail adapter component part rack gun spare computer receiver terminal motor vehicle booster tube sight".split()
)


def article(claim: Claim) -> str:
    """What a claim counts or names: the family, and with it the part where the words name one.

    ``aim-120`` for missiles of any variant, ``aim-120 section`` for their guidance sections.
    """
    family = thing(claim.system, claim.item)
    head = kind(claim.item or "")
    return f"{family} {head}" if head in _PARTS and not family.startswith("*") else family


def articles(said: Sequence[Said]) -> list[Said]:
    """Counts or items of one field told apart where they are not of one thing: by the action of a contract where there
    are several, and by designation where one paper tells of several things of a kind.
    """
    actions: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    told: dict[tuple[str, DocumentId], set[str]] = defaultdict(set)
    for one in said:
        actions[one.about].add(action_of(one.claim))
        told[one.about, one.claim.document].add(one.value if one.written else " ".join(sorted(designations(one.value))))
    several = {about for (about, _), values in told.items() if len(values - {""}) > 1}
    made = [replace(s, about=s.claim.item or s.about) if s.about in several else s for s in said]
    return [
        replace(new, about=" ".join((new.about, *action_of(old.claim)))) if len(actions[old.about] - {()}) > 1 else new
        for old, new in zip(said, made, strict=True)
    ]


def designations(item: str) -> frozenset[str]:
    """The designators of an item, folded: ``AIM-120C-8 missiles`` gives ``aim120c8``."""
    return frozenset(fold(d.text) for d in find_designators(item))


def packages(claims: Iterable[Claim]) -> frozenset[DocumentId]:
    """The documents that list several counted articles of a deal."""
    listed: dict[DocumentId, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.item and claim.quantity is not None:
            listed[claim.document].add(claim.item)
    return frozenset(document for document, items in listed.items() if len(items) > 1)


def shared_sums(claim: Claim, published: str | None = None) -> Iterator[SharedSum]:
    """The sums of a claim about a contract as a whole: its cumulative face value, and what the action is worth."""
    if claim.subject is Subject.CONTRACT and claim.programme is not None:
        yield SharedSum("cumulative value", sum_of("programme", claim, claim.programme, published))
    if claim.subject is Subject.CONTRACT and claim.value is not None:
        yield SharedSum("amount", sum_of("value", claim, claim.value, published))
