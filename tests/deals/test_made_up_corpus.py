"""How well deals are found among 300 of which the truth is known. Run with ``-s`` to see the figures.

The corpus and its faults are described in ``made_up_corpus.py``. Other seeds give other figures: over ten of them the
mean is printed in docs/explanation/deals.md.
"""

from __future__ import annotations

import pytest

from armsledger.model import Stage, Subject

from .made_up_corpus import Corpus, corpus
from .measuring import Found, pairs, put_together

PRECISION, RECALL = 0.98, 0.90


@pytest.fixture(scope="module")
def made() -> Corpus:
    return corpus()


@pytest.fixture(scope="module")
def found(made: Corpus) -> Found:
    return put_together(made.claims, made.published)


def test_pairs_of_claims_are_put_together_as_they_should_be(made: Corpus, found: Found) -> None:
    counted = pairs(found.keys, made.truth)
    print(f"\n300 made-up deals, {len(made.claims)} claims: {counted}; {len(found.questions)} questions")
    assert counted.precision >= PRECISION, counted
    assert counted.recall >= RECALL, counted


def test_questions_are_about_claims_that_are_apart(made: Corpus, found: Found) -> None:
    named = {c.id for c in made.claims}
    for question in found.questions:
        for link in question.candidates:
            assert {link.one, link.other} <= named
            assert found.keys[link.one] != found.keys[link.other]


def test_the_corpus_has_the_faults_that_it_says(made: Corpus) -> None:
    assert corpus(deals=20) == corpus(deals=20)
    assert corpus(deals=20, seed=1) != corpus(deals=20, seed=2)
    told = [c for c in made.claims if c.reader == "news/1"]
    bare = sum(c.quantity is None and c.value is None for c in told) / len(told)
    assert 0.15 <= bare <= 0.25
    assert 0.15 <= sum(c.item is not None and not any(d.isdigit() for d in c.item) for c in told) / len(told) <= 0.45
    assert 0.02 <= sum(c.supplier is None for c in told) / len(told) <= 0.06
    assert len(set(made.truth.values())) >= 270  # of some deals nobody wrote
    assert {c.subject for c in made.claims} == set(Subject)
    assert {Stage.APPROVED, Stage.ORDERED, Stage.DELIVERED} <= {c.stage for c in made.claims}
    for claim in made.claims:
        for anchor in claim.anchors:
            assert claim.quote[anchor.start - claim.start : anchor.end - claim.start] == anchor.quote
