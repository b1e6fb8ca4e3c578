"""The papers of a deal: notices with what amends them, contracts with their modifications, options, and how it ended.

paper    = a notice, an amendment of a case, an award, an order, a modification, an option; under its base number
option   = told, or exercised
ending   = halted, cancelled, lapsed or superseded: by the stage ``halted`` and the words of the quote
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from armsledger.deals.bearing import Bearing, Told, interval, place
from armsledger.model import Action, Claim, DateInterval, Polarity, Stage

# -- notices, contracts and what changes them -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paper:
    """One official paper of a deal.

    ``base`` is the case or the contract that it belongs to; ``number`` its own, where it has one. ``chained`` is false
    where it changes a base of which nothing else is told here: the first paper is missing, or the base is not named.
    """

    base: str
    kind: str
    number: str | None
    told: tuple[Told, ...]
    chained: bool = True

    @property
    def changes(self) -> bool:
        """Whether it changes another paper."""
        return self.kind in _CHANGES


_CHANGES = frozenset({"amendment", str(Action.MODIFICATION), str(Action.OPTION)})
# A letter in the number marks a paper that changes an older case: 26-0G, 0M-25.
_LETTERED = re.compile(r"\d\d-\d?[A-Z]|\d?[A-Z]-\d\d")


def papers(told: Iterable[Told]) -> tuple[Paper, ...]:
    """The papers of a deal, those of one base together, in the order of publication."""
    given = tuple(told)
    amends = {t.claim.document: a.value.upper() for t in given for a in t.claim.anchored("amends")}
    found: dict[tuple[str, str, str, str | None], list[Told]] = {}
    for t in given:
        for base, kind, number in _identified(t.claim, amends.get(t.claim.document)):
            found.setdefault((t.claim.document, base, kind, number), []).append(t)
    firsts = {base for _, base, kind, _ in found if kind not in _CHANGES}
    made = [
        Paper(base, kind, number, tuple(here), chained=kind not in _CHANGES or base in firsts)
        for (_, base, kind, number), here in found.items()
    ]
    return tuple(sorted(made, key=lambda p: (p.base, place(p.told[0]), p.kind, p.number or "")))


def _identified(claim: Claim, amends: str | None) -> Iterator[tuple[str, str, str | None]]:
    """Base, kind and own number of the papers that a claim is of."""
    for a in claim.anchored("transmittal")[:1]:
        number = a.value.upper()
        if amends is not None and amends != number:
            yield amends, "amendment", number
        elif _LETTERED.fullmatch(number):
            yield number, "amendment", number
        else:
            yield number, "notice", number
    for a in claim.anchored("contract")[:1]:
        kind = next((x.value for x in claim.anchored("action")), str(Action.AWARD))
        yield a.value.upper(), kind, next((m.value for m in claim.anchored("modification")), None)


# -- options ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """An option that is told, or told as exercised, with its words."""

    exercised: bool
    told: Told
    words: str


_OPTION = re.compile(r"\boptions?\b", re.IGNORECASE)
_EXERCISED = re.compile(r"\b(?:exercis(?:ed|es|ing)|took\sup|takes\sup|taken\sup)\b", re.IGNORECASE)


def options(told: Iterable[Told]) -> tuple[Option, ...]:
    """The options of a deal, in the order of publication; what is denied, or only possible, gives none."""
    return tuple(found for t in told if t.bearing in (Bearing.REACHED, Bearing.AHEAD) for found in _options(t))


def _options(told: Told) -> Iterator[Option]:
    claim = told.claim
    action = [a for a in claim.anchored("action") if a.value == Action.OPTION]
    word = _OPTION.search(claim.quote)
    if action:
        yield Option(exercised=True, told=told, words=action[0].quote)
    elif word:
        around = claim.quote[max(0, word.start() - 60) : word.end() + 30]
        hypothetical = re.search(r"\bif\b", around, re.IGNORECASE)
        yield Option(bool(_EXERCISED.search(around)) and not hypothetical, told, word[0])


# -- endings ----------------------------------------------------------------------------------------------


class EndingKind(StrEnum):
    """How a deal stood still or ended."""

    HALTED = "halted"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Ending:
    """A word that a deal was halted, cancelled, has lapsed or was superseded. ``open`` where it is only possible."""

    kind: EndingKind
    told: Told
    words: str
    open: bool = False

    @property
    def when(self) -> DateInterval | None:
        """When, as it is told; None where that is not told."""
        return self.told.happened

    def is_before(self, later: Told) -> bool:
        """Whether a stage is told to have been reached on a day after it, so that the deal went on."""
        own = self.when or interval(self.told.published)
        return own is not None and later.happened is not None and later.happened.first >= own.after


_WORDS = (
    (
        EndingKind.CANCELLED,
        (
            r"cancel(?:l?ed|s|l?ing|lations?)?|scrap(?:ped|s|ping)?|terminat(?:ed|es|ing|ion)|called\soff|calls\soff|"
            r"abandon(?:ed|s|ing)|revoked|withdr(?:ew|awn)|dropped|annulled"
        ),
    ),
    (EndingKind.LAPSED, r"laps(?:ed|es|ing)|expir(?:ed|es|y)|ran\sout"),
    (EndingKind.SUPERSEDED, r"supersed(?:ed|es|ing)|replaced\sby|in\splace\sof\sthe\searlier"),
)
_ENDED = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _WORDS)
_NOT = re.compile(r"\b(?:not|never|no|without)\b|n['’]t\b", re.IGNORECASE)
_BEHIND = 90  # characters behind the word of an approval or a contract in which its end is looked for
_BREAK = re.compile(r"[.;,]")


def endings(told: Iterable[Told]) -> tuple[Ending, ...]:
    """How a deal ended or stood still, by date of publication: claims of the stage ``halted``, by the words of their
    quote, and claims of an approval or an order whose words go on to say that it lapsed or was cancelled.
    """
    return tuple(found for t in told for found in _endings(t))


def _endings(told: Told) -> Iterator[Ending]:
    claim = told.claim
    if claim.polarity is Polarity.DENIED or told.bearing is Bearing.AHEAD:
        return
    open_ = told.bearing is Bearing.POSSIBLE
    if claim.stage is Stage.HALTED:
        kind, words = _ended(claim.quote) or (EndingKind.HALTED, "")
        yield Ending(kind, told, words, open_)
    elif claim.stage in (Stage.APPROVED, Stage.ORDERED):
        for a in claim.anchored("stage")[:1]:
            behind = _BREAK.split(claim.quote[max(0, a.end - claim.start) :][:_BEHIND])[0]
            found = _ended(behind)
            if found:
                yield Ending(*found[:1], told, found[1], open_)


def _ended(words: str) -> tuple[EndingKind, str] | None:
    """The first word of an ending that is not negated, and its kind; of kinds, the firmest."""
    for kind, pattern in _ENDED:
        found: Sequence[re.Match[str]] = list(pattern.finditer(words))
        for match in found:
            if not _NOT.search(words[max(0, match.start() - 20) : match.start()]):
                return kind, match[0]
    return None
