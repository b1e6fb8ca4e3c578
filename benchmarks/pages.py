"""How fast the web page answers on a large ledger: 20 readers at once while a writer adds documents.

    PYTHONPATH=src python benchmarks/pages.py [--deals 20000] [--claims 10] [--warm 30] [--seconds 30] [--ledger FILE]
    PYTHONPATH=src python benchmarks/pages.py --deals 100000   # the ledger of the goal: a million claims

The ledger is made up and written through the pipeline's own ``record``: each deal has a notice with its transmittal
number and reports of some days that name it, of an item of the lexicon and a recipient. It is served as ``armsledger
serve --workers 2`` does; the writer is another process that adds a document ten times a second; the readers are threads
of this one, each with a connection that stays open, and ask without a pause for pages drawn by a fixed seed in the
shares of ``MIX``. They read for ``--warm`` seconds before anything is measured, because a server runs for days; with
``--warm 0`` the first seconds of a server that has answered nothing yet are in it.

Printed are median and 95th percentile of each kind of page and of all, in milliseconds (goal: below 150 and 500 on a
ledger of 100,000 deals and a million claims, with two cores), and the server's CPU time a page, which other jobs on the
machine change less. The load of the machine at the beginning and at the end is printed beside them: where other jobs
have the cores, the times of pages say little.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random

from armsledger.deals import deal_id
from armsledger.ledger import ClaimFilter, Ledger
from armsledger.lexicon.matcher import lexicon
from armsledger.model import (
    Anchor,
    Claim,
    DateInterval,
    Document,
    DocumentKind,
    Meaning,
    Money,
    Reading,
    Section,
    SectionKind,
    SpeakerKind,
    Stage,
)
from armsledger.pipeline import record

MIX = {"overview": 2, "deals": 2, "filtered": 3, "deal": 6, "document": 4, "party": 1, "documents": 1, "changes": 1}
RECIPIENTS = (
    "TUR IND PAK SAU ARE QAT KWT EGY MAR DZA POL ROU GRC ITA ESP NOR FIN JPN KOR TWN THA IDN MYS SGP AUS BRA CHL PER "
    "COL UKR NLD BEL DNK PRT HUN CZE SVK BGR ISR JOR LBN OMN BHR VNM PHL BGD LKA KAZ"
).split()
STAGES = (Stage.APPROVED, Stage.NEGOTIATED, Stage.ORDERED, Stage.ORDERED, Stage.DELIVERED)


# -- the ledger -------------------------------------------------------------------------------------------


def readings(deals: int, claims: int, start: int = 0) -> Iterator[Reading]:
    """A notice of each deal and, for every four deals, reports with a claim of each of them."""
    random = Random(7 + start)
    systems = [(s.id, s.name, (s.origin or ("USA",))[0]) for s in lexicon().systems]
    batch: list[tuple[int, str, tuple[str, str, str], int]] = []
    for number in range(start, start + deals):
        one = (number, random.choice(RECIPIENTS), random.choice(systems), random.randint(2, 90))
        yield _reading(f"notice {number}", DocumentKind.NOTICE, _day(number), [(one, 0)])
        batch.append(one)
        if len(batch) == 4:
            for place in range(1, claims):
                day = _day(number + 30 * place)
                yield _reading(f"report {number} {place}", DocumentKind.NEWS, day, [(one, place) for one in batch])
            batch.clear()


def _day(number: int) -> str:
    return f"{2016 + number // 28 % 10}-{1 + number // 280 % 12:02}-{1 + number % 28:02}"


def _reading(
    name: str, kind: DocumentKind, day: str, told: list[tuple[tuple[int, str, tuple[str, str, str], int], int]]
) -> Reading:
    official = kind is DocumentKind.NOTICE
    sentences = []
    for (number, recipient, (_, item, supplier), quantity), place in told:
        stage = STAGES[place % len(STAGES)]
        transmittal = f"{number // 10_000:02}-{number % 10_000:04}"
        words = (
            f"Transmittal {transmittal}: {supplier} {stage} {quantity} {item} to {recipient} "
            f"for ${quantity * 3} million, report {place} said."
        )
        sentences.append((words, number, recipient, supplier, stage, transmittal))
    text = "\n\n".join([f"{name}: what is told", *(s[0] for s in sentences)])
    document = Document(
        name, kind, text, (Section(SectionKind.BODY, 0, len(text)),), title=name, published=day,
        publisher=None if official else f"Example Wire {len(text) % 40}",
    )  # fmt: skip
    made = []
    for ((_, _, (system, item, _), quantity), place), (words, _, recipient, supplier, stage, transmittal) in zip(
        told, sentences, strict=True
    ):
        at = text.index(words)
        made.append(
            Claim(
                document.id, at, at + len(words), words, "notices/1" if official else "news/1", stage,
                supplier=supplier, recipient=recipient, item=item, system=system, quantity=Decimal(quantity),
                value=Money(
                    Decimal(quantity * 3_000_000), "USD", Meaning.CEILING if place == 0 else Meaning.REPORTED
                ),
                speaker="US Government" if official else "Example Wire",
                speaker_kind=SpeakerKind.OFFICE if official else SpeakerKind.OUTLET,
                date=DateInterval(day),
                anchors=tuple(
                    Anchor(field, value, text.index(said, at), text.index(said, at) + len(said), said)
                    for field, value, said in (
                        ("recipient", recipient, recipient),
                        ("supplier", supplier, supplier),
                        ("transmittal", transmittal, transmittal),
                    )
                ),
            )
        )  # fmt: skip
    return Reading(document, claims=tuple(made))


def make(path: Path, deals: int, claims: int) -> None:
    """Writes the ledger, unless the file is there already."""
    if path.exists():
        return
    begun = time.perf_counter()
    with Ledger.open(path) as book:
        record(book, readings(deals, claims))
        counts = book.counts()
    took = time.perf_counter() - begun
    print(f"made {counts.deals:,} deals of {counts.claims:,} claims in {counts.documents:,} documents: {took:,.0f} s")


# -- the processes ----------------------------------------------------------------------------------------


def serve(path: str, port: str, workers: str) -> None:
    """Serves the ledger with so many processes until it is ended."""
    from armsledger.views.page_workers import Common, Served, serve_one, serve_together
    from armsledger.views.publishers import Grades
    from armsledger.views.serve import listening

    count = int(workers)
    sockets = [listening("127.0.0.1", int(port), shared=count > 1) for _ in range(count)]
    for taken in sockets:
        taken.listen(512)
    served = Served(path, Grades(), None, (), per_minute=None)
    if count == 1:
        serve_one(served, sockets[0], Common())
    else:
        serve_together(served, sockets)


def write(path: str) -> None:
    """Adds documents, ten a second, until it is ended."""
    start = 90_000_000 + os.getpid() % 1_000 * 1_000
    with Ledger.open(path, create=False) as book:
        for n in count():
            record(book, list(readings(1, 1, start + n)))
            time.sleep(0.1)


# -- the readers ------------------------------------------------------------------------------------------


def addresses(path: Path, most: int) -> dict[str, list[str]]:
    """Pages of each kind."""
    random = Random(11)
    with Ledger.open(path, create=False) as book:
        keys = [key for _, key in zip(range(most * 20), book.keys(ClaimFilter()), strict=False)]
        shown = random.sample(keys, min(most, len(keys)))
        documents = [row.id for row in book.newest(most, 1_000)]
    systems = [s.id for s in lexicon().systems][:60]
    pairs = [(random.choice(RECIPIENTS), random.choice(systems)) for _ in range(most)]
    return {
        "overview": ["/"],
        "deals": [f"/deals?page={n}" for n in range(1, 4)],
        "filtered": [f"/deals?recipient={party}&system={system}" for party, system in pairs],
        "deal": [f"/deals/{deal_id(key)}" for key in shown],
        "document": [f"/documents/{document}" for document in documents],
        "party": [f"/parties/{party}" for party in RECIPIENTS],
        "documents": [f"/documents?page={n}" for n in range(1, 20)],
        "changes": [f"/changes?since=2020-01-{n:02}&until=2020-01-{n + 1:02}" for n in range(1, 28)],
    }


def read(
    port: int, pages: dict[str, list[str]], seed: int, times: tuple[float, float], took: dict[str, list[float]]
) -> None:
    """Asks for pages until the later time, over one connection; notes what each took from the earlier one on."""
    random = Random(seed)
    kinds = [kind for kind, share in MIX.items() for _ in range(share)]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.perf_counter() < times[1]:
        kind = random.choice(kinds)
        begun = time.perf_counter()
        connection.request("GET", random.choice(pages[kind]))
        answer = connection.getresponse()
        answer.read()
        if begun >= times[0]:
            took[kind if answer.status == 200 else "refused"].append(1000 * (time.perf_counter() - begun))


def wait(port: int) -> None:
    """Until the first page is answered, as a reader would see it."""
    begun = time.perf_counter()
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", "/")
            connection.getresponse().read()
            print(f"first page {time.perf_counter() - begun:,.1f} s after the start")
            return
        except ConnectionError:
            time.sleep(0.05)


def cpu(process: int) -> float:
    """Seconds of CPU that a process and those that it has started have used; not a number where that is not told."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(cpu(int(one)) for one in below)


def told(kind: str, took: list[float]) -> str:
    """A line of figures."""
    ninety_fifth = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
    return f"{kind:>10} {len(took):>7,} {statistics.median(took):>9,.0f} {ninety_fifth:>9,.0f} {max(took):>9,.0f}"


def main() -> None:
    """Makes the ledger, serves it, reads it, and prints what that took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deals", type=int, default=20_000)
    parser.add_argument("--claims", type=int, default=10, help="claims of a deal")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--warm", type=float, default=30, help="seconds of reading before anything is measured")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--ledger", type=Path, help="where the made-up ledger is kept; made where it is not there")
    parser.add_argument("--port", type=int, default=8079)
    parser.add_argument("--workers", type=int, default=2, help="processes that serve")
    parser.add_argument("--no-writer", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.ledger or Path(folder) / "pages.db"
        make(path, asked.deals, asked.claims)
        pages = addresses(path, 400)
        me = [sys.executable, __file__]
        started = [subprocess.Popen([*me, "--serve", str(path), str(asked.port), str(asked.workers)])]
        if not asked.no_writer:
            started.append(subprocess.Popen([*me, "--write", str(path)]))
        try:
            wait(asked.port)
            took: dict[str, list[float]] = defaultdict(list)
            begin = time.perf_counter() + asked.warm
            given = ((asked.port, pages, seed, (begin, begin + asked.seconds), took) for seed in range(asked.readers))
            readers = [threading.Thread(target=read, args=one) for one in given]
            for reader in readers:
                reader.start()
            time.sleep(asked.warm)
            used, load = cpu(started[0].pid), os.getloadavg()[0]
            for reader in readers:
                reader.join()
            used = cpu(started[0].pid) - used
        finally:
            for process in started:
                process.terminate()
                process.wait()
    every = [ms for some in took.values() for ms in some]
    print(f"{'page':>10} {'asked':>7} {'median':>9} {'95th':>9} {'longest':>9}   ms")
    for kind in (*MIX, "refused"):
        if took[kind]:
            print(told(kind, took[kind]))
    print(told("all", every), f"  {len(every) / asked.seconds:,.0f} a second")
    share = used / asked.seconds
    print(f"CPU of the server: {1000 * used / len(every):,.1f} ms a page; it had {share:.0%} of a core")
    print(f"load of the machine {load:.1f} to {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--serve", path, port, workers]:
            serve(path, port, workers)
        case ["--write", path]:
            write(path)
        case _:
            main()
