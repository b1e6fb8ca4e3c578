"""Two readers on one passage: which claims are a pair, where they agree, where they differ, what only one states."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from armsledger.deals.agreement import Verdict, agreements, compare, same_passage
from armsledger.model import Claim, DateInterval, DocumentId, Meaning, Money, Stage, Subject


def claim(reader: str = "news/1", start: int = 0, end: int = 40, **slots: Any) -> Claim:
    """A claim on characters of an invented document."""
    told = {"supplier": "RUS", "recipient": "IND", "item": "S-400", "system": "s-400"} | slots
    document = DocumentId(told.pop("document", "d1"))
    return Claim(document, start, end, "x" * (end - start), reader, told.pop("stage", Stage.ORDERED), **told)


def verdicts(one: Claim, other: Claim) -> dict[str, Verdict]:
    return {f.name: f.verdict for f in compare(one, other).fields}


@pytest.mark.parametrize(
    ("field", "one", "other", "verdict"),
    [
        ("recipient", "IND", "IND", Verdict.AGREE),
        ("recipient", "IND", "TUR", Verdict.DIFFER),
        ("recipient", None, "TUR", Verdict.ONE),
        ("quantity", Decimal("5"), Decimal("5.0"), Verdict.AGREE),
        ("quantity", Decimal(5), Decimal(50), Verdict.DIFFER),
        # the words of one are among the other's
        ("speaker", "Turkish media", "Turkish media recently", Verdict.AGREE),
        ("speaker", "author", "Turkish media", Verdict.DIFFER),
        # as precise as each was said, a day in common
        ("date", DateInterval("2019"), DateInterval("2019-07"), Verdict.AGREE),
        ("date", DateInterval("2019"), DateInterval("2020"), Verdict.DIFFER),
        # sums of another meaning are no equals
        ("value", Money(Decimal(5), "USD", Meaning.AWARD), Money(Decimal(5), "USD", Meaning.AWARD), Verdict.AGREE),
        ("value", Money(Decimal(5), "USD", Meaning.AWARD), Money(Decimal(5), "USD", Meaning.CEILING), Verdict.DIFFER),
        ("stage", Stage.ORDERED, Stage.DELIVERED, Verdict.DIFFER),
    ],
)
def test_field_by_field(field: str, one: Any, other: Any, verdict: Verdict) -> None:
    told = verdicts(claim(**{field: one}), claim("llm/m", **{field: other}))
    assert told[field] is verdict


def test_what_neither_says_is_left_out() -> None:
    assert not {"quantity", "value", "mode", "second-hand"} & verdicts(claim(), claim("llm/m")).keys()


def test_what_one_states_alone_is_no_contradiction() -> None:
    pair = compare(claim(), claim("llm/m", quantity=Decimal(5)))
    assert pair.agree
    assert [f.name for f in pair.of(Verdict.ONE)] == ["quantity"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"system": None, "item": "AIM-120C-8 missile"}, {"system": None, "item": "AIM-120C-8"}, True),
        ({"system": "aim-120", "item": "AMRAAM"}, {"system": "aim-120", "item": "AIM-120C-8"}, True),
        ({"system": "s-400", "item": "system"}, {"system": "s-300", "item": "system"}, False),
    ],
)
def test_items_are_the_same_by_system_or_by_words(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert (verdicts(claim(**one), claim("llm/m", **other))["item"] is Verdict.AGREE) is same


# -- which claims are a pair ------------------------------------------------------------------------------


def test_a_pair_needs_one_passage_two_readers_and_something_in_common() -> None:
    mine = claim()
    assert len(agreements([mine, claim("llm/m", 30, 60)])) == 1
    assert agreements([mine, claim("llm/m", 40, 60)]) == ()  # the stretches only touch
    assert agreements([mine, claim("llm/m", document="d2")]) == ()  # another document
    assert agreements([mine, claim("news/2", 10, 50, quantity=Decimal(5))]) == ()  # the same reader, another version
    assert agreements([mine, claim("llm/m", item="F-16", system="f-16", supplier="USA")]) == ()  # another transfer
    assert agreements([mine, claim("llm/m", subject=Subject.CONTRACT)]) == ()


def test_the_same_two_sides_are_enough() -> None:
    (pair,) = agreements([claim(), claim("llm/m", item="air defence battery", system=None)])
    assert not pair.agree
    assert [f.name for f in pair.of(Verdict.DIFFER)] == ["item"]


def test_sides_the_wrong_way_round_are_a_pair_that_differs() -> None:
    (pair,) = agreements([claim(), claim("llm/m", supplier="IND", recipient="RUS")])
    assert {f.name for f in pair.of(Verdict.DIFFER)} == {"supplier", "recipient"}


def test_each_claim_meets_the_one_that_is_most_like_it() -> None:
    """Two legs in one sentence: the buy-back and the resale, each read by both."""
    legs = [claim(supplier="TUR", recipient="RUS"), claim(supplier="RUS", recipient="IND")]
    told = [*legs, *(replace(leg, reader="llm/m", start=5) for leg in legs)]
    for order in permutations(told):
        found = agreements(order)
        assert {(p.one.supplier, p.one.recipient) for p in found} == {("TUR", "RUS"), ("RUS", "IND")}
        assert all(p.agree for p in found)


def test_three_readers_are_compared_two_by_two() -> None:
    found = agreements([claim(), claim("llm/m"), claim("other/1")])
    assert len(found) == 3


def test_a_claim_that_comes_twice_counts_once() -> None:
    assert len(agreements([claim(), claim(), claim("llm/m")])) == 1


def test_seen_from_the_other_side() -> None:
    mine, other = claim(stage=Stage.ORDERED), claim("llm/m", stage=Stage.DELIVERED, quantity=Decimal(2))
    (pair,) = agreements([mine, other])
    turned = pair.seen_from(other)
    assert (turned.one, turned.other) == (other, mine)
    (stage,) = turned.of(Verdict.DIFFER)
    assert (stage.one, stage.other) == ("delivered", "ordered")
    assert turned.seen_from(other) is turned


def test_same_passage() -> None:
    assert same_passage(claim(start=0, end=10), claim(start=9, end=20))
    assert not same_passage(claim(start=0, end=10), claim(start=10, end=20))
