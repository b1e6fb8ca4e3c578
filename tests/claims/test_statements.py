"""What parties say about disputed matters, and dated events: invented sentences and what is kept of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.claims.anchor import admit_told, check_told
from armsledger.claims.passages import Parsed
from armsledger.claims.told import read_told
from armsledger.deals.matters import matters
from armsledger.errors import Unanchored
from armsledger.model import Document, DocumentKind, Occurrence, Statement
from hostile import UNITS, growth

PUBLISHED = "2025-05-14"  # a Wednesday
ARMS = " The missiles are old."  # so that a document speaks of arms


def document(text: str, published: str | None = PUBLISHED) -> Document:
    return Document("x", DocumentKind.NEWS, text, (), published=published)


def read(text: str) -> tuple[tuple[Statement, ...], tuple[Occurrence, ...]]:
    source = document(text)
    said, happened, refused = read_told(source, Parsed(source))
    assert refused == ()
    return said, happened


STATEMENTS = [
    # text, speaker, party, topic, polarity
    ("The Pentagon said forty missiles had been sold to Norway.", "Pentagon", "USA", "transfer", "affirmed"),
    ("The Pentagon said no missiles had been sold to Norway.", "Pentagon", "USA", "transfer", "denied"),
    ("The Pentagon denied that missiles had been sold to Norway.", "Pentagon", "USA", "transfer", "denied"),
    ('"Not one missile was delivered to Norway," the Pentagon said.', "Pentagon", "USA", "transfer", "denied"),
    ("The Pentagon rejected a report that missiles were sold to Norway.", "Pentagon", "USA", "transfer", "denied"),
    ("Lockheed Martin said it had delivered the jets to Norway.", "Lockheed Martin", "USA", "transfer", "affirmed"),
    ("Reuters reported that rockets were shipped to Norway.", "Reuters", None, "transfer", "affirmed"),
    ("India said no third country had mediated in the ceasefire.", "India", "IND", "mediation", "denied"),
    ("The White House said it had brokered the ceasefire with Pakistan.", "White House", "USA", "mediation", "affirmed"),
    ("Russia said the sanctions on Iran were illegal.", "Russia", "RUS", "sanctions", "affirmed"),
    ("The Pentagon said the sanctions on Turkey would not be lifted.", "Pentagon", "USA", "sanctions", "affirmed"),
    ("Iran said no sanctions had been imposed on Turkey.", "Iran", "IRN", "sanctions", "denied"),
    ("The Turkish defence ministry denied that rifles had been diverted to Libya.",
     "Turkish defence ministry", "TUR", "diversion", "denied"),
    ("The Pentagon said the end-use of the rifles had been checked.", "Pentagon", "USA", "diversion", "affirmed"),
    ("Norway said it had approved the export of the missiles.", "Norway", "NOR", "approval", "affirmed"),
    ("Norway said it had not granted a licence for the missiles.", "Norway", "NOR", "approval", "denied"),
    ("Russia said the S-400 has a range of 400 km.", "Russia", "RUS", "system", "affirmed"),
    ("General Ola Brandvik said rockets were shipped to Norway.", "Ola Brandvik", None, "transfer", "affirmed"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "party", "topic", "polarity"), STATEMENTS, ids=[r[0] for r in STATEMENTS])
def test_what_a_party_says(text: str, speaker: str, party: str | None, topic: str, polarity: str) -> None:
    said, _ = read(text + ARMS)
    assert [(s.speaker, s.speaks_for, s.topic, s.polarity) for s in said] == [(speaker, party, topic, polarity)]
    assert all(s.quote in text for s in said)
    assert {"speaker", "topic", "verb"} <= {a.field for a in said[0].anchors}


SILENT = [
    "Forty missiles were sold to Norway.",  # the author's own word
    "Two officials said missiles had been sold to Norway.",  # nobody's word: a claim, no statement
    "The Pentagon said the weather was fine.",
    "The Pentagon said the talks on missiles had been long.",
    "Norway said it sold oil to Iran, which has missiles.",
    "The Pentagon declined to say whether missiles were sold to Norway.",
    "Even the Pentagon said little of the missiles.",
    "The Pentagon said the talks would end if missiles were delivered to Norway.",
]


@pytest.mark.parametrize("text", SILENT)
def test_no_statement(text: str) -> None:
    said, _ = read(text + ARMS)
    assert said == ()


def test_general_news_is_not_looked_at() -> None:
    source = document("Norway said it approved the sale of the bank. Russia said sanctions hurt trade.")
    assert read_told(source, Parsed(source)) == ((), (), ())


def test_two_voices_on_one_matter_stand_side_by_side() -> None:
    text = (
        "The White House said it had mediated the ceasefire between India and Pakistan. "
        "India said no third party had mediated the ceasefire with Pakistan."
    )
    said, _ = read(text + ARMS)
    assert [(s.speaks_for, s.polarity) for s in said] == [("USA", "affirmed"), ("IND", "denied")]
    assert [m.contested for m in matters(said)] == [True]


def test_a_statement_keeps_the_date_it_speaks_of() -> None:
    said, _ = read("The Pentagon said missiles had been sold to Norway in March." + ARMS)
    assert said[0].date is not None
    assert said[0].date.iso == "2025-03"


OCCURRENCES = [
    ("Israel struck a missile base in Syria on Monday.", "attack", "2025-05-12", ("ISR", "SYR")),
    ("A ceasefire between India and Pakistan began on May 10.", "ceasefire", "2025-05-10", ("IND", "PAK")),
    ("Norway's king visited Poland last month.", "visit", "2025-04", ("NOR", "POL")),
    ("Norway will hold an exercise with Poland next month.", "exercise", "2025-06", ("NOR", "POL")),
    ("India tested a missile on 7 May 2025.", "test", "2025-05-07", ("IND",)),
    ("Norway signed the contract with Poland in 2019.", "signing", "2019", ("NOR", "POL")),
    ("An Indian jet crashed in Norway two weeks ago.", "accident", "2025-04-28/2025-05-04", ("NOR",)),
]


@pytest.mark.parametrize(("text", "kind", "date", "parties"), OCCURRENCES, ids=[r[0] for r in OCCURRENCES])
def test_a_dated_event(text: str, kind: str, date: str, parties: tuple[str, ...]) -> None:
    _, happened = read(text + ARMS)
    assert [(o.kind, o.date.iso) for o in happened] == [(kind, date)]
    assert set(parties) <= set(happened[0].parties)
    assert {"kind", "date", "party"} <= {a.field for a in happened[0].anchors}


NO_EVENT = [
    "Israel struck a missile base in Syria.",  # no date
    "A base was struck by missiles on Monday.",  # no party
    "Israel may strike a missile base in Syria next month.",
    "Israel did not strike a missile base in Syria on Monday.",
    "Norway bought forty missiles from Poland for a strike force; it rained on Monday.",
    "Norway's strike of missile workers, Poland said on Monday.",  # the day of saying
]


@pytest.mark.parametrize("text", NO_EVENT)
def test_no_dated_event(text: str) -> None:
    _, happened = read(text + ARMS)
    assert happened == ()


def test_without_a_date_of_publication_only_whole_dates_count() -> None:
    source = document("Israel struck a missile base in Syria on Monday. India tested a missile on 7 May 2025.", None)
    _, happened, _ = read_told(source, Parsed(source))
    assert [o.date.iso for o in happened] == ["2025-05-07"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(row[0] for row in STATEMENTS),
                *(row[0] for row in OCCURRENCES),
                *SILENT,
                '"Never," he said.',
                "\u201cWe sold them\u201d, said the Pentagon.",
                "\u00a0\u200b\n\n",
                "caf\u00e9 \U0001f680 ",
            ]
        ),
        max_size=8,
    )
)
def test_everything_kept_stands_where_it_says(parts: list[str]) -> None:
    source = document("  ".join(parts))
    said, happened, refused = read_told(source, Parsed(source))
    assert refused == ()
    kept: list[Statement | Occurrence] = [*said, *happened]
    for one in kept:
        assert source.text[one.start : one.end] == one.quote
        for anchor in one.anchors:
            assert source.text[anchor.start : anchor.end] == anchor.quote
    assert read_told(source, Parsed(source)) == (said, happened, refused)


@settings(max_examples=80, deadline=None)
@given(st.integers(-3, 60), st.integers(-3, 60), st.text(max_size=12))
def test_what_is_not_there_is_refused_and_counted(start: int, end: int, quote: str) -> None:
    source = document("The Pentagon said forty missiles had been sold to Norway." + ARMS)
    said, _, _ = read_told(source, Parsed(source))
    moved = replace(said[0], start=start, end=end, quote=quote)
    kept, refused = admit_told(source, [moved])
    stands = 0 <= start < end <= len(source.text) and source.text[start:end] == quote
    assert (len(kept), len(refused)) == ((1, 0) if stands else (0, 1))


def test_words_of_another_document_are_refused() -> None:
    source = document("The Pentagon said forty missiles had been sold to Norway." + ARMS)
    said, _, _ = read_told(source, Parsed(source))
    with pytest.raises(Unanchored):
        check_told(document("The Pentagon said forty missiles had been sold to Norway! " + ARMS), said[0])


def test_an_id_tells_what_is_said_and_where() -> None:
    source = document("The Pentagon said forty missiles had been sold to Norway." + ARMS)
    said, _, _ = read_told(source, Parsed(source))
    assert replace(said[0], reader="statements/99").id == said[0].id
    assert replace(said[0], verb="denied").id != said[0].id
    assert replace(said[0], start=1).id != said[0].id


@pytest.mark.parametrize("unit", [UNITS["dates"], UNITS["quotes"], "The Pentagon said missiles were sold to Norway. "])
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    def work(text: str) -> object:
        source = document(text)
        return read_told(source, Parsed(source))

    work(ARMS)
    assert growth(work, unit, size=3000, before="The army said missiles ") < 10
