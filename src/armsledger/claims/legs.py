"""Second legs: what was transferred before is bought back, returned, resold, passed on, or feared to end up elsewhere.

Who supplies here is not who made it but who holds it: the recipient of an earlier leg. The sentence rarely says so; the
document does. So these are read by rules of their own, after all first legs of the document are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from armsledger.claims.frames import Hit
from armsledger.claims.mentions import ItemMention, Sentence
from armsledger.claims.roles import Context, Discourse, Place, governor_of
from armsledger.claims.units import ItemPhrase
from armsledger.claims.weighing import Option, item_key
from armsledger.model import Certainty, Polarity, Stage

TAKEN_BACK = frozenset(("buy back", "take back"))
GIVEN_BACK = frozenset(("return", "sell back"))
PASSED_ON = frozenset(("resell", "retransfer"))
_FEAR = frozenset(
    "fear fears feared concern concerns worry worries worried alarm alarmed risk risks warn warns warned warning "
    "danger suspicion suspicions afraid dread".split()
)
_ELSEWHERE = frozenset(
    "bolster strengthen diverted divert diversion reach reaching leak leaked smuggled hands passed retransferred "
    "transferred re-exported reexported shared".split()
)
_PHRASES = (("end", "up"), ("ending", "up"), ("find", "their"), ("find", "its"), ("fall", "into"), ("falling", "into"))


@dataclass(frozen=True, slots=True)
class Leg:
    """A second leg: where it is told, who holds the item and who would get it, and what the rule says of it."""

    context: Context
    option: Option
    rule: str
    stage: Stage
    certainty: Certainty | None = None
    polarity: Polarity | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A first leg that the document tells, with how surely."""

    supplier: str | None
    recipient: str | None
    item: ItemPhrase
    probability: float


def legs_of(
    sentences: Sequence[Sentence], talk: Discourse, mentions: Sequence[ItemMention], flows: Sequence[Flow]
) -> Iterator[Leg]:
    """The second legs of a document, in its order."""
    by_sentence: dict[int, list[ItemMention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    takers: dict[str, str] = {}  # who takes each item back: it is he that could pass it on
    for n, sentence in enumerate(sentences):
        here = by_sentence.get(n, [])
        for hit in sentence.hits:
            if hit.trigger.lemma in TAKEN_BACK | GIVEN_BACK:
                for leg in _back(sentences, talk, n, hit, here, flows):
                    if leg.option.recipient:
                        takers[item_key(leg.option.item)] = leg.option.recipient
                    yield leg
            elif hit.trigger.lemma in PASSED_ON:
                yield from _passed(sentences, talk, n, hit, here, takers)
        yield from _feared(sentences, talk, n, here, flows)


# -- bought back, returned, passed on ---------------------------------------------------------------------


def _back(
    sentences: Sequence[Sentence],
    talk: Discourse,
    n: int,
    hit: Hit,
    here: Sequence[ItemMention],
    flows: Sequence[Flow],
) -> Iterator[Leg]:
    mention = _beside(here, hit)
    actor = _actor(talk.places[n], hit)
    if mention is None or actor is None:
        return
    item, lemma = mention.items[0], hit.trigger.lemma
    target = _target(talk.places[n], hit)
    if lemma in TAKEN_BACK:
        holder = _holder(item, flows, actor, talk, n, hit)
        sides: tuple[str, str | None] | None = (holder, actor) if holder else None
    elif lemma in GIVEN_BACK:
        maker = _maker(item, flows, actor)
        party = target or _partner(talk.places[n], hit)
        sides = (actor, maker) if maker and maker == party and mention.at > hit.last else None
    if sides is not None and sides[0] != sides[1]:
        context = Context(sentences, talk, mention, governor_of(sentences[n], mention.at), item, mention.hows[0])
        yield Leg(context, Option(item, *sides), lemma, _stage(sentences[n], hit), polarity=_denied(sentences[n], hit))


def _denied(sentence: Sentence, hit: Hit) -> Polarity | None:
    """Denied where "not" or "no" stands before the verb or its operator: "is not negotiating over a return"."""
    operators = [h for h in sentence.hits if h.trigger.frame == "operator" and hit.first - 9 < h.first < hit.first]
    first = operators[0].first if operators else hit.first
    near = sentence.units[max(0, first - 3) : first] + sentence.units[max(0, hit.first - 3) : hit.first]
    return Polarity.DENIED if any(u.low in ("not", "n't", "never", "no") for u in near) else None


def _passed(
    sentences: Sequence[Sentence],
    talk: Discourse,
    n: int,
    hit: Hit,
    here: Sequence[ItemMention],
    takers: Mapping[str, str],
) -> Iterator[Leg]:
    """ "to then resell them to other clients", "reports of a resale to Aland": by him who took the item back."""
    mention = _beside(here, hit)
    if mention is None:
        return
    item = next((i for i in mention.items if item_key(i) in takers), mention.items[0])
    holder = takers.get(item_key(item)) or (None if hit.trigger.noun else _actor(talk.places[n], hit))
    target = _target(talk.places[n], hit) or _buyer(sentences[n], talk.places[n], hit)
    if holder is None or holder == target or not (target or _is_open(sentences[n], hit)):
        return
    context = Context(sentences, talk, mention, governor_of(sentences[n], mention.at), item, mention.hows[0])
    could = any(u.low in _COULD for u in sentences[n].units[max(0, hit.first - 3) : hit.first])
    certainty = Certainty.POSSIBLE if could else None
    yield Leg(context, Option(item, holder, target), hit.trigger.lemma, _stage(sentences[n], hit), certainty)


_COULD = frozenset("could may might reportedly possibly perhaps".split())


def _beside(here: Sequence[ItemMention], hit: Hit) -> ItemMention | None:
    """The mention nearest to a verb or noun, within eight words."""
    mention = min(here, key=lambda m: (abs(m.at - hit.last), m.at), default=None)
    return mention if mention is not None and abs(mention.at - hit.last) <= 8 else None


def _partner(places: Sequence[Place], hit: Hit) -> str | None:
    """ "is not negotiating with Borduria over a return": the party behind "with" before the noun."""
    return next((p.party for p in places if hit.first - 8 < p.at < hit.first and p.before == "with"), None)


def _buyer(sentence: Sentence, places: Sequence[Place], hit: Hit) -> str | None:
    """The one party behind the verb that the sentence calls a buyer: "named Aland as a possible buyer"."""
    if not any(u.low in ("buyer", "customer", "client", "recipient") for u in sentence.units[hit.last :]):
        return None
    behind = {p.party for p in places if p.at > hit.last and p.how != "demonym"}
    return behind.pop() if len(behind) == 1 else None


def _actor(places: Sequence[Place], hit: Hit) -> str | None:
    """The nearest party before the verb that is no mere voice and stands behind no preposition."""
    for place in reversed(places):
        if place.at < hit.first and place.before in ("", ",", "and") and not place.owner and place.how != "demonym":
            return place.party
    return None


def _target(places: Sequence[Place], hit: Hit) -> str | None:
    """The party behind "to" or "for" after the verb."""
    return next((p.party for p in places if hit.last < p.at <= hit.last + 14 and p.before in ("to", "for")), None)


def _holder(item: ItemPhrase, flows: Sequence[Flow], maker: str, talk: Discourse, n: int, hit: Hit) -> str | None:
    """Who got the item from its maker: named behind the verb, else by what the document tells; None where two did."""
    behind = [
        p.party for p in talk.places[n] if hit.last < p.at <= hit.last + 12 and p.party != maker and len(p.party) == 3
    ]
    if len(set(behind)) == 1:
        return behind[0]
    key = item_key(item)
    sums: dict[str, float] = {}
    for flow in flows:
        if flow.recipient and flow.supplier == maker and item_key(flow.item) == key:
            sums[flow.recipient] = sums.get(flow.recipient, 0.0) + flow.probability
    named = {p.party for p in talk.places[n]} & sums.keys()
    known = sorted(((p, who) for who, p in sums.items() if not named or who in named), reverse=True)
    if not known or (len(known) > 1 and known[1][0] > 0.5 * known[0][0]):
        return None
    return known[0][1]


def _maker(item: ItemPhrase, flows: Sequence[Flow], holder: str) -> str | None:
    """Who supplied the holder, by what the document tells, else the item's origin."""
    key = item_key(item)
    told = {f.supplier for f in flows if f.recipient == holder and f.supplier and item_key(f.item) == key}
    if len(told) == 1:
        return told.pop()
    return item.origin if item.origin != holder else None


_CLIENTS = frozenset("clients customers buyers countries third others states parties".split())


def _is_open(sentence: Sentence, hit: Hit) -> bool:
    return any(u.low in _CLIENTS for u in sentence.units[hit.last : hit.last + 9])


def _stage(sentence: Sentence, hit: Hit) -> Stage:
    """The stage of the outermost operator before the verb; without one, and without a past tense, a plan."""
    operators = [h for h in sentence.hits if h.trigger.frame == "operator" and hit.first - 9 < h.first < hit.first]
    if operators and hit.trigger.lemma not in PASSED_ON:
        return operators[0].trigger.stage
    if hit.trigger.noun:
        return Stage.CONSIDERED
    before = [u.low for u in sentence.units[max(0, hit.first - 3) : hit.first]]
    past = sentence.units[hit.first].low.endswith(("ed", "ought", "old", "ook", "ent"))
    return (
        Stage.DELIVERED
        if past and not set(before) & {"to", "be", "would", "could", "may", "might"}
        else (Stage.CONSIDERED)
    )


# -- feared elsewhere -------------------------------------------------------------------------------------


def _feared(
    sentences: Sequence[Sentence], talk: Discourse, n: int, here: Sequence[ItemMention], flows: Sequence[Flow]
) -> Iterator[Leg]:
    """ "observers fear that the missiles could bolster Borduria": from the buyer that the document tells of."""
    units = sentences[n].units
    fear = next((at for at, u in enumerate(units) if u.low in _FEAR), None)
    if fear is None or not here:
        return
    spot = next((at for at in range(fear, len(units)) if _goes_elsewhere(sentences[n], at)), None)
    if spot is None:
        return
    place = next((p for p in talk.places[n] if spot < p.at <= spot + 9), None)
    mention = next((m for m in here if fear < m.at < spot + 9), None)
    if place is None or mention is None:
        return
    for item in mention.items:
        sold = [f for f in flows if item_key(f.item) == item_key(item) and f.recipient and f.probability > 0.5]
        best = max(sold, key=lambda f: f.probability, default=None)
        if best is not None and best.recipient and place.party not in (best.recipient, best.supplier):
            governor = governor_of(sentences[n], mention.at)
            context = Context(sentences, talk, mention, governor, best.item, "like")
            option = Option(best.item, best.recipient, place.party)
            yield Leg(context, option, "feared", Stage.CONSIDERED, Certainty.POSSIBLE)
            return


def _goes_elsewhere(sentence: Sentence, at: int) -> bool:
    units = sentence.units
    return units[at].low in _ELSEWHERE or tuple(u.low for u in units[at : at + 2]) in _PHRASES
