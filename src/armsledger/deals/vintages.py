"""Shares that reports tell, against published ones: the same figure, one of other years, an older print, or an error.

The table of published shares is the user's own. Of several prints of one window the latest is the reference: registers
revise the past. A share is judged by the first of these that holds:

    none              it is the reference, or the reference is written no more exactly
    rounding          it is the reference within half the coarser step: |a - b| <= step / 2
    older_vintage     it is an earlier print of the same window
    window_mismatch   it is the share of another window; or the same paper gives this window's share to another one
    error             a reference is known and none of this holds
    unknown           no share of these years is known

Steps are those of the last digit, as the report and the table write them. A share of no stated years is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from armsledger.deals.disputes import Voice
from armsledger.deals.figures import Figure, Share, Subject, Window
from armsledger.deals.findings import Code, Finding
from armsledger.deals.written import Nearness, Written, nearness
from armsledger.lexicon.matcher import lexicon
from armsledger.model import DocumentId, Polarity, SpeakerKind, plain


class Verdict(StrEnum):
    """How a reported share stands to the published ones."""

    NONE = "none"
    ROUNDING = "rounding"
    VINTAGE = "older_vintage"
    WINDOW = "window_mismatch"
    ERROR = "error"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Published:
    """A published share: of what, of which years, as printed in which year."""

    subject: Subject
    window: Window
    vintage: int
    percent: Written


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a share, the published share that it rests on, and the rule in words."""

    verdict: Verdict
    published: Published | None
    rule: str


Table = Mapping[Subject, Sequence[Published]]
Beside = Sequence[tuple[Window | None, Written]]  # what one source says of one subject


def table_of(shares: Iterable[Published]) -> Table:
    """Published shares by what they are of; of one window the latest print first."""
    made: dict[Subject, list[Published]] = defaultdict(list)
    for share in shares:
        made[share.subject].append(share)
    return {subject: sorted(some, key=lambda s: (-s.vintage, s.window)) for subject, some in made.items()}


def judge(subject: Subject, percent: Written, window: Window | None, table: Table, beside: Beside = ()) -> Judged:
    """How a share stands to the published ones; ``beside`` is all that the same source says of the subject."""
    known = table.get(subject, ())
    prints = [share for share in known if share.window == window]
    if window is None or not prints:
        return Judged(Verdict.UNKNOWN, None, "no published share of these years" if window else "no years are stated")
    reference, *older = prints
    near = nearness(percent, reference.percent)
    if near is Nearness.SAME:
        return Judged(Verdict.NONE, reference, "as published")
    if near is Nearness.ROUNDING:
        return Judged(Verdict.ROUNDING, reference, "the published share, written less or more exactly")
    for share in older:
        if percent.amount == share.percent.amount:
            return Judged(Verdict.VINTAGE, share, f"as printed in {share.vintage}; revised in {reference.vintage}")
    for share in known:
        if share.window != window and percent.amount == share.percent.amount:
            return Judged(Verdict.WINDOW, share, f"the share of {share.window}, told of {window}")
    for other, told in beside:
        if other is not None and other != window and told.amount == reference.percent.amount:
            rule = f"the source gives the share of {window} to {other}: its years are shifted"
            return Judged(Verdict.WINDOW, reference, rule)
    return Judged(Verdict.ERROR, reference, f"published is {plain(reference.percent.amount)} %, and no other print")


# -- as findings ------------------------------------------------------------------------------------------

_SPOKEN_OF = (Verdict.VINTAGE, Verdict.WINDOW, Verdict.ERROR)


class Figures:
    """Takes the figures of documents one by one, and tells at the end which mix up years or prints.

    Only what is kept of a figure grows with the ledger: documents that state shares are few.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._figures: dict[Subject, list[tuple[Figure, str | None]]] = defaultdict(list)

    def add(self, figures: Iterable[Figure], published: str | None) -> None:
        """Keeps the figures of one document, which was published then."""
        for figure in figures:
            self._figures[figure.subject].append((figure, published))

    def findings(self) -> Iterator[Finding]:
        """Shares that are not as published; then shares of the same years on which reports differ."""
        for subject, told in sorted(self._figures.items()):
            ordered = sorted(told, key=lambda f: (f[1] or "~", f[0].document, f[0].start, f[0].percent.amount))
            yield from self._judged(subject, ordered)
            yield from self._differing(subject, ordered)

    def _judged(self, subject: Subject, told: Sequence[tuple[Figure, str | None]]) -> Iterator[Finding]:
        beside: dict[DocumentId, list[tuple[Window | None, Written]]] = defaultdict(list)
        for figure, _ in told:
            beside[figure.document].append((figure.window, figure.percent))
        for figure, published in told:
            judged = judge(subject, figure.percent, figure.window, self._table, beside[figure.document])
            if judged.verdict in _SPOKEN_OF and judged.published is not None:
                yield _as_judged(figure, published, judged)

    def _differing(self, subject: Subject, told: Sequence[tuple[Figure, str | None]]) -> Iterator[Finding]:
        """Of windows that the table does not have, where the years stand in the sentence: values that are not one."""
        by_window: dict[Window, list[tuple[Figure, str | None]]] = defaultdict(list)
        listed = {share.window for share in self._table.get(subject, ())}
        for figure, published in told:
            if figure.window is not None and figure.stated and figure.window not in listed:
                by_window[figure.window].append((figure, published))
        for window, some in sorted(by_window.items()):
            first = some[0][0]
            others = [one for one in some if nearness(one[0].percent, first.percent) is Nearness.APART]
            if others:
                yield _as_differing(subject, window, [some[0], *others])


def _as_judged(figure: Figure, published: str | None, judged: Judged) -> Finding:
    years = "" if figure.stated else " (the years are those of the paper)"
    reference = judged.published
    facts = [("verdict", str(judged.verdict)), ("rule", judged.rule)]
    if reference is not None:
        told = f"{plain(reference.percent.amount)} % of {reference.window}, printed in {reference.vintage}"
        facts.append(("published", told))
    return Finding(
        Code.FIGURE,
        f"{subject_told(figure.subject)} in {figure.window}: {plain(figure.percent.amount)} %{years}: {judged.rule}",
        (_words(figure, published),),
        "shares of other years or of an older print are quoted as if they were of these, and trends come out wrong",
        "the fact sheet of the year that the report goes by",
        (),
        tuple(facts),
    )


def _as_differing(subject: Subject, window: Window, some: Sequence[tuple[Figure, str | None]]) -> Finding:
    values = " against ".join(dict.fromkeys(f"{plain(f.percent.amount)} %" for f, _ in some))
    alone = len({f.document for f, _ in some}) == 1
    return Finding(
        Code.FIGURE,
        f"{subject_told(subject)} in {window}: {values}{', in one paper' if alone else ''}",
        tuple(_words(f, published) for f, published in some[:4]),
        "one window has one share in one print: one of the figures is of other years, of another print, or wrong",
        "the fact sheet of these years; with a table of published shares (--shares) the cause can be told",
    )


def subject_told(subject: Subject) -> str:
    """Whose share of what, in words.

    >>> subject_told(Subject(Share.SUPPLIER, "RUS", "IND"))
    "Russia's share of India's arms imports"
    """
    party, whole = (_names().get(code, code) for code in (subject.party, subject.whole))
    trade = {
        Share.IMPORTS: "world arms imports",
        Share.EXPORTS: "world arms exports",
        Share.SUPPLIER: f"{whole}'s arms imports",
        Share.RECIPIENT: f"{whole}'s arms exports",
    }
    return f"{party}'s share of {trade[subject.share]}"


@cache
def _names() -> Mapping[str, str]:
    return {party.code: party.name for party in lexicon().parties}


def _words(figure: Figure, published: str | None) -> Voice:
    return Voice(
        None,
        figure.document,
        published,
        "author",
        SpeakerKind.AUTHOR,
        Polarity.AFFIRMED,
        figure.start,
        figure.end,
        figure.quote,
    )
