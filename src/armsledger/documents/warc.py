"""A web archive (WARC, packed or not) -> the documents of its records, one after another.

``published`` is what each page says of itself and never the day on which it was fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from armsledger.errors import InputError, NotReadable
from armsledger.model import Document, Fetched

LARGEST_RECORD = 50_000_000  # bytes
_READ_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "application/pdf",
    "application/json",
)

Reader = Callable[[Fetched], Iterator[Document | InputError]]


def read_warc(fetched: Fetched, read: Reader) -> Iterator[Document | InputError]:
    """Yields what each record gives, or why it gives nothing; stops where the archive is broken, and says so."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number, given = 0, False
    with fetched.open() as stream:
        try:
            for record in ArchiveIterator(stream):
                number += 1
                for one in _record(record, f"{fetched.name}#{number}", read):
                    given = True
                    yield one
                    if isinstance(one, _CutShort):
                        return
        except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
            problem = f"cannot be read on after record {number} as a WARC: {' '.join(str(error).split())[:100]}"
            yield NotReadable(fetched.name, problem, "get the archive again")
            return
    if not given:
        yield NotReadable(fetched.name, f"is a WARC without a page or a text in its {number} whole records")


def _record(record: Any, where: str, read: Reader) -> Iterator[Document | InputError]:
    try:
        if (held := _held(record, where)) is not None:
            yield from read(held)
    except InputError as error:
        yield error


class _CutShort(NotReadable):
    pass


def _held(record: Any, where: str) -> Fetched | None:
    """The payload of a record that may hold a document; None for requests, redirects, pictures and the like."""
    kind = record.rec_type
    if kind not in {"response", "resource", "conversion"}:
        return None
    headers = record.http_headers or record.rec_headers
    media_type, charset = _content_type(headers.get_header("Content-Type") or "")
    if record.http_headers is not None and not str(record.http_headers.get_statuscode()).startswith("2"):
        return None
    if media_type and not media_type.startswith(_READ_TYPES):
        return None
    body = record.content_stream().read(LARGEST_RECORD + 1)
    if len(body) > LARGEST_RECORD:
        raise NotReadable(where, f"the record is larger than {LARGEST_RECORD:,} bytes")
    while record.raw_stream.read(65_536):
        pass
    if getattr(record.raw_stream, "limit", 0):
        raise _CutShort(where, "the record is cut short, and the archive with it: reading stops here", "get it again")
    if body.startswith((b"WARC/", b"\x1f\x8b")):
        raise NotReadable(where, "is an archive within an archive", "unpack it and read it by itself")
    url = record.rec_headers.get_header("WARC-Target-URI")
    return Fetched(name=where, body=body, url=url, media_type=media_type or None, charset=charset)


def _content_type(said: str) -> tuple[str, str | None]:
    from email.message import Message

    message = Message()
    message["Content-Type"] = said
    charset = message.get_content_charset()
    return (said.partition(";")[0].strip().lower(), charset)
