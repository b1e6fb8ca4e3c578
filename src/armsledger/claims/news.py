"""Reads news: passes over a document, each a function from values to values.

    1 gate         is anything here about arms and a transfer of them?             (lexicon/gate.py)
    2 sentences    names, noun phrases of items, triggers, frames                  (units.py, events.py, mentions.py)
    3 mentions     every place where an item is spoken of, and what it can be      (mentions.py)
    4 roles        who could supply, who could receive, where each stands          (roles.py)
    5 weighing     the likeliest pair of parties for each mention, or none, twice:
                   the second look knows what the first made of the whole text     (weighing.py)
    6 assertion    stage, polarity, certainty, speaker                             (assertion.py, speakers.py)
    7 claims       open lists completed, each assertion told once, anchored        (here)

Every claim keeps how each slot was filled and the points for it: the log odds that its parties and item are right, by
weights that were fitted on annotated documents. Below a threshold nothing is said. Silence is always allowed.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from armsledger.claims.assertion import (
    CERTAINTIES,
    POLARITIES,
    STAGES,
    certainty_features,
    event_of,
    likeliest,
    polarity_features,
    stage_features,
)
from armsledger.claims.details import Details, details_of, programme_in
from armsledger.claims.factuality import Factuality, factuality
from armsledger.claims.legs import Flow, legs_of
from armsledger.claims.looks import Table, look_twice, table_of
from armsledger.claims.mentions import ItemMention, Sentence, mentions_of
from armsledger.claims.passages import Parsed
from armsledger.claims.roles import Context, Discourse, coordinated, discourse_of
from armsledger.claims.slots import Slot, slots_of
from armsledger.claims.speakers import Attribution, Speaker
from armsledger.claims.units import ItemPhrase
from armsledger.claims.weighing import (
    Option,
    Reference,
    Weighed,
    item_key,
    own_flows,
    recall,
    references,
    remembered,
)
from armsledger.lexicon.entries import COMPILED
from armsledger.lexicon.gate import tells_of_arms
from armsledger.model import Anchor, Certainty, Claim, Document, Polarity, Silence, SpeakerKind, Stage

READER = "news/2"
LEAST_EVIDENCE = Decimal("0")  # log odds: more likely right than not
_AGAIN = 0.5  # probability that a further mention of a flow must have to tell a stage of its own
_FLOOR = 0.12  # probability below which an option is not looked at


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted weights of both looks at the parties, and of stage, polarity and certainty."""

    first: Mapping[str, float]
    second: Mapping[str, float]
    table: Table
    stage: Mapping[str, float]
    polarity: Mapping[str, float]
    certainty: Mapping[str, float]


@cache
def weights() -> Weights:
    """The weights that ship with armsledger; ``benchmarks/fit_evidence.py`` makes them."""
    told = json.loads((COMPILED / "evidence.json").read_text(encoding="utf-8"))
    first, second = told["first"], told["second"]
    return Weights(first, second, table_of(first, second), told["stage"], told["polarity"], told["certainty"])


@dataclass(frozen=True, slots=True)
class Found:
    """A transfer that a mention tells: the option that was chosen, its probability, and where it stands."""

    context: Context
    option: Option
    probability: float
    stage: Stage | None = None  # what a rule for second legs says of stage and certainty
    certainty: Certainty | None = None
    polarity: Polarity | None = None
    rule: str | None = None

    @property
    def key(self) -> tuple[str | None, str | None, str]:
        """What makes two of them tell of one flow."""
        return self.option.supplier, self.option.recipient, item_key(self.option.item)


@dataclass(frozen=True, slots=True)
class Asserted:
    """A transfer with what is asserted of it and by whom."""

    found: Found
    stage: Stage
    polarity: Polarity
    certainty: Certainty
    speaker: Speaker
    details: Details
    evidence: Decimal


def read_news(parsed: Parsed, least: Decimal = LEAST_EVIDENCE) -> tuple[tuple[Claim, ...], tuple[Silence, ...]]:
    """The claims of a news document and where it stayed silent and why.

    ``least`` are the points that a claim must have: log odds of its parties and item, 0 for even odds.
    """
    document = parsed.document
    if not tells_of_arms(document.text):
        return (), (Silence("no word of arms and of a transfer", 0, len(document.text)),)
    chosen = _told_once(_flows(parsed.sentences), least)
    asserted = _distinct(_asserted(document, found, points, parsed.voices) for found, points in chosen)
    asserted = with_programme([a for a in asserted if not _is_mirrored(a, asserted)], parsed.sentences)
    claims = tuple(_claim(document, a) for a in asserted)
    silent = () if claims else (Silence("arms are spoken of, no transfer is told", 0, len(document.text)),)
    return claims, silent


# -- who supplies whom with what --------------------------------------------------------------------------


def _flows(sentences: Sequence[Sentence]) -> list[Found]:
    """What each mention tells of, the likeliest first for each mention; all that reach the floor."""
    talk, mentions = discourse_of(sentences), mentions_of(sentences)
    found: list[Found] = []
    for look in look_twice(_choices(sentences, talk, mentions), weights().table):
        found.extend(_chosen(look))
    flows = [Flow(f.option.supplier, f.option.recipient, f.option.item, f.probability) for f in found]
    legs = [
        Found(leg.context, leg.option, LEG, leg.stage, leg.certainty, leg.polarity, leg.rule)
        for leg in legs_of(sentences, talk, mentions, flows)
    ]
    told = {(leg.context.mention.sentence, *leg.key) for leg in legs}
    return [*(f for f in found if (f.context.mention.sentence, *f.key) not in told), *legs]


LEG = 0.7  # the share of second legs that are right, on the development annotations


def choices_of(sentences: Sequence[Sentence]) -> list[list[Reference]]:
    """What every mention of a document can speak of."""
    return _choices(sentences, discourse_of(sentences), mentions_of(sentences))


def _choices(sentences: Sequence[Sentence], talk: Discourse, mentions: Iterable[ItemMention]) -> list[list[Reference]]:
    choices = (references(sentences, talk, mention) for mention in mentions)
    return [choice for choice in choices if any(len(r.given) > 1 for r in choice)]


def second_look(choices: Sequence[Sequence[Reference]], looks: Sequence[Sequence[Weighed]]) -> list[list[Reference]]:
    """The same choices with what the first look makes of the whole document."""
    known = recall(looks)
    return [
        [remembered(reference, known, own_flows(look)) for reference in choice]
        for choice, look in zip(choices, looks, strict=True)
    ]


def _chosen(look: Sequence[Weighed]) -> Iterator[Found]:
    """The options of a mention that reach the floor, with all parties of a list where one of them does."""
    if not look:
        return
    context = look[0].reference.context
    best: dict[tuple[str | None, str | None, str], Found] = {}

    def keep(context: Context, option: Option, probability: float) -> None:
        key = (option.supplier, option.recipient, option.item.name)
        if key not in best or best[key].probability < probability:
            best[key] = Found(context, option, probability)

    for weighed in look[:6]:
        keep(weighed.reference.context, weighed.option, weighed.probability)
    places = context.talk.places[context.mention.sentence]
    for group in coordinated(context.sentence, places):
        for found in _listed(look, group):
            keep(found.context, found.option, found.probability)
    yield from (f for f in best.values() if f.probability >= _FLOOR and not _is_inside_one_state(f.option))


_TERRITORIES = {"GUM": "USA", "PRI": "USA", "VIR": "USA", "ASM": "USA", "MNP": "USA", "GIB": "GBR", "FLK": "GBR"}


def _is_inside_one_state(option: Option) -> bool:
    """Whether one side is a territory of the other: a ship that calls at Guam is not handed over."""
    supplier, recipient = option.supplier, option.recipient
    return _TERRITORIES.get(recipient or "") == supplier or _TERRITORIES.get(supplier or "") == recipient


def _listed(look: Sequence[Weighed], group: frozenset[str]) -> Iterator[Found]:
    """ "sold to Aland, Borduria and Syldavia": what the list has together, each of its parties has."""
    for role in ("recipient", "supplier"):
        sums: dict[tuple[str | None, str], list[Weighed]] = {}
        for weighed in look:
            option = weighed.option
            party, other = option.recipient, option.supplier
            if role == "supplier":
                party, other = other, party
            apart = other not in group or other in (option.item.origin, "USA")
            if party in group and apart:
                sums.setdefault((other, option.item.name), []).append(weighed)
        for (other, _), options in sums.items():
            whole = min(sum(w.probability for w in options), 0.999)
            first = options[0]
            for party in sorted(group - {other}):
                sides = (other, party) if role == "recipient" else (party, other)
                yield Found(first.reference.context, Option(first.option.item, *sides), whole)


def _told_once(found: Iterable[Found], least: Decimal) -> list[tuple[Found, Decimal]]:
    """The mentions of each flow that has enough evidence: what two places say together counts more than one."""
    groups: dict[tuple[str | None, str | None, str], list[Found]] = {}
    for f in found:
        groups.setdefault(f.key, []).append(f)
    kept: list[tuple[Found, Decimal]] = []
    for group in groups.values():
        group.sort(key=lambda f: -f.probability)
        doubt = math.prod(1 - min(f.probability, 0.999) for f in group[:2])
        points = log_odds(1 - doubt)
        if points >= least:
            kept.extend((f, points) for n, f in enumerate(group) if not n or f.probability >= _AGAIN)
    return sorted(kept, key=lambda x: (x[0].context.mention.sentence, x[0].context.mention.at))


def log_odds(probability: float) -> Decimal:
    """The natural logarithm of p over 1 - p, to two places."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return Decimal(math.log(p / (1 - p))).quantize(Decimal("0.01"))


# -- what is asserted of it -------------------------------------------------------------------------------


def _asserted(document: Document, found: Found, points: Decimal, voices: Mapping[int, Attribution]) -> Asserted:
    context, option = found.context, found.option
    fact = factuality(context.sentence.units, event_of(context))
    stage = found.stage or _stage(context, option, fact)
    polarity = found.polarity or _polarity(context, stage)
    speaker = _speaker(context, voices[id(context.sentence.copy)], stage)
    doubts = certainty_features(context, stage, polarity, speaker.kind)
    certainty = found.certainty or _doubted(fact) or Certainty(likeliest(doubts, CERTAINTIES, weights().certainty)[0])
    if speaker.kind is SpeakerKind.OUTLET and certainty is Certainty.CERTAIN:
        certainty = Certainty.POSSIBLE  # what an article relays from another outlet it does not vouch for
    return Asserted(found, stage, polarity, certainty, speaker, details_of(context, option, document.published), points)


def _polarity(context: Context, stage: Stage) -> Polarity:
    """Denied where the weighed cues say so, or a word that denies a whole clause ("denied", "baseless") stands."""
    units = context.sentence.units
    if factuality(units, event_of(context)).outright:
        return Polarity.DENIED
    return Polarity(likeliest(polarity_features(context, stage), POLARITIES, weights().polarity)[0])


_SURE = 0.35  # probability below which a stage is left to the frames where they tell one


def _doubted(fact: Factuality) -> Certainty | None:
    """The certainty that a plain cue gives ("may", "reportedly", "is expected to"); None without one."""
    return fact.certainty if fact.certainty is not Certainty.CERTAIN and _PLAIN & set(fact.cues) else None


_PLAIN = frozenset(
    "whether may might could reportedly allegedly supposedly rumoured rumored expected likely poised".split()
)


def _stage(context: Context, option: Option, fact: Factuality) -> Stage:
    """The likeliest stage; the one that the frames tell where none is likely or where "may" or "would" sets it."""
    told = stage_features(context, option.supplier, option.recipient)
    stage, probability = likeliest(told, STAGES, weights().stage)
    if context.mention.events and (probability < _SURE or (_doubted(fact) and fact.stage is Stage.CONSIDERED)):
        return fact.stage
    return Stage(stage)


def _speaker(context: Context, told: Attribution, stage: Stage) -> Speaker:
    """Whose word the transfer is: that of the words from the item to its trigger."""
    units, at = context.sentence.units, context.mention.at
    hit = context.governor.hit
    first, last = (min(at, hit.first), max(at, hit.last)) if hit and context.governor.distance <= 10 else (at, at)
    return told.speaker(units[first].start, units[last].end, _is_background(context, stage))


def _is_background(context: Context, stage: Stage) -> bool:
    """Whether what is told is told in a relative clause: "the systems that it delivered in 2019", the author's word."""
    units, hit, at = context.sentence.units, context.governor.hit, context.mention.at
    if stage is Stage.DELIVERED and at + 1 < len(units) and units[at + 1].low in ("that", "which"):
        return True
    if hit is None or hit.trigger.noun:
        return False
    for at in range(hit.first - 1, max(0, hit.first - 6), -1):
        if units[at].low in ("that", "which", "who"):
            return units[at - 1].item is not None or units[at - 1].text == ","
        if units[at].text in ",;:":
            return False
    return False


def _is_mirrored(a: Asserted, all_told: Sequence[Asserted]) -> bool:
    """Whether a second leg of the same sentence and stage tells the flow the other way round: then it is that one."""
    option, n = a.found.option, a.found.context.mention.sentence
    return a.found.rule is None and any(
        leg.found.rule is not None
        and leg.found.context.mention.sentence == n
        and (leg.found.option.supplier, leg.found.option.recipient) == (option.recipient, option.supplier)
        and leg.stage is a.stage
        for leg in all_told
    )


def _distinct(asserted: Iterable[Asserted]) -> list[Asserted]:
    """One claim for each distinct flow, stage and polarity: one with a count or a sum, else the likeliest."""
    kept: dict[tuple[object, ...], Asserted] = {}
    for a in asserted:
        key = (*a.found.key, a.stage, a.polarity)
        if key not in kept or _worth(a) > _worth(kept[key]):
            kept[key] = a
    named = {(a.found.key[0], a.found.key[1], a.found.context.mention.sentence) for a in kept.values() if _is_named(a)}
    told = (a for a in kept.values() if _is_named(a) or not _is_covered(a, named))
    return sorted(told, key=lambda a: (a.found.context.mention.sentence, a.found.context.mention.at))


def _worth(a: Asserted) -> tuple[bool, float]:
    return a.details.quantity is not None or a.details.value is not None, a.found.probability


def _is_named(a: Asserted) -> bool:
    return a.found.option.item.system is not None


def _is_covered(a: Asserted, named: set[tuple[str | None, str | None, int]]) -> bool:
    """Arms at large beside a named item of the same parties in one sentence say nothing more."""
    supplier, recipient, _ = a.found.key
    return a.found.option.item.bare and (supplier, recipient, a.found.context.mention.sentence) in named


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


__all__ = ["LEAST_EVIDENCE", "READER", "choices_of", "read_news", "second_look", "weights"]
