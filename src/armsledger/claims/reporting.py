"""Reporting clauses of one sentence: "X said that ...", "..., said X", "according to X", "X was quoted as saying".

Each becomes a ``Frame``: the noun phrase that names the voice, the verb, and over which units its word reaches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from armsledger.claims.clauses import (
    ADVERBS,
    AUX,
    NAMED,
    STOPS,
    TIMES,
    abbreviates,
    can_speak,
    follows_clause,
    is_told,
    joins_names,
    phrase_before,
    phrase_ending,
    resumes,
)
from armsledger.claims.units import Unit
from armsledger.lexicon.speech import speech

BEFORE, AFTER, ACCORDING, QUOTED, SAME, COLON, HEARSAY, NOUN = (
    "before", "after", "according", "quoted", "same", "colon", "hearsay", "noun",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """A reporting clause: the units of its voice and verb (first inclusive, last exclusive) and what it governs.

    ``back`` and ``forward`` are the units over which it reaches before and behind itself, None where it does not.
    ``carrier`` are the units of an outlet that relays the voice.
    """

    kind: str
    verb: str
    voice: tuple[int, int] | None
    first: int
    last: int
    back: tuple[int, int] | None = None
    forward: tuple[int, int] | None = None
    carrier: tuple[int, int] | None = None
    verb_kind: str = "say"


def frames(units: Sequence[Unit]) -> list[Frame]:
    """The reporting clauses of a sentence, in order."""
    found = [*_according(units), *_hearsay(units)]
    taken = {n for f in found for n in range(f.first, f.last)}
    made: list[Frame] = []
    at = 0
    while at < len(units):
        kind, size = _verb(units, at)
        if kind and at not in taken:
            frame = _frame(units, at, size, kind, made)
            if frame:
                made.append(frame)
        at += max(1, size)
    made += [f for f in _colon(units) if not any(m.last <= f.last and m.forward for m in made)]
    made += _nouns(units, made)
    return sorted([*found, *made], key=lambda f: (f.first, f.last))


# -- verbs ------------------------------------------------------------------------------------------------


def _verb(units: Sequence[Unit], at: int) -> tuple[str, int]:
    """The kind of a reporting verb at a unit and how many units it has; empty where there is none."""
    words = speech()
    if units[at].kind not in ("word", "office"):
        return "", 0
    for size in range(min(3, len(units) - at), 0, -1):
        lows = tuple(u.low for u in units[at : at + size])
        if lows in words.verbs and _is_verb(units, at, size):
            return words.verbs[lows], size
        if (
            lows in words.participles
            and at
            and (units[at - 1].text in ',-"' or units[at - 1].low in ("and", "while", "by", "as"))
        ):
            return "same", size
    return "", 0


def _is_verb(units: Sequence[Unit], at: int, size: int) -> bool:
    before = units[at - 1] if at else None
    after = units[at + size] if at + size < len(units) else None
    low = units[at].low
    if before is not None and before.low in ("to", "the", "a", "an", "of", "its", "his", "their", "no", "any"):
        return False
    if (
        before is not None
        and before.low in ("be", "been", "being", "is", "are", "was", "were", "'s")
        and low != "thought"
    ):
        return False
    if before is not None and before.low in ("be", "been", "was", "were", "is", "are"):
        return False
    if low in ("reported", "cited", "claimed", "alleged", "expected", "suspected", "announced", "estimated") and (
        before is not None
        and before.low in ("than", "as", "with", "by", "in", "over", "for", "and", "or")
        and not (before.low in ("and",) and after is not None and after.low in ("that", "it"))
    ):
        return False
    if not _told_so(low, after, units[at + size + 1] if at + size + 1 < len(units) else None):
        return False
    if low in speech().nounish:
        if after is not None and after.low in (
            "of",
            "from",
            "by",
            "about",
            "on",
            "to",
            "in",
            "for",
            "were",
            "was",
            "are",
            "have",
            "had",
            "said",
        ):
            return False
        if before is not None and (before.kind in ("punct", "party") and before.how == "demonym"):
            return False
        if before is not None and before.low in ("media", "press", "news", "intelligence", "recent", "earlier"):
            return after is not None and after.low in ("that", '"')
    return True


def _told_so(low: str, after: Unit | None, then: Unit | None) -> bool:
    """Whether what follows a verb lets it report: not "asked P to sell", "called for", "said yes"."""
    behind = after.low if after is not None else ""
    if low in ("asked", "wondered"):
        return behind in ("if", "whether", "why", "how", "what", ".", ",", ":", "") or (
            after is not None and after.text == '"'
        )
    if low in ("notified", "informed", "assured"):
        return then is not None
    if low.startswith("conclude"):
        return behind == "that"
    if low in ("called", "calls"):
        return behind not in ("for", "on", "off", "up", "in", "by")
    if behind in ("yes", "nothing"):
        return False
    return not (behind == "no" and (then is None or then.low in ("in", "to", ".", ",", ":")))


def _frame(units: Sequence[Unit], at: int, size: int, kind: str, earlier: Sequence[Frame]) -> Frame | None:
    verb = " ".join(u.low for u in units[at : at + size])
    last = at + size
    if kind == "same":
        return Frame(SAME, verb, None, at, last, forward=_onward(units, last))
    voice = phrase_before(units, at)
    if voice is None and _joined(units, at) and earlier:
        return Frame(SAME, verb, None, at, last, forward=_onward(units, last), verb_kind=kind)
    if voice is None:
        return _inverted(units, at, last, verb, kind)
    carrier = None
    voice, carrier = _cited(units, voice, at)
    first = voice[0] if voice[0] < at else at
    opened = follows_clause(units, (carrier or voice)[0])
    told = is_told(units, last)
    back = (0, min(first, (carrier or voice)[0])) if opened and not told else None
    forward = _onward(units, last)
    if back is not None and not resumes(units, last):
        forward = None
    if kind == "object" and not told and not back:
        pass
    return Frame(BEFORE, verb, voice, first, last, back, forward, carrier, kind)


def _joined(units: Sequence[Unit], at: int) -> bool:
    """Whether the verb is joined to an earlier one: "denied it and said", "rose, then said"."""
    n = at - 1
    while n >= 0 and (units[n].low in ADVERBS or units[n].low.endswith("ly")):
        n -= 1
    return n >= 0 and units[n].low in ("and", "but", "or", ",")


def _cited(units: Sequence[Unit], voice: tuple[int, int], at: int) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """ "W, citing N, reported": N is the voice and W carries it."""
    for n in range(voice[1], at):
        if units[n].low in ("citing", "quoting") and n + 1 < at:
            end = next((k for k in range(n + 1, at) if units[k].text in ',"'), at)
            return (n + 1, end), voice
    return voice, None


def _inverted(units: Sequence[Unit], at: int, last: int, verb: str, kind: str) -> Frame | None:
    """ "..., said the minister": the voice behind the verb."""
    before = units[at - 1] if at else None
    if before is not None and before.text not in ',"?!-\u2014)' and before.low != "as":
        return None
    end = last
    while end < len(units) and end - last < 14:
        u = units[end]
        if (u.kind == "punct" and u.text not in "'<>.&/") or u.low in STOPS or u.kind == "date" or u.low in TIMES:
            break
        if u.text == "." and not abbreviates(units, end):
            break
        if u.low in AUX - {"'s"} or (
            u.low in ("on", "in")
            and end + 1 < len(units)
            and (units[end + 1].low in TIMES or units[end + 1].kind == "date")
        ):
            break
        end += 1
    if end == last or (units[last].low in ("that", "to", "it") and verb != "as"):
        return None
    voice = (last, end)
    if end < len(units) - 1 and units[end].text == ",":
        voice = _renamed(units, voice)
    back = (0, at)
    quote = next((k for k in range(end, len(units)) if units[k].text == '"'), None)
    forward = (quote, len(units)) if quote is not None else None
    if before is not None and before.low == "as":
        back, forward = (0, max(0, at - 1)), _onward(units, end)
    return Frame(AFTER, verb, voice, at, voice[1], back, forward, verb_kind=kind)


def _renamed(units: Sequence[Unit], voice: tuple[int, int]) -> tuple[int, int]:
    """ "said the agency's head, Jan Ekmann": the name that follows a role is the voice."""
    end = voice[1] + 1
    while end < len(units) and units[end].kind == "word" and units[end].text[:1].isupper():
        end += 1
    named = end - voice[1] - 1
    has_role = any(u.low in speech().roles or (u.kind == "office") for u in units[voice[0] : voice[1]])
    return (voice[1] + 1, end) if 2 <= named <= 4 and has_role else voice


def _onward(units: Sequence[Unit], last: int) -> tuple[int, int] | None:
    return (last, len(units)) if last < len(units) else None


# -- "according to" and its like --------------------------------------------------------------------------


def _according(units: Sequence[Unit]) -> Iterator[Frame]:
    for at in range(len(units) - 1):
        low, behind = units[at].low, units[at + 1].low
        before = units[at - 1].low if at else ""
        if low == "according" and behind == "to":
            start = at + 2
        elif low == "as" and behind == "per":
            start = at + 2
        elif low == "per" and before in ("", ",") and units[at + 1].kind != "word":
            start = at + 1
        elif low in ("citing", "quoting") and before in (",", "and", ""):
            start = at + 1
        elif behind == "by" and (low == "quoted" or (before == "as" and low in _TELLING)):
            start = at + 2
        elif low == "words" and behind == "of" and before == "the":
            start = at + 2
        else:
            continue
        quoted = _quoted_as(units, at)
        if quoted is not None:
            continue
        yield _governed(units, at, start, "citing" if low in ("citing", "quoting") else "according to")
    for at, u in enumerate(units):
        quoted = _quoted_as(units, at) if u.low in ("quoted", "cited", "quotes", "quoting") else None
        if quoted:
            yield quoted


_TELLING = frozenset("claimed reported told confirmed announced stated".split())


def _governed(units: Sequence[Unit], at: int, start: int, verb: str) -> Frame:
    end = start
    while end < len(units) and end - start < 14:
        u = units[end]
        if (u.kind == "punct" and u.text not in "'<>.&/-") or u.low in ("that", "while", "who", "which", "whose"):
            break
        if u.text == "." and not abbreviates(units, end):
            break
        if u.low in ("and", "or") and not joins_names(units, end):
            break
        if u.kind == "word" and u.low in AUX - {"'s"}:
            break
        end += 1
    leads = at <= 1 or not any(u.kind != "punct" for u in units[:at])
    back = None if leads else (0, at)
    goes_on = end < len(units) - 1 and (units[end].low == "and" or (units[end].text == "," and resumes(units, end)))
    forward = (end, len(units)) if leads or (goes_on and units[at].low not in _TELLING) else None
    return Frame(ACCORDING, verb, (start, end), at, end, back, forward)


def _quoted_as(units: Sequence[Unit], at: int) -> Frame | None:
    """ "X was quoted by W as saying ...", "W quoted X as saying ..."."""
    saying = next(
        (n for n in range(at + 1, min(len(units) - 1, at + 14))
         if units[n].low == "as" and units[n + 1].low in ("saying", "stating", "telling", "having")),
        None,
    )  # fmt: skip
    if saying is None:
        return None
    passive = at > 0 and units[at - 1].low in ("was", "were", "is", "been", "as")
    if passive or (at > 1 and units[at - 2].low in ("was", "were", "has")):
        voice = phrase_before(units, at)
        by = at + 2 < saying and units[at + 1].low == "by"
        carrier = (at + 2, saying) if by else None
    else:
        voice = (at + 1, saying)
        carrier = phrase_before(units, at)
    if voice is None:
        return None
    opened = follows_clause(units, voice[0])
    return Frame(
        QUOTED, "quoted as saying", voice, min(voice[0], at), saying + 2,
        (0, voice[0]) if opened else None, _onward(units, saying + 2), carrier,
    )  # fmt: skip


def _hearsay(units: Sequence[Unit]) -> Iterator[Frame]:
    """ "The drones were said to be ...": nobody is named."""
    for at in range(1, len(units) - 1):
        if (
            units[at].low in ("said", "reported", "rumoured", "rumored", "alleged", "understood")
            and units[at - 1].low in ("is", "are", "was", "were", "been", "be")
            and units[at + 1].low == "to"
        ):
            yield Frame(HEARSAY, units[at].low, None, at, at + 1, (0, at), _onward(units, at + 1))


# -- colons and nouns -------------------------------------------------------------------------------------


def _colon(units: Sequence[Unit]) -> Iterator[Frame]:
    """ "The spokeswoman was blunt: "...""; "From the palace: "...""."""
    for at in range(1, len(units) - 1):
        if units[at].text != ":" or units[at + 1].text != '"' or at > 24:
            continue
        first = 1 if units[0].low in ("from", "in") else 0
        end = next(
            (n for n in range(first + 1, at) if (units[n].low in AUX or units[n].low.endswith("ed"))
             and can_speak(units[first:n])),
            at,
        )  # fmt: skip
        phrase = (first, end) if end > first else None
        if phrase and can_speak(units[phrase[0] : phrase[1]]):
            yield Frame(COLON, ":", phrase, first, at, None, (at + 1, len(units)))
        return


def _nouns(units: Sequence[Unit], made: Sequence[Frame]) -> Iterator[Frame]:
    """ "Reports in the press that ...", "the ministry's claim that ...", "a report by the institute that ..."."""
    for at in range(len(units) - 2):
        u = units[at]
        if u.low not in speech().news_nouns or u.kind != "word" or any(f.first <= at < f.last for f in made):
            continue
        that = next((n for n in range(at + 1, min(len(units), at + 9)) if units[n].low == "that"), None)
        if that is None or any(x.text in ",;" for x in units[at + 1 : that]):
            continue
        if units[at + 1].low in ("by", "from", "in", "of") and that > at + 2:
            voice: tuple[int, int] | None = (at + 2, that)
        elif at and units[at - 1].low == "'s":
            voice = phrase_ending(units, at - 1)
        else:
            voice = phrase_ending(units, at + 1)
            if voice and not any(x.kind in NAMED or x.low in speech().outlet_nouns for x in units[voice[0] : voice[1]]):
                voice = None
        if voice:
            yield replace(
                Frame(NOUN, u.low, voice, voice[0] if voice[0] < at else at, that, None, _onward(units, that)),
            )
