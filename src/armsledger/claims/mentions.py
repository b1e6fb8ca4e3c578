"""Items, parties and triggers of a document, where they stand: what every later pass of the news reader looks at.

A mention is one place where an item is spoken of: by its name ("53 AIM-120s"), by a noun ("the missiles"), by a number
alone ("two have arrived"), by a pronoun beside a trigger ("sold them to"), or by nothing but a trigger ("armed by").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from armsledger.claims.events import find_events
from armsledger.claims.frames import Event, Hit
from armsledger.claims.items import singular
from armsledger.claims.triggers import find_hits
from armsledger.claims.units import SERVICES, ItemPhrase, Unit, cut, is_hull_code, named_systems
from armsledger.lexicon.grammar import grammar
from armsledger.lexicon.matcher import Mention as Name
from armsledger.lexicon.matcher import NameKind, matcher
from armsledger.model import Document, SectionKind, Span
from armsledger.text.offsets import View, view
from armsledger.text.sentences import sentence_spans

SPEAKING = ("party", "company", "office", "made")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its units, triggers and events, the copy of the text that they stand in, and its place.

    ``head`` is the party that a bullet or a heading above names ("* KENYA: ..."); ``opens`` tells the first sentence
    of a paragraph; ``title`` one of the title or a heading.
    """

    copy: View
    start: int
    end: int
    units: tuple[Unit, ...]
    hits: tuple[Hit, ...]
    events: tuple[Event, ...]
    opens: bool
    title: bool
    head: str | None


@dataclass(frozen=True, slots=True)
class ItemMention:
    """One place where an item is spoken of: sentence, unit, by what kind of word, and what it can be.

    ``items`` are the phrase itself, where it is one, and the earlier items that it can stand for, the nearest first;
    ``hows`` say for each how it was come by: own, like (same kind of thing), last, topic (the most often named).
    """

    sentence: int
    at: int
    kind: str  # named, noun, bare, number, pronoun, implied
    items: tuple[ItemPhrase, ...]
    hows: tuple[str, ...]
    events: tuple[Event, ...] = ()


@dataclass(slots=True)
class Memory:
    """The items that a document has spoken of so far, the last one last, and the one that it names most."""

    items: list[ItemPhrase] = field(default_factory=list)
    topic: ItemPhrase | None = None
    labels: dict[str, ItemPhrase] = field(default_factory=dict)

    def keep(self, item: ItemPhrase) -> None:
        self.items.append(item)
        del self.items[:-14]

    def like(self, head: str) -> Iterator[tuple[ItemPhrase, str]]:
        """The named items of the kind that a noun names, the last first."""
        kind = kind_of(head)
        for earlier in reversed(self.items):
            if earlier.system and (kind_of(earlier.head) == kind or kind in earlier.name.lower().split()):
                yield earlier, "like"
        if self.topic and (kind_of(self.topic.head) == kind or kind in self.topic.name.lower().split()):
            yield self.topic, "topic"

    def last(self) -> Iterator[tuple[ItemPhrase, str]]:
        """The last items, named ones before others, and the topic."""
        yield from ((i, "last") for i in reversed(self.items[-8:]) if i.system)
        yield from ((i, "last noun") for i in reversed(self.items[-3:]) if not i.system)
        if self.topic:
            yield self.topic, "topic"


LONGEST = 1000  # characters of a sentence: what is longer is a table or a text without stops
MOST_MENTIONS = 24  # of one sentence that are read: a longer one is a list


# -- sentences --------------------------------------------------------------------------------------------

_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z .'-]{2,30}(?:,\s[A-Z][\w. ]{2,20})?(?:,\s\w+\.?\s\d{1,2})?\s?(?:\([^)]{2,30}\))?\s?"
    r"(?:-{1,2}|:|–|—)\s)"
)
_BULLET = re.compile(r"\s*(?:[*•>#–—-]+|\d{1,2}[.)])?\s*\**")


def sentences_of(document: Document) -> list[Sentence]:
    """The sentences of a document's title, headings and body, in order."""
    stretches = [(view(document.text, span.start, span.end), title) for span, title in _stretches(document)]
    names = [list(matcher().find(copy.text)) for copy, _ in stretches]
    sure = named_systems(name for found in names for name in found)
    arms = len(_arms().findall(document.text[:_FRONT])) + len(sure) > 1
    return [
        sentence
        for (copy, title), found in zip(stretches, names, strict=True)
        for sentence in _cut(copy, found, title, sure, arms=arms)
    ]


def headline_of(document: Document) -> list[Sentence]:
    """The sentences of a title that is no part of the text: they tell what the document is about, and have no span in
    it, so nothing is claimed from them.
    """
    if not document.title or any(s.kind is SectionKind.TITLE for s in document.sections):
        return []
    title = document.title[:_TITLE]
    if " ".join(title.split()) in " ".join(document.text[: 4 * _TITLE].split()):
        return []
    copy = view(title, 0, len(title))
    return list(_cut(copy, list(matcher().find(copy.text)), True, frozenset(), arms=True))


_TITLE = 400  # characters of a title that are read
_FRONT = 20_000  # characters of a document that tell what it is about


@cache
def _arms() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(grammar().about_arms)})s?\b", re.IGNORECASE)


def _stretches(document: Document) -> Iterator[tuple[Span, bool]]:
    read = (SectionKind.BODY, SectionKind.HEADING, SectionKind.TITLE)
    for s in document.sections:
        if s.kind in read:
            yield Span(s.start, s.end), s.kind is not SectionKind.BODY
    if not document.sections:
        yield Span(0, len(document.text)), False


def _cut(copy: View, names: Sequence[Name], title: bool, sure: Collection[str], *, arms: bool) -> Iterator[Sentence]:
    text = copy.text
    at, heading = 0, None
    for paragraph in paragraphs(text):
        head: str | None = None
        for n, span in enumerate(sentence_spans(text, paragraph.start, paragraph.end, LONGEST)):
            start = span.start
            if n == 0:
                dateline = _DATELINE.match(text, start, min(span.end, start + 90))
                start = dateline.end() if dateline and not _is_bullet(text, start) else start
            while at < len(names) and names[at].start < start:
                at += 1
            here, k = [], at
            while k < len(names) and names[k].end <= span.end:
                here.append(names[k])
                k += 1
            units = tuple(cut(text, start, span.end, _sensible(text, here), sure, arms=arms))
            if n == 0:
                head, alone = _head(units, text, start)
                heading = head if alone else heading if not _closes_heading(text, paragraph) else None
            hits = tuple(find_hits(units))
            yield Sentence(
                copy, start, span.end, units, hits, tuple(find_events(units, hits)), n == 0, title, head or heading
            )


def _is_bullet(text: str, start: int) -> bool:
    place = _BULLET.match(text, start)
    return place is not None and place.end() > start


def _head(units: Sequence[Unit], text: str, start: int) -> tuple[str | None, bool]:
    """The party that a bullet names before its colon or dash, and whether it stands alone as a heading."""
    place = _BULLET.match(text, start)
    after = place.end() if place else start
    first = next((i for i, u in enumerate(units) if u.start >= after), None)
    if first is None or units[first].kind != "party" or not units[first].party:
        return None, False
    rest = units[first + 1 : first + 5]
    if not rest or all(u.kind == "punct" for u in units[first + 1 :]):
        return units[first].party, True
    closing = next((i for i, u in enumerate(rest) if u.text in (":", "—", "–", "*", "|")), None)
    alone = closing is not None and all(u.kind == "punct" for u in rest[closing:]) and len(units) <= first + 5
    if closing is None and rest[0].text == "-" and text[rest[0].start - 1].isspace():
        closing = 0
    if closing is None or any(u.kind == "word" for u in rest[:closing]):
        return None, False
    return units[first].party, alone


def _closes_heading(text: str, paragraph: Span) -> bool:
    """A new heading of any kind: a short line without a full stop."""
    line = text[paragraph.start : paragraph.end].strip()
    return len(line) < 60 and not line.endswith((".", '"', "”", "?", "!"))


def paragraphs(text: str) -> Iterator[Span]:
    """Paragraphs: parted by an empty line or, where lines are not wrapped, by every line's end; hard-wrapped lines by
    an indent. A full stop with a capital right behind it is where a page's paragraphs were joined: it parts them too.
    """
    for span in _lined(text):
        start = span.start
        for found in _JOINED.finditer(text, span.start, span.end):
            if _ends_sentence(text, found.start()):
                yield Span(start, found.end())
                start = found.end()
        yield Span(start, span.end)


_JOINED = re.compile(r"(?<=[\w)])[.?!][\"”’]?(?=[\"“‘]?[A-Z][a-z’' ])")


def _ends_sentence(text: str, stop: int) -> bool:
    """Whether what stands before a stop is no abbreviation: a word without a capital, a long one, a year, a bracket."""
    start = stop
    while start and stop - start < 6 and (text[start - 1].isalnum() or text[start - 1] in ".-"):
        start -= 1
    word = text[start:stop]
    if word[:1].islower():
        return len(word) > 2 and "." not in word
    return not word or len(word) > 5 or (word.isdigit() and len(word) == 4)


def _lined(text: str) -> Iterator[Span]:
    lines = text.split("\n")
    full = sum(1 for line in lines if line.strip())
    wrapped = len(lines) > 5 and sum(1 for line in lines if 45 < len(line.rstrip()) < 85) > 0.5 * max(1, full)
    parts = re.compile(r"\n\n+|\n(?=\s{2,}\S)" if wrapped else r"\n+")
    start = 0
    for found in parts.finditer(text):
        if found.start() > start:
            yield Span(start, found.start())
        start = found.end()
    if start < len(text):
        yield Span(start, len(text))


_DESIGNATOR = re.compile(r"(?!EU|UN|NATO|US|UK)[A-Z]{2,5}-\d+[A-Z]*\b")


def _sensible(text: str, names: Sequence[Name]) -> list[Name]:
    """Without weak names of parties that look like persons ("Michael Jordan", "Jordan Peele") and without groups whose
    letters begin a designator ("GAM-102").
    """
    kept = []
    for m in names:
        weak_party = all(n.weak for n in m.names) and any(
            n.kind in (NameKind.PARTY, NameKind.DEMONYM, NameKind.SEAT) for n in m.names
        )
        if all(n.kind is NameKind.PARTY for n in m.names) and _DESIGNATOR.match(text, m.start):
            continue
        if weak_party and (
            re.match(r"\s[A-Z][a-z]+", text[m.end : m.end + 12])
            or re.search(r"(?<![.!?]\s)\b[A-Z][a-z]+\s$", text[max(0, m.start - 14) : m.start])
        ):
            continue
        kept.append(m)
    return kept


# -- mentions of items ------------------------------------------------------------------------------------


def mentions_of(sentences: Sequence[Sentence]) -> list[ItemMention]:
    """Every place where an item is spoken of and that is looked at, in the order of the text."""
    return looked_at(spoken_of(sentences))


def spoken_of(sentences: Sequence[Sentence]) -> list[list[ItemMention]]:
    """Every place where an item is spoken of, by sentence."""
    memory = Memory(topic=_topic(sentences), labels=_labels(sentences))
    return [list(_here(n, sentence, memory)) for n, sentence in enumerate(sentences)]


def looked_at(spoken: Iterable[Sequence[ItemMention]]) -> list[ItemMention]:
    """All mentions; of a sentence with more than ``MOST_MENTIONS`` only the first ones that name their item."""
    found: list[ItemMention] = []
    for here in spoken:
        crowd = len(here) > MOST_MENTIONS
        found.extend([m for m in here if m.hows[0] == "own"][:MOST_MENTIONS] if crowd else here)
    return found


def crowded(spoken: Sequence[Sequence[ItemMention]]) -> list[int]:
    """The sentences that are read in part, by number."""
    return [n for n, here in enumerate(spoken) if len(here) > MOST_MENTIONS]


def _topic(sentences: Sequence[Sentence]) -> ItemPhrase | None:
    """The system that a document names most, at least twice."""
    counts: dict[str, list[ItemPhrase]] = {}
    for sentence in sentences:
        for u in sentence.units:
            if u.item and u.item.system:
                counts.setdefault(u.item.system, []).append(u.item)
    best = max(counts.values(), key=len, default=[])
    return replace(best[0], quantity=None) if len(best) > 1 else None


_DEALS = frozenset("contract contracts deal deals agreement agreements exports order orders cooperation".split())


def _is_open_deal(sentence: Sentence, at: int) -> bool:
    """ "defence contracts", "military export deals": a transfer of something that is not named."""
    units = sentence.units
    if units[at].low not in _DEALS or not at:
        return False
    before = [u.low for u in units[max(0, at - 3) : at]]
    return before[-1] in _FORCES or (before[-1] in ("export", "import", "supply") and before[-2:][0] in _FORCES)


_FORCES = frozenset(("defence", "defense", "military", "weapons"))


def _labels(sentences: Sequence[Sentence]) -> dict[str, ItemPhrase]:
    """The names that a document gives to items together with their nouns, by the word that can stand for them."""
    found: dict[str, ItemPhrase] = {}
    for sentence in sentences:
        for u in sentence.units:
            if u.item and u.item.label:
                found.setdefault(u.item.label, replace(u.item, quantity=None, owner=None, made_by=None))
    return found


def _labelled(units: Sequence[Unit], at: int, memory: Memory) -> ItemPhrase | None:
    """The item that a name alone stands for, where the document has named it with its noun: "the Alkmaars"."""
    u = units[at]
    if u.kind != "word" or not u.text[:1].isupper():
        return None
    known = memory.labels.get(u.low) or memory.labels.get(u.low.removesuffix("s"))
    if known is None:
        return None
    before = units[at - 1] if at else None
    return replace(known, quantity=before.number if before is not None and before.kind == "number" else None)


_MAKE_BELIEVE = frozenset("museum museums film films movie movies video-game toy toys stamp stamps".split())


def _here(n: int, sentence: Sentence, memory: Memory) -> Iterator[ItemMention]:
    if any(u.low in _MAKE_BELIEVE for u in sentence.units):
        return  # what a museum is lent or a film shows is no transfer of arms
    spoken = False
    services = dict(_services(sentence.units))
    served = {at for at, _ in services.values()}
    for at, u in enumerate(sentence.units):
        events = _about(sentence, at)
        if at in services:
            spoken = True
            yield _mention(n, at, "named", [(services[at][1], "own")], services[at][1], events)
        elif u.item:
            spoken = True
            if at not in served:
                yield from _item(n, at, u.item, memory, events)
            if not u.item.bare:
                memory.keep(u.item)
        elif labelled := _labelled(sentence.units, at, memory):
            spoken = True
            yield _mention(n, at, "named", [(labelled, "own")], labelled, events)
            memory.keep(labelled)
        elif _is_open_deal(sentence, at):
            spoken = True
            yield _mention(n, at, "deal", [(ItemPhrase("", "deal", bare=True), "own")], None, events)
        elif u.kind == "number" and _stands_alone(sentence.units, at):
            spoken = True
            yield from _standing_for(n, at, "number", memory, u, events)
        elif u.low in _PRONOUNS and _beside_trigger(sentence, at):
            spoken = True
            yield from _standing_for(n, at, "pronoun", memory, u, events)
    if not spoken and not _names_contractor(sentence.units):
        yield from _implied(n, sentence, memory)


def _item(n: int, at: int, item: ItemPhrase, memory: Memory, events: tuple[Event, ...]) -> Iterator[ItemMention]:
    """A noun phrase of an item: itself, or the named one that it stands for."""
    kind = "named" if item.system else "bare" if item.bare else "noun"
    others: Iterable[tuple[ItemPhrase, str]] = ()
    if kind == "noun":
        others = memory.like(item.head)
    elif kind == "bare" and item.definite:
        others = memory.last()
    yield _mention(n, at, kind, [(item, "own"), *others], item, events)


_FOR = frozenset(
    "of for on upgrade modernise modernize to the its their a old older existing ageing aging 's fleet s these those "
    "all".split()
)


def _services(units: Sequence[Unit]) -> Iterator[tuple[int, tuple[int, ItemPhrase]]]:
    """Services and parts, named after what they serve: "a refurbishment of its Patriot units", "kits to upgrade the
    Hawk missiles". Gives the place of the service, the place of what it serves, and the item.
    """
    for at, u in enumerate(units):
        word = u.item.name.lower().split()[-1] if u.item else u.low
        if word.rstrip("s") not in _SERVED or (u.item and u.item.system) or at + 2 >= len(units):
            continue
        if units[at + 1].low not in ("of", "for", "on", "to"):
            continue
        after = at + 1
        while after < min(len(units), at + 8) and (
            units[after].low in _FOR or units[after].kind in ("number", "party", "company", "made")
        ):
            after += 1
        target = units[after].item if after < len(units) else None
        if target is None or target.bare or target.name.lower().split()[-1].rstrip("s") in _SERVED:
            continue
        count = u.item.quantity if u.item else None
        name = f"{_short(target)} {singular(u.item.name if u.item else u.text)}"
        yield at, (after, replace(target, name=name, head=word.rstrip("s"), quantity=count, label=None, weak=False))


def _short(item: ItemPhrase) -> str:
    """A named item without its noun: "I-Hawk" of "I-Hawk missile"."""
    words = item.name.split()
    while len(words) > 1 and item.system and words[-1].islower():
        words.pop()
    return " ".join(words)


_SERVED = frozenset(service.rstrip("s") for service in SERVICES)

MOST = 3  # items that a mention can stand for


def _mention(
    n: int,
    at: int,
    kind: str,
    known: Iterable[tuple[ItemPhrase, str]],
    own: ItemPhrase | None,
    events: tuple[Event, ...],
) -> ItemMention:
    """A mention with its items, each once; number and owner are those of the mention's own words."""
    kept: dict[str, tuple[ItemPhrase, str]] = {}
    for item, how in known:
        if own is not None and item is not own:
            item = replace(item, quantity=own.quantity, owner=own.owner, definite=own.definite)
        kept.setdefault(item.system or item.name.lower(), (item, how))
        if len(kept) == MOST:
            break
    pairs = list(kept.values())
    return ItemMention(n, at, kind, tuple(i for i, _ in pairs), tuple(h for _, h in pairs), events)


def _standing_for(
    n: int, at: int, kind: str, memory: Memory, unit: Unit, events: tuple[Event, ...]
) -> Iterator[ItemMention]:
    known = [(replace(item, quantity=unit.number, owner=None), how) for item, how in memory.last()]
    if known:
        yield _mention(n, at, kind, known, None, events)


def _names_contractor(units: Sequence[Unit]) -> bool:
    """ "X will be the principal contractor for the sale": who would build it, and nothing of how far it has come."""
    return any(
        one.low in ("principal", "prime") and two.low in ("contractor", "contractors") for one, two in pairwise(units)
    )


def _implied(n: int, sentence: Sentence, memory: Memory) -> Iterator[ItemMention]:
    """A sentence with a trigger and a party but no word of an item: the thing talked of is meant, or arms at large."""
    if not sentence.hits or not any(u.kind in SPEAKING and u.party for u in sentence.units):
        return
    person = next((h for h in sentence.hits if h.trigger.person), None)
    what = "training" if person and person.trigger.lemma == "train" else "arms"
    arms = [(ItemPhrase(what, what, bare=True), "arms")]
    hit = person or next(
        (h for h in sentence.hits if h.trigger.frame in ("give", "get", "deal", "move")), sentence.hits[0]
    )
    known = [(replace(item, quantity=None, owner=None), how) for item, how in memory.last()]
    items = [*arms, *known] if person else [*known[:2], *arms]
    yield _mention(n, hit.first, "implied", items, None, _about(sentence, hit.first))


def _about(sentence: Sentence, at: int) -> tuple[Event, ...]:
    """The events of the sentence that take this unit as their item."""
    return tuple(e for e in sentence.events if at in e.items or e.elliptic == at or (not e.items and e.hit.first == at))


_PRONOUNS = frozenset(("them", "they", "these", "those", "both", "it", "one", "some", "more", "another", "none"))
_NO_COUNT = frozenset(
    "percent pct per % years year months month days day weeks week hours hour minutes km kilometers kilometres miles "
    "mile meters metres feet kg kilograms tons tonnes million billion trillion mln bln people troops soldiers "
    "officers men women countries states nations times dollars euros pounds members seats votes killed dead wounded "
    "am pm p a degrees points shares hundred thousand trained pilots crew knots".split()
)


def _stands_alone(units: Sequence[Unit], at: int) -> bool:
    """Whether a number counts things without naming them: "two have arrived", "the first of eight"."""
    u = units[at]
    if u.number is None or u.number != u.number.to_integral_value() or not 0 < u.number < 100_000:
        return False
    if u.text.isdigit() and (1900 < u.number < 2100 or u.text.startswith("0")):
        return False
    before = units[at - 1] if at else None
    if before and (before.text in ("$", "€", "£", "-", ":", "/", "#", "no") or before.kind in ("date", "money")):
        return False
    if before and is_hull_code(before):
        return False
    if any(b.low.rstrip(".") in _MONTHS and b.text[:1].isupper() for b in units[max(0, at - 2) : at]):
        return False  # "Dec. 12" is a day
    if before and before.low in ("article", "section", "chapter", "page", "aged", "age", "no", "number", "may"):
        return False
    if _counts_an_item(units, at):
        return False
    for after in units[at + 1 : at + 3]:
        if after.kind in ("item", "money", "date", "number", "made"):
            return False
        if after.low in _NO_COUNT or after.text in ("%", "-", "/", ":"):
            return False
        if after.kind != "word" or after.low not in ("more", "other", "further", "such", "new", "additional", "of"):
            break
    follower = next(
        (x for x in units[at + 1 : at + 4] if x.low not in ("more", "other", "further", "such", "new", "additional")),
        None,
    )
    if u.low == "one" and (follower is None or (follower.low,) not in grammar().triggers):
        return False
    return (
        follower is None
        or follower.kind in ("punct", "party", "company", "office")
        or follower.low in _AFTER_COUNT
        or (follower.low,) in grammar().triggers
    )


def _counts_an_item(units: Sequence[Unit], at: int) -> bool:
    """Whether the noun that a number counts is an item after all: "350 Turkish drones", "two of the latest jets"."""
    for u in units[at + 1 : at + 7]:
        if u.item:
            return True
        if u.kind not in ("party", "company", "made") and u.low not in grammar().passed and u.low not in ("of", "'s"):
            return False
    return False


_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sept sep oct nov dec".split()
)

_AFTER_COUNT = frozenset(
    "have has had were was are is will would could may might of for to from in by at under with on went came go come "
    "left flew arrived the that which who and or but as so now already still last this since until before after "
    "between each apiece".split()
)


def _beside_trigger(sentence: Sentence, at: int) -> bool:
    """Whether a pronoun is the object of a verb of transfer, or the subject of a passive or of a verb of movement."""
    units = sentence.units
    if units[at].low in ("more", "some") and at + 1 < len(units) and units[at + 1].low in ("than", "or"):
        return False
    for hit in sentence.hits:
        trigger = hit.trigger
        if trigger.noun or trigger.person or trigger.frame == "use":
            continue
        if hit.last in (at - 1, at - 2) and units[at].low != "they":
            return True
        if hit.first in range(at + 1, at + 6) and (trigger.frame == "move" or is_passive(units, hit)):
            return True
    return False


def is_passive(units: Sequence[Unit], hit: Hit) -> bool:
    """Whether a verb stands in the passive: after a form of "be", or a participle before "by", "to", "from"."""
    if hit.trigger.noun or not units[hit.first].low.endswith(("ed", "en", "n", "t", "d")):
        return False
    for u in reversed(units[max(0, hit.first - 4) : hit.first]):
        if u.low in ("be", "been", "being", "is", "are", "was", "were", "got"):
            return True
        if not (u.low.endswith("ly") or u.low in ("not", "also", "already", "now", "never", "all", "only")):
            break
    after = units[hit.last + 1].low if hit.last + 1 < len(units) else ""
    return after in ("by", "to", "from") and hit.first > 0 and units[hit.first - 1].low not in ("has", "have", "had")


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


def kind_of(head: str) -> str:
    """The kind of thing that a noun names, so that "the gun" can be the howitzer named before."""
    return _KINDS.get(head.rstrip("s"), head.rstrip("s"))
