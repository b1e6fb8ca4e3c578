"""How fast the ledger records claims, as a ratio to bare ``sqlite3`` writing the same rows in the same run.

    PYTHONPATH=src python benchmarks/ledger_write.py [--documents 10000] [--claims 5] [--anchors 10] [--rounds 3]

Each round writes all readings into a new ledger (law 1, places and indexes included), then the very same rows, made
ready before, into the same tables with ``executemany``, in batches of the same size and under the same pragmas. The
bare writer hashes nothing, checks nothing, looks nothing up and builds no secondary index nor that of words, so that it
stands for what the disk and SQLite cost. A claim's id is worked out once, and the gate of the readers has asked for it
before a claim comes to the ledger; so "record" is without that, and "with ids" has it as well. The ratio is taken
inside a round; the median of the rounds is printed. Reading back, and the second reading of everything (which adds
nothing), are timed beside it. Times are CPU seconds, but for "by the clock".
"""

from __future__ import annotations

import argparse
import gc
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from armsledger.ledger import Ledger, Rules
from armsledger.ledger.schema import metadata
from armsledger.model import (
    Anchor,
    Claim,
    Document,
    DocumentKind,
    Meaning,
    Money,
    Reading,
    Section,
    SectionKind,
    Settled,
    Silence,
    Stage,
)

FILLER = "The announcement was made on Tuesday by officials who asked not to be named. " * 4
BATCH_ROWS = 10_000  # claims of one batch of the ledger, with five claims a document


def made_up(documents: int, claims: int, anchors: int) -> list[Reading]:
    """Readings of made-up news, each with so many claims and so many anchors on each claim."""
    return [_reading(number, claims, anchors) for number in range(documents)]


def _reading(number: int, claims: int, anchors: int) -> Reading:
    quotes = [
        f"Country {number % 60} ordered {place + 2} missiles of type {number % 300} for ${number}.5 million, "
        f"an official said on day {number}."
        for place in range(claims)
    ]
    text = FILLER.join(["", *quotes, ""])
    source = Document(
        name=f"news/{number}.html",
        kind=DocumentKind.NEWS,
        text=text,
        sections=(Section(SectionKind.BODY, 0, len(text)),),
        title=f"Report {number}",
        published=f"20{number % 25:02}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        publisher="The Example",
        language="en",
        digest=f"{number:064x}",
    )
    document_id = source.id
    found = tuple(_claim(source, document_id, number, place, quote, anchors) for place, quote in enumerate(quotes))
    return Reading(source, claims=found, silences=(Silence("no item", 0, 5), Silence("no party", 5, 9)))


def _claim(source: Document, document_id: str, number: int, place: int, quote: str, anchors: int) -> Claim:
    start = source.text.index(quote)
    words = quote.split()
    fields = ("supplier", "recipient", "item", "system", "quantity", "value", "stage", "certainty", "speaker", "date")
    told = []
    for index in range(anchors):
        word = words[index % len(words)]
        at = start + quote.index(word)
        told.append(Anchor(fields[index % len(fields)], f"value {index}", at, at + len(word), word))
    return Claim(
        document=source.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        reader="news/1",
        stage=Stage.ORDERED,
        supplier="USA",
        recipient=f"C{number % 60:02}",
        item=f"missile of type {number % 300}",
        system=f"system-{number % 300}",
        quantity=Decimal(place + 2),
        value=Money(Decimal(number) + Decimal("0.5"), "USD", Meaning.REPORTED),
        speaker="an official",
        anchors=tuple(told),
    )


def place(claim: Claim) -> tuple[str, str]:
    """A ground and a key as cheap as they come: the benchmark is of the ledger."""
    return f"{claim.recipient} {claim.system}", f"{claim.supplier} {claim.recipient} {claim.system}"


RULES = Rules(place, lambda ground, *_: Settled(ground, ()), lambda _: {}, lambda *_: (), tuple)


def seconds(work: Callable[[], object]) -> float:
    """CPU time of the work, the system's part included; on a shared machine, waiting says little."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def record(path: Path, readings: list[Reading]) -> None:
    """What is measured."""
    with Ledger.open(path) as ledger:
        ledger.record(readings, RULES)


def read_back(path: Path) -> None:
    """All claims, rebuilt with their anchors."""
    with Ledger.open(path, create=False) as ledger:
        for _ in ledger.claims():
            pass


# Tables without row numbers come sorted by key, which would make the bare writer's work lighter than the ledger's.
_BY_CLAIM = "SELECT t.* FROM claim CROSS JOIN {} AS t ON t.claim_id = claim.id ORDER BY claim.rowid"
_IN_ORDER = dict.fromkeys(("found_by", "placed"), _BY_CLAIM)


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a finished ledger, ready to be written by the bare writer in the order in which the ledger wrote."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table.name: connection.execute(_IN_ORDER.get(table.name, "SELECT * FROM {}").format(table.name)).fetchall()
            for table in metadata.sorted_tables
            if table.name != "migration"
        }


def write_bare(path: Path, rows: dict[str, list[tuple[object, ...]]]) -> None:
    """The same rows into the same tables with nothing but ``sqlite3``."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "cache_size = -65536"):
            connection.execute(f"PRAGMA {pragma}")
        for name, all_rows in rows.items():
            if not all_rows:
                continue
            insert = f"INSERT OR IGNORE INTO {name} VALUES ({', '.join('?' * len(all_rows[0]))})"
            for start in range(0, len(all_rows), BATCH_ROWS):
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(insert, all_rows[start : start + BATCH_ROWS])
                connection.execute("COMMIT")


def measure(readings: list[Reading], folder: Path) -> dict[str, float]:
    """One round; seconds by name of what was done, and the ratio."""
    kept, bare = folder / "ledger.db", folder / "bare.db"
    fresh = [replace(claim) for reading in readings for claim in reading.claims]  # a copy does not know its id
    ids = seconds(lambda: [claim.id for claim in fresh])
    fresh.clear()
    begun = time.perf_counter()
    took = {"record": seconds(lambda: record(kept, readings))}
    took |= {"by the clock": time.perf_counter() - begun, "ids alone": ids, "with ids": took["record"] + ids}
    rows = rows_of(kept)
    Ledger.open(bare).close()  # makes the empty tables
    took["bare"] = seconds(lambda: write_bare(bare, rows))
    took["record again"] = seconds(lambda: record(kept, readings))
    took["read back"] = seconds(lambda: read_back(kept))
    took["ratio"] = took["record"] / took["bare"]
    return took


def main() -> None:
    """Print the medians of the rounds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=5, help="claims a document")
    parser.add_argument("--anchors", type=int, default=10, help="anchors a claim")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    readings = made_up(asked.documents, asked.claims, asked.anchors)
    for claim in (claim for reading in readings for claim in reading.claims):
        assert claim.id  # it is known from now on
    gc.collect()
    gc.freeze()  # a real run streams its readings; collecting garbage among all of ours would count as writing
    rounds = []
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(measure(readings, Path(folder)))
    claims = asked.documents * asked.claims
    print(f"{asked.documents:,} documents, {claims:,} claims, {asked.anchors} anchors a claim, {asked.rounds} rounds")
    for name in rounds[0]:
        middle = statistics.median(took[name] for took in rounds)
        print(f"{name:>14}  " + (f"{middle:.2f} x bare" if name == "ratio" else f"{claims / middle:>9,.0f} claims/s"))


if __name__ == "__main__":
    main()
