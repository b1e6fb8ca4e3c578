"""Where answers are kept: a folder of them by key (the cache), and files of requests and answers."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from armsledger.claims.llm_request import Request, key_of
from armsledger.errors import InputError, NotFound, NotPermitted, NotReadable


def default_cache() -> Path:
    """The folder for answers in the user's cache folder, wherever the system keeps that."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "armsledger" / "answers"


class Cache:
    """Answers by key, one file each. What cannot be written or read back is as if it had never been there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __contains__(self, key: str) -> bool:
        return self._path(key).is_file()

    def get(self, key: str) -> str | None:
        """The answer kept under a key."""
        try:
            kept = json.loads(self._path(key).read_text(encoding="utf-8"))
            answer = kept["answer"] if kept["key"] == key else None
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return answer if isinstance(answer, str) else None

    def put(self, request: Request, answer: str) -> None:
        """Keeps an answer; a crash leaves a whole file or none. A full or read-only disk loses it, not the run."""
        path = self._path(request.key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump({"key": request.key, "model": request.model, "answer": answer}, file)
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


# -- files of requests and answers ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a replay file by key, and the models that its lines name."""

    known: Mapping[str, str | Mapping[str, Any]]
    models: tuple[str, ...]


def read_answers(path: str) -> Answers:
    """What a replay file holds; the last answer to a request counts, and a line without one takes none away.

    Raises InputError for a file that is not there or not of this form.
    """
    known: dict[str, str | Mapping[str, Any]] = {}
    models: set[str] = set()
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            key, answer = said.get("key") or key_of(said), said.get("answer")
        except (ValueError, KeyError, AttributeError, RecursionError):
            problem = "expected a JSON object with key and answer"
            raise NotReadable(f"{path}:{number}", problem, "armsledger read --record FILE writes such lines") from None
        if isinstance(said.get("model"), str):
            models.add(said["model"])
        if isinstance(answer, str | Mapping) and isinstance(key, str):
            known[key] = answer
    return Answers(known, tuple(sorted(models)))


def _lines(path: str) -> Sequence[str]:
    try:
        return Path(path).read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise NotFound(path, "no such file", "an empty file is one without answers") from None
    except PermissionError as error:
        raise NotPermitted(path, str(error.strerror)) from error
    except (OSError, ValueError) as error:
        raise NotReadable(path, f"is no text of answers ({error})") from error


class Recorder:
    """Appends requests and answers to a file, each once. An open request is written without an answer."""

    def __init__(self, path: str) -> None:
        file = Path(path)
        self._answered: dict[str, bool] = {}
        torn = False
        try:
            if file.exists() and file.stat().st_size:
                text = file.read_text(encoding="utf-8", errors="replace")
                torn = not text.endswith("\n")
                self._know(text)
            self._file: TextIO = file.open("a", encoding="utf-8")
        except OSError as error:
            raise InputError(
                path, f"cannot be written ({error.strerror})", "name another file with --record"
            ) from error
        if torn:
            self._file.write("\n")

    def _know(self, text: str) -> None:
        for line in text.split("\n"):
            with suppress(ValueError, KeyError, TypeError, AttributeError):
                said = json.loads(line)
                self._answered[said["key"]] = self._answered.get(said["key"], False) or said["answer"] is not None

    def write(self, request: Request, answer: str | Mapping[str, Any] | None) -> None:
        """Writes a line, unless the file has this request already and nothing new is known of it."""
        key = request.key
        if key in self._answered and (answer is None or self._answered[key]):
            return
        self._answered[key] = answer is not None
        line = {"key": key, "model": request.model, "messages": list(request.messages), "schema": request.schema}
        self._file.write(json.dumps({**line, "answer": answer}, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()
