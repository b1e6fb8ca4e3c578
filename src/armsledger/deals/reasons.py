"""Why two profiles may be of one deal, or may not: every reason with its points, and what the points have to come to.

The points are set by hand, about six for each time that a reason makes one deal twice as likely; how often a reason
holds within a deal and between deals was counted on made-up papers, and rounded. What all claims of a ground share
brings a pair to within reach of ``LINK``, one good reason more carries it over, one against pulls it down. ``VETO``
cannot be outweighed by anything but a person's judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from armsledger.deals.profile import Profile
from armsledger.model import plain

# -- what the points have to come to ----------------------------------------------------------------------

LINK = 40  # from here on two profiles are taken as of one deal, where nothing else is as near
PAPERS_LINK = 50  # what a notice and a contract need: papers of one buyer and system come every year
ASK = 36  # from here on a person is asked
REACH = 30  # from here on another group is a rival
# How far the best candidate must be ahead of one that it excludes, by the points of its best pair: the weaker the
# reasons, the clearer it has to be.
MARGINS = ((66, 8), (52, 14), (0, 24))
SETTLED = 46  # what two groups need that each give a count or a sum, where nothing specific speaks for them
APART = 24  # what two groups need as wholes
GROWN = 8  # and more for each paper of the lesser one: two groups of one deal have more in common as they grow
VETO = -1000


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One reason: its name, its points, and how it is told of two profiles."""

    name: str
    points: int
    told: Callable[[Profile, Profile], str]


def points(rules: Iterable[Rule]) -> int:
    """The sum of the points."""
    return sum([rule.points for rule in rules])


def margin(n: int) -> int:
    """How far ahead a candidate has to be whose best pair has so many points."""
    return next(ahead for least, ahead in MARGINS if n >= least)


# -- how reasons are told ---------------------------------------------------------------------------------


def _fixed(words: str) -> Callable[[Profile, Profile], str]:
    return lambda _one, _other: words


def _both(words: str, of: Callable[[Profile], Iterable[str]]) -> Callable[[Profile, Profile], str]:
    """Tells what both have in common."""
    return lambda one, other: f"{words} {', '.join(sorted(set(of(one)) & set(of(other))))}"


def _each(words: str, of: Callable[[Profile], Iterable[str]]) -> Callable[[Profile, Profile], str]:
    """Tells what each has of its own."""
    return lambda one, other: f"{words}: {_listed(of(one))} and {_listed(of(other))}"


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values) or "not told"


def _named(of: Callable[[Profile], Iterable[str]]) -> Callable[[Profile], list[str]]:
    return lambda profile: sorted(of(profile))


def _counts(profile: Profile) -> list[str]:
    return [plain(n) for n in sorted({c.amount for c in profile.asked | profile.bought | profile.got})]


def _sums(profile: Profile) -> list[str]:
    told = {(amount.amount, currency, str(meaning or "not told")) for meaning, currency, amount in profile.sums}
    return [f"{currency} {plain(amount)} ({meaning})" for amount, currency, meaning in sorted(told)]


def _when(profile: Profile) -> list[str]:
    if profile.days is None:
        return []
    first, last = (date.fromordinal(day).isoformat() for day in profile.days)
    return [first if first == last else f"{first} to {last}"]


def awarded(one: Profile, other: Profile) -> Decimal:
    """What the actions of the contracts come to, each counted once."""
    made = one.awards | other.awards
    return sum((amount for _, _, amount in made), Decimal(0))


def _against_ceiling(one: Profile, other: Profile) -> str:
    most = plain(one.ceiling or other.ceiling or Decimal(0))
    paid = awarded(one, other)
    if paid:
        return f"awards of {plain(paid)} against at most {most}"
    return f"a contract of {plain(max(one.limits | other.limits))}, of which some part, against at most {most}"


# -- what a ground is worth -------------------------------------------------------------------------------

FAMILY = Rule("same recipient and system", 30, _fixed("one recipient, one family of systems"))
KIND = Rule("same recipient and kind of thing", 15, _fixed("one recipient; no system is named, only what kind it is"))

# -- for --------------------------------------------------------------------------------------------------

SAME_NUMBER = Rule("same official number", 100, _both("both are of", lambda p: p.cases | p.contracts | p.entries))
AMENDS = Rule("amends the case", 100, _each("one amends the other", _named(lambda p: p.cases)))
SAYS_THE_SAME = Rule("says the same", 100, _fixed("it says all that the other says, in the same week"))
SAME_SUPPLIER = Rule("same supplier", 5, _both("both name", lambda p: p.suppliers))  # most grounds have one supplier
SAME_VARIANT = Rule("same variant", 7, _both("both name the variant", lambda p: p.variants))
LIKE_VARIANT = Rule("variants that agree", 4, _each("one names it more exactly", _named(lambda p: p.variants)))
SAME_MONTH = Rule("same step within a month", 28, _each("dates", _when))  # reports of one event come together
SAME_SEASON = Rule("same step within a hundred days", 16, _each("dates", _when))
SAME_YEAR = Rule("same step within a year", 4, _each("dates", _when))
STEPS_MONTH = Rule("steps within a month", 12, _each("dates", _when))
STEPS_YEARS = Rule("steps that follow in time", 8, _each("dates", _when))  # an order comes within three years
SAME_COUNT = Rule("same quantity", 40, _both("both say", _counts))  # 53 is hardly ever said of two deals
SAME_USUAL_COUNT = Rule("same usual quantity", 22, _both("both say", _counts))  # up to a dozen, or a multiple of ten
SAME_FEW = Rule("same small quantity", 12, _both("both say", _counts))  # one pair in six of different deals agrees
LIKE_COUNT = Rule("quantities that agree", 12, _each("one figure, more and less exact", _counts))
SAME_SUM = Rule("same value", 30, _each("one sum of one meaning", _sums))
REPEATED_SUM = Rule("the same figure", 26, _each("a sum whose meaning is not told repeats the figure", _sums))
SAME_PROGRAMME = Rule("same programme", 20, _fixed("both give the same value of the contract or programme as a whole"))
WITHIN_CEILING = Rule("within the ceiling", 14, _against_ceiling)
WHOLE_WITHIN = Rule("whole contract within the ceiling", 6, _against_ceiling)  # what the buyer's part is, is not told
PAPERS = Rule("notice and contract", 8, _both("an official case and a contract of", lambda p: p.suppliers))
SAME_WORK = Rule("same kind of work", 5, _both("both are about", lambda p: p.works))
SAME_WORDS = Rule("same words for the item", 15, _both("both say", lambda p: p.words))
SAME_STORY = Rule("told together", 10, _fixed("one document tells both"))  # two in three claims have such a companion

# -- against ----------------------------------------------------------------------------------------------

OTHER_COUNT = Rule("other quantities", -26, _each("quantities", _counts))
MORE_DELIVERED = Rule("more delivered than ordered", -18, _each("quantities", _counts))
OTHER_SUM = Rule("other values", -8, _each("sums", _sums))  # sums are misreported more often than counts
ABOVE_CEILING = Rule("above the ceiling", -60, _against_ceiling)
OLDER_CONTRACT = Rule(
    "contract made before the notice", -60, _each("contracts and cases", _named(lambda p: p.contracts | p.cases))
)
BARE_CONTRACT = Rule("contract only names the buyer", -20, _fixed("it tells neither how many nor for how much"))
TWO_YEARS = Rule("same step more than a year apart", -2, _each("dates", _when))
FIVE_YEARS = Rule("same step more than two years apart", -16, _each("dates", _when))
FAR = Rule("same step more than five years apart", -28, _each("dates", _when))
STEPS_LATE = Rule("steps more than three years apart", -4, _each("dates", _when))
STEPS_FAR = Rule("steps more than five years apart", -16, _each("dates", _when))
BACKWARD = Rule("an earlier step after a later one", -20, _each("dates", _when))  # asked for again: another deal
ANOTHER = Rule("a further deal", -16, _fixed("one is called additional, another or a follow-on, the other is not"))
USED = Rule("second-hand", -12, _fixed("one says second-hand, the other does not"))
OTHER_MODE = Rule("other terms", -8, _each("terms", _named(lambda p: p.modes)))
GOODS_OR_SERVICE = Rule("goods against service", -20, _each("what is done", _named(lambda p: p.works)))
GOODS_OR_UPGRADE = Rule("goods against upgrade", -12, _each("what is done", _named(lambda p: p.works)))
UPGRADE_OR_SERVICE = Rule("upgrade against service", -18, _each("what is done", _named(lambda p: p.works)))
OTHER_WORDS = Rule("other words for the item", -15, _each("items", _named(lambda p: p.words)))

# -- never ------------------------------------------------------------------------------------------------

OTHER_SUPPLIER = Rule("other supplier", VETO, _each("suppliers", _named(lambda p: p.suppliers)))
OTHER_CASE = Rule("other notified case", VETO, _each("cases", _named(lambda p: p.cases)))
OTHER_CONTRACT = Rule("other contract", VETO, _each("contracts", _named(lambda p: p.contracts)))
OTHER_ENTRY = Rule("other entry of one register", VETO, _each("entries", _named(lambda p: p.entries)))
SIBLING = Rule("sibling variants", VETO, _each("variants", _named(lambda p: p.variants)))
LENT = Rule("lent or leased against sold", VETO, _each("terms", _named(lambda p: p.modes)))
DECADE = Rule("more than ten years apart", VETO, _each("dates", _when))

# -- of groups, beside what they say as wholes ------------------------------------------------------------

OTHER_USUAL_COUNT = -45  # each gives a count more than once, and not the same
OTHER_USUAL_SUM = -36  # each gives a sum more than once, and none near
OTHER_EVENTS = -25  # each says more than once when a step was taken, most of a year apart
THE_FURTHER_ONE = -25  # most stories of one call it a further deal, hardly any of the other

# Reasons that say more than that two things are alike.
SPECIFIC = frozenset(
    {SAME_NUMBER, SAME_COUNT, SAME_USUAL_COUNT, SAME_FEW, LIKE_COUNT, SAME_SUM, REPEATED_SUM, SAME_PROGRAMME, PAPERS}
)
# Reasons beside which other sums are no surprise: a deal has an estimate, a price and payments.
AGREED = frozenset({SAME_COUNT, SAME_USUAL_COUNT, SAME_FEW, SAME_SUM, REPEATED_SUM})
