"""All that is said of each field of a deal: every value with its voices, why values differ, and which one leads.

A pure function: the same claims give the same disputes, in whatever order they come. Nothing is averaged, and what does
not lead is still there. Values are put together by what they are about (a sum by its meaning and the action of a
contract, a count by its article, a date by its stage); the leading value of each such group stands first, and every
other value is told against it.

The value that leads is, of those that somebody affirms and that are the buyer's own:

1. an official form's, before what an office says elsewhere, before a person or company, an outlet or author, unnamed
   sources; what is said as certain before what may be;
2. of the same kind the later one;
3. of values that are one figure, the one that is written most exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from armsledger.deals.assemble import ORDER
from armsledger.deals.causes import Cause, Difference, Setting, difference, is_one_figure, matching_sum
from armsledger.deals.life import Step, contradicts, life, voices
from armsledger.deals.values import Said, SharedSum, articles, packages, said_by, shared_sums, sum_of
from armsledger.deals.voices import OFFICIAL_READERS, reader_of
from armsledger.model import Anchor, Certainty, Claim, ClaimId, DocumentId, Polarity, SpeakerKind, Stage

FIELDS = ("supplier", "recipient", "item", "quantity", "value", "programme", "stage", "date", "mode")

Published = Mapping[DocumentId, str | None]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who gives a value: whose word it is, in which words of which document."""

    claim: ClaimId | None  # None for a statement or a figure, which are no claims
    document: DocumentId
    published: str | None
    speaker: str
    speaker_kind: SpeakerKind
    polarity: Polarity
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, all who give it, and how it stands to the value that leads (None for that one itself).

    ``about`` says what it is of, where a field has several: ``ceiling``, ``award N00024-31-C-0001``, ``aim-120``.
    """

    value: str
    about: str
    voices: tuple[Voice, ...]
    difference: Difference | None = None

    @property
    def denied(self) -> bool:
        """Whether nobody affirms it."""
        return all(voice.polarity is Polarity.DENIED for voice in self.voices)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field of a deal: its values, the one that leads first, and why it leads.

    ``lead`` is None where no value is the deal's own to lead with; ``because`` then says why. ``contested`` where one
    party asserts what another denies.
    """

    field: str
    values: tuple[Value, ...]
    lead: str | None
    because: str
    contested: bool = False

    @property
    def contradictions(self) -> tuple[Value, ...]:
        """The values that contradict another one."""
        return tuple(v for v in self.values if v.difference is not None and v.difference.contradicts)

    @property
    def contradicts(self) -> bool:
        """Whether the field is contested or has values that contradict one another."""
        return self.contested or bool(self.contradictions)


def disputes(
    claims: Iterable[Claim],
    contracts: Iterable[Claim],
    published: Published,
    stories: Mapping[DocumentId, str] | None = None,
) -> tuple[Dispute, ...]:
    """What is said of each field of one deal, in the order of ``FIELDS``; fields of which nothing is said are left out.

    ``claims`` are the deal's, ``contracts`` those of the contracts that it shares with other buyers, whose sums are
    nobody's own. ``stories`` gives each document the origin that it leads back to.
    """
    own, shared = (sorted(some, key=lambda c: (published.get(c.document) or "~", c.id)) for some in (claims, contracts))
    setting = Setting(
        tuple(one for c in shared for one in shared_sums(c, published.get(c.document))),
        packages(own),
        stories or {},
        frozenset(a.value for c in (*own, *shared) for a in c.anchored("corrected amount")),
    )
    said: dict[str, list[Said]] = defaultdict(list)
    for claim in own:
        for one in said_by(claim, published.get(claim.document)):
            said[one.field].append(one)
    for claim in shared:
        if claim.programme:
            said["programme"].append(sum_of("programme", claim, claim.programme, published.get(claim.document)))
    for name in ("item", "quantity"):
        said[name] = articles(said[name])
    made = {name: _dispute(name, some, setting) for name, some in said.items() if some}
    if own:
        made["stage"] = _stages(own, published)
    return tuple(made[name] for name in FIELDS if name in made)


# -- one field --------------------------------------------------------------------------------------------

_COMPARED_ACROSS = ("value", "programme")  # fields whose groups bear on one another; two articles do not
_MOST_COMPARED = 20  # groups, the best first, that a further one is set against; a contract may have a thousand actions


def _dispute(name: str, said: Sequence[Said], setting: Setting) -> Dispute:
    groups: dict[str, list[Said]] = defaultdict(list)
    for one in _ranked(said, setting):
        groups[one.about].append(one)
    values: list[Value] = []
    leads: list[Said] = []
    for group in groups.values():
        first = _most_exact(group, setting)
        across = _across(first, leads, setting) if name in _COMPARED_ACROSS else None
        values += _values(group, first, across, setting)
        leads.append(first)
    lead = leads[0] if may_lead(leads[0], setting) else None
    return Dispute(
        name, tuple(values), lead.value if lead else None, _because(lead, next(iter(groups.values())), setting)
    )


def _values(group: Sequence[Said], first: Said, across: Difference | None, setting: Setting) -> Iterator[Value]:
    """The distinct values of a group, the leading one first, each told against that one."""
    by_value: dict[str, list[Said]] = {first.value: []}
    for said in group:
        by_value.setdefault(said.value, []).append(said)
    for value, same in by_value.items():
        told = across if value == first.value else _within(same[0], first, setting)
        shared = matching_sum(same[0], setting.shared) if same[0].field == "value" else None
        if shared is not None:
            told = shared_difference(shared)
        yield Value(value, first.about, tuple(voice(s) for s in same), told)


def _within(one: Said, lead: Said, setting: Setting) -> Difference:
    if one.claim.polarity is Polarity.DENIED or lead.claim.polarity is Polarity.DENIED:
        return Difference(lead.value, contradicts=False, cause=None, rule="a denial speaks of it; see the stage")
    return difference(one, lead, setting)


def _across(one: Said, leads: Sequence[Said], setting: Setting) -> Difference | None:
    """How the lead of a group stands to those before it: to the one that is the same figure, else to the first."""
    told = [_within(one, lead, setting) for lead in leads[:_MOST_COMPARED]]
    same = (d for d in told if d.cause in (None, Cause.ROUNDING) and not d.contradicts)
    return next(same, told[0] if told else None)


def shared_difference(shared: SharedSum) -> Difference:
    """What is said of a sum that is a shared contract's."""
    rule = f"the {shared.name} of a contract that several buyers share, and no buyer's part"
    return Difference(shared.said.value, contradicts=False, cause=Cause.SHARED, rule=rule)


def voice(said: Said) -> Voice:
    """Who says a value, with the words that carry it; the claim's own where no narrower ones do."""
    claim, words = said.claim, said.anchor or said.claim
    return Voice(
        claim.id,
        claim.document,
        said.published,
        claim.speaker,
        claim.speaker_kind,
        claim.polarity,
        words.start,
        words.end,
        words.quote,
    )


# -- which value leads ------------------------------------------------------------------------------------

_KINDS = {
    SpeakerKind.OFFICE: "an office",
    SpeakerKind.PERSON: "a named person",
    SpeakerKind.COMPANY: "a company",
    SpeakerKind.OUTLET: "an outlet",
    SpeakerKind.AUTHOR: "the author of a report",
    SpeakerKind.UNNAMED: "an unnamed source",
}
_ORDER = {kind: place for place, kind in enumerate(_KINDS, start=1)} | {SpeakerKind.COMPANY: 2, SpeakerKind.AUTHOR: 4}
_SURE = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNKNOWN)


def is_official(claim: Claim) -> bool:
    """Whether a claim stands in an official form: a sale notice or a contract announcement."""
    return reader_of(claim) in OFFICIAL_READERS


def of_register(claim: Claim) -> bool:
    """Whether a claim is a row of a register: somebody's table of many deals, which has its own sources."""
    return reader_of(claim).startswith("register")


def may_lead(said: Said, setting: Setting) -> bool:
    """Whether a value can be the deal's own: affirmed, and no sum of a contract that several buyers share."""
    affirmed = said.claim.polarity is Polarity.AFFIRMED
    return affirmed and not (said.field == "value" and matching_sum(said, setting.shared))


def _tier(said: Said, setting: Setting) -> tuple[bool, int, int]:
    """The kind of a value's source, the best first: whether it may lead, whose word it is, how surely it is said."""
    whose = 0 if is_official(said.claim) else _ORDER[said.claim.speaker_kind]
    return not may_lead(said, setting), whose, _SURE.index(said.claim.certainty)


def _ranked(said: Iterable[Said], setting: Setting) -> list[Said]:
    """Values by the kind of their source, of one kind the later first; order in, order out for equal ones."""
    later = sorted(said, key=lambda s: s.published or "", reverse=True)
    return sorted(later, key=lambda s: _tier(s, setting))


def _most_exact(group: Sequence[Said], setting: Setting) -> Said:
    """The first value of a ranked group, or one of its kind that writes the same figure more exactly."""
    best = _tier(group[0], setting)
    same = (s for s in group if _tier(s, setting) == best and is_one_figure(s, group[0]))
    return min(same, key=lambda s: s.written.step if s.written else 0, default=group[0])


def _because(lead: Said | None, group: Sequence[Said], setting: Setting) -> str:
    """Why a value leads its group, or why none does."""
    if lead is None:
        shared = any(matching_sum(s, setting.shared) for s in group)
        return "the only sum that is told is a shared contract's" if shared else "nobody affirms a value"
    whose = "an official form says it" if is_official(lead.claim) else f"{_KINDS[lead.claim.speaker_kind]} says it"
    others = [s for s in group if s.value != lead.value and may_lead(s, setting)]
    rivals = [s for s in others if _tier(s, setting) == _tier(lead, setting)]
    if not others:
        return whose
    if not rivals:
        return f"{whose}, and no other value has as good a source"
    if any(is_one_figure(s, lead) for s in rivals):
        return f"{whose} most exactly"
    if all((s.published or "") < (lead.published or "") for s in rivals):
        return f"{whose}, the latest of its kind"
    return f"{whose}; others of its kind and day say otherwise"


# -- stages: asserted, denied -----------------------------------------------------------------------------


def _stages(claims: Iterable[Claim], published: Published) -> Dispute:
    """The stages that are told, by the rules of ``life.py``: what one voice asserts and another denies is contested,
    and neither is taken away.
    """
    told = life(claims, published)
    lead = told.furthest or next((step for step in reversed(told.steps) if step.affirmed), None)
    steps = sorted(told.steps, key=lambda step: (step is not lead, -_far(step.stage)))
    because = "nobody affirms a stage"
    if lead is not None:
        because = "the furthest stage that is reached" if lead.reached else "the furthest that may be, or is to come"
    return Dispute(
        "stage",
        tuple(_stage(step) for step in steps),
        str(lead.stage) if lead else None,
        because,
        any(step.contested for step in told.steps),
    )


def _stage(step: Step) -> Value:
    said = [Said("stage", "", str(step.stage), t.claim, _stage_words(t.claim), t.published) for t in step.all]
    difference_ = None
    if step.contested:
        affirmed = (*step.reached, *step.ahead, *step.possible)
        gainsaid = [a for a in affirmed if any(contradicts(d, a) for d in step.contesting)]
        rule = f"asserted by {voices(gainsaid)}, denied by {voices(step.contesting)}"
        difference_ = Difference(str(step.stage), contradicts=True, cause=Cause.UNKNOWN, rule=rule)
    return Value(str(step.stage), "", tuple(voice(s) for s in said), difference_)


def _far(stage: Stage) -> int:
    return ORDER.index(stage) if stage in ORDER else -1


def _stage_words(claim: Claim) -> Anchor | None:
    return next(iter((*claim.anchored("stage"), *claim.anchored("action"))), None)
