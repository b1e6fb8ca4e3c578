"""Reads a day's contract announcements: one award a paragraph.

A paragraph names firms and places, an action and its amount, a contract number, who buys, where work is done, what
money is set aside and when the work ends. Only who buys makes a transfer: places of work never do. A correction
replaces what it corrects and both are kept. A contract that several buyers share gives one claim for each of them without
a value, and one claim for the contract, which holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from armsledger.claims.anchor import Anchors
from armsledger.claims.customers import Customers, find_customers
from armsledger.claims.firms import Firm, find_firms
from armsledger.claims.goods import find_goods
from armsledger.lexicon.designators import find_designators, system_of
from armsledger.model import (
    Action,
    Anchor,
    Claim,
    Contract,
    DateInterval,
    Document,
    Item,
    Meaning,
    Mode,
    Money,
    Share,
    Silence,
    Span,
    SpeakerKind,
    Stage,
    Subject,
)
from armsledger.text.dates import find_dates
from armsledger.text.money import Sum, find_money
from armsledger.text.offsets import View, view
from armsledger.text.sentences import first_end, sentence_spans

READER = "contracts/1"
SUPPLIER = "USA"  # the announcements are of the United States; what they buy for others is supplied by it


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One award paragraph: its span in the document and a plain copy on one line."""

    span: Span
    view: View


def read_contracts(document: Document) -> tuple[tuple[Contract, ...], tuple[Claim, ...], tuple[Silence, ...]]:
    """The contracts of a day, their claims, and what stayed silent: headings, and paragraphs without a sum or a firm."""
    contracts: list[Contract] = []
    claims: list[Claim] = []
    silences: list[Silence] = []
    for span in paragraph_spans(document.text):
        copy = view(document.text, span.start, span.end, join_lines=True)
        reason = _silent(copy.text)
        if reason:
            silences.append(Silence(reason, span.start, span.end))
            continue
        contract, found, who = read_paragraph(document, Paragraph(span, copy))
        contracts.append(contract)
        if contract.foreign and contract.amount is not None:
            claims.extend(_claims(document, contract, found, who))
        else:
            silences.append(Silence("no foreign customer", span.start, span.end))
    return tuple(contracts), tuple(claims), tuple(silences)


# -- paragraphs -------------------------------------------------------------------------------------------

_GOES_ON = re.compile(
    r"\s*(?:[a-z(]|Work (?:will|is|location|performed)|Fiscal|This (?:contract|award|modification|is)|The (?:contracting|Naval|Army|Air Force|Defense Logistics|U\.S\.)\b|"
    r"(?:The|This|These) (?:contractors?|effort|work|company|programs?|maximum|total|estimated|government|services?|terms?|period)\b|Location|Using|Type of|Funds|Contract funds|No (?:contract )?funds|Bids|Estimated completion|Foreign [Mm]ilitary)"
)
_AWARDED = re.compile(
    r"\b(?:(?:is|are|was|were|has been|have been|will be|being)(?: each)?(?: being)?(?: hereby)? (?:awarded|issued|granted|modified|added|announced)|awarded an?\b|"
    r"received an?\b[^.]{0,40}\bcontract|been award an?\b|is the successful offeror|will (?:share|compete for))|CORRECTION|UPDATE|AMENDMENT",
)


def paragraph_spans(text: str) -> Iterator[Span]:
    """The paragraphs of a day: lines that are not empty; a line that goes on from the one before belongs to it.

    Text wrapped at a fixed width, where paragraphs stand apart by empty lines, is taken by its empty lines.
    """
    separator = re.compile(r"\n[ \t\r\xa0]*\n\s*") if _is_wrapped(text) else re.compile(r"\n")
    start = 0
    held: Span | None = None
    for found in [*separator.finditer(text), None]:
        end = found.start() if found else len(text)
        first, last = _trim(text, start, end)
        start = found.end() if found else end
        if first >= last:
            continue
        if held and "$" in text[held.start : held.end] and _belongs(text, held, first, last):
            held = Span(held.start, last)
            continue
        if held:
            yield held
        held = Span(first, last)
    if held:
        yield held


def _belongs(text: str, held: Span, first: int, last: int) -> bool:
    """Whether a line goes on with the paragraph before: by its first words, or because that one breaks off."""
    if _AWARDED.search(text, first, min(last, first + 300)) and not text[held.end - 1].isalpha():
        return False
    broken = text[held.end - 1] not in ".)*\"'\u201d:" and not text[first : min(last, first + 40)].isupper()
    return broken or bool(_GOES_ON.match(text, first, last))


def _is_wrapped(text: str) -> bool:
    """Whether lines break inside sentences: most long lines are under a hundred characters and go on in lower case."""
    lines = [line for line in text[:20000].split("\n") if len(line.strip()) > 40]
    short = sum(1 for line in lines if len(line) < 110)
    return len(lines) > 6 and short > 0.8 * len(lines)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_SUM = re.compile(r"[$€£]\s?\d")


def _silent(text: str) -> str | None:
    """Why a paragraph is no award, or None: ``heading``, ``no sum of money``, ``no contractor``."""
    if not _SUM.search(text):
        return "heading" if len(text) < 60 and not text.endswith(".") else "no sum of money"
    return None if _AWARDED.search(text) or _NUMBER.search(text) or "contract" in text else "no contractor"


# -- one paragraph ----------------------------------------------------------------------------------------


def read_paragraph(document: Document, paragraph: Paragraph) -> tuple[Contract, Anchors, Customers]:
    """What one paragraph says, with the words of each field."""
    text = paragraph.view.text
    found = Anchors(document, paragraph.view)
    head_end = _award_end(text)
    firms = find_firms(text)
    numbers = _numbers(found, text)
    action = _action(found, text, head_end)
    contract, parent = _number(text, numbers, action, head_end)
    amount, wrong = _amount(found, text, head_end)
    who = find_customers(text)
    for firm in firms:
        found.add("contractor", firm.name, firm.start, firm.end)
    for customer in who.customers:
        found.add("customer", customer.party, customer.start, customer.end)
    for share, start, end in who.shares:
        found.add("share", _share_text(share), start, end)
    if who.cue:
        found.add("foreign", "true", *who.cue)
    obligated, fms = _obligated(found, text)
    made = Contract(
        contractors=tuple(dict.fromkeys(f.name for f in firms)),
        amount=amount.amount if amount else None,
        currency=amount.currency if amount else "USD",
        contract=contract,
        action=action,
        start=paragraph.span.start,
        end=paragraph.span.end,
        numbers=tuple(n for n, _, _ in numbers) if len(firms) > 1 else (),
        parent=parent,
        modification=_modification(found, text, head_end),
        cumulative=_cumulative(found, text),
        customers=tuple(dict.fromkeys(c.party for c in who.customers)),
        shares=tuple(s for s, _, _ in who.shares),
        foreign=who.foreign,
        items=tuple(_items(found, text, head_end, firms)),
        completion=_completion(found, text),
        date=DateInterval(document.published) if document.published else None,
        obligated=obligated,
        fms_obligated=fms,
        correction=bool(_CORRECTION.match(text)),
        corrected_amount=wrong,
    )
    return replace(made, anchors=found.of()), found, who


def _share_text(share: Share) -> str:
    parts = [share.customer]
    parts += [f"USD {share.amount}"] if share.amount is not None else []
    parts += [f"{share.percent} %"] if share.percent is not None else []
    return " ".join(parts)


def _award_end(text: str) -> int:
    """Where the sentence of the award ends."""
    verb = _AWARDED.search(text)
    return first_end(text, verb.end() if verb else 0)


# -- numbers and action -----------------------------------------------------------------------------------

_NUMBER = re.compile(
    r"(?<![\w-])(?P<office>[A-Z]{1,3}[A-Z0-9]{3,5})(?P<gap>\s?-?\s?)(?P<year>\d{2})\s?-?\s?(?P<type>[A-Z]|\d(?=-))\s?-?\s?"
    r"(?P<serial>[A-Z0-9]{4}|\d{3}(?=\)))(?P<order>-(?:[A-Z]{2}\d{2}|\d{4}|TH[A-Z0-9]{2}))?(?![\w-])"
)
_NOT_A_CONTRACT = re.compile(r"(?:solicitation|announcement|proposals?|BAA|case|request)\W{1,3}(?:number\s|no\.?\s)?$", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(?<=\()(?P<number>(?=[A-Z0-9-]*\d)[A-Z0-9]{5,7}-?\d\d-?[A-Z]?-?[A-Z0-9]{3,6})(?=\))")


def _numbers(found: Anchors, text: str) -> list[tuple[str, int, int]]:
    """The contract numbers of a paragraph in order, solicitations left out."""
    numbers: list[tuple[str, int, int]] = []
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        asked = match["type"] == "R" and not re.search(r"contract(?:\snumber)?\s\(?$", before)
        if len(match["office"]) != 6 or asked or _NOT_A_CONTRACT.search(before) or ("-" not in match[0] and " " in match[0]):
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


_CORRECTION = re.compile(r"\W*(?:CORRECTIONS?|UPDATE|AMENDMENT|EDITOR'S NOTE|\*+\s?CORRECTION)\b", re.IGNORECASE)
_OPTION = re.compile(r"\bexercis(?:e|es|ed|ing)\b[^.;]{0,80}\boptions?\b|\boptions?\b[^.;]{0,30}\b(?:is|are|being|was|were|be)\s(?:being\s)?exercised|\baward (?:an )?option\b|\bexercise of (?:an|the) option", re.IGNORECASE)
_UNEXERCISED = re.compile(r"(?:if|unexercised|would|could|when|may be)\b[^.;]{0,60}$", re.IGNORECASE)
_MODIFIED = re.compile(r"\bmodif(?:ication|ied|ying|ies)\b", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:delivery|task|job|fixed-price|fee|cost)?[\s-]?order\b(?!s)", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:against|under|to|on)\b(?:\s\w+[\w,-]*){0,8}\s?$|\bBasic$|\b(?:additional|future|individual|each|initial|first|via|by|economic)\s?$", re.IGNORECASE)


def _action(found: Anchors, text: str, head_end: int) -> Action:
    """``option`` where an option is exercised, else ``modification``, ``order`` or ``award`` by what is said to be awarded."""
    verb = _AWARDED.search(text)
    start = verb.start() if verb else 0
    if _CORRECTION.match(text):
        start = 0
    head = text[start:head_end]
    modified = _MODIFIED.search(head)
    option = next((m for m in _OPTION.finditer(text, 0, head_end + 900) if not _UNEXERCISED.search(text[max(0, m.start() - 70) : m.start()])), None)
    if option and (modified or option.start() < head_end or _MODIFIED.search(text[head_end : head_end + 120])) and option.start() < head_end + 900:
        found.add("action", Action.OPTION, option.start(), option.end())
        return Action.OPTION
    order = next((m for m in _ORDER.finditer(head) if not _UNDER.search(head[: m.start()])), None)
    if modified and not (order and order.start() < modified.start() and not re.search(r"modification\W+(?:\(?\w+\)?\W+)?(?:to|of|under|on|for)\b", head)):
        found.add("action", Action.MODIFICATION, start + modified.start(), start + modified.end())
        return Action.MODIFICATION
    if order:
        found.add("action", Action.ORDER, start + order.start(), start + order.end())
        return Action.ORDER
    if verb:
        found.add("action", Action.AWARD, verb.start(), verb.end())
    return Action.AWARD


def _number(text: str, numbers: Sequence[tuple[str, int, int]], action: Action, head_end: int) -> tuple[str | None, str | None]:
    """The number of this action and the one it stands under: an order with a number of its own has that one.

    A new award is numbered at its paragraph's end; an order that it funds at once, named on the way there, is not it.
    """
    if not numbers:
        return None, None
    first = numbers[0][0]
    if action is Action.AWARD and numbers[0][1] > head_end:
        signed = [n for n, start, _ in numbers if re.search(r"contracting (?:activity|office|agency)\W{0,3}\($", text[:start])]
        first = signed[0] if signed else first
    for number, start, _ in numbers:
        before = text[max(0, start - 60) : start]
        if re.search(r"\border\b(?:\snumber|\sno\.?)?\s?\(?$", before, re.IGNORECASE) and action is Action.ORDER:
            other = next((n for n, _, _ in numbers if n != number), None)
            return number, other
    return first, None


_MODIFICATION = re.compile(r"\bmodification\s(?:number\s|no\.?\s)?\(?(?P<number>(?=[A-Z0-9 ]{0,6}\d)[A-Z]{0,2}\d[A-Z0-9]{1,6}(?:\s\d{2})?)\)?", re.IGNORECASE)


def _modification(found: Anchors, text: str, head_end: int) -> str | None:
    match = _MODIFICATION.search(text, 0, head_end)
    if not match:
        return None
    found.add("modification", match["number"], match.start("number"), match.end("number"))
    return match["number"]


# -- money ------------------------------------------------------------------------------------------------

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


# -- dates ------------------------------------------------------------------------------------------------

_ENDS = re.compile(
    r"(?:complet(?:ed?|ion)|performance completion|ordering period|end(?:s|ed)?|period of performance|through|expir\w+|delivered)\b[^.]{0,120}$|\bto\s$|\bthrough\s$",
    re.IGNORECASE,
)
_COMPLETION_WORD = re.compile(r"complet|performance|ordering period|through|end date|tentative", re.IGNORECASE)
_WITH_OPTIONS = re.compile(r"\bif\b[^.]{0,60}\boptions?\b|options?\b[^.]{0,40}\bexercised|task order\b[^.]{0,60}$|fiscal|Awarded|funds", re.IGNORECASE)


def _completion(found: Anchors, text: str) -> DateInterval | None:
    """The expected end of this action's work, without options; of several contracts the first, of several dates the last."""
    candidates = []
    for start, end in ((s.start, s.end) for s in sentence_spans(text)):
        sentence = text[start:end]
        if not _COMPLETION_WORD.search(sentence) or re.search(r"^\s*(?:If|Should)\b[^.]{0,80}\boption|\boptions?\b[^.]{0,30}exercised", sentence):
            continue
        dates = list(find_dates(text, start, end))
        for n, dated in enumerate(dates):
            before, after = text[start : dated.start], text[dated.end : min(end, dated.end + 40)]
            if _WITH_OPTIONS.search(before[-90:]) and "complet" not in before[-60:]:
                continue
            if _ENDS.search(before[-140:]) or re.match(r",?\s(?:estimated\s|expected\s)?(?:performance\s)?completion", after):
                candidates.append((0 if "task order" not in sentence[:200] or "term of the contract" in sentence else 1, dated, n, len(dates)))
        if candidates and candidates[0][0] == 0:
            break
    if not candidates:
        return None
    best = min(candidates, key=lambda c: c[0])
    sentence_mates = [c for c in candidates if c[0] == best[0]]
    ranged = [c for c in sentence_mates if re.search(r"(?:through|to)\s$", text[max(0, c[1].start - 9) : c[1].start])]
    dated = (ranged or sentence_mates)[0][1]
    found.add("completion", dated.interval, dated.start, dated.end)
    return dated.interval


# -- items ------------------------------------------------------------------------------------------------


def _items(found: Anchors, text: str, head_end: int, firms: Sequence[Firm]) -> Iterator[Item]:
    """At most three main things bought."""
    verb = _AWARDED.search(text)
    corrected = _CORRECTION.match(text)
    start = corrected.end() if corrected else verb.end() if verb else 0
    for good in find_goods(text, start, head_end, [Span(f.start, f.end) for f in firms]):
        span = found.span(good.start, good.end)
        found.add("item", good.designation, good.start, good.end)
        if good.quantity is not None and good.count is not None:
            found.add("quantity", good.quantity, good.count.start, good.count.end)
        types = list(find_designators(good.designation))
        system = system_of(types[0].text) if types else system_of(good.designation)
        yield Item(good.designation, span.start, span.end, good.quantity, system, good.upgrade)


# -- claims -----------------------------------------------------------------------------------------------

_ON_CONTRACT = ("contractor", "contract", "amount", "corrected amount", "cumulative", "action", "modification", "completion", "obligated", "FMS obligated", "foreign")


def _claims(document: Document, contract: Contract, found: Anchors, who: Customers) -> Iterator[Claim]:
    """A claim for each customer; the action's value stands on the one buyer who pays it all, else on a claim for the contract."""
    assert contract.amount is not None
    award = Money(contract.amount, contract.currency, Meaning.AWARD)
    programme = Money(contract.cumulative, contract.currency, Meaning.CUMULATIVE) if contract.cumulative is not None else None
    sole = _sole_buyer(contract)
    shares = {s.customer: s for s in contract.shares}
    item = contract.items[0] if contract.items else None
    span = Span(contract.start, contract.end)
    lead = _lead(document.text, span)
    common = found.of(*_ON_CONTRACT)
    base = Claim(
        document=document.id,
        start=lead.start,
        end=lead.end,
        quote=lead.of(document.text),
        reader=READER,
        stage=Stage.ORDERED,
        subject=Subject.CONTRACT,
        supplier=SUPPLIER,
        item=item.designation if item else None,
        system=item.system if item else None,
        programme=programme,
        mode=Mode.SALE,
        speaker=document.publisher or "US Department of Defense",
        speaker_kind=SpeakerKind.OFFICE,
        date=contract.date,
        anchors=common + found.of("item"),
    )
    if sole is None:
        yield replace(base, value=award, anchors=tuple(sorted(set(base.anchors + found.of("share")))))
    for customer in contract.customers:
        words = [a for a in found.of("customer") if a.value == customer]
        share = shares.get(customer)
        value = award if customer == sole else None
        shared = _shares_of(found, customer)
        if share and share.amount is not None and value is None:
            value = Money(share.amount, contract.currency, Meaning.AWARD)
        quantity = item.quantity if item and customer == sole else None
        anchors = set(base.anchors) | {replace(a, field="recipient") for a in words} | set(shared)
        if quantity is not None:
            anchors |= set(found.of("quantity")[:1])
        first = min(words, key=lambda a: a.start) if words else None
        place = _sentence_around(document.text, span, first) if first else lead
        yield replace(
            base,
            subject=Subject.TRANSFER,
            recipient=customer,
            start=place.start,
            end=place.end,
            quote=place.of(document.text),
            value=value,
            programme=programme,
            quantity=quantity,
            anchors=tuple(sorted(anchors)),
        )


def _shares_of(found: Anchors, customer: str) -> Iterable[Anchor]:
    return (a for a in found.of("share") if a.value.split(" ")[0] == customer)


def _sole_buyer(contract: Contract) -> str | None:
    """The one customer for whom all of it is bought: the only one named, with no share of anybody else.

    All must be said to be foreign: a share of 100 per cent, or nothing but foreign money set aside, or no other buyer at all
    in a paragraph that calls the contract a foreign military sale as a whole.
    """
    if len(contract.customers) != 1:
        return None
    only = contract.customers[0]
    for share in contract.shares:
        if share.customer in (only, "FMS"):
            if share.percent is not None and share.percent < 100:
                return None
            if share.amount is not None and share.percent is None and share.amount != contract.amount:
                return None
            if share.percent == 100:
                return only
        else:
            return None
    if contract.obligated is not None and contract.fms_obligated is not None:
        return only if contract.obligated == contract.fms_obligated else None
    return None


def _lead(text: str, span: Span) -> Span:
    """The first sentence of a paragraph, or its first five hundred characters."""
    stretch = text[span.start : span.end]
    end = _award_end(stretch)
    return Span(span.start, span.start + min(end, 700))


def _sentence_around(text: str, span: Span, anchor: Anchor) -> Span:
    """The sentence of a paragraph in which an anchor stands."""
    stretch = text[span.start : span.end]
    at = anchor.start - span.start
    for start, end in ((s.start, s.end) for s in sentence_spans(stretch)):
        if start <= at < end:
            while stretch[start].isspace():
                start += 1
            return Span(span.start + start, span.start + end)
    return span
