"""A brief as a Word document: runs of text, no fields, no links to elsewhere; the same brief gives the same bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from armsledger.views.brief_pdf import day_of
from armsledger.views.brief_value import (
    LEGEND,
    SOURCES,
    Brief,
    Citation,
    Kind,
    Points,
    Sentence,
    Source,
    Table,
    cites_of,
    in_runs,
)
from armsledger.views.brief_words import place_told, words_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document

_FIRST = (1980, 1, 1, 0, 0, 0)
_RED, _QUIET = "A11B1B", "555555"


def docx(brief: Brief) -> bytes:
    """The whole brief. Raises ModuleNotFoundError where the extra ``briefs`` is not installed."""
    from docx import api

    made = api.Document()
    _prepare(made, brief)
    _said(made.add_heading(level=0), brief.title)
    for sentence in brief.about:
        _said(made.add_paragraph(), sentence)
    for section in brief.sections:
        made.add_heading(section.title, level=1)
        for block in section.blocks:
            _table(made, block) if isinstance(block, Table) else _points(made, block)
    made.add_heading("Citations", level=1)
    for citation in brief.citations:
        _citation(made, citation)
    made.add_heading("Documents", level=1)
    for source in brief.sources:
        _source(made, source)
    made.add_paragraph().add_run(LEGEND).italic = True
    return _same_bytes(made)


def _prepare(made: Document, brief: Brief) -> None:
    """Fonts, margins, and properties that say nothing of the clock or the machine."""
    from docx.shared import Cm, Pt

    about, day = made.core_properties, day_of(brief).replace(tzinfo=None)
    about.title, about.author, about.comments, about.last_modified_by = brief.title.text[:250], "armsledger", "", ""
    about.created = about.modified = day
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Georgia", Pt(10)
    for part in made.sections:
        part.page_width, part.page_height = Cm(21), Cm(29.7)
        part.left_margin = part.right_margin = Cm(2.1)
        part.top_margin = part.bottom_margin = Cm(2)


def _said(paragraph: Any, sentence: Sentence, *, numbered: bool = True) -> None:
    """The parts of a sentence as runs, and its numbers raised."""
    from docx.shared import RGBColor

    for part in sentence.parts:
        run = paragraph.add_run(f"“{part.text}”" if part.kind is Kind.QUOTE else part.text)
        if part.kind in (Kind.STRONG, Kind.CONTESTED):
            run.bold = True
        if part.kind is Kind.CONTESTED:
            run.font.color.rgb = RGBColor.from_string(_RED)
        if part.kind is Kind.COMPUTED:
            run.italic = True
            run.font.color.rgb = RGBColor.from_string(_QUIET)
    if numbered and sentence.cites:
        paragraph.add_run(numbers_told(sentence.cites)).font.superscript = True


def numbers_told(cites: Sequence[int]) -> str:
    """``1, 3–5``."""
    return ", ".join(str(a) if a == b else f"{a}, {b}" if b == a + 1 else f"{a}–{b}" for a, b in in_runs(cites))


def _points(made: Document, points: Points) -> None:
    for sentence in points.sentences:
        _said(made.add_paragraph(style="List Bullet" if points.listed else None), sentence)


def _table(made: Document, table: Table) -> None:
    from docx.shared import Pt

    made.add_paragraph().add_run(f"{table.caption}.").italic = True
    grid = made.add_table(rows=1, cols=len(table.columns) + 1, style="Light List")
    for cell, name in zip(grid.rows[0].cells, (*table.columns, SOURCES), strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for row in table.rows:
        cells = grid.add_row().cells
        for cell, sentence in zip(cells, row, strict=False):
            _said(cell.paragraphs[0], sentence, numbered=False)
        cells[-1].paragraphs[0].add_run(numbers_told(cites_of(row)))
        for cell in cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8.5)
    made.add_paragraph()


def _citation(made: Document, citation: Citation) -> None:
    from docx.shared import Pt, RGBColor

    paragraph = made.add_paragraph()
    paragraph.add_run(f"{citation.number}. ").bold = True
    paragraph.add_run(f"“{citation.quote}” ")
    told = " ".join([place_told(citation), *map(words_told, citation.fields)])
    run = paragraph.add_run(told)
    run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(_QUIET)


def _source(made: Document, source: Source) -> None:
    from docx.shared import Pt

    paragraph = made.add_paragraph()
    paragraph.add_run(f"{source.letter} ").bold = True
    address = source.url or "no address is known"
    paragraph.add_run(f"“{source.title}”, {source.publisher}, {source.published}; {address}.")
    if source.digest:
        paragraph.add_run(f" SHA-256 of the bytes as they were got: {source.digest}").font.size = Pt(8)


def _same_bytes(made: Document) -> bytes:
    """The file with its parts in order and without times: python-docx stamps the time of the machine on each."""
    first, second = BytesIO(), BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            file.writestr(entry, parts.read(name))
    return second.getvalue()
