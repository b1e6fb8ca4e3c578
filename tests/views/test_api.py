"""The HTTP API: answers fit their description, pages follow each other whatever comes meanwhile, writing needs a token."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from armsledger.ledger import CONDITIONS, ClaimFilter, Ledger
from armsledger.model import Claim, Document, DocumentKind, Question, Reading, Section, SectionKind
from armsledger.pipeline import RULES, Report, judge, read_inputs, record
from armsledger.views import api_models as out
from armsledger.views.api_asking import Filters, StatementFilters, cursor_of, place_in
from armsledger.views.http import HEADERS, create_app
from armsledger.views.judge import judgement

from .made_up import NOTICE

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "dossier"
TOKEN = "a token of the test"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("api") / "ledger.db") as book:
        record(book, read_inputs([str(EXAMPLES)], Report()))
        yield book


@pytest.fixture(scope="module")
def client(ledger: Ledger) -> TestClient:
    return TestClient(create_app(ledger, per_minute=None))


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[tuple[Ledger, TestClient]]:
    with Ledger.open(tmp_path / "written.db") as book:
        record(book, read_inputs([str(EXAMPLES)], Report()))
        yield book, TestClient(create_app(book, token=TOKEN, per_minute=None))


def got(client: TestClient, address: str, **asked: Any) -> Any:
    answer = client.get(f"/api/v1/{address}", params=asked or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


# -- what is described ------------------------------------------------------------------------------------

ANSWERS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("deals?limit=500", out.DealPage),
    ("deals/25-33", out.DealWhole),
    ("deals?as_of=2025-06-01", out.DealPage),
    ("claims?limit=500", out.ClaimPage),
    ("documents?limit=500", out.DocumentPage),
    ("statements?limit=500", out.StatementPage),
    ("chains", out.ChainPage),
    ("changes?since=2025-05&as_of=2025-12", out.ChangePage),
    ("changes?since=2025-05", out.ChangePage),
    ("questions", out.QuestionPage),
    ("judgements", out.JudgementPage),
    ("systems/aim-120", out.SystemWhole),
    ("parties/Turkey", out.PartyWhole),
    ("analyses", out.Analyses),
    ("analyses/sanctions?supplier=Russia&recipient=Turkey&on=2020-12-14", out.Analysis),
    ("analyses/sanctions?deal=25-33&on=2025-06-01", out.Analysis),
)


@pytest.mark.parametrize(("address", "model"), ANSWERS, ids=[address for address, _ in ANSWERS])
def test_an_answer_is_as_it_is_described(client: TestClient, address: str, model: type[BaseModel]) -> None:
    model.model_validate(got(client, address))


def test_every_deal_claim_and_document_opens_and_is_as_described(client: TestClient) -> None:
    deals = got(client, "deals", limit=500)["items"]
    assert deals
    for deal in deals:
        out.DealWhole.model_validate(got(client, f"deals/{deal['id']}"))
    for claim in got(client, "claims", limit=500)["items"]:
        out.ClaimLine.model_validate(got(client, f"claims/{claim['id']}"))
    for document in got(client, "documents")["items"]:
        whole = got(client, f"documents/{document['id']}")
        out.DocumentWhole.model_validate(whole)
        assert len(whole["claim_ids"]) == whole["claims"]


def test_every_figure_opens_onto_words_of_a_document(client: TestClient) -> None:
    """Law 5: each value of each field of each deal has a claim, and its quote stands in the text where it says."""
    texts = {d["id"]: got(client, f"documents/{d['id']}")["text"] for d in got(client, "documents")["items"]}
    for deal in got(client, "deals", limit=500)["items"]:
        for field in got(client, f"deals/{deal['id']}")["fields"]:
            for value in field["values"]:
                assert value["evidence"], (deal["id"], field["name"])
                for words in value["evidence"]:
                    assert texts[words["document"]][words["start"] : words["end"]] == words["quote"]


def test_the_filters_are_those_of_the_ledger() -> None:
    of_lists = {"limit", "cursor", "format"}
    assert set(Filters.model_fields) - of_lists == {condition.key for condition in CONDITIONS}
    assert set(StatementFilters.model_fields) - of_lists == set(
        "speaker party speaks_for topic polarity system document since until as_of".split()
    )


def test_the_description_names_every_error_and_every_answer(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            wanted = {"400", "404", "408", "421", "422", "429", "503"} | ({"403", "413"} if method == "post" else set())
            assert wanted <= set(told["responses"]), (path, method)
            for status, response in told["responses"].items():
                schema = response["content"]["application/json"]["schema"]
                assert schema, (path, status)
                if int(status) >= 400:
                    assert schema == {"$ref": "#/components/schemas/Error"}
    assert {"/api/v1/documents", "/api/v1/judgements"} <= {p for p, m in described["paths"].items() if "post" in m}


# -- asking -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("deals/nothing", 404, "no such deal"),
        ("deals/25-33?as_of=2025-01-01", 404, "by 2025-01-01"),
        ("claims/zzzz", 404, "no claim"),
        ("documents/nothing", 404, "no document"),
        ("systems/nothing-such", 404, "no system"),
        ("parties/Atlantis", 404, "no party"),
        ("nothing", 404, "nothing under this address"),
        ("deals?recipient=Atlantis", 400, "recipient: the lexicon has no party"),
        ("deals?since=2025-13", 400, "since"),
        ("changes?since=2025-12&as_of=2025-01", 400, "since"),
        ("claims?cursor=xx", 400, "cursor"),
        ("deals?recipent=PAK", 422, "recipent"),  # a misspelt filter must not give everything
        ("deals?limit=501", 422, "limit"),
        ("deals?limit=0", 422, "limit"),
        ("deals?stage=soon", 422, "stage"),
        ("changes", 422, "since"),
        ("analyses/dependence?recipient=India", 404, "no SIPRI register"),
        ("analyses/dependence", 400, "one of"),
        ("analyses/sanctions?on=2025-01-01", 400, "nobody"),
    ],
)
def test_what_cannot_be_asked_has_the_one_shape(client: TestClient, address: str, status: int, says: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == status
    told = out.Error.model_validate(answer.json()).error
    assert told.status == status
    assert says in told.message
    assert "/" not in told.message.partition("ledger.db")[0] or status == 404


def test_no_answer_tells_where_the_ledger_lies(client: TestClient, ledger: Ledger) -> None:
    folder = ledger.name.rpartition("/")[0]
    assert folder
    assert folder not in client.get("/api/v1/analyses/dependence?recipient=India").text


def test_a_method_that_is_not_offered_says_which_are(client: TestClient) -> None:
    answer = client.delete("/api/v1/deals")
    assert answer.status_code == 405
    assert answer.json()["error"]["status"] == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("what", ["deals", "claims", "documents", "statements", "chains"])
def test_pages_follow_each_other_and_come_to_the_whole(client: TestClient, what: str) -> None:
    whole = [one["id"] for one in got(client, what, limit=500)["items"]]
    seen, cursor = [], None
    while True:
        page = got(client, what, limit=3, **({"cursor": cursor} if cursor else {}))
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == whole


def test_a_page_is_the_next_one_whatever_is_added_meanwhile(writable: tuple[Ledger, TestClient]) -> None:
    """What comes before the place of a cursor shifts nothing: nothing is told twice, nothing that was there is missed."""
    book, client = writable
    before = [one["id"] for one in got(client, "claims", limit=500)["items"]]
    first = got(client, "claims", limit=5)
    early = NOTICE.replace("April 2, 2031", "April 2, 2001")
    sent = client.post("/api/v1/documents", json={"name": "early", "text": early}, headers=BEARER)
    assert sent.json()["claims_new"] > 0
    rest = got(client, "claims", limit=500, cursor=first["next"])
    assert [one["id"] for one in first["items"] + rest["items"]] == before
    assert got(client, "claims", limit=1)["items"][0]["id"] in sent.json()["claims"]
    assert len(list(book.claims())) > len(before)


def test_questions_go_on_behind_one_that_was_decided(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "asked.db") as book:
        record(book, read_inputs([str(EXAMPLES)], Report()))
        *claims, other = _one_of_each_deal(book)[:5]
        asked = _with_questions(book, claims, other)
        found = list(book.questions())
        assert [q.id for q in found] == asked
        assert [q.id for q in book.questions(after=(found[1].claim, found[1].id))] == asked[2:]
        assert [q.id for q in book.questions(after=(found[1].claim, "q" + "f" * 10))] == asked[2:]  # not there any more


def _one_of_each_deal(book: Ledger) -> list[Claim]:
    """The first claim of each buyer's contract, in the order of the ledger: of one deal nothing is asked any more."""
    firsts = {held[0].id for key, held in book.claims_of(list(book.keys())) if key.startswith("contract ")}
    return [claim for claim in book.claims() if claim.id in firsts]


def _with_questions(book: Ledger, claims: list[Claim], other: Claim) -> list[str]:
    """Writes a question about each of the claims, as the rules would; gives their ids in the order of the claims."""
    from dataclasses import replace

    from armsledger.model import Link, Reason, Settled

    asked = {
        c.id: Question("g", c.id, (Link(c.id, other.id, (Reason("made up", 1, "for the test"),)),), "for the test")
        for c in claims
    }

    def settle(ground: str, held: Any, published: Any, judgements: Any) -> Settled:
        done = RULES.settle(ground, held, published, judgements)
        return replace(done, questions=tuple(asked[c.id] for c in held if c.id in asked))

    book.resettle(replace(RULES, settle=settle))
    return [asked[c.id].id for c in claims]


def test_a_cursor_is_of_its_own_list() -> None:
    assert place_in("deals", cursor_of("deals", "transmittal USA 25-33 TUR")) == ("transmittal USA 25-33 TUR",)
    assert place_in("deals", cursor_of("deals", "\ud800\n x")) == ("\ud800\n x",)
    assert place_in("deals", None) is None
    with pytest.raises(Exception, match="none of claims"):
        place_in("claims", cursor_of("deals", "x"))


def test_as_of_only_documents_of_that_day_count(client: TestClient, ledger: Ledger) -> None:
    for claim in got(client, "claims", as_of="2025-06-01", limit=500)["items"]:
        assert claim["document"]["published"] <= "2025-06-01"
    late = next(c for c in ledger.claims(ClaimFilter(since="2025-06-02")))
    assert client.get(f"/api/v1/claims/{late.id}?as_of=2025-06-01").status_code == 404
    assert client.get(f"/api/v1/documents/{late.document}?as_of=2025-06-01").status_code == 404
    assert got(client, "deals/25-33", as_of="2025-05-14")["as_of"] == "2025-05-14"


@pytest.mark.parametrize("what", ["deals", "claims", "documents", "statements", "chains", "changes?since=2025-01"])
def test_a_list_comes_as_a_table_with_the_words_of_each_row(client: TestClient, what: str) -> None:
    for answer in (
        client.get(
            f"/api/v1/{what}", params={"format": "csv"} if "?" not in what else None, headers={"Accept": "text/csv"}
        ),
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert rows
        assert all(row["document"] for row in rows)
        assert what == "documents" or all(row["quote"] for row in rows)


def test_a_table_names_the_next_page_in_a_header(client: TestClient) -> None:
    answer = client.get("/api/v1/claims?format=csv&limit=5&party=Turkey")
    link = answer.headers["Link"]
    assert link.startswith("</api/v1/claims?")
    assert link.endswith('>; rel="next"')
    following = client.get(link[1:].partition(">")[0])
    assert following.status_code == 200
    assert following.text != answer.text


def test_json_wins_where_both_are_named(client: TestClient) -> None:
    answer = client.get("/api/v1/deals", headers={"Accept": "text/csv, application/json"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize("address", ["deals", "deals/25-33", "claims?format=csv"])
def test_an_unchanged_answer_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(f"/api/v1/{address}")
    for name, value in HEADERS.items():
        assert first.headers[name] == value
    again = client.get(f"/api/v1/{address}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_party_that_only_documents_name_is_found(tmp_path: Path) -> None:
    text = "Acme Arms is to deliver four patrol boats to the Freedonian Navy, the ministry said."
    document = Document(
        "x", DocumentKind.NEWS, text, (Section(SectionKind.BODY, 0, len(text)),), published="2025-01-01"
    )
    from armsledger.model import Stage

    claim = Claim(document.id, 0, len(text), text, "test/1", Stage.ORDERED, supplier="Acme Arms", recipient="Freedonia")
    with Ledger.open(tmp_path / "named.db") as book:
        record(book, [Reading(document, claims=(claim,))])
        told = got(TestClient(create_app(book)), "parties/Freedonia")
    assert told["party"] is None
    assert len(told["received"]["items"]) == 1


def test_half_a_character_in_a_document_breaks_no_answer(tmp_path: Path) -> None:
    text = "Four boats for Norway."
    document = Document("x\ud800", DocumentKind.NEWS, text, (Section(SectionKind.BODY, 0, len(text)),), title="\udfff")
    from armsledger.model import Stage

    claim = Claim(document.id, 0, len(text), text, "test/1", Stage.ORDERED, recipient="NOR", item="\ud800boat")
    with Ledger.open(tmp_path / "half.db") as book:
        record(book, [Reading(document, claims=(claim,))])
        client = TestClient(create_app(book))
        for what in ("claims", "deals", "documents"):
            assert client.get(f"/api/v1/{what}").status_code == 200
            assert client.get(f"/api/v1/{what}?format=csv").status_code == 200
        assert got(client, f"documents/{document.id}")["text"] == text


# -- writing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer no"}, {"Authorization": "Basic abc"}])
def test_writing_is_off_without_a_token_and_closed_with_a_wrong_one(
    client: TestClient, writable: tuple[Ledger, TestClient], headers: dict[str, str]
) -> None:
    book, guarded = writable
    before = book.counts()
    for server in (client, guarded):
        for address, body in (
            ("documents", {"name": "x", "text": NOTICE}),
            ("judgements", {"verdict": "accept", "about": ["x"], "author": "A", "because": "b"}),
        ):
            answer = server.post(f"/api/v1/{address}", json=body, headers=headers)
            assert answer.status_code == 403
            assert answer.json()["error"]["status"] == 403
    assert client.post("/api/v1/documents", json={"name": "x", "text": "y"}, headers=BEARER).status_code == 403
    assert book.counts() == before


def test_a_document_that_is_sent_is_read_and_recorded_once(writable: tuple[Ledger, TestClient]) -> None:
    book, client = writable
    sent = {"name": "notice", "text": NOTICE, "url": "https://example.org/n", "publisher": "Example Agency"}
    first = client.post("/api/v1/documents", json=sent, headers=BEARER)
    assert first.status_code == 201
    told = out.Recorded.model_validate(first.json())
    assert (told.documents_new, told.claims_new) == (1, len(told.claims))
    assert got(client, "deals/31-07")["recipient"] == "NOR"
    assert book.document(told.documents[0]).publisher == "Example Agency"
    again = out.Recorded.model_validate(client.post("/api/v1/documents", json=sent, headers=BEARER).json())
    assert (again.documents_new, again.claims_new) == (0, 0)
    assert again.claims == told.claims


def test_bytes_are_sent_as_base64(writable: tuple[Ledger, TestClient]) -> None:
    _, client = writable
    paragraphs = "".join(f"<p>{p}</p>" for p in NOTICE.split("\n\n"))
    page = f"<html><head><title>Norway</title></head><body>{paragraphs}</body></html>"
    body = {"name": "page", "content": base64.b64encode(page.encode()).decode(), "media_type": "text/html"}
    told = client.post("/api/v1/documents", json=body, headers=BEARER)
    assert told.status_code == 201, told.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "x"}, 400),
        ({"name": "x", "text": "a", "content": "YQ=="}, 400),
        ({"name": "x", "content": "no base64!"}, 400),
        ({"name": "x", "text": ""}, 400),
        ({"name": "x", "content": base64.b64encode(b"\x00\x01\x02" * 50).decode()}, 400),
        ({"name": "x", "text": "a", "published": "2025-13"}, 400),
        ({"name": "x", "text": "a", "url": "javascript:alert(1)"}, 422),
        ({"name": "x", "text": "a", "url": "file:///etc/passwd"}, 422),
        ({"name": "x", "text": "a", "pubisher": "misspelt"}, 422),
        ({"text": "a"}, 422),
        ([], 422),
        (b"\xff", 400),
        (b"{", 422),
    ],
)
def test_what_is_no_document_is_refused(writable: tuple[Ledger, TestClient], body: Any, status: int) -> None:
    book, client = writable
    before = book.counts()
    sent: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body}
    answer = client.post("/api/v1/documents", **sent, headers=BEARER | {"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text
    out.Error.model_validate(answer.json())
    assert book.counts() == before


def test_a_body_that_is_too_long_is_refused_in_the_one_shape(client: TestClient) -> None:
    answer = client.post("/api/v1/documents", content=b"x" * 2_000_001, headers=BEARER)
    assert answer.status_code == 413
    assert out.Error.model_validate(answer.json()).error.status == 413


def test_too_many_questions_are_refused_in_the_one_shape(ledger: Ledger) -> None:
    client = TestClient(create_app(ledger, per_minute=1, clock=lambda: 0.0))
    assert client.get("/api/v1/analyses").status_code == 200
    answer = client.get("/api/v1/analyses")
    assert answer.status_code == 429
    assert out.Error.model_validate(answer.json()).error.status == 429
    assert answer.headers["Retry-After"] == "60"


def test_a_judgement_is_recorded_and_can_be_undone(writable: tuple[Ledger, TestClient]) -> None:
    book, client = writable
    claim = next(book.claims()).id
    new = {
        "verdict": "reject",
        "about": [claim[:12]],
        "author": "A",
        "because": "taken back",
        "made": "2026-01-02T10:00",
    }
    answer = client.post("/api/v1/judgements", json=new, headers=BEARER)
    assert answer.status_code == 201, answer.text
    first = out.Judged.model_validate(answer.json())
    assert first.new
    assert first.judgement.about == [claim]
    assert not client.post("/api/v1/judgements", json=new, headers=BEARER).json()["new"]
    undo = {"verdict": "undo", "about": [first.judgement.id], "author": "A", "because": "a slip"}
    assert client.post("/api/v1/judgements", json=undo, headers=BEARER).status_code == 201
    listed = got(client, "judgements")["items"]
    assert [j["standing"] for j in listed if j["id"] == first.judgement.id] == [False]
    assert got(client, "judgements", as_of="2026-01-01")["items"] == []
    assert [j["id"] for j in got(client, "judgements", as_of="2026-01-02")["items"]] == [first.judgement.id]
    assert len(got(client, "judgements", limit=1, cursor=got(client, "judgements", limit=1)["next"])["items"]) == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"about": ["zzzz"]}, 404),
        ({"verdict": "same"}, 400),
        ({"because": "  "}, 400),
        ({"made": "soon"}, 400),
        ({"verdict": "maybe"}, 422),
    ],
)
def test_what_is_no_judgement_is_refused(
    writable: tuple[Ledger, TestClient], changed: dict[str, Any], status: int
) -> None:
    book, client = writable
    new = {"verdict": "accept", "about": [next(book.claims()).id], "author": "A", "because": "b", **changed}
    assert client.post("/api/v1/judgements", json=new, headers=BEARER).status_code == status
    assert list(book.judgements()) == []


def test_a_rejected_claim_is_told_and_counts_for_nothing(writable: tuple[Ledger, TestClient]) -> None:
    book, client = writable
    deal = got(client, "deals/25-33")
    assert len(deal["claims"]) > 1
    judge(book, [judgement(book, "reject", [deal["claims"][0]], "A", "2026-01-01T10:00", "taken back")])
    told = got(client, "deals/25-33")
    out.DealWhole.model_validate(told)
    assert told["rejected"] == [deal["claims"][0]]
    assert deal["claims"][0] not in told["claims"]
    assert [j["verdict"] for j in told["judgements"]] == ["reject"]
