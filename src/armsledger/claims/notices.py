"""Reads official notices of proposed arms sales: press releases and Federal Register texts of 2008 to 2026.

Four families of wording are known: "notified Congress of a possible Foreign Military Sale" (to 2014), "has made a
determination approving a possible Foreign Military Sale" (since), the Federal Register's numbered items
(i) Prospective Purchaser ... (viii) Date Report Delivered, and bare lists of what was requested. A notice says what
may be sold for at most how much; it is no contract.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from armsledger.claims.anchor import Anchors
from armsledger.claims.contractors import find_contractors
from armsledger.claims.items import Article, find_articles
from armsledger.claims.parties import find_parties
from armsledger.claims.systems import system_in
from armsledger.lexicon.designators import fold
from armsledger.lexicon.matcher import NameKind
from armsledger.model import (
    Certainty,
    Claim,
    DateInterval,
    Document,
    Item,
    Meaning,
    Mode,
    Money,
    Notice,
    Span,
    SpeakerKind,
    Stage,
)
from armsledger.text.dates import DateMention, day_before, first_date
from armsledger.text.money import Sum, find_money
from armsledger.text.offsets import View, view

READER = "notices/1"
SUPPLIER = "USA"  # every known series of such notices is of the United States

_PAGE_MARK = re.compile(r"\[\[Page \d+\]\]")


def read_notice(document: Document) -> tuple[Notice, tuple[Claim, ...]] | None:
    """The notice that a document is, with its claims; None where nothing in it says that it is one.

    A correction or an empty reprint gives a notice without recipient, and no claim.
    """
    copy = view(document.text, drop=_PAGE_MARK)
    lines = copy.text
    text = lines.replace("\n", " ")  # one character for one: wordings may be broken over two lines
    if not _is_notice(document, text):
        return None
    found = Anchors(document, copy)
    parts = _parts(text)
    correction = bool(_CORRECTION.search(text[:1500]))
    recipient = _recipient(found, document, lines)
    value, shares = (None, ()) if correction else _value(found, text)
    items = () if correction else tuple(_items(found, lines, parts))
    notice = Notice(
        supplier=SUPPLIER,
        recipient=recipient,
        transmittal=_transmittal(found, document, text),
        date=_date(found, document, text),
        value=value,
        items=items,
        contractors=tuple(find_contractors(found, lines)),
        stage=None if correction and recipient is None else _stage(found, text),
        notified=_notified(found, document, text),
        shares=shares,
        offsets=_offsets(found, text),
        amends=_amends(found, text),
        correction=correction,
        start=0,
        end=len(document.text),
        anchors=found.of(),
    )
    return notice, tuple(_claims(document, notice, found, copy))


# -- is it one --------------------------------------------------------------------------------------------

_CORRECTION = re.compile(r"Arms Sales Notification; Correction|ACTION: Arms sales notice; correction", re.IGNORECASE)
_WORDING = re.compile(
    r"(?:possible|proposed|potential) (?:Foreign Military|Direct Commercial|foreign military) Sales?|"
    r"Arms Sales Notification|"
    r"notif(?:ied|ying) Congress|determination approving|36\(b\)|Prospective Purchaser|non-MDE items|Letter of Offer|"
    r"has requested (?:to buy|a possible|the possible|to purchase)",
    re.IGNORECASE,
)


def _is_notice(document: Document, text: str) -> bool:
    """By its wording, or by a transmittal number in its own name with the list of articles alone in its text."""
    return bool(_WORDING.search(text)) or bool(_named_transmittal(document.name))


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where a notice's articles stand: the lead, and the passages behind it (start inclusive, end exclusive)."""

    lead: Span | None
    body: tuple[Span, ...]


_LEAD = re.compile(
    r"(?:notified Congress|determination approving|possible (?:Foreign Military|Direct Commercial) Sale)", re.IGNORECASE
)
_REQUEST = re.compile(
    r"(?:has|have) requested|\brequests? (?:a|the|to)\b|In addition, the (?:potential|proposed|possible) sale|"
    r"wishes to (?:buy|purchase)|would like to (?:buy|purchase)|propose[sd] to (?:buy|purchase)",
    re.IGNORECASE,
)
_RATIONALE = re.compile(
    r"(?:This|The) (?:(?:proposed|potential|possible) (?:sale|support|program|upgrade|FMS case)s?|sale|"
    r"notification)(?:,? if [^,]{1,40},?)? "
    r"(?:of (?:this|these|the)\b|will\b|would\b|is consistent|serves|supports|contributes|directly)|"
    r"contributes? to the foreign policy|"
    r"is (?:one of (?:the|our)|an important|vital|a (?:key|close|major|partner|strategic|longtime)|"
    r"the (?:largest|most))\b|It is vital|"
    r"The United States is committed|\.\s+(?:[A-Z][\w ]{2,40}), one of (?:our|the)|[Pp]rincipal contractor|"
    r"[Pp]rime contractor|"
    r"Implementation of this|There will be no adverse|\s\(iv\)\s|TRANSMITTAL NO",
)


def _parts(text: str) -> _Parts:
    """Where the articles stand: from the lead to the first sentence that gives reasons, or the form's item (iii)."""
    numbered = re.search(r"\(iii\) Description and Quantit", text)
    justification = text.find("POLICY JUSTIFICATION")
    if numbered:
        stop = re.compile(r"\(iv\)").search(text, numbered.end())
        spans = [Span(numbered.end(), stop.start() if stop else len(text))]
        if justification > 0:
            request = _REQUEST.search(text, justification)
            if request:
                spans.append(Span(request.start(), _end_of_articles(text, request.end())))
        return _Parts(None, tuple(spans))
    lead = _LEAD.search(text)
    if not lead:
        request = _REQUEST.search(text)
        start = request.start() if request else 0
        return _Parts(None, (Span(start, _end_of_articles(text, start + 1)),))
    request = _REQUEST.search(text, lead.end())
    if request is None:
        return _Parts(Span(lead.start(), _end_of_articles(text, lead.end())), ())
    first = _RATIONALE.search(text, lead.end(), request.start())
    lead_end = first.start() if first else request.start()
    return _Parts(Span(lead.start(), lead_end), (Span(request.start(), _end_of_articles(text, request.end())),))


def _end_of_articles(text: str, start: int) -> int:
    end = _RATIONALE.search(text, start)
    return end.start() if end else len(text)


# -- recipient, number, dates, stage ----------------------------------------------------------------------

_PURCHASER = re.compile(r"Prospective Purchaser:?\s*([^\n]{2,160})")
_REQUESTER = re.compile(
    r"(?:^|[.\n;:)]\s*)(?:The )?([A-Z][^.;]{2,170}?),?\s(?:has|have)\s(?:also\s)?requested|"
    r"([A-Z][^.;\n]{2,120}?)\srequests\s(?:a|the|to)\b"
)
_SOLD_TO = re.compile(
    r"\bSales? (?:Orders? (?:I{1,2} )?)?(?:\([^)]*\) )?(?:to )?((?:the )?(?:[Gg]overnment )?[A-Z(][^.;]{2,140})",
    re.IGNORECASE,
)


def _recipient(found: Anchors, document: Document, text: str) -> str | None:
    """Who would buy: the purchaser of the form, else who has requested, else whom the sale is to, else the title's."""
    for pattern, how in ((_PURCHASER, "purchaser"), (_REQUESTER, "requester"), (_SOLD_TO, "sold to")):
        for match in pattern.finditer(text):
            group = 1 if match[1] else 2
            for party in find_parties(match[group], NameKind.PARTY, NameKind.SERVICE):
                if party.party != SUPPLIER:
                    at = match.start(group)
                    found.add(
                        "recipient",
                        party.party,
                        at + party.start,
                        at + party.end,
                        "stated" if how != "sold to" else how,
                    )
                    return party.party
    if document.title and not _CORRECTION.search(text[:1500]):
        titled = [p for p in find_parties(document.title, NameKind.PARTY) if p.party != SUPPLIER]
        if titled:
            where = text.find(document.title[titled[0].start : titled[0].end])
            if where >= 0:
                found.add("recipient", titled[0].party, where, where + titled[0].end - titled[0].start, "title")
            return titled[0].party
    return None


_NUMBER = r"(?:RSAT[\s-]{0,2})?(?P<number>\d[\dA-Z]-[\dA-Z]{1,4})"
_TRANSMITTAL = re.compile(rf"Transmittal\s(?:No|Number|Nos)?\.?:?\s{{0,3}}{_NUMBER}", re.IGNORECASE)
# The dateline can follow without a blank ("13-67WASHINGTON"): a letter belongs to the number only where no word begins.
_ONE_NUMBER = re.compile(r"\d[\dA-Z]-\d{1,3}(?:[A-Z](?![A-Za-z]))?")
_IN_NAME = re.compile(r"(?:^|[#/_ ])(?P<number>\d[\dA-Z]-\d[\dA-Z]{1,3})(?:\.\w{2,4})?$")


def _named_transmittal(name: str) -> str | None:
    """The transmittal number that a document's own name ends in (``...#25-31``, ``25-31.txt``), or None."""
    match = _IN_NAME.search(name)
    return match["number"] if match else None


def _transmittal(found: Anchors, document: Document, text: str) -> str | None:
    """The number in the text; where it has none, the one that the document is filed under, which no words carry."""
    for match in _TRANSMITTAL.finditer(text):
        number = _ONE_NUMBER.match(text, match.start("number"))
        if number:
            found.add("transmittal", number[0], number.start(), number.end())
            return number[0]
    return _named_transmittal(document.name)


_DELIVERED = re.compile(r"Date Report Delivered to Congress:?\s*")
_DATELINE = re.compile(
    r"WASHINGTON,?\s{0,2}(?:D\.?C\.?,?\s{0,2})?(?:\(?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
)
_DATED = re.compile(r"\bDated?:\s*|\bRelease Date:?\s*")


def _date(found: Anchors, document: Document, text: str) -> DateInterval | None:
    """Delivery to Congress, else the dateline, else the Register's signature, the page's own, what is dated."""
    for pattern in (_DELIVERED, _DATELINE):
        for match in pattern.finditer(text):
            dated = first_date(text, match.end(), match.end() + 24)
            if dated and dated.start - match.end() <= 3:
                return _kept(found, "date", dated)
    signed = _signed(text)
    if signed and _REGISTER.search(text):
        return _kept(found, "date", signed)
    if document.published:
        return DateInterval(document.published)
    told = _notified_mention(text, None) or signed
    return _kept(found, "date", told) if told else None


_REGISTER = re.compile(r"\[FR Doc\b|\bFederal Register\b")


def _signed(text: str) -> DateMention | None:
    """The date behind "Dated:"."""
    dates = (first_date(text, match.end(), match.end() + 24) for match in _DATED.finditer(text))
    return next((d for d in dates if d), None)


def _kept(found: Anchors, field: str, dated: DateMention) -> DateInterval:
    found.add(field, dated.interval, dated.start, dated.end)
    return dated.interval


def _notified(found: Anchors, document: Document, text: str) -> DateInterval | None:
    """The day on which Congress was told, where a day is named; "today" and weekdays are left to the notice's date."""
    dateline = next((a for a in found.of("date")), None)
    issued = dateline.value if dateline else document.published
    mention = _notified_mention(text, DateInterval(issued) if issued else None)
    return _kept(found, "notified", mention) if mention else None


def _notified_mention(text: str, issued: DateInterval | None) -> DateMention | None:
    for match in _DELIVERED.finditer(text):
        return first_date(text, match.end(), match.end() + 24)
    told = re.search(r"(?:\bOn ([^,]{4,20}(?:, \d{4})?), the (?:Defense|State)|notified Congress (?:on )?)", text)
    if not told:
        return None
    start, end = (told.start(1), told.end(1) + 6) if told[1] else (told.end(), told.end() + 20)
    full = first_date(text, start, end)
    if full or issued is None:
        return full
    return day_before(text, issued, start, end)


_APPROVED = re.compile(
    r"determination approving|notif(?:ied|ying) Congress|delivered the required certification|Date Report Delivered|"
    r"NOTICE OF PROPOSED ISS\w+ OF LETTER|Arms Sales Notification|possible (?:Foreign Military|Direct Commercial) Sale",
    re.IGNORECASE,
)


def _stage(found: Anchors, text: str) -> Stage:
    """``approved`` where a determination or notification is told or the text is a bare list; else ``requested``."""
    match = _APPROVED.search(text)
    if match:
        found.add("stage", Stage.APPROVED, match.start(), match.end())
        return Stage.APPROVED
    request = _REQUEST.search(text)
    if request:
        found.add("stage", Stage.REQUESTED, request.start(), request.end())
        return Stage.REQUESTED
    return Stage.APPROVED


# -- value ------------------------------------------------------------------------------------------------

_TOTAL = re.compile(r"\bTOTAL\W{0,60}$")
_COST = re.compile(r"(?:total |estimated )*(?:program )?(?:cost|value)\b[^.$]{0,50}$", re.IGNORECASE)
_WORTH = re.compile(
    r"(?:worth|as high as|package|valued at|price of|for up to|ceiling of|not to exceed)\b[^.$]{0,40}$", re.IGNORECASE
)
_OLDER = re.compile(
    r"(?:original|previous(?:ly)?|prior|earlier|implemented|initial|increase[sd]? (?:of|by)|from|added to|"
    r"threshold)\b[^$]{0,90}$|\bMDE\b[^.$]{0,20}$",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(Major Defense Equipment|Other)\s?\*?[\s.*]{1,60}$")


def _value(found: Anchors, text: str) -> tuple[Money | None, tuple[tuple[str, Money], ...]]:
    """The total that this notice states, as a ceiling, and its shares (``MDE``, ``other``).

    The Register's TOTAL wins, then the last "estimated (total) cost", then other words for what it may cost. What an
    older case was worth is not taken.
    """
    ranked: list[tuple[int, int, Sum]] = []
    shares: list[tuple[str, Money]] = []
    for money in find_money(text):
        before = text[max(0, money.start - 160) : money.start]
        share = _SHARE.search(before)
        if share:
            name = "MDE" if share[1].startswith("Major") else "other"
            shares.append((name, Money(money.amount, money.currency, Meaning.CEILING)))
            found.add(f"{name} share", shares[-1][1], money.start, money.end)
            continue
        rank = 3 if _TOTAL.search(before) else 2 if _COST.search(before) else 1 if _WORTH.search(before) else 0
        if rank and (rank == 3 or not _OLDER.search(before)):
            ranked.append((rank, money.start, money))
    if not ranked:
        return None, tuple(shares)
    best = max(ranked, key=lambda r: (r[0], r[1]))[2]
    value = Money(best.amount, best.currency, Meaning.CEILING)
    for _, _, money in ranked:
        if money.amount == best.amount and money.currency == best.currency:
            found.add("value", value, money.start, money.end)
        else:
            found.add("other value", Money(money.amount, money.currency), money.start, money.end)
    return value, tuple(shares)


# -- articles ---------------------------------------------------------------------------------------------


def _items(found: Anchors, text: str, parts: _Parts) -> Iterator[Item]:
    """The counted articles; what lead and body, or the two lists of a Register text, repeat counts once."""
    kept: list[tuple[int, Article]] = []
    places: dict[Decimal, list[int]] = {}  # count -> where in ``kept`` its articles stand
    spans = ([parts.lead] if parts.lead else []) + list(parts.body)
    for passage, span in enumerate(spans):
        for article in find_articles(text, span.start, span.end):
            if _OF_OLDER_CASE.search(text, max(span.start, article.start - _SENTENCE), article.start):
                continue
            alike = places.setdefault(article.quantity, [])
            twin = next((n for n in alike[:_TWINS] if kept[n][0] != passage and _same(kept[n][1], article)), None)
            if twin is None:
                alike.append(len(kept))
                kept.append((passage, article))
            elif passage and kept[twin][0] == 0 and parts.lead:
                kept[twin] = (passage, article)  # the request names the article more fully than the lead
    for _, article in sorted(kept, key=lambda k: k[1].start):
        span = found.span(article.phrase, article.end)
        yield Item(
            article.designation, span.start, span.end, article.quantity, system_in(article.designation), article.upgrade
        )
        found.add("item", article.designation, article.phrase, article.end)
        found.add("quantity", article.quantity, article.start, article.phrase)


# "The original FMS case, valued at $31.2 million, included two (2) ...": what was bought before is not asked for now.
_OF_OLDER_CASE = re.compile(
    r"\b(?:original|initial|earlier|prior|previous(?:ly implemented)?) "
    r"(?:FMS |Foreign Military Sales? (?:\(FMS\) )?)?case"
    r"\b(?:[^.;]|\.\d|(?<=\bNo)\.){0,300}\b(?:included|for|of|covered|consist\w+)\b(?:[^.;]|\.\d){0,300}$",
    re.IGNORECASE,
)
_SENTENCE = 400  # characters before an article in which its sentence begins

_TWINS = 100  # articles of one count among which a repetition is looked for


def _same(left: Article, right: Article) -> bool:
    """Whether articles of two passages are one: equal count, and one designation's words all in the other's."""
    if left.quantity != right.quantity:
        return False
    a, b = fold(left.designation), fold(right.designation)
    words_a, words_b = _words(left.designation), _words(right.designation)
    return a == b or a.startswith(b) or b.startswith(a) or words_a <= words_b or words_b <= words_a


def _words(name: str) -> set[str]:
    return {w.rstrip("s") for w in re.findall(r"[a-z]+|\d+", name.lower())}


# -- offsets, older cases ---------------------------------------------------------------------------------

_OFFSETS = re.compile(
    r"(?P<none>no (?:known )?offset agreements?)|(?P<some>offset (?:agreements?|contract|arrangements?)|"
    r"requested offsets)",
    re.IGNORECASE,
)


def _offsets(found: Anchors, text: str) -> str | None:
    """``none known`` or ``proposed``, where offsets are mentioned at all."""
    match = _OFFSETS.search(text)
    if not match:
        return None
    value = "none known" if match["none"] else "proposed"
    found.add("offsets", value, match.start(), match.end())
    return value


_OLDER_CASE = re.compile(
    r"(?:original(?:ly)?|previous(?:ly)?|prior|amends?|amendment to|supersedes|"
    rf"earlier)\b(?:[^.]|\.\d){{0,160}}?(?:transmittal|notification|CN)\s(?:number\s|no\.?:?\s)?{_NUMBER}",
    re.IGNORECASE,
)


def _amends(found: Anchors, text: str) -> str | None:
    """The transmittal number of the older case that this notice enlarges or amends, where it is named."""
    own = {a.value for a in found.of("transmittal")}
    for match in _OLDER_CASE.finditer(text):
        number = _ONE_NUMBER.match(text, match.start("number"))
        if number and number[0] not in own:
            found.add("amends", number[0], number.start(), number.end())
            return number[0]
    return None


# -- claims -----------------------------------------------------------------------------------------------

_DETAILS = (
    "contractor",
    "transmittal",
    "date",
    "notified",
    "MDE share",
    "other share",
    "other value",
    "offsets",
    "amends",
    "stage",
)


def _claims(document: Document, notice: Notice, found: Anchors, copy: View) -> Iterator[Claim]:
    """One claim for the notice as a whole, which holds its value, and one for each counted article without a value."""
    lead = _whole_span(found, copy)
    if notice.recipient is None or notice.stage is None or lead is None:
        return
    common = found.of("recipient", "transmittal")
    whole = Claim(
        document=document.id,
        start=lead.start,
        end=lead.end,
        quote=lead.of(document.text),
        reader=READER,
        stage=notice.stage,
        supplier=notice.supplier,
        recipient=notice.recipient,
        item=_package(document, notice, copy.text),
        system=notice.items[0].system if len({i.system for i in notice.items}) == 1 else None,
        value=notice.value,
        mode=Mode.SALE,
        certainty=Certainty.CERTAIN,
        speaker=document.publisher or "US Government",
        speaker_kind=SpeakerKind.OFFICE,
        date=notice.date,
        anchors=tuple(sorted({*common, *found.of("value"), *found.of(*_DETAILS)})),
    )
    yield whole
    names = {(a.start, a.end): a for a in found.of("item")}
    counts = found.of("quantity")
    ends = [c.end for c in counts]
    for item in notice.items:
        name, before = names.get((item.start, item.end)), bisect_right(ends, item.start)
        if name is None or not before:
            continue
        count = counts[before - 1]
        yield replace(
            whole,
            start=count.start,
            end=item.end,
            quote=document.text[count.start : item.end],
            item=item.designation,
            system=item.system,
            quantity=item.quantity,
            value=None,
            mode=Mode.SERVICE if item.upgrade else Mode.SALE,
            modernised=item.upgrade,
            anchors=tuple(sorted({*common, name, count})),
        )


def _whole_span(found: Anchors, copy: View) -> Span | None:
    """The words that stand for the notice as a whole: the sentence of its value, else of its recipient or its stage."""
    for field in ("value", "recipient", "stage", "item"):
        anchors = found.of(field)
        if anchors:
            return _sentence(copy, anchors[0].start)
    return None


_STARTS = re.compile(r"(?<=[a-z)\d])\.\s+(?=[A-Z])|\n")
_ENDS = re.compile(r"(?<=[a-z)\d])\.(?=\s|$)|\n\n")


def _sentence(copy: View, at: int) -> Span:
    """The document's span of the sentence around a position, at most some eight hundred characters long."""
    here = copy.at(at)
    text = copy.text
    low = max(0, here - 400)
    breaks = [m.end() for m in _STARTS.finditer(text, low, here)]
    start = breaks[-1] if breaks else low and _at_word(text, here - 200, here)
    stop = _ENDS.search(text, here, min(len(text), here + 400))
    end = stop.end() if stop else _at_word(text, min(len(text), here + 200), len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return copy.span(start, end)


def _at_word(text: str, at: int, end: int) -> int:
    """The first place from ``at`` on where no word is cut in two, at the latest forty characters on."""
    return next((n for n in range(at, min(end, at + 40)) if text[n - 1 : n].isspace()), at)


# "... Sale to the Government of Morocco of M198 howitzers and associated parts for an estimated cost of ..."
_OF_WHAT = re.compile(
    r"\bSales?\s(?:\(\w+\)\s)?to\s(?:the\s)?(?:(?:Government|Kingdom|Republic|State|Sultanate|Commonwealth)\sof\s(?:the\s)?){0,2}"
    r"[A-Z][\w' ()-]{2,60}?\s(?:of|for)\s(?:the\s|an?\s)?(?P<what>(?!estimated)[^.;$\n]{3,120}?)"
    r"(?=,?\s(?:and|with|plus)\s(?:associated|related|other|support|parts)|,?\s(?:for|at|worth|valued)\s(?:an?\s)?(?:estimated|total|cost)|"
    r",\sas\swell|[.;])"
)


def _package(document: Document, notice: Notice, text: str) -> str | None:
    """What the notice is about: its title behind the buyer's name, else what its lead sells, else its one article."""
    if document.title:
        parts = re.split(r"\s*[\u2013\u2014]-?\s*|\s+-+\s+|\s*-\u00ad\s*", document.title.strip(), maxsplit=1)
        if len(parts) == 2 and parts[1].strip():
            return parts[1].strip()
        named = [m for m in find_parties(document.title) if m.party == notice.recipient]
        if named and document.title[: named[0].end + 1].strip().endswith("-") and not named[0].start:  # "Japan-Radars"
            return document.title[named[0].end + 1 :].strip()
        if named:
            return document.title.strip()
    told = _OF_WHAT.search(text)
    if told:
        return told["what"].strip(" ,")
    articles = {item.designation for item in notice.items}
    return articles.pop() if len(articles) == 1 else None
