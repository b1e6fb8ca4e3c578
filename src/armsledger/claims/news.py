"""Reads news: passes over sentences, each a function from values to values.

    1 gate         is anything here about arms and a transfer of them?           (document)
    2 mentions     names and noun phrases                                        (sentence, units.py)
    3 discourse    whose article is this just now? last company, last items      (document)
    4 events       triggers, frames, arguments                                   (sentence, events.py)
    5 sweep        a named system that no event took: who has it, from whom?     (sentence)
    6 factuality   stage, polarity, certainty, speaker                           (factuality.py, speakers.py)
    7 claims       open sides filled, weighed, told once                         (document)

Every claim keeps how each slot was filled; the ways have points, the points a threshold. Silence is always allowed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from armsledger.claims.events import Event, Hit, Side, find_events, find_hits
from armsledger.claims.factuality import Factuality, factuality
from armsledger.claims.speakers import AUTHOR, Speaker, speaker_of
from armsledger.claims.units import ItemPhrase, Unit, cut, systems
from armsledger.lexicon.entries import COMPILED
from armsledger.lexicon.grammar import grammar
from armsledger.lexicon.matcher import Mention, NameKind, matcher
from armsledger.model import (
    Anchor,
    Certainty,
    Claim,
    Document,
    Meaning,
    Mode,
    Money,
    Polarity,
    SectionKind,
    Silence,
    Span,
    SpeakerKind,
    Stage,
)
from armsledger.text.offsets import View, view
from armsledger.text.sentences import sentence_spans

READER = "news/1"
LEAST_EVIDENCE = Decimal("0.4")  # log odds: chosen for precision on the development news

_GATE = re.compile(
    r"\b(?:arms|weapon|missile|rocket|tank|howitzer|artillery|warship|frigate|corvette|submarine|"
    r"destroyer|fighter|warplane|jet|helicopter|drone|UAV|munition|ammunition|bomb|"
    r"military|defen[cs]e|army|navy|air force|radar|armou?red|rifle|torpedo|gunship|interceptor|mortar|grenade)s?\b",
    re.IGNORECASE,
)
_DEAL = re.compile(
    r"\b(?:s[oe]ll|sold|sale|buy|bought|purchas|acqui|procure|deliver|suppl|ship(?:ped|ping|ment)|"
    r"export|import|donat|transfer|order|contract|deal\b|lease|lend|lent|gift|hand(?:ed|ing) over|"
    r"approv|request|offer|agree|sign|embargo|ban|provid|receiv|arm(?:ed|ing)\b|equip|send|sent|"
    r"deploy|operat|return|resale|licen[cs]e|aid\b|assist|us(?:ed|ing)|from|made|built)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Sentence:
    """One sentence of a document while it is read: its units, triggers and events, and where it begins a paragraph."""

    units: list[Unit]
    hits: list[Hit]
    events: list[Event]
    opens: bool
    quoted: bool = False


@dataclass(slots=True)
class Discourse:
    """What a document has talked of so far: weights of parties, the last company, the last items."""

    weights: dict[str, float] = field(default_factory=dict)
    sellers: dict[str, float] = field(default_factory=dict)
    company: str | None = None
    company_name: str | None = None
    items: list[ItemPhrase] = field(default_factory=list)
    party: str | None = None
    named: dict[str, int] = field(default_factory=dict)
    topic: ItemPhrase | None = None

    def main(self, without: Iterable[str | None]) -> str | None:
        """The party named at least twice as often as any other in the whole document.

        The seller of "arms sales to X".
        """
        known = sorted(((n, p) for p, n in self.named.items() if p not in set(without)), reverse=True)
        return (
            known[0][1] if known and known[0][0] >= 2 and (len(known) == 1 or known[0][0] >= 2 * known[1][0]) else None
        )

    def focus(self, without: Iterable[str | None] = ()) -> str | None:
        """The party that the document is about just now, others left out; None where two are as likely."""
        known = sorted(((w, p) for p, w in self.weights.items() if p not in set(without)), reverse=True)
        if not known or (len(known) > 1 and known[0][0] < 1.15 * known[1][0]):
            return None
        return known[0][1] if known[0][0] >= 1.0 else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim in the making: the event, what fills each slot and how, and the points for it."""

    sentence: int
    event: Event | None
    item: ItemPhrase
    item_unit: Unit
    supplier: str | None
    recipient: str | None
    how_supplier: str
    how_recipient: str
    fact: Factuality
    speaker: Speaker
    value: Money | None
    open_recipient: bool
    low: int
    high: int
    mode: Mode | None = None
    date: str | None = None


def candidates_of(document: Document) -> tuple[list[Candidate], list[Sentence], list[View]]:
    """Every claim in the making of a document, with its sentences and the copy that each sentence's units stand in."""
    copies = [view(document.text, span.start, span.end) for span in _body(document)]
    sentences: list[Sentence] = []
    places: list[View] = []
    for copy in copies:
        for sentence in _sentences(copy):
            sentences.append(sentence)
            places.append(copy)
    return _candidates(sentences, [c.text for c in places]), sentences, places


def _body(document: Document) -> list[Span]:
    body = [
        Span(s.start, s.end)
        for s in document.sections
        if s.kind in (SectionKind.BODY, SectionKind.HEADING, SectionKind.TITLE)
    ]
    return body or [Span(0, len(document.text))]


def read_news(document: Document, least: Decimal = LEAST_EVIDENCE) -> tuple[tuple[Claim, ...], tuple[Silence, ...]]:
    """The claims of a news document and where it stayed silent and why."""
    if not _GATE.search(document.text) or not _DEAL.search(document.text):
        return (), (Silence("no word of arms and of a transfer", 0, len(document.text)),)
    candidates, sentences, places = candidates_of(document)
    chosen = _once(c for c in candidates if points(c) >= least)
    claims = [_claim(document, c, sentences, places[c.sentence]) for c in chosen]
    silences = () if claims else (Silence("arms are spoken of, no transfer is told", 0, len(document.text)),)
    return tuple(claims), silences


# -- sentences and mentions -------------------------------------------------------------------------------

_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z .'-]{2,30}(?:,\s[A-Z][\w. "
    r"]{2,20})?(?:,\s\w+\.?\s\d{1,2})?\s?(?:\([^)]{2,30}\))?\s?(?:-{1,2}|:)\s)"
)


def _sentences(copy: View) -> Iterator[Sentence]:
    """The sentences of a stretch that hold anything of interest, in order.

    Others are kept without units, for distance.
    """
    text = copy.text
    mentions = list(matcher().find(text))
    at = 0
    inside = False
    for paragraph in _paragraphs(text):
        first = True
        inside = False
        for span in sentence_spans(text, paragraph.start, paragraph.end):
            start = span.start
            if first:
                dateline = _DATELINE.match(text, start, min(span.end, start + 90))
                start = dateline.end() if dateline else start
            while at < len(mentions) and mentions[at].start < start:
                at += 1
            here = []
            n = at
            while n < len(mentions) and mentions[n].end <= span.end:
                here.append(mentions[n])
                n += 1
            units = cut(text, start, span.end, _sensible(text, here))
            quotes = text.count('"', span.start, span.end)
            hits = find_hits(units)
            yield Sentence(units, hits, find_events(units, hits), first, inside)
            inside = inside ^ bool(quotes % 2)
            first = False


def _paragraphs(text: str) -> Iterator[Span]:
    """Paragraphs: parted by an empty line or, where lines are not wrapped, by every line's end.

    Hard-wrapped lines by an indent.
    """
    lines = [m.end() for m in re.finditer(r"\n", text)]
    wrapped = len(lines) > 5 and sum(1 for line in text.split("\n") if 45 < len(line.rstrip()) < 85) > 0.5 * max(
        1, sum(1 for line in text.split("\n") if line.strip())
    )
    parts = re.compile(r"\n\n+|\n(?=\s{2,}\S)" if wrapped else r"\n+")
    start = 0
    for found in parts.finditer(text):
        if found.start() > start:
            yield Span(start, found.start())
        start = found.end()
    if start < len(text):
        yield Span(start, len(text))


_FIRST_NAMES = re.compile(r"(?:[A-Z][a-z]+\s)$")


def _sensible(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Without weak names of parties that look like persons or places of other states ("Michael Jordan",
    "Jordan Peele").
    """
    kept = []
    for m in mentions:
        weak_party = all(n.weak for n in m.names) and any(
            n.kind in (NameKind.PARTY, NameKind.DEMONYM, NameKind.SEAT) for n in m.names
        )
        if weak_party and (
            re.match(r"\s[A-Z][a-z]+", text[m.end : m.end + 12])
            or re.search(r"(?<![.!?]\s)\b[A-Z][a-z]+\s$", text[max(0, m.start - 14) : m.start])
        ):
            continue
        kept.append(m)
    return kept


# -- candidates -------------------------------------------------------------------------------------------


def _candidates(sentences: Sequence[Sentence], texts: Sequence[str]) -> list[Candidate]:
    """Every claim in the making of a document, in its order: events first, then the sweep of each sentence."""
    talk = Discourse()
    for sentence in sentences:
        for u in sentence.units:
            if u.party and u.kind in ("party", "office"):
                talk.named[u.party] = talk.named.get(u.party, 0) + 1
    talk.topic = _main_item(sentences)
    found: list[Candidate] = []
    last_speaker = AUTHOR
    for n, sentence in enumerate(sentences):
        _listen(talk, sentence)
        if not _worth(sentence):
            _remember(talk, sentence)
            continue
        made: list[Candidate] = []
        for event in sentence.events:
            made.extend(_from_event(n, sentence, event, talk, texts[n], last_speaker))
        made.extend(_sweep(n, sentence, made, talk, texts[n], last_speaker))
        made.extend(_topic(n, sentence, made, talk, texts[n], last_speaker))
        found.extend(made)
        spoke = speaker_of(sentence.units, None, texts[n])
        last_speaker = (
            spoke if spoke is not AUTHOR else (AUTHOR if sentence.opens and not sentence.quoted else last_speaker)
        )
        _remember(talk, sentence)
    return _filled(found)


def _main_item(sentences: Sequence[Sentence]) -> ItemPhrase | None:
    """The one named system that a document is about: at least three mentions and two thirds of all.

    None where there are several.
    """
    counts: dict[str, list[ItemPhrase]] = {}
    for sentence in sentences:
        for u in sentence.units:
            if u.item and u.item.system:
                counts.setdefault(u.item.system, []).append(u.item)
    if not counts:
        return None
    best = max(counts.values(), key=len)
    total = sum(len(v) for v in counts.values())
    return best[0] if len(best) >= 3 and len(best) * 3 >= total * 2 and best[0].origin else None


def _worth(sentence: Sentence) -> bool:
    return any(u.kind in ("item", "number") for u in sentence.units) or bool(sentence.events)


def _listen(talk: Discourse, sentence: Sentence) -> None:
    """Weights of parties: they fade by the sentence.

    A subject weighs more than a mention, a possessive more than a company.
    """
    for party in list(talk.weights):
        talk.weights[party] *= 0.5 if sentence.opens else 0.8
    seen_verb = False
    for at, u in enumerate(sentence.units):
        after = sentence.units[at + 1].low if at + 1 < len(sentence.units) else ""
        if u.kind == "party" and u.party:
            before = sentence.units[at - 1].low if at else ""
            weight = (
                2.0
                if after == "'s"
                else 3.0
                if not seen_verb and u.how in ("party", "seat")
                else 1.0
                if u.how == "demonym"
                else 1.5
                if u.how == "service"
                else 1.0
            )
            if before in ("from", "in", "with", "by", "at", "against"):
                weight = 0.4
            talk.weights[u.party] = talk.weights.get(u.party, 0.0) + weight
            talk.party = u.party if u.how != "demonym" else talk.party
        elif u.kind == "company" and u.party:
            talk.weights[u.party] = talk.weights.get(u.party, 0.0) + 0.3
            talk.company, talk.company_name = u.party, u.text
        elif u.kind == "word" and u.low in ("said", "has", "is", "was", "will", "are", "were", "have", "had", "would"):
            seen_verb = True


def _remember(talk: Discourse, sentence: Sentence) -> None:
    for event in sentence.events:
        for side in event.recipients:
            if side.party:
                talk.weights[side.party] = talk.weights.get(side.party, 0.0) + 2.0
        for side in event.suppliers:
            if side.party:
                talk.sellers[side.party] = talk.sellers.get(side.party, 0.0) + 1.0
    for u in sentence.units:
        if u.item and not u.item.bare and not (u.item.definite and not u.item.system and u.item.weak):
            talk.items.append(u.item)
    del talk.items[:-12]


def _resolved(
    side: Side, talk: Discourse, units: Sequence[Unit], without: Iterable[str | None]
) -> tuple[str | None, str]:
    """A side's party: its own, or the one that a pronoun or a common noun stands for."""
    if side.party:
        return side.party, side.how
    if side.how == "the company":
        return talk.company, "company"
    earlier = [u.party for u in units[: side.unit or 0] if u.kind == "party" and u.party and u.how != "demonym"]
    if side.how in ("it", "they", "its", "he", "she"):
        for party in reversed(earlier):
            if party not in set(without):
                return party, "pronoun"
    found = talk.focus(without)
    return found, "focus" if found else ""


def _from_event(
    n: int, sentence: Sentence, event: Event, talk: Discourse, text: str, last: Speaker
) -> Iterator[Candidate]:
    units = sentence.units
    fact = factuality(units, event)
    speaker = _speaker(units, event, text, sentence, last)
    fact = _by_source(fact, speaker)
    given = [_resolved(s, talk, units, ()) for s in event.suppliers]
    got = [_resolved(s, talk, units, [p for p, _ in given]) for s in event.recipients]
    money = _money(units, event)
    many = len({p for p, _ in got if p}) > 1
    if fact.polarity is Polarity.DENIED and not given:
        denier = _denier(units, event)
        given = [(denier, "denier")] if denier and denier not in {p for p, _ in got} else given
    named = [(unit, _named_item(unit.item, talk)) for unit in _item_units(units, event, talk) if unit.item]
    shared = next((i.origin for _, i in named if i.origin), None)
    for position, (unit, item) in enumerate(named):
        if shared and not item.origin and not item.made_by:
            item = replace(item, origin=shared)
        takers = [*got, (None, "")] if got and event.open_recipient else got
        for supplier, how_s in given or [(None, "")]:
            if supplier is None and any(
                x.low in ("fms", "foreign military sales")
                or (
                    x.low == "foreign"
                    and units[n + 1 : n + 3]
                    and [y.low for y in units[n + 1 : n + 3]] == ["military", "sales"]
                )
                for n, x in enumerate(units)
            ):
                supplier, how_s = "USA", "programme"
            if supplier is None:
                supplier, how_s = _origin(item, [p for p, _ in got])
            if supplier is None and got and item.bare and event.hit.trigger.noun:
                supplier = talk.main([p for p, _ in got])
                how_s = "main supplier" if supplier else ""
            for recipient, how_r in takers or [(None, "")]:
                if recipient is None and event.hit.trigger.frame == "use":
                    continue
                if recipient is None and not event.open_recipient:
                    recipient, how_r = _owner(item, supplier)
                if recipient is None and not event.open_recipient and supplier is not None and _may_lean(item, event):
                    recipient = talk.focus([supplier, item.origin, item.made_by])
                    how_r = "focus" if recipient else ""
                if supplier is None and recipient is not None and how_r != "focus":
                    supplier, how_s = _origin(item, [recipient])
                if event.hit.trigger.frame == "use" and not (item.system or item.made_by):
                    continue
                yield Candidate(
                    n,
                    event,
                    item,
                    unit,
                    supplier,
                    recipient,
                    how_s,
                    how_r,
                    fact,
                    speaker,
                    money if position == 0 and not many else None,
                    event.open_recipient,
                    event.low,
                    event.high,
                    event.mode,
                    _date(units, event),
                )


def _denier(units: Sequence[Unit], event: Event) -> str | None:
    """Who denies a transfer that names no supplier: the office or state before the word of denial speaks for itself."""
    at = next(
        (i for i, u in enumerate(units[: event.hit.first]) if u.low in ("denied", "denies", "deny", "denying")), None
    )
    if at is None:
        return None
    return next((u.party for u in reversed(units[:at]) if u.kind in ("office", "party", "company") and u.party), None)


def _may_lean(item: ItemPhrase, event: Event) -> bool:
    """Whether an open recipient may be the one the article is about.

    For a named or counted thing, never for exports at large.
    """
    return bool(item.system or item.quantity is not None or item.definite) and event.hit.trigger.lemma not in (
        "export",
        "supplier",
    )


def _item_units(units: Sequence[Unit], event: Event, talk: Discourse) -> list[Unit]:
    """The units of an event's items; an elliptic number or pronoun stands for the last item with a name or a count."""
    if event.items:
        return [units[at] for at in event.items]
    if event.elliptic == -1:
        unit = units[event.hit.first]
        return [replace(unit, item=ItemPhrase("arms", "arms", bare=True))]
    if event.elliptic is None:
        return []
    if event.elliptic == -2:
        return [replace(units[event.hit.first], item=ItemPhrase("", "", bare=False))]
    at = event.elliptic if event.elliptic >= 0 else event.hit.first
    unit = units[at]
    here = [u.item for u in units[:at] if u.item and not u.item.bare]
    known = here or talk.items
    if not known:
        return []
    return [replace(unit, item=replace(known[-1], quantity=unit.number, definite=True))]


def _named_item(item: ItemPhrase, talk: Discourse) -> ItemPhrase:
    """ "the missiles" after "AIM-120s": the last named item with that head."""
    if item.system or not item.definite or item.made_by:
        return item
    kind = _kind(item.head)
    for earlier in reversed(talk.items):
        if earlier.system and (_kind(earlier.head) == kind or kind in earlier.name.lower()):
            return replace(earlier, quantity=item.quantity, definite=True)
    return item


_KINDS = {
    word: kind
    for kind, words in {
        "gun": "gun howitzer artillery cannon",
        "jet": "jet fighter aircraft plane warplane bomber trainer airframe",
        "ship": "ship boat vessel corvette frigate destroyer warship hull",
        "vehicle": "vehicle tank carrier",
        "drone": "drone uav ucav",
        "missile": "missile rocket round interceptor munition",
        "helicopter": "helicopter machine",
        "submarine": "submarine",
        "system": "system battery launcher radar unit sensor",
    }.items()
    for word in words.split()
}


def _kind(head: str) -> str:
    """The kind of thing that a noun names, so that "the gun" can be the howitzer named before."""
    return _KINDS.get(head.rstrip("s"), head.rstrip("s"))


def _origin(item: ItemPhrase, without: Sequence[str | None]) -> tuple[str | None, str]:
    """Who made it is the cheapest supplier there is; never the recipient himself."""
    for party, how in ((item.made_by, "made by"), (item.owner, "owner"), (item.origin, "origin")):
        if party and party not in without:
            return party, how
    return None, ""


def _owner(item: ItemPhrase, supplier: str | None) -> tuple[str | None, str]:
    return (item.owner, "owner") if item.owner and item.owner != supplier else (None, "")


def _money(units: Sequence[Unit], event: Event) -> Money | None:
    """The nearest sum in the event's clause; a reported one."""
    sums = [
        (abs(at - event.hit.first), at)
        for at in range(max(0, event.low - 2), min(len(units), event.high + 6))
        if units[at].kind == "money"
    ]
    if not sums:
        return None
    unit = units[min(sums)[1]]
    return Money(unit.number or Decimal(0), unit.currency or "USD", Meaning.REPORTED)


def _date(units: Sequence[Unit], event: Event) -> str | None:
    for at in range(event.low, min(len(units), event.high + 1)):
        u = units[at]
        if u.kind == "date":
            return u.how
        if u.low == "in" and at + 1 < len(units) and re.fullmatch(r"(?:19|20)\d\d", units[at + 1].text):
            return units[at + 1].text
    return None


def _speaker(units: Sequence[Unit], event: Event | None, text: str, sentence: Sentence, last: Speaker) -> Speaker:
    found = speaker_of(units, event, text)
    return last if found is AUTHOR and sentence.quoted else found


def _by_source(fact: Factuality, speaker: Speaker) -> Factuality:
    """A newspaper or broadcaster that the article relays makes a thing possible, no more."""
    if speaker.kind is SpeakerKind.OUTLET and fact.certainty is Certainty.CERTAIN:
        return replace(fact, certainty=Certainty.POSSIBLE)
    return fact


# -- the sweep --------------------------------------------------------------------------------------------

_HAVING = frozenset(
    "has have had operates operate operated flies fly flew uses use used using fields fleet "
    "inventory service arsenal its deployed received deliveries delivered inducted acquired owns".split()
)


def _sweep(
    n: int, sentence: Sentence, made: Sequence[Candidate], talk: Discourse, text: str, last: Speaker
) -> Iterator[Candidate]:
    """A named system that no event took.

    Supplier from who made it, recipient from its owner or the subject, by a word of having.
    """
    taken = {(c.item_unit.start, c.item_unit.end) for c in made}
    units = sentence.units
    for at, u in enumerate(units):
        if (
            not u.item
            or not (u.item.system or u.item.made_by)
            or (u.start, u.end) in taken
            or (u.item.bare and not u.item.made_by)
        ):
            continue
        recipient, how_r = _sweep_owner(units, at, u.item)
        if recipient is None and how_r == "its":
            recipient, how_r = talk.focus([u.item.made_by, u.item.origin]), "focus"
        if recipient is None:
            continue
        supplier, how_s = _origin(replace(u.item, owner=None), [recipient])
        if supplier is None:
            continue
        fact = Factuality(Polarity.AFFIRMED, Certainty.CERTAIN, Stage.DELIVERED)
        hit = Hit(next(iter(grammar().triggers[("delivered",)])), at, at)
        event = Event(hit, (at,), (), (), Stage.DELIVERED, low=max(0, at - 12), high=min(len(units) - 1, at + 8))
        told = factuality(units, event)
        fact = replace(fact, polarity=told.polarity, certainty=told.certainty)
        speaker = _speaker(units, event, text, sentence, last)
        yield Candidate(
            n,
            None,
            u.item,
            u,
            supplier,
            recipient,
            how_s,
            how_r,
            _by_source(fact, speaker),
            speaker,
            None,
            False,
            max(0, at - 10),
            min(len(units) - 1, at + 6),
        )


_HELD_BY = (
    ("already", "in"),
    ("in", "service", "with"),
    ("operated", "by"),
    ("used", "by"),
    ("flown", "by"),
    ("in", "the", "hands", "of"),
    ("owned", "by"),
    ("belonging", "to"),
    ("in", "use", "with"),
    ("in", "the", "inventory", "of"),
)


def _sweep_owner(units: Sequence[Unit], at: int, item: ItemPhrase) -> tuple[str | None, str]:
    if item.owner:
        return item.owner, "owner"
    for phrase in _HELD_BY:
        for first in (at + 1, at + 2):
            after = first + len(phrase)
            if tuple(u.low for u in units[first:after]) == phrase:
                holder = next((u.party for u in units[after : after + 3] if u.kind == "party" and u.party), None)
                if holder and holder not in (item.made_by, item.origin):
                    return holder, "having"
    ahead = [u.low for u in units[at + 1 : at + 10]]
    if "its" in ahead and set(ahead) & {"inventory", "arsenal", "service", "fleet", "stocks"}:
        return None, "its"
    for back in range(at - 1, max(-1, at - 12), -1):
        u = units[back]
        if u.text in ";:":
            break
        if (
            u.kind == "party"
            and u.party
            and u.how in ("party", "seat", "service")
            and u.party not in (item.made_by, item.origin)
        ):
            between = {
                x.low
                for n, x in enumerate(units[back + 1 : at], back + 1)
                if not (
                    x.low in ("has", "have", "had")
                    and units[n + 1].low.endswith(("ed", "n", "t"))
                    and units[n + 1].kind == "word"
                )
            }
            if between & _HAVING:
                return u.party, "having"
            if "'s" in between and back + 2 >= at - 3:
                return u.party, "owner"
            break
    return None, ""


_TOLD = (
    (
        Stage.DELIVERED,
        frozenset(
            "delivered handed arrived received sent has have flies operates took taken landed gone "
            "came given got delivery".split()
        ),
    ),
    (Stage.ORDERED, frozenset("ordered signed contract contracted bought order purchased buy".split())),
    (Stage.APPROVED, frozenset("promised pledged committed approved cleared".split())),
    (Stage.NEGOTIATED, frozenset("negotiating talks negotiations".split())),
)


def _topic(
    n: int, sentence: Sentence, made: Sequence[Candidate], talk: Discourse, text: str, last: Speaker
) -> Iterator[Candidate]:
    """In an article about one system.

    "two for Aland", "Borduria took six": a bare number beside a party, and a word of a stage.
    """
    topic = talk.topic
    if topic is None or made:
        return
    units = sentence.units
    for at, u in enumerate(units):
        if (
            u.kind != "number"
            or u.number is None
            or u.number > 3000
            or u.number != u.number.to_integral_value()
            or (u.text.isdigit() and 1900 < u.number < 2100)
        ):
            continue
        behind = units[at + 1 : at + 4]
        if behind and (
            behind[0].kind in ("item", "money", "party")
            or behind[0].low
            in (
                "per",
                "percent",
                "pct",
                "years",
                "year",
                "months",
                "days",
                "%",
                "million",
                "billion",
                "km",
                "people",
                "troops",
            )
        ):
            continue
        aim = next(
            (
                x
                for k, x in enumerate(behind)
                if x.kind == "party" and x.party and k and behind[k - 1].low in ("for", "to", "the")
            ),
            None,
        )
        subject = next(
            (x for x in reversed(units[max(0, at - 7) : at]) if x.kind == "party" and x.how in ("party", "seat")), None
        )
        who = aim or subject
        stage = next((s for s, words in _TOLD if any(x.low in words for x in units[max(0, at - 7) : at + 4])), None)
        if who is None or stage is None or who.party in (topic.origin, topic.made_by):
            continue
        fact = Factuality(Polarity.AFFIRMED, Certainty.CERTAIN, stage)
        speaker = _speaker(units, None, text, sentence, last)
        item = replace(topic, quantity=u.number, definite=True)
        yield Candidate(
            n,
            None,
            item,
            u,
            topic.origin,
            who.party,
            "origin",
            "topic",
            _by_source(fact, speaker),
            speaker,
            None,
            False,
            max(0, at - 7),
            min(len(units) - 1, at + 5),
        )


# -- claims of the document -------------------------------------------------------------------------------


def _filled(found: list[Candidate]) -> list[Candidate]:
    """An open side from the only other claim with the same named system; a supplier who is the recipient is none."""
    out: list[Candidate] = []
    for c in found:
        if c.supplier == c.recipient:
            c = replace(c, supplier=None, how_supplier="") if c.how_supplier in ("origin", "focus", "made by") else c
        if (
            c.event
            and c.event.hit.trigger.lemma in _BACK
            and c.recipient
            and c.item.origin == c.recipient
            and c.how_supplier != "stated"
        ):
            holders = {
                o.recipient
                for o in found
                if o.item.system == c.item.system
                and o.supplier == c.recipient
                and o.recipient
                and o.fact.stage is Stage.DELIVERED
                and o.how_recipient != "focus"
            }
            if len(holders) == 1:
                c = replace(c, supplier=holders.pop(), how_supplier="same item")
        if c.item.system and (c.supplier is None or c.recipient is None):
            others = {
                (o.supplier, o.recipient)
                for o in found
                if o.item.system == c.item.system and o.supplier and o.recipient and o.how_recipient != "focus"
            }
            if len(others) == 1:
                supplier, recipient = next(iter(others))
                if c.supplier is None and recipient == c.recipient:
                    c = replace(c, supplier=supplier, how_supplier="same item")
                elif c.recipient is None and supplier == c.supplier and not c.open_recipient:
                    c = replace(c, recipient=recipient, how_recipient="same item")
        out.append(c)
    return out


_BACK = frozenset(("buy back", "take back", "return", "sell back"))


def features(c: Candidate) -> tuple[str, ...]:
    """What is known of how a claim was made, as names: each has a weight, and the weights are fitted, not guessed."""
    trigger = c.event.hit.trigger if c.event is not None else None
    kind = "system" if c.item.system else "bare" if c.item.bare else "weak" if c.item.weak else "noun"
    told = [
        "bias",
        f"supplier {c.how_supplier or 'open'}",
        f"recipient {'partners' if c.open_recipient and c.recipient is None else c.how_recipient or 'open'}",
        f"item {kind}",
        f"frame {trigger.frame if trigger else c.how_recipient if c.how_recipient == 'topic' else 'sweep'}",
    ]
    told += ["item made by"] if c.item.made_by else []
    told += ["item counted"] if c.item.quantity is not None else []
    told += ["item definite"] if c.item.definite else []
    if c.event is not None and c.event.elliptic is not None:
        told.append({-1: "arms implied", -2: "no item", -3: "item implied"}.get(c.event.elliptic, "elliptic"))
    told += [f"lemma {trigger.lemma}"] if trigger and trigger.frame in ("operator", "use", "move") else []
    told += ["both leaned"] if c.how_supplier in _LEANED and c.how_recipient in _LEANED else []
    told += ["value"] if c.value else []
    told += ["organisation"] if any(p and len(p) != 3 for p in (c.supplier, c.recipient)) else []
    return tuple(told)


_LEANED = frozenset(("focus", "same item", "topic", "origin", "main supplier", "pronoun"))


@cache
def weights() -> dict[str, Decimal]:
    """The weight of each feature, from the grammar's data."""
    told = json.loads((COMPILED / "grammar.json").read_text(encoding="utf-8"))
    return {name: Decimal(str(value)) for name, value in told["evidence"]["weights"].items()}


def points(c: Candidate) -> Decimal:
    """What speaks for a claim.

    The sum of its features' weights, as log odds of being right. A claim without two sides has none.
    """
    if (
        (c.supplier is None and c.recipient is None)
        or c.supplier == c.recipient
        or (c.recipient is None and not c.open_recipient)
    ):
        return Decimal(-9)
    known = weights()
    return sum((known.get(name, Decimal(0)) for name in features(c)), Decimal(0)).quantize(Decimal("0.01"))


def _once(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One claim for each distinct supplier, recipient, item, stage and polarity.

    The best founded, and of these the first.
    """
    kept: dict[tuple[object, ...], Candidate] = {}
    for c in candidates:
        key = (c.supplier, c.recipient, (c.item.system or c.item.name).lower(), c.fact.stage, c.fact.polarity)
        if key not in kept or (points(c), c.item.quantity is not None) > (
            points(kept[key]),
            kept[key].item.quantity is not None,
        ):
            kept[key] = c
    named = {(c.supplier, c.recipient, c.sentence) for c in kept.values() if c.item.system}
    known = [c for c in kept.values() if c.item.system]
    return sorted(
        (
            c
            for c in kept.values()
            if not (c.item.bare and (c.supplier, c.recipient, c.sentence) in named) and not _generic_of(c, known)
        ),
        key=lambda c: (c.sentence, c.item_unit.start),
    )


def _generic_of(c: Candidate, known: Sequence[Candidate]) -> bool:
    """Whether an unnamed item near a named one of the same kind, sides and stage is that one."""
    if c.item.system or c.item.bare:
        return False
    return any(
        k.supplier == c.supplier
        and k.recipient == c.recipient
        and k.fact.stage is c.fact.stage
        and abs(k.sentence - c.sentence) <= 2
        and (k.item.head == c.item.head.rstrip("s") or c.item.head.rstrip("s") in k.item.name.lower().split())
        and c.item.quantity in (None, k.item.quantity)
        for k in known
    )


def _claim(document: Document, c: Candidate, sentences: Sequence[Sentence], copy: View) -> Claim:
    units = sentences[c.sentence].units
    low, high = max(0, c.low), min(len(units) - 1, c.high)
    span = copy.span(units[low].start, units[high].end)
    place = copy.span(c.item_unit.start, c.item_unit.end)
    anchors = (
        [Anchor("item", c.item.name, place.start, place.end, place.of(document.text), "stated")] if c.item.name else []
    )
    for name, party, how in (("supplier", c.supplier, c.how_supplier), ("recipient", c.recipient, c.how_recipient)):
        if party:
            anchors.append(_party_anchor(document, copy, units, name, party, how, place))
    speaker = c.speaker
    return Claim(
        document=document.id,
        start=span.start,
        end=span.end,
        quote=span.of(document.text),
        reader=READER,
        stage=c.fact.stage,
        supplier=c.supplier,
        recipient=c.recipient,
        item=c.item.name or None,
        system=c.item.system,
        quantity=c.item.quantity,
        value=c.value,
        mode=c.mode,
        polarity=c.fact.polarity,
        certainty=c.fact.certainty,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        anchors=tuple(sorted(set(anchors))),
        evidence=points(c),
    )


def _party_anchor(
    document: Document, copy: View, units: Sequence[Unit], name: str, party: str, how: str, item: Span
) -> Anchor:
    """The words that name a party in the claim's own sentence.

    Where none do, the item's words and the rule that led from them.
    """
    unit = next((u for u in units if u.party == party and u.kind in ("party", "company", "office", "made")), None)
    span = copy.span(unit.start, unit.end) if unit else item
    return Anchor(name, party, span.start, span.end, span.of(document.text), how or "stated")


__all__ = ["LEAST_EVIDENCE", "READER", "read_news", "systems"]
