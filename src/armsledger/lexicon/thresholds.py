"""From which sum on a sale must be notified to the Congress of the United States: by buyer, category and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from armsledger.errors import LexiconError
from armsledger.lexicon.entries import DATA
from armsledger.lexicon.review import review_rule

_FILE = "notification-thresholds.yml"


class Category(StrEnum):
    """What is sold, as the law parts it."""

    MAJOR = "major defense equipment"
    ARTICLES = "defense articles and services"
    CONSTRUCTION = "design and construction"
    FIREARMS = "firearms of category I sold commercially"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The sum in dollars from which a sale is notified, the days that Congress then has, and the source.

    ``seen`` is the day on which the source was read: the law may have changed since.
    """

    category: Category
    dollars: Decimal
    days: int
    source: str
    seen: date

    def reached_by(self, dollars: Decimal) -> bool:
        """Whether a sale of that sum is notified."""
        return dollars >= self.dollars


def threshold(party: str, category: Category, day: date) -> Threshold | None:
    """The threshold for a buyer on a day; None for a day before those that the table knows.

    >>> missiles = threshold("TUR", Category.MAJOR, date(2025, 5, 14))
    >>> missiles.days, missiles.reached_by(Decimal(225_000_000)), missiles.reached_by(Decimal(24_000_000))
    (15, True, False)
    """
    told, rule, usual = _told(), review_rule(party, day), review_rule("", day)
    if day < told["from"] or rule is None or usual is None:
        return None
    group = "nato_plus" if rule.days < usual.days else "other"
    row = next(r for r in told["thresholds"] if r["category"] == category and r["group"] in (group, "any"))
    days = row.get("days", rule.days)
    return Threshold(category, Decimal(row["million"]) * 1_000_000, days, told["source"], told["seen"])


@cache
def _told() -> dict[str, Any]:
    import yaml

    told = yaml.safe_load((DATA / _FILE).read_text(encoding="utf-8"))
    if not isinstance(told, dict) or not {"seen", "from", "source", "thresholds"} <= told.keys():
        raise LexiconError(f"{_FILE}: needs seen, from, source and thresholds")
    for row in told["thresholds"]:
        if row["category"] not in tuple(Category) or row["group"] not in ("nato_plus", "other", "any"):
            raise LexiconError(f"{_FILE}: {row}: no such category or group")
    return told
