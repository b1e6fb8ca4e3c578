"""The account of a run of ``read``, on stderr: what was read, what it gave, what gave nothing and why, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from armsledger.views.clean import one_line
from armsledger.views.options import on
from armsledger.views.words import many

if TYPE_CHECKING:
    from collections import Counter

    from armsledger.errors import InputError
    from armsledger.pipeline import Report
    from armsledger.views.read import Run


def tell_summary(run: Run) -> None:
    """Prints the account."""
    for line in summary_lines(run):
        click.echo(line, err=True)


def summary_lines(run: Run) -> Iterator[str]:
    """The lines of the account, in order."""
    report = run.report
    yield f"Read {many(report.documents, 'document')}: {found_in(report)}."
    if run.ledger is not None and report.documents:
        yield f"New in {one_line(run.ledger)}: {many(run.documents_new, 'document')}, {many(run.claims_new, 'claim')}."
    yield from _refused(report)
    if run.asking is not None:
        yield run.asking.account()
    yield from _counted("Gave no claim:", report.silences)
    yield from _counted("Not read within documents:", report.skipped)
    if report.errors:
        yield f"Could not be read: {len(report.errors):,}"
        yield from _errors(report.errors)
    yield from _next(run)


def found_in(report: Report) -> str:
    """``1 notice, 4 contract paragraphs, 41 claims``."""
    counts = ((report.notices, "notice"), (report.contracts, "contract paragraph"), (report.claims, "claim"))
    return ", ".join(many(count, name) for count, name in counts)


def _refused(report: Report) -> Iterator[str]:
    """What the gate refused: whole claims, and slots that a claim is kept without; both by reason."""
    dropped = f", and {many(report.dropped, 'slot')} of claims that are kept without" if report.dropped else ""
    yield f"Refused by the gate: {many(report.refused, 'claim')}{dropped}."
    yield from _reasons(report.refusals)


def _counted(head: str, reasons: Counter[str]) -> Iterator[str]:
    if not reasons:
        return
    yield head
    yield from _reasons(reasons)


def _reasons(reasons: Counter[str]) -> Iterator[str]:
    """A line a reason, the most frequent first."""
    for reason, count in sorted(reasons.items(), key=lambda r: (-r[1], r[0])):
        yield f"{count:>6,}  {one_line(reason)}"


def _errors(errors: Iterable[InputError]) -> Iterator[str]:
    """A line an error; the records of one file that fail alike share one, with their numbers."""
    for (source, reason), alike in groupby(errors, key=lambda error: (_record(error)[0], _reason(error))):
        numbers = [number for _, number in map(_record, alike) if number is not None]
        place = f"{source}#{_ranges(numbers)}" if numbers else source
        yield f"armsledger: {one_line(place)}: {one_line(reason)}"


def _record(error: InputError) -> tuple[str, int | None]:
    """The file of an error and which of its records it is about, if one."""
    source, mark, number = error.source.rpartition("#")
    return (source, int(number)) if mark and number.isdecimal() else (error.source, None)


def _reason(error: InputError) -> str:
    return str(error).removeprefix(f"{error.source}: ")


def _ranges(numbers: Sequence[int]) -> str:
    """``1 to 45`` for numbers that follow each other, ``3, 5, 9`` for those that do not."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join(" to ".join(map(str, part)) for part in parts)


def _next(run: Run) -> Iterator[str]:
    """What to do now."""
    if run.ledger is None or not run.report.documents:
        return
    yield f"Next: armsledger {'deals' if run.report.claims else 'documents'}{on(run.ledger)}"
