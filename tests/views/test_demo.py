"""The demo: three cases, told by the ledger and not by the demo, and commands that run as they are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from .made_up import ran, run


@pytest.fixture
def told(here: Path) -> str:
    return ran("demo", "--keep", "demo.db")


def paragraph(told: str, head: str) -> str:
    """What stands under a head, on one line."""
    return " ".join(told.partition(head)[2].partition("\n\n")[0].split())


def test_a_notice_is_not_a_sale(told: str) -> None:
    shown = paragraph(told, "1. A notice is not a sale")
    assert "United States → Turkey: 53 × AIM-120C-8" in shown
    assert "Status approved (official notice" in shown
    assert "ordered: not told" in shown
    assert "USD 225 million (ceiling)" in shown
    assert "nothing says that it was bought" in shown


def test_a_shared_contract_is_nobodys(told: str) -> None:
    shown = paragraph(told, "2. A shared contract is nobody's")
    assert "USD 41.7 million contract shared by 34 named buyers" in shown
    assert "worth more than $2.5 billion" in shown
    assert "this buyer's part is not stated" in shown


def test_a_rumour_has_legs(told: str) -> None:
    shown = paragraph(told, "3. A rumour has legs")
    assert "TUR --possible, contested--> RUS" in shown
    assert "RUS --possible, contested--> IND" in shown
    assert "independent origin" in shown
    assert "first by Example Gazette, 2025-08-06" in shown
    assert "Denied by defence ministry official in Ankara: “" in shown


def test_it_ends_with_what_check_says_and_with_commands(told: str) -> None:
    (account,) = (line.removeprefix("armsledger check: ") for line in told.splitlines() if "armsledger check: " in line)
    assert account in ran("check", "--ledger", "demo.db")
    assert "armsledger serve --ledger demo.db" in told
    assert "armsledger brief 25-33 -o brief.html --ledger demo.db" in told


@pytest.mark.parametrize("columns", ["80", "100", "200"])
def test_it_fits_the_screen(here: Path, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = [line for line in ran("demo").splitlines() if "dossier" not in line]
    assert max(map(len, shown)) <= min(int(columns), 160) + 20  # the last line of `check` is not cut
    assert len(shown) < 60


def test_a_file_that_is_there_is_left_alone(here: Path) -> None:
    (here / "demo.db").write_text("mine")
    result = run("demo", "--keep", "demo.db")
    assert result.exit_code == 2
    assert (here / "demo.db").read_text() == "mine"
