"""Hypothesis strategies for the nouns of ``armsledger.model``: any values that the rooms may hand to one another.

Texts hold whatever a document may hold, lone surrogates and U+0000 included; every quote stands where it says. The
pools are small on purpose, so that documents, claims and readings come that are the same or differ only in what is no
part of their identity (name, form, version of the reader, points).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from armsledger.model import (
    Anchor,
    Certainty,
    Claim,
    DateInterval,
    Document,
    DocumentKind,
    Judgement,
    Meaning,
    Mode,
    Money,
    Polarity,
    Reading,
    Refusal,
    Run,
    Section,
    SectionKind,
    Silence,
    Skipped,
    SpeakerKind,
    Stage,
    Subject,
)

# Any character, with those that databases, JSON, LIKE and our own escape mind more likely than chance has them.
_CHARACTERS = st.one_of(st.characters(exclude_categories=()), st.sampled_from("aé\0\ud800\udfff\ufdd0%_\\'\":;\n😀ßİ"))


def words(least: int = 0, most: int = 12) -> st.SearchStrategy[str]:
    """Short texts of any characters."""
    return st.text(_CHARACTERS, min_size=least, max_size=most)


def amounts() -> st.SearchStrategy[Decimal]:
    """Exact numbers: far more digits than a float has, with exponents and trailing zeros."""
    plain = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e30"), max_value=Decimal("1e30"))
    return st.one_of(plain, st.sampled_from([Decimal("2.50E+9"), Decimal("0.10"), Decimal("0"), Decimal("53.0")]))


def money() -> st.SearchStrategy[Money]:
    """Sums with and without a meaning."""
    return st.builds(Money, amounts(), st.sampled_from(["USD", "EUR"]), st.none() | st.sampled_from(Meaning))


def iso_dates() -> st.SearchStrategy[str]:
    """Dates as precise as a day, a month or a year."""
    days = st.dates(date(1950, 1, 1), date(2035, 12, 31))
    return st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))


def intervals() -> st.SearchStrategy[DateInterval]:
    """Dates and ranges of dates."""
    ranges = st.tuples(iso_dates(), iso_dates()).map("/".join)
    return st.one_of(iso_dates(), ranges).map(DateInterval)


@st.composite
def _stretch(draw: st.DrawFn, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, len(text)))
    return start, draw(st.integers(start, len(text)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents; some with a date that means nothing."""
    text = draw(words(0, 40))
    kinds, stretch = st.sampled_from(SectionKind), _stretch(text)
    run = st.builds(Run, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
    return Document(
        name=draw(words(1, 4)),
        kind=draw(st.sampled_from(DocumentKind)),
        text=text,
        sections=tuple(draw(st.lists(st.builds(lambda kind, at: Section(kind, *at), kinds, stretch), max_size=3))),
        title=draw(st.none() | words()),
        published=draw(st.none() | iso_dates() | st.sampled_from(["9999-12-31", "soon", ""])),
        publisher=draw(st.none() | words()),
        url=draw(st.none() | words()),
        language=draw(st.none() | st.sampled_from(["en", "tr"])),
        media_type=draw(st.sampled_from(["text/plain", "text/html"])),
        digest=draw(st.sampled_from(["", "0" * 64])),
        runs=tuple(draw(st.lists(run, max_size=2))),
        skipped=tuple(draw(st.lists(st.builds(lambda why, at: Skipped(why, *at), words(), stretch), max_size=2))),
    )


@st.composite
def anchors(draw: st.DrawFn, text: str) -> Anchor:
    """Anchors in a text."""
    start, end = draw(_stretch(text))
    field = draw(st.sampled_from(["supplier", "recipient", "transmittal", "quantity"]))
    return Anchor(field, draw(words()), start, end, text[start:end], draw(st.sampled_from(["stated", "demonym"])))


@st.composite
def claims(draw: st.DrawFn, document: Document) -> Claim:
    """Claims of a document, with any slot filled or empty."""
    start, end = draw(_stretch(document.text))
    names = st.none() | st.sampled_from(["PAK", "TUR", "USA", "RUS"]) | words()
    return Claim(
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        reader=draw(st.sampled_from(["news/1", "news/9", "news/10", "notices/1", "llm"])),
        stage=draw(st.sampled_from(Stage)),
        subject=draw(st.sampled_from(Subject)),
        supplier=draw(names),
        recipient=draw(names),
        item=draw(st.none() | words()),
        system=draw(st.none() | st.sampled_from(["s-400", "aim-120"])),
        quantity=draw(st.none() | amounts()),
        value=draw(st.none() | money()),
        programme=draw(st.none() | money()),
        mode=draw(st.none() | st.sampled_from(Mode)),
        second_hand=draw(st.booleans()),
        modernised=draw(st.booleans()),
        polarity=draw(st.sampled_from(Polarity)),
        certainty=draw(st.sampled_from(Certainty)),
        speaker=draw(words()),
        speaker_kind=draw(st.sampled_from(SpeakerKind)),
        date=draw(st.none() | intervals()),
        condition=draw(st.none() | words()),
        anchors=tuple(draw(st.lists(anchors(document.text), max_size=4))),
        evidence=draw(st.none() | amounts()),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """What one document may give."""
    document = draw(documents())
    stretch = _stretch(document.text)
    silence = st.builds(lambda why, at: Silence(why, *at), st.sampled_from(["no item", "no party"]), stretch)
    refusal = st.builds(Refusal, st.sampled_from(["not there"]), st.sampled_from(["quote", "item"]), words())
    return Reading(
        document=document,
        claims=tuple(draw(st.lists(claims(document), max_size=3))),
        refused=tuple(draw(st.lists(refusal, max_size=2))),
        silences=tuple(draw(st.lists(silence, max_size=3))),
    )


@st.composite
def rereadings(draw: st.DrawFn, reading: Reading) -> Reading:
    """Another reading of the same document: another name, form or version of the reader, more or fewer claims."""
    document = replace(
        reading.document,
        name=draw(words(1, 4)),
        kind=draw(st.sampled_from(DocumentKind)),
        media_type=draw(st.sampled_from(["text/plain", "text/html"])),
    )
    kept = [claim for claim in reading.claims if draw(st.booleans())]
    again = [
        replace(
            claim,
            reader=claim.reader.partition("/")[0] + draw(st.sampled_from(["", "/1", "/9", "/10"])),
            evidence=draw(st.none() | st.integers(0, 9).map(Decimal)),
        )
        for claim in kept
    ]
    return replace(
        draw(readings()),
        document=document,
        claims=(*again, *draw(st.lists(claims(document), max_size=1))),
    )


@st.composite
def batches(draw: st.DrawFn) -> list[Reading]:
    """A few readings, some of the same documents."""
    first = draw(st.lists(readings(), min_size=1, max_size=3))
    return first + [draw(rereadings(reading)) for reading in first if draw(st.booleans())]


def judgements() -> st.SearchStrategy[Judgement]:
    """Judgements about anything."""
    verdicts = st.sampled_from(["same", "different", "accept", "reject"])
    about = st.lists(words(), max_size=3).map(tuple)
    return st.builds(Judgement, verdicts, about, words(), iso_dates(), words(), st.none() | words())
