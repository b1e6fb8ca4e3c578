"""A table of published shares of the arms trade from the user's own file (CSV), with names led to codes.

Three layouts, told by their head lines; of each line the share is of one window (``2020-24``) in one print:

    importer,supplier,window,vintage_year,share_pct                       a supplier's share of a recipient's imports
    exporter,recipient,window,vintage_year,share_pct_of_exporter          a recipient's share of a supplier's exports
    country,role,window,vintage_year,share_pct_of_world                   role: importer or exporter

Further columns are passed over; the order of columns is free.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from armsledger.errors import InputError, NotFound

if TYPE_CHECKING:
    from armsledger.deals.vintages import Published

_LAYOUTS = (
    ("importer", "supplier", "share_pct"),
    ("exporter", "recipient", "share_pct_of_exporter"),
    ("country", "role", "share_pct_of_world"),
)
_COMMON = ("window", "vintage_year")
_WINDOW = re.compile(r"((?:19|20)\d\d)\s?[-\u2013/]\s?((?:19|20)?\d\d)")
_LARGEST = 64 * 1024 * 1024  # bytes; a table of shares has some thousand lines


def read_shares(paths: Iterable[str]) -> list[Published]:
    """The published shares of some files. Raises InputError that names file and line for what cannot be read."""
    return [share for path in paths for share in _of_file(path)]


def _of_file(path: str) -> Iterator[Published]:
    try:
        if Path(path).stat().st_size > _LARGEST:
            raise InputError(path, "is too large for a table of shares")
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFound(path, "no such file") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(path, f"cannot be read as a table of shares: {problem}") from None
    rows = csv.DictReader(text.splitlines())
    heads = [head.strip() for head in rows.fieldnames or ()]
    rows.fieldnames = heads
    layout = next((names for names in _LAYOUTS if {*names, *_COMMON} <= set(heads)), None)
    if layout is None:
        wanted = "; ".join(", ".join((*names[:2], *_COMMON, names[2])) for names in _LAYOUTS)
        raise InputError(path, "has none of the heads of a table of shares", f"one of: {wanted}")
    for row in rows:
        try:
            yield _share({key: (value or "").strip() for key, value in row.items() if isinstance(value, str)}, layout)
        except (ValueError, ArithmeticError) as problem:
            raise InputError(f"{path}, line {rows.line_num}", str(problem)) from None


def _share(row: Mapping[str, str], layout: tuple[str, str, str]) -> Published:
    from armsledger.deals.figures import Share, Subject, Window
    from armsledger.deals.vintages import Published
    from armsledger.deals.written import written

    one, other, column = layout
    found = _WINDOW.fullmatch(row[_COMMON[0]])
    if found is None:
        raise ValueError(f"expected years of the form 2020-24, got {row[_COMMON[0]]!r}")
    last = found[2] if len(found[2]) == 4 else found[1][:2] + found[2]
    percent = Decimal(row[column])
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise ValueError(f"expected a share from 0 to 100, got {row[column]!r}")
    if one == "country":
        if row[other] not in ("importer", "exporter"):
            raise ValueError(f"expected importer or exporter, got {row[other]!r}")
        share = Share.IMPORTS if row[other] == "importer" else Share.EXPORTS
        subject = Subject(share, _party(row[one]))
    else:
        share = Share.SUPPLIER if one == "importer" else Share.RECIPIENT
        subject = Subject(share, _party(row[other]), _party(row[one]))
    return Published(subject, Window(int(found[1]), int(last)), int(row[_COMMON[1]]), written(percent, row[column]))


def _party(name: str) -> str:
    """The code of a party; raises ValueError for a name that is none."""
    from armsledger.views.names import party_named

    try:
        return party_named(name, "party")
    except InputError as problem:
        raise ValueError(problem.problem) from None
