"""One request, one answer; and which addresses nobody can make us connect to."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from armsledger.errors import NotFetched
from armsledger.sources import Limits
from armsledger.sources.fetch import Reach, ask, body_of, is_public, not_seen, place

from .server import Site, serving

LIMITS = Limits(wire_bytes=100_000, unpacked_bytes=200_000)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as held:
        yield held


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def here(site: Site) -> Reach:
    return Reach(private=frozenset({place(site.url)}))


def resolver(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Makes names stand for these addresses, one list a look-up, the last one for good; gives the names asked for."""
    real = socket.getaddrinfo
    remaining, asked = list(answers), list[str]()

    def told(host: str, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host[:1].isdigit() or ":" in host:
            return real(host, port, *args, **kwargs)
        asked.append(host)
        found = remaining.pop(0) if len(remaining) > 1 else remaining[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr("armsledger.sources.fetch.socket.getaddrinfo", told)
    return asked


def connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Refuses every connection and gives the addresses that were to be connected to."""
    tried: list[tuple[str, int]] = []

    def refuse(address: tuple[str, int], *args: Any, **kwargs: Any) -> None:
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("armsledger.sources.fetch.socket.create_connection", refuse)
    return tried


# -- one answer -------------------------------------------------------------------------------------------


def test_an_answer_comes_with_its_head_and_as_it_was_packed(site: Site) -> None:
    packed = gzip.compress(b"<p>words</p>", mtime=0)
    site.put("/packed", packed, tag='"one"', Content_Encoding="gzip")
    answer = ask(f"{site.url}/packed", LIMITS, here(site))
    assert (answer.status, answer.reason, answer.wire) == (200, "OK", packed)
    assert (answer.header("etag"), answer.header("nothing"), answer.peer) == ('"one"', "", "127.0.0.1")
    assert body_of(answer, LIMITS) == b"<p>words</p>"


def test_what_is_known_already_is_not_sent_again(site: Site) -> None:
    site.put("/same", "words", tag='"one"')
    answer = ask(f"{site.url}/same", LIMITS, here(site), {"If-None-Match": '"one"'})
    assert (answer.status, answer.wire) == (304, b"")


@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_a_refusal_is_an_answer_too(site: Site, status: int) -> None:
    site.refuse("/no", status)
    answer = ask(f"{site.url}/no", LIMITS, here(site))
    assert (answer.status, answer.wire) == (status, b"no")
    assert "could not be seen" in str(not_seen(answer))


def test_a_redirect_is_told_and_not_followed(site: Site) -> None:
    site.redirect("/to", "/elsewhere")
    site.paths()
    answer = ask(f"{site.url}/to", LIMITS, here(site))
    assert (answer.status, answer.header("Location")) == (302, "/elsewhere")
    assert site.paths() == ["/to"]


def test_a_server_that_stalls_costs_as_long_as_it_may(site: Site) -> None:
    site.stall("/slow")
    with pytest.raises(NotFetched, match=r"was silent for 0\.2 seconds"):
        ask(f"{site.url}/slow", Limits(silence_s=0.2), here(site))


def test_a_length_that_is_a_lie_is_told(site: Site) -> None:
    site.lie("/short", "words", says=5000)
    with pytest.raises(NotFetched, match="was cut short: 4,995 bytes are missing"):
        ask(f"{site.url}/short", LIMITS, here(site))


def test_a_body_beyond_the_limit_is_not_read_on(site: Site) -> None:
    site.put("/huge", bytes(300_000))
    with pytest.raises(NotFetched, match="is larger than 100,000 bytes"):
        ask(f"{site.url}/huge", LIMITS, here(site))


def test_a_bomb_is_found_when_it_is_unpacked(site: Site) -> None:
    site.put("/bomb", gzip.compress(bytes(20_000_000), mtime=0), Content_Encoding="gzip")
    with pytest.raises(NotFetched, match="unpacks to more than 200,000 bytes"):
        body_of(ask(f"{site.url}/bomb", LIMITS, here(site)), LIMITS)


def test_a_header_that_is_broken_over_lines_becomes_one_line(site: Site) -> None:
    site.put("/folded", "words", X_Odd="one\r\n two")
    assert ask(f"{site.url}/folded", LIMITS, here(site)).header("X-Odd") == "one two"


# -- where nobody can lead us -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("127.1.2.3", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("172.16.5.4", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),  # between a provider and its customers
        ("169.254.169.254", False),  # where clouds keep what a machine may do
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False),  # an IPv4 address in another dress
        ("::ffff:93.184.216.34", True),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::1", False),
        ("2002:a00:1::1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "017700000001",
    ],
)
def test_private_addresses_are_not_asked_however_they_are_written(
    host: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = connections(monkeypatch)
    with pytest.raises(NotFetched) as caught:
        ask(f"http://{host}:{site.url.rpartition(':')[2]}/secret", LIMITS)
    assert "private network" in str(caught.value) or "no server of that name" in str(caught.value)
    assert tried == []


def test_a_private_address_is_asked_where_a_person_allows_its_host_and_port(site: Site) -> None:
    site.put("/allowed", "words")
    assert ask(f"{site.url}/allowed", LIMITS, here(site)).wire == b"words"
    with pytest.raises(NotFetched, match="private network"):
        ask(f"{site.url}/allowed", LIMITS, Reach(private=frozenset({"127.0.0.1:1"})))


def test_a_name_that_stands_for_a_private_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = connections(monkeypatch)
    resolver(monkeypatch, ["10.0.0.7"])
    with pytest.raises(NotFetched, match=r"leads to 10\.0\.0\.7"):
        ask("http://intranet.example/", LIMITS)
    assert tried == []


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = connections(monkeypatch)
    resolver(monkeypatch, ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(NotFetched, match="leads to 127"):
        ask("http://both.example/", LIMITS)
    assert tried == []


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is checked and private a moment later (DNS rebinding) gains nothing."""
    tried = connections(monkeypatch)
    asked = resolver(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    with pytest.raises(NotFetched, match="could not be reached"):
        ask("http://turning.example:8080/", LIMITS)
    assert asked == ["turning.example"]
    assert tried == [("93.184.216.34", 8080)]


def test_over_tls_the_server_is_asked_for_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to a number, but the certificate has to be that of the name."""
    resolver(monkeypatch, ["93.184.216.34"])
    real = socket.create_connection
    with socket.create_server(("127.0.0.1", 0)) as server:

        def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
            assert address == ("93.184.216.34", 443)
            return real(server.getsockname(), *args, **kwargs)

        monkeypatch.setattr("armsledger.sources.fetch.socket.create_connection", connect)
        with pytest.raises(NotFetched, match="was silent"):
            ask("https://news.example/", Limits(silence_s=0.2))
        client, _ = server.accept()
        with client:
            assert b"news.example" in client.recv(10_000)


def test_other_addresses_of_a_name_are_tried_where_the_first_one_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = connections(monkeypatch)
    resolver(monkeypatch, ["93.184.216.34", "93.184.216.35"])
    with pytest.raises(NotFetched, match="could not be reached"):
        ask("http://two.example/", LIMITS)
    assert [address for address, _ in tried] == ["93.184.216.34", "93.184.216.35"]


def test_a_proxy_is_used_only_where_it_is_allowed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("http_proxy", site.url)
    resolver(monkeypatch, ["93.184.216.34"])
    site.put("http://page.example/", "through a proxy")
    answer = ask("http://page.example/", LIMITS, Reach(proxy=True))
    assert (answer.wire, answer.peer) == (b"through a proxy", None)
    tried = connections(monkeypatch)
    with pytest.raises(NotFetched):
        ask("http://page.example/", LIMITS)
    assert tried == [("93.184.216.34", 80)]


def test_even_through_a_proxy_an_address_that_is_plainly_private_is_not_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("http_proxy", site.url)
    site.paths()
    with pytest.raises(NotFetched, match="private network"):
        ask("http://10.0.0.1/", LIMITS, Reach(proxy=True))
    assert site.paths() == []


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://Example.org/a", "example.org:80"),
        ("https://example.org:8443", "example.org:8443"),
        ("http://[::1]:8080/", "::1:8080"),
        ("file:///etc/passwd", ""),
        ("http://", ""),
        ("http://a:99999/", ""),
        ("http://[::1/", ""),
    ],
)
def test_place(url: str, found: str) -> None:
    assert place(url) == found
