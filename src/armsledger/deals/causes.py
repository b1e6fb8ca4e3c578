"""Why two values of one field differ, where it can be told, and the rule that told it.

Each rule looks at two values and says nothing, or a cause with its reason; the first that speaks is believed. Their
order is that of the questions an analyst asks: is it the same kind of thing (unit, meaning, stage, window, vintage),
then is it the same figure (rounding), then has somebody slipped. What no rule tells is unknown, and contradicts.
Sums of different meaning are never compared as equals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from armsledger.deals.values import Said, SharedSum, designations
from armsledger.deals.written import Nearness, nearness, slip
from armsledger.model import DateInterval, DocumentId, Meaning, Mode, Stage


class Cause(StrEnum):
    """Why two values may differ."""

    CEILING = "ceiling against contract"
    SHARED = "shared contract"  # the sum of a contract or programme, against one buyer's part
    PACKAGE = "package against item"
    MEANING = "another meaning"  # set aside against worth, one action of a contract against another
    STAGE = "another stage"  # asked for, ordered, handed over so far
    ROUNDING = "rounding"
    CURRENCY = "currency or year"
    WINDOW = "window"
    VINTAGE = "vintage"
    COPY = "copy error"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around the values of one deal.

    ``packages`` are the documents that tell of several articles, ``stories`` the origin that each document leads back
    to, ``taken_back`` the figures that a correction calls wrong.
    """

    shared: tuple[SharedSum, ...] = ()
    packages: frozenset[DocumentId] = frozenset()
    stories: Mapping[DocumentId, str] = field(default_factory=dict)
    taken_back: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """How a value stands to another one of its field: whether they contradict one another, why, and by which rule.

    ``cause`` is None where they differ in wording alone.
    """

    against: str
    contradicts: bool
    cause: Cause | None
    rule: str


Reply = tuple[bool, Cause | None, str]
Rule = Callable[[Said, Said, Setting], Reply | None]


def difference(one: Said, other: Said, setting: Setting) -> Difference:
    """How ``one`` stands to ``other``, by the first rule of its field that says something."""
    for rule in RULES.get(one.field, ()):
        told = rule(one, other, setting)
        if told is not None:
            return Difference(other.value, *told)
    return Difference(other.value, contradicts=True, cause=Cause.UNKNOWN, rule="no rule tells why they differ")


def matching_sum(said: Said, shared: Iterable[SharedSum]) -> SharedSum | None:
    """The sum of a shared contract that this sum is, written more or less exactly in a document of its own."""
    return next(
        (s for s in shared if s.said.claim.document != said.claim.document and is_one_figure(said, s.said)), None
    )


def is_one_figure(one: Said, other: Said) -> bool:
    """Whether two numbers of one unit are the same figure, written more or less exactly."""
    if one.written is None or other.written is None or one.unit != other.unit:
        return False
    return nearness(one.written, other.written) in (Nearness.SAME, Nearness.ROUNDING)


# -- sums of money ----------------------------------------------------------------------------------------


def _other_currency(one: Said, other: Said, _: Setting) -> Reply | None:
    if one.unit != other.unit:
        return False, Cause.CURRENCY, f"{one.unit} against {other.unit}; no rate is applied"
    return None


_PRICES = re.compile(
    r"^\W{0,3}(?:in|at)\s(?:constant\s|current\s|then-year\s)?(?:FY\s?|fiscal\s(?:year\s)?)?((?:19|20)\d\d)\s"
    r"(?:US\s|U\.S\.\s)?(?:dollars|prices|euros|pounds|money)",
    re.IGNORECASE,
)


def _price_year(said: Said) -> str | None:
    """The year of whose money a sum is, where the words behind it say so."""
    anchor, claim = said.anchor, said.claim
    if anchor is None or not claim.start <= anchor.end <= claim.end:
        return None
    found = _PRICES.match(claim.quote[anchor.end - claim.start :])
    return found[1] if found else None


def _other_prices(one: Said, other: Said, _: Setting) -> Reply | None:
    mine, theirs = _price_year(one), _price_year(other)
    if (mine or theirs) and mine != theirs:
        years = " against ".join(f"money of {year}" if year else "a year not stated" for year in (mine, theirs))
        return False, Cause.CURRENCY, years
    return None


def _of_shared_contract(one: Said, other: Said, setting: Setting) -> Reply | None:
    for said in (one, other):
        shared = matching_sum(said, setting.shared) if said.field == "value" else None
        if shared is not None:
            rule = f"{said.value} is the {shared.name} of a contract that several buyers share, and no buyer's part"
            return False, Cause.SHARED, rule
    return None


_CONTRACTED = (Meaning.AWARD, Meaning.OBLIGATED, Meaning.LICENCE)


def _other_meaning(one: Said, other: Said, _: Setting) -> Reply | None:
    """Sums whose meanings are known and differ."""
    meanings = {one.meaning, other.meaning}
    if len(meanings) == 1 or None in meanings or Meaning.REPORTED in meanings:
        return None
    if Meaning.CEILING in meanings and meanings & set(_CONTRACTED):
        return False, Cause.CEILING, "a notice says what may be spent at most, a contract what was agreed"
    told = sorted(str(m) for m in meanings)
    return False, Cause.MEANING, f"{told[0]} against {told[1]}"


def _reported(one: Said, other: Said, setting: Setting) -> Reply | None:
    """A sum whose meaning nobody told, beside one whose meaning is known: a contradiction only where it is more than
    the most that was allowed.
    """
    if (one.meaning is Meaning.REPORTED) == (other.meaning is Meaning.REPORTED) or _rounded(one, other, setting):
        return None
    said, known = (one, other) if one.meaning is Meaning.REPORTED else (other, one)
    if known.meaning is not Meaning.CEILING or said.written is None or known.written is None:
        return False, Cause.MEANING, f"what the reported sum means is not told; the other is told as {known.meaning}"
    if said.claim.stage in (Stage.ORDERED, Stage.DELIVERED) and said.written.amount < known.written.amount:
        return False, Cause.CEILING, "less than the most that a notice allowed, and said of an order"
    return None


def _other_action(one: Said, other: Said, _: Setting) -> Reply | None:
    """Two actions of a contract are worth a sum each. What names no contract may speak of any of them."""
    if one.meaning is other.meaning and one.about != other.about and " " in one.about and " " in other.about:
        return False, Cause.MEANING, "another action of the contract, with a sum of its own"
    return None


def _grown(one: Said, other: Said, _: Setting) -> Reply | None:
    """A cumulative value grows with every action: two days have two of them."""
    days = (one.claim.date or one.published, other.claim.date or other.published)
    if None not in days and str(days[0]) != str(days[1]):
        return False, Cause.WINDOW, f"as it stood {days[0]}, and as it stood {days[1]}"
    return None


def _package_against_item(one: Said, other: Said, setting: Setting) -> Reply | None:
    """A sum of one counted article, against the larger one of a paper that lists several."""
    if one.written is None or other.written is None:
        return None
    item, package = sorted((one, other), key=lambda s: s.written.amount if s.written else 0)
    listed = package.claim.document in setting.packages and item.claim.document not in setting.packages
    if listed and item.claim.quantity is not None:
        return False, Cause.PACKAGE, "the larger sum is of a package of several articles, the smaller of one article"
    return None


# -- numbers of any kind ----------------------------------------------------------------------------------


def _rounded(one: Said, other: Said, _: Setting) -> Reply | None:
    if one.written is None or other.written is None:
        return None
    near = nearness(one.written, other.written)
    if near is Nearness.ALLOWED:
        bounded = one if one.written.bound else other
        return False, Cause.ROUNDING, f"“{bounded.written.bound if bounded.written else ''}” lets the other in"
    if near is Nearness.ROUNDING:
        return False, Cause.ROUNDING, "one figure, written more and less exactly"
    return (False, None, "the same figure") if near is Nearness.SAME else None


def _other_vintage(one: Said, other: Said, _: Setting) -> Reply | None:
    mine, theirs = (next((a.value for a in s.claim.anchored("vintage")), None) for s in (one, other))
    if mine and theirs and mine != theirs:
        return False, Cause.VINTAGE, f"the register as it stood {mine}, and as it stood {theirs}"
    return None


def _taken_back(one: Said, other: Said, setting: Setting) -> Reply | None:
    for said in (one, other):
        if said.value in setting.taken_back:
            return True, Cause.COPY, f"{said.value} was taken back by a correction"
    return None


def _slipped(one: Said, other: Said, _: Setting) -> Reply | None:
    if one.written is None or other.written is None:
        return None
    told = slip(one.written, other.written)
    return (True, Cause.COPY, told) if told else None


def _copied(one: Said, other: Said, setting: Setting) -> Reply | None:
    """Two values in copies of one story: one of the copies is wrong."""
    stories = setting.stories
    mine, theirs = stories.get(one.claim.document), stories.get(other.claim.document)
    if mine is not None and mine == theirs and one.claim.document != other.claim.document:
        return True, Cause.COPY, "both papers tell the same story, so one of them has copied it wrongly"
    return None


# -- quantities -------------------------------------------------------------------------------------------


def _other_window(one: Said, other: Said, _: Setting) -> Reply | None:
    """Deliveries of two periods are parts of one whole."""
    mine, theirs = one.claim.date, other.claim.date
    delivered = one.claim.stage is other.claim.stage is Stage.DELIVERED
    if delivered and mine and theirs and mine != theirs:
        return False, Cause.WINDOW, f"delivered in {mine} against delivered in {theirs}"
    return None


_STEPS = {
    Stage.CONSIDERED: "asked for",
    Stage.REQUESTED: "asked for",
    Stage.OFFERED: "asked for",
    Stage.NEGOTIATED: "asked for",
    Stage.APPROVED: "asked for",
    Stage.ORDERED: "ordered",
    Stage.DELIVERED: "handed over so far",
    Stage.HALTED: "halted",
}


def _other_stage(one: Said, other: Said, _: Setting) -> Reply | None:
    mine, theirs = _STEPS[one.claim.stage], _STEPS[other.claim.stage]
    if mine != theirs:
        return False, Cause.STAGE, f"{mine} against {theirs}"
    return None


def _of_one_paper(one: Said, other: Said, _: Setting) -> Reply | None:
    """Two counts or two sums in one document are of two articles or orders, or of a whole and its part."""
    if one.claim.document == other.claim.document:
        return False, None, "told in one paper, which may speak of two articles or orders"
    return None


# -- items, dates, terms ----------------------------------------------------------------------------------


def _variants(one: Said, other: Said, _: Setting) -> Reply | None:
    """A variant is not its sibling; a family and its variant, or two wordings, are no contradiction."""
    mine, theirs = designations(one.value), designations(other.value)
    if not mine or not theirs or any(a.startswith(b) or b.startswith(a) for a in mine for b in theirs):
        return False, None, "one names it more exactly, or in other words"
    return None


def _overlapping(one: Said, other: Said, _: Setting) -> Reply | None:
    mine, theirs = DateInterval(one.value), DateInterval(other.value)
    if mine.first < theirs.after and theirs.first < mine.after:
        return False, Cause.ROUNDING, "one date is told more exactly"
    return None


_ACT_AND_PAPER_DAYS = 31


def _swapped(one: Said, other: Said, _: Setting) -> Reply | None:
    mine, theirs = one.value.split("-"), other.value.split("-")
    if len(mine) == len(theirs) == 3 and mine[0] == theirs[0] and (mine[1], mine[2]) == (theirs[2], theirs[1]):
        return True, Cause.COPY, "day and month have changed places"
    return None


def _act_and_paper(one: Said, other: Said, _: Setting) -> Reply | None:
    mine, theirs = DateInterval(one.value), DateInterval(other.value)
    apart = max((mine.first - theirs.after).days, (theirs.first - mine.after).days) + 1
    if apart <= _ACT_AND_PAPER_DAYS:
        return False, None, f"{apart} days apart: an act and the papers about it seldom have one date"
    return None


def _in_parts(one: Said, _other: Said, _: Setting) -> Reply | None:
    if one.claim.stage in (Stage.DELIVERED, Stage.HALTED, Stage.CONSIDERED, Stage.NEGOTIATED, Stage.OFFERED):
        return False, Cause.WINDOW, f"{one.claim.stage} may have more than one date"
    return None


_PAID = frozenset({Mode.SALE})
_UNPAID = frozenset({Mode.AID, Mode.LOAN, Mode.LEASE})


def _compatible_modes(one: Said, other: Said, _: Setting) -> Reply | None:
    modes = {Mode(one.value), Mode(other.value)}
    if not (modes & _PAID and modes & _UNPAID):
        return False, None, "one deal may have both"
    return None


RULES: Mapping[str, tuple[Rule, ...]] = {
    "value": (
        _other_vintage,
        _other_currency,
        _other_prices,
        _of_shared_contract,
        _other_meaning,
        _other_action,
        _reported,
        _rounded,
        _of_one_paper,
        _package_against_item,
        _taken_back,
        _slipped,
        _copied,
    ),
    "programme": (_other_currency, _other_prices, _rounded, _other_action, _taken_back, _grown, _slipped, _copied),
    "quantity": (_rounded, _other_stage, _other_vintage, _other_window, _of_one_paper, _slipped, _copied),
    "item": (_variants, _other_vintage),
    "date": (_overlapping, _other_vintage, _swapped, _act_and_paper, _in_parts, _copied),
    "mode": (_compatible_modes, _other_vintage),
    "supplier": (_other_vintage,),
}
