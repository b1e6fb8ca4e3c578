"""Compares two profiles: which reasons hold for them and against them.

    veto?  ->  ground, supplier, variant  ->  time  ->  kind of work  ->  counts  ->  sums  ->  terms  ->  papers

Nothing here weighs anything: the points stand with the reasons (reasons.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from armsledger.deals import reasons
from armsledger.deals.profile import DELIVERED, ELSE, Phase, Profile, Sum
from armsledger.deals.reasons import Rule, awarded
from armsledger.deals.variants import siblings
from armsledger.deals.written import Bound, Nearness, Written, nearness
from armsledger.model import Meaning, Mode

YEAR = 365
MONTH = 31


def compare(one: Profile, other: Profile, base: Rule) -> list[Rule]:
    """All reasons for and against; where there is a veto, that alone. ``base`` is what the ground itself is worth."""
    veto = _veto(one, other)
    if veto is not None:
        return [veto]
    found = [base]
    if one.suppliers and other.suppliers:
        found.append(reasons.SAME_SUPPLIER)
    if one.variants and other.variants:
        same = not one.variants.isdisjoint(other.variants)
        found.append(reasons.SAME_VARIANT if same else reasons.LIKE_VARIANT)
    time = _in_time(one, other)
    if time is not None:
        found.append(time)
    work = _in_work(one.works, other.works)
    if work is not None:
        found.append(work)
    _by_counts(one, other, found)
    if one.sums or other.sums:
        _by_sums(one, other, found)
    if one.programmes and other.programmes and _same_programme(one, other):
        found.append(reasons.SAME_PROGRAMME)
    if one.again is not other.again:
        found.append(reasons.ANOTHER)
    if one.used is not other.used:
        found.append(reasons.USED)
    if one.modes and other.modes and one.modes.isdisjoint(other.modes):
        found.append(reasons.OTHER_MODE)
    if one.stories and other.stories and not one.stories.isdisjoint(other.stories):
        found.append(reasons.SAME_STORY)
    if base is reasons.KIND:
        _by_words(one, other, found)
    if (one.cases or other.cases) and of_two_papers(one, other):
        _by_papers(*((one, other) if one.cases else (other, one)), found)
    return found


def settled(profile: Profile) -> bool:
    """Whether it says how many or for how much."""
    return bool(profile.asked or profile.bought or any(meaning is not Meaning.AWARD for meaning, _, _ in profile.sums))


# -- what cannot be one deal ------------------------------------------------------------------------------


def _veto(one: Profile, other: Profile) -> Rule | None:
    """The first thing that keeps two apart for good."""
    if one.suppliers and other.suppliers and one.suppliers.isdisjoint(other.suppliers):
        return reasons.OTHER_SUPPLIER
    if one.cases and other.cases:
        if one.cases.isdisjoint(other.cases) and not (one.amends & other.cases or other.amends & one.cases):
            return reasons.OTHER_CASE
    elif not (one.cases or other.cases) and one.contracts and other.contracts:
        apart = one.contracts.isdisjoint(other.contracts)
        if apart:
            return reasons.OTHER_CONTRACT
    if one.entries and other.entries and _other_entry(one.entries, other.entries):
        return reasons.OTHER_ENTRY
    if one.variants and other.variants and siblings(one.variants, other.variants):
        return reasons.SIBLING
    if one.modes and other.modes and _lent(one) is not _lent(other):
        return reasons.LENT
    if one.days and other.days and max(other.days[0] - one.days[1], one.days[0] - other.days[1]) > 10 * YEAR:
        return reasons.DECADE
    return None


def _other_entry(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one register has the two under different entries."""
    if not one.isdisjoint(other):
        return False
    registers = {entry.partition("|")[0] for entry in one}
    return any(entry.partition("|")[0] in registers for entry in other)


_LENDING = frozenset({Mode.LOAN, Mode.LEASE})


def _lent(profile: Profile) -> bool:
    return not profile.modes.isdisjoint(_LENDING)


# -- time -------------------------------------------------------------------------------------------------

_LAG = 60  # days by which papers on an earlier step may lag behind those on a later one
_LONG = 99_999

_SAME_STEP = (
    (MONTH, reasons.SAME_MONTH),
    (100, reasons.SAME_SEASON),
    (YEAR, reasons.SAME_YEAR),
    (2 * YEAR, reasons.TWO_YEARS),
    (5 * YEAR, reasons.FIVE_YEARS),
    (_LONG, reasons.FAR),
)
_OTHER_STEP = (
    (MONTH, reasons.STEPS_MONTH),
    (3 * YEAR, reasons.STEPS_YEARS),
    (5 * YEAR, reasons.STEPS_LATE),
    (_LONG, reasons.STEPS_FAR),
)


def _in_time(one: Profile, other: Profile) -> Rule | None:
    """How near in time: where both tell of one step, by that; else by how steps follow one another.

    Deliveries go on for years, and so do the contracts of one case: they are one step only where they are near.
    """
    if not one.phases or not other.phases:
        return None
    contracts = bool(one.contracts and other.contracts)
    if len(one.phases) == len(other.phases) == 1:  # most pairs
        same, across, backward = _two_steps(one.phases[0], other.phases[0], contracts)
    else:
        found = [_two_steps(a, b, contracts) for a in one.phases for b in other.phases]
        same, across = min(gap for gap, _, _ in found), min(gap for _, gap, _ in found)
        backward = same == _LONG and all(one_way for _, _, one_way in found)
    if same < _LONG:
        return _first(_SAME_STEP, same)
    return reasons.BACKWARD if backward else _first(_OTHER_STEP, across)


def _two_steps(one: Phase, other: Phase, contracts: bool) -> tuple[int, int, bool]:
    """Days between two steps, as one step and as two (``_LONG`` for what they are not), and whether an earlier step
    comes after a later one.
    """
    phase, first, last = one
    other_phase, other_first, other_last = other
    gap = other_first - last if other_first > last else first - other_last if first > other_last else 0
    if phase == other_phase:
        if gap <= YEAR or not (phase == DELIVERED or contracts):
            return gap, _LONG, True
        return _LONG, gap, False
    early, late = (first, other_last) if phase < other_phase else (other_first, last)
    return _LONG, gap, early > late + _LAG and phase != ELSE and other_phase != ELSE


def _first(rules: tuple[tuple[int, Rule], ...], gap: int) -> Rule:
    """The first rule that reaches so many days."""
    for days, rule in rules:
        if gap <= days:
            return rule
    return rules[-1][1]


# -- what is done -----------------------------------------------------------------------------------------

_WORKS = {
    frozenset(("goods", "service")): reasons.GOODS_OR_SERVICE,
    frozenset(("goods", "upgrade")): reasons.GOODS_OR_UPGRADE,
    frozenset(("service", "upgrade")): reasons.UPGRADE_OR_SERVICE,
}


def _in_work(one: frozenset[str], other: frozenset[str]) -> Rule | None:
    if one.isdisjoint(other):
        return _WORKS[frozenset((min(one), min(other)))]
    return None if "goods" in one or "goods" in other else reasons.SAME_WORK


# -- counts -----------------------------------------------------------------------------------------------

_FEW, _DOZEN = 6, 12
_MORE = Decimal("1.05")  # a delivery may be a little larger than was said of the order


def _by_counts(one: Profile, other: Profile, found: list[Rule]) -> None:
    """Counts of what is asked for, ordered and delivered. A contract may be for fewer than were notified, a delivery
    for a part of an order; more of either is against.
    """
    mine, theirs = _whole(one), _whole(other)
    if mine and theirs:
        if not mine.isdisjoint(theirs):
            found.append(_same_count(mine & theirs))
        elif any(alike(a, b) for a in mine for b in theirs):
            found.append(reasons.LIKE_COUNT)
        elif not (_fewer(one, other) or _fewer(other, one)):
            found.append(reasons.OTHER_COUNT)
    elif one.got and theirs:
        _by_parts(one.got, theirs, found)
    elif other.got and mine:
        _by_parts(other.got, mine, found)
    elif one.got and other.got and not one.got.isdisjoint(other.got):
        found.append(reasons.SAME_FEW)


def _whole(profile: Profile) -> frozenset[Written]:
    """The counts of what is asked for or ordered."""
    if profile.asked and profile.bought:
        return profile.asked | profile.bought
    return profile.asked or profile.bought


def _by_parts(got: frozenset[Written], whole: frozenset[Written], found: list[Rule]) -> None:
    if not got.isdisjoint(whole):
        found.append(_same_count(got & whole))
    elif min(c.amount for c in got) > _MORE * max(c.amount for c in whole):
        found.append(reasons.MORE_DELIVERED)


def _same_count(shared: Iterable[Written]) -> Rule:
    """How much it says that two give the same count: a few is what many deals are for, 53 is not."""
    counts = [c.amount for c in shared]
    if all(n <= _FEW for n in counts):
        return reasons.SAME_FEW
    usual = all(n <= _DOZEN or n % 10 == 0 for n in counts)
    return reasons.SAME_USUAL_COUNT if usual else reasons.SAME_COUNT


@lru_cache(maxsize=65536)
def alike(one: Written, other: Written) -> bool:
    """Whether two counts are one figure, more and less exactly told."""
    if nearness(one, other) in (Nearness.SAME, Nearness.ROUNDING):
        return True
    if one.bound is Bound.NONE and other.bound is Bound.NONE:
        return False
    return abs(one.amount - other.amount) <= max(one.amount, other.amount) / 10


def _fewer(contract: Profile, case: Profile) -> bool:
    """Whether a contract is for fewer than were asked for."""
    if not (contract.contracts and contract.bought and case.asked):
        return False
    return max(c.amount for c in contract.bought) <= max(c.amount for c in case.asked)


# -- sums -------------------------------------------------------------------------------------------------

_LEEWAY = Decimal("1.1")  # awards are made later than the estimate, at later prices


def _by_sums(one: Profile, other: Profile, found: list[Rule]) -> None:
    """Sums of one meaning may be the same or not; a sum whose meaning is not told may repeat one whose is; awards
    stay within a ceiling. Sums of different meaning are never taken as equal.
    """
    if one.sums and other.sums:
        verdicts = [_two_sums(a, b) for a in one.sums for b in other.sums]
        for rule in (reasons.SAME_SUM, reasons.REPEATED_SUM, reasons.OTHER_SUM):
            if rule in verdicts:
                found.append(rule)
                break
    if (one.ceiling is None) is (other.ceiling is None):
        return
    ceiling = other.ceiling if one.ceiling is None else one.ceiling
    paid, limits = awarded(one, other), one.limits | other.limits
    if ceiling is not None and paid:
        found.append(reasons.WITHIN_CEILING if paid <= ceiling * _LEEWAY else reasons.ABOVE_CEILING)
    elif ceiling is not None and limits and max(limits) <= ceiling:
        found.append(reasons.WHOLE_WITHIN)


@lru_cache(maxsize=65536)
def _two_sums(one: Sum, other: Sum) -> Rule | None:
    meaning, currency, amount = one
    other_meaning, other_currency, other_amount = other
    if currency != other_currency:
        return None
    near = nearness(amount, other_amount)
    same = near in (Nearness.SAME, Nearness.ROUNDING)
    if meaning is other_meaning:
        if same:
            return reasons.SAME_SUM
        open_ = meaning is Meaning.AWARD or near is Nearness.ALLOWED  # a contract has many actions
        return None if open_ else reasons.OTHER_SUM
    untold = (Meaning.REPORTED, None)
    return reasons.REPEATED_SUM if same and (meaning in untold or other_meaning in untold) else None


_near = lru_cache(maxsize=65536)(nearness)


def _same_programme(one: Profile, other: Profile) -> bool:
    return any(
        currency == other_currency and _near(amount, other_amount) in (Nearness.SAME, Nearness.ROUNDING)
        for currency, amount in one.programmes
        for other_currency, other_amount in other.programmes
    )


# -- items, papers ----------------------------------------------------------------------------------------


def _by_words(one: Profile, other: Profile, found: list[Rule]) -> None:
    """Where no system is known, the words of the item have to do."""
    shared, fewer = len(one.words & other.words), min(len(one.words), len(other.words))
    if shared > 1 and 2 * shared >= fewer:
        found.append(reasons.SAME_WORDS)
    elif fewer > 1 and 3 * shared < fewer:
        found.append(reasons.OTHER_WORDS)


def of_two_papers(one: Profile, other: Profile) -> bool:
    """Whether one is a notified case and the other a contract."""
    return bool(
        (one.cases and other.contracts and not other.cases) or (other.cases and one.contracts and not one.cases)
    )


def _by_papers(case: Profile, paper: Profile, found: list[Rule]) -> None:
    """Whether a contract can be what a notified case led to: one that was made before it is not, and one that only
    names the buyer, neither how many nor for how much, says nothing of this case.
    """
    if found[0] is not reasons.KIND or reasons.SAME_WORDS in found:
        found.append(reasons.PAPERS)
    year = min((y for y in map(contract_year, paper.contracts) if y), default=None)
    if year is not None and case.days is not None and year < date.fromordinal(case.days[0]).year:
        found.append(reasons.OLDER_CONTRACT)
    elif not (paper.bought or paper.awards or reasons.WHOLE_WITHIN in found):
        found.append(reasons.BARE_CONTRACT)


# Activity, fiscal year, kind of instrument (48 CFR 4.1603); orders under an agreement (G, A, D) may be far younger.
_NUMBER = re.compile(r"contract [A-Z0-9]{6}(\d{2})C")


def contract_year(key: str) -> int | None:
    """The fiscal year in which a contract of the United States was made, by its number; None where it does not say.

    >>> contract_year("contract FA867523C0037 PAK"), contract_year("contract FA862010G3038 FRA")
    (2023, None)
    """
    found = _NUMBER.match(key)
    return None if found is None else 2000 + int(found[1])
