"""Two texts -> whether one leads back to the other: a copy, a rewrite, or neither.

    copy      a third of the pairs of words of the smaller text stand in the larger one; half within one publisher,
              whose articles share furniture and background, and more where two agencies stand behind the two; with half
              of its figures and names, so that two reports made by one form are two
    rewrite   a seventh of them do, and nearly all figures and names of one text stand in the other: what two writers
              who do not know of each other would not both choose; within two weeks, and never where two agencies or
              one publisher stand behind the two

The figures come from stories written for this project and from agency copy of 2025 and 1987; they are told in
``docs/explanation/origins.md``. Texts with too little to compare are like nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from armsledger.deals.sketch import Quoted, Sample, Sketch
from armsledger.model import Certainty, DateInterval

COPY, COPY_AT_HOME, COPY_SURE, COPY_FACTS = 0.33, 0.50, 0.60, 0.5
REWRITE, REWRITE_FACTS = 0.15, 5 / 6
LEAST_SHARED = 8
LEAST_FACTS, LEAST_FACTS_OF_COPY = 8, 5  # figures and names that are enough to tell a rewrite, to doubt a copy
SAME_PAPER = 0.80  # of both texts: below it, two official papers are two
QUOTED_PAIRS, QUOTED = 4, 0.9  # pairs of a quotation that must be known, and the share of them that must be there
DAYS = 14


class Kinship(StrEnum):
    """How one text follows another."""

    COPY = "copy"
    REWRITE = "rewrite"


@dataclass(frozen=True, slots=True)
class Wording:
    """A sketch made ready to be compared many times."""

    pairs: Sample
    facts: Sample
    pair_set: frozenset[int]
    fact_set: frozenset[int]


def wording(sketch: Sketch) -> Wording:
    """The wording of a sketch."""
    return Wording(sketch.pairs, sketch.facts, frozenset(sketch.pairs.lowest), frozenset(sketch.facts.lowest))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are. ``share`` is that of the smaller text's pairs of words which stand in the larger one,
    ``jaccard`` that of all pairs of both; ``facts`` how many of the figures and names, ``of_facts``, of the text that
    has fewer stand in the other one.
    """

    share: float
    jaccard: float
    facts: int
    of_facts: int

    @property
    def told(self) -> str:
        """``84 % of the shorter text, 12 of 13 figures and names``."""
        told = f"{round(100 * self.share)} % of the shorter text"
        return told + (f", {self.facts} of {self.of_facts} figures and names" if self.of_facts >= LEAST_FACTS else "")

    def same_facts(self, share: float, least: int) -> bool | None:
        """Whether so many of the figures and names are the same; None where there are too few to tell."""
        return self.facts >= share * self.of_facts if self.of_facts >= least else None

    def sure(self, kinship: Kinship) -> Certainty:
        """How sure it is that one text follows the other."""
        if kinship is Kinship.REWRITE:
            return Certainty.POSSIBLE
        return Certainty.CERTAIN if self.share >= COPY_SURE else Certainty.PROBABLE


def alike(one: Wording, other: Wording) -> Likeness | None:
    """How alike two texts are in their own words; None where they are not, or have too little to compare."""
    shared = len(one.pair_set & other.pair_set)
    if shared < LEAST_SHARED:
        return None
    mine, theirs = one.pairs.comparable(other.pairs)
    if one.pairs.of > other.pairs.of or (one.pairs.of == other.pairs.of and mine > theirs):
        mine, theirs = theirs, mine
    if shared < REWRITE * mine:
        return None
    facts = min(one.facts.comparable(other.facts))
    return Likeness(shared / mine, shared / (mine + theirs - shared), len(one.fact_set & other.fact_set), facts)


def kinship(found: Likeness, *, at_home: bool, rivals: bool) -> Kinship | None:
    """How one of two alike texts follows the other, whenever they were published: ``at_home`` where one publisher
    stands behind both, ``rivals`` where two agencies do.
    """
    if found.share >= (COPY_SURE if rivals else COPY_AT_HOME if at_home else COPY):
        return None if found.same_facts(COPY_FACTS, LEAST_FACTS_OF_COPY) is False else Kinship.COPY
    rewritten = found.same_facts(REWRITE_FACTS, LEAST_FACTS) and not at_home and not rivals
    return Kinship.REWRITE if rewritten else None


def stands_in(quoted: Quoted, text: Wording) -> bool:
    """Whether a quotation's words stand in a text, with marks or without."""
    known = [pair for pair in quoted.pairs if pair <= text.pairs.reach]
    return len(known) >= QUOTED_PAIRS and len(text.pair_set.intersection(known)) >= QUOTED * len(known)


def near_in_time(one: str | None, other: str | None) -> bool:
    """Whether two dates of publication may lie within two weeks; unknown ones may.

    >>> near_in_time("2026-03-30", "2026-04"), near_in_time("2026-03-01", "2026-04"), near_in_time(None, "2026")
    (True, False, True)
    """
    try:
        first, second = sorted((DateInterval(one or ""), DateInterval(other or "")), key=lambda d: d.first)
    except ValueError:
        return True
    return (second.first - first.after).days < DAYS
