"""Does a quoted ratio, or a quoted volume, follow from the numbers that stand beside it?

    ratio     |100 part / whole - percent| <= half of the last digit that is written
    volume    TIV = units x TIV of one new unit x condition (1 new, 0.40 second-hand, 0.66 second-hand and modernised)

A ratio that does not follow is told as that and never mended: one of the three numbers is wrong, and nobody here knows
which. SIPRI, "Explanation of the TIV tables"; the end-use reports of the United States Department of State quote such
ratios, and their checks are aimed at what looks doubtful, so that no rate of theirs is a rate of all transfers.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from armsledger.errors import InputError

NEW, SECOND_HAND, MODERNISED = Decimal(1), Decimal("0.40"), Decimal("0.66")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A quoted ratio and what the quoted counts come to, in per cent."""

    part: int
    whole: int
    quoted: Decimal

    @property
    def percent(self) -> Decimal:
        """What part of whole is, in per cent."""
        return Decimal(100) * self.part / self.whole

    @property
    def follows(self) -> bool:
        """Whether the quoted one is it, as exactly as it is written.

        >>> Ratio(173, 566, Decimal(26)).follows, Ratio(173, 662, Decimal(26)).follows
        (False, True)
        """
        exponent = self.quoted.as_tuple().exponent
        step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        return abs(self.percent - self.quoted) <= step / 2


def ratio(part: int, whole: int, quoted: Decimal) -> Ratio:
    """A quoted ratio. Raises InputError for counts of which none can be taken."""
    if whole <= 0 or not 0 <= part <= whole:
        raise InputError("ratio", f"{part} of {whole} is no share", "count again")
    return Ratio(part, whole, quoted)


def tiv(units: int, each: Decimal, condition: Decimal = NEW) -> Decimal:
    """The volume of so many units, in the unit of ``each``, which is that of a new one.

    >>> tiv(6, Decimal(55)), tiv(1, Decimal(100), SECOND_HAND)
    (Decimal('330'), Decimal('40.00'))
    """
    if units < 0 or each < 0:
        raise InputError("TIV", f"{units} units of {each}", "neither can be below zero")
    return units * each * condition
