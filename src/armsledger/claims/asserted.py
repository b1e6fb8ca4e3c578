"""What is asserted of each flow: its stages, and for each whether it is so, how surely, and whose word it is.

One flow often has two stages in one text ("ordered in 2019, delivered last week"), and most mentions of it tell none.
So each stage of a flow is weighed by itself, at the mention that tells it best.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from armsledger.claims.assertion import (
    CERTAINTIES,
    POLARITIES,
    STAGES,
    certainty_features,
    event_of,
    fact_of,
    likeliest,
    polarity_features,
    stage_shares,
)
from armsledger.claims.details import Details, details_of
from armsledger.claims.evidence import weights
from armsledger.claims.factuality import Factuality
from armsledger.claims.flows import Found, Told
from armsledger.claims.roles import Context
from armsledger.claims.speakers import Attribution, Speaker
from armsledger.model import Certainty, Document, Polarity, SpeakerKind, Stage

_AS_LIKELY = 0.6  # share of the best mention's probability that another must have to be as good a place
_FURTHER = 0.25  # probability of the flow and of the stage that a further stage of a flow must have


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


def assertions_of(document: Document, flows: Iterable[Told], voices: Mapping[int, Attribution]) -> list[Asserted]:
    """The assertions of a document's flows, each once, in the order of the text."""
    flows = list(flows)
    legs = {_leg(f, f.stage) for flow in flows for f in flow.mentions if f.stage is not None}
    told = ((flow, found, stage) for flow in flows for found, stage in _stages(flow.mentions, legs))
    return _distinct(_asserted(document, found, stage, flow.points, voices) for flow, found, stage in told)


# -- how far it has come ----------------------------------------------------------------------------------


Leg = tuple[int, str | None, str | None, Stage]  # a sentence, who supplies, who receives, how far


def _leg(found: Found, stage: Stage, *, mirrored: bool = False) -> Leg:
    sides = (found.option.recipient, found.option.supplier) if mirrored else found.key[:2]
    return found.context.mention.sentence, *sides, stage


def _stages(mentions: Sequence[Found], legs: Collection[Leg]) -> Iterator[tuple[Found, Stage]]:
    """The stages of a flow with the mention that tells each best: the likeliest, and others that are likely enough.

    What a second leg of the same sentence tells of the other way round ("offered to buy back") is not the first leg's.
    """
    told: dict[Stage, list[tuple[float, Found]]] = {}
    for found in mentions:
        if told and found.probability < _FURTHER:
            break
        for stage, share in _shares(found).items():
            if found.rule is not None or _leg(found, stage, mirrored=True) not in legs:
                told.setdefault(stage, []).append((share * found.probability, found))
    best = {stage: max(places, key=lambda place: place[0])[0] for stage, places in told.items()}
    for n, stage in enumerate(sorted(best, key=lambda stage: -best[stage])):
        if not n or best[stage] >= _FURTHER:
            yield _fullest([found for p, found in told[stage] if p >= _AS_LIKELY * best[stage]]), stage


def _fullest(mentions: Sequence[Found]) -> Found:
    """Of mentions that tell a stage about as well the one with most of a count and a sum; of these the first."""
    return max(mentions, key=_worth_of) if len(mentions) > 1 else mentions[0]


def _worth_of(found: Found) -> tuple[int, int, int]:
    details, mention = details_of(found.context, found.option, None), found.context.mention
    return (details.quantity is not None) + (details.value is not None), -mention.sentence, -mention.at


def _shares(found: Found) -> dict[Stage, float]:
    """How likely a mention tells each stage; what a rule for second legs says is taken as it is."""
    if found.stage is not None:
        return {found.stage: 1.0}
    supplier, recipient = found.option.supplier, found.option.recipient
    shares = stage_shares(found.context, supplier, recipient, weights().stage)
    worded = _worded(found.context, supplier, recipient)
    told = dict(zip(STAGES, shares, strict=True))
    return {stage: share for stage, share in told.items() if worded is None or stage in worded}


def _worded(context: Context, supplier: str | None, recipient: str | None) -> frozenset[Stage] | None:
    """The stages that words of the sentence tell of a mention: what its own event comes to under the words that govern
    it ("is considering buying" is no order), and what other triggers say. None where no rule knows the event.
    """
    events = context.mention.events
    if not events:
        return None
    own = event_of(context, supplier, recipient)
    others = (hit for hit in context.sentence.hits if hit is not own.hit and hit not in own.operators)
    fact = fact_of(context, supplier, recipient)
    told = {fact.stage, *(e.stage for e in events if e is not own), *(hit.trigger.stage for hit in others)}
    return frozenset(told)


# -- whether, how surely, by whom -------------------------------------------------------------------------


def _asserted(
    document: Document, found: Found, stage: Stage, points: Decimal, voices: Mapping[int, Attribution]
) -> Asserted:
    context, option = found.context, found.option
    fact = fact_of(context, option.supplier, option.recipient)
    polarity = found.polarity or _polarity(context, stage, fact)
    background = _is_background(context, stage)
    speaker = _speaker(context, voices[id(context.sentence.copy)], background=background)
    doubts = certainty_features(context, stage, polarity, speaker.kind, fact)
    certainty = (
        found.certainty
        or _doubted(fact, background=background)
        or Certainty(likeliest(doubts, CERTAINTIES, weights().certainty))
    )
    if speaker.kind is SpeakerKind.OUTLET and certainty is Certainty.CERTAIN:
        certainty = Certainty.POSSIBLE  # what an article relays from another outlet it does not vouch for
    return Asserted(found, stage, polarity, certainty, speaker, details_of(context, option, document.published), points)


def _polarity(context: Context, stage: Stage, fact: Factuality) -> Polarity:
    """Denied where the weighed cues say so, or a word that denies a whole clause ("denied", "baseless") stands."""
    if fact.outright:
        return Polarity.DENIED
    return Polarity(likeliest(polarity_features(context, stage, fact), POLARITIES, weights().polarity))


def _doubted(fact: Factuality, *, background: bool) -> Certainty | None:
    """The certainty that a plain cue gives ("may", "reportedly", "is expected to"); None without one.

    What a relative clause adds is not doubted with its sentence: "reportedly offers the jets that it got in 2019".
    """
    if background:
        return Certainty.CERTAIN
    return fact.certainty if fact.certainty is not Certainty.CERTAIN and _PLAIN & set(fact.cues) else None


_PLAIN = frozenset(
    "whether may might could reportedly allegedly supposedly rumoured rumored expected likely poised said".split()
)


def _speaker(context: Context, told: Attribution, *, background: bool) -> Speaker:
    """Whose word the transfer is: that of the words from the item to its trigger."""
    units, at = context.sentence.units, context.mention.at
    hit = context.governor.hit
    first, last = (min(at, hit.first), max(at, hit.last)) if hit and context.governor.distance <= 10 else (at, at)
    return told.speaker(units[first].start, units[last].end, background)


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


# -- each once --------------------------------------------------------------------------------------------


def _distinct(asserted: Iterable[Asserted]) -> list[Asserted]:
    """One for each distinct flow, stage and polarity: one with a count or a sum, else the likeliest."""
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
