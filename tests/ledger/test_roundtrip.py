"""What goes into the ledger comes out as it was, and what is in it depends on nothing but the readings."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armsledger.ledger import Ledger
from armsledger.ledger.rows import stored, told
from armsledger.model import Claim, ClaimId, Document, Judgement, Reading
from strategies import batches, documents, judgements, readings, words

from .made_up import RULES
from .places import Dump, Places, dump


def tries(places: Places) -> settings:
    """How often a property is tried: seldom where making a ledger takes a third of a second."""
    unhurried = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.nested_given]
    return settings(max_examples=60 if places.server is None else 8, suppress_health_check=unhurried)


def _dump_of(places: Places, *runs: Iterable[Reading]) -> Dump:
    with places.for_a_while() as target:
        for run in runs:
            with Ledger.open(target) as ledger:
                ledger.record(run, RULES)
        return dump(target)


@given(words(0, 30))
def test_any_text_comes_back(text: str) -> None:
    stored(text).encode()  # what is kept is valid UTF-8
    assert "\0" not in stored(text)
    assert told(stored(text)) == text


def test_claims_come_back_exactly(places: Places) -> None:
    @tries(places)
    @given(readings())
    def holds(reading: Reading) -> None:
        with places.for_a_while() as target, Ledger.open(target) as ledger:
            ledger.record([reading], RULES)
            back = {claim.id: claim for claim in ledger.claims()}
            assert back.keys() == {claim.id for claim in reading.claims}
            alone: dict[ClaimId, list[Claim]] = {}
            for claim in reading.claims:
                alone.setdefault(claim.id, []).append(claim)
            for claim_id, given_ones in alone.items():  # the same claim by two versions of a reader comes back as one
                assert back[claim_id] in given_ones or len(given_ones) > 1
                assert ledger.claim(claim_id).id == claim_id

    holds()


def test_documents_come_back_exactly(places: Places) -> None:
    @tries(places)
    @given(documents())
    def holds(document: Document) -> None:
        with places.for_a_while() as target, Ledger.open(target) as ledger:
            ledger.record([Reading(document)], RULES)
            assert ledger.has(document.id)
            assert ledger.document(document.id) == document
            assert ledger.document(document.name) == document
            (row,) = ledger.documents()
            said = (document.id, document.kind, document.title, (document.name,))
            assert (row.id, row.kind, row.title, row.names) == said
            assert (row.publisher, row.url, row.language) == (document.publisher, document.url, document.language)
            assert (row.published, row.characters, row.claims) == (document.published, len(document.text), 0)
            assert ledger.documents_named([document.id, "none"]) == {document.id: row}
            assert ledger.published([document.id, "none"]) == {document.id: document.published}

    holds()


def test_judgements_come_back_exactly(places: Places) -> None:
    @tries(places)
    @given(st.lists(judgements(), max_size=4))
    def holds(made: list[Judgement]) -> None:
        with places.for_a_while() as target, Ledger.open(target) as ledger:
            assert ledger.judge(made) == len(set(made))
            assert ledger.judge(made) == 0
            ordered = sorted(set(made), key=lambda judgement: (stored(judgement.made), judgement.id))
            assert list(ledger.judgements()) == ordered

    holds()


def test_the_content_is_a_function_of_the_set_of_readings(places: Places) -> None:
    @tries(places)
    @given(batches(), st.data())
    def holds(made: list[Reading], data: st.DataObject) -> None:
        expected = _dump_of(places, made)
        shuffled = data.draw(st.permutations(made))
        cut = data.draw(st.integers(0, len(shuffled)))
        assert _dump_of(places, shuffled[:cut], shuffled[cut:]) == expected, "order or splitting changed something"
        assert _dump_of(places, [*made, *made], made) == expected, "reading twice added something"

    holds()
