"""Claims that give sums and counts, with the words that write them; all invented."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from armsledger.model import Anchor, Claim, Meaning, Money, SpeakerKind, Subject

from .made_up import said

FIELDS = {"value": "value", "programme": "programme", "quantity": "quantity"}


def money(told: str) -> Money:
    """``USD 225000000 ceiling``."""
    currency, amount, meaning = told.split()
    return Money(Decimal(amount), currency, Meaning(meaning))


def giving(
    words: str,
    document: str = "2031-04-02 a",
    by: str = "Example Wire",
    *,
    value: tuple[str, str] | None = None,
    programme: tuple[str, str] | None = None,
    count: tuple[int, str] | None = None,
    stage: str = "approved",
    kind: SpeakerKind = SpeakerKind.OUTLET,
    told: tuple[tuple[str, str], ...] = (),
    shares: tuple[tuple[str, str], ...] = (),
    **more: Any,
) -> Claim:
    """A claim whose sum or count stands in its words: ``value=("USD 225000000 ceiling", "$225 million")``.

    A contract's own sums are anchored as ``amount`` and ``cumulative``, as its reader does. ``shares`` are the buyers'
    shares by value and words.
    """
    official = by == "contracts"
    anchors = list(shares)
    slots: list[tuple[str, str, str]] = [("share", share, quote) for share, quote in anchors]
    if value is not None:
        more["value"] = money(value[0])
        slots.append(("amount" if official else "value", str(money(value[0])), value[1]))
    if programme is not None:
        more["programme"] = money(programme[0])
        slots.append(("cumulative" if official else "programme", str(money(programme[0])), programme[1]))
    if count is not None:
        slots.append(("quantity", str(count[0]), count[1]))
    made = said(
        stage, document, by, kind=kind, words=words, count=None if count is None else count[0], told=told, **more
    )
    return replace(made, anchors=tuple(sorted({*made.anchors, *(anchor(made, *slot) for slot in slots)})))


def anchor(claim: Claim, field: str, value: str, quote: str) -> Anchor:
    """The first place of the quote in a claim's words."""
    start = claim.start + claim.quote.index(quote)
    return Anchor(field, value, start, start + len(quote), quote)


def shared_contract(document: str = "2031-04-05 day") -> Claim:
    """A contract of several buyers, as announced: a change of 41,681,329 to one of 2,512,389,558 in all."""
    return giving(
        "Example Missiles Inc. was awarded a $41,681,329 modification (P00026) to a contract (FA0001-29-C-0037); its "
        "cumulative face value is $2,512,389,558.",
        document,
        "contracts",
        value=("USD 41681329 award", "$41,681,329"),
        programme=("USD 2512389558 cumulative", "$2,512,389,558"),
        stage="ordered",
        sides="USA -",
        subject=Subject.CONTRACT,
        date=document[:10],
        told=(("contract", "FA0001-29-C-0037"), ("modification", "P00026"), ("action", "modification")),
    )


def buyer_of(contract: Claim, buyer: str) -> Claim:
    """The claim of one of its buyers, whose part is not stated."""
    return replace(contract, subject=Subject.TRANSFER, recipient=buyer, value=None)
