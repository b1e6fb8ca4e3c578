"""Counted articles of official documents: "20 AIM-9X-2 SIDEWINDER Block II Missiles" -> 20, AIM-9X-2 Block II.

    article     = count phrase
    phrase      = words up to a separator outside brackets, or the line's end in a list of lines
    designation = the type designators of the phrase with block and mark; the whole phrase, singular, where what stands
                  behind the designator makes another article of it (training missile, guidance section, tail kit)

The order of the rules matters and is the order of the functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from armsledger.lexicon.designators import Designator, find_designators, system_of
from armsledger.lexicon.matcher import lexicon
from armsledger.text.quantities import Count, count_at, find_counts


@dataclass(frozen=True, slots=True)
class Article:
    """A counted article: how many, what, and where count and phrase stand (start inclusive, end exclusive)."""

    quantity: Decimal
    designation: str
    start: int
    phrase: int
    end: int
    upgrade: bool = False


# What counts time, people, money, places or bundles, and no articles.
_NO_ARTICLE = re.compile(
    r"\s*(?:additional\s|more\s|new\s|separate\s|consecutive\s|one-)?(?:-?\s?"
    r"(?:years?|months?|weeks?|days?|hours?|lots?|phases?|percent|per cent|trips?|representatives?|persons?|"
    r"personnel|people|"
    r"U\.\s?S\.?|US Government|contractors?|government|students?|pilots?|crews?|trainees|instructors|countries|"
    r"nations|states|"
    r"customers?|options?|offers?|bids?|proposals?|tasks?|orders?|contracts?|times?|bases?|sites?|locations?|"
    r"stages?|tiers?|"
    r"fiscal|man-|others?|million|billion|squadrons?|battalions?|brigades?|batter(?:y|ies) of|fleets?|"
    r"of\s(?:the|these|its|our)|"
    r"or more|major|key|most|if|in|on|by|at|to|is|are|was|were|will|and|that|which)(?![\w-])"
    r"|[-\s]?(?:year|month|week|day|hour|phase|man)\b|\.|\)|$)",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?)\.?\s(?:\d{1,2},\s?)?$"
)
_SPLIT_BEFORE = re.compile(r"\w-\s$")  # "MK- 84": the number belongs to the designator before it
# Where an article may begin: behind a separator, a verb of buying or listing, or "sale ... of/for".
_LISTED = re.compile(
    r"(?:[:;,\n•·]|--?|(?:^|[\s(])(?:and|plus|or|with|buy|purchase|procure|acquire|lease|includes?|including|"
    r"include|included|are|is|of:|for:|"
    r"consists? of|consisting of|containing|provides?|the following|involves?|requested|receive|"
    r"additional))\s*(?:(?:an?|the|and|up to|as many as)\s)?$",
    re.IGNORECASE,
)
_GOVERNED = re.compile(r"(?:^|\s)(?:of|for)\s*(?:the\s)?$", re.IGNORECASE)
_SALE = re.compile(
    r"(?:\bsales?\b|\bpurchase\b|\bprocurement\b|\bacquisition\b|\blease\b|\btransfer\b)[^.;:\n]{0,110}$", re.IGNORECASE
)
_SERVICE = re.compile(
    r"(?<!procurement and )\b(?:upgrades?|upgrading|moderni[sz]ation|modifications?|overhaul|refurbishment|"
    r"regeneration|conversion|retrofit|support|sustainment|"
    r"maintenance|repairs?|training|services?|integration|installation|fleet|inventory|total|package|assignment|"
    r"\w+-Support(?:\s\(\w+\))?|"
    r"aboard|onboard|existing|parts|equipment|suites?|systems?|kits?|spares?|engines|weapons|period|each|one|"
    r"some|combination|quantity)\W+"
    r"(?:of|for)\s*(?:the\s)?$",
    re.IGNORECASE,
)
_UPGRADE = re.compile(
    r"\b(?:upgrades?|moderni[sz]ation|conversion|retrofit)\s(?:of|for)\s*(?:the\s|its\s|their\s)?$", re.IGNORECASE
)
_OF_OR_FOR = re.compile(r"(?:of|for)\s*(?:the\s|its\s|their\s)?$", re.IGNORECASE)
_ONLY_SUPPORT = re.compile(r"\b(?:phase|support|assist)\b[^.;]{0,30}$", re.IGNORECASE)


def find_articles(text: str, start: int, end: int) -> Iterator[Article]:
    """The counted articles of ``text[start:end]``, in order.

    A count begins an article only where a list may: behind a separator, a verb of buying or listing, or "sale of". What
    is counted for a service ("support for 24 MH-60R") is none; an upgrade of so many platforms is told as such.
    """
    served: int | None = None
    reach = start
    for count in find_counts(text, start, end):
        if count.start < reach or _in_brackets(text, start, count):
            continue
        before = text[max(start, count.start - 140) : count.start]
        chained = served is not None and before.rstrip().endswith(" and") and "," not in text[served : count.start]
        kind = _place(before, chained)
        served = count.end if kind == "service" else None
        if (
            kind in ("", "service")
            or _NO_ARTICLE.match(text, count.end)
            or _MONTH_BEFORE.search(before)
            or _SPLIT_BEFORE.search(before)
        ):
            continue
        stop = phrase_end(text, count.end, end)
        designation = designate(text[count.end : stop])
        if designation and _countable(count.number, text[count.end : stop]):
            reach = stop
            upgrade = kind == "upgrade"
            yield Article(count.number, designation + " upgrade" * upgrade, count.start, count.end, stop, upgrade)


_INVARIANT = re.compile(
    r"(?:aircraft|equipment|ammunition|ordnance|chaff|craft|hardware|software|optics|avionics|electronics)\b",
    re.IGNORECASE,
)


def _countable(number: Decimal, phrase: str) -> bool:
    """Whether so many of it can be: more than one of a noun in the singular is a model number ("660 Weather Radar")."""
    words = re.findall(r"[A-Za-z][\w'-]*", re.sub(r"\s?\([^()]*\)", "", phrase))
    if number <= 1 or not words or len(words[-1]) < 4 or words[-1].isupper() or _INVARIANT.search(phrase):
        return True
    return any(w.endswith("s") for w in words) or next(find_designators(phrase), None) is not None


def _place(before: str, served: bool) -> str:
    """Whether an article may begin behind these words: ``listed``, ``upgrade``, ``service`` or not at all."""
    if served:
        return "service"
    if not _OF_OR_FOR.search(before[-16:]):
        return "listed" if not before.strip() or _LISTED.search(before) else ""
    if _UPGRADE.search(before):
        return "service" if _ONLY_SUPPORT.search(_UPGRADE.sub("", before)) else "upgrade"
    if _SERVICE.search(before):
        return "service"
    if _GOVERNED.search(before):
        return "listed" if _SALE.search(before) else ""
    return "listed" if not before.strip() or _LISTED.search(before) else ""


def _in_brackets(text: str, start: int, count: Count) -> bool:
    line = max(start, text.rfind("\n", start, count.start) + 1, count.start - 200)
    opened = text.count("(", line, count.start) - text.count(")", line, count.start)
    return opened > 0 and text[count.start] != "("


# -- how far the phrase goes ------------------------------------------------------------------------------

_PHRASE_END = re.compile(
    r"[;,:•]|\.(?=\s|$)|\n\n|\n(?=\s*(?:[-•*]\s|\(?\d|[A-Z][a-z]+(?:-\w+)?\s\(\d|Also\b|The\b|This\b|In addition|"
    r"Additional|Included|Non-|Major\b|Other\b|It\b|[(]i))|"
    r"\s(?=(?:and|plus|as well as)\s(?:(?:up to|an additional)\s)?(?:\(?\d|(?:one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|\w+teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b))|"
    r"\s(?=and\s(?:the\sfollowing|associated|related|other|support|spares?\b|training|services?|logistics?|"
    r"technical|equipment|sustainment|personnel))|"
    r"\s(?=(?:with|w/|for|to\sbe|to\sinclude|to\ssupport|to\sallow|in\ssupport|as\swell|that|which|including|"
    r"consisting|without|from|configured|being|currently|"
    r"equipped|on\sboard|aboard|at\san?\s|and\san?\s|and\sthe\s|are\b|is\b|will\b|worth|plus|under|via|by|on|"
    r"remanufactured|provided|hosted)\b)",
)


_LONGEST_PHRASE = 1500


def phrase_end(text: str, start: int, end: int) -> int:
    """Where the noun phrase that begins at ``start`` ends: at a separator outside brackets, or what opens a new part.

    In a list of lines the phrase is the whole line, commas included.
    """
    end = min(end, start + _LONGEST_PHRASE)
    line_list = _is_list_line(text, start, end)
    at = start
    while found := _PHRASE_END.search(text, at, end):
        inside = text.count("(", start, found.start()) > text.count(")", start, found.start())
        comma = found[0] == ","
        named = _COMMA_NAME.match(text, _word_start(text, found.start())) if comma else None
        if named and _initials(named):
            at = named.end()
            continue
        if (inside and "\n" not in found[0]) or (comma and line_list) or _decimal_point(text, found.start()):
            at = found.end() if found.end() > found.start() else found.start() + 1
            continue
        return found.start()
    return end


# "Intelligence, Surveillance, and Reconnaissance (ISR)": the initials show that the commas are the name's own.
_COMMA_NAME = re.compile(
    r"([A-Z][\w-]+)((?:,\s[A-Z][\w-]+){0,6}),?\s(?:and|"
    r"or)\s([A-Z][\w-]+)(?:\s[A-Z]\w+){0,2}\s\(([A-Z0-9]{2,9})\)"
)


def _word_start(text: str, at: int) -> int:
    while at and (text[at - 1].isalnum() or text[at - 1] == "-"):
        at -= 1
    return at


def _initials(named: re.Match[str]) -> bool:
    words = [named[1], *re.findall(r"[A-Z][\w-]+", named[2]), named[3]]
    return named[4].startswith("".join(w[0] for w in words)[:3]) or (named[4][0] == words[0][0] and "4" in named[4])


def _decimal_point(text: str, at: int) -> bool:
    """A full stop of an abbreviation ("2.75 in.", "500 lb.", "U.S.") ends no phrase."""
    return text[at] == "." and bool(
        re.search(r"(?:\b(?:in|lb|lbs|cal|No|U|U\.S|Inc|Corp|approx))$", text[max(0, at - 6) : at])
    )


def _is_list_line(text: str, start: int, end: int) -> bool:
    """Whether the article stands on a line of its own: the line begins with its count and holds no other."""
    line_start = text.rfind("\n", max(0, start - 200), start) + 1
    line_end = text.find("\n", start, end)
    if line_end < 0 or line_start == 0 or line_end - line_start > 160:
        return False
    head = text[line_start:start].strip()
    if not re.fullmatch(r"[-•*]?\s*(?:[\w-]+\s){0,5}\(?[\d,]*\)?", head) or text[line_end - 1] in ",;":
        return False
    rest = text[start:line_end]
    return not any(_LISTED.search(rest[: c.start]) for c in find_counts(rest)) and bool(
        count_at(text, line_start + len(text[line_start:start]) - len(text[line_start:start].lstrip()))
    )


# -- what it is called ------------------------------------------------------------------------------------

_MEASURE_BRACKET = re.compile(r"\s?\(\s?[\d.,]+\s?-?\s?(?:lbs?|pounds?|mm|in|kg|km|kw)\.?\s?\)", re.IGNORECASE)
_SPLITS = re.compile(
    r"\b(?:installed|spares?|each|live|inert|included?s?|consisting|consists|approximately|total)\b", re.IGNORECASE
)
_WORDY_BRACKET = re.compile(r"\s?\((?![^()\s]*\)|Blk\b|Block\b)[^()]*\s[^()]*\)(?=\s*$)")
_ABBREVIATED = re.compile(
    r"[A-Z][\w-]*(?:\s[A-Z][\w-]*){1,3}\s\((AIM|AGM|GBU|MK|KMU|BLU|FMU|CBU|RIM|AN)\)\s?-\s?(?=\d)"
)
_CALIBRE = re.compile(
    r"\b\d[\d.,]*\s?-?\s?(?:mm|cm|lbs?|LB|pounds?|inch(?:es)?|kg|ft|foot|cal(?:iber)?|in\.?)\b\.?(?:\s(?=\S))?",
    re.IGNORECASE,
)
_OTHER_ARTICLE = re.compile(
    r"\b(?:training|trainers?|captive|inert|dummy|practice|guidance|control\ssections?|sections?|tail\s?kits?|"
    r"kits?|pods?|simulators?|test|modules?|"
    r"cockpit|warheads?|telemet\w+|bodies|body|spares?|launch(?:er|ing)?|units?|containers?|stations?|"
    r"terminals?|fuzes?|validation|"
    r"telemeters?|seekers?|sets?\sof|upgrades?|instrumented|fly-to-buy|digital|software|processors?|antennas?|"
    r"assets?|adapters?|racks?|rails?|"
    r"interface|assembl(?:y|ies)|components?|engines?|radars?|sight|mounts?|trainer|drones?\sfor|target)\b",
    re.IGNORECASE,
)


def designate(phrase: str) -> str:
    """The designation of an article's phrase, singular; empty where nothing is named.

    >>> designate(" AIM-9X-2 SIDEWINDER Block II All-Up-Round Missiles"), designate(" M777 155mm Towed Howitzers")
    ('AIM-9X-2 Block II', 'M777')
    >>> designate(" AIM-120C-7 AMRAAM Guidance Sections"), designate(" Ground Data Terminals")
    ('AIM-120C-7 AMRAAM Guidance Section', 'Ground Data Terminal')
    """
    text = " ".join(phrase.replace("\n", " ").split())
    text = re.sub(r"(?<=\w)- (?=\w)", "-", text)
    text = _ABBREVIATED.sub(lambda m: m[1] + "-", text)
    text = re.sub(r"^(?:each|ea\.?|more|new|additional|all-up-round|used|refurbished)\s", "", text, flags=re.IGNORECASE)
    text = _without_asides(_MEASURE_BRACKET.sub("", text)).strip(" .-")
    text = re.sub(r"\(([A-Z]{2,})s\)", r"(\1)", text)
    text = re.sub(r"\s(?:w/|and/or)\S*.*$", "", text)
    types = [d for d in find_designators(text) if not _CALIBRE.fullmatch(d.text)]
    if not types:
        return singular(_WORDY_BRACKET.sub("", text)) if re.search(r"[A-Za-z]{2}", text) else ""
    first, last = _core(text, types)
    tail = text[last:]
    if _other_article(text, first, last):
        return singular(_drop_calibres(_WORDY_BRACKET.sub("", text), text[first:last]))
    mark = re.search(
        r"\b(?:Block|Blk|BLOCK|Mod|MOD|Increment|Lot|Tranche|Mark|Mk)\.?\s(?:\d{1,3}(?:/\d{1,3})?|"
        r"[IVX]{1,4})[A-Z]?\+?(?:\s\([IVX]{1,3}\))?",
        tail,
    )
    core = text[first:last].strip()
    if core.count(")") > core.count("("):
        core = core.rstrip(")")
    short = re.search(r"\s(\([^()\s]*\d[^()\s]*\))$", tail)
    return core + (f" {mark[0]}" if mark and mark[0] not in core else "") + (f" {short[1]}" if short else "")


# Nouns that name the designated thing itself, unless the lexicon knows it as something else ("F-16 engines").
_OWN_NOUN = re.compile(
    r"\b(engine|radar|launcher|launch|station|terminal|pod|seeker|processor|fuze|antenna|sight|mount|gun|radio|"
    r"receiver|unit|set)s?\b",
    re.IGNORECASE,
)


def _other_article(text: str, first: int, last: int) -> bool:
    """Whether the words around a designator make another article of it: "guidance section", "captive missile"."""
    rest = _without_core(text, first, last)
    system = system_of(text[first:last])
    noun = _system_nouns().get(system or "", "")
    rest = _OWN_NOUN.sub(lambda m: m[0] if noun and m[1].lower() not in noun else "", rest)
    return bool(_OTHER_ARTICLE.search(rest)) or bool(noun and _names_a_part(text[last:], noun))


def _names_a_part(tail: str, noun: str) -> bool:
    """Whether the last word behind a known designator is a noun that is not the system's: "H-1 mission computers"."""
    own = re.split(r"\s(?:to|in|of|for|with|and)\s", re.sub(r"\([^()]*\)", "", tail), maxsplit=1)[0]
    words = re.findall(r"[A-Za-z][\w-]*", own)
    if not words or not words[-1].islower():
        return False
    last = singular(words[-1])
    return last not in _OF_ANY and last not in noun


# Nouns that may stand behind any designator and name the designated thing itself.
_OF_ANY = frozenset(
    "aircraft airplane helicopter missile round system vehicle bomb rocket jet fighter tank radar launcher "
    "torpedo pod gun ship boat drone fleet variant munition projectile howitzer rifle carbine mortar cartridge "
    "grenade mine radio vessel craft interceptor weapon type series model version platform equivalent family "
    "transport trainer tanker carrier truck trailer armament ammunition each fuse fuze program programme effort "
    "activity project".split()
)


@cache
def _system_nouns() -> dict[str, str]:
    return {s.id: f"{s.head} {s.type}".lower() for s in lexicon().systems}


def _without_asides(text: str) -> str:
    """The phrase without brackets that explain: of four words or more, or on what a count is made of."""
    kept, depth, opened = [], 0, 0
    for i, c in enumerate(text):
        if c == "(" and not depth:
            opened = i
        depth += (c == "(") - (c == ")" and depth > 0)
        if c == ")" and not depth:
            inside = text[opened : i + 1]
            kept.append("" if inside.count(" ") >= 3 or _SPLITS.search(inside) else inside)
        elif not depth:
            kept.append(c)
    return " ".join(("".join(kept) + (text[opened:] if depth else "")).split())


def _core(text: str, types: list[Designator]) -> tuple[int, int]:
    """The stretch from the first designator through those joined to it by a bracket, "and", "or" or nothing."""
    first, last = types[0].start, types[0].end
    for d in types[1:]:
        if not re.fullmatch(r"\s?[(/]\s?|\)?\s?(?:/|and|or|to)\s|\s", text[last : d.start]):
            break
        last = d.end
    code = re.match(
        r"\)?(?:\s?\((?:[A-Z]-?\d[^()\s]*(?:\([a-z]\))?|[IVX]{1,3}|Blk\s\w+|"
        r"Block\s\w+)\)(?:/[A-Z0-9]+)?)?(?:\sV\(\d\))?(?:\s\d[A-Z]\b)?(?:\s[A-Z]{2}\s\d{2,3}[A-Z]?\b)?",
        text[last:],
    )
    return first, last + (len(code[0]) if code else 0)


def _without_core(text: str, first: int, last: int) -> str:
    return text[:first] + " " + text[last:]


def _drop_calibres(text: str, core: str) -> str:
    kept = text.replace(core, "\0")
    return _CALIBRE.sub("", kept).replace("\0", core).strip()


_PLURALS = re.compile(r"([A-Za-z]{2,}?)(ies|(?<=ss|sh|ch|[^s]x)es|s)(?=(?:\s\([^()]*\))*$)")
_SAME = frozenset(
    "chassis series apparatus ordnance optics electronics avionics gauss canvas glass cross class gas trousers".split()
)


def singular(phrase: str) -> str:
    """A noun phrase with its last word singular, brackets behind it left alone.

    >>> singular("Joint Helmet Mounted Cueing Systems (JHMCS)"), singular("squib-activated batteries")
    ('Joint Helmet Mounted Cueing System (JHMCS)', 'squib-activated battery')
    """
    found = _PLURALS.search(phrase.strip())
    if not found:
        return phrase.strip()
    word = re.search(r"[\w]+$", phrase.strip()[: found.end()])
    if word and (word[0].lower() in _SAME or word[0].lower().endswith("ss") or word[0].isupper()):
        return phrase.strip()
    whole = phrase.strip()
    if whole[: found.end()].lower().endswith("oes"):
        return whole[: found.end() - 2] + whole[found.end() :]
    ending = "y" if found[2] == "ies" else ""
    return whole[: found.start(2)] + ending + whole[found.end(2) :]
