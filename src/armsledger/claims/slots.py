"""The words that fill each slot of a claim, and by what rule: what a person sees when asking why.

A party that the sentence does not name is anchored where the document named it last; one that follows from the item's
origin, or that only a title apart from the text names, at the item's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from armsledger.claims.assertion import fact_of
from armsledger.claims.mentions import Sentence
from armsledger.claims.roles import Context, Place
from armsledger.claims.weighing import Option
from armsledger.model import Certainty, Polarity, Stage
from armsledger.text.offsets import View


@dataclass(frozen=True, slots=True)
class Slot:
    """A field's words in a copy of the text (end exclusive), its value, and how the words led to it."""

    field: str
    value: str
    copy: View
    start: int
    end: int
    how: str


def slots_of(
    context: Context, option: Option, stage: Stage, polarity: Polarity, certainty: Certainty
) -> Iterator[Slot]:
    """The slots of item, parties, stage, polarity and certainty."""
    sentence, at = context.sentence, context.mention.at
    unit = sentence.units[at]
    if option.item.name:
        yield Slot("item", option.item.name, sentence.copy, unit.start, unit.end, _item_how(context))
    for field, party in (("supplier", option.supplier), ("recipient", option.recipient)):
        if party is not None:
            yield _party(context, field, party)
    hit = context.governor.hit
    if hit is not None and context.governor.distance < 20:
        first, last = sentence.units[hit.first], sentence.units[hit.last]
        how = f"{hit.trigger.lemma}, {'noun' if hit.trigger.noun else hit.trigger.frame}"
        yield Slot("stage", stage, sentence.copy, first.start, last.end, how)
    yield from _cues(context, option, polarity, certainty)


def _item_how(context: Context) -> str:
    kind = context.mention.kind
    return "stated" if context.how == "own" else f"{kind}: {context.how}"


def _cues(context: Context, option: Option, polarity: Polarity, certainty: Certainty) -> Iterator[Slot]:
    """The words of denial and doubt that the frames' own reading of a sentence rests on."""
    units = context.sentence.units
    for word in fact_of(context, option.supplier, option.recipient).cues:
        unit = next((u for u in units if u.low == word), None)
        if unit is None:
            continue
        if polarity is Polarity.DENIED:
            yield Slot("polarity", polarity, context.sentence.copy, unit.start, unit.end, "cue")
        elif certainty is not Certainty.CERTAIN:
            yield Slot("certainty", certainty, context.sentence.copy, unit.start, unit.end, "cue")


# -- parties ----------------------------------------------------------------------------------------------


def _party(context: Context, field: str, party: str) -> Slot:
    here = [p for p in context.talk.places[context.mention.sentence] if p.party == party]
    if here:
        place = min(here, key=lambda p: abs(p.at - context.mention.at))
        return _at(context.sentence, place, field, _how(context, place, field))
    item = context.item
    if party in (item.made_by, item.origin, item.owner):
        unit = context.sentence.units[context.mention.at]
        how = "made by" if party == item.made_by else "owner" if party == item.owner else "origin"
        return Slot(field, party, context.sentence.copy, unit.start, unit.end, how)
    return _before(context, field, party)


def _how(context: Context, place: Place, field: str) -> str:
    """Where the party stands, in a word: "to", "from", "owner", "subject" ..."""
    if place.owner:
        return "possessive"
    if place.before and place.before not in (",", "and", "or"):
        return f"after {place.before}"
    if place.how == "made":
        return "made by"
    hit = context.governor.hit
    if hit is not None and place.at < hit.first:
        return "subject" if not context.governor.passive else "before the verb"
    return "beside the verb" if field == "recipient" else "stated"


def _before(context: Context, field: str, party: str) -> Slot:
    """The last place before the mention that names a party; else the first one after it."""
    n = context.mention.sentence
    order = [*range(n - 1, -1, -1), *range(n + 1, len(context.sentences))]
    for at in order:
        for place in reversed(context.talk.places[at]):
            if place.party == party:
                how = "heading" if context.sentence.head == party else "spoken of before" if at < n else "named after"
                return _at(context.sentences[at], place, field, how)
    unit = context.sentence.units[context.mention.at]
    how = "heading" if context.sentence.head == party else "headline"
    return Slot(field, party, context.sentence.copy, unit.start, unit.end, how)


def _at(sentence: Sentence, place: Place, field: str, how: str) -> Slot:
    unit = sentence.units[place.at]
    return Slot(field, place.party, sentence.copy, unit.start, unit.end, how)
