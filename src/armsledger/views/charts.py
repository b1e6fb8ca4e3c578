"""Charts: a title that states the finding, units, window, vintage and n, a table of what is drawn, and a picture.

A chart is a value: a Vega-Lite specification (https://vega.github.io/vega-lite/) with its data in it, which vl-convert
draws as SVG or PNG without a browser and without asking anybody for anything. Shapes, dashes and labels carry the
difference, never a colour alone, so that a black-and-white print says the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from armsledger.errors import InputError
from armsledger.views.names import party_name
from armsledger.views.words import many, shortened, span_of

if TYPE_CHECKING:
    from armsledger.analyses.result import Result
    from armsledger.views.told_deals import ToldDeal
    from armsledger.views.whole_deal import WholeDeal

WIDTH = 620
INK, SOFT, ACCENT = "#1b1d20", "#8a9099", "#0b4f9e"
_TOLD = "#565b63"
_FONT = "DejaVu Sans, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and what it shows: ``title`` is the finding, ``below`` the lines of units, window, n and source."""

    title: str
    below: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    spec: dict[str, Any]
    faceted: bool = False  # whether its panels have widths of their own

    def svg(self) -> str:
        """The picture as SVG. Raises MissingExtra where the extra ``charts`` is not installed."""
        from armsledger.views.extras import needing

        with needing("charts", "charts"):
            import vl_convert

            drawn: str = vl_convert.vegalite_to_svg(self.whole(), allowed_base_urls=[])
            return drawn

    def png(self, scale: float = 2) -> bytes:
        """The picture as PNG."""
        from armsledger.views.extras import needing

        with needing("charts", "charts"):
            import vl_convert

            drawn: bytes = vl_convert.vegalite_to_png(self.whole(), scale=scale, allowed_base_urls=[])
            return drawn

    def whole(self) -> dict[str, Any]:
        """The specification with title, data and the style that all charts have."""
        title = {"text": _lines(self.title), "subtitle": [line for told in self.below for line in _lines(told, 96)]}
        style = {"anchor": "start", "fontSize": 15, "subtitleFontSize": 11, "subtitleColor": _TOLD, "offset": 12}
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "title": title | style,
            "background": "#ffffff",
            **({} if self.faceted else {"width": WIDTH}),
            "data": {"values": [dict(zip(self.columns, row, strict=True)) for row in self.rows]},
            "config": {
                "font": _FONT,
                "axis": {"labelColor": INK, "titleColor": INK, "labelLimit": 220, "gridColor": "#e3e5e8"},
                "legend": {"labelColor": INK, "titleColor": INK, "orient": "bottom", "labelLimit": 300},
                "view": {"stroke": None},
            },
            **self.spec,
        }


def _lines(words: str, most: int = 78) -> list[str]:
    """A title cut into lines between words."""
    import textwrap

    return textwrap.wrap(words, most) or [""]


def write_chart(chart: Chart, path: str) -> None:
    """Writes a chart to a file; the ending says what: .svg, .png or .json (the specification)."""
    import json
    from pathlib import Path

    file = Path(path)
    if file.suffix == ".svg":
        file.write_text(chart.svg(), encoding="utf-8")
    elif file.suffix == ".png":
        file.write_bytes(chart.png())
    elif file.suffix == ".json":
        file.write_text(json.dumps(chart.whole(), ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    else:
        raise InputError(path, "its ending is none of .svg, .png, .json", "give the file one of these endings")


def chart_of(result: Result, name: str | None = None) -> Chart:
    """The chart of an analysis, by its name where it has several. Raises InputError where it has none."""
    from armsledger.views.charts_analyses import CHARTS

    made = CHARTS.get(result.name)
    if made is None:
        raise InputError(result.name, "has no chart", "its table says all that it has")
    if name is None:
        return next(iter(made.values()))(result)
    if name not in made:
        raise InputError("--drawn", f"{result.name} has no chart {name!r}", f"one of: {', '.join(made)}")
    return made[name](result)


# -- of the ledger ----------------------------------------------------------------------------------------

_DAY = {
    "field": "day",
    "type": "temporal",
    "title": "published",
    "axis": {"format": "%Y-%m-%d", "labelAngle": -30},
    "scale": {"padding": 16},
}
_NUMBERS = {"mark": {"type": "text", "dy": -13, "fontSize": 10}, "encoding": {"text": {"field": "document"}}}
_STAGES = ("considered", "requested", "offered", "negotiated", "approved", "ordered", "delivered", "halted")


def life_chart(whole: WholeDeal) -> Chart:
    """The claims of a deal by stage and day: filled for it, crossed against it, hollow where only possible."""
    rows = []
    for step in whole.status.life.steps:
        for word, told in (
            ("for", step.reached),
            ("possible or planned", (*step.possible, *step.ahead)),
            ("against", step.against),
        ):
            rows += [
                (
                    str(step.stage),
                    one.published or "",
                    word,
                    shortened(one.voice, 40),
                    whole.numbers.get(one.claim.document, ""),
                )
                for one in told
                if one.published
            ]
    if not rows:
        raise InputError(whole.told.deal.id, "has no dated claim to draw", "see the list of its claims")
    deal = whole.told.deal
    title = f"{party_name(deal.supplier)} to {party_name(deal.recipient, 'unnamed')}: {whole.status.word}"
    counted = f"{many(len(rows), 'claim')} in {many(len(whole.told.documents), 'document')}"
    counted += f" of {many(len(whole.origins), 'independent origin')}"
    below = (
        "Each mark is a claim on the day on which its document was published; numbers are those of the documents.",
        f"{counted}, published {span_of(deal.first, deal.last)}.",
    )
    words = ["for", "possible or planned", "against"]
    spec = {
        "height": {"step": 34},
        "encoding": {
            "x": _DAY,
            "y": {"field": "stage", "type": "nominal", "sort": list(_STAGES), "title": None},
        },
        "layer": [
            {
                "mark": {"type": "point", "size": 150, "strokeWidth": 2, "color": INK, "opacity": 1},
                "encoding": {
                    "shape": {
                        "field": "bearing", "type": "nominal", "title": None,
                        "scale": {"domain": words, "range": ["circle", "diamond", "cross"]},
                    },
                    "fill": {
                        "field": "bearing", "type": "nominal", "title": None,
                        "scale": {"domain": words, "range": [ACCENT, "#ffffff", "#ffffff"]},
                    },
                },
            },
            _NUMBERS,
        ],
    }  # fmt: skip
    return Chart(title, below, ("stage", "day", "bearing", "voice", "document"), tuple(rows), spec)


def origins_chart(whole: WholeDeal) -> Chart:
    """The documents of a deal by day, a line an origin: the first one filled."""
    rows = []
    for n, origin in enumerate(whole.origins, 1):
        name = f"{n}. {shortened(origin.name or whole.documents[origin.first].publisher or 'not stated', 34)}"
        rows += [
            (
                name,
                whole.documents[d].published,
                "the first" if d == origin.first else "leads back to it",
                whole.numbers[d],
            )
            for d in origin.documents
            if whole.documents[d].published
        ]
    if not rows:
        raise InputError(whole.told.deal.id, "has no dated document to draw", "see: armsledger origins")
    title = f"{many(len(whole.told.documents), 'document')}, {many(len(whole.origins), 'independent origin')}"
    words = ["the first", "leads back to it"]
    y = {"field": "origin", "type": "nominal", "sort": None, "title": None}
    spec = {
        "height": {"step": 30},
        "encoding": {"y": y, "x": _DAY},
        "layer": [
            {"mark": {"type": "line", "color": SOFT}, "encoding": {"detail": {"field": "origin"}}},
            {
                "mark": {"type": "point", "size": 130, "strokeWidth": 2, "color": INK, "opacity": 1},
                "encoding": {
                    "fill": {
                        "field": "place", "type": "nominal", "title": None,
                        "scale": {"domain": words, "range": [ACCENT, "#ffffff"]},
                    },
                },
            },
            _NUMBERS,
        ],
    }  # fmt: skip
    below = ("One line an origin: a report and the documents that copy, quote or rewrite it.",)
    return Chart(title, below, ("origin", "day", "place", "document"), tuple(rows), spec)


def flows_chart(deals: Iterable[ToldDeal], sentence: str) -> Chart:
    """How many deals run from whom to whom: a dot a pair, its size and number the count."""
    counted = Counter((d.deal.supplier, d.deal.recipient) for d in deals if d.deal.supplier and d.deal.recipient)
    if not counted:
        raise InputError("flows", "no deal names both its supplier and its recipient", "widen the filter")
    most: Sequence[tuple[tuple[str | None, str | None], int]] = counted.most_common(60)
    rows = tuple((party_name(s), party_name(r), n) for (s, r), n in most)
    (first, count), total = most[0], sum(counted.values())
    title = f"{party_name(first[0])} to {party_name(first[1])}: {many(count, 'deal')} of {total:,}"
    axis = {"type": "nominal", "sort": None}
    spec = {
        "height": {"step": 24},
        "encoding": {
            "x": {"field": "recipient", "title": "recipient", "axis": {"labelAngle": -45}, **axis},
            "y": {"field": "supplier", "title": "supplier", **axis},
        },
        "layer": [
            {
                "mark": {"type": "circle", "color": SOFT, "opacity": 0.6},
                "encoding": {
                    "size": {"field": "deals", "type": "quantitative", "legend": None, "scale": {"range": [120, 420]}}
                },
            },
            {"mark": {"type": "text", "fontSize": 11, "color": INK}, "encoding": {"text": {"field": "deals"}}},
        ],
    }
    below = (
        f"Number of deals, neither pieces nor money. {sentence[:1].upper()}{sentence[1:]}.",
        f"The {len(rows)} most frequent of {len(counted)} pairs."
        if len(counted) > len(rows)
        else f"{len(counted)} pairs.",
    )
    return Chart(title, below, ("supplier", "recipient", "deals"), rows, spec)
