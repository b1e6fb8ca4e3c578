"""When the work of a contract action is to end."""

from __future__ import annotations

import re

from armsledger.claims.anchor import Anchors
from armsledger.model import DateInterval
from armsledger.text.dates import find_dates
from armsledger.text.sentences import sentence_spans

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
