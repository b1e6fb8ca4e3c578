"""The ``console`` blocks of a page: commands that begin with ``$``, each with the output that is shown of it.

A shown line of ``...`` stands for lines that are left out, ``[...]`` inside a line for words that are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """A command as it is shown, and the lines that are shown of its output."""

    command: str
    lines: tuple[str, ...]


def shown_in(path: Path) -> Iterator[Shown]:
    """The commands of a page, in order."""
    for block in _BLOCK.findall(path.read_text(encoding="utf-8")):
        parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
        assert not parts[0].strip(), f"{path}: a console block begins with a command"
        for part in parts[1:]:
            command, *lines = part.rstrip("\n").split("\n")
            yield Shown(command, tuple(lines))


def missing(lines: Sequence[str], output: str) -> str | None:
    """The first shown line that the output does not have behind those before it; None where it has all."""
    real = [_single(line) for line in output.splitlines() if line.strip()]
    at = 0
    for line in lines:
        if not line.strip() or line.strip() == "...":
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in _single(line).split("[...]")))
        found = next((n for n in range(at, len(real)) if pattern.fullmatch(real[n])), None)
        if found is None:
            return line
        at = found + 1
    return None


def _single(line: str) -> str:
    """Without what depends on the width of columns: rules, and how many blanks stand between words."""
    return " ".join(re.sub("─+", "─", line).split())
