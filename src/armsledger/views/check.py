"""``armsledger check``: what an analyst should look at, with the words, why it matters and what would settle it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from armsledger.views.options import claim_filter, filter_options, format_option, on, open_ledger

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from armsledger.deals.findings import Finding, Which
    from armsledger.ledger import ClaimFilter, DocumentRow, Ledger
    from armsledger.model import DocumentId
    from armsledger.views.checking import Account, Check

# code -> the head above its findings, and what the rule looks for
HEADS = {
    "contradiction": ("Contradictions", "values of one field that cannot both be so"),
    "contested": ("Contested", "what one party asserts and another denies"),
    "shared sum": ("A shared contract's sum, given to one buyer", "sums of reports that are a shared contract's"),
    "sum": ("Sums that do not add", "shares that are no such part of their whole, articles times price"),
    "order of time": ("Told before it could be", "deliveries dated before their order"),
    "unusual": ("Far from this ledger's own history", "quantities and unit prices far from those of earlier deals"),
    "no contract": ("Notices that no contract follows", "notices without a contract in this ledger"),
    "one origin": ("Resting on one origin", "deals that a single origin holds"),
    "figure": ("Figures of other years or prints", "shares of the arms trade that mix up windows or vintages"),
}
_FEW = 20  # findings of a code that the table shows unless it is asked for more
_MOST_DEALS = 6
_LONGEST_QUOTE = 200


@click.command()
@filter_options
@click.option("--code", "codes", type=click.Choice(list(HEADS)), multiple=True, help="Only findings of this kind.")
@click.option(
    "--years",
    type=click.IntRange(1, 50),
    default=3,
    show_default=True,
    help="After how many years a notice without a contract is a finding.",
)
@click.option(
    "--shares",
    metavar="FILE",
    multiple=True,
    help="Published shares of the arms trade (CSV) that reports are held against.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help=f"Show at most N of each kind.  [default: {_FEW}]"
)
@format_option
def command(
    ledger: str,
    form: str,
    codes: tuple[str, ...],
    years: int,
    shares: tuple[str, ...],
    limit: int | None,
    **asked: str | None,
) -> None:
    """Find contradictions, sums on the wrong buyer, what rests on one origin.

    Looks through the deals that the filter lets through, and through the news for figures. Each finding says what and
    where, why it matters and what would settle it. A finding is something to look at, not an error; the exit code is 0.

    \b
    Examples:
      armsledger check
      armsledger check --recipient Pakistan
      armsledger check --code contradiction --code "shared sum"
      armsledger check --years 5 --format jsonl
    """
    from armsledger.deals.vintages import table_of
    from armsledger.views.checking import Check
    from armsledger.views.shares_file import read_shares

    which, table = claim_filter(**asked), table_of(read_shares(shares))
    with open_ledger(ledger) as book:
        check = Check(book, which, years, table)
        found = (one for one in check.findings() if not codes or one.code in codes)
        if form == "jsonl":
            _print_lines(book, found)
        else:
            _show(book, which, check, found, codes, limit or _FEW)


# -- as JSON ----------------------------------------------------------------------------------------------


def _print_lines(book: Ledger, found: Iterable[Finding]) -> None:
    from armsledger.views.json_lines import write_line

    for one in found:
        write_line(finding_line(one, book.documents_named({w.document for w in one.where})))


def finding_line(finding: Finding, documents: Mapping[DocumentId, DocumentRow]) -> dict[str, Any]:
    """A finding as JSON, with its words and their documents."""
    from armsledger.views.disputes import voice_line

    return {
        "code": finding.code,
        "what": finding.what,
        "why": finding.why,
        "settle": finding.settle,
        "facts": dict(finding.facts),
        "deals": [
            {"id": w.deal, "supplier": w.supplier or None, "recipient": w.recipient or None, "item": w.item or None}
            for w in finding.of
        ],
        "where": [voice_line(voice, documents) for voice in finding.where],
    }


# -- as a table -------------------------------------------------------------------------------------------


def _show(
    book: Ledger, which: ClaimFilter, check: Check, found: Iterable[Finding], codes: Sequence[str], limit: int
) -> None:
    from armsledger.views.terminal import console

    kept: dict[str, list[Finding]] = defaultdict(list)
    for one in found:
        if len(kept[one.code]) < limit:
            kept[one.code].append(one)
    shown = console()
    for code in (code for code in HEADS if kept.get(code)):
        _show_code(book, code, kept[code], check.account.found[code], shown)
    for line in account_lines(check.account, which, codes, book.name):
        click.echo(line)


def _show_code(book: Ledger, code: str, some: Sequence[Finding], all_of_them: int, shown: Console) -> None:
    from armsledger.views.terminal import indented, show, text

    show(shown, text(f"{HEADS[code][0]} ({all_of_them:,})", "bold"))
    whys = dict.fromkeys((one.why, one.settle) for one in some)
    alike = len(whys) == 1
    for one in some:
        show(shown, "")
        show(shown, indented(_finding(book, one, told=not alike)))
    show(shown, "")
    if alike:
        show(shown, indented(_reasons(*next(iter(whys)))))
        show(shown, "")
    if all_of_them > len(some):
        more = all_of_them - len(some)
        show(shown, indented(text(f"and {more:,} more: --code {_quoted(code)} --limit {all_of_them}")))
        show(shown, "")


def _quoted(code: str) -> str:
    return f'"{code}"' if " " in code else code


def _finding(book: Ledger, finding: Finding, *, told: bool) -> RenderableType:
    """Which deals, what, the words and, where they differ within a kind, why it matters and what settles it."""
    from armsledger.views.one_claim import title_of
    from armsledger.views.terminal import indented, stacked, text
    from armsledger.views.words import shortened

    documents = book.documents_named({w.document for w in finding.where})
    lines: list[RenderableType] = [text(line, "bold") for line in _deals(finding.of)]
    lines.append(text(finding.what))
    lines += [text(f"{name}: {value}") for name, value in finding.facts if name in _SHOWN_FACTS]
    for words in finding.where:
        row = documents.get(words.document)
        denies = "DENIED: " if words.polarity == "denied" else ""
        whose = "" if words.speaker_kind == "author" else f"{words.speaker}: "
        place = title_of(row) if row else words.document
        lines.append(indented(text(f"{whose}{denies}“{shortened(words.quote, _LONGEST_QUOTE)}”")))
        lines.append(indented(indented(text(f"{place}, {words.start:,} to {words.end:,}"))))
    if told:
        lines.append(_reasons(finding.why, finding.settle))
    return stacked(lines)


_SHOWN_FACTS = ("cause", "leads", "published", "would be right of", "contract days since in this ledger")


def _reasons(why: str, settle: str) -> RenderableType:
    from armsledger.views.terminal import grid

    return grid([("Why it matters", why), ("What would settle it", settle)])


def _deals(of: Sequence[Which]) -> Iterator[str]:
    """The deals of a finding, each with its sides; of many the first ones."""
    from armsledger.views.names import party_name
    from armsledger.views.words import shortened

    for which in of[:_MOST_DEALS]:
        sides = " → ".join(party_name(side) if side else "not stated" for side in (which.supplier, which.recipient))
        yield f"{which.deal[:8]}  {sides}: {shortened(which.item or 'item not stated', 60)}"
    if len(of) > _MOST_DEALS:
        yield f"and {len(of) - _MOST_DEALS} more deals"


# -- the account ------------------------------------------------------------------------------------------


def account_lines(account: Account, which: ClaimFilter, codes: Sequence[str], ledger: str) -> Iterator[str]:
    """What was found and what was looked for; what could not be told, and why."""
    from armsledger.views.words import many

    counts = {code: n for code in HEADS if (n := account.found[code]) and (not codes or code in codes)}
    looked = f"{many(account.deals, 'deal')} and {many(account.documents, 'news document')}"
    of_what = "" if which.sentence() == "all claims" else f" ({which.sentence()})"
    if counts:
        told = ", ".join(f"{n:,} {code}" for code, n in counts.items())
        yield f"{many(sum(counts.values()), 'finding')} in {looked}{of_what}: {told}."
        if counts.keys() - {"figure"}:
            yield f"Open a deal with: armsledger show DEAL{on(ledger)}"
    elif not account.deals and not account.documents:
        yield f"Nothing to check{of_what}. See what there is: armsledger documents{on(ledger)}"
    else:
        yield f"No findings in {looked}{of_what}. Looked for:"
        yield from (f"  {told}" for code, (_, told) in HEADS.items() if not codes or code in codes)
    yield from _untold(account, codes)


def _untold(account: Account, codes: Sequence[str]) -> Iterator[str]:
    """What could not be checked, where that kind was asked for."""
    from armsledger.views.words import many

    if codes and "no contract" not in codes:
        return
    if account.uncovered:
        notices = many(account.uncovered, "notice")
        yield f"Not checked for contracts: {notices}, because this ledger has too few contract days of the years after."
    if account.young:
        yield f"Too young to be missed a contract: {many(account.young, 'notice')}."
