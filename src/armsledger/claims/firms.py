"""The firms of a contract paragraph: what stands before "is being awarded", without places and contract numbers.

    firms = firm { ";" firm }
    firm  = NAME [",*"] "," CITY "," STATE [ "(" NUMBER ")" ]

A firm's name may hold commas ("Lockheed Martin Corp., Lockheed Martin Aeronautics Co."), so the place is taken off the
end: a known state, territory or country, and the city before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as named, and where (start inclusive, end exclusive)."""

    name: str
    start: int
    end: int


_VERB = re.compile(
    r"\s*,?\s(?:(?:is|are|was|were|has|have|will)\b[^.;]{0,40}?\b(?:awarded|issued|granted|modified|added|"
    r"selected|receiv\w+)|(?:is|are|was|were|has\sbeen)\s(?:each\s)?(?:being\s)?award\b|(?:is|"
    r"are)\sthe\ssuccessful|will\s(?:share|compete)\b|awarded\b|received\b)"
)
_CORRECTED = re.compile(
    r"\W*(?:CORRECTIONS?|UPDATE|AMENDMENT)\W+(?:The\s(?=[A-Z])|(?:(?:The|A|"
    r"An)\s)?(?=[A-Z]?[a-z])(?=[^.;]{0,260}?(?:announce|award))[^;]{0,260}?\b(?:for|to|with|"
    r"by)\s(?:the\s)?(?=[A-Z][\w&/.-]+[\s,])(?!(?:FY|Fiscal|[A-Z]{1,2}\d|[A-Z0-9]{6}-)))?"
)
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|"
    "Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|"
    "Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|"
    "New Jersey|New Mexico|New York|North Carolina|North Dakota|"
    "Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|"
    "Virginia|Washington|West Virginia|Wisconsin|Wyoming|"
    "District of Columbia|D\\.?C\\.?|Puerto Rico|Guam|U\\.S\\. Virgin Islands|American Samoa|Northern Mariana Islands"
)
# A part of a firm's own name that stands between commas as a city would: "Acme Corp., Acme Space, Reno, Nevada".
_UNIT = (
    r"[^,;()]{0,40}\b(?:Corp|Inc|Co|LLC|Ltd|LP|Company|Systems?|Division|Aeronautics|Technologies|Services|Group|Sector|"
    r"Industries|International|Defense|Aerospace|Solutions|Missiles|Electronics|Engines|Communications)\b"
)
_PLACE = re.compile(
    rf"(?:,\s?\*{{0,3}}|\*{{1,3}},?)\s(?P<city>(?!{_UNIT})[A-Z][^,;()]{{1,40}}),\s(?:(?:[A-Z][^,;()]{{1,30}}),\s)?"
    rf"(?:{_STATE_NAMES}|(?P<country>[A-Z][A-Za-z. -]{{2,30}}))\s?,?\s*$"
)
# A place without a comma before it: "Acme Space, Inc. Reno, Nevada".
_UNPARTED = re.compile(rf"(?:(?<=\bInc\.)|(?<=\bLLC))\s[A-Z][\w. ]{{1,30}},\s(?:{_STATE_NAMES})\s?,?\s*$")
_ONE_PLACE = re.compile(rf",\s(?:{_STATE_NAMES}|Singapore|Kuwait|Bahrain|Luxembourg)\s?,?\s*$")
_BRACKET = re.compile(r"\s?\((?=[^()]*\d)(?=[^()a-z]*\))[^()]*\)|\s[A-Z0-9]{6}-\d\d-[A-Z]-\w{4}\)?")
_ASIDE = re.compile(
    r",?\s(?:doing business as|d/?b/?a|formerly|a (?:joint venture|subsidiary|division|wholly)|which)\b.*$"
)


def find_firms(text: str) -> list[Firm]:
    """The firms of a paragraph on one line, in order; empty where the paragraph names none before its verb."""
    corrected = _CORRECTED.match(text)
    start = corrected.end() if corrected else 0
    verb = _VERB.search(text, start)
    end = verb.start() if verb else min(len(text), start + 200)
    if corrected:
        end = _end_of_corrected(text, start, end)
    return [firm for first, last in _pieces(text, start, end) if (firm := _firm(text, first, last))]


def _end_of_corrected(text: str, start: int, end: int) -> int:
    """In a correction the firm's place, its number or a verb ends the name, whichever comes first."""
    stops = [
        m.start()
        for m in re.compile(r"\s\(|,?\s(?:for|was|were|did|has|is|on|valued|in the amount|\$)\s|,\s\$|\s\$").finditer(
            text, start
        )
    ]
    place = re.compile(rf",\s[A-Z][\w .]+,\s(?:{_STATE_NAMES})\b").search(text, start)
    if place and (not stops or place.start() < stops[0]):
        return place.end()
    return min([end, *stops]) if stops else end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in re.compile(r"\s?;\s(?:and\s)?|(?<=\d\))\s?,?\s(?:and\s)(?=[A-Z])|(?<=\d\)),\s(?=[A-Z])").finditer(
        text, start, end
    ):
        yield at, found.start()
        at = found.end()
    yield at, end


def _firm(text: str, start: int, end: int) -> Firm | None:
    """One firm of a stretch: brackets with a number, place, stars and asides taken off its end."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(" *,("))
    piece = piece.rstrip()
    bracket = _BRACKET.search(piece)
    tail = piece[bracket.end() :] if bracket else ""
    name = piece[: bracket.start()] if bracket else piece
    if bracket and re.match(r",?\s[A-Z][\w .]+,\s", tail):
        name = piece[: bracket.start()]
    place = _UNPARTED.search(name) or _PLACE.search(name) or _ONE_PLACE.search(name)
    if place and place.start() > 2:
        name = name[: place.start()]
    aside = _ASIDE.search(name)
    if aside and aside.start() > 2:
        name = name[: aside.start()]
    name = name[lead:].rstrip(" ,*(\n\t")
    if not re.search(r"[A-Z]", name) or len(name) < 2 or len(name) > 160:
        return None
    first = start + lead
    return Firm(re.sub(r",?\*+", "", " ".join(name.split())), first, first + len(name))
