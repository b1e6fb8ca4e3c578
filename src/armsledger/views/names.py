"""Names that a person gives on the command line, led to the lexicon's entries; and codes told as names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from armsledger.errors import InputError
from armsledger.lexicon.entries import PartyEntry, SystemEntry
from armsledger.lexicon.matcher import lexicon

_SHOWN = 8  # candidates named in an error


def fold(name: str) -> str:
    """A name without case, accents, hyphens and blanks, so that ``aim 120`` and ``AIM-120`` are one.

    >>> fold("Türkiye"), fold("AIM-120")
    ('turkiye', 'aim120')
    """
    import unicodedata

    bare = unicodedata.normalize("NFKD", name.replace("ı", "i")).casefold()
    return "".join(c for c in bare if c.isalnum())


def party_named(said: str, option: str) -> str:
    """The code of the party of this code or name. Raises InputError with candidates where none or several are meant."""
    by_code = _codes()
    found = by_code.get(fold(said)) if len(said) <= 3 or said in by_code.values() else None
    return found or _one(said, option, "party", _party_names, party_label)


@cache
def _codes() -> Mapping[str, str]:
    return {fold(p.code): p.code for p in lexicon().parties}


def system_named(said: str, option: str = "system") -> str:
    """The id of the system of this id or name. Raises InputError as ``party_named`` does."""
    if any(s.id == said for s in lexicon().systems):
        return said
    return _one(said, option, "system", _system_names, _system_label)


def _one(
    said: str, option: str, what: str, names: Callable[[], Iterator[tuple[str, str, bool]]], label: Callable[[str], str]
) -> str:
    wanted = fold(said)
    hits = [(entry, weak) for entry, name, weak in names() if wanted and fold(name) == wanted]
    strong = dict.fromkeys(entry for entry, weak in hits if not weak)
    found = list(strong or dict.fromkeys(entry for entry, _ in hits))
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(option, f"{said!r} can mean {_listed(map(label, found))}", "give the code or a longer name")
    near = _nearest(wanted, names())
    advice = (
        f"did you mean {_listed(map(label, near))}?" if near else "look names up with: armsledger lexicon find NAME"
    )
    raise InputError(option, f"the lexicon has no {what} named {said!r}", advice)


def _listed(labels: Iterable[str]) -> str:
    told = list(labels)
    return ", ".join(told[:_SHOWN]) + (f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else "")


def _nearest(wanted: str, names: Iterable[tuple[str, str, bool]]) -> list[str]:
    """Entries with a name that is written much like the one that was said."""
    from difflib import get_close_matches

    known: dict[str, str] = {}
    for entry, name, _ in names:
        known.setdefault(fold(name), entry)
    return list(dict.fromkeys(known[name] for name in get_close_matches(wanted, known, n=4, cutoff=0.75)))


def _party_names() -> Iterator[tuple[str, str, bool]]:
    for p in lexicon().parties:
        yield from ((p.code, name, name in p.weak) for name in _all_names(p))


def _all_names(p: PartyEntry) -> Iterator[str]:
    yield from (p.code, p.name, *([p.official] if p.official else ()), *p.names, *p.weak)


def _system_names() -> Iterator[tuple[str, str, bool]]:
    for s in lexicon().systems:
        yield from ((s.id, name, name in s.weak) for name in _spelled(s))


def _spelled(s: SystemEntry) -> Iterator[str]:
    yield from (s.id, s.name, *s.names, *s.weak)
    for v in s.variants:
        yield from (v.name, *v.names)


# -- codes told as names ----------------------------------------------------------------------------------


@cache
def _parties() -> dict[str, str]:
    return {p.code: p.name for p in lexicon().parties}


@cache
def _systems() -> dict[str, str]:
    return {s.id: s.name for s in lexicon().systems}


def party_name(code: str | None, unknown: str = "not stated") -> str:
    """The usual English name of a party: ``Turkey``; what is no code stays as it is."""
    return unknown if code is None else _parties().get(code, code)


def party_label(code: str | None, unknown: str = "not stated") -> str:
    """The name with its code: ``Turkey (TUR)``."""
    name = party_name(code, unknown)
    return name if code is None or name == code else f"{name} ({code})"


def system_name(system: str) -> str:
    """The name of a system of this id; what is no id stays as it is."""
    return _systems().get(system, system)


def _system_label(system: str) -> str:
    return f"{system_name(system)} ({system})"
