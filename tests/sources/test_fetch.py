"""Fetching from a real server on this machine that behaves well, badly and worse."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from armsledger.errors import NotFetched
from armsledger.sources import Limits, gather
from armsledger.sources.fetch import fetch

PAGE = "<p>Борdurie für alle</p>".encode()
BOMB = gzip.compress(bytes(20_000_000), mtime=0)
QUICK = Limits(silence_s=0.3, total_s=0.8, wire_bytes=100_000, unpacked_bytes=200_000, redirects=3)


class Server(BaseHTTPRequestHandler):
    """One method of this class a way to behave."""

    protocol_version = "HTTP/1.1"
    asked: list[dict[str, str]] = []  # noqa: RUF012 (filled by requests, read by one test)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        self.asked.append(dict(self.headers))
        self.close_connection = True
        name = self.path.strip("/").split("/")[0].split("?")[0]
        getattr(self, f"on_{name}", self.on_status)()

    def answer(self, body: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def on_good(self) -> None:
        self.answer(PAGE, Content_Type="text/html; charset=UTF-8")

    def on_bare(self) -> None:
        self.answer(PAGE)

    def on_status(self) -> None:
        self.answer(b"no", status=int(self.path.strip("/")))

    def on_gzip(self) -> None:
        self.answer(gzip.compress(PAGE, mtime=0), Content_Encoding="gzip", Content_Type="text/html")

    def on_deflate(self) -> None:
        self.answer(zlib.compress(PAGE), Content_Encoding="deflate")

    def on_raw(self) -> None:
        packer = zlib.compressobj(wbits=-15)
        self.answer(packer.compress(PAGE) + packer.flush(), Content_Encoding="deflate")

    def on_two(self) -> None:
        self.answer(gzip.compress(PAGE, mtime=0) + gzip.compress(PAGE), Content_Encoding="gzip")

    def on_bomb(self) -> None:
        self.answer(BOMB, Content_Encoding="gzip")

    def on_halfgzip(self) -> None:
        self.answer(gzip.compress(PAGE * 50, mtime=0)[:-12], Content_Encoding="gzip")

    def on_nogzip(self) -> None:
        self.answer(PAGE, Content_Encoding="gzip")

    def on_brotli(self) -> None:
        self.answer(PAGE, Content_Encoding="br")

    def on_short(self) -> None:
        self.answer(PAGE, length=5000)

    def on_chunks(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"5\r\nhello\r\nff\r\nnot all of it")

    def on_huge(self) -> None:
        self.answer(bytes(300_000))

    def on_hang(self) -> None:
        time.sleep(0.7)

    def on_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.drip()

    def on_driphead(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.drip()

    def drip(self) -> None:
        for _ in range(15):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def on_to(self) -> None:
        self.answer(b"", status=302, Location="/good")

    def on_loop(self) -> None:
        self.answer(b"", status=302, Location="/loop")

    def on_chain(self) -> None:
        self.answer(b"", status=301, Location=f"{self.path}/x")

    def on_file(self) -> None:
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def on_ftp(self) -> None:
        self.answer(b"", status=302, Location="ftp://a.example/x")

    def on_garbage(self) -> None:
        self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what is tested here."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = QuietServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_comes_with_its_type_charset_and_address(site: str) -> None:
    found = fetch(f"{site}/good")
    assert (found.body, found.media_type, found.charset) == (PAGE, "text/html", "utf-8")
    assert (found.name, found.url) == (f"{site}/good", f"{site}/good")


def test_a_server_that_says_no_type_gives_none(site: str) -> None:
    assert fetch(f"{site}/bare").media_type is None


def test_after_a_redirect_the_last_address_is_kept(site: str) -> None:
    found = fetch(f"{site}/to")
    assert (found.name, found.url) == (f"{site}/to", f"{site}/good")


def test_we_say_who_we_are_and_carry_no_cookies(site: str) -> None:
    Server.asked.clear()
    fetch(f"{site}/good")
    assert Server.asked[0]["User-Agent"].startswith("armsledger/")
    assert "Cookie" not in Server.asked[0]


@pytest.mark.parametrize(("way", "times"), [("gzip", 1), ("deflate", 1), ("raw", 1), ("two", 2)])
def test_packed_answers_are_unpacked(site: str, way: str, times: int) -> None:
    assert fetch(f"{site}/{way}").body == PAGE * times


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("403", "the server answered 403 Forbidden: it could not be seen, which does not mean that nothing is there"),
        ("404", "the server answered 404 Not Found: it could not be seen"),
        ("410", "the server answered 410 Gone"),
        ("429", "try again later"),
        ("500", "the server answered 500 Internal Server Error"),
        ("503", "try again later"),
        ("599", "the server answered 599"),
        ("loop", "redirects without end"),
        ("chain", "redirects without end"),
        ("file", "redirects to 'file:///etc/passwd'"),
        ("ftp", "redirects to 'ftp://a.example/x'"),
        ("short", "was cut short: 4,97"),
        ("chunks", "was cut short"),
        ("huge", "is larger than 100,000 bytes"),
        ("bomb", "unpacks to more than 200,000 bytes"),
        ("halfgzip", "the packed stream has no end"),
        ("nogzip", "is packed wrongly"),
        ("brotli", "packed it as 'br'"),
        ("hang", "was silent for 0.3 seconds"),
        ("drip", "did not end within 0.8 seconds"),
        ("driphead", "did not end within 0.8 seconds"),
        ("garbage", "could not be reached"),
    ],
)
def test_what_could_not_be_seen_says_why(site: str, path: str, said: str) -> None:
    began = time.monotonic()
    with pytest.raises(NotFetched) as caught:
        fetch(f"{site}/{path}", QUICK)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{site}/{path}: ")
    assert "\n" not in str(caught.value)
    assert time.monotonic() - began < 3


def test_403_advises_to_save_the_page(site: str) -> None:
    with pytest.raises(NotFetched) as caught:
        fetch(f"{site}/403")
    assert str(caught.value).endswith("(save the page in a browser and read the file)")


def test_a_server_that_speaks_no_tls_is_told(site: str) -> None:
    with pytest.raises(NotFetched):
        fetch(site.replace("http://", "https://") + "/good", QUICK)


def test_an_unknown_authority_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def untrusted(*args: object, **kwargs: object) -> None:
        raise ssl.SSLCertVerificationError(1, "certificate verify failed: self-signed certificate")

    monkeypatch.setattr("armsledger.sources.fetch.socket.create_connection", untrusted)
    with pytest.raises(NotFetched, match="could not prove who it is"):
        fetch("https://a.example/")


def test_a_port_where_nobody_listens_is_told() -> None:
    with pytest.raises(NotFetched, match="could not be reached"):
        fetch("http://127.0.0.1:1/x", QUICK)


@pytest.mark.parametrize(
    "address", ["http://", "https:///path", "http://[::1", "http://a b.example/", "http://a.example:99999/"]
)
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(NotFetched):
        fetch(address, QUICK)


def test_blanks_and_other_letters_in_a_path_are_written_as_the_net_wants_them(site: str) -> None:
    assert fetch(f"{site}/good/für alle?q=ü b").body == PAGE


def test_gather_yields_what_could_not_be_fetched_and_goes_on(site: str) -> None:
    found = list(gather([f"{site}/404", f"{site}/good"], lambda: b""))
    assert isinstance(found[0], NotFetched)
    assert not isinstance(found[1], NotFetched)
