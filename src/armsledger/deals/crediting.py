"""Text -> the outlets that it names: as the agency that it is credited to, or as the source of what it says.

Only media count: an office that is quoted is a speaker, not an outlet. A name is looked at with a few words on each
side; what has no such form beside it ("Reuters was founded in 1851") is no source. Short names with other meanings (AP,
DHA) count only in a form of credit.

- *credit*: ``PARIS (AFP) -``, ``With inputs from ANI``, ``AFP contributed to this report``, ``(PTI)`` or ``/TASS/`` at
  the end of a paragraph, ``Source: Reuters``, ``By Reuters``.
- *source*: ``according to Bloomberg``, ``Bloomberg reported``, ``a PTI report said``, ``told Reuters``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from armsledger.lexicon.entries import OutletEntry
from armsledger.lexicon.matcher import Matcher, NameKind, lexicon, spellings

WINDOW = 80  # characters looked at on each side of a name

NO_MEDIA = frozenset({"official", "ministry", "company", "aggregator"})
AGENCIES = frozenset({"agency", "state-media"})


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet (its id) that a text names, and where. ``credit`` where the text as a whole is credited to it."""

    outlet: str
    start: int
    end: int
    credit: bool


def outlets_named(text: str, stretches: Iterable[tuple[int, int]]) -> list[Named]:
    """The outlets that these stretches of a text name as agency or source, in order."""
    found = []
    for first, last in stretches:
        part = text[first:last]
        for mention in _matcher().find(part):
            name = mention.of(NameKind.OUTLET)
            outlet = None if name is None else _media().get(name.entry)
            if name is None or outlet is None:
                continue
            before = part[max(0, mention.start - WINDOW) : mention.start]
            after = part[mention.end : mention.end + WINDOW]
            credit = outlet.kind in AGENCIES and _is_credit(before, after)
            if credit or (not name.weak and _is_source(before, after)):
                found.append(Named(outlet.id, first + mention.start, first + mention.end, credit=credit))
    return found


@cache
def _matcher() -> Matcher:
    """Outlets alone: the matcher over the whole lexicon takes twenty times as long to build."""
    return Matcher(spellings(lexicon(), frozenset({NameKind.OUTLET, NameKind.NOTHING})))


@cache
def _media() -> Mapping[str, OutletEntry]:
    return {outlet.id: outlet for outlet in lexicon().outlets if outlet.kind not in NO_MEDIA}


# -- forms ------------------------------------------------------------------------------------------------
# Each pattern looks at a window of some dozen characters, so that no text makes it slow.

_PICTURE = re.compile(r"\b(?:photo|image|picture|file|video|graphic|getty)s?\b[^.\n]{0,40}$", re.IGNORECASE)
_CONTRIBUTED = re.compile(r"\s{0,2}(?:also )?contributed to (?:this|the)\b", re.IGNORECASE)
_INPUTS = re.compile(
    r"\b(?:inputs?|reporting|material|information|reports?|files?)\s{1,2}(?:provided )?(?:from|by)\s"
    r"(?:[^.\n]{0,50}(?:\band|,|&|/)\s{0,2})?(?:the |news agency )?$",
    re.IGNORECASE,
)
_WITH = re.compile(r"\b(?:with|additional|including)\b", re.IGNORECASE)
_BYLINE = re.compile(r"(?:^|\n)[ \t*_>]{0,4}(?:source|by|from|agency|credit)[ \t]{0,2}:?[ \t]{0,2}$", re.IGNORECASE)
_LINE_END = re.compile(r"[ \t*_.]{0,4}(?:\n|$)")
_OPENED = re.compile(r"[(\[/][ \t]?$")
_CLOSED = re.compile(r"(?: news agency| news)?[ \t]?[)\]/]", re.IGNORECASE)
_DASH = re.compile(r"[ \t]{0,2}[-–—:]")
_DASHED = re.compile(r"(?:^|[\n.!?”\"'’)])[ \t]{0,3}[-–—][ \t]{0,2}$")

_CITING = re.compile(
    r"\b(?:according to|citing|cited by|quoted by|quoting|reported (?:by|in)|reports? (?:by|in|from|of)|revealed by|"
    r"published (?:by|in)|carried by|told|(?:interviews?|speaking|spoke) (?:with|to|by|in)|seen by|reviewed by|"
    r"obtained by|picked up by|appeared in|written in|wrote in|article in|claims? (?:by|in))"
    r"(?:[ \t\n]{1,2}[\w’'-]{1,20}){0,5}[ \t\n]{1,2}[\"“‘*_]?$",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"(?:[\"”’*_]|['’]s?)?(?:[ \t\n](?:news|news agency|agency|newspaper|daily|weekly|magazine|TV|television|website))?"
    r"[ \t\n](?:has |had |have |also |earlier |first |later |previously |recently |separately )?"
    r"(?:report|reports|reported|reporting|says|said|wrote|writes|cited|cites|quoted|quotes|claimed|claims|revealed|"
    r"reveals|disclosed|published|learned|learnt|broke|noted|adds|added|story|article|interview|scoop)\b",
    re.IGNORECASE,
)


def _is_credit(before: str, after: str) -> bool:
    if _PICTURE.search(before):
        return False
    if _CONTRIBUTED.match(after) or _inputs(before):
        return True
    ended = _LINE_END.match(after)
    if _OPENED.search(before) and (closed := _CLOSED.match(after)):
        rest = after[closed.end() :]
        return bool(_DASH.match(rest) or _LINE_END.match(rest))
    return bool(ended and (_BYLINE.search(before) or _DASHED.search(before)))


def _inputs(before: str) -> bool:
    found = _INPUTS.search(before)
    return bool(found and _WITH.search(before[max(0, found.start() - 24) : found.end()]))


def _is_source(before: str, after: str) -> bool:
    return bool(_CITING.search(before) or _REPORTING.match(after))
