"""``armsledger read``: documents in, a ledger and an account of what they gave out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from armsledger.views.options import DEFAULT_LEDGER, format_option, model_options

if TYPE_CHECKING:
    from armsledger.model import Document, Reading
    from armsledger.pipeline import Report
    from armsledger.sources import Limits
    from armsledger.views.asking import Asking


@dataclass(slots=True)
class Run:
    """What one run of ``read`` is asked, and what it has met so far."""

    inputs: tuple[str, ...]
    ledger: str | None
    report: Report
    limits: Limits
    asking: Asking | None = None  # the model that reads news, if one does
    least: Decimal | None = None  # the evidence that a claim from news must have; None for the default
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
@click.option(
    "--least-evidence",
    "least",
    type=float,
    metavar="POINTS",
    help="The evidence that a claim from news must have: log odds, 0 for even odds; more for fewer and surer claims.  "
    "[default: 0]",
)
@model_options
@format_option
def command(
    inputs: tuple[str, ...],
    ledger: str,
    no_ledger: bool,
    wait: float,
    least: float | None,
    reader: str,
    form: str,
    **asked: Any,
) -> None:
    """Read documents into a ledger and tell what they gave.

    INPUT is a file (HTML, PDF, text, Markdown, JSON Lines, WARC), a folder, an address (http, https), or - for standard
    input. Reading the same document twice adds nothing. What cannot be read is named, and the rest is read: the exit
    code is 2 where an INPUT itself could not be read, wholly or in part. With --reader model or both, passages of news
    about arms are sent to the endpoint that you name, and nowhere else.

    \b
    Examples:
      armsledger read notice.txt
      armsledger read dossier --ledger armsledger.db
      armsledger read dossier --no-ledger --format jsonl
      armsledger read https://www.example.org/notice
      armsledger read dossier --reader both --budget 0
    """
    from armsledger.pipeline import Report
    from armsledger.sources import Limits
    from armsledger.views.summary import tell_summary

    limits = Limits(silence_s=wait, total_s=max(90.0, wait))
    run = Run(inputs, None if no_ledger else ledger, Report(), limits, least=_points(least))
    with _asking(run, reader, asked), _progress(run) as seen:
        _read(run, _printed(run, seen) if form == "jsonl" else _held(run, seen))
    if form == "table" and len(run.first) == 1:
        from armsledger.views.one_reading import show_reading

        show_reading(run.first[0])
    tell_summary(run)
    if run.refused_by_name:
        raise click.exceptions.Exit(2)


@contextmanager
def _asking(run: Run, reader: str, asked: dict[str, Any]) -> Iterator[None]:
    """Readies the model where one is to read, and tells what that will cost."""
    given = [f"--{name.replace('_', '-')}" for name, value in asked.items() if value is not None]
    if reader == "rules":
        if given:
            raise click.UsageError(f"{given[0]} is for --reader model or both")
        yield
        return
    from armsledger.views.asking import Asking

    with Asking(alone=reader == "model", **asked) as run.asking:
        run.asking.tell_cost(run.inputs)
        yield


def _points(least: float | None) -> Decimal | None:
    """The least evidence as it is reckoned with. Raises a usage error for what is no number."""
    if least is None:
        return None
    if not math.isfinite(least):
        raise click.UsageError("--least-evidence must be a number, such as 0, 1.5 or -0.5")
    return Decimal(str(least))


def _reader(run: Run) -> Callable[[Document], Reading]:
    from armsledger.claims import read

    if run.asking is not None:
        return run.asking.read if run.least is None else partial(run.asking.read, least=run.least)
    return read if run.least is None else partial(read, least=run.least)


def readings(run: Run) -> Iterator[Reading]:
    """What the inputs give, in order; counts those inputs that were named and could not be read."""
    from armsledger.pipeline import read_inputs

    for name in run.inputs:
        before = len(run.report.errors)
        yield from read_inputs((name,), run.report, limits=run.limits, read=_reader(run))
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
        if run.report.documents == 1 and reading.document.kind != "register":  # which has a claim or two a row
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
    """A bar on stderr, where that is a terminal, and what moves it on; elsewhere a line now and then for a model."""
    from armsledger.views.terminal import console

    shown = console(error=True)
    if not shown.is_terminal or shown.is_dumb_terminal:
        if run.asking is not None:
            run.asking.moved = run.asking.tell_now_and_then
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

        def move() -> None:
            asked = f", {run.asking.progress()}" if run.asking is not None else ""
            told = f"{run.report.documents:,} documents, {run.report.claims:,} claims{asked}"
            bar.update(task, description=told)

        if run.asking is not None:
            run.asking.moved = move
        yield move
