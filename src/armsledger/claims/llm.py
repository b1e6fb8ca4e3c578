"""The model reader: news through a language model of the user's choice, behind the same gate as the rules.

    passages  ->  requests  ->  answers          ->  records     ->  claims
    (gate)        (guide)       (cache, file,        (JSON form)     (words, numbers, parties checked)
                                 endpoint)

A model reads what rules cannot; it is believed in nothing. Each claim names its reader ``llm/<model>``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from armsledger.claims.llm_answers import Budget, Desk, Tally
from armsledger.claims.llm_claims import claims_of
from armsledger.claims.llm_client import client
from armsledger.claims.llm_files import Cache, Recorder, default_cache, read_answers
from armsledger.claims.llm_guide import messages
from armsledger.claims.llm_passages import passages
from armsledger.claims.llm_request import Failure, Request, Unanswered
from armsledger.errors import InputError
from armsledger.model import Claim, Document, DocumentKind, Refusal, Silence

DEFAULT_ENDPOINT = "http://localhost:11434/v1"  # where Ollama listens
DEFAULT_MODEL = "qwen2.5:7b"
DEFAULT_WAIT_S = 300.0  # a small machine takes its time


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which model is asked where, what it may cost, and where answers are kept.

    ``model`` None means the one that a replay file names, else the default. ``key`` is never shown. With ``replay``
    nothing is sent. ``cache`` None means the user's cache folder. ``wait_s`` is how long one answer is waited for.
    """

    model: str | None = None
    endpoint: str = DEFAULT_ENDPOINT
    key: str | None = field(default=None, repr=False)
    budget: Budget = field(default_factory=Budget)
    record: str | None = None
    replay: str | None = None
    cache: Path | None = None
    wait_s: float = DEFAULT_WAIT_S
    retries: int = 3


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would ask: requests in all, how many of them the cache has, about how many tokens the rest cost."""

    requests: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


class ModelReader:
    """Reads news documents with a model. Close it, or use it as a context manager, so that a record file is whole."""

    def __init__(self, settings: ModelSettings, heard: Callable[[], None] = lambda: None) -> None:
        """``heard`` is called after each answer. Raises InputError for files of answers that cannot be used."""
        self._settings = settings
        replay = read_answers(settings.replay) if settings.replay else None
        if settings.record and settings.replay and _same_file(settings.record, settings.replay):
            raise InputError(settings.record, "--record and --replay name the same file", "record to another one")
        only = replay.models[0] if replay and len(replay.models) == 1 else DEFAULT_MODEL
        self.model = settings.model or only
        self._cache = Cache(settings.cache or default_cache())
        self._desk = Desk(
            partial(client, settings.endpoint, settings.key, settings.wait_s, settings.retries),
            cache=self._cache,
            replay=replay,
            record=Recorder(settings.record) if settings.record else None,
            budget=settings.budget,
            heard=heard,
        )

    def __enter__(self) -> ModelReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file that is recorded to."""
        self._desk.close()

    @property
    def tally(self) -> Tally:
        """What was asked so far."""
        return self._desk.tally

    def read(self, document: Document) -> tuple[tuple[Claim, ...], tuple[Refusal, ...], tuple[Silence, ...]]:
        """The claims that a document's passages gave, each once; what was refused; passages without a claim and why.

        Raises InputError where no request can succeed at all.
        """
        claims: list[Claim] = []
        refused: list[Refusal] = []
        silences: list[Silence] = []
        asked = passages(document)
        if not asked:
            return (), (), (Silence("no word of arms and of a transfer", 0, len(document.text)),)
        for passage in asked:
            try:
                records = self._desk.ask(Request(self.model, messages(document, passage)))
            except Unanswered as error:
                silences.append(Silence(why_silent(error.failure), passage.start, passage.end))
                continue
            kept, gone = claims_of(document, passage, records, f"llm/{self.model}")
            claims += kept
            refused += gone
            if not kept:
                silences.append(Silence("model: no transfer told", passage.start, passage.end))
        return tuple(_once(claims)), tuple(refused), tuple(silences)

    def estimate(self, documents: Iterable[Document]) -> Estimate:
        """About what reading these documents would cost. Nothing is sent."""
        requests = cached = tokens_in = tokens_out = 0
        for request in self._requests(documents):
            requests += 1
            if request.key in self._cache:
                cached += 1
            else:
                tokens_in += request.tokens_in
                tokens_out += request.tokens_out
        return Estimate(requests, cached, tokens_in, tokens_out)

    def _requests(self, documents: Iterable[Document]) -> Iterator[Request]:
        for document in documents:
            if document.kind is DocumentKind.NEWS and document.language in (None, "en"):
                for passage in passages(document):
                    yield Request(self.model, messages(document, passage))


def why_silent(failure: Failure) -> str:
    """The reason that is told for a passage without an answer."""
    match failure:
        case Failure.OPEN:
            return "model: an open request, not answered yet"
        case Failure.BUDGET:
            return "model: not asked, the budget is spent"
        case Failure.TIMEOUT:
            return "model: no answer in time"
        case Failure.RATE:
            return "model: the endpoint's rate limit"
        case Failure.CUT:
            return "model: the answer was cut"
        case Failure.MALFORMED:
            return "model: an answer of another form"
        case Failure.REJECTED:
            return "model: the endpoint does not take the request"
        case Failure.SERVER:
            return "model: a fault of the endpoint"
        case Failure.LOST:
            return "model: the connection was lost"


def _once(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Claims without those that only say again what an earlier one says: same flow and stage, no new figure."""
    kept: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        item = claim.system or (claim.item or "").lower()
        key = (claim.supplier, claim.recipient, item, claim.stage, claim.polarity)
        if any(_adds_nothing(claim, earlier) for earlier in kept.get(key, ())):
            continue
        kept.setdefault(key, []).append(claim)
        yield claim


def _adds_nothing(claim: Claim, earlier: Claim) -> bool:
    figures = ((c.quantity, c.value, c.programme, c.date and c.date.iso) for c in (claim, earlier))
    return all(new is None or new == old for new, old in zip(*figures, strict=True))


def _same_file(one: str, other: str) -> bool:
    return Path(one).resolve() == Path(other).resolve()
