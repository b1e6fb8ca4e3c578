"""What a contract announcement buys: the goods or services that stand behind "for", "to procure" or "will provide".

    passage = cue list                          the award's sentence first, then those that go on to say what it is
    cue     = "to" VERB | "for" | ["will"] "provide[s]" ["for"] | "adding" | "supporting"
    list    = element { ("," | ";" | "and") element }         only of things; services in a row are one element
    element = { lead } [count] phrase [("for" | "of" | "to") object]
    lead    = article | "procurement of" | "full-rate production" | "Lot 41" | "Iraqi navy" | "a maximum of" ...

The first passage that names something wins; one that names nothing in particular ("labor hours", "material") counts only
where no other does. What is served is part of a service's name ("F-16 maintenance"), what a part belongs to is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from armsledger.claims.items import designate, singular
from armsledger.claims.parties import find_parties
from armsledger.claims.systems import system_in
from armsledger.lexicon.designators import find_designators
from armsledger.model import Span
from armsledger.text.quantities import count_at
from armsledger.text.sentences import sentence_spans

MOST = 3  # goods told of one action; announcements name the main ones first


@dataclass(frozen=True, slots=True)
class Good:
    """One thing or service bought: what, where its words stand (start inclusive, end exclusive), how many, where that stands."""

    designation: str
    start: int
    end: int
    quantity: Decimal | None = None
    count: Span | None = None
    service: bool = False
    upgrade: bool = False


def find_goods(text: str, verb_end: int, head_end: int, firms: Sequence[Span] = ()) -> list[Good]:
    """At most three main goods of a paragraph on one line, in the order of the text; ``firms`` are stretches that are none.

    ``verb_end`` is where "is awarded" ends, ``head_end`` where its sentence does.
    """
    vague: list[Good] = []
    for passage in _passages(text, verb_end, head_end):
        if any(f.start - 5 < passage.start < f.end for f in firms):
            continue
        found = list(_elements(text, passage))
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


# -- where it is said -------------------------------------------------------------------------------------

# Verbs of work on what is there already, and the noun that names the work.
_WORK = {
    "repair": "repair", "overhaul": "overhaul", "upgrade": "upgrade", "maintain": "maintenance", "support": "support", "sustain": "sustainment",
    "operate": "operation", "refurbish": "refurbishment", "remanufacture": "remanufacture", "modernize": "modernization", "modify": "modification",
    "install": "installation", "integrate": "integration", "convert": "conversion", "inspect": "inspection", "renovate": "renovation",
    "replace": "replacement", "recertify": "recertification", "reset": "reset", "manage": "", "perform": "", "conduct": "", "dredge": "dredging",
}  # fmt: skip
_GET = "procure|purchase|acquire|provide|deliver|manufacture|build|design|develop|supply|produce|furnish|fabricate|construct|obtain|buy"
_CUE = re.compile(
    r"\b(?:"
    rf"to\s(?:also\s)?(?:(?:{_GET})|(?P<work>{'|'.join(_WORK)}))(?:,\s(?:{_GET}|{'|'.join(_WORK)}|test|assemble))*(?:,?\sand\s(?:\w+ly\s)?(?:{_GET}|{'|'.join(_WORK)}|test|assemble))?(?:\sfor)?|"
    r"for|"
    r"(?:will\s(?:also\s)?|also\s)?provid(?:es?|ing)(?:\sfor)?|"
    r"add(?:s|ing)?|(?:will\s)?procures?|authorizes|includes?|will\s(?:procure|deliver|manufacture|perform|produce|supply|include|build|add|support)|"
    r"(?P<aid>supporting|in\ssupport\sof)"
    r")\s",
)
# Sentences that say how it was bought, where and when it is done, and who pays: never what is bought.
_FORMAL = re.compile(
    r"\s*(?:The\s|All\s|Future\s)?(?:[Ww]ork\b|Locations?\b|Places?\sof|Performance|Bids?\b|One\sbid|Fiscal|Using|Types?\sof|Funds|Funding|Foreign\s[Mm]ilitary|FMS\b|"
    r"No\s|Estimated|Proposals|contracting|Contract\sfunds|Options?\b|If\s|Obligation|Non-appropriated|"
    r"(?:This|These|It)\s(?:\w+\s){0,3}?(?:was|were|is\sthe|is\snot|is\s\d|will\sbe|are|involves?|combines?|has|brings?|may|requirement)\b|"
    r"(?:maximum|total|cumulative|initial|multiple|term|base|modification\s(?:brings|increases)|contract\s(?:has|is|was|will|contains|includes\soptions)|amount|award)\b|"
    r"This\s(?:contract|modification|order|award|action)\s(?:includes?|contains?)\s(?:an?\s|one\s|two\s|the\s)?(?:\w+-year\s)?options?|"
    r"[^.]{0,80}(?:is|are)\sthe\scontracting\s|[^.]{0,60}\$)"
)
_REACH = 900  # how far behind the award's sentence the goods are looked for
_LONGEST = 420  # the longest list that is read


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch that may name goods; ``work`` is the verb before it where that is one of work on them."""

    start: int
    end: int
    work: str = ""


def _passages(text: str, verb_end: int, head_end: int) -> Iterator[_Passage]:
    """Behind a cue in the award's sentence, before its word "contract", behind a cue in later ones, behind "in support of"."""
    aided: list[_Passage] = []
    last = min(len(text), head_end + _REACH)
    for span in (Span(verb_end, head_end), *sentence_spans(text, head_end, last)):
        if span.start >= head_end and _FORMAL.match(text, span.start, span.end):
            continue
        for cue in _CUE.finditer(text, span.start, span.end):
            stop = min(span.end, cue.end() + _LONGEST)
            if _no_goods(text, cue.end(), stop):
                continue
            if cue["aid"]:
                aided.append(_Passage(cue.end(), stop, "support"))
            else:
                yield _Passage(cue.end(), stop, cue["work"] or "")
        if span.start < head_end:
            yield from _before_contract(text, verb_end, head_end)
    yield from aided


# Words that say what kind of contract it is, and the nouns that they stand before.
_KIND = (
    r"(?:firm|fixed|prices?|priced|cost|plus|fee|awards?|incentive|reimbursable|reimbursement|only|indefinite|delivery|quantity|IDIQ|ID/IQ|multiple|single|requirements?|type|not|to|"
    r"exceed|undefini?tized|hybrid|ceiling|time|and|materials?|labor|hours?|level|of|effort|performance|based|sole|source|competitive|competitively|awarded|bridge|base|basic|one|two|"
    r"three|four|five|six|seven|eight|ten|months?|years?|long|term|maximum|minimum|estimated|combined|combination|with|economic|adjustment|foreign|military|sales|FMS|domestic|"
    r"commercial|set|aside|letter|advance|acquisition|existing|previously|initial|follow|on|prospective|redetermination|re|determination|target|redeterminable|ordering|task|job|stand|"
    r"alone|standalone|an?|the|its|multi|incrementally|funded|completion|line|items?|amount|value|total|dollar|fully|definitized|non|small|business|blanket|each|being|new|additional|"
    r"interim|annual|partial|in|for|under|per|unit|short|emergency|noncompetitive|dated|no|up|supplemental|increase|capacity|worth|approximately)"
)
_DEED = r"(?:modifications?|contracts?|orders?|agreements?|actions?|options?|UCA|award)"
_KIND_OF_DEED = re.compile(rf"(?:(?:{_KIND}\b|\$[\d,.]+|\([^()]{{0,40}}\)|\d+)[\s,/&;.-]+){{0,40}}{_DEED}\b", re.IGNORECASE)
# What stands behind "for" and is no goods: money, terms, customers, organisations.
_NO_GOODS = re.compile(
    r"(?:the\s|an?\s|its\s|their\s|all\s|this\s|each\s|both\s)*(?:\$|€|£|(?:estimated|potential|total|maximum|minimum|not[- ]to[- ]exceed|combined|cumulative|aggregate|ceiling)\s(?:\w+\s){0,4}?(?:of\s)?\$|"
    r"(?:fiscal|calendar|FY)[^.;,]{0,60}\b(?:fund|budget)|time\b|governments?\s|kingdom|state\sof|commonwealth|performance\s(?!based|of\s)|periods?\b|use\b|delivery\s(?!of)|foreign\s(?:military|partner)|FMS\b|"
    r"international\spartner|(?:(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twelve|additional|another|extra)[\s-]){0,2}(?:years?|months?|days?)\b(?!\s(?:of\s(?:\w+\s){0,2}(?:service|support|maint)))|"
    r"(?:(?:U\.?S\.?|United States)\s)?(?:Navy|Army|Air\sForce|Marines?|Marine\sCorps|Coast\sGuard|National\sGuard)(?:'s)?\s?(?:[,;.()]|and\b|\d|customers|in\b|under\b|at\b|$)|"
    r"(?:(?:U\.?S\.?|United States)\s)?(?:Department|Defense\sLogistics|Naval\s(?:Air|Sea|Facilities|Supply)|Space\sand|warfighter|customers?|government\b|Program\sExecutive|Office|"
    r"Missile\sDefense\sAgency|various\s(?:agencies|customers|services|locations|Department|foreign|using))\b|"
    r"services?\sat\b|schedules?\b|future\b|continued\sperformance|scope\b|proposals?|bids?|responses|technologies?\sthat|which|that|it\b|each\b|more\sthan|"
    r"(?:two|three|four|five|one|\d+)\s(?:one|two|three|four|five|\d+)-(?:year|month|day)|and\b|"
    r"Jan\.?|Feb\.?|March|April|May\s\d|June|July|Aug\.?|Sept\.?|Oct\.?|Nov\.?|Dec\.?)",
)


def _no_goods(text: str, start: int, stop: int) -> bool:
    return bool(_NO_GOODS.match(text, start, stop) or _KIND_OF_DEED.match(text, start, stop))


_KIND_WORD = re.compile(_KIND, re.IGNORECASE)
_PURE_DEED = re.compile(r"\s(?:contracts?|task\sorders?)\b")


def _before_contract(text: str, verb_end: int, head_end: int) -> Iterator[_Passage]:
    """What the words for its kind leave over before "contract": "multiple award *engineering services* contract"; not of older ones."""
    noun = _PURE_DEED.search(text, verb_end, min(head_end, verb_end + 500))
    if noun is None or re.search(r"\b(?:modification|modified|previously|existing|under)\b", text[verb_end : noun.start()]):
        return
    start = noun.start()
    for word in reversed(list(re.finditer(r"\S+", text[max(verb_end, noun.start() - 70) : noun.start()]))):
        if re.search(r"[,;:()$\d]$", word[0]) or all(_KIND_WORD.fullmatch(w) for w in re.split(r"[-/]", word[0])):
            break
        start = max(verb_end, noun.start() - 70) + word.start()
    if start < noun.start() and "$" not in text[start : noun.start()]:
        yield _Passage(start, noun.start())


# -- what is said -----------------------------------------------------------------------------------------

_STOP = re.compile(
    r"[.:](?=\s|$)|\s(?=(?:in|for|to(?!\s(?:[Aa]ir|[Ss]urface|[Gg]round))|at|on|under|with|from|that|which|who|where|used|using|utilizing|required|needed|necessary|located|including|include[sd]?|within|through|"
    r"throughout|across|as|by|via|associated|related|supporting|aboard|onboard|against|without|during|until|over|per|pursuant|when|while|is|are|was|were|will|being|be|has|"
    r"have|contracts?|based\s(?:on|in|at|upon)|configured|capable|due|into|between|among|along|upon|pertaining|equipped|funded|worldwide|resulting|determined|valued|brings?|hereunder|"
    r"established|exercised|issued|placed|previously|subject|ordered|purchased|consisting|comprised|performed|identified|designated|known|called|intended|designed|resides|such|"
    r"following|up\sto|commencing|beginning|starting|ending|plus|versus|if|after|before|requiring|utilized|employed|installed|currently|primarily|awarded|would|may|can|should|"
    r"providing|provides?|procures?|adds|modifies|increases|establishes|ensuring|ensures?|made|contained|deployed|operating|operated|throughout)\s)"
)
_ACQUIRE = (
    r"(?:procur(?:e|ement)|purchas(?:e|ing)|production|manufactur(?:e|ing)|acquisition|deliver(?:y|ies)|fabrication|assembly|supply|supplies|build|building|construction|acceptance|"
    r"test(?:ing)?|tests|development|design|engineering|qualification|demonstration|procuring|provision|buy|sale|furnishing|replenishment|installation|integration|"
    r"packaging|inspection|delivering|performance|prototyping|shipment|shipping|transport|certification|recapitalization|designing|developing)"
)
_LEAD = re.compile(
    r"(?:"
    r"(?:the|an?|its|their|all|any|various|supplemental|providing|additional|further|more|new|continued|continuing|necessary|required|specified|certain|multiple|several|ongoing|other|unique|initial|follow-on|"
    r"existing|current|individual|next|commercial|miscellaneous|numerous|also|total|maximum|minimum|estimated|approximately|about|up\sto|as\smany\sas)\s|"
    r"(?:(?:maximum|minimum|total|additional|estimated)\s)*(?:quantit(?:y|ies)|maximum|minimum|total|types?|kinds?|variet(?:y|ies)|supply|supplies|number|sets?|lots?|series|range|broad\srange|units?|"
    r"components?\sand\sparts|subset|limited\ssubset|full\srange|items?|amount)\sof\s|"
    r"(?:(?:full|low|initial)[- ]rate[,\s]+|initial\s|limited\s|serial\s|new\s|advance\s|long[- ]lead[- ]|long\slead\s|annual\s|firm\s|eventual\s|base\syear\s|critical\s|first\sarticle\s)*"
    rf"{_ACQUIRE}(?:,\s(?:and\s)?(?:\w+\s)?{_ACQUIRE})*(?:,?\s(?:and/or|and|or|&)\s(?:\w+\s)?{_ACQUIRE})?\s(?:requirements?\s)?(?:of\s?(?=\d)|of\s|for\s|consisting\sof\s)|"
    r"(?:(?:long[- ]lead|long\slead[- ]time|time|non-recurring|nonrecurring|recurring|critical|raw|associated|major|in-service|production)[\s,]+(?:and\s)?)*"
    r"(?:items?|components?|parts|materials?|engineering|efforts?|activities|requirements?|work|hardware|equipment|supplies|services)(?:,\s(?:\w+\s){0,2}(?:parts|components?|materials?|efforts?))*(?:,?\sand\s(?:\w+\s){0,2}(?:parts|materials?|efforts?|activities|components?|equipment))?\s"
    r"(?:such\sas|required\sto\s[^,.;]{0,70}?\s(?=production|delivery|procurement)|necessary\s(?:to|for)\s[^,.;]{0,70}?\s(?=production|delivery|procurement|manufacture|eventual)|for\sthe\s(?=production|manufacture|procurement)|consisting\sof|for\sthe\sproduction\sof|for\sproduction\sof|including|associated\swith\sthe)\s|"
    r"(?:(?:full|low)[- ]rate(?:\sinitial)?|initial)\sproduction\s(?:\(\w+\)\s)?|(?:FRP|LRIP)\s(?=Lot)|"
    r"Lots?\s(?:\d+|[IVX]+)(?:\s(?:through|and|to|&)\s(?:Lot\s)?(?:\d+|[IVX]+))?,?\s(?:(?:of|for)\s)?|"
    r"(?:fiscal|calendar)\s(?:year\s)?\d{4}(?:[-/]\d{2,4})?\s|FY\s?\d{2,4}(?:[-/]\d{2})?\s|"
    r"(?:[\w-]+\s){0,8}?requirements?\sconsisting\sof\s|"
    r"(?:one|two|three|four|five|\w+[- ](?:month|year))\s(?:years?\s)?of\s(?=\w+\s?)"
    r")",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:support|services?|maintenance|sustainment|repairs?|overhauls?|training|engineering|logistics|upgrad(?:es?|ing)|moderni[sz]ation|modifications?|operations?|installation|"
    r"refurbishment|remanufactur(?:e|ing)|reset|calibration|research|development|analys[ie]s|studies|study|management|assistance|retrofit|conversions?|dredging|renovations?|"
    r"integration|planning|testing|evaluation|inspection|restoration|replacement|transportation|enhancements?|improvements?|recertification|processing|availability|"
    r"instruction|administration|coverage|program\smanagement|demilitarization|disposal|removal|nourishment|construction|design|extension|redesign|readiness|procurement)"
    r"(?:\s\([^()]*\))?$",
    re.IGNORECASE,
)
# Words that name nothing ("labor hours", "material"), and words that name something only with others ("engineering services").
_EMPTY = frozenset(
    "labor hour travel effort item material work requirement scope funding supply project change directed action quantity extension part component cost contract term "
    "activity commencement increment incremental ceiling option task update proposal capability configuration baseline performance period need order award completion "
    "implementation program nonrecurring subset increase deliverable line delivery procurement acquisition production equipment hardware data level tooling contractor "
    "government subcontractor week month day year hours lot clin capacity amount function line".split()
)
_SOFT = frozenset(
    "and of the a an for to in on it its other direct indirect critical technical non recurring long lead time related associated various required necessary additional supplemental "
    "initial design engineering development support service one up advance base single multiple complete continued unique miscellaneous test testing integration".split()
)


def _is_vague(designation: str) -> bool:
    """Whether a designation says nothing in particular: "labor hours and travel", "services", "non-recurring engineering"."""
    words = [singular(w) for w in re.findall(r"[a-z]+|\d+", designation.lower())]
    rest = [w for w in words if w not in _SOFT and not w.isdigit()]
    if any(w not in _EMPTY for w in rest):
        return False
    return bool(rest) or len(words) < 2 or {"non", "recurring"} <= set(words)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One element of a list while it is read: where its phrase stands, and its count."""

    start: int
    end: int
    quantity: Decimal | None
    count: Span | None


def _elements(text: str, passage: _Passage) -> Iterator[Good]:
    """The goods of a passage: the elements of its list, without those that only go along with the first."""
    head = _piece(text, passage.start, passage.end)
    stop = _phrase_stop(text, head.start, passage.end)
    if text[stop : stop + 2] == ": " and _DESIGNATED.match(text, stop + 2):  # "bomb bodies: MK82-1= 1,662 each; MK82-6= ..."
        head = _piece(text, stop + 2, passage.end)
        stop = _phrase_stop(text, head.start, passage.end)
    for n, (first, last) in enumerate(_split(text, head.start, stop, counted=head.count is not None)):
        if n and _is_accompanying(text[first:last]):
            continue
        piece = replace(head, end=last) if not n else _piece(text, first, last)
        good = _good(text, piece, passage.end if last >= stop else last)
        if good:
            yield _worked_on(good, _WORK.get(passage.work, ""))


_DESIGNATED = re.compile(r"(?:\d+\s)?[A-Z]{1,5}-?\d")


def _worked_on(good: Good, work: str) -> Good:
    """The good of "to repair X": not X but its repair."""
    if not work or good.service or _is_vague(good.designation):
        return good
    upgrade = work in ("upgrade", "modernization", "conversion", "modification")
    told = replace(good, designation=f"{good.designation} {work}", service=True, upgrade=upgrade)
    return told if upgrade else replace(told, quantity=None, count=None)


def _phrase_stop(text: str, start: int, end: int) -> int:
    """Where the list that begins at ``start`` ends: at a word that opens something else, outside brackets."""
    at = start
    while found := _STOP.search(text, at, end):
        if not _in_brackets(text, start, found.start()) and not (text[found.start()] == "." and _abbreviated(text, found.start())):
            return found.start()
        at = found.start() + 1
    return end


def _abbreviated(text: str, at: int) -> bool:
    return bool(re.search(r"\b(?:[A-Z]|U\.S|No|Inc|Corp|in|lb|cal|approx|vs)$", text[max(0, at - 7) : at]))


def _behind_lead(text: str, start: int, end: int) -> int:
    """Where the name begins: behind articles, lots, years and what is done to get it."""
    at = start
    while (found := _LEAD.match(text, at, end)) and found.end() > at:
        at = found.end()
    return at


def _split(text: str, start: int, stop: int, *, counted: bool = False) -> Iterator[tuple[int, int]]:
    """The elements of a list of things: at ";" where there is one, else at commas, and at "and" between two things.

    A row of services is one element; so is what only looks like a list ("overhead and peripheral cords"). Services that go
    along with things ("helicopters and training") are left out. ``counted`` tells that a count stands before the first.
    """
    parts = _cut(text, start, stop, _SEMICOLON) or _cut(text, start, stop, _COMMA) or [(start, stop)]
    if len(parts) > 1 and not _lists_things(*(text[slice(*p)] for p in parts[:2])):
        first = text[slice(*parts[0])]
        alone = counted or _is_thing(first) or (stop - start > _LONGEST_ROW and first.count(" ") > 1)
        parts = parts[:1] if alone else [(start, stop)]
    for first, last in parts:
        more = _cut(text, first, last, _COMMA)
        if more and _is_accompanying(text[slice(*more[1])]):
            yield more[0]
            continue
        left, *right = _cut(text, first, last, _AND) or [(first, last)]
        if len(right) != 1 or not (_is_thing(text[slice(*left)], strict=True) or (counted and first == start)):
            yield first, last
        elif _goes_with(text[slice(*left)], text[slice(*right[0])]):
            yield left
        elif _is_thing(text[slice(*right[0])], strict=True) and not _shares_head(text, left, right[0]):
            yield from (left, *right)
        else:
            yield first, last


_LONGEST_ROW = 90  # a longer row of services is named by its first


def _lists_things(first: str, second: str) -> bool:
    return _is_thing(second) and (_is_thing(first) or (" " in first.strip() and not _SERVICE.search(first.strip())))


_SEMICOLON = re.compile(r"\s?;\s(?:and\s|or\s)?")
_COMMA = re.compile(r",\s(?:and\s|or\s|as\swell\sas\s)?")
_AND = re.compile(r"\s(?:and|&|as\swell\sas)\s")


def _cut(text: str, start: int, stop: int, at: re.Pattern[str]) -> list[tuple[int, int]]:
    """A stretch cut at every match outside brackets; empty where there is none."""
    cuts = [m for m in at.finditer(text, start, stop) if not _in_brackets(text, start, m.start())]
    if not cuts:
        return []
    firsts, lasts = [start, *(m.end() for m in cuts)], [*(m.start() for m in cuts), stop]
    return [(a, b) for a, b in zip(firsts, lasts, strict=True) if b > a]


def _goes_with(things: str, rest: str) -> bool:
    """Whether ``rest`` only goes along with the things before "and": "helicopters and training"; not "systems and network support"."""
    return " " in things.strip() and "," not in things and (_is_accompanying(rest) or bool(_SERVICE.search(rest.strip())))


def _shares_head(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether one noun serves both halves: "engines and transmissions kits", "F/A-18E/F and EA-18G data transfer units"."""
    one, other = text[slice(*left)].strip(), text[slice(*right)].strip()
    if count_at(other, 0):
        return False
    if " " not in one and re.search(r"\s(?:kits|sets|parts|components|spares|assemblies|units|modules)$", other):
        return True
    types = [d for d in find_designators(one) if re.fullmatch(r"[^a-z]{0,6}", one[d.end :])]
    return bool(types) and bool(re.search(r"\s[a-z]{3}", designate(other)))


def _in_brackets(text: str, start: int, at: int) -> bool:
    return text.count("(", start, at) > text.count(")", start, at)


def _is_thing(words: str, *, strict: bool = False) -> bool:
    """Whether an element names things: counted, with a designator, or a plural that is no service."""
    bare = re.sub(r"\s?\([^()]*\)", "", words).strip(" ,.")
    if not bare or _SERVICE.search(bare):
        return False
    if count_at(words, len(words) - len(words.lstrip())) or next(find_designators(bare), None):
        return True
    if re.match(r"an?\s", bare) or (not strict and len(re.findall(r"\b[A-Z][\w-]+", bare)) > 1):
        return True
    return bool(re.search(r"[a-rt-z]s$", bare)) or bool(re.search(r"\b(?:trousers|aircraft|equipment|ammunition|software|hardware)$", bare)) or bool(re.search(r"(?<![IVX])[A-Z]{3,}$", bare))


_ACCOMPANYING = re.compile(
    r"\s*(?:and\s)?(?:the\s)?(?:delivery\sof\s)?(?:sets|kits|packages|associated|related|other|required|necessary|support\b|supporting|spares?\b|initial\sspares?|training|technical|services?|"
    r"ancillary|accessor|documentation|materials?\b|data\b|publications?|logistics|specified|optional|engineering|repair\sparts)",
    re.IGNORECASE,
)


def _is_accompanying(words: str) -> bool:
    """Whether an element only goes along with the main ones: "associated spares", "technical publications"."""
    return bool(_ACCOMPANYING.match(words))


def _piece(text: str, start: int, end: int) -> _Piece:
    """An element without its lead and its count."""
    at = _behind_buyer(text, _behind_lead(text, start, end), end)
    counted = count_at(text, at)
    if counted and counted.end < end:
        after = _behind_buyer(text, _behind_lead(text, counted.end + 1, end), end)
        return _Piece(after, end, counted.number, Span(counted.start, counted.end))
    return _Piece(at, end, None, None)


_FORCE = re.compile(
    r"(?:'s)?\s(?:(?:[Nn]ational|[Rr]oyal|[Ss]pecial|[Dd]efen[cs]e|[Ss]ecurity|[Ss]elf-[Dd]efense|[Oo]perations)\s)*(?:[Gg]overnment|[Aa]rmy|[Nn]avy|[Aa]ir\s[Ff]orce|[Ff]orces?|[Gg]uard|[Pp]olice|"
    r"[Mm]ilitary|[Ll]and\s[Ff]orces)(?:\s(?:Special\sOperations|Aviation)(?:\sForces?)?)?"
)


def _behind_buyer(text: str, at: int, end: int) -> int:
    """Behind the name of the buyer's state or force, where the element begins with it: he is not what is bought."""
    party = next(find_parties(text[at : min(end, at + 40)]), None)
    if party is None or party.start:
        return at
    force = _FORCE.match(text, at + party.end, end)
    after = force.end() if force else at + party.end
    joined = re.compile(r"(?:\s\([A-Z]{2,5}\))?\s(?:with\s(?:the\s)?)?(?=\S)").match(text, after, end)
    return _behind_lead(text, joined.end(), end) if joined else at


_OBJECT = re.compile(
    r"(?:\s\([^()]{0,40}\))?\s(?:(?:in\ssupport\sof|to\ssupport|supporting|for|of|on|in)\s|to\s(?=the\b|an?\b|its\b|\d|[A-Z]))(?:the\s|an?\s|their\s|all\s|various\s)*"
    r"(?:operational\s|existing\s)?(?:components?\s(?:for|of)\s(?:the\s)?)?"
)
_BODY = re.compile(
    r"\b(?:Offices?|Commands?|Centers?|Agency|Directorate|Department|Navy|Army|Air Force|Marine|Corps|Guard|customers?|Commission|Base|Station|Fleet|District|DoD|NAVFAC|Executive|Command|"
    r"government|Facilities Engineering|University|Division|Squadron|Wing)\b"
)


def _good(text: str, piece: _Piece, end: int) -> Good | None:
    """The good that an element names, with what a service serves; None where it names nothing."""
    words = text[piece.start : piece.end].strip(" ,.;-")
    if len(words) > 200 or not (re.search(r"[A-Za-z]{2}", words) or next(find_designators(words), None)):
        return None
    start = piece.start + text[piece.start : piece.end].index(words[0])
    behind = start + len(words)
    words = _short(_WITH_OTHERS.sub("", words))
    last = start + len(words)
    service = bool(_SERVICE.search(words))
    if not service:
        split = re.match(r"(?P<done>.{3,90}?)\sof\s(?:the\s|an?\s)?", words)
        if split and _SERVICE.search(split["done"]) and not re.search(r",\s(?:the|an?)\s", split["done"]):
            return _served(text, start, start + len(split["done"]), start + split.end(), last, end)
        behind_name = _COUNT_BEHIND.search(words)
        if behind_name and piece.count is None:
            group = "bracket" if behind_name["bracket"] else "equal"
            count = Span(start + behind_name.start(group), start + behind_name.end(group))
            return Good(_named(words), start, last, Decimal(behind_name[group].replace(",", "")), count)
        return Good(_named(words), start, last, piece.quantity, piece.count)
    served = _OBJECT.match(text, behind, end)
    if served:
        stop = _phrase_stop(text, served.end(), min(end, served.end() + 120))
        first = next(_split(text, served.end(), stop), None)
        if first and _is_specific(text[first[0] : first[1]], words):
            return _served(text, start, last, *first, end)
    return Good(_named(words, service=True), start, last, service=True, upgrade=bool(_UPGRADE.search(words)))


_UPGRADE = re.compile(r"upgrade|moderni[sz]|conversion|retrofit|modification", re.IGNORECASE)
# What a name is not made longer by: "and ancillary actions"; "full-rate production Lot 91", "program", "variants".
_WITH_OTHERS = re.compile(r",?\sand(?:\s(?:ancillary|associated|related|other|the)\s.*)?$", re.IGNORECASE)


def _short(words: str) -> str:
    """A name without its production lot and without "program", unless nothing is left."""
    bare = words
    for tail in (_LOT, _KIND_OF_WORK):
        cut = tail.sub("", bare)
        bare = cut if len(cut) > 3 else bare
    return bare


_LOT = re.compile(
    r"(?:,?\s(?:full|low)[- ]rate(?:\sinitial)?\sproduction(?:\s\d{1,2})?)?(?:(?:\sproduction)?,?\sLots?\s(?:\d{1,2}|[IVX]+)(?:\s(?:through|and|to)\s\d{1,2})?)?(?:\sproduction)?$",
    re.IGNORECASE,
)
_KIND_OF_WORK = re.compile(r"\s(?:programs?|efforts?|projects?|tasks?|requirements?|variants?)$", re.IGNORECASE)


def _served(text: str, start: int, done: int, first: int, last: int, end: int) -> Good:
    """A service and what it serves, as one name: ``MK 48 torpedo overhaul``. Components are passed through to what they are of."""
    part = re.compile(r"(?:\w+\s){0,2}(?:components?|stock\snumbers(?:\s\(\w+\))?)\s(?:for|of|applicable\sto)\s(?:the\s)?").match(text, first, end)
    if part:
        first, last = part.end(), _phrase_stop(text, part.end(), end)
    piece = _piece(text, first, last)
    words = text[piece.start : piece.end]
    thing = _named(_WITH_OTHERS.sub("", words), service=bool(_SERVICE.search(words)))
    if _SERVICE.search(words):
        return Good(thing, first, last, service=True, upgrade=bool(_UPGRADE.search(thing)))
    service = _named(text[start:done].strip(" ,"), service=True)
    upgrade = bool(_UPGRADE.search(service))
    counted = (piece.quantity, piece.count) if upgrade else (None, None)
    return Good(f"{thing} {_lower(service)}", start, last, *counted, service=True, upgrade=upgrade)


def _lower(words: str) -> str:
    return words[0].lower() + words[1:] if words[1:2].islower() else words


def _is_specific(thing: str, service: str) -> bool:
    """Whether what a service is for belongs to its name: a designated or named thing; an office only where nothing else is told."""
    if _is_vague(service):
        return True
    if _BODY.search(thing) or len(thing) > 110:
        return False
    return len(re.findall(r"\b[A-Z][\w-]+", thing)) > 1 or system_in(thing) is not None or next(find_designators(thing), None) is not None


_COUNT_BEHIND = re.compile(r"\s?\(\s?(?P<bracket>\d[\d,]{0,8})\s?\)$|\s?=\s?(?P<equal>\d[\d,]{0,8})(?:\seach)?$")


def _named(words: str, *, service: bool = False) -> str:
    """A designation of the words of an element: the type designator where there is one, else the phrase, singular."""
    bare = re.sub(r"\(([A-Z]{2,})s\)", r"(\1)", _COUNT_BEHIND.sub("", words).strip(" ,.;-"))
    if service:
        return bare if re.search(r"(?:services|logistics|operations|studies)$", bare) else singular(bare)
    types = list(find_designators(bare))
    if len(types) > 1 and types[0].text[0].isdigit() and bare.endswith(f"({types[-1].text})"):
        return types[-1].text  # "Personnel Vehicles 7A1 (AAVP7A1)": the bracket has the whole designation
    if types:
        return designate(bare) or singular(bare)
    return singular(bare)
