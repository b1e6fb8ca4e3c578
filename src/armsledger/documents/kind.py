"""What a document is: a notice of a possible sale, a day's contract announcements, or anything else (news).

The rule, in order: what the source says; the address of an official page; the form words of announcements and notices.
A newspaper quotes those words too. So a text is a notice only if it carries a transmittal number or a statutory head of
its own, or several form words and no reporting verb of a newspaper.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from armsledger.model import DocumentKind

_CONTRACT_ADDRESS = re.compile(r"/news/contracts/", re.IGNORECASE)
_NOTICE_ADDRESS = re.compile(r"/major-arms-sales/", re.IGNORECASE)
_DEFENSE = ("war.gov", "defense.gov", "dod.gov")

# One a paragraph: the office that closes an award, or how the award opens.
_AWARD_CLOSE = re.compile(r"\b(?:is|are|was) the (?:\w+ )?contracting (?:activity|agency|office)", re.IGNORECASE)
_AWARD_OPEN = re.compile(
    r"\b(?:is|are|was|were|has been|have been) (?:each )?(?:being )?awarded\b.{0,120}?\$ ?\d", re.IGNORECASE
)
_AWARD_HEAD = re.compile(r"^[ \t]*(?:CONTRACTS|Contracts [Ff]or [A-Z][a-z]+\.? \d.*)[ \t]*\r?$", re.MULTILINE)

_TRANSMITTAL = re.compile(r"\btransmittal (?:no|number)s?\b[.:\s]{0,4}(?:RSAT[ -]?)?[0-9A-Z]{2}-[0-9A-Z]{2,4}\b", re.IGNORECASE)
_STATUTE = re.compile(
    r"36\(b\)\(1\)\s+(?:of\s+the\s+)?arms\s+(?:export|sales)|\(i\)\s+prospective\s+purchaser"
    r"|arms\s+sales\s+notification|notice\s+of\s+proposed\s+issuance\s+of\s+letter",
    re.IGNORECASE,
)
_FORM_WORDS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"has made a determination approving a possible (?:foreign military|direct commercial) sale",
        r"notif(?:ied|ying) congress .{0,30}of (?:a|this|the) possible (?:foreign military )?sale",
        r"possible foreign military sale to\b",
        r"principal contractors? will be|there (?:is|are) no (?:known )?principal contractor",
        r"no adverse impact on U\.?S\.? defense readiness",
        r"will not alter the basic military balance",
        r"this notice of a potential sale is required by law",
        r"no known offset agreements?",
        r"implementation of this proposed sale",
        r"will contribute to the foreign policy and national security|"
        r"will support the foreign policy (?:goals )?and national security",
    )
)
_REPORTING = re.compile(
    r"\b(?:said|told|tweeted|according to|reported(?:ly)?|analysts?|reporters|critics|spokes(?:man|woman|person))\b",
    re.IGNORECASE,
)
_NEAR = 20_000  # characters in which a notice shows itself


def kind_of(text: str, url: str | None = None, start: int = 0) -> DocumentKind:
    """The kind of a text that stood at ``url``, judged from ``start`` on."""
    address = urlsplit(url or "")
    host = (address.hostname or "").lower()
    if host.endswith(_DEFENSE) and _CONTRACT_ADDRESS.search(address.path):
        return DocumentKind.CONTRACTS
    if host.endswith("dsca.mil") and _NOTICE_ADDRESS.search(address.path):
        return DocumentKind.NOTICE
    near = text[start : start + _NEAR]
    if _is_contracts(near):
        return DocumentKind.CONTRACTS
    return DocumentKind.NOTICE if _is_notice(near) else DocumentKind.NEWS


def _is_contracts(near: str) -> bool:
    closes = len(_AWARD_CLOSE.findall(near))
    if not closes and "awarded" not in near:
        return False
    paragraphs = sum(1 for line in near.split("\n") if len(line) > 200) or 1
    opens = len(_AWARD_OPEN.findall(near))
    if _AWARD_HEAD.search(near[:400]) and opens + closes:
        return True
    return closes > 0 and 2 * max(opens, closes) >= paragraphs


def _is_notice(near: str) -> bool:
    if _STATUTE.search(near[:4000]) and ("Transmittal" in near or "Prospective Purchaser" in near):
        return True
    reporting = _REPORTING.search(near) is not None
    if _TRANSMITTAL.search(near[:1500]) and not reporting:
        return True
    return not reporting and sum(1 for words in _FORM_WORDS if words.search(near)) >= 2
