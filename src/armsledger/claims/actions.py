"""What a contract paragraph announces: the verb of award, the contract's numbers, and which kind of action it is.

number = OFFICE "-" YEAR "-" TYPE "-" SERIAL ["-" ORDER]        FA8675-23-C-0037 · N00019-17-F-0027 · W31P4Q-15-A-0024
action = award | modification | order | option
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from armsledger.claims.anchor import Anchors
from armsledger.model import Action
from armsledger.text.sentences import first_end

AWARDED = re.compile(
    r"\b(?:(?:is|are|was|were|has been|have been|will be|being)(?: each)?(?: being)?(?: hereby)? (?:awarded|"
    r"issued|granted|modified|added|announced)|awarded an?\b|"
    r"received an?\b[^.]{0,40}\bcontract|been award an?\b|is the successful offeror|will (?:share|compete for))|"
    r"CORRECTION|UPDATE|AMENDMENT",
)


def award_end(text: str) -> int:
    """Where the sentence of the award ends."""
    verb = AWARDED.search(text)
    return first_end(text, verb.end() if verb else 0)


NUMBER = re.compile(
    r"(?<![\w-])(?P<office>[A-Z]{1,3}[A-Z0-9]{3,5})(?P<gap>\s?-?\s?)(?P<year>\d{2})\s?-?\s?(?P<type>[A-Z]|"
    r"\d(?=-))\s?-?\s?"
    r"(?P<serial>[A-Z0-9]{4}|\d{3}(?=\)))(?P<order>-(?:[A-Z]{2}\d{2}|\d{4}|TH[A-Z0-9]{2}))?(?![\w-])"
)
_NOT_A_CONTRACT = re.compile(
    r"(?:solicitation|announcement|proposals?|BAA|case|request)\W{1,3}(?:number\s|no\.?\s)?$", re.IGNORECASE
)
_BARE_NUMBER = re.compile(r"(?<=\()(?P<number>(?=[A-Z0-9-]*\d)[A-Z0-9]{5,7}-?\d\d-?[A-Z]?-?[A-Z0-9]{3,6})(?=\))")


def find_numbers(found: Anchors, text: str) -> list[tuple[str, int, int]]:
    """The contract numbers of a paragraph in order, solicitations left out."""
    numbers: list[tuple[str, int, int]] = []
    for match in NUMBER.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        asked = match["type"] == "R" and not re.search(r"contract(?:\snumber)?\s\(?$", before)
        if (
            len(match["office"]) != 6
            or asked
            or _NOT_A_CONTRACT.search(before)
            or ("-" not in match[0] and " " in match[0])
        ):
            continue
        number = match[0]
        if " " in number:  # a blank for a hyphen, or beside one
            number = "-".join(match[g] for g in ("office", "year", "type", "serial")) + (match["order"] or "")
        numbers.append((number, match.start(), match.end()))
    if not numbers:
        numbers = [(m["number"], m.start("number"), m.end("number")) for m in _BARE_NUMBER.finditer(text)][:1]
    for number, start, end in numbers:
        found.add("contract", number, start, end)
    return numbers


CORRECTION = re.compile(r"\W*(?:CORRECTIONS?|UPDATE|AMENDMENT|EDITOR'S NOTE|\*+\s?CORRECTION)\b", re.IGNORECASE)
_OPTION = re.compile(
    r"\bexercis(?:e|es|ed|ing)\b[^.;]{0,80}\boptions?\b|\boptions?\b[^.;]{0,30}\b(?:is|are|being|was|were|"
    r"be)\s(?:being\s)?exercised|\baward (?:an )?option\b|\bexercise of (?:an|the) option",
    re.IGNORECASE,
)
_MODIFIES = re.compile(r"modification\W+(?:\(?\w+\)?\W+)?(?:to|of|under|on|for)\b")
_UNEXERCISED = re.compile(r"(?:if|unexercised|would|could|when|may be)\b[^.;]{0,60}$", re.IGNORECASE)
_MODIFIED = re.compile(r"\bmodif(?:ication|ied|ying|ies)\b", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:delivery|task|job|fixed-price|fee|cost)?[\s-]?order\b(?!s)", re.IGNORECASE)
_UNDER = re.compile(
    r"\b(?:against|under|to|on)\b(?:\s\w[\w,-]*){0,8}\s?$|\bBasic$|\b(?:additional|future|individual|each|"
    r"initial|first|via|by|economic)\s?$",
    re.IGNORECASE,
)


_REACH = 900  # how far behind the award's sentence an option is told


def find_action(found: Anchors, text: str, head_end: int) -> Action:
    """``option`` where one is exercised, else ``modification``, ``order`` or ``award`` by what is awarded."""
    verb = AWARDED.search(text)
    start = verb.start() if verb and not CORRECTION.match(text) else 0
    modified = _MODIFIED.search(text, start, head_end)
    option = _exercised(text, head_end + _REACH)
    if option and (modified or option.start() < head_end or _MODIFIED.search(text, head_end, head_end + 120)):
        return _told(found, Action.OPTION, option)
    order = _ordered(text, start, head_end)
    before = order and modified and order.start() < modified.start()
    if modified and not (before and not _MODIFIES.search(text, start, head_end)):
        return _told(found, Action.MODIFICATION, modified)
    if order:
        return _told(found, Action.ORDER, order)
    return _told(found, Action.AWARD, verb)


def _told(found: Anchors, action: Action, words: re.Match[str] | None) -> Action:
    if words:
        found.add("action", action, words.start(), words.end())
    return action


def _exercised(text: str, end: int) -> re.Match[str] | None:
    """The first words on an option that say it is exercised; what would be, if it were, is none."""
    for match in _OPTION.finditer(text, 0, end):
        if not _UNEXERCISED.search(text[max(0, match.start() - 70) : match.start()]):
            return match
    return None


def _ordered(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first "order" that is what is awarded, not one that the award stands under."""
    for match in _ORDER.finditer(text, start, end):
        if not _UNDER.search(text[max(start, match.start() - 160) : match.start()]):
            return match
    return None


def number_of(
    text: str, numbers: Sequence[tuple[str, int, int]], action: Action, head_end: int
) -> tuple[str | None, str | None]:
    """The number of this action and the one it stands under: an order with a number of its own has that one.

    A new award is numbered at its paragraph's end; an order that it funds at once, named on the way there, is not it.
    """
    if not numbers:
        return None, None
    first = numbers[0][0]
    if action is Action.AWARD and numbers[0][1] > head_end:
        first = next((n for n, start, _ in numbers if _SIGNED.search(text[max(0, start - 60) : start])), first)
    if action is Action.ORDER:
        for number, start, _ in numbers:
            if _ORDER_NUMBER.search(text[max(0, start - 60) : start]):
                return number, next((n for n, _, _ in numbers if n != number), None)
    return first, None


_SIGNED = re.compile(r"contracting (?:activity|office|agency)\W{0,3}\($")
_ORDER_NUMBER = re.compile(r"\border\b(?:\snumber|\sno\.?)?\s?\(?$", re.IGNORECASE)


_MODIFICATION = re.compile(
    r"\bmodification\s(?:number\s|"
    r"no\.?\s)?\(?(?P<number>(?=[A-Z0-9 ]{0,6}\d)[A-Z]{0,2}\d[A-Z0-9]{1,6}(?:\s\d{2})?)\)?",
    re.IGNORECASE,
)


def find_modification(found: Anchors, text: str, head_end: int) -> str | None:
    """The number of the modification (``P00026``), where the award's sentence gives one."""
    match = _MODIFICATION.search(text, 0, head_end)
    if not match:
        return None
    found.add("modification", match["number"], match.start("number"), match.end("number"))
    return match["number"]
