"""The legs of a chain as sentences of a brief."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from armsledger.views.brief_citing import Citing, computed, contested, strong
from armsledger.views.brief_value import Sentence
from armsledger.views.brief_words import few, voices_of
from armsledger.views.names import party_name, system_name

if TYPE_CHECKING:
    from armsledger.deals.chains import Chain, Leg


def leg_sentences(citing: Citing, chain: Chain, deals: Collection[str]) -> Iterator[Sentence]:
    """A sentence for each leg; ``deals`` are those that the brief is of."""
    for number, leg in enumerate(chain.legs, 1):
        yield _leg(citing, chain, number, leg, deals)


def _leg(citing: Citing, chain: Chain, number: int, leg: Leg, deals: Collection[str]) -> Sentence:
    here = " (this one)" if len(deals) == 1 and set(deals) & set(leg.deals) else ""
    mark = contested if leg.contested else strong
    why = [] if leg.after is None else [computed(f" It follows leg {leg.after + 1}: {_named(leg.because)}.")]
    return citing.say(
        computed(f"Leg {number}"), f", {party_name(leg.supplier)} to {party_name(leg.recipient)}{here}, ",
        f"{system_name(chain.family)}: ", mark(leg.word), f", by the word of {voices_of(citing, leg.told)}.", *why,
        by=few(leg.told),
    )  # fmt: skip


_CODE = re.compile(r"\b[A-Z]{3}\b")


def _named(text: str) -> str:
    """A rule's text with the names of parties for their codes."""
    return _CODE.sub(lambda found: party_name(found[0]), text)
