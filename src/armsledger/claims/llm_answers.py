"""Where answers come from: a file of answers, the cache, or an endpoint; and what a run has cost so far.

    key     = hash of model, messages and schema: the same request has the same key on every machine
    replay  = a file of lines {"key", "model", "messages", "schema", "answer"}; then nothing is ever sent
    cache   = a folder of answers by key; a run can be repeated byte for byte
    budget  = tokens or requests that a run may spend; cached and replayed answers cost nothing

A request that gets no answer is told with its failure and the run goes on. Only where nothing can work at all (nobody
listens, the key is refused, no such model) an error ends it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from armsledger.claims.llm_files import Answers, Cache, Recorder
from armsledger.claims.llm_request import CHARACTERS_A_TOKEN, Endpoint, Failure, Records, Request, Unanswered, parse


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may spend at an endpoint: tokens (in and out), requests, or as much as it takes."""

    tokens: int | None = None
    requests: int | None = None


@dataclass(slots=True)
class Tally:
    """What a run has asked so far. Only grows."""

    sent: int = 0
    cached: int = 0
    replayed: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    failures: Counter[Failure] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """How many passages were dealt with, one way or the other."""
        return self.sent + self.cached + self.replayed + self.failures[Failure.OPEN] + self.failures[Failure.BUDGET]


class Desk:
    """Answers requests from what it was given: a replay file, or the cache and an endpoint; keeps count."""

    def __init__(
        self,
        endpoint: Callable[[], Endpoint],
        *,
        cache: Cache | None = None,
        replay: Answers | None = None,
        record: Recorder | None = None,
        budget: Budget | None = None,
        heard: Callable[[], None] = lambda: None,
    ) -> None:
        self.tally = Tally()
        self._open = endpoint  # called when the first request is sent: who replays needs no client
        self._endpoint: Endpoint | None = None
        self._cache, self._replay, self._record = cache, replay, record
        self._budget = budget or Budget()
        self._heard = heard
        self._spent = False

    def ask(self, request: Request) -> Records:
        """The records of the answer. Raises Unanswered with the reason, and InputError where nothing can work."""
        answer: str | Mapping[str, Any] | None = None
        try:
            answer = self._answer(request)
            return parse(answer)
        except Unanswered as error:
            self.tally.failures[error.failure] += 1
            raise
        finally:
            if self._record:
                self._record.write(request, answer)
            self._heard()

    def close(self) -> None:
        """Lets go of the file that is recorded to."""
        if self._record:
            self._record.close()

    def _answer(self, request: Request) -> str | Mapping[str, Any]:
        if self._replay is not None:
            answer = self._replay.known.get(request.key)
            if answer is None:
                raise Unanswered(Failure.OPEN)
            self.tally.replayed += 1
            return answer
        kept = self._cache.get(request.key) if self._cache else None
        if kept is not None:
            self.tally.cached += 1
            return kept
        return self._sent(request)

    def _sent(self, request: Request) -> str:
        """The endpoint's answer; kept in the cache only where it is whole."""
        tally = self.tally
        if self._spent or not self._affordable(request):
            self._spent = True  # a later, shorter request is not sent either: the run stops in one place
            raise Unanswered(Failure.BUDGET)
        if self._endpoint is None:
            self._endpoint = self._open()
        tally.sent += 1
        tally.tokens_in += request.tokens_in
        reply = self._endpoint.complete(request)
        tally.tokens_in += (reply.tokens_in or request.tokens_in) - request.tokens_in
        tally.tokens_out += reply.tokens_out or len(reply.text) // CHARACTERS_A_TOKEN
        if reply.cut:
            raise Unanswered(Failure.CUT)
        parse(reply.text)
        if self._cache:
            self._cache.put(request, reply.text)
        return reply.text

    def _affordable(self, request: Request) -> bool:
        tally, budget = self.tally, self._budget
        if budget.requests is not None and tally.sent >= budget.requests:
            return False
        cost = tally.tokens_in + tally.tokens_out + request.tokens_in + request.tokens_out
        return budget.tokens is None or cost <= budget.tokens
