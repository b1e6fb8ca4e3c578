"""Reads news: passes over a document, each a function from values to values.

    1 gate         is anything here about arms and a transfer of them?             (lexicon/gate.py)
    2 sentences    names, noun phrases of items, triggers, frames                  (units.py, events.py, mentions.py)
    3 mentions     every place where an item is spoken of, and what it can be      (mentions.py)
    4 roles        who could supply, who could receive, where each stands          (roles.py)
    5 weighing     the likeliest pair of parties for each mention, or none, twice:
                   the second look knows what the first made of the whole text     (weighing.py, looks.py)
    6 flows        lists completed, second legs, all mentions of a flow together   (flows.py, legs.py)
    7 assertion    stages, polarity, certainty, speaker, each assertion told once  (asserted.py, assertion.py)
    8 claims       count, sum and date bound to them, anchored                     (details.py, slots.py, here)

Every claim keeps how each slot was filled and the points for it: the log odds that its parties and item are right, by
weights that were fitted on annotated documents. Below a threshold nothing is said. Silence is always allowed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from armsledger.claims.asserted import Asserted, assertions_of
from armsledger.claims.details import programme_in
from armsledger.claims.flows import flows_of
from armsledger.claims.mentions import Sentence, crowded, looked_at, spoken_of
from armsledger.claims.passages import Parsed
from armsledger.claims.slots import Slot, slots_of
from armsledger.claims.units import ItemPhrase
from armsledger.lexicon.gate import tells_of_arms
from armsledger.model import Anchor, Claim, Document, Silence

READER = "news/3"
LEAST_EVIDENCE = Decimal("-0.2")  # log odds: about as likely right as not; chosen on the development annotations


def read_news(parsed: Parsed, least: Decimal = LEAST_EVIDENCE) -> tuple[tuple[Claim, ...], tuple[Silence, ...]]:
    """The claims of a news document and where it stayed silent and why.

    ``least`` are the points that a claim must have: log odds of its parties and item, 0 for even odds.
    """
    document = parsed.document
    if not tells_of_arms(document.text):
        return (), (Silence("no word of arms and of a transfer", 0, len(document.text)),)
    spoken = spoken_of(parsed.sentences)
    flows = flows_of(parsed.sentences, looked_at(spoken), least, parsed.headline)
    asserted = assertions_of(document, flows, parsed.voices) if flows else []  # who speaks is costly to find out
    claims = tuple(_claim(document, a) for a in with_programme(asserted, parsed.sentences))
    silent = () if claims else (Silence("arms are spoken of, no transfer is told", 0, len(document.text)),)
    return claims, (*silent, *(_in_part(parsed.sentences[n]) for n in crowded(spoken)))


def _in_part(sentence: Sentence) -> Silence:
    span = sentence.copy.span(sentence.units[0].start, sentence.units[-1].end)
    return Silence("more items in one sentence than are read", span.start, span.end)


# -- claims -----------------------------------------------------------------------------------------------


def with_programme(asserted: Sequence[Asserted], sentences: Sequence[Sentence]) -> list[Asserted]:
    """The sum of a whole programme goes to the best founded flow of the party that the sum's sentence names.

    So "Aland joins a programme worth $2 billion" gives Aland's claim a programme and no value, wherever it is told.
    """
    told = list(asserted)
    main = main_systems(sentences)
    for sentence in sentences:
        money = programme_in(sentence)
        if money is None:
            continue
        parties = {u.party for u in sentence.units if u.party}
        fits = [n for n, a in enumerate(told) if a.found.option.recipient in parties and a.details.programme is None]
        own = [a for a in told if a.details.programme == money[0]]
        best = max(fits, key=lambda n: (told[n].found.option.item.system in main, told[n].evidence), default=None)
        if best is None or any(a is told[best] or a.found.option.item.system in main for a in own):
            continue
        told = [_without_programme(a) if a in own else a for a in told]
        details = told[best].details
        told[best] = replace(told[best], details=replace(details, programme=money[0], slots=(*details.slots, money[1])))
    return told


def main_systems(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The system that a document names most, or those that it names as often."""
    counts = Counter(u.item.system for s in sentences for u in s.units if u.item and u.item.system)
    most = max(counts.values(), default=0)
    return frozenset(system for system, count in counts.items() if count == most)


def _without_programme(a: Asserted) -> Asserted:
    slots = tuple(slot for slot in a.details.slots if slot.field != "programme")
    return replace(a, details=replace(a.details, programme=None, slots=slots))


def _claim(document: Document, a: Asserted) -> Claim:
    context, option, details = a.found.context, a.found.option, a.details
    sentence = context.sentence
    span = sentence.copy.span(sentence.units[0].start, sentence.units[-1].end)
    return Claim(
        document=document.id,
        start=span.start,
        end=span.end,
        quote=span.of(document.text),
        reader=READER,
        stage=a.stage,
        supplier=option.supplier,
        recipient=option.recipient,
        item=item_name(option.item),
        system=option.item.system,
        quantity=details.quantity,
        value=details.value,
        programme=details.programme,
        mode=details.mode,
        second_hand=details.second_hand,
        modernised=details.modernised,
        polarity=a.polarity,
        certainty=a.certainty,
        speaker=a.speaker.name,
        speaker_kind=a.speaker.kind,
        date=details.date,
        condition=details.condition,
        anchors=_anchors(document, a),
        evidence=a.evidence,
    )


def item_name(item: ItemPhrase) -> str | None:
    """The item as a claim names it, as the text has it, singular."""
    return item.name or None


def _anchors(document: Document, a: Asserted) -> tuple[Anchor, ...]:
    """The words of every slot and the rule that led from them to its value."""
    slots: list[Slot] = [*slots_of(a.found.context, a.found.option, a.stage, a.polarity, a.certainty), *a.details.slots]
    anchors = [_anchor(document, slot) for slot in slots]
    speaker = a.speaker
    if speaker.end > speaker.start:
        span = a.found.context.sentence.copy.span(speaker.start, speaker.end)
        anchors.append(Anchor("speaker", speaker.name, span.start, span.end, span.of(document.text), speaker.how))
    return tuple(sorted(set(anchors)))


def _anchor(document: Document, slot: Slot) -> Anchor:
    span = slot.copy.span(slot.start, slot.end)
    return Anchor(slot.field, slot.value, span.start, span.end, span.of(document.text), slot.how)
