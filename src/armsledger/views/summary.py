"""The account of a run of ``read``, on stderr: what was read, what it gave, what gave nothing and why, what is next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from armsledger.views.clean import one_line
from armsledger.views.options import on
from armsledger.views.words import many

if TYPE_CHECKING:
    from collections import Counter

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
    yield f"Refused by the gate: {many(report.refused, 'claim')}."
    yield from _counted("Gave no claim:", report.silences)
    yield from _counted("Not read within documents:", report.skipped)
    if report.errors:
        yield f"Could not be read: {len(report.errors):,}"
        yield from (f"armsledger: {one_line(str(error))}" for error in report.errors)
    yield from _next(run)


def found_in(report: Report) -> str:
    """``1 notice, 4 contract paragraphs, 41 claims``."""
    counts = ((report.notices, "notice"), (report.contracts, "contract paragraph"), (report.claims, "claim"))
    return ", ".join(many(count, name) for count, name in counts)


def _counted(head: str, reasons: Counter[str]) -> Iterator[str]:
    if not reasons:
        return
    yield head
    for reason, count in sorted(reasons.items(), key=lambda r: (-r[1], r[0])):
        yield f"{count:>6,}  {one_line(reason)}"


def _next(run: Run) -> Iterator[str]:
    """What to do now."""
    if run.ledger is None or not run.report.documents:
        return
    yield f"Next: armsledger {'deals' if run.report.claims else 'documents'}{on(run.ledger)}"
