"""The tables of the ledger, with a comment on every column: what it holds and in which unit.

Four things decide their shape:

* **The content is a set.** No row number, no time of writing, no order of arrival is kept, so that the same readings
  give the same tables in whatever order and however often they come. Where two readings of one document or claim can
  differ in something that is no part of its identity (the form it was got in, its name, the version of the reader),
  that something is a table of its own, which holds all of it.
* **What was said is never changed.** The database refuses UPDATE and DELETE on the tables of ``KEPT``. Only counts,
  which grow to the largest seen, and the tables of ``DERIVED``, which can be worked out again, are written anew.
* **Numbers are exact.** Amounts and quantities are kept as decimal text, beside a floating-point column that serves for
  ordering and comparing and for nothing else.
* **Portable SQL.** Text, integer, boolean and float only; text compares by code point (``C`` on PostgreSQL, SQLite's
  own rule). Texts that a database cannot hold (lone surrogates, U+0000) are escaped by ``rows.stored``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Float, ForeignKey, Index, Integer, MetaData, Table, Text, event

from .words_on_postgresql import functions

metadata = MetaData()

APPLICATION_ID = 0x41524D4C
"""'ARML': what SQLite's application_id pragma says of a file that is a ledger (https://www.sqlite.org/pragma.html)."""

_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def _text(name: str, comment: str, *, null: bool = False, key: bool = False) -> Column[str]:
    return Column(name, _TEXT, nullable=null, primary_key=key, comment=comment)


def _whole(name: str, comment: str, *, key: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=False, primary_key=key, autoincrement=False, comment=comment)


def _flag(name: str, comment: str) -> Column[bool]:
    return Column(name, Boolean(create_constraint=False), nullable=False, comment=comment)


def _order(name: str, of: str) -> Column[float]:
    comment = f"{of} as a floating-point number, for ordering and comparing only: never shown, never added"
    return Column(name, Float, nullable=True, comment=comment)


def _of(name: str, target: str, comment: str, *, key: bool = False) -> Column[str]:
    return Column(name, _TEXT, ForeignKey(target), nullable=False, primary_key=key, comment=comment)


migration = Table(
    "migration",
    metadata,
    _text("name", "name of a change of the schema that this ledger has gone through", key=True),
    comment="The changes of the schema that were applied; a name that the program does not know means a newer ledger.",
)

document = Table(
    "document",
    metadata,
    _text("id", "hash of text, title, published, publisher and url: 24 hexadecimal digits", key=True),
    _text("title", "title as published; null: none is known", null=True),
    _text("published", "ISO date of publication as precise as it is known; null: unknown", null=True),
    _text("published_first", "first day that published may mean, ISO date, inclusive; null: unknown", null=True),
    _text("published_after", "first day that published no longer means, ISO date, exclusive; null: unknown", null=True),
    _text("published_order", "published_first, or '~' where it is unknown, so that undated documents sort last"),
    _text("publisher", "who published it; null: unknown", null=True),
    _text("url", "address it was published at; null: unknown", null=True),
    _whole("characters", "length of text in code points"),
    _text("text", "the stored text, whole; positions everywhere count its code points from 0"),
    comment="Published texts: one row for the same words by the same publisher on the same day at the same address.",
)

form = Table(
    "form",
    metadata,
    _of("document_id", "document.id", "the document that was got in this form", key=True),
    _text("id", "hash of the other columns but document_id: 24 hexadecimal digits", key=True),
    _text("kind", "what the document was read as: notice, contracts or news"),
    _text("language", "ISO 639-1 code of the language; null: unknown", null=True),
    _text("media_type", "media type of the bytes as they were got, for example text/html"),
    _text("digest", "SHA-256 of the bytes as they were got, hexadecimal; empty: there were none"),
    _text("sections", "JSON list of [kind, start, end] in code points of text: what each stretch of it is"),
    _text("runs", "JSON list of [start, source, length] in code points: where text stands in the decoded source"),
    _text("skipped", "JSON list of [reason, start, end] in code points: parts that were not read, and why"),
    comment="The forms in which one document was got: the same words may come as a page and as plain text.",
)

sighting = Table(
    "sighting",
    metadata,
    _of("document_id", "document.id", "the document that was read", key=True),
    _text("name", "what the user or the file called it: path, URL, name in a container", key=True),
    _text("form_id", "id of the form in which it was got under that name", key=True),
    comment="Under which names documents were read.",
)

_ANCHORS = "JSON list of [field, value, start, end, quote, how]: the words of each field, in code points of the text"
_PARTIES = "JSON list of ISO 3166-1 alpha-3 codes or usual English names that the words name, sorted"

claim = Table(
    "claim",
    metadata,
    _text("id", "hash of what is said and where: 24 hexadecimal digits", key=True),
    _of("document_id", "document.id", "the document that says it"),
    _whole("start", "first code point of the quote in the document's text"),
    _whole("end", "code point after the last one of the quote"),
    _text("quote", "the exact words: text[start:end] of the document"),
    _text("stage", "how far the transfer has come: considered, requested, offered ... delivered, halted"),
    _text("subject", "what it is about: transfer (one transfer) or contract (several buyers share it)"),
    _text("supplier", "ISO 3166-1 alpha-3 code or usual English name of who supplies; null: not said", null=True),
    _text("recipient", "ISO 3166-1 alpha-3 code or usual English name of who receives; null: not said", null=True),
    _text("item", "what moves, as named, singular; null: not said", null=True),
    _text("system", "the lexicon's id of the item; null: none is known", null=True),
    _text("quantity", "number of items, exact decimal text; null: not said (never zero)", null=True),
    _order("quantity_order", "quantity"),
    _text(
        "value", "the transfer's own, in main units of value_currency, exact decimal text; null: not said", null=True
    ),
    _order("value_order", "value"),
    _text("value_currency", "ISO 4217 code of value; null: no value is said", null=True),
    _text("value_meaning", "what value is: ceiling, award, obligated, licence, reported; null: not told", null=True),
    _text("programme", "shared, in main units of programme_currency, exact decimal text; null: not said", null=True),
    _order("programme_order", "programme"),
    _text("programme_currency", "ISO 4217 code of programme; null: none is said", null=True),
    _text("programme_meaning", "what programme is, for example cumulative; null: not told", null=True),
    _text("mode", "terms: sale, aid, loan, lease, licensed production, service; null: not said", null=True),
    _flag("second_hand", "true: said to have been in use before"),
    _flag("modernised", "true: said to be modernised before the transfer"),
    _text("polarity", "affirmed or denied"),
    _text("certainty", "how surely it is said: certain, probable, possible, unknown"),
    _text("speaker", "whose word it is, as named; 'author' where nobody else is"),
    _text("speaker_kind", "what kind of voice: person, office, company, outlet, unnamed, author"),
    _text("date", "when it happened or is to happen, ISO date or range joined by '/'; null: not said", null=True),
    _text("condition", "words of a condition that it hangs on; null: none is said", null=True),
    _text("anchors", f"{_ANCHORS}; null: no field has words of its own", null=True),
    comment="Assertions about transfers, each anchored to exact words of a document.",
)

found_by = Table(
    "found_by",
    metadata,
    _of("claim_id", "claim.id", "the claim that was found", key=True),
    _text("reader", "reader and version that found it, for example news/1", key=True),
    _text("evidence", "points of a reader that weighs, exact decimal text; empty: it does not weigh", key=True),
    comment="Which readers found a claim; neither version nor points are part of what is claimed.",
    sqlite_with_rowid=False,
)

silence = Table(
    "silence",
    metadata,
    _of("document_id", "document.id", "the document", key=True),
    _text("reason", "why passages gave no claim, one of a short list", key=True),
    _whole("count", "number of passages: the most that any one reading of the document gave"),
    comment="How many passages gave no claim, and why.",
    sqlite_with_rowid=False,
)

refusal = Table(
    "refusal",
    metadata,
    _of("document_id", "document.id", "the document", key=True),
    _text("reason", "why the gate refused claims", key=True),
    _text("field", "the field whose words do not stand where they should", key=True),
    _whole("count", "number of refused claims: the most that any one reading of the document gave"),
    comment="How many claims were refused because their words do not stand in the document.",
    sqlite_with_rowid=False,
)

statement = Table(
    "statement",
    metadata,
    _text("id", "hash of what is said and where: 24 hexadecimal digits", key=True),
    _of("document_id", "document.id", "the document that reports it"),
    _whole("start", "first code point of the quote in the document's text"),
    _whole("end", "code point after the last one of the quote"),
    _text("quote", "the exact words: text[start:end] of the document"),
    _text("speaker", "whose word it is, as named"),
    _text("speaker_kind", "what kind of voice: person, office, company, outlet"),
    _text("speaks_for", "code or name of the party that the speaker belongs to; null: not told", null=True),
    _text("verb", "the word that reports it, for example said or denied"),
    _text("topic", "what it is about: transfer, sanctions, diversion, mediation, approval, system"),
    _text("polarity", "affirmed or denied: what the speaker says of the matter"),
    _text("parties", _PARTIES),
    _text("system", "the lexicon's id of the system it names; null: none", null=True),
    _text("date", "when the thing spoken of happened or is to happen, ISO date or range; null: not said", null=True),
    _text("anchors", _ANCHORS),
    comment="What parties say about disputed matters: kept as their word, never adopted.",
)

statement_party = Table(
    "statement_party",
    metadata,
    _of("statement_id", "statement.id", "the statement", key=True),
    _text("party", "a party that its words name, or that its speaker speaks for", key=True),
    comment="Which parties a statement is of or about, for asking.",
    sqlite_with_rowid=False,
)

stated_by = Table(
    "stated_by",
    metadata,
    _of("statement_id", "statement.id", "the statement that was found", key=True),
    _text("reader", "reader and version that found it, for example statements/1", key=True),
    comment="Which readers found a statement; the version is no part of what is said.",
    sqlite_with_rowid=False,
)

occurrence = Table(
    "occurrence",
    metadata,
    _text("id", "hash of what is told and where: 24 hexadecimal digits", key=True),
    _of("document_id", "document.id", "the document that reports it"),
    _whole("start", "first code point of the quote in the document's text"),
    _whole("end", "code point after the last one of the quote"),
    _text("quote", "the exact words: text[start:end] of the document"),
    _text("kind", "what happened: attack, ceasefire, visit, vote, test, accident, exercise, signing ..."),
    _text("date", "when, ISO date as precise as told, or range joined by '/'"),
    _text("date_first", "first day that date may mean, ISO date, for ordering"),
    _text("parties", _PARTIES),
    _text("anchors", _ANCHORS),
    comment="Dated events that documents report, for timelines.",
)

judgement = Table(
    "judgement",
    metadata,
    _text("id", "hash of all other columns: 24 hexadecimal digits", key=True),
    _text("verdict", "same, different, accept or reject"),
    _text("about", "JSON list of the ids of the claims or deals that it is about, in the author's order"),
    _text("author", "who decided"),
    _text("made", "ISO date and time as given by the author"),
    _text("because", "the reason, in words"),
    _text("undoes", "id of the judgement that this one takes back; null: none", null=True),
    comment="Decisions of analysts; appended, taken back only by another judgement.",
)

# -- derived: worked out from what is kept, and worked out again whenever that changes -----------------------

placed = Table(
    "placed",
    metadata,
    _of("claim_id", "claim.id", "the claim", key=True),
    _text("ground", "what the claim is compared within, as the deals room worded it; empty: to be placed again"),
    _text("own_key", "what its deal is called by the ground alone: a number, else the first claim of a cluster"),
    _text("key", "what its deal is called when the keys that are one deal are taken together"),
    comment="Which deal each claim belongs to.",
    sqlite_with_rowid=False,
)

tie = Table(
    "tie",
    metadata,
    _text("ground", "the ground that showed it; empty: judgements of analysts", key=True),
    _text("one", "a key, as in placed.own_key; the lesser of the two", key=True),
    _text("other", "another key of the same deal", key=True),
    comment="Pairs of keys that are one deal.",
    sqlite_with_rowid=False,
)

stale = Table(
    "stale",
    metadata,
    _text("ground", "a ground with claims or judgements that came after it was settled; empty: all are", key=True),
    comment="What is still to be settled. Empty when the deals are up to date.",
    sqlite_with_rowid=False,
)

question = Table(
    "question",
    metadata,
    _text("id", "hash of the claim and of those that it may belong with", key=True),
    _text("ground", "the ground that the claim is in"),
    _of("claim_id", "claim.id", "the claim that may belong to several deals, or perhaps to one"),
    _text("told", "JSON {because, candidates}: a claim of each deal that it may be of, with [name, points, words]"),
    comment="What the rules could not decide, for people to judge.",
)

sketch = Table(
    "sketch",
    metadata,
    _of("document_id", "document.id", "the document", key=True),
    _text("sketch", "a short likeness of its text, as the deals room made it: alike texts have alike ones"),
    comment="Likenesses of texts, for finding copies and rewrites of one report.",
    sqlite_with_rowid=False,
)

band = Table(
    "band",
    metadata,
    _text("band", "a part of a sketch, as the deals room made it", key=True),
    _of("document_id", "document.id", "a document whose sketch has it", key=True),
    comment="Which documents have parts of their sketches in common.",
    sqlite_with_rowid=False,
)

word = Table(
    "word",
    metadata,
    _text("word", "a word of a quote, in folded case; empty: the index claim_words has all claims", key=True),
    comment="Every word of every quote once: by it, parts of words are found, which are then looked for in the index.",
    sqlite_with_rowid=False,
)

KEPT = (
    document, form, sighting, claim, found_by, statement, statement_party, stated_by, occurrence, judgement,
)  # fmt: skip
"""What was said or decided: rows of these are added and never changed or removed."""

DERIVED = (placed, tie, stale, question, sketch, band)
"""What is worked out from ``KEPT``, and written anew when it changes."""

INDEXES = (
    Index("document_by_date", document.c.published_order, document.c.id, unique=True),  # so no sorting is needed
    Index("sighting_by_name", sighting.c.name),
    Index("claim_by_document", claim.c.document_id, claim.c.start, claim.c.id),
    Index("claim_by_supplier", claim.c.supplier, claim.c.system),
    Index("claim_by_recipient", claim.c.recipient, claim.c.system),
    Index("claim_by_system", claim.c.system),
    Index("placed_by_ground", placed.c.ground),
    Index("placed_by_own_key", placed.c.own_key),
    Index("placed_by_key", placed.c.key),
    Index("tie_by_one", tie.c.one),
    Index("tie_by_other", tie.c.other),
    Index("question_by_ground", question.c.ground),
    Index("band_by_document", band.c.document_id),
    Index("statement_by_document", statement.c.document_id, statement.c.start, statement.c.id),
    Index("statement_by_system", statement.c.system),
    Index("statement_by_party", statement_party.c.party),
    Index("occurrence_by_document", occurrence.c.document_id),
    Index("occurrence_by_date", occurrence.c.date_first, occurrence.c.id),
)
"""Indexes that only make questions faster. They are built when the first load has ended, which is several times quicker
than keeping them up to date during it; a ledger whose first load was cut short works without them."""

for _index in INDEXES:
    if _index.table is not None:
        _index.table.indexes.discard(_index)  # so that creating the tables does not create them


def _on(dialect: str, *statements: str) -> Callable[..., None]:
    def execute(_target: Any, connection: Connection, **_: Any) -> None:
        if connection.dialect.name == dialect:
            for statement in statements:
                connection.exec_driver_sql(statement)

    return execute


REFUSING = "armsledger_refuses"
"""The function behind the triggers on PostgreSQL; that a schema has it says that it is ours."""

_REFUSES = f"""
CREATE OR REPLACE FUNCTION {REFUSING}() RETURNS trigger LANGUAGE plpgsql AS $armsledger$
BEGIN
    RAISE EXCEPTION 'a % is never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $armsledger$"""


def refusals(table: Table) -> dict[str, str]:
    """SQLite's triggers that refuse to change or remove rows of a table, by name."""
    made = {}
    for verb in ("UPDATE", "DELETE"):
        name = f"{table.name}_refuses_{verb.lower()}"
        refusal = f"SELECT RAISE(ABORT, 'a {table.name} is never changed or removed')"
        made[name] = f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} BEGIN {refusal}; END"
    return made


for _table in KEPT:
    event.listen(_table, "after_create", _on("sqlite", *refusals(_table).values()))
    _trigger = f"{_table.name}_refuses BEFORE UPDATE OR DELETE OR TRUNCATE ON {_table.name}"
    _made = f"CREATE TRIGGER {_trigger} FOR EACH STATEMENT EXECUTE FUNCTION {REFUSING}()"
    event.listen(_table, "after_create", _on("postgresql", _made))


def _make_functions(_target: Any, connection: Connection, **_: Any) -> None:
    if connection.dialect.name == "postgresql":
        for statement in (_REFUSES, *functions()):
            connection.connection.cursor().execute(statement)  # past the driver's parameters: it has % of its own


# In the transaction that makes the tables, so that a ledger has both or neither.
event.listen(metadata, "before_create", _make_functions)
event.listen(metadata, "after_create", _on("sqlite", f"PRAGMA application_id = {APPLICATION_ID}"))
