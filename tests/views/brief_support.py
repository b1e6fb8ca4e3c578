"""Whether a brief is supported: each figure and name of its page, looked for in the words that are cited for it.

The page is read as a reader has it: the HTML is parsed, what is marked as computed is set aside, and every other figure,
date, party, system and speaker of a sentence must stand in a quotation that the sentence cites, in what is known of its
document, or in a field of which the citation says by which rule it was filled. The grammar here is this test's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from lxml import html as parser
from lxml.html import HtmlElement

from armsledger.lexicon.matcher import Matcher, NameKind, lexicon, spellings
from armsledger.views.brief_html import html
from armsledger.views.brief_value import Brief, Citation

# -- what a page says -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A sentence or cell of the page: its words without what is computed, its quotations, the numbers it cites."""

    text: str
    quotes: tuple[str, ...]
    cites: tuple[int, ...]
    computed: bool  # whether nothing else is in it
    asked: bool


def sentences(page: str) -> Iterator[Said]:
    """Every sentence and cell of a page."""
    for element in parser.fromstring(page).xpath("//span[@class='said']"):
        quotes = tuple(str(q.text_content()) for q in element.iter("bdi"))
        cites = tuple(map(int, element.get("data-cites", "").split()))
        asked = bool(element.xpath(".//span[@class='asked']"))
        for gone in element.xpath(".//sup | .//i[@class='computed'] | .//bdi | .//span[@class='asked']"):
            _drop(gone)
        text = str(element.text_content())
        yield Said(text, quotes, cites, not text.strip(" .“”") and not quotes, asked)


def _drop(element: HtmlElement) -> None:
    element.text, element.attrib["dropped"] = None, ""
    for child in list(element):
        element.remove(child)


def outside(page: str) -> str:
    """The words of the page that are in no sentence, the lists of citations and documents and the title left out."""
    tree = parser.fromstring(page)
    for gone in tree.xpath(
        "//head | //section[@id='citations'] | //section[@id='documents'] | //span[@class='said'] | //sup"
    ):
        gone.drop_tree()
    return str(tree.text_content())


# -- what is cited ----------------------------------------------------------------------------------------


def corpus(cited: Iterable[Citation]) -> str:
    """What the citations show: quotations, documents, and fields; a field's value only where a rule is told for it."""
    found: list[str] = []
    for one in cited:
        found += [one.quote, one.source.title, one.source.publisher, one.source.published]
        for words in one.fields:
            found += [words.quote, *([f"{words.field} {words.value}"] if words.rule else [])]
    return " \n ".join(found)


def unsupported(brief: Brief, speakers: Iterable[str], page: str | None = None) -> list[str]:
    """What the page says and no citation of the sentence shows; empty where all is supported."""
    page = page or html(brief)
    by_number = {one.number: one for one in brief.citations}
    known = [s for s in speakers if len(s) > 3 and s != "author"]
    title = str(parser.fromstring(page).findtext(".//title"))
    found = [] if title == brief.title.text else [f"the page's title: {title}"]
    found += [f"outside of a sentence: {word}" for word in _with_digits(outside(page)) if not _is_day_asked(word)]
    for said in sentences(page):
        if not said.cites and not said.computed and not said.asked and (_with_digits(said.text) or said.quotes):
            found.append(f"no citation: {said.text}")
        found += [f"no such citation: {n}" for n in said.cites if n not in by_number]
        shown = corpus(by_number[n] for n in said.cites if n in by_number)
        found += [f"{problem}: {said.text.strip()} {said.cites}" for problem in _missing(said, shown, known)]
    return found


def _is_day_asked(word: str) -> bool:
    """Whether it is the day of ``--since``, which a heading repeats."""
    return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", word))


def _missing(said: Said, shown: str, speakers: Iterable[str]) -> Iterator[str]:
    for quote in said.quotes:
        if fold(quote.rstrip("…")) not in fold(shown):
            yield f"quotation {quote[:40]!r}"
    yield from _missing_figures(said.text, shown)
    text, folded = f" {said.text} ", fold(shown)
    of_speakers = [s for s in speakers if s.lower() in text.lower()]
    for speaker in of_speakers:
        if fold(speaker) not in folded:
            yield f"speaker {speaker}"
        text = re.sub(re.escape(speaker), " ", text, flags=re.IGNORECASE)
    names = _names(shown)
    for entry, spelled in _named(text):
        if entry not in names and fold(spelled) not in folded:
            yield f"name {entry}"


# -- figures ----------------------------------------------------------------------------------------------

_MONTHS = "january february march april may june july august september october november december".split()
_WORDS = dict(zip(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty".split(), range(1, 21), strict=True,
)) | {"a": 1, "an": 1, "single": 1, "both": 2, "pair": 2, "dozen": 12, "thirty": 30, "forty": 40, "fifty": 50,
      "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}  # fmt: skip
_SCALES = {"thousand": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "b": 10**9,
           "trillion": 10**12}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)[\s-]?(thousand|million|billion|trillion|mn|bn|m|b)?\b", re.IGNORECASE
)
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?\\.?" for m in _MONTHS) + "|sept\\.?"
_DATES = (
    re.compile(rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH}),?\s+(?P<year>\d{{4}})", re.IGNORECASE
    ),
    re.compile(rf"(?P<month>{_MONTH})\s+(?:of\s+)?(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"),
)
_WITHOUT_YEAR = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})\b", re.IGNORECASE)


def _with_digits(text: str) -> list[str]:
    return [t for t in re.findall(r"[^\s“”();,]+(?:,\d{3})*", text) if re.search(r"\d", t)]


def _missing_figures(text: str, shown: str) -> Iterator[str]:
    days, numbers, folded = _days(shown), _numbers(shown), fold(shown)
    for token in _with_digits(text):
        bare = token.strip(".:;,×’'\"").removesuffix("’s")
        if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", bare):
            if not any(day.startswith(bare) for day in days):
                yield f"date {bare}"
        elif re.fullmatch(r"\d[\d,]*(\.\d+)?", bare):
            if Decimal(bare.replace(",", "")) not in numbers:
                yield f"figure {bare}"
        elif fold(bare) not in folded:
            yield f"designation {bare}"


def _numbers(text: str) -> set[Decimal]:
    found = set()
    for digits, scale in _NUMBER.findall(text):
        plain = Decimal(digits.replace(",", "").rstrip(".") or "0")
        found |= {plain, plain * _SCALES.get(scale.lower(), 1)}
    for day in _days(text):
        found.add(Decimal(day[:4]))
    return found | _in_words(text)


def _in_words(text: str) -> set[Decimal]:
    found = set()
    words = re.findall(r"[a-z]+", text.lower())
    for one, other in pairwise([*words, ""]):
        if one in _WORDS:
            found.add(Decimal(_WORDS[one]))
            tens = _WORDS[one] >= 20 and _WORDS.get(other, 99) < 10
            found.add(Decimal(_WORDS[one] + (_WORDS[other] if tens else 0)))
            found.add(Decimal(_WORDS[one] * _SCALES.get(other, 100 if other == "hundred" else 1)))
    return found


def _days(text: str) -> set[str]:
    found = set()
    for form in _DATES:
        for hit in form.finditer(text):
            named = hit.groupdict()
            month = named["month"].lower()[:3]
            number = int(month) if month.isdigit() else [m[:3] for m in _MONTHS].index(month) + 1
            day = f"-{int(named['day']):02}" if named.get("day") else ""
            found.add(f"{named['year']}-{number:02}{day}")
    found |= set(re.findall(r"\b\d{4}-\d\d(?:-\d\d)?\b", text))
    years = {day[:4] for day in found}  # "January 13" is of the year that the document names elsewhere
    for month, day in _WITHOUT_YEAR.findall(text):
        number = [m[:3] for m in _MONTHS].index(month.lower()[:3]) + 1
        found |= {f"{year}-{number:02}-{int(day):02}" for year in years}
    return found


# -- names ------------------------------------------------------------------------------------------------

_OF_PARTIES = frozenset({NameKind.PARTY, NameKind.DEMONYM, NameKind.PEOPLE, NameKind.SEAT, NameKind.SERVICE})


@cache
def _matcher() -> Matcher:
    return Matcher(spellings(lexicon(), frozenset({*_OF_PARTIES, NameKind.SYSTEM, NameKind.NOTHING})))


def _named(text: str) -> set[tuple[str, str]]:
    """The parties and systems that a sentence of the brief names, as spelled: only by a name that is nobody else's."""
    kinds = (NameKind.PARTY, NameKind.SYSTEM)
    return {
        (m.names[0].entry, text[m.start : m.end])
        for m in _matcher().find(text)
        if len({n.entry for n in m.names}) == 1 and m.names[0].kind in kinds
    }


def _names(text: str) -> set[str]:
    return {n.entry for m in _matcher().find(text) for n in m.names}


def fold(text: str) -> str:
    """The text without case, accents, marks and blanks."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in bare if c.isalnum())
