"""Lines that a website puts around an article: captions, pointers, subscription boxes, readers' comments.

Each is told by its own words alone, anchored to its beginning or end and of bounded reach: long lines cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 400  # characters; what is longer is a paragraph
_LONGEST_HEADING = 240


def _opens_with(*words: str) -> re.Pattern[str]:
    return re.compile(r"[\W_]{0,6}(?:" + "|".join(words) + ")", re.IGNORECASE)


_PICTURE = r"(?:image|photo|photograph|picture|pic|caption|illustration|graphic|foto|bild)s?"
_CAPTION = re.compile(rf"(?:file )?{_PICTURE}(?: by| credits?| courtesy(?: of)?)?\s?[:\u00a9/]", re.IGNORECASE)
_CREDIT = re.compile(
    rf"(?:[.?!\u2019'\")|(\[\u2013-]|\s{{2}})\s?\(?(?:file )?(?:{_PICTURE}|credit|screengrab)"
    r"(?: by| credits?| courtesy(?: of)?)?\s?:\s?[^:\n]{1,60}\)?\.?$"
    r"|\((?:AP|AFP|Reuters|EPA|Getty)[^()]{0,20}(?:photo|images?|via)[^()]{0,40}\)$",
    re.IGNORECASE,
)

# A pointer to another text, whole on its line: set apart wherever it stands.
_POINTER = _opens_with(
    r"(?:read also|also read|read more|see also|recommended|related(?: (?:story|stories|article|articles|news))?)"
    r"\s?[:|\u2013-]\s?\S.{0,200}$",
    r"(?:l\u00e4s ocks\u00e5|l\u00e4s mer|lesen sie auch|(?:\u00e0 )?lire aussi|lea tambi\u00e9n)"
    r"\s?[:|\u2013-]\s?\S.{0,200}$",
    r"advertisement$",
    r"story continues below",
)
# Furniture only after the last paragraph.
_BOX = _opens_with(
    # pointers
    r"(?:read|see) (?:also|more)\b",
    r"also (?:read|see)\b",
    r"related(?: (?:stories|articles?|news|posts|coverage|topics))?\s?(?:[:|]|$)",
    r"recommended(?: for you)?\s?(?:[:|]|$)",
    r"more (?:on|from) this\b",
    r"more stories",
    r"you (?:may|might) also like",
    r"l\u00e4s (?:ocks\u00e5|mer)\b",
    r"lesen sie auch",
    r"mehr zum thema",
    r"(?:\u00e0 )?lire aussi",
    r"lea tambi\u00e9n",
    r"crawled at\b",
    r"source: \[.{0,40}\]\(",
    r"view (?:the )?original\b",
    r"(?:tags?|filed under|topics)\s?:",
    # subscriptions and networks
    r"subscribe (?:to|now|here|for|today)\b",
    r"sign up (?:for|to|here)\b",
    r"get (?:our|the) (?:\w+ ){0,3}newsletter",
    r"become an? .{0,60}(?:subscriber|member|patron)\b",
    r"follow us on",
    r"follow .{1,40} on (?:twitter|x|facebook|instagram|telegram|google)\b",
    r"join (?:us|our) .{0,30}(?:telegram|whatsapp|channel)",
    r"download (?:our|the) .{0,30}app\b",
    r"click here to",
    r"support (?:our|independent) journalism",
    r"(?:share|print) this\b",
    r"share on\b",
    # rights
    r"this (?:article|piece|story|post|report|column|essay) (?:was|is|has been|originally|first)"
    r" .{0,40}(?:published|appeared|republished|reprinted|posted)\b",
    r"(?:re)?published (?:here )?with (?:kind |the )?permission",
    r"(?:originally|first) published (?:on|in|by|at)\b",
    r"\(?this (?:story|article|report) has not been edited\b",
    r"\(?(?:with|has) inputs? from\b",
    r"(?:copyright|\u00a9|\(c\))\s.{0,120}$",
    r"all rights reserved",
    r"the views expressed\b",
    r"disclaimer\s?:",
    r"advertisement$",
    r"[\W_]{0,3}story continues below",
)
_RULE = re.compile(r"[=_*~\u2014\u2013-]{3,}$")
_BYLINE = re.compile(r"[*_]{2}[^*|]{1,60}[*_]{2}\s?\|\s?[\d .:/-]{8,20}\s?\|?.{0,60}$")

_COMMENTS = re.compile(
    r"[#*_>\s]{0,6}(?:"
    r"\d{1,5}\s(?:reader\s)?(?:comments?|responses?|replies|kommentare?r?|commentaires?|comentarios?)"
    r"|\d{1,5}\sthoughts on\b.{0,200}"
    r"|(?:comments?|kommentare?r?|commentaires|comentarios|\u043a\u043e\u043c\u043c\u0435\u043d\u0442\u0430\u0440\u0438\u0438"
    r"|\ub313\uae00)\s?[(:\[]\s?\d{1,5}\s?[)\]]?"
    r"|join the (?:conversation|discussion|debate)"
    r"|(?:leave|post|add) a (?:comment|reply)"
    r"|(?:read(?:ers'?)?|user|view|show|see)(?: all)? comments"
    r"|reader comments|have your say"
    r")[.:!*_]{0,3}$",
    re.IGNORECASE,
)
_BARE_COMMENTS = re.compile(
    r"[#*_\s]{0,6}(?:comments?|discussion|kommentarer|kommentare|commentaires|comentarios)[:*_]{0,3}$", re.IGNORECASE
)
_COMMENT_SIGN = re.compile(
    r"\d{1,3}[.)]\s|reply$|.{1,60}\bsays:?$|(?:log ?in|sign in|register|be the first) to "
    r"|.{1,80}\b(?:\d{1,2}|an?) (?:min(?:ute)?|hour|day|week|month|year)s? ago\b",
    re.IGNORECASE,
)


def is_caption(words: str) -> bool:
    """Whether a line says that it belongs to a picture: it begins with "Photo:" or ends with a credit."""
    if len(words) > _LONGEST:
        return False
    return _CAPTION.match(words) is not None or _CREDIT.search(words, max(0, len(words) - 120)) is not None


def is_pointer(words: str) -> bool:
    """Whether a line is nothing but a pointer to another text, a rule or a byline with its date."""
    return any(pattern.match(words) for pattern in (_POINTER, _RULE, _BYLINE))


def is_box(words: str) -> bool:
    """Whether a paragraph after the last one of an article is about subscriptions, rights or other texts."""
    return len(words) <= _LONGEST and (_BOX.match(words) is not None or _RULE.match(words) is not None)


def opens_comments(words: str, following: Iterable[str]) -> bool:
    """Whether readers' comments begin with this line; ``following`` are the next lines.

    A bare "Comments" may be a heading of the text itself: it counts only with the sign of a comment soon after it.
    """
    if len(words) > _LONGEST_HEADING:
        return False
    if _BARE_COMMENTS.match(words):
        return any(_COMMENT_SIGN.match(after) for after in following)
    return _COMMENTS.match(words) is not None
