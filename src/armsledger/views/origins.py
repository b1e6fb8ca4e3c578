"""``armsledger origins``: which reports a deal rests on, how credible each value is, and what one source is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from armsledger.errors import InputError
from armsledger.views.exits import NothingFound
from armsledger.views.options import format_option, ledger_option, on, open_ledger
from armsledger.views.publishers import Grades, grades_from, publishers_option

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from armsledger.deals.credibility import Credibility
    from armsledger.deals.origins import Origin, Tie
    from armsledger.deals.removal import Removal
    from armsledger.deals.sketch import Sketch
    from armsledger.ledger import DocumentRow, Ledger
    from armsledger.model import DocumentId, Span
    from armsledger.views.told_deals import ToldDeal

_AROUND = 28  # characters shown on each side of the words that name a source
_NAMES = 12  # publishers and speakers that are offered where a name is nobody's


@dataclass(frozen=True, slots=True)
class Sources:
    """What is known of the sources of one deal: its documents, their numbers on the page, its origins."""

    told: ToldDeal
    rows: Mapping[DocumentId, DocumentRow]
    sketches: Mapping[DocumentId, Sketch]
    origins: tuple[Origin, ...]
    numbers: Mapping[str, str]


@click.command()
@click.argument("wanted", metavar="DEAL")
@click.option("--without", metavar="NAME", help="What would change without this outlet or speaker.")
@click.option("--research", is_flag=True, help="Also what three methods of truth discovery make of it (model).")
@click.option("--recipient", metavar="NAME", help="Which buyer's deal, where a number has several.")
@click.option("--as-of", metavar="DATE", help="As it stood then: only documents published by that day count.")
@publishers_option
@ledger_option
@format_option
def command(
    wanted: str,
    without: str | None,
    research: bool,
    recipient: str | None,
    as_of: str | None,
    publishers: str | None,
    ledger: str,
    form: str,
) -> None:
    """Count a deal's independent origins, and grade what its values rest on.

    Copies, rewrites, quotations and reports of reports lead back to one origin. DEAL is the id of a deal or how it
    begins, a transmittal number, or a contract number. Each value is graded as information from 1 (confirmed) to 6
    (cannot be judged), beside the grades A to F of its sources; the two are never multiplied.

    \b
    Examples:
      armsledger origins 25-33
      armsledger origins 25-33 --without "US Government"
      armsledger origins 25-33 --research
      armsledger origins 25-33 --as-of 2025-06 --format jsonl
    """
    from armsledger.views.options import claim_filter
    from armsledger.views.show import find, one_of

    which, grades = claim_filter(recipient=recipient, as_of=as_of), grades_from(publishers)
    with open_ledger(ledger) as book:
        found = find(book, wanted, which.recipient, which.as_of)
        if not found:
            raise NothingFound(
                wanted,
                "no deal, transmittal or contract of this ledger is called or begins so",
                f"list deals with: armsledger deals{on(book.name)}",
            )
        sources = sources_of(book, one_of(wanted, found))
        removal = None if without is None else removal_of(sources, without)
        if form == "jsonl":
            from armsledger.views.json_lines import write_line

            line = sources_line(book, sources, removal, as_of, grades)
            write_line({**line, "research": _research(sources)} if research else line)
        elif removal is not None:
            _show_removal(sources, removal)
        else:
            _show_sources(book, sources, as_of, grades)
            if research:
                _show_research(_research(sources))


def sources_of(book: Ledger, told: ToldDeal, documents: Mapping[DocumentId, DocumentRow] | None = None) -> Sources:
    """The documents of a deal with their sketches, and the origins that they lead back to; ``documents`` are those of
    them that are known already.
    """
    from armsledger.deals import origins
    from armsledger.model import DocumentId

    wanted = set(told.documents) | {c.document for c in (told.contract.claims if told.contract else ())}
    known = documents or {}
    rows = {DocumentId(d): known[DocumentId(d)] for d in sorted(wanted) if d in known}
    rows |= book.documents_named(wanted - set(rows))
    sketches = _sketches(book, told.documents)
    found = origins(told.claims, rows, sketches)
    order = sorted(told.documents, key=lambda d: (rows[DocumentId(d)].published or "~", d))
    return Sources(told, rows, sketches, found, {d: f"[{n}]" for n, d in enumerate(order, 1)})


def _sketches(book: Ledger, wanted: Sequence[str]) -> dict[DocumentId, Sketch]:
    """The sketches that the ledger keeps; those that it lacks, or keeps in another form, are made now."""
    from armsledger.deals import sketch, sketch_from
    from armsledger.model import DocumentId

    kept = book.sketches(wanted)
    made = {}
    for document in map(DocumentId, wanted):
        known = sketch_from(kept[document]) if document in kept else None
        made[document] = known or sketch(book.document(document))
    return made


def removal_of(sources: Sources, name: str) -> Removal:
    """The effect of dropping an outlet or speaker. Raises InputError where nobody of that name has a part in it."""
    from armsledger.deals import without
    from armsledger.deals.removal import names_in

    contracts = sources.told.contract.claims if sources.told.contract else ()
    found = without(sources.told.claims, contracts, sources.rows, sources.sketches, name)
    if not found.documents and not found.claims:
        named = names_in(sources.told.claims, sources.rows, sources.origins)
        more = f" and {len(named) - _NAMES} more" if len(named) > _NAMES else ""
        problem = f"nobody of this deal is called {name!r}"
        raise InputError("--without", problem, f"it has: {', '.join(named[:_NAMES])}{more}" if named else "")
    return found


# -- on the page ------------------------------------------------------------------------------------------


def _show_sources(book: Ledger, sources: Sources, as_of: str | None, grades: Grades) -> None:
    from armsledger.views.credibility import show_credibility
    from armsledger.views.terminal import console, grid, show, text

    shown = console()
    _show_head(sources, shown, as_of)
    rows = ((str(n), _stack(_origin(book, o, sources, grades))) for n, o in enumerate(sources.origins, 1))
    show(shown, text("Origins", "bold"))
    show(shown, grid(rows, indent=2))
    show(shown, "")
    show_credibility(sources.told, sources.rows, sources.origins, shown)


def _show_head(sources: Sources, shown: Console, as_of: str | None) -> None:
    from armsledger.views.names import party_label
    from armsledger.views.terminal import show, text
    from armsledger.views.told_deals import buyer_label
    from armsledger.views.words import what_of

    told = sources.told
    show(shown, text(f"Deal {told.deal.id}: {party_label(told.deal.supplier)} → {buyer_label(told)}", "bold"))
    show(shown, text(what_of(told.claims)))
    show(shown, text(counted(sources.origins) + (f" · as of {as_of}" if as_of else "")))
    show(shown, "")


def counted(origins: Sequence[Origin]) -> str:
    """``14 documents, 3 independent origins (1 not read)``: counts are given twice."""
    from armsledger.views.words import many

    unread = sum(not o.read for o in origins)
    told = f"{many(sum(len(o.documents) for o in origins), 'document')}, {many(len(origins), 'independent origin')}"
    return told + (f" ({'not' if unread == len(origins) == 1 else f'{unread} not'} read)" if unread else "")


def _stack(parts: Iterable[RenderableType]) -> RenderableType:
    from armsledger.views.terminal import stacked

    return stacked(parts)


def _origin(book: Ledger, origin: Origin, sources: Sources, grades: Grades) -> Iterator[RenderableType]:
    """The name of an origin, then each document with why it leads back to it."""
    from armsledger.views.one_claim import title_of
    from armsledger.views.terminal import indented, text

    yield text(f"{origin_label(origin, sources.rows)}{'' if origin.sure == 'certain' else f', {origin.sure}'}", "bold")
    ties: dict[str, list[Tie]] = {}
    for tie in origin.ties:
        ties.setdefault(tie.document, []).append(tie)
    for document in origin.documents:
        row = sources.rows[document]
        yield text(f"{sources.numbers[document]} {title_of(row)} · source {grades.of(row).grade}")
        for tie in ties.get(document, ()):
            yield indented(text(tie_told(tie, sources.numbers) + _words(book, tie)))


def origin_label(origin: Origin, rows: Mapping[DocumentId, DocumentRow]) -> str:
    """``Reuters (not read)``, ``an official paper of ...``, ``a report of ...``."""
    if not origin.read:
        return str(origin.name)
    publisher = origin.name or rows[origin.first].publisher
    kind = "an official paper" if origin.official else "a report"
    return f"{kind} of {publisher}" if publisher else f"{kind}, publisher not stated"


_TOLD = {
    "copy": "has the wording of",
    "rewrite": "possibly a rewrite of",
    "quotation": "follows",
    "word of an office": "follows",
}


def tie_told(tie: Tie, numbers: Mapping[str, str]) -> str:
    """``has the wording of [1]: 45 % of the wording of the shorter text``, ``credited to Reuters``."""
    if tie.why in ("credit", "citation"):
        return tie.told + (f" {numbers[tie.to]}" if tie.to else "")
    return f"{_TOLD[tie.why]} {numbers.get(tie.to or '', '')}: {tie.told}"


def _words(book: Ledger, tie: Tie) -> str:
    """The words that say so, with a few on each side, and where they stand."""
    from armsledger.views.one_claim import grouped_place

    told = ""
    for document, span in tie.words:
        text = book.document(document).text
        told += f": “{_shown(text, span)}” {grouped_place(span.start, span.end)}"
    return told


def _shown(text: str, span: Span) -> str:
    """The words of a span within their line; a long span is cut with a visible mark."""
    from armsledger.views.words import shortened

    if span.end - span.start > 2 * _AROUND:
        return shortened(span.of(text), 4 * _AROUND)
    before = text[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + _AROUND].partition("\n")[0]
    if span.start - len(before) > 0 and text[span.start - len(before) - 1].isalnum():
        before = "…" + before.partition(" ")[2]
    if span.end + len(after) < len(text) and text[span.end + len(after)].isalnum():
        after = after.rpartition(" ")[0] + " …"
    return " ".join(f"{before}{span.of(text)}{after}".split())


# -- what one source is worth -----------------------------------------------------------------------------


def _show_removal(sources: Sources, removal: Removal) -> None:
    from armsledger.views.one_claim import title_of
    from armsledger.views.terminal import console, grid, show, text
    from armsledger.views.words import many

    shown = console()
    _show_head(sources, shown, None)
    gone = f"{len(removal.documents)} of {many(removal.before.documents, 'document')}"
    claims = f"{len(removal.claims)} of {many(len(sources.told.claims), 'claim')}"
    show(shown, text(f"Without {removal.name}: {gone} and {claims} go", "bold"))
    lines = (
        (sources.numbers[g.document], f"{title_of(sources.rows[g.document])}\n{g.because}") for g in removal.documents
    )
    show(shown, grid(lines, indent=2))
    show(shown, "")
    if removal.after is None:
        show(shown, text("Nothing of the deal is left.", "bold"))
        return
    before, after = removal.before, removal.after
    rows = (("stage", before.stage, after.stage), ("rests on", counted(before.origins), counted(after.origins)))
    show(shown, grid(((label, _changed(*pair)) for label, *pair in rows), indent=2))
    _show_values(removal, shown)


def _changed(before: str, after: str) -> str:
    return f"{before} (as before)" if before == after else f"{before}\n→ {after}"


def _show_values(removal: Removal, shown: Console) -> None:
    from armsledger.views.credibility import graded, value_told
    from armsledger.views.terminal import grid, show, text

    lost = [c.before for c in removal.values if c.after is None]
    other = [(c.before, c.after) for c in removal.values if c.after is not None]
    parts = (
        ("Values that nobody gives any more", ((v.field, f"{value_told(v)} ({graded(v)})") for v in lost), lost),
        (
            "Values that are graded otherwise",
            ((v.field, f"{value_told(v)}\n{_grade(v)}\n→ {_grade(w)}") for v, w in other),
            other,
        ),
    )
    for title, rows, some in parts:
        if some:
            show(shown, "")
            show(shown, text(title, "bold"))
            show(shown, grid(rows, indent=2))
    if not removal.values:
        show(shown, text("No value is lost or graded otherwise."))


def _grade(value: Credibility) -> str:
    return f"{value.information} {value.word}: {value.because}"


# -- research ---------------------------------------------------------------------------------------------


def _research(sources: Sources) -> dict[str, Any]:
    """What methods of truth discovery make of the fields that have several values, with their inputs."""
    from armsledger.deals.discovery import METHODS, said_of
    from armsledger.deals.origins import houses
    from armsledger.views.credibility import credibility_of

    behind = houses(sources.rows, sources.origins)
    contracts = sources.told.contract.claims if sources.told.contract else ()
    of = {c.id: behind.get(c.document, c.document) for c in (*contracts, *sources.told.claims)}
    said = said_of(credibility_of(sources.told, sources.rows, sources.origins), of)
    found = {name: method(said) for name, method in METHODS.items()}
    keys = sorted({(object_, value) for _, object_, value in said})
    return {
        "label": "model",
        "inputs": [dict(zip(("source", "object", "value"), one, strict=True)) for one in said],
        "belief": [
            {"object": o, "value": v, **{name: round(f.belief[(o, v)], 8) for name, f in found.items()}}
            for o, v in keys
        ],
        "trust": [
            {"source": s, **{name: round(f.trust[s], 8) for name, f in found.items()}}
            for s in sorted({s for s, _, _ in said})
        ],
    }


def _show_research(told: dict[str, Any]) -> None:
    from armsledger.deals.discovery import METHODS
    from armsledger.views.terminal import console, show, table, text

    shown = console()
    show(shown, "")
    show(shown, text("MODEL: what truth discovery makes of it; no grade above rests on this", "bold"))
    if not told["belief"]:
        show(shown, text("No field has two values to weigh against one another."))
        return
    for head, rows, columns in (("Value", told["belief"], ("object", "value")), ("Source", told["trust"], ("source",))):
        made = table(head, *METHODS, right=tuple(METHODS))
        for row in rows:
            made.add_row(text(" ".join(row[c] for c in columns)), *(text(f"{row[name]:.2f}") for name in METHODS))
        show(shown, made)
        show(shown, "")
    show(shown, text("A source is a house, never a person. Copies count once."))


# -- as JSON ----------------------------------------------------------------------------------------------


def sources_line(
    book: Ledger, sources: Sources, removal: Removal | None, as_of: str | None, grades: Grades
) -> dict[str, Any]:
    """A deal's origins, the credibility of its values, and (where asked for) the effect of dropping one source."""
    from armsledger.views.credibility import credibility_line, credibility_of
    from armsledger.views.publishers import publisher_told

    told = sources.told
    values = credibility_of(told, sources.rows, sources.origins)
    return {
        "deal": told.deal.id,
        "key": told.deal.key,
        "as_of": as_of,
        "documents": len(told.documents),
        "independent_origins": len(sources.origins),
        "origins": [origin_line(book, o) for o in sources.origins],
        "publishers": {d: publisher_told(grades.of(sources.rows[d])) for o in sources.origins for d in o.documents},
        "values": [credibility_line(v) for v in values],
        "without": None if removal is None else _removal_line(removal),
    }


def origin_line(book: Ledger, origin: Origin) -> dict[str, Any]:
    """An origin as JSON, every tie with the words that say so."""
    return {
        "first": origin.first,
        "read": origin.read,
        "official": origin.official,
        "outlet": origin.outlet,
        "name": origin.name,
        "certainty": str(origin.sure),
        "documents": list(origin.documents),
        "ties": [
            {
                "document": tie.document,
                "to": tie.to,
                "outlet": tie.outlet,
                "why": str(tie.why),
                "told": tie.told,
                "certainty": str(tie.sure),
                "words": [
                    {"document": d, "start": s.start, "end": s.end, "quote": s.of(book.document(d).text)}
                    for d, s in tie.words
                ],
            }
            for tie in origin.ties
        ],
    }


def _removal_line(removal: Removal) -> dict[str, Any]:
    from armsledger.views.credibility import credibility_line

    def shape(of: Any) -> dict[str, Any] | None:
        return of and {"stage": of.stage, "documents": of.documents, "independent_origins": len(of.origins)}

    return {
        "name": removal.name,
        "documents": [{"document": g.document, "because": g.because} for g in removal.documents],
        "claims": list(removal.claims),
        "before": shape(removal.before),
        "after": shape(removal.after),
        "values": [
            {"before": credibility_line(c.before), "after": c.after and credibility_line(c.after)}
            for c in removal.values
        ],
    }
