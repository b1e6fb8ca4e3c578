"""``armsledger statements``: what parties say about disputed matters, assertion beside denial."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from armsledger.errors import InputError
from armsledger.views.options import date_options, limit_option, on, open_ledger

if TYPE_CHECKING:
    from rich.table import Table

    from armsledger.deals.matters import Matter
    from armsledger.ledger import DocumentRow, Ledger, StatementFilter
    from armsledger.model import Statement

TOPICS = ("transfer", "sanctions", "diversion", "mediation", "approval", "system")
COLUMNS = (
    "statement", "matter", "contested", "topic", "polarity", "speaker", "speaker_kind", "speaks_for", "verb", "parties",
    "system", "date", "document", "name", "title", "publisher", "published", "url", "start", "end", "quote",
)  # fmt: skip
_FEW = 5_000  # statements of a table, which is laid out as a whole


@click.command()
@click.option("--speaker", metavar="NAME", help="Said by this speaker, named exactly so.")
@click.option("--party", metavar="NAME", help="By or about this party: a code or a name (USA, Turkey).")
@click.option("--topic", type=click.Choice(TOPICS), help="What it is about.")
@click.option("--system", metavar="NAME", help="About this system: an id or a name of the lexicon.")
@click.option("--polarity", type=click.Choice(["affirmed", "denied"]), help="Whether it is affirmed or denied.")
@click.option("--document", metavar="NAME", help="In this document: its id, or the name it was read under.")
@click.option("--contested", is_flag=True, help="Only what somebody affirms and somebody else denies.")
@date_options
@limit_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="For people, one JSON object a line, or a table for other programs.",
)
def command(ledger: str, form: str, limit: int | None, contested: bool, **asked: str | None) -> None:
    """List statements: what parties say about disputed matters.

    A statement is a party's word about a transfer, sanctions, diversion, mediation, an approval or a system; it is
    kept, not adopted. What is said of one matter stands together, so that a denial is seen beside what it denies.

    \b
    Examples:
      armsledger statements --topic mediation
      armsledger statements --party India --contested
      armsledger statements --speaker "White House" --format csv
    """
    from armsledger.deals.matters import matters

    which = statement_filter(**asked)
    with open_ledger(ledger) as book:
        most = limit or (_FEW if form == "table" else None)
        found = list(book.statements(which, limit=None if contested or most is None else most + 1))
        more = not contested and most is not None and len(found) > most
        together = [m for m in matters(found[:most] if more else found) if m.contested or not contested]
        rows = _documents(book, {s.document for m in together for s in m.statements})
        if form == "table":
            _show(book, which, together, rows, more=more)
        else:
            _write(form, _lines(together, rows, limit))


def statement_filter(**asked: str | None) -> StatementFilter:
    """The filter of what was asked; names become codes."""
    from armsledger.ledger import StatementFilter
    from armsledger.views.names import party_named, system_named

    if (said := asked.get("party")) is not None:
        asked["party"] = party_named(said, "--party")
    if (said := asked.get("system")) is not None:
        asked["system"] = system_named(said, "--system")
    try:
        return StatementFilter(**{option: said for option, said in asked.items() if said is not None})
    except InputError as error:
        raise type(error)(f"--{error.source.replace('_', '-')}", error.problem, error.advice) from None


def _documents(book: Ledger, wanted: Iterable[str]) -> dict[str, DocumentRow]:
    return {row.id: row for row in book.documents_named(wanted).values()}


# -- lines ------------------------------------------------------------------------------------------------


def _lines(together: Sequence[Matter], rows: dict[str, DocumentRow], limit: int | None) -> Iterator[dict[str, Any]]:
    """One flat object a statement, those of one matter one behind another."""
    all_of_them = ((matter, s) for matter in together for s in matter.statements)
    for matter, s in islice(all_of_them, limit):
        row = rows[s.document]
        yield {
            "statement": s.id,
            "matter": matter.key,
            "contested": matter.contested,
            "topic": str(s.topic),
            "polarity": str(s.polarity),
            "speaker": s.speaker,
            "speaker_kind": str(s.speaker_kind),
            "speaks_for": s.speaks_for,
            "verb": s.verb,
            "parties": list(s.parties),
            "system": s.system,
            "date": None if s.date is None else s.date.iso,
            "document": s.document,
            "name": row.names[0] if row.names else None,
            "title": row.title,
            "publisher": row.publisher,
            "published": row.published,
            "url": row.url,
            "start": s.start,
            "end": s.end,
            "quote": s.quote,
        }


def _write(form: str, lines: Iterator[dict[str, Any]]) -> None:
    if form == "jsonl":
        from armsledger.views.json_lines import write_line

        for line in lines:
            write_line(line)
        return
    from io import StringIO

    from armsledger.views.row_files import write_csv

    held = StringIO(newline="")
    write_csv(held, COLUMNS, ({**line, "parties": " ".join(line["parties"])} for line in lines))
    sys.stdout.buffer.write(held.getvalue().encode("utf-8", "backslashreplace"))


# -- the table --------------------------------------------------------------------------------------------


def _show(
    book: Ledger, which: StatementFilter, together: Sequence[Matter], rows: dict[str, DocumentRow], *, more: bool
) -> None:
    from armsledger.views.clean import one_line
    from armsledger.views.terminal import console, show, text
    from armsledger.views.words import many

    if not together:
        known = any(True for _ in book.statements(limit=1))
        asked = f"No such statement: {which.sentence()}." if known else "The ledger holds no statements yet."
        click.echo(f"{one_line(asked)} News is read for them: armsledger read FILE...{on(book.name)}")
        return
    sentence = which.sentence()
    click.echo(one_line(sentence[:1].upper() + sentence[1:]) + ":\n")
    shown = console()
    for matter in together:
        show(shown, text(_head(matter), "bold"))
        show(shown, _table(matter, rows))
        show(shown, "")
    count = sum(len(m.statements) for m in together)
    told = many(count, "statement") + f" on {many(len(together), 'matter')}"
    click.echo(told + (", and more: raise --limit, or --format jsonl for all." if more else "."))


def _head(matter: Matter) -> str:
    """``Mediation · India, Pakistan · affirmed 2, DENIED 1``."""
    from armsledger.views.names import party_name, system_name
    from armsledger.views.words import shortened

    about = ", ".join([party_name(p) for p in matter.parties] + [system_name(s) for s in matter.systems])
    denied = len([s for s in matter.statements if s.polarity == "denied"])
    counts = [f"affirmed {len(matter.statements) - denied}"] if denied < len(matter.statements) else []
    counts += [f"DENIED {denied}"] if denied else []
    topic = str(matter.topic)
    return " · ".join(filter(None, (topic[:1].upper() + topic[1:], shortened(about, 80), ", ".join(counts))))


def _table(matter: Matter, rows: dict[str, DocumentRow]) -> Table:
    from armsledger.views.terminal import table, text
    from armsledger.views.words import shortened

    made = table("Published", "Speaker", "", "Words", fixed=("Published",))
    for s in sorted(matter.statements, key=lambda s: s.polarity == "denied"):  # stable: by date within each
        made.add_row(
            text(rows[s.document].published or "undated"),
            text(_speaker(s)),
            text("DENIES" if s.polarity == "denied" else "says"),
            text(f"“{shortened(s.quote, 220)}”"),
        )
    return made


def _speaker(statement: Statement) -> str:
    from armsledger.views.names import party_name

    party = f"\n({party_name(statement.speaks_for)})" if statement.speaks_for else ""
    return statement.speaker + party
