"""Makes a ledger into one that an earlier version would have made: with the tables of then, and all that was in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from armsledger.ledger import schema
from armsledger.ledger.rows import _anchors_from, stored

_OF_0002 = (
    """CREATE TABLE anchor (
        claim_id TEXT NOT NULL REFERENCES claim (id), position INTEGER NOT NULL, field TEXT NOT NULL,
        value TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL, how TEXT NOT NULL,
        PRIMARY KEY (claim_id, position)
    ) WITHOUT ROWID""",
    "CREATE TRIGGER anchor_refuses_update BEFORE UPDATE ON anchor BEGIN SELECT RAISE(ABORT, 'never changed'); END",
    "CREATE TRIGGER anchor_refuses_delete BEFORE DELETE ON anchor BEGIN SELECT RAISE(ABORT, 'never changed'); END",
    """CREATE TABLE deal_key (
        claim_id TEXT NOT NULL REFERENCES claim (id), key TEXT NOT NULL, PRIMARY KEY (claim_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX deal_key_by_key ON deal_key (key)",
    "INSERT INTO deal_key SELECT claim_id, own_key FROM placed",
)


def to_0002(path: Path) -> None:
    """Words of claims in a table of their own, deal keys in place of derived tables."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for sql in _OF_0002:
            connection.execute(sql)
        rows = connection.execute("SELECT id, anchors FROM claim WHERE anchors IS NOT NULL").fetchall()
        for claim_id, kept in rows:
            for n, a in enumerate(_anchors_from(kept)):
                words = (stored(a.field), stored(a.value), a.start, a.end, stored(a.quote), stored(a.how))
                connection.execute("INSERT INTO anchor VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (claim_id, n, *words))
        connection.execute("ALTER TABLE claim DROP COLUMN anchors")
        for table in schema.DERIVED:
            connection.execute(f"DROP TABLE {table.name}")
        for name in ("word", "claim_words"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("DELETE FROM migration WHERE name >= '0003'")
        connection.execute("COMMIT")


def to_0001(path: Path) -> None:
    """The same without statements and events."""
    to_0002(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for table in ("stated_by", "statement_party", "statement", "occurrence"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM migration WHERE name >= '0002'")
