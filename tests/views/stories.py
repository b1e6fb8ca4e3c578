"""Small ledgers for the life of a deal: each document a list of sentences, each sentence with what it claims.

The claims are written here rather than read, so that these tests ask only what is made of them. The states are real so
that the lexicon knows them; what is told of them is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from armsledger.ledger import Ledger
from armsledger.model import (
    Anchor,
    Certainty,
    Claim,
    DateInterval,
    Document,
    DocumentKind,
    Occurrence,
    Polarity,
    Reading,
    SpeakerKind,
    Stage,
    Statement,
    StatementTopic,
)
from armsledger.pipeline import record


@dataclass(frozen=True)
class Paper:
    """A document of a story: its day (None: undated), who published it, and the sentences that say something."""

    published: str | None
    publisher: str
    said: Sequence[Said] = ()


@dataclass(frozen=True)
class Said:
    """A sentence and the claims, statements or events that it holds."""

    sentence: str
    claims: Sequence[dict[str, Any]] = ()
    statements: Sequence[dict[str, Any]] = ()
    events: Sequence[dict[str, Any]] = field(default=())


def claim(sides: str, stage: str, speaker: str = "author", **more: Any) -> dict[str, Any]:
    """The fields of a claim: ``RUS TUR delivered``, who says so, and the rest by name."""
    supplier, recipient = sides.split(" ")
    kind = SpeakerKind.AUTHOR if speaker == "author" else SpeakerKind.OFFICE
    denied, certainty = more.pop("denied", False), more.pop("certainty", "certain")
    date, told = more.pop("date", None), more.pop("told", {})
    return {
        "supplier": supplier,
        "recipient": recipient,
        "stage": Stage(stage),
        "polarity": Polarity.DENIED if denied else Polarity.AFFIRMED,
        "certainty": Certainty(certainty),
        "date": DateInterval(date) if date else None,
        "speaker": speaker,
        "speaker_kind": kind,
        "told": told,
        **more,
    }


def tell(ledger: Path, papers: Sequence[Paper]) -> None:
    """Writes a story into a ledger."""
    with Ledger.open(ledger) as book:
        record(book, [_reading(n, paper) for n, paper in enumerate(papers)])


def _reading(number: int, paper: Paper) -> Reading:
    text = "\n\n".join(s.sentence for s in paper.said)
    document = Document(
        f"paper {number}", DocumentKind.NEWS, text, (), published=paper.published, publisher=paper.publisher
    )
    claims, statements, events = [], [], []
    for said in paper.said:
        start = text.index(said.sentence)
        place: dict[str, Any] = {
            "document": document.id,
            "start": start,
            "end": start + len(said.sentence),
            "quote": said.sentence,
        }
        claims += [_claim(said.sentence, start, place, fields) for fields in said.claims]
        statements += [_statement(place, fields) for fields in said.statements]
        events += [
            Occurrence(kind=f["kind"], date=DateInterval(f["date"]), parties=f["parties"], anchors=(), **place)
            for f in said.events
        ]
    return Reading(document, claims=tuple(claims), statements=tuple(statements), occurrences=tuple(events))


def _claim(sentence: str, start: int, place: dict[str, Any], fields: dict[str, Any]) -> Claim:
    told: dict[str, str] = fields["told"]
    anchors = []
    for name, words in told.items():
        at = start + sentence.index(words)
        anchors.append(Anchor(name, words, at, at + len(words), words))
    rest = {key: value for key, value in fields.items() if key != "told"}
    rest.setdefault("reader", "news/1")
    return Claim(anchors=tuple(sorted(anchors)), **place, **rest)


def _statement(place: dict[str, Any], fields: dict[str, Any]) -> Statement:
    return Statement(
        speaker=fields["speaker"],
        speaker_kind=SpeakerKind.OFFICE,
        speaks_for=fields.get("speaks_for"),
        verb="said",
        topic=StatementTopic(fields.get("topic", "transfer")),
        polarity=Polarity(fields.get("polarity", "affirmed")),
        parties=fields["parties"],
        system=fields.get("system"),
        date=None,
        anchors=(),
        reader="news/1",
        **place,
    )


# -- stories ----------------------------------------------------------------------------------------------

_S400 = {"system": "s-400", "item": "S-400"}

RUMOUR = (
    Paper(
        "2031-08-06",
        "Example Gazette",
        [
            Said(
                "Russia wants to take back the S-400 batteries that Turkey got in 2024, papers in Ankara claimed.",
                [
                    claim("TUR RUS", "offered", "papers in Ankara", certainty="possible", **_S400),
                    claim("RUS TUR", "delivered", date="2024", **_S400),
                ],
            ),
            Said(
                "They could then be resold to India.", [claim("RUS IND", "considered", certainty="possible", **_S400)]
            ),
            Said(
                "Turkey's minister visited Moscow on 1 August.",
                events=[{"kind": "visit", "date": "2031-08-01", "parties": ("RUS", "TUR")}],
            ),
        ],
    ),
    Paper(
        "2031-08-13",
        "Example Wire",
        [
            Said(
                "There are no talks about a return, an official in Ankara said.",
                [claim("TUR RUS", "negotiated", "official in Ankara", denied=True, **_S400)],
                [{"speaker": "official in Ankara", "speaks_for": "TUR", "polarity": "denied", "parties": ("RUS", "TUR"), "system": "s-400"}],
            ),
        ],
    ),
    Paper(
        "2032-02-01",
        "Example Wire",
        [
            Said(
                "Turkey has signed an agreement to return its S-400 batteries to Russia, both ministries announced.",
                [claim("TUR RUS", "ordered", "both ministries", date="2032-02-01", **_S400)],
            ),
        ],
    ),
)  # fmt: skip

NOTICE_STORY = (
    Paper(
        "2031-05-14",
        "DSCA",
        [
            Said(
                "Transmittal 31-33: the Department approved a possible sale of 53 AIM-120C-8 missiles to Turkey.",
                [
                    claim(
                        "USA TUR",
                        "approved",
                        "US Government",
                        date="2031-05-14",
                        system="aim-120",
                        item="AIM-120C-8",
                        reader="notices/1",
                        told={"transmittal": "31-33"},
                    )
                ],
            )
        ],
    ),
    Paper(
        "2031-05-16",
        "Example Daily",
        [
            Said(
                "The missiles of case 31-33 may be bought soon.",
                [
                    claim(
                        "USA TUR",
                        "ordered",
                        certainty="possible",
                        system="aim-120",
                        item="AIM-120C-8",
                        told={"transmittal": "31-33"},
                    )
                ],
            )
        ],
    ),
    Paper(
        "2031-06-01",
        "Example Daily",
        [
            Said(
                "Ankara has not ordered the missiles of case 31-33, the ministry said.",
                [
                    claim(
                        "USA TUR",
                        "ordered",
                        "ministry in Ankara",
                        denied=True,
                        system="aim-120",
                        item="AIM-120C-8",
                        told={"transmittal": "31-33"},
                    )
                ],
            )
        ],
    ),
    Paper(
        None,
        "Example Blog",
        [
            Said(
                "The missiles of case 31-33 have arrived.",
                [
                    claim(
                        "USA TUR",
                        "delivered",
                        certainty="possible",
                        system="aim-120",
                        item="AIM-120C-8",
                        told={"transmittal": "31-33"},
                    )
                ],
            )
        ],
    ),
)
