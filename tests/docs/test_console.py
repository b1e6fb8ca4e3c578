"""What the pages show on a terminal is what a terminal shows: every shown command is run, without a network."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .consoles import missing, shown_in
from .generator import ROOT, named, pages

WITH_COMMANDS = [path for path in pages() if "```console" in path.read_text(encoding="utf-8")]


def output_of(command: str, folder: Path) -> str:
    """What a command prints, on both streams; it may fail, but not with a traceback."""
    words = shlex.split(command)
    assert words[0] == "armsledger"
    kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "NO_COLOR")}
    done = subprocess.run(
        [sys.executable, "-m", "armsledger", *words[1:]],
        cwd=folder,
        env={**kept, "COLUMNS": "100", "PYTHONUTF8": "1", "no_proxy": "*"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stdout, done.stdout
    return done.stdout


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=named)
def test_shown_commands_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for shown in shown_in(page):
        output = output_of(shown.command, tmp_path)
        absent = missing(shown.lines, output)
        assert absent is None, f"{shown.command} does not print {absent!r}; it prints:\n{output}"


def test_pages_with_commands_are_found() -> None:
    assert {"README.md", "docs/tutorial/first-ledger.md"} <= {named(page) for page in WITH_COMMANDS}


@pytest.mark.parametrize(
    ("lines", "output", "absent"),
    [
        (["one", "two"], "one\ntwo\n", None),
        (["one", "...", "three"], "one\ntwo\nthree\n", None),
        (["read from [...]dossier:"], "read from /a/b/dossier:\n", None),
        (["a  b"], "a    b\n", None),  # the width of columns depends on what else is listed
        (["two", "one"], "one\ntwo\n", "one"),  # the order counts
        (["one!"], "one\n", "one!"),
        (["a.c"], "abc\n", "a.c"),  # nothing in a shown line is a pattern
    ],
)
def test_missing(lines: list[str], output: str, absent: str | None) -> None:
    assert missing(lines, output) == absent
