"""The reference says what the code says: generated pages are up to date, and the one written by hand is whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import armsledger
from armsledger.pipeline import Report, read_inputs
from armsledger.views import exits
from armsledger.views.reading import FORM, reading_line

from .generator import DOCS, ROOT, load, pages

COMMANDS = list(load().commands())
ALL_PROSE = "\n".join(path.read_text(encoding="utf-8") for path in pages())
READING = (DOCS / "reference" / "reading-format.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(load().PAGES))
def test_generated_pages_are_up_to_date(name: str) -> None:
    made = load().PAGES[name]()
    assert (DOCS / name).read_text(encoding="utf-8") == made, "run: python docs/generate.py"


def test_making_pages_twice_gives_the_same_bytes() -> None:
    for make in load().PAGES.values():
        assert make() == make()


@pytest.mark.parametrize("name", [name for name, command in COMMANDS if not isinstance(command, click.Group)])
def test_every_command_is_shown_at_work_in_a_page(name: str) -> None:
    written = "\n".join(
        path.read_text(encoding="utf-8") for path in pages() if path.parent.name not in ("reference", "decisions")
    )
    assert re.search(rf"(?:^|[\s`$]){re.escape(name)}\b", written, re.MULTILINE)


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_has_help_with_an_example_of_itself(name: str, command: click.Command) -> None:
    told = load().help_of(name, command)
    assert "Examples:" in told
    assert re.search(rf"^ +{re.escape(name)}\b", told, re.MULTILINE)


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_option_has_help(name: str, command: click.Command) -> None:
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_every_exit_code_is_explained() -> None:
    codes = {value for key, value in vars(exits).items() if key.isupper() and isinstance(value, int)}
    assert load().ENDS.keys() == codes


@pytest.mark.parametrize(("room", "name", "told"), list(load().public_names()))
def test_every_public_name_is_documented(room: str, name: str, told: str) -> None:
    assert told
    assert f"`{room}.{name}`" in ALL_PROSE


def test_the_public_names_of_the_package_are_among_them() -> None:
    assert set(armsledger.__all__) <= {name for room, name, _ in load().public_names() if room == "armsledger"}


# -- silences ---------------------------------------------------------------------------------------------


def test_every_reason_in_the_code_is_explained() -> None:
    reasons = load().reasons_in_code()
    assert "no foreign customer" in reasons
    assert reasons <= load().SILENCES.keys()


def test_the_examples_give_no_reason_that_is_not_explained() -> None:
    report = Report()
    assert list(read_inputs([str(ROOT / "examples")], report))
    assert report.silences
    assert set(report.silences) <= load().SILENCES.keys()


# -- the reading format -----------------------------------------------------------------------------------


def fields_under(head: str) -> set[str]:
    """The fields that a section's table lists."""
    section = READING.split(f"\n## {head}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
    return {field for cell in cells for field in re.findall(r"`(\w+)`", cell)}


def lines() -> list[dict[str, object]]:
    report = Report()
    return [json.loads(json.dumps(reading_line(r), default=str)) for r in read_inputs([str(ROOT / "examples")], report)]


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("The line", ""),
        ("document", "document"),
        ("notices", "notices"),
        ("contracts", "contracts"),
        ("articles", "notices/items"),
        ("articles", "contracts/articles"),
        ("claims", "claims"),
        ("anchors", "claims/anchors"),
        ("anchors", "contracts/anchors"),
        ("statements", "statements"),
        ("anchors", "statements/anchors"),
    ],
)
def test_the_reading_format_has_every_field_and_no_other(head: str, path: str) -> None:
    values: list[object] = list(lines())
    for part in path.split("/") if path else []:
        inner = [value[part] for value in values if isinstance(value, dict)]
        values = [one for value in inner for one in (value if isinstance(value, list) else [value])]
    assert values
    for value in values:
        assert isinstance(value, dict)
        assert set(value) == fields_under(head)


def test_the_version_of_the_reading_format_is_told() -> None:
    assert f"`{FORM}`" in READING


# -- the script -------------------------------------------------------------------------------------------


def test_the_script_says_what_is_out_of_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = load()
    monkeypatch.setattr(made, "DOCS", tmp_path)
    monkeypatch.setattr(made, "PAGES", {"reference/a.md": lambda: "# A\n"})
    assert made.main(["--check"]) == 1
    assert not (tmp_path / "reference").exists()
    assert made.main([]) == 0
    assert (tmp_path / "reference" / "a.md").read_text(encoding="utf-8") == "# A\n"
    assert made.main(["--check"]) == 0


def test_a_reason_that_is_not_explained_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    made = load()
    monkeypatch.setattr(made, "SILENCES", {})
    with pytest.raises(ValueError, match="no foreign customer"):
        made.silences_page()


# -- the picture ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(load().PICTURES))
def test_pictures_show_real_output_and_load_nothing(name: str) -> None:
    drawn = (DOCS / name).read_text(encoding="utf-8")
    assert len(drawn) < 200_000
    assert re.findall(r"(?:href|url|src)\s*[=(]|<script|<image", drawn) == []
    words = re.sub(r"<[^>]+>", " ", drawn)
    for stable in ("25-33", "fifty-three (53)", "USD 225,000,000 (ceiling: at most)", "RTX Corporation"):
        assert stable in words


def test_the_script_runs_as_the_pages_say() -> None:
    done = subprocess.run(
        [sys.executable, str(DOCS / "generate.py"), "--check"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
