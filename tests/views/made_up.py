"""Documents written for these tests, and the ways to run the command line on them. Firms and sums are invented."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from armsledger.views.cli import cli

NOTICE = """Norway - Harbour Radars

Transmittal No: 31-07

WASHINGTON, April 2, 2031 - The State Department has made a determination approving a possible Foreign Military Sale to
the Government of Norway of harbour radars and related equipment for an estimated cost of $12.5 million.

The Government of Norway has requested to buy four (4) AN/SPS-73 radars and two (2) AN/TPS-80 radars. Also included
are spare parts. The estimated total cost is $12.5 million.

The principal contractor will be Example Radars Inc., located in Dayton, Ohio. There are no known offset agreements.
"""

SHARED = (
    "Example Boats Inc., Dayton, Ohio, is awarded a $9,000,000 firm-fixed-price contract for harbour patrol boats. "
    "This contract involves foreign military sales to Norway, Denmark and Portugal. Work will be performed in Dayton, "
    "Ohio, and is expected to be completed by March 2032. The Naval Sea Systems Command, Washington, D.C., is the "
    "contracting activity (N00024-31-C-0001)."
)
UNNAMED = (
    "Example Radios LLC, Akron, Ohio, is awarded a $4,000,000 firm-fixed-price contract for field radios. This "
    "contract involves foreign military sales. Work will be performed in Akron, Ohio, and is expected to be completed "
    "by May 2032. The Army Contracting Command, Redstone Arsenal, Alabama, is the contracting activity "
    "(W31P4Q-31-C-0002)."
)
DOMESTIC = (
    "Example Tents LLC, Akron, Ohio, is awarded an $8,100,000 firm-fixed-price contract for tents. Work will be "
    "performed in Akron, Ohio, and is expected to be completed by June 2032. The Army Contracting Command, Natick, "
    "Massachusetts, is the contracting activity (W911QY-31-C-0003)."
)
CORRECTED = (
    "CORRECTION: The $7,000,000 contract announced on April 2, 2031, for Example Ropes Inc., Mobile, Alabama "
    "(N00024-31-C-0004), for mooring ropes for the government of Norway under the Foreign Military Sales program, had "
    "an incorrect amount. The correct amount is $7,700,000."
)
DAY = f"CONTRACTS\n\nNAVY\n\n{SHARED}\n\nARMY\n\n{UNNAMED}\n\n{DOMESTIC}\n"


def write(folder: Path, **files: str | bytes) -> None:
    """Writes files; an underscore before the last part of a keyword stands for the dot of the file's name."""
    for keyword, content in files.items():
        stem, _, ending = keyword.rpartition("_")
        path = folder / f"{stem}.{ending}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def line(text: str, **known: Any) -> str:
    """A line of a JSON Lines file."""
    return json.dumps({"text": text, **known}) + "\n"


def many_lines(count: int) -> str:
    """So many notices, each of another transmittal number and sum, as JSON Lines."""
    made = []
    for n in range(count):
        text = NOTICE.replace("31-07", f"{10 + n // 90}-{10 + n % 90}").replace("12.5 million", f"{n + 1} million")
        made.append(line(text, doc=f"notice {n}", published="2031-04-02"))
    return "".join(made)


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    """The command line in this process."""
    return CliRunner().invoke(cli, list(arguments), prog_name="armsledger", input=stdin)


def ran(*arguments: str) -> str:
    """What a run that must succeed prints on stdout."""
    result = run(*arguments)
    assert result.exit_code == 0, (result.exit_code, result.stdout, result.stderr)
    return result.stdout


def lines(*arguments: str) -> list[dict[str, Any]]:
    """What a run that must succeed prints as JSON Lines."""
    return [json.loads(one) for one in ran(*arguments).splitlines()]


def command_line(*arguments: str) -> list[str]:
    """The command line as a process of its own."""
    return [sys.executable, "-m", "armsledger", *arguments]


def process(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs it to its end."""
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    return subprocess.run(
        command_line(*arguments), cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def dump(ledger: Path) -> list[str]:
    """All that a ledger holds, in an order that does not depend on that of writing; without the index of words, which
    holds nothing of its own.
    """
    with closing(sqlite3.connect(ledger)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'claim_words%'").fetchall()
        tables = [name for name, sql in made if (sql or "").startswith("CREATE TABLE")]
        rows = [f"{name}: {row}" for name in tables for row in connection.execute(f'SELECT * FROM "{name}"')]
        return sorted([*(f"{name}: {sql}" for name, sql in made), *rows])
