"""Writing over HTTP: documents and judgements, for whoever sends the token; off where none is set."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from armsledger.errors import InputError, NotPermitted
from armsledger.model import DateInterval, DocumentKind, Fetched
from armsledger.views.api_asking import answer
from armsledger.views.api_errors import WRITING_ERRORS
from armsledger.views.api_models import Judged, NewDocument, NewJudgement, Recorded

if TYPE_CHECKING:
    from armsledger.model import Reading
    from armsledger.views.http import Serving

_token = HTTPBearer(auto_error=False, description="The token that the server was started with.")


def _allowed(request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_token)]) -> None:
    """Raises NotPermitted for whoever does not send the token; compared in constant time."""
    serving: Serving = request.app.state.serving
    if serving.token_digest is None:
        raise NotPermitted("writing", "is off", "start the server with ARMSLEDGER_WRITE_TOKEN set")
    if given is None or not serving.may_write(given.credentials):
        raise NotPermitted("writing", "the token is not right", "send it as: Authorization: Bearer TOKEN")


writing = APIRouter(dependencies=[Depends(_allowed)], responses=WRITING_ERRORS)


@writing.post("/documents", status_code=201, response_model=Recorded)
def add_document(request: Request, new: NewDocument) -> Response:
    """Reads a document and records it with its claims. What the ledger has already stays as it is."""
    from armsledger.claims import read
    from armsledger.pipeline import documents_in, record

    readings: list[Reading] = []
    for found in documents_in(_fetched(new)):
        if isinstance(found, InputError):
            raise found
        readings.append(read(found))
    documents, claims = record(request.app.state.serving.ledger, readings)
    silences = Counter(s.reason for reading in readings for s in reading.silences)
    told = {
        "documents": [r.document.id for r in readings],
        "claims": [c.id for r in readings for c in r.claims],
        "documents_new": documents,
        "claims_new": claims,
        "refused": sum(1 for r in readings for one in r.refused if one.field == "claim"),
        "silences": dict(sorted(silences.items())),
    }
    return answer(told, 201)


def _fetched(new: NewDocument) -> Fetched:
    """What was sent, as a source gives it. Raises InputError where it is neither text nor bytes."""
    if (new.text is None) == (new.content is None):
        raise InputError("document", "exactly one of text and content is needed", "send one of them")
    try:
        body = new.text.encode() if new.text is not None else base64.b64decode(new.content or "", validate=True)
        if new.published is not None:
            DateInterval(new.published)
    except (binascii.Error, ValueError, OverflowError) as problem:
        raise InputError("document", f"cannot be taken: {problem}", "content is base64, published a day") from None
    return Fetched(
        new.name,
        body,
        url=new.url,
        media_type=new.media_type or ("text/plain" if new.text is not None else None),
        charset="utf-8" if new.text is not None else None,
        title=new.title,
        published=new.published,
        publisher=new.publisher,
        kind=DocumentKind(new.kind) if new.kind else None,
    )


@writing.post("/judgements", status_code=201, response_model=Judged)
def add_judgement(request: Request, new: NewJudgement) -> Response:
    """Appends a decision and puts the deals together by it. Another judgement can undo it."""
    from armsledger.deals.judgements import standing
    from armsledger.pipeline import judge
    from armsledger.views.judge import judgement, now, outcome
    from armsledger.views.judgements import judgement_line

    book, (author, because) = request.app.state.serving.ledger, _stripped(new.author, new.because)
    one = judgement(book, new.verdict, new.about, author, _made(new.made) or now(), because)
    added = judge(book, [one])
    holds = any(j.id == one.id for j in standing(book.judgements()))
    told = {"judgement": judgement_line(one, holds), "new": bool(added), "outcome": outcome(book, one)}
    return answer(told, 201)


def _stripped(*said: str) -> Iterator[str]:
    for text in said:
        if not text.strip():
            raise InputError("judgement", "author and reason are needed", "fill in both")
        yield text.strip()


def _made(said: str | None) -> str | None:
    try:
        return None if said is None else datetime.fromisoformat(said).isoformat(timespec="seconds")
    except ValueError:
        raise InputError("made", f"{said!r} is no time", "give it as 2026-05-01T10:00") from None
