"""The sentences that briefs of a deal and of many deals have in common: sides, status, worth. Templates, no prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from armsledger.model import Meaning, Money, Polarity, SpeakerKind, Stage
from armsledger.views.brief_citing import Citing, computed, contested, strong
from armsledger.views.brief_value import Part, Sentence
from armsledger.views.names import party_name
from armsledger.views.words import counted, exact_money, grouped, many

if TYPE_CHECKING:
    from armsledger.deals.bearing import Told
    from armsledger.deals.life import Status, Step
    from armsledger.model import Claim
    from armsledger.views.brief_value import Citation, Words
    from armsledger.views.told_deals import ToldDeal

STAGE_MEANS: Mapping[Stage, str] = {
    Stage.CONSIDERED: "thought about; nobody has asked for it or offered it",
    Stage.REQUESTED: "asked for by the buyer; nobody has agreed to it",
    Stage.OFFERED: "offered by the supplier; nobody has agreed to it",
    Stage.NEGOTIATED: "talked about between the sides; nothing is agreed",
    Stage.APPROVED: "allowed by the supplier's government; no contract and no delivery",
    Stage.ORDERED: "contracted or agreed; no delivery",
    Stage.DELIVERED: "handed over, in whole or in part",
    Stage.HALTED: "stopped, for a time or for good",
}
MONEY_MEANS: Mapping[Meaning | None, str] = {
    Meaning.CEILING: "a ceiling: no contract, and no price paid",
    Meaning.AWARD: "an award: what this contract action is worth",
    Meaning.OBLIGATED: "obligated: set aside when it was signed, no price",
    Meaning.LICENCE: "a licence: what may be supplied under it, no delivery",
    Meaning.REPORTED: "reported: somebody's figure, its meaning not told",
    Meaning.CUMULATIVE: "cumulative: the face value of a whole contract or programme, no buyer's own",
    None: "reported: somebody's figure, its meaning not told",
}


def few(told: Iterable[Told]) -> list[Told]:
    """One claim for each document, voice, stage and way of saying it, the surest first: what a sentence cites."""
    from armsledger.deals.bearing import rank

    best: dict[tuple[str, ...], Told] = {}
    for t in sorted(told, key=rank):
        claim = t.claim
        key = (
            claim.document,
            t.voice,
            claim.stage,
            claim.polarity,
            claim.certainty,
            claim.date.iso if claim.date else "",
        )
        best.setdefault(key, t)
    return list(best.values())


def voices_of(citing: Citing, told: Iterable[Told]) -> str:
    """All voices, each once, the surest and most official first; none is left out."""
    from armsledger.deals.bearing import rank

    return listed(voice_of(citing, t.claim) for t in sorted(told, key=rank))


def voice_of(citing: Citing, claim: Claim) -> str:
    """Whose word a claim is, as it stands within a sentence: ``the official notice``, ``the article of The Post``."""
    from armsledger.deals.bearing import voice

    if _is_paper(claim):
        return f"the {voice(claim)}"
    publisher = citing.rows[claim.document].publisher
    return f"the article of {publisher}" if claim.speaker_kind is SpeakerKind.AUTHOR and publisher else voice(claim)


def listed(names: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``.

    >>> listed(["a", "b", "a", "c"])
    'a, b and c'
    """
    every = list(dict.fromkeys(names))
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


_COUNTED = re.compile(r"\band \d[\d,]* more\b|\b\d[\d,]* (?:documents?|independent origins?|figures)\b")


def ruled(text: str) -> Iterator[Part]:
    """A text that a rule has made, its counts marked as counted.

    >>> [p.kind.value for p in ruled("approved (notice; 2 documents)")]
    ['plain', 'computed', 'plain']
    """
    at = 0
    for found in _COUNTED.finditer(text):
        yield Part(text[at : found.start()])
        yield computed(found[0])
        at = found.end()
    yield Part(text[at:])


# -- sides and what moves ---------------------------------------------------------------------------------


def side_claims(told: ToldDeal) -> list[Claim]:
    """One claim for the supplier and one for the recipient: the same where one has both."""
    deal = told.deal
    both = [c for c in told.claims if c.supplier == deal.supplier and c.recipient == deal.recipient]
    if both:
        return both[:1]
    wanted = (("supplier", deal.supplier), ("recipient", deal.recipient))
    found = (next((c for c in told.claims if getattr(c, name) == value), None) for name, value in wanted if value)
    return [c for c in found if c is not None]


def sides_of(told: ToldDeal) -> str:
    """``Russia to India``."""
    from armsledger.views.told_deals import recipient_of

    supplier = party_name(told.deal.supplier, "A supplier that is not stated")
    return f"{supplier} to {party_name(told.deal.recipient, _buyer(recipient_of(told)))}"


def _buyer(unknown: str) -> str:
    return "a recipient that is not stated" if unknown == "not stated" else unknown


def what_moves(told: ToldDeal) -> tuple[list[Part], list[Claim]]:
    """What moves, in short, and the claim that says so; how many other articles there are is counted."""
    named = [c for c in told.claims if c.item]
    with_count = [c for c in named if c.quantity is not None]
    first: dict[str, Claim] = {}
    for claim in with_count or named:
        thing = claim.item if claim.quantity is not None else claim.system or claim.item
        first.setdefault(counted(claim.quantity, thing), claim)
    if not first:
        return [Part("what moves is not stated")], []
    claim = next(iter(first.values()))
    more = [Part(", "), computed(f"and {len(first) - 1} more")] if len(first) > 1 else []
    return [Part(counted(claim.quantity, claim.item)), *more], [claim]


def buyer_of(told: ToldDeal) -> str:
    """The buyer's name, or ``the buyer``."""
    return party_name(told.deal.recipient, "the buyer")


# -- status -----------------------------------------------------------------------------------------------


def leading_step(status: Status) -> Step | None:
    """The step that the status begins with; None where nobody affirms any."""
    return status.life.step(status.support[0].claim.stage) if status.support else None


def status_cell(citing: Citing, status: Status) -> Sentence:
    """The status in a few words, with whose word it is."""
    step = leading_step(status)
    mark = contested if status.contested else strong
    whose = f" ({voices_of(citing, step.affirmed)})" if step else ""
    against = f"; denied by {voices_of(citing, status.life.contesting)}" if status.contested else ""
    every = status.support or status.life.told
    ended = [e.told for e in status.life.endings]
    return citing.say(mark(capital(status.word)), whose, against, by=few((*every, *status.life.contesting, *ended)))


# -- worth ------------------------------------------------------------------------------------------------


def own_sums(told: ToldDeal, shared: Iterable[Money] = ()) -> dict[Money, list[Claim]]:
    """The sums that claims give as the deal's own, each with its claims; those of a shared contract left out."""
    not_own = {(m.amount, m.currency) for m in shared}
    found: dict[Money, list[Claim]] = {}
    for claim in told.claims:
        value = claim.value if claim.polarity is Polarity.AFFIRMED else None
        if value and (value.amount, value.currency) not in not_own:
            found.setdefault(value, []).append(claim)
    return found


def shared_sums(told: ToldDeal) -> list[Money]:
    """The sums of the contracts that it shares with others: nobody's own."""
    return [m for c in told.contract_claims for m in (c.value, c.programme) if m is not None]


def sum_told(money: Money) -> str:
    """``at most USD 225,000,000``."""
    exact = f"{money.currency} {grouped(money.amount)}"
    return f"at most {exact}" if money.meaning is Meaning.CEILING else exact


def worth_cell(citing: Citing, told: ToldDeal) -> Sentence:
    """The deal's own sums with their meanings; else that its only sums are a shared contract's; else not stated."""
    own = own_sums(told, shared_sums(told))
    if own:
        text = "; ".join(f"{exact_money(money)}" if money.meaning else sum_told(money) for money in own)
        return citing.say(text, by=(c for claims in own.values() for c in claims[:1]))
    if told.contracts:
        return citing.say("not stated; a share of a contract with other buyers", by=told.contract_claims[:1])
    return citing.say("not stated")


def worth_sentences(citing: Citing, told: ToldDeal) -> Iterator[Sentence]:
    """What it is worth: every sum with its meaning; sums of shared contracts told as nobody's own."""
    own = own_sums(told, shared_sums(told))
    for money, claims in own.items():
        yield citing.say(
            "Worth: ", strong(sum_told(money)), f" ({MONEY_MEANS[money.meaning]}).", by=_by_document(claims)
        )
    for contract in told.contracts:
        named = many(len(contract.buyers), "named buyer")
        yield citing.say(
            f"It stands under a contract that {buyer_of(told)} shares with others, ", computed(named), " in all: ",
            strong("no sum of it is one buyer's own"), ".", by=[*contract.claims[:1], *_named_in(told)],
        )  # fmt: skip
        for claim in contract.claims:
            yield from _contract_sums(citing, claim)
    shared = shared_sums(told)
    programmes = {c.programme: c for c in told.claims if c.programme and c.programme not in shared}
    for money, claim in programmes.items():
        yield citing.say(
            f"{capital(voice_of(citing, claim))} tells of a programme of ", strong(sum_told(money)),
            " that several buyers share: not one buyer's own.", by=[claim],
        )  # fmt: skip
    if not own:
        yield citing.say(f"What {buyer_of(told)} is to pay is not stated.", by=side_claims(told))


def _named_in(told: ToldDeal) -> list[Claim]:
    return [c for c in told.claims if c.recipient == told.deal.recipient and c.anchored("contract")][:1]


def _contract_sums(citing: Citing, claim: Claim) -> Iterator[Sentence]:
    for money in (claim.value, claim.programme):
        if money:
            yield citing.say(
                "The shared contract: ", strong(sum_told(money)), f" ({MONEY_MEANS[money.meaning]}).", by=[claim]
            )


def _by_document(claims: Sequence[Claim]) -> list[Claim]:
    """One claim for each document."""
    return list({c.document: c for c in reversed(claims)}.values())[::-1]


def _is_paper(claim: Claim) -> bool:
    return claim.reader.partition("/")[0] in ("notices", "contracts")


SPEAKERS: Mapping[SpeakerKind, str] = {
    SpeakerKind.PERSON: "a named person",
    SpeakerKind.OFFICE: "an office",
    SpeakerKind.COMPANY: "a company",
    SpeakerKind.OUTLET: "an outlet",
    SpeakerKind.UNNAMED: "sources without a name",
    SpeakerKind.AUTHOR: "the author",
}


# -- the list of citations --------------------------------------------------------------------------------


def place_told(citation: Citation) -> str:
    """Where the words stand: ``A: “Title”, Publisher, 2025-05-14, characters 86 to 322; claim 7b4f5fce.``"""
    source = citation.source
    place = f"characters {citation.start:,} to {citation.end:,}"
    head = f"{source.letter}: “{source.title}”, {source.publisher}, {source.published}"
    return f"{head}, {place}; {', '.join(citation.carries)}."


def words_told(words: Words) -> str:
    """From where a field comes that the quote does not say: ``Recipient Turkey: “Ankara” (a capital ...).``"""
    from armsledger.views.words import exact

    label = capital({"cumulative": "whole contract"}.get(words.field, words.field))
    if not words.quote:
        return f"{label}, {exact(words.value)}: by {words.rule}."
    rule = f" ({words.rule})" if words.rule else ""
    return f"{label}, {exact(words.value)}: “{words.quote}” at {words.start:,}{rule}."
