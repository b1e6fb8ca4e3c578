"""A brief as Markdown: footnotes for citations, and everything escaped so that no text can make markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from armsledger.views.brief_value import (
    LEGEND,
    SOURCES,
    Brief,
    Citation,
    Kind,
    Part,
    Points,
    Sentence,
    Source,
    Table,
    cites_of,
)
from armsledger.views.brief_words import place_told, words_told

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$!^@]")
_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)
_BLOCK = re.compile(r"(?P<number>\d+)(?P<dot>[.)])(?=\s|$)|(?P<mark>[-+=:])")
_MARKS = {Kind.PLAIN: "", Kind.STRONG: "**", Kind.CONTESTED: "**", Kind.COMPUTED: "*", Kind.QUOTE: "", Kind.ASKED: ""}


def markdown(brief: Brief) -> str:
    """The whole brief; one sentence a line."""
    return "\n".join(_lines(brief)) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, at the start of a line as well.

    >>> escaped("1. <b>*x*</b> https://a.example")
    '1\\\\. \\\\<b\\\\>\\\\*x\\\\*\\\\</b\\\\> https\\\\://a.example'
    """
    safe = _MARKUP.sub(r"\\\g<0>", text)
    safe = _ADDRESS.sub(lambda found: f"{found[0][:-1]}\\." if found[0].endswith(".") else f"\\{found[0]}", safe)
    begins = _BLOCK.match(safe)
    if begins is None:
        return safe
    if begins["mark"]:
        return "\\" + safe
    return f"{begins['number']}\\{safe[begins.end('number') :]}"


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {_sentence(brief.title)}"
    for sentence in brief.about:
        yield from ("", _sentence(sentence))
    for section in brief.sections:
        yield from ("", f"## {escaped(section.title)}")
        for block in section.blocks:
            yield ""
            yield from _table(block) if isinstance(block, Table) else _points(block)
    yield from ("", "## Documents", "")
    yield from (_source(one) for one in brief.sources)
    yield from ("", escaped(LEGEND), "", "## Citations", "")
    yield from (_citation(one) for one in brief.citations)


def _points(points: Points) -> Iterator[str]:
    for sentence in points.sentences:
        yield ("- " if points.listed else "") + _sentence(sentence)


def _table(table: Table) -> Iterator[str]:
    yield f"{escaped(table.caption)}."
    yield ""
    columns = (*table.columns, SOURCES)
    yield f"| {' | '.join(map(escaped, columns))} |"
    yield f"|{' --- |' * len(columns)}"
    for row in table.rows:
        yield f"| {' | '.join((*map(_words, row), _numbers(cites_of(row))))} |"


def _sentence(sentence: Sentence) -> str:
    return _words(sentence) + _numbers(sentence.cites)


def _numbers(cites: Sequence[int]) -> str:
    return "".join(f"[^{n}]" for n in cites)


def _words(sentence: Sentence) -> str:
    told = "".join(map(_part, sentence.parts))
    begins = _BLOCK.match(told)
    if begins is not None:
        told = escaped(told[: begins.end()]) + told[begins.end() :]
    return told


def _part(part: Part) -> str:
    if part.kind is Kind.QUOTE:
        return f"“{_inline(part.text)}”"
    mark, text = _MARKS[part.kind], part.text
    bare = text.strip()
    if not mark or not bare:
        return _inline(text)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{_inline(bare)}{mark}{after}"


def _inline(text: str) -> str:
    """Escaped within a line, where a number or a dash begins nothing."""
    return escaped("x" + text)[1:]


def _source(source: Source) -> str:
    address = f" {_inline(source.url)}" if source.url else " no address is known."
    digest = f" SHA-256 of the bytes as they were got: `{source.digest}`." if source.digest else ""
    told = f"**{source.letter}** “{_inline(source.title)}”, {_inline(source.publisher)}, {_inline(source.published)};"
    return f"- {told}{address}{digest}"


def _citation(citation: Citation) -> str:
    told = f"[^{citation.number}]: “{_inline(citation.quote)}” {_inline(place_told(citation))}"
    return told + "".join(f" {_inline(words_told(words))}" for words in citation.fields)
