"""What a news document tells beside transfers: statements of parties and dated events, past the gate."""

from __future__ import annotations

from dataclasses import replace

from armsledger.claims import occurrences, statements
from armsledger.claims.anchor import admit_told
from armsledger.claims.passages import Parsed
from armsledger.model import Document, Occurrence, Refusal, Statement


def read_told(
    document: Document, parsed: Parsed
) -> tuple[tuple[Statement, ...], tuple[Occurrence, ...], tuple[Refusal, ...]]:
    """The statements and occurrences of a document and what the gate refused; none where it does not speak of arms.

    ``parsed`` is the document with what is not read left blank.
    """
    readable = parsed.document
    spoken, dated = statements.worth(readable), occurrences.worth(readable)
    if not spoken and not dated:
        return (), (), ()
    parts = parsed.passages
    said = [replace(s, document=document.id) for s in statements.read_statements(readable, parts)] if spoken else []
    told = [replace(o, document=document.id) for o in occurrences.read_occurrences(readable, parts)] if dated else []
    kept, refused = admit_told(document, said)
    happened, dropped = admit_told(document, told)
    return kept, happened, (*refused, *dropped)
