"""What a contract announcement buys: the things and services that its stretches of purpose name.

    list    = element { ("," | ";" | "and") element }           only of things; services in a row are one element
    element = { lead } [count] phrase [("for" | "of" | "to") object]
    lead    = article | "procurement of" | "full-rate production" | "Lot 41" | "Iraqi navy" | "a maximum of" ...

The first stretch that names something wins; one that names nothing in particular ("labor hours", "material") counts
only where no other does. What is served is part of a service's name ("F-16 maintenance"), what a part is of is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from armsledger.claims.items import designate, singular
from armsledger.claims.parties import find_parties
from armsledger.claims.purposes import Purpose, find_purposes
from armsledger.claims.systems import system_in
from armsledger.lexicon.designators import find_designators
from armsledger.model import Span
from armsledger.text.quantities import count_at

MOST = 3  # goods told of one action; announcements name the main ones first
_LONGEST_NAME = 200
_LONGEST_OBJECT = 120
_LONGEST_ROW = 90  # a longer row of services is named by its first


@dataclass(frozen=True, slots=True)
class Good:
    """One thing or service bought: what, how many, and where words and count stand (start inclusive, end exclusive)."""

    designation: str
    start: int
    end: int
    quantity: Decimal | None = None
    count: Span | None = None
    service: bool = False
    upgrade: bool = False


def find_goods(text: str, verb_end: int, head_end: int, firms: Sequence[Span] = ()) -> list[Good]:
    """At most three main goods of a paragraph on one line, in the order of the text.

    What begins in one of the stretches ``firms`` is none. ``verb_end`` is where "is awarded" ends, ``head_end`` where
    its sentence does.
    """
    vague: list[Good] = []
    for purpose in find_purposes(text, verb_end, head_end):
        if any(f.start - 5 < purpose.start < f.end for f in firms):
            continue
        found = list(_goods(text, purpose))
        named = [g for g in found if not _is_vague(g.designation)]
        if named and not _is_vague(found[0].designation):
            return _distinct(named)[:MOST]
        vague = vague or named or found
    return _distinct(vague)[:MOST]


def _distinct(goods: Iterable[Good]) -> list[Good]:
    kept: dict[str, Good] = {}
    for good in goods:
        kept.setdefault(good.designation.lower(), good)
    return list(kept.values())


# Words that name nothing ("labor hours", "material"), and words that do so only with others ("engineering services").
_EMPTY = frozenset(
    "labor hour travel effort item material work requirement scope funding supply project change directed "
    "action quantity "
    "extension part component cost contract term activity commencement increment incremental ceiling option "
    "task update proposal "
    "capability configuration baseline performance period need order award completion implementation program "
    "nonrecurring subset "
    "increase deliverable line delivery procurement acquisition production equipment hardware data level "
    "tooling contractor "
    "government subcontractor week month day year lot clin capacity amount function".split()
)
_SOFT = frozenset(
    "and of the a an for to in on it its other direct indirect critical technical non recurring long lead time "
    "related associated "
    "various required necessary additional supplemental initial design engineering development support service "
    "one up advance base "
    "single multiple complete continued unique miscellaneous test testing integration".split()
)


def _is_vague(designation: str) -> bool:
    """Whether a designation says nothing in particular: "labor hours and travel", "non-recurring engineering"."""
    words = [singular(w) for w in re.findall(r"[a-z]+|\d+", designation.lower())]
    rest = [w for w in words if w not in _SOFT and not w.isdigit()]
    if any(w not in _EMPTY for w in rest):
        return False
    return bool(rest) or len(words) < 2 or {"non", "recurring"} <= set(words)


# -- the list ---------------------------------------------------------------------------------------------

# Words behind which a list of goods does not go on.
_BREAK = (
    "in for to(?!\\s(?:[Aa]ir|[Ss]urface|"
    "[Gg]round)) at on under with from that which who where used using utilizing utilized required "
    "requiring needed necessary located including include[sd]? inclusive within through throughout across as "
    "by via associated related "
    "supporting aboard onboard against without during until over per pursuant when while is are was were will "
    "being be has have "
    "contracts? based\\s(?:on|in|at|"
    "upon) configured capable due into between among along upon pertaining equipped funded worldwide "
    "resulting determined valued brings? hereunder established exercised issued placed previously subject "
    "ordered purchased "
    "consisting comprised performed identified designated known called intended designed resides such "
    "following up\\sto commencing "
    "beginning starting ending plus versus if after before employed installed currently primarily awarded "
    "would may can should "
    "providing provides? procures? adds modifies increases establishes ensuring ensures? made contained "
    "deployed operating operated"
)
_STOP = re.compile(rf"[.:](?=\s|$)|\s(?=(?:{'|'.join(_BREAK.split())})\s)")
_SERVICE = re.compile(
    r"\b(?:support|services?|maintenance|sustainment|repairs?|overhauls?|training|engineering|logistics|"
    r"upgrad(?:es?|ing)|"
    r"moderni[sz]ation|modifications?|operations?|installation|refurbishment|remanufactur(?:e|ing)|reset|"
    r"calibration|research|"
    r"development|analys[ie]s|studies|study|management|assistance|retrofit|conversions?|dredging|renovations?|"
    r"integration|planning|"
    r"testing|evaluation|assessments?|inspection|restoration|replacement|transportation|enhancements?|"
    r"improvements?|recertification|"
    r"processing|availability|instruction|administration|coverage|demilitarization|disposal|removal|nourishment|"
    r"construction|design|"
    r"extension|redesign|readiness|procurement)(?:\s\([^()]*\))?$",
    re.IGNORECASE,
)
_UPGRADE = re.compile(r"upgrade|moderni[sz]|conversion|retrofit|modification", re.IGNORECASE)
_UPGRADING = frozenset(("upgrade", "modernization", "conversion", "modification"))
# What only goes along with the main goods: "associated spares", "technical publications".
_ACCOMPANYING = re.compile(
    r"\s*(?:and\s)?(?:the\s)?(?:delivery\sof\s)?(?:sets|kits|packages|associated|related|other|required|"
    r"necessary|support\b|supporting|"
    r"spares?\b|initial\sspares?|training|technical|services?|ancillary|accessor|documentation|materials?\b|"
    r"data\b|publications?|"
    r"logistics|specified|optional|engineering|repair\sparts)",
    re.IGNORECASE,
)
_DESIGNATED = re.compile(r"(?:\d+\s)?[A-Z]{1,5}-?\d")
_SEMICOLON = re.compile(r"\s?;\s(?:and\s|or\s)?")
_COMMA = re.compile(r",\s(?:and\s|or\s|as\swell\sas\s)?")
_AND = re.compile(r"\s(?:and|&|as\swell\sas)\s")


def _goods(text: str, purpose: Purpose) -> Iterator[Good]:
    """The goods of one stretch: the elements of its list, without those that only go along with the first."""
    head = _piece(text, purpose.start, purpose.end)
    stop = _phrase_stop(text, head.start, purpose.end)
    if text[stop : stop + 2] == ": " and _DESIGNATED.match(
        text, stop + 2
    ):  # "bomb bodies: MK82-1= 1,662 each; MK82-6= ..."
        head = _piece(text, stop + 2, purpose.end)
        stop = _phrase_stop(text, head.start, purpose.end)
    for n, (first, last) in enumerate(_split(text, head.start, stop, counted=head.count is not None)):
        if n and _ACCOMPANYING.match(text, first, last):
            continue
        piece = replace(head, end=last) if not n else _piece(text, first, last)
        good = _good(text, piece, purpose.end if last >= stop else last)
        if good:
            yield _worked_on(good, purpose.work)


def _worked_on(good: Good, work: str) -> Good:
    """The good of "to repair X": not X but its repair."""
    if not work or good.service or _is_vague(good.designation):
        return good
    told = replace(good, designation=f"{good.designation} {work}", service=True, upgrade=work in _UPGRADING)
    return told if told.upgrade else replace(told, quantity=None, count=None)


def _phrase_stop(text: str, start: int, end: int) -> int:
    """Where the list that begins at ``start`` ends: at a word that opens something else, outside brackets."""
    at = start
    while found := _STOP.search(text, at, end):
        full_stop = text[found.start()] == "."
        if not _in_brackets(text, start, found.start()) and not (full_stop and _abbreviated(text, found.start())):
            return found.start()
        at = found.start() + 1
    return end


def _abbreviated(text: str, at: int) -> bool:
    return bool(re.search(r"\b(?:[A-Z]|U\.S|No|Inc|Corp|in|lb|cal|approx|vs)$", text[max(0, at - 7) : at]))


def _in_brackets(text: str, start: int, at: int) -> bool:
    return text.count("(", start, at) > text.count(")", start, at)


def _split(text: str, start: int, stop: int, *, counted: bool = False) -> Iterator[tuple[int, int]]:
    """The elements of a list of things: at ";" where there is one, else at commas, and at "and" between two things.

    A row of services is one element; so is what only looks like a list ("overhead and peripheral cords"). Services that
    go along with things ("helicopters and training") are left out. ``counted``: a count stands before the first.
    """
    parts = _cut(text, start, stop, _SEMICOLON) or _cut(text, start, stop, _COMMA) or [(start, stop)]
    if len(parts) > 1 and not _lists_things(*(text[slice(*p)] for p in parts[:2])):
        first = text[slice(*parts[0])]
        alone = counted or _is_thing(first) or (stop - start > _LONGEST_ROW and first.count(" ") > 1)
        parts = parts[:1] if alone else [(start, stop)]
    for part in parts:
        more = _cut(text, *part, _COMMA)
        if len(parts) > 1 and more and _ACCOMPANYING.match(text, *more[1]):
            yield more[0]
        else:
            yield from _halves(text, *part, counted=counted and part[0] == start)


def _halves(text: str, start: int, stop: int, *, counted: bool) -> Iterator[tuple[int, int]]:
    """An element cut at its "and" where it names two things; only its first half where the other just goes along."""
    left, *right = _cut(text, start, stop, _AND) or [(start, stop)]
    if len(right) != 1 or not (counted or _is_thing(text[slice(*left)], strict=True)):
        yield start, stop
        return
    one, other = text[slice(*left)], text[slice(*right[0])]
    if " " in one.strip() and "," not in one and (_ACCOMPANYING.match(other) or _SERVICE.search(other.strip())):
        yield left
    elif _is_thing(other, strict=True) and not _shares_head(one.strip(), other.strip()):
        yield from (left, *right)
    else:
        yield start, stop


def _cut(text: str, start: int, stop: int, at: re.Pattern[str]) -> list[tuple[int, int]]:
    """A stretch cut at every match outside brackets; empty where there is none."""
    cuts = [m for m in at.finditer(text, start, stop) if not _in_brackets(text, start, m.start())]
    if not cuts:
        return []
    firsts, lasts = [start, *(m.end() for m in cuts)], [*(m.start() for m in cuts), stop]
    return [(a, b) for a, b in zip(firsts, lasts, strict=True) if b > a]


def _lists_things(first: str, second: str) -> bool:
    return _is_thing(second) and (_is_thing(first) or (" " in first.strip() and not _SERVICE.search(first.strip())))


def _is_thing(words: str, *, strict: bool = False) -> bool:
    """Whether an element names things: counted, designated, a plural that is no service, (not strict) a proper name."""
    bare = re.sub(r"\s?\([^()]*\)", "", words).strip(" ,.")
    if not bare or _SERVICE.search(bare):
        return False
    if count_at(words, len(words) - len(words.lstrip())) or next(find_designators(bare), None):
        return True
    if re.match(r"an?\s", bare) or (not strict and len(re.findall(r"\b[A-Z][\w-]+", bare)) > 1):
        return True
    plural = re.search(r"[a-rt-z]s$|\b(?:trousers|aircraft|equipment|ammunition|software|hardware)$", bare)
    return bool(plural or re.search(r"(?<![IVX])[A-Z]{3,}$", bare))


def _shares_head(one: str, other: str) -> bool:
    """Whether one noun serves both halves: "engines and transmissions kits", "MH-60R and MH-60S mission computers"."""
    if count_at(other, 0):
        return False
    if " " not in one and re.search(r"\s(?:kits|sets|parts|components|spares|assemblies|units|modules)$", other):
        return True
    bare = any(re.fullmatch(r"[^a-z]{0,6}", one[d.end :]) for d in find_designators(one))
    return bare and bool(re.search(r"\s[a-z]{3}", designate(other)))


# -- where a name begins ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """One element of a list while it is read: where its phrase stands, and its count."""

    start: int
    end: int
    quantity: Decimal | None
    count: Span | None


_DETERMINER = (
    "of and or the an? its their all any various supplemental providing additional further more new continued "
    "continuing necessary required specified certain multiple several ongoing other unique initial follow-on existing "
    "current individual next commercial miscellaneous numerous also total maximum minimum estimated approximately "
    "about up\\sto as\\smany\\sas"
)
_NUMBER_OF = (
    r"(?:(?:maximum|minimum|total|additional|estimated)\s)*(?:quantit(?:y|ies)|maximum|minimum|total|types?|"
    r"kinds?|variet(?:y|ies)|"
    r"suppl(?:y|ies)|number|sets?|lots?|series|(?:broad\s|full\s)?range|units?|components?\sand\sparts|"
    r"(?:limited\s)?subset|items?|"
    r"amount)\sof\s"
)
_GETTING = (
    "procur(?:e|ement|ing) purchas(?:e|ing) production manufactur(?:e|ing) acquisition deliver(?:y|ies|"
    "ing) fabrication assembly "
    "suppl(?:y|ies) build(?:ing)? construction acceptance test(?:s|"
    "ing)? development design engineering qualification demonstration "
    "provision buy sale furnishing replenishment installation integration packaging inspection performance "
    "prototyping shipment "
    "shipping transport certification recapitalization designing developing"
)
_GET = f"(?:{'|'.join(_GETTING.split())})"
_EARLY = (
    r"(?:(?:full|low|initial)[- ]rate[,\s]+|initial\s|limited\s|serial\s|new\s|advance\s|long[- ]lead[- ]|"
    r"long\slead\s|annual\s|firm\s|"
    r"eventual\s|base\syear\s|critical\s|first\sarticle\s)*"
)
_GETTING_OF = (
    rf"{_EARLY}{_GET}(?:,\s(?:and\s)?(?:\w+\s)?{_GET})*(?:,?\s(?:and/or|and|or|"
    rf"&)\s(?:\w+\s)?{_GET})?\s(?:requirements?\s)?"
    r"(?:of\s?(?=\d)|of\s|for\s|consisting\sof\s)"
)
# "long-lead items for the production of", "efforts such as the", "engineering required to plan the delivery of"
_MATERIAL_FOR = (
    r"(?:(?:long[- ]lead|long\slead[- ]time|time|non-?recurring|recurring|critical|raw|associated|major|"
    r"in-service|production)[\s,]+"
    r"(?:and\s)?)*(?:items?|components?|parts|materials?|engineering|efforts?|activities|requirements?|work|"
    r"hardware|equipment|supplies|"
    r"services)(?:,\s(?:\w+\s){0,2}(?:parts|components?|materials?|efforts?))*"
    r"(?:,?\sand\s(?:\w+\s){0,2}(?:parts|materials?|efforts?|activities|components?|equipment))?\s"
    r"(?:such\sas|for\s(?:the\s)?production\sof|for\sthe\s(?=production|manufacture|procurement)|consisting\sof|"
    r"including|"
    r"associated\swith\sthe|(?:required|necessary)\s(?:to|for)\s[^,.;]{0,70}?\s(?=production|delivery|"
    r"procurement|manufacture|eventual))\s"
)
_LOT = (
    r"(?:(?:full|low)[- ]rate(?:\sinitial)?|initial)\sproduction\s(?:\(\w+\)\s)?|(?:FRP|LRIP)\s(?=Lot)|"
    r"Lots?\s(?:\d+|[IVX]+)(?:\s(?:through|and|to|&)\s(?:Lot\s)?(?:\d+|[IVX]+))?,?\s(?:(?:of|for)\s)?"
)
_YEAR = (
    r"(?:fiscal|calendar)\s(?:year\s)?\d{4}(?:[-/]\d{2,4})?\s|FY\s?\d{2,4}(?:[-/]\d{2})?\s|"
    r"(?:one|two|three|four|five|\w+[- ](?:month|year))\s(?:years?\s)?of\s(?=\w+\s?)"
)
_LEAD = re.compile(
    rf"(?:(?:{'|'.join(_DETERMINER.split())})\s|{_NUMBER_OF}|{_GETTING_OF}|{_MATERIAL_FOR}|{_LOT}|{_YEAR}|"
    r"(?:[\w-]+\s){0,8}?requirements?\sconsisting\sof\s)",
    re.IGNORECASE,
)
_FORCE = re.compile(
    r"(?:'s)?\s(?:(?:[Nn]ational|[Rr]oyal|[Ss]pecial|[Dd]efen[cs]e|[Ss]ecurity|[Ss]elf-[Dd]efense|[Oo]perations)\s)*"
    r"(?:[Gg]overnment|[Aa]rmy|[Nn]avy|[Aa]ir\s[Ff]orce|[Ff]orces?|[Gg]uard|[Pp]olice|[Mm]ilitary|[Ll]and\s[Ff]orces)"
    r"(?:\s(?:Special\sOperations|Aviation)(?:\sForces?)?)?"
)
_TO_GOODS = re.compile(r"(?:\s\([A-Z]{2,5}\))?\s(?:with\s(?:the\s)?)?(?=\S)")
_WIDEST_PARTY = 40
# "long-lead parts for the production of six aircraft": no aircraft is bought, and what is has no count.
_PARTS_FIRST = re.compile(r"\b(?:long[- ]lead|items|parts|components|materials?|engineering|efforts?)\b")


def _piece(text: str, start: int, end: int) -> _Piece:
    """An element without its lead and its count."""
    at = _behind_buyer(text, _behind_lead(text, start, end), end)
    counted = count_at(text, at)
    if counted and counted.end < end:
        after = _behind_buyer(text, _behind_lead(text, counted.end + 1, end), end)
        if _PARTS_FIRST.search(text, start, at):
            return _Piece(after, end, None, None)
        return _Piece(after, end, counted.number, Span(counted.start, counted.end))
    return _Piece(at, end, None, None)


def _behind_lead(text: str, start: int, end: int) -> int:
    """Where the name begins: behind articles, lots, years and what is done to get it."""
    at = start
    while (found := _LEAD.match(text, at, end)) and found.end() > at:
        at = found.end()
    return at


def _behind_buyer(text: str, at: int, end: int) -> int:
    """Behind the name of the buyer's state or force, where the element begins with it: he is not what is bought."""
    if not text[at : at + 1].isupper():
        return at
    party = next(find_parties(text[at : min(end, at + _WIDEST_PARTY)]), None)
    if party is None or party.start:
        return at
    force = _FORCE.match(text, at + party.end, end)
    joined = _TO_GOODS.match(text, force.end() if force else at + party.end, end)
    return _behind_lead(text, joined.end(), end) if joined else at


# -- what it is called ------------------------------------------------------------------------------------

_OBJECT = re.compile(
    r"(?:\s\([^()]{0,40}\))?\s(?:(?:in\ssupport\sof|to\ssupport|supporting|for|of|on|in)\s|to\s(?=the\b|an?\b|"
    r"its\b|\d|[A-Z]))"
    r"(?:the\s|an?\s|their\s|all\s|various\s)*(?:operational\s|existing\s)?(?:components?\s(?:for|of)\s(?:the\s)?)?"
)
_PARTS_OF = re.compile(
    r"(?:\w+\s){0,2}(?:components?|stock\snumbers(?:\s\(\w+\))?)\s(?:for|of|applicable\sto)\s(?:the\s)?"
)
_SERVICE_OF = re.compile(r"(?P<done>.{3,90}?)\sof\s(?:the\s|an?\s)?")
_BODY = re.compile(
    r"\b(?:Offices?|Commands?|Centers?|Agency|Directorate|Department|Navy|Army|Air Force|Marine|Corps|Guard|"
    r"customers?|Commission|Base|"
    r"Station|Fleet|District|DoD|NAVFAC|Executive|government|Facilities Engineering|University|Division|"
    r"Squadron|Wing)\b"
)
# What a name is not made longer by: "and ancillary actions"; "full-rate production Lot 91"; "program".
_WITH_OTHERS = re.compile(r",?\sand(?:\s(?:ancillary|associated|related|other|the)\s.*)?$", re.IGNORECASE)
_LOT_BEHIND = re.compile(
    r"(?:,?\s(?:full|low)[- ]rate(?:\sinitial)?\sproduction(?:\s\d{1,2})?)?"
    r"(?:(?:\sproduction)?,?\sLots?\s(?:\d{1,2}|[IVX]+)(?:\s(?:through|and|to)\s\d{1,2})?)?(?:\sproduction)?$",
    re.IGNORECASE,
)
_KIND_OF_WORK = re.compile(r"\s(?:programs?|efforts?|projects?|tasks?|requirements?|variants?)$", re.IGNORECASE)
_COUNT_BEHIND = re.compile(r"\s?\(\s?(?P<bracket>\d[\d,]{0,8})\s?\)$|\s?=\s?(?P<equal>\d[\d,]{0,8})(?:\seach)?$")


def _good(text: str, piece: _Piece, end: int) -> Good | None:
    """The good that an element names, a service with what it serves (up to ``end``); None where it names nothing."""
    words = text[piece.start : piece.end].strip(" ,.;-")
    if len(words) > _LONGEST_NAME or not (re.search(r"[A-Za-z]{2}", words) or next(find_designators(words), None)):
        return None
    start = text.index(words, piece.start)
    behind = start + len(words)
    words = _short(_WITH_OTHERS.sub("", words))
    last = start + len(words)
    if _SERVICE.search(words):
        return _serving(text, start, last, behind, end)
    split = _SERVICE_OF.match(words)
    if split and _SERVICE.search(split["done"]) and not re.search(r",\s(?:the|an?)\s", split["done"]):
        return _served(text, Span(start, start + len(split["done"])), start + split.end(), last, end)
    counted = _COUNT_BEHIND.search(words)
    if counted and piece.count is None:
        group = "bracket" if counted["bracket"] else "equal"
        count = Span(start + counted.start(group), start + counted.end(group))
        return Good(_named(words), start, last, Decimal(counted[group].replace(",", "")), count)
    return Good(_named(words), start, last, piece.quantity, piece.count)


def _serving(text: str, start: int, last: int, behind: int, end: int) -> Good:
    """A service, with what it is said to be for where that belongs to its name."""
    words = text[start:last]
    served = _OBJECT.match(text, behind, end)
    if served:
        stop = _phrase_stop(text, served.end(), min(end, served.end() + _LONGEST_OBJECT))
        first = next(_split(text, served.end(), stop), None)
        if first and _is_specific(text[slice(*first)], words):
            return _served(text, Span(start, last), *first, end)
    return Good(_named(words, service=True), start, last, service=True, upgrade=bool(_UPGRADE.search(words)))


def _served(text: str, done: Span, first: int, last: int, end: int) -> Good:
    """A service and what it serves, as one name: ``MK 48 torpedo overhaul``; components stand for what they are of."""
    part = _PARTS_OF.match(text, first, end)
    if part:
        first, last = part.end(), _phrase_stop(text, part.end(), end)
    piece = _piece(text, first, last)
    words = _WITH_OTHERS.sub("", text[piece.start : piece.end])
    if _SERVICE.search(words):
        return Good(_named(words, service=True), first, last, service=True, upgrade=bool(_UPGRADE.search(words)))
    service = _named(done.of(text), service=True)
    upgrade = bool(_UPGRADE.search(service))
    counted = (piece.quantity, piece.count) if upgrade else (None, None)
    return Good(f"{_named(words)} {_lower(service)}", done.start, last, *counted, service=True, upgrade=upgrade)


def _is_specific(thing: str, service: str) -> bool:
    """Whether what a service is for belongs to its name: a designated or named thing; an office only if it must."""
    if _is_vague(service):
        return True
    if _BODY.search(thing) or len(thing) > _LONGEST_OBJECT - 10:
        return False
    if next(find_designators(thing), None) or len(re.findall(r"\b[A-Z][\w-]+", thing)) > 1:
        return True
    return system_in(thing) is not None


def _short(words: str) -> str:
    """A name without its production lot and without "program", unless nothing is left."""
    bare = words
    for tail in (_LOT_BEHIND, _KIND_OF_WORK):
        cut = tail.sub("", bare)
        bare = cut if len(cut) > 3 else bare
    return bare


def _lower(words: str) -> str:
    return words[0].lower() + words[1:] if words[1:2].islower() else words


def _named(words: str, *, service: bool = False) -> str:
    """A designation of the words of an element: the type designator where there is one, else the phrase, singular."""
    bare = re.sub(r"\(([A-Z]{2,})s\)", r"(\1)", _COUNT_BEHIND.sub("", words.strip(" ,.;-")).strip(" ,.;-"))
    if service:
        return bare if re.search(r"(?:services|logistics|operations|studies)$", bare) else singular(bare)
    types = list(find_designators(bare))
    if len(types) > 1 and types[0].text[0].isdigit() and bare.endswith(f"({types[-1].text})"):
        return types[-1].text  # "Personnel Vehicles 7A1 (AAVP7A1)": the bracket has the whole designation
    return (designate(bare) if types else "") or singular(bare)
