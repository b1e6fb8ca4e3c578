"""Who could supply and who could receive the item of a mention, and what the text says for each: features, by name.

A feature is a short string such as ``R.to.give`` (the party stands after "to", beside a verb of giving). Each has a
weight that is fitted on annotated documents, so no rule here decides: it only tells where a party stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from armsledger.claims.factuality import Factuality
from armsledger.claims.frames import Hit, Side
from armsledger.claims.mentions import SPEAKING, ItemMention, Sentence, is_passive
from armsledger.claims.units import ItemPhrase, Unit, systems
from armsledger.lexicon.grammar import grammar

BACK = 3  # sentences before the mention's own in which parties are looked for


@dataclass(frozen=True, slots=True)
class Place:
    """Where a party stands in a sentence: the unit, the preposition before it ("said" for a mere voice), and whether it
    is the first.
    """

    party: str
    at: int
    before: str
    owner: bool
    how: str
    first: bool


@dataclass(slots=True)
class Discourse:
    """What a document has talked of, sentence by sentence: places of parties, their weights, their counts."""

    places: list[tuple[Place, ...]] = field(default_factory=list)
    weights: list[Mapping[str, float]] = field(default_factory=list)
    rank: dict[str, int] = field(default_factory=dict)
    titled: frozenset[str] = frozenset()
    lead: frozenset[str] = frozenset()  # the parties of the first sentence
    gave: dict[str, int] = field(default_factory=dict)  # how often the frames of the document name a party as supplier
    got: dict[str, int] = field(default_factory=dict)  # and as recipient
    told: dict[int, tuple[str, ...]] = field(default_factory=dict)  # what each sentence says of all its mentions
    facts: dict[tuple[int, int, int], Factuality] = field(default_factory=dict)  # what cues make of each event
    staged: dict[int, list[float]] = field(default_factory=dict)  # the points of stages by what each sentence says
    tone: str = ""  # how much the document speaks of armed forces and how much of airlines and the like


@dataclass(frozen=True, slots=True)
class Governor:
    """The trigger nearest to a mention: its lemma, frame, voice, and whether it stands before the item."""

    hit: Hit | None
    lemma: str
    frame: str
    passive: bool
    left: bool
    distance: int

    @property
    def voice(self) -> str:
        return self.frame + ("-" if self.passive else "+")


def discourse_of(sentences: Sequence[Sentence], headline: Sequence[Sentence] = ()) -> Discourse:
    """Weights fade by the sentence; a subject weighs more than a mention, a possessive more than a company.

    A ``headline`` that is no part of the text is talked of first and has no place of its own.
    """
    talk = Discourse()
    weights: dict[str, float] = {}
    counts: dict[str, int] = {}
    titled: set[str] = set()
    for n, sentence in enumerate((*headline, *sentences), -len(headline)):
        places = tuple(_places(sentence.units))
        fade = 0.5 if sentence.opens else 0.8
        weights = {party: w * fade for party, w in weights.items() if w > 0.05}
        if sentence.head:
            weights[sentence.head] = weights.get(sentence.head, 0.0) + 2.0
        for p in places:
            gain = 2.0 if p.owner else 3.0 if p.first and p.before == "" else 1.0
            gain = 0.4 if p.before in ("from", "in", "with", "by", "at", "against") else gain
            gain = 0.4 if p.how in ("company", "made") else gain
            weights[p.party] = weights.get(p.party, 0.0) + gain
            counts[p.party] = counts.get(p.party, 0) + 1
            if sentence.title:
                titled.add(p.party)
        _remember(talk, sentence)
        if n >= 0:
            talk.places.append(places)
            talk.weights.append(dict(weights))
    talk.tone = _tone(sentences)
    order = sorted(counts, key=lambda party: (-counts[party], party))
    talk.rank = {party: n for n, party in enumerate(order)}
    talk.titled = frozenset(titled)
    talk.lead = frozenset(p.party for places in talk.places[:1] for p in places)
    return talk


def _tone(sentences: Sequence[Sentence]) -> str:
    """A document's words of civil life and of armed forces, each as few, some or many."""
    words = grammar()
    civil = military = 0
    for sentence in sentences:
        for u in sentence.units:
            civil += u.low in words.civil
            military += u.low in words.military or u.how == "service"
    return f"{_some(civil)}.{_some(military)}"


def _some(count: int) -> str:
    return "none" if not count else "few" if count < 3 else "some" if count < 7 else "many"


def _remember(talk: Discourse, sentence: Sentence) -> None:
    """Who gives and who gets, by the frames alone: an article about one buyer says so many times."""
    for event in sentence.events:
        for party in {s.party for s in event.suppliers if s.party}:
            talk.gave[party] = talk.gave.get(party, 0) + 1
        for party in {s.party for s in event.recipients if s.party}:
            talk.got[party] = talk.got.get(party, 0) + 1
    for u in sentence.units:
        if u.item and u.item.made_by:
            talk.gave[u.item.made_by] = talk.gave.get(u.item.made_by, 0) + 1
        if u.item and u.item.owner:
            talk.got[u.item.owner] = talk.got.get(u.item.owner, 0) + 1


_PREPOSITIONS = frozenset(
    "to for from by with in of against between and or at into on via through over under like than as".split()
)
_SKIPPED = frozenset("the a an its their both neighbouring neighboring nearby fellow ally then former".split())


def _places(units: Sequence[Unit]) -> Iterator[Place]:
    first = True
    for at, u in enumerate(units):
        if u.kind not in SPEAKING or not u.party:
            continue
        back = at - 1
        while back >= 0 and (units[back].low in _SKIPPED or units[back].low in grammar().passed):
            back -= 1
        before = units[back].low if back >= 0 and units[back].low in _PREPOSITIONS else ""
        if back >= 0 and units[back].text == ",":
            before = ","
        owner = at + 1 < len(units) and units[at + 1].low in ("'s", "'", "’")
        if _speaks(units, at):
            before = "said"
        yield Place(u.party, at, before, owner, u.how.split()[0] if u.kind == "party" else u.kind, first)
        first = first and before == "said"


def _speaks(units: Sequence[Unit], at: int) -> bool:
    """Whether a party is only the voice: "U.S. officials have said ..."; it has no part in what is said."""
    for u in units[at + 1 : at + 8]:
        if u.kind in SPEAKING or u.item or u.text in ",;:":
            return False
        if u.low in grammar().reporting and u.kind == "word":
            return True
    return False


# -- the mention and what governs it ----------------------------------------------------------------------


def governor_of(sentence: Sentence, at: int) -> Governor:
    """The trigger nearest to a unit: one that is no operator where there is one within reach."""
    best: tuple[int, Hit] | None = None
    for hit in sentence.hits:
        distance = at - hit.last if hit.last < at else hit.first - at
        distance += 6 if hit.trigger.frame == "operator" else 0
        distance += 2 if hit.first > at else 0
        distance += 4 * sum(1 for u in sentence.units[min(at, hit.last) + 1 : max(at, hit.first)] if u.text in ",;:")
        if best is None or distance < best[0]:
            best = (distance, hit)
    if best is None or best[0] > 24:
        return Governor(None, "none", "none", passive=False, left=False, distance=99)
    hit = best[1]
    frame = _frame(hit)
    frame = "person" if hit.trigger.person else frame
    return Governor(hit, hit.trigger.lemma, frame, is_passive(sentence.units, hit), hit.last < at, best[0])


def mention_features(ctx: Context, parties: int) -> list[str]:
    """What speaks for a mention being part of a transfer at all, whoever takes part."""
    sentence, mention, governor, item = ctx.sentence, ctx.mention, ctx.governor, ctx.item
    units, at, kind = sentence.units, mention.at, mention.kind
    told = [
        "M",
        f"M.kind.{kind}",
        f"M.lemma.{governor.lemma}",
        f"M.{kind}.{governor.voice}",
        f"M.near.{bucket(governor.distance)}.{governor.left}",
        f"M.parties.{min(parties, 4)}",
        f"M.event.{bool(mention.events)}.{kind}",
    ]
    told += [f"A.{kind}.{ctx.how}", f"A.{ctx.how}.{len(mention.items)}"]
    if ctx.how != "own":
        named = {p.party for p in ctx.talk.places[mention.sentence]}
        told += [f"A.{kind}.{ctx.how}.origin {item.origin in named}", f"A.definite.{item.definite}.{ctx.how}"]
    told += [f"M.frame.{e.hit.trigger.frame}" for e in mention.events[:1]]
    told += [f"M.tone.{ctx.talk.tone}", f"M.tone.{ctx.talk.tone}.{kind}"]
    told += [f"M.category.{category_of(item.system)}"] if item.system else []
    told += ["M.counted"] if item.quantity is not None else []
    told += ["M.made"] if item.made_by else []
    told += ["M.owner"] if item.owner else []
    told += ["M.origin" if item.origin else "M.no origin"]
    told += ["M.weak"] if item.weak else []
    shared = ctx.talk.told.get(mention.sentence)
    if shared is None:
        shared = ctx.talk.told[mention.sentence] = tuple(_of_sentence(sentence))
    told += shared
    told += [f"M.foreign sales.{kind}"] if "M.foreign sales" in shared else []
    after = units[at + 1].low if at + 1 < len(units) else "."
    before = units[at - 1].low if at else "^"
    told += [f"M.after.{after}", f"M.before.{before}"]
    told.append(f"M.head word.{item.head.lower()}")
    return told


def _of_sentence(sentence: Sentence) -> Iterator[str]:
    """What a sentence says of every mention in it."""
    units, words = sentence.units, grammar()
    if any(u.low in words.civil for u in units):
        yield "M.airline"
    if any(u.low in words.military or u.how == "service" for u in units):
        yield "M.forces"
    if any(u.kind == "money" for u in units):
        yield "M.money"
    if _foreign_sales(units):
        yield "M.foreign sales"
    if sentence.title:
        yield "M.title"
    if sentence.head:
        yield "M.head"
    yield from (f"M.op.{h.trigger.lemma}" for h in sentence.hits[:12] if h.trigger.frame == "operator")
    yield from (f"M.word.{u.low}" for u in units if u.low in _TELLING)


@cache
def category_of(system: str) -> str:
    """The category of a system in the lexicon."""
    entry = systems().get(system)
    return entry.type if entry else "none"


def _foreign_sales(units: Sequence[Unit]) -> bool:
    """Whether a sentence speaks of foreign military sales, a programme of the United States."""
    lows = [u.low for u in units]
    return "fms" in lows or any(lows[i : i + 2] == ["foreign", "military"] for i in range(len(lows)))


_TELLING = frozenset(
    "attack attacks attacked struck strike strikes strikes fired launched shot destroyed captured seized exercise "
    "exercises troops killed test tested tests domestically indigenous own homegrown developed development joint "
    "crashed crash pilot pilots parade customer customers export exports embargo ban rival rivals threat war "
    "fleet inventory service arsenal supplier ally allies deal deals price licence license stocks stock surplus "
    "replace replaced replacing instead swap return back".split()
)


def bucket(distance: int) -> str:
    """A distance in units, as one of a few steps."""
    for limit in (1, 3, 6, 10, 16):
        if distance <= limit:
            return str(limit)
    return "far"


# -- parties ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Context:
    """All that the features of one mention's parties are made from."""

    sentences: Sequence[Sentence]
    talk: Discourse
    mention: ItemMention
    governor: Governor
    item: ItemPhrase
    how: str  # how the item was come by

    @property
    def sentence(self) -> Sentence:
        return self.sentences[self.mention.sentence]


def parties_of(ctx: Context) -> list[str]:
    """The parties that could have a role: those of the sentence and a few before it, the focus, the item's makers."""
    n, item = ctx.mention.sentence, ctx.item
    found: dict[str, None] = {}
    for back in range(n, max(-1, n - BACK - 1), -1):
        for place in ctx.talk.places[back]:
            found.setdefault(place.party)
    for after in range(n + 1, min(len(ctx.sentences), n + 2)):
        if not ctx.sentences[after].opens:
            for place in ctx.talk.places[after]:
                found.setdefault(place.party)
    for party in (item.made_by, item.owner, item.origin, ctx.sentence.head):
        if party:
            found.setdefault(party)
    for party in sorted(ctx.talk.weights[n], key=lambda p: -ctx.talk.weights[n][p])[:4]:
        found.setdefault(party)
    for party, rank in ctx.talk.rank.items():
        if rank < 2 or party in ctx.talk.titled or party in ctx.talk.lead:
            found.setdefault(party)
    return list(found)[:14]


def around(ctx: Context, party: str | None) -> list[str]:
    """Where a party stands for a mention, whatever the item and the role; None is an open side. Names lack the role."""
    here = ctx.talk.places[ctx.mention.sentence]
    if party is None:
        return _open(ctx, here)
    told = [f"code.{'state' if len(party) == 3 and party.isupper() else 'group'}"]
    told += ["head"] if party == ctx.sentence.head else []
    places = [p for p in here if p.party == party]
    if places:
        told.append("here")
        told += [name for p in places[:3] for name in _standing(ctx, p, here)]
    else:
        told += _elsewhere(ctx, party, here)
    if party == "USA" and _foreign_sales(ctx.sentence.units):
        told.append("foreign sales")
    rank, near = ctx.talk.rank.get(party, 9), "here" if places else "away"
    told += [f"rank.{min(rank, 4)}.{near}", f"lead.{party in ctx.talk.lead}.{near}"]
    told += [f"title.{party in ctx.talk.titled}.{near}"] if ctx.talk.titled else []
    gave, got = min(ctx.talk.gave.get(party, 0), 3), min(ctx.talk.got.get(party, 0), 3)
    told += [f"past.{gave}.{got}", f"leads.{_leads(ctx, party)}.{near}"]
    return told


def of_item(ctx: Context, party: str | None, role: str, sides: Mapping[str, str]) -> list[str]:
    """What the item and the frames say of a party in a role ("S" supplier, "R" recipient)."""
    item, g = ctx.item, ctx.governor
    if party is None:
        return [f"{role}.open.origin"] if item.origin else []
    told = [f"{role}.rule.{sides[party]}"] if party in sides else [f"{role}.rule none.{bool(sides)}"]
    if party == item.origin:
        told += [f"{role}.origin", f"{role}.origin.{g.voice}", f"{role}.origin.{ctx.mention.kind}"]
    elif item.origin:
        told.append(f"{role}.not origin")
    told += [f"{role}.made by"] if party == item.made_by else []
    told += [f"{role}.owner"] if party == item.owner else []
    return told


def _leads(ctx: Context, party: str) -> str:
    """Whether a party is the document's foremost buyer or seller by its frames."""
    got, gave = ctx.talk.got, ctx.talk.gave
    buys = bool(got) and got.get(party, 0) == max(got.values())
    sells = bool(gave) and gave.get(party, 0) == max(gave.values())
    return "both" if buys and sells else "buys" if buys else "sells" if sells else "none"


def _open(ctx: Context, here: Sequence[Place]) -> list[str]:
    g = ctx.governor
    told = [
        "open",
        f"open.{ctx.mention.kind}",
        f"open.{len({p.party for p in here})}",
        f"open.{g.voice}",
    ]
    told += ["open partners"] if any(e.open_recipient for e in ctx.mention.events) else []
    told += [f"open.word.{u.low}" for u in ctx.sentence.units if u.low in _UNNAMED]
    return told


_UNNAMED = frozenset(
    "customer customers buyer buyers countries country allies partners abroad overseas foreign export exports "
    "clients nations states undisclosed unnamed".split()
)


def _standing(ctx: Context, place: Place, here: Sequence[Place]) -> Iterator[str]:
    """Where a party stands in the mention's own sentence: against the item, against the governing trigger."""
    at, g = ctx.mention.at, ctx.governor
    side = "l" if place.at < at else "r"
    what = "'s" if place.owner else place.before or ("1st" if place.first else "-")
    yield f"{side}.{what}"
    yield f"{side}.{what}.{g.voice}"
    yield f"{side}.{bucket(abs(place.at - at))}"
    yield f"how.{place.how}.{side}"
    if g.hit is not None:
        beside = "l" if place.at < g.hit.first else "r"
        yield f"{beside}.{what}.{g.lemma}"
        yield f"{beside}.{g.voice}.{what}"
        yield f"{beside}.{bucket(abs(place.at - g.hit.first))}.{g.frame}"
        if beside == "l":
            others = [p for p in here if place.at < p.at < g.hit.first and p.party != place.party]
            yield f"subject.{min(len(others), 2)}.{g.voice}"
    low, high = min(place.at, at), max(place.at, at)
    between = ctx.sentence.units[low + 1 : high]
    if any(u.text in ";:()" or u.low in _CUTS for u in between):
        yield f"cut.{side}"
    if any(u.low in grammar().reporting for u in between):
        yield f"reported.{side}"
    if any(u.item for u in between):
        yield f"item between.{side}"
    crossed = {h.trigger.frame for h in ctx.sentence.hits if low < h.first < high and h is not g.hit}
    yield from (f"across.{frame}.{side}" for frame in sorted(crossed))
    yield from _paths(ctx, place, side, between)
    nearest = min(here, key=lambda p: abs(p.at - at))
    yield f"nearest.{nearest.party == place.party}"
    if len({p.party for p in here}) == 1:
        yield f"only.{g.voice}"


def _paths(ctx: Context, place: Place, side: str, between: Sequence[Unit]) -> Iterator[str]:
    """The words right beside a party, the short way from it to the item, and the triggers on a long one."""
    units = ctx.sentence.units
    yield f"next.{label(units[place.at + 1]) if place.at + 1 < len(units) else '.'}.{side}"
    yield f"prev.{label(units[place.at - 1]) if place.at else '^'}.{side}"
    if len(between) <= 4:
        yield f"path.{side}.{' '.join(label(u) for u in between)}"
    low, high = min(place.at, ctx.mention.at), max(place.at, ctx.mention.at)
    chain = [h for h in ctx.sentence.hits if low < h.first < high][:4]
    if chain:
        yield f"chain.{side}.{'>'.join(h.trigger.lemma for h in chain)}"
        yield f"frames.{side}.{'>'.join(_frame(h) for h in chain)}"
    yield f"commas.{side}.{min(sum(1 for u in between if u.text == ','), 3)}"


def _frame(hit: Hit) -> str:
    return ("noun." + (hit.trigger.side or "any")) if hit.trigger.noun else hit.trigger.frame


def label(unit: Unit) -> str:
    """A word as it is; of a name, an item or a number only its kind."""
    return unit.low if unit.kind in ("word", "punct") else unit.kind


_CUTS = frozenset("but while although though because whereas after before when if which who that where".split())


def _elsewhere(ctx: Context, party: str, here: Sequence[Place]) -> Iterator[str]:
    """Where a party that the sentence does not name was named, and how much the talk is of it."""
    n = ctx.mention.sentence
    crowd = min(len({p.party for p in here}), 2)
    yield f"away.{crowd}"
    yield f"away.{ctx.mention.kind}"
    for back in range(n - 1, max(-1, n - BACK - 1), -1):
        found = [p for p in ctx.talk.places[back] if p.party == party]
        if found:
            what = "'s" if found[0].owner else found[0].before or ("1st" if found[0].first else "-")
            yield f"back.{n - back}.{crowd}"
            yield f"back.{what}"
            break
    else:
        yield f"far.{crowd}"
    order = sorted(ctx.talk.weights[n], key=lambda p: -ctx.talk.weights[n][p])
    order = [p for p in order if p not in {q.party for q in here}]
    yield f"focus.{min(order.index(party), 3) if party in order else 9}.{crowd}"
    if any(u.low in ("it", "its", "they", "their", "he", "we", "our") for u in ctx.sentence.units[: ctx.mention.at]):
        yield f"pronoun.{min(order.index(party), 2) if party in order else 9}"


class PairKey(NamedTuple):
    """All that the features of a supplier and a recipient together depend on. Few of them are different."""

    supplier: str  # where the supplier stands: here, away, origin, open
    recipient: str
    given: bool  # whether the frames name the supplier
    got: bool
    order: str  # of supplier, recipient and item in the sentence; empty where one of them is not in it
    kind: str
    frame: str
    voice: str
    home: str  # the governing lemma, where the recipient is the item's origin


Spot = tuple[str, int | None]  # where a party stands, in a word, and its first unit in the sentence


def spots_of(ctx: Context, parties: Iterable[str | None]) -> dict[str | None, Spot]:
    """Where each party stands for an item."""
    first: dict[str, int] = {}
    for place in ctx.talk.places[ctx.mention.sentence]:
        first.setdefault(place.party, place.at)
    return {party: _spot(ctx.item, party, first.get(party) if party else None) for party in parties}


def _spot(item: ItemPhrase, party: str | None, at: int | None) -> Spot:
    if party is None:
        return "open", None
    if at is not None:
        return "here", at
    return ("origin" if party in (item.origin, item.made_by) else "away"), None


def pair_key(ctx: Context, supplier: Spot, recipient: Spot, ruled: tuple[bool, bool], *, home: bool) -> PairKey:
    """What two parties have to do with each other; ``ruled`` tells which of them the frames name, ``home`` whether the
    recipient is the item's origin.
    """
    (one, s), (other, r) = supplier, recipient
    order = ""
    if s is not None and r is not None:
        order = "".join(x for _, x in sorted(((s, "s"), (r, "r"), (ctx.mention.at, "i"))))
    g = ctx.governor
    lemma = g.lemma if home else ""
    return PairKey(one, other, *ruled, order, ctx.mention.kind, g.frame, g.voice, lemma)


def pair_features(pair: PairKey) -> list[str]:
    """What speaks for two parties together."""
    both = f"{pair.supplier}.{pair.recipient}"
    told = [f"P.{both}", f"P.{both}.{pair.kind}", f"P.{both}.{pair.frame}"]
    ruled = f"P.ruled.{pair.given:d}{pair.got:d}"
    told += [f"{ruled}.{pair.kind}", f"{ruled}.{both}"]
    if pair.order:
        told += [f"P.order.{pair.order}.{pair.voice}", f"P.order.{pair.order}"]
    if "open" in (pair.supplier, pair.recipient):
        told.append(f"P.one.{pair.kind}")
    if pair.home:
        told.append(f"P.home.{pair.home}")
    return told


def rule_sides(ctx: Context) -> tuple[dict[str, str], dict[str, str]]:
    """The suppliers and the recipients that the frames of the mention's events name, each with how."""

    def told(sides: Sequence[Side]) -> Iterator[tuple[str, str]]:
        for side in sides:
            if side.party:
                yield side.party, side.how

    suppliers: dict[str, str] = {}
    recipients: dict[str, str] = {}
    for event in ctx.mention.events:
        frame = "noun" if event.hit.trigger.noun else event.hit.trigger.frame
        suppliers |= {p: frame for p, _ in told(event.suppliers)}
        recipients |= {p: frame for p, _ in told(event.recipients)}
    return suppliers, recipients


def coordinated(sentence: Sentence, places: Sequence[Place]) -> list[frozenset[str]]:
    """The lists of parties in a sentence: "Aland, Borduria and Syldavia" is one. A party that stands elsewhere in the
    sentence too has a part of its own, and its list is left out.
    """
    lists: list[set[str]] = []
    for one, two in pairwise(places):
        between = sentence.units[one.at + 1 : two.at]
        if one.party == two.party or not between or len(between) > 5:
            continue
        joins = any(u.low in ("and", "or", "&") or u.text == "," for u in between)
        if joins and all(u.low in _JOINING or u.text == "," for u in between):
            if lists and one.party in lists[-1]:
                lists[-1].add(two.party)
            else:
                lists.append({one.party, two.party})
    once = Counter(place.party for place in places)
    return [frozenset(group) for group in lists if all(once[party] == 1 for party in group)]


_JOINING = frozenset("and or & the as well to for both also of from air force forces army navy reserves".split())
