"""Sums that do not add: the parts of a notice's total, the shares of a contract, so many articles at so much each.

An announcement is told once, however many buyers' deals rest on it. Shares that are right of what was set aside that
day are shares of that, and no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from armsledger.deals.disputes import Voice
from armsledger.deals.findings import Case, Code, Finding, Which, grouped
from armsledger.deals.values import sum_of
from armsledger.deals.written import Nearness, Written, as_written, is_written, nearness, written
from armsledger.model import Anchor, Claim, Subject, plain
from armsledger.text.money import find_money

_POINT = Decimal(1)  # per cent: how far a share may lie from what its sum comes to
_BASE = Decimal("0.02")  # how far apart the wholes may lie that shares come to, to be taken for one whole
_SHARE = re.compile(r"(?P<who>\S+)(?: [A-Z]{3} (?P<amount>\d+(?:\.\d+)?))?(?: (?P<percent>\d+(?:\.\d+)?) %)?")

_Place = tuple[str, int]


@dataclass(frozen=True, slots=True, order=True)
class _Wrong:
    """A part that is no such part of its whole: what is wrong, where, and of what whole it would be right."""

    start: int
    told: str
    words: tuple[Voice, ...] = field(compare=False)
    base: Decimal | None = None


@dataclass(slots=True)
class _Paper:
    """What is wrong with the sums of one announcement, the deals that it tells, and those that share its contract."""

    head: str
    whole: Voice | None
    wrong: set[_Wrong] = field(default_factory=set)
    told: set[Which] = field(default_factory=set)
    sharing: set[Which] = field(default_factory=set)


class Sums:
    """Takes deals one by one and tells at the end whose sums do not add."""

    def __init__(self) -> None:
        self._papers: dict[_Place, _Paper] = {}

    def add(self, case: Case) -> None:
        """Looks at the sums of a deal's claims, and of the announcements of the contracts that it shares."""
        own = {_at(claim, claim.anchored("amount")) for claim in case.claims}
        for claim in (*case.claims, *case.contract_claims):
            for place, head, whole, wrong in (*_notice(case, claim), *_shares(case, claim), *_priced(case, claim)):
                paper = self._papers.setdefault(place, _Paper(head, whole))
                paper.wrong.add(wrong)
                (paper.told if place in own else paper.sharing).add(case.which)

    def findings(self) -> Iterator[Finding]:
        """A finding for each announcement, in the order of documents."""
        for _, paper in sorted(self._papers.items()):
            wrong = sorted(paper.wrong)
            bases = [w.base for w in wrong if w.base]
            one = len(bases) > 1 and len(bases) == len(wrong) and max(bases) <= min(bases) * (1 + _BASE)
            words = tuple(dict.fromkeys(v for w in wrong for v in w.words))
            facts = (("would be right of", grouped(f"some {plain(round(bases[0], -5))}")),) if one else ()
            yield Finding(
                Code.SUM,
                grouped(f"{paper.head}{'; '.join(w.told for w in wrong)}"),
                (*((paper.whole,) if paper.whole else ()), *words),
                "a figure is wrong, or is a part of another sum than it seems; a buyer's part may rest on it",
                "the contract or the notice itself, or a correction of the announcement",
                tuple(sorted(paper.told or paper.sharing)),
                facts,
            )


_Found = tuple[_Place, str, Voice | None, _Wrong]


def _notice(case: Case, claim: Claim) -> Iterator[_Found]:
    """The two parts of a notice's total, where it tells both."""
    parts = (*claim.anchored("MDE share")[:1], *claim.anchored("other share")[:1])
    if len(parts) != 2 or claim.value is None:
        return
    total = as_written(claim, claim.value.amount, claim.anchored("value"))
    told = [written(_amount(a), a.quote) for a in parts]
    together = told[0].amount + told[1].amount
    if abs(together - total.amount) > (told[0].step + told[1].step + total.step) / 2:
        wrong = _Wrong(
            parts[0].start,
            f"{' + '.join(plain(w.amount) for w in told)} is {plain(together)}, not {plain(total.amount)}",
            tuple(case.words(claim, a) for a in parts),
        )
        yield _at(claim, ()), "", _whole(case, claim, claim.anchored("value")), wrong


def _amount(anchor: Anchor) -> Decimal:
    return Decimal(anchor.value.split()[-1])


def _shares(case: Case, claim: Claim) -> Iterator[_Found]:
    """The shares that a contract's announcement gives: their sum, and each by its money and its per cent."""
    amounts = claim.anchored("amount")
    whole = _amount(amounts[0]) if amounts else None
    if not whole or not is_written(whole, amounts[0].quote):  # the sum of several awards is no single award's whole
        return
    place, head = _at(claim, amounts), f"of {plain(whole)}: "
    for wrong in (*_too_much(case, claim, whole), *_no_such_part(case, claim, whole)):
        yield place, head, _whole(case, claim, amounts), wrong


def _parts(claim: Claim) -> Iterator[tuple[Anchor, Decimal | None, Decimal | None]]:
    """The shares of a claim with their money and their per cent."""
    for anchor in claim.anchored("share"):
        if found := _SHARE.fullmatch(anchor.value):
            money, percent = (Decimal(found[name]) if found[name] else None for name in ("amount", "percent"))
            yield anchor, money, percent


def _too_much(case: Case, claim: Claim, whole: Decimal) -> Iterator[_Wrong]:
    """Shares that are together more than the whole; only a contract's own claim has them all."""
    parts = list(_parts(claim))
    if claim.subject is not Subject.CONTRACT or not parts:
        return
    percent = sum((p for _, _, p in parts if p is not None), Decimal(0))
    money = sum((m for _, m, _ in parts if m is not None), Decimal(0))
    told = f"the buyers' shares are {plain(percent)} %" if percent > 100 + _POINT else ""
    if money > whole * (1 + _POINT / 100):
        told = f"the buyers' shares are {plain(money)}"
    if told:
        yield _Wrong(parts[0][0].start, told, tuple(case.words(claim, a) for a, _, _ in parts))


def _no_such_part(case: Case, claim: Claim, whole: Decimal) -> Iterator[_Wrong]:
    """Shares whose money is another per cent of the whole than is said."""
    set_aside = [_amount(a) for name in ("obligated", "FMS obligated") for a in claim.anchored(name)]
    for anchor, money, percent in _parts(claim):
        if not money or not percent:
            continue
        real, base = money / whole * 100, money / percent * 100
        explained = any(abs(base - other) <= other * _BASE for other in (*set_aside, sum(set_aside, Decimal(0))))
        if abs(real - percent) > _POINT and not explained:
            told = f"{plain(money)} is {plain(round(real, 1))} %, not {plain(percent)} %"
            yield _Wrong(anchor.start, told, (case.words(claim, anchor),), base)


_EACH = re.compile(r"\W{0,3}(?:each|apiece|a piece|per (?:unit|piece|aircraft|missile|vehicle|helicopter|tank|ship))\b")


def _priced(case: Case, claim: Claim) -> Iterator[_Found]:
    """So many at so much each, against the sum of it all: that may pay for more than the articles, not for less."""
    if claim.quantity is None or claim.value is None:
        return
    value = sum_of("value", claim, claim.value)
    for price in find_money(claim.quote):
        same = price.currency == claim.value.currency and price.amount < claim.value.amount
        if not same or not _EACH.match(claim.quote[price.end : price.end + 16]):
            continue
        together = Written(price.amount * claim.quantity, Decimal(1))
        short = together.amount > claim.value.amount
        if short and value.written and nearness(together, value.written) is Nearness.APART:
            told = f"{plain(claim.quantity)} at {plain(price.amount)} is {plain(together.amount)}, not {value.value}"
            wrong = _Wrong(claim.start + price.start, told, (case.words(claim),))
            yield _at(claim, claim.anchored("amount")), "", None, wrong


def _at(claim: Claim, anchors: Sequence[Anchor]) -> _Place:
    return claim.document, anchors[0].start if anchors else claim.start


def _whole(case: Case, claim: Claim, anchors: Sequence[Anchor]) -> Voice | None:
    return case.words(claim, anchors[0]) if anchors else None
