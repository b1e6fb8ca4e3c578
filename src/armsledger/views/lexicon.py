"""``armsledger lexicon``: what a name stands for, and the list of publishers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from armsledger.lexicon.entries import OUTLET_KINDS
from armsledger.views.exits import NothingFound
from armsledger.views.options import format_option, limit_option
from armsledger.views.publishers import Grades, copy_told, grades_from, publisher_told, publishers_option

if TYPE_CHECKING:
    from rich.table import Table

    from armsledger.lexicon.entries import OutletEntry


@click.group()
def command() -> None:
    """Look up names of parties, systems, makers, offices, outlets.

    \b
    Examples:
      armsledger lexicon find AMRAAM
      armsledger lexicon find Türkiye
      armsledger lexicon publishers --country Turkey
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
@publishers_option
@format_option
def find(name: str, publishers: str | None, form: str) -> None:
    """Show every entry that NAME leads to, and its source.

    Case, accents, hyphens and blanks do not count. A weak name is one that means the entry only in context.

    \b
    Examples:
      armsledger lexicon find "F-16"
      armsledger lexicon find Turkey --format jsonl
    """
    found = list(entries_of(name, grades_from(publishers)))
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


def entries_of(name: str, grades: Grades) -> Iterator[Entry]:
    """The entries that have this name or id, in the order of the lexicon: strong names before weak ones."""
    found = [*_parties(name), *_systems(name), *_makers_and_offices(name), *_outlets(name, grades), *_currencies(name)]
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


def _makers_and_offices(name: str) -> Iterator[Entry]:
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


def _outlets(name: str, grades: Grades) -> Iterator[Entry]:
    from armsledger.lexicon.matcher import lexicon
    from armsledger.lexicon.outlets import GRADES
    from armsledger.views.names import party_label

    for u in lexicon().outlets:
        if (weak := _weak(name, iter((u.id, u.name, *u.names, *u.domains)), u.weak)) is not None:
            graded = grades.of_outlet(u)
            facts = [
                ("where", party_label(u.party)),
                ("what", u.kind),
                ("agency copy", copy_told(u)),
                ("addresses", ", ".join(u.domains)),
                ("reliability", f"{graded.grade} ({GRADES[graded.grade]}), by {graded.because}"),
            ]
            facts += [("also", ", ".join(u.names)), ("source", u.source)]
            yield Entry("outlet", u.id, u.name, weak, _told(facts))


def _currencies(name: str) -> Iterator[Entry]:
    from armsledger.lexicon.matcher import lexicon
    from armsledger.views.names import party_label

    for c in lexicon().currencies:
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


# -- publishers -------------------------------------------------------------------------------------------


@command.command()
@click.option("--kind", type=click.Choice(sorted(OUTLET_KINDS)), help="What kind of publisher.")
@click.option("--country", metavar="NAME", help="Where: a code or a name (TUR, Turkey, Türkiye).")
@click.option("--grade", type=click.Choice([*"ABCDEF"]), help="With this grade, the default one or your own.")
@publishers_option
@limit_option
@format_option
def publishers(
    kind: str | None, country: str | None, grade: str | None, publishers: str | None, limit: int | None, form: str
) -> None:
    """List publishers: country, kind, whether they carry agency copy, and their grade as a source.

    Grades are those of the Admiralty code, A to F. The default follows from the kind alone and is no verdict on a
    publisher; give your own in publishers.yml, one line each: "reuters: A".

    \b
    Examples:
      armsledger lexicon publishers --country Turkey
      armsledger lexicon publishers --kind agency --format jsonl
    """
    from armsledger.views.json_lines import write_line
    from armsledger.views.names import party_named

    grades = grades_from(publishers)
    code = party_named(country, "--country") if country is not None else None
    found = [
        outlet
        for outlet in _all_outlets()
        if kind in (None, outlet.kind)
        and code in (None, outlet.party)
        and grade in (None, grades.of_outlet(outlet).grade)
    ]
    if form == "jsonl":
        for outlet in found[:limit]:
            write_line(_publisher_line(outlet, grades))
        return
    _show_publishers(found, limit, grades)


def _all_outlets() -> list[OutletEntry]:
    from armsledger.lexicon.matcher import lexicon

    return sorted(lexicon().outlets, key=lambda o: (o.party, o.kind, o.name, o.id))


def _publisher_line(outlet: OutletEntry, grades: Grades) -> dict[str, Any]:
    told = publisher_told(grades.of_outlet(outlet))
    entry, names = told.pop("outlet"), {"names": list(outlet.names), "domains": list(outlet.domains)}
    return {**entry, **names, **told, "source": outlet.source}


def _show_publishers(found: list[OutletEntry], limit: int | None, grades: Grades) -> None:
    from armsledger.views.clean import one_line
    from armsledger.views.terminal import console, show
    from armsledger.views.words import many

    shown = console()
    if found:
        show(shown, _publishers_table(found[:limit], grades, wide=shown.width >= 110))
        left = f", of which {len(found[:limit]):,} are shown" if limit and limit < len(found) else ""
        click.echo(f"\n{many(len(found), 'publisher')}{left}. Grades follow from the kind; * marks your own.")
    else:
        click.echo("No publisher fits. Ask for less, or see all: armsledger lexicon publishers")
    if grades.others:
        listed = ", ".join(f"{one_line(name)} {letter}" for name, letter in grades.others.items())
        click.echo(f"Graded in your file and not in the lexicon: {listed}.")


def _publishers_table(found: list[OutletEntry], grades: Grades, *, wide: bool) -> Table:
    from armsledger.views.names import party_name
    from armsledger.views.terminal import table, text

    made = table("Publisher", "Country", "Kind", "Agency copy", "Grade", *(("Addresses",) if wide else ()))
    for outlet in found:
        graded = grades.of_outlet(outlet)
        own = "*" if outlet.id in grades.by_outlet else ""
        cells = [outlet.name, party_name(outlet.party), outlet.kind, copy_told(outlet), graded.grade + own]
        made.add_row(*map(text, [*cells, *([", ".join(outlet.domains)] if wide else [])]))
    return made
