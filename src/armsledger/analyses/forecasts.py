"""How good were the probabilities that people and models gave to dated questions?

    Brier score          mean of (p - o)^2 over resolved questions, o being 1 where it came and 0 where it did not; an
                         author's several forecasts of one question are averaged first, so that repeating gains nothing
    base rate            the score of the share that came, and of an even chance (0.25), beside it
    reliability          forecasts by tenths: the mean foretold, how many, the share that came with Wilson's interval

Only forecasts that were made, and logged, before a question was resolved count. Questions that were void count
nowhere; those without an outcome are told as open. A log can be added to and never changed. Brier, Monthly Weather
Review 78 (1950); Murphy, J. Applied Meteorology 12 (1973).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from armsledger.analyses.result import Cell, Column, Method, Result, Table
from armsledger.analyses.waiting import wilson
from armsledger.errors import InputError

LEAST = 10  # resolved questions from which an author's score is told
LIMIT = (
    "A score is of these questions, which somebody chose; few questions tell little, and a good score on easy ones "
    "earns no trust on hard ones."
)
SOURCE = "Brier 1950; Murphy 1973; Wilson 1927"
BINS = 10


class By(StrEnum):
    """Who forecasts."""

    ANALYST = "analyst"
    MODEL = "model"


class Outcome(StrEnum):
    """How a question was resolved; void where it turned out to have no answer."""

    YES = "yes"
    NO = "no"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Forecast:
    """A probability (0 to 1) for a question that resolves by a day, with who gave it, when and why."""

    question: str
    due: date
    probability: float
    author: str
    by: By
    made: date
    because: str = ""
    line: int = 0  # of the log

    @property
    def id(self) -> str:
        """The question's id: the same words and the same day are one question."""
        return question_id(self.question, self.due)


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a question ended, by whom and on what ground. Of several the last one counts; all are kept."""

    question: str  # its id
    outcome: Outcome
    on: date
    author: str
    because: str
    line: int = 0  # of the log


def question_id(words: str, due: date) -> str:
    """A short hash of a question's words and its day.

    >>> question_id("Will it be delivered?", date(2031, 1, 1))
    'fc4bf627059'
    """
    return "f" + hashlib.sha256(f"{' '.join(words.split())}\n{due.isoformat()}".encode()).hexdigest()[:10]


def check(given: Forecast) -> None:
    """Raises InputError for a forecast that could never be scored."""
    if not given.question.strip():
        raise InputError("question", "is empty", "ask something that a document can answer with yes or no")
    if not 0 <= given.probability <= 1:
        raise InputError("--probability", f"{100 * given.probability:g} % is no probability", "give 0 to 100")
    if given.made >= given.due:
        raise InputError("--by", f"{given.due} is not after {given.made}", "a forecast is made before its day")
    if not given.author.strip():
        raise InputError("--author", "nobody is named", "say whose forecast it is")


# -- scores -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """An author's score over resolved questions, beside the base rate of the same questions and an even chance."""

    author: str
    by: By
    questions: int
    forecasts: int
    came: int
    brier: float | None

    @property
    def base(self) -> float | None:
        """What the share that came would have scored on the same questions; it is known only afterwards."""
        if not self.questions:
            return None
        share = self.came / self.questions
        return share * (1 - share)


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of about the same size against what came."""

    low: float
    forecasts: int
    foretold: float
    came: int


@dataclass(frozen=True, slots=True)
class Scored:
    """The whole log, scored."""

    scores: tuple[Score, ...]
    bins: tuple[Bin, ...]
    resolved: int
    void: int
    waiting: tuple[tuple[str, str, date, tuple[tuple[str, float], ...]], ...]  # id, question, day, latest forecasts
    late: int
    orphans: int
    day: date | None

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def score(forecasts: Sequence[Forecast], resolutions: Sequence[Resolution], day: date | None = None) -> Scored:
    """The scores of a log as it stands at its last line, or stood at the end of a day."""
    given = [f for f in forecasts if day is None or f.made <= day]
    ended = {r.question: r for r in resolutions if day is None or r.on <= day}  # the last one counts
    asked = {f.id for f in given}
    known = {r.question: r.line for r in reversed(resolutions)}  # the line by which an outcome was first told
    counted = [f for f in given if (r := ended.get(f.id)) is None or (f.made < r.on and f.line <= known[f.id])]
    judged = [f for f in counted if f.id in ended and ended[f.id].outcome is not Outcome.VOID]
    came = {key: r.outcome is Outcome.YES for key, r in ended.items()}
    authors = sorted({(f.author, f.by) for f in given})
    return Scored(
        scores=tuple(_score(author, by, judged, came) for author, by in authors),
        bins=tuple(_bins(judged, came)),
        resolved=len({f.id for f in judged}),
        void=sum(1 for key, r in ended.items() if key in asked and r.outcome is Outcome.VOID),
        waiting=tuple(_waiting(given, ended)),
        late=len(given) - len(counted),
        orphans=sum(1 for key in ended if key not in asked),
        day=day or max([*(f.made for f in given), *(r.on for r in ended.values())], default=None),
    )


def _score(author: str, by: By, judged: Sequence[Forecast], came: dict[str, bool]) -> Score:
    errors: dict[str, list[float]] = defaultdict(list)
    for one in judged:
        if (one.author, one.by) == (author, by):
            errors[one.id].append((one.probability - came[one.id]) ** 2)
    means = [sum(e) / len(e) for e in errors.values()]
    brier = sum(means) / len(means) if means else None
    return Score(author, by, len(means), sum(map(len, errors.values())), sum(came[key] for key in errors), brier)


def _bins(judged: Sequence[Forecast], came: dict[str, bool]) -> Iterator[Bin]:
    by: dict[int, list[Forecast]] = defaultdict(list)
    for one in judged:
        by[min(BINS - 1, int(one.probability * BINS))].append(one)
    for place in sorted(by):
        held = by[place]
        foretold = sum(f.probability for f in held) / len(held)
        yield Bin(place / BINS, len(held), foretold, sum(came[f.id] for f in held))


def _waiting(
    given: Sequence[Forecast], ended: dict[str, Resolution]
) -> Iterator[tuple[str, str, date, tuple[tuple[str, float], ...]]]:
    open_: dict[str, list[Forecast]] = defaultdict(list)
    for one in given:
        if one.id not in ended:
            open_[one.id].append(one)
    for key in sorted(open_, key=lambda k: (open_[k][0].due, k)):
        latest = {f.author: f.probability for f in open_[key]}
        yield key, open_[key][0].question, open_[key][0].due, tuple(sorted(latest.items()))


# -- the answer -------------------------------------------------------------------------------------------


def _result(found: Scored) -> Result:
    return Result(
        name="forecasts",
        question="How good were the probabilities of dated questions?",
        answer=tuple(_answer(found)),
        limit=LIMIT,
        method=Method("Brier score by author and question; reliability by tenths, with Wilson's interval", SOURCE),
        as_of=found.day.isoformat() if found.day else None,
        n=(("resolved questions", found.resolved), ("open", len(found.waiting)), ("void", found.void)),
        unknown=tuple(_unknown(found)),
        tables=tuple(_tables(found)),
        data={"bins": [_plain(b) for b in found.bins]},
    )


def _plain(one: Bin) -> dict[str, float]:
    low, high = wilson(one.came, one.forecasts) or (0.0, 1.0)
    return {"foretold": one.foretold, "forecasts": one.forecasts, "came": one.came, "low": low, "high": high}


def _answer(found: Scored) -> Iterator[str]:
    if not found.resolved:
        yield f"No question has been resolved yet, so that nothing can be scored; {len(found.waiting)} are open."
        return
    yield f"{found.resolved} questions are resolved and {len(found.waiting)} open."
    for one in found.scores:
        if one.brier is None:
            continue
        base = f"the share that came scores {one.base:.3f}, an even chance 0.250"
        few = f"; fewer than {LEAST} questions tell next to nothing" if one.questions < LEAST else ""
        yield f"{one.author} ({one.by}): Brier {one.brier:.3f} on {one.questions} questions; {base}{few}."


def _unknown(found: Scored) -> Iterator[str]:
    if found.day is not None and (due := sum(1 for _, _, day, _ in found.waiting if day <= found.day)):
        yield f"{due} questions are past their day without an outcome"
    if found.late:
        yield f"{found.late} forecasts were made or logged when the outcome was known and do not count"
    if found.orphans:
        yield f"{found.orphans} outcomes are of questions that nobody forecast"


def _tables(found: Scored) -> Iterator[Table]:
    yield Table(
        "Scores by author, in the order of names",
        (
            Column("Author"), Column("By"), Column("Questions"), Column("Forecasts"), Column("Came"),
            Column("Brier", "", 3), Column("Base rate", "", 3),
        ),
        tuple((s.author, str(s.by), s.questions, s.forecasts, s.came, s.brier, s.base) for s in found.scores),
        notes=("Smaller is better; the base rate is known only afterwards, and is hard to beat.",),
    )  # fmt: skip
    yield Table(
        "Reliability: what came of forecasts of about the same size",
        (
            Column("Foretold", "%", 0), Column("Forecasts"), Column("Came"), Column("Share", "%", 0),
            Column("from", "%", 0), Column("to", "%", 0),
        ),
        tuple(map(_bin_row, found.bins)),
    )  # fmt: skip
    yield Table(
        "Open questions",
        (Column("Question"), Column("Resolves by"), Column("Asked"), Column("Latest forecasts", "%")),
        tuple(
            (key, str(due), words, ", ".join(f"{a} {100 * p:g}" for a, p in told))
            for key, words, due, told in found.waiting
        ),
    )


def _bin_row(one: Bin) -> tuple[Cell, ...]:
    low, high = wilson(one.came, one.forecasts) or (0.0, 1.0)
    return 100 * one.foretold, one.forecasts, one.came, 100 * one.came / one.forecasts, 100 * low, 100 * high
