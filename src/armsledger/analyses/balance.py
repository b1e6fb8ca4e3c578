"""What do two states import and spend, what do sources say each answers, and what restrains them?

    imports        TIV of deliveries to each, window by window (``dependence``)
    spending       Richardson's equations and Granger tests over every unit, lag and period (``spending``)
    steps          the dated steps of both states' deals and events in one line of time, with the days since the other
                   state's last step; motives only in the words of those who claim them
    measures       for each class of things, whether a measure between the two covers it: yes, no, unknown

Nothing here compares what the two can do: a list of deliveries is no balance of forces. A step that comes after
another is told to come after it, and nothing more. A measure holds on paper; whether it is kept is not told. Holdings
are not told either: claims are of transfers. Majeski and Jones (Journal of Conflict Resolution 25:2, 1981) and Dunne
and Smith (Handbook of Defense Economics 2, 2007) say how little such series show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from armsledger.analyses.dependence import Window
from armsledger.analyses.result import Cell, Column, Method, Result, Table
from armsledger.analyses.spending import Multiverse
from armsledger.errors import InputError
from armsledger.lexicon.measures import Measure, classes

LIMIT = (
    "Imports, spending and dates side by side compare no capabilities, and a step that follows another one is no proof "
    "that it answers it."
)
SOURCE = "Richardson 1960; Majeski and Jones 1981; Dunne and Smith 2007"
_SHOWN = 40  # steps that are shown, the latest; the data have all
_QUOTED = 160  # characters of a quote that are shown


@dataclass(frozen=True, slots=True)
class Imports:
    """What came to each of the two in a window, in millions of TIV."""

    window: Window
    one: Fraction
    other: Fraction


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
class Covered:
    """Whether a class of things is covered by a measure on the day, by which, and why it is not known."""

    name: str
    answer: str  # "yes", "no" or "unknown"
    because: str


@dataclass(frozen=True, slots=True)
class Balance:
    """All of it for two states on a day."""

    one: str
    other: str
    day: date
    imports: tuple[Imports, ...]
    vintage: str | None
    spending: Multiverse | None
    steps: tuple[Step, ...]
    motives: tuple[Motive, ...]
    measures: tuple[tuple[Measure, bool | None], ...]
    covered: tuple[Covered, ...]
    missing: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...]
    name_of: Callable[[str], str]

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def balance(
    one: str,
    other: str,
    day: date,
    *,
    imports: Sequence[Imports] = (),
    vintage: str | None = None,
    spending: Multiverse | None = None,
    steps: Sequence[Step] = (),
    motives: Sequence[Motive] = (),
    measures: Sequence[Measure] = (),
    missing: Sequence[str] = (),
    inputs: Sequence[tuple[str, str]] = (),
    name_of: Callable[[str], str] = str,
) -> Balance:
    """The parts put together. Raises InputError where the two are one state."""
    if one == other:
        raise InputError(name_of(one), "stands on both sides", "name two states")
    held = tuple((m, m.held(day)) for m in measures)
    return Balance(
        one, other, day, tuple(imports), vintage, spending, chained(steps), tuple(motives), held,
        tuple(covered(held)), tuple(missing), tuple(inputs), name_of,
    )  # fmt: skip


def chained(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps in the order of time, each with the days since the other state's last one that surely came before.

    >>> from datetime import date
    >>> day = [Step(p, date(2031, 1, d), date(2031, 1, d), "", "", ()) for p, d in (("A", 1), ("B", 9), ("B", 11))]
    >>> [step.since for step in chained(day)]
    [None, 8, 10]
    """
    ordered = sorted(steps, key=lambda s: (s.first, s.last, s.party, s.what, s.evidence))
    made = []
    for step in ordered:
        before = [s.last for s in ordered if s.party != step.party and s.last < step.first]
        made.append(replace(step, since=(step.first - max(before)).days if before else None))
    return tuple(made)


def covered(measures: Sequence[tuple[Measure, bool | None]]) -> Iterator[Covered]:
    """For each class: yes by a measure that held, no where the only text about it leaves it out, else unknown."""
    for key, name in classes():
        held = [m.name for m, state in measures if state and key in m.covers]
        open_ = [m.name for m, state in measures if state is None and key in m.covers]
        out = [m.name for m, state in measures if state and key in m.leaves_out]
        if held:
            yield Covered(name, "yes", "; ".join(held))
        elif open_:
            yield Covered(name, "unknown", f"{'; '.join(open_)}: whether it held on that day was not looked up")
        elif out:
            yield Covered(name, "no", f"left out of: {'; '.join(out)}")
        else:
            yield Covered(name, "unknown", "the table has no measure between the two about it")


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


# -- the answer -------------------------------------------------------------------------------------------


def _result(found: Balance) -> Result:
    one, other = found.name_of(found.one), found.name_of(found.other)
    spent = found.spending.result() if found.spending else None
    return Result(
        name="balance",
        question=f"What do {one} and {other} import and spend, and what restrains them?",
        answer=(*_answer(found), *(f"Model: {line}" for line in (spent.answer if spent else ()))),
        limit=LIMIT,
        method=Method(
            "imports by window, steps in the order of time, measures by day"
            + ("; Richardson's equations and Granger tests over every unit, lag and period" if spent else ""),
            SOURCE,
            inputs=found.inputs,
            version="balance/1" if spent else "",
        ),
        as_of=found.day.isoformat(),
        vintage=found.vintage,
        n=(
            ("steps", len(found.steps)),
            ("measures", len(found.measures)),
            *((("tests", len(found.spending.tests)),) if found.spending else ()),
        ),
        unknown=tuple(_unknown(found)),
        tables=(*_tables(found), *(replace(t, title=f"Model: {t.title}") for t in (spent.tables if spent else ()))),
        data={"steps": [_plain(s) for s in found.steps]},
    )


def _plain(step: Step) -> dict[str, Cell | list[str]]:
    return {
        "party": step.party, "first": step.first.isoformat(), "last": step.last.isoformat(), "what": step.what,
        "voice": step.voice, "days_since_the_other": step.since, "evidence": list(step.evidence),
    }  # fmt: skip


def _answer(found: Balance) -> Iterator[str]:
    one, other = found.name_of(found.one), found.name_of(found.other)
    if found.imports:
        now = found.imports[0]
        yield (
            f"Imports by volume in {now.window}: {one} {float(now.one):,.0f}, {other} {float(now.other):,.0f} million "
            "TIV; a volume of what was delivered, neither money nor strength."
        )
    count = {p: sum(1 for s in found.steps if s.party == p) for p in (found.one, found.other)}
    yield f"Dated steps in the ledger: {one} {count[found.one]}, {other} {count[found.other]}."
    if found.motives:
        yield f"{len(found.motives)} passages claim a motive; they stand below in their own words."
    else:
        yield "No passage of these deals claims a motive."
    told: dict[str, list[str]] = {"yes": [], "no": [], "unknown": []}
    for c in found.covered:
        told[c.answer].append(c.name)
    yes, no = (", ".join(told[answer]) or "nothing that is listed" for answer in ("yes", "no"))
    yield (
        f"Covered on paper by a measure between the two on {found.day}: {yes}. Left out: {no}. "
        f"Unknown: {len(told['unknown'])} classes."
    )


def _unknown(found: Balance) -> Iterator[str]:
    yield from found.missing
    yield "measures hold on paper: whether they are kept is not told"
    yield "holdings: the claims of a ledger are of transfers, not of what a state has"
    if not found.measures:
        yield "the small table has no measure between the two; that is not to say that there is none"
    if found.spending:
        yield from found.spending.left_out


def _tables(found: Balance) -> Iterator[Table]:
    one, other = found.name_of(found.one), found.name_of(found.other)
    if found.imports:
        yield Table(
            "Imports by window of years of delivery",
            (Column("Window"), Column(one, "million TIV", 0), Column(other, "million TIV", 0)),
            tuple((str(i.window), float(i.one), float(i.other)) for i in found.imports),
        )
    shown = found.steps[-_SHOWN:]
    yield Table(
        "Steps in the order of time",
        (Column("When"), Column("Whose"), Column("What"), Column("By whose word"), Column("Since the other's", "days")),
        tuple((_when(s), found.name_of(s.party), s.what, s.voice, _days(s.since)) for s in shown),
        notes=(
            *((f"The latest {_SHOWN} of {len(found.steps)}; JSON has all.",) if len(found.steps) > _SHOWN else ()),
            "The last column counts days of the calendar; order in time is no reason.",
        ),
        evidence=tuple(s.evidence for s in shown),
    )
    if found.motives:
        yield Table(
            "Motives that sources claim, in their words",
            (Column("Published"), Column("Of"), Column("Words"), Column("Whose word")),
            tuple((m.published or "undated", found.name_of(m.party), _cut(m.quote), m.voice) for m in found.motives),
            evidence=tuple((m.evidence,) for m in found.motives),
        )
    yield Table(
        f"What measures between the two cover, on {found.day}",
        (Column("Class"), Column("Covered"), Column("By what, or why not known")),
        tuple((c.name, c.answer, c.because) for c in found.covered),
    )
    yield Table(
        "Measures and their acts",
        (Column("Since"), Column("Measure"), Column("On paper"), Column("Act")),
        tuple((m.first.iso, m.name, _held(state), m.source) for m, state in found.measures),
    )


def _when(step: Step) -> str:
    return str(step.first) if step.first == step.last else f"{step.first} to {step.last}"


def _days(since: int | None) -> Cell:
    return "none before" if since is None else since


def _cut(quote: str) -> str:
    return quote if len(quote) <= _QUOTED else f"{quote[: _QUOTED - 1]}…"


def _held(state: bool | None) -> str:
    return "unknown" if state is None else "yes" if state else "no"
