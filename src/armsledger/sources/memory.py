"""What a watch knows from its last rounds, in one JSON file in the archive's folder, written whole or not at all.

It holds no evidence: without it every page is fetched and read once more, and the ledger takes nothing twice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from armsledger.errors import InputError, NotReadable
from armsledger.sources.entries import Entry

FORM = 1
FILE = "watch.json"
_LOCK = ".watch.lock"


@dataclass(slots=True)
class Page:
    """An address that was seen: what tells whether it has changed, where it is kept, which documents it gave.

    ``final`` is where redirects led, None where there were none; ``tag`` and ``modified`` are what the server asks to
    be sent back; ``digest`` is that of the bytes as they came; ``file`` and ``time`` say where and when they were kept.
    """

    digest: str
    file: str
    time: str
    final: str | None = None
    tag: str = ""
    modified: str = ""
    documents: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Absence:
    """An address that could not be seen: since when, how many rounds in a row, and why the last time."""

    since: str
    times: int
    why: str


@dataclass(slots=True)
class SourceMemory:
    """What is known of one source: the entries that it listed last and those that wait, and what could not be seen.

    ``about`` is what the config file says of it; ``seen`` is when its list was last seen, empty where it never was.
    """

    about: str
    listed: list[Entry] = field(default_factory=list)
    absent: dict[str, Absence] = field(default_factory=dict)
    seen: str = ""


class Memory:
    """What is known, by address and by source; ``save`` writes it.

    ``later`` has the time before which the server of a host (``host:port``) asked not to be asked again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.pages: dict[str, Page] = {}
        self.sources: dict[str, SourceMemory] = {}
        self.later: dict[str, str] = {}

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What is known in a folder; nothing where there is no file yet. Raises ``NotReadable`` for a damaged one."""
        memory = cls(folder / FILE)
        try:
            told = json.loads(memory._path.read_text(encoding="utf-8"))
            if told["form"] != FORM:
                raise ValueError(f"its form is {told['form']!r}, expected {FORM}")
            memory.pages = {url: _built(Page, row) for url, row in told["pages"].items()}
            memory.sources = {name: _source(row) for name, row in told["sources"].items()}
            memory.later = {str(host): str(until) for host, until in told["later"].items()}
        except FileNotFoundError:
            return memory
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            advice = "move it away: pages are then fetched once more, and nothing is lost"
            raise NotReadable(str(memory._path), f"is no memory of a watch ({error})", advice) from error
        return memory

    def of(self, name: str, about: str) -> SourceMemory:
        """What is known of a source; nothing where the config file says something else of it than it did."""
        if name not in self.sources or self.sources[name].about != about:
            self.sources[name] = SourceMemory(about)
        return self.sources[name]

    def missed(self, name: str, url: str, why: str, time: str) -> Absence:
        """Notes that an address of a source could not be seen; gives since when and how often."""
        absent = self.sources[name].absent
        before = absent.get(url)
        absent[url] = Absence(before.since if before else time, before.times + 1 if before else 1, why)
        return absent[url]

    def save(self) -> None:
        """Writes all of it in place of the old; a crash leaves the one or the other."""
        told = {
            "form": FORM,
            "pages": {url: _bare(page) for url, page in sorted(self.pages.items())},
            "sources": {name: asdict(known) for name, known in sorted(self.sources.items())},
            "later": self.later,
        }
        write_whole(self._path, json.dumps(told, indent=1, sort_keys=True).encode() + b"\n")


def _bare(page: Page) -> dict[str, Any]:
    return {name: value for name, value in asdict(page).items() if value not in ("", None)}


def _built(kind: type[Any], row: Mapping[str, Any]) -> Any:
    known = {f.name: str(f.type) for f in fields(kind)}
    for name, value in row.items():
        if not isinstance(value, {"int": int, "list[str]": list}.get(known.get(name, ""), (str, type(None)))):
            raise TypeError(f"{name!r} is {value!r}")
    return kind(**row)


def _source(row: Mapping[str, Any]) -> SourceMemory:
    return SourceMemory(
        about=row["about"],
        listed=[_built(Entry, entry) for entry in row["listed"]],
        absent={url: _built(Absence, absence) for url, absence in row["absent"].items()},
        seen=row["seen"],
    )


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file in place of the old one, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """For one round at a time in a folder. Raises ``InputError`` where another one is at work there.

    The lock goes with the process that holds it, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("ab") as lock:
        with suppress(ImportError):  # where the system has no such locks, whoever starts rounds must see to it
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise InputError(
                    str(folder), "another round of watching is at work there", "wait until it has ended"
                ) from None
        yield
