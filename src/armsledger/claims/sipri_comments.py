"""What the comments of SIPRI's trade register say in set phrases: prices, terms, variants, doubts.

    comments = remark { ";" remark }
    price    = [ "part of" ] sum [ "(" sum ")" ] [ quoted name ] ( "deal" | "aid" | "lease" | ... ) | "deal worth" sum
    remark   = price | [ name ] "aid" | "lease" ... | "loan" ... | "produced under licence in" state
             | variant "version" | field "uncertain" | "selected but not yet ordered by" date | anything else

A price is the only money in a register, and the price of a deal of which the row is a part is not the row's: it is kept
apart. Ranges ("$340-350 m deal") and alternatives ("$5 m or $7 m deal") name no one sum and give no value. Every
remark stays readable in the anchor of the whole comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from armsledger.claims.register_rows import ESTIMATE, party_named
from armsledger.lexicon.matcher import lexicon
from armsledger.model import Anchor, Meaning, Mode, Money, Stage
from armsledger.text.money import MARKS, Sum, find_money
from armsledger.text.registers import Register

COMMENT = "comment"  # how a field is filled that a remark says

# SIPRI's own short names of currencies beside the ISO codes.
_OWN_MARKS = {"DM": "DEM", "FFR": "FRF", "BFR": "BEF", "HFL": "NLG", "DKR": "DKK", "NTD": "TWD"}

_OWN_PRICE = re.compile(r"(?:deal|order|contract)?(?: worth)?", re.IGNORECASE)
_DOUBT = re.compile(r"(?:probably|possibly|reportedly) ", re.IGNORECASE)
_PART = re.compile(r"part(?: of)?(?: an?| the)?(?: (?:deal|order|contract|aid)(?: worth)?)?", re.IGNORECASE)
_PRICED = re.compile(
    r"\s?(?:\((?P<inner>[^()]{0,60})\)\s?)?(?:'[^']{1,60}' )?(?:\d{1,2}-year )?"
    r"(?P<noun>deal|order|contract|aid|lease|loan|package|programme)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\s?(?:\((?P<inner>[^()]{0,60})\))?\s*(?:$|\()")
_GOES_ON = re.compile(r"\s?(?:-|\u2013|to|or|and)\s?(?:[$€£]|[A-Z]{2,3})?\s?\d")
_INNER_PART = re.compile(r"\(part of $", re.IGNORECASE)

_AID = re.compile(r"(?:'[^']{1,60}' |M[D]?AP )?(?:aid|gift)\b(?! programme)", re.IGNORECASE)
_LENT = re.compile(r"(?:\d{1,2}-year )?(?P<noun>lease|loan)\b", re.IGNORECASE)
_LICENSED = re.compile(r"produced under licence in (?P<state>[A-Z][\w' -]{2,40})$", re.IGNORECASE)
_VERSION = re.compile(
    r"(?!(?:incl|for|from|originally|part|an?|possibly|probably|second-hand|modernized)\b)"
    r"(?P<name>[^()]{1,50}(?:\([^()]{1,30}\))?) version",
    re.IGNORECASE,
)
_UNCERTAIN = re.compile(r"(?P<field>supplier|recipient|designation|status) uncertain\b", re.IGNORECASE)
_OLD = re.compile(r"(?:probably|possibly) second-hand\b", re.IGNORECASE)
_NOT_ORDERED = re.compile(r"(?:not (?:yet )?ordered|contract not (?:yet )?signed)\b", re.IGNORECASE)
# Cheap signs that a remark is worth a look.
_PRICE_WORD = re.compile(r"deal|order|contract|aid|lease|loan|package|programme", re.IGNORECASE)
_TERMS_WORD = re.compile(r"aid\b|gift|lease|loan|licence", re.IGNORECASE)
_FIELDS = {"supplier": "supplier", "recipient": "recipient", "designation": "item", "status": "stage"}


@dataclass(frozen=True, slots=True)
class Comments:
    """What the remarks of a row say. ``stage`` is where an order has come that is none yet; ``anchors`` has the words
    of each field, and those of variants, further sums and doubts.
    """

    value: Money | None = None
    programme: Money | None = None
    mode: Mode | None = None
    stage: Stage | None = None
    anchors: tuple[Anchor, ...] = ()

    def of(self, *fields: str) -> tuple[Anchor, ...]:
        """The anchors of some fields."""
        return tuple(anchor for anchor in self.anchors if anchor.field in fields)

    @property
    def prices(self) -> tuple[Anchor, ...]:
        """The anchors of sums, and of doubts about them: they are the order's alone."""
        return tuple(anchor for anchor in self.anchors if _about(anchor).startswith(_SUMS))

    @property
    def terms(self) -> tuple[Anchor, ...]:
        """The anchors of what holds for order and delivery alike."""
        return tuple(a for a in self.anchors if a.field != "stage" and not _about(a).startswith(_SUMS))


_SUMS = ("value", "programme")


def _about(anchor: Anchor) -> str:
    return anchor.value if anchor.field == ESTIMATE else anchor.field


_NONE = Comments()


def read_comments(text: str, start: int, end: int, recipient: str | None) -> Comments:
    """What the comments at ``text[start:end]`` say of a row with this recipient."""
    if start >= end:
        return _NONE
    found: dict[str, Money | Mode | Stage] = {}
    anchors: list[Anchor] = []
    for first, last in _remarks(text, start, end):
        for name, value, anchor in (*_prices(text, first, last), *_terms(text, first, last, recipient)):
            if value is not None:
                if name in found:
                    continue  # the first remark of its kind; the others stay in the comment
                found[name] = value
            anchors.append(anchor)
    value, programme, mode, stage = (found.get(name) for name in ("value", "programme", "mode", "stage"))
    return Comments(
        value if isinstance(value, Money) else None,
        programme if isinstance(programme, Money) else None,
        mode if isinstance(mode, Mode) else None,
        stage if isinstance(stage, Stage) else None,
        tuple(anchors),
    )


_Found = tuple[str, Money | Mode | Stage | None, Anchor]


def _remarks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The remarks, without blanks at their ends."""
    at = start
    while at < end:
        stop = text.find(";", at, end)
        stop = end if stop < 0 else stop
        words = text[at:stop]
        if bare := words.strip():
            first = at + words.index(bare[0])
            yield first, first + len(bare)
        at = stop + 1


# -- prices -----------------------------------------------------------------------------------------------


def _prices(text: str, start: int, end: int) -> Iterator[_Found]:
    """The price of the row or of the deal that it is a part of, the same in another currency, and whether it is
    doubted.
    """
    if _PRICE_WORD.search(text, start, end) is None:
        return
    sums = list(_sums(text, start, end))
    if not sums:
        return
    first, *others = sums
    before = text[start : first.start].strip()
    doubted = _DOUBT.match(f"{before} ")
    bare = before[doubted.end() :] if doubted else before
    name = "programme" if _PART.fullmatch(bare) else "value" if _OWN_PRICE.fullmatch(bare) else None
    priced = _PRICED.match(text, first.end, end)
    if priced is None and bare.endswith("worth"):
        priced = _CLOSED.match(text, first.end, end)
    if name is None or priced is None or _GOES_ON.match(text, first.end, end):
        return
    yield name, _money(first), _anchor(text, name, _money(first), first.start, first.end)
    for other in others:
        if priced.start("inner") <= other.start < priced.end("inner"):
            yield "", None, _anchor(text, f"{name} in another currency", _money(other), other.start, other.end)
        elif name == "value" and _INNER_PART.search(text, start, other.start):
            yield "programme", _money(other), _anchor(text, "programme", _money(other), other.start, other.end)
    if doubted:
        yield "", None, _anchor(text, ESTIMATE, name, start, first.start)


def _sums(text: str, start: int, end: int) -> Iterator[Sum]:
    """The sums of a remark; a currency's short name is in capitals ("for all 12" has nothing to do with the lek)."""
    for found in find_money(text, start, end, _marks()):
        mark = text[found.start : found.start + 2]
        if mark == mark.upper():
            yield found


def _money(found: Sum) -> Money:
    return Money(found.amount, found.currency, Meaning.REPORTED)


@cache
def _marks() -> Mapping[str, str]:
    codes = {c.code: c.code for c in lexicon().currencies}
    return MappingProxyType(codes | dict(MARKS) | _OWN_MARKS)


# -- terms, variants, doubts ------------------------------------------------------------------------------


def _terms(text: str, start: int, end: int, recipient: str | None) -> Iterator[_Found]:
    words = text[start:end]
    if (mode := _mode(words, recipient)) is not None:
        yield "mode", mode, _anchor(text, "mode", mode, start, end)
    if found := _VERSION.match(words):
        first = start + found.start("name")
        yield "", None, _anchor(text, "version", found["name"], first, first + len(found["name"]))
    if found := _UNCERTAIN.match(words):
        yield "", None, _anchor(text, ESTIMATE, _FIELDS[found["field"].lower()], start, start + found.end())
    if found := _OLD.match(words):
        yield "", None, _anchor(text, ESTIMATE, "second-hand", start, start + found.end())
    if _NOT_ORDERED.search(words):
        yield "stage", Stage.NEGOTIATED, _anchor(text, "stage", Stage.NEGOTIATED, start, end)


def _mode(words: str, recipient: str | None) -> Mode | None:
    """The terms that a remark states of the whole deal; what is only probable, or of a part of it, states none."""
    if _TERMS_WORD.search(words) is None:
        return None
    price = next(_sums(words, 0, len(words)), None)
    bare = words[price.end :].lstrip() if price and price.start == 0 else words
    if _AID.match(bare):
        return Mode.AID
    if lent := _LENT.match(bare):
        return Mode.LEASE if lent["noun"].lower() == "lease" else Mode.LOAN
    licensed = _LICENSED.fullmatch(words)
    if licensed and recipient is not None and party_named(licensed["state"], Register.SIPRI).party == recipient:
        return Mode.LICENSED_PRODUCTION
    return None


def _anchor(text: str, field: str, value: object, start: int, end: int) -> Anchor:
    while end > start and text[end - 1].isspace():
        end -= 1
    return Anchor(field, str(value), start, end, text[start:end], COMMENT)
