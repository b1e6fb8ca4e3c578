"""Commands that need an optional part of the install say which, instead of failing on an import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from armsledger.errors import MissingExtra

_OF = {
    "charts": {"vl_convert"},
    "briefs": {"typst", "docx"},
    "analysis": {"numpy", "scipy", "lifelines", "statsmodels", "networkx", "pyarrow", "pandas", "rapidfuzz"},
}


@contextmanager
def needing(extra: str, command: str) -> Iterator[None]:
    """Turns a missing package of this extra into MissingExtra, which says what to install."""
    try:
        yield
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] in _OF[extra]:
            raise MissingExtra(command, extra) from problem
        raise
