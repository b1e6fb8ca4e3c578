"""Indicators with evidence and no score; paths in the order of time; one indicator before two outcomes."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import pytest

from armsledger.analyses.retransfer import Case, Passage, Retransfer, State, Told, paths, retransfer
from armsledger.errors import InputError
from armsledger.lexicon.consents import components
from armsledger.lexicon.matcher import lexicon


def passage(supplier: str, recipient: str, year: int | None, family: str = "t129", **more: object) -> Passage:
    first, last = (None, None) if year is None else (date(year, 1, 1), date(year, 12, 31))
    origin = more.pop("origin", (supplier,))
    made = {"done": True, "denied": False, "evidence": (f"{supplier}{recipient}{year}",)} | more
    return Passage(supplier, recipient, family, origin, first, last, **made)  # type: ignore[arg-type]


def case(**more: object) -> Case:
    given = {
        "supplier": "USA", "recipient": "TUR", "family": "cts800", "origin": ("USA",), "day": date(2021, 6, 1),
    } | more  # fmt: skip
    return Case(**given)  # type: ignore[arg-type]


def states(found: Retransfer) -> dict[str, State]:
    return {i.id: i.state for i in found.indicators}


# Helicopters with an engine under United States control: to Pakistan the consent was not given, to the Philippines it was.
PAKISTAN = passage("TUR", "PAK", 2018, origin=("TUR", "ITA"))
PHILIPPINES = passage("TUR", "PHL", 2021, origin=("TUR", "ITA"))


@pytest.mark.parametrize("sold", [PAKISTAN, PHILIPPINES], ids=["consent withheld", "consent given"])
def test_the_same_indicator_stood_before_opposite_outcomes(sold: Passage) -> None:
    found = retransfer(case(third=sold.recipient), [sold])
    third = next(i for i in found.indicators if i.id == "R3")
    assert third.state is State.PRESENT
    assert "cts800" in third.because
    assert third.evidence == sold.evidence
    result = found.result()
    assert result.limit.startswith("An indicator is no evidence of an intention or of an event")
    assert "score" not in str(result).lower()
    assert "risk" not in str(result).lower()


def test_what_nobody_published_is_unknown_and_never_absent() -> None:
    found = states(retransfer(case(), []))
    assert found["R6"] is found["R8"] is found["R9"] is found["R12"] is found["R13"] is State.UNKNOWN
    assert found["R1"] is State.UNKNOWN


def test_a_full_record_makes_absence_known() -> None:
    found = states(retransfer(case(third="SYR"), [], exports={"PAK": 0.16}))
    assert found["R1"] is State.ABSENT
    assert found["R4"] is State.ABSENT
    assert states(retransfer(case(third="PAK"), [], exports={"PAK": 0.16}))["R4"] is State.PRESENT


def test_only_what_came_from_elsewhere_is_passed_on() -> None:
    own = passage("TUR", "AZE", 2020, family="tb2", origin=("TUR",))
    resold = passage("TUR", "SYR", 2015, family="m113", origin=("USA",))
    asked = case(family="m113")
    assert states(retransfer(asked, [own]))["R1"] is State.UNKNOWN
    assert states(retransfer(asked, [own, resold]))["R1"] is State.PRESENT


def test_nothing_after_the_day_counts() -> None:
    late = passage("TUR", "SYR", 2024, family="m113", origin=("USA",))
    assert states(retransfer(case(family="m113"), [late]))["R1"] is State.UNKNOWN


def test_a_denial_is_shown_beside_and_not_netted_off() -> None:
    said = [
        Told("a newspaper", None, ("TUR",), False, "passed on", "s1"),
        Told("the ministry", "TUR", ("TUR",), True, "never passed on", "s2"),
    ]
    found = states(retransfer(case(), [], said))
    assert found["R2"] is State.PRESENT
    assert found["R13"] is State.PRESENT


@pytest.mark.parametrize(
    ("supplier", "third", "expected"),
    [
        ("FRA", "CHN", State.PRESENT),
        ("USA", "CHN", State.ABSENT),
        ("USA", "PRK", State.PRESENT),
        ("USA", None, State.UNKNOWN),
    ],
)
def test_an_embargo_counts_where_it_binds_the_supplier(supplier: str, third: str | None, expected: State) -> None:
    assert states(retransfer(case(supplier=supplier, third=third), []))["R5"] is expected


# -- paths ------------------------------------------------------------------------------------------------


def test_a_hop_before_the_one_it_follows_is_no_path() -> None:
    there = passage("A", "B", 2010)
    assert list(paths([there, passage("B", "C", 2008)], "A", "t129")) == []
    assert [str(p) for p in paths([there, passage("B", "C", 2012)], "A", "t129")] == ["A → B → C"]
    assert [str(p) for p in paths([there, passage("B", "C", None)], "A", "t129")] == ["A → B → C"]  # it may be later


def test_a_return_and_a_resale_are_one_path() -> None:
    given = [passage("RUS", "TUR", 2019), passage("TUR", "RUS", None), passage("RUS", "IND", None)]
    assert "RUS → TUR → RUS" in [str(p) for p in paths(given, "RUS", "t129")]


def test_another_family_is_another_path() -> None:
    assert list(paths([passage("A", "B", 2010), passage("B", "C", 2012, family="tb2")], "A", "t129")) == []


def test_shuffled_years_leave_fewer_paths_than_years_in_order() -> None:
    states = [chr(65 + n) for n in range(8)]
    given = [passage(a, b, 2000 + n) for n, (a, b) in enumerate(pairwise(states))]
    every = sum(len(list(paths(given, s, "t129"))) for s in states)
    drawn = random.Random(7)
    counts = []
    for _ in range(20):
        years = [p.first.year for p in given if p.first]
        drawn.shuffle(years)
        shuffled = [passage(p.supplier, p.recipient, y) for p, y in zip(given, years, strict=True)]
        counts.append(sum(len(list(paths(shuffled, s, "t129"))) for s in states))
    assert max(counts) <= every
    assert sum(counts) / len(counts) < every


def test_a_path_of_one_hop_is_none() -> None:
    with pytest.raises(InputError, match="is no path"):
        list(paths([PAKISTAN], "TUR", "t129", longest=1))


def test_the_tables_name_entries_of_the_lexicon() -> None:
    systems, parties = {s.id for s in lexicon().systems}, {p.code for p in lexicon().parties}
    for one in components():
        assert {one.system, one.part} <= systems
        assert one.state in parties


def test_a_part_that_is_passed_on_within_a_platform_is_a_path() -> None:
    engine = passage("USA", "TUR", 2010, family="cts800")
    found = [str(p) for p in paths([engine, PAKISTAN, passage("TUR", "SYR", 2012, family="tb2")], "USA", "cts800")]
    assert found == ["USA → TUR → PAK"]
    assert list(paths([engine, passage("TUR", "PAK", 2008)], "USA", "cts800")) == []  # before the engine came


def test_paths_that_begin_with_the_recipient_are_told_once() -> None:
    there, back, on = passage("RUS", "TUR", 2019), passage("TUR", "RUS", 2026), passage("RUS", "IND", 2027)
    asked = case(supplier="RUS", family="t129", day=date(2028, 1, 1))
    assert [str(p) for p in retransfer(asked, [back, on]).paths] == ["TUR → RUS → IND"]
    both = [str(p) for p in retransfer(asked, [there, back, on]).paths]
    assert both == ["RUS → TUR → RUS", "TUR → RUS → IND"]
