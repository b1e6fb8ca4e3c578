"""How runs end that are cut short: by Ctrl-C, or because nobody reads on."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from armsledger.ledger import Ledger

from .made_up import command_line, dump, many_lines, process, ran, run, write

COUNT = 1500  # notices: some megabytes of output, far more than a pipe holds


def _started(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command_line(*arguments), cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_ctrl_c_leaves_whole_documents_and_a_rerun_goes_on(here: Path) -> None:
    write(here, many_jsonl=many_lines(COUNT))
    with _started("read", "many.jsonl", "--format", "jsonl", cwd=here) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        for _ in range(100):
            child.stdout.readline()  # then it waits for us, since a pipe holds a few lines only
        child.send_signal(signal.SIGINT)
        _, told = child.communicate()
    assert first.startswith(b'{"doc": "notice 0"')
    assert child.returncode == 130
    assert b"Traceback" not in told
    assert b"the ledger holds whole documents only" in told
    with Ledger.open(here / "armsledger.db", create=False) as ledger:
        held = list(ledger.documents())
    assert 0 < len(held) < COUNT
    assert all(row.claims == 3 for row in held)
    ran("read", "many.jsonl")
    ran("read", "many.jsonl", "--ledger", "at-once.db")
    assert dump(here / "armsledger.db") == dump(here / "at-once.db")


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "many.jsonl", "--no-ledger", "--format", "jsonl"],
        ["claims", "--format", "jsonl"],
        ["deals", "--format", "jsonl"],
        ["export", "anchors"],
        ["export", "anchors", "--format", "jsonl"],
    ],
)
def test_nobody_reads_on(arguments: list[str], here: Path) -> None:
    write(here, many_jsonl=many_lines(400))
    ran("read", "many.jsonl")
    with _started(*arguments, cwd=here) as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr is not None
        told = child.stderr.read()
    assert child.returncode == 141
    assert told == b""


def test_a_full_disk_under_stdout(here: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    write(here, many_jsonl=many_lines(20))
    with Path("/dev/full").open("w") as full:
        command = command_line("read", "many.jsonl", "--no-ledger", "--format", "jsonl")
        done = subprocess.run(command, cwd=here, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "armsledger: output: No space left on device\n"


def test_interrupted_within_this_process(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("armsledger.pipeline.read_inputs", stopped)
    result = run("read", "x.txt", "--no-ledger")
    assert result.exit_code == 130
    assert result.stderr.startswith("armsledger: interrupted")


def test_the_demo_as_a_process(here: Path) -> None:
    (here / "armsledger.db").write_text("mine")
    done = process("demo", cwd=here)
    assert done.returncode == 0, done.stderr
    assert (here / "armsledger.db").read_text() == "mine"
    assert [p.name for p in here.iterdir()] == ["armsledger.db"]
    assert "USD 225 million" in done.stdout
    assert "(ceiling)" in done.stdout
    assert "shared by" in done.stdout
    assert "34 named buyers" in done.stdout
    assert "2.51 billion" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 110
    kept = process("demo", "--keep", "demo.db", cwd=here)
    assert kept.returncode == 0
    tried = [one.split()[1:] for one in kept.stdout.splitlines() if one.startswith("  armsledger ")]
    assert len(tried) == 5
    for words in tried:
        assert process(*words, cwd=here).returncode == 0
    again = process("demo", "--keep", "demo.db", cwd=here)
    assert (again.returncode, again.stderr.startswith("armsledger: demo.db: is there already")) == (2, True)


def test_a_fault_of_the_program_is_one_line_too(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("not meant to be")

    monkeypatch.setattr("armsledger.pipeline.read_inputs", broken)
    result = run("read", "x.txt", "--no-ledger")
    assert result.exit_code == 70
    assert result.stderr.startswith("armsledger: a fault of the program itself: ValueError: not meant to be")
    assert len(result.stderr.splitlines()) == 1
    monkeypatch.setenv("ARMSLEDGER_TRACEBACK", "1")
    assert isinstance(run("read", "x.txt", "--no-ledger").exception, ValueError)
