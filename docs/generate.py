"""Makes the reference pages that repeat what the code says, so that they cannot say anything else.

    python docs/generate.py            writes the pages
    python docs/generate.py --check    names those that are out of date; exit code 1 where there are any
    python docs/generate.py --images   makes the pictures again from real output

Every page is a function from nothing to text; ``PAGES`` is the list of them.
"""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING, fields
from functools import cached_property
from html import escape
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import click

import armsledger
from armsledger import errors
from armsledger.ledger import CONDITIONS, schema
from armsledger.lexicon import entries
from armsledger.views import exits
from armsledger.views.cli import cli

DOCS = Path(__file__).resolve().parent
SOURCE = Path(armsledger.__file__).resolve().parent
_MADE = "<!-- Made by docs/generate.py from the code. Change the code, then run: python docs/generate.py -->"
_WIDTH = 80


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", _MADE, *(part.strip("\n") for part in parts if part.strip())]) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _block(text: str) -> str:
    return f"```\n{text.rstrip()}\n```"


# -- commands ---------------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name, groups before what they hold."""

    def below(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        yield name, command
        if isinstance(command, click.Group):
            context = click.Context(command, info_name=name)
            for part in command.list_commands(context):
                found = command.get_command(context, part)
                assert found is not None
                yield from below(f"{name} {part}", found)

    return below("armsledger", cli)


def help_of(name: str, command: click.Command) -> str:
    """What ``--help`` prints, at a fixed width."""
    context: click.Context | None = None
    for word in name.split()[:-1]:
        context = click.Context(cli, info_name=word, parent=context)
    settings = cli.context_settings
    last = click.Context(command, info_name=name.split()[-1], parent=context, terminal_width=_WIDTH, **settings)
    return command.get_help(last)


ENDS = {
    exits.DONE: "done",
    exits.NOTHING: "nothing found where one thing was asked for",
    exits.BAD_INPUT: "bad input: something named could not be read, or a ledger could not be used",
    exits.FAULT: f"a fault of the program itself; please report it (`{exits.SHOW_FAULTS}=1` shows where)",
    exits.INTERRUPTED: "interrupted (Ctrl-C); the ledger holds whole documents only",
    exits.PIPE_CLOSED: "whoever read the output has gone",
}


def cli_page() -> str:
    """All commands with their help, and what a run ends with."""
    parts = ["Every command has `--help`.", "`--format jsonl` prints one JSON object a line and is meant for programs."]
    for name, command in commands():
        parts += [f"## {name}", _block(help_of(name, command))]
    told = [(str(code), meaning) for code, meaning in ENDS.items()]
    parts += ["## Exit codes", _table(("code", "meaning"), told)]
    return _page("Commands", *parts)


# -- tables of the ledger ---------------------------------------------------------------------------------


def schema_page() -> str:
    """Every table and column with its comment."""
    parts = [
        (
            "A ledger is one SQLite file, or a schema of a "
            "[PostgreSQL](../how-to/keep-a-ledger-in-postgresql.md) database.\n"
            "Its content is a set: no row says when or in which order it was written."
        ),
        (
            "You may read it with any program that reads SQLite or PostgreSQL.\n"
            "Do not write to it with another program: what armsledger checks would go unchecked."
        ),
    ]
    kept = {table.name for table in schema.KEPT}
    for name, table in schema.metadata.tables.items():
        rows = [(f"`{c.name}`", c.type.__class__.__name__.lower(), _key(c), c.comment or "") for c in table.columns]
        note = "Rows are added and never changed or removed; the database refuses both." if name in kept else ""
        if table in schema.DERIVED:
            note = "Worked out from the others: it may be emptied and made again."
        parts += [f"## {name}", table.comment or "", note, _table(("column", "type", "", "what it holds"), rows)]
    indexed = [(f"`{i.name}`", ", ".join(f"`{c.name}`" for c in i.columns)) for i in schema.INDEXES]
    parts += ["## Indexes", "They make questions faster and hold nothing.", _table(("index", "columns"), indexed)]
    return _page("The ledger's tables", *parts)


def _key(column: object) -> str:
    marks = []
    if getattr(column, "primary_key", False):
        marks.append("key")
    marks += [f"→ {key.target_fullname}" for key in getattr(column, "foreign_keys", ())]
    return ", ".join(marks) or ("may be null" if getattr(column, "nullable", False) else "")


# -- errors -----------------------------------------------------------------------------------------------


def errors_page() -> str:
    """The tree of errors, and each of them in a sentence."""
    drawn = (errors.__doc__ or "").split("\n\n")[1]
    rows = []
    for name, kind in vars(errors).items():
        if inspect.isclass(kind) and issubclass(kind, errors.ArmsledgerError):
            above = kind.__base__.__name__ if kind.__base__ else ""
            rows.append((f"`{name}`", f"`{above}`", (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ")))
    return _page(
        "Errors",
        "Every error that armsledger raises on purpose is one of these.\n"
        "The command line prints it as one line on standard error, with what was found and what to do.",
        _block(dedent(drawn)),
        _table(("error", "is a", "meaning"), rows),
        "A run that ends with one of these has [exit code](cli.md#exit-codes) 2, "
        "or 1 where one thing was asked for and is not there.",
    )


# -- the lexicon ------------------------------------------------------------------------------------------

_ENTRIES = {
    "parties": entries.PartyEntry,
    "systems": entries.SystemEntry,
    "makers": entries.MakerEntry,
    "offices": entries.OfficeEntry,
    "outlets": entries.OutletEntry,
    "currencies": entries.CurrencyEntry,
}
_OF_KIND = {"parties": "kind", "systems": "register", "offices": "kind", "outlets": "kind"}


def lexicon_page() -> str:
    """How many entries of which kind there are, and the fields of each."""
    book = entries.load_compiled()
    counts = [(name, f"{len(getattr(book, name)):,}") for name in _ENTRIES]
    parts = [
        (
            "Look a name up with `armsledger lexicon find NAME`.\n"
            "The [lexicon's README](../../src/armsledger/lexicon/README.md) explains strong and weak names.\n"
            "The facts are CC0."
        ),
        "## Entries",
        _table(("subject", "entries"), counts),
    ]
    for name, kind in _ENTRIES.items():
        parts.append(f"## {name}")
        parts.append((inspect.getdoc(kind) or "").replace("\n", " "))
        if name in _OF_KIND:
            found = Counter(getattr(entry, _OF_KIND[name]) or "none" for entry in getattr(book, name))
            head = "UN Register" if name == "systems" else "kind"
            parts.append(_table((head, "entries"), [(k, f"{n:,}") for k, n in sorted(found.items())]))
        parts.append(_table(("field", "form", ""), _fields(kind)))
    return _page("The lexicon", *parts)


def _fields(kind: type[object]) -> Iterator[tuple[str, str, str]]:
    forms = {"str": "text", "str | None": "text", "tuple[str, ...]": "list of texts"}
    forms |= {"bool | None": "true or false; left out where not known"}
    forms |= {"int | None": "year", "tuple[Variant, ...]": "list of variants"}
    for field in fields(kind):  # type: ignore[arg-type]
        needed = "needed" if field.default is MISSING else ""
        yield f"`{field.name.rstrip('_')}`", forms[str(field.type)], needed


# -- filters ----------------------------------------------------------------------------------------------


def filters_page() -> str:
    """Every filter, how it is said in words, and which commands take it."""
    rows = []
    for condition in CONDITIONS:
        option = condition.key.replace("_", "-")
        takers = [
            name.removeprefix("armsledger ")
            for name, command in commands()
            if any(condition.key == p.name for p in command.params) and not isinstance(command, click.Group)
        ]
        given = ", ".join(f"`{t}`" for t in takers) or "Python only"
        choices = ", ".join(str(c) for c in condition.choices) if condition.choices else ""
        shown = f"`--{option}`" if takers else f"`{condition.key}`"
        rows.append((shown, condition.of, condition.english.format("…"), choices, given))
    return _page(
        "Filters",
        "A filter asks something of claims or of the documents that they stand in.\n"
        "Several filters are joined by *and*.\n"
        "Every list says above its rows in words what was asked.",
        _table(("filter", "looks at", "in words", "values", "taken by"), rows),
        "## Dates\n\n"
        "Dates are those of publication, as precise as they are known: `2025`, `2025-10` or `2025-10-01`, inclusive.\n"
        "A document passes where it was *certainly* published within the dates.\n"
        "One dated `2025` does not pass `--since 2025-03-01`, and one without a date passes no date filter.\n"
        "The lists say how many were left out so.\n"
        "`--as-of` shows everything as it stood then: only documents published by that day count.",
        "## Names\n\n"
        "`--supplier`, `--recipient`, `--party` and `--system` take a code, an id or any name of the lexicon.\n"
        "Case, accents, hyphens and blanks do not count.\n"
        "A name with several meanings is refused, and its meanings are listed.\n"
        "`--speaker` and `--publisher` match whole and exactly as the claim or the document has them.\n"
        "`--text` matches quotes that have all of the words, whatever the case.",
        "## What a filter selects\n\n"
        "A deal is shown whole when any of its claims passes, so that no filter hides the other side of a story.\n"
        "Only `--as-of` takes claims out of a deal.",
    )


# -- silences ---------------------------------------------------------------------------------------------

SILENCES = {
    "news: kept as a document, not read for claims by this version": (
        "The document is neither a notice nor a contract announcement. It is in the ledger, with title, date and "
        "publisher."
    ),
    "no wording of a sale notice": "The document was told to be a notice, but has no known wording of one.",
    "a correction without readable content": "A notice that only announces a correction of another one.",
    "a notice without a recipient": "A notice that names no buyer that the lexicon knows.",
    "a row that cannot be read": (
        "A row of a register without the cells that it should have. `armsledger import` lists each with its line."
    ),
    "a register whose date is not known: import it": (
        "A register that does not say when it was made. `armsledger import` takes the date with `--vintage`."
    ),
    "a register of a layout that is not known": "A document that was kept as a register and is none of those known.",
    "heading": "A line of a contract announcement that names an agency.",
    "no sum of money": "A paragraph of a contract announcement without a sum.",
    "no contractor": "A paragraph with a sum that announces no award.",
    "no foreign customer": "An award that involves no foreign buyer. It is read, and it is no transfer.",
    "no sum that can be read": "An award to a foreign buyer whose sum could not be read.",
    "no word of arms and of a transfer": "News only: nothing in it speaks of arms and of handing them over.",
    "arms are spoken of, no transfer is told": "News only: arms are named, but nobody is said to hand any over.",
    "a page that was not taken apart": (
        "News only: nothing in the visible words of the page tells of a transfer of arms, so that its article was not "
        "looked for. The document has the visible words, and says so under `skipped`."
    ),
    "a paragraph in a language that is not read": "News only: a paragraph of an English text in another language.",
    "more items in one sentence than are read": (
        "News only: a sentence that speaks of so many items is a list; it is read in part."
    ),
    "news in a language that is not read": "News only: it is not in English, and is never half-read as if it were.",
    "model: no transfer told": "Model only: it was asked about the passage and gave no record that could be kept.",
    "model: an open request, not answered yet": "The replay file has no answer to this passage.",
    "model: not asked, the budget is spent": "What `--budget` allows was used up before this passage.",
    "model: no answer in time": "The endpoint stayed silent for longer than `--answer-wait`, each time it was asked.",
    "model: the endpoint's rate limit": "The endpoint asked to slow down, each time it was asked.",
    "model: the answer was cut": "The answer was longer than the endpoint lets answers be, so none of it was taken.",
    "model: an answer of another form": "The answer was no JSON of the form that was asked for.",
    "model: the endpoint does not take the request": "The endpoint took no form of the request, often for its length.",
    "model: a fault of the endpoint": "The endpoint answered with an error of its own.",
    "model: the connection was lost": "The endpoint answered before and could not be reached any more.",
}


def reasons_in_code() -> set[str]:
    """The reasons that the readers give, taken from their source."""
    found: set[str] = set()
    for path in sorted((SOURCE / "claims").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found.update(_strings(_reasons(node)))
    return found


def _reasons(node: ast.AST) -> Iterator[ast.expr]:
    """Where a reason can stand: in a silence that is made, in what tells why, or under the name of a reason."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Silence", "_silent"):
        for argument in node.args:
            yield from _outcomes(argument)
    elif isinstance(node, ast.FunctionDef) and re.search(r"silent|why", node.name):
        for given in ast.walk(node):
            if isinstance(given, ast.Return) and given.value is not None:
                yield from _outcomes(given.value)
    elif isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "reason" for target in node.targets):
        yield from _outcomes(node.value)


def _outcomes(value: ast.expr) -> Iterator[ast.expr]:
    """What a returned expression can be: both sides of a conditional one."""
    if isinstance(value, ast.IfExp):
        yield from _outcomes(value.body)
        yield from _outcomes(value.orelse)
    else:
        yield value


def _strings(nodes: Iterable[ast.expr]) -> Iterator[str]:
    return (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def silences_page() -> str:
    """Why passages gave no claim. Raises ValueError where the code has a reason that is not explained here."""
    unexplained = reasons_in_code() - SILENCES.keys()
    if unexplained:
        raise ValueError(f"docs/generate.py does not explain these reasons: {sorted(unexplained)}")
    given = [(f"`{reason}`", meaning) for reason, meaning in SILENCES.items() if reason in reasons_in_code()]
    return _page(
        "Silences",
        "A silence is a passage that gave no claim, with the reason.\n"
        "`armsledger read` counts them by reason, so that nothing is passed over unseen.\n"
        "A silence says nothing about the world: it says that this program found nothing to record.",
        _table(("reason", "meaning"), given),
        "## Refusals\n\n"
        "A claim whose quote does not stand in the document where it says is refused by the gate and counted.\n"
        "From the rules, `Refused by the gate: 0 claims.` is what you should see.\n"
        "Anything else is a fault of a reader: please report it with the document.\n"
        "A model invents now and then; what of it is refused is listed by reason.\n"
        "A *slot* is a number, date, condition or side without words that say it: the claim is kept without it.",
        "## Not read within documents\n\n"
        "Readers' comments, captions and page furniture are kept in the text and never read for claims.\n"
        "Parts of a document that could not be read are listed under `skipped` in the "
        "[reading format](reading-format.md).",
    )


# -- Python names -----------------------------------------------------------------------------------------


_ROOMS = ("sources", "documents", "claims", "deals", "ledger")

# Names whose value has no docstring of its own.
VALUES = {
    "armsledger.__version__": "The version of the program, for example `0.1.0`.",
    "armsledger.deals.ORDER": "The stages in the order in which a transfer passes through them.",
    "armsledger.ledger.CONDITIONS": "The table of [filters](filters.md).",
}


def public_names() -> Iterator[tuple[str, str, str]]:
    """Every public name: its room, itself, and what it is in a sentence."""
    for module in (armsledger, *(import_module(f"armsledger.{room}") for room in _ROOMS)):
        for name in module.__all__:
            told = VALUES.get(f"{module.__name__}.{name}") or inspect.getdoc(getattr(module, name)) or ""
            yield module.__name__, name, told.split("\n\n")[0].replace("\n", " ")


def _given() -> Iterator[str]:
    """The members of a ledger that is asked in Python, and of what it gives."""
    told = import_module("armsledger.views.notebook")
    for name in ("Ledger", "Deals", "Deal", "Value", "Claims", "Claim", "Documents", "Document", "Collection"):
        kind = getattr(told, name)
        members = [
            (f"`{member}`", (inspect.getdoc(getattr(kind, member)) or "").split("\n\n")[0].replace("\n", " "))
            for member, held in vars(kind).items()
            if not member.startswith("_")
            and (callable(held) or isinstance(held, property | classmethod | cached_property))
        ]
        yield f"### {name}\n\n{(inspect.getdoc(kind) or '').split(chr(10) + chr(10))[0].replace(chr(10), ' ')}"
        if members:
            yield _table(("member", "what it gives"), members)


def python_page() -> str:
    """Every public name."""
    parts = []
    for room in ("armsledger", *(f"armsledger.{room}" for room in _ROOMS)):
        rows = [(f"`{room}.{name}`", told) for module, name, told in public_names() if module == room]
        parts += [f"## {room}", _table(("name", "what it gives"), rows)]
    parts += ["## What armsledger.Ledger gives", "See [how to use it](../how-to/use-in-a-notebook.md).", *_given()]
    return _page(
        "Python names",
        "These names are public: they change only with a line in the changelog.\nAll others may change in any version.",
        "To work with results, an [export](../how-to/export.md) or the [reading format](reading-format.md) "
        "is usually all you need.",
        *parts,
    )


PAGES: dict[str, Callable[[], str]] = {
    "reference/cli.md": cli_page,
    "reference/schema.md": schema_page,
    "reference/errors.md": errors_page,
    "reference/lexicon.md": lexicon_page,
    "reference/filters.md": filters_page,
    "reference/silences.md": silences_page,
    "reference/python.md": python_page,
}


# -- pictures ---------------------------------------------------------------------------------------------

PICTURES = {
    "images/reading-a-notice.svg": (
        "What armsledger finds in an official notice",
        ("read", "examples/dossier/1-notice-turkey-amraam.txt", "--no-ledger"),
    ),
}
_COLUMNS, _CELL, _LINE, _MARGIN, _BAR = 100, 8.4, 19, 18, 34
_FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
_STYLE = re.compile(r"\x1b\[([\d;]*)m")


def picture(title: str, command: Sequence[str]) -> str:
    """A terminal with a command and what it prints on standard output, as SVG that loads nothing from elsewhere."""
    lines = [f"\x1b[1m$ armsledger {' '.join(command)}\x1b[0m", *_printed(command)]
    width = round(_COLUMNS * _CELL + 2 * _MARGIN)
    height = _BAR + _LINE * len(lines) + _MARGIN
    dots = "".join(f'<circle cx="{_MARGIN + 16 * i}" cy="17" r="5" fill="#8a93a0"/>' for i in range(3))
    rows = "\n".join(_row(line, _BAR + _LINE * (n + 1) - 5) for n, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{escape(title)}">'
        f"\n<title>{escape(title)}</title>\n"
        f'<g font-family="{_FONTS}" font-size="14" fill="#e6e9ee" xml:space="preserve">\n'
        f'<rect width="{width}" height="{height}" rx="8" fill="#1d232b"/>\n{dots}\n{rows}\n</g>\n</svg>\n'
    )


def _printed(command: Sequence[str]) -> list[str]:
    fixed = {"COLUMNS": str(_COLUMNS), "FORCE_COLOR": "1", "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    run = subprocess.run(  # noqa: S603 (our own command, fixed words)
        [sys.executable, "-m", "armsledger", *command],
        cwd=DOCS.parent,
        env={**kept, **fixed},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return run.stdout.rstrip("\n").split("\n")


def _row(line: str, y: int) -> str:
    """One line of the terminal: every stretch of one style at its own column, so that no font can shift it."""
    at, style, drawn = 0, "", []
    for n, part in enumerate(_STYLE.split(line)):
        if n % 2:
            style = part
            continue
        for words in re.finditer(r"\S+(?: \S+)*", part):
            x, length = _MARGIN + (at + words.start()) * _CELL, len(words[0]) * _CELL
            drawn.append(f'<tspan x="{x:.1f}" textLength="{length:.1f}"{_look(style)}>{escape(words[0])}</tspan>')
        at += len(part)
    return f'<text y="{y}">{"".join(drawn)}</text>'


def _look(style: str) -> str:
    codes = style.split(";")
    drawn = ' font-weight="bold"' if "1" in codes else ""
    if "4" in codes:
        return drawn + ' text-decoration="underline" fill="#ffffff"'
    return drawn + (' fill="#ffffff"' if drawn else "")


# -- the command ------------------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> int:
    """Writes, checks, or draws. Gives the exit code."""
    if "--images" in arguments:
        for name, (title, command) in PICTURES.items():
            (DOCS / name).write_text(picture(title, command), encoding="utf-8")
        return 0
    stale = []
    for name, make in PAGES.items():
        path, made = DOCS / name, make()
        if not path.exists() or path.read_text(encoding="utf-8") != made:
            stale.append(name)
            if "--check" not in arguments:
                path.parent.mkdir(exist_ok=True)
                path.write_text(made, encoding="utf-8")
    for name in stale:
        print(f"{'out of date' if '--check' in arguments else 'written'}: docs/{name}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
