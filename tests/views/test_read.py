"""``armsledger read``: what it prints, what it keeps, how it ends."""

from __future__ import annotations

import gzip
import json
import os
import socket
import sqlite3
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from armsledger.ledger import Ledger
from armsledger.model import Document, DocumentKind, Reading, Silence
from armsledger.views.one_reading import show_reading

from .made_up import CORRECTED, DAY, DOMESTIC, NOTICE, dump, line, lines, process, ran, run, write

FORM = {"doc", "form", "document", "notices", "contracts", "claims", "refused", "silences", "statements", "occurrences"}


# -- JSON Lines -------------------------------------------------------------------------------------------


def test_a_notice_as_a_line(here: Path) -> None:
    write(here, notice_txt=NOTICE)
    (told,) = lines("read", "notice.txt", "--no-ledger", "--format", "jsonl")
    assert told["doc"] == "notice.txt"
    assert told.keys() == FORM
    (notice,) = told["notices"]
    assert notice["recipient"] == "NOR"
    assert notice["transmittal"] == "31-07"
    assert notice["date"] == "2031-04-02"
    assert notice["value"] == {"amount": 12_500_000, "currency": "USD", "meaning": "ceiling"}
    assert [(i["quantity"], i["designation"]) for i in notice["items"]] == [
        (4, "AN/SPS-73"),
        (2, "AN/TPS-80"),
    ]
    assert notice["contractors"] == ["Example Radars Inc."]
    assert told["document"]["characters"] == len(NOTICE)
    for claim in told["claims"]:
        assert NOTICE[claim["start"] : claim["end"]] == claim["quote"]
        for anchor in claim["anchors"]:
            assert NOTICE[anchor["start"] : anchor["end"]] == anchor["quote"]


def test_a_contracts_day_as_a_line(here: Path) -> None:
    write(here, day_txt=DAY)
    (told,) = lines("read", "day.txt", "--no-ledger", "--format", "jsonl")
    shared, unnamed, domestic = told["contracts"]
    assert shared["customers"] == ["NOR", "DNK", "PRT"]
    assert shared["shares"] == {}
    assert (shared["amount"], shared["currency"], shared["completion"]) == (9_000_000, "USD", "2032-03")
    assert (unnamed["foreign"], unnamed["customers"]) == (True, [])
    assert domestic["foreign"] is False
    assert all(isinstance(item, str) for item in shared["items"])
    assert [a["designation"] for a in shared["articles"]] == shared["items"]
    assert {c["subject"] for c in told["claims"]} == {"contract", "transfer"}
    assert all(c["value"] is None for c in told["claims"] if c["recipient"])


def test_shares_are_an_object_by_customer(here: Path) -> None:
    shares = (
        "Example Boats Inc., Dayton, Ohio, is awarded a $9,000,000 contract for boats. This contract combines "
        "purchases for the Navy ($6,000,000; 66%); and the governments of Japan ($2,000,000; 22%) and Norway "
        "($1,000,000; 12%) under the Foreign Military Sales program. The Naval Sea Systems Command, Washington, D.C., "
        "is the contracting activity (N00024-31-C-0009)."
    )
    write(here, day_txt=shares)
    (told,) = lines("read", "day.txt", "--no-ledger", "--format", "jsonl")
    assert told["contracts"][0]["shares"]["JPN"] == {"amount": 2_000_000, "percent": 22}


def test_a_correction_keeps_the_wrong_figure(here: Path) -> None:
    write(here, day_txt=CORRECTED)
    (told,) = lines("read", "day.txt", "--no-ledger", "--format", "jsonl")
    (contract,) = told["contracts"]
    assert (contract["correction"], contract["amount"], contract["corrected_amount"]) == (True, 7_700_000, 7_000_000)


def test_lines_come_in_the_order_of_the_inputs_and_nothing_else_on_stdout(here: Path) -> None:
    write(here, b_txt=NOTICE, a_txt=DAY, c_jsonl=line("One.", doc="one") + line("Two.", doc="two"))
    result = run("read", "b.txt", "a.txt", "missing.txt", "c.jsonl", "--format", "jsonl")
    told = [json.loads(one)["doc"] for one in result.stdout.splitlines()]
    assert told == ["b.txt", "a.txt", "one", "two"]
    assert result.exit_code == 2
    assert "armsledger: missing.txt: no such file or folder" in result.stderr


def test_the_same_bytes_twice_and_the_same_ledger_in_any_order(here: Path) -> None:
    write(here, a_txt=NOTICE, b_txt=DAY)
    one = run("read", "a.txt", "b.txt", "--ledger", "1.db", "--format", "jsonl").stdout_bytes
    again = run("read", "a.txt", "b.txt", "--ledger", "1.db", "--format", "jsonl").stdout_bytes
    run("read", "b.txt", "a.txt", "a.txt", "--ledger", "2.db")
    assert one == again
    assert dump(here / "1.db") == dump(here / "2.db")


def test_half_a_surrogate_pair_is_escaped(here: Path) -> None:
    write(here, a_jsonl='{"text": "Whole.", "doc": "a\\udcffb"}\n')
    (told,) = lines("read", "a.jsonl", "--no-ledger", "--format", "jsonl")
    assert told["doc"] == "a\udcffb"


def test_standard_input() -> None:
    result = run("read", "-", "--no-ledger", "--format", "jsonl", stdin=NOTICE)
    assert json.loads(result.stdout)["doc"] == "-"
    assert result.exit_code == 0


# -- for people -------------------------------------------------------------------------------------------


def test_one_notice_shows_its_fields_and_marks_the_words(here: Path) -> None:
    write(here, notice_txt=NOTICE)
    told = ran("read", "notice.txt")
    for words in (
        "Norway (NOR)",
        "31-07",
        "USD 12,500,000 (ceiling: at most)",
        "4 × AN/SPS-73",
        "Example Radars Inc.",
    ):
        assert words in told
    assert "[31-07]" in told
    assert "it is no contract" in " ".join(told.split())


def test_one_contracts_day_shows_foreign_awards_and_counts_the_others(here: Path) -> None:
    write(here, day_txt=f"{DAY}\n\n{CORRECTED}\n")
    told = ran("read", "day.txt")
    assert "N00024-31-C-0001" in told
    assert "3: Norway, Denmark, Portugal" in told
    assert "(parts not stated)" in told
    assert "foreign, not named" in told
    assert "Awards without a foreign customer: 1" in told
    assert "CORRECTION" in told
    assert "(wrong before: 7,000,000)" in told
    assert "W911QY-31-C-0003" not in told


def test_one_silent_document_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    news = Document("n.txt", DocumentKind.NEWS, "Talk.", (), title="A \x1b[2J title")
    show_reading(Reading(news, silences=(Silence("kept as a document", 0, 5),)))
    told = capsys.readouterr().out
    assert "Kept as a document." in told
    assert "\x1b" not in told
    assert "␛" in told


def test_the_summary_counts_and_says_what_is_next(here: Path) -> None:
    write(here, a_txt=NOTICE, b_txt=DAY)
    result = run("read", "a.txt", "b.txt", "none.txt", "--ledger", "my.db")
    assert result.stdout == ""
    told = result.stderr
    assert "Read 2 documents: 1 notice, 3 contract paragraphs," in told
    assert "New in my.db: 2 documents," in told
    assert "Refused by the gate: 0 claims." in told
    assert "1  no foreign customer" in told
    assert "Could not be read: 1" in told
    assert "Next: armsledger deals --ledger my.db" in told
    assert "New in my.db: 0 documents, 0 claims." in run("read", "a.txt", "b.txt", "--ledger", "my.db").stderr


def test_records_of_a_file_that_fail_alike_share_one_line(here: Path) -> None:
    good = '{"doc": "a", "text": "Nothing of note."}'
    (here / "many.jsonl").write_text("\n".join(['{"doc": "x"}', '{"doc": "y"}', good, '{"doc": "z"}', "no object"]))
    told = run("read", "many.jsonl", "--no-ledger").stderr
    assert "Could not be read: 4" in told
    assert "many.jsonl#1 to 2, 4: has no 'text'" in told
    assert "many.jsonl#5: " in told


def test_no_ledger_writes_nothing(here: Path) -> None:
    write(here, a_txt=NOTICE)
    ran("read", "a.txt", "--no-ledger")
    assert sorted(p.name for p in here.iterdir()) == ["a.txt"]


def test_no_ledger_is_made_where_nothing_could_be_read(here: Path) -> None:
    assert run("read", "none.txt").exit_code == 2
    assert list(here.iterdir()) == []


# -- bad inputs -------------------------------------------------------------------------------------------


def _warc() -> bytes:
    from warcio.warcwriter import WARCWriter

    held = BytesIO()
    writer = WARCWriter(held, gzip=True)
    body = BytesIO(b"<html><body><p>" + os.urandom(5000).hex().encode() + b"</p></body></html>")
    record = writer.create_warc_record("http://example.org/", "resource", payload=body, warc_content_type="text/html")
    writer.write_record(record)
    record.raw_stream.close()
    return held.getvalue()


BAD = {
    "empty.txt": b"",
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "noise.txt": bytes(range(256)) * 8,
    "cut.warc.gz": _warc()[:2000],
    "cut.gz": gzip.compress(b"text " * 2000, mtime=0)[:40],
    "list.jsonl": b'[1, 2]\n"text"\n17\n',
    "broken.jsonl": b'{"text": "whole"\n',
    "no-text.jsonl": b'{"title": "no text"}\n',
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_named_and_the_rest_is_read(name: str, here: Path) -> None:
    (here / name).write_bytes(BAD[name])
    write(here, good_txt=NOTICE)
    result = run("read", name, "good.txt", "--format", "jsonl")
    assert result.exit_code == 2
    assert [json.loads(one)["doc"] for one in result.stdout.splitlines()] == ["good.txt"]
    told = [one for one in result.stderr.splitlines() if one.startswith("armsledger: ")]
    assert told
    assert all(one.startswith(f"armsledger: {name}") for one in told)
    assert "Traceback" not in result.stderr


def test_a_good_line_among_bad_ones_is_read(here: Path) -> None:
    write(here, mixed_jsonl=line("Fine.", doc="fine") + "[]\n")
    result = run("read", "mixed.jsonl", "--no-ledger", "--format", "jsonl")
    assert (len(result.stdout.splitlines()), result.exit_code) == (1, 2)
    assert "armsledger: mixed.jsonl#2: is a list, not an object" in result.stderr


def test_what_a_folder_holds_was_not_asked_for_by_name(here: Path) -> None:
    (here / "folder").mkdir()
    write(here / "folder", a_txt=NOTICE, empty_txt="")
    result = run("read", "folder", "--no-ledger")
    assert "empty.txt: is empty" in result.stderr
    assert result.exit_code == 0


def test_a_wrong_encoding_is_read_or_refused_but_never_fails(here: Path) -> None:
    head = b'<html><head><meta charset="utf-8"></head><body><p>'
    write(
        here,
        a_html=head + "Überführung an die Türkei".encode("latin-1") + b"</p></body></html>",
        b_txt="é".encode("utf-16-be"),
    )
    result = run("read", "a.html", "b.txt", "--no-ledger")
    assert result.exit_code in {0, 2}
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read(here: Path) -> None:
    (here / "closed").mkdir(mode=0)
    result = run("read", "closed", "--no-ledger")
    (here / "closed").chmod(0o700)
    assert result.exit_code == 2
    assert "armsledger: closed: the system does not let it be read" in result.stderr


# -- bad ledgers ------------------------------------------------------------------------------------------


def test_a_file_that_is_no_ledger_is_left_alone(here: Path) -> None:
    write(here, a_txt=NOTICE, my_db="I am a letter, and long enough to be one.")
    result = run("read", "a.txt", "--ledger", "my.db")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("armsledger: my.db: is no SQLite file, expected a ledger")
    assert (here / "my.db").read_text().startswith("I am a letter")


def test_a_ledger_of_a_later_version(here: Path, book: Path) -> None:
    with sqlite3.connect(book) as connection:
        connection.execute("INSERT INTO migration (name) VALUES ('9999 from the future')")
    connection.close()
    for arguments in (["read", "notice.txt"], ["deals"], ["show", "31-07"], ["export", "claims"]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "later version" in result.stderr
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["deals", "claims", "documents", "show 31-07", "export claims"])
def test_a_ledger_that_is_not_there(command: str) -> None:
    result = run(*command.split(), "--ledger", "none.db")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr
        == "armsledger: none.db: no such ledger (make one with: armsledger read; name another with: --ledger FILE)\n"
    )


# -- addresses --------------------------------------------------------------------------------------------


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Refuses one path and serves the rest."""
        body = NOTICE.encode()
        self.send_response(403 if "refused" in self.path else 200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a server that serves a notice and refuses /refused."""
    with HTTPServer(("127.0.0.1", 0), _Server) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_address_that_is_refused(site: str) -> None:
    result = run("read", f"{site}/notice", f"{site}/refused", "--no-ledger", "--format", "jsonl")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["document"]["url"] == f"{site}/notice"
    assert "403" in result.stderr
    assert "could not be seen" in result.stderr


def test_an_address_that_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        result = run("read", address, "--no-ledger", "--wait", "0.2")
    assert result.exit_code == 2
    assert f"armsledger: {address}" in result.stderr


# -- as a process -----------------------------------------------------------------------------------------


def test_a_piped_run_has_no_progress_and_no_colours(here: Path) -> None:
    write(here, a_txt=NOTICE, b_txt=DOMESTIC)
    done = process("read", "a.txt", "b.txt", cwd=here)
    assert (done.returncode, done.stdout) == (0, "")
    assert "\x1b" not in done.stderr
    assert done.stderr.startswith("Read 2 documents")
    with Ledger.open(here / "armsledger.db", create=False) as ledger:
        assert ledger.counts().documents == 2
