"""What every analysis gives: an answer that explains itself, and says how little it proves.

An analysis reads claims (or a register's rows, or a file of the user's) and gives a ``Result``. Nothing in it is
rendered: the views make a table, JSON or a chart of it. Each figure is either *found* (it names the claims, rows or
documents that it was counted from) or *computed* by a named method; what a model gives is labelled as a model's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Cell = str | int | float | Decimal | None
"""One cell of a table; None is unknown, which is never zero."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the unit of its numbers, and how many decimals a person is shown (None: as they are)."""

    name: str
    unit: str = ""
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a result. ``evidence`` has, for each row, the ids of claims or the places that it rests on."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    evidence: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """How it was worked out: the equation or rule in a line, and the publication that it comes from.

    ``model`` is true where the figures are a model's and no facts; then ``inputs``, ``seed`` and ``version`` are told.
    """

    told: str
    source: str
    model: bool = False
    inputs: tuple[tuple[str, str], ...] = ()
    seed: int | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of one analysis to one question.

    ``answer`` is the plain sentences that it comes to, the first one first; ``limit`` the one sentence that says how
    little it proves. ``as_of`` is the date until which documents count, ``vintage`` the version of a register, ``n``
    what was counted, ``unknown`` what is not known and was left out, in words. ``data`` holds the same figures for
    programs, by name.
    """

    name: str
    question: str
    answer: tuple[str, ...]
    limit: str
    method: Method
    as_of: str | None = None
    vintage: str | None = None
    n: tuple[tuple[str, int], ...] = ()
    unknown: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
