"""A config file (YAML) -> what is to be watched, how politely, and which queries are to be told again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

from armsledger.errors import InputError, NotFound, NotReadable
from armsledger.sources.fetch import Limits, place

LARGEST = 1_000_000  # bytes of a config file
MOST, RECHECK = 50, 20  # pages of a source that are fetched in a round where the file says nothing else
LIMITS = Limits(wire_bytes=20_000_000)


class SourceKind(StrEnum):
    """What stands at the address of a source."""

    PAGE = "page"  # one page, watched for edits
    INDEX = "index"  # a page whose links are followed, one level deep
    FEED = "feed"  # RSS or Atom, whose entries are followed
    REGISTER = "federal-register"  # a list of documents from the Federal Register's interface


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to watch. ``follow`` are the patterns of an index; ``most`` pages that are new are fetched in a round,
    and of those that are known the first ``recheck`` in the order of the list are looked at again for edits.

    ``private`` allows the host and port of ``url`` to be of a private network; it is set by people, never by a feed.
    """

    name: str
    kind: SourceKind
    url: str
    follow: tuple[str, ...] = ()
    most: int = MOST
    recheck: int = RECHECK
    private: bool = False


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question that is asked again in every round: its filter as it was written, and where its Atom feed goes."""

    name: str
    asked: tuple[tuple[str, str], ...] = ()
    atom: Path | None = None


@dataclass(frozen=True, slots=True)
class Manners:
    """How servers are asked: seconds between two requests to one host, whom they may write to, what a fetch may cost.

    ``proxy`` sends requests through the proxy that the environment names.
    """

    delay_s: float = 5.0
    contact: str = ""
    proxy: bool = False
    limits: Limits = LIMITS


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a config file says. ``archive`` is None where it names no folder."""

    path: str
    sources: tuple[Source, ...] = ()
    saved: tuple[SavedQuery, ...] = ()
    manners: Manners = Manners()
    archive: Path | None = None


def read_plan(path: str) -> Plan:
    """The plan of a config file. Raises InputError that names the file, the entry and the field that is wrong.

    Paths in it are meant from the folder of the file.
    """
    told = _Entry(path, "", _yaml(path))
    told.only("archive", "contact", "delay", "proxy", "limits", "sources", "saved")
    folder = Path(path).parent
    archive = told.text("archive")
    return Plan(
        path=path,
        sources=tuple(_source(entry) for entry in told.entries("sources")),
        saved=tuple(_saved(entry, folder) for entry in told.entries("saved")),
        manners=_manners(told),
        archive=None if archive is None else folder / archive,
    )


def _source(entry: _Entry) -> Source:
    entry.only("name", "kind", "url", "follow", "most", "recheck", "allow_private")
    said = entry.text("kind", required=True) or ""
    if said not in tuple(SourceKind):
        entry.wrong("kind", f"is {said!r}, expected one of: {', '.join(SourceKind)}")
    kind = SourceKind(said)
    url = (entry.text("url", required=True) or "").strip()
    if not place(url):
        entry.wrong("url", f"is {url!r}, expected an address of the form https://host/path")
    follow = entry.texts("follow")
    if kind is SourceKind.INDEX and not follow:
        entry.wrong("follow", "is missing: an index needs the addresses that are followed, such as https://host/news/*")
    if kind is not SourceKind.INDEX and follow:
        entry.wrong("follow", f"is only for the kind index, not for {kind}")
    return Source(
        name=entry.name,
        kind=kind,
        url=url,
        follow=follow,
        most=int(entry.number("most", MOST, 1, 10_000)),
        recheck=int(entry.number("recheck", RECHECK, 0, 10_000)),
        private=entry.flag("allow_private"),
    )


def _saved(entry: _Entry, folder: Path) -> SavedQuery:
    atom = entry.text("atom")
    asked = tuple((field, entry.plain(field)) for field in entry.told if field not in ("name", "atom"))
    return SavedQuery(entry.name, asked, None if atom is None else folder / atom)


def _manners(told: _Entry) -> Manners:
    limits = _Entry(told.path, "limits", told.mapping("limits"))
    limits.only("silence", "total", "megabytes")
    contact = told.text("contact") or ""
    if not (contact.isascii() and contact.isprintable() and len(contact) <= 200):
        told.wrong("contact", "must be one line of plain letters: an address of mail or of a page about you")
    usual = Manners()
    return Manners(
        delay_s=told.number("delay", usual.delay_s, 0, 3600),
        contact=contact,
        proxy=told.flag("proxy"),
        limits=Limits(
            silence_s=limits.number("silence", usual.limits.silence_s, 0.1, 600),
            total_s=limits.number("total", usual.limits.total_s, 0.1, 3600),
            wire_bytes=int(limits.number("megabytes", usual.limits.wire_bytes / 1e6, 0.001, 200) * 1e6),
        ),
    )


class _Entry:
    """A mapping of the file, and what it is called in messages."""

    def __init__(self, path: str, label: str, told: Mapping[str, Any]) -> None:
        self.path = path
        self.label = label
        self.told = told
        self.name = ""

    def wrong(self, field: str, problem: str) -> NoReturn:
        """Raises the error that names file, entry and field."""
        raise NotReadable(self.path, ": ".join(part for part in (self.label, f"{field} {problem}") if part))

    def only(self, *known: str) -> None:
        """Refuses fields that mean nothing here."""
        for field in self.told:
            if field not in known:
                near = get_close_matches(field, known, n=1)
                self.wrong(field, f"is no field here; did you mean {near[0]}?" if near else _of(known))

    def text(self, field: str, *, required: bool = False) -> str | None:
        """A field that is a text; None where it is not there and need not be."""
        value = self.told.get(field)
        if value is None and not required:
            return None
        if not isinstance(value, str) or not value.strip():
            self.wrong(field, "is missing" if value is None else f"is {value!r}, expected a text (quote it)")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """A field that is a list of texts, or a single one."""
        value = self.told.get(field)
        listed = [value] if isinstance(value, str) else value or []
        if not isinstance(listed, list) or not all(isinstance(one, str) and one.strip() for one in listed):
            self.wrong(field, f"is {value!r}, expected a text or a list of texts")
        return tuple(one.strip() for one in listed)

    def plain(self, field: str) -> str:
        """A field that is a text, a number or a day, as text."""
        value = self.told[field]
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value.strip():
            self.wrong(field, f"is {value!r}, expected a text (quote it: NO without quotes is a false in YAML)")
        return value.strip()

    def number(self, field: str, usual: float, least: float, most: float) -> float:
        """A field that is a number within bounds."""
        value = self.told.get(field)
        if value is None:
            return usual
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.wrong(field, f"is {value!r}, expected a number from {least:g} to {most:g}")
        return value

    def flag(self, field: str) -> bool:
        """A field that is true or false; false where it is not there."""
        value = self.told.get(field, False)
        if not isinstance(value, bool):
            self.wrong(field, f"is {value!r}, expected true or false")
        return value

    def mapping(self, field: str) -> Mapping[str, Any]:
        """A field that has fields of its own."""
        value = self.told.get(field)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            self.wrong(field, f"is {value!r}, expected fields of its own")
        return value

    def entries(self, field: str) -> Sequence[_Entry]:
        """A list of mappings with a name each, no name twice."""
        value = self.told.get(field) or []
        if not isinstance(value, list):
            self.wrong(field, "must be a list: each entry begins with a dash")
        made: list[_Entry] = []
        for number, told in enumerate(value, 1):
            if not isinstance(told, dict) or not all(isinstance(key, str) for key in told):
                self.wrong(field, f"entry {number} must have fields such as `name: ...`")
            entry = _Entry(self.path, f"{field}: entry {number}", told)
            entry.name = (entry.text("name", required=True) or "").strip()
            entry.label = f"{field}: {entry.name}"
            if entry.name in {other.name for other in made}:
                entry.wrong("name", "is given to two entries")
            made.append(entry)
        return made


def _of(known: Sequence[str]) -> str:
    return f"is no field here, expected one of: {', '.join(known)}"


def _yaml(path: str) -> Mapping[str, Any]:
    import yaml

    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(path, "no such config file", "examples/watch.yml is one to begin with") from None
    except OSError as error:
        raise NotReadable(path, f"the system could not read it: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise NotReadable(path, f"is larger than {LARGEST:,} bytes, which no config file needs")
    try:
        told = yaml.load(data, Loader=_loader())  # noqa: S506 - a safe loader that minds doubled fields
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise NotReadable(path, f"is no YAML: {line}{' '.join(str(error.problem).split())}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise NotReadable(path, f"is no YAML: {' '.join(str(error).split())[:200]}") from error
    if not isinstance(told, dict) or not all(isinstance(key, str) for key in told):
        raise InputError(path, "is no config of a watch: expected `sources:` or `saved:`", "see examples/watch.yml")
    return told


def _loader() -> type[Any]:
    """The safe loader of YAML, which also refuses a field that is given twice: the first would be lost."""
    import yaml

    class Loader(yaml.SafeLoader):
        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            seen: set[str] = set()
            for key, _ in node.value:
                if (field := str(key.value)) in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"{field!r} stands twice", key.start_mark)
                seen.add(field)
            return super().construct_mapping(node, deep)

    return Loader
