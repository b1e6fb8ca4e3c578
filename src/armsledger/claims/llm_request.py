"""One request to a model and what can come of it: a key, a reply, the records in an answer, or why there is none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from armsledger.claims.llm_guide import SCHEMA, Message

Records = tuple[Mapping[str, Any], ...]

CHARACTERS_A_TOKEN = 4  # of English prose, roughly; code and names cost more
_ANSWER_SHARE = 0.6  # tokens of an answer for each token of its passage, by the answers that were written by hand
_LEAST_ANSWER = 40


class Failure(StrEnum):
    """Why a request has no answer that can be used."""

    OPEN = "open"
    BUDGET = "budget"
    TIMEOUT = "timeout"
    RATE = "rate"
    CUT = "cut"
    MALFORMED = "malformed"
    REJECTED = "rejected"
    SERVER = "server"
    LOST = "lost"


class Unanswered(Exception):
    """A request without a usable answer; for this room only, never seen by a user."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure)


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model: everything that its answer depends on."""

    model: str
    messages: tuple[Message, ...]
    schema: Mapping[str, Any] = field(default_factory=lambda: SCHEMA)

    @property
    def key(self) -> str:
        """A hash of model, messages and schema."""
        return key_of({"model": self.model, "messages": list(self.messages), "schema": self.schema})

    @property
    def tokens_in(self) -> int:
        """About how many tokens it has."""
        return sum(len(message["content"]) for message in self.messages) // CHARACTERS_A_TOKEN

    @property
    def tokens_out(self) -> int:
        """About how many tokens its answer will have."""
        return max(_LEAST_ANSWER, int(_ANSWER_SHARE * len(self.messages[-1]["content"]) / CHARACTERS_A_TOKEN))


def key_of(line: Mapping[str, Any]) -> str:
    """The key of a request that is given as the line of a file."""
    asked = [line["model"], line["messages"], line["schema"]]
    told = json.dumps(asked, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint sent: the text, whether it was cut, and what it cost (None where the endpoint does not say)."""

    text: str
    cut: bool = False
    tokens_in: int | None = None
    tokens_out: int | None = None


class Endpoint(Protocol):
    """Something that answers requests over the network."""

    def complete(self, request: Request) -> Reply:
        """The model's reply. Raises Unanswered, or InputError where no request can ever succeed."""


def parse(answer: str | Mapping[str, Any]) -> Records:
    """The records of an answer. Raises Unanswered where it is none: no JSON, cut, of another form.

    Thoughts before the answer and a fence around it are passed over; some models cannot do without.
    """
    value: Any = answer
    if isinstance(answer, str):
        text = answer.rpartition("</think>")[2]
        start, end = text.find("{"), text.rfind("}")
        try:
            value = json.loads(text[start : end + 1], parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise Unanswered(Failure.MALFORMED) from None
    records = value.get("claims") if isinstance(value, Mapping) else None
    if not isinstance(records, list) or not all(isinstance(record, Mapping) for record in records):
        raise Unanswered(Failure.MALFORMED)
    return tuple(records)


def _no_number(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are no JSON
