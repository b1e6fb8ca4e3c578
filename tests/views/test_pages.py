"""The web pages: what they show opens onto words, what documents say is only text, and limits hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from armsledger.ledger import ClaimFilter, Ledger
from armsledger.model import Claim, DocumentId, Judgement, Stage
from armsledger.pipeline import Report, judge, read_inputs, record
from armsledger.views.http import HEADERS, create_app
from armsledger.views.page_values import marked_parts, window
from armsledger.views.told_deals import told_deals

from .browsing import GROWING
from .stories import tell

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "dossier"
TOKEN = "a token of the test"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("pages")
    hostile = folder / "hostile.txt"
    hostile.write_text(
        "Freedonia <script>alert(1)</script> to sell missiles\n\n2025-06-01\n\n"
        'Turkey signed a contract to buy 12 "><img src=x onerror=alert(2)> F-16 fighters from the United States on Monday, '
        "the ministry said. \u202egnihton\u202c\n"
    )
    with Ledger.open(folder / "ledger.db") as book:
        record(book, read_inputs([str(EXAMPLES), str(hostile)], Report()))
        yield book


@pytest.fixture(scope="module")
def client(ledger: Ledger) -> TestClient:
    return TestClient(create_app(ledger, per_minute=None))


PAGES = (
    "/", "/deals", "/deals/25-33", "/documents", "/review", "/sources", "/search", "/search?q=missiles", "/parties/TUR",
    "/pairs/USA/TUR", "/systems/aim-120", "/deals?recipient=Turkey&as_of=2025-06-01", "/deals?stage=approved", "/deals/FA8675-23-C-0037", "/changes", "/check",
    "/changes?since=2025-08-01&until=2025-08-31&party=Turkey", "/chains", "/statements", "/statements?topic=transfer",
    "/analyses", "/analyses/dependence", "/analyses/sanctions?supplier=Russia&recipient=Turkey&on=2020-12-14",
)  # fmt: skip


@pytest.mark.parametrize("asked", ["", "?stage=ordered", "?party=USA"])
def test_the_pages_of_a_list_lead_to_every_deal_once(client: TestClient, ledger: Ledger, asked: str) -> None:
    seen: list[str] = []
    page: str | None = f"/deals{asked}"
    while page is not None:
        text = client.get(page).text
        seen += re.findall(r'<tr.*?href="/deals/([^"?]+)', text, re.DOTALL)
        found = re.search(r'rel="next" href="([^"]+)"', text)
        page = found[1].replace("&amp;", "&") if found else None
    with ledger.at_once() as book:
        every = [told.deal.id for told in told_deals(book, ClaimFilter(**FILTERS[asked]))]
    assert len(seen) == len(set(seen))
    assert set(seen) == set(every)
    assert len(every) > 25  # more than one page


FILTERS: dict[str, dict[str, Any]] = {
    "": {},
    "?stage=ordered": {"stage": Stage.ORDERED},
    "?party=USA": {"party": "USA"},
}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_with_its_policy_and_no_script_of_its_own(client: TestClient, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert not re.search(
        r"<script(?![^>]*src=\"/static/page.js\")|\sstyle=|\son\w+=\"|https?://(?!127)[^<\s]*\"", answer.text
    )


def test_a_deal_opens_onto_the_words_of_its_document(client: TestClient) -> None:
    page = client.get("/deals/25-33").text
    href = re.search(r'class="cite" href="(/documents/[0-9a-f]+\?claim=([0-9a-f]+))#', page)
    assert href
    text = client.get(href[1]).text
    assert f'id="c-{href[2]}"' in text
    assert '<mark class="chosen">' in text


def test_a_deal_as_of_a_day_before_its_papers_is_not_there_yet(client: TestClient) -> None:
    assert client.get("/deals/25-33?as_of=2025-05-14").status_code == 200
    early = client.get("/deals/25-33?as_of=2025-01-01")
    assert early.status_code == 404
    assert "nothing was published of it by 2025-01-01" in early.text


def test_a_number_of_a_contract_that_several_share_shows_it_with_its_buyers(client: TestClient) -> None:
    page = client.get("/deals/FA8675-23-C-0037").text
    assert "shared by 34 named buyers" in page
    assert "no buyer's" in page.replace("&#39;", "'")
    assert "part not stated" in page
    assert page.count('role="rowheader"') == 34


def test_what_came_of_one_paper_alike_stands_together(client: TestClient) -> None:
    page = client.get("/changes?since=2025-09-01&until=2025-10-31").text
    assert "buyers: Advanced Medium Range" in page


def test_search_finds_words_and_the_deals_that_they_are_said_of(client: TestClient) -> None:
    deal = re.search(r"deal (d[0-9a-f]{10}), one because", client.get("/deals/25-33").text)
    assert deal
    for asked in ("25-33", deal[1], "AIM-120C-8 missiles", "issiles"):
        page = client.get("/search", params={"q": asked}).text
        assert f'href="/deals/{deal[1]}"' in page, asked
    assert "<q>" in client.get("/search?q=missiles").text
    for hostile in ('"', "NEAR(a b)", "a AND", "*", "'", "\\", "(", "-", "col:x"):
        assert client.get("/search", params={"q": hostile}).status_code == 200
    assert "No claim has all of the words" in client.get("/search?q=zeppelin").text


def test_a_deal_has_a_button_for_each_day_with_the_status_of_that_day(tmp_path: Path) -> None:
    tell(tmp_path / "ledger.db", GROWING)
    with Ledger.open(tmp_path / "ledger.db") as book:
        client = TestClient(create_app(book, per_minute=None))
        page = client.get("/deals/31-90").text
        days = [("2031-03-01", "approved"), ("2031-06-01", "ordered")]
        assert re.findall(r">(\d{4}-\d\d-\d\d)<span>(\w+)</span>", page) == days
        early = client.get("/deals/31-90?as_of=2031-04").text
        assert re.findall(r">(\d{4}-\d\d-\d\d)<span>(\w+)</span>", early) == days
        assert '<span class="badge">approved</span>' in early
        changed = client.get("/changes?since=2031-05-01&until=2031-06-30").text
        assert "stage reached" in changed


def test_the_page_of_a_deal_says_each_voice_and_each_quote_once(client: TestClient) -> None:
    page = client.get("/deals/25-33").text
    assert page.count("for: official notice, certain, 2025-05-14") == 1
    recipient = page.partition("<dt>Recipient")[2].partition("</dd>")[0]
    assert len(re.findall("<q>Turkey</q>", recipient)) == 1


def test_an_analysis_without_its_register_says_what_is_missing_beside_its_form(client: TestClient) -> None:
    answer = client.get("/analyses/dependence?recipient=Turkey")
    assert answer.status_code == 404
    assert "has no SIPRI register" in answer.text
    assert "<form" in answer.text
    assert client.get("/analyses/feasibility").status_code == 404


def test_a_brief_has_the_one_style_that_its_policy_lets_in(client: TestClient) -> None:
    answer = client.get("/deals/25-33/brief")
    assert answer.status_code == 200
    assert "style-src 'sha256-" in answer.headers["Content-Security-Policy"]
    text = client.get("/brief?of=USA:TUR&form=md")
    assert text.headers["Content-Disposition"] == 'attachment; filename="brief-USA-TUR.md"'
    assert client.get("/brief?of=USA:TUR&form=exe").status_code == 400


def test_an_error_names_no_command_and_no_place_of_the_machine(client: TestClient, ledger: Ledger) -> None:
    for page in ("/deals/nothing", "/brief?of=nothing", "/documents/nothing", "/analyses/leadtime?recipient=India"):
        text = client.get(page).text
        assert ledger.name not in text
        assert "(armsledger" not in text
        assert "--" not in text.partition("<h1>")[2].partition("</p>")[0]


def test_what_a_document_says_is_only_text(client: TestClient) -> None:
    found = re.findall(r'href="(/documents/[0-9a-f]+)"', client.get("/documents").text)
    texts = [client.get(href).text for href in found]
    hostile = next(text for text in texts if "gnihton" in text)
    assert "<script>alert" not in hostile
    assert "<img" not in hostile
    assert "&lt;script&gt;alert(1)" in hostile


@pytest.mark.parametrize(
    ("page", "status", "says"),
    [
        ("/deals/nothing", 404, "no deal is called so"),
        ("/nothing", 404, "nothing under this address"),
        ("/deals?since=soon", 400, "since"),
        ("/deals?recipient=Atlantis", 400, "no party named"),
        ("/deals?page=x", 400, "is no page"),
        ("/documents/../../etc/passwd", 404, ""),
        ("/static/..%2f..%2fpages.py", 404, ""),
        ("/deals?party=%00", 400, ""),
    ],
)
def test_what_cannot_be_asked_is_told_without_a_traceback(
    client: TestClient, page: str, status: int, says: str
) -> None:
    answer = client.get(page)
    assert answer.status_code == status
    assert says in answer.text
    assert "Traceback" not in answer.text


def test_an_unchanged_page_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/deals/25-33")
    again = client.get("/deals/25-33", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


# -- writing ----------------------------------------------------------------------------------------------


def test_writing_is_off_unless_a_token_is_set(client: TestClient) -> None:
    answer = client.post(
        "/review", data={"verdict": "accept", "about": "x", "because": "b", "author": "a", "token": "t"}
    )
    assert answer.status_code == 403


def test_a_judgement_needs_the_token_and_the_form_of_the_page(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as book:
        record(book, read_inputs([str(EXAMPLES)], Report()))
        claim = next(book.claims()).id
        judge(book, [Judgement("accept", (claim,), "A", "2026-01-01T10:00", "read")])  # so that the page has a form
        client = TestClient(create_app(book, token=TOKEN, per_minute=None))
        form = {"verdict": "reject", "about": claim, "because": "it was taken back", "author": "A", "token": TOKEN}
        proof = re.search(r'name="proof" value="(\w+)"', client.get("/review").text)
        assert proof
        assert client.post("/review", data=form).status_code == 403  # without the form's own proof
        assert client.post("/review", data=form | {"proof": proof[1], "token": "no"}).status_code == 403
        assert [j.verdict for j in book.judgements()] == ["accept"]
        done = client.post("/review", data=form | {"proof": proof[1]}, follow_redirects=False)
        assert done.status_code == 303
        assert "reject" in [j.verdict for j in book.judgements()]
        assert "it was taken back" in client.get("/review").text


def test_a_body_without_its_length_or_too_long_is_refused(client: TestClient) -> None:
    assert client.post("/review", content=b"x" * 2_000_001).status_code == 413


def test_one_address_may_not_ask_without_end(ledger: Ledger) -> None:
    now = [0.0]
    client = TestClient(create_app(ledger, per_minute=3, clock=lambda: now[0]))
    codes = [client.get("/static/style.css").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    now[0] += 60
    assert client.get("/static/style.css").status_code == 200


def test_a_server_for_this_machine_answers_to_no_other_name(ledger: Ledger) -> None:
    client = TestClient(create_app(ledger, per_minute=None, hosts=("localhost", "[::1]")))
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200
    assert client.get("/", headers={"Host": "[::1]:8000"}).status_code == 200
    for name in ("evil.example", "localhost.evil.example", "[::2]:80", ""):
        assert client.get("/", headers={"Host": name}).status_code == 421


@pytest.mark.parametrize(
    ("asked", "gone"),
    [
        ("/documents/x?claim=y", "/documents/x?claim=y"),
        ("//evil.example/documents/", "/review"),
        ("https://evil.example/documents/", "/review"),
        ("/documents/\\evil.example", "/review"),
        ("/documents/x\r\nSet-Cookie: a=b", "/review"),
        ("javascript:alert(1)", "/review"),
        ("", "/review"),
    ],
)
def test_a_form_leads_back_to_a_page_of_ours(asked: str, gone: str) -> None:
    from armsledger.views.page_review import _back

    assert _back(asked) == gone


def test_a_page_that_took_long_is_kept_until_its_time_is_up_or_something_is_written(tmp_path: Path) -> None:
    now = [0.0]

    def slow() -> float:
        now[0] += 0.1  # every look at the clock takes a tenth of a second
        return now[0]

    with Ledger.open(tmp_path / "ledger.db") as book:
        client = TestClient(create_app(book, per_minute=None, clock=slow))
        assert "Nothing has been read yet" in client.get("/").text
        record(book, read_inputs([str(EXAMPLES)], Report()))
        assert "Nothing has been read yet" in client.get("/").text  # it took 0.1 s, so it is kept for 2 s
        now[0] += 60
        assert "Nothing has been read yet" not in client.get("/").text
        before = client.get("/documents").text
        client.post("/review", data={"verdict": "accept"})
        (tmp_path / "late.txt").write_text("Late news\n\n2031-01-01\n\nNothing of note.\n")
        record(book, read_inputs([str(tmp_path / "late.txt")], Report()))
        client.post("/review", data={"verdict": "accept"})
        assert client.get("/documents").text != before


def test_documents_come_newest_first_undated_last_and_each_once(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as book:
        for n, day in enumerate(("2031-01-02", None, "2031-01-01", "2030", None)):
            (tmp_path / f"{n}.jsonl").write_text(json.dumps({"text": f"Paper {n}.", "doc": str(n), "published": day}))
        record(book, read_inputs([str(path) for path in sorted(tmp_path.glob("*.jsonl"))], Report()))
        every = [row.published for row in book.newest(10)]
        assert every == ["2031-01-02", "2031-01-01", "2030", None, None]
        pages = [row.id for skip in range(6) for row in book.newest(1, skip)]
        assert pages == [row.id for row in book.newest(10)]


# -- marked text ------------------------------------------------------------------------------------------


def claim_at(text: str, start: int, end: int) -> Claim:
    return Claim(DocumentId("x"), start, end, text[start:end], "test/1", Stage.ORDERED)


texts = st.text(max_size=60)


@given(
    texts.flatmap(lambda t: st.tuples(st.just(t), st.lists(st.tuples(st.integers(0, len(t)), st.integers(0, len(t))))))
)
def test_the_parts_are_the_text_and_each_claim_has_all_its_words(given_: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = given_
    claims = [claim_at(text, *sorted(span)) for span in spans if span[0] != span[1]]
    parts = marked_parts(text, claims)
    assert "".join(part.text for part in parts) == text
    for claim in claims:
        assert "".join(part.text for part in parts if claim.id in part.claims) == claim.quote
        assert sum(part.opens.count(claim.id) for part in parts) == 1


def test_the_page_of_a_long_text_is_that_of_the_claim() -> None:
    text = "x" * 250
    claims = [claim_at(text, 120, 130)]
    assert window(250, claims, str(claims[0].id), 1, 100) == (100, 200, 2)
    assert window(250, claims, None, 99, 100) == (200, 250, 3)
    assert window(0, [], None, 1, 100) == (0, 0, 1)
