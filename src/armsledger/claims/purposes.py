"""Where a contract announcement says what is bought: the stretches behind "for", "to procure" or "will provide".

    purpose = cue words                        in the award's sentence first, then in those that go on to say what it is
    cue     = "to" VERB | "for" | ["will"] "provide[s]" ["for"] | "adding" | ...
            | "supporting" | "in support of"    only where nothing else says it

What stands behind a cue and is money, a term, a customer or another contract is passed over here; what a stretch names
is read in ``goods.py``. Every stretch is short, so that the work on a paragraph grows with its length only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from armsledger.model import Span
from armsledger.text.sentences import sentence_spans

REACH = 900  # how far behind the award's sentence the goods are looked for
LONGEST = 420  # the longest stretch that is read
_BEFORE_NOUN = 70  # how far before the word "contract"


@dataclass(frozen=True, slots=True)
class Purpose:
    """A stretch that may name goods (start inclusive, end exclusive); ``work`` is what is done to goods not new."""

    start: int
    end: int
    work: str = ""


# Verbs of work on what is there already, and the noun that names the work.
_WORK = {
    "repair": "repair", "overhaul": "overhaul", "upgrade": "upgrade", "maintain": "maintenance", "support": "support",
    "sustain": "sustainment", "operate": "operation", "refurbish": "refurbishment", "remanufacture": "remanufacture",
    "modernize": "modernization", "modify": "modification", "install": "installation", "integrate": "integration",
    "convert": "conversion", "inspect": "inspection", "renovate": "renovation", "replace": "replacement",
    "recertify": "recertification", "reset": "reset", "manage": "", "perform": "", "conduct": "", "dredge": "dredging",
}  # fmt: skip


def _any(words: str) -> str:
    """An alternation of words given with blanks between them."""
    return "(?:" + "|".join(words.split()) + ")"


_GET = _any(
    "procure purchase acquire provide deliver manufacture build design develop supply produce furnish "
    "fabricate construct "
    "obtain buy"
)
_DO = f"(?:{_GET}|{_any(' '.join(_WORK))}|test|assemble)"
_CUE = re.compile(
    r"\b(?:"
    rf"to\s(?:also\s)?(?:{_GET}|"
    rf"(?P<work>{_any(' '.join(_WORK))}))(?:,\s{_DO})*(?:,?\sand\s(?:\w+ly\s)?{_DO})?(?:\sfor)?|"
    r"for|"
    r"(?:will\s(?:also\s)?|also\s)?provid(?:es?|ing)(?:\sfor)?|"
    r"add(?:s|ing)?|(?:will\s)?procures?|authorizes|includes?|"
    r"will\s(?:procure|deliver|manufacture|perform|produce|supply|include|build|add|support)|"
    r"(?P<aid>supporting|in\ssupport\sof)"
    r")\s"
)
# Sentences that say how it was bought, where and when it is done, and who pays: never what is bought.
_FORMAL = re.compile(
    r"\s*(?:The\s|All\s|Future\s)?(?:"
    r"[Ww]ork\b|Locations?\b|Places?\sof|Performance|Bids?\b|One\sbid|Fiscal|Using|Types?\sof|Funds|Funding|"
    r"Foreign\s[Mm]ilitary|"
    r"FMS\b|No\s|Estimated|Proposals|contracting|Contract\sfunds|Options?\b|If\s|Obligation|Non-appropriated|"
    r"(?:This|These|It)\s(?:\w+\s){0,3}?(?:was|were|is\sthe|is\snot|is\s\d|will\sbe|are|involves?|combines?|has|"
    r"brings?|may|"
    r"requirement)\b|"
    r"(?:maximum|total|cumulative|initial|multiple|term|base|amount|award|modification\s(?:brings|increases)|"
    r"contract\s(?:has|is|was|will|contains|includes\soptions))\b|"
    r"This\s(?:contract|modification|order|award|action)\s(?:includes?|contains?)\s(?:an?\s|one\s|two\s|"
    r"the\s)?(?:\w+-year\s)?"
    r"options?|"
    r"[^.]{0,80}(?:is|are)\sthe\scontracting\s|[^.]{0,60}\$)"
)

# Words that say what kind of contract it is, and the nouns that they stand before.
_KIND = _any(
    "firm fixed prices? priced cost plus fee awards? incentive reimbursable reimbursement only indefinite "
    "delivery quantity IDIQ "
    "ID/IQ multiple single requirements? type not to exceed undefini?tized hybrid ceiling time and materials? "
    "labor hours? level of "
    "effort performance based sole source competitive competitively awarded bridge base basic one two three "
    "four five six seven "
    "eight ten months? years? long term maximum minimum estimated combined combination with economic "
    "adjustment foreign military "
    "sales FMS domestic commercial set aside letter advance acquisition existing previously initial follow on "
    "prospective "
    "redetermination re determination target redeterminable ordering task job stand alone standalone an? the its multi "
    "incrementally funded completion line items? amount value total dollar fully definitized non small "
    "business blanket each being "
    "new additional interim annual partial in for under per unit short emergency noncompetitive dated no up "
    "supplemental increase "
    "capacity worth approximately"
)
_KIND_WORD = re.compile(_KIND, re.IGNORECASE)
_KIND_OF_DEED = re.compile(
    rf"(?:(?:{_KIND}\b|\$[\d,.]+|\([^()]{{0,40}}\)|\d+)[\s,/&;.-]+){{0,40}}"
    r"(?:modifications?|contracts?|orders?|agreements?|actions?|options?|UCA|award)\b",
    re.IGNORECASE,
)
_COUNTED_TIME = (
    r"(?:(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twelve|additional|another|extra)[\s-]){0,2}"
    r"(?:years?|months?|days?)\b(?!\s(?:of\s(?:\w+\s){0,2}(?:service|support|maint)))"
)
# What stands behind "for" and is no goods: money, terms, customers, organisations, dates.
_NO_GOODS = re.compile(
    r"(?:the\s|an?\s|its\s|their\s|all\s|this\s|each\s|both\s)*(?:"
    r"[$€£]|(?:estimated|potential|total|maximum|minimum|not[- ]to[- ]exceed|combined|cumulative|aggregate|"
    r"ceiling)\s"
    r"(?:\w+\s){0,4}?(?:of\s)?\$|"
    r"(?:fiscal|calendar|FY)[^.;,]{0,60}\b(?:fund|budget)|"
    rf"{_COUNTED_TIME}|(?:two|three|four|five|one|\d+)\s(?:one|two|three|four|five|\d+)-(?:year|month|day)|"
    r"performance\s(?!based|of\s)|delivery\s(?!of)|"
    r"governments?\s|foreign\s(?:military|partner)|FMS\b|kingdom|state\sof|commonwealth|international\spartner|"
    r"(?:(?:U\.?S\.?|United\sStates)\s)?(?:Navy|Army|Air\sForce|Marines?|Marine\sCorps|Coast\sGuard|"
    r"National\sGuard)(?:'s)?\s?"
    r"(?:[,;.()]|and\b|\d|customers|in\b|under\b|at\b|$)|"
    r"(?:(?:U\.?S\.?|United\sStates)\s)?(?:Department|Defense\sLogistics|Naval\s(?:Air|Sea|Facilities|Supply)|"
    r"Space\sand|"
    r"warfighter|customers?|government\b|Program\sExecutive|Office|Missile\sDefense\sAgency|"
    r"various\s(?:agencies|customers|services|locations|Department|foreign|using))\b|"
    r"(?:time|periods?|use|schedules?|future|scope|proposals?|bids?|responses|which|that|it|each|and|more\sthan|"
    r"services?\sat|"
    r"technologies?\sthat|continued\sperformance)\b|"
    r"Jan\.?|Feb\.?|March|April|May\s\d|June|July|Aug\.?|Sept\.?|Oct\.?|Nov\.?|Dec\.?)"
)


def find_purposes(text: str, verb_end: int, head_end: int) -> Iterator[Purpose]:
    """The stretches of a paragraph on one line that may name goods, the likeliest first.

    Behind a cue in the award's sentence (from ``verb_end``, where "is awarded" ends, to ``head_end``), before its word
    "contract", behind a cue in later sentences, and last behind "in support of".
    """
    aided: list[Purpose] = []
    last = min(len(text), head_end + REACH)
    for span in (Span(verb_end, head_end), *sentence_spans(text, head_end, last)):
        if span.start >= head_end and _FORMAL.match(text, span.start, span.end):
            continue
        for cue in _CUE.finditer(text, span.start, span.end):
            stop = min(span.end, cue.end() + LONGEST)
            if _NO_GOODS.match(text, cue.end(), stop) or _KIND_OF_DEED.match(text, cue.end(), stop):
                continue
            if cue["aid"]:
                aided.append(Purpose(cue.end(), stop, "support"))
            else:
                yield Purpose(cue.end(), stop, _WORK.get(cue["work"] or "", ""))
        if span.start < head_end:
            yield from _before_contract(text, verb_end, head_end)
    yield from aided


def _before_contract(text: str, verb_end: int, head_end: int) -> Iterator[Purpose]:
    """What the words for a new contract's kind leave over: "a multiple award *engineering services* contract"."""
    noun = re.compile(r"\s(?:contracts?|task\sorders?)\b").search(text, verb_end, min(head_end, verb_end + 500))
    if noun is None or re.search(
        r"\b(?:modification|modified|previously|existing|under)\b", text[verb_end : noun.start()]
    ):
        return
    first = max(verb_end, noun.start() - _BEFORE_NOUN)
    start = noun.start()
    for word in reversed(list(re.finditer(r"\S+", text[first : noun.start()]))):
        if re.search(r"[,;:()$\d]$", word[0]) or all(_KIND_WORD.fullmatch(w) for w in re.split(r"[-/]", word[0])):
            break
        start = first + word.start()
    if start < noun.start() and "$" not in text[start : noun.start()]:
        yield Purpose(start, noun.start())
