"""How fast official texts are read, and in how much memory, beside what spaCy would need to find sentences and names.

    python benchmarks/reading.py [--data FOLDER] [--days 80] [--notices 200] [--rounds 5]

1. Days of contract announcements and notices, plain text in, readings with anchored claims out, on one core. The peer
   in the same round is a blank English spaCy pipeline with a sentencizer and an EntityRuler over the same party names,
   on the same text; it finds sentences and names and reads nothing. Ratios are taken inside a round.
2. Memory as the input grows: a process of its own reads 1, 4 and 16 times as many documents from one JSON Lines file
   through the pipeline, and the most memory that it had is told as a ratio.
3. Time a paragraph as one document grows: 1, 4 and 16 times as many paragraphs in one day; 1.0 is linear.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from material import contract_day, cpu_seconds, interleaved, middle, notice, ratio, texts_of

from armsledger.claims import read
from armsledger.documents import read_documents
from armsledger.errors import InputError
from armsledger.lexicon.matcher import NameKind, lexicon, spellings
from armsledger.model import DocumentKind, Fetched

TARGET = 1_000
GROWTH = (1, 4, 16)
_PARTY_KINDS = {NameKind.PARTY, NameKind.DEMONYM, NameKind.PEOPLE, NameKind.SEAT, NameKind.SERVICE}
# A process of its own; it prints kilobytes. Its own account (VmHWM) is read: what getrusage tells as the most is taken
# over from the process that started it, and so would look flat whatever was read.
_CHILD = """
import sys
from pathlib import Path
from armsledger.pipeline import Report, read_inputs

def told(field):
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return int(fields[field].split()[0])

report, warm = Report(), 0
for reading in read_inputs(sys.argv[2:], report):
    if report.documents == int(sys.argv[1]):
        warm = told("VmRSS")
assert not report.errors, report.errors[0]
print(report.documents, warm, told("VmHWM"))
"""


def read_all(texts: Sequence[str]) -> tuple[int, int]:
    """Reads every text; gives how many notices and contract paragraphs, and how many claims, were found."""
    records = claims = 0
    for number, text in enumerate(texts):
        for document in read_documents(Fetched(f"text/{number}.txt", body=text.encode())):
            if isinstance(document, InputError):
                raise document
            reading = read(document)
            records += len(reading.notices) + len(reading.contracts)
            claims += len(reading.claims)
    return records, claims


def official(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The days of contract announcements among some texts, and the notices; the others are left out."""
    days: list[str] = []
    notices: list[str] = []
    for text in texts:
        for document in read_documents(Fetched("text.txt", body=text.encode())):
            if isinstance(document, InputError):
                continue
            if document.kind is DocumentKind.CONTRACTS:
                days.append(text)
            elif document.kind is DocumentKind.NOTICE:
                notices.append(text)
    return days, notices


def peer() -> Any:
    """spaCy with sentences and party names, or None where it is not installed."""
    try:
        import spacy
    except ImportError:
        return None
    pipeline = spacy.blank("en")
    pipeline.max_length = 10**8
    pipeline.add_pipe("sentencizer")
    names = sorted({spelled for spelled, name in spellings(lexicon()) if name.kind in _PARTY_KINDS})
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PARTY", "pattern": name} for name in names])
    return pipeline


def speed(label: str, texts: Sequence[str], pipeline: Any, rounds: int) -> None:
    """Prints how many paragraphs (contracts or notices) a second are read, and the ratio to the peer."""
    if not texts:
        return
    records, claims = read_all(texts)
    size = sum(len(text) for text in texts) / 1e6
    works: dict[str, Callable[[], object]] = {"armsledger": lambda: read_all(texts)}
    if pipeline is not None:
        works["spaCy"] = lambda: [(list(doc.sents), doc.ents) for doc in map(pipeline, texts)]
        works["spaCy"]()
    told = interleaved(works, rounds)
    print(f"{label}: {len(texts):,} documents, {size:.2f} million characters, {records:,} records, {claims:,} claims")
    print(f"        target  {TARGET:>8,} records/s")
    for name in works:
        took = middle(told, name)
        print(f"{name:>14}  {records / took:>8,.0f} records/s, {size / took:.2f} million characters/s")
    if pipeline is not None:
        print(f"    spaCy over armsledger: {ratio(told, 'spaCy', 'armsledger'):.2f} x the time (and it reads no claim)")


def memory(texts: Sequence[str]) -> None:
    """Prints how memory grows with the number of documents."""
    told = []
    for times in GROWTH:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "input.jsonl"
            with path.open("w", encoding="utf-8") as stream:
                for turn in range(times):
                    for number, text in enumerate(texts):
                        stream.write(json.dumps({"doc": f"{turn}/{number}.txt", "text": text}) + "\n")
            size = path.stat().st_size / 1e6
            command = [sys.executable, "-c", _CHILD, str(len(texts)), str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
        documents, warm, peak = (int(part) for part in done.stdout.split())
        told.append(peak)
        after = f"{warm / 1000:.0f} MB after {documents // times}, at most {peak / 1000:.0f} MB"
        print(f"memory, {times:>2} x: {documents:>6,} documents, {size:>6.1f} MB in, {after}")
    print(f"memory at most: {told[1] / told[0]:.2f} x at 4 x input, {told[2] / told[0]:.2f} x at 16 x (1.00 is flat)")


def growth() -> None:
    """Prints how the time a paragraph grows as one document gets longer."""
    days = [contract_day(0, 60 * times) for times in GROWTH]
    rounds = [[cpu_seconds(partial(read_all, [day])) / len(day) for day in days] for _ in range(5)]
    four, sixteen = (statistics.median(took[n] / took[0] for took in rounds) for n in (1, 2))
    print(f"time a character in one growing document: {four:.2f} x at 4 x, {sixteen:.2f} x at 16 x (1.00 is linear)")


def main() -> None:
    """Print speed, memory and growth."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="a folder of .txt, .md or .jsonl; without it, made-up official texts")
    parser.add_argument("--days", type=int, default=80, help="days of contract announcements")
    parser.add_argument("--notices", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    if asked.data:
        days, notices = official(texts_of(asked.data))
    else:
        days, notices = [contract_day(n) for n in range(asked.days)], [notice(n) for n in range(asked.notices)]
    days, notices = days[: asked.days], notices[: asked.notices]
    read_all([contract_day(0), notice(0)])  # the lexicon is loaded once
    pipeline = peer()
    if pipeline is None:
        print("spaCy is not installed: our side alone (pip install 'armsledger[bench]')")
    speed("contract days", days, pipeline, asked.rounds)
    speed("notices", notices, pipeline, asked.rounds)
    memory([*days, *notices][:200])
    growth()


if __name__ == "__main__":
    main()
