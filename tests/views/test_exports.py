"""Exports: every row has its words, other programs open the files, and the same ledger gives the same bytes."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.ledger import Ledger
from armsledger.pipeline import Report, read_inputs, record
from armsledger.views.export import FORMS
from armsledger.views.row_files import cell
from armsledger.views.rows import COLUMNS, PROVENANCE

from .made_up import NOTICE, line, ran, run, write

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "dossier"
OF_ONE_FORM = ("graphml", "atom", "claimreview", "ftm", "sqlite")
ENTRY = "{http://www.w3.org/2005/Atom}entry"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "ledger.db"
    with Ledger.open(path) as book:
        record(book, read_inputs([str(EXAMPLES)], Report()))
    return path


def exported(ledger: Path, what: str, *options: str) -> Path:
    path = Path(f"{what}.out")
    ran("export", what, "--ledger", str(ledger), "-o", str(path), *options)
    return path


def texts_of(ledger: Path) -> dict[str, str]:
    with Ledger.open(ledger) as book:
        return {row.id: book.document(row.id).text for row in book.documents()}


@pytest.mark.parametrize("what", FORMS)
def test_the_same_ledger_gives_the_same_bytes(dossier: Path, what: str) -> None:
    assert exported(dossier, what).read_bytes() == exported(dossier, what).read_bytes()


@pytest.mark.parametrize("what", ["claims", "deals", "anchors", "flat"])
def test_every_row_has_words_that_stand_in_their_document(dossier: Path, what: str) -> None:
    texts = texts_of(dossier)
    rows = [json.loads(one) for one in exported(dossier, what, "--format", "jsonl").read_text().splitlines()]
    assert rows
    for row in rows:
        assert tuple(row) == COLUMNS[what]
        assert texts[row["document"]][row["start"] : row["end"]] == row["quote"]


def test_flat_has_every_claim_of_every_deal_and_every_place_of_it(dossier: Path) -> None:
    rows = list(csv.DictReader(exported(dossier, "flat").read_text().splitlines(keepends=True)))
    with Ledger.open(dossier) as book:
        claims = {c.id: c for c in book.claims()}
    assert {row["claim"] for row in rows} == set(claims)
    for row in rows:
        fields = {a.field for a in claims[row["claim"]].anchors} | {"claim"}  # type: ignore[index]
        assert row["field"] in fields
    shared = [row for row in rows if row["own"] == "false"]
    assert all(row["subject"] == "contract" for row in shared)
    assert len({row["deal"] for row in shared}) > 1  # each buyer's deal stands under the shared contract


@pytest.mark.parametrize("what", OF_ONE_FORM)
def test_what_has_one_form_is_not_written_in_another(dossier: Path, what: str) -> None:
    result = run("export", what, "--ledger", str(dossier), "--format", "csv", "-o", "x")
    assert result.exit_code == 2
    assert "only" in result.stderr
    assert not Path("x").exists()


@pytest.mark.parametrize("what", OF_ONE_FORM)
def test_a_filter_that_nothing_fits_gives_an_empty_file_that_still_opens(dossier: Path, what: str) -> None:
    path = exported(dossier, what, "--recipient", "Iceland")
    if what in ("graphml", "atom"):
        ElementTree.fromstring(path.read_bytes())
    elif what == "claimreview":
        assert json.loads(path.read_text())["@graph"] == []
    elif what == "ftm":
        assert path.read_text() == ""
    else:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM deal").fetchone() == (0,)


# -- Parquet ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["claims", "deals", "documents", "flat"])
def test_pandas_opens_parquet(dossier: Path, what: str) -> None:
    pytest.importorskip("pyarrow")
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_parquet(exported(dossier, what, "--format", "parquet"))
    rows = [json.loads(one) for one in exported(dossier, what, "--format", "jsonl").read_text().splitlines()]
    assert len(frame) == len(rows)
    assert set(PROVENANCE) <= set(frame.columns)
    assert frame["document"].tolist() == [row["document"] for row in rows]


def test_duckdb_opens_parquet_and_counts_as_we_do(dossier: Path) -> None:
    pytest.importorskip("pyarrow")
    duckdb: Any = pytest.importorskip("duckdb", reason="needs the extra: dev")
    path = exported(dossier, "flat", "--format", "parquet")
    with closing(duckdb.connect()) as connection:
        query = f"SELECT count(DISTINCT claim), count(*) FILTER (quote IS NULL) FROM read_parquet('{path}')"
        claims, without = connection.execute(query).fetchone()
        query = f"SELECT DISTINCT value, value_double FROM read_parquet('{path}') WHERE value IS NOT NULL"
        sums = connection.execute(query).fetchall()
    with Ledger.open(dossier) as book:
        assert (claims, without) == (book.counts().claims, 0)
    assert sums
    assert all(float(exact) == double for exact, double in sums)


# -- CSV --------------------------------------------------------------------------------------------------


@given(st.text(max_size=20) | st.text(alphabet="'=+-@\t\r\nx", max_size=8))
def test_a_cell_is_never_a_formula_and_can_be_read_back(text: str) -> None:
    told = str(cell(text))
    assert not told.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    bare = told.lstrip("'")
    back = told[1:] if told.startswith("'") and bare.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else told
    assert back == text


def test_words_that_look_like_a_formula_are_text_in_csv_and_as_they_are_elsewhere(here: Path) -> None:
    write(here, x_jsonl=line(NOTICE, doc="=1+1", title="=HYPERLINK(1)", publisher="@SUM(A1)"))
    ran("read", "x.jsonl")
    ledger = here / "armsledger.db"
    (row,) = csv.DictReader(exported(ledger, "documents").read_text().splitlines())
    assert (row["name"], row["title"], row["publisher"]) == ("'=1+1", "'=HYPERLINK(1)", "'@SUM(A1)")
    told = json.loads(exported(ledger, "documents", "--format", "jsonl").read_text())
    assert (told["name"], told["title"], told["publisher"]) == ("=1+1", "=HYPERLINK(1)", "@SUM(A1)")


# -- graph and feed ---------------------------------------------------------------------------------------


def test_networkx_opens_the_graph_and_every_edge_names_its_claims(dossier: Path) -> None:
    networkx: Any = pytest.importorskip("networkx")
    graph = networkx.read_graphml(exported(dossier, "graphml"), force_multigraph=True)
    assert graph.is_directed()
    with Ledger.open(dossier) as book:
        claims = {c.id for c in book.claims()}
    assert graph.number_of_edges() > 5
    for _, _, told in graph.edges(data=True):
        assert set(told["claims"].split()) <= claims
        assert told["documents"]
    assert graph.nodes["TUR"]["name"] == "Turkey"
    assert any(told["key"] == "transmittal USA 25-33 TUR" for *_, told in graph.edges("USA", data=True))


def test_the_feed_tells_changes_of_days_the_latest_first(dossier: Path) -> None:
    entries = ElementTree.fromstring(exported(dossier, "atom").read_bytes()).findall(ENTRY)
    days = [entry.findtext("{http://www.w3.org/2005/Atom}updated", "") for entry in entries]
    assert days == sorted(days, reverse=True)
    ids = [entry.findtext("{http://www.w3.org/2005/Atom}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    since = ElementTree.fromstring(exported(dossier, "atom", "--since", "2025-08").read_bytes()).findall(ENTRY)
    assert 0 < len(since) < len(entries)


# -- contested --------------------------------------------------------------------------------------------


def test_a_review_sets_the_words_of_both_sides_against_each_other_and_rates_nobody(dossier: Path) -> None:
    graph = json.loads(exported(dossier, "claimreview").read_text())
    assert graph["@context"] == "https://schema.org"
    texts = texts_of(dossier)
    assert graph["@graph"]
    ids = [review["@id"] for review in graph["@graph"]]
    assert len(set(ids)) == len(ids)
    for review in graph["@graph"]:
        assert review["@type"] == "ClaimReview"
        document = review["itemReviewed"]["appearance"]["@id"].rpartition(":")[2]
        assert review["claimReviewed"] in texts[document]
        assert "ratingValue" not in review["reviewRating"]
        others = [one["@id"].rpartition(":")[2] for one in review["citation"]]
        assert others
        assert "“" in review["reviewBody"]
    quoted = {r["claimReviewed"] for r in graph["@graph"]}
    assert any(other in r["reviewBody"] for r in graph["@graph"] for other in quoted - {r["claimReviewed"]})


# -- FollowTheMoney ---------------------------------------------------------------------------------------


def test_entities_refer_to_entities_that_came_before(dossier: Path) -> None:
    seen: set[str] = set()
    for one in exported(dossier, "ftm").read_text().splitlines():
        entity = json.loads(one)
        assert entity["id"] not in seen
        for name in ("subject", "object", "entity", "proof"):
            assert set(entity["properties"].get(name, ())) <= seen
        seen.add(entity["id"])
        assert entity["schema"] not in ("UnknownLink", "Note") or "“" in entity["properties"]["description"][0]


def test_entities_load_into_followthemoney(dossier: Path) -> None:
    model: Any = pytest.importorskip("followthemoney", reason="needs the extra: ftm").model
    for one in exported(dossier, "ftm").read_text().splitlines():
        entity = json.loads(one)
        proxy = model.get_proxy(entity, cleaned=False)
        assert proxy.schema.name == entity["schema"]
        assert proxy.schema.validate(entity) is None
        for name, values in entity["properties"].items():
            assert len(proxy.get(name)) == len(values), (entity["id"], name, values)  # nothing is dropped as unfit
        assert proxy.caption


# -- SQLite -----------------------------------------------------------------------------------------------


def test_the_database_is_whole_and_every_value_has_its_claim_and_document(dossier: Path) -> None:
    path = exported(dossier, "sqlite")
    texts = texts_of(dossier)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        }
        rows = connection.execute(
            'SELECT v.document, v.start, v."end", v.quote FROM deal_value v JOIN claim c ON c.id = v.claim '
            "JOIN document d ON d.id = v.document JOIN deal ON deal.id = v.deal"
        ).fetchall()
    assert len(rows) == counts["deal_value"] > 0
    assert all(texts[document][start:end] == quote for document, start, end, quote in rows)
    with Ledger.open(dossier) as book:
        held = book.counts()
    assert (counts["document"], counts["claim"]) == (held.documents, held.claims)
    told = json.loads(path.with_suffix(".metadata.json").read_text())
    assert set(told["databases"]["sqlite"]["tables"]) == set(counts)


def test_a_database_is_not_written_to_standard_output(dossier: Path) -> None:
    result = run("export", "sqlite", "--ledger", str(dossier))
    assert result.exit_code == 2
    assert "-o FILE" in result.stderr
