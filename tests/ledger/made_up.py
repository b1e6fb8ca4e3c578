"""Readings made for the tests of the ledger, and a look at everything that a ledger holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from armsledger.deals import judged_ties, representatives
from armsledger.deals.judgements import standing
from armsledger.ledger import Rules
from armsledger.model import (
    Anchor,
    Claim,
    DateInterval,
    Document,
    DocumentId,
    DocumentKind,
    Judgement,
    Meaning,
    Money,
    Occurrence,
    Polarity,
    Reading,
    Refusal,
    Section,
    SectionKind,
    Settled,
    Silence,
    SpeakerKind,
    Stage,
    Statement,
    StatementTopic,
)


def key_of(claim: Claim) -> str:
    """A deal key: supplier and recipient."""
    return f"{claim.supplier} to {claim.recipient}"


def rules_of(key: Callable[[Claim], str]) -> Rules:
    """Rules by which the claims of one key are one deal and nothing is compared."""

    def settle(
        ground: str, claims: Sequence[Claim], _: Mapping[DocumentId, str | None], __: Sequence[Judgement]
    ) -> Settled:
        return Settled(ground, tuple((claim.id, key(claim)) for claim in claims))

    return Rules(lambda claim: (f"about {claim.recipient}", key(claim)), settle, representatives, judged_ties, standing)


RULES = rules_of(key_of)


def document(text: str, name: str = "a.txt", published: str | None = "2025-05-14", **more: Any) -> Document:
    """A news item whose body is the text."""
    body = (Section(SectionKind.BODY, 0, len(text)),)
    return Document(name, more.pop("kind", DocumentKind.NEWS), text, body, published=published, **more)


def claim(of: Document, quote: str, stage: Stage = Stage.ORDERED, **slots: Any) -> Claim:
    """A claim on the first place where the quote stands, with one anchor for each slot that is a text."""
    start = of.text.index(quote)
    told = {field: value for field, value in slots.items() if isinstance(value, str) and field != "reader"}
    anchors = tuple(Anchor(field, value, start, start + len(quote), quote) for field, value in told.items())
    return Claim(
        of.id, start, start + len(quote), quote, slots.pop("reader", "news/1"), stage, anchors=anchors, **slots
    )


def statement(of: Document, quote: str, speaker: str, **slots: Any) -> Statement:
    """A statement on the first place where the quote stands, with one anchor."""
    start = of.text.index(quote)
    told: dict[str, Any] = {
        "speaker_kind": SpeakerKind.PERSON,
        "speaks_for": None,
        "verb": "said",
        "topic": StatementTopic.TRANSFER,
        "polarity": Polarity.AFFIRMED,
        "parties": (),
        "system": None,
        "date": None,
        "anchors": (Anchor("topic", "transfer", start, start + 1, quote[:1]),),
        "reader": "statements/1",
    }
    return Statement(of.id, start, start + len(quote), quote, speaker, **(told | slots))


def many(count: int, claims: int = 3) -> Iterator[Reading]:
    """That many readings, always the same, each of another document with that many claims."""
    for number in range(count):
        places = [
            f"Country {number % 40} ordered {place + 2} missiles of type {number % 7}." for place in range(claims)
        ]
        text = f"Report {number}. " + " ".join(places)
        source = document(text, f"{number}.txt", f"20{number % 25:02}-{number % 12 + 1:02}-{number % 28 + 1:02}")
        yield Reading(
            source,
            claims=tuple(
                claim(
                    source,
                    quote,
                    supplier="USA",
                    recipient=f"Country {number % 40}",
                    item=f"missile {number % 7}",
                    quantity=Decimal(place + 2),
                    value=Money(Decimal(number) / 7, "USD", Meaning.REPORTED),
                )
                for place, quote in enumerate(places)
            ),
            refused=(Refusal("not there", "quote", "x"),) * (number % 2),
            silences=(Silence("no item", 0, 6),) * (number % 3),
            statements=(statement(source, places[0], "Ola Brandvik", parties=("IND", "USA")),),
            occurrences=(Occurrence(source.id, 0, 6, "Report", "visit", DateInterval("2020-01"), ("IND",), ()),),
        )
