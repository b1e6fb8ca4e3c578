"""The log of forecasts: a JSON Lines file that is only ever added to, each line tied to the one before it.

A line has ``after``: the beginning of the hash of the line before. A line that was changed or taken out breaks the tie
of the next, which every reading of the log tells. What cannot be read is counted and told, never passed over silently.

    {"is": "forecast", "question": "...", "due": "2031-01-01", "probability": 0.35, "author": "...", "by": "analyst",
     "made": "2030-05-01", "because": "...", "after": ""}
    {"is": "resolution", "question": "fc4bf627059", "outcome": "yes", "on": "2031-01-01", "author": "...",
     "because": "...", "after": "5f2c9a01d3e4b677"}
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armsledger.errors import InputError, NotPermitted

if TYPE_CHECKING:
    from armsledger.analyses.forecasts import Forecast, Resolution

_LARGEST = 256 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Log:
    """What a log holds, in order, and what is wrong with it, in sentences."""

    forecasts: tuple[Forecast, ...]
    resolutions: tuple[Resolution, ...]
    faults: tuple[str, ...]
    lines: int


def log_beside(ledger: str, log: str | None) -> Path:
    """The log that is meant: the one named, else ``forecasts.jsonl`` beside the ledger's file."""
    if log is not None:
        return Path(log)
    if "://" in ledger:
        raise InputError("--log", "a ledger in a database has no folder for a log beside it", "name one: --log FILE")
    return Path(ledger).parent / "forecasts.jsonl"


def read_log(path: Path) -> Log:
    """All of a log; an empty one where there is no file. Raises InputError where it cannot be read at all."""
    forecasts: list[Forecast] = []
    resolutions: list[Resolution] = []
    faults: list[str] = []
    lines = _lines(path)
    before = ""
    for number, line in enumerate(lines, 1):
        try:
            told = json.loads(line)
            made = _made(told, number)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            faults.append(f"line {number} cannot be read and does not count ({type(problem).__name__})")
        else:
            if told.get("after") != before:
                faults.append(f"line {number} does not follow the line before it: the log was changed")
            (forecasts if told["is"] == "forecast" else resolutions).append(made)  # type: ignore[arg-type]
        before = _tie(line)
    return Log(tuple(forecasts), tuple(resolutions), tuple(faults), len(lines))


def append(path: Path, entry: Forecast | Resolution) -> None:
    """Adds one line and waits until it is on the disk. Two writers wait for one another where the system can do so.

    A line that a crash cut short is closed first and stays as it is.
    """
    try:
        with path.open("a+b") as file:
            _lock(file.fileno())
            file.seek(0)
            data = file.read(_LARGEST)
            whole = not data or data.endswith(b"\n")
            last = [line for line in data.split(b"\n") if line.strip()]
            told = {**_told(entry), "after": _tie(last[-1]) if last else ""}
            made = json.dumps(told, ensure_ascii=False).encode() + b"\n"
            file.write(made if whole else b"\n" + made)
            file.flush()
            os.fsync(file.fileno())
    except PermissionError as problem:
        raise NotPermitted(str(path), "the log cannot be written", "name another one with --log FILE") from problem
    except OSError as problem:
        raise InputError(str(path), f"the log cannot be written: {problem.strerror}", "--log FILE") from problem


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # no such locks on this system: one write is still one line
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def _lines(path: Path) -> list[bytes]:
    if not path.exists():
        return []
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(str(path), "is too large for a log of forecasts")
        return [line for line in path.read_bytes().split(b"\n") if line.strip()]
    except OSError as problem:
        raise InputError(str(path), f"the log cannot be read: {problem.strerror}") from None


def _tie(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()[:16]


def _told(entry: Forecast | Resolution) -> dict[str, Any]:
    from armsledger.analyses.forecasts import Forecast

    if isinstance(entry, Forecast):
        return {
            "is": "forecast", "id": entry.id, "question": entry.question, "due": entry.due.isoformat(),
            "probability": entry.probability, "author": entry.author, "by": str(entry.by),
            "made": entry.made.isoformat(), "because": entry.because,
        }  # fmt: skip
    return {
        "is": "resolution", "question": entry.question, "outcome": str(entry.outcome), "on": entry.on.isoformat(),
        "author": entry.author, "because": entry.because,
    }  # fmt: skip


def _made(told: dict[str, Any], line: int) -> Forecast | Resolution:
    from armsledger.analyses.forecasts import By, Forecast, Outcome, Resolution

    if told["is"] == "forecast":
        chance = float(told["probability"])
        if not 0 <= chance <= 1:
            raise ValueError("no probability")
        return Forecast(
            str(told["question"]), date.fromisoformat(told["due"]), chance, str(told["author"]), By(told["by"]),
            date.fromisoformat(told["made"]), str(told.get("because", "")), line,
        )  # fmt: skip
    if told["is"] != "resolution":
        raise ValueError("another kind of line")
    return Resolution(
        str(told["question"]), Outcome(told["outcome"]), date.fromisoformat(told["on"]), str(told["author"]),
        str(told.get("because", "")), line,
    )  # fmt: skip
