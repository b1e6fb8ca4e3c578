"""The nouns of armsledger: the values that its rooms hand to one another.

All are frozen and hold only what was said, by whom and where; none knows how it was read or where it is kept.
Text positions are code points of a document's stored text, start inclusive, end exclusive. ``None`` means
"the text does not say"; it never means zero or "none".
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, NewType

DocumentId = NewType("DocumentId", str)
ClaimId = NewType("ClaimId", str)
DealId = NewType("DealId", str)
StatementId = NewType("StatementId", str)
OccurrenceId = NewType("OccurrenceId", str)


# -- closed sets ------------------------------------------------------------------------------------------


class DocumentKind(StrEnum):
    """What a document is, and so which reader reads it."""

    NOTICE = "notice"
    CONTRACTS = "contracts"
    NEWS = "news"
    REGISTER = "register"  # a table of transfers or licences, imported with its vintage


class SectionKind(StrEnum):
    """What a stretch of a document's text is. Only title, heading and body are read for claims."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    COMMENT = "comment"
    BOILERPLATE = "boilerplate"


class Stage(StrEnum):
    """How far a transfer has come, by what is asserted of it."""

    CONSIDERED = "considered"
    REQUESTED = "requested"
    OFFERED = "offered"
    NEGOTIATED = "negotiated"
    APPROVED = "approved"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    HALTED = "halted"


class Polarity(StrEnum):
    """Whether the speaker says that it is so or that it is not so."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Certainty(StrEnum):
    """How surely the text presents an assertion."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Mode(StrEnum):
    """On what terms a transfer is made."""

    SALE = "sale"
    AID = "aid"
    LOAN = "loan"
    LEASE = "lease"
    LICENSED_PRODUCTION = "licensed production"
    SERVICE = "service"


class Meaning(StrEnum):
    """What a sum of money is. Sums of different meaning are never added, averaged or compared as equals."""

    CEILING = "ceiling"  # what a notice says the transfer may cost at most
    AWARD = "award"  # what a contract action is worth
    OBLIGATED = "obligated"  # what was set aside when it was signed
    LICENCE = "licence"  # what a licence covers
    REPORTED = "reported"  # what somebody says, meaning not told
    CUMULATIVE = "cumulative"  # face value of a contract or programme after all its actions


class Subject(StrEnum):
    """What a claim is about: one transfer between parties, or a contract that several buyers share."""

    TRANSFER = "transfer"
    CONTRACT = "contract"


class SpeakerKind(StrEnum):
    """What kind of voice a speaker is."""

    PERSON = "person"
    OFFICE = "office"
    COMPANY = "company"
    OUTLET = "outlet"
    UNNAMED = "unnamed"
    AUTHOR = "author"


class StatementTopic(StrEnum):
    """What a statement is about: the matters on which parties contradict one another."""

    TRANSFER = "transfer"
    SANCTIONS = "sanctions"
    DIVERSION = "diversion"  # and end use
    MEDIATION = "mediation"  # and ceasefire
    APPROVAL = "approval"
    SYSTEM = "system"  # what is said of a system: its range, platform, variant


class Action(StrEnum):
    """What a contract announcement announces."""

    AWARD = "award"
    MODIFICATION = "modification"
    ORDER = "order"
    OPTION = "option"


# -- small values -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text in code points: ``start`` inclusive, ``end`` exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in the currency's main unit, with what it means."""

    amount: Decimal
    currency: str
    meaning: Meaning | None = None

    def __str__(self) -> str:
        return f"{self.currency} {plain(self.amount)}"


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class DateInterval:
    """A date as precise as it was said: ``2016``, ``2016-07`` or ``2016-07-31``; two of them joined by ``/`` are a
    range.

    >>> DateInterval("2016-07").first, DateInterval("2016-07").after
    (datetime.date(2016, 7, 1), datetime.date(2016, 8, 1))
    """

    iso: str

    def __post_init__(self) -> None:
        for part in self.iso.split("/"):
            _bounds(part)

    @property
    def first(self) -> date:
        """The first day that is meant (inclusive)."""
        return _bounds(self.iso.split("/")[0])[0]

    @property
    def after(self) -> date:
        """The first day that is no longer meant (exclusive)."""
        return _bounds(self.iso.split("/")[-1])[1]

    def __str__(self) -> str:
        return self.iso


@lru_cache(maxsize=16_384)
def _bounds(iso: str) -> tuple[date, date]:
    found = _ISO.fullmatch(iso)
    if not found:
        raise ValueError(f"not a date of the form 2016, 2016-07 or 2016-07-31: {iso!r}")
    year, month, day = found.groups()
    if day:
        first = date(int(year), int(month), int(day))
        return first, first + timedelta(days=1)
    if month:
        m = int(month)
        return date(int(year), m, 1), date(int(year) + m // 12, m % 12 + 1, 1)
    return date(int(year), 1, 1), date(int(year) + 1, 1, 1)


def plain(amount: Decimal) -> str:
    """A decimal without exponent and without trailing zeros: ``225000000``, ``0.5``.

    >>> plain(Decimal("2.250E+8")), plain(Decimal("0.50"))
    ('225000000', '0.5')
    """
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# -- documents --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source gave: bytes or a file to read them from, and what is known about them from outside.

    ``name`` is what the user called it (path, URL, ``-``). Exactly one of ``body`` and ``path`` is set. The other
    fields hold what a container or a server said and win over what the bytes themselves say.
    """

    name: str
    body: bytes | None = None
    path: Path | None = None
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    kind: DocumentKind | None = None

    def open(self) -> BinaryIO:
        """A stream of the bytes from their beginning; the caller closes it. Raises OSError where the file cannot be
        read.
        """
        return BytesIO(self.body or b"") if self.path is None else self.path.open("rb")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document's text and what it is."""

    kind: SectionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """``length`` characters that stand alike at ``start`` in the stored text and at ``source`` in the published one."""

    start: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of a document that was not read, and why."""

    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A published text as it is kept: never edited.

    ``text`` is stored once; ``sections`` cover what of it is title, body, comment, caption or boilerplate, in order and
    without overlap. ``runs`` map it back to the decoded source; an empty tuple means that text and source are the same.
    ``published`` is an ISO date as precise as it is known. ``name`` is what the user or the file called it and is no
    part of the identity: the same words from the same publisher on the same day are one document.
    """

    name: str
    kind: DocumentKind
    text: str
    sections: tuple[Section, ...]
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    media_type: str = "text/plain"
    digest: str = ""  # sha-256 of the bytes as they were got, in hexadecimal
    runs: tuple[Run, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def id(self) -> DocumentId:
        """A hash of text, title, date, publisher and address."""
        return _document_id(self.text, self.title, self.published, self.publisher, self.url)


@lru_cache(maxsize=4)
def _document_id(text: str, *about: str | None) -> DocumentId:
    """Kept for the last few documents: each claim of a document asks for it again."""
    return DocumentId(_hash("document", text, *about))


# -- claims -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """The words of a document that carry one field of a claim, and how the field was filled from them.

    ``field`` names the slot (``recipient``, ``quantity``, ``transmittal`` ...), ``value`` its canonical form;
    ``how`` is ``stated`` where the words say it, else the rule that led from the words to the value.
    """

    field: str
    value: str
    start: int
    end: int
    quote: str
    how: str = "stated"


class _Hashed:
    """Room for the id of a value, which is a hash of all that it says: worked out once, not at every question."""

    __slots__ = ("_id",)
    _id: ClaimId


@dataclass(frozen=True, slots=True)
class Claim(_Hashed):
    """One assertion about a transfer, anchored to exact words of a document. Never overwritten.

    ``supplier`` and ``recipient`` are ISO 3166-1 alpha-3 codes or the usual English name of a party that is no state.
    ``item`` is what moves, as named, singular; ``system`` the lexicon's id of it. ``value`` is the transfer's own;
    ``programme`` that of a contract or programme which several buyers share. ``date`` is when the asserted thing
    happened or is to happen, not when it was published. ``anchors`` hold every field with its words, those without
    a slot of their own (contractor, transmittal, contract number, completion ...) included.
    """

    document: DocumentId
    start: int
    end: int
    quote: str
    reader: str
    stage: Stage
    subject: Subject = Subject.TRANSFER
    supplier: str | None = None
    recipient: str | None = None
    item: str | None = None
    system: str | None = None
    quantity: Decimal | None = None
    value: Money | None = None
    programme: Money | None = None
    mode: Mode | None = None
    second_hand: bool = False
    modernised: bool = False
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.CERTAIN
    speaker: str = "author"
    speaker_kind: SpeakerKind = SpeakerKind.AUTHOR
    date: DateInterval | None = None
    condition: str | None = None
    anchors: tuple[Anchor, ...] = ()
    evidence: Decimal | None = None  # points of a reader that weighs; no part of the identity

    @property
    def id(self) -> ClaimId:
        """A hash of what is said and where; the reader's name counts, its version and its points do not."""
        try:
            known: ClaimId = self._id
        except AttributeError:
            known = ClaimId(_hash("claim", *self._identity()))
            object.__setattr__(self, "_id", known)
        return known

    def _identity(self) -> list[Any]:
        said: list[Any] = [self.document, self.start, self.end, self.reader.partition("/")[0], self.subject]
        said += [self.stage, self.supplier, self.recipient, self.item, self.system]
        said += [None if self.quantity is None else plain(self.quantity)]
        said += [_money(self.value), _money(self.programme), self.mode, self.second_hand, self.modernised]
        said += [self.polarity, self.certainty, self.speaker, self.speaker_kind]
        said += [self.date and self.date.iso, self.condition]
        said += map(_SAID_BY_ANCHOR, self.anchors)
        return said

    def anchored(self, field: str) -> tuple[Anchor, ...]:
        """The anchors of one field, in the order of the claim."""
        return tuple([a for a in self.anchors if a.field == field])  # a list first: asked very often, and quicker


def _money(money: Money | None) -> list[str | None] | None:
    return None if money is None else [plain(money.amount), money.currency, money.meaning]


_SAID_BY_ANCHOR = attrgetter("field", "value", "start", "end", "how")
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def _hash(*parts: Any) -> str:
    return hashlib.sha256(_json(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a party says about a disputed matter: kept as its word, never adopted.

    ``speaks_for`` is the party that the speaker belongs to, where that is told; ``verb`` the word that reports it.
    ``polarity`` says whether the speaker affirms or denies the matter; ``parties`` are those that the words name,
    sorted; ``date`` is when the thing spoken of happened or is to happen.
    """

    document: DocumentId
    start: int
    end: int
    quote: str
    speaker: str
    speaker_kind: SpeakerKind
    speaks_for: str | None
    verb: str
    topic: StatementTopic
    polarity: Polarity
    parties: tuple[str, ...]
    system: str | None
    date: DateInterval | None
    anchors: tuple[Anchor, ...]
    reader: str

    @property
    def id(self) -> StatementId:
        """A hash of what is said and where; the reader's name counts, its version does not."""
        said: list[Any] = [self.document, self.start, self.end, self.reader.partition("/")[0]]
        said += [self.speaker, self.speaker_kind, self.speaks_for, self.verb, self.topic, self.polarity]
        said += [list(self.parties), self.system, self.date and self.date.iso]
        said += [[a.field, a.value, a.start, a.end, a.how] for a in self.anchors]
        return StatementId(_hash("statement", *said))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A dated event that a document reports: an attack, a visit, a vote; for timelines, with its words.

    ``kind`` is one of a short list in the lexicon's data; ``parties`` are those that the words name, sorted.
    """

    document: DocumentId
    start: int
    end: int
    quote: str
    kind: str
    date: DateInterval
    parties: tuple[str, ...]
    anchors: tuple[Anchor, ...]

    @property
    def id(self) -> OccurrenceId:
        """A hash of what is told and where."""
        told: list[Any] = [self.document, self.start, self.end, self.kind, self.date.iso, list(self.parties)]
        told += [[a.field, a.value, a.start, a.end, a.how] for a in self.anchors]
        return OccurrenceId(_hash("occurrence", *told))


# -- what the official readers find -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One counted or named article of a notice or contract, with the words that name it.

    ``upgrade`` is true where platforms that the buyer has already are to be upgraded rather than handed over.
    """

    designation: str
    start: int
    end: int
    quantity: Decimal | None = None
    system: str | None = None
    upgrade: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What one official sale notice says. Every field has its words in ``anchors``."""

    supplier: str
    recipient: str | None
    transmittal: str | None
    date: DateInterval | None
    value: Money | None
    items: tuple[Item, ...]
    contractors: tuple[str, ...]
    stage: Stage | None
    notified: DateInterval | None = None
    shares: tuple[tuple[str, Money], ...] = ()  # what the total is made of: ("MDE", ...), ("other", ...)
    offsets: str | None = None  # "none known" or "proposed"
    amends: str | None = None  # transmittal of the case that this one enlarges or amends
    correction: bool = False
    start: int = 0
    end: int = 0
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """One customer's part of a contract, in money, per cent, or both. ``customer`` is a party, ``USA``, ``FMS`` or
    ``partners``.
    """

    customer: str
    amount: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """What one paragraph of a day's contract announcement says. Every field has its words in ``anchors``."""

    contractors: tuple[str, ...]
    amount: Decimal | None
    currency: str
    contract: str | None
    action: Action
    start: int
    end: int
    numbers: tuple[str, ...] = ()
    parent: str | None = None
    modification: str | None = None
    cumulative: Decimal | None = None
    customers: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    foreign: bool = False
    items: tuple[Item, ...] = ()
    completion: DateInterval | None = None
    date: DateInterval | None = None
    obligated: Decimal | None = None
    fms_obligated: Decimal | None = None
    correction: bool = False
    corrected_amount: Decimal | None = None  # the wrong figure that a correction takes back
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """A passage that gave no claim, and why: the reason is one of a short list, so that it can be counted."""

    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that the gate refused: its quote does not stand in the document where it says."""

    reason: str
    field: str
    quote: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document gave: records, claims, what was refused and what stayed silent."""

    document: Document
    notices: tuple[Notice, ...] = ()
    contracts: tuple[Contract, ...] = ()
    claims: tuple[Claim, ...] = ()
    refused: tuple[Refusal, ...] = ()
    silences: tuple[Silence, ...] = ()
    statements: tuple[Statement, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()


# -- deals ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value that is given for a field of a deal, and the claims that give it."""

    value: str
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class DealField:
    """All values that are given for one field of a deal, side by side, the most often given first."""

    name: str
    values: tuple[FieldValue, ...]

    @property
    def conflicting(self) -> bool:
        """True where more than one value is given."""
        return len(self.values) > 1


@dataclass(frozen=True, slots=True)
class Deal:
    """What claims say when put together: a pure function of them, rebuilt, never edited.

    ``key`` says why they belong together: a transmittal number, a contract number and its buyer, or one claim alone.
    ``stage`` is the furthest that is affirmed; ``first`` and ``last`` are the dates of publication of the earliest and
    the latest document.
    """

    id: DealId
    key: str
    supplier: str | None
    recipient: str | None
    stage: Stage
    claims: tuple[ClaimId, ...]
    fields: tuple[DealField, ...] = ()
    first: str | None = None
    last: str | None = None

    def values(self, name: str) -> tuple[FieldValue, ...]:
        """The values given for a field, or an empty tuple."""
        return next((f.values for f in self.fields if f.name == name), ())


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two claims may be of one deal, or may not: its name, its points (negative: against), and the words for it."""

    name: str
    points: int
    told: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims that are taken as of one deal, and all reasons for and against."""

    one: ClaimId
    other: ClaimId
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """The sum of the reasons."""
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Question:
    """What the rules cannot decide and a person can: whether a claim belongs to one of several candidates, or to one
    that is neither near nor far enough.

    ``candidates`` has a claim of each deal that it may belong to, the likeliest first, with the reasons.
    """

    ground: str
    claim: ClaimId
    candidates: tuple[Link, ...]
    because: str

    @property
    def id(self) -> str:
        """A hash of the claim and of those that it may belong with."""
        return "q" + _hash("question", self.claim, [link.other for link in self.candidates])[:10]


@dataclass(frozen=True, slots=True)
class Settled:
    """What the claims of one ground come to: the key of each claim, which keys are one deal, what is left open.

    A pure function of the claims of the ground, their dates of publication and the judgements about them.
    """

    ground: str
    keys: tuple[tuple[ClaimId, str], ...]  # by claim
    ties: tuple[tuple[str, str], ...] = ()  # pairs of keys of one deal, each sorted
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """An analyst's decision about claims or deals; appended, undone by another one.

    ``verdict`` is ``same``, ``different``, ``accept`` or ``reject``; ``made`` an ISO date and time given by the author.
    """

    verdict: str
    about: tuple[str, ...]
    author: str
    made: str
    because: str
    undoes: str | None = None

    @property
    def id(self) -> str:
        """A hash of all that it says."""
        return _hash("judgement", self.verdict, list(self.about), self.author, self.made, self.because, self.undoes)
