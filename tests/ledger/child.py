"""A program of its own that uses a ledger, for the tests with several processes. It says each step on a line.

python -m ledger.child record LEDGER FIRST COUNT BATCH    the readings FIRST to COUNT, BATCH documents at a time
python -m ledger.child settle LEDGER BATCH                settles what is stale, BATCH grounds at a time
python -m ledger.child make -                             makes the ledger that each line of its input names
python -m ledger.child hold LEDGER                        keeps a write transaction open until its input ends
python -m ledger.child hold-settling LEDGER               the same in the middle of settling
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from armsledger.ledger import Ledger, batch, settling, store
from armsledger.ledger.connect import writing
from armsledger.model import Claim, DocumentId, Judgement, Reading, Settled

from .made_up import RULES, many


def said(readings: Iterator[Reading]) -> Iterator[Reading]:
    """The readings, each with a line when it is handed over."""
    for number, reading in enumerate(readings):
        print(number, flush=True)
        yield reading


def record(target: str, first: int, count: int, documents: int) -> None:
    """Record readings, few at a time."""
    batch.BATCH_DOCUMENTS = documents
    store._WORTH_INDEXING = 300
    with Ledger.open(target) as ledger:
        print("open", flush=True)
        sys.stdin.readline()  # where several are to begin together
        ledger.record(said(islice(many(count), first, None)), RULES)


def settle(target: str, grounds: int) -> None:
    """Settle few grounds at a time."""
    settling._BATCH_GROUNDS = grounds
    turns = iter(range(10_000))

    def settled(
        ground: str,
        claims: Sequence[Claim],
        published: Mapping[DocumentId, str | None],
        judgements: Sequence[Judgement],
    ) -> Settled:
        print(next(turns), flush=True)
        return RULES.settle(ground, claims, published, judgements)

    with Ledger.open(target) as ledger:
        ledger.settle(replace(RULES, settle=settled))


def hold(target: str, *, in_settling: bool) -> None:
    """Stop in the middle of a write transaction until the input ends."""

    def wait() -> None:
        print("holding", flush=True)
        sys.stdin.read()

    with Ledger.open(target) as ledger:
        if in_settling:
            written = settling._write_keys

            def waits(*arguments: object) -> None:
                wait()
                written(*arguments)  # type: ignore[arg-type]

            setattr(settling, "_write_keys", waits)  # noqa: B010 (mypy would have its exact signature)
            ledger.settle(RULES)
            return
        with writing(ledger._engine) as connection:
            connection.exec_driver_sql("INSERT INTO judgement VALUES ('x', 'same', '[]', 'me', '2025', 'so', NULL)")
            wait()


def main() -> None:
    """Do as the arguments say."""
    print("begin", flush=True)
    what, target, *numbers = sys.argv[1:]
    if what == "make":
        for line in sys.stdin:
            with Ledger.open(line.strip()) as ledger:
                ledger.record(many(2), RULES)
            print("made", flush=True)
    elif what == "record":
        record(target, *map(int, numbers))
    elif what == "settle":
        settle(target, *map(int, numbers))
    else:
        hold(target, in_settling=what == "hold-settling")
    print("end", flush=True)


if __name__ == "__main__":
    main()
