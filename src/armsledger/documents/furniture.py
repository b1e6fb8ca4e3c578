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

# A photographer behind his agency, as it is written: "REUTERS/B. Taker", "[AP Photo/B. Taker]", "(Photo by B. Taker)".
_TAKEN = re.compile(
    r"(?:^|[\s\[(])(?:REUTERS|AFP|AP|EPA|EPA-EFE|ANSA|Yonhap|Anadolu|TASS|Sputnik|Xinhua|Getty|Getty Images|Pool)"
    r"(?: Photos?| Images?)? ?/ ?[A-Z][\w .'\u2019/-]{2,60}[\])]?\.?$"
    r"|[\[(](?:[Pp]hotos?|[Ii]mages?|[Pp]ictures?)(?: by| courtesy of|:| credit:?) [^()\[\]]{2,60}[\])]\.?$"
)
_CREDIT_SIGNS = frozenset(":/)]")  # one of them stands in every credit at the end of a line
_AGENCIES = frozenset({"AFP", "AP", "Reuters", "Getty Images", "iStock", "Shutterstock", "Yonhap"})
# A picture that says of itself that it is one.
_PICTURED = re.compile(
    r"(?:this|these|an?) (?:undated |file |combined |combination |handout |satellite |screen ?grab |archive ){0,2}"
    r"(?:photo(?:graph)?|image|picture)s?,? (?:\w+,? ){0,12}?"
    r"(?:shows?|showing|taken|provided|released|captured|obtained|distributed)\b"
    r"|(?:file|representative|representational|illustrative|stock|archive) (?:photo|image|picture)\W{0,3}$",
    re.IGNORECASE,
)

# Who reported, wrote and edited, as agencies sign off.
_SIGNED = re.compile(
    r"[(\[]?(?:additional )?(?:reporting|writing|editing|compiled|translated|edited|written)"
    r"(?:,? (?:and )?(?:additional )?(?:reporting|writing|editing)){0,2} by [^\n]{3,300}$",
    re.IGNORECASE,
)
_SIGNED_SENTENCE = re.compile(r"\b(?:show|shows|showed|found|said|says|suggests?|suggested|that|reveals?|revealed)\b")

# A pointer to another text, whole on its line: set apart wherever it stands.
_POINTER = _opens_with(
    r"(?:read also|also read|read more|see also|recommended|related(?: (?:story|stories|article|articles|news))?)"
    r"\s?[:|\u2013-]\s?\S.{0,200}$",
    r"(?:l\u00e4s ocks\u00e5|l\u00e4s mer|lesen sie auch|(?:\u00e0 )?lire aussi|lea tambi\u00e9n)"
    r"\s?[:|\u2013-]\s?\S.{0,200}$",
    r"advertisement$",
    r"story continues below",
    r"(?:watch|video|listen|podcast|in pictures|in photos|photo gallery|gallery|live updates)\s?[:|]\s?\S.{0,160}$",
    r"listen to this (?:article|story)",
    r"\d{1,2}[ -]min(?:ute)?s?[ -]read$",
    r"(?:last )?(?:updated|published|posted) \d{1,2} (?:min(?:ute)?|hour|day)s? ago$",
    r"our standards: .{0,80}$",
    # cookies and consent
    r"(?:we|this (?:web)?site|our (?:web)?site|our partners) (?:and our partners )?uses? .{0,60}\bcookies?\b",
    r"by (?:continuing|using|browsing|clicking) .{0,120}\b(?:cookies?|privacy policy|terms of (?:use|service))\b",
    r"(?:accept|reject|allow|manage) (?:all )?(?:your )?(?:cookies?|privacy)\b.{0,40}$",
    r"cookie (?:policy|settings|notice|preferences|consent)\b.{0,60}$",
    # the end of agency copy
    r"(?:end|ends|reuters?|30)[)\]\W_]{0,6}$",
    r"[\w.+-]{2,40}@[\w-]{2,40}(?:\.[a-z]{2,10}){1,2}\W{0,3}$",
)
# The heading of a list of other texts: its short lines go with it.
_LIST = re.compile(
    r"[#*_>\W]{0,6}(?:related(?: (?:stories|articles?|news|posts|content|coverage|topics|links|reading))?"
    r"|(?:read|see) (?:also|more)|also (?:read|see)|more (?:from|on|in) .{1,40}|more stories"
    r"|most (?:read|popular|viewed)"
    r"|trending(?: (?:now|stories))?|top stories|latest (?:news|stories|headlines)|recommended(?: for you| reading)?"
    r"|editor[\u2019']?s[\u2019']? (?:picks?|choice)|don[\u2019']?t miss|you (?:may|might) (?:also )?like|in other news"
    r"|further reading|what to read next|up next)\s?[:.\u2026]?[*_\W]{0,4}$",
    re.IGNORECASE,
)
_LISTED = 160  # characters of the longest headline in such a list
# Who wrote this, only after the last paragraph.
_AUTHOR = re.compile(
    r"[*_(\s]{0,4}(?:[Aa]bout [Tt]he [Aa]uthors?\b|[Tt]he (?:author|writer)s? (?:is|are|was|were|serves?|works?)\b"
    r"|(?:Dr\.? |Prof\.? |Lt\.? |Gen\.? |Col\.? ){0,2}[A-Z][\w.\u2019'-]{1,20}(?: [A-Z][\w.\u2019'-]{0,20}){1,3},? "
    r"(?:is|was|works as|serves as) (?:an?|the|our) (?:[\w-]+ ){0,5}?"
    r"(?:analyst|journalist|reporter|correspondent|editor|fellow|professor|researcher|columnist|writer|author|lecturer"
    r"|contributor|commentator|scholar|historian|student|founder|freelancer)\b"
    r"|[A-Z][\w.\u2019'-]{1,20}(?: [A-Z][\w.\u2019'-]{0,20}){1,2} (?:covers|reports on|writes (?:about|on|for))\b)"
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
    r"(?:stay|keep) (?:informed|up to date|updated|in the loop)\b",
    r"get (?:the )?(?:latest|breaking|daily|our) .{0,60}(?:inbox|newsletter|e-?mail|alerts?)",
    r"(?:enter|type in) your e-?mail",
    r"already a (?:subscriber|member)\b",
    r"this (?:article|content|story) is for (?:subscribers|members)",
    r"(?:leave|post|add) a comment",
    r"comments? (?:are|is) closed",
    r"what do you think\?",
    r"let us know (?:what you think|in the comments)",
    r"(?:more|most) (?:from|read|popular)\b.{0,60}$",
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
_SET_APART = re.compile("|".join(f"(?:{one.pattern})" for one in (_POINTER, _RULE, _BYLINE)), re.IGNORECASE)

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
    if _CAPTION.match(words) is not None or _PICTURED.match(words) is not None or words in _AGENCIES:
        return True
    near_end = max(0, len(words) - 120)
    if _CREDIT_SIGNS.isdisjoint(words[near_end:]):
        return False
    return _CREDIT.search(words, near_end) is not None or _TAKEN.search(words, near_end) is not None


def is_pointer(words: str) -> bool:
    """Whether a line is nothing but a pointer to another text, a rule, a byline with its date, or a sign-off."""
    if len(words) > _LONGEST:
        return False
    return _SET_APART.match(words) is not None or _is_signed(words)


def _is_signed(words: str) -> bool:
    """Whether a line tells who reported and edited: "(Reporting by A. Writer; editing by B. Reader)"."""
    return _SIGNED.match(words) is not None and (words[:1] in "([" or _SIGNED_SENTENCE.search(words) is None)


def opens_list(words: str) -> bool:
    """Whether a line is the heading of a list of other texts: "Related stories", "Most read"."""
    return len(words) <= _LONGEST_HEADING and _LIST.match(words) is not None


def is_headline(words: str) -> bool:
    """Whether a line below such a heading can be one of the list: short, and no sentence."""
    return len(words) <= _LISTED and not words.endswith((".", ".\u201d", '."'))


def is_box(words: str) -> bool:
    """Whether a paragraph after the last one of an article is about subscriptions, rights or other texts."""
    return len(words) <= _LONGEST and any(pattern.match(words) for pattern in (_BOX, _RULE, _AUTHOR))


def opens_comments(words: str, following: Iterable[str]) -> bool:
    """Whether readers' comments begin with this line; ``following`` are the next lines.

    A bare "Comments" may be a heading of the text itself: it counts only with the sign of a comment soon after it.
    """
    if len(words) > _LONGEST_HEADING:
        return False
    if _BARE_COMMENTS.match(words):
        return any(_COMMENT_SIGN.match(after) for after in following)
    return _COMMENTS.match(words) is not None
