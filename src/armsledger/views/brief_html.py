"""A brief as one HTML file: no script, no foreign request, everything escaped by the template."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from armsledger.views.brief_value import LEGEND, SOURCES, Brief, Points, cites_of, in_runs
from armsledger.views.brief_words import place_told, words_told

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return made.get_template("brief.html")


def html(brief: Brief) -> str:
    """The whole brief as a page that needs no other file."""
    return _template().render(
        brief=brief, in_runs=in_runs, cites_of=cites_of, sources=SOURCES, place_told=place_told,
        words_told=words_told, legend=LEGEND,
        is_points=lambda block: isinstance(block, Points),
    )  # fmt: skip
