"""What is asserted of a transfer: how far it has come, whether it is so, how surely. Features and their weighing.

Each is weighed by the words around the item and its trigger: operators ("approved", "offered"), tenses, cues of doubt
and denial, signs of possession. The frames' own answer is one feature among them. Polarity and certainty are
multinomial logits; each stage is a logit of its own, because a mention can tell two of them ("of 99 ordered, four have
come") or none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from operator import add

from armsledger.claims.evidence import Rows
from armsledger.claims.factuality import Factuality, cue_at, factuality
from armsledger.claims.frames import Event, Hit
from armsledger.claims.mentions import Sentence
from armsledger.claims.roles import Context, bucket, label
from armsledger.claims.units import Unit
from armsledger.lexicon.grammar import grammar
from armsledger.model import Certainty, Polarity, SpeakerKind, Stage

STAGES = tuple(Stage)
POLARITIES = tuple(Polarity)
CERTAINTIES = tuple(Certainty)
_NEAR = 7  # units between an item or its trigger and a word that is said to stand near
_CLOSE = 5  # the same for the words that tell a stage
_BESIDE = 6  # units between two triggers that are taken together
_REACH = 12  # units to a governing trigger whose own words count


def event_of(ctx: Context, supplier: str | None, recipient: str | None) -> Event:
    """The event that tells a transfer of the mention, or a bare one around its governing trigger.

    Of several ("offered to buy back what it delivered to Aland") the one that has most of these parties on their sides.
    """
    if ctx.mention.events:
        return max(ctx.mention.events, key=lambda event: _agreement(event, supplier, recipient))
    at, units = ctx.mention.at, ctx.sentence.units
    hit = ctx.governor.hit or Hit(grammar().triggers[("delivered",)][0], at, at)
    low, high = max(0, min(at, hit.first) - 12), min(len(units) - 1, max(at, hit.last) + 8)
    return Event(hit, (at,), (), (), hit.trigger.stage, low=low, high=high)


def _agreement(event: Event, supplier: str | None, recipient: str | None) -> int:
    """How many sides the parties fill as the frame says, less those that it gives to others."""
    sides = ((supplier, event.suppliers), (recipient, event.recipients))
    told = ((party, {side.party for side in filled}) for party, filled in sides if party and filled)
    return sum(1 if party in parties else -1 for party, parties in told)


def fact_of(ctx: Context, supplier: str | None, recipient: str | None) -> Factuality:
    """What the cues of the sentence make of the event that tells a transfer; worked out once for each event."""
    event, known = event_of(ctx, supplier, recipient), ctx.talk.facts
    place = (ctx.mention.sentence, ctx.mention.at, event.hit.first)
    if place not in known:
        known[place] = factuality(ctx.sentence.units, event)
    return known[place]


def stage_features(ctx: Context, supplier: str | None, recipient: str | None) -> list[str]:
    """What tells how far a transfer has come."""
    return [*_of_sentence(ctx.sentence), *_of_mention(ctx, supplier, recipient)]


def stage_shares(ctx: Context, supplier: str | None, recipient: str | None, rows: Rows) -> list[float]:
    """How likely each stage is told; what the sentence says of all its mentions is weighed once."""
    n, known, size = ctx.mention.sentence, ctx.talk.staged, len(STAGES)
    if n not in known:
        known[n] = _points(_of_sentence(ctx.sentence), rows, size)
    own = _points(_of_mention(ctx, supplier, recipient), rows, size)
    return [1 / (1 + math.exp(-min(max(p, -50.0), 50.0))) for p in map(add, known[n], own)]


def _of_sentence(sentence: Sentence) -> Iterator[str]:
    """What is the same for all mentions of a sentence: its words, and the stages of its triggers."""
    units, hits = sentence.units, sentence.hits
    yield from ("T", f"T.title.{sentence.title}", f"T.hits.{min(len(hits), 4)}")
    yield from (f"T.any.{u.low}" for u in units if u.kind == "word")
    yield from ("T.money" for u in units if u.kind == "money")
    yield from ("T.question" for u in units[-1:] if u.text == "?")
    yield from (f"T.stages.{h.trigger.stage}" for h in hits)
    yield from (f"T.auxany.{_auxiliary(units, h.first)}.{h.trigger.stage}" for h in hits)


def _of_mention(ctx: Context, supplier: str | None, recipient: str | None) -> Iterator[str]:
    yield from _of_governor(ctx)
    yield from _of_events(ctx, supplier, recipient)
    yield from _of_hits(ctx)
    yield from _of_words(ctx)
    yield from _of_item(ctx)
    yield from _of_sides(ctx, supplier, recipient)


def _of_governor(ctx: Context) -> Iterator[str]:
    """The governing trigger with its form, tense and distance."""
    units, g = ctx.sentence.units, ctx.governor
    yield from (f"T.kind.{ctx.mention.kind}", f"T.gov.{g.lemma}", f"T.{g.voice}.{g.left}")
    yield f"T.dist.{bucket(g.distance)}.{g.frame}"
    if g.hit is not None:
        form = " ".join(u.low for u in units[g.hit.first : g.hit.last + 1])
        tense = _auxiliary(units, g.hit.first)
        yield from (f"T.form.{form}", f"T.aux.{tense}.{g.frame}", f"T.aux.{tense}.{g.lemma}")


def _of_events(ctx: Context, supplier: str | None, recipient: str | None) -> Iterator[str]:
    """The frames' own answer, and what other frames of the same mention say."""
    if not ctx.mention.events:
        yield "T.no rule"
        return
    own = event_of(ctx, supplier, recipient)
    stage, agreed = fact_of(ctx, supplier, recipient).stage, _agreement(own, supplier, recipient)
    yield from (f"T.rule.{stage}", f"T.rule.{stage}.{own.hit.trigger.frame}", f"T.rule.{stage}.sides.{agreed}")
    yield f"T.event.{own.hit.trigger.lemma}.{own.stage}"
    yield from (f"T.other.{e.hit.trigger.lemma}.{e.stage}" for e in ctx.mention.events[:3] if e is not own)


def _of_hits(ctx: Context) -> Iterator[str]:
    """All triggers of the sentence: on which side of the item, how near, beside which other one."""
    at, hits, g = ctx.mention.at, ctx.sentence.hits, ctx.governor
    for hit in hits:
        side, lemma, stage = "l" if hit.last < at else "r", hit.trigger.lemma, hit.trigger.stage
        near = "near" if abs(hit.first - at) <= _NEAR else "far"
        yield from (f"T.hit.{lemma}.{side}", f"T.hit.{lemma}.{near}", f"T.stage.{stage}.{side}.{near}.{_kind(hit)}")
        if g.hit is not None and hit is not g.hit and abs(hit.first - g.hit.first) <= _BESIDE:
            yield f"T.beside.{g.lemma}.{lemma}.{'l' if hit.first < g.hit.first else 'r'}"
    nearest = sorted(hits, key=lambda h: abs(h.first - at))[:3]
    yield from (f"T.nth.{n}.{h.trigger.lemma}.{'l' if h.last < at else 'r'}" for n, h in enumerate(nearest))
    left = next((h.trigger.lemma for h in reversed(hits) if h.last < at), "")
    right = next((h.trigger.lemma for h in hits if h.first > at), "")
    yield f"T.between.{left}|{right}"


def _of_words(ctx: Context) -> Iterator[str]:
    """The words near the item or its trigger."""
    units, spots = ctx.sentence.units, [ctx.mention.at]
    if ctx.governor.hit is not None and ctx.governor.distance <= _REACH:
        spots.append(ctx.governor.hit.first)
    near = sorted({n for spot in spots for n in range(max(0, spot - _CLOSE), min(len(units), spot + _CLOSE + 1))})
    yield from (f"T.near.{units[n].low}" for n in near if units[n].kind == "word")


def _of_item(ctx: Context) -> Iterator[str]:
    """How the item is spoken of: counted, definite, and the words on either side of it."""
    units, at, item = ctx.sentence.units, ctx.mention.at, ctx.item
    if item.quantity is not None:
        yield from ("T.counted", f"T.counted.{ctx.governor.lemma}")
    yield from (f"T.definite.{item.definite}", f"T.bare.{item.bare}", f"T.how.{ctx.how}")
    yield f"T.before.{label(units[at - 1]) if at else '^'}"
    yield f"T.after.{label(units[at + 1]) if at + 1 < len(units) else '$'}"


def _of_sides(ctx: Context, supplier: str | None, recipient: str | None) -> Iterator[str]:
    """Whether the parties are named in the sentence and where, whether the item is theirs, how early this is told."""
    places = ctx.talk.places[ctx.mention.sentence]
    here = {p.party for p in places}
    gives, gets = (str(party in here) if party else "open" for party in (supplier, recipient))
    yield from (f"T.s.{gives}", f"T.r.{gets}")
    yield from (f"T.sr.{gives}.{gets}.{ctx.governor.voice}", f"T.sr.{gives}.{gets}.{ctx.mention.kind}")
    for p in places:
        side = "l" if p.at < ctx.mention.at else "r"
        yield from (
            f"T.{role}at.{p.before}.{side}.{p.owner}"
            for role, party in (("s", supplier), ("r", recipient))
            if p.party == party
        )
    if supplier and ctx.item.made_by == supplier:
        yield "T.made"
    if recipient and ctx.item.owner == recipient:
        yield "T.owner"
    yield f"T.first.{min(ctx.mention.sentence, 3)}"


def _kind(hit: Hit) -> str:
    return "op" if hit.trigger.frame == "operator" else "noun" if hit.trigger.noun else "verb"


def _auxiliary(units: Sequence[Unit], at: int) -> str:
    """What stands before a verb: "will", "has been", "to be"; at most three words, adverbs left out."""
    kept: list[str] = []
    for u in reversed(units[max(0, at - 5) : at]):
        if u.low in _AUXILIARIES:
            kept.insert(0, u.low)
        elif not (u.low.endswith("ly") or u.low in ("also", "already", "now", "not", "n't", "never", "yet", "still")):
            break
        if len(kept) == 3:
            break
    return " ".join(kept) or "none"


_AUXILIARIES = frozenset(
    "will would shall should may might could can must to be been being is are was were has have had does do did "
    "'ll going set due expected likely".split()
)


def _words(units: Sequence[Unit], at: int, which: frozenset[str]) -> Iterator[tuple[str, bool]]:
    for n, u in enumerate(units):
        if u.low in which:
            yield u.low, abs(n - at) <= _NEAR


# -- whether and how surely -------------------------------------------------------------------------------


def polarity_features(ctx: Context, stage: Stage, fact: Factuality) -> list[str]:
    """What tells whether a transfer is affirmed or denied."""
    units, at = ctx.sentence.units, ctx.mention.at
    told = [
        "N",
        f"N.kind.{ctx.mention.kind}",
        f"N.rule.{fact.polarity}",
        f"N.rule.{fact.polarity}.{stage}",
        f"N.stage.{stage}",
    ]
    told += [f"N.cue.{kind}.{where}" for kind, where in _cues(ctx)]
    told += [f"N.word.{w}.{'near' if near else 'far'}" for w, near in _words(units, at, _DENIALS)]
    return told


_DENIALS = frozenset(
    "not n't no never none nothing neither nor without deny denied denies denial false untrue baseless rumour rumours "
    "fabrication dismissed rejected refuted single zero nobody yet cannot".split()
)


def certainty_features(
    ctx: Context, stage: Stage, polarity: Polarity, speaker: SpeakerKind, fact: Factuality
) -> list[str]:
    """What tells how surely a transfer is asserted."""
    units, at = ctx.sentence.units, ctx.mention.at
    told = ["C", f"C.rule.{fact.certainty}", f"C.stage.{stage}", f"C.rule.{fact.certainty}.{stage}"]
    told += [f"C.speaker.{speaker}", f"C.speaker.{speaker}.{stage}", f"C.polarity.{polarity}"]
    told += [f"C.cue.{kind}.{where}" for kind, where in _cues(ctx)]
    told += [f"C.word.{w}.{'near' if near else 'far'}" for w, near in _words(units, at, _DOUBTS)]
    if ctx.governor.hit is not None:
        told.append(f"C.aux.{_auxiliary(units, ctx.governor.hit.first)}")
    told += ["C.question"] if units and units[-1].text == "?" else []
    return told


_DOUBTS = frozenset(
    "may might could would reportedly allegedly supposedly purportedly apparently rumoured rumour rumours talk whether "
    "if likely expected set due probably perhaps possibly believed thought claimed claims claim alleged alleges said "
    "suspected unconfirmed speculation fear fears feared hope hopes ought should suggested according understood "
    "seems appears possible potential confirmed confirms media newspaper daily paper website channel sources source "
    "asked almost certainly".split()
)


def _cues(ctx: Context) -> Iterator[tuple[str, str]]:
    """The cues of the sentence with where they stand: near the item or its trigger, before it, or elsewhere."""
    units = ctx.sentence.units
    spots = [ctx.mention.at] + ([ctx.governor.hit.first] if ctx.governor.hit else [])
    at = 0
    while at < len(units):
        kind, size = cue_at(units, at)
        if size and units[at].text != "May":
            gap = min(abs(at - spot) for spot in spots)
            yield kind, "near" if gap <= 4 else "before" if at < min(spots) and gap <= 14 else "far"
        at += max(1, size)


# -- weighing ---------------------------------------------------------------------------------------------


def likeliest(names: Iterable[str], classes: Sequence[str], rows: Rows) -> str:
    """The class with most points: of several only one can be."""
    points = _points(names, rows, len(classes))
    return classes[max(range(len(classes)), key=lambda n: points[n])]


def _points(names: Iterable[str], rows: Rows, size: int) -> list[float]:
    points = [0.0] * size
    for name in dict.fromkeys(names):
        row = rows.get(name)
        if row is not None:
            points = list(map(add, points, row))
    return points
