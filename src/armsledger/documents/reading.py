"""Fetched -> documents: tells the form of the bytes and hands them to the reader of that form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from armsledger.documents.form import HEAD, Form, form_of
from armsledger.documents.jsonl import read_json, read_json_lines
from armsledger.documents.plain import read_plain
from armsledger.errors import InputError, NotPermitted, NotReadable
from armsledger.model import Document, Fetched

LARGEST = 200_000_000  # bytes of a document that is read as a whole


def read_documents(fetched: Fetched, worth: Callable[[str], bool] | None = None) -> Iterator[Document | InputError]:
    """Yields the documents in what was fetched, in order; what cannot be read is yielded as the error that says why.

    A file is one document; JSON, JSON Lines and WARC hold many, and go on after a record that cannot be read.
    ``worth`` tells by the visible words of a general page whether its article is to be looked for, which is slow; where
    it is not, the document has the visible words and says so in ``skipped``. Without it every page is taken apart.
    """
    try:
        yield from _read(fetched, worth)
    except InputError as error:
        yield error
    except PermissionError:
        yield NotPermitted(fetched.name, "the system does not let it be read", "ask for the right to read it")
    except OSError as error:
        yield NotReadable(fetched.name, f"the system could not read it: {error.strerror or error}")


def _read(fetched: Fetched, worth: Callable[[str], bool] | None) -> Iterator[Document | InputError]:
    with fetched.open() as stream:
        head = stream.read(HEAD)
    form = form_of(head, fetched.url or fetched.name, fetched.media_type)
    if form is Form.EMPTY:
        raise NotReadable(fetched.name, "is empty")
    if form is Form.GZIP:
        raise NotReadable(fetched.name, "is a gzip archive, which is read only if it is a WARC", "unpack it first")
    if form is Form.XML:
        raise NotReadable(fetched.name, "is XML of a kind that is not read", "read the pages that it points to")
    if form is Form.JSON_LINES:
        yield from read_json_lines(fetched)
    elif form is Form.WARC:
        from armsledger.documents.warc import read_warc

        yield from read_warc(fetched, partial(_read, worth=worth))
    elif form is Form.JSON:
        yield from read_json(fetched, _whole(fetched))
    else:
        yield _single(form, worth)(fetched, _whole(fetched))


def _single(form: Form, worth: Callable[[str], bool] | None) -> Callable[[Fetched, bytes], Document]:
    if form is Form.PDF:
        from armsledger.documents.pdf import read_pdf

        return read_pdf
    if form is Form.PAGE:
        from armsledger.documents.page import read_page

        return partial(read_page, worth=worth)
    return read_plain


def _whole(fetched: Fetched) -> bytes:
    if fetched.body is not None:
        return fetched.body
    with fetched.open() as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise NotReadable(fetched.name, f"is larger than {LARGEST:,} bytes", "cut it into smaller files")
    return data
