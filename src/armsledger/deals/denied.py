"""Denials that stand as a deal of their own, set against what they may deny: assertions of another deal.

A denial seldom says as much as what it denies, so that nothing may join the two. They are set against each other where
supplier, recipient and family are the same, where they were published within half a year of one another (a month where
no system is named: "weapons" are many things), where the assertion is of the same stage (of an offer and talks, each
contests the other) or a mere possibility, and where the two cannot both be so by the rules of ``life.py``. Official
forms are left out: a rumour of another sale is not theirs. What one document denies is told once for all deals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from armsledger.deals.across import day_of
from armsledger.deals.bearing import Bearing, Told, tell
from armsledger.deals.disputes import Voice, is_official, of_register
from armsledger.deals.findings import Case, Code, Finding, Which
from armsledger.deals.grounds import thing
from armsledger.deals.life import contradicts, voices
from armsledger.model import Stage

NEAR, NEAR_KIND = timedelta(days=183), timedelta(days=31)
_MOST_SHOWN = 3
_CONVERSATION = frozenset({Stage.OFFERED, Stage.NEGOTIATED})
_AFFIRMED = frozenset({Bearing.REACHED, Bearing.POSSIBLE, Bearing.AHEAD})

_Sides = tuple[str, str, str]  # supplier, recipient, family


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim of one deal, with its words."""

    deal: Which
    told: Told
    words: Voice

    @property
    def place(self) -> tuple[str, str, int, str]:
        """Where it stands among others, the earliest first."""
        return self.words.published or "~", self.words.document, self.words.start, self.deal.deal


class Denied:
    """Takes deals one by one and tells at the end which denials may be of another deal's assertions."""

    def __init__(self) -> None:
        self._denials: dict[_Sides, list[_Said]] = defaultdict(list)
        self._affirmed: dict[_Sides, list[_Said]] = defaultdict(list)

    def add(self, case: Case) -> None:
        """Keeps the denials of a deal that nobody affirms, and the assertions of one that nobody denies."""
        told = tell(case.claims, case.published)
        denies = {t.bearing in (Bearing.DENIED, Bearing.DOUBTED) for t in told}
        if len(denies) > 1 or any(is_official(t.claim) or of_register(t.claim) for t in told):
            return  # both stand in one deal, which tells it itself
        for one in told:
            claim = one.claim
            if claim.supplier and claim.recipient and one.bearing is not Bearing.DOUBTED:
                sides = (claim.supplier, claim.recipient, thing(claim.system, claim.item))
                kept = self._affirmed if one.bearing in _AFFIRMED else self._denials
                kept[sides].append(_Said(case.which, one, case.words(claim)))

    def findings(self) -> Iterator[Finding]:
        """A finding for the denials of each document and the sides that they are about."""
        for sides, denials in sorted(self._denials.items()):
            near = NEAR_KIND if sides[2].startswith("*") else NEAR
            asserted = sorted(self._affirmed.get(sides, ()), key=lambda s: s.place)
            papers: dict[str, list[_Said]] = defaultdict(list)
            for denial in sorted(denials, key=lambda d: d.place):
                papers[denial.words.document].append(denial)
            for _, denied in sorted(papers.items()):
                met = [said for said in asserted if any(_may_deny(denial, said, near) for denial in denied)]
                if met:
                    yield _finding(met, [d for d in denied if any(_may_deny(d, said, near) for said in met)])


def _may_deny(denial: _Said, said: _Said, near: timedelta) -> bool:
    days = [day_of(one.words.published) for one in (denial, said)]
    if days[0] is None or days[1] is None or abs(days[0] - days[1]) > near:
        return False
    stages = {denial.told.claim.stage, said.told.claim.stage}
    alike = len(stages) == 1 or stages == _CONVERSATION or said.told.bearing is Bearing.POSSIBLE
    return alike and contradicts(denial.told, said.told)


def _finding(asserted: list[_Said], denied: list[_Said]) -> Finding:
    stages = ", ".join(dict.fromkeys(str(s.told.claim.stage) for s in asserted))
    who, deny = (voices([s.told for s in some]) for some in (asserted, denied))
    deals = tuple(dict.fromkeys(s.deal for s in (*asserted, *denied)))
    return Finding(
        Code.CONTESTED,
        f"{stages}: asserted by {who}; {deny} denies it, or something like it: they stand as {len(deals)} deals here",
        (*_sentences(asserted), *_sentences(denied)),
        "whoever reads the one deal should know of the denial that stands beside it",
        "whether the denial is of this very deal: armsledger judge same or different",
        deals,
    )


def _sentences(some: list[_Said]) -> list[Voice]:
    """The words of some claims, each place once; of many the first ones."""
    return list({(s.words.document, s.words.start): s.words for s in some}.values())[:_MOST_SHOWN]
