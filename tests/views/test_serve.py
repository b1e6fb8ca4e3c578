"""``serve`` with several processes: what one of them writes the others show, they take one form, and they end together."""

from __future__ import annotations

import multiprocessing
import re
import signal
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from armsledger.errors import InputError
from armsledger.ledger import Ledger
from armsledger.pipeline import Report, read_inputs, record
from armsledger.views.page_workers import LARGE, Common, SharedPace, usual
from armsledger.views.serve import can_share, listening

from .made_up import NOTICE, command_line, write

pytestmark = pytest.mark.skipif(not can_share(), reason="this system does not share a port between processes")

TOKEN = "a token of the test"


@pytest.fixture
def address(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of two processes that serve a ledger with one notice."""
    write(here, notice_txt=NOTICE)
    with Ledger.open(here / "armsledger.db") as book:
        record(book, read_inputs([str(here / "notice.txt")], Report()))
    monkeypatch.setenv("ARMSLEDGER_WRITE_TOKEN", TOKEN)
    with subprocess.Popen(command_line("serve", "--port", "0", "--workers", "2"), stdout=subprocess.PIPE) as server:
        assert server.stdout
        told = re.search(rb"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
        assert told
        yield int(told[1])
        server.send_signal(signal.SIGINT)
        assert server.wait(60) == 0


def ask(port: int, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    """What one of the processes answers on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    if form is None:
        connection.request("GET", path)
    else:
        connection.request("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def test_a_judgement_is_seen_at_once_whoever_answers(address: int, here: Path) -> None:
    with Ledger.open(here / "armsledger.db", create=False) as book:
        claim = next(book.claims())
    document = f"/documents/{claim.document}?claim={claim.id}"
    for _ in range(8):  # so that both processes have shown, and kept, the pages
        assert ask(address, "/")[0] == ask(address, "/sources")[0] == 200
        page = ask(address, document)[1]
        assert "rejected by" not in page
    proof = re.search(r'name="proof" value="(\w+)"', page)
    assert proof
    form = {"verdict": "reject", "about": claim.id, "because": "it was wrong", "author": "A", "token": TOKEN}
    assert ask(address, "/review", form | {"proof": proof[1], "token": "no"})[0] == 403
    assert ask(address, "/review", form | {"proof": proof[1]})[0] == 303
    for _ in range(8):
        assert "rejected by A" in ask(address, document)[1]
        counts = ask(address, "/")[1]
        assert re.search(r"<strong>1</strong> Judgements", counts)


def test_a_port_that_another_server_has_is_not_shared_with_it(here: Path) -> None:
    with listening("127.0.0.1", 0, shared=True) as taken:
        taken.listen()
        with pytest.raises(InputError, match="cannot be listened on"):
            listening("127.0.0.1", taken.getsockname()[1])


def test_processes_together_allow_an_address_so_much_and_no_more() -> None:
    now = [100.0]
    buckets = multiprocessing.get_context("spawn").Array("d", 16)
    one, other = (SharedPace(3, lambda: now[0], buckets) for _ in range(2))
    assert [pace.allows("127.0.0.1") for pace in (one, other, one, other)] == [True, True, True, False]
    now[0] += 20
    assert [one.allows("127.0.0.1"), other.allows("127.0.0.1")] == [True, False]


def test_what_one_process_writes_is_counted_for_all() -> None:
    count = multiprocessing.get_context("spawn").Value("Q", 0)
    one, other = Common(writes=count), Common(writes=count)
    one.wrote()
    assert other.writes.value == 1


def test_a_small_ledger_is_served_by_one_process(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    assert usual(str(path)) == 1
    with path.open("wb") as file:
        file.truncate(LARGE)
    assert 1 <= usual(str(path)) <= 4
    assert usual("postgresql://somewhere/ledger") == 1
