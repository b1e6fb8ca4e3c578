"""The gate's own behaviour: floors rise by themselves, fall only with a reason, and a missing figure counts as nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .gate import Figures, below, digest, own_gold, pinned, table
from .pin import main
from .scoring import score


@pytest.mark.parametrize(
    ("floors", "figures", "lower", "kept", "fell"),
    [
        # a better figure raises its floor, a new one gets one
        ({"value": 0.8}, {"value": 0.9, "date": 1.0}, False, {"value": 0.9, "date": 1.0}, []),
        # a worse one changes nothing and is told
        ({"value": 0.8}, {"value": 0.7}, False, {"value": 0.8}, [("value", 0.8, 0.7)]),
        # a figure that is gone is a figure of nothing
        ({"value": 0.8}, {}, False, {"value": 0.8}, [("value", 0.8, 0.0)]),
        # allowed to fall
        ({"value": 0.8}, {"value": 0.7}, True, {"value": 0.7}, [("value", 0.8, 0.7)]),
        ({"value": 0.8}, {}, True, {}, [("value", 0.8, 0.0)]),
    ],
)
def test_floors(
    floors: Figures, figures: Figures, lower: bool, kept: Figures, fell: list[tuple[str, float, float]]
) -> None:
    assert pinned(floors, figures, lower=lower) == (kept, fell)


def test_what_is_below_is_told() -> None:
    assert below({"value": 0.7, "date": 1.0}, {"value": 0.8, "date": 1.0, "items": 0.5}) == [
        "value: 0.7000 < 0.8000",
        "items: 0.0000 < 0.5000",
    ]
    assert below({"value": 0.8}, {"value": 0.8}) == []


def test_the_table_shows_figure_and_floor() -> None:
    assert (
        table("own", {"value": 0.875}, {"value": 0.8}).splitlines()[-1]
        == "value                          0.875   0.800"
    )


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"own": {"notices": {"value": 0.8}}}))
    return path


def test_pinning_raises_and_keeps_the_digests(floors: Path) -> None:
    assert main([], floors, lambda: {"own": {"notices": {"value": 0.9}}}) == 0
    held = json.loads(floors.read_text())
    assert held["own"]["notices"] == {"value": 0.9}
    assert held["lowered"] == []
    assert set(held["digests"]["own"]) == {"notices", "contracts", "news"}


def test_pinning_refuses_to_lower(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = floors.read_text()
    assert main([], floors, lambda: {"own": {"notices": {"value": 0.7}}}) == 1
    assert floors.read_text() == before
    assert "own notices value: 0.8 -> 0.7" in capsys.readouterr().err


@pytest.mark.parametrize("because", [[], ["--because", "  "]])
def test_lowering_needs_a_reason(floors: Path, because: list[str]) -> None:
    before = floors.read_text()
    assert main(["--lower", *because], floors, lambda: {"own": {"notices": {"value": 0.7}}}) == 1
    assert floors.read_text() == before


def test_a_reason_lowers_and_is_kept(floors: Path) -> None:
    assert (
        main(["--lower", "--because", "a wrong annotation"], floors, lambda: {"own": {"notices": {"value": 0.7}}}) == 0
    )
    held = json.loads(floors.read_text())
    assert held["own"]["notices"] == {"value": 0.7}
    assert held["lowered"] == [{"floor": "own notices value", "from": 0.8, "to": 0.7, "because": "a wrong annotation"}]


def test_a_digest_is_of_names_and_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "a.yml", tmp_path / "b.yml"
    one.write_text("x")
    two.write_text("x")
    assert digest([one]) != digest([two])
    assert digest([one, two]) == digest([two, one])


def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "notices.yml").write_text("- {doc: a, text: x}\n- {doc: a, text: y}\n")
    with pytest.raises(ValueError, match="two entries have one name"):
        own_gold("notices", tmp_path)


_CONTRACT = {
    "contractors": ["Vulcan Inc."], "amount": 5, "contract": "X", "action": "award", "cumulative": None, "foreign": True,
    "customers": ["NOR"], "completion": "2024-06-30", "items": ["QX-9"],
}  # fmt: skip


def test_a_reading_that_agrees_is_right_in_every_field() -> None:
    tally = score([{"doc": "a", "contract": _CONTRACT}], {"a": {"contracts": [_CONTRACT]}})
    assert set(tally.f1().values()) == {1.0}
    assert tally.misses == []


def test_a_document_that_was_not_read_is_wrong_in_every_field_that_says_something() -> None:
    tally = score([{"doc": "a", "contract": _CONTRACT}], {})
    assert {name for name, figure in tally.f1().items() if figure == 1.0} == {"cumulative"}
    assert tally.misses


def test_the_order_of_names_means_nothing_and_a_wrong_one_is_told() -> None:
    want = _CONTRACT | {"customers": ["NOR", "CHL"]}
    assert (
        score([{"doc": "a", "contract": want}], {"a": {"contracts": [want | {"customers": ["CHL", "NOR"]}]}}).misses
        == []
    )
    tally = score([{"doc": "a", "contract": want}], {"a": {"contracts": [want | {"customers": ["CHL", "PER"]}]}})
    assert tally.f1()["customers"] == 0.5
    assert any("missed ['NOR'], wrongly found ['PER']" in miss for miss in tally.misses)
