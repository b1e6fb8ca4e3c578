"""``armsledger lexicon``: what a name stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import click

from armsledger.views.exits import NothingFound
from armsledger.views.options import format_option


@click.group()
def command() -> None:
    """Look up names of parties, systems, makers, offices, outlets.

    \b
    Examples:
      armsledger lexicon find AMRAAM
      armsledger lexicon find Türkiye
    """


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that a name leads to: what it is, whether the name needs context, and what is known of it."""

    kind: str
    id: str
    name: str
    weak: bool
    facts: tuple[tuple[str, str], ...]


@command.command()
@click.argument("name")
@format_option
def find(name: str, form: str) -> None:
    """Show every entry that NAME leads to, and its source.

    Case, accents, hyphens and blanks do not count. A weak name is one that means the entry only in context.

    \b
    Examples:
      armsledger lexicon find "F-16"
      armsledger lexicon find Turkey --format jsonl
    """
    found = list(entries_of(name))
    if not found:
        raise NothingFound(
            name, "the lexicon has no entry of this name", "try another spelling, or a longer or shorter name"
        )
    if form == "jsonl":
        from armsledger.views.json_lines import write_line

        for entry in found:
            write_line(
                {"kind": entry.kind, "id": entry.id, "name": entry.name, "weak": entry.weak, **dict(entry.facts)}
            )
        return
    _show(name, found)


def _show(name: str, found: list[Entry]) -> None:
    from armsledger.views.terminal import console, grid, show, text

    shown = console()
    if len(found) > 1:
        show(shown, text(f"“{name}” is ambiguous: it can stand for {len(found)} entries."))
    for entry in found:
        show(
            shown,
            text(
                f"\n{entry.name}  ({entry.kind} {entry.id})"
                if len(found) > 1
                else f"{entry.name}  ({entry.kind} {entry.id})",
                "bold",
            ),
        )
        if entry.weak:
            show(shown, text(f"  “{name}” is a weak name: it stands for this only where the context says so."))
        show(shown, grid(entry.facts, indent=2))


def entries_of(name: str) -> Iterator[Entry]:
    """The entries that have this name or id, in the order of the lexicon: strong names before weak ones."""
    found = [*_parties(name), *_systems(name), *_others(name)]
    yield from sorted(found, key=lambda e: e.weak)


def _weak(wanted: str, strong: Iterator[str], weak: tuple[str, ...]) -> bool | None:
    """Whether a name is one of an entry's weak ones; None where it is none of its names."""
    from armsledger.views.names import fold

    folded = fold(wanted)
    if not folded:
        return None
    weakly = {fold(w) for w in weak}
    if any(fold(s) == folded for s in strong if fold(s) not in weakly):
        return False
    return True if folded in weakly else None


def _parties(name: str) -> Iterator[Entry]:
    from armsledger.lexicon.matcher import lexicon

    for p in lexicon().parties:
        spelled = (p.code, p.name, p.official or "", *p.names, *p.demonyms, *p.people, *p.seats, *p.services)
        weak = _weak(name, iter(spelled), p.weak)
        if weak is None:
            continue
        facts = [
            ("what", p.kind),
            ("official", p.official or ""),
            ("also", ", ".join(p.names)),
            ("weak names", ", ".join(p.weak)),
        ]
        facts += [
            ("demonyms", ", ".join(p.demonyms)),
            ("seats", ", ".join(p.seats)),
            ("services", ", ".join(p.services)),
            ("part of", p.part_of or ""),
            ("years", _years(p.from_, p.to)),
            ("source", p.source),
        ]
        yield Entry("party", p.code, p.name, weak, _told(facts))


def _years(first: int | None, last: int | None) -> str:
    return f"{first or ''} to {last or 'now'}".strip() if first or last else ""


def _systems(name: str) -> Iterator[Entry]:
    from armsledger.lexicon.matcher import lexicon
    from armsledger.views.names import party_label

    makers = {m.id: m.name for m in lexicon().makers}
    for s in lexicon().systems:
        spelled = [s.id, s.name, *s.names, *(n for v in s.variants for n in (v.name, *v.names))]
        weak = _weak(name, iter(spelled), s.weak)
        if weak is None:
            continue
        facts = [
            ("what", s.type),
            ("UN Register", s.register or "in none of its categories"),
            ("maker", makers.get(s.maker or "", s.maker or "not stated")),
        ]
        facts += [
            ("origin", ", ".join(party_label(o) for o in s.origin) or "not stated"),
            ("also", ", ".join(s.names)),
            ("weak names", ", ".join(s.weak)),
        ]
        facts += [("variants", ", ".join(v.name for v in s.variants)), ("source", s.source)]
        yield Entry("system", s.id, s.name, weak, _told(facts))


def _others(name: str) -> Iterator[Entry]:
    from armsledger.lexicon.matcher import lexicon
    from armsledger.views.names import party_label

    book = lexicon()
    for m in book.makers:
        if (weak := _weak(name, iter((m.id, m.name, *m.names)), m.weak)) is not None:
            facts = [
                ("state", party_label(m.state)),
                ("also", ", ".join(m.names)),
                ("now", m.now or ""),
                ("source", m.source),
            ]
            yield Entry("maker", m.id, m.name, weak, _told(facts))
    for o in book.offices:
        if (weak := _weak(name, iter((o.id, o.name, *o.names)), o.weak)) is not None:
            facts = [
                ("speaks for", party_label(o.party)),
                ("what", o.kind),
                ("also", ", ".join(o.names)),
                ("source", o.source),
            ]
            yield Entry("office", o.id, o.name, weak, _told(facts))
    for u in book.outlets:
        if (weak := _weak(name, iter((u.id, u.name, *u.names, *u.domains)), u.weak)) is not None:
            facts = [
                ("where", party_label(u.party)),
                ("what", u.kind),
                ("addresses", ", ".join(u.domains)),
                ("reliability", u.reliability or "not set"),
            ]
            yield Entry(
                "outlet", u.id, u.name, weak, _told([*facts, ("also", ", ".join(u.names)), ("source", u.source)])
            )
    for c in book.currencies:
        if (weak := _weak(name, iter((c.code, c.name, *c.names, *c.marks)), c.weak)) is not None:
            facts = [
                ("of", party_label(c.party)),
                ("marks", ", ".join(c.marks)),
                ("also", ", ".join(c.names)),
                ("source", c.source),
            ]
            yield Entry("currency", c.code, c.name, weak, _told(facts))


def _told(facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, fact) for label, fact in facts if fact)
