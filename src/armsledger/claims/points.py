"""What each slot of a claim from news weighed, found by weighing its sentence once more.

The points of an option are a sum over its features: those of the mention (the item), of the supplier, of the recipient,
and of the two sides as a pair. They are log odds against "no transfer"; the claim's evidence is what remains of them
when every other reading of the mention is weighed against it, and all its mentions are taken together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from armsledger.claims.evidence import weights
from armsledger.claims.flows import choices_of, second_look
from armsledger.claims.mentions import headline_of, sentences_of
from armsledger.claims.news import READER, item_name
from armsledger.claims.reader import readable
from armsledger.claims.weighing import Option, Reference, weigh
from armsledger.model import Claim, Document

SIDES = "both sides"  # what is told of supplier and recipient as a pair


def points_by_field(document: Document, claim: Claim) -> dict[str, Decimal]:
    """The points of item, supplier, recipient and of both sides as a pair; empty where this version of the reader did
    not make the claim, or does not make it again.
    """
    if claim.reader != READER:
        return {}
    read = readable(document)
    choices = choices_of(sentences_of(read), headline_of(read))
    again = second_look(choices, [weigh(choice, weights().first) for choice in choices])
    told = (
        _points(reference, option, weights().second) for choice in again for reference, option in _same(choice, claim)
    )
    return max(told, key=lambda points: (sum(points.values()), sorted(points.items())), default={})


def _same(choice: Iterable[Reference], claim: Claim) -> Iterator[tuple[Reference, Option]]:
    """The options of a mention in the claim's sentence that say what the claim says."""
    for reference in choice:
        sentence = reference.context.sentence
        span = sentence.copy.span(sentence.units[0].start, sentence.units[-1].end)
        if (span.start, span.end) == (claim.start, claim.end) and _speaks_of(reference, claim):
            for option in reference.options():
                said = (option.supplier, option.recipient, item_name(option.item), option.item.system)
                if said == (claim.supplier, claim.recipient, claim.item, claim.system):
                    yield reference, option


def _speaks_of(reference: Reference, claim: Claim) -> bool:
    """Whether the words of the mention are those that the claim's item stands on."""
    sentence = reference.context.sentence
    unit = sentence.units[reference.context.mention.at]
    place = sentence.copy.span(unit.start, unit.end)
    return not claim.anchored("item") or any(
        (a.start, a.end) == (place.start, place.end) for a in claim.anchored("item")
    )


def _points(reference: Reference, option: Option, known: Mapping[str, float]) -> dict[str, Decimal]:
    parts = {
        "item": reference.mention,
        "supplier": tuple(reference.supplier(option.supplier)),
        "recipient": tuple(reference.recipient(option.recipient)),
        SIDES: option.pair,
    }
    return {name: _sum(known.get(f, 0.0) for f in features) for name, features in parts.items()}


def _sum(values: Iterable[float]) -> Decimal:
    return Decimal(sum(values)).quantize(Decimal("0.01"))
