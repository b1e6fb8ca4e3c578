"""What an analyst should look at in one deal: contradictions, what is contested, dates that cannot be.

Each finding says what, where (the words), why it matters and what would settle it. A rule speaks only where a careful
reader would have to stop: what can be explained (a ceiling beside a contract, a rounded figure, another action of the
contract) is told with the deal and is no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from armsledger.deals.bearing import Bearing, bearing
from armsledger.deals.disputes import Dispute, Value, Voice, disputes, voice
from armsledger.deals.values import Said
from armsledger.model import (
    Action,
    Anchor,
    Certainty,
    Claim,
    DealId,
    DocumentId,
    Polarity,
    Stage,
)


class Code(StrEnum):
    """What a finding is about."""

    CONTRADICTION = "contradiction"
    CONTESTED = "contested"
    SHARED_SUM = "shared sum"
    SUM = "sum"
    ORDER = "order of time"
    UNUSUAL = "unusual"
    NO_CONTRACT = "no contract"
    ONE_ORIGIN = "one origin"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, order=True)
class Which:
    """Which deal: its id, and in short who supplies what to whom; empty where that is not told."""

    deal: DealId
    supplier: str = ""
    recipient: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: what it is, where it stands, why it matters, what would settle it.

    ``where`` are the words, the ones to begin with first; ``facts`` what the rule went by, by name; ``of`` the deals
    that it is about, none where it is about a document alone.
    """

    code: Code
    what: str
    where: tuple[Voice, ...]
    why: str
    settle: str
    of: tuple[Which, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract that several buyers share: what is said of it as a whole, and who is named under it."""

    claims: tuple[Claim, ...]
    buyers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One deal as the rules see it: its claims, and the contracts that it shares with other buyers.

    ``published`` gives each document's date of publication, ``stories`` the origin that it leads back to.
    """

    deal: DealId
    claims: tuple[Claim, ...]
    contracts: tuple[Contract, ...] = ()
    published: Mapping[DocumentId, str | None] = field(default_factory=dict)
    stories: Mapping[DocumentId, str] = field(default_factory=dict)

    @property
    def contract_claims(self) -> tuple[Claim, ...]:
        """What is said of the shared contracts as a whole."""
        return tuple(claim for contract in self.contracts for claim in contract.claims)

    @property
    def which(self) -> Which:
        """The deal in short."""
        suppliers, recipients = ({s for c in self.claims if (s := getattr(c, n))} for n in ("supplier", "recipient"))
        named = sorted((c for c in self.claims if c.item), key=lambda c: (c.quantity is None, c.id))
        return Which(
            self.deal,
            suppliers.pop() if len(suppliers) == 1 else "",
            recipients.pop() if len(recipients) == 1 else "",
            named[0].item or "" if named else "",
        )

    def affirmed(self) -> Iterator[Claim]:
        """The claims that affirm something as certain or probable."""
        sure = (Certainty.CERTAIN, Certainty.PROBABLE)
        return (c for c in self.claims if c.polarity is Polarity.AFFIRMED and c.certainty in sure)

    def words(self, claim: Claim, anchor: Anchor | None = None) -> Voice:
        """A claim's words as the place of a finding: those of the anchor, else all of them."""
        return voice(Said("", "", "", claim, anchor, self.published.get(claim.document)))


def grouped(text: str) -> str:
    """The text with the thousands of its large numbers apart.

    >>> grouped("USD 2512389558 of 2025")
    'USD 2,512,389,558 of 2025'
    """
    return _LARGE.sub(lambda found: f"{int(found[0]):,}", text)


_LARGE = re.compile(r"(?<![\w.,-])\d{5,30}(?![\w-]|,\d)")


def findings(case: Case) -> Iterator[Finding]:
    """What is to be looked at in one deal by itself, in the order of ``Code``."""
    told = disputes(case.claims, case.contract_claims, case.published, case.stories)
    yield from contradictions(case, told)
    yield from order_of_time(case)


# -- contradictions ---------------------------------------------------------------------------------------

_MOST_SHOWN = 6  # places that a finding quotes; the deal has them all


def contradictions(case: Case, told: Iterable[Dispute]) -> Iterator[Finding]:
    """A finding for each field, and each thing that its values are of, where they contradict one another."""
    for dispute in told:
        if dispute.contested:
            yield _contested(case, dispute)
            continue
        for about in dict.fromkeys(v.about for v in dispute.contradictions):
            yield _contradiction(case, dispute, [v for v in dispute.contradictions if v.about == about])


def _contradiction(case: Case, dispute: Dispute, against: Sequence[Value]) -> Finding:
    """Values of one thing that contradict another value, which is shown first."""
    told = [v.difference for v in against if v.difference]
    firsts = {difference.against for difference in told}
    shown = [*(v for v in dispute.values if v.value in firsts), *against]
    about = f" ({against[0].about})" if against[0].about and dispute.field != "item" else ""
    facts = [("cause", " / ".join(dict.fromkeys(f"{d.cause}: {d.rule}" for d in told)))]
    facts += [("leads", grouped(f"{dispute.lead}; {dispute.because}"))] if dispute.lead in firsts else []
    return Finding(
        Code.CONTRADICTION,
        grouped(f"{dispute.field}{about}: {' against '.join(dict.fromkeys(v.value for v in shown))}"),
        _first_voices(shown),
        "both cannot be so, and whoever quotes one of them should know of the other",
        "a later paper of the office that is responsible, or the paper that both go back to",
        (case.which,),
        tuple(facts),
    )


def _contested(case: Case, dispute: Dispute) -> Finding:
    """What is asserted and denied, with the sentences of both: a denial may be of an earlier stage."""
    contested = [v for v in dispute.values if v.difference is not None]
    stages: dict[str, list[str]] = {}
    for value in contested:
        if value.difference:
            stages.setdefault(value.difference.rule, []).append(value.value)
    claims = {c.id: c for c in case.claims}
    said = [v for value in (*contested, *(v for v in dispute.values if v.denied)) for v in value.voices]
    sentences = {(c.document, c.start, c.end): case.words(c) for v in said if v.claim and (c := claims[v.claim])}
    sides = [[w for w in sentences.values() if w.polarity is polarity] for polarity in Polarity]
    return Finding(
        Code.CONTESTED,
        "; ".join(f"{', '.join(some)}: {rule}" for rule, some in stages.items()),
        tuple(words for side in sides for words in side[: _MOST_SHOWN // 2]),
        "one side asserts what another denies; neither word settles it, and no average lies between them",
        "a paper of a third side: a contract, a delivery that was seen, a register",
        (case.which,),
    )


def _first_voices(values: Iterable[Value]) -> tuple[Voice, ...]:
    """A voice of each value in turn, until there are enough."""
    queues = [value.voices for value in values]
    turns = max(map(len, queues), default=0)
    ordered = (queue[turn] for turn in range(turns) for queue in queues if turn < len(queue))
    return tuple(dict.fromkeys(ordered))[:_MOST_SHOWN]


# -- what was told before it could be ---------------------------------------------------------------------


def order_of_time(case: Case) -> Iterator[Finding]:
    """Deliveries that are all dated before the first order that they could be of."""
    told = [(c, c.date) for c in case.affirmed() if c.date and _has_come(c, case)]
    delivered = [(c, date) for c, date in told if c.stage is Stage.DELIVERED]
    ordered = [(c, date) for c, date in told if c.stage is Stage.ORDERED and _begins(c)]
    if not delivered or not ordered:
        return
    last, handed_over = max(delivered, key=lambda d: (d[1].after, d[0].id))
    first, agreed = min(ordered, key=lambda o: (o[1].first, o[0].id))
    if handed_over.after <= agreed.first:
        yield Finding(
            Code.ORDER,
            f"delivered {handed_over}, ordered {agreed}",
            tuple(case.words(c, next(iter(c.anchored("date")), None)) for c in (last, first)),
            "nothing is delivered before it is ordered: a date is wrong, or two deals were taken for one",
            "a paper that tells which order the delivery was of; armsledger judge parts two deals",
            (case.which,),
        )


def _has_come(claim: Claim, case: Case) -> bool:
    """Whether a claim tells what was done, not what was still to come when it was published."""
    return bearing(claim, case.published.get(claim.document)) is Bearing.REACHED


def _begins(claim: Claim) -> bool:
    """Whether an order is a first one: not a change, an option or a call on a contract that was there before."""
    return all(a.value == Action.AWARD for a in claim.anchored("action"))
