"""Whose word a claim is: which party, office or firm a speaker speaks for, and whether that has a say in the deal.

Names are looked up in the lexicon; what it does not have is not guessed. Nothing here grades a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from armsledger.lexicon.entries import MakerEntry, OfficeEntry
from armsledger.lexicon.matcher import Matcher, NameKind, lexicon, spellings
from armsledger.lexicon.outlets import fold_name, outlet_named
from armsledger.model import Claim, SpeakerKind

OFFICIAL_READERS = frozenset({"notices", "contracts", "register-uk-licences", "register-us-eda"})
COMPILING_READERS = frozenset({"register-sipri"})  # what an institute put together from what others published
_PARTY = frozenset({NameKind.PARTY, NameKind.DEMONYM, NameKind.PEOPLE, NameKind.SEAT, NameKind.SERVICE})


def reader_of(claim: Claim) -> str:
    """The reader without its version: ``notices`` of ``notices/1``."""
    return claim.reader.partition("/")[0]


def voice_of(claim: Claim, house: str) -> tuple[str, str]:
    """Whose word a claim is, so that two claims on one voice are not taken for two sources.

    An author and unnamed sources are those of the house that published them; a named voice is one wherever it speaks.
    """
    if reader_of(claim) in OFFICIAL_READERS:
        return "paper", claim.document
    if claim.speaker_kind in (SpeakerKind.AUTHOR, SpeakerKind.UNNAMED):
        return str(claim.speaker_kind), house
    if claim.speaker_kind is SpeakerKind.OUTLET:
        outlet = outlet_named(claim.speaker)
        return "outlet", outlet.id if outlet else fold_name(claim.speaker)
    office = office_named(claim.speaker)
    return "voice", office.id if office else fold_name(claim.speaker)


def parties_to(claims: Iterable[Claim]) -> frozenset[str]:
    """The suppliers and recipients that claims name."""
    return frozenset(p for c in claims for p in (c.supplier, c.recipient) if p is not None)


def has_standing(claim: Claim, parties: frozenset[str]) -> bool:
    """Whether a claim is the word of a party to the deal: its office, its minister, the maker of what moves.

    An office whose party the text does not tell is taken for one of theirs; a person or firm of unknown party is not.
    Somebody without a name has standing where the text says that he is of an office of theirs.
    """
    if reader_of(claim) in OFFICIAL_READERS:
        return True
    if claim.speaker_kind is SpeakerKind.COMPANY:
        return _has_made(claim) or party_of(claim.speaker) in parties
    if claim.speaker_kind in (SpeakerKind.OFFICE, SpeakerKind.PERSON):
        party = party_of(claim.speaker)
        return party in parties or (party is None and claim.speaker_kind is SpeakerKind.OFFICE)
    if claim.speaker_kind is SpeakerKind.UNNAMED:
        return bool(_OF_AN_OFFICE.search(claim.speaker)) and party_of(claim.speaker) in parties
    return False


_OF_AN_OFFICE = re.compile(
    r"\b(?:officials?|ministry|minister|embassy|government|spokes\w+|diplomats?|officers?)\b", re.IGNORECASE
)


def _has_made(claim: Claim) -> bool:
    """Whether the firm that speaks is a contractor of the claim or makes its system."""
    own = fold_name(claim.speaker)
    if own in {fold_name(a.value) for a in claim.anchored("contractor")}:
        return True
    maker, system = _makers().get(own), _maker_of().get(claim.system or "")
    return maker is not None and system is not None and _root(maker.id) == _root(system)


def office_named(said: str) -> OfficeEntry | None:
    """The office of a name (case, accents, blanks and a leading "the" do not count); None where several have it."""
    return _offices().get(fold_name(said))


@lru_cache(maxsize=4096)
def party_of(said: str) -> str | None:
    """The party that a speaker's description names or that its office or firm belongs to; None where there is none.

    >>> party_of("US embassy"), party_of("Turkish defence minister"), party_of("a spokesman")
    ('USA', 'TUR', None)
    """
    office, maker = office_named(said), _makers().get(fold_name(said))
    if office is not None:
        return office.party
    if maker is not None:
        return maker.state
    named = [name for mention in _matcher().find(said) if (name := mention.of(*_PARTY, NameKind.OFFICE)) is not None]
    codes = [_party_of_office().get(n.entry, n.entry) if n.kind is NameKind.OFFICE else n.entry for n in named]
    return codes[0] if codes else None


@cache
def _matcher() -> Matcher:
    return Matcher(spellings(lexicon(), _PARTY | {NameKind.OFFICE, NameKind.NOTHING}))


@cache
def _party_of_office() -> Mapping[str, str]:
    return {office.id: office.party for office in lexicon().offices}


@cache
def _offices() -> Mapping[str, OfficeEntry]:
    table: dict[str, list[OfficeEntry]] = {}
    for office in lexicon().offices:
        for key in {fold_name(name) for name in (office.name, *office.names)}:
            table.setdefault(key, []).append(office)
    return {key: found[0] for key, found in table.items() if len(found) == 1}


@cache
def _makers() -> Mapping[str, MakerEntry]:
    return {fold_name(name): maker for maker in lexicon().makers for name in (maker.name, *maker.names)}


@cache
def _maker_of() -> Mapping[str, str]:
    return {system.id: system.maker for system in lexicon().systems if system.maker}


@cache
def _successors() -> Mapping[str, str]:
    return {maker.id: maker.now for maker in lexicon().makers if maker.now}


def _root(maker: str) -> str:
    """What a firm is called today."""
    seen = {maker}
    while (later := _successors().get(maker)) is not None and later not in seen:
        maker = later
        seen.add(maker)
    return maker
