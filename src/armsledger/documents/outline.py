"""What each line of a plain text is: title, heading, body, caption, readers' comment, or furniture of a page.

The rules are few and cautious: a line is set apart only by words that say what it is, comments and boxes only at the
end of a text. What is in doubt stays body. Notices and contract announcements have no comments and no boxes, so nothing
of them is set apart but the title, agency headings and the small-business footnote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from armsledger.documents.furniture import is_box, is_caption, is_headline, is_pointer, opens_comments, opens_list
from armsledger.documents.lines import Line
from armsledger.documents.published import is_date_line
from armsledger.model import DocumentKind, SectionKind

_TITLE_LENGTH = 200
_HEADING_LENGTH = 90
_PARAGRAPH_LENGTH = 120
_LIST_LINES = 12

_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
_ENDS_SENTENCE = re.compile(r"[.!:;,\u3002\u2026][\"'\u201d\u2019)\]]{0,3}$")
_AGENCY = re.compile(r"[A-Z][A-Z .,&'/()\u2019-]{2,80}$")
_CONTRACTS_TITLE = re.compile(r"contracts? for [A-Z]?[a-z]+\.? \d", re.IGNORECASE)
_FOOTNOTE = re.compile(r"[*\u2217]{1,3}\s?(?:(?:woman|veteran|service)[\w -]{0,40})?small[- ]?business", re.IGNORECASE)
_REGISTER_TITLE = re.compile(r"arms sales? notification", re.IGNORECASE)


def outline(lines: Sequence[Line], kind: DocumentKind, title: str | None = None) -> list[SectionKind]:
    """What each of the lines is, in order. ``title`` is the title where it is known from elsewhere."""
    if kind is DocumentKind.CONTRACTS:
        return [contracts_mark(line.text) for line in lines]
    marks = [SectionKind.BODY] * len(lines)
    _mark_title(lines, marks, kind, title)
    if kind is DocumentKind.NOTICE:
        return marks
    end = _mark_comments(lines, marks)
    _mark_furniture(lines, marks, end)
    _mark_headings(lines, marks, end)
    return marks


def contracts_mark(words: str) -> SectionKind:
    """What a line of a day's contract announcements is: title, agency, footnote or award."""
    if _CONTRACTS_TITLE.match(words) and len(words) < _HEADING_LENGTH:
        return SectionKind.TITLE
    if _AGENCY.match(words):
        return SectionKind.HEADING
    return SectionKind.BOILERPLATE if _FOOTNOTE.match(words) else SectionKind.BODY


def title_words(line: str) -> str:
    """The words of a title line without its Markdown marks."""
    return line.strip().lstrip("#").strip().strip("*_").strip()


def same_title(one: str, other: str) -> bool:
    """Whether two titles have the same words, whatever their blanks, entities and capitals."""
    return _bare(one) == _bare(other) != ""


def _bare(words: str) -> str:
    return " ".join(unescape(title_words(words)).split()).casefold()


def _mark_title(lines: Sequence[Line], marks: list[SectionKind], kind: DocumentKind, title: str | None) -> None:
    """At most one line: the known title where it stands near the top, else a first line that looks like one."""
    at: int | None = None
    if title is not None:
        at = next((i for i, line in enumerate(lines[:6]) if same_title(line.text, title)), None)
    elif kind is DocumentKind.NOTICE and lines and lines[0].text.startswith(("[", "Federal Register")):
        at = next((i for i, line in enumerate(lines[:20]) if _REGISTER_TITLE.match(line.text)), None)
    elif lines and _is_title(lines[0].text, lines[1].text if len(lines) > 1 else None):
        at = 0
    if at is not None:
        marks[at] = SectionKind.TITLE


def _is_title(words: str, after: str | None) -> bool:
    if _MARKDOWN_HEADING.match(words):
        return True
    return (
        after is not None
        and 3 < len(words) <= _TITLE_LENGTH
        and not _ENDS_SENTENCE.search(words)
        and not words.startswith(("[", "<", "-", "*", "|", "("))
        and not is_caption(words)
        and not is_date_line(words)
        and not after[:1].islower()  # the next line goes on in mid-sentence: a wrapped paragraph, no title
    )


def _mark_comments(lines: Sequence[Line], marks: list[SectionKind]) -> int:
    """Marks readers' comments, which reach from their heading to the end; gives the number of lines before them."""
    for i in range(2, len(lines)):
        if opens_comments(lines[i].text, (after.text for after in lines[i + 1 : i + 5])):
            marks[i:] = [SectionKind.COMMENT] * (len(lines) - i)
            return i
    return len(lines)


def _mark_furniture(lines: Sequence[Line], marks: list[SectionKind], end: int) -> None:
    listed = 0  # lines that may still belong to a list of other texts
    for i in range(end):
        words = lines[i].text
        body = marks[i] is SectionKind.BODY
        if body and opens_list(words):
            listed = _LIST_LINES
        elif listed:
            listed = listed - 1 if body and is_headline(words) else 0
        if listed > 0 or is_pointer(words):
            marks[i] = SectionKind.BOILERPLATE
        elif marks[i] is SectionKind.BODY and is_caption(words):
            marks[i] = SectionKind.CAPTION
    at = end - 1
    while at > 0 and (marks[at] is SectionKind.BOILERPLATE or is_box(lines[at].text)):
        marks[at] = SectionKind.BOILERPLATE
        at -= 1


def _mark_headings(lines: Sequence[Line], marks: list[SectionKind], end: int) -> None:
    """Short lines without a full stop between long ones. In a text that is wrapped there are no long ones."""
    for i in range(end):
        words = lines[i].text
        if marks[i] is not SectionKind.BODY or len(words) > _HEADING_LENGTH:
            continue
        between = 0 < i < end - 1 and min(len(lines[i - 1].text), len(lines[i + 1].text)) > _PARAGRAPH_LENGTH
        short = between and words[0].isupper() and not _ENDS_SENTENCE.search(words)
        if short or _MARKDOWN_HEADING.match(words):
            marks[i] = SectionKind.HEADING
