"""What parties say about disputed matters: who, with which verb, about what, affirmed or denied, and the exact words.

A statement needs a speaker who is not the author (``speakers.py``) and, in the words that are his, a cue of a matter:
sanctions, diversion and end use, mediation and ceasefire, approval, a transfer of a named article, or what a named
system can do. It is kept as his word; nothing here says that it is so. What only an unnamed source says is a claim
(``news.py``) and no statement of a party.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from armsledger.claims.passages import Passage
from armsledger.claims.speakers import Attributed
from armsledger.claims.units import Unit
from armsledger.lexicon.gate import speaks_of_arms
from armsledger.lexicon.speech import Phrases, speech
from armsledger.model import (
    Anchor,
    DateInterval,
    Document,
    Polarity,
    Span,
    SpeakerKind,
    Statement,
    StatementTopic,
)
from armsledger.text.dates import DateMention, find_dates
from armsledger.text.relative import find_relative_dates

READER = "statements/1"

MOST_VOICES = 40  # attributed stretches of one sentence; what has more is no sentence
_SPOKEN = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told|add(?:ed|s)|den(?:y|ied|ies|ying)|according to|quot(?:ed|ing)|cit(?:ed|ing)|claim|"
    r"report|announc|confirm|stat(?:ed|es|ement)|reject|dismiss|insist|wrote|warn|argu|acknowledg|accus|believ)",
    re.IGNORECASE,
)
_MATTERS = (
    StatementTopic.MEDIATION,
    StatementTopic.DIVERSION,
    StatementTopic.SANCTIONS,
    StatementTopic.APPROVAL,
    StatementTopic.TRANSFER,
    StatementTopic.SYSTEM,
)
_SPEAKS = frozenset({SpeakerKind.PERSON, SpeakerKind.OFFICE, SpeakerKind.COMPANY, SpeakerKind.OUTLET})
_OWN = frozenset("we our us it its they their i my".split())
_GOODS = frozenset("sale sales export exports licence license transfer shipment purchase arms".split())
_CIVIL = frozenset("oil crude gas grain wheat food stake shares trade goods cars pipeline".split())
_LOOSE = frozenset("cleared clearance permit permits consent consented notification".split())
NEAR = 8  # units between the word of a transfer and the article


def worth(document: Document) -> bool:
    """Whether a document speaks of arms or of forces, and of somebody who says something."""
    return speaks_of_arms(document.text) and bool(_SPOKEN.search(document.text))


def read_statements(document: Document, parts: Iterable[Passage]) -> Iterator[Statement]:
    """The statements of a news document, in order."""
    published = published_day(document)
    for part in parts:
        for span, units in part.sentences:
            kept: dict[tuple[str, StatementTopic], Statement] = {}
            for one in _heard(part, span):
                for made in _statements(document, part, units, one, span, published):
                    known = kept.get((made.speaker, made.topic))
                    if known is None or _tells_more(made, known):
                        kept[made.speaker, made.topic] = made
            yield from kept.values()


def _tells_more(one: Statement, other: Statement) -> bool:
    """Whether the longer of two cuttings of one sentence is the first: quoted words stand inside what is told."""
    return (len(one.parties), one.end - one.start) > (len(other.parties), other.end - other.start)


def published_day(document: Document) -> DateInterval | None:
    """The date of publication as an interval; None where it is unknown or no date."""
    try:
        return DateInterval(document.published) if document.published else None
    except (ValueError, OverflowError):
        return None


def _heard(part: Passage, span: Span) -> Iterator[Attributed]:
    """The attributed stretches of one sentence whose speaker is a party."""
    for one in islice(part.told.within(span.start, span.end), MOST_VOICES):
        if one.speaker.kind in _SPEAKS:
            yield one


def _statements(
    document: Document,
    part: Passage,
    units: Sequence[Unit],
    one: Attributed,
    span: Span,
    published: DateInterval | None,
) -> Iterator[Statement]:
    """At most one statement of one stretch in one sentence: of the first matter that has a cue in its words."""
    low, high = max(one.start, span.start), min(one.end, span.end)
    first = bisect_left(units, low, key=lambda u: u.start)
    within = units[first : bisect_left(units, high, lo=first, key=lambda u: u.start)]
    inside = [u for u in within if u.end <= high and u.text != '"']
    inside = [u for u in inside if _is_his(part, u, one)]
    if len(inside) < 3:
        return
    for topic in _MATTERS:
        cue = _cue(inside, topic)
        if cue is None:
            continue
        framed = span.start <= one.frame[0] and one.frame[1] <= span.end
        first = min(inside[0].start, one.frame[0]) if framed else inside[0].start
        last = max(inside[-1].end, one.frame[1]) if framed else inside[-1].end
        yield _made(document, part, inside, one, topic, cue, Span(first, last), published)
        return


def _is_his(part: Passage, u: Unit, one: Attributed) -> bool:
    """Whether no other voice inside the stretch has this word."""
    inner = part.told.stretch(u.start, u.end)
    return inner is None or inner.speaker.name == one.speaker.name


# -- the matter -------------------------------------------------------------------------------------------


def _cue(units: Sequence[Unit], topic: StatementTopic) -> tuple[int, int] | None:
    """Where the cue of a matter stands that has beside it what it must have (units, end exclusive)."""
    for found in _matches(units, speech().topics[topic]):
        if _beside(units, topic, found) and not _supposed(units, found[0]):
            return found
    return None


def _supposed(units: Sequence[Unit], cue: int) -> bool:
    """Whether a cue stands in a condition: "even if they do not supply it"."""
    for n in range(cue - 1, max(-1, cue - 10), -1):
        if units[n].text in ",;:":
            return False
        if units[n].low in ("if", "unless", "whether"):
            return True
    return False


@lru_cache(maxsize=64)
def _openers(phrases: Phrases) -> frozenset[str]:
    """The first words of some phrases: most words are none."""
    return frozenset(phrase[0] for phrase in phrases)


def _matches(units: Sequence[Unit], phrases: Phrases) -> Iterator[tuple[int, int]]:
    openers = _openers(phrases)
    for at in range(len(units)):
        if units[at].low not in openers:
            continue
        for size in (4, 3, 2, 1):
            if at + size <= len(units) and tuple(u.low for u in units[at : at + size]) in phrases:
                yield at, at + size
                break


def _beside(units: Sequence[Unit], topic: StatementTopic, cue: tuple[int, int]) -> bool:
    """Whether a cue is about arms: an article stands with it where the word alone could mean anything."""
    named = [u for u in units if u.item is not None]
    if topic is StatementTopic.TRANSFER:
        behind = {u.low for u in units[max(0, cue[0] - 2) : cue[1] + 2]}
        near = any(u.item is not None for u in units[max(0, cue[0] - NEAR) : cue[1] + NEAR])
        return near and not behind & _CIVIL and any(u.party for u in units)
    if topic is StatementTopic.SYSTEM:
        return any(u.item is not None and u.item.system for u in named)
    if topic is StatementTopic.APPROVAL:
        goods = any(u.low in _GOODS for u in units)
        return goods or (bool(named) and units[cue[0]].low not in _LOOSE)
    if topic is StatementTopic.DIVERSION:
        plain = units[cue[0]].low.startswith(("end-use", "end", "re-export", "reexport", "retransfer", "re-transfer"))
        return plain or bool(named) or any(u.low in _GOODS for u in units)
    return True


_NEVER_MIND = frozenset("only just least longer doubt".split())  # "not only", "no longer", "no doubt"


def _polarity(units: Sequence[Unit], cue: tuple[int, int], one: Attributed) -> Polarity:
    """Denied where the verb denies or a negation stands before the cue in the same clause; twice is affirmed again."""
    denied = one.verb_kind == "deny"
    words = speech().denials
    for n in range(max(0, cue[0] - 22), min(len(units), cue[1] + 6)):
        if n < cue[0] - 9 and n and units[n].low not in ("neither", "nor", "never"):
            continue  # from afar only what opens the clause: "No missile of that kind has been sold"
        u, behind = units[n], units[n + 1].low if n + 1 < len(units) else ""
        cut_off = n < cue[0] and any(x.text in ";:" or x.low in ("but", "although") for x in units[n : cue[0]])
        after = n >= cue[1] and u.low in ("not", "never", "no", "none", "neither", "nor", "without", "n't")
        if u.low in words and behind not in _NEVER_MIND and not cut_off and not after:
            denied = not denied if one.verb_kind == "deny" and u.low in ("not", "never", "n't") else True
            break
    return Polarity.DENIED if denied else Polarity.AFFIRMED


# -- the statement ----------------------------------------------------------------------------------------


def _made(
    document: Document,
    part: Passage,
    units: Sequence[Unit],
    one: Attributed,
    topic: StatementTopic,
    cue: tuple[int, int],
    words: Span,
    published: DateInterval | None,
) -> Statement:
    place = part.copy.span(words.start, words.end)
    system = next((u for u in units if u.item is not None and u.item.system), None)
    parties = parties_of(units)
    speaks_for = one.speaker.party
    if speaks_for and any(u.low in _OWN for u in units):
        parties.setdefault(speaks_for, Span(one.speaker.start, one.speaker.end))
    date = next(iter(dates_in(part.copy.text, units[0].start, units[-1].end, published)), None)
    anchors = [("topic", str(topic), Span(units[cue[0]].start, units[cue[1] - 1].end), "stated")]
    if one.speaker.start < one.speaker.end:
        anchors.append(("speaker", one.speaker.name, Span(one.speaker.start, one.speaker.end), one.speaker.how))
    if one.frame[0] < one.frame[1]:
        anchors.append(("verb", one.verb, Span(*one.frame), "stated"))
    anchors += [("party", party, span, "stated") for party, span in parties.items()]
    if system is not None and system.item is not None and system.item.system:
        anchors.append(("system", system.item.system, Span(system.start, system.end), "stated"))
    if date is not None:
        anchors.append(("date", date.interval.iso, Span(date.start, date.end), "stated"))
    return Statement(
        document=document.id,
        start=place.start,
        end=place.end,
        quote=place.of(document.text),
        speaker=one.speaker.name,
        speaker_kind=one.speaker.kind,
        speaks_for=speaks_for,
        verb=one.verb or "quoted",
        topic=topic,
        polarity=_polarity(units, cue, one),
        parties=tuple(sorted(parties)),
        system=system.item.system if system is not None and system.item is not None else None,
        date=date.interval if date is not None else None,
        anchors=anchored(document, part, anchors),
        reader=READER,
    )


def anchored(document: Document, part: Passage, told: Iterable[tuple[str, str, Span, str]]) -> tuple[Anchor, ...]:
    """Fields that stand in a passage's copy as anchors in the document, each once, in the order of the text."""
    kept: dict[Anchor, None] = {}
    for field, value, span, how in told:
        place = part.copy.span(span.start, span.end)
        if place.start < place.end:
            kept[Anchor(field, value, place.start, place.end, place.of(document.text), how)] = None
    return tuple(sorted(kept, key=lambda a: (a.start, a.end, a)))


def parties_of(units: Sequence[Unit]) -> dict[str, Span]:
    """The parties that words name, each with the first words that do; what merely made an article is none."""
    found: dict[str, Span] = {}
    for u in units:
        if u.party and u.kind in ("party", "office", "company"):
            found.setdefault(u.party, Span(u.start, u.end))
    return found


def dates_in(text: str, start: int, end: int, published: DateInterval | None) -> list[DateMention]:
    """The dates of a stretch in order, those without a year led from the date of publication; positions in ``text``."""
    low = max(0, start - 90)  # what stands before tells whether a date is to come
    stretch = text[low:end]
    told = [*find_dates(stretch), *find_relative_dates(stretch, published)]
    kept: list[DateMention] = []
    for one in sorted(told, key=lambda d: (d.start, -d.end)):
        if one.start + low >= start and (not kept or one.start + low >= kept[-1].end):
            kept.append(DateMention(one.interval, one.start + low, one.end + low))
    return kept
