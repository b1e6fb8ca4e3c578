"""How long the Congress of the United States may look at a notified sale: dated facts, by buyer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from armsledger.errors import LexiconError
from armsledger.lexicon.entries import DATA
from armsledger.lexicon.matcher import lexicon

_FILE = "review-periods.yml"
_ALLIANCE = "NATO"


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """So many calendar days, and the law or the accession by which they hold."""

    days: int
    source: str


@dataclass(frozen=True, slots=True)
class _Since:
    first: date
    source: str


@dataclass(frozen=True, slots=True)
class _Rules:
    usual: ReviewRule
    shorter: ReviewRule
    in_force: date
    since: Mapping[str, _Since]


def review_rule(party: str, day: date) -> ReviewRule | None:
    """The rule for a buyer whose sale is notified on a day; None for a day before there was a law.

    >>> review_rule("TUR", date(2025, 5, 14)).days, review_rule("PAK", date(2025, 5, 14)).days
    (15, 30)
    >>> review_rule("SWE", date(2024, 3, 6)).days, review_rule("SWE", date(2024, 3, 7)).days
    (30, 15)
    """
    rules = _rules()
    if day < rules.in_force:
        return None
    since = rules.since.get(_ALLIANCE if party in _bodies() else party)
    return rules.usual if since is None or day < since.first else ReviewRule(rules.shorter.days, since.source)


@cache
def _bodies() -> frozenset[str]:
    """Codes of the alliance and of what is a part of it."""
    return frozenset({_ALLIANCE} | {p.code for p in lexicon().parties if p.part_of == _ALLIANCE})


@cache
def _rules() -> _Rules:
    import yaml

    told = yaml.safe_load((DATA / _FILE).read_text(encoding="utf-8"))
    try:
        usual, shorter = told["usual"], told["shorter"]
        member = f"{shorter['source']}; member of {_ALLIANCE}"
        since = {row["party"]: _since(row, "") for row in shorter["named"]}
        since |= {row["party"]: _since(row, member) for row in shorter["members"]}
        first = since[_ALLIANCE].first  # when the law began to name the alliance: a member before it gains nothing
        return _Rules(
            ReviewRule(usual["days"], usual["source"]),
            ReviewRule(shorter["days"], shorter["source"]),
            first,
            since,
        )
    except (KeyError, TypeError) as error:
        raise LexiconError(f"{_FILE}: {error!r} is missing or wrong") from error


def _since(row: Mapping[str, Any], why: str) -> _Since:
    if not isinstance(row["from"], date):
        raise LexiconError(f"{_FILE}: {row['party']}: from must be a day, has {row['from']!r}")
    return _Since(row["from"], f"{why} since {row['from'].isoformat()}" if why else str(row["source"]))
