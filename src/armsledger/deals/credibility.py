"""How far each value of a deal is to be believed: information 1 to 6 and a rung of a ladder, each by a rule in words.

Information is the second half of the Admiralty code (NATO AJP-2.1): about one piece of information, never about who
published it. Grades A to F of sources stand beside it; the two are never multiplied. In short:

    6  cannot be judged    nobody affirms it, or all who do leave open whether it is so
    5  improbable          an official paper says otherwise; or a party to the deal denies what one source says
    4  doubtful            a party denies what several independent sources say; somebody else denies it, or as many
                           say otherwise; one unnamed source; one source, and only as possible
    3  possibly true       one source without a stake in it; several, but only as possible; some say otherwise
    2  probably true       a party's own word; independent sources of which at most one is primary; an official paper
                           that somebody denies, or another one contradicts
    1  confirmed           an official paper, or two independent primary sources

The ladder says who stands behind it: an official paper, two or more independent primary sources, one, only secondary
ones, one unnamed source, and below all what a party to the deal denies while no official paper says it.

Sources are *independent* where they have neither the voice in common nor the house whose report it is: two reports of
one minister's words are one, two reports of two who were there are two. A source is *primary* where it is the report
that an origin begins with, told by its author or by a voice that has a name; not a report of reports, nor one of an
institute that compiles them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from armsledger.deals.bearing import Bearing, Told, tell
from armsledger.deals.causes import Cause
from armsledger.deals.disputes import Dispute, Value, disputes
from armsledger.deals.life import contradicts
from armsledger.deals.origins import DocumentFacts, Origin, house_of, houses, is_official
from armsledger.deals.voices import COMPILING_READERS, has_standing, parties_to, reader_of, voice_of
from armsledger.lexicon.outlets import outlet_of
from armsledger.model import Certainty, Claim, ClaimId, DocumentId, Polarity, SpeakerKind

INFORMATION: Mapping[int, str] = {
    1: "confirmed",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}


class Rung(StrEnum):
    """Who stands behind a value, the best first."""

    OFFICIAL = "official document"
    PRIMARIES = "independent primary sources"
    PRIMARY = "one primary source"
    SECONDARY = "only secondary sources"
    ANONYMOUS = "one unnamed source"
    DENIED = "denied by a party"
    NOBODY = "nobody affirms it"


@dataclass(frozen=True, slots=True)
class Credibility:
    """One value of one field of a deal: how credible, by which rule, and who stands behind it.

    ``documents``, ``origins`` and ``independent`` count those that say so: papers, the reports that they lead back to,
    and among these the sources that have neither house nor voice in common. ``claims`` say so, ``against`` deny or
    contradict it.
    """

    field: str
    value: str
    about: str
    information: int
    because: str
    rung: Rung
    documents: int
    origins: int
    independent: int
    claims: tuple[ClaimId, ...]
    against: tuple[ClaimId, ...] = ()

    @property
    def word(self) -> str:
        """The grade in a word: ``confirmed``."""
        return INFORMATION[self.information]


def credibility(
    claims: Iterable[Claim],
    contracts: Iterable[Claim],
    documents: Mapping[DocumentId, DocumentFacts],
    origins: Iterable[Origin],
) -> tuple[Credibility, ...]:
    """How credible each value of a deal is, field by field, in the order of ``disputes``.

    ``contracts`` are claims of the contracts that the deal shares with others; ``origins`` those of the deal's claims.
    """
    own = [c for c in claims if c.document in documents]
    shared = [c for c in contracts if c.document in documents]
    room = _Room([*own, *shared], documents, origins)
    stories = {document: origin.key for document, origin in room.origin.items()}
    told = disputes(own, shared, _published(documents), stories)
    return tuple(_graded(dispute, value, room) for dispute in told for value in dispute.values)


# -- what is known of the deal's claims -------------------------------------------------------------------

_COMPILERS = frozenset({"think-tank", "aggregator", "blog"})
_SURE = frozenset({Certainty.CERTAIN, Certainty.PROBABLE})


class _Room:
    """The claims of a deal with their documents and origins."""

    def __init__(
        self, claims: Sequence[Claim], documents: Mapping[DocumentId, DocumentFacts], origins: Iterable[Origin]
    ) -> None:
        self.documents = documents
        found = tuple(origins)
        self.origin = {document: origin for origin in found for document in origin.documents}
        self.houses = houses(documents, found)
        self.told: dict[str, Told] = {t.claim.id: t for t in tell(claims, _published(documents))}
        self.denials = [t for t in self.told.values() if t.bearing is Bearing.DENIED]
        self.parties = parties_to(claims)
        by_document: dict[DocumentId, list[Claim]] = {}
        for claim in claims:
            by_document.setdefault(claim.document, []).append(claim)
        self.official = {d for d, here in by_document.items() if is_official(documents[d], here)}

    def story(self, claim: Claim) -> str:
        """The origin that a claim's document leads back to."""
        origin = self.origin.get(claim.document)
        return claim.document if origin is None else origin.key

    def sources(self, claims: Iterable[Claim]) -> int:
        """How many independent sources claims have: the most pairs of a house where a report began and a voice in it,
        no two of which have the house or the voice in common.
        """
        voices: dict[str, dict[tuple[str, str], None]] = {}
        for claim in claims:
            house = house_of(self.documents[claim.document])
            voices.setdefault(self.houses.get(claim.document, house), {})[voice_of(claim, house)] = None
        return _paired(voices)

    def is_primary(self, claim: Claim) -> bool:
        """Whether a claim stands in the report that an origin begins with, told by its author or by a named voice."""
        origin = self.origin.get(claim.document)
        if origin is not None and (not origin.read or origin.first != claim.document):
            return False
        outlet = outlet_of(self.documents[claim.document])
        compiled = reader_of(claim) in COMPILING_READERS or (outlet is not None and outlet.kind in _COMPILERS)
        return not compiled and claim.speaker_kind not in (SpeakerKind.OUTLET, SpeakerKind.UNNAMED)

    def claims_of(self, values: Iterable[Value]) -> list[Claim]:
        """The claims that affirm any of these values, each once, in the order of publication."""
        wanted = {voice.claim for value in values for voice in value.voices}
        affirmed = Polarity.AFFIRMED
        return [t.claim for t in self.told.values() if t.claim.id in wanted and t.claim.polarity is affirmed]


def _paired(voices: Mapping[str, Iterable[tuple[str, str]]]) -> int:
    """The most houses that can each be given a voice of its own (the augmenting paths of a bipartite matching).

    >>> _paired({"afp": [("author", "afp"), ("voice", "salas")], "reuters": [("voice", "salas")]})
    2
    >>> _paired({"afp": [("voice", "salas")], "reuters": [("voice", "salas")]})
    1
    """
    given: dict[tuple[str, str], str] = {}  # voice -> the house that has it
    for house in voices:
        asked, came_from = [house], dict[tuple[str, str], str]()
        for one in asked:  # grows while it is gone through: houses that would have to take another voice
            for voice in voices[one]:
                if voice not in came_from:
                    came_from[voice] = one
                    if voice not in given:
                        _hand_on(voice, given, came_from)
                        break
                    asked.append(given[voice])
            else:
                continue
            break
    return len(given)


def _hand_on(
    free: tuple[str, str], given: dict[tuple[str, str], str], came_from: Mapping[tuple[str, str], str]
) -> None:
    """Give a free voice to the house that asked for it, the voice that this one had to the house before, and so on."""
    had = {house: voice for voice, house in given.items()}
    voice: tuple[str, str] | None = free
    while voice is not None:
        house = came_from[voice]
        given[voice] = house
        voice = had.get(house)


def _published(documents: Mapping[DocumentId, DocumentFacts]) -> dict[DocumentId, str | None]:
    return {document: facts.published for document, facts in documents.items()}


# -- one value --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    """All that bears on one value: who affirms it, who denies it, and who gives another value."""

    room: _Room
    support: list[Claim]
    denials: list[Claim]
    contrary: list[Claim]
    is_stage: bool

    @property
    def sources(self) -> int:
        """How many independent sources affirm it."""
        return self.room.sources(self.support)

    @property
    def official(self) -> bool:
        """Whether an official paper affirms it."""
        return any(c.document in self.room.official for c in self.support)

    @property
    def contrary_official(self) -> bool:
        """Whether an official paper gives another value."""
        return any(c.document in self.room.official for c in self.contrary)

    @property
    def by_party(self) -> list[Claim]:
        """The denials that a party to the deal makes."""
        return [c for c in self.denials if has_standing(c, self.room.parties)]

    @property
    def primary(self) -> int:
        """How many of the sources know at first hand."""
        return self.room.sources(c for c in self.support if self.room.is_primary(c))

    @property
    def unnamed(self) -> bool:
        """Whether all who affirm it have no name."""
        return all(c.speaker_kind is SpeakerKind.UNNAMED for c in self.support)

    @property
    def own_word(self) -> bool:
        """Whether it is a party's own word."""
        return any(self.room.is_primary(c) and has_standing(c, self.room.parties) for c in self.support)

    @property
    def open(self) -> bool:
        """Whether all who affirm it leave open whether it is so."""
        return all(c.certainty is Certainty.UNKNOWN for c in self.support)

    @property
    def sure(self) -> bool:
        """Whether somebody says that it is so, not only that it may be or will be."""
        enough = {Bearing.REACHED} if self.is_stage else {Bearing.REACHED, Bearing.AHEAD}
        return any(c.certainty in _SURE and self.room.told[c.id].bearing in enough for c in self.support)


def _graded(dispute: Dispute, value: Value, room: _Room) -> Credibility:
    case = _case(dispute, value, room)
    information, because = next(_rules(case))
    return Credibility(
        field=dispute.field,
        value=value.value,
        about=value.about,
        information=information,
        because=because,
        rung=_rung(case),
        documents=len({c.document for c in case.support}),
        origins=len({room.story(c) for c in case.support}),
        independent=case.sources,
        claims=tuple(c.id for c in case.support),
        against=tuple(dict.fromkeys(c.id for c in (*case.denials, *case.contrary))),
    )


def _case(dispute: Dispute, value: Value, room: _Room) -> _Case:
    support = room.claims_of(_same(dispute, value))
    return _Case(
        room=room,
        support=support,
        denials=_denials(dispute, value, support, room),
        contrary=room.claims_of(_contrary(dispute, value)),
        is_stage=dispute.field == "stage",
    )


_FIGURES = frozenset({"value", "programme", "quantity"})


def _same(dispute: Dispute, value: Value) -> Iterator[Value]:
    """The value, and those that are the same figure, written more or less exactly."""
    yield value
    for other in dispute.values if dispute.field in _FIGURES else ():
        if other is not value and other.about == value.about and (_is_one(value, other) or _is_one(other, value)):
            yield other


def _is_one(value: Value, lead: Value) -> bool:
    told = value.difference
    return (
        told is not None
        and told.against == lead.value
        and not told.contradicts
        and told.cause in (None, Cause.ROUNDING)
        and not value.denied
    )


def _contrary(dispute: Dispute, value: Value) -> Iterator[Value]:
    """The values that contradict it; a stage is contradicted by denials alone."""
    if dispute.field == "stage":
        return
    for other in dispute.values:
        pair = ((value, other), (other, value))
        if any(v.difference and v.difference.contradicts and v.difference.against == w.value for v, w in pair):
            yield other


def _denials(dispute: Dispute, value: Value, support: Sequence[Claim], room: _Room) -> list[Claim]:
    """The denials that contradict somebody who affirms the value; of a stage that nobody affirms, all of it."""
    if support:
        told = [room.told[c.id] for c in support]
        return [d.claim for d in room.denials if any(contradicts(d, a) for a in told)]
    own = {voice.claim for voice in value.voices} if dispute.field == "stage" else set()
    return [d.claim for d in room.denials if d.claim.id in own]


# -- the rules --------------------------------------------------------------------------------------------


def _rules(case: _Case) -> Iterator[tuple[int, str]]:
    """The grades whose rules hold, with the rule in words; the first counts."""
    count = case.sources
    if not case.support:
        yield (
            (5, f"nobody affirms it, and {_who(case.by_party)} denies it")
            if case.by_party
            else (6, "nobody affirms it")
        )
    if case.open:
        yield 6, "all who say so leave open whether it is so"
    if case.contrary_official and not case.official:
        yield 5, "an official paper says otherwise"
    if case.by_party and not case.official:
        denied = f"denied by {_who(case.by_party)}, a party to it"
        yield (
            (5, f"{denied}; one source says it") if count < 2 else (4, f"{denied}; {count} independent sources say it")
        )
    if case.official:
        yield from _official_rules(case)
    yield from _doubts(case, count)
    yield from _grounds(case, count)


def _official_rules(case: _Case) -> Iterator[tuple[int, str]]:
    if case.denials or case.contrary_official:
        against = f"denied by {_who(case.denials)}" if case.denials else "another official paper says otherwise"
        yield 2, f"an official paper says it; {against}"
    others = case.room.sources(case.contrary)
    otherwise = f"; {_many(others, 'other source')} {'says' if others == 1 else 'say'} otherwise" if others else ""
    yield (
        (1, f"an official paper says it{otherwise}")
        if case.sure
        else (2, "an official paper says that it may or will be")
    )


def _doubts(case: _Case, count: int) -> Iterator[tuple[int, str]]:
    against = case.room.sources(case.contrary)
    if case.denials:
        denied = f"denied by {_who(case.denials)}"
        yield (
            (4, f"{denied}; one source says it") if count < 2 else (3, f"{denied}; {count} independent sources say it")
        )
    if against:
        say = "says" if against == 1 else "say"
        told = f"{_many(against, 'independent source')} {say} otherwise, {count} say{'s' if count == 1 else ''} so"
        yield (4 if against >= count else 3), told


def _grounds(case: _Case, count: int) -> Iterator[tuple[int, str]]:
    if not case.sure:
        may = "only as possible, or still to come"
        yield (3, f"{count} independent sources, {may}") if count > 1 else (4, f"one source, {may}")
    if case.primary > 1:
        yield 1, f"{case.primary} independent primary sources agree"
    if case.own_word:
        yield 2, "the word of a party to it, which nobody contradicts"
    if count > 1:
        yield 2, f"{count} independent sources agree, {'one' if case.primary else 'none'} of them primary"
    if case.unnamed:
        yield 4, "one unnamed source"
    yield 3, f"{'one primary source' if case.primary else 'one source, not primary'}; nobody else says so or denies it"


def _rung(case: _Case) -> Rung:
    if case.official:
        return Rung.OFFICIAL
    if case.by_party:
        return Rung.DENIED
    if not case.support:
        return Rung.NOBODY
    if case.primary:
        return Rung.PRIMARIES if case.primary > 1 else Rung.PRIMARY
    return Rung.ANONYMOUS if case.unnamed and case.sources == 1 else Rung.SECONDARY


def _who(claims: Sequence[Claim]) -> str:
    named = list(dict.fromkeys(c.speaker for c in claims))
    return named[0] if len(named) == 1 else f"{named[0]} and {_many(len(named) - 1, 'other')}"


def _many(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else one + 's'}"


# -- words of probability ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A number with the word that the band has which it lies in (US ICD 203, 2015); ``low`` and ``high`` in per cent.

    The word is never told without the number: readers take the words for very different numbers.
    """

    percent: Decimal
    word: str
    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.word} ({format(self.percent.normalize(), 'f')} %)"


BANDS = (
    ("almost no chance", 1, 5),
    ("very unlikely", 5, 20),
    ("unlikely", 20, 45),
    ("roughly even chance", 45, 55),
    ("likely", 55, 80),
    ("very likely", 80, 95),
    ("almost certain", 95, 99),
)


def likelihood(percent: Decimal) -> Likelihood | None:
    """The word for a probability in per cent; None below 1 and above 99, for which the standard has no word.

    A number on the border of two bands belongs to the one farther from even. Raises ValueError outside 0 to 100.

    >>> str(likelihood(Decimal(62))), str(likelihood(Decimal(80))), likelihood(Decimal("99.5"))
    ('likely (62 %)', 'very likely (80 %)', None)
    """
    if not 0 <= percent <= 100:
        raise ValueError(f"no probability in per cent: {percent}")
    bands = BANDS if percent < 50 else BANDS[::-1]
    found = next((band for band in bands if band[1] <= percent <= band[2]), None)
    return None if found is None else Likelihood(percent, *found)
