"""``armsledger statements``: a denial stands beside what it denies, in every form."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from armsledger.model import StatementTopic
from armsledger.views.statements import COLUMNS, TOPICS

from .made_up import line, lines, ran, run, write

STORY = (
    "The White House said it had mediated the ceasefire between India and Pakistan. The missiles fell silent. "
    "India said no third party had mediated the ceasefire with Pakistan. "
    "The Pentagon said forty missiles had been sold to Norway."
)


@pytest.fixture
def told(here: Path) -> Path:
    write(here, story_jsonl=line(STORY, doc="story", published="2025-05-14", kind="news", title="A truce"))
    ran("read", "story.jsonl")
    return here


def test_one_line_a_statement_with_its_words(told: Path) -> None:
    found = lines("statements", "--format", "jsonl")
    assert [(s["speaker"], s["topic"], s["polarity"], s["contested"]) for s in found] == [
        ("White House", "mediation", "affirmed", True),
        ("India", "mediation", "denied", True),
        ("Pentagon", "transfer", "affirmed", False),
    ]
    assert [list(s) for s in found] == [list(COLUMNS)] * 3
    assert all(STORY[s["start"] : s["end"]] == s["quote"] for s in found)
    assert len({s["matter"] for s in found}) == 2


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["--topic", "mediation"], 2),
        (["--party", "India"], 2),
        (["--party", "Norway"], 1),
        (["--speaker", "Pentagon"], 1),
        (["--polarity", "denied"], 1),
        (["--contested"], 2),
        (["--document", "story"], 3),
        (["--as-of", "2025-05-13"], 0),
        (["--since", "2025-05-14"], 3),
        (["--limit", "1"], 1),
        (["--system", "s-400"], 0),
    ],
)
def test_asked_for(arguments: list[str], count: int, told: Path) -> None:
    assert len(lines("statements", *arguments, "--format", "jsonl")) == count


def test_for_people(told: Path) -> None:
    shown = " ".join(ran("statements").split())
    assert "Mediation · India, Pakistan, United States · affirmed 1, DENIED 1" in shown
    assert "DENIES" in shown
    assert "3 statements on 2 matters." in shown
    assert "and more" in ran("statements", "--limit", "1")


def test_as_a_table_for_programs(told: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("statements", "--format", "csv").stdout_bytes.decode(), newline="")))
    assert [r["speaker"] for r in rows] == ["White House", "India", "Pentagon"]
    assert rows[0]["parties"] == "IND PAK USA"
    assert rows[0]["contested"] == "true"


def test_nothing_to_show_is_said(told: Path) -> None:
    assert "No such statement: statements where topic is diversion." in ran("statements", "--topic", "diversion")


def test_an_empty_ledger(here: Path) -> None:
    write(here, a_jsonl=line("Rain fell.", doc="a", kind="news"))
    ran("read", "a.jsonl")
    assert "holds no statements yet" in ran("statements")


def test_the_topics_are_those_of_the_model() -> None:
    assert set(TOPICS) == set(StatementTopic)
