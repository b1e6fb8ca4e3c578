"""A register file -> one Document: the table as it is, its vintage, and whose it is.

The text is the decoded file, kept exactly. What stands above the head is boilerplate, the head a heading, the rows are
the body. A register is only worth something with its vintage: the same year is revised with every release.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from io import BytesIO

from armsledger.documents.decoding import decode
from armsledger.documents.lines import tiled
from armsledger.documents.published import iso_date
from armsledger.errors import InputError, NotReadable
from armsledger.model import DateInterval, Document, DocumentKind, Fetched, SectionKind
from armsledger.text.registers import LAYOUTS, Layout, Register, find_register, generated
from armsledger.text.tables import Table

LARGEST = 200_000_000  # bytes of a register, unpacked
MEDIA_TYPE = "text/csv"
PUBLISHERS = {
    Register.SIPRI: "SIPRI",
    Register.UK_LICENCES: "Campaign Against Arms Trade",
    Register.US_EDA: "Defense Security Cooperation Agency",
}
_ASKED = {
    Register.SIPRI: "a register of SIPRI",
    Register.UK_LICENCES: "licences of the United Kingdom",
    Register.US_EDA: "excess defense articles",
}
_TITLE = 300  # characters of a title
_PACKED = b"\x1f\x8b"


def read_register(fetched: Fetched, register: Register, vintage: str | None = None) -> Document:
    """The document of a register file, plain or packed with gzip.

    ``vintage`` is the date of the register where the file does not say it. Raises NotReadable for another kind of file
    or none that can be read, InputError where no vintage is known, or two that differ.
    """
    data = _bytes(fetched)
    text = decode(_unpacked(data, fetched.name), fetched.name, fetched.charset)
    found = find_register(text)
    if found is None or found[0].register is not register:
        raise _another(fetched.name, register, found[0] if found else None)
    layout, table = found
    published = _vintage(fetched.name, generated(text, table), vintage)
    return register_document(fetched, text, hashlib.sha256(data).hexdigest(), layout, table, published)


def register_document(
    fetched: Fetched, text: str, digest: str, layout: Layout, table: Table, published: str | None
) -> Document:
    """The document of a register's text; ``published`` is its vintage."""
    starts = [(0, SectionKind.BOILERPLATE)] if table.above.end else []
    starts += [(table.above.end, SectionKind.HEADING), (table.start, SectionKind.BODY)]
    first, _, _ = text[: table.above.end].partition("\n")
    return Document(
        name=fetched.name,
        kind=DocumentKind.REGISTER,
        text=text,
        sections=tiled(text, starts),
        title=fetched.title or " ".join(first.rstrip("; \r").split())[:_TITLE] or None,
        published=published,
        publisher=fetched.publisher or PUBLISHERS[layout.register],
        url=fetched.url,
        language="en",
        media_type=MEDIA_TYPE,
        digest=digest,
    )


def _bytes(fetched: Fetched) -> bytes:
    try:
        with fetched.open() as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise NotReadable(fetched.name, f"the system could not read it: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise NotReadable(fetched.name, f"is larger than {LARGEST:,} bytes, which no register is")
    return data


def _unpacked(data: bytes, name: str) -> bytes:
    if not data.startswith(_PACKED):
        return data
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
            plain = packed.read(LARGEST + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise NotReadable(name, "is a damaged gzip archive", "was it cut short?") from error
    if len(plain) > LARGEST:
        raise NotReadable(name, f"unpacks to more than {LARGEST:,} bytes, which no register does")
    return plain


def _vintage(name: str, said: str | None, given: str | None) -> str:
    known = None if given is None else _date(given)
    if said is None and known is None:
        problem = "does not say when it was made, and a register is revised with every release"
        raise InputError(name, problem, "give the date of the release or of your download: --vintage 2025-03-10")
    if said is not None and known is not None and not _within(said, known):
        raise InputError("--vintage", f"{given} was given, but {name} says that it was made on {said}", "leave it out")
    return said or known or ""


def _date(given: str) -> str:
    try:
        return DateInterval(given).iso
    except (ValueError, OverflowError):
        pass
    if (found := iso_date(given)) is None:
        raise InputError("--vintage", f"{given!r} is no date", "give a day, month or year: 2025-03-10, 2025-03, 2025")
    return found


def _within(day: str, said: str) -> bool:
    """Whether a day lies in a date that may be less exact."""
    date = DateInterval(said)
    return date.first <= DateInterval(day).first < date.after


def _another(name: str, wanted: Register, found: Layout | None) -> NotReadable:
    """The error for a file that is not the register asked for: what it is, or which columns were looked for."""
    if found is not None:
        advice = f"import it with: armsledger import {found.register.value} FILE"
        return NotReadable(name, f"holds “{found.told}”, not {_ASKED[wanted]}", advice)
    heads = " or ".join(
        ", ".join(f"“{column}”" for column in layout.shown) for layout in LAYOUTS if layout.register is wanted
    )
    return NotReadable(name, f"no line near its top is the head of such a table: columns {heads} were expected")
