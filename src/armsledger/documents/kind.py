"""What a document is: a notice of a possible sale, a day's contract announcements, a register, or else news.

The rule, in order: what the source says; the address of an official page; the head of a register's table; the form
words of announcements and notices.
A newspaper quotes those words too. So a text is a notice only if it carries a transmittal number or a statutory head of
its own, or several form words and no reporting verb of a newspaper.
"""

from __future__ import annotations

import re

from armsledger.documents.address import is_under, path_of
from armsledger.model import DocumentKind
from armsledger.text.registers import find_register

_DEFENSE = ("war.gov", "defense.gov", "dod.gov")

# One a paragraph: the office that closes an award, and how the award opens.
_AWARD_CLOSE = re.compile(
    r"\b(?:is|are|was) the (?:\w+ )?contracting (?:activity|agency|office)"
    r"|\bthe contracting (?:activity|agency|office) is\b",
    re.IGNORECASE,
)
_AWARD_OPEN = re.compile(
    r"\b(?:is|are|was|were|has been|have been) (?:each )?(?:being )?awarded\b[^\n]{0,120}?\$ ?\d", re.IGNORECASE
)
_AWARD_TERMS = re.compile(
    r"\$[\d,. ]{1,20}[^\n]{0,120}?"
    r"(?:firm-fixed-price|fixed-price|indefinite-delivery|cost-plus|cost-no-fee|modification \()"
    r"|\$[\d,. ]{1,20} modification\b",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    r"\s{0,20}(?:CORRECTION|UPDATE)S?:\s[^\n]{0,300}?\b(?:contract|modification|award)", re.IGNORECASE
)
_AWARD_HEAD = re.compile(r"^[ \t]{0,20}(?:CONTRACTS|Contracts [Ff]or [A-Z][a-z]+\.? \d.{0,60})\s{0,20}$", re.MULTILINE)

# These are looked for in a copy in lower case with single blanks: notices are often wrapped in the middle of a phrase.
_TRANSMITTAL = re.compile(r"\btransmittal (?:no|number)s?\b[.: ]{0,4}(?:rsat[ -]?)?[0-9a-z]{2}-[0-9a-z]{2,4}\b")
_STATUTE = (
    "36(b)(1) of the arms export",
    "36(b)(1) arms sales",
    "36(b) arms sales",
    "(i) prospective purchaser",
    "arms sales notification",
    "notice of proposed issuance of letter",
)
_FORM_WORDS = (
    "has made a determination approving a possible foreign military sale",
    "has made a determination approving a possible direct commercial sale",
    "notified congress of a possible",
    "notifying congress of this possible",
    "possible foreign military sale to",
    "principal contractor will be",
    "principal contractors will be",
    "no known principal contractor",
    "no adverse impact on u.s. defense readiness",
    "will not alter the basic military balance",
    "this notice of a potential sale is required by law",
    "no known offset agreement",
    "implementation of this proposed sale",
    "will contribute to the foreign policy and national security",
    "will support the foreign policy",
)
_REPORTING = re.compile(
    r"\b(?:said|told|tweeted|according to|reported(?:ly)?|analysts?|reporters|critics|spokes(?:man|woman|person))\b",
    re.IGNORECASE,
)
_PARAGRAPH = 120  # characters from which a line is a paragraph
_NEAR = 20_000  # characters in which a notice shows itself


def kind_of(text: str, url: str | None = None, start: int = 0) -> DocumentKind:
    """The kind of a text that stood at ``url``, judged from ``start`` on."""
    if is_under(url, _DEFENSE) and "/news/contracts/" in path_of(url):
        return DocumentKind.CONTRACTS
    if is_under(url, ("dsca.mil",)) and "/major-arms-sales/" in path_of(url):
        return DocumentKind.NOTICE
    near = text[start : start + _NEAR]
    if start == 0 and find_register(near) is not None:
        return DocumentKind.REGISTER
    if _is_contracts(near):
        return DocumentKind.CONTRACTS
    return DocumentKind.NOTICE if _is_notice(near) else DocumentKind.NEWS


def _is_contracts(near: str) -> bool:
    if "contract" not in near or "$" not in near:
        return False
    closes = len(_AWARD_CLOSE.findall(near))
    opens = len(_AWARD_OPEN.findall(near))
    if opens + closes and _AWARD_HEAD.search(near[:400]):
        return True
    paragraphs = sum(1 for line in near.split("\n") if len(line) > _PARAGRAPH) or 1
    if closes > 0:
        return 2 * max(opens, closes) >= paragraphs
    # A paragraph alone, as some files keep them: an opening with a contract's terms, or a correction of one.
    alone = paragraphs == 1 and _REPORTING.search(near) is None
    return alone and (_AMENDED.match(near) is not None or (opens > 0 and _AWARD_TERMS.search(near[:600]) is not None))


def _is_notice(near: str) -> bool:
    flat = " ".join(near.lower().split())
    if any(words in flat[:4000] for words in _STATUTE) and ("transmittal" in flat or "prospective purchaser" in flat):
        return True
    own = _TRANSMITTAL.search(flat[:1500]) is not None or sum(1 for words in _FORM_WORDS if words in flat) >= 2
    return own and _REPORTING.search(near) is None
