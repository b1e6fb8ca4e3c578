"""Asks an OpenAI-compatible endpoint. Beside ``sources/fetch.py`` the only module that opens a connection.

What is sent is the guide and a passage of a published text; where it is sent is what the user named. The library does
timeouts, retries and waiting; what remains is told apart here: what ends a run, and what ends one request.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from armsledger.claims.llm_request import Endpoint, Failure, Reply, Request, Unanswered
from armsledger.errors import MissingExtra, NotFetched, NotFound, NotPermitted

KEY_VARIABLE = "ARMSLEDGER_API_KEY"
LONGEST_ANSWER = 12_000  # tokens; a model that goes on and on is cut here and told as cut
_LOST_IN_A_ROW = 3  # connections that fail one after the other before nothing more is sent


def client(address: str, key: str | None, wait_s: float, retries: int) -> Endpoint:
    """A client of the endpoint at an address. Raises MissingExtra where the library is not installed."""
    try:
        import openai
    except ImportError as error:
        raise MissingExtra("read --reader model", "llm") from error
    made = openai.OpenAI(
        base_url=address,
        api_key=key or "none",  # the library wants one; servers at home take any
        timeout=openai.Timeout(wait_s, connect=min(wait_s, 10.0)),
        max_retries=retries,
    )
    return _Client(made, openai, shown(address))


def shown(address: str) -> str:
    """An address as it may be printed: without a name, a password or anything else that can hold a secret."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


class _Client:
    """One endpoint, what it has turned out to understand, and whether it still answers."""

    def __init__(self, made: Any, library: Any, address: str) -> None:
        self._made, self._library, self._address = made, library, address
        self._form = 0
        self._reached = False
        self._lost = 0

    def complete(self, request: Request) -> Reply:
        """The model's reply; a form of asking that the endpoint does not know is given up for a plainer one."""
        if self._lost >= _LOST_IN_A_ROW:
            raise Unanswered(Failure.LOST)
        forms = _forms(request)
        for form in range(self._form, len(forms)):
            try:
                answer = self._made.chat.completions.create(
                    model=request.model, messages=[dict(m) for m in request.messages], **forms[form]
                )
            except (self._library.BadRequestError, self._library.UnprocessableEntityError):
                self._reached = True
                continue
            except self._library.OpenAIError as error:
                raise self._failed(error, request) from error
            except ValueError as error:  # a body that is no JSON
                raise Unanswered(Failure.MALFORMED) from error
            self._reached, self._lost, self._form = True, 0, form
            return _reply(answer)
        raise Unanswered(Failure.REJECTED)

    def _failed(self, error: Exception, request: Request) -> Exception:
        """What a failed request means: the end of the run, or of this request alone."""
        library = self._library
        cause = type(error.__cause__).__name__
        if isinstance(error, library.APIConnectionError) and not (
            isinstance(error, library.APITimeoutError) and not cause.startswith("Connect")
        ):
            self._lost += 1
            return Unanswered(Failure.LOST) if self._reached else self._unreachable(error)
        self._lost = 0
        if isinstance(error, library.APITimeoutError):
            return Unanswered(Failure.TIMEOUT)
        self._reached = True
        if isinstance(error, library.AuthenticationError | library.PermissionDeniedError):
            return NotPermitted(self._address, "refuses the key", f"set {KEY_VARIABLE} to one that it knows")
        if isinstance(error, library.NotFoundError):
            problem = f"knows no model {request.model!r}, or is no such endpoint"
            return NotFound(self._address, problem, "check --model and --endpoint; a local model must be pulled first")
        if isinstance(error, library.RateLimitError):
            return Unanswered(Failure.RATE)
        return Unanswered(Failure.SERVER if isinstance(error, library.APIStatusError) else Failure.MALFORMED)

    def _unreachable(self, error: Exception) -> NotFetched:
        cause = error.__cause__
        why = " ".join(str(cause).split())[:120] or type(cause).__name__ if cause else "no connection"
        return NotFetched(
            self._address,
            f"the model's endpoint could not be reached ({why})",
            "start it, or name another with --endpoint",
        )


def _forms(request: Request) -> tuple[dict[str, Any], ...]:
    """Ways of asking for the answer's form, the strictest first. The guide tells the form in words, too."""
    strict = {"name": "claims", "strict": True, "schema": request.schema}
    steady = {"temperature": 0, "max_tokens": LONGEST_ANSWER}
    return (
        {**steady, "response_format": {"type": "json_schema", "json_schema": strict}},
        {"response_format": {"type": "json_schema", "json_schema": strict}},  # models with a temperature of their own
        {**steady, "response_format": {"type": "json_object"}},
        steady,
        {},
    )


def _reply(answer: Any) -> Reply:
    """The reply of a completion. Whatever a server may have left out is looked for, never relied on."""
    choices = getattr(answer, "choices", None) or [None]
    text = getattr(getattr(choices[0], "message", None), "content", None)
    if not isinstance(text, str):
        raise Unanswered(Failure.MALFORMED)
    usage = getattr(answer, "usage", None)
    told_in, told_out = (getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens"))
    return Reply(
        text,
        cut=getattr(choices[0], "finish_reason", None) == "length",
        tokens_in=told_in if isinstance(told_in, int) else None,
        tokens_out=told_out if isinstance(told_out, int) else None,
    )
