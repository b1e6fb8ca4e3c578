"""``armsledger timeline`` and what stands around a deal on its page. The stories are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .made_up import lines, ran, run
from .stories import NOTICE_STORY, RUMOUR, tell


@pytest.fixture
def rumour(here: Path) -> Path:
    """A rumour of a return and a resale, its denial, and an agreement half a year later."""
    tell(here / "armsledger.db", RUMOUR)
    return here


def _sold(day: str = "2040") -> str:
    """The deal that was done first."""
    (found,) = (
        one
        for one in lines("deals", "--format", "jsonl", "--as-of", day)
        if (one["supplier"], one["recipient"]) == ("RUS", "TUR")
    )
    return str(found["id"])


def _days(found: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(one["day"], one["on"], one["kind"]) for one in found]


def test_what_happened_stands_apart_from_what_was_told(rumour: Path) -> None:
    found = lines("timeline", _sold(), "--format", "jsonl")
    assert _days(found) == [
        ("2024", "happened", "claim"),
        ("2031-08-01", "happened", "event"),
        ("2031-08-13", "told", "statement"),
    ]
    assert found[0]["published"] == "2031-08-06"
    assert found[0]["what"] == "delivered"
    assert found[2]["denied"]
    assert all(one["quote"] and one["document"] for one in found)


def test_as_of_a_day_later_documents_do_not_exist(rumour: Path) -> None:
    found = lines("timeline", _sold(), "--as-of", "2031-08-10", "--format", "jsonl")
    assert _days(found) == [("2024", "happened", "claim"), ("2031-08-01", "happened", "event")]


def test_events_of_other_documents_must_be_near(rumour: Path) -> None:
    tell(rumour / "armsledger.db", NOTICE_STORY)
    near = _days(lines("timeline", "31-33", "--format", "jsonl"))
    assert ("2031-08-01", "happened", "event") in near
    far = _days(lines("timeline", "31-33", "--days", "0", "--format", "jsonl"))
    assert ("2031-08-01", "happened", "event") not in far


def test_the_table_has_days_marks_and_documents(here: Path) -> None:
    tell(here / "armsledger.db", NOTICE_STORY)
    told = ran("timeline", "31-33")
    assert "Status: approved" in told
    assert "2031-05-14  happened  claim: approved, official notice" in told
    assert "2031-05-16  told      claim: possibly ordered, the article itself · CONTESTED" in told
    assert "2031-06-01  told      claim: ordered: denied, ministry in Ankara · CONTESTED" in told
    assert "not told    told      claim: possibly delivered, the article itself" in told
    assert "“The missiles of case 31-33 may be bought soon.” [2]" in told
    assert "  [2]  paper 1 · Example Daily · 2031-05-16" in told
    assert "4 claims, 0 statements, 0 events. Open one with: armsledger show CLAIM\n" in told


def test_show_tells_what_is_around_a_deal(rumour: Path) -> None:
    told = ran("show", _sold())
    assert "Around it: 1 statement, 1 of denial" in told
    assert "official in Ankara (transfer: denied): “There are no talks" in " ".join(told.split())
    assert f"All, with events, by date: armsledger timeline {_sold()}" in told


def test_limit(here: Path) -> None:
    tell(here / "armsledger.db", NOTICE_STORY)
    assert len(lines("timeline", "31-33", "--limit", "2", "--format", "jsonl")) == 2
    assert "2 claims, 0 statements, 0 events; 2 more: raise --limit." in ran("timeline", "31-33", "--limit", "2")


@pytest.mark.parametrize(("wanted", "code"), [("99-99", 1), ("", 1), ("d", 2), ("\x1b[31m", 1)])
def test_what_is_no_deal_is_refused_in_one_line(rumour: Path, wanted: str, code: int) -> None:
    result = run("timeline", wanted)
    assert result.exit_code == code
    assert len(result.stderr.splitlines()) == 1
    assert "\x1b" not in result.stderr
