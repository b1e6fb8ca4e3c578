"""Fits the weights of the news reader's evidence points on annotated documents: logistic regression with a ridge.

    python benchmarks/fit_evidence.py GOLD.jsonl=DOCUMENTS.jsonl ... [--write]

Every candidate claim of every document is a row; it is right when supplier, recipient and item agree with an annotated
record. Optional records and their candidates are left out. With --write the weights go into the lexicon's data.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from armsledger.claims.news import candidates_of, features
from armsledger.lexicon.entries import DATA
from armsledger.model import Document, DocumentKind

RIDGE = 0.6  # pulls weights of rare features to zero
ROUNDS = 3000
STEP = 0.5
RARE = 3  # features in fewer rows have no weight


def rows(gold: Path, documents: Path, score: ModuleType) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Features and truth of each candidate; a document's equal candidates count once."""
    annotated = {row["doc"]: row for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines())}
    for line in documents.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        document = Document(told["doc"], DocumentKind.NEWS, told["text"], (), title=told.get("title"))
        records = annotated[told["doc"]]["transfers"]
        seen = set()
        for c in candidates_of(document)[0]:
            if (
                (c.supplier is None and c.recipient is None)
                or c.supplier == c.recipient
                or (c.recipient is None and not c.open_recipient)
            ):
                continue
            key = (c.supplier, c.recipient, c.item.name, features(c))
            if key in seen:
                continue
            seen.add(key)
            alike = [r for r in records if agrees(r, c.supplier, c.recipient, c.item.name or None, score)]
            if alike and all(r.get("optional") for r in alike):
                continue
            yield features(c), bool(alike)


def agrees(
    record: dict[str, Any], supplier: str | None, recipient: str | None, item: str | None, score: ModuleType
) -> bool:
    """Whether a record tells the same flow."""
    same: bool = (
        record["supplier"] == supplier and record["recipient"] == recipient and score.same_item(record["item"], item)
    )
    return same


def fit(data: list[tuple[tuple[str, ...], bool]]) -> dict[str, float]:
    """The weights that make the data likeliest under a ridge, by plain gradient steps."""
    counts = Counter(name for names, _ in data for name in names)
    weights = {name: 0.0 for name, n in counts.items() if n >= RARE}
    kept = [([n for n in names if n in weights], truth) for names, truth in data]
    for _ in range(ROUNDS):
        gradient = {name: RIDGE * value for name, value in weights.items()}
        gradient["bias"] = 0.0
        for names, truth in kept:
            error = 1 / (1 + math.exp(-sum(weights[n] for n in names))) - truth
            for name in names:
                gradient[name] += error
        for name in weights:
            weights[name] -= STEP * gradient[name] / len(kept) * 10
    return {name: round(value, 2) for name, value in sorted(weights.items()) if abs(value) >= 0.005}


def main() -> int:
    """Fits, prints the weights and, if asked, writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="GOLD=DOCUMENTS")
    parser.add_argument(
        "--scorer", type=Path, required=True, help="score.py of the annotations, for its notion of the same item"
    )
    parser.add_argument("--without", type=Path, help="a JSON list of documents to leave unread")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", arguments.scorer)
    if spec is None or spec.loader is None:
        parser.error(f"{arguments.scorer}: not a Python file")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    data: list[tuple[tuple[str, ...], bool]] = []
    for pair in arguments.pairs:
        gold, _, documents = pair.partition("=")
        data += rows(Path(gold), Path(documents), score)
    weights = fit(data)
    text = "".join(f"  {json.dumps(name)}: {value}\n" for name, value in weights.items())
    print(f"{len(data)} candidates, {sum(t for _, t in data)} right\n{text}")
    if arguments.write:
        head = (
            "# Weights of what speaks for a claim, as log odds; fitted by benchmarks/fit_evidence.py on "
            "annotated documents, never edited by hand.\n"
        )
        (DATA / "grammar-evidence.yml").write_text(
            f"{head}source: fitted on development annotations, 2026-11-22\nweights:\n{text}", encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
