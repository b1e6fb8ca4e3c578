"""A brief as PDF through Typst. Text is data for the template, never markup; the same brief gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from armsledger.model import DateInterval
from armsledger.views.brief_value import (
    LEGEND,
    SOURCES,
    Brief,
    Citation,
    Part,
    Points,
    Sentence,
    Source,
    Table,
    cites_of,
    in_runs,
)
from armsledger.views.brief_words import place_told, words_told

_BUNDLED = 0x24FF  # up to here Typst's own fonts have what documents use: Latin, Greek, Cyrillic, signs


def pdf(brief: Brief) -> bytes:
    """The whole brief. Raises ModuleNotFoundError where the extra ``briefs`` is not installed.

    The fonts are those that come with Typst, so that the bytes are the same everywhere; only where a text is in a
    script that they lack are the fonts of the machine asked, too.
    """
    import typst

    told = json.dumps(_told(brief), ensure_ascii=False, sort_keys=True)
    made: bytes = typst.compile(
        (Path(__file__).parent / "templates" / "brief.typ").read_bytes(),
        format="pdf",
        sys_inputs={"brief": told},
        ignore_system_fonts=all(ord(c) <= _BUNDLED for c in told),
        timestamp=int(day_of(brief).timestamp()),
    )
    return made


def day_of(brief: Brief) -> datetime:
    """The day that a file of the brief bears: the first one that the newest document can have been published on."""
    try:
        first = DateInterval(brief.day or "").first
    except (ValueError, OverflowError):
        return datetime(1980, 1, 1, tzinfo=UTC)  # the first that every kind of file can bear
    return datetime(max(first.year, 1980), first.month, first.day, tzinfo=UTC)


# -- as data ----------------------------------------------------------------------------------------------


def _told(brief: Brief) -> dict[str, Any]:
    day = day_of(brief)
    return {
        "name": brief.title.text,
        "day": [day.year, day.month, day.day],
        "title": _sentence(brief.title),
        "about": [_sentence(s) for s in brief.about],
        "sections": [
            {"title": s.title, "blocks": [_table(b) if isinstance(b, Table) else _points(b) for b in s.blocks]}
            for s in brief.sections
        ],
        "citations": [_citation(one) for one in brief.citations],
        "sources": [_source(one) for one in brief.sources],
        "legend": LEGEND,
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {"parts": [_part(p) for p in sentence.parts], "cites": in_runs(sentence.cites)}


def _part(part: Part) -> dict[str, str]:
    return {"kind": str(part.kind), "text": part.text}


def _points(points: Points) -> dict[str, Any]:
    return {"kind": "points", "listed": points.listed, "sentences": [_sentence(s) for s in points.sentences]}


def _table(table: Table) -> dict[str, Any]:
    rows = [{"cells": [_sentence(c) for c in row], "cites": in_runs(cites_of(row))} for row in table.rows]
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": [*table.columns, SOURCES],
        "rows": rows,
        "widest": table.widest,
    }


def _citation(one: Citation) -> dict[str, Any]:
    told = " ".join([place_told(one), *map(words_told, one.fields)])
    return {"number": one.number, "quote": one.quote, "told": told}


def _source(one: Source) -> dict[str, Any]:
    told = f"“{one.title}”, {one.publisher}, {one.published}; {one.url or 'no address is known'}."
    return {"letter": one.letter, "told": told, "digest": one.digest}
