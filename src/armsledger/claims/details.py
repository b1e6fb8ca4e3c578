"""Count, sum, mode, date and condition of one transfer: bound to the mention that they stand with, or left open.

A sum or a count that covers several buyers, or a whole programme, is no single transfer's: it stays off the claim or
goes under ``programme``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from armsledger.claims.mentions import Sentence
from armsledger.claims.roles import Context
from armsledger.claims.slots import Slot
from armsledger.claims.units import Unit
from armsledger.claims.weighing import Option
from armsledger.model import DateInterval, Meaning, Mode, Money
from armsledger.text.dates import find_dates
from armsledger.text.relative import find_relative_dates


@dataclass(frozen=True, slots=True)
class Details:
    """What a sentence says of a transfer beside its parties and stage; ``slots`` are the words of each."""

    quantity: Decimal | None = None
    value: Money | None = None
    programme: Money | None = None
    mode: Mode | None = None
    second_hand: bool = False
    modernised: bool = False
    date: DateInterval | None = None
    condition: str | None = None
    slots: tuple[Slot, ...] = ()


def details_of(context: Context, option: Option, published: str | None) -> Details:
    """The details of a chosen option; relative dates are resolved against the date of publication."""
    slots: list[Slot] = []
    quantity = _quantity(context, option, slots)
    value, programme = _money(context, option, slots)
    lows = {u.low for u in context.sentence.units[max(0, context.mention.at - 14) : context.mention.at + 15]}
    return Details(
        quantity=quantity,
        value=value,
        programme=programme,
        mode=_mode(context),
        second_hand=bool(lows & _USED),
        modernised=bool(lows & _MODERN),
        date=_date(context, published, slots),
        condition=_condition(context, slots),
        slots=tuple(slots),
    )


_USED = frozenset(("second-hand", "secondhand", "surplus", "ex-navy", "mothballed"))
_MODERN = frozenset(("modernised", "modernized", "upgraded", "refurbished", "overhauled"))


def _slot(context: Context, field: str, value: object, unit: Unit, how: str = "stated") -> Slot:
    return Slot(field, str(value), context.sentence.copy, unit.start, unit.end, how)


# -- counts and sums --------------------------------------------------------------------------------------


def _quantity(context: Context, option: Option, slots: list[Slot]) -> Decimal | None:
    """The count that stands with the item: before it, or in its place; none where a list shares it."""
    units, at = context.sentence.units, context.mention.at
    count = option.item.quantity
    if context.mention.kind == "number" and units[at].number is not None:
        count = units[at].number
        slots.append(_slot(context, "quantity", count, units[at]))
        return count
    if count is None:
        return None
    unit = next((u for u in reversed(units[max(0, at - 9) : at]) if u.number == count), None)
    if unit is None:
        return None
    slots.append(_slot(context, "quantity", count, unit))
    return count


_SHARED = frozenset("programme program total overall cumulative combined together altogether".split())


def _money(context: Context, option: Option, slots: list[Slot]) -> tuple[Money | None, Money | None]:
    """The nearest sum to the first item of the sentence: the transfer's own, or that of a whole programme."""
    units, at = context.sentence.units, context.mention.at
    sums = [n for n, u in enumerate(units) if u.kind == "money" and not _parted(units, n, at)]
    items = [n for n, u in enumerate(units) if u.kind == "item"]
    if not sums or option.recipient is None:
        return None, None
    nearest = min(sums, key=lambda n: abs(n - at))
    owner = min(items, key=lambda n: (abs(n - nearest), n), default=at)
    first = next((n for n in items if n >= owner - 8), owner)
    if at not in (owner, first) and context.mention.kind in ("named", "noun", "bare"):
        return None, None
    unit = units[nearest]
    money = Money(unit.number or Decimal(0), unit.currency or "USD", Meaning.REPORTED)
    if any(u.low in _SHARED for u in units[max(0, nearest - 16) : nearest + 6]):
        money = Money(money.amount, money.currency, Meaning.CUMULATIVE)
        slots.append(_slot(context, "programme", money, unit))
        return None, money
    slots.append(_slot(context, "value", money, unit))
    return money, None


def programme_in(sentence: Sentence) -> tuple[Money, Slot] | None:
    """The first sum of a sentence that is a whole programme's, with its words."""
    for n, unit in enumerate(sentence.units):
        if unit.kind == "money" and any(u.low in _SHARED for u in sentence.units[max(0, n - 16) : n + 6]):
            money = Money(unit.number or Decimal(0), unit.currency or "USD", Meaning.CUMULATIVE)
            return money, Slot("programme", str(money), sentence.copy, unit.start, unit.end, "stated")
    return None


def _parted(units: Sequence[Unit], one: int, two: int) -> bool:
    """Whether another clause begins between a sum and an item."""
    low, high = min(one, two), max(one, two)
    return high - low > 30 or any(u.text == ";" for u in units[low:high])


# -- mode -------------------------------------------------------------------------------------------------

_MODES = (
    (Mode.LICENSED_PRODUCTION, frozenset(("licence-built", "license-built", "co-production", "coproduction"))),
    (Mode.LEASE, frozenset(("lease", "leased", "leasing", "leases"))),
    (Mode.LOAN, frozenset(("loan", "loaned", "lent", "borrowed"))),
    (
        Mode.AID,
        frozenset("donated donate donation donates donating gift gifted gifts grant free aid assistance".split()),
    ),
    (
        Mode.SERVICE,
        frozenset("upgrade upgrading modernise modernisation modernization maintenance overhaul training refit "
                  "repair sustainment refurbishment".split()),
    ),
    (
        Mode.SALE,
        frozenset("sale sales sell sells selling sold buy buys bought buying purchase purchased purchases contract "
                  "contracts order orders ordered bid tender".split()),
    ),
)  # fmt: skip


def _mode(context: Context) -> Mode | None:
    """On what terms, by the governing trigger, else by the words around; "not gifting but selling" is a sale."""
    hit = context.governor.hit
    if hit is not None and hit.trigger.mode is not None and not _negated(context.sentence.units, hit.first):
        return hit.trigger.mode
    units, at = context.sentence.units, context.mention.at
    near = {u.low for n, u in enumerate(units) if abs(n - at) <= 14 and not _negated(units, n)}
    if {"licence", "license"} & near and {"produce", "production", "assembled", "built", "made"} & near:
        return Mode.LICENSED_PRODUCTION
    return next((mode for mode, words in _MODES if words & near), None)


def _negated(units: Sequence[Unit], at: int) -> bool:
    return any(u.low in ("not", "n't", "never") for u in units[max(0, at - 3) : at])


# -- date and condition -----------------------------------------------------------------------------------


def _date(context: Context, published: str | None, slots: list[Slot]) -> DateInterval | None:
    """The date that stands nearest to the trigger, within its sentence."""
    sentence = context.sentence
    text = sentence.copy.text[sentence.start : sentence.end]
    hit = context.governor.hit
    spot = sentence.units[hit.first if hit else context.mention.at].start - sentence.start
    told = _dates(text, published)
    if not told:
        return None
    start, end, interval = min(told, key=lambda d: (abs(d[0] - spot), d[0]))
    if abs(start - spot) > 90:
        return None
    place = sentence.start
    slots.append(Slot("date", interval.iso, sentence.copy, place + start, place + end, "stated"))
    return interval


@lru_cache(maxsize=32)
def _dates(text: str, published: str | None) -> tuple[tuple[int, int, DateInterval], ...]:
    """The dates of a sentence, absolute ones first. Kept for the last few: a sentence can tell of many transfers."""
    absolute = [(d.start, d.end, d.interval) for d in find_dates(text)]
    paper = DateInterval(published) if published and re.fullmatch(r"\d{4}(-\d\d){0,2}", published) else None
    relative = (
        (d.start, d.end, d.interval)
        for d in find_relative_dates(text, paper)
        if not any(s < d.end and d.start < e for s, e, _ in absolute)
    )
    return (*absolute, *relative)


def _condition(context: Context, slots: list[Slot]) -> str | None:
    """ "if sanctions are lifted": the words of a condition in the mention's sentence."""
    units = context.sentence.units
    for at, u in enumerate(units):
        if u.low in ("if", "unless", "provided") and not (at and units[at - 1].low in ("as", "even", "only")):
            end = at + 1
            while end < len(units) and units[end].text not in ',;.)"”' and end - at < 24:
                end += 1
            if end - at > 2 and not at <= context.mention.at < end:
                first, last = units[at], units[end - 1]
                words = context.sentence.copy.text[first.start : last.end]
                slots.append(Slot("condition", words, context.sentence.copy, first.start, last.end, "stated"))
                return words
    return None
