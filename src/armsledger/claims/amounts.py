"""The sums of a contract paragraph: what the action is worth, what the whole contract comes to, what is set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from armsledger.claims.actions import AWARDED, CORRECTION
from armsledger.claims.anchor import Anchors
from armsledger.model import Money
from armsledger.text.money import Sum, find_money
from armsledger.text.sentences import sentence_spans

_RIGHT = re.compile(
    r"(?:correct|actual|should (?:have (?:been|read|stated)|read|be|state)|is actually|revised|changed to|"
    r"instead of)\b[^.$€]{0,60}$",
    re.IGNORECASE,
)
_WRONG = re.compile(r"(?:\bnot|incorrect(?:ly)?|rather than|instead of|originally|from)\b[^.$€]{0,60}$", re.IGNORECASE)
_OTHER_SUM = re.compile(
    r"(?:if\s(?:all\s)?(?:options?|exercised)|options?\b[^.;]{0,60}\bexercised|would\s(?:bring|increase|raise|"
    r"total)|bring(?:s|ing)?\sthe|cumulative|face\svalue|"
    r"(?:obligated|expire|funds|funding)\b[^.;]{0,80}|base\s(?:value|amount|period)\b[^.;]{0,20}|minimum\b|"
    r"guarantee\w*|estimated\scost\sof|new\stotal|total\svalue\sof\sthe\scontract\sto|from)[^\w.;][^.$€]{0,30}$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:(?:total|maximum|ceiling|aggregate|combined|estimated|potential|overall|not-to-exceed|"
    r"dollar)\b[^.;$]{0,140}|valued at|value (?:of|is)|amount (?:of|is)|in the amount of|for)\W{0,3}$",
    re.IGNORECASE,
)


def find_amount(found: Anchors, text: str, head_end: int) -> tuple[Sum | None, Decimal | None]:
    """The sum of this action, and the wrong figure where a correction takes one back.

    The first sum of the award's sentence; where it names none, the maximum or total that a later sentence states; the
    sum of several awards of one paragraph that have each their own.
    """
    sums = list(find_money(text))
    correction = CORRECTION.match(text)
    if correction:
        right = next(
            (s for s in sums if _RIGHT.search(_before(text, s, 90)) and not _WRONG.search(_before(text, s, 12))), None
        )
        if right:
            wrong = next((s for s in sums if s.amount != right.amount), None)
            found.add("amount", Money(right.amount, right.currency), right.start, right.end)
            if wrong:
                found.add("corrected amount", Money(wrong.amount, wrong.currency), wrong.start, wrong.end)
            return right, wrong.amount if wrong else None
        head_end = len(text)
    verb = None if correction else AWARDED.search(text)
    chosen = _several(text, sums) or _first(text, sums, verb.start() if verb else 0, head_end)
    if chosen:
        found.add("amount", Money(chosen.amount, chosen.currency), chosen.start, chosen.end)
    return chosen, None


def _before(text: str, found: Sum, reach: int, start: int = 0) -> str:
    return text[max(start, found.start - reach) : found.start]


def _first(text: str, sums: Sequence[Sum], start: int, head_end: int) -> Sum | None:
    """The first sum of the award's sentence that is its own, else a later one, a total before any other."""
    for money in sums:
        if start <= money.start < head_end and not _OTHER_SUM.search(_before(text, money, 130, start)):
            return money
    later = [s for s in sums if s.start >= start and not _OTHER_SUM.search(_before(text, s, 130))]
    whole = next((s for s in later if _WHOLE.search(_before(text, s, 160))), None)
    rest = [s for s in sums if not _OF_FUNDS.search(_before(text, s, 130))]
    return whole or next(iter(later or rest), None)


# What is set aside or guaranteed is no amount of the action, even where nothing else is named.
_OF_FUNDS = re.compile(r"(?:\bfunds?|\bfunding|obligated|guarantee\w*)\b[^.;$]{0,110}$", re.IGNORECASE)


_EACH = re.compile(r"\b(?:is|was|has been|are)\s(?:being\s)?awarded\s(?:an?\s)?$", re.IGNORECASE)


def _several(text: str, sums: Sequence[Sum]) -> Sum | None:
    """The sum of the amounts that several firms are awarded in one paragraph, each in a clause of its own."""
    own = [s for s in sums if _EACH.search(text[max(0, s.start - 26) : s.start])]
    if len(own) < 2 or len({s.currency for s in own}) > 1:
        return None
    return Sum(sum((s.amount for s in own), Decimal(0)), own[0].currency, own[0].start, own[0].end)


_CUMULATIVE = re.compile(
    r"(?:(?:cumulative|total|maximum|new)\b[^.;$]{0,60}?\b(?:face\s)?(?:value|amount|ceiling)\b[^.;$]{0,80}|"
    r"(?:face|contract|dollar)\svalue\b[^.;$]{0,60}|"
    r"bring(?:s|ing)?\sthe\b[^.;$]{0,80}|to\sa\snew\stotal\b[^.;$]{0,40}|increas(?:es|ed|"
    r"ing)\sthe\b[^.;$]{0,80}\bto\s)$",
    re.IGNORECASE,
)
_SAYS_TOTAL = re.compile(
    r"(?:cumulative|face\svalue|bring(?:s|ing)?\sthe|new\stotal|increas\w+\sthe\b[^.;]{0,60}\bvalue|(?:maximum|"
    r"total)\s(?:dollar\s|contract\s)?value\sof\sthe\scontract)",
    re.IGNORECASE,
)


_CONDITION = re.compile(r"\b(?:if|would|could)\b")
_RAISED = re.compile(r"\bfrom\s\$\s?[\d,.]+(?:\s\w+)?\sto\s$")
_FACE_VALUE = re.compile(r"cumulative|face value")
_REACH = 400  # how far before a sum the words stand that say what it is


def find_cumulative(found: Anchors, text: str, amount: Sum | None = None) -> Decimal | None:
    """The face value of the whole contract after this action; never what unexercised options would bring it to.

    The sum that is the action's own ``amount`` is not told again.
    """
    if not _SAYS_TOTAL.search(text):
        return None
    totals: list[tuple[bool, Sum]] = []
    for sentence in sentence_spans(text):
        for money in find_money(text, sentence.start, sentence.end):
            before = _before(text, money, _REACH, sentence.start)
            own = amount is not None and money.start == amount.start
            if own or _CONDITION.search(before) or not _SAYS_TOTAL.search(before):
                continue
            stated = _CUMULATIVE.search(before[-170:]) and not re.search(r"\b(?:from|by)\s$", before)
            if stated or _RAISED.search(before):
                totals.append((bool(_FACE_VALUE.search(before[-200:])), money))
    if not totals:
        return None
    best = max(totals, key=lambda t: t[0])[1]
    found.add("cumulative", Money(best.amount, best.currency), best.start, best.end)
    return best.amount


_OBLIGATED = re.compile(r"\b(?:obligated|obligating)\b", re.IGNORECASE)
_FMS_FUNDS = re.compile(
    r"(?:foreign military (?:sales|financing)|FM[SF])\b(?:\s\(?\w+\)?){0,3}\s(?:funds|funding)|FMS revolving",
    re.IGNORECASE,
)


_SET_ASIDE = re.compile(r"in the (?:\w+ )?amount of\s*$|amount of $|(?:funds|funding) (?:of|for) $")
_OWN_FUNDS = re.compile(r"procurement|operation|research|Navy|Army|Air Force|working capital")


def find_obligated(found: Anchors, text: str) -> tuple[Decimal | None, Decimal | None]:
    """What is set aside at the time of award: in all, and of foreign military sales money where that stands apart."""
    total: Decimal | None = None
    fms: Decimal | None = None
    for sentence in sentence_spans(text):
        if not _OBLIGATED.search(text, sentence.start, sentence.end):
            continue
        clause = sentence.start
        for money in find_money(text, sentence.start, sentence.end):
            before = _before(text, money, _REACH, clause)
            clause = money.end
            if not _SET_ASIDE.search(before) or "expire" in before:
                continue
            total = (total or Decimal(0)) + money.amount
            foreign = bool(_FMS_FUNDS.search(before)) and not _OWN_FUNDS.search(before)
            fms = (fms or Decimal(0)) + money.amount if foreign else fms
            field = "FMS obligated" if foreign else "obligated"
            found.add(field, Money(money.amount, money.currency), money.start, money.end)
    return total, fms
