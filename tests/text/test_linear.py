"""No grammar of ours takes more than linear time, whatever is repeated (law 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from armsledger.lexicon.designators import find_designators
from armsledger.text.dates import find_dates
from armsledger.text.money import find_money
from armsledger.text.offsets import view
from armsledger.text.quantities import find_counts
from armsledger.text.sentences import sentence_spans
from hostile import UNITS, growth

GRAMMARS: dict[str, Callable[[str], object]] = {
    "dates": lambda text: list(find_dates(text)),
    "sums": lambda text: list(find_money(text)),
    "counts": lambda text: list(find_counts(text)),
    "sentences": lambda text: list(sentence_spans(text)),
    "views": lambda text: view(text, join_lines=True),
    "designators": lambda text: list(find_designators(text)),
}


@pytest.mark.parametrize("grammar", GRAMMARS)
@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_takes_about_four_times_as_long(grammar: str, unit: str) -> None:
    assert growth(GRAMMARS[grammar], UNITS[unit], size=6000) < 10
