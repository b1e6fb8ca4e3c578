"""Which published facts bear on whether something that is sold might be passed on? Indicators, never a score.

Thirteen questions (R1 to R13) are asked of a transfer of a family of systems from a supplier to a recipient, with a
third state where one is named. Each is answered *present* or *absent* with its evidence, or *unknown*, which is the
usual answer: a small ledger does not hold what nobody published. Nothing is added up. The questions follow the
indicators of article 11 of the Arms Trade Treaty, criterion 7 of Council Common Position 2008/944/CFSP as amended by
Decision (CFSP) 2025/779, and the frameworks of UNIDIR and the Small Arms Survey.

Paths are sequences of transfers of one family, or of a platform that holds the part that came before, each hop from the
recipient of the last, none certain to have come before the one it follows: "pathways that exist on paper".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from armsledger.analyses.result import Column, Method, Result, Table
from armsledger.analyses.waiting import wilson
from armsledger.errors import InputError
from armsledger.lexicon.consents import components, treaty_status
from armsledger.lexicon.sanctions import Barred, members, rules

LIMIT = (
    "An indicator is no evidence of an intention or of an event; the same one stood before transfers of either outcome."
)
SOURCE = "Arms Trade Treaty art. 11; Common Position 2008/944/CFSP crit. 7; UNIDIR and Small Arms Survey frameworks"
LONGEST = 3  # hops of a path
CLOSE = 0.10  # share of the recipient's exports that go to the third state, from which a tie counts as close
_YEARS = 30  # how far back a retransfer is looked for


class State(StrEnum):
    """What is known of an indicator."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Passage:
    """One documented transfer: its sides, the family that moved and its states of origin, when (None: not told; both
    days inclusive), how far it came, and the claims or rows that it rests on.

    ``done`` is true where it was ordered or delivered; ``denied`` where a party denies it.
    """

    supplier: str
    recipient: str
    family: str
    origin: tuple[str, ...]
    first: date | None
    last: date | None
    done: bool
    denied: bool
    evidence: tuple[str, ...]

    @property
    def passed_on(self) -> bool:
        """Whether the supplier is not where the system comes from: a retransfer."""
        return bool(self.origin) and self.supplier not in self.origin

    def may_follow(self, other: Passage) -> bool:
        """Whether it is not certain to have come before another one."""
        return self.last is None or other.first is None or self.last >= other.first


@dataclass(frozen=True, slots=True)
class Told:
    """A statement or an event that bears on it: who said it, of whom, whether it is denied, its words and its place."""

    speaker: str
    speaks_for: str | None
    parties: tuple[str, ...]
    denied: bool
    quote: str
    evidence: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked about. ``notified`` is true where an official sale notice is among its papers."""

    supplier: str
    recipient: str
    family: str
    origin: tuple[str, ...]
    day: date
    third: str | None = None
    notified: bool = False
    licensed: tuple[str, ...] = ()  # claims that tell of licensed production
    middlemen: tuple[str, ...] = ()  # claims that tell of brokers or transit
    consents: tuple[str, ...] = ()  # claims that tell of a clause about passing on


@dataclass(frozen=True, slots=True)
class Indicator:
    """The answer to one of the questions, why, and what it rests on."""

    id: str
    question: str
    state: State
    because: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Transfers that follow one another."""

    hops: tuple[Passage, ...]

    def __str__(self) -> str:
        return " → ".join([self.hops[0].supplier, *(hop.recipient for hop in self.hops)])


@dataclass(frozen=True, slots=True)
class Retransfer:
    """All answers for one case, the paths, and how often the recipient has passed on what it got."""

    case: Case
    indicators: tuple[Indicator, ...]
    paths: tuple[Path, ...]
    passed_on: int
    received: int
    transfers: int
    name_of: Callable[[str], str] = str

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def retransfer(
    case: Case,
    passages: Sequence[Passage],
    said: Sequence[Told] = (),
    events: Sequence[Told] = (),
    exports: dict[str, float] | None = None,
    name_of: Callable[[str], str] = str,
) -> Retransfer:
    """The indicators of a case.

    ``passages`` are the transfers of the ledger, ``said`` statements about diversion, ``events`` dated events,
    ``exports`` the shares (0 to 1) of the recipient's exports by state, from a register, None where there is none;
    ``name_of`` is what a party's code is called in the answer.
    """
    known = [p for p in passages if p.first is None or p.first <= case.day]
    asked = (
        _r1(case, known, exports is not None),
        _r2(case, said),
        _r3(case, known),
        _r4(case, known, exports),
        _r5(case),
        _given("R6", "Is a clause about consent to passing on known?", case.consents, "the ledger has no such clause"),
        _r7(case),
        Indicator("R8", "Is the quantity out of line with sourced counts of the fleet?", State.UNKNOWN,
                  "the ledger has no counts of fleets"),
        _given("R9", "Does a broker or a transit state take part?", case.middlemen, "no claim tells of one"),
        _r10(case),
        _r11(case, events),
        _given("R12", "Is there co-production or a transfer of technology?", case.licensed, "no claim tells of it"),
        _r13(case, said),
    )  # fmt: skip
    own = [p for p in known if p.recipient == case.recipient and p.done]
    return Retransfer(
        case,
        asked,
        _all_paths(case, known),
        passed_on=sum(1 for p in known if p.supplier == case.recipient and p.done and p.passed_on),
        received=len(own),
        transfers=len(known),
        name_of=name_of,
    )


# -- the questions ----------------------------------------------------------------------------------------


def _given(name: str, question: str, evidence: Sequence[str], otherwise: str) -> Indicator:
    """Present where claims tell of it; never absent, since nobody publishes that there is none."""
    if evidence:
        return Indicator(name, question, State.PRESENT, f"told by {len(evidence)} claims", tuple(evidence))
    return Indicator(name, question, State.UNKNOWN, otherwise)


def _r1(case: Case, known: Sequence[Passage], covered: bool) -> Indicator:
    question = "Has the recipient passed on this family before?"
    held = [
        p
        for p in known
        if p.supplier == case.recipient
        and p.family == case.family
        and p.passed_on
        and p.done
        and (p.last is None or p.last.year >= case.day.year - _YEARS)
    ]
    if held:
        return Indicator("R1", question, State.PRESENT, _listed(held), _evidence(held))
    if covered:
        return Indicator("R1", question, State.ABSENT, "the register has no such transfer of this family by it")
    return Indicator("R1", question, State.UNKNOWN, "the ledger has none, and is no full record")


def _r2(case: Case, said: Sequence[Told]) -> Indicator:
    question = "Is an unauthorised passing on documented?"
    held = [t for t in said if case.recipient in t.parties and not t.denied]
    if held:
        because = f"said by {', '.join(dict.fromkeys(t.speaker for t in held))}: a statement, not a finding of ours"
        return Indicator("R2", question, State.PRESENT, because, tuple(t.evidence for t in held))
    return Indicator("R2", question, State.UNKNOWN, "no statement in the ledger says so")


def _r3(case: Case, known: Sequence[Passage]) -> Indicator:
    question = "Does the recipient export systems with parts under the supplier's control?"
    controlled = {c.system: c for c in components() if c.state == case.supplier}
    held = [p for p in known if p.supplier == case.recipient and p.family in controlled]
    if held:
        parts = {p.family: controlled[p.family] for p in held}
        told = "; ".join(f"{c.system} has the {c.what} {c.part} ({c.source})" for c in parts.values())
        return Indicator("R3", question, State.PRESENT, f"{told}; {_listed(held)}", _evidence(held))
    return Indicator("R3", question, State.UNKNOWN, "no such export of a platform whose parts are listed")


def _r4(case: Case, known: Sequence[Passage], exports: dict[str, float] | None) -> Indicator:
    question = "Does the recipient supply the third state?"
    if case.third is None:
        return Indicator("R4", question, State.UNKNOWN, "no third state is named (--third)")
    held = [p for p in known if p.supplier == case.recipient and p.recipient == case.third and p.done]
    share = None if exports is None else exports.get(case.third, 0.0)
    if share is not None and share >= CLOSE:
        because = f"{share:.0%} of its exports by volume went there"
        return Indicator("R4", question, State.PRESENT, because, _evidence(held))
    if held:
        return Indicator("R4", question, State.PRESENT, _listed(held), _evidence(held))
    if share is not None:
        return Indicator("R4", question, State.ABSENT, f"{share:.1%} of its exports by volume in the register")
    return Indicator("R4", question, State.UNKNOWN, "the ledger has no transfer between the two, and is no full record")


def _r5(case: Case) -> Indicator:
    question = "Is the third state under an embargo that binds the supplier?"
    if case.third is None:
        return Indicator("R5", question, State.UNKNOWN, "no third state is named (--third)")
    bloc = members(case.day)
    held = [
        rule
        for rule in rules()
        if rule.target == case.third
        and rule.action is Barred.SUPPLY_TO
        and rule.in_force(case.day)
        and (rule.issuer == "UN" or (rule.issuer == "EU" and case.supplier in bloc))
    ]
    if held:
        return Indicator("R5", question, State.PRESENT, "; ".join(f"{r.act} ({r.scope})" for r in held))
    return Indicator("R5", question, State.ABSENT, f"none of the table's rules on {case.day}")


def _r7(case: Case) -> Indicator:
    question = "Does a regime that monitors end use apply?"
    if case.notified and case.supplier == "USA":
        because = "a government-to-government sale of the United States: Golden Sentry (Arms Export Control Act, 40A)"
        return Indicator("R7", question, State.PRESENT, because)
    return Indicator("R7", question, State.UNKNOWN, "the route of the sale is not known")


def _r10(case: Case) -> Indicator:
    question = "Is the recipient outside the Arms Trade Treaty?"
    known = treaty_status(case.recipient, case.day)
    if known is None:
        return Indicator("R10", question, State.UNKNOWN, "its status is not in the table")
    status, source = known
    state = State.ABSENT if status == "party" else State.PRESENT
    told = {"party": "a party", "signatory": "a signatory, not a party", "none": "neither party nor signatory"}[status]
    return Indicator("R10", question, state, f"{told} on {case.day} ({source})")


def _r11(case: Case, events: Sequence[Told]) -> Indicator:
    question = "Are there dated events of conflict with the recipient?"
    held = [t for t in events if case.recipient in t.parties and (t.on is None or t.on <= case.day)]
    if held:
        return Indicator("R11", question, State.PRESENT, f"{len(held)} in the ledger", tuple(t.evidence for t in held))
    return Indicator("R11", question, State.UNKNOWN, "the ledger has none")


def _r13(case: Case, said: Sequence[Told]) -> Indicator:
    question = "Has the recipient or the supplier denied it or given an assurance?"
    held = [t for t in said if t.denied and t.speaks_for in (case.recipient, case.supplier)]
    if held:
        because = f"by {', '.join(dict.fromkeys(t.speaker for t in held))}; shown, and not netted off"
        return Indicator("R13", question, State.PRESENT, because, tuple(t.evidence for t in held))
    return Indicator("R13", question, State.UNKNOWN, "the ledger has none")


def _listed(held: Sequence[Passage]) -> str:
    told = dict.fromkeys(f"{p.supplier} to {p.recipient}, {p.family}{_year(p)}" for p in held)
    return "; ".join(list(told)[:4]) + (f" and {len(told) - 4} more" if len(told) > 4 else "")


def _year(passage: Passage) -> str:
    return f" ({passage.first.year})" if passage.first else ""


def _evidence(held: Sequence[Passage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e for p in held for e in p.evidence))


# -- paths ------------------------------------------------------------------------------------------------


def _all_paths(case: Case, known: Sequence[Passage]) -> tuple[Path, ...]:
    """The paths that begin with the transfer's supplier, and those from its recipient on that are no part of these."""
    first = tuple(paths(known, case.supplier, case.family))
    inside = {path.hops[n:] for path in first for n in range(len(path.hops))}
    return *first, *(path for path in paths(known, case.recipient, case.family) if path.hops not in inside)


def paths(passages: Sequence[Passage], start: str, family: str, longest: int = LONGEST) -> Iterator[Path]:
    """Paths of two hops or more from a state in the order of time, no state twice but a return to the first.

    The first hop is of the family; each further one of what came before it or of a platform that has it as a part.
    """
    if longest < 2:
        raise InputError("hops", f"{longest} is no path", "ask for two or three")
    holders: dict[str, set[str]] = defaultdict(set)
    for part in components():
        holders[part.part].add(part.system)
    by_supplier: dict[str, list[Passage]] = defaultdict(list)
    for one in passages:
        by_supplier[one.supplier].append(one)
    waiting: list[tuple[Passage, ...]] = [(p,) for p in _ordered(by_supplier[start]) if p.family == family]
    while waiting:
        hops = waiting.pop(0)
        if len(hops) > 1:
            yield Path(hops)
        seen = {hops[0].supplier, *(hop.recipient for hop in hops)} - {start}
        if len(hops) < longest and hops[-1].recipient != start:
            last = hops[-1]
            moves = {last.family, *holders[last.family]}
            following = _ordered([p for p in by_supplier[last.recipient] if p.family in moves])
            waiting += [(*hops, p) for p in following if p.may_follow(last) and p.recipient not in seen]


def _ordered(held: Sequence[Passage]) -> list[Passage]:
    return sorted(held, key=lambda p: (p.first or date.max, p.recipient, p.evidence))


# -- the answer -------------------------------------------------------------------------------------------


def _result(found: Retransfer) -> Result:
    case, name = found.case, found.name_of
    third = f", and from there to {name(case.third)}" if case.third else ""
    counts = (
        f"{state.capitalize()}: {', '.join(i.id for i in found.indicators if i.state is state) or 'none'}."
        for state in State
    )
    told = name(case.recipient)
    sides = f"{name(case.supplier)} to {told}{third}"
    return Result(
        name="retransfer",
        question=f"What bears on {case.family} from {sides} being passed on?",
        answer=(
            " ".join(counts),
            f"Pathways that exist on paper: {len(found.paths)}.",
        ),
        limit=LIMIT,
        method=Method("thirteen questions, each with its evidence; paths in the order of time", SOURCE),
        as_of=case.day.isoformat(),
        n=(
            ("transfers looked at", found.transfers),
            (f"received by {told}", found.received),
            (f"passed on by {told}", found.passed_on),
        ),
        unknown=tuple(f"{i.id}: {i.because}" for i in found.indicators if i.state is State.UNKNOWN),
        tables=tuple(_tables(found)),
    )


def _tables(found: Retransfer) -> Iterator[Table]:
    yield Table(
        "Indicators",
        (Column(""), Column("Question"), Column("Known"), Column("Why")),
        tuple((i.id, i.question, str(i.state), i.because) for i in found.indicators if i.state is not State.UNKNOWN),
        evidence=tuple(i.evidence for i in found.indicators if i.state is not State.UNKNOWN),
    )
    yield Table(
        "Pathways that exist on paper",
        (Column("Path"), Column("Hops")),
        tuple((str(p), "; ".join(_hop(h) for h in p.hops)) for p in found.paths),
        evidence=tuple(_evidence(p.hops) for p in found.paths),
    )
    if found.received and (band := wilson(found.passed_on, max(found.received, found.passed_on))):
        yield Table(
            f"How often {found.name_of(found.case.recipient)} has passed on what it got, in this ledger",
            (Column("Passed on"), Column("Received"), Column("from", "%", 0), Column("to", "%", 0)),
            ((found.passed_on, found.received, 100 * band[0], 100 * band[1]),),
            notes=("Of transfers that are in the ledger; transfers that nobody published are in neither count.",),
        )


def _hop(hop: Passage) -> str:
    state = ("ordered or delivered" if hop.done else "possible") + (", and denied" if hop.denied else "")
    return f"{hop.supplier} to {hop.recipient}, {hop.family}{_year(hop)}: {state}"
