"""The reviewed YAML as values, each checked against the schema that README.md beside this file describes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from armsledger.errors import LexiconError

DATA = Path(__file__).with_name("data")

PARTY_KINDS = frozenset({"state", "territory", "historical", "organisation", "non-state"})
OFFICE_KINDS = frozenset({"ministry", "agency", "service", "legislature", "head", "embassy", "office", "title"})
OUTLET_KINDS = frozenset(
    {
        "agency", "paper", "broadcaster", "magazine", "trade", "online", "state-media", "ministry", "official",
        "company", "think-tank", "aggregator", "blog",
    }
)  # fmt: skip
_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+(?:/[a-z0-9-]+)*")
REGISTER = frozenset({"I", "II", "III", "IV", "V", "VI", "VII", "VIII"})


@dataclass(frozen=True, slots=True)
class PartyEntry:
    """A state, territory, historical state, organisation or armed group."""

    code: str
    kind: str
    name: str
    source: str
    official: str | None = None
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    from_: int | None = None
    to: int | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of a system family; ``maker`` and ``origin`` only where they differ from the family's."""

    name: str
    names: tuple[str, ...] = ()
    maker: str | None = None
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """A weapon system family. ``register`` is the UN Register category in Roman numerals, None where it has none."""

    id: str
    name: str
    type: str
    head: str
    source: str
    register: str | None = None
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    maker: str | None = None
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MakerEntry:
    """A company; ``now`` is the id of its successor."""

    id: str
    name: str
    state: str
    source: str
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    now: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """An office, body or title that speaks for a party."""

    id: str
    name: str
    party: str
    kind: str
    source: str
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """A publisher. ``party`` is its country. ``agency_copy`` is true where it is known to write or reprint agency
    reports, false where it publishes its own texts only, None where it is not known.
    """

    id: str
    name: str
    party: str
    kind: str
    source: str
    agency_copy: bool | None = None
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CurrencyEntry:
    """A currency with the marks and words that stand beside amounts."""

    code: str
    name: str
    party: str
    source: str
    names: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    minor: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries, in the order of their files."""

    parties: tuple[PartyEntry, ...]
    systems: tuple[SystemEntry, ...]
    makers: tuple[MakerEntry, ...]
    offices: tuple[OfficeEntry, ...]
    outlets: tuple[OutletEntry, ...]
    currencies: tuple[CurrencyEntry, ...]


_PYTHON_NAMES = {"not": "not_", "from": "from_"}


def _build(kind: type[Any], raw: dict[str, Any], where: str) -> Any:
    """An entry of ``kind`` from a YAML mapping; raises LexiconError for an unknown, missing or mistyped field."""
    known = {f.name: f for f in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in raw.items():
        name = _PYTHON_NAMES.get(key, key)
        if name not in known:
            raise LexiconError(f"{where}: unknown field {key!r}")
        values[name] = _coerce(str(known[name].type), name, value, where)
    missing = [
        n
        for n in ("code", "id", "name", "source", "kind", "type", "head", "state", "party")
        if n in known and n not in values
    ]
    if missing:
        raise LexiconError(f"{where}: missing {', '.join(missing)}")
    return kind(**values)


def _coerce(annotation: str, name: str, value: Any, where: str) -> Any:
    if name == "variants":
        return tuple(_variant(v, where) for v in value or [])
    if annotation.startswith("tuple"):
        listed = [value] if isinstance(value, str) else value or []
        if not all(isinstance(v, str) and v.strip() for v in listed):
            raise LexiconError(f"{where}: {name} must be a list of strings, has {value!r} (quote numbers and yes/no)")
        return tuple(listed)
    if annotation == "bool | None":
        if value is not None and not isinstance(value, bool):
            raise LexiconError(f"{where}: {name} must be true or false, or left out where it is not known")
        return value
    if annotation == "int | None":
        return value
    if name == "register" and value in ("none", None):
        return None
    if value is not None and not isinstance(value, str):
        raise LexiconError(f"{where}: {name} must be a string, has {value!r} (quote it)")
    return value


def _variant(raw: Any, where: str) -> Variant:
    if isinstance(raw, str):
        return Variant(raw)
    if isinstance(raw, dict) and isinstance(raw.get("name"), str):
        known = {"name", "names", "maker", "origin"}
        if set(raw) <= known:
            return Variant(
                raw["name"],
                tuple(raw.get("names") or ()),
                raw.get("maker"),
                _coerce("tuple", "origin", raw.get("origin"), where),
            )
    raise LexiconError(f"{where}: variant {raw!r} must be a string or a mapping of name, names, maker, origin")


def _yaml(path: Path) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=loader)  # noqa: S506 - the safe loader, in its C form where there is one


def _read(path: Path, kind: type[Any]) -> Iterator[Any]:
    rows = _yaml(path) or []
    for n, row in enumerate(rows):
        label = str(row.get("id") or row.get("code") or f"entry {n + 1}") if isinstance(row, dict) else f"entry {n + 1}"
        if not isinstance(row, dict):
            raise LexiconError(f"{path.name}: {label} is not a mapping")
        yield _build(kind, row, f"{path.name}: {label}")


def faults(lexicon: Lexicon) -> list[str]:
    """What is wrong between entries: doubled ids, unknown references, values outside their lists; empty when sound."""
    found: list[str] = []
    parties = {p.code for p in lexicon.parties}
    makers = {m.id for m in lexicon.makers}
    for label, keys in (
        ("party", [p.code for p in lexicon.parties]),
        ("system", [s.id for s in lexicon.systems]),
        ("maker", [m.id for m in lexicon.makers]),
        ("office", [o.id for o in lexicon.offices]),
        ("outlet", [o.id for o in lexicon.outlets]),
        ("currency", [c.code for c in lexicon.currencies]),
    ):
        found += [f"{label} {k}: defined {keys.count(k)} times" for k in sorted(set(keys)) if keys.count(k) > 1]
    found += [f"party {p.code}: kind {p.kind!r}" for p in lexicon.parties if p.kind not in PARTY_KINDS]
    for s in lexicon.systems:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", s.id):
            found.append(f"system {s.id}: id must be lower-case ascii words joined by hyphens")
        if s.register is not None and s.register not in REGISTER:
            found.append(f"system {s.id}: register {s.register!r}")
        if s.maker is not None and makers and s.maker not in makers:
            found.append(f"system {s.id}: maker {s.maker!r} is not in makers.yml")
        found += [f"system {s.id}: origin {o!r} is no party" for o in s.origin if parties and o not in parties]
        if not s.names and not s.weak and not s.variants:
            found.append(f"system {s.id}: no name to match")
    found += [
        f"maker {m.id}: state {m.state!r} is no party" for m in lexicon.makers if parties and m.state not in parties
    ]
    found += [f"maker {m.id}: now {m.now!r} is no maker" for m in lexicon.makers if m.now and m.now not in makers]
    found += [f"office {o.id}: kind {o.kind!r}" for o in lexicon.offices if o.kind not in OFFICE_KINDS]
    return found + _outlet_faults(lexicon.outlets, parties)


def _outlet_faults(outlets: Iterable[OutletEntry], parties: set[str]) -> list[str]:
    """Unknown kinds and countries, and domains that are none or that two outlets claim."""
    found: list[str] = []
    claimed: dict[str, str] = {}
    for o in outlets:
        found += [f"outlet {o.id}: kind {o.kind!r}"] if o.kind not in OUTLET_KINDS else []
        found += [f"outlet {o.id}: party {o.party!r} is no party"] if parties and o.party not in parties else []
        for domain in o.domains:
            if not _DOMAIN.fullmatch(domain):
                found.append(f"outlet {o.id}: {domain!r} is no domain (lower case, without scheme and www)")
            if (other := claimed.setdefault(domain, o.id)) != o.id:
                found.append(f"outlet {o.id}: domain {domain} is also {other}'s")
    return found


def read_lexicon(folder: Path = DATA) -> Lexicon:
    """The lexicon of a folder of YAML files; raises LexiconError at the first entry that breaks its schema."""

    def load(pattern: str, kind: type[Any]) -> tuple[Any, ...]:
        paths: Iterable[Path] = sorted(folder.glob(pattern))
        return tuple(entry for path in paths for entry in _read(path, kind))

    return Lexicon(
        parties=load("parties*.yml", PartyEntry),
        systems=load("systems-*.yml", SystemEntry),
        makers=load("makers.yml", MakerEntry),
        offices=load("offices.yml", OfficeEntry),
        outlets=load("outlets.yml", OutletEntry),
        currencies=load("currencies.yml", CurrencyEntry),
    )


COMPILED = Path(__file__).with_name("compiled")
_SUBJECTS: dict[str, type[Any]] = {
    "parties": PartyEntry,
    "systems": SystemEntry,
    "makers": MakerEntry,
    "offices": OfficeEntry,
    "outlets": OutletEntry,
    "currencies": CurrencyEntry,
}


def compile_lexicon(lexicon: Lexicon, folder: Path = DATA) -> dict[str, str]:
    """The lexicon as JSON, a text for each subject, which loads twenty times faster than its YAML; same entries, same
    text.
    """
    words = {path.stem.removeprefix("grammar-"): _yaml(path) for path in sorted(folder.glob("grammar-*.yml"))}
    texts = {name: _lines(getattr(lexicon, name)) for name in _SUBJECTS}
    return texts | {"grammar": json.dumps(words, ensure_ascii=False, indent=1) + "\n"}


def _lines(entries: Iterable[Any]) -> str:
    rows = (json.dumps(_bare(entry), ensure_ascii=False, separators=(",", ":")) for entry in entries)
    return "[\n" + ",\n".join(rows) + "\n]\n"


def _bare(entry: Any) -> dict[str, Any]:
    """An entry's fields that are not at their defaults."""
    told = {f.name: (getattr(entry, f.name), f.default) for f in fields(entry)}
    kept = {name: value for name, (value, default) in told.items() if value != default}
    if "variants" in kept:
        kept["variants"] = [v.name if v == Variant(v.name) else _bare(v) for v in kept["variants"]]
    return kept


def load_compiled(folder: Path = COMPILED) -> Lexicon:
    """The lexicon from its compiled form; raises LexiconError where that is missing or damaged."""
    return Lexicon(
        **{
            name: tuple(_thawed(kind, row) for row in _told(folder / f"{name}.json"))
            for name, kind in _SUBJECTS.items()
        }
    )


def _told(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LexiconError(
            f"{path.name}: {error} (make it again: python -m armsledger.lexicon.entries --compile)"
        ) from error


def _thawed(kind: type[Any], row: dict[str, Any]) -> Any:
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    if "variants" in values:
        values["variants"] = tuple(
            Variant(v) if isinstance(v, str) else _thawed(Variant, v) for v in values["variants"]
        )
    return kind(**values)


def main(arguments: Sequence[str]) -> int:
    """Checks the YAML, prints the counts and what is wrong; with ``--compile`` writes the compiled form. Exit code 1 on
    faults.
    """
    lexicon = read_lexicon()
    print({f.name: len(getattr(lexicon, f.name)) for f in fields(Lexicon)})
    problems = faults(lexicon)
    print("\n".join(problems))
    if "--compile" in arguments:
        COMPILED.mkdir(exist_ok=True)
        for name, text in compile_lexicon(lexicon).items():
            (COMPILED / f"{name}.json").write_text(text, encoding="utf-8")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
