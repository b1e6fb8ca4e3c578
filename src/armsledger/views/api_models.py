"""What the HTTP API gives, field by field: the OpenAPI description is made of these.

Answers are written from the same values as ``--format jsonl``; the tests hold every answer to these models. Dates are
ISO 8601 as precise as they were said, null is "not said", positions are code points of the document's text, start
inclusive, end exclusive.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from armsledger.model import (
    Certainty,
    DocumentKind,
    Meaning,
    Mode,
    Polarity,
    SpeakerKind,
    Stage,
    StatementTopic,
    Subject,
)

Number = int | float


class Out(BaseModel):
    """A part of an answer; it has these fields and no others."""

    model_config = ConfigDict(extra="forbid")


# -- errors -----------------------------------------------------------------------------------------------


class Fault(Out):
    """What went wrong: the HTTP status, and a sentence for a person."""

    status: int
    message: str


class Error(Out):
    """The one shape of every error of this API."""

    error: Fault


# -- small parts ------------------------------------------------------------------------------------------


class LeftOut(Out):
    """What the dates left out because it is not known well enough when it was published."""

    documents: int
    claims: int


class Page(Out):
    """One page of a list.

    ``next`` is what to send as ``cursor`` for the next page, null on the last; ``asked`` says in words what is listed.
    ``left_out`` is told on the first page only.
    """

    asked: str
    next: str | None
    left_out: LeftOut | None = None


class Sum(Out):
    """A sum of money with its meaning. Sums of different meaning are never added or compared as equals."""

    amount: Number
    currency: str
    meaning: Meaning | None


class Words(Out):
    """Where words stand: the document, the place in it, and the words."""

    document: str
    name: str | None
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    quote: str


class ClaimWords(Words):
    """The words of a claim."""

    claim: str


class Anchor(Out):
    """The words of one field of a claim, and how the field was filled from them (``stated``, or the rule)."""

    field: str
    value: str
    start: int
    end: int
    quote: str
    how: str


class Outlet(Out):
    """The lexicon's entry of a publisher; ``agency_copy`` is null where it is not known."""

    id: str
    name: str
    country: str
    kind: str
    agency_copy: bool | None


class Graded(Out):
    """A publisher's entry, its grade as a source (A to F), and where the grade is from."""

    outlet: Outlet | None
    grade: str
    grade_from: str


class DocumentTold(Out):
    """What is known of a document."""

    id: str
    name: str | None
    kind: DocumentKind
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None


# -- documents --------------------------------------------------------------------------------------------


class DocumentLine(Graded):
    """A document without its text; ``claims``, ``silences`` and ``refused`` are counts."""

    id: str
    names: list[str]
    kind: DocumentKind
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None
    media_type: str
    digest: str
    characters: int
    claims: int
    silences: int
    refused: int


class Stretch(Out):
    """What a stretch of a text is: title, heading, body, caption, comment, boilerplate; or why it was not read."""

    kind: str
    start: int
    end: int


class DocumentWhole(DocumentLine):
    """A document with its text as it is kept, and its claims by id, in the order of the text."""

    text: str
    sections: list[Stretch]
    skipped: list[Stretch]
    claim_ids: list[str]


class DocumentPage(Page):
    """Documents, by date of publication and id; undated ones last."""

    items: list[DocumentLine]


# -- claims -----------------------------------------------------------------------------------------------


class ClaimLine(Out):
    """One assertion with all its slots and the words of each."""

    id: str
    supplier: str | None
    recipient: str | None
    item: str | None
    system: str | None
    quantity: Number | None
    value: Sum | None
    programme: Sum | None
    mode: Mode | None
    stage: Stage
    polarity: Polarity
    certainty: Certainty
    speaker: str
    speaker_kind: SpeakerKind
    date: str | None
    start: int
    end: int
    quote: str
    reader: str
    subject: Subject
    second_hand: bool
    modernised: bool
    condition: str | None
    evidence: Number | None
    document: DocumentTold
    anchors: list[Anchor]


class ClaimPage(Page):
    """Claims, by date of publication, document, start and id."""

    items: list[ClaimLine]


class StatementLine(Out):
    """What a party says about a disputed matter: its word, never adopted."""

    id: str
    speaker: str
    speaker_kind: SpeakerKind
    speaks_for: str | None
    verb: str
    topic: StatementTopic
    polarity: Polarity
    parties: list[str]
    system: str | None
    date: str | None
    start: int
    end: int
    quote: str
    reader: str
    document: DocumentTold
    anchors: list[Anchor]


class StatementPage(Page):
    """Statements, by date of publication, document, start and id."""

    items: list[StatementLine]


# -- deals ------------------------------------------------------------------------------------------------


class SumOfClaims(Sum):
    """A sum with the claims that give it."""

    claims: list[str]


class SumOfClaim(Sum):
    """A sum with the claim that gives it."""

    claim: str


class Value(Out):
    """A value of a field with the claims that give it."""

    value: str
    claims: list[str]


class FieldLine(Out):
    """A field of a deal with all its values; ``own`` is false where it is said of a shared contract as a whole."""

    name: str
    own: bool
    conflicting: bool
    values: list[Value]


class SharedContract(Out):
    """What is said of a contract that several buyers share: as a whole, never a buyer's."""

    key: str
    buyers: list[str]
    values: list[SumOfClaim]
    programmes: list[SumOfClaim]
    claims: list[str]


class DealHead(Out):
    """What every deal is told with."""

    id: str
    key: str
    supplier: str | None
    recipient: str | None
    what: str
    stage: Stage | None
    status_word: str
    contested: bool
    first: str | None
    last: str | None
    values: list[SumOfClaims]
    conflicts: list[str]
    claims: list[str]
    documents: list[str]


class DealLine(DealHead):
    """A deal: its fields with their values and the claims that give each."""

    shared_contract: SharedContract | None
    fields: list[FieldLine]


class DealPage(Page):
    """Deals, by key."""

    items: list[DealLine]


class ShownValue(Value):
    """A value with the words that carry it."""

    evidence: list[ClaimWords]


class ShownField(Out):
    """A field of a deal, every value with the words that carry it."""

    name: str
    own: bool
    conflicting: bool
    values: list[ShownValue]


class ShownContract(SharedContract):
    """A shared contract with the words of its claims."""

    evidence: list[ClaimWords]


class Voice(Out):
    """A claim as a voice: who says so, where, how surely."""

    claim: str
    document: str
    published: str | None
    speaker: str
    speaker_kind: SpeakerKind
    certainty: Certainty
    date: str | None


class Status(Out):
    """Where a deal stands. ``origins`` counts the independent origins behind it."""

    stage: Stage | None
    word: str
    sentence: str
    contested: bool
    affirmed_by: list[Voice]
    denied_by: list[Voice]
    documents: list[str]
    origins: int | None


class Step(Out):
    """One stage of a deal's life, with the claims for and against it."""

    stage: Stage
    contested: bool
    happened: list[str]
    first_told: str | None
    last_told: str | None
    reached: list[Voice]
    possible: list[Voice]
    still_to_come: list[Voice]
    against: list[Voice]
    doubted: list[Voice]
    contested_by: list[Voice]


class Batch(Out):
    """A delivery: how many, when, by which claims."""

    quantity: Number | None
    date: str | None
    claims: list[str]


class Delivery(Out):
    """How many of an item are delivered, of how many."""

    item: str
    told: str
    at_least: Number | None
    at_most: Number | None
    of: list[Number | None]
    batches: list[Batch]


class Paper(Out):
    """An official paper: a case or contract, its amendments and modifications."""

    base: str
    kind: str
    number: str | None
    chained: bool
    claims: list[str]


class Option(Voice):
    """An option of a contract, told or exercised."""

    exercised: bool


class Ending(Voice):
    """An ending: cancelled, suspended, blocked; ``open`` where it is only possible."""

    kind: str
    open: bool
    words: str | None


class Role(Voice):
    """A party's part: financier, licensor, transit; start and end are those of its name in the text."""

    role: str
    party: str
    start: int | None
    end: int | None


class Life(Out):
    """The life of a deal, stage by stage."""

    steps: list[Step]
    deliveries: list[Delivery]
    papers: list[Paper]
    options: list[Option]
    endings: list[Ending]
    roles: list[Role]


class Difference(Out):
    """Why a value differs from another one, and by which rule that is told."""

    against: str
    contradicts: bool
    cause: str | None
    rule: str


class DisputeVoice(Words):
    """Who gives a value, in which words."""

    claim: str | None  # null for a statement or a figure, which are no claims
    speaker: str
    speaker_kind: SpeakerKind
    polarity: Polarity


class DisputeValue(Out):
    """A value, why it differs from the one that leads, and its voices."""

    value: str
    about: str | None
    difference: Difference | None
    voices: list[DisputeVoice]


class Dispute(Out):
    """What is said of one field: every value side by side, and which one leads and why."""

    field: str
    lead: str | None
    because: str
    contested: bool
    contradicts: bool
    values: list[DisputeValue]


class PlaceWords(Out):
    """Words of a document with their place."""

    document: str
    start: int
    end: int
    quote: str


class Tie(Out):
    """Why a document leads back to another one."""

    document: str
    to: str | None
    outlet: str | None
    why: str
    told: str
    certainty: str
    words: list[PlaceWords]


class Origin(Out):
    """The first document that others lead back to, with those others and the reason for each."""

    first: str
    read: bool
    official: bool
    outlet: str | None
    name: str | None
    certainty: str
    documents: list[str]
    ties: list[Tie]


class Credibility(Out):
    """How well a value is confirmed, by independent origins."""

    field: str
    value: str
    about: str | None
    information: int
    word: str
    because: str
    rung: str
    documents: int
    independent_origins: int
    independent_sources: int
    claims: list[str]
    against: list[str]


class TimelineEntry(Words):
    """A claim, statement or event on the timeline of a deal."""

    kind: str
    id: str
    on: str
    day: str | None
    speaks_of: str | None
    what: str
    voice: str | None
    denied: bool
    contested: bool


class ReviewPeriod(Out):
    """The days that a notified sale lies before Congress; ``last`` and ``days`` are null where they are not known."""

    transmittal: str
    recipient: str | None
    notified: str
    basis: str
    days: int | None
    last: str | None
    rule: str | None
    claims: list[str]


class ChainWays(Out):
    """A chain that a deal is a leg of, a line for each way through it."""

    id: str
    ways: list[str]


class FieldVerdict(Out):
    """Whether two readers agree on a field."""

    name: str
    value: str | None
    other_value: str | None
    verdict: str


class Agreement(Out):
    """Two readers on one passage."""

    claim: str
    reader: str
    other_claim: str
    other_reader: str
    agree: bool
    fields: list[FieldVerdict]


class JudgementLine(Out):
    """An analyst's decision; ``standing`` is false where another one has undone it."""

    id: str
    verdict: str
    about: list[str]
    author: str
    made: str
    because: str
    undoes: str | None
    standing: bool


class DealWhole(DealHead):
    """One deal with everything that is told of it, as of a date (null: all documents)."""

    as_of: str | None
    shared_contract: ShownContract | None
    fields: list[ShownField]
    status: Status
    life: Life
    disputes: list[Dispute]
    origins: list[Origin]
    credibility: list[Credibility]
    timeline: list[TimelineEntry]
    review_periods: list[ReviewPeriod]
    chains: list[ChainWays]
    readers: list[Agreement]
    publishers: dict[str, Graded]
    rejected: list[str]
    judgements: list[JudgementLine]


# -- chains, changes, questions ---------------------------------------------------------------------------


class LegClaim(ClaimWords):
    """A claim of a leg and what it bears: reached, possible, ahead, denied, doubted."""

    stage: Stage
    bearing: str
    speaker: str


class Leg(Out):
    """One transfer of a chain; ``after`` is the number of the leg that it follows, from 1."""

    supplier: str | None
    recipient: str | None
    state: str
    contested: bool
    after: int | None
    because: str | None
    deals: list[str]
    status: Status
    roles: list[Role]
    claims: list[LegClaim]


class ChainOrigin(Out):
    """An independent origin of a chain's documents."""

    first: str
    documents: list[str]


class ChainLine(Out):
    """Transfers of one item that follow each other. A chain is a way that exists on paper."""

    id: str
    family: str
    ways: list[str]
    origins: list[ChainOrigin]
    legs: list[Leg]


class ChainPage(Page):
    """Chains, by id."""

    items: list[ChainLine]


class ChangeLine(Out):
    """One change of a deal, with the words of the claims that made it; ``to`` is null where no end was given."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    deal: str
    key: str
    supplier: str | None
    recipient: str | None
    what: str
    from_: str = Field(alias="from")
    to: str | None
    change: str
    told: str
    documents: list[str]
    claims: list[ClaimWords]


class ChangePage(Page):
    """Changes, by key of their deal; ``limit`` counts deals."""

    items: list[ChangeLine]


class Reason(Out):
    """A reason for or against: its points (negative: against) and the words for it."""

    name: str
    points: int
    told: str


class Candidate(ClaimWords):
    """A claim of a deal that another claim may belong to, with the reasons."""

    points: int
    reasons: list[Reason]


class QuestionClaim(Words):
    """The claim that a question is about."""

    id: str


class QuestionLine(Out):
    """What the rules cannot decide and a person can."""

    id: str
    because: str
    claim: QuestionClaim
    candidates: list[Candidate]


class QuestionPage(Page):
    """Open questions, in the order of their claims."""

    items: list[QuestionLine]


class JudgementPage(Page):
    """Judgements, by the date that their authors gave."""

    items: list[JudgementLine]


# -- systems, parties, analyses ---------------------------------------------------------------------------


class SystemOut(Out):
    """The lexicon's entry of a system; ``register`` is its category in the UN Register, null where it has none."""

    id: str
    name: str
    type: str
    register_: str | None = Field(alias="register")
    maker: str | None
    origin: list[str]
    names: list[str]
    variants: list[str]
    source: str


class SystemWhole(Out):
    """A system and the deals that move it."""

    system: SystemOut
    as_of: str | None
    deals: DealPage


class PartyOut(Out):
    """The lexicon's entry of a party."""

    code: str
    name: str
    kind: str
    official: str | None
    source: str


class PartyWhole(Out):
    """A party, what it supplies and what it receives. ``party`` is null for one that the lexicon does not have."""

    code: str
    party: PartyOut | None
    as_of: str | None
    supplied: DealPage
    received: DealPage


class AnalysisName(Out):
    """An analysis, and the question that it answers."""

    name: str
    question: str
    href: str


class Analyses(Out):
    """The analyses that can be asked for over HTTP."""

    items: list[AnalysisName]


class Column(Out):
    """A column of a table with the unit of its numbers."""

    name: str
    unit: str


class Table(Out):
    """A table of a result; decimals are text. ``evidence`` has what each row rests on."""

    title: str
    columns: list[Column]
    rows: list[list[str | int | float | None]]
    notes: list[str]
    evidence: list[list[str]]


class Method(Out):
    """How it was worked out; ``model`` is true where it is a model's and no fact."""

    told: str
    source: str
    model: bool
    inputs: dict[str, str]
    seed: int | None
    version: str


class Analysis(Out):
    """The answer of one analysis, and how little it proves."""

    analysis: str
    question: str
    answer: list[str]
    limit: str
    as_of: str | None
    vintage: str | None
    n: dict[str, int]
    unknown: list[str]
    method: Method
    tables: list[Table]
    data: dict[str, Any]


# -- writing ----------------------------------------------------------------------------------------------


class NewDocument(Out):
    """A document to be read: exactly one of ``text`` and ``content`` (bytes as base64)."""

    name: str = Field(min_length=1, max_length=300, description="What you call it.")
    text: str | None = Field(default=None, max_length=2_000_000)
    content: str | None = Field(default=None, max_length=2_000_000, description="Bytes as base64: HTML, PDF, text.")
    media_type: str | None = Field(default=None, max_length=100, pattern=r"^[a-z]+/[a-z0-9.+-]+$")
    url: str | None = Field(default=None, max_length=2000, pattern=r"^https?://[!-~]+$")
    title: str | None = Field(default=None, max_length=500)
    published: str | None = Field(default=None, pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")
    publisher: str | None = Field(default=None, max_length=300)
    kind: Literal["notice", "contracts", "news"] | None = None


class Recorded(Out):
    """What reading a document came to. ``new`` counts what the ledger did not have."""

    documents: list[str]
    claims: list[str]
    documents_new: int
    claims_new: int
    refused: int
    silences: dict[str, int]


class NewJudgement(Out):
    """A decision: ``same`` and ``different`` take two or more deals or claims, ``undo`` one judgement."""

    verdict: Literal["same", "different", "accept", "reject", "undo"]
    about: list[str] = Field(min_length=1, max_length=50)
    author: str = Field(min_length=1, max_length=200)
    because: str = Field(min_length=1, max_length=2000)
    made: str | None = Field(default=None, max_length=40, description="When it was decided, ISO 8601, if not now.")


class Judged(Out):
    """The judgement as it is kept, whether it is new, and what became of the deals."""

    judgement: JudgementLine
    new: bool
    outcome: list[str]
