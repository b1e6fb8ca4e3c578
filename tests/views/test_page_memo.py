"""What pages keep: a page that was made before is what a new one would be, whatever has come; and few questions each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from armsledger.deals import deal_id
from armsledger.ledger import Ledger, queries, rows
from armsledger.model import Judgement
from armsledger.pipeline import Report, judge, read_inputs, record
from armsledger.views.http import create_app
from armsledger.views.page_memo import Memo

from .browsing import GROWING
from .made_up import CORRECTED, DAY, write
from .stories import NOTICE_STORY, RUMOUR, Paper, tell

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "dossier"
LISTS = (
    "/", "/deals", "/deals?stage=approved", "/deals?recipient=Turkey", "/deals?party=Turkey&as_of=2031-07-01", "/documents", "/parties/TUR",
    "/pairs/RUS/TUR", "/systems/s-400", "/changes?since=2031-05-01&until=2032-03-01",
)  # fmt: skip


def fresh(book: Ledger) -> TestClient:
    """A server that has answered nothing yet, and keeps nothing for a while only because it took long."""
    return TestClient(create_app(book, per_minute=None, clock=lambda: 0.0))


def pages_of(book: Ledger) -> list[str]:
    """Every page that deals or documents have, now and as of a day, and the lists."""
    deals = [f"/deals/{deal_id(key)}" for key in book.keys(limit=1_000)]
    documents = [f"/documents/{row.id}" for row in book.documents()]
    return [*LISTS, *deals, *(f"{deal}?as_of=2031-07-01" for deal in deals), *documents]


def assert_same(old: TestClient, book: Ledger) -> None:
    """Whoever has asked before sees what somebody sees who has not."""
    new = fresh(book)
    for page in pages_of(book):
        for _ in range(2):  # as it is made, and as it is kept
            answers = [client.get(page) for client in (old, new)]
            assert answers[0].status_code == answers[1].status_code, page
            assert answers[0].text == answers[1].text, page
            assert answers[0].headers.get("etag") == answers[1].headers.get("etag")


STEPS: tuple[Paper, ...] = (*NOTICE_STORY[:2], *RUMOUR[:1], *GROWING[:1], *NOTICE_STORY[2:], *RUMOUR[1:], *GROWING[1:])


def test_a_kept_page_is_what_a_new_one_would_be(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as book:
        old = fresh(book)
        for paper in STEPS:
            tell(path, [paper])  # through another connection, as another program would
            assert_same(old, book)
        claims = [claim.id for claim in book.claims()]
        rejected = Judgement("reject", (claims[0],), "A", "2032-01-01T10:00", "it was taken back")
        judge(book, [rejected])
        assert_same(old, book)
        judge(book, [Judgement("undo", (), "A", "2032-01-02T10:00", "it was not", rejected.id)])
        assert_same(old, book)
        judge(book, [Judgement("same", (claims[0], claims[-1]), "A", "2032-01-03T10:00", "one case")])
        assert_same(old, book)


def test_a_contract_that_gets_another_buyer_is_seen_in_the_deals_under_it(tmp_path: Path) -> None:
    write(tmp_path, day_md=f"---\ntitle: Contracts for April 2, 2031\ndate: 2031-04-02\n---\n{DAY}")
    later = DAY.replace("Norway, Denmark and Portugal", "Norway, Finland and Portugal").replace(
        "9,000,000", "8,000,000"
    )
    write(tmp_path, later_md=f"---\ntitle: Contracts for May 2, 2031\ndate: 2031-05-02\n---\n{later}\n{CORRECTED}\n")
    with Ledger.open(tmp_path / "ledger.db") as book:
        old = fresh(book)
        for name in ("day.md", "later.md"):
            record(book, read_inputs([str(tmp_path / name)], Report()))
            assert_same(old, book)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("memo") / "ledger.db"
    tell(path, (*RUMOUR, *NOTICE_STORY))
    with Ledger.open(path) as book:
        record(book, read_inputs([str(EXAMPLES)], Report()))
        yield book


def test_a_deal_page_asks_at_most_three_questions_a_panel(ledger: Ledger) -> None:
    asked: list[str] = []

    def note(_1: object, _2: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    client = fresh(ledger)
    client.get("/deals")  # the ids are known
    keys = list(ledger.keys())
    event.listen(ledger._engine, "before_cursor_execute", note)
    try:
        for key in keys:
            asked.clear()
            page = client.get(f"/deals/{deal_id(key)}")
            if page.status_code == 404:  # a contract as a whole, which stands behind its buyers' deals
                continue
            panels = 1 + page.text.count("<section")
            assert len(asked) <= 3 * panels, (key, panels, asked)
            asked.clear()
            again = client.get(f"/deals/{deal_id(key)}")
            assert again.text == page.text
            assert len(asked) <= 4 or 'id="chain"' in page.text, asked
    finally:
        event.remove(ledger._engine, "before_cursor_execute", note)


def test_the_first_page_loads_the_claims_of_the_deals_it_shows_and_no_other(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: set[str] = set()
    make = rows.claim_from

    def noted(row: object, found: object) -> object:
        claim = make(row, found)  # type: ignore[arg-type]
        loaded.add(claim.id)
        return claim

    monkeypatch.setattr(queries, "claim_from", noted)  # where the ledger takes it from
    client = fresh(ledger)
    page = client.get("/").text
    seen, loaded_first = set(re.findall(r"/deals/(d[0-9a-f]{10})", page)), set(loaded)
    monkeypatch.undo()
    shown: set[str] = set()
    for key in ledger.keys(limit=1_000):
        contract = key.startswith("contract ")
        if deal_id(key) in seen or contract:  # what is said of a contract stands behind each deal under it
            shown |= {claim.id for _, claims in ledger.claims_of([key]) for claim in claims}
    assert loaded_first
    assert loaded_first <= shown
    monkeypatch.setattr(queries, "claim_from", noted)
    loaded.clear()
    assert client.get("/").text == page
    assert not loaded


def test_what_is_asked_for_least_lately_makes_room() -> None:
    memo = Memo[str](2)
    memo.keep("a", "1")
    memo.keep("b", "2")
    assert memo.get("a") == "1"
    memo.keep("c", "3")
    assert [memo.get(name) for name in "abc"] == ["1", None, "3"]
    memo.keep("a", "4")
    assert memo.get("a") == "4"
