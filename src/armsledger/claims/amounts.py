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
    r"(?:correct|actual|should (?:have (?:been|read|stated)|read|be|state)|is actually|revised|changed to|instead of)\b[^.$€]{0,60}$", re.IGNORECASE
)
_WRONG = re.compile(r"(?:\bnot|incorrect(?:ly)?|rather than|instead of|originally|from)\b[^.$€]{0,60}$", re.IGNORECASE)
_OTHER_SUM = re.compile(
    r"(?:if\s(?:all\s)?(?:options?|exercised)|options?\b[^.;]{0,60}\bexercised|would\s(?:bring|increase|raise|total)|bring(?:s|ing)?\sthe|cumulative|face\svalue|"
    r"(?:obligated|expire|funds|funding)\b[^.;]{0,80}|base\s(?:value|amount|period)\b[^.;]{0,20}|minimum\b|guarantee\w*|estimated\scost\sof|new\stotal|total\svalue\sof\sthe\scontract\sto|from)\W[^.$€]{0,30}$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:(?:total|maximum|ceiling|aggregate|combined|estimated|potential|overall|not-to-exceed|dollar)\b[^.;$]{0,140}|valued at|value (?:of|is)|amount (?:of|is)|in the amount of|for)\W{0,3}$",
    re.IGNORECASE,
)


def _amount(found: Anchors, text: str, head_end: int) -> tuple[Sum | None, Decimal | None]:
    """The sum of this action, and the wrong figure where a correction takes one back.

    The first sum of the award's sentence; where it names none, the maximum or total that a later sentence states; the sum
    of several awards of one paragraph that have each their own.
    """
    sums = list(find_money(text))
    if _CORRECTION.match(text):
        right = next((s for s in sums if _RIGHT.search(text[max(0, s.start - 90) : s.start]) and not _WRONG.search(text[max(0, s.start - 12) : s.start])), None)
        if right:
            wrong = next((s.amount for s in sums if s.amount != right.amount), None)
            found.add("amount", Money(right.amount, right.currency), right.start, right.end)
            if wrong is not None:
                bad = next(s for s in sums if s.amount == wrong)
                found.add("corrected amount", Money(wrong, bad.currency), bad.start, bad.end)
            return right, wrong
        head_end = len(text)
    verb = _AWARDED.search(text)
    start = 0 if _CORRECTION.match(text) else (verb.start() if verb else 0)
    chosen = _several(text, sums) or next(
        (s for s in sums if start <= s.start < head_end and not _OTHER_SUM.search(text[max(start, s.start - 130) : s.start])), None
    )
    if chosen is None:
        later = [s for s in sums if s.start >= start and not _OTHER_SUM.search(text[max(0, s.start - 130) : s.start])]
        chosen = next((s for s in later if _WHOLE.search(text[max(0, s.start - 160) : s.start])), later[0] if later else (sums[0] if sums else None))
    if chosen:
        found.add("amount", Money(chosen.amount, chosen.currency), chosen.start, chosen.end)
    return chosen, None


_EACH = re.compile(r"\b(?:is|was|has been|are)\s(?:being\s)?awarded\s(?:an?\s)?$", re.IGNORECASE)


def _several(text: str, sums: Sequence[Sum]) -> Sum | None:
    """The sum of the amounts that several firms are awarded in one paragraph, each in a clause of its own."""
    own = [s for s in sums if _EACH.search(text[max(0, s.start - 26) : s.start])]
    if len(own) < 2 or len({s.currency for s in own}) > 1:
        return None
    return Sum(sum((s.amount for s in own), Decimal(0)), own[0].currency, own[0].start, own[0].end)


_CUMULATIVE = re.compile(
    r"(?:(?:cumulative|total|maximum|new)\b[^.;$]{0,60}?\b(?:face\s)?(?:value|amount|ceiling)\b[^.;$]{0,80}|(?:face|contract|dollar)\svalue\b[^.;$]{0,60}|"
    r"bring(?:s|ing)?\sthe\b[^.;$]{0,80}|to\sa\snew\stotal\b[^.;$]{0,40}|increas(?:es|ed|ing)\sthe\b[^.;$]{0,80}\bto\s)$",
    re.IGNORECASE,
)
_NOT_CUMULATIVE = re.compile(
    r"\b(?:if|options?\b[^.;]{0,40}\b(?:would|could)|would|could|exercised|from|by|of\sthis\scontract\sis|awarded|initial|base)\b[^.;]{0,60}$", re.IGNORECASE
)
_SAYS_TOTAL = re.compile(
    r"(?:cumulative|face\svalue|bring(?:s|ing)?\sthe|new\stotal|increas\w+\sthe\b[^.;]{0,60}\bvalue|(?:maximum|total)\s(?:dollar\s|contract\s)?value\sof\sthe\scontract)",
    re.IGNORECASE,
)


def _cumulative(found: Anchors, text: str) -> Decimal | None:
    """The face value of the whole contract after this action; never what unexercised options would bring it to."""
    sentences = list(sentence_spans(text))
    totals: list[tuple[bool, Sum]] = []
    for money in find_money(text):
        before = text[next(s.start for s in sentences if money.start < s.end) : money.start]
        if re.search(r"\b(?:if|would|could)\b", before) or not _SAYS_TOTAL.search(before):
            continue
        raised = re.search(r"\bfrom\s\$\s?[\d,.]+(?:\s\w+)?\sto\s$", before)
        if raised or (_CUMULATIVE.search(before[-170:]) and not re.search(r"\b(?:from|by)\s$", before)):
            totals.append((bool(re.search(r"cumulative|face value", before[-200:])), money))
    if not totals:
        return None
    best = max(totals, key=lambda t: t[0])[1]
    found.add("cumulative", Money(best.amount, best.currency), best.start, best.end)
    return best.amount


_OBLIGATED = re.compile(r"\b(?:obligated|obligating)\b", re.IGNORECASE)
_FMS_FUNDS = re.compile(r"(?:foreign military (?:sales|financing)|FM[SF])\b(?:\s\w+){0,3}\s(?:funds|funding)|FMS revolving", re.IGNORECASE)


def _obligated(found: Anchors, text: str) -> tuple[Decimal | None, Decimal | None]:
    """What is set aside at the time of award, in all, and of foreign military sales money alone where that stands apart."""
    total: Decimal | None = None
    fms: Decimal | None = None
    for start, end in ((s.start, s.end) for s in sentence_spans(text)):
        sentence = text[start:end]
        if not _OBLIGATED.search(sentence):
            continue
        clause = start
        for money in find_money(text, start, end):
            before = text[clause : money.start]
            clause = money.end
            if not re.search(r"in the (?:\w+ )?amount of\s*$|amount of $|(?:funds|funding) (?:of|for) $", before) or "expire" in before:
                continue
            total = (total or Decimal(0)) + money.amount
            if _FMS_FUNDS.search(before) and not re.search(r"procurement|operation|research|Navy|Army|Air Force|working capital", before):
                fms = (fms or Decimal(0)) + money.amount
                found.add("FMS obligated", Money(money.amount, money.currency), money.start, money.end)
            else:
                found.add("obligated", Money(money.amount, money.currency), money.start, money.end)
    return total, fms
