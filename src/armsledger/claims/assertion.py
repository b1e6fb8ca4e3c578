"""What is asserted of a transfer: how far it has come, whether it is so, how surely. Features and their weighing.

Each of the three is a multinomial logit over the words around the item and its trigger: operators ("approved",
"offered"), tenses, cues of doubt and denial, signs of possession. The frames' own answer is one feature among them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from armsledger.claims.events import Event, Hit
from armsledger.claims.factuality import factuality
from armsledger.claims.roles import Context
from armsledger.claims.units import Unit
from armsledger.lexicon.grammar import grammar
from armsledger.model import Certainty, Polarity, SpeakerKind, Stage

STAGES = tuple(Stage)
POLARITIES = tuple(Polarity)
CERTAINTIES = tuple(Certainty)
_NEAR = 7  # units between an item or its trigger and a word that is said to stand near


def event_of(ctx: Context) -> Event:
    """The event that tells the mention's transfer, or a bare one around its governing trigger."""
    if ctx.mention.events:
        return ctx.mention.events[0]
    at, units = ctx.mention.at, ctx.sentence.units
    hit = ctx.governor.hit or Hit(grammar().triggers[("delivered",)][0], at, at)
    low, high = max(0, min(at, hit.first) - 12), min(len(units) - 1, max(at, hit.last) + 8)
    return Event(hit, (at,), (), (), hit.trigger.stage, low=low, high=high)


def stage_features(ctx: Context, supplier: str | None, recipient: str | None) -> list[str]:
    """What tells how far a transfer has come."""
    units, at, g = ctx.sentence.units, ctx.mention.at, ctx.governor
    told = ["T", f"T.kind.{ctx.mention.kind}", f"T.gov.{g.lemma}", f"T.{g.voice}.{g.left}"]
    if ctx.mention.events:
        fact = factuality(units, ctx.mention.events[0])
        told += [f"T.rule.{fact.stage}", f"T.rule.{fact.stage}.{ctx.mention.events[0].hit.trigger.frame}"]
    else:
        told.append("T.no rule")
    if g.hit is not None:
        form = " ".join(u.low for u in units[g.hit.first : g.hit.last + 1])
        told += [f"T.form.{form}", f"T.aux.{_auxiliary(units, g.hit.first)}.{g.frame}"]
        told.append(f"T.aux.{_auxiliary(units, g.hit.first)}.{g.lemma}")
    for hit in ctx.sentence.hits:
        side = "l" if hit.last < at else "r"
        near = abs(hit.first - at) <= _NEAR
        told += [f"T.hit.{hit.trigger.lemma}.{side}", f"T.hit.{hit.trigger.lemma}.{'near' if near else 'far'}"]
        told.append(f"T.stage.{hit.trigger.stage}.{side}.{'near' if near else 'far'}.{_kind(hit)}")
        told.append(f"T.auxany.{_auxiliary(units, hit.first)}.{hit.trigger.stage}")
    told += [f"T.word.{w}.{'near' if near else 'far'}" for w, near in _words(units, at, _TIME)]
    told += [f"T.title.{ctx.sentence.title}"]
    told += ["T.made"] if ctx.item.made_by == supplier and supplier else []
    told += ["T.owner"] if ctx.item.owner == recipient and recipient else []
    told += ["T.money"] if any(u.kind == "money" for u in units) else []
    told += ["T.open"] if recipient is None else []
    return told


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
_TIME = frozenset(
    "first already since last next later soon service fleet inventory arsenal operates operate flew flies used "
    "possible potential proposed planned expected plan plans talks interest wants would will not no never yet still "
    "if until delayed halted stopped suspended blocked frozen cancelled licence licences permit permits notified "
    "congress letter intent memorandum signed contract order ordered paid price tender bid bids offer offered "
    "arrived landed came come gone went handed received delivered deliveries delivery shipped sent transferred "
    "pledged promised announced approved cleared agreed requested asked considering negotiating shortlisted selected "
    "won awarded embargo ban refused rejected pending waiting due option options follow".split()
)


def _words(units: Sequence[Unit], at: int, which: frozenset[str]) -> Iterator[tuple[str, bool]]:
    for n, u in enumerate(units):
        if u.low in which:
            yield u.low, abs(n - at) <= _NEAR


# -- whether and how surely -------------------------------------------------------------------------------


def polarity_features(ctx: Context, stage: Stage) -> list[str]:
    """What tells whether a transfer is affirmed or denied."""
    units, at = ctx.sentence.units, ctx.mention.at
    fact = factuality(units, event_of(ctx))
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


def certainty_features(ctx: Context, stage: Stage, polarity: Polarity, speaker: SpeakerKind) -> list[str]:
    """What tells how surely a transfer is asserted."""
    units, at = ctx.sentence.units, ctx.mention.at
    fact = factuality(units, event_of(ctx))
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
    table, units = grammar().cues, ctx.sentence.units
    spots = [ctx.mention.at] + ([ctx.governor.hit.first] if ctx.governor.hit else [])
    at = 0
    while at < len(units):
        size = next((k for k in (3, 2, 1) if tuple(u.low for u in units[at : at + k]) in table), 0)
        if size and units[at].text != "May":
            kind = table[tuple(u.low for u in units[at : at + size])]
            gap = min(abs(at - spot) for spot in spots)
            where = "near" if gap <= 4 else "before" if at < min(spots) and gap <= 14 else "far"
            yield kind, where
        at += max(1, size)


def likeliest(names: Sequence[str], classes: Sequence[str], weights: Mapping[str, float]) -> tuple[str, float]:
    """The class with most points and its probability; a weight's name is the feature's, an arrow, and the class."""
    points = [sum(weights.get(f"{name}>{one}", 0.0) for name in names) for one in classes]
    top = max(points)
    powers = [math.exp(p - top) for p in points]
    best = max(range(len(classes)), key=lambda n: points[n])
    return classes[best], powers[best] / sum(powers)
