"""A folder to work in, a ledger with a few documents, and a terminal that is always 100 columns wide."""

from __future__ import annotations

from pathlib import Path

import pytest

from .made_up import CORRECTED, DAY, DOMESTIC, NOTICE, ran, write


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the working folder of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))  # no grades of whoever runs the tests
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return tmp_path


@pytest.fixture
def book(here: Path) -> Path:
    """A ledger with a notice, a day's contracts, a correction and two reports that differ on one transmittal."""
    day = f"---\ntitle: Contracts for April 2, 2031\ndate: 2031-04-02\n---\n{DAY}"
    next_day = f"CONTRACTS\n\nNAVY\n\n{CORRECTED}\n\n{DOMESTIC}\n"
    later = f"---\ntitle: Contracts for April 3, 2031\ndate: 2031-04-03\n---\n{next_day}"
    again = NOTICE.replace("April 2, 2031", "April 9, 2031").replace("12.5 million", "14 million")
    write(here, notice_txt=NOTICE, day_md=day, later_md=later, again_txt=again)
    ran("read", "notice.txt", "day.md", "later.md", "again.txt")
    return here / "armsledger.db"
