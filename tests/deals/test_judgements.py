"""Which judgements stand: appended, taken back, and taken back again."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from armsledger.deals.judgements import rejected, standing, verdicts_on_claims
from armsledger.model import Judgement


def made(verdict: str, *about: str, at: str = "2026-01-01T10:00", undoes: str | None = None) -> Judgement:
    return Judgement(verdict, about, "A. Analyst", at, "because the papers say so", undoes)


def undo(one: Judgement, at: str = "2026-01-02T10:00") -> Judgement:
    return made("undo", one.id, at=at, undoes=one.id)


SAME = made("same", "a", "b")


def test_a_judgement_stands_until_it_is_undone() -> None:
    assert standing([SAME]) == (SAME,)
    assert standing([SAME, undo(SAME)]) == ()


def test_an_undone_undo_lets_the_first_stand_again() -> None:
    first = undo(SAME)
    assert standing([SAME, first, undo(first)]) == (SAME,)


def test_undoing_what_is_not_there_does_nothing() -> None:
    assert standing([undo(made("reject", "x")), SAME]) == (SAME,)


def test_the_last_verdict_on_a_claim_counts() -> None:
    early, late = made("reject", "a", "c"), made("accept", "a", at="2026-03-01T09:00")
    assert verdicts_on_claims([late, early]) == {"a": late, "c": early}
    assert set(rejected([late, early])) == {"c"}
    assert set(rejected([late, early, undo(late, "2026-03-02")])) == {"a", "c"}


@given(st.lists(st.integers(0, 30), max_size=25), st.randoms(use_true_random=False))
def test_order_changes_nothing_and_undone_is_as_if_never_said(picks: list[int], shuffler: random.Random) -> None:
    said: list[Judgement] = [SAME]
    for n, pick in enumerate(picks):
        one = said[pick % len(said)]
        at = f"2026-02-{n + 1:02}"
        said.append(undo(one, at) if pick % 2 else replace(made("same", "a", str(pick)), made=at))
    shuffled = list(said)
    shuffler.shuffle(shuffled)
    assert standing(shuffled) == standing(said)
    last = undo(said[-1], "2026-12-31")
    assert set(standing([*said, last, undo(last, "2027-01-01")])) == set(standing(said))
    without = list(said[:-1])
    if said[-1].undoes is None:
        assert set(standing([*said, last])) == set(standing(without))
