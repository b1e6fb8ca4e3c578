"""``armsledger brief``: a page that a person would send on, each sentence numbered to the words that it rests on."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armsledger.errors import InputError
from armsledger.views.options import ledger_option, open_ledger

if TYPE_CHECKING:
    from armsledger.ledger import ClaimFilter, Ledger
    from armsledger.views.brief_value import Brief

FORMS = (".md", ".html", ".pdf", ".docx")


@click.command()
@click.argument("wanted", metavar="DEAL|PAIR|STATE|SYSTEM")
@click.option("--recipient", metavar="NAME", help="Which buyer's deal, where a number has several.")
@click.option("--as-of", metavar="DATE", help="As it stood then: only documents published by that day count.")
@click.option("--since", metavar="DATE", help="Also tell what documents published on or after it have changed.")
@click.option(
    "-o", "--output", metavar="FILE",
    help="Where to write: .html, .md, .pdf, .docx (the last two need the extra: briefs).  [default: Markdown, printed]",
)  # fmt: skip
@ledger_option
def command(
    wanted: str, recipient: str | None, as_of: str | None, since: str | None, output: str | None, ledger: str
) -> None:
    """Write a brief in which every sentence is numbered to its sources.

    DEAL is what ``show`` takes for one; PAIR is two sides as RUS:IND or "Russia:India"; STATE and SYSTEM are codes or
    names. The answer comes first, then what is contested and by whom, what changed, the values with their meanings,
    who says what, the origins of the reports and what is not known. Sums are never added across meanings.

    \b
    Examples:
      armsledger brief 25-33
      armsledger brief 25-33 -o brief.pdf
      armsledger brief RUS:IND --since 2025-01 -o brief.html
      armsledger brief S-400 --as-of 2025-08-10 -o brief.docx
    """
    from armsledger.views.options import claim_filter

    which = claim_filter(recipient=recipient, as_of=as_of)
    form = _form(output)
    _check_day(since)
    with open_ledger(ledger) as book:
        made = brief_of(book, wanted, which, since)
    _write(made, form, output)


def _form(output: str | None) -> str:
    if output is None or output == "-":
        return ".md"
    form = Path(output).suffix.lower()
    if form not in FORMS:
        raise InputError(output, "is no form that a brief has", f"end the name in one of: {', '.join(FORMS)}")
    return form


def _check_day(since: str | None) -> None:
    from armsledger.model import DateInterval

    try:
        _ = since and DateInterval(since).after
    except (ValueError, OverflowError) as problem:
        raise InputError("--since", str(problem)) from problem


# -- what is asked for ------------------------------------------------------------------------------------


def brief_of(book: Ledger, wanted: str, which: ClaimFilter, since: str | None) -> Brief:
    """The brief of what is called so: a pair, a deal, a party or a system. Raises NotFound, or InputError with advice.

    ``which`` has the date as of which is asked, and the buyer where one was named.
    """
    from armsledger.views.brief_deal import brief_of_deal
    from armsledger.views.brief_deals import brief_of_deals
    from armsledger.views.show import find, nothing, one_of
    from armsledger.views.whole_deal import whole_deal

    found = find(book, wanted, which.recipient, which.as_of)
    if found:
        return brief_of_deal(book, whole_deal(book, one_of(wanted, found), which.as_of), since)
    asked = _asked(wanted, which.as_of)
    if asked is None:
        raise nothing(book, wanted)
    title, filters = asked
    return brief_of_deals(book, title, filters, which.as_of, since)


def _asked(wanted: str, as_of: str | None) -> tuple[str, tuple[ClaimFilter, ...]] | None:
    """The title and the filters of a pair, a party or a system; None where it is none of these."""
    from armsledger.ledger import ClaimFilter
    from armsledger.views.names import party_name, party_named, system_name, system_named

    supplier, colon, recipient = wanted.partition(":")
    if colon:
        sides = party_named(supplier.strip(), "supplier"), party_named(recipient.strip(), "recipient")
        title = f"{party_name(sides[0])} to {party_name(sides[1])}"
        return title, (ClaimFilter(supplier=sides[0], recipient=sides[1], as_of=as_of),)
    try:
        party = party_named(wanted, "party")
        return party_name(party), (ClaimFilter(party=party, as_of=as_of),)
    except InputError:
        pass
    try:
        system = system_named(wanted)
    except InputError as problem:
        if "can mean" in problem.problem:
            raise
        return None
    return system_name(system), (ClaimFilter(system=system, as_of=as_of),)


# -- writing ----------------------------------------------------------------------------------------------


def _write(made: Brief, form: str, output: str | None) -> None:
    if form == ".md":
        from armsledger.views.brief_markdown import markdown

        content = markdown(made).encode()
    elif form == ".html":
        from armsledger.views.brief_html import html

        content = html(made).encode()
    else:
        content = _with_extra(made, form)
    if output is None or output == "-":
        sys.stdout.buffer.write(content)
        return
    _put(Path(output), content)
    click.echo(f"Wrote {output}", err=True)


def _put(wanted: Path, content: bytes) -> None:
    """Writes a file that appears under its name only when it is whole."""
    if wanted.is_dir():
        raise InputError(str(wanted), "is a folder", "name a file in it")
    part = wanted.with_name(f".{wanted.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(wanted)
    except OSError as error:
        problem = f"cannot be written: {error.strerror or error}"
        raise InputError(str(wanted), problem, "check the folder, its rights and its space") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _with_extra(made: Brief, form: str) -> bytes:
    from armsledger.views.extras import needing

    with needing("briefs", f"armsledger brief -o FILE{form}"):
        if form == ".pdf":
            from armsledger.views.brief_pdf import pdf

            return pdf(made)
        from armsledger.views.brief_docx import docx

        return docx(made)
