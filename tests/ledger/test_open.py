"""Opening: what is not there, not ours, too new or out of reach is said plainly."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from armsledger.errors import LedgerError, NewerLedger, NotALedger, NotFound
from armsledger.ledger import Ledger

from .made_up import RULES, many


def make(path: Path) -> Path:
    with Ledger.open(path) as ledger:
        ledger.record(many(2), RULES)
    return path


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_new_ledger_is_in_wal_mode_and_bears_our_mark(tmp_path: Path) -> None:
    path = make(tmp_path / "ledger.db")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"ARML", "big"),)


@pytest.mark.parametrize("name", [":memory:", "file:x?mode=memory", "a b#c%41.db", "naïve.db"])
def test_a_path_is_a_path(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path(name))
    assert (tmp_path / name).is_file()
    with Ledger.open(name, create=False) as ledger:
        assert ledger.counts().documents == 2


def test_a_sqlite_url_is_a_path_too(tmp_path: Path) -> None:
    path = make(tmp_path / "ledger.db")
    with Ledger.open(f"sqlite:///{path}", create=False) as ledger:
        assert ledger.counts().documents == 2


def test_another_database_is_refused_without_its_password() -> None:
    with pytest.raises(LedgerError, match="only SQLite files and PostgreSQL databases") as caught:
        Ledger.open("mysql://me:secret@host/db")
    assert "secret" not in str(caught.value)


def test_nonsense_is_no_address() -> None:
    with pytest.raises(LedgerError):
        Ledger.open("what://")


def test_a_missing_file_is_not_made_when_only_asked(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(NotFound, match="armsledger read") as caught:
        Ledger.open(path, create=False)
    assert str(path) in str(caught.value)
    assert not path.exists()


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no folder"):
        Ledger.open(tmp_path / "none" / "ledger.db")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotALedger, match="is a folder"):
        Ledger.open(tmp_path)


def test_a_name_too_long(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be looked at"):
        Ledger.open(tmp_path / ("x" * 5000))


def test_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotALedger, match="no regular file"):
        Ledger.open(tmp_path / "pipe")


@pytest.mark.parametrize("body", [b"hello", b"SQLite format 2\0", b"\0" * 4096])
def test_a_file_of_another_kind(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(body)
    with pytest.raises(NotALedger, match="expected a ledger"):
        Ledger.open(path)
    assert path.read_bytes() == body


def test_a_broken_sqlite_file(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(LedgerError, match=r"broken\.db"):
        Ledger.open(path)


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    execute(path, "CREATE TABLE claim (id)")
    before = path.read_bytes()
    with pytest.raises(NotALedger, match="another program"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_our_mark_alone_does_not_make_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "marked.db"
    execute(path, "PRAGMA application_id = 1095912780", "CREATE TABLE x (y)")
    with pytest.raises(NotALedger):
        Ledger.open(path)


def test_an_empty_file_becomes_a_ledger_only_when_wanted(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(NotALedger, match="is empty"):
        Ledger.open(path, create=False)
    assert make(path).stat().st_size > 0


def test_an_empty_database_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    execute(path, "PRAGMA journal_mode = WAL", "VACUUM")  # what a kill at the first moment leaves behind
    make(path)


def test_a_newer_ledger(tmp_path: Path) -> None:
    path = make(tmp_path / "ledger.db")
    execute(path, "INSERT INTO migration VALUES ('9999 of another time')")
    with pytest.raises(NewerLedger, match="9999 of another time") as caught:
        Ledger.open(path)
    assert "pip install --upgrade" in str(caught.value)


UNPRIVILEGED = """
import os, sys
from armsledger.errors import ArmsledgerError
from armsledger.ledger import Ledger
from ledger.made_up import RULES, many
with Ledger.open(sys.argv[2]) as ledger:  # loads all that is loaded late, while the interpreter's files can be read
    ledger.record(many(1), RULES)
    ledger.counts()
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    with Ledger.open(sys.argv[1]) as ledger:
        print("documents", ledger.counts().documents)
        ledger.record(many(4), RULES)
except ArmsledgerError as error:
    print(type(error).__name__, error)
"""


def unprivileged(path: Path, scratch: Path) -> str:
    """What a program without special rights says when it opens the ledger, asks it and writes to it."""
    tests = Path(__file__).parents[1]
    where = os.pathsep.join([str(tests), str(tests.parent / "src")])
    done = subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, str(path), str(scratch / "scratch.db")],
        env={"PYTHONPATH": where},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.stdout


@pytest.fixture
def shared() -> Iterator[Path]:
    """A ledger in a folder that everybody may read and write; pytest's own folders are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield make(folder / "ledger.db")
        folder.chmod(0o777)


def test_a_file_that_may_be_read_but_not_written(shared: Path, tmp_path: Path) -> None:
    shared.chmod(0o444)
    said = unprivileged(shared, tmp_path)
    assert "documents 2" in said
    assert "LedgerError" in said
    assert "cannot be written" in said


def test_a_file_that_may_not_be_read(shared: Path, tmp_path: Path) -> None:
    shared.chmod(0o000)
    assert "LedgerError" in unprivileged(shared, tmp_path)


def test_a_folder_that_may_not_be_written(shared: Path, tmp_path: Path) -> None:
    shared.parent.chmod(0o555)
    shared.chmod(0o444)
    assert "LedgerError" in unprivileged(shared, tmp_path)
    assert "LedgerError" in unprivileged(shared.parent / "new.db", tmp_path)


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, armsledger.ledger; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_public_names_are_there() -> None:
    import armsledger.ledger

    for name in armsledger.ledger.__all__:
        assert getattr(armsledger.ledger, name)
    with pytest.raises(AttributeError):
        _ = armsledger.ledger.nothing
