"""Who buys under a contract announcement: foreign governments, never places of work.

A party is a customer where the words say so: behind "foreign military sales to", "government of", "customers in" or
in a list that such words open; as an armed service or government of its own ("the Iraqi navy"); with a share of the
purchase behind its name ("Japan ($899,879; 8.7 percent)"); or as the one whose money pays. Everything in a sentence
on where the work is done, and in one that says "not a foreign military sale", is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from armsledger.claims.parties import PartyMention, find_parties
from armsledger.lexicon.matcher import NameKind, lexicon
from armsledger.model import Share
from armsledger.text.quantities import words_to_number
from armsledger.text.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Customers:
    """Who buys, each once in the order of the text, with shares and the words that show that a sale is foreign."""

    customers: tuple[PartyMention, ...]
    shares: tuple[tuple[Share, int, int], ...]
    foreign: bool
    cue: tuple[int, int] | None


_SALE = (
    r"(?:[Ff]oreign[ -][Mm]ilitary[ -][Ss]ales?|\bFMS\b|[Ff]oreign [Mm]ilitary [Ff]inanc(?:ing|e)|\bFMF\b|"
    r"[Ff]oreign [Mm]ilitary [Ss]ale)"
)
_CUE = re.compile(
    rf"{_SALE}|[Ii]nternational (?:[Pp]artners?|[Cc]ustomers?|[Aa]greement partners?|participants?)\b|"
    r"[Nn]on-(?:U\.S\. )?(?:Department of Defense|DoD)(?: \(DoD\))? (?:participants?|partners?)|"
    r"[Cc]ooperative (?:[Pp]artner|program participant|[Pp]rogram [Pp]artner)s?|[Ff]oreign (?:partners?|"
    r"governments?|nations?|customers?|countr(?:y|ies)|militar(?:y|ies)|navies)\b|partner nations?|"
    r"Security Cooperation Initiative|[Bb]uilding [Pp]artner(?:ship)? [Cc]apacity|"
    r"(?:allied|coalition) (?:partners?|nations?|customers?|forces)\b(?= funds)"
)
# One of them stands in whatever ``_CUE`` matches: a cheap first look.
_CUE_STEMS = (
    "oreign",
    "FMS",
    "FMF",
    "nternational",
    "on-",
    "ooperative",
    "artner",
    "Security Cooperation",
    "allied",
    "coalition",
)
_NO_CUE_BEFORE = re.compile(
    r"(?:\bnot\s(?:(?:an?|for|under|involve|part of|related to|support|supporting|considered)\s){0,2}|\bno\s|"
    r"non-|capable of[^.;]{0,30}|\b(?:may|could|can|might)\b[^.;]{0,50}|\bpotential\s|future\s|possible\s|"
    r"excluding\s|without\s|prohibit\w*\s)$",
    re.IGNORECASE,
)
_NOT_SALE = re.compile(
    rf"\bnot\s(?:(?:an?|for|under|involve|part of|related to|considered)\s){{0,2}}{_SALE}|"
    rf"capable of supporting {_SALE}|international agreement|\(4\)\s?[-\u2013(]?\s?international",
    re.IGNORECASE,
)
# Sentences that say where work is done or who signs; and money that hosts pay for bases on their soil.
_PLACE_SENTENCE = re.compile(
    r"\s*(?:The\s|All\s|Future\s|Additional\s)?(?:[Ww]ork(?:\s(?:under|on|for|is|will|location|performed|sites?|"
    r"hours)|\s\w+\swill)|Locations?\b|Places? of performance|Performance (?:will|locations?)|"
    r"Funding and work|Services will be (?:performed|provided) (?:at|in)\b)"
)
_PLACE_PART = re.compile(
    r"\b(?:[Ww]ork will be performed|[Ww]ork is expected to be performed|[Ll]ocations? of performance|"
    r"to be performed (?:in|at))\b"
)
_BUYERS = re.compile(rf"{_SALE}|\bgovernments? of\b|\bpurchases?\b|\bcustomers?\b|\bin support of\b")
_ACTIVITY = re.compile(r"(?:is|are) the contracting (?:activity|office|agency)|[Cc]ontracting activity is")
_HOST = re.compile(
    r"\s*(?:\(\w+\)\s)?(?:government\s)?(?:(?:fiscal|direct|in-kind|host)\s)?(?:cash\s)?(?:contributions?|"
    r"host nation|burden|facilities improvement|-funded construction|in-kind)",
    re.IGNORECASE,
)

_OF = (
    r"(?:the\s)?(?:[Gg]overnments?(?:\s\w+)?\sof\s|[Kk]ingdoms?\sof\s|[Ss]tate\sof\s|[Cc]ommonwealth\sof\s|"
    r"[Cc]ountr(?:y|ies)\sof\s|[Rr]epublic\sof\s|[Ss]ultanate\sof\s|[Nn]ations?\sof\s)"
)
_BEFORE = re.compile(
    rf"(?:{_OF}(?:the\s)?"
    rf"|{_SALE}(?:\s\((?:FMS|FMF)\))?[\s,]*(?:[\w-]+\s(?:\([A-Z]+\)\s)?){{0,7}}?(?:\w+,?\s)?(?:to|for|from|in|of|"
    r"with|by|involving|include|includes|including|includ\w+|are|is|customers?|contract|case|countries|partners|"
    rf"nations|names?|:)[:,]?\s?\(?(?:the\s)?(?:{_OF})?(?:the\s)?"
    rf"|{_SALE}(?:\s\((?:FMS|FMF)\))?(?:\s(?:contract|customers?|case|partners?|requirements?|modification|"
    rf"order))?(?:\s[A-Z0-9-]+)?\s?[-,:]?\s?\((?:the\s|{_SALE}\s?(?:for|to)?[-:]?\s)?"
    rf"|(?:country|countries|nations?) (?:names?|involved|of)\b[^.]{{0,30}}(?:are|is|include|of)\s(?:the\s)?"
    r"|^\s*(?:They|These|The (?:countries|country names|customers|foreign military sales countries))\s(?:are|is|"
    r"include)[:,]?\s(?:the\s)?"
    r"|(?:customers?|partners?|countries|nations|participants|users)(?:,)?\s(?:are|is|include|includes|"
    r"including|in|from|such as|of|for)[:,]?\s(?:the\s)?"
    rf"|(?:orders?|sales?) (?:are|is|will be|being) (?:for|to)\s(?:the\s)?"
    rf"|(?:[Ff]unds?|[Ff]unding|[Pp]artners?|[Pp]articipants?|[Pp]rojects?)\s?[(,]\s?(?:the\s)?"
    rf"|on behalf of (?:the\s)?(?:{_OF})?"
    rf")$"
)
_FORCES = re.compile(
    r"(?:'s)?\s(?:(?:[Nn]ational|[Ll]ocal|[Rr]oyal|[Ss]pecial|[Bb]order|[Cc]ivil|[Ii]nterior|[Dd]efen[cs]e|"
    r"[Ss]ecurity|[Ss]elf-[Dd]efense|[Mm]aritime|[Pp]residential|[Rr]epublic of China)\s(?:and\s)?){0,3}"
    r"(?:[Gg]overnment|[Mm]ilitary|[Aa]rm(?:y|ies)|[Nn]av(?:y|al)(?:\s[Ff]orces?)?|[Aa]ir\s[Ff]orces?|"
    r"[Aa]rmed\s[Ff]orces|[Ff]orces?|[Mm]arines?(?:\sCorps)?|[Gg]uard|[Pp]olice|[Mm]inistry\sof|[Mm]inistries|"
    r"[Cc]oast\s[Gg]uard|"
    r"[Cc]ustomers?|[Ff]unding|[Ff]unds?\b|[Aa]ir\s[Dd]efense\s[Ff]orces?|[Ll]and\s[Ff]orces?|[Cc]ooperative|"
    r"[Cc]ounter\s?[Tt]errorism\sService|[Ss]ecretar(?:y|iat)\sof|(?:contract|procurement|national|"
    r"direct)\s[Ff]unds?|[Ff]oreign\s[Mm]ilitary|FMS)\b(?!\s(?:[Bb]ase|[Ss]tation|[Aa]irfield|[Aa]cademy\sat|"
    r"[Ii]nstallation|[Hh]ospital))"
)
_AFTER_BASE = re.compile(r"\s(?:[Bb]ase|[Ss]tation|[Aa]irfield|[Ii]nstallation)\b")
_US_COMMAND = re.compile(
    r"(?:U\.?S\.?\s)?(?:[Ff]orces|[Cc]ommand|[Aa]rmy|[Cc]orps|[Nn]avy|[Dd]istrict|[Gg]roup|[Cc]enter|"
    r"[Ss]tock)(?:,?\s|\s?-\s?|-\d,\s)$"
)
# What may stand between two buyers of one list: a bracket, separators, "and", "the government of". Every character can
# be read in one way only, so that a hostile row of separators costs no more than its length.
_JOINED = re.compile(
    r"(?:\s?\([^()]{0,60}\)?)?(?:[\s,;/&]|\b(?:and|the|to|for|or|as well as|under the)\b|"
    r"\b(?:[Gg]overnments?(?:\s(?!of\b)\w+)?\sof|[Kk]ingdoms?\sof|[Ss]tate\sof|[Cc]ommonwealth\sof|"
    r"[Cc]ountr(?:y|ies)\sof|"
    r"[Rr]epublic\sof|[Ss]ultanate\sof|[Nn]ations?\sof)\b)*"
)
_WIDEST_GAP = 160  # characters between two buyers of one list
_SHARE = re.compile(
    r"\s?\(\s?(?:\$\s?(?P<amount>\d[\d,]*(?:\.\d+)?)(?:\s(?P<scale>million|"
    r"billion))?)?\s?[;,:]?\s?(?:(?P<percent>\.?\d[\d.]*)\s?(?P<sign>percent|per cent|%)?)?(?=[\s);,])"
)
_GROUP = re.compile(
    r"(?P<partners>[Ii]nternational [Pp]artners?|non-(?:U\.S\. )?(?:Department of Defense|"
    r"DoD)(?: \(DoD\))? participants?|[Cc]ooperative [Pp]artners?|[Ff]oreign partners)|"
    rf"(?P<fms>{_SALE}(?: \(FMS\))?(?: program)?(?: customers?)?)"
)


def find_customers(text: str) -> Customers:
    """Who buys under one paragraph (on one line), with shares; ``foreign`` where any foreign sale is involved."""
    kept: dict[str, PartyMention] = {}
    shares: dict[str, tuple[Share, int, int]] = {}
    if not _hinted(text):
        return Customers((), (), False, None)
    spans = list(sentence_spans(text))
    cue = next((c for c in (_cue(text, s.start, s.end) for s in spans) if c), None)
    for span in spans:
        start, end = span.start, span.end
        for mention in _buyers(text, start, end, sold=cue is not None):
            kept.setdefault(mention.party, mention)
            share = _share(text, mention.party, mention.end, end)
            if share and mention.party not in shares:
                shares[mention.party] = share
        for group in _group_shares(text, start, end):
            shares.setdefault(group[0].customer, group)
    customers = tuple(kept.values())
    for share in _stated_percent(text, customers):
        if share[0].customer not in shares and not (share[0].customer == "FMS" and shares):
            shares[share[0].customer] = share
    if customers and cue is None:
        cue = (customers[0].start, customers[0].end)
    return Customers(customers, tuple(shares.values()), bool(customers) or cue is not None, cue)


def _hinted(text: str) -> bool:
    """Whether anything in a paragraph could make it foreign: a cue, or a party that is not the United States."""
    return (any(stem in text for stem in _CUE_STEMS) and bool(_CUE.search(text))) or any(
        m.party not in _domestic() for m in find_parties(text)
    )


def _cue(text: str, start: int, end: int) -> tuple[int, int] | None:
    if not any(text.find(stem, start, end) >= 0 for stem in _CUE_STEMS):
        return None
    for found in _CUE.finditer(text, start, end):
        if not _NO_CUE_BEFORE.search(text[max(start, found.start() - 60) : found.start()]):
            return found.start(), found.end()
    return None


def _buyers(text: str, start: int, end: int, *, sold: bool) -> Iterator[PartyMention]:
    """The parties of one sentence that buy: cued by the words around them, or joined to one that is.

    ``sold`` is true where the paragraph speaks of a foreign sale at all.
    """
    sentence = text[start:end]
    if _NOT_SALE.search(sentence) and not re.search(r"\bgovernments? of\b", sentence):
        return
    activity = "ontracting" in sentence and bool(_ACTIVITY.search(sentence))
    if activity or _PLACE_SENTENCE.match(sentence):
        part = _PLACE_PART.search(sentence)
        if activity or not part or part.start() < 3 or not _BUYERS.search(sentence):
            return
    previous: PartyMention | None = None
    users = bool(_USERS.match(sentence))
    located = _LOCATED.search(sentence)
    paid = any(w in sentence for w in ("purchase", "combine", "partner")) or _sold(sentence)
    place = _PLACE_PART.search(sentence)
    mentions = [m for m in _parties(sentence) if m.party not in _domestic() and not (place and place.start() < m.start)]
    listed = _long_list(sentence, mentions) if _sold(sentence) else frozenset()
    for mention in mentions:
        joined = previous is not None and _are_joined(sentence, previous, mention)
        named = users and mention.kind is NameKind.PARTY and not (located and located.end() <= mention.start)
        if (
            named
            or joined
            or mention.start in listed
            or _cued(sentence, mention, paid)
            or (sold and _for_party(sentence, mention))
        ):
            previous = mention
            if not _HOST.match(sentence, mention.end):
                yield PartyMention(_buyer(mention.party), mention.kind, start + mention.start, start + mention.end)


def _are_joined(sentence: str, left: PartyMention, right: PartyMention) -> bool:
    """Whether two parties stand in one list."""
    if right.start - left.end > _WIDEST_GAP:
        return False
    return bool(_JOINED.fullmatch(sentence, left.end, right.start))


# "Columbia" stands for Colombia time and again in these lists; only there, between separators, is it read so.
_MISPRINT = re.compile(r"(?<=[,;(]\s)Columbia(?=[,;)])|(?<=\()Columbia(?=[,;)])")


def _parties(sentence: str) -> list[PartyMention]:
    found = list(find_parties(sentence))
    misprints = list(_MISPRINT.finditer(sentence))
    if misprints and _sold(sentence):
        found += [PartyMention("COL", NameKind.PARTY, m.start(), m.end()) for m in misprints]
    return sorted(found, key=lambda m: m.start)


def _long_list(sentence: str, mentions: list[PartyMention]) -> frozenset[int]:
    """Where the parties stand that make a list of three or more: in a sentence on foreign sales they are the buyers."""
    runs: list[list[PartyMention]] = []
    for m in mentions:
        if runs and _are_joined(sentence, runs[-1][-1], m):
            runs[-1].append(m)
        else:
            runs.append([m])
    kept = [
        run
        for run in runs
        if len(run) > 2
        and not re.search(r"\b(?:in|at|located in)\s(?:the\s)?$", sentence[max(0, run[0].start - 40) : run[0].start])
    ]
    return frozenset(m.start for run in kept for m in run)


_FOR_PARTY = re.compile(
    r"\b(?:for|(?:orders?|sales?|deliver(?:y|ies)|transfers?|provided|support) to|in support of)\s(?:[Tt]he\s)?$"
)
_PROGRAM = re.compile(r"(?:'s)?(?:\s\(\w+\))?(?:\s[A-Z][\w/-]*){1,4}\s(?:program|case)\b")


def _for_party(sentence: str, mention: PartyMention) -> bool:
    """In a paragraph on a foreign sale: "for the Netherlands", "the Iraq F-16 program"; a demonym before a thing."""
    before, after = sentence[max(0, mention.start - 40) : mention.start], sentence[mention.end : mention.end + 60]
    if _US_COMMAND.search(before) or _AFTER_BASE.match(after):
        return False
    if mention.kind is NameKind.DEMONYM:
        return bool(_FOR_PARTY.search(before)) and bool(re.match(r"\s[A-Z]+[/-]?\d", after))
    return mention.kind is NameKind.PARTY and bool(_FOR_PARTY.search(before) or _PROGRAM.match(after))


@cache
def _organisations() -> frozenset[str]:
    """Alliances and their like: a force of theirs that is supported on a mission buys nothing."""
    return frozenset(p.code for p in lexicon().parties if p.kind == "organisation")


@cache
def _programme_offices() -> dict[str, str]:
    """Offices and consortia of NATO buy for it; its own support agency is a buyer by itself."""
    return {p.code: "NATO" for p in lexicon().parties if p.part_of == "NATO" and p.code != "NSPA"}


def _buyer(party: str) -> str:
    return _programme_offices().get(party, party)


_SOLD = re.compile(_SALE)
_SOLD_WORDS = ("ilitary", "FMS", "FMF")  # one of them stands in whatever ``_SALE`` matches: a cheap first look


def _sold(sentence: str) -> bool:
    return any(word in sentence for word in _SOLD_WORDS) and bool(_SOLD.search(sentence))


_USERS = re.compile(r"\s*Using\s(?:military\s|civilian\s)?(?:services?|customers?|agenc(?:y|ies))\b")
_LOCATED = re.compile(r"\b(?:located|stationed|based|throughout|in|at)\b")


_WITH = re.compile(r"(?:\s\(\w+\))?\swith\b")


def _cued(sentence: str, mention: PartyMention, paid: bool) -> bool:
    before = sentence[max(0, mention.start - 170) : mention.start]
    after = sentence[mention.end : mention.end + 90]
    if _US_COMMAND.search(before) and mention.kind is not NameKind.SERVICE:
        return False
    if mention.kind is NameKind.SERVICE:
        return mention.party not in _organisations() and not _AFTER_BASE.match(after)
    if _FORCES.match(after):
        return True
    if mention.kind is NameKind.PARTY and sentence[mention.start : mention.end].startswith(
        ("Taipei Economic", "TECRO", "TECO")
    ):
        return True
    named = sentence[mention.start : mention.end]
    if "onsortium" in named or (mention.party == "NATO" and re.match(r"\s[\w\s]{0,30}[Cc]onsortium", after)):
        return True
    if (
        mention.kind is NameKind.PARTY
        and _WITH.match(after)
        and re.search(r"\bprovid(?:e|es|ing)\s(?:the\s)?$", before)
    ):
        return True
    if (
        mention.kind is NameKind.PARTY
        and re.match(r"(?:\s\(\w+\))?(?:\s[A-Z][\w/-]*){1,3}\sprogram\b", after)
        and re.search(r"\b(?:and|for|of)\s(?:the\s)?$", before)
    ):
        return True
    if (
        mention.kind is NameKind.DEMONYM
        and re.match(r"[,)]", after)
        and re.search(rf"{_SALE}[^.;()]{{0,40}}\($", before)
    ):
        return True
    if mention.kind in (NameKind.PARTY, NameKind.SERVICE) or mention.kind is NameKind.DEMONYM:
        if paid and mention.kind is NameKind.PARTY and _percent_behind(after):
            return True
        return (
            mention.kind is NameKind.PARTY
            and bool(_BEFORE.search(before))
            and not re.search(r"located (?:in|throughout)\s(?:the\s)?$", before)
        )
    return False


def _percent_behind(after: str) -> bool:
    found = _SHARE.match(after)
    return bool(found and (found["amount"] or found["sign"] or (found["percent"] and "." in found["percent"])))


@cache
def _domestic() -> frozenset[str]:
    """The United States and what belongs to it."""
    return frozenset({"USA"} | {p.code for p in lexicon().parties if p.part_of == "USA"})


# -- shares -----------------------------------------------------------------------------------------------


def _share(text: str, customer: str, at: int, end: int) -> tuple[Share, int, int] | None:
    found = _SHARE.match(text, at, end)
    if not found or not (found["amount"] or found["percent"]):
        return None
    if not (found["amount"] or found["sign"] or "." in (found["percent"] or "")):
        return None
    scale = {"million": Decimal(10**6), "billion": Decimal(10**9)}.get(found["scale"] or "", Decimal(1))
    amount = Decimal(found["amount"].replace(",", "")) * scale if found["amount"] else None
    percent = _number(found["percent"]) if found["percent"] else None
    return Share(customer, amount, percent), found.start() + len(found[0]) - len(found[0].lstrip(" (")), found.end()


def _number(text: str) -> Decimal | None:
    cleaned = text.strip(".") if text.count(".") > 1 or text.endswith(".") else text
    return (
        Decimal("0" + cleaned if cleaned.startswith(".") else cleaned)
        if re.fullmatch(r"\.?\d+(?:\.\d+)?", cleaned)
        else None
    )


def _group_shares(text: str, start: int, end: int) -> Iterator[tuple[Share, int, int]]:
    """Shares of unnamed buyers: ``partners`` and ``FMS``."""
    if not any(text.find(stem, start, end) >= 0 for stem in ("oreign", "FMS", "FMF", "artner", "articipant")):
        return
    for found in _GROUP.finditer(text, start, end):
        share = _share(text, "partners" if found["partners"] else "FMS", found.end(), end)
        if share:
            yield share


_STATED = re.compile(
    rf"\b(?P<percent>\d{{1,3}}(?:\.\d+)?|(?:[A-Z][a-z]+|"
    rf"[a-z]+)(?:[\s-][a-z]+){{0,2}}(?:\spoint\s[a-z]+(?:-[a-z]+)?)?)[\s-]?(?:percent|"
    rf"%)\s[^.;$()]{{0,90}}?{_SALE}(?P<to>\s(?:\(FMS\)\s)?(?:to|for)\s)?"
    rf"|{_SALE}[^.;$()]{{0,60}}?\((?P<after>\d{{1,3}}(?:\.\d+)?)\s?(?:percent|%)\)"
)


def _stated_percent(text: str, customers: tuple[PartyMention, ...]) -> Iterator[tuple[Share, int, int]]:
    """A percentage of the foreign sale as a whole: the one customer's, where it is directly "to" him or all of it."""
    if ("percent" not in text and "%" not in text) or not any(word in text for word in _SOLD_WORDS):
        return
    for found in _STATED.finditer(text):
        percent = _spoken(found["percent"] or found["after"])
        if percent is None:
            continue
        alone = len(customers) == 1 and (
            percent == 100 or bool(found["to"] and found.end() <= customers[0].start <= found.end() + 12)
        )
        customer = customers[0].party if alone else "FMS"
        start = found.start("percent") if found["percent"] else found.start("after")
        yield Share(customer, None, percent), start, found.end("percent") if found["percent"] else found.end("after")


def _spoken(words: str) -> Decimal | None:
    """``25``, ``twenty-five``, ``two point seven-five`` as a Decimal; None where it is no number.

    >>> _spoken("Two point seven-five"), _spoken("approximately")
    (Decimal('2.75'), None)
    """
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return Decimal(words)
    whole, _, part = words.lower().partition(" point ")
    number = words_to_number(whole.split()[-1] if " " in whole and not part else whole)
    if number is None:
        return None
    if not part:
        return number
    digits = [words_to_number(w) for w in re.split(r"[\s-]", part)]
    return (
        number + Decimal("0." + "".join(str(d) for d in digits))
        if all(d is not None and d < 10 for d in digits)
        else None
    )
