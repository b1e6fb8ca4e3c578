"""What a claim says that tells deals apart, worked out once; claims that say the same become one profile.

A profile is compared instead of its claims: a hundred copies of a report are compared once. Claims under one official
number, or of one row of a register, are one profile, too, with everything that any of them says. What two profiles say
together is a profile again, so that a group of claims can be held against another as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import lru_cache

from armsledger.deals.grounds import case_key, contract_number, own_key, singular, transmittal
from armsledger.deals.variants import variants_of
from armsledger.deals.written import Written, as_written
from armsledger.model import Claim, ClaimId, DateInterval, DocumentId, Meaning, Mode, Polarity, Stage

Days = tuple[int, int]  # first and last day that can be meant, as ordinals
Phase = tuple[int, int, int]  # a step of a deal with its first and last day
Sum = tuple[Meaning | None, str, Written]

_NOTHING: frozenset[str] = frozenset()
_BEFORE_ORDER = frozenset({Stage.CONSIDERED, Stage.REQUESTED, Stage.OFFERED, Stage.NEGOTIATED, Stage.APPROVED})
# The steps of a deal. What comes before an approval has many names at one time; denials and halts are no step.
DELIVERED, ELSE = 3, 4
PHASES = dict.fromkeys(_BEFORE_ORDER, 0) | {Stage.APPROVED: 1, Stage.ORDERED: 2, Stage.DELIVERED: DELIVERED}
_OFFICIAL = frozenset({"notices", "contracts"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What one claim says, or several that belong together, as sets. ``members`` come in the order of publication.

    ``asked``, ``bought`` and ``got`` are counts by stage: before an order, ordered, delivered. ``days`` are when the
    asserted thing happened (else was published), ``phases`` the same for each step of a deal. ``awards`` are single
    actions of contracts; ``limits`` are whole sums of contracts of which a buyer has some part that is not told.
    """

    members: tuple[ClaimId, ...]
    cases: frozenset[str] = _NOTHING
    contracts: frozenset[str] = _NOTHING
    entries: frozenset[str] = _NOTHING  # of registers: what is counted there, a bar, which one
    amends: frozenset[str] = _NOTHING
    suppliers: frozenset[str] = _NOTHING
    variants: frozenset[str] = _NOTHING
    words: frozenset[str] = _NOTHING
    modes: frozenset[str] = _NOTHING
    works: frozenset[str] = _NOTHING
    stories: frozenset[str] = _NOTHING  # documents that tell a story: no notice, no day of contracts, no register
    asked: frozenset[Written] = frozenset()
    bought: frozenset[Written] = frozenset()
    got: frozenset[Written] = frozenset()
    sums: frozenset[Sum] = frozenset()
    programmes: frozenset[tuple[str, Written]] = frozenset()
    awards: frozenset[tuple[str, int, Decimal]] = frozenset()
    limits: frozenset[Decimal] = frozenset()
    ceiling: Decimal | None = None  # the most that a notice says it may cost
    days: Days | None = None
    phases: tuple[Phase, ...] = ()
    used: bool = False
    again: bool = False

    @property
    def official(self) -> bool:
        """Whether an official number stands behind it."""
        return bool(self.cases or self.contracts)


def together(one: Profile, other: Profile) -> Profile:
    """What two profiles say when put together. A mark ("second-hand", "another") holds where both bear it."""
    return Profile(
        one.members + other.members,
        one.cases | other.cases,
        one.contracts | other.contracts,
        one.entries | other.entries,
        one.amends | other.amends,
        one.suppliers | other.suppliers,
        one.variants | other.variants,
        one.words | other.words,
        one.modes | other.modes,
        one.works | other.works,
        one.stories | other.stories,
        one.asked | other.asked,
        one.bought | other.bought,
        one.got | other.got,
        one.sums | other.sums,
        one.programmes | other.programmes,
        one.awards | other.awards,
        one.limits | other.limits,
        _greater(one.ceiling, other.ceiling),
        _span(one.days, other.days),
        _phases(one.phases, other.phases),
        one.used and other.used,
        one.again and other.again,
    )


def _greater(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else max(one, other)


def _phases(one: tuple[Phase, ...], other: tuple[Phase, ...]) -> tuple[Phase, ...]:
    if one == other:
        return one
    found: dict[int, Phase] = {}
    for phase, first, last in (*one, *other):
        known = found.get(phase)
        found[phase] = (phase, min(first, known[1]), max(last, known[2])) if known else (phase, first, last)
    return tuple(sorted(found.values()))


def _span(one: Days | None, other: Days | None) -> Days | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


# -- from claims ------------------------------------------------------------------------------------------

_WEEK = 7  # claims that say the same and are published in one week are one profile


def profiles(
    claims: Sequence[Claim], published: Mapping[DocumentId, str | None], alone: frozenset[str] = _NOTHING
) -> list[Profile]:
    """The profiles of claims, which come in the order of publication; those ``alone`` are never put with others.

    Claims with the same number are put together, as are those that say the same in the same week.
    """
    found: dict[object, Profile] = {}
    for claim in claims:
        made = profile(claim, published.get(claim.document))
        key = claim.id if claim.id in alone else _identity(made)
        known = found.get(key)
        found[key] = made if known is None else together(known, made)
    return list(found.values())


def _identity(made: Profile) -> object:
    """What claims have in common that become one profile."""
    numbers = made.cases or made.contracts or made.entries
    if numbers:
        return numbers
    step = [(phase, first // _WEEK, last // _WEEK) for phase, first, last in made.phases]
    return (*step, *(getattr(made, name) for name in _SAID))


_SAID = tuple(f.name for f in fields(Profile) if f.name not in ("members", "stories", "days", "phases", "words"))


def profile(claim: Claim, published: str | None) -> Profile:
    """What one claim says. ``published`` is the date of its document."""
    transmitted, contract = transmittal(claim), contract_number(claim)
    reader = claim.reader.partition("/")[0]
    entries = frozenset(_entries(claim))
    days = _days(claim, published)
    stage, affirmed = claim.stage, claim.polarity is Polarity.AFFIRMED
    count = frozenset(_count(claim))
    return Profile(
        members=(claim.id,),
        cases=frozenset({case_key(claim, transmitted)} if transmitted else ()),
        contracts=frozenset({own_key(claim)} if contract and not transmitted else ()),
        entries=entries,
        amends=frozenset(case_key(claim, a.value.upper()) for a in claim.anchors if a.field == "amends"),
        suppliers=frozenset({claim.supplier} if claim.supplier else ()),
        variants=variants_of(claim.system, claim.item),
        words=words_of(claim.item or ""),
        modes=frozenset({str(claim.mode)} if claim.mode and claim.mode is not Mode.SERVICE else ()),
        works=_works(claim),
        stories=frozenset({claim.document} if reader not in _OFFICIAL and not entries else ()),
        asked=count if stage in _BEFORE_ORDER else frozenset(),
        bought=count if stage is Stage.ORDERED else frozenset(),
        got=count if stage is Stage.DELIVERED else frozenset(),
        sums=frozenset(_sums(claim)),
        programmes=frozenset(
            {(claim.programme.currency, _written(claim, claim.programme.amount, "cumulative"))}
            if claim.programme
            else ()
        ),
        awards=frozenset(
            {(contract, days[0] if days else 0, claim.value.amount)}
            if contract and claim.value and claim.value.meaning is Meaning.AWARD and not _shared(claim)
            else ()
        ),
        limits=frozenset(_limits(claim)),
        ceiling=claim.value.amount if claim.value and claim.value.meaning is Meaning.CEILING else None,
        days=days,
        phases=((PHASES.get(stage, ELSE) if affirmed else ELSE, *days),) if days else (),
        used=claim.second_hand,
        again=reader not in _OFFICIAL and not entries and tells_of_more(claim),
    )


def _days(claim: Claim, published: str | None) -> Days | None:
    """The days that are meant: when it happened, but no later than when it was told; else when it was published."""
    told = _ordinals(published) if published else None
    if claim.date is None:
        return told
    first, last = _ordinals(claim.date.iso)
    if told is None or first > told[1]:
        return told
    return first, min(last, told[1])


@lru_cache(maxsize=65536)
def _ordinals(iso: str) -> Days:
    meant = DateInterval(iso)
    return meant.first.toordinal(), meant.after.toordinal() - 1


def _entries(claim: Claim) -> Iterator[str]:
    """What a register calls the deal: its number, else the row."""
    number = next((a.value for a in claim.anchors if a.field == "register number"), None)
    if number:
        yield f"{claim.reader.partition('/')[0]}|{number}"
        return
    for anchor in claim.anchors:
        if anchor.field == "register row":
            register, _, line = anchor.value.rpartition(" ")
            yield f"{register}|{line}"


def _count(claim: Claim) -> Iterator[Written]:
    if claim.quantity is not None:
        yield _written(claim, claim.quantity, "quantity")


def _sums(claim: Claim) -> Iterator[Sum]:
    if claim.value is not None:
        yield claim.value.meaning, claim.value.currency, _written(claim, claim.value.amount, "value", "amount")


def _shared(claim: Claim) -> bool:
    """Whether a buyer has a part of a contract's action only."""
    return any(a.field == "share" and not a.value.endswith(" 100 %") for a in claim.anchors)


def _limits(claim: Claim) -> Iterator[Decimal]:
    """The whole sum of a contract's action where the buyer's part of it is not told."""
    if claim.value is None or _shared(claim):
        for anchor in claim.anchors:
            if anchor.field == "amount":
                number = re.search(r"\d+(?:\.\d+)?", anchor.value)
                if number:
                    yield Decimal(number[0])


def _written(claim: Claim, amount: Decimal, *fields: str) -> Written:
    anchors = tuple(a for a in claim.anchors if a.field in fields)
    return as_written(claim, amount, anchors) if anchors else Written(amount, Decimal(1))


# -- words ------------------------------------------------------------------------------------------------

# What is done, where it is not plain goods that are handed over.
_SERVICE = re.compile(
    r"\b(?:support|sustainment|maintenance|repairs?|overhaul|services?|logistics?|assistance|engineering|"
    r"recertification|instruction|operations?|"
    r"training(?! (?:missile|round|unit|device|system|cent|equipment|aid|aircraft)))\b",
    re.IGNORECASE,
)
_UPGRADE = re.compile(
    r"\b(?:upgrad\w+|moderni[sz]\w+|retrofit\w*|conver(?:sion|t)\w*|refurbish\w*|modification|remanufactur\w+|"
    r"regeneration|enhancement)\b",
    re.IGNORECASE,
)


_GOODS = re.compile(r"\b(?:hardware|equipment|spares|parts|kits?)\b", re.IGNORECASE)


@lru_cache(maxsize=65536)
def _works_named(item: str) -> frozenset[str]:
    if _UPGRADE.search(item):
        return frozenset({"upgrade"})
    if _SERVICE.search(item):
        return frozenset({"service", "goods"}) if _GOODS.search(item) else frozenset({"service"})
    return frozenset({"goods"})


def _works(claim: Claim) -> frozenset[str]:
    """Whether goods are handed over, platforms upgraded or a service is done."""
    if claim.modernised and claim.mode is Mode.SERVICE:
        return frozenset({"upgrade"})
    named = _works_named(claim.item or "")
    return frozenset({"service"}) if claim.mode is Mode.SERVICE and named == {"goods"} else named


_COMMON = frozenset(
    "the and for with other related equipment system systems various new support service services contractor "
    "logistic logistics maintenance sustainment program programme training technical assistance engineering operation "
    "operations follow-on hardware package".split()
)


@lru_cache(maxsize=65536)
def words_of(item: str) -> frozenset[str]:
    """The words of an item that tell things apart, singular and without case.

    >>> sorted(words_of("Airborne Warning and Control Systems"))
    ['airborne', 'control', 'warning']
    """
    found = re.findall(r"[^\W_]{3,40}", item.casefold())
    return frozenset(singular(word) for word in found if word not in _COMMON)


# "20 more missiles", "an additional batch", "a follow-on order": another deal than the one before.
_MORE = re.compile(
    r"\b(?:additional|another|further|extra|follow-?\s?on|top-?up|repeat order|new batch|"
    r"(?:second|third|fourth|fifth|next) (?:batch|tranche|lot|order|contract|squadron|regiment|consignment)|"
    r"more(?! than\b))\b",
    re.IGNORECASE,
)
_NEAR = 40  # characters before what is counted or named


def tells_of_more(claim: Claim) -> bool:
    """Whether the words around the item say that it comes on top of an earlier deal."""
    places = [a for a in claim.anchors if a.field in ("item", "quantity") and claim.start <= a.start <= claim.end]
    if not places:
        return False
    first = max(0, min(a.start for a in places) - claim.start - _NEAR)
    return bool(_MORE.search(claim.quote, first, max(a.end for a in places) - claim.start))
