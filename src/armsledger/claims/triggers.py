"""The triggers of a sentence, and the clause of each: how far its arguments can stand from it."""

from __future__ import annotations

from collections.abc import Sequence

from armsledger.claims.frames import Hit
from armsledger.claims.units import Unit
from armsledger.lexicon.grammar import Trigger, grammar

REACH = 28  # units to either side in which a trigger's arguments may stand
STOPS = frozenset(
    "but while although though because whereas after before when as if whether despite since until".split()
)  # words that begin another clause
ANAPHORS = frozenset("it they he she".split())
_RELATIVE = frozenset("which who that where whose".split())
_DET = frozenset(
    "the a an this its their his our any no new first second third further more such potential "
    "possible proposed planned reported alleged major big large latest recent".split()
)
_NAMING = ("party", "company", "office")


def find_hits(units: Sequence[Unit]) -> list[Hit]:
    """The triggers of a sentence, longest first at each place, noun or verb by what stands beside."""
    hits: list[Hit] = []
    at = 0
    while at < len(units):
        found = _hit(units, at)
        if found:
            hits.append(found)
            at = found.last + 1
        else:
            at += 1
    return hits


def _hit(units: Sequence[Unit], at: int) -> Hit | None:
    words = grammar()
    if units[at].low not in words.openers:
        return None
    triggers = words.triggers
    for size in (3, 2, 1):
        lows = tuple(u.low for u in units[at : at + size] if u.kind == "word")
        if len(lows) < size or lows not in triggers:
            continue
        candidates = triggers[lows]
        noun = _is_noun(units, at, at + size - 1, lows)
        chosen = next((t for t in candidates if t.noun is noun), None) or (
            candidates[0] if len({t.noun for t in candidates}) == 1 else None
        )
        if chosen and not _is_blocked(units, at + size, chosen) and not _is_condition(units, at):
            return Hit(chosen, at, at + size - 1)
    return None


def _is_blocked(units: Sequence[Unit], after: int, trigger: Trigger) -> bool:
    lows = [u.low for u in units[after : after + 2]]
    return any(b.split() == lows[: len(b.split())] for b in trigger.blocks)


def _is_condition(units: Sequence[Unit], at: int) -> bool:
    """ "..., provided the sanctions are lifted": no verb of giving but a word for "if"."""
    if units[at].low not in ("provided", "providing") or at + 1 >= len(units):
        return False
    after, before = units[at + 1], units[at - 1] if at else None
    if after.low == "that":
        return True
    behind_a_break = before is not None and before.text in (",", ";", "-", "--", "–", "—", "(")
    return behind_a_break and (after.low in _DET or after.low in ANAPHORS or after.kind == "party")


_BEFORE_VERB = frozenset("to n't not will would may might could can must shall did does do".split())
_BEFORE_PARTICIPLE = frozenset("has have had been be was were is are".split())
_BEHIND_NOUN = frozenset("of for between with to from worth by".split())


def _is_noun(units: Sequence[Unit], first: int, last: int, lows: tuple[str, ...]) -> bool:
    before = units[first - 1] if first else None
    after = units[last + 1] if last + 1 < len(units) else None
    if before is not None and before.low in _BEFORE_VERB:
        return False
    if before is not None and before.low in _BEFORE_PARTICIPLE and lows[-1] not in ("sale", "sales"):
        return False
    if lows[-1].endswith(("ed", "ing")) and lows[-1] not in ("leasing",):
        return False
    if before is not None and _opens_noun(before):
        return True
    if after is not None and after.low in _BEHIND_NOUN:
        return True
    if before is not None and (before.kind in _NAMING or before.low in ANAPHORS):
        return False
    return before is None or before.kind == "word"


def _opens_noun(before: Unit) -> bool:
    """Whether what stands before a word makes it a noun: an article, an item, a possessive, a demonym."""
    return (
        before.kind in ("item", "money")
        or before.low in _DET
        or before.low == "'s"
        or (before.kind == "party" and before.how == "demonym")
    )


# -- the clause of a trigger ------------------------------------------------------------------------------


def clause(units: Sequence[Unit], hit: Hit) -> tuple[int, int]:
    """The window of a trigger's clause: to the next stop on either side, over relative clauses that a comma closes."""
    low, depth = _clause_start(units, hit)
    return low, _clause_end(units, hit, depth)


def _clause_start(units: Sequence[Unit], hit: Hit) -> tuple[int, int]:
    """The first unit of the clause, and how many brackets were left open on the way."""
    low, depth = hit.first, 0
    while low > 0 and hit.first - low < REACH:
        u = units[low - 1]
        if u.text in ")]":
            depth += 1
        elif u.text in "([" and depth:
            depth -= 1
        elif not depth and (_stops(u, STOPS | _RELATIVE) or _told_before(units, low, hit)):
            break
        low -= 1
    return low, depth


_BEHIND_STOPS = (STOPS - {"as", "since"}) | {"which", "who", "whose", "where"}


def _clause_end(units: Sequence[Unit], hit: Hit, depth: int) -> int:
    high = hit.last
    while high + 1 < len(units) and high - hit.last < REACH:
        u = units[high + 1]
        if u.text in "([":
            depth += 1
        elif u.text in ")]" and depth:
            depth -= 1
        elif not depth and (_stops(u, _BEHIND_STOPS) or (u.text == "," and _reports(units, high + 2))):
            break
        high += 1
    return high


def _stops(u: Unit, words: frozenset[str]) -> bool:
    return u.text in ";:" or u.low in words or u.text in '"“”'


def _told_before(units: Sequence[Unit], low: int, hit: Hit) -> bool:
    """Whether a reporting verb ends right before ``low``: "the ministry said | it sold"."""
    u = units[low - 1]
    return (
        u.low in grammar().reporting
        and low - 1 > 0
        and units[low - 1].kind == "word"
        and low < hit.first
        and units[low].low not in ("to",)
        and u.low not in ("reports", "report", "notes")
    )


def _reports(units: Sequence[Unit], at: int) -> bool:
    """Whether a reporting clause begins here: ", the ministry said"."""
    return any(u.low in grammar().reporting for u in units[at : at + 5]) and not any(
        u.kind == "item" for u in units[at : at + 4]
    )
