"""The evaluation gate: how well the readers read, held above pinned floors. Floors only ever rise.

``pytest -s tests/evaluation`` prints the figures. The project's own gold set is always scored; the annotated documents
beside the checkout (``../shared/gold``) where they are there.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from .gate import (
    FLOORS,
    GOLD,
    KINDS,
    SHARED,
    SHARED_SETS,
    annotated_figures,
    below,
    digests,
    held_out,
    own_figures,
    own_gold,
    table,
)

PINNED: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
_LEAST = {"notices": 12, "contracts": 30, "news": 40}


@pytest.mark.parametrize("kind", KINDS)
def test_the_readers_stay_above_the_floors_of_our_own_gold(kind: str) -> None:
    tally = own_figures(kind)
    print(table(f"own gold, {kind}: {len(own_gold(kind))} documents", tally.f1(), PINNED["own"][kind]))
    print("\n".join(tally.misses))
    assert below(tally.f1(), PINNED["own"][kind]) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated documents are not beside the checkout (../shared/gold)")
@pytest.mark.parametrize("kind", SHARED_SETS)
def test_the_readers_stay_above_the_floors_of_the_annotated_documents(kind: str) -> None:
    figures = annotated_figures(kind)
    print(table(f"annotated documents, {kind}", figures, PINNED["shared"][kind]))
    missed = below(figures, PINNED["shared"][kind])
    if missed and digests()["shared"][kind] != PINNED["digests"]["shared"][kind]:
        pytest.skip(f"not the annotated documents that the floors are of (python -m tests.evaluation.pin): {missed}")
    assert missed == []


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_gold_is_large_enough_to_mean_something(kind: str) -> None:
    assert len(own_gold(kind)) >= _LEAST[kind]


def test_news_is_scored_on_documents_that_the_weights_were_not_fitted_on() -> None:
    assert all(held_out(entry["doc"]) for entry in own_gold("news"))


def test_every_quote_of_the_news_gold_stands_in_its_document() -> None:
    for path in sorted(GOLD.glob("news-*.jsonl")):
        for entry in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            assert all(record["quote"] in entry["text"] for record in entry["transfers"]), entry["doc"]


def test_the_floors_are_of_the_documents_that_are_here() -> None:
    """A changed gold set stops the run until somebody pins it again: ``python -m tests.evaluation.pin``."""
    for kind, digest in digests()["own"].items():
        assert PINNED["digests"]["own"][kind] == digest, f"the gold set changed: {kind}"


def test_every_figure_has_a_floor() -> None:
    for kind in KINDS:
        assert set(PINNED["own"][kind]) == set(own_figures(kind).f1())
