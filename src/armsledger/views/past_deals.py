"""Deals as the analyses of precedents and conversion need them: stages with their days, route, kind of recipient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from armsledger.analyses.precedents import Past, Route
    from armsledger.deals.bearing import Told
    from armsledger.ledger import ClaimFilter, Ledger
    from armsledger.model import Claim
    from armsledger.views.lived_deals import LivedDeal


def past_deals(book: Ledger, asked: Iterable[ClaimFilter], as_of: str | None) -> Iterator[Past]:
    """The deals that any filter lets through, each whole as of the date."""
    from armsledger.views.lived_deals import lived_deals

    return map(past_deal, lived_deals(book, asked, as_of))


def past_deal(lived: LivedDeal) -> Past:
    """One deal; what is possible, planned or denied reaches no stage."""
    from armsledger.analyses.precedents import Past
    from armsledger.deals.bearing import Bearing
    from armsledger.model import Polarity, Stage
    from armsledger.views.lived_deals import days_of

    def days(told: Iterable[Told]) -> tuple[date | None, date | None] | None:
        given = list(told)
        return days_of(given) if given else None

    delivered = lived.reached(Stage.DELIVERED)
    ended = lived.life.endings
    halted = [e.told for e in ended if not e.open and not _went_on(lived, e.told)]
    notices = [t for t in lived.life.told if _is_notice(t.claim) and t.bearing is Bearing.REACHED]
    noticed = days(notices)
    older = {t.id for t in lived.reached(Stage.ORDERED) if _is_older(t.claim, noticed[1] if noticed else None)}
    ordered = [t for t in lived.reached(Stage.ORDERED) if t.id not in older]
    began = _began(lived)
    furthest = lived.life.furthest
    return Past(
        deal=str(lived.deal.id),
        supplier=lived.deal.supplier,
        recipient=lived.deal.recipient,
        family=lived.family,
        route=_route(lived.claims),
        kind=_kind(lived.deal.recipient, began),
        began=began,
        stage=str(furthest.stage) if furthest else "none reached",
        notified=noticed,
        ordered=days(ordered),
        delivered=days(delivered),
        halted=days(halted),
        conditions=tuple(str(c.id) for c in lived.claims if c.condition is not None),
        denials=tuple(str(c.id) for c in lived.claims if c.polarity is Polarity.DENIED),
        older=tuple(sorted(str(key) for key in older)),
        evidence=tuple(str(t.id) for t in dict.fromkeys((*notices, *ordered, *delivered, *halted))),
        requested=days(lived.reached(Stage.REQUESTED)),
        full=_full(lived),
    )


def _full(lived: LivedDeal) -> tuple[date | None, date | None] | None:
    """The days between which the last of all was delivered: for each thing that is told as delivered the largest figure
    reaches the largest of what was ordered or approved. None where that is not told.
    """
    from armsledger.views.lived_deals import days_of

    found = lived.life.deliveries
    if not found or not all(one.of and one.at_least >= max(one.of) for one in found):
        return None
    ends = [days_of(t for b in one.batches if b.quantity == one.at_least for t in b.told) for one in found]
    firsts, lasts = [first for first, _ in ends if first], [last for _, last in ends if last]
    return (max(firsts) if len(firsts) == len(ends) else None), (max(lasts) if lasts else None)


def _went_on(lived: LivedDeal, ending: Told) -> bool:
    """Whether a stage is told to have been reached on a day after an ending, so that the deal went on."""
    from armsledger.model import Stage

    own = ending.happened
    later = (t for step in lived.life.steps if step.stage is not Stage.HALTED for t in step.reached)
    return own is not None and any(t.happened is not None and t.happened.first >= own.after for t in later)


def _is_notice(claim: Claim) -> bool:
    return claim.reader.startswith("notices/") and bool(claim.anchored("transmittal"))


_FISCAL = re.compile(r"[A-Z0-9]{6}-?(\d\d)-?[A-Z]")  # office, then the fiscal year of the award: FA8675-23-C


def _is_older(claim: Claim, noticed: date | None) -> bool:
    """Whether an order is an action under a contract that was awarded in a fiscal year before the notice: it cannot be
    what the notice came to.
    """
    years = [int(found[1]) + 2000 for a in claim.anchored("contract") if (found := _FISCAL.match(a.value.upper()))]
    return noticed is not None and bool(years) and max(years) < noticed.year + (noticed.month >= 10)


def _began(lived: LivedDeal) -> date | None:
    """The first day that is told of the deal: of a stage, else of a document."""
    from armsledger.deals.bearing import interval

    dated = [t.happened.first for t in lived.life.told if t.happened is not None]
    papers = [paper.first for t in lived.life.told if (paper := interval(t.published)) is not None]
    return min(dated) if dated else min(papers, default=None)


def _route(claims: Iterable[Claim]) -> Route:
    from armsledger.analyses.precedents import Route
    from armsledger.model import Meaning

    given = list(claims)
    readers = {c.reader.partition("/")[0] for c in given}
    if any(map(_is_notice, given)):
        return Route.NOTICE
    if "contracts" in readers:
        return Route.CONTRACT
    licensed = any(c.value is not None and c.value.meaning is Meaning.LICENCE for c in given)
    return Route.LICENCE if licensed or "register-uk-licences" in readers else Route.UNKNOWN


def _kind(recipient: str | None, day: date | None) -> str:
    """The kind of recipient on a day, by the law's own list; see ``precedents.KIND_RULE``."""
    from armsledger.analyses.precedents import ALLY, NOT_KNOWN, OTHER
    from armsledger.lexicon.review import review_rule

    rule = None if recipient is None or day is None else review_rule(recipient, day)
    usual = None if day is None else review_rule("", day)
    if rule is None or usual is None:
        return NOT_KNOWN
    return ALLY if rule.days < usual.days else OTHER
