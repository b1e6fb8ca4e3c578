"""The principal contractors of a sale notice, as named: in a sentence with their places, or in a list, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsledger.claims.anchor import Anchors

_NAMED = re.compile(
    r"(?:principal|prime)\s(?:U\.S\.\s)?contractors?\s(?:\w+\s){0,6}?(?:will\sbe|are|is|would\sbe|include|"
    r"includes|for\sthis\s\w+\s(?:will\sbe|is|are))"
    r"(?:\sthe\sfollowing)?\s?:?\s{0,3}",
    re.IGNORECASE,
)
_NONE_NAMED = re.compile(
    r"(?:determined|unknown|not (?:yet )?known|selected|chosen|competitive|no (?:prime|principal)|identified|"
    r"from (?:approved|U\.S\. (?:Army|Navy|Air Force) stock)|"
    r"U\.S\. Government|various|multiple|numerous|many|there (?:is|are|will)|to be|undetermined|a competition|"
    r"dependent|associated with)\b",
    re.IGNORECASE,
)
_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|"
    "Illinois|Indiana|Iowa|Kansas|"
    "Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|"
    "Nevada|New Hampshire|"
    "New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|"
    "South Carolina|"
    "South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|"
    "District of Columbia|D\\.?C\\.?|"
    "Puerto Rico|Guam|Mass\\.?|Conn\\.?|Calif\\.?|Tex\\.?|Fla\\.?|Ariz\\.?|Ala\\.?|Penn\\.?|Pa\\.?|Va\\.?|"
    "Md\\.?|Mo\\.?|Ga\\.?|Minn\\.?|Wash\\.?|"
    "A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|"
    "United Kingdom|UK|Canada|Germany|France|Italy|Israel|Sweden|Norway|Australia|Spain|Netherlands|Belgium|"
    "Switzerland|England|Scotland|"
    "Turkey|Japan|South Korea|Republic of Korea|Denmark|Finland|Poland|Greece|India|Brazil|Austria|"
    "Czech Republic|Kuwait|Saudi Arabia|"
    "United Arab Emirates|Egypt|Singapore|Taiwan|Iraq|Qatar|Jordan|Ontario|Quebec|British Columbia|Alberta|"
    "Manitoba|Nova Scotia"
)
_FIRM_WORDS = (
    "Company", "Corporation", "Corp.", "Inc.", "LLC", "Systems", "System", "Industries", "Communications",
    "Technologies", "Technology", "Division", "Electronics", "Aerospace", "International", "Defense", "Aeronautics",
    "Services", "Aviation", "Enterprises", "Laboratories",
)  # fmt: skip
# A place stands behind "in", "of", a comma, or directly behind a word that ends a firm's name.
_BEHIND_FIRM = "|".join(rf"(?<=\b{re.escape(w)})\s" for w in _FIRM_WORDS)
_PLACE = re.compile(
    rf"(?:,?\s(?:which\sis\s)?(?:headquartered\s|located\s|based\s)?(?:in|of|at|from)\s|,\s|{_BEHIND_FIRM})"
    r"(?P<place>(?:(?!\b(?:and|of|"
    rf"in)\b)[A-Z][\w.'-]*[\s-]){{0,3}}[A-Z][\w.'-]*[,;]?\s(?:{_STATES})\b(?:\.(?=[A-Z,;\s]))?)",
)
_STOP = re.compile(
    r"(?<!\b(?:St|Ft|Mt|No|Co))(?<!\b(?:Inc))(?<!\bCorp)(?<!\b[A-Z])\.\s+(?=[A-Z])|\.(?=\s+(?:There|The|This|It|"
    r"At|In|Implementation|If|Any|No|Offset)\s)|\n\s*\n|\.\s*$|"
    r"\n(?=There\b|Implementation|The\b(?! Boeing| Raytheon| [A-Z]\w+ (?:Compan|Corp|Inc)))"
)


def find_contractors(found: Anchors, text: str) -> Iterator[str]:
    """The principal contractors as named, without places, each spelling once."""
    match = _NAMED.search(text)
    if not match or _NONE_NAMED.match(text, match.end()):
        return
    listed = _LISTED_FIRMS.match(text, match.end())
    if listed:
        firms = _listed_firms(text, listed.start(), listed.end())
    else:
        stop = _STOP.search(text, match.end())
        firms = _firms(text, match.end(), min(stop.start() if stop else len(text), match.end() + 2500))
    given: set[str] = set()
    for start, stop_at in firms:
        name = " ".join(text[start:stop_at].split())
        if name not in given and not _NONE_NAMED.match(name):
            given.add(name)
            found.add("contractor", name, start, stop_at)
            yield name


_FIRM_LINE = rf"[^\n,;]{{3,70}}(?:\s(?:Inc|Corp|Co)\.)?[^\n,;]{{0,40}},\s?(?:{_STATES}|[A-Z]\.\s?[A-Z])\.?,?[ ]?"
_LISTED_FIRMS = re.compile(rf"(?:{_FIRM_LINE}(?:\n|$)){{2,40}}")
_FIRM_ENDING = re.compile(
    r".*\b(?:Company|Corporation|Corp\.?|Inc\.?|LLC|Ltd\.?|Co\.|Systems?|Industries|Communications?|"
    r"Technolog(?:y|ies)|Controls?|IDS|Division|Electronics|"
    r"Aerospace|Group|International|Defense|Aeronautics|Services?|Products?|Space|Engines?|Whitney|Dynamics|"
    r"Grumman|Martin|Aviation|Enterprises?|Laboratories)(?=\s[A-Z])"
)


def _listed_firms(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A list with one firm a line, no comma between name and city: the name ends at its last company word."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        name = line[: line.rfind(",")]
        ending = _FIRM_ENDING.match(name)
        stop = len(ending[0]) if ending else name.rfind(" ")
        yield at, at + stop
        at += len(line)


_JOIN = re.compile(r"(?:\s*[;,.]?\s*(?:and|as well as)?\s*\n?\s*)")
_SEPARATOR = re.compile(
    r"\s*;\s*(?:and\s+)?|\s*\n\s*|,\s+and\s+(?=[A-Z])|\s+and\s+(?=[A-Z][\w.&'-]*\s)(?!.{0,60}?Company\b.{0,3}$)"
)


def _firms(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a list of firms that name one each: a name up to its place, or up to a separator."""
    at = start
    while at < end:
        joined = _JOIN.match(text, at)
        at = joined.end() if joined else at
        if at >= end:
            return
        place = _PLACE.search(text, at, end)
        separator = _SEPARATOR.search(text, at, end)
        if place and not (
            separator and separator.start() < place.start() and _whole(text[at : separator.start()], separator[0])
        ):
            yield from _trimmed(text, at, place.start())
            at = _behind_place(text, place, end)
        elif separator:
            yield from _trimmed(text, at, separator.start())
            at = separator.end()
        else:
            yield from _trimmed(text, at, end)
            return


def _whole(name: str, separator: str) -> bool:
    """Whether a firm's whole name stands before a separator: always before ";" or a new line, else by its ending."""
    return (
        ";" in separator
        or "\n" in separator
        or bool(re.search(r"(?:Company|Corporation|Corp\.?|Inc\.?|Ltd\.?|LLC|Co\.)$", name.strip()))
    )


_COUNTRY = re.compile(rf",\s(?:{_STATES})\b(?=\s*(?:[.;,]|and\b|$|\n))")
_SECOND_PLACE = re.compile(
    rf"\s*(?:,?\s?and|,)\s(?:in\s)?[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*)?,\s(?:{_STATES})\b(?=\s*(?:[.;,]|and\b|$|\n))"
)


def _behind_place(text: str, place: re.Match[str], end: int) -> int:
    """Where the next name begins: a second place of the same firm ("and Tucson, Arizona") is stepped over."""
    more = _COUNTRY.match(text, place.end(), end) or _SECOND_PLACE.match(text, place.end(), end)
    return more.end() if more else place.end()


# A name without an article before it and without "located", "with" and places behind it.
_NAME = re.compile(
    r"\s*(?:an?\s)?(?P<name>[^\n]*?(?:\n[^\n]*?)?)(?:,?\s(?:located|headquartered|based|which\sis)|"
    r",\s(?:an?|via|as|with|under|through|whose)\s.*)?[\s,.;]*$"
)
_ABBREVIATED = re.compile(r"\b(?:Inc|Corp|Co|Ltd)$")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The name that a stretch holds, with the full stop of "Inc." and the like; nothing where it holds none."""
    name = _NAME.match(text, start, end)
    first, last = name.span("name") if name else (start, end)
    if text[last : last + 1] == "." and _ABBREVIATED.search(text[first:last]):
        last += 1
    if re.match(r"[A-Z0-9].*[A-Za-z]", text[first:last]) or text[first:last].startswith("the "):
        yield first, last
