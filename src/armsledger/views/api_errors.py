"""The one shape of every error of the API, and the handler for questions that FastAPI itself refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from armsledger.views.api_models import Error

if TYPE_CHECKING:
    from fastapi import FastAPI, Request
    from fastapi.responses import Response

_SAID = {
    400: "It cannot be asked: a name that says nothing, a day that is none, an id that several things begin with.",
    403: "Writing is off, or the token is not right.",
    404: "There is nothing of this name, or there was nothing of it by then.",
    408: "It took too long to send what was asked.",
    413: "The body is too long, or does not say its length.",
    421: "The server is not called as the header Host says.",
    422: "A parameter or a body of another form than is described here.",
    429: "Too many requests from one address: wait as long as Retry-After says.",
    503: "The ledger cannot be read now, or a part of the install that is needed is missing.",
}


def _described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Error, "description": _SAID[status]} for status in statuses}


ERRORS = _described(400, 404, 408, 421, 422, 429, 503)
WRITING_ERRORS = _described(403, 413)


def error_answer(status: int, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error in the one shape. What is no text for UTF-8 is escaped."""
    told = message.encode("utf-8", "backslashreplace").decode()
    return JSONResponse({"error": {"status": status, "message": told}}, status, headers)


def install(app: FastAPI) -> None:
    """Gives an application the handlers for what FastAPI refuses by itself."""
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _refused)


async def _refused(request: Request, error: Exception) -> Response:
    """What is refused before any of our functions sees it: a body that is no text."""
    status, told = getattr(error, "status_code", 500), str(getattr(error, "detail", ""))
    if request.url.path.startswith("/api/"):
        return error_answer(status, told, getattr(error, "headers", None))
    return PlainTextResponse(f"{told}\n", status)


async def _unfit(_: Request, error: Exception) -> Response:
    """``since: String should match pattern ...``, for the first things that do not fit; values are not repeated."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    told = [f"{'.'.join(map(str, one['loc'][1:])) or one['loc'][0]}: {one['msg']}" for one in found[:5]]
    more = f"; and {len(found) - 5} more" if len(found) > 5 else ""
    return error_answer(422, "; ".join(told)[:1000] + more)
