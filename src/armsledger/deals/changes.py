"""What changed in a deal between two days, and because of which documents.

    changes(life of what was known before, life of what was known after)

Only what documents add is a change: a claim is never taken back by the book, so a value that came stands beside the
older ones. A pure function of the two lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from armsledger.deals.bearing import Told, documents_of, place
from armsledger.deals.deliveries import counted, what
from armsledger.deals.life import Life, Status, voices
from armsledger.deals.papers import EndingKind
from armsledger.model import DocumentId, Money, Polarity, Stage, plain


class ChangeKind(StrEnum):
    """What kind of change it is, in the order in which changes are told."""

    NEW = "new deal"
    REACHED = "stage reached"
    EXPECTED = "stage expected"
    POSSIBLE = "stage possible"
    DENIED = "denial"
    CONTESTED = "contested"
    UNCONTESTED = "no longer contested"
    ENDED = "ended"
    VALUE = "value"
    QUANTITY = "quantity"
    PAPER = "paper"
    OPTION = "option"
    REPEATED = "told again"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind, what it is in words, and the claims that made it, by date of publication."""

    kind: ChangeKind
    what: str
    told: tuple[Told, ...]

    @property
    def documents(self) -> tuple[DocumentId, ...]:
        """The documents because of which it is so, each once, in the order of publication."""
        return documents_of(self.told)


def changes(before: Life | None, after: Life | None) -> tuple[Change, ...]:
    """What of ``after`` is not in ``before``; None stands for a deal of which nothing was told."""
    if after is None or not after.told:
        return ()
    if before is None or not before.told:
        return (Change(ChangeKind.NEW, Status(after).sentence(), after.told),)
    old = {t.id for t in before.told}
    new = tuple(t for t in after.told if t.id not in old)
    found = [*_stages(before, after), *_contests(before, after), *_endings(before, after)]
    found += [*_figures(before, after), *_papers(before, after), *_options(before, after)]
    explained = {t.id for change in found for t in change.told}
    again = tuple(t for t in new if t.id not in explained)
    if again:
        found.append(Change(ChangeKind.REPEATED, _again(again), again))
    return tuple(sorted(found, key=lambda c: list(ChangeKind).index(c.kind)))


def _again(told: Sequence[Told]) -> str:
    stages = dict.fromkeys(f"{t.claim.stage}{' denied' if _denied(t) else ''}" for t in told)
    return f"{', '.join(stages)}, by {voices(told)}"


def _denied(told: Told) -> bool:
    return told.claim.polarity is Polarity.DENIED


# -- stages -----------------------------------------------------------------------------------------------

_BEARINGS = ((ChangeKind.REACHED, "reached"), (ChangeKind.EXPECTED, "ahead"), (ChangeKind.POSSIBLE, "possible"))


def _stages(before: Life, after: Life) -> Iterator[Change]:
    """Stages that came, came to be more than possible, or are denied for the first time by somebody."""
    for step in after.steps:
        older = before.step(step.stage)
        if step.stage is not Stage.HALTED:
            for kind, part in _BEARINGS:
                here: tuple[Told, ...] = getattr(step, part)
                known = older is not None and any(getattr(older, p) for _, p in _BEARINGS[: _place(part) + 1])
                if here and not known:
                    yield Change(kind, f"{step.stage}, according to {voices(here)}", here)
                    break
                if here:
                    break
        denied_by = {t.voice for t in older.against} if older else set()
        fresh = tuple(t for t in step.against if t.voice not in denied_by)
        if fresh:
            yield Change(ChangeKind.DENIED, f"{step.stage}: denied by {voices(fresh)}", fresh)


def _place(part: str) -> int:
    return [name for _, name in _BEARINGS].index(part)


def _contests(before: Life, after: Life) -> Iterator[Change]:
    was, now = Status(before), Status(after)
    if now.contested and not was.contested:
        told = f"affirmed by {voices(after.contested)}, denied by {voices(after.contesting)}"
        sides = tuple(sorted({*after.contested, *after.contesting}, key=place))
        old = {t.id for t in before.told}
        yield Change(ChangeKind.CONTESTED, told, tuple(t for t in sides if t.id not in old) or sides)
    if was.contested and not now.contested:
        told = f"was affirmed by {voices(before.contested)}, denied by {voices(before.contesting)}"
        yield Change(ChangeKind.UNCONTESTED, told, before.contesting)


def _endings(before: Life, after: Life) -> Iterator[Change]:
    old: set[tuple[EndingKind, bool]] = {(e.kind, e.open) for e in before.endings}
    new = {(e.kind, e.open): e for e in reversed(after.endings) if (e.kind, e.open) not in old}
    for (kind, open_), e in sorted(new.items()):
        when = f" {e.when}" if e.when else ""
        told = f"{'possibly ' if open_ else ''}{kind}{when}, according to {e.told.voice}"
        yield Change(ChangeKind.ENDED, told, (e.told,))


# -- figures ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure as it is shown, and what it is a figure of: only figures of one thing stand beside each other."""

    shown: str
    of: str


def _figures(before: Life, after: Life) -> Iterator[Change]:
    """Sums and counts that were not told before, each beside those that were."""
    for kind, said in ((ChangeKind.VALUE, _sums), (ChangeKind.QUANTITY, _counts)):
        old, new = _by_figure(before, said), _by_figure(after, said)
        for figure, told in new.items():
            if figure not in old:
                beside = [f.shown for f in old if f.of == figure.of]
                yield Change(kind, figure.shown + (f", beside {', '.join(beside)}" if beside else ""), told)


def _by_figure(life: Life, said: Callable[[Told], Iterator[_Figure]]) -> Mapping[_Figure, tuple[Told, ...]]:
    found: dict[_Figure, list[Told]] = {}
    for t in life.told:
        for figure in said(t):
            found.setdefault(figure, []).append(t)
    return {figure: tuple(told) for figure, told in found.items()}


def _sums(told: Told) -> Iterator[_Figure]:
    claim = told.claim
    if claim.value is not None and not _denied(told):
        yield _sum(claim.value, str(claim.value.meaning or "meaning not told"))
    if claim.programme is not None:
        yield _sum(claim.programme, "of a whole contract or programme, nobody's own")


def _sum(money: Money, meaning: str) -> _Figure:
    whole, _, rest = plain(money.amount).partition(".")
    amount = f"{int(whole):,}" + (f".{rest}" if rest else "")
    return _Figure(f"{money.currency} {amount} ({meaning})", meaning)


def _counts(told: Told) -> Iterator[_Figure]:
    quantity, of = counted(told.claim)
    if quantity is not None and not _denied(told):
        whole = f" of {plain(of)}" if of is not None else ""
        item = told.claim.item or "item not stated"
        yield _Figure(
            f"{plain(quantity)}{whole} × {item} ({told.claim.stage})", f"{what(told.claim)} {told.claim.stage}"
        )


# -- papers -----------------------------------------------------------------------------------------------


def _papers(before: Life, after: Life) -> Iterator[Change]:
    old = {(p.base, p.kind, p.number) for p in before.papers}
    for p in after.papers:
        if (p.base, p.kind, p.number) not in old:
            number = f" {p.number}" if p.number and p.number != p.base else ""
            yield Change(ChangeKind.PAPER, f"{p.kind}{number} of {p.base}", p.told)


def _options(before: Life, after: Life) -> Iterator[Change]:
    old = {o.exercised for o in before.options}
    for exercised in (False, True):
        told = tuple(o.told for o in after.options if o.exercised is exercised)
        if told and exercised not in old:
            yield Change(ChangeKind.OPTION, "an option is exercised" if exercised else "an option is told", told)
