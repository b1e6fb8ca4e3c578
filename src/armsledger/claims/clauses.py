"""Where a reporting clause's own parts stand: the noun phrase before its verb, appositions, and what may be told."""

from __future__ import annotations

from collections.abc import Sequence

from armsledger.claims.units import Unit
from armsledger.lexicon.speech import speech

AUX = frozenset(
    "is are was were be been being has have had will would shall should may might could can must do does did "
    "'s n't not 've 'd ai".split()
)


ADVERBS = frozenset(
    "rather each also later earlier then again already now still once just not never too twice only".split()
)


TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday january february march april may june "
    "july august september october november december".split()
)


STOPS = frozenset(
    "that while but whereas although though as when because if after before since until so than whether unless "
    "which who whom whose where with how why what".split()
)


SHORT = frozenset("mr mrs ms dr gen lt col adm maj sen rep gov st capt sgt no".split())


NAMED = ("party", "office", "company", "outlet")


PASTS = frozenset(
    "sold sent bought gave got went came left took made held kept won lost ran paid saw met set cut".split()
)


def phrase_before(units: Sequence[Unit], at: int) -> tuple[int, int] | None:
    """The noun phrase before a verb, over adverbs, auxiliaries, days and an apposition between commas."""
    n = at - 1
    while n >= 0 and (
        units[n].low in AUX
        or units[n].low in ADVERBS
        or (units[n].low.endswith("ly") and units[n].kind == "word" and units[n].low not in ("daily", "weekly"))
        or units[n].kind == "date"
        or units[n].low in TIMES
        or (units[n].low in ("on", "last", "this", "in", "recently") and n + 1 < len(units)
            and (units[n + 1].kind == "date" or units[n + 1].low in TIMES | {"week", "month", "year", "turn"}))
        or (units[n].low in ("week", "month", "year", "turn") and n and units[n - 1].low in ("last", "this", "in"))
    ):  # fmt: skip
        n -= 1
    if n < 0:
        return None
    if units[n].low in ("who", "which") and n:
        n -= 2 if units[n - 1].text == "," else 1
    end = n + 1
    if units[n].text == "," and n:
        return apposed(units, n)
    if units[n].text == ")":
        opener = next((k for k in range(n, max(-1, n - 14), -1) if units[k].text == "("), None)
        return phrase_ending(units, opener) if opener else None
    return phrase_ending(units, end)


def phrase_ending(units: Sequence[Unit], end: int) -> tuple[int, int] | None:
    """The noun phrase that ends before unit ``end``."""
    first = end
    while first > 0 and end - first < 16:
        u = units[first - 1]
        if u.kind == "punct" and u.text not in ".'<>/&" and not (u.text == "-" and is_tight(units, first - 1)):
            break
        if u.text == "." and not abbreviates(units, first - 1) and not is_tight(units, first - 1):
            break
        if u.low in STOPS or (u.low in ("and", "or") and not joins_names(units, first - 1)):
            break
        if u.low in AUX - {"'s"} or (u.kind == "word" and (u.low,) in speech().verbs and u.low not in speech().nounish):
            break
        first -= 1
    return (first, end) if first < end else None


def is_tight(units: Sequence[Unit], at: int) -> bool:
    return 0 < at < len(units) - 1 and units[at - 1].end == units[at].start and units[at].end == units[at + 1].start


def abbreviates(units: Sequence[Unit], at: int) -> bool:
    return at > 0 and (units[at - 1].low in SHORT or len(units[at - 1].text) == 1)


def joins_names(units: Sequence[Unit], at: int) -> bool:
    named = ("party", "office", "company", "outlet")
    return (
        0 < at < len(units) - 1
        and (units[at - 1].kind in named or units[at - 1].text[:1].isupper() or units[at - 1].low in ("foreign",))
        and (units[at + 1].kind in named or units[at + 1].text[:1].isupper() or units[at + 1].low in ("foreign",))
    )


def apposed(units: Sequence[Unit], comma: int) -> tuple[int, int] | None:
    """The noun phrase before an apposition that a comma closes.

    "Jan Ekmann, an analyst at the institute in Oslo, said": the name, not the institute.
    """
    words = speech()
    closing = comma
    for _ in range(3):
        opener = next((k for k in range(closing - 1, max(-1, closing - 26), -1) if units[k].text in ',"'), None)
        if opener is None or units[opener].text == '"':
            start = 0 if opener is None else opener + 1
            phrase = phrase_ending(units, closing) if start < closing and closing != comma else None
            return phrase if phrase and can_speak(units[phrase[0] : phrase[1]]) else None
        inside = units[opener + 1 : closing]
        if not inside:
            return None
        lead = inside[0]
        described = (
            lead.low in ("a", "an", "the", "its", "his", "her", "their", "who", "which", "whose", "himself", "one")
            or lead.low in words.roles
            or lead.low in words.people_of
            or (lead.low in words.titles and not inside[-1].text[:1].isupper())
            or lead.kind in ("number",)
            or lead.low.endswith(("ing", "ed"))
            or lead.low
            in ("speaking", "head", "himself", "based", "in", "at", "on", "for", "of", "from", "when", "with")
        )
        named = all(u.kind == "word" and u.text[:1].isupper() for u in inside) and len(inside) <= 4
        if named and opener:
            return (opener + 1, closing)
        if described:
            phrase = phrase_ending(units, opener)
            if phrase and can_speak(units[phrase[0] : phrase[1]]):
                return phrase
        closing = opener
    return None


def can_speak(part: Sequence[Unit]) -> bool:
    """Whether a noun phrase can be a voice at a glance."""
    words = speech()
    nouns = (
        words.roles | words.unnamed | words.people_of | words.outlet_nouns | words.office_nouns | words.company_nouns
    )
    return any(u.kind in NAMED or u.low in nouns or (u.kind == "word" and u.text[:1].isupper()) for u in part)


def follows_clause(units: Sequence[Unit], first: int) -> bool:
    """Whether a clause that may be told stands before the voice: it ends in a comma, a mark or a dash."""
    if first < 2 or units[first - 1].text not in ',"-\u2014\u2013?!':
        return False
    if units[first - 1].text in '"?!':
        return True
    return any(
        u.low in AUX or u.low.endswith("ed") or (u.kind == "word" and u.low in PASTS) or u.kind == "item"
        for u in units[: first - 1]
    )


def is_told(units: Sequence[Unit], last: int) -> bool:
    """Whether a clause of its own follows a reporting verb, and not just a day, a place or a listener."""
    for u in units[last : last + 26]:
        if u.low == "that" or u.text in '":':
            return True
        if u.text in ",;." or u.low in ("adding", "saying", "citing"):
            return False
        if u.low in AUX or (u.kind == "word" and u.low in PASTS):
            return True
    return False


def resumes(units: Sequence[Unit], last: int) -> bool:
    """Whether told words go on behind a clause that stands between: "The tanks, he said, were sold"."""
    n = last
    while n < len(units) and n - last < 12:
        if units[n].text in ",:" or units[n].text == '"':
            rest = units[n + 1 :]
            lead = rest[0].low if rest else ""
            return bool(rest) and lead not in ("which", "who", "where", "as", "after", "while", "but", "citing",
                                               "although", "though")  # fmt: skip
        n += 1
    return False
