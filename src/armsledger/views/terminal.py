"""Tables and marked text on a terminal. Rich is imported only here and only when something is to be shown.

Bold and underline carry the weight; red stands only on top of words that say the same, so nothing depends on colours,
and no colour is used that fails on a light or on a dark ground.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from armsledger.views.clean import clean

if TYPE_CHECKING:
    from rich.console import Console, Group, RenderableType
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

CONFLICT = "bold red"
MARK = "bold underline"
HEAD = "bold"
WIDEST = 160


def console(error: bool = False) -> Console:
    """A console on stdout (or stderr), without markup, highlighting or emoji codes: text is shown as it is."""
    from rich.console import Console

    made = Console(
        file=sys.stderr if error else sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=False
    )
    if made.width > WIDEST:
        made = Console(file=made.file, markup=False, highlight=False, emoji=False, width=WIDEST)
    return made


def show(shown: Console, what: RenderableType) -> None:
    """Prints; where it is no terminal, without the blanks that fill up the lines."""
    if shown.is_terminal:
        shown.print(what)
        return
    with shown.capture() as held:
        shown.print(what)
    for line in held.get().splitlines():
        print(line.rstrip(), file=shown.file)


def stacked(parts: Iterable[RenderableType]) -> Group:
    """Things one above the other."""
    from rich.console import Group

    return Group(*parts)


def indented(what: RenderableType) -> Padding:
    """Something set in by two blanks, its wrapped lines too."""
    from rich.padding import Padding

    return Padding(what, (0, 0, 0, 2), expand=False)


def styled(shown: Console) -> bool:
    """Whether marks can be told by style alone; else they are set in brackets."""
    return shown.is_terminal and not shown.is_dumb_terminal and not os.environ.get("NO_COLOR")


def text(words: str, style: str = "") -> Text:
    """Words from anywhere as text that cannot command the terminal."""
    from rich.text import Text

    return Text(clean(words), style=style)


def table(*columns: str, right: Sequence[str] = (), fixed: Sequence[str] = ()) -> Table:
    """An empty table with these heads; ``right`` are aligned to the right, ``fixed`` are never wrapped."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style=HEAD, show_edge=False)
    for name in columns:
        if name in fixed:
            made.add_column(name, justify="right" if name in right else "left", no_wrap=True, overflow="fold")
        else:
            made.add_column(name, justify="right" if name in right else "left", overflow="fold")
    return made


def grid(rows: Iterable[tuple[str, RenderableType]], indent: int = 0) -> Table:
    """Labels and what they stand for, side by side."""
    from rich.table import Table

    made = Table.grid(padding=(0, 2, 0, 0))
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    for label, value in rows:
        made.add_row(text(" " * indent + label, HEAD), text(value) if isinstance(value, str) else value)
    return made


def marked(words: str, spans: Iterable[tuple[int, int]], shown: Console) -> Text:
    """The text with the spans (in its own code points) marked: by style, or by brackets where there are no styles.

    Spans that overlap are marked as one.
    """
    from rich.text import Text

    made, at, by_style = Text(), 0, styled(shown)
    for start, end in joined(spans):
        made.append(clean(words[at:start]))
        inner = clean(words[start:end])
        made.append(inner if by_style else f"[{inner}]", style=MARK if by_style else "")
        at = end
    made.append(clean(words[at:]))
    return made


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, overlapping ones made one, empty ones left out."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made
