"""A run of ``read`` with a model: what was asked for on the command line, what it will cost, how far it is, what it
has cost.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from armsledger.claims.llm import DEFAULT_ENDPOINT, DEFAULT_WAIT_S, ModelReader, ModelSettings
from armsledger.claims.llm_answers import Budget
from armsledger.claims.llm_client import KEY_VARIABLE, shown
from armsledger.claims.llm_request import Failure
from armsledger.errors import InputError
from armsledger.views.clean import one_line
from armsledger.views.words import many

if TYPE_CHECKING:
    from armsledger.claims.llm import Estimate
    from armsledger.model import Document, Reading

_PACE = 30  # tokens of answer a second: a small model on a graphics card, or a hosted one that is busy
_NOW_AND_THEN_S = 15.0


class Asking:
    """The model of one run. ``moved`` is called after each answer."""

    def __init__(
        self,
        *,
        alone: bool,
        model: str | None,
        endpoint: str | None,
        budget: str | None,
        record: str | None,
        replay: str | None,
        cache: str | None,
        answer_wait: float | None,
    ) -> None:
        """Raises InputError for what cannot be used."""
        self.moved: Callable[[], None] = lambda: None
        self._alone = alone
        self._endpoint = _checked(endpoint or DEFAULT_ENDPOINT)
        self._replay = replay
        settings = ModelSettings(
            model=_named(model),
            endpoint=self._endpoint,
            key=_key(),
            budget=_budget(budget),
            record=record,
            replay=replay,
            cache=Path(cache) if cache else None,
            wait_s=answer_wait or DEFAULT_WAIT_S,
        )
        self._reader = ModelReader(settings, lambda: self.moved())
        self._requests = 0
        self._began = self._told = monotonic()

    def __enter__(self) -> Asking:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def read(self, document: Document, least: Decimal | None = None) -> Reading:
        """Reads one document; news with the model, beside the rules unless it is to read alone.

        ``least`` is the evidence that a claim of the rules must have; None for the default.
        """
        from armsledger.claims import read
        from armsledger.claims.news import LEAST_EVIDENCE

        points = LEAST_EVIDENCE if least is None else least
        return read(document, points, model=self._reader, rules=not self._alone)

    # -- before

    def tell_cost(self, inputs: Sequence[str]) -> None:
        """Says on stderr what is about to be asked: of files and folders; an address or standard input comes once."""
        if self._replay:
            self._say(f"answers are taken from {one_line(self._replay)}, nothing is sent")
            return
        from armsledger.claims.reader import readable
        from armsledger.pipeline import documents_of

        known = [name for name in inputs if name != "-" and "://" not in name]
        documents = (d for d in documents_of(known) if not isinstance(d, InputError))
        estimate = self._reader.estimate(readable(document) for document in documents)
        self._requests = estimate.requests
        unknown = len(inputs) - len(known)
        rest = f"; {many(unknown, 'input')} more cannot be told beforehand" if unknown else ""
        self._say(f"{_cost(estimate)}, at {shown(self._endpoint)}{rest}")
        self._began = self._told = monotonic()

    # -- while it runs

    def progress(self) -> str:
        """``12 of about 40 passages asked, about 2 min left``."""
        done = self._reader.tally.done
        whole = f" of about {self._requests:,}" if self._requests >= done else ""
        left = (monotonic() - self._began) / done * (self._requests - done) if done else 0
        return f"{done:,}{whole} passages asked" + (f", about {_time(left)} left" if left >= 1 else "")

    def tell_now_and_then(self) -> None:
        """A line of progress, if the last one is some time ago."""
        now = monotonic()
        if now - self._told >= _NOW_AND_THEN_S:
            self._told = now
            self._say(f"{self.progress()}, {_time(now - self._began)} so far")

    # -- after

    def account(self) -> str:
        """What was asked and what it cost."""
        tally = self._reader.tally
        if self._replay:
            left_open = tally.failures[Failure.OPEN]
            return f"Model {self._name}: {many(tally.replayed, 'answer')} from the file, {left_open:,} open."
        cost = f"{tally.tokens_in:,} tokens in, {tally.tokens_out:,} out, {_time(monotonic() - self._began)}"
        return f"Model {self._name}: {many(tally.sent, 'request')} sent, {tally.cached:,} from the cache, {cost}."

    @property
    def _name(self) -> str:
        return one_line(self._reader.model)

    def _say(self, told: str) -> None:
        click.echo(f"Model {self._name}: {told}.", err=True)


def _cost(estimate: Estimate) -> str:
    send = estimate.requests - estimate.cached
    kept = f", {estimate.cached:,} more are in the cache" if estimate.cached else ""
    tokens = f"{estimate.tokens_in:,} tokens in, {estimate.tokens_out:,} out"
    time = _time(estimate.tokens_out / _PACE)
    return f"about {many(send, 'request')}, {tokens}, {time} at {_PACE} tokens a second{kept}"


def _time(seconds: float) -> str:
    """``45 s``, ``3 min 20 s``, ``2 h 5 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


# -- what was asked for -----------------------------------------------------------------------------------


def _checked(endpoint: str) -> str:
    try:
        parts = urlsplit(endpoint)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or not endpoint.isprintable():
        raise InputError("--endpoint", "expected an address of the form http://host:port/v1")
    return endpoint


def _named(model: str | None) -> str | None:
    if model is not None and (not model.strip() or not model.isprintable() or len(model) > 200):
        raise InputError("--model", "expected the name of a model")
    return model


def _key() -> str | None:
    """The key from the environment; it is sent to the endpoint and never shown."""
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise InputError(KEY_VARIABLE, "holds characters that no key has")
    return key or None


def _budget(said: str | None) -> Budget:
    """``50000`` and ``50000tokens`` are tokens, ``20requests`` are requests."""
    if said is None:
        return Budget()
    found = re.fullmatch(r"(\d{1,12}) ?(tokens?|requests?)?", said.replace(",", "").replace("_", "").strip())
    if found is None:
        raise InputError("--budget", f"expected a number of tokens or requests, got {said!r}", "50000, 20requests")
    number = int(found[1])
    return Budget(requests=number) if (found[2] or "").startswith("request") else Budget(tokens=number)
