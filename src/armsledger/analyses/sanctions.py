"""Which embargoes, statutes and designations bore on a transfer on a day?

Every rule of the lexicon (``lexicon/data/sanctions.yml``: issuer, act, target, action, days) is asked of a transfer by
its supplier, its recipient and bodies named with it, and answers in one of four ways:

    match           the rule was in force, covers this direction of transfer, and binds the supplier
    no match        it was not in force, or covers another direction, or does not bind the supplier
    possible match  a name is alike and nothing else says that it is the same
    cannot tell     it covers only a part of the state, or what it needs is not told

A statute's trigger, conduct that may be sanctioned, is kept apart from a designation, a body that is listed. Names of
lists are led to a match only with a second sign, the country or an identifier; a likeness of names alone never is one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from armsledger.analyses.result import Column, Method, Result, Table
from armsledger.lexicon.sanctions import Barred, Rule, RuleKind

LIMIT = (
    "This says which published rules name these parties on that day, by a small table and the lists that were given; "
    "it is no legal opinion, and a match is no accusation."
)
ALIKE = 90.0  # of 100: names written that much alike are shown as a possible match


class Answer(StrEnum):
    """What a rule or a list says of a transfer."""

    MATCH = "match"
    POSSIBLE = "possible match"
    CANNOT_TELL = "cannot tell"
    NO_MATCH = "no match"


@dataclass(frozen=True, slots=True)
class Transfer:
    """What is screened: the sides as codes (None: not told), the members that a bloc's rules bind, bodies by name."""

    supplier: str | None
    recipient: str | None
    bodies: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Screened:
    """One rule's answer and the reason for it, in words."""

    rule: Rule
    answer: Answer
    because: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A name of a list that the user brought: where it stands, its names, countries, programmes and identifiers."""

    list: str
    id: str
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    since: str | None = None


@dataclass(frozen=True, slots=True)
class ListHit:
    """A body of the transfer against a name of a list: how much alike (0 to 100), and the answer with its reason."""

    body: str
    listed: Listed
    alike: float
    answer: Answer
    because: str


@dataclass(frozen=True, slots=True)
class Screening:
    """All answers for one transfer on one day. ``lists`` says which lists were asked, each with its own date."""

    transfer: Transfer
    day: date
    rules: tuple[Screened, ...]
    hits: tuple[ListHit, ...]
    lists: tuple[tuple[str, str, int], ...]

    def result(self) -> Result:
        """The answer with its tables."""
        return _result(self)


def screen(
    transfer: Transfer,
    day: date,
    rules: Sequence[Rule],
    members: frozenset[str],
    lists: Sequence[tuple[str, str, Sequence[Listed]]] = (),
) -> Screening:
    """What the rules and lists say of a transfer on a day. ``members`` are the states that the European Union's rules
    bind; each list is its name, its own date and its entries.
    """
    answers = tuple(_asked(rule, transfer, day, members) for rule in rules)
    hits = tuple(hit for _, _, held in lists for hit in _against(transfer, held))
    return Screening(transfer, day, answers, hits, tuple((name, dated, len(held)) for name, dated, held in lists))


def _asked(rule: Rule, transfer: Transfer, day: date, members: frozenset[str]) -> Screened:
    def says(answer: Answer, because: str) -> Screened:
        return Screened(rule, answer, because)

    side, name = _side(rule, transfer)
    if side is None:
        missing = "recipient" if rule.action is Barred.SUPPLY_TO else "supplier"
        return says(Answer.CANNOT_TELL, f"the {missing} is not told")
    if not side:
        return says(Answer.NO_MATCH, f"it is about {rule.action} {rule.target}")
    if not rule.in_force(day):
        when = f"before {rule.first}" if day < rule.first else f"after it ended on {rule.after}"
        return says(Answer.NO_MATCH, f"not in force on {day}: {when}")
    if rule.kind is RuleKind.STATUTE:
        return says(
            Answer.CANNOT_TELL, f"in force, and {name} is its target: the conduct may be sanctioned, {rule.scope}"
        )
    if rule.kind is RuleKind.DESIGNATION:
        return says(*_designated(rule, transfer))
    if rule.issuer == "EU" and (transfer.supplier or "") not in members:
        if transfer.supplier is None:
            return says(Answer.CANNOT_TELL, "the supplier is not told; the rule binds member states only")
        return says(Answer.NO_MATCH, f"in force, but it does not bind {transfer.supplier}")
    if not rule.whole:
        return says(Answer.CANNOT_TELL, f"in force for {rule.scope}; who receives within the state is not told")
    return says(Answer.MATCH, f"in force since {rule.first}: {rule.scope}")


def _side(rule: Rule, transfer: Transfer) -> tuple[bool | None, str]:
    """Whether the rule's target stands on the side that it is about (None: that side is not told), and who it is."""
    if rule.action is Barred.SUPPLY_TO:
        return (None if transfer.recipient is None else transfer.recipient == rule.target), rule.target
    if rule.action is Barred.SUPPLY_FROM:
        return (None if transfer.supplier is None else transfer.supplier == rule.target), rule.target
    sides = (transfer.supplier, transfer.recipient)
    if rule.target in sides:
        return True, rule.target
    return (None if None in sides else False), rule.target


def _designated(rule: Rule, transfer: Transfer) -> tuple[Answer, str]:
    names = {_folded(name) for name in (rule.body or "", *rule.names)}
    unseen = "" if rule.blocking else "; it is not blocked, so that lists of blocked persons do not show it"
    listed = f"{rule.body} of {rule.target} has been listed since {rule.first}"
    if any(_folded(body) in names for body in transfer.bodies):
        return Answer.MATCH, f"{listed}: {rule.scope}{unseen}"
    return Answer.CANNOT_TELL, f"{listed}; whether it is a party is not told{unseen}"


# -- lists that a user brings -----------------------------------------------------------------------------


def _against(transfer: Transfer, held: Iterable[Listed]) -> Iterator[ListHit]:
    """The bodies of a transfer against the names of a list, the most alike name of each entry."""
    from rapidfuzz import fuzz

    bodies = [(body, _folded(body)) for body in transfer.bodies]
    states = {side for side in (transfer.supplier, transfer.recipient) if side}
    for entry in held:
        names = [_folded(name) for name in entry.names]
        for body, folded in bodies:
            alike = max((fuzz.token_sort_ratio(folded, name) for name in names), default=0.0)
            if alike >= ALIKE:
                yield _hit(body, entry, alike, states)


def _hit(body: str, entry: Listed, alike: float, states: set[str]) -> ListHit:
    shared = sorted(states & set(entry.countries))
    if shared and alike >= 99.5:
        because = f"the same name, and {', '.join(shared)} on both"
        return ListHit(body, entry, alike, Answer.MATCH, because)
    lacks = "no country in common" if not shared else f"names are alike, {alike:.0f} of 100, and not the same"
    return ListHit(body, entry, alike, Answer.POSSIBLE, f"{lacks}: needs a second sign, and a person to look")


def _folded(name: str) -> str:
    """A name without case, accents, signs and legal forms, its words apart.

    >>> _folded("Savunma Sanayii Başkanlığı"), _folded("ACME Co., Ltd.")
    ('savunma sanayii baskanligi', 'acme')
    """
    bare = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("I", "i")).casefold()
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(word for word in kept.split() if word not in _FORMS)


_FORMS = frozenset(
    {
        "co",
        "ltd",
        "limited",
        "inc",
        "corp",
        "corporation",
        "company",
        "llc",
        "plc",
        "jsc",
        "oao",
        "pao",
        "ao",
        "sa",
        "gmbh",
        "as",
    }
)


# -- the answer -------------------------------------------------------------------------------------------


def _result(found: Screening) -> Result:
    told = found.transfer.told or f"{found.transfer.supplier or '?'} to {found.transfer.recipient or '?'}"
    bearing = [one for one in found.rules if one.answer is not Answer.NO_MATCH]
    return Result(
        name="sanctions",
        question=f"Which rules bore on {told} on {found.day}?",
        answer=tuple(_told(found, bearing)),
        limit=LIMIT,
        method=Method("dated rules asked one by one; names by likeness with a second sign", "legal acts as listed"),
        as_of=found.day.isoformat(),
        n=(("rules asked", len(found.rules)), ("lists asked", len(found.lists))),
        unknown=tuple(_unknown(found)),
        tables=tuple(_tables(found, bearing)),
    )


def _told(found: Screening, bearing: Sequence[Screened]) -> Iterator[str]:
    matched = [one for one in bearing if one.answer is Answer.MATCH]
    if matched:
        yield f"Match: {'; '.join(one.rule.act for one in matched)}."
    open_ = [one for one in bearing if one.answer is Answer.CANNOT_TELL]
    if open_:
        yield f"Cannot tell, for want of facts or of a determination: {'; '.join(one.rule.act for one in open_)}."
    if not bearing:
        yield "No rule of the table names these parties for this direction on that day."
    sure = [hit for hit in found.hits if hit.answer is Answer.MATCH]
    if sure:
        yield f"On a list: {'; '.join(f'{hit.body} ({hit.listed.list}, {hit.listed.id})' for hit in sure)}."
    if likely := [hit for hit in found.hits if hit.answer is Answer.POSSIBLE]:
        yield f"Possible match by name only: {len(likely)}; a person has to look."


def _unknown(found: Screening) -> Iterator[str]:
    if not found.lists:
        yield "no list of names was given, so that listed bodies beyond the table were not looked for (--list FILE)"
    for name, dated, count in found.lists:
        yield f"{name}: {count:,} entries, dated {dated}; what was listed or taken off at another time is not seen"
    if not found.transfer.bodies:
        yield "no body is named, only states: designations of bodies cannot be judged (--body NAME)"


def _tables(found: Screening, bearing: Sequence[Screened]) -> Iterator[Table]:
    yield Table(
        "Rules that bear on it, or may",
        (Column("Answer"), Column("Rule"), Column("Why")),
        tuple((str(o.answer), f"{o.rule.act} ({o.rule.issuer}, {o.rule.kind})", o.because) for o in bearing),
        notes=(f"{len(found.rules) - len(bearing)} other rules of the table do not bear on it.",),
    )
    if found.hits:
        yield Table(
            "Names on lists",
            (
                Column("Answer"), Column("Body"), Column("Listed as"), Column("List"), Column("Alike", "of 100", 0),
                Column("Why"),
            ),
            tuple(
                (str(h.answer), h.body, h.listed.names[0], f"{h.listed.list} {h.listed.id}", h.alike, h.because)
                for h in found.hits
            ),
        )  # fmt: skip
