"""Who else has a part in a transfer, only where the words say so: who pays, through whom it goes, who passes it on.

    financier     "financed by PARTY" · "paid for by PARTY" · "a loan from PARTY" · "PARTY paid for ..."
    transit       "via PARTY" · "shipped through PARTY" · "by way of PARTY"
    re-exporter   "PARTY re-exported ..." · "PARTY resold ..."

The buyer who pays for himself has no part of his own, nor has a side that the item passes anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from armsledger.deals.bearing import Told
from armsledger.lexicon.matcher import Matcher, NameKind, lexicon, spellings
from armsledger.model import Polarity


class RoleKind(StrEnum):
    """The part that a party has in a transfer beside supplying and receiving."""

    FINANCIER = "financier"
    TRANSIT = "transit"
    RE_EXPORTER = "re-exporter"


@dataclass(frozen=True, slots=True)
class Role:
    """A party's part, the claim that tells of it, and the words (start and end in the document's text).

    ``words`` are empty where the part follows from the legs of a chain: who received the item on one leg and supplies
    it on the next, and is not its state of origin.
    """

    kind: RoleKind
    party: str
    told: Told
    start: int
    end: int
    words: str


_BEFORE = (
    (
        RoleKind.FINANCIER,
        re.compile(
            r"\b(?:(?:co-?)?financed|funded|paid|bankrolled|underwritten)\s(?:\w+\s){0,4}by\s(?:the\s)?$"
            r"|\b(?:loans?|credits?|funds|funding|financing|money|grants?)\s(?:\w+\s){0,2}(?:from|by)\s(?:the\s)?$",
            re.IGNORECASE,
        ),
    ),
    (
        RoleKind.TRANSIT,
        re.compile(
            r"\b(?:via|by\sway\sof|in\stransit\sthrough|transiting|"
            r"(?:shipped|routed|sent|transported|flown|moved|brought|delivered|passed)\s(?:\w+\s){0,5}(?:through|across))"
            r"\s(?:the\s|ports?\sin\s|an?\sport\sin\s){0,2}$",
            re.IGNORECASE,
        ),
    ),
)
_AUXILIARY = r"(?:\s(?:has|have|had|will|would|may|could|also|agreed\sto|offered\sto|is\sto|was\sto)){0,3}"
_BEHIND = (
    (
        RoleKind.FINANCIER,
        re.compile(
            rf"{_AUXILIARY}\s(?:pa(?:ys?|id)\sfor|financ(?:e|es|ed)|fund(?:s|ed)?|bankroll(?:s|ed)?|underwr(?:ites?|ote))\b",
            re.IGNORECASE,
        ),
    ),
    (
        RoleKind.RE_EXPORTER,
        re.compile(rf"{_AUXILIARY}\s(?:re-?export(?:s|ed)?|resold|resells?|retransferred|passed\son)\b", re.IGNORECASE),
    ),
)
_WINDOW = 64  # characters before and behind a party in which its part is told
_NAMES = frozenset({NameKind.PARTY, NameKind.SEAT, NameKind.NOTHING})


@cache
def _parties() -> Matcher:
    """The names of parties and their seats of government alone: a third of the time of the whole lexicon's."""
    return Matcher(spellings(lexicon(), _NAMES))


def roles(told: Iterable[Told]) -> tuple[Role, ...]:
    """The parts that claims tell of, each once a claim, in the order of the claims; a denied transfer has none."""
    given = (t for t in told if t.claim.polarity is Polarity.AFFIRMED)
    return tuple(dict.fromkeys(role for t in given for role in _roles(t)))


def _roles(told: Told) -> Iterator[Role]:
    claim = told.claim
    if not _TELLS.search(claim.quote):  # few do; the names are looked up only there
        return
    for mention in _parties().find(claim.quote):
        name = mention.of(NameKind.PARTY, NameKind.SEAT)
        if name is None or name.entry == claim.recipient:
            continue
        before = claim.quote[max(0, mention.start - _WINDOW) : mention.start]
        behind = claim.quote[mention.end : mention.end + _WINDOW]
        found = [kind for kind, pattern in _BEFORE if pattern.search(before)]
        found += [kind for kind, pattern in _BEHIND if pattern.match(behind)]
        for kind in found[:1]:
            if not (kind is RoleKind.TRANSIT and name.entry == claim.supplier):
                start, end = claim.start + mention.start, claim.start + mention.end
                yield Role(kind, name.entry, told, start, end, claim.quote)


_TELLS = re.compile(
    r"\b(?:(?:co-?)?financ|fund|paid|pays?\b|bankroll|underwr|loan|credit|money|grant|via\b|by\sway|transit|through|across|"
    r"re-?export|resold|resell|retransfer|passed\son)",
    re.IGNORECASE,
)
