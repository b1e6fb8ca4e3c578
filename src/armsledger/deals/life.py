"""The life of a deal: for each stage the claims for it and the claims against it, and what that comes to.

A stage is reached by a claim that affirms it as certain or probable, of what is or was. What may be, is left open,
hangs on a condition or is still to come is told beside it and carries nothing. A denial never takes a stage away: both
are kept, and the stage is contested. Nothing is averaged. A pure function of claims and dates of publication: the order
of the claims changes nothing, and the life as of a day is the life of the claims of documents published by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from armsledger.deals.assemble import ORDER
from armsledger.deals.bearing import Bearing, Published, Told, documents_of, interval, rank, tell
from armsledger.deals.deliveries import Delivery, deliveries
from armsledger.deals.papers import Ending, Option, Paper, endings, options, papers
from armsledger.model import Claim, DateInterval, Mode, Stage

STAGES = (*ORDER, Stage.HALTED)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage and all that is said of it, each part by date of publication.

    ``against`` are the denials of this very stage. ``contesting`` are those that contradict somebody who affirms it:
    a denial of this stage, or of an earlier one without which this one cannot be.
    """

    stage: Stage
    reached: tuple[Told, ...] = ()
    possible: tuple[Told, ...] = ()
    ahead: tuple[Told, ...] = ()
    against: tuple[Told, ...] = ()
    doubted: tuple[Told, ...] = ()
    contesting: tuple[Told, ...] = ()

    @property
    def affirmed(self) -> tuple[Told, ...]:
        """The claims that speak for it: those that reach it, else those that expect it, else those that allow it."""
        return self.reached or self.ahead or self.possible

    @property
    def contested(self) -> bool:
        """Whether somebody affirms it, at whatever certainty, and somebody denies it."""
        return bool(self.contesting)

    @property
    def all(self) -> tuple[Told, ...]:
        """Every claim on this very stage."""
        return (*self.reached, *self.possible, *self.ahead, *self.against, *self.doubted)

    @property
    def happened(self) -> tuple[DateInterval, ...]:
        """The dates on which it is told to have happened, each once, in order; empty where no date is told."""
        return tuple(sorted({t.happened for t in self.reached if t.happened is not None}, key=_by_day))

    @property
    def first_told(self) -> str | None:
        """The date of publication of the first document that affirms it, else of the first that speaks of it."""
        return next((t.published for t in self.affirmed or self.all if t.published), None)

    @property
    def last_told(self) -> str | None:
        """The same of the last."""
        return next((t.published for t in reversed(self.affirmed or self.all) if t.published), None)

    @property
    def best(self) -> Told:
        """The claim whose word is named first: the surest, then the most official, then the earliest."""
        return min(self.affirmed or self.all, key=rank)


@dataclass(frozen=True, slots=True)
class Life:
    """What is told of a deal, stage by stage, in the order in which stages follow each other; ``halted`` comes last."""

    told: tuple[Told, ...]
    steps: tuple[Step, ...]
    deliveries: tuple[Delivery, ...]
    papers: tuple[Paper, ...]
    options: tuple[Option, ...]
    endings: tuple[Ending, ...]

    def step(self, stage: Stage) -> Step | None:
        """What is said of one stage; None where nothing is."""
        return next((s for s in self.steps if s.stage is stage), None)

    @property
    def furthest(self) -> Step | None:
        """The furthest stage that is reached; None where none is."""
        return next((s for s in reversed(self.steps) if s.reached and s.stage is not Stage.HALTED), None)

    @property
    def contesting(self) -> tuple[Told, ...]:
        """The denials that contradict somebody, each once."""
        return tuple(dict.fromkeys(t for step in self.steps for t in step.contesting))

    @property
    def contested(self) -> tuple[Told, ...]:
        """The claims that these denials contradict, each once."""
        return tuple(dict.fromkeys(t for step in self.steps if step.contested for t in _gainsaid(step)))


def life(claims: Iterable[Claim], published: Published) -> Life:
    """The life of a deal, by all claims given. Claims of a contract as a whole are its own, not a buyer's."""
    told = tell(claims, published)
    denials = [t for t in told if t.bearing is Bearing.DENIED]
    steps = (_step(stage, [t for t in told if t.claim.stage is stage], denials) for stage in STAGES)
    return Life(
        told=told,
        steps=tuple(step for step in steps if step.all),
        deliveries=deliveries(told),
        papers=papers(told),
        options=options(told),
        endings=endings(told),
    )


def _step(stage: Stage, here: list[Told], denials: list[Told]) -> Step:
    by: dict[Bearing, list[Told]] = {b: [t for t in here if t.bearing is b] for b in Bearing}
    affirmed = by[Bearing.REACHED] + by[Bearing.AHEAD] + by[Bearing.POSSIBLE]
    return Step(
        stage=stage,
        reached=tuple(by[Bearing.REACHED]),
        possible=tuple(by[Bearing.POSSIBLE]),
        ahead=tuple(by[Bearing.AHEAD]),
        against=tuple(by[Bearing.DENIED]),
        doubted=tuple(by[Bearing.DOUBTED]),
        contesting=tuple(d for d in denials if any(contradicts(d, a) for a in affirmed)),
    )


def _gainsaid(step: Step) -> Iterable[Told]:
    """The claims of a step that somebody contradicts."""
    every = (*step.reached, *step.ahead, *step.possible)
    return (a for a in every if any(contradicts(d, a) for d in step.contesting))


def _by_day(date: DateInterval) -> tuple[str, str, str]:
    return date.first.isoformat(), date.after.isoformat(), date.iso


# -- denials ----------------------------------------------------------------------------------------------

_SPECIAL = frozenset({Mode.AID, Mode.LOAN, Mode.LEASE, Mode.LICENSED_PRODUCTION})  # to deny a gift denies no transfer
_CONVERSATION = frozenset({Stage.OFFERED, Stage.NEGOTIATED})  # one side's word for it and the other's


def contradicts(denial: Told, affirmed: Told) -> bool:
    """Whether a denial and an affirmation cannot both be so.

    They can where the stage that is denied comes after the one that is affirmed (approved, but not delivered), where
    they are of other terms (no gift, but a sale), where one speaker says both in one document (these, but not those),
    and where the thing is dated after the denial was published.
    """
    denied, said = denial.claim, affirmed.claim
    if (denied.document, denied.speaker_kind, denied.speaker) == (said.document, said.speaker_kind, said.speaker):
        return False
    if denied.mode is not said.mode and (denied.mode in _SPECIAL or None not in (denied.mode, said.mode)):
        return False
    paper, when = interval(denial.published), affirmed.happened
    if paper is not None and when is not None and when.first >= paper.after:
        return False
    if Stage.HALTED in (denied.stage, said.stage):
        return denied.stage is said.stage
    if {denied.stage, said.stage} == _CONVERSATION:
        return True
    return ORDER.index(denied.stage) <= ORDER.index(said.stage)


# -- status -----------------------------------------------------------------------------------------------

_SHOWN = 2  # voices that are named in a sentence
_NEXT = {Stage.ORDERED: Stage.DELIVERED, Stage.DELIVERED: None}  # what is missed behind a stage; else an order


@dataclass(frozen=True, slots=True)
class Status:
    """Where a deal stands by its life: the furthest stage that is reached, how well, and who contests it.

    ``stage`` is None where nothing is told as more than possible or planned. ``support`` are the claims that reach it.
    """

    life: Life

    @property
    def stage(self) -> Stage | None:
        """The furthest stage that is reached."""
        return self.life.furthest.stage if self.life.furthest else None

    @property
    def support(self) -> tuple[Told, ...]:
        """The claims behind what the sentence begins with: those that reach the stage, else those that speak for it."""
        step = self._leading
        return step.affirmed if step else ()

    @property
    def contested(self) -> bool:
        """Whether somebody affirms and somebody denies any part of it."""
        return bool(self.life.contesting)

    @property
    def word(self) -> str:
        """The status in a few words: ``approved``, ``possibly offered, contested``, ``delivered (denied)``."""
        step = self._leading or (self.life.steps[0] if self.life.steps else None)
        ended = [str(e.kind) for e in self._last_endings() if self._is_final(e)]
        parts = [_word(step)] if step and not (ended and step.stage is Stage.HALTED) else []
        parts += [*ended, *(["contested"] if self.contested else [])]
        return ", ".join(parts) or "nothing told"

    @property
    def ended(self) -> bool:
        """Whether it is told to have ended, and nothing to have been reached on a later day."""
        return any(self._is_final(e) for e in self._last_endings())

    def sentence(self, origins: int | None = None) -> str:
        """The status in a sentence; ``origins`` is how many independent origins the documents of ``support`` have."""
        parts = [*self._begins(origins), *self._further(), *self._ended(), *self._missed(), self._contested()]
        return "; ".join(parts)

    @property
    def _leading(self) -> Step | None:
        """The step that the sentence begins with: the furthest reached, else the furthest expected, else possible."""
        on_the_way = [s for s in self.life.steps if s.stage is not Stage.HALTED]
        for part in ("reached", "ahead", "possible"):
            found = [s for s in on_the_way if getattr(s, part)]
            if found:
                return found[-1]
        return None

    def _begins(self, origins: int | None) -> Iterator[str]:
        step = self._leading
        if step is None:
            yield "no earlier stage told" if self.life.endings else "no stage affirmed"
            return
        counted = _many(len(documents_of(step.affirmed)), "document")
        counted += "" if origins is None else f", {_many(origins, 'independent origin')}"
        if step.reached:
            yield f"{step.stage} ({step.best.voice}, {step.best.claim.certainty}; {counted})"
        else:
            yield f"{_word(step)}, according to {voices(step.affirmed)} ({counted})"
        if step.stage is Stage.DELIVERED and step.reached:
            yield from (d.sentence for d in self.life.deliveries)

    def _further(self) -> Iterator[str]:
        """What is said of stages beyond the leading one: the furthest that is affirmed, and what is only denied."""
        beyond = self._beyond()
        yield from (f"{_word(s)}, according to {voices(s.affirmed)}" for s in beyond[-1:] if s.affirmed)
        yield from (f"{s.stage}: denied by {voices(s.against)}" for s in beyond if s.against and not s.affirmed)

    def _beyond(self) -> list[Step]:
        """The stages of which something is said beyond the leading one, those that are affirmed last."""
        at = ORDER.index(self._leading.stage) if self._leading else -1
        found = [s for s in self.life.steps if s.stage is not Stage.HALTED and ORDER.index(s.stage) > at]
        return sorted(found, key=lambda s: (bool(s.affirmed), ORDER.index(s.stage)))

    def _missed(self) -> Iterator[str]:
        """The stage that one would ask for next, where nothing is said of it or of one behind it."""
        leading = self._leading
        missed = None if leading is None else _NEXT.get(leading.stage, Stage.ORDERED)
        if missed is None or any(self._is_final(e) for e in self._last_endings()):
            return
        if not any(ORDER.index(s.stage) >= ORDER.index(missed) for s in self._beyond()):
            yield f"{missed}: not told"

    def _ended(self) -> Iterator[str]:
        """How it ended or stood still, by the last word on each kind."""
        for ending in self._last_endings():
            when = f" {ending.when}" if ending.when else ""
            lead = "possibly " if ending.open else "" if self._is_final(ending) else "before that "
            yield f"{lead}{ending.kind}{when}, according to {ending.told.voice}"

    def _last_endings(self) -> tuple[Ending, ...]:
        """The last word on each kind of ending."""
        return tuple({(e.kind, e.open): e for e in self.life.endings}.values())

    def _is_final(self, ending: Ending) -> bool:
        """Whether an ending is more than possible and nothing is told to have been reached on a day after it."""
        later = (t for step in self.life.steps if step.stage is not Stage.HALTED for t in step.reached)
        return not ending.open and not any(ending.is_before(t) for t in later)

    def _contested(self) -> str:
        if self.contested:
            return f"contested: affirmed by {voices(self.life.contested)}, denied by {voices(self.life.contesting)}"
        only_denied = self.life.steps and not any(s.affirmed for s in self.life.steps)
        return "contested: no, only denied" if only_denied else "contested: no"


def status(claims: Iterable[Claim], published: Published) -> Status:
    """Where a deal stands, by all claims given."""
    return Status(life(claims, published))


def _word(step: Step) -> str:
    if step.reached:
        return str(step.stage)
    if step.ahead:
        due = sorted({t.due for t in step.ahead if t.due is not None}, key=_by_day)
        return f"{step.stage} still to come" + (f" ({due[0]})" if due else "")
    return f"possibly {step.stage}" if step.possible else f"{step.stage} (denied)"


def voices(told: Iterable[Told]) -> str:
    """Whose words these are, the surest and most official first: ``Turkish media and 2 more``."""
    named = list(dict.fromkeys(t.voice for t in sorted(told, key=rank)))
    if len(named) > _SHOWN:
        return f"{', '.join(named[:_SHOWN])} and {len(named) - _SHOWN} more"
    return " and ".join(named)


def _many(count: int, one: str) -> str:
    return f"{count:,} {one if count == 1 else one + 's'}"
