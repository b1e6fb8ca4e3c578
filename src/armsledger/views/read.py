"""``armsledger read``: documents in, a ledger and an account of what they gave out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armsledger.views.options import DEFAULT_LEDGER, format_option

if TYPE_CHECKING:
    from armsledger.model import Reading
    from armsledger.pipeline import Report
    from armsledger.sources import Limits


@dataclass(slots=True)
class Run:
    """What one run of ``read`` is asked, and what it has met so far."""

    inputs: tuple[str, ...]
    ledger: str | None
    report: Report
    limits: Limits
    refused_by_name: int = 0  # inputs that were named and could not be read, wholly or in part
    first: list[Reading] = field(default_factory=list)  # the only document, as long as there is only one
    documents_new: int = 0
    claims_new: int = 0


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--ledger",
    metavar="FILE",
    default=DEFAULT_LEDGER,
    show_default=True,
    help="The ledger to write to; made where there is none.",
)
@click.option("--no-ledger", is_flag=True, help="Only read and show; write nothing.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0.1, max=600),
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a silent server is waited for.",
)
@format_option
def command(inputs: tuple[str, ...], ledger: str, no_ledger: bool, wait: float, form: str) -> None:
    """Read documents into a ledger and tell what they gave.

    INPUT is a file (HTML, PDF, text, Markdown, JSON Lines, WARC), a folder, an address (http, https), or - for standard
    input. Reading the same document twice adds nothing. What cannot be read is named, and the rest is read: the exit
    code is 2 where an INPUT itself could not be read, wholly or in part.

    \b
    Examples:
      armsledger read notice.txt
      armsledger read dossier --ledger armsledger.db
      armsledger read dossier --no-ledger --format jsonl
      armsledger read https://www.example.org/notice
    """
    from armsledger.pipeline import Report
    from armsledger.sources import Limits
    from armsledger.views.summary import tell_summary

    limits = Limits(silence_s=wait, total_s=max(90.0, wait))
    run = Run(inputs, None if no_ledger else ledger, Report(), limits)
    with _progress(run) as seen:
        _read(run, _printed(run, seen) if form == "jsonl" else _held(run, seen))
    if form == "table" and len(run.first) == 1:
        from armsledger.views.one_reading import show_reading

        show_reading(run.first[0])
    tell_summary(run)
    if run.refused_by_name:
        raise click.exceptions.Exit(2)


def readings(run: Run) -> Iterator[Reading]:
    """What the inputs give, in order; counts those inputs that were named and could not be read."""
    from armsledger.pipeline import read_inputs

    for name in run.inputs:
        before = len(run.report.errors)
        yield from read_inputs((name,), run.report, limits=run.limits)
        failed = run.report.errors[before:]
        if any(error.source == name for error in failed) or (failed and not Path(name).is_dir()):
            run.refused_by_name += 1


def _printed(run: Run, seen: Callable[[], None]) -> Iterator[Reading]:
    """The readings, each printed as a line when its turn comes."""
    from armsledger.views.json_lines import write_line
    from armsledger.views.reading import reading_line

    for reading in readings(run):
        write_line(reading_line(reading))
        seen()
        yield reading


def _held(run: Run, seen: Callable[[], None]) -> Iterator[Reading]:
    """The readings; the first is held back, so that it can be shown if it stays the only one."""
    for reading in readings(run):
        if run.report.documents == 1:
            run.first.append(reading)
        else:
            run.first.clear()
        seen()
        yield reading


def _read(run: Run, stream: Iterator[Reading]) -> None:
    """Consumes the stream, into the ledger where there is one. No ledger is made where nothing could be read."""
    if run.ledger is None:
        for _ in stream:
            pass
        return
    from armsledger.ledger import Ledger

    if Path(run.ledger).exists():
        Ledger.open(run.ledger).close()  # what is wrong with it is told before anything is read
    first = next(stream, None)
    if first is not None:
        _record(run, run.ledger, chain([first], stream))


def _record(run: Run, path: str, stream: Iterable[Reading]) -> None:
    from armsledger.ledger import Ledger
    from armsledger.pipeline import record

    with Ledger.open(path) as ledger:
        run.documents_new, run.claims_new = record(ledger, stream)


@contextmanager
def _progress(run: Run) -> Iterator[Callable[[], None]]:
    """A bar on stderr, where that is a terminal, and what moves it on."""
    from armsledger.views.terminal import console

    shown = console(error=True)
    if not shown.is_terminal or shown.is_dumb_terminal:
        yield lambda: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("Reading"),
        BarColumn(bar_width=24, pulse_style="bold"),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=shown,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None)
        yield lambda: bar.update(task, description=f"{run.report.documents:,} documents, {run.report.claims:,} claims")
