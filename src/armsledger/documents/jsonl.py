"""JSON Lines and JSON -> documents: objects with ``text`` and what is known about it.

    {"text": ..., "doc"?, "title"?, "published"?, "url"?, "publisher"?, "language"?,
     "kind"?: notice | contract | contracts | news}

The text of an object is kept exactly as given. JSON Lines are read one at a time and never as a whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from armsledger.documents.decoding import checked
from armsledger.documents.plain import document_of
from armsledger.documents.published import iso_date
from armsledger.errors import InputError, NotReadable
from armsledger.model import Document, DocumentKind, Fetched, Skipped

LONGEST_LINE = 50_000_000  # bytes
_KINDS = {
    "notice": DocumentKind.NOTICE,
    "contract": DocumentKind.CONTRACTS,
    "contracts": DocumentKind.CONTRACTS,
    "news": DocumentKind.NEWS,
}
_EXPECTED = "an object with a string 'text' was expected"


def read_json_lines(fetched: Fetched) -> Iterator[Document | InputError]:
    """Yields a document for every line, or why there is none; blank lines are passed over."""
    with fetched.open() as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE + 1):
            number += 1
            where = f"{fetched.name}#{number}"
            if len(line) > LONGEST_LINE:
                yield NotReadable(where, f"the line is longer than {LONGEST_LINE:,} bytes")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LONGEST_LINE)
            elif line.strip().removeprefix(b"\xef\xbb\xbf"):
                yield _document(fetched, where, line)


def read_json(fetched: Fetched, data: bytes) -> Iterator[Document | InputError]:
    """Yields the document of one object, or of each object of a list. Raises ``NotReadable`` for what is no JSON."""
    found = _loaded(data, fetched.name)
    if isinstance(found, list):
        for number, one in enumerate(found, 1):
            # Each has its own bytes: a digest of the whole file would make them look alike.
            raw = json.dumps(one, ensure_ascii=True, sort_keys=True).encode()
            yield _guarded(fetched, f"{fetched.name}#{number}", one, raw)
    else:
        yield _guarded(fetched, fetched.name, found, data)


def _document(fetched: Fetched, where: str, line: bytes) -> Document | InputError:
    try:
        return _of_object(fetched, where, _loaded(line, where), line.strip())
    except InputError as error:
        return error


def _guarded(fetched: Fetched, where: str, found: Any, raw: bytes) -> Document | InputError:
    try:
        return _of_object(fetched, where, found, raw)
    except InputError as error:
        return error


def _loaded(data: bytes, where: str) -> Any:
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf") if data[:1] == b"\xef" else data)
    except RecursionError as error:
        raise NotReadable(where, "is nested too deep to be read as JSON", _EXPECTED) from error
    except ValueError as error:
        raise NotReadable(where, f"is not JSON: {error}", _EXPECTED) from error


def _of_object(fetched: Fetched, where: str, found: Any, raw: bytes) -> Document:
    if not isinstance(found, dict):
        raise NotReadable(where, f"is {_said(found)}, not an object", _EXPECTED)
    text = found.get("text")
    if not isinstance(text, str):
        problem = "has no 'text'" if text is None else f"has {_said(text)} as 'text'"
        raise NotReadable(where, problem, _EXPECTED)
    published = iso_date(_string(found, "published"))
    known = Fetched(
        name=_string(found, "doc") or where,
        body=raw,
        url=_string(found, "url") or fetched.url,
        title=_string(found, "title") or fetched.title,
        published=published or fetched.published,
        publisher=_string(found, "publisher") or fetched.publisher,
        kind=_kind(found, where) or fetched.kind,
    )
    digest = hashlib.sha256(raw).hexdigest()
    document = document_of(known, checked(text, where), digest, language=_string(found, "language"))
    if (said := _string(found, "published")) and published is None:
        return replace(document, skipped=(Skipped(f"'published' is no date: {said[:60]}", 0, 0),))
    return document


def _kind(found: dict[str, Any], where: str) -> DocumentKind | None:
    said = _string(found, "kind")
    if said is None:
        return None
    if said.lower() not in _KINDS:
        raise NotReadable(where, f"has {said[:40]!r} as 'kind'", "notice, contracts or news was expected")
    return _KINDS[said.lower()]


def _string(found: dict[str, Any], name: str) -> str | None:
    """A field as a string without outer blanks; None where it is missing, empty or of another type."""
    said = found.get(name)
    if isinstance(said, int | float) and not isinstance(said, bool):
        said = str(said)
    return (said.strip() or None) if isinstance(said, str) else None


def _said(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "a truth value", type(None): "null"}
    return names.get(type(value), "a number")
