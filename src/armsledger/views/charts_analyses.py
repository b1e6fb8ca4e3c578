"""The charts of analyses: each takes a result and says its finding in the title, unit, n, vintage and limit below.

What is drawn is what the result's tables and data have; nothing is worked out anew. What a band is of is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from armsledger.errors import InputError
from armsledger.views.charts import ACCENT, INK, SOFT, Chart
from armsledger.views.names import party_name

if TYPE_CHECKING:
    from armsledger.analyses.result import Result

_MOST = 20  # recipients and members that a picture has room for


def _below(result: Result, unit: str) -> tuple[str, ...]:
    counted = ", ".join(f"{n:,} {what}" for what, n in result.n)
    return (unit, f"{counted}. Data: {result.vintage or result.as_of or 'as in the ledger'}.", result.limit)


def shares(result: Result) -> Chart:
    """Shares of partners: bars for the window, ticks for the one before."""
    table = result.tables[0]
    told = [(str(r[0]), float(r[2] or 0), float(r[3] or 0)) for r in table.rows]
    rows = tuple((name, now, before, f"{now:.1f}", max(now, before)) for name, now, before in told)
    y = {"field": "partner", "type": "nominal", "sort": None, "title": None}
    x = {"type": "quantitative", "title": "share of the volume, per cent (bar: this window; tick: the one before)"}
    spec = {
        "height": {"step": 22},
        "encoding": {"y": y},
        "layer": [
            {"mark": {"type": "bar", "color": ACCENT, "height": 13}, "encoding": {"x": {"field": "share", **x}}},
            {
                "mark": {"type": "tick", "color": INK, "thickness": 2.5, "size": 20},
                "encoding": {"x": {"field": "before", "type": "quantitative"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "color": INK},
                "encoding": {"x": {"field": "end", "type": "quantitative"}, "text": {"field": "label"}},
            },
        ],
    }
    return Chart(
        result.answer[0],
        _below(result, table.title + ", TIV"),
        ("partner", "share", "before", "label", "end"),
        rows,
        spec,
    )


def waiting(result: Result) -> Chart:
    """The share of orders, notices or requests that still wait for a first delivery, with its band."""
    steps = result.data.get("curve", [])
    if not steps:
        raise InputError(result.name, "has no curve to draw: there are too few deals", "its tables have the counts")
    begin = result.data.get("from", "order")
    rows = tuple((s["years"], 100 * s["waiting"], 100 * s["low"], 100 * s["high"]) for s in steps)
    first = (0.0, 100.0, 100.0, 100.0)
    rows = rows if rows[0][0] == 0 else (first, *rows)
    title = {"title": "still without a delivery, per cent"}
    scale = {"scale": {"domain": [0, 100]}}
    spec = {
        "height": 280,
        "encoding": {
            "x": {
                "field": "years",
                "type": "quantitative",
                "title": f"years since the {begin}",
                "scale": {"nice": False},
            }
        },
        "layer": [
            {
                "mark": {"type": "area", "interpolate": "step-after", "color": SOFT, "opacity": 0.35},
                "encoding": {"y": {"field": "low", "type": "quantitative", **title, **scale}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "interpolate": "step-after", "color": INK},
                "encoding": {"y": {"field": "waiting", "type": "quantitative"}},
            },
        ],
    }
    told = f"Line: the share that still waits; grey: its {result.data.get('band', 'band')}"
    told += f"; seen until {result.data['censored']}" if "censored" in result.data else ""
    return Chart(result.answer[0], _below(result, told), ("years", "waiting", "low", "high"), rows, spec)


def backlog(result: Result) -> Chart:
    """How many deals of each recipient wait for a first delivery, and for how long: half of them, and the oldest."""
    held = result.data.get("backlog", [])
    if not held:
        raise InputError(result.name, "has nothing that waits to draw", "its tables have the counts")
    shown = held[:_MOST]
    rows = tuple((str(b["recipient"]), float(b["half"]), float(b["oldest"]), f"{b['open']:,}") for b in shown)
    count = sum(b["open"] for b in held)
    oldest = max(b["oldest"] for b in held)
    step = {"order": "ordered", "notification": "notified", "request": "requested"}[result.data.get("from", "order")]
    one = f"{count:,} deals to {len(held):,} recipients are {step} and without any delivery"
    title = f"{one}; the oldest for {oldest:.0f} years"
    spec = {
        "height": {"step": 22},
        "encoding": {"y": _names("recipient")},
        "layer": [
            {
                "mark": {"type": "rule", "color": SOFT, "strokeWidth": 3},
                "encoding": {
                    "x": {"field": "half", "type": "quantitative", "title": f"years since they were {step}"},
                    "x2": {"field": "oldest"},
                },
            },
            _points("half", filled=True),
            _points("oldest", filled=False),
            {
                "mark": {"type": "text", "align": "left", "dx": 10, "color": INK},
                "encoding": {"x": {"field": "oldest", "type": "quantitative"}, "text": {"field": "deals"}},
            },
        ],
    }
    told = "Filled: half are older; hollow: the oldest; number: how many deals wait"
    told += f"; by {result.data['censored']}" if "censored" in result.data else ""
    told += f"; the {len(rows)} recipients with most" if len(held) > len(rows) else ""
    return Chart(title, _below(result, told), ("recipient", "half", "oldest", "deals"), rows, spec)


def bands(result: Result) -> Chart:
    """Where models of a deal would settle: 5, 50 and 95 % of the draws on the card's scale."""
    table = next(t for t in result.tables if t.title == "Where it would settle")
    rows = tuple((str(r[0]), r[1], r[2], r[3]) for r in table.rows)
    y = {"field": "model", "type": "nominal", "sort": None, "title": None}
    spec = {
        "height": {"step": 34},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 5, "color": SOFT},
                "encoding": {
                    "x": {
                        "field": "low",
                        "type": "quantitative",
                        "title": "place on the card's scale (5, 50 and 95 % of draws)",
                    },
                    "x2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110, "color": INK},
                "encoding": {"x": {"field": "middle", "type": "quantitative"}},
            },
        ],
    }
    title = next((line for line in result.answer if "adds nothing" in line), result.answer[-1])
    below = _below(result, f"MODEL, no fact. {result.question}")
    return Chart(title, below, ("model", "low", "middle", "high"), rows, spec)


def imports(result: Result) -> Chart:
    """What came to each party by window: the window of the question filled, those before hollow."""
    held = result.data.get("imports", [])
    if not held:
        raise InputError(result.name, "has no imports to draw: no register was read", "armsledger import sipri FILE")
    windows = [str(row["window"]) for row in held]
    volumes = {code: [float(row[code]) for row in held] for code in held[0] if code != "window"}
    shown = sorted((code for code in volumes if any(volumes[code])), key=party_name)[:_MOST]
    rows = tuple(
        (party_name(code), window, volumes[code][n], f"{n + 1}. {window}")
        for code in shown
        for n, window in enumerate(windows)
    )
    title = next(line for line in result.answer if line.startswith("Imports by volume")).split(";")[0]
    names = [f"{n + 1}. {window}" for n, window in enumerate(windows)]
    spec = {
        "height": {"step": 26},
        "encoding": {
            "y": _names("party"),
            "x": {"field": "volume", "type": "quantitative", "title": "million TIV delivered", "scale": {"zero": True}},
        },
        "layer": [
            {"mark": {"type": "line", "color": SOFT}, "encoding": {"detail": {"field": "party"}}},
            {
                "mark": {"type": "point", "size": 110, "strokeWidth": 2, "color": INK, "opacity": 1},
                "encoding": {
                    "shape": {
                        "field": "order", "type": "nominal", "title": None,
                        "scale": {"domain": names, "range": ["circle", "square", "triangle-up"][: len(names)]},
                    },
                    "fill": {
                        "field": "order", "type": "nominal", "title": None,
                        "scale": {"domain": names, "range": [ACCENT, "#ffffff", "#ffffff"][: len(names)]},
                    },
                },
            },
        ],
    }  # fmt: skip
    below = _below(result, "Trend-indicator values (TIV), a volume and no money; parties in the order of their names")
    return Chart(f"{title}.", below, ("party", "window", "volume", "order"), rows, spec)


def spending(result: Result) -> Chart:
    """Spending of each party, a panel a unit, the first year of each as 100."""
    held = result.data.get("spending", [])
    if not held:
        raise InputError(result.name, "has no spending to draw: no series was given", "--spending FILE --unit NAME")
    rows = tuple(row for one in held for row in _indexed(one))
    ends = [_change(one) for one in held]
    names = list(dict.fromkeys(row[1] for row in rows))
    dashes = [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [1, 3], [4, 1]]
    kinds = {"domain": names, "range": [dashes[n % len(dashes)] for n in range(len(names))]}
    line = {
        "mark": {"type": "line", "color": INK},
        "encoding": {
            "x": {
                "field": "year",
                "type": "quantitative",
                "title": None,
                "axis": {"format": "d"},
                "scale": {"zero": False},
            },
            "y": {"field": "index", "type": "quantitative", "title": "first year = 100"},
            "strokeDash": {"field": "party", "type": "nominal", "title": None, "scale": kinds},
        },
        "width": 560,
        "height": 170,
    }
    facet = {"row": {"field": "unit", "type": "nominal", "title": None, "header": {"labelOrient": "top"}, "sort": None}}
    spec = {"facet": facet, "spec": line, "resolve": {"scale": {"y": "independent", "x": "independent"}}}
    below = _below(
        result, "One panel a unit, each line against its own first year; units are not set against each other"
    )
    return Chart("; ".join(ends), below, ("unit", "party", "year", "index"), rows, spec, faceted=True)


def _amounts(one: Mapping[str, Any]) -> dict[str, dict[int, float]]:
    """The amounts of each party by year, of two states (with ``years``) or of a region (each with its own)."""
    parties = {key: value for key, value in one.items() if key not in ("unit", "years")}
    if "years" in one:
        return {code: dict(zip(one["years"], amounts, strict=True)) for code, amounts in parties.items()}
    return {code: {int(year): amount for year, amount in own.items()} for code, own in parties.items() if own}


def _indexed(one: Mapping[str, Any]) -> Iterator[tuple[str, str, int, float]]:
    for code, own in _amounts(one).items():
        base = own[min(own)]
        if base > 0:
            yield from ((str(one["unit"]), party_name(code), year, 100 * own[year] / base) for year in sorted(own))


def _change(one: Mapping[str, Any]) -> str:
    """``US dollars: India × 3.2 (1990-2013), Pakistan × 2.1 (1990-2013)``."""
    told = []
    for code, own in list(_amounts(one).items())[:3]:
        first, last = min(own), max(own)
        if own[first] > 0:
            told.append(f"{party_name(code)} × {own[last] / own[first]:.1f} ({first}-{last})")
    return f"{one['unit']}: {', '.join(told)}"


def rates(result: Result) -> Chart:
    """Shares that came so far, with Wilson's interval, and where they would end if all that are open came, too."""
    table = next((t for t in result.tables if any(c.name == "At most" for c in t.columns)), None)
    if table is None or not any(row[3] is not None for row in table.rows):
        raise InputError(
            result.name, "has no rate to draw: there are fewer than ten deals", "its tables have the counts"
        )
    rows = tuple((str(r[0]), r[3], r[4], r[5], r[7], f"{r[1]} of {r[2]}") for r in table.rows if r[3] is not None)
    x = {"type": "quantitative", "scale": {"domain": [0, 100]}}
    spec = {
        "height": {"step": 34},
        "encoding": {"y": _names("step")},
        "layer": [
            {
                "mark": {"type": "rule", "strokeDash": [2, 3], "color": INK},
                "encoding": {"x": {"field": "share", **x, "title": "per cent"}, "x2": {"field": "most"}},
            },
            {
                "mark": {"type": "rule", "strokeWidth": 6, "color": SOFT, "opacity": 0.7},
                "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            _points("share", filled=True),
            {
                "mark": {"type": "tick", "color": INK, "thickness": 2, "size": 16},
                "encoding": {"x": {"field": "most", **x}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "dy": -11, "color": INK, "fontSize": 10},
                "encoding": {"x": {"field": "share", **x}, "text": {"field": "label"}},
            },
        ],
    }
    told = "Point: share; grey: Wilson's 95 % interval; dotted to the tick: if all that are undetermined came, too"
    below = _below(result, told)
    return Chart(result.answer[0], below, ("step", "share", "low", "high", "most", "label"), rows, spec)


def calibration(result: Result) -> Chart:
    """Forecasts of about the same size against what came; on the line they were right."""
    bins = result.data.get("bins", [])
    if not bins:
        raise InputError(result.name, "has no scored forecast to draw", "armsledger forecast resolve")
    rows = tuple(
        (
            100 * b["foretold"],
            100 * b["came"] / b["forecasts"],
            100 * b["low"],
            100 * b["high"],
            f"{b['forecasts']:.0f}",
        )
        for b in bins
    )
    x = {"field": "foretold", "type": "quantitative", "title": "foretold, per cent", "scale": {"domain": [0, 100]}}
    y = {"type": "quantitative", "title": "came, per cent", "scale": {"domain": [0, 100]}}
    ends = [{"foretold": 0, "came": 0}, {"foretold": 100, "came": 100}]
    spec = {
        "height": 360, "width": 360,
        "encoding": {"x": x},
        "layer": [
            {
                "data": {"values": ends},
                "mark": {"type": "line", "strokeDash": [4, 4], "color": SOFT},
                "encoding": {"y": {"field": "came", **y}},
            },
            {
                "mark": {"type": "rule", "color": SOFT, "strokeWidth": 3},
                "encoding": {"y": {"field": "low", **y}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110, "color": INK},
                "encoding": {"y": {"field": "came", **y}},
            },
            {
                "mark": {"type": "text", "dx": 12, "align": "left", "color": INK, "fontSize": 10},
                "encoding": {"y": {"field": "came", **y}, "text": {"field": "label"}},
            },
        ],
    }  # fmt: skip
    told = "Point: the share that came, of so many forecasts; grey: Wilson's 95 % interval; dashed: foretold as it came"
    return Chart(
        " ".join(result.answer[:2]), _below(result, told), ("foretold", "came", "low", "high", "label"), rows, spec
    )


# -- parts ------------------------------------------------------------------------------------------------


def _names(field: str) -> dict[str, Any]:
    return {"field": field, "type": "nominal", "sort": None, "title": None}


def _points(field: str, *, filled: bool) -> dict[str, Any]:
    mark = {
        "type": "point",
        "filled": filled,
        "size": 80,
        "color": INK,
        "opacity": 1,
        "fill": INK if filled else "#ffffff",
    }
    return {"mark": mark, "encoding": {"x": {"field": field, "type": "quantitative"}}}


CHARTS: dict[str, dict[str, Callable[[Result], Chart]]] = {
    "dependence": {"shares": shares},
    "leadtime": {"waiting": waiting, "backlog": backlog},
    "feasibility": {"bands": bands},
    "balance": {"imports": imports, "spending": spending},
    "conversion": {"rates": rates},
    "precedents": {"rates": rates},
    "forecasts": {"calibration": calibration},
}
"""The charts of each analysis by name, the one that is drawn unless another is named first."""
