"""The fitted weights of the news reader, and evidence points: log odds.

The weights ship with armsledger; ``benchmarks/fit_evidence.py`` makes them from annotated documents. A class has a row
of weights for each feature, one for each of its values, in their order.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from armsledger.claims.looks import Table, table_of
from armsledger.lexicon.entries import COMPILED

Rows = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of both looks at the parties, and of stage, polarity and certainty."""

    first: Mapping[str, float]
    second: Mapping[str, float]
    table: Table
    stage: Rows
    polarity: Rows
    certainty: Rows


@cache
def weights() -> Weights:
    """The weights that ship with armsledger."""
    told = json.loads((COMPILED / "evidence.json").read_text(encoding="utf-8"))
    first, second = told["first"], told["second"]
    return Weights(first, second, table_of(first, second), told["stage"], told["polarity"], told["certainty"])


def log_odds(probability: float) -> Decimal:
    """The natural logarithm of p over 1 - p, to two places."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return Decimal(math.log(p / (1 - p))).quantize(Decimal("0.01"))
