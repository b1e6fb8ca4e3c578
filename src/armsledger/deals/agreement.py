"""Where two readers read the same passage: which of their claims speak of the same transfer, and where they differ.

Two claims are compared where they stand in one document, their stretches overlap, and readers of different names made
them. They are taken as a pair where they name the same item or the same two sides; of several pairs the one that has
most in common comes first, and no claim is in two pairs with the same other reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import starmap
from typing import Any

from armsledger.model import Claim, DateInterval, plain


class Verdict(StrEnum):
    """What two readers say of one field: the same, different things, or only one of them says anything."""

    AGREE = "agree"
    DIFFER = "differ"
    ONE = "stated by one"


@dataclass(frozen=True, slots=True)
class FieldVerdict:
    """One field of a pair: its name, what each of the two says (None where it says nothing), and the verdict."""

    name: str
    one: str | None
    other: str | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two claims on the same passage by two readers, field by field; fields that neither fills are left out."""

    one: Claim
    other: Claim
    fields: tuple[FieldVerdict, ...]

    def of(self, verdict: Verdict) -> tuple[FieldVerdict, ...]:
        """The fields with this verdict."""
        return tuple(f for f in self.fields if f.verdict is verdict)

    @property
    def agree(self) -> bool:
        """Whether no field has two different values. What only one of them states is no contradiction."""
        return not self.of(Verdict.DIFFER)

    def seen_from(self, claim: Claim) -> Agreement:
        """The same comparison with this claim first."""
        if self.one.id == claim.id:
            return self
        turned = (FieldVerdict(f.name, f.other, f.one, f.verdict) for f in self.fields)
        return Agreement(self.other, self.one, tuple(turned))


def reader_name(claim: Claim) -> str:
    """The reader without its version: ``news`` of ``news/1``."""
    return claim.reader.partition("/")[0]


def same_passage(one: Claim, other: Claim) -> bool:
    """Whether the two stand in one document and their stretches share a character."""
    return one.document == other.document and one.start < other.end and other.start < one.end


def agreements(claims: Iterable[Claim]) -> tuple[Agreement, ...]:
    """The pairs among these claims, in the order of the text; empty where one reader made them all."""
    by_document: dict[str, dict[str, Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document, {})[claim.id] = claim
    return tuple(pair for held in by_document.values() for pair in _pairs(sorted(held.values(), key=_place)))


def _pairs(claims: Sequence[Claim]) -> list[Agreement]:
    """The pairs within one document; its claims come in the order of the text."""
    if len({reader_name(c) for c in claims}) < 2:
        return []
    found = [(_likeness(pair), pair) for pair in starmap(compare, _overlapping(claims))]
    ranked = sorted(
        ((likeness, pair) for likeness, pair in found if likeness is not None),
        key=lambda x: ([-n for n in x[0]], _place(x[1].one), _place(x[1].other)),
    )
    taken: set[tuple[str, str]] = set()
    kept = []
    for _, pair in ranked:
        ends = {(pair.one.id, reader_name(pair.other)), (pair.other.id, reader_name(pair.one))}
        if not ends & taken:
            taken |= ends
            kept.append(pair)
    return sorted(kept, key=lambda p: (_place(p.one), _place(p.other)))


def _place(claim: Claim) -> tuple[int, int, str]:
    return claim.start, claim.end, claim.id


def _overlapping(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of different readers whose stretches overlap, the one that starts first as the first."""
    open_: list[Claim] = []
    for claim in claims:
        open_ = [earlier for earlier in open_ if earlier.end > claim.start]
        yield from ((e, claim) for e in open_ if reader_name(e) != reader_name(claim) and e.subject is claim.subject)
        open_.append(claim)


def _likeness(pair: Agreement) -> tuple[int, int] | None:
    """What two claims have in common: what names the transfer, then how it is told; None for two transfers."""
    agreed = {f.name for f in pair.of(Verdict.AGREE)}
    if "item" not in agreed and not {"supplier", "recipient"} <= agreed:
        return None
    return 2 * ("item" in agreed) + ("supplier" in agreed) + ("recipient" in agreed), len(agreed)


# -- field by field ---------------------------------------------------------------------------------------


def compare(one: Claim, other: Claim) -> Agreement:
    """Two claims field by field. Items, speakers and conditions agree where the words of one are among the other's;
    dates where they have a day in common.
    """
    verdicts = (_verdict(name, value, same, one, other) for name, value, same in _FIELDS)
    return Agreement(one, other, tuple(v for v in verdicts if v is not None))


def _verdict(
    name: str,
    value: Callable[[Claim], str | None],
    same: Callable[[Claim, Claim], bool] | None,
    one: Claim,
    other: Claim,
) -> FieldVerdict | None:
    said, heard = value(one), value(other)
    if said is None and heard is None:
        return None
    if said is None or heard is None:
        return FieldVerdict(name, said, heard, Verdict.ONE)
    equal = said == heard if same is None else same(one, other)
    return FieldVerdict(name, said, heard, Verdict.AGREE if equal else Verdict.DIFFER)


def _words(text: str | None) -> set[str]:
    return {w for w in re.findall(r"\w+", (text or "").casefold()) if w not in ("the", "a", "an", "of")}


def _within(one: str | None, other: str | None) -> bool:
    """Whether the words of one are all among those of the other."""
    left, right = sorted((_words(one), _words(other)), key=len)
    return one == other or (bool(left) and left <= right)


def _same_item(one: Claim, other: Claim) -> bool:
    if one.system and other.system:
        return one.system == other.system
    return _within(one.item, other.item)


def _same_date(one: Claim, other: Claim) -> bool:
    a, b = one.date, other.date
    return isinstance(a, DateInterval) and isinstance(b, DateInterval) and a.first < b.after and b.first < a.after


def _money(name: str) -> Callable[[Claim], str | None]:
    def told(claim: Claim) -> str | None:
        money = getattr(claim, name)
        return None if money is None else str(money) + (f" ({money.meaning})" if money.meaning else "")

    return told


def _plainly(name: str) -> Callable[[Claim], str | None]:
    def told(claim: Claim) -> str | None:
        value: Any = getattr(claim, name)
        return None if value is None or value is False else ("yes" if value is True else str(value))

    return told


_Field = tuple[str, Callable[[Claim], str | None], Callable[[Claim, Claim], bool] | None]
_FIELDS: tuple[_Field, ...] = (
    ("supplier", _plainly("supplier"), None),
    ("recipient", _plainly("recipient"), None),
    ("item", lambda c: c.item or c.system, _same_item),
    ("quantity", lambda c: None if c.quantity is None else plain(c.quantity), None),
    ("value", _money("value"), None),
    ("programme", _money("programme"), None),
    ("mode", _plainly("mode"), None),
    ("second-hand", _plainly("second_hand"), None),
    ("modernised", _plainly("modernised"), None),
    ("stage", _plainly("stage"), None),
    ("polarity", _plainly("polarity"), None),
    ("certainty", _plainly("certainty"), None),
    ("speaker", _plainly("speaker"), lambda a, b: _within(a.speaker, b.speaker)),
    ("date", _plainly("date"), _same_date),
    ("condition", _plainly("condition"), lambda a, b: _within(a.condition, b.condition)),
)
