"""``armsledger chains`` and the chain on a deal's page, as of three days. The story is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from .made_up import lines, ran
from .stories import NOTICE_STORY, RUMOUR, tell


@pytest.fixture
def rumour(here: Path) -> Path:
    """A rumour of a return and a resale, its denial, and an agreement half a year later."""
    tell(here / "armsledger.db", RUMOUR)
    return here


def _flat(told: str) -> str:
    return " ".join(told.split())


@pytest.mark.parametrize(
    ("day", "way"),
    [
        ("2031-08-06", "RUS --done--> TUR --possible--> RUS --possible--> IND"),
        ("2031-08-20", "RUS --done--> TUR --possible, contested--> RUS --possible--> IND"),
        # the denial was of talks before: what was signed on a later day it does not speak of, the rumour it still does
        ("2032-02", "RUS --done--> TUR --in progress, contested--> RUS --possible--> IND"),
    ],
)
def test_a_chain_as_of_three_days(rumour: Path, day: str, way: str) -> None:
    told = ran("chains", "--as-of", day)
    assert f"  {way}\n" in told
    (line,) = lines("chains", "--as-of", day, "--format", "jsonl")
    assert line["ways"] == [way]
    assert [(leg["supplier"], leg["recipient"], leg["after"]) for leg in line["legs"]] == [
        ("RUS", "TUR", None),
        ("TUR", "RUS", 1),
        ("RUS", "IND", 2),
    ]


def test_every_leg_has_its_words(rumour: Path) -> None:
    (line,) = lines("chains", "--format", "jsonl")
    for leg in line["legs"]:
        assert leg["claims"]
        assert all(one["quote"] and one["published"] for one in leg["claims"])
        assert leg["status"]["sentence"]
    assert line["legs"][1]["roles"][0] | {"role": "re-exporter", "party": "TUR"} == line["legs"][1]["roles"][0]
    assert line["legs"][2]["because"] == "the words say that it is passed on"


def test_the_list_says_what_a_chain_is(rumour: Path) -> None:
    told = ran("chains")
    assert told.startswith("All chains:\n\nS-400 Triumf · chain c")
    assert "1 chain. A chain is a way that exists on paper: no leg says that the next one is meant, or will be." in told
    assert "armsledger show DEAL" in told
    assert "3 documents, 3 independent origins; first told by Example Gazette, 2031-08-06" in told
    assert "re-exporter: Turkey, by the legs of the chain" in _flat(told)


def test_chains_are_asked_by_party_and_system(rumour: Path) -> None:
    tell(rumour / "armsledger.db", NOTICE_STORY)
    assert len(lines("chains", "--party", "India", "--format", "jsonl")) == 1
    assert len(lines("chains", "--system", "S-400", "--format", "jsonl")) == 1
    assert ran("chains", "--system", "AMRAAM").startswith("No chains for claims where system is aim-120.")


def test_show_says_which_leg_a_deal_is(rumour: Path) -> None:
    (line,) = lines("chains", "--format", "jsonl", "--as-of", "2031-08-20")
    for number, leg in enumerate(line["legs"], 1):
        for deal in leg["deals"]:
            told = ran("show", deal, "--as-of", "2031-08-20")
            assert f"Leg {number} of 3 legs of a chain ({line['id']})\n  {line['ways'][0]}\n" in told
            (shown,) = lines("show", deal, "--as-of", "2031-08-20", "--format", "jsonl")
            assert shown["chains"] == [{"id": line["id"], "ways": line["ways"]}]


def test_a_deal_that_nothing_follows_is_no_leg(here: Path) -> None:
    tell(here / "armsledger.db", NOTICE_STORY)
    assert "of a chain" not in ran("show", "31-33")
    assert lines("show", "31-33", "--format", "jsonl")[0]["chains"] == []
    assert lines("chains", "--format", "jsonl") == []


@pytest.mark.parametrize("width", ["80", "120"])
def test_it_fits_the_terminal(rumour: Path, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for arguments in (["chains"], ["show", lines("chains", "--format", "jsonl")[0]["legs"][1]["deals"][0]]):
        for one in ran(*arguments).splitlines():
            assert len(one) <= int(width) or "armsledger " in one or "exists on paper" in one, one
            assert one == one.rstrip()
