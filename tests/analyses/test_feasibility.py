"""Feasibility cards: constraints first, baselines beside models, and what flips the result."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from armsledger.analyses.baselines import WinSet, compromise, median, win_set
from armsledger.analyses.cards import card_from
from armsledger.analyses.feasibility import Feasibility, State, assess
from armsledger.errors import InputError

from .tables import needs_tables, table

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "card-s-400.yml"


@pytest.fixture(scope="module")
def found() -> Feasibility:
    return assess(card_from(EXAMPLE.read_text(), "card"), draws=400)


@pytest.mark.parametrize(
    ("status_quo", "vetoes", "expected"),
    [
        (50, (30, 70), WinSet(None, None)),  # the status quo lies between them: deadlock
        (10, (30, 70), WinSet(10, 50)),
        (20, (60,), WinSet(20, 100)),
        (0, (20, 50, 90), WinSet(0, 40)),
        (50, (), WinSet(0, 100)),
    ],
)
def test_what_veto_players_leave_open(status_quo: float, vetoes: tuple[float, ...], expected: WinSet) -> None:
    assert win_set(status_quo, vetoes) == expected


@needs_tables
def test_the_veto_cases_of_the_table() -> None:
    for row in table("veto_winset_cases"):
        got = win_set(float(row["status_quo"]), [float(v) for v in row["veto_positions"].split(";")])
        ends = [float(row[name]) if row[name] else None for name in ("winset_low", "winset_high")]
        assert [got.low, got.high] == ends


def test_the_median_is_the_position_that_no_other_beats() -> None:
    assert median([0, 10, 100], [1, 1, 1]) == 10
    assert median([0, 10, 100], [1, 1, 5]) == 100
    assert compromise([0, 100], [1, 3]) == 75


def test_the_example_says_what_it_is(found: Feasibility) -> None:
    result = found.result()
    assert result.method.model
    assert "illustration" in result.answer[0]
    assert any("adds nothing" in line for line in result.answer) is found.adds_nothing
    assert [line for line in result.unknown if line.startswith("CAATSA section 231")]


def test_the_same_seed_gives_the_same_result_and_another_one_another() -> None:
    card = card_from(EXAMPLE.read_text(), "card")
    assert assess(card, 200, seed=3) == assess(card, 200, seed=3)
    assert assess(card, 200, seed=3).compromise_band != assess(card, 200, seed=4).compromise_band


def test_a_failed_constraint_bars_its_options_whatever_anybody_wants() -> None:
    told = yaml.safe_load(EXAMPLE.read_text())
    told["constraints"][0] |= {"state": "fail", "bars": ["returned and resold to India"]}
    found = assess(card_from(yaml.safe_dump(told), "card"), 100)
    assert "returned and resold to India" not in found.open_options
    assert found.card.constraints[0].state is State.FAIL
    assert any(line.startswith("Barred") for line in found.result().answer)


def test_a_flip_names_the_change_and_both_options(found: Feasibility) -> None:
    names = {o.name for o in found.card.options}
    for flip in (*found.flips, *found.spoilers):
        assert flip.before == found.likeliest
        assert flip.after in names - {flip.before}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"actors": []}, "actors: is missing"),
        ({"question": None}, "has no question"),
        ({"scale": {0: "nothing"}}, "no two ends"),
        ({"status_quo": 150}, "outside the scale"),
        ({"options": [{"name": "one", "place": 0}]}, "fewer than two"),
    ],
)
def test_a_faulty_card_says_what_is_wrong(change: dict[str, object], says: str) -> None:
    told = yaml.safe_load(EXAMPLE.read_text()) | change
    if "options" in change:
        told["constraints"] = []
    with pytest.raises(InputError, match=says):
        card_from(yaml.safe_dump(told), "card.yml")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("position", 120, "outside the scale"),
        ("position", [60, 20], "no range"),
        ("salience", 1.4, "leaves 0 to 1"),
        ("capability", 0, "not above zero"),
        ("capability", "much", "no number"),
        ("source", "", "no text"),
        ("author", None, "has no author"),
    ],
)
def test_a_faulty_actor_says_which_and_what(field: str, value: object, says: str) -> None:
    told = yaml.safe_load(EXAMPLE.read_text())
    told["actors"][1][field] = value
    with pytest.raises(InputError, match=says):
        card_from(yaml.safe_dump(told), "card.yml")


def test_one_actor_alone_is_no_bargain() -> None:
    told = yaml.safe_load(EXAMPLE.read_text())
    told["actors"] = told["actors"][:1]
    with pytest.raises(InputError, match="two or more"):
        assess(card_from(yaml.safe_dump(told), "card.yml"))
