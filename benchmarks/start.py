"""What a command costs before it does anything, as a ratio to a bare interpreter started in the same round.

    python benchmarks/start.py [--rounds 21]

Every round starts ``python -c pass``, ``armsledger --help`` and a few more once each, in turn; the CPU time of the
child is taken, so that other jobs on the machine count little. The ratio is taken inside a round; medians are printed.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from material import contract_day

TARGET = 5
BARE = "python -c pass"


def child_seconds(command: list[str]) -> float:
    """CPU time, user and system, of a child process that must end well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def commands(day: Path) -> dict[str, list[str]]:
    """What is started; without a command line to start, only what can be imported."""
    python = sys.executable
    told = {BARE: [python, "-c", "pass"], "import armsledger": [python, "-c", "import armsledger"]}
    if importlib.util.find_spec("armsledger.__main__"):
        told["armsledger --help"] = [python, "-m", "armsledger", "--help"]
        told["armsledger --version"] = [python, "-m", "armsledger", "--version"]
    told["import the readers"] = [python, "-c", "import armsledger.pipeline"]
    one = f"from armsledger.pipeline import Report, read_inputs; assert list(read_inputs([{str(day)!r}], Report()))"
    told["read one contract day"] = [python, "-c", one]
    return told


def main() -> None:
    """Print the medians and the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=21)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        day = Path(folder) / "day.txt"
        day.write_text(contract_day(0), encoding="utf-8")
        starts = commands(day)
        for command in starts.values():
            child_seconds(command)  # writes the compiled modules, fills the file cache
        rounds = [{name: child_seconds(command) for name, command in starts.items()} for _ in range(asked.rounds)]
    print(f"{asked.rounds} rounds; CPU time of the child")
    for name in starts:
        took = statistics.median(told[name] for told in rounds)
        times = statistics.median(told[name] / told[BARE] for told in rounds)
        goal = f" (target at most {TARGET})" if name.endswith("--help") else ""
        print(f"{name:>22}  {1000 * took:>7.0f} ms  {times:>6.1f} x a bare interpreter{goal}")


if __name__ == "__main__":
    main()
