"""What pages show of values: links, marked text made from offsets, and what a form asks. No HTML is written here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from armsledger.model import Claim

if TYPE_CHECKING:
    from armsledger.deals.bearing import Told
    from armsledger.deals.credibility import Credibility
    from armsledger.deals.disputes import Dispute, Voice
    from armsledger.deals.life import Step
    from armsledger.deals.timeline import Entry
    from armsledger.model import DealField, FieldValue
    from armsledger.pipeline import SharedContract

_MORE = re.compile(r", \+(\d+)$")


# -- marked text ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document's text: plain where ``claims`` is empty, else marked as words of these claims.

    ``opens`` are the claims whose words begin here: the page puts their anchors on it.
    """

    text: str
    claims: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()


def marked_parts(text: str, claims: Iterable[Claim], start: int = 0, end: int | None = None) -> list[Part]:
    """The text from ``start`` to ``end`` cut where the words of claims begin and end; positions are code points.

    Joined, the parts are the text again: nothing is added, escaped or left out here.
    """
    last = len(text) if end is None else min(end, len(text))
    spans = sorted(
        {(max(c.start, start), min(c.end, last), str(c.id)) for c in claims if c.end > start and c.start < last}
    )
    cuts = sorted({start, last, *(p for s, e, _ in spans for p in (s, e))})
    parts: list[Part] = []
    open_: list[tuple[int, int, str]] = []
    following = iter(spans)
    coming = next(following, None)
    for here, there in pairwise(cuts):
        open_ = [span for span in open_ if span[1] > here]
        opens = []
        while coming is not None and coming[0] == here:
            open_.append(coming)
            opens.append(coming[2])
            coming = next(following, None)
        parts.append(Part(text[here:there], tuple(span[2] for span in open_), tuple(opens)))
    return parts


def window(length: int, claims: Sequence[Claim], wanted: str | None, page: int, size: int) -> tuple[int, int, int]:
    """Which stretch of a long text a page shows: its start and end, and its number from 1.

    With a claim it is the page on which the claim's words begin.
    """
    if wanted is not None:
        found = next((c.start for c in claims if str(c.id) == wanted), 0)
        page = found // size + 1
    page = min(max(1, page), max(1, -(-length // size)))
    return (page - 1) * size, min(length, page * size), page


# -- words with their places ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cite:
    """A place that a page links to: a claim's words (None: the document alone) in a document."""

    document: str
    claim: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Something said, once, and every document that it is said in; ``note`` is what else there is to say of it."""

    words: str
    note: str
    cites: tuple[Cite, ...]


def cite(claim: Claim) -> Cite:
    """The place of a claim's words."""
    return Cite(claim.document, claim.id, claim.quote)


def _together(said: Iterable[tuple[str, str, Cite]]) -> tuple[Cited, ...]:
    """What is said alike once, in the order of the first, with one place for each document."""
    found: dict[tuple[str, str], dict[str, Cite]] = {}
    for words, note, place in said:
        found.setdefault((words, note), {}).setdefault(place.document, place)
    return tuple(Cited(*key, tuple(places.values())) for key, places in found.items())


def headline(claims: Iterable[Claim]) -> str:
    """What moves: ``53 × AIM-120C-8 and 1 more item``."""
    from armsledger.views.words import many, what_of

    told = what_of(claims)
    more = _MORE.search(told)
    return told if more is None else f"{told[: more.start()]} and {many(int(more[1]), 'more item')}"


def voices(step: Step) -> Iterator[tuple[str, tuple[Cited, ...]]]:
    """Who speaks for a stage and who against it, each voice once with the documents in which it does."""
    from armsledger.deals.bearing import rank

    parts = (
        ("for", step.reached),
        ("possible", step.possible),
        ("still to come", step.ahead),
        ("against", step.against),
        ("doubted", step.doubted),
    )
    for label, told in parts:
        if told:
            yield label, _together((_voice(t), "", cite(t.claim)) for t in sorted(told, key=rank))


def _voice(told: Told) -> str:
    from armsledger.views.words import date_of

    due = f", for {date_of(told.due)}" if told.due else ""
    day = f", {date_of(told.claim.date)}" if told.claim.date and not told.due else ""
    condition = f", {told.claim.condition}" if told.claim.condition else ""
    return f"{told.voice}, {told.claim.certainty}{day}{due}{condition}"


def words_behind(field: DealField, value: FieldValue, claims: Mapping[str, Claim]) -> tuple[Cited, ...]:
    """The words that carry a value, each once with its documents; last those claims that only carry it as a whole."""
    from armsledger.views.evidence import WHOLE, of_value

    own, whole = [], []
    for e in of_value(field, value, claims):
        place = Cite(e.document, e.claim, e.quote)
        if e.how == WHOLE:
            whole.append((claims[e.claim].quote, "the claim as a whole", place))
        else:
            own.append((" ".join(e.quote.split()), "" if e.how == "stated" else f"by rule: {e.how}", place))
    if not own:
        return _together(whole)
    carried = {place.document for _, _, place in own}
    return _together([*own, *(("", "also the claim as a whole", w[2]) for w in whole if w[2].document not in carried)])


def said_by(voices: Iterable[Voice]) -> tuple[Cited, ...]:
    """Who gives a value, in which words: alike ones once."""
    told = []
    for voice in voices:
        whose = "the report itself" if voice.speaker_kind == "author" else voice.speaker
        note = f"{whose}, denies" if voice.polarity == "denied" else whose
        told.append((" ".join(voice.quote.split()), note, Cite(voice.document, voice.claim, voice.quote)))
    return _together(told)


def told_words(told: Iterable[Told]) -> tuple[Cited, ...]:
    """What claims say: ``2025-08-06 Turkish media`` beside the words, alike ones once."""
    given = ((" ".join(t.claim.quote.split()), f"{t.published or 'undated'} {t.voice}", cite(t.claim)) for t in told)
    return _together(given)


@dataclass(frozen=True, slots=True)
class Moment:
    """What stands on one day of a timeline: entries that say the same are one, with all their words."""

    entry: Entry
    what: str
    said: tuple[Cited, ...]


def moments(entries: Iterable[Entry]) -> tuple[Moment, ...]:
    """The entries of a timeline; of one day and voice, those of one matter and those of the same words together."""
    found: dict[tuple[object, str], list[Entry]] = {}
    for e in entries:
        found.setdefault(((e.day, e.on, e.kind, e.voice, e.contested), e.what), []).append(e)
    alike: dict[object, tuple[Entry, list[str], tuple[Cited, ...]]] = {}
    for (same, what), some in found.items():
        said = _together((" ".join(e.quote.split()), "", _place(e)) for e in some)
        words = tuple((one.words, tuple(c.document for c in one.cites)) for one in said)
        alike.setdefault((same, words), (some[0], [], said))[1].append(what)
    return tuple(Moment(entry, ", ".join(whats), said) for entry, whats, said in alike.values())


def _place(entry: Entry) -> Cite:
    return Cite(entry.document, entry.id if entry.kind == "claim" else None, entry.quote)


def differing(disputes: Iterable[Dispute]) -> tuple[list[Dispute], list[Dispute]]:
    """The fields that contradict, and those whose values differ for a cause that can be told."""
    given = list(disputes)
    told = [d for d in given if any(v.difference and v.difference.cause for v in d.values)]
    return [d for d in given if d.contradicts], [d for d in told if not d.contradicts]


def graded(values: Iterable[Credibility]) -> list[tuple[str, list[Credibility]]]:
    """Values by their grade, the least to be believed first."""
    found: dict[str, list[Credibility]] = {}
    for value in sorted(values, key=lambda v: -v.information):
        found.setdefault(f"{value.information} {value.word}", []).append(value)
    return list(found.items())


def contract_number(contract: SharedContract) -> str:
    """The number of a shared contract as it is written."""
    written = (a.value for c in contract.claims for a in c.anchored("contract"))
    return next(written, contract.key.split(" ")[1])
