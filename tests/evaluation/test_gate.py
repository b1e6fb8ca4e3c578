"""The evaluation gate: how well the readers read, held above pinned floors. Floors only ever rise.

``pytest -s tests/evaluation`` prints the figures. The project's own gold set is always scored; the annotated documents
beside the checkout (``../shared/gold``) where they are there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from .scoring import score

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "gold"
FLOORS: dict[str, dict[str, dict[str, float]]] = json.loads((HERE / "floors.json").read_text())


def _read(documents: Path) -> list[dict[str, Any]]:
    """What the program prints for a file of documents, through its front door."""
    command = [sys.executable, "-m", "armsledger", "read", str(documents), "--no-ledger", "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _print(title: str, figures: Mapping[str, float], floors: Mapping[str, float]) -> None:
    print(f"\n{title}\n{'field':<14}{'F1':>8}{'floor':>8}")
    for name, figure in figures.items():
        print(f"{name:<14}{figure:>8.3f}{floors.get(name, 0):>8.3f}")


def _below(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    return [f"{n}: {figures.get(n, 0):.4f} < {floor:.4f}" for n, floor in floors.items() if figures.get(n, 0) < floor]


def _as_lines(entries: Iterable[Mapping[str, Any]], kind: str) -> str:
    rows = [
        {
            "doc": e["doc"],
            "text": e["text"],
            "kind": kind,
            **({"published": str(e["published"])} if "published" in e else {}),
        }
        for e in entries
    ]
    return "\n".join(json.dumps(row) for row in rows)


@pytest.mark.parametrize("kind", ["notices", "contracts"])
def test_the_readers_stay_above_the_floors_of_our_own_gold(kind: str, tmp_path: Path) -> None:
    entries = yaml.safe_load((HERE / "gold" / f"{kind}.yml").read_text())
    documents = tmp_path / f"{kind}.jsonl"
    documents.write_text(_as_lines(entries, kind.removesuffix("s") if kind == "notices" else kind))
    tally = score(entries, {reading["doc"]: reading for reading in _read(documents)})
    floors = FLOORS["own"][kind]
    _print(f"own gold, {kind}: {len(entries)} documents", tally.f1(), floors)
    print("\n".join(tally.misses))
    assert _below(tally.f1(), floors) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated documents are not beside the checkout (../shared/gold)")
@pytest.mark.parametrize("kind", ["notices", "contracts"])
def test_the_readers_stay_above_the_floors_of_the_annotated_documents(kind: str, tmp_path: Path) -> None:
    gold = SHARED / f"{kind}.dev.jsonl"
    documents, readings = tmp_path / "documents.jsonl", tmp_path / "readings.jsonl"
    texts = [sys.executable, str(SHARED / "texts.py"), str(gold)]
    documents.write_text(subprocess.run(texts, capture_output=True, text=True, check=True).stdout)
    readings.write_text("\n".join(json.dumps(reading) for reading in _read(documents)))
    scored = [sys.executable, str(SHARED / "score.py"), str(gold), str(readings), "--json"]
    levels = json.loads(subprocess.run(scored, capture_output=True, text=True, check=True).stdout)
    figures = {name: row["f1"] for name, row in levels.items()}
    floors = FLOORS["shared"][kind]
    _print(f"annotated documents, {kind}", figures, floors)
    assert _below(figures, floors) == []
