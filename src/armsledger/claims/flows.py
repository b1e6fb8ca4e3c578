"""Who supplies whom with what, over a whole document: the likeliest parties of each mention, lists completed, second
legs added, and all mentions of one flow together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from armsledger.claims.evidence import log_odds, weights
from armsledger.claims.legs import Flow, legs_of
from armsledger.claims.looks import look_twice
from armsledger.claims.mentions import ItemMention, Sentence, mentions_of
from armsledger.claims.roles import Context, Discourse, coordinated, discourse_of
from armsledger.claims.weighing import (
    FlowKey,
    Option,
    Reference,
    Weighed,
    item_key,
    own_flows,
    recall,
    references,
    remembered,
)
from armsledger.lexicon.matcher import lexicon
from armsledger.model import Certainty, Polarity, Stage

_FLOOR = 0.12  # probability below which an option is not looked at
_OPTIONS = 6  # of a mention that are looked at
LEG = 0.7  # the share of second legs that are right, on the development annotations


@dataclass(frozen=True, slots=True)
class Found:
    """A transfer that a mention tells: the option that was chosen, its probability, and where it stands."""

    context: Context
    option: Option
    probability: float
    stage: Stage | None = None  # what a rule for second legs says of stage and certainty
    certainty: Certainty | None = None
    polarity: Polarity | None = None
    rule: str | None = None

    @property
    def key(self) -> FlowKey:
        """What makes two of them tell of one flow."""
        return self.option.supplier, self.option.recipient, item_key(self.option.item)


@dataclass(frozen=True, slots=True)
class Told:
    """One flow: all mentions that tell of it, the likeliest first, and the points for it."""

    mentions: tuple[Found, ...]
    points: Decimal


def flows_of(
    sentences: Sequence[Sentence],
    mentions: Sequence[ItemMention],
    least: Decimal,
    headline: Sequence[Sentence] = (),
) -> list[Told]:
    """The flows of a document that have at least so many points; a ``headline`` apart from the text is only known."""
    groups: dict[FlowKey, list[Found]] = {}
    for found in found_in(sentences, mentions, headline):
        groups.setdefault(found.key, []).append(found)
    told = (_together(group) for group in groups.values())
    return [flow for flow in told if flow.points >= least]


def _together(group: list[Found]) -> Told:
    """What two places say together counts more than one."""
    group.sort(key=lambda f: -f.probability)
    doubt = math.prod(1 - min(f.probability, 0.999) for f in group[:2])
    return Told(tuple(group), log_odds(1 - doubt))


def found_in(
    sentences: Sequence[Sentence], mentions: Sequence[ItemMention], headline: Sequence[Sentence] = ()
) -> list[Found]:
    """What each mention tells of, the likeliest first for each mention; all that reach the floor."""
    talk = discourse_of(sentences, headline)
    found: list[Found] = []
    for look in look_twice(_choices(sentences, talk, mentions), weights().table):
        found.extend(_chosen(look))
    flows = [Flow(f.option.supplier, f.option.recipient, f.option.item, f.probability) for f in found]
    legs = [
        Found(leg.context, leg.option, LEG, leg.stage, leg.certainty, leg.polarity, leg.rule)
        for leg in legs_of(sentences, talk, mentions, flows)
    ]
    told = {_where_to(leg) for leg in legs if leg.option.recipient}
    return [*(f for f in found if _where_to(f) not in told), *legs]


def _where_to(found: Found) -> tuple[int, str | None, str]:
    """Of a second leg the rule knows who supplies: whoever else could have given the same to the same is out."""
    return found.context.mention.sentence, found.option.recipient, item_key(found.option.item)


# -- the options of a mention -----------------------------------------------------------------------------


def choices_of(sentences: Sequence[Sentence], headline: Sequence[Sentence] = ()) -> list[list[Reference]]:
    """What every mention of a document can speak of."""
    return _choices(sentences, discourse_of(sentences, headline), mentions_of(sentences))


def _choices(sentences: Sequence[Sentence], talk: Discourse, mentions: Iterable[ItemMention]) -> list[list[Reference]]:
    choices = (references(sentences, talk, mention) for mention in mentions)
    return [choice for choice in choices if any(len(r.given) > 1 for r in choice)]


def second_look(choices: Sequence[Sequence[Reference]], looks: Sequence[Sequence[Weighed]]) -> list[list[Reference]]:
    """The same choices with what the first look makes of the whole document."""
    known = recall(looks)
    return [
        [remembered(reference, known, own_flows(look)) for reference in choice]
        for choice, look in zip(choices, looks, strict=True)
    ]


def _chosen(look: Sequence[Weighed]) -> Iterator[Found]:
    """The options of a mention that reach the floor, with all parties of a list where one of them does."""
    if not look:
        return
    context = look[0].reference.context
    best: dict[FlowKey, Found] = {}

    def keep(context: Context, option: Option, probability: float) -> None:
        key = (option.supplier, option.recipient, option.item.name)
        if key not in best or best[key].probability < probability:
            best[key] = Found(context, option, probability)

    for weighed in look[:_OPTIONS]:
        keep(weighed.reference.context, weighed.option, weighed.probability)
    places = context.talk.places[context.mention.sentence]
    for group in coordinated(context.sentence, places):
        for found in _listed(look, group):
            keep(found.context, found.option, found.probability)
    yield from (f for f in best.values() if f.probability >= _FLOOR and not _is_inside_one_state(f.option))


@cache
def _wholes() -> dict[str, str]:
    """The state that each territory is part of."""
    return {party.code: party.part_of for party in lexicon().parties if party.kind == "territory" and party.part_of}


def _is_inside_one_state(option: Option) -> bool:
    """Whether one side is a territory of the other: a ship that calls at Guam is not handed over."""
    supplier, recipient = option.supplier, option.recipient
    if supplier is None or recipient is None:
        return False
    return _wholes().get(recipient) == supplier or _wholes().get(supplier) == recipient


def _listed(look: Sequence[Weighed], group: frozenset[str]) -> Iterator[Found]:
    """ "sold to Aland, Borduria and Syldavia": what the list has together, each of its parties has."""
    for role in ("recipient", "supplier"):
        sums: dict[tuple[str | None, str], list[Weighed]] = {}
        for weighed in look:
            option = weighed.option
            party, other = option.recipient, option.supplier
            if role == "supplier":
                party, other = other, party
            apart = other not in group or other in (option.item.origin, "USA")
            if party in group and apart:
                sums.setdefault((other, option.item.name), []).append(weighed)
        for (other, _), options in sums.items():
            whole = min(sum(w.probability for w in options), 0.999)
            first = options[0]
            for party in sorted(group - {other}):
                sides = (other, party) if role == "recipient" else (party, other)
                yield Found(first.reference.context, Option(first.option.item, *sides), whole)
