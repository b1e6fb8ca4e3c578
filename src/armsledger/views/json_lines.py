"""JSON on standard output: one value a line, as UTF-8 whatever the locale says, the same bytes every time."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from armsledger.model import Money


def number(amount: Decimal | None) -> int | float | None:
    """A JSON number: an integer where the value is one, else the nearest double; None stays null.

    >>> number(Decimal("2.25E+8")), number(Decimal("0.50"))
    (225000000, 0.5)
    """
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def money(value: Money | None) -> dict[str, Any] | None:
    """A sum with its currency and its meaning; None stays null."""
    if value is None:
        return None
    return {"amount": number(value.amount), "currency": value.currency, "meaning": value.meaning}


def as_line(value: Any) -> bytes:
    """The value on one line, text as it is; escaped where it has half a surrogate pair, which UTF-8 cannot hold."""
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode("ascii") + b"\n"


def write_line(value: Any) -> None:
    """Writes the value to standard output."""
    sys.stdout.buffer.write(as_line(value))
