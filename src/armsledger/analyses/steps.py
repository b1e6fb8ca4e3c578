"""The dated steps of several states in one line of time, why others say they were taken, and what they were delivered.

A step that comes after another is told to come after it, and nothing more. What claims tell as delivered is no holding:
nothing that was lost, retired, passed on or made at home is in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from armsledger.analyses.result import Cell, Column, Table

_SHOWN = 40  # steps and deliveries that are shown, the latest; the data have all
_QUOTED = 160  # characters of a quote that are shown


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step: whose it is, what was done, by whose word, and what it rests on. ``first`` and ``last`` are the
    days between which it fell, both inclusive.
    """

    party: str
    first: date
    last: date
    what: str
    voice: str
    evidence: tuple[str, ...]
    since: int | None = None  # days since the other state's last step before it, at least


@dataclass(frozen=True, slots=True)
class Motive:
    """The words in which somebody claims why a state does something; never adopted."""

    party: str
    published: str | None
    voice: str
    quote: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """What claims tell a state was delivered of one kind of thing under one deal: in words, with its bounds."""

    party: str
    supplier: str | None
    item: str
    told: str
    last: str  # the last day that is told, or nothing
    evidence: tuple[str, ...]


def chained(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps in the order of time, each with the days since another state's last one that surely came before.

    >>> from datetime import date
    >>> day = [Step(p, date(2031, 1, d), date(2031, 1, d), "", "", ()) for p, d in (("A", 1), ("B", 9), ("B", 11))]
    >>> [step.since for step in chained(day)]
    [None, 8, 10]
    """
    ordered = sorted(steps, key=lambda s: (s.first, s.last, s.party, s.what, s.evidence))
    lasts: dict[str, list[date]] = defaultdict(list)
    for step in ordered:
        lasts[step.party].append(step.last)
    for own in lasts.values():
        own.sort()
    return tuple(replace(step, since=_since(step, lasts)) for step in ordered)


def _since(step: Step, lasts: Mapping[str, Sequence[date]]) -> int | None:
    """Days since the last step of another state that had wholly ended before; None where there was none."""
    before = [own[n - 1] for party, own in lasts.items() if party != step.party and (n := bisect_left(own, step.first))]
    return (step.first - max(before)).days if before else None


_MOTIVE = re.compile(
    r"\b(?:in\s(?:response|reaction|answer|reply)\sto|to\s(?:counter|match|offset|deter|balance|rival|answer)\b|"
    r"as\sa\s(?:response|reply|counter|deterrent)\b|counter(?:s|ing)?\s(?:to\s)?the|keep(?:ing)?\s(?:up|pace)\swith|"
    r"parity\swith|threat(?:s)?\s(?:from|of|posed\sby))",
    re.IGNORECASE,
)


def claims_motive(words: str) -> bool:
    """Whether words claim why something is done: in response to, to counter, to match, a threat from.

    >>> claims_motive("It bought them in response to the test."), claims_motive("It bought ten of them.")
    (True, False)
    """
    return bool(_MOTIVE.search(words))


# -- tables -----------------------------------------------------------------------------------------------


def plain_step(step: Step) -> dict[str, Cell | list[str]]:
    """A step for programs."""
    return {
        "party": step.party, "first": step.first.isoformat(), "last": step.last.isoformat(), "what": step.what,
        "voice": step.voice, "days_since_the_other": step.since, "evidence": list(step.evidence),
    }  # fmt: skip


def plain_delivered(one: Delivered) -> dict[str, Cell | list[str]]:
    """What was told as delivered, for programs."""
    return {
        "party": one.party, "supplier": one.supplier, "item": one.item, "told": one.told, "last": one.last or None,
        "evidence": list(one.evidence),
    }  # fmt: skip


def steps_table(steps: Sequence[Step], name_of: Callable[[str], str]) -> Table:
    """The latest steps, in the order of time."""
    shown = steps[-_SHOWN:]
    return Table(
        "Steps in the order of time",
        (Column("When"), Column("Whose"), Column("What"), Column("By whose word"), Column("Since another's", "days")),
        tuple((_when(s), name_of(s.party), s.what, s.voice, _days(s.since)) for s in shown),
        notes=(*_latest(len(steps)), "The last column counts days of the calendar; order in time is no reason."),
        evidence=tuple(s.evidence for s in shown),
    )


def motives_table(motives: Sequence[Motive], name_of: Callable[[str], str]) -> Table:
    """The words in which motives are claimed."""
    return Table(
        "Motives that sources claim, in their words",
        (Column("Published"), Column("Of"), Column("Words"), Column("Whose word")),
        tuple((m.published or "undated", name_of(m.party), _cut(m.quote), m.voice) for m in motives),
        evidence=tuple((m.evidence,) for m in motives),
    )


def delivered_table(held: Sequence[Delivered], name_of: Callable[[str], str]) -> Table:
    """What claims tell as delivered, a row a deal and kind of thing, the latest."""
    ordered = sorted(held, key=lambda d: (d.last, d.party, d.item, d.evidence))
    shown = ordered[-_SHOWN:]
    return Table(
        "What claims tell as delivered, deal by deal",
        (Column("To"), Column("From"), Column("What"), Column("How many"), Column("Last told day")),
        tuple(
            (
                name_of(d.party),
                name_of(d.supplier) if d.supplier else "not stated",
                d.item,
                d.told,
                d.last.replace("/", " to ") or "not stated",
            )
            for d in shown
        ),
        notes=(*_latest(len(held)), "No holdings: what was lost, retired, passed on or made at home is not in it."),
        evidence=tuple(d.evidence for d in shown),
    )


def _latest(count: int) -> tuple[str, ...]:
    return (f"The latest {_SHOWN} of {count:,}; JSON has all.",) if count > _SHOWN else ()


def _when(step: Step) -> str:
    return str(step.first) if step.first == step.last else f"{step.first} to {step.last}"


def _days(since: int | None) -> Cell:
    return "none before" if since is None else since


def _cut(quote: str) -> str:
    return quote if len(quote) <= _QUOTED else f"{quote[: _QUOTED - 1]}…"
