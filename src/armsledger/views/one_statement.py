"""Statements and dated events of one document: the sentence, and beneath it who says so, affirmed or denied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from armsledger.views.names import party_label, party_name, system_name
from armsledger.views.passages import passage_texts, show_passage
from armsledger.views.terminal import CONFLICT, grid, indented, show, stacked, text
from armsledger.views.words import date_of, many

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from armsledger.model import Occurrence, Reading, Statement

_ABOUT = {
    "transfer": "a transfer",
    "diversion": "diversion or end use",
    "mediation": "mediation or a ceasefire",
    "approval": "an approval",
    "system": "what a system is or does",
}


def show_statements(reading: Reading, shown: Console) -> None:
    """Prints what parties say about disputed matters: their word, not ours. Nothing where there is no statement."""
    if not reading.statements:
        return
    show(shown, "")
    head = f"{many(len(reading.statements), 'statement')}: what others say; their word is kept, not adopted"
    show(shown, text(head, "bold"))
    for statement in reading.statements:
        show(shown, "")
        show_passage(reading.document.text, [statement], shown)
        show(shown, indented(text(speaker_of(statement), "bold")))
        show(shown, grid(_rows(statement), indent=4))


def speaker_of(statement: Statement) -> str:
    """``Randhir Jaiswal (person, for India)``."""
    kind = [str(statement.speaker_kind)]
    kind += [f"for {party_name(statement.speaks_for)}"] if statement.speaks_for else []
    return "the author" if statement.speaker_kind == "author" else f"{statement.speaker} ({', '.join(kind)})"


def _rows(statement: Statement) -> Iterator[tuple[str, RenderableType]]:
    topic = text(_ABOUT.get(statement.topic, str(statement.topic)))
    denied = statement.polarity == "denied"
    yield "About", text("DENIED: ", CONFLICT).append_text(topic) if denied else topic
    if statement.verb:
        yield "Verb", statement.verb
    if statement.parties:
        yield "Parties", ", ".join(party_label(p) for p in statement.parties)
    if statement.system:
        yield "System", f"{system_name(statement.system)} ({statement.system})"
    if statement.date:
        yield "Date", date_of(statement.date)
    yield "Statement", statement.id[:8]


def show_occurrences(reading: Reading, shown: Console) -> None:
    """Prints the dated events that a document reports, each with its sentence. Nothing where there is none."""
    if not reading.occurrences:
        return
    show(shown, "")
    show(shown, text(f"{many(len(reading.occurrences), 'dated event')} that the text reports", "bold"))
    ordered = sorted(reading.occurrences, key=lambda o: (o.date, o.start, o.id))
    show(shown, grid(((date_of(o.date), _event(reading, o, shown)) for o in ordered), indent=2))


def _event(reading: Reading, occurrence: Occurrence, shown: Console) -> RenderableType:
    parties = ", ".join(party_name(p) for p in occurrence.parties)
    head = text(occurrence.kind + (f": {parties}" if parties else ""), "bold")
    return stacked([head, *passage_texts(reading.document.text, [occurrence], shown)])
