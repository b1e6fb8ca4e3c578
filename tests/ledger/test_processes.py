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

from .made_up import RULES, many
from .places import Places, dump

TESTS = Path(__file__).parents[1]
COUNT = 600


def start(what: str, target: str | Path, *numbers: int) -> subprocess.Popen[str]:
    where = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
    return subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.child", what, str(target), *map(str, numbers)],
        env={**os.environ, "PYTHONPATH": where},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def go(child: subprocess.Popen[str], said: str = "") -> None:
    assert child.stdin
    with suppress(BrokenPipeError):  # it has come to grief; finish says how
        child.stdin.write(f"{said}\n")
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
def undisturbed(places: Places, tmp_path_factory: pytest.TempPathFactory) -> str:
    target = places.new(tmp_path_factory.mktemp("undisturbed"))
    with Ledger.open(target) as ledger:
        ledger.record(many(COUNT), RULES)
    return target


def check_whole(target: str) -> int:
    """Assert that the ledger is sound and holds whole documents only; how many it holds."""
    with Ledger.open(target) as ledger:
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
        for row in rows[:: 1 if "://" not in target else 25]:
            assert ledger.document(row.id) == expected[row.id].document
        assert not found
    if "://" not in target:
        with closing(sqlite3.connect(target)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return len(rows)


@pytest.mark.parametrize("seed", range(2))
def test_killed_again_and_again(target: str, undisturbed: str, seed: int) -> None:
    chance = random.Random(seed)
    kept = 0
    for _ in range(5):
        child = start("record", target, 0, COUNT, chance.choice([1, 3, 10, 40]))
        go(child)
        read_until(child, str(min(kept + chance.randrange(1, 120), COUNT - 1)))
        kill(child)
        now = check_whole(target)
        assert now >= kept, "a committed document was lost"
        kept = now
    child = start("record", target, 0, COUNT, 25)
    go(child)
    finish(child)
    assert dump(target) == dump(undisturbed)


@pytest.mark.parametrize("moment", ["begin", "open"])
def test_killed_while_it_is_being_made(places: Places, tmp_path: Path, moment: str) -> None:
    for _ in range(6):
        target = places.new(tmp_path)
        child = start("record", target, 0, 5, 1)
        read_until(child, moment)
        kill(child)
        assert check_whole(target) == 0


def test_killed_while_it_settles(target: str, places: Places, tmp_path: Path) -> None:
    expected = places.new(tmp_path)
    for one in (target, expected):
        with Ledger.open(one) as ledger:
            ledger.record(many(COUNT), RULES)
    with Ledger.open(expected) as ledger:
        ledger.settle(RULES)
    for turn in (1, 4, 2, 9):
        child = start("settle", target, 2)
        read_until(child, str(turn))
        kill(child)
        with Ledger.open(target) as ledger:
            assert 0 < ledger.unsettled() <= 40
            assert ledger.counts().claims == COUNT * 3
    finish(start("settle", target, 2))
    assert dump(target) == dump(expected)


def test_two_writers_at_once(target: str, undisturbed: str) -> None:
    children = [start("record", target, first, count, 7) for first, count in ((0, 400), (200, COUNT))]
    for child in children:
        read_until(child, "open")
    for child in children:
        go(child)
    for child in children:
        finish(child)
    assert dump(target) == dump(undisturbed)
    assert check_whole(target) == COUNT


def test_one_records_while_two_settle(target: str, places: Places, tmp_path: Path) -> None:
    expected = places.new(tmp_path)
    with Ledger.open(expected) as ledger:
        ledger.record(many(COUNT), RULES)
        ledger.settle(RULES)
    with Ledger.open(target) as ledger:
        ledger.record(many(COUNT // 2), RULES)
    children = [start("record", target, COUNT // 2, COUNT, 5), start("settle", target, 3), start("settle", target, 2)]
    go(children[0])
    for child in children:
        finish(child)
    with Ledger.open(target) as ledger:
        ledger.settle(RULES)
    assert dump(target) == dump(expected)


def test_several_programs_make_the_ledger_at_once(places: Places, tmp_path: Path) -> None:
    # SQLite refused one of them, now and then, when both put the new file into WAL mode in the same moment.
    targets = [places.new(tmp_path) for _ in range(40 if places.server is None else 5)]
    children = [start("make", tmp_path) for _ in range(4)]
    for target in targets:
        for child in children:
            go(child, target)
        for child in children:
            read_until(child, "made")
    for child in children:
        finish(child)
    for target in targets:
        assert check_whole(target) == 2


@pytest.mark.parametrize("what", ["hold", "hold-settling"])
def test_a_reader_is_not_blocked_by_an_open_write(target: str, what: str) -> None:
    with Ledger.open(target) as ledger:
        ledger.record(many(10), RULES)
        keys = list(ledger.keys())
        child = start(what, target)
        read_until(child, "holding")
        assert ledger.counts().claims == 30  # the writer is in the middle of it
        assert ledger.counts().judgements == 0
        assert list(ledger.keys()) == keys
        assert ledger.unsettled() == 10
        with Ledger.open(target, create=False) as another:
            assert len(list(another.claims())) == 30
        finish(child)
        assert ledger.counts().judgements == (what == "hold")
        assert (ledger.unsettled() == 0) == (what == "hold-settling")


def test_a_reader_sees_whole_documents_while_another_program_writes(target: str) -> None:
    with Ledger.open(target) as ledger:
        child = start("record", target, 0, COUNT, 5)
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


def test_a_reader_sees_every_claim_in_a_deal_while_another_program_settles(target: str) -> None:
    with Ledger.open(target) as ledger:
        ledger.record(many(COUNT), RULES)
        child = start("settle", target, 1)
        while child.poll() is None:
            found = ledger.claims_of(list(ledger.keys()))
            assert sum(len(claims) for _, claims in found) == COUNT * 3
        finish(child)
        assert ledger.unsettled() == 0
