"""Help: quick, whole, and true. Its examples are run."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from armsledger import __version__
from armsledger.views.cli import COMMANDS, cli
from armsledger.views.dossier import dossier

from .made_up import ran, run

HEAVY = (
    "sqlalchemy",
    "rich",
    "lxml",
    "yaml",
    "trafilatura",
    "ahocorasick",
    "selectolax",
    "nupunkt",
    "pyarrow",
    "pypdfium2",
)
OURS_TOO_HEAVY = (
    "armsledger.model",
    "armsledger.pipeline",
    "armsledger.ledger",
    "armsledger.lexicon",
    "armsledger.claims",
)


def _commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", inner) for sub, inner in command.commands.items())


def _imported(*arguments: str) -> set[str]:
    """Names of all modules that a run imports."""
    command = [sys.executable, "-X", "importtime", "-m", "armsledger", *arguments]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["-h"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    modules = _imported(*arguments)
    assert "click" in modules  # the list is not empty by mistake
    assert [m for m in modules if m.startswith((*HEAVY, *OURS_TOO_HEAVY))] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_imports_no_library(name: str) -> None:
    assert [m for m in _imported(name, "--help") if m.startswith(HEAVY)] == []


@pytest.mark.parametrize(("name", "command"), list(_commands()))
def test_every_command_has_an_example(name: str, command: click.Command) -> None:
    told = ran(*name.split(), "--help")
    assert "Examples:" in told
    assert f"  armsledger {name}" in told


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_commands_say(name: str) -> None:
    command = dict(_commands())[name]
    assert COMMANDS[name][1] == (command.help or "").splitlines()[0]
    assert COMMANDS[name][1] in " ".join(ran("--help").split())


# What these need is no part of the demo: a register, a card, the id of a judgement, a server that runs on. The tests of
# the commands run them.
ELSEWHERE = tuple(
    f"armsledger {name}" for name in ("analyse ", "forecast ", "judge ", "review q", "review --r", "serve")
)


def _examples() -> list[str]:
    helps = [cli.help, *(command.help for _, command in _commands())]
    found = [
        line.strip() for told in helps for line in (told or "").splitlines() if line.strip().startswith("armsledger ")
    ]
    return [line for line in dict.fromkeys(found) if "https://" not in line and not line.startswith(ELSEWHERE)]


def test_the_examples_of_all_helps_run(here: Path) -> None:
    ran("demo", "--keep", "armsledger.db")
    shutil.copytree(dossier(), here / "dossier")
    shutil.copy(next(dossier().glob("1-*.txt")), here / "notice.txt")
    shutil.copytree(dossier().parent / "registers", here, dirs_exist_ok=True)
    (here / "watch.yml").write_text("saved:\n  - {name: turkey, recipient: Turkey}\n", encoding="utf-8")
    examples = _examples()
    assert len(examples) > 20
    for example in examples:
        result = run(*shlex.split(example)[1:])
        assert result.exit_code == 0, (example, result.stderr)


def test_version() -> None:
    assert ran("--version") == f"armsledger {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["--bogus"], ["nonsense"], ["deals", "--bogus"], ["read"], ["deals", "--stage", "x"]]
)
def test_a_usage_error_is_one_line(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("armsledger: ")
    assert "--help" in line
