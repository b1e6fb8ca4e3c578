"""What goes into the ledger comes out as it was, and what is in it depends on nothing but the readings."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armsledger.ledger import Ledger
from armsledger.ledger.rows import stored, told
from armsledger.model import Claim, ClaimId, Document, Judgement, Reading
from strategies import batches, documents, judgements, readings, words

from .made_up import Dump, dump, key_of

_slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def _dump_of(*runs: Iterable[Reading]) -> Dump:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        for run in runs:
            with Ledger.open(path) as ledger:
                ledger.record(run, key_of)
        return dump(path)


@given(words(0, 30))
def test_any_text_comes_back(text: str) -> None:
    stored(text).encode()  # what is kept is valid UTF-8
    assert "\0" not in stored(text)
    assert told(stored(text)) == text


@_slow
@given(readings())
def test_claims_come_back_exactly(reading: Reading) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        ledger.record([reading], key_of)
        back = {claim.id: claim for claim in ledger.claims()}
        assert back.keys() == {claim.id for claim in reading.claims}
        alone: dict[ClaimId, list[Claim]] = {}
        for claim in reading.claims:
            alone.setdefault(claim.id, []).append(claim)
        for claim_id, given_ones in alone.items():  # the same claim by two versions of a reader comes back as one
            assert back[claim_id] in given_ones or len(given_ones) > 1
            assert ledger.claim(claim_id).id == claim_id


@_slow
@given(documents())
def test_documents_come_back_exactly(document: Document) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        ledger.record([Reading(document)], key_of)
        assert ledger.has(document.id)
        assert ledger.document(document.id) == document
        assert ledger.document(document.name) == document
        (row,) = ledger.documents()
        assert (row.id, row.kind, row.title, row.names) == (
            document.id,
            document.kind,
            document.title,
            (document.name,),
        )
        assert (row.publisher, row.url, row.language) == (document.publisher, document.url, document.language)
        assert (row.published, row.characters, row.claims) == (document.published, len(document.text), 0)


@_slow
@given(st.lists(judgements(), max_size=4))
def test_judgements_come_back_exactly(made: list[Judgement]) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        assert ledger.judge(made) == len(set(made))
        assert ledger.judge(made) == 0
        assert list(ledger.judgements()) == sorted(
            set(made), key=lambda judgement: (stored(judgement.made), judgement.id)
        )


@_slow
@given(batches(), st.data())
def test_the_content_is_a_function_of_the_set_of_readings(made: list[Reading], data: st.DataObject) -> None:
    expected = _dump_of(made)
    assert _dump_of(made, made) == expected, "reading twice added something"
    assert _dump_of([*made, *made]) == expected, "reading twice in one run added something"
    shuffled = data.draw(st.permutations(made))
    assert _dump_of(shuffled) == expected, "the order of reading changed something"
    cut = data.draw(st.integers(0, len(shuffled)))
    assert _dump_of(shuffled[:cut], shuffled[cut:]) == expected, "splitting into two runs changed something"
