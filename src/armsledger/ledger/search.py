"""Finding claims by words of their quotes: an index of whole words, and a list of all words to find parts of them by.

What a search means is said by ``has_words``: every word that is asked for stands somewhere in the quote, whatever the
case, also inside another word. The index only says which claims can have them, and ``has_words`` has the last word on
each, so that both answer alike whether there is an index or not.

* A **word** is a run of ASCII letters, digits and of whatever is not ASCII, in folded case. That is just how SQLite's
  tokenizer ``ascii`` cuts a text, so the words need no other one, and no version of Unicode is in the index.
* The table ``word`` has every word of every quote once. A part that is asked for is looked up there: ``ussia`` leads to
  ``russia`` and ``prussia``, and ``s-400`` to the words that end with ``s`` and those that begin with ``400``.
* The index is an FTS5 table on SQLite and a ``tsvector`` with a GIN index on PostgreSQL. It is asked with words of that
  table alone, each in quotation marks that no word can have in it: nothing that a person writes is ever part of its
  syntax.

Claims are called by the first 40 bits of their ids in FTS5, which has room for whole numbers only. Two claims that
share them are both looked at. The empty word says that the index has all claims; without it nobody asks the index:
where an SQLite without FTS5 has written to the ledger, or has made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, event, func, or_, select, text

from . import schema
from .rows import Row, stored
from .schema import claim, word

MOST = 900
"""Claims that the index may lead to: where there are more, to look through them in order finds the first ones soon."""

_WORD = re.compile("[0-9a-z\x80-\U0010ffff]+")
_LONGEST = 80  # characters of a word that are kept
_CUT = "\ufdd1"  # a noncharacter before a word that was longer: anything may stand in what is not kept of it
_FORMS = 400  # words of the ledger that a part may stand in; one that stands in more says little
_COMPLETE = ""
_LAST = "\U0010ffff"  # sorts after every word that begins alike
_STRETCH = 5_000  # claims of an older ledger that are brought in at a time


def words_of(quote: str) -> set[str]:
    """The words of a quote as it is kept, in folded case.

    >>> sorted(words_of("Russia may sell S-400s; Straße"))
    ['400s', 'may', 'russia', 's', 'sell', 'strasse']
    """
    found = _WORD.findall(quote.casefold())
    return {one if len(one) <= _LONGEST else _CUT + one[:_LONGEST] for one in found}


def entries(claims: Iterable[tuple[str, str]]) -> tuple[list[Row], list[Row]]:
    """What claims add, by their ids and their quotes as they are kept: rows of ``word``, and of the index, in order."""
    every: set[str] = set()
    indexed: list[Row] = []
    ordered = sorted(claims)
    for claim_id, quote in ordered:  # a word that stands there twice does no harm, and to take it out costs
        found = _WORD.findall(quote.casefold())
        every.update(found)
        indexed.append((claim_id, " ".join(found)))
    if max(map(len, every), default=0) > _LONGEST:  # hardly ever: some are to be cut
        every = set()
        for place, (claim_id, quote) in enumerate(ordered):
            cut = words_of(quote)
            every |= cut
            indexed[place] = (claim_id, " ".join(sorted(cut)))
    return [(one,) for one in sorted(every)], indexed


# -- the index --------------------------------------------------------------------------------------------


def make(connection: Connection) -> None:
    """Makes an empty index, for a ledger without claims, unless the database has no such thing."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            'CREATE TABLE claim_words (claim_id text COLLATE "C" PRIMARY KEY REFERENCES claim (id), '
            "words tsvector NOT NULL)"
        )
        connection.exec_driver_sql("CREATE INDEX claim_words_by_word ON claim_words USING gin (words)")
    elif has_fts5(connection):
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE claim_words "
            "USING fts5(words, content='', tokenize='ascii', detail=none, columnsize=0)"
        )
    else:
        return
    connection.execute(word.insert().values(word=_COMPLETE))


def fill(connection: Connection) -> None:
    """Brings all claims of an older ledger into a new index."""
    from .connect import put

    after = ""
    while True:
        query = select(claim.c.id, claim.c.quote).where(claim.c.id > after).order_by(claim.c.id).limit(_STRETCH)
        rows = [(row.id, row.quote) for row in connection.execute(query)]
        if not rows:
            return
        words, indexed = entries(rows)
        put(connection, word, words)
        add(connection, indexed)
        after = rows[-1][0]


def has_fts5(connection: Connection) -> bool:
    """Whether this SQLite was built with FTS5."""
    asked = "SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'"
    return bool(connection.exec_driver_sql(asked).scalar_one())


def add(connection: Connection, indexed: Sequence[Row]) -> None:
    """Adds claims that have just been written, in the same transaction, in the order of their ids."""
    if not indexed or not _is_complete(connection):
        return
    if connection.dialect.name == "postgresql":
        ids, words = ([row[n] for row in indexed] for n in (0, 1))
        connection.connection.cursor().execute(
            "INSERT INTO claim_words SELECT id, array_to_tsvector(string_to_array(words, ' ')) "
            "FROM unnest(%s::text[], %s::text[]) AS new (id, words) ON CONFLICT DO NOTHING",
            (ids, words),
        )
    elif has_fts5(connection):
        rows = [(int(claim_id[:10], 16), words) for claim_id, words in indexed]
        connection.exec_driver_sql("INSERT INTO claim_words (rowid, words) VALUES (?, ?)", rows)
    else:
        connection.execute(delete(word).where(word.c.word == _COMPLETE))


def _is_complete(connection: Connection) -> bool:
    return connection.execute(select(word.c.word).where(word.c.word == _COMPLETE)).first() is not None


def _made(_target: Any, connection: Connection, tables: Sequence[Table] = (), **_: Any) -> None:
    if word in tables:
        make(connection)


event.listen(schema.metadata, "after_create", _made)  # in the transaction that makes the tables


# -- asking -----------------------------------------------------------------------------------------------


def candidates(connection: Connection, asked: str) -> list[str] | None:
    """The ids of all claims whose quotes can have these words; None where all are to be looked at: there is no index,
    or it would lead to very many.
    """
    parts = list(_parts(asked))
    if not parts or not _is_complete(connection):
        return None
    if connection.dialect.name == "sqlite" and not has_fts5(connection):
        return None
    every = [forms for part in parts if (forms := _forms(connection, *part)) is not None]
    if not every:
        return None
    if not all(every):
        return []
    found = _on_postgresql(connection, every) if connection.dialect.name == "postgresql" else _fts5(connection, every)
    return None if len(found) > MOST else found


def _parts(asked: str) -> Iterator[tuple[str, bool, bool]]:
    """The words within what is asked for, each with whether a longer word may begin before it, and end after it.

    >>> list(_parts("S-400 “Triumf”"))
    [('s', True, False), ('400', False, True), ('“triumf”', True, True)]
    """
    for said in stored(asked).casefold().split():
        for found in _WORD.finditer(said):
            yield found[0], found.start() == 0, found.end() == len(said)


def _forms(connection: Connection, part: str, before: bool, after: bool) -> list[str] | None:
    """The words of the ledger that a part can stand in; None where they are too many to say much."""
    if len(part) > _LONGEST:
        part, after = part[:_LONGEST], True
    own = word.c.word
    is_postgresql = connection.dialect.name == "postgresql"
    place = func.strpos(own, part) if is_postgresql else func.instr(own, part)
    if before and after:
        fits: ColumnElement[bool] = place > 0
    elif before:
        fits = func.right(own, len(part)) == part if is_postgresql else func.substr(own, -len(part)) == part
    else:
        fits = (own >= part) & (own < part + _LAST) if after else own == part
    cut = (own >= _CUT) & (own < _CUT + _LAST)
    query = select(own).where(own != _COMPLETE, or_(fits, cut)).limit(_FORMS + 1)
    found = list(connection.scalars(query))
    return None if len(found) > _FORMS else found


def _fts5(connection: Connection, every: Sequence[Sequence[str]]) -> list[str]:
    asked = " AND ".join("(" + " OR ".join(f'"{form}"' for form in forms) + ")" for forms in every)
    query = text(
        "SELECT claim.id FROM (SELECT printf('%010x', rowid) AS start FROM claim_words WHERE claim_words MATCH :asked "
        "LIMIT :most) AS found CROSS JOIN claim ON claim.id >= found.start AND claim.id < found.start || 'g'"
    )
    return list(connection.scalars(query, {"asked": asked, "most": MOST + 1}))


def _on_postgresql(connection: Connection, every: Sequence[Sequence[str]]) -> list[str]:
    asked = " & ".join("(" + " | ".join(f"'{form}'" for form in forms) + ")" for forms in every)
    query = text("SELECT claim_id FROM claim_words WHERE words @@ CAST(:asked AS tsquery) LIMIT :most")
    return list(connection.scalars(query, {"asked": asked, "most": MOST + 1}))
