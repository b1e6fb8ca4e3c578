"""What can be asked of the ledger, as a table: each row drives the WHERE clause and the sentence that says it in words.

Dates are those of publication. A document passes a date filter where it was *certainly* published within it: one
dated ``2025`` does not pass ``since`` 2025-03-01, and one without a date passes none. ``Ledger.left_out`` counts
those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from armsledger.errors import InputError
from armsledger.model import Certainty, DateInterval, DocumentKind, Polarity, Stage, Subject

from .rows import stored


def _first(date: str) -> str:
    return DateInterval(date).first.isoformat()


def _after(date: str) -> str:
    return DateInterval(date).after.isoformat()


@dataclass(frozen=True, slots=True)
class Condition:
    """One question: its key, the SQL that answers it, and the English that says it.

    ``of`` names the table that the SQL looks at. ``choices`` is the closed set that the value must be of, ``bind``
    makes the SQL's parameter of the value and raises ValueError where it cannot. ``possible`` is the SQL of a date
    filter that documents pass which *may* have been published within it.
    """

    key: str
    of: Literal["claim", "document"]
    sql: str
    english: str
    choices: type[StrEnum] | None = None
    bind: Callable[[str], str] = stored
    possible: str = ""


# contains(text, words) and has_words(text, words) are functions that the ledger gives its database: whatever the case.
CONDITIONS = (
    Condition("supplier", "claim", "claim.supplier = :supplier", "supplier is {}"),
    Condition("recipient", "claim", "claim.recipient = :recipient", "recipient is {}"),
    Condition("party", "claim", "(claim.supplier = :party OR claim.recipient = :party)", "supplier or recipient is {}"),
    Condition("system", "claim", "claim.system = :system", "system is {}"),
    Condition("item", "claim", "contains(claim.item, :item)", "item contains “{}”"),
    Condition("stage", "claim", "claim.stage = :stage", "stage is {}", Stage),
    Condition("polarity", "claim", "claim.polarity = :polarity", "polarity is {}", Polarity),
    Condition("certainty", "claim", "claim.certainty = :certainty", "certainty is {}", Certainty),
    Condition("speaker", "claim", "claim.speaker = :speaker", "speaker is {}"),
    Condition("publisher", "document", "document.publisher = :publisher", "publisher is {}"),
    Condition(
        "kind",
        "document",
        "EXISTS (SELECT 1 FROM form WHERE form.document_id = document.id AND form.kind = :kind)",
        "document is of kind {}",
        DocumentKind,
    ),
    Condition("subject", "claim", "claim.subject = :subject", "subject is {}", Subject),
    Condition(
        "since",
        "document",
        "document.published_first >= :since",
        "published on or after {}",
        bind=_first,
        possible="document.published_after > :since",
    ),
    Condition(
        "until",
        "document",
        "document.published_after <= :until",
        "published on or before {}",
        bind=_after,
        possible="document.published_first < :until",
    ),
    Condition(
        "as_of",
        "document",
        "document.published_after <= :as_of",
        "as of {}",
        bind=_after,
        possible="document.published_first < :as_of",
    ),
    Condition(
        "document",
        "document",
        "(document.id = :document OR document.id IN (SELECT document_id FROM sighting WHERE name = :document))",
        "document is {}",
    ),
    Condition("text", "claim", "has_words(claim.quote, :text)", "quote has the words “{}”"),
)

_UNDATED = "documents without a certain date left out"


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are meant; None asks nothing. Raises InputError for a value that can never match.

    ``supplier``, ``recipient``, ``party``, ``system``, ``speaker`` and ``publisher`` match whole and exactly as the
    claim has them; ``item`` matches part of the item's name and ``text`` all of its words anywhere in the quote,
    whatever the case; ``document`` is an id or a name. ``since``, ``until`` and ``as_of`` are ISO dates (2025,
    2025-10 or 2025-10-01), inclusive.

    >>> ClaimFilter(recipient="PAK", as_of="2025-10-01").sentence()
    'claims where recipient is PAK, as of 2025-10-01'
    """

    supplier: str | None = None
    recipient: str | None = None
    party: str | None = None
    system: str | None = None
    item: str | None = None
    stage: str | None = None
    polarity: str | None = None
    certainty: str | None = None
    speaker: str | None = None
    publisher: str | None = None
    kind: str | None = None
    subject: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    document: str | None = None
    text: str | None = None

    def __post_init__(self) -> None:
        for condition, value in self.given():
            if condition.choices is not None and value not in tuple(condition.choices):
                raise InputError(
                    condition.key, f"{value!r} is none of its values", f"one of: {', '.join(condition.choices)}"
                )
            try:
                condition.bind(value)
            except (ValueError, OverflowError) as problem:
                raise InputError(condition.key, str(problem)) from problem

    def given(self) -> tuple[tuple[Condition, str], ...]:
        """The conditions that are asked, each with its value, in the order of the table."""
        asked = ((condition, getattr(self, condition.key)) for condition in CONDITIONS)
        return tuple((condition, value) for condition, value in asked if value is not None)

    def parameters(self) -> dict[str, Any]:
        """The parameters of the SQL of all given conditions."""
        return {condition.key: condition.bind(str(value)) for condition, value in self.given()}

    def sentence(self) -> str:
        """What is shown, in words."""
        said = {condition.key: condition.english.format(value) for condition, value in self.given()}
        as_of = said.pop("as_of", None)
        sentence = "claims where " + " and ".join(said.values()) if said else "all claims"
        if "since" in said or "until" in said:
            sentence += f" ({_UNDATED})"
        return f"{sentence}, {as_of}" if as_of else sentence
