"""How long one more document takes in a large ledger, and what a listing and a look-up take there.

    PYTHONPATH=src python benchmarks/ledger_add.py [--claims 1000000] [--rounds 20] [--ledger FILE or postgresql://...]

The ledger is filled with made-up claims of some hundred thousand grounds, placed by the rules of the deals room but not
compared: that is not what is measured. Then documents are added one at a time, each with claims of five grounds that
are there already, recorded and settled by all the rules. Times are by the clock, the median and the longest,
beside the median of CPU time.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from pathlib import Path

from armsledger.ledger import ClaimFilter, Ledger
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
    Stage,
)
from armsledger.pipeline import RULES, keys_called, record, resolve

CLAIMS = 5  # a document
BUYERS, SYSTEMS = 180, 900
NOT_COMPARED = replace(RULES, settle=lambda ground, *_: Settled(ground, ()), sketch=None)


def papers(first: int, count: int) -> Iterator[Reading]:
    """Documents of five claims each; one in ten has a transmittal number."""
    return (paper(number) for number in range(first, first + count))


def paper(number: int) -> Reading:
    """Always the same for a number."""
    kinds = [(number * 7 + place * 31) % BUYERS for place in range(CLAIMS)]
    quotes = [
        f"Buyer {buyer} ordered {number % 40 + 2} of type {_system(number)} for ${number % 900}.5 million."
        for buyer in kinds
    ]
    head = f"Transmittal {number % 90 + 10}-{number:06}. " if number % 10 == 0 else f"Report {number}. "
    text = head + " ".join(quotes)
    source = Document(
        name=f"news/{number}.html",
        kind=DocumentKind.NEWS,
        text=text,
        sections=(Section(SectionKind.BODY, 0, len(text)),),
        title=f"Report {number}",
        published=f"20{number % 25:02}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        publisher="The Example",
        language="en",
    )
    found = (_claim(source, quote, f"B{buyer:03}", number) for quote, buyer in zip(quotes, kinds, strict=True))
    return Reading(source, claims=tuple(found))


def _system(number: int) -> int:
    return (number * 13 + number // SYSTEMS) % SYSTEMS


def _claim(source: Document, quote: str, buyer: str, number: int) -> Claim:
    start = source.text.index(quote)
    system = f"system-{_system(number)}"
    anchors = [
        Anchor(field, value, start, start + 5, quote[:5])
        for field, value in (("supplier", "USA"), ("recipient", buyer), ("item", system), ("stage", "ordered"))
    ]
    if number % 10 == 0:
        anchors.append(Anchor("transmittal", source.text[12:21], 12, 21, source.text[12:21]))
    return Claim(
        document=source.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        reader="news/1",
        stage=Stage.ORDERED,
        supplier="USA",
        recipient=buyer,
        item=system,
        system=system,
        quantity=Decimal(number % 40 + 2),
        value=Money(Decimal(number % 900) + Decimal("0.5"), "USD", Meaning.REPORTED),
        speaker="an official",
        anchors=tuple(anchors),
    )


def told(name: str, work: Callable[[], object], rounds: int) -> None:
    """Print how long the work took, each time."""
    took, cpu = [], []
    for _ in range(rounds):
        begun, busy = time.perf_counter(), time.process_time()
        work()
        took.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - busy)
    middle, longest, busy = (1000 * n for n in (statistics.median(took), max(took), statistics.median(cpu)))
    print(f"{name:>34}  median {middle:8.1f} ms  longest {longest:8.1f} ms  CPU {busy:8.1f} ms")


def fill(ledger: Ledger, first: int, documents: int) -> None:
    """Record so many documents and place them; print how fast."""
    begun, clock = time.process_time(), time.perf_counter()
    ledger.record(papers(first, documents), NOT_COMPARED)
    recorded = time.process_time()
    grounds = ledger.settle(NOT_COMPARED)
    claims = documents * CLAIMS
    print(
        f"{claims:,} claims in {grounds:,} grounds; recorded at {claims / (recorded - begun):,.0f} claims/s of CPU, "
        f"making them included; placed at {claims / (time.process_time() - recorded):,.0f} claims/s; "
        f"{time.perf_counter() - clock:.0f} s by the clock"
    )


def measure(target: str, claims: int, rounds: int) -> None:
    """Fill a ledger, unless it is there already, and ask it."""
    documents = claims // CLAIMS
    with Ledger.open(target) as ledger:
        there = ledger.counts().documents
        if there < documents:
            fill(ledger, there, documents - there)
        else:
            documents = there  # one that was kept: what is added comes behind
        with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "small.db") as small:
            record(small, papers(documents, 2))  # what is loaded once is loaded now: who has read a document has it
        more = iter(papers(documents, rounds))
        told("one more document", lambda: record(ledger, [next(more)]), rounds)
        told("the same document again", lambda: record(ledger, [paper(documents)]), rounds)
        told("fifty deals of all", lambda: list(islice(resolve(ledger, ClaimFilter()), 50)), rounds)
        buyer = ClaimFilter(recipient="B007", as_of="2020")
        told("fifty deals of one buyer, as of", lambda: list(islice(resolve(ledger, buyer), 50)), rounds)
        told("a deal by its number", lambda: keys_called(ledger, "30-000200", None), rounds)
        # Most claims are a deal of their own here, since they were not compared, and all keys are looked at.
        told("a deal by its id", lambda: keys_called(ledger, "d12345", None), min(rounds, 3))


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument(
        "--ledger",
        help="a ledger that is kept, and filled where it is not there yet  [default: a file that is removed]",
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(asked.ledger or str(Path(folder) / "ledger.db"), asked.claims, asked.rounds)


if __name__ == "__main__":
    main()
