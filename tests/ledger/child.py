"""A program of its own that uses a ledger, for the tests with several processes. It says each step on a line.

python -m ledger.child record LEDGER FIRST COUNT BATCH    the readings FIRST to COUNT, BATCH documents at a time
python -m ledger.child make FOLDER                        makes a ledger in the folder for each line of its input
python -m ledger.child hold LEDGER                        keeps a write transaction open until its input ends
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice

from armsledger.ledger import Ledger, store
from armsledger.ledger.connect import writing
from armsledger.model import Reading

from .made_up import key_of, many


def said(readings: Iterator[Reading]) -> Iterator[Reading]:
    """The readings, each with a line when it is handed over."""
    for number, reading in enumerate(readings):
        print(number, flush=True)
        yield reading


def main() -> None:
    """Do as the arguments say."""
    print("begin", flush=True)
    what, target, *numbers = sys.argv[1:]
    if what == "hold":
        with Ledger.open(target) as ledger, writing(ledger._engine) as connection:
            connection.exec_driver_sql("INSERT INTO judgement VALUES ('x', 'same', '[]', 'me', '2025', 'so', NULL)")
            print("holding", flush=True)
            sys.stdin.read()
        return
    if what == "make":
        for turn, _ in enumerate(sys.stdin):
            with Ledger.open(f"{target}/{turn}.db") as ledger:
                ledger.record(many(2), key_of)
            print("made", turn, flush=True)
        return
    first, count, batch = map(int, numbers)
    store._BATCH_DOCUMENTS = batch
    store._WORTH_INDEXING = 300
    with Ledger.open(target) as ledger:
        print("open", flush=True)
        sys.stdin.readline()  # where several are to begin together
        ledger.record(said(islice(many(count), first, None)), key_of)
    print("end", flush=True)


if __name__ == "__main__":
    main()
