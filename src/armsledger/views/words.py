"""Values in words, as a person reads them. What is rounded here stands exactly in ``show`` and in other formats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from armsledger.model import Claim, DateInterval, Meaning, Money, plain

MEANINGS = {
    Meaning.CEILING: "at most",
    Meaning.AWARD: "what this contract action is worth",
    Meaning.OBLIGATED: "set aside when it was signed",
    Meaning.LICENCE: "what the licence covers",
    Meaning.REPORTED: "as somebody says",
    Meaning.CUMULATIVE: "face value of the whole contract so far",
}
NOT_STATED = "not stated"
_STEPS = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_TOLD_SUM = re.compile(r"(?P<currency>[A-Z]{3}) (?P<amount>\d+(?:\.\d+)?)(?: \((?P<meaning>\w+)\))?")


def grouped(amount: Decimal) -> str:
    """The exact amount with thousands apart: ``2,512,389,558``."""
    whole, _, rest = plain(amount).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def short_sum(money: Money) -> str:
    """A sum rounded to a tenth of a million, billion ...; smaller ones exactly.

    >>> short_sum(Money(Decimal(41681329), "USD"))
    'USD 41.7 million'
    """
    for step, name in _STEPS:
        if abs(money.amount) >= step:
            digits = 2 if step > 10**6 else 1
            return f"{money.currency} {plain(round(money.amount / step, digits))} {name}"
    return f"{money.currency} {grouped(money.amount)}"


def short_money(money: Money) -> str:
    """The same with its meaning: ``USD 225 million (ceiling)``."""
    return f"{short_sum(money)} ({money.meaning})" if money.meaning else short_sum(money)


def exact_money(money: Money) -> str:
    """The exact sum with its meaning: ``USD 225,000,000 (ceiling: at most)``."""
    told = f"{money.currency} {grouped(money.amount)}"
    if money.meaning is None:
        return told
    return f"{told} ({money.meaning}: {MEANINGS[money.meaning]})"


def exact(value: str) -> str:
    """A field's value as ``Deal`` has it; a sum of money gets its thousands apart and its meaning in words."""
    found = _TOLD_SUM.fullmatch(value)
    if not found:
        return value
    meaning = Meaning(found["meaning"]) if found["meaning"] in set(Meaning) else None
    return exact_money(Money(Decimal(found["amount"]), found["currency"], meaning))


def counted(quantity: Decimal | None, item: str | None) -> str:
    """``53 × AIM-120C-8``, or the item alone where no count is said."""
    name = item or "item not stated"
    return name if quantity is None else f"{grouped(quantity)} × {name}"


def what_of(claims: Iterable[Claim]) -> str:
    """What moves, in short: the first counted article (else the first named one), and how many more there are.

    >>> what_of([])
    'item not stated'
    """
    named = [c for c in claims if c.item]
    told = list(dict.fromkeys(counted(c.quantity, c.item) for c in named if c.quantity is not None))
    told = told or list(dict.fromkeys(counted(None, c.item) for c in named))
    if not told:
        return counted(None, None)
    return told[0] + (f", +{len(told) - 1}" if len(told) > 1 else "")


def span_of(first: str | None, last: str | None) -> str:
    """``2025-05-14``, or ``2025-05-14 to 2025-10-10``, or ``undated``."""
    if first is None:
        return "undated"
    return first if first == last or last is None else f"{first} to {last}"


def date_of(date: DateInterval | None) -> str:
    """A date as it was said."""
    return NOT_STATED if date is None else date.iso.replace("/", " to ")


def many(count: int, one: str, several: str | None = None) -> str:
    """``1 deal``, ``2 deals``.

    >>> many(1, "deal"), many(0, "notice"), many(2, "party", "parties")
    ('1 deal', '0 notices', '2 parties')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def shortened(text: str, most: int) -> str:
    """The text on one line, cut with a visible ellipsis where it is longer than ``most``."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
