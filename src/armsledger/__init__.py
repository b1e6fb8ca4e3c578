"""Armsledger reads what is published about arms transfers and keeps, for each deal, what was said, by whom and how
surely.

Importing this is cheap; what ``Ledger`` needs is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .views.notebook import Ledger

__version__ = "0.1.0"

__all__ = ["Ledger", "__version__"]


def __getattr__(name: str) -> Any:
    if name != "Ledger":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .views.notebook import Ledger

    return Ledger
