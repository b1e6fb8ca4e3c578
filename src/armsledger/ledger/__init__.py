"""THE BOOK: what was read, kept for good, and the questions that it answers.

Importing this is cheap; the database library is loaded when ``Ledger`` or one of its results is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .filters import CONDITIONS, ClaimFilter, Condition
from .rules import Rules

if TYPE_CHECKING:
    from .queries import Counts, DocumentRow, LeftOut, PublisherRow
    from .said import StatementFilter
    from .store import Ledger, Recorded

__all__ = [
    "CONDITIONS",
    "ClaimFilter",
    "Condition",
    "Counts",
    "DocumentRow",
    "Ledger",
    "LeftOut",
    "PublisherRow",
    "Recorded",
    "Rules",
    "StatementFilter",
]

_LATER = {
    "Ledger": "store",
    "Recorded": "store",
    "Counts": "queries",
    "DocumentRow": "queries",
    "LeftOut": "queries",
    "PublisherRow": "queries",
    "StatementFilter": "said",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_LATER[name]}", __name__), name)
