"""Raises the floors of the gate to the figures of today: ``python -m tests.evaluation.pin``.

It refuses to lower one. Where a floor has to fall (an annotation was wrong, a document was added), say why:

    python -m tests.evaluation.pin --lower --because "contracts: the second date of X was no completion"

What fell, how far and why is kept in ``floors.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .gate import FLOORS, KINDS, SHARED, SHARED_SETS, Figures, annotated_figures, digests, own_figures, pinned, table

Measure = Callable[[], Mapping[str, Mapping[str, Figures]]]


def measured() -> dict[str, dict[str, Figures]]:
    """The figures of today, of every set that is at hand."""
    found = {"own": {kind: own_figures(kind).f1() for kind in KINDS}}
    if SHARED.is_dir():
        found["shared"] = {kind: annotated_figures(kind) for kind in SHARED_SETS}
    return found


def main(arguments: Sequence[str], path: Path = FLOORS, measure: Measure = measured) -> int:
    """Writes the floors; exit code 1 where one would have to fall and nobody said that it may and why."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.pin", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--lower", action="store_true", help="let floors fall to the figures of today")
    parser.add_argument("--because", default="", help="why they fall; needed with --lower")
    told = parser.parse_args(arguments)
    if told.lower and not told.because.strip():
        print("--lower needs --because: a floor falls for a reason or not at all", file=sys.stderr)
        return 1
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    fallen: list[dict[str, Any]] = []
    for name, kinds in measure().items():
        for kind, figures in kinds.items():
            before = held.setdefault(name, {}).get(kind, {})
            held[name][kind], fell = pinned(before, figures, lower=told.lower)
            fallen += [{"floor": f"{name} {kind} {f}", "from": a, "to": b, "because": told.because} for f, a, b in fell]
            print(table(f"{name}, {kind}", figures, held[name][kind]))
    if fallen and not told.lower:
        print("\nnot pinned, these would fall (--lower --because ... lets them):", file=sys.stderr)
        print("\n".join(f"  {f['floor']}: {f['from']} -> {f['to']}" for f in fallen), file=sys.stderr)
        return 1
    held["lowered"] = [*held.get("lowered", []), *fallen]
    held["digests"] = held.get("digests", {}) | digests()
    path.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
