"""How well the readers read: figures of the project's own gold set and of the annotated documents beside the checkout.

Every figure is an F1, 0 to 1, unless it is called a precision or a recall. Both sets are read through the program's front door, as a user would.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from .scoring import Tally, score

HERE = Path(__file__).parent
GOLD = HERE / "gold"
SHARED = HERE.parents[2] / "shared" / "gold"
FLOORS = HERE / "floors.json"
KINDS = ("notices", "contracts", "news")
SHARED_SETS = (
    "notices",
    "contracts",
    "news",
    "written-a",
    "written-b",
    "written-c",
)  # wire news apart from dense articles
FORMS = {"notices": "notice", "contracts": "contracts", "news": "news"}  # what a document of each set is in the input

Figures = dict[str, float]


def own_gold(kind: str, folder: Path = GOLD) -> list[dict[str, Any]]:
    """The entries of the project's own gold set of one kind, in the order of its files.

    Of news only the tenth that the weights are never fitted on (``held_out``).
    """
    if kind == "news":
        lines = (line for path in sorted(folder.glob("news-*.jsonl")) for line in path.read_text("utf-8").splitlines())
        return [entry for entry in map(json.loads, lines) if held_out(entry["doc"])]
    entries = [e for path in sorted(folder.glob(f"{kind}*.yml")) for e in yaml.safe_load(path.read_text("utf-8")) or []]
    if len({e["doc"] for e in entries}) != len(entries):
        raise ValueError(f"{kind}: two entries have one name")
    return entries


def held_out(doc: str) -> bool:
    """Whether an invented news document is one of the tenth that ``benchmarks/fit_evidence.py`` leaves unread."""
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) % 10 == 0


def own_figures(kind: str) -> Tally:
    """The tally of the project's own gold set of one kind."""
    entries = own_gold(kind)
    rows = (
        {"doc": e["doc"], "text": e["text"], "kind": FORMS[kind]}
        | ({"published": str(e["published"])} if "published" in e else {})
        for e in entries
    )
    with tempfile.TemporaryDirectory() as folder:
        readings = _read(Path(folder), "\n".join(json.dumps(row) for row in rows))
    return score(entries, {reading["doc"]: reading for reading in readings})


def annotated_figures(kind: str) -> Figures:
    """The figures of the annotated documents of one kind, by the scorer that stands beside them."""
    gold = SHARED / f"{kind}.dev.jsonl"
    texts = _run([sys.executable, str(SHARED / "texts.py"), str(gold)])
    with tempfile.TemporaryDirectory() as folder:
        readings = Path(folder) / "readings.jsonl"
        readings.write_text("\n".join(json.dumps(r) for r in _read(Path(folder), texts)), encoding="utf-8")
        levels = json.loads(_run([sys.executable, str(SHARED / "score.py"), str(gold), str(readings), "--json"]))
    figures = {name: row["f1"] for name, row in levels.items()}
    if "flow" in levels:
        figures |= {"flow precision": levels["flow"]["precision"], "flow recall": levels["flow"]["recall"]}
    return figures


def _read(folder: Path, documents: str) -> list[dict[str, Any]]:
    path = folder / "documents.jsonl"
    path.write_text(documents, encoding="utf-8")
    command = [sys.executable, "-m", "armsledger", "read", str(path), "--no-ledger", "--format", "jsonl"]
    return [json.loads(line) for line in _run(command).splitlines()]


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def digest(paths: Iterable[Path]) -> str:
    """A hash of some files: another one means that the figures are of other documents."""
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def digests() -> dict[str, dict[str, str]]:
    """The digest of every set that is at hand."""
    own = {kind: digest([*GOLD.glob(f"{kind}*.yml"), *GOLD.glob(f"{kind}-*.jsonl")]) for kind in KINDS}
    if not SHARED.is_dir():
        return {"own": own}
    return {"own": own, "shared": {kind: digest([SHARED / f"{kind}.dev.jsonl"]) for kind in SHARED_SETS}}


def below(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Every figure that is under its floor, told in a line; a figure that is missing counts as nothing."""
    return [f"{n}: {figures.get(n, 0):.4f} < {floor:.4f}" for n, floor in floors.items() if figures.get(n, 0) < floor]


def table(title: str, figures: Mapping[str, float], floors: Mapping[str, float]) -> str:
    """The figures beside their floors, one field a line."""
    lines = [f"{name:<28}{figure:>8.3f}{floors.get(name, 0):>8.3f}" for name, figure in figures.items()]
    return "\n".join(["", title, f"{'field':<28}{'F1':>8}{'floor':>8}", *lines])


def pinned(
    floors: Mapping[str, float], figures: Mapping[str, float], *, lower: bool = False
) -> tuple[Figures, list[tuple[str, float, float]]]:
    """The floors that figures allow, and each that fell: (field, from, to). Without ``lower`` no floor falls."""
    found = {name: max(figure, 0 if lower else floors.get(name, 0)) for name, figure in figures.items()}
    kept = found | {name: floor for name, floor in floors.items() if name not in figures and not lower}
    fell = [(name, floor, figures.get(name, 0.0)) for name, floor in floors.items() if figures.get(name, 0.0) < floor]
    return kept, fell
