"""Statements -> matters: what is said about one thing stands together, assertion beside denial.

Two statements are of one matter when they have the same topic and the same system, or none, and share two parties
(those that the words name and the one that the speaker speaks for). A statement with fewer parties joins the only
matter of its topic and system that has them; where there are several, or none, it stands with others like it. A pure
function of the statements: their order changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from armsledger.model import Polarity, Statement, StatementTopic

MOST_PAIRED = 8  # parties of one statement that are paired; a list of twenty states ties nothing together


@dataclass(frozen=True, slots=True)
class Matter:
    """What several statements are about. ``contested`` where somebody affirms and somebody denies it."""

    topic: StatementTopic
    parties: tuple[str, ...]
    systems: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def contested(self) -> bool:
        """Whether it is both affirmed and denied."""
        return len({s.polarity for s in self.statements}) > 1

    @property
    def key(self) -> str:
        """A name for it: topic, parties, systems.

        >>> Matter(StatementTopic.MEDIATION, ("IND", "PAK"), (), ()).key
        'mediation IND+PAK'
        """
        return " ".join(filter(None, (str(self.topic), "+".join(self.parties), "+".join(self.systems))))

    def of(self, polarity: Polarity) -> tuple[Statement, ...]:
        """The statements that affirm it, or those that deny it."""
        return tuple(s for s in self.statements if s.polarity is polarity)


def matters(statements: Iterable[Statement]) -> list[Matter]:
    """The matters of statements: contested ones first, then those with most statements, then by key.

    The statements of each stay in the order in which they are given.
    """
    given = list(statements)
    groups = _groups(given)
    made = [_matter([given[n] for n in group]) for group in groups]
    return sorted(made, key=lambda m: (not m.contested, -len(m.statements), m.key, [s.id for s in m.statements]))


def parties_of(statement: Statement) -> tuple[str, ...]:
    """The parties that a statement names and the one that its speaker speaks for, sorted."""
    return tuple(sorted({*statement.parties, *([statement.speaks_for] if statement.speaks_for else [])}))


def _matter(statements: Sequence[Statement]) -> Matter:
    return Matter(
        statements[0].topic,
        tuple(sorted({p for s in statements for p in parties_of(s)})),
        tuple(sorted({s.system for s in statements if s.system})),
        tuple(statements),
    )


def _groups(given: Sequence[Statement]) -> list[list[int]]:
    """Which statements stand together, as their places."""
    parent = list(range(len(given)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    first: dict[tuple[str, ...], int] = {}
    for n, statement in enumerate(given):
        for key in _ties(statement):
            other = root(first.setdefault(key, n))
            parent[root(n)] = other
    _join_single(given, parent, root_of=[root(n) for n in range(len(given))])
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(len(given)):
        groups[root(n)].append(n)
    return list(groups.values())


def _ties(statement: Statement) -> Iterable[tuple[str, ...]]:
    """What ties a statement to others: its topic and system with two of its parties, or with all where there is one."""
    about = (str(statement.topic), statement.system or "")
    parties = parties_of(statement)
    if len(parties) < 2:
        yield (*about, "alone", *parties)
    elif len(parties) <= MOST_PAIRED:
        yield from ((*about, "pair", *pair) for pair in combinations(parties, 2))


def _join_single(given: Sequence[Statement], parent: list[int], root_of: Sequence[int]) -> None:
    """Lets statements of one party or none join the only larger matter of their topic and system that fits."""
    having: dict[tuple[str, str, str | None], set[int]] = defaultdict(set)
    for n, statement in enumerate(given):
        if len(parties_of(statement)) > 1:
            for party in (None, *parties_of(statement)):
                having[str(statement.topic), statement.system or "", party].add(root_of[n])
    for n, statement in enumerate(given):
        parties = parties_of(statement)
        if len(parties) == 1 or (not parties and statement.system):
            larger = having[str(statement.topic), statement.system or "", parties[0] if parties else None]
            if len(larger) == 1:
                parent[root_of[n]] = next(iter(larger))
