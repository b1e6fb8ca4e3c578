"""Several programs with one ledger, and programs that are killed: nothing is lost, nothing is half there."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from armsledger.ledger import Ledger
from armsledger.model import Reading

from .made_up import dump, key_of, many

TESTS = Path(__file__).parents[1]
COUNT = 600


def start(what: str, path: Path, *numbers: int) -> subprocess.Popen[str]:
    where = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
    return subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.child", what, str(path), *map(str, numbers)],
        env={**os.environ, "PYTHONPATH": where},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def go(child: subprocess.Popen[str]) -> None:
    assert child.stdin
    with suppress(BrokenPipeError):  # it has come to grief; finish says how
        child.stdin.write("\n")
        child.stdin.flush()


def read_until(child: subprocess.Popen[str], wanted: str) -> None:
    """Read the child's lines up to the wanted one, or to its end."""
    assert child.stdout
    for line in child.stdout:
        if line.strip() == wanted:
            return


def finish(child: subprocess.Popen[str]) -> None:
    _, trouble = child.communicate()
    assert child.returncode == 0, trouble


def kill(child: subprocess.Popen[str]) -> None:
    child.send_signal(signal.SIGKILL)
    child.communicate()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("undisturbed") / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(many(COUNT), key_of)
    return path


def check_whole(path: Path) -> int:
    """Assert that the ledger is sound and holds whole documents only; how many it holds."""
    with Ledger.open(path) as ledger:
        expected: dict[str, Reading] = {reading.document.id: reading for reading in many(COUNT)}
        found: dict[str, list[object]] = {}
        for claim in ledger.claims():
            found.setdefault(claim.document, []).append(claim)
        rows = list(ledger.documents())
        for row in rows:
            reading = expected[row.id]
            assert found.pop(row.id) == sorted(reading.claims, key=lambda claim: (claim.start, claim.id))
            assert row.names == (reading.document.name,)
            assert (row.silences, row.refused) == (len(reading.silences), len(reading.refused))
            assert ledger.document(row.id) == reading.document
        assert not found
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return len(rows)


@pytest.mark.parametrize("seed", range(3))
def test_killed_again_and_again(tmp_path: Path, undisturbed: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "ledger.db"
    kept = 0
    for _ in range(6):
        child = start("record", path, 0, COUNT, chance.choice([1, 3, 10, 40]))
        go(child)
        read_until(child, str(min(kept + chance.randrange(1, 120), COUNT - 1)))
        kill(child)
        now = check_whole(path)
        assert now >= kept, "a committed document was lost"
        kept = now
    child = start("record", path, 0, COUNT, 25)
    go(child)
    finish(child)
    assert dump(path) == dump(undisturbed)


@pytest.mark.parametrize("moment", ["begin", "open"])
def test_killed_while_it_is_being_made(tmp_path: Path, moment: str) -> None:
    for turn in range(6):
        path = tmp_path / f"{turn}.db"
        child = start("record", path, 0, 5, 1)
        read_until(child, moment)
        kill(child)
        assert check_whole(path) == 0


def test_two_writers_at_once(tmp_path: Path, undisturbed: Path) -> None:
    path = tmp_path / "ledger.db"
    children = [start("record", path, first, count, 7) for first, count in ((0, 400), (200, COUNT))]
    for child in children:
        read_until(child, "open")
    for child in children:
        go(child)
    for child in children:
        finish(child)
    assert dump(path) == dump(undisturbed)
    assert check_whole(path) == COUNT


def test_several_programs_make_the_ledger_at_once(tmp_path: Path) -> None:
    # SQLite refused one of them, now and then, when both put the new file into WAL mode in the same moment.
    children = [start("make", tmp_path) for _ in range(4)]
    for turn in range(60):
        for child in children:
            go(child)
        for child in children:
            read_until(child, f"made {turn}")
    for child in children:
        finish(child)
    for turn in range(60):
        assert check_whole(tmp_path / f"{turn}.db") == 2


def test_a_reader_is_not_blocked_by_an_open_write(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(many(10), key_of)
        child = start("hold", path)
        read_until(child, "holding")
        assert ledger.counts().claims == 30  # the writer is in the middle of it
        assert ledger.counts().judgements == 0
        with Ledger.open(path, create=False) as another:
            assert len(list(another.claims())) == 30
        finish(child)
        assert ledger.counts().judgements == 1


def test_a_reader_sees_whole_documents_while_another_program_writes(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        child = start("record", path, 0, COUNT, 5)
        go(child)
        seen = 0
        while child.poll() is None:
            rows = list(ledger.documents())
            assert all(row.claims == 3 for row in rows)
            assert len(rows) >= seen
            seen = len(rows)
            read_until(child, str(seen + 20))
        finish(child)
        assert ledger.counts().documents == COUNT
