"""When the work of a contract action is to end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsledger.claims.anchor import Anchors
from armsledger.model import DateInterval, Span
from armsledger.text.dates import DateMention, find_dates
from armsledger.text.sentences import sentence_spans

_ENDS = re.compile(
    r"(?:complet(?:ed?|ion)|performance completion|ordering period|end(?:s|ed)?|period of performance|through|"
    r"expir\w+|delivered)\b[^.]{0,120}$|\bto\s$|\bthrough\s$",
    re.IGNORECASE,
)
_COMPLETION_WORD = re.compile(r"complet|performance|ordering period|through|end date|tentative", re.IGNORECASE)
_WITH_OPTIONS = re.compile(
    r"\bif\b[^.]{0,60}\boptions?\b|options?\b[^.]{0,40}\bexercised|task order\b[^.]{0,60}$|fiscal|Awarded|funds",
    re.IGNORECASE,
)


_ONLY_OPTIONS = re.compile(r"\s*(?:If|Should)\b[^.]{0,80}\boption|\boptions?\b[^.]{0,30}exercised")
_ENDS_BEHIND = re.compile(r",?\s(?:estimated\s|expected\s)?(?:performance\s)?completion")


def find_completion(found: Anchors, text: str) -> DateInterval | None:
    """The expected end of this action's work, without options; of several contracts the first, of a range its end."""
    fallback: list[DateMention] = []
    for sentence in sentence_spans(text):
        if not _COMPLETION_WORD.search(text, sentence.start, sentence.end):
            continue
        ends = list(_ends(text, sentence))
        if not ends:
            continue
        start = text[sentence.start : min(sentence.end, sentence.start + 200)]
        if "task order" not in start or "term of the contract" in start:
            return _last(found, text, ends)
        fallback = fallback or ends
    return _last(found, text, fallback) if fallback else None


def _ends(text: str, sentence: Span) -> Iterator[DateMention]:
    """The dates of a sentence that are told as the end of work; those that hang on an option are left out."""
    if _ONLY_OPTIONS.search(text[sentence.start : min(sentence.end, sentence.start + 600)]):
        return
    for dated in find_dates(text, sentence.start, sentence.end):
        before = text[max(sentence.start, dated.start - 140) : dated.start]
        if _WITH_OPTIONS.search(before[-90:]) and "complet" not in before[-60:]:
            continue
        if _ENDS.search(before) or _ENDS_BEHIND.match(text, dated.end, min(sentence.end, dated.end + 40)):
            yield dated


def _last(found: Anchors, text: str, ends: list[DateMention]) -> DateInterval:
    """The end of a range where one is given ("from May 2016 through June 2019"), else the first date."""
    ranged = (d for d in ends if re.search(r"(?:through|to)\s$", text[max(0, d.start - 9) : d.start]))
    dated = next(ranged, ends[0])
    found.add("completion", dated.interval, dated.start, dated.end)
    return dated.interval
