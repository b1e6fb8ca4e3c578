"""How one claim bears on its stage: whether it says that the deal has come so far, may, will, or has not.

    reached    affirmed, certain or probable, of what is or was: the only claims that carry a deal on
    possible   affirmed, but only as possible or left open, or on a condition
    ahead      affirmed, certain or probable, of a day or a deed that was still to come
    denied     denied, certain or probable
    doubted    denied, but only as possible or left open

Who speaks and how surely are told with every step and never multiplied: a speaker's kind decides whose word is named
first, certainty alone decides what it can carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from armsledger.model import Anchor, Certainty, Claim, ClaimId, DateInterval, DocumentId, Polarity, SpeakerKind, Stage

Published = Mapping[DocumentId, str | None]


class Bearing(StrEnum):
    """What a claim says of the stage that it names."""

    REACHED = "reached"
    POSSIBLE = "possible"
    AHEAD = "ahead"
    DENIED = "denied"
    DOUBTED = "doubted"


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the day on which it was published, and how it bears on its stage.

    ``id`` is the claim's, worked out once.
    """

    id: ClaimId
    published: str | None
    bearing: Bearing
    claim: Claim = field(hash=False)

    @property
    def happened(self) -> DateInterval | None:
        """When the stage was reached, as it is told; None where that is not told."""
        date = self.claim.date
        reached = self.bearing is Bearing.REACHED and date is not None and not is_later(date, self.published)
        return date if reached else None

    @property
    def due(self) -> DateInterval | None:
        """The day to come that the claim speaks of; None where it speaks of none."""
        date = self.claim.date
        return date if date is not None and is_later(date, self.published) else None

    @property
    def voice(self) -> str:
        """Whose word it is: ``official notice``, ``defence minister``, ``the article itself``."""
        return voice(self.claim)


def tell(claims: Iterable[Claim], published: Published) -> tuple[Told, ...]:
    """Each claim once, by date of publication (undated last), document, place and id, whatever order they come in."""
    once = {claim.id: claim for claim in claims}
    made = []
    for key, claim in once.items():
        day = published.get(claim.document)
        made.append(Told(key, day, bearing(claim, day), claim))
    return tuple(sorted(made, key=place))


def place(told: Told) -> tuple[str, str, int, str]:
    """Where a claim stands among others: by publication, then by where its words stand."""
    return told.published or "9999", told.claim.document, told.claim.start, told.id


def documents_of(told: Iterable[Told]) -> tuple[DocumentId, ...]:
    """The documents of claims, each once, in order."""
    return tuple(dict.fromkeys(t.claim.document for t in told))


def known(claims: Iterable[Claim], published: Published, as_of: str) -> tuple[Claim, ...]:
    """The claims of documents that were certainly published by a day, month or year (inclusive).

    A document dated only ``2025`` was certainly published by the end of 2025; one without a date never was.
    """
    limit = DateInterval(as_of).after
    dated = ((c, published.get(c.document)) for c in claims)
    return tuple(c for c, day in dated if (when := interval(day)) is not None and when.after <= limit)


def interval(date: str | None) -> DateInterval | None:
    """A date of publication; None where there is none or it is no date."""
    try:
        return None if date is None else DateInterval(date)
    except (ValueError, OverflowError):
        return None


def is_later(date: DateInterval, published: str | None) -> bool:
    """Whether a date lies wholly after a day of publication."""
    paper = interval(published)
    return paper is not None and date.first >= paper.after


# -- voices -----------------------------------------------------------------------------------------------

_PAPERS = {"notices": "official notice", "contracts": "contract announcement"}
_KINDS = (
    SpeakerKind.OFFICE,
    SpeakerKind.COMPANY,
    SpeakerKind.PERSON,
    SpeakerKind.OUTLET,
    SpeakerKind.AUTHOR,
    SpeakerKind.UNNAMED,
)


def voice(claim: Claim) -> str:
    """Whose word a claim is, in a few words."""
    paper = _PAPERS.get(claim.reader.partition("/")[0])
    if paper:
        return paper
    return "the article itself" if claim.speaker_kind is SpeakerKind.AUTHOR else claim.speaker


def rank(told: Told) -> tuple[int, int, tuple[str, str, int, str]]:
    """Whose word is named first: the surest, then official papers, offices, firms, persons, outlets, authors."""
    claim = told.claim
    official = claim.reader.partition("/")[0] in _PAPERS
    kind = 0 if official else 1 + _KINDS.index(claim.speaker_kind)
    return list(Certainty).index(claim.certainty), kind, place(told)


# -- what a claim can carry -------------------------------------------------------------------------------

_SURE = frozenset({Certainty.CERTAIN, Certainty.PROBABLE})
_STILL_TO_COME = re.compile(
    r"\b(?:will|shall|would|going\sto|about\sto|set\sto|due\sto|expected\sto|likely\sto|poised\sto|scheduled\sto|"
    r"slated\sto|on\strack\sto|plans?\sto|intends?\sto|hopes?\sto|wants?\sto)\b|['’]ll\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;:,—–]|\b(?:that|which|who|after|because|and|but)\b", re.IGNORECASE)
_NEAR = 48  # characters in which a word of the future is looked for before the word that tells the stage

# "Will be delivered" under a contract is said of an order that there is; "we will sell", by whoever decides, approves.
# Only a word of the stage itself ("will order", "will approve") says that the stage is still to come.
_OF_THE_STAGE = {
    Stage.ORDERED: re.compile(
        r"order|sign|contract|deal|agreement|b(?:uy|ought)|purchas|procur|acqui|award|select", re.IGNORECASE
    ),
    Stage.APPROVED: re.compile(r"approv|clear|authori|licen|permi|grant|consent|green|determin|notif", re.IGNORECASE),
}


def bearing(claim: Claim, published: str | None) -> Bearing:
    """What a claim, published on that day, says of its stage."""
    sure = claim.certainty in _SURE
    if claim.polarity is Polarity.DENIED:
        return Bearing.DENIED if sure else Bearing.DOUBTED
    if not sure or claim.condition is not None:
        return Bearing.POSSIBLE
    return Bearing.AHEAD if _is_ahead(claim, published) else Bearing.REACHED


_DONE_ON_A_DAY = frozenset({Stage.DELIVERED, Stage.HALTED})  # of these a day to come says enough; an offer is words


def _is_ahead(claim: Claim, published: str | None) -> bool:
    """Whether what is asserted was still to come when it was published: by its words, else by its date."""
    own = _OF_THE_STAGE.get(claim.stage)
    words = [a for a in claim.anchored("stage") if claim.start <= a.start < claim.end]
    if own is not None:
        words = [a for a in words if own.search(a.quote)]
    if any(_will_be(claim, a) for a in words) or (own is None and _is_expected(claim)):
        return True
    return claim.stage in _DONE_ON_A_DAY and claim.date is not None and is_later(claim.date, published)


def _will_be(claim: Claim, word: Anchor) -> bool:
    """Whether a word of the future stands before the word that tells the stage, in its clause."""
    at = word.start - claim.start
    before = claim.quote[max(0, at - _NEAR) : at]
    return bool(_STILL_TO_COME.search(_CLAUSE.split(before)[-1]))


def _is_expected(claim: Claim) -> bool:
    """Whether the word that makes a claim probable looks ahead: "expected", "set", "likely" before "to"."""
    cues = (a for a in claim.anchored("certainty") if a.value == Certainty.PROBABLE)
    return any(claim.quote[a.end - claim.start :].lstrip().startswith("to ") for a in cues if a.end >= claim.start)
