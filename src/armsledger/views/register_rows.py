"""The register that an analysis works from: a file that is named, or the one of the latest vintage in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from armsledger.errors import NotFound
from armsledger.views.options import on

if TYPE_CHECKING:
    from armsledger.ledger import Ledger
    from armsledger.model import Document
    from armsledger.text.registers import RegisterRow


@dataclass(frozen=True, slots=True)
class Loaded:
    """A register's rows, its vintage, what it is called, and how its names lead to codes."""

    rows: tuple[RegisterRow, ...]
    vintage: str
    title: str
    code_of: Callable[[str], str]


def load_register(book: Callable[[], AbstractContextManager[Ledger]], file: str | None, vintage: str | None) -> Loaded:
    """The register that is meant; the ledger is only opened where no file is named.

    Raises NotFound where the ledger has none, InputError as ``read_register`` does.
    """
    from armsledger.claims.register_rows import party_named
    from armsledger.text.registers import Register, rows

    document = _from_ledger(book, vintage) if file is None else _from_file(file, vintage)
    told = f"{document.publisher or 'register'}, {document.published or 'undated'}"
    return Loaded(
        rows=tuple(rows(document.text)),
        vintage=told,
        title=document.title or document.name,
        code_of=lambda name: party_named(name, Register.SIPRI).party or name,
    )


def _from_file(file: str, vintage: str | None) -> Document:
    from pathlib import Path

    from armsledger.documents.tables import read_register
    from armsledger.model import Fetched
    from armsledger.text.registers import Register

    if not Path(file).is_file():
        raise NotFound(file, "no such file", "name the register's CSV file")
    return read_register(Fetched(file, path=Path(file)), Register.SIPRI, vintage)


def _from_ledger(book: Callable[[], AbstractContextManager[Ledger]], vintage: str | None) -> Document:
    from armsledger.ledger import ClaimFilter

    with book() as ledger:
        found = [
            row
            for row in ledger.documents(ClaimFilter(kind="register"))
            if row.publisher == "SIPRI" and (vintage is None or (row.published or "").startswith(vintage))
        ]
        if not found:
            raise NotFound(
                ledger.name,
                "the ledger has no SIPRI register" + (f" of {vintage}" if vintage else ""),
                f"armsledger import sipri FILE{on(ledger.name)}, or name one with --register FILE",
            )
        return ledger.document(max(found, key=lambda row: (row.published or "", row.id)).id)


def vintage_by(book: Ledger, as_of: str | None) -> str | None:
    """The day of the latest register that a ledger had by a date; None, for the latest, where no date is given.

    Raises NotFound where it had none by then.
    """
    from armsledger.ledger import ClaimFilter

    if as_of is None:
        return None
    rows = book.documents(ClaimFilter(kind="register", as_of=as_of))
    found = max((row.published for row in rows if row.publisher == "SIPRI" and row.published), default=None)
    if found is None:
        raise NotFound(book.name, f"the ledger had no SIPRI register by {as_of}", "ask for a later day")
    return found
