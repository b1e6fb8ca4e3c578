"""A ledger as a flat SQLite file for Datasette: plain tables with foreign keys and indexes, and a metadata file.

It is made for looking: what the ledger needs for keeping (runs, forms, derived tables) stays behind, and so do the
texts of the documents. The same ledger gives the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armsledger.views.rows import COLUMNS, PROVENANCE, claim_row, deal_rows, document_row

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.model import Claim
    from armsledger.views.exports_deals import ShownDeal

_SHOWN_OF_DOCUMENTS = ("name", "title", "publisher", "published", "url")  # stand in document, not in each claim
_OF_CLAIMS = tuple(c for c in COLUMNS["claims"] if c not in (*_SHOWN_OF_DOCUMENTS, "claim", "document"))
_OF_DOCUMENTS = (*(c for c in COLUMNS["documents"] if c not in (*PROVENANCE, "names")), *_SHOWN_OF_DOCUMENTS)
_OF_DEALS = ("key", "supplier", "recipient", "what", "stage", "status", "contested", "first", "last")
_OF_VALUES = ("field", "value", "conflicting", "own", "how", "start", "end", "quote")
_NUMBERS = {"start", "end", "characters", "claims", "silences", "refused", "second_hand", "modernised", "contested"}
_NUMBERS |= {"conflicting", "own"}

_DOCUMENT = ("document", "TEXT NOT NULL REFERENCES document(id)")
_CLAIM = ("claim", "TEXT NOT NULL REFERENCES claim(id)")
_DEAL = ("deal", "TEXT NOT NULL REFERENCES deal(id)")
_ID = ("id", "TEXT PRIMARY KEY")


def _plain(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, "INTEGER" if name in _NUMBERS else "TEXT") for name in names)


# name -> what a row is, and its columns with their types
TABLES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "document": ("One document; claims, silences and refused are counts.", (_ID, *_plain(_OF_DOCUMENTS))),
    "claim": (
        "One assertion with its exact words; amounts are decimal text, empty is not stated.",
        (_ID, _DOCUMENT, *_plain(_OF_CLAIMS)),
    ),
    "anchor": (
        "The words of one field of a claim.",
        (_CLAIM, *_plain(("field", "value", "how", "start", "end", "quote"))),
    ),
    "deal": ("What claims come to when put together: rebuilt, never edited.", (_ID, *_plain(_OF_DEALS))),
    "deal_claim": (
        "Which claims a deal rests on; own is 0 where they are of a contract that several buyers share.",
        (_DEAL, _CLAIM, *_plain(("own",))),
    ),
    "deal_value": (
        "One value of one field of a deal, with the words that carry it. Values stand side by side: do not add them.",
        (_DEAL, _CLAIM, _DOCUMENT, *_plain(_OF_VALUES)),
    ),
    "judgement": (
        "One decision of an analyst.",
        (_ID, *_plain(("verdict", "about", "author", "made", "because", "undoes"))),
    ),
}
_INDEXES = (
    ("claim", "document"), ("claim", "supplier"), ("claim", "recipient"), ("claim", "system"), ("claim", "stage"),
    ("anchor", "claim"), ("deal", "supplier"), ("deal", "recipient"), ("deal", "stage"), ("deal_claim", "deal"),
    ("deal_claim", "claim"), ("deal_value", "deal"), ("deal_value", "claim"), ("deal_value", "document"),
    ("deal_value", "field"), ("document", "published"), ("document", "publisher"),
)  # fmt: skip


def write_sqlite(path: Path, book: Ledger, which: ClaimFilter) -> int:
    """Writes the file; gives how many rows it holds. What is there already must be removed before."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # it takes its name only when it is whole
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        for name, (_, columns) in TABLES.items():
            connection.execute(f"CREATE TABLE {name} ({', '.join(f'{_q(c)} {kind}' for c, kind in columns)})")
        _fill(connection, book, which)
        for table, column in _INDEXES:
            connection.execute(f"CREATE INDEX {table}_by_{column} ON {table} ({_q(column)})")
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        counts = (connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES)  # noqa: S608
        return sum(counts)


def metadata(which: ClaimFilter, name: str) -> str:
    """The file that Datasette reads beside the database of this name: what each table holds."""
    tables = {name: {"description": told} for name, (told, _) in TABLES.items()}
    told = {
        "title": "Arms transfers: what was said, by whom, how surely",
        "description": f"Written by armsledger: {which.sentence()}. Every figure has the words that it comes from.",
        "source": "armsledger",
        "databases": {name: {"tables": tables}},
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _q(name: str) -> str:
    return f'"{name}"'


def _fill(connection: sqlite3.Connection, book: Ledger, which: ClaimFilter) -> None:
    from armsledger.views.exports_deals import shown_deals

    if not which.given():  # those without a claim as well
        _put(connection, "document", (_document(row) for row in book.documents()))
    for shown in shown_deals(book, which):
        _put(connection, "document", (_document(row) for _, row in sorted(shown.documents.items())))
        for claim in (*shown.told.claims, *shown.told.contract_claims):
            _put_claim(connection, claim, shown.documents[claim.document])
        _put_deal(connection, shown)
    made = ((j.id, j.verdict, " ".join(j.about), j.author, j.made, j.because, j.undoes) for j in book.judgements())
    _put(connection, "judgement", made)


def _put_claim(connection: sqlite3.Connection, claim: Claim, document: DocumentRow) -> None:
    if connection.execute("SELECT 1 FROM claim WHERE id = ?", (claim.id,)).fetchone():
        return
    row = claim_row(claim, document)
    _put(connection, "claim", [(claim.id, claim.document, *(row[name] for name in _OF_CLAIMS))])
    _put(connection, "anchor", ((claim.id, a.field, a.value, a.how, a.start, a.end, a.quote) for a in claim.anchors))


def _put_deal(connection: sqlite3.Connection, shown: ShownDeal) -> None:
    from armsledger.views.words import what_of

    deal, told, status = shown.deal, shown.told, shown.status
    what = what_of(told.claims)
    head = (deal.id, deal.key, deal.supplier, deal.recipient, what, told.stage, status.sentence(), status.contested)
    _put(connection, "deal", [(*head, deal.first, deal.last)])
    _put(connection, "deal_claim", ((deal.id, c.id, True) for c in told.claims))
    _put(connection, "deal_claim", ((deal.id, c.id, False) for c in told.contract_claims))
    rows = deal_rows(told, shown.documents)
    _put(
        connection,
        "deal_value",
        ((deal.id, row["claim"], row["document"], *(row[name] for name in _OF_VALUES)) for row in rows),
    )


def _document(row: DocumentRow) -> tuple[Any, ...]:
    told = document_row(row)
    return row.id, *(told[name] for name in _OF_DOCUMENTS)


def _put(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Adds the rows; one whose id is there already stays as it is."""
    marks = ", ".join("?" * len(TABLES[table][1]))
    connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", _kept(rows))  # noqa: S608 (our own names)


def _kept(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """Texts that UTF-8 can hold: half a surrogate pair is escaped, as in the other formats."""
    for row in rows:
        yield tuple(str(v).encode("utf-8", "backslashreplace").decode() if isinstance(v, str) else v for v in row)
