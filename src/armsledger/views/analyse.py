"""``armsledger analyse``: one question, one answer, its inputs and how little it proves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from armsledger.errors import InputError

if TYPE_CHECKING:
    from armsledger.analyses.result import Cell, Column, Result, Table

# name -> (module that has it as ``command``, what it answers)
ANALYSES: dict[str, tuple[str, str]] = {
    "dependence": (
        "armsledger.views.analyse_dependence",
        "Where do a state's arms imports come from, and how concentrated?",
    ),
    "feasibility": (
        "armsledger.views.analyse_feasibility",
        "Could a deal of several parties come about, by a card's positions?",
    ),
    "leadtime": ("armsledger.views.analyse_leadtime", "How long from order to delivery, and how many still wait?"),
    "conversion": ("armsledger.views.analyse_conversion", "Of notified sales, how many were contracted and delivered?"),
    "precedents": ("armsledger.views.analyse_precedents", "How far did the comparable earlier deals come?"),
    "retransfer": ("armsledger.views.analyse_retransfer", "What bears on a system being passed on, by what is told?"),
    "balance": ("armsledger.views.analyse_balance", "What do two states import and spend, and what restrains them?"),
    "forecasts": ("armsledger.views.analyse_forecasts", "How good were the probabilities of dated questions?"),
    "sanctions": ("armsledger.views.analyse_sanctions", "Which embargoes and listings bore on a transfer on a day?"),
}

_DRAWN = "armsledger.drawn"  # under which the context keeps which chart is asked for

_FORM = (
    click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="For people, or one JSON object.",
    ),
    click.option("--chart", metavar="FILE", help="Draw it as well: .svg, .png or .json."),
    click.option(
        "--drawn",
        metavar="NAME",
        expose_value=False,
        callback=lambda ctx, _, name: ctx.meta.__setitem__(_DRAWN, name),
        help="Which of its charts, where it has several, such as backlog or spending.",
    ),
)
Command = TypeVar("Command", bound=Callable[..., Any])


def result_format(command: Command) -> Command:
    """Adds the form of the answer, and a chart of it, to an analysis."""
    for option in reversed(_FORM):
        command = option(command)
    return command


class Analyses(click.Group):
    """The analyses, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (Click's signature)
        """The names, in the order of the table."""
        return list(ANALYSES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 (as above)
        """The command of that name, or None."""
        if name not in ANALYSES:
            return None
        from importlib import import_module

        command: click.Command = import_module(ANALYSES[name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (as above)
        """Writes the list of analyses without loading any."""
        with formatter.section("Analyses"):
            formatter.write_dl([(name, told) for name, (_, told) in ANALYSES.items()])


@click.group(cls=Analyses)
def command() -> None:
    """Answer one question from the ledger, with inputs, method and limits.

    Every answer says what it was counted from, as of when, what is unknown, and how little it proves.

    \b
    Examples:
      armsledger analyse --help
    """


def show_result(result: Result, form: str, chart: str | None = None) -> None:
    """Prints a result for people, or as one JSON object; draws it where a file is named for that."""
    drawn = click.get_current_context().meta.get(_DRAWN)
    if chart is not None:
        from armsledger.views.charts import chart_of, write_chart

        write_chart(chart_of(result, drawn), chart)
    elif drawn is not None:
        raise InputError("--drawn", "says which chart, and none is drawn", "name its file: --chart FILE")
    if form == "json":
        import json

        click.echo(json.dumps(result_told(result), ensure_ascii=False))
        return
    from armsledger.views import terminal

    shown = terminal.console()
    terminal.show(shown, terminal.text(result.question, "bold"))
    if result.method.model:
        terminal.show(shown, terminal.text("What follows is a model's, and no fact."))
    for line in result.answer:
        terminal.show(shown, terminal.grid([("·", line)]))
    for table in result.tables:
        _show_table(table)
    click.echo()
    terminal.show(shown, terminal.grid(_foot(result)))


def result_told(result: Result) -> dict[str, Any]:
    """The result as JSON; decimals as text, so that none is changed."""
    return {
        "analysis": result.name,
        "question": result.question,
        "answer": list(result.answer),
        "limit": result.limit,
        "as_of": result.as_of,
        "vintage": result.vintage,
        "n": dict(result.n),
        "unknown": list(result.unknown),
        "method": {
            "told": result.method.told,
            "source": result.method.source,
            "model": result.method.model,
            "inputs": dict(result.method.inputs),
            "seed": result.method.seed,
            "version": result.method.version,
        },
        "tables": [_table_told(table) for table in result.tables],
        "data": _plainly(result.data),
    }


def _table_told(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [{"name": c.name, "unit": c.unit} for c in table.columns],
        "rows": [[_plainly(cell) for cell in row] for row in table.rows],
        "notes": list(table.notes),
        "evidence": [list(ids) for ids in table.evidence],
    }


def _plainly(value: Any) -> Any:
    """A value as JSON can hold it: decimals as text, tuples as lists, what has no number (NaN, infinite) as null."""
    from decimal import Decimal
    from math import isfinite

    if isinstance(value, dict):
        return {str(key): _plainly(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plainly(held) for held in value]
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else None
    if isinstance(value, float) and not isfinite(value):
        return None
    return value


# -- for people -------------------------------------------------------------------------------------------


def _foot(result: Result) -> Iterator[tuple[str, str]]:
    """What must be said below every answer, as labels and words."""
    yield "Limit", result.limit
    yield "Data as of", result.as_of or result.vintage or "all documents"
    yield "Vintage", result.vintage or "no register was asked"
    yield "Counted", ", ".join(f"{n:,} {what}" for what, n in result.n) or "nothing"
    yield from (("Unknown", line) for line in result.unknown or ("nothing is known to have been left out",))
    yield "Method", f"{result.method.told} ({result.method.source})"
    if result.method.inputs:
        yield "Inputs", "; ".join(f"{name} {told}" for name, told in result.method.inputs)
    if result.method.seed is not None:
        yield "Seed", str(result.method.seed)


def _show_table(table: Table) -> None:
    from armsledger.views import terminal

    shown = terminal.console()
    heads = [f"{c.name} ({c.unit})" if c.unit else c.name for c in table.columns]
    numbers = [
        head for place, head in enumerate(heads) if any(not isinstance(row[place], str | None) for row in table.rows)
    ]
    made = terminal.table(*heads, right=numbers)
    for row in table.rows:
        made.add_row(*(terminal.text(_cell(c, column)) for c, column in zip(row, table.columns, strict=True)))
    click.echo()
    terminal.show(shown, terminal.text(table.title, "bold"))
    terminal.show(shown, made if table.rows else terminal.text("None."))
    for note in table.notes:
        terminal.show(shown, terminal.text(note))


def _cell(value: Cell, column: Column) -> str:
    """A cell as a person reads it; what is unknown says so."""
    if value is None:
        return "unknown"
    if isinstance(value, str):
        return value
    if column.decimals is not None:
        return f"{value:,.{column.decimals}f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
