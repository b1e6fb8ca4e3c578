"""Feeds as they are, broken, hostile and too long; index pages; lists of the Federal Register."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.errors import NotReadable
from armsledger.sources.entries import Entry, Listed
from armsledger.sources.feeds import day, read_feed
from armsledger.sources.links import read_links
from armsledger.sources.register import read_register

BASE = "https://news.example/feed"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour News</title><link>https://news.example/</link>
<image><link>https://news.example/logo</link></image>
<item><title>Boats for
  Borduria</title><link> https://news.example/boats?a=1&amp;b=2#top </link>
  <guid isPermaLink="false">boats-1</guid><pubDate>Wed, 02 Apr 2031 23:30:00 -0400</pubDate></item>
<item><title><![CDATA[Lamps & <b>more</b>]]></title><guid>https://news.example/lamps</guid>
  <dc:date>2031-04-03T01:00:00Z</dc:date></item>
<item><title>Nowhere</title><guid isPermaLink="false">x</guid></item>
<item><link>/ropes</link></item>
<item><link>javascript:alert(1)</link></item>
<item><link>file:///etc/passwd</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/news/">
<title>News</title><id>urn:x</id><updated>2031-04-03T00:00:00Z</updated>
<entry><title type="html">Boats</title><id>urn:1</id><updated>2031-04-05T00:00:00Z</updated>
  <published>2031-04-02T10:00:00+02:00</published>
  <link rel="self" href="https://other.example/api/1"/><link href="boats"/>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><title>Not this</title><a href="/no">no</a></div></content>
</entry>
<entry xml:base="https://third.example/"><id>urn:2</id><link rel="alternate" href="a/b"/><updated>soon</updated></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="x"><title>News</title></channel>
<item rdf:about="https://news.example/1"><title>One</title><link>https://news.example/1</link></item></rdf:RDF>"""


def feed(text: str | bytes, most: int = 1000) -> Listed:
    return read_feed(text if isinstance(text, bytes) else text.encode(), "feed", BASE, most)


def test_rss() -> None:
    found = feed(RSS)
    assert found.entries == (
        Entry("https://news.example/boats?a=1&b=2", "Boats for Borduria", "2031-04-02"),
        Entry("https://news.example/lamps", "Lamps & <b>more</b>", "2031-04-03"),
        Entry("https://news.example/ropes"),
    )
    assert (found.odd, found.beyond, found.problem) == (3, 0, "")


def test_atom() -> None:
    assert feed(ATOM).entries == (
        Entry("https://other.example/news/boats", "Boats", "2031-04-02"),
        Entry("https://third.example/a/b"),
    )


def test_rss_1() -> None:
    assert feed(RDF).entries == (Entry("https://news.example/1", "One"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + RSS.partition("?>")[2].replace("Boats", "Böte")
    assert feed(text.encode(encoding)).entries[0].title == "Böte for Borduria"


def test_an_empty_feed_lists_nothing_and_is_whole() -> None:
    assert feed("<rss><channel><title>Quiet</title></channel></rss>") == Listed(())


def test_an_address_is_listed_once() -> None:
    item = "<item><link>https://news.example/1</link></item>"
    assert len(feed(f"<rss><channel>{item * 3}</channel></rss>").entries) == 1


def test_of_ten_thousand_entries_the_first_thousand_are_taken_and_the_rest_is_counted() -> None:
    items = "".join(f"<item><link>https://news.example/{n}</link></item>" for n in range(10_000))
    found = feed(f"<rss><channel>{items}</channel></rss>")
    assert (len(found.entries), found.beyond) == (1000, 9000)
    assert found.entries[-1].url == "https://news.example/999"


@pytest.mark.parametrize(
    "cut", ["</item>\n<item><title>Lamps", "</item><item><title>Lamps & ropes</title>", "</item></wrong>"]
)
def test_of_a_broken_feed_the_entries_before_the_break_are_kept_and_the_break_is_told(cut: str) -> None:
    found = feed(f"<rss><channel><item><link>https://news.example/1</link>{cut}")
    assert found.entries == (Entry("https://news.example/1"),)
    assert "is no well-formed XML" in found.problem
    assert "could not be seen" in found.problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no element found"),
        ("Service unavailable", "syntax error"),
        ("<!DOCTYPE html><html><body><p>Are you a robot?</p></body></html>", "its outermost element is 'html'"),
        ("<rss><channel><item><link>https://news.example/", "no element found"),
        ("<rss>" + "<a>" * 300, "more than 200 elements within one another"),
    ],
)
def test_what_is_no_feed_is_told(text: str, said: str) -> None:
    with pytest.raises(NotReadable) as caught:
        feed(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!ENTITY l0 "ha">{LAUGHS}',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:1/x">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_declares_entities_is_refused_before_they_are_expanded(declared: str, encoding: str) -> None:
    text = f"<!DOCTYPE rss [{declared}]><rss><channel><item><link>&l9;&x;</link></item></channel></rss>"
    with pytest.raises(NotReadable, match="it declares entities"):
        feed(text.encode(encoding))


def test_a_definition_that_stands_elsewhere_is_not_fetched_and_its_letters_are_known() -> None:
    text = (
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd"><rss><channel><item>'
        "<title>Caf&eacute;</title><link>https://news.example/1</link></item></channel></rss>"
    )
    assert feed(text).entries == (Entry("https://news.example/1", "Café"),)


def test_a_title_without_end_is_cut_off_early() -> None:
    found = feed(
        f"<rss><channel><item><title>{'x ' * 200_000}</title><link>https://n.example/1</link></item></channel></rss>"
    )
    assert len(found.entries[0].title or "") <= 10_000


@given(data=st.binary(max_size=300))
def test_any_bytes_are_a_list_or_an_error(data: bytes) -> None:
    try:
        found = feed(b"<rss>" + data)
    except NotReadable:
        return
    assert isinstance(found, Listed)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Wed, 02 Apr 2031 23:30:00 GMT", "2031-04-02"),
        ("2 Apr 2031", "2031-04-02"),
        ("2031-04-02", "2031-04-02"),
        ("2031-02-31T00:00:00Z", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_days(said: str, found: str | None) -> None:
    assert day(said) == found


# -- index pages ------------------------------------------------------------------------------------------

INDEX = """<html><head><base href="/list/"></head><body>
<a href="/news/1">One &amp; only</a> <a class='x' href='/news/2?a=1&amp;b=2#c'>Two</a> <A HREF=/news/3>Three</A>
<a href="/about">About</a> <a name="x">no</a> <a href="https://elsewhere.example/news/9">Far</a>
<abbr href="/news/7">no link</abbr> <a href="/news/1">again</a> <a
  href="4.html">Four</a></body></html>"""


def links(page: str, *patterns: str, most: int = 100) -> Listed:
    return read_links(page.encode(), "index", "https://news.example/index", patterns, most)


def test_links_that_fit_are_followed_in_the_order_of_the_page() -> None:
    found = links(INDEX, "https://news.example/news/*", "https://news.example/list/*.html")
    assert found.entries == (
        Entry("https://news.example/news/1", "One & only"),
        Entry("https://news.example/news/2?a=1&b=2", "Two"),
        Entry("https://news.example/news/3", "Three"),
        Entry("https://news.example/list/4.html", "Four"),
    )


def test_links_beyond_the_limit_are_counted() -> None:
    found = links(INDEX, "https://news.example/news/*", most=2)
    assert (len(found.entries), found.beyond) == (2, 1)


def test_a_page_without_such_links_is_told_and_never_taken_for_an_empty_list() -> None:
    with pytest.raises(NotReadable, match="has no link that fits"):
        links("<p>Please enable scripts.</p>", "https://news.example/news/*")


def test_a_page_of_nothing_but_brackets_is_read_in_good_time() -> None:
    with pytest.raises(NotReadable):
        links("<a " * 300_000, "*")
    with pytest.raises(NotReadable):
        links('<a href="' * 100_000, "https://news.example/x")


# -- the Federal Register ---------------------------------------------------------------------------------

API = "https://register.example/api/v1/documents.json?per_page=2"


def test_a_list_of_the_register() -> None:
    told = {
        "count": 3,
        "results": [
            {
                "title": "Arms Sales\nNotification",
                "publication_date": "2031-05-20",
                "raw_text_url": "/text/1.txt",
                "html_url": "/1",
            },
            {"title": None, "html_url": "https://register.example/2"},
            {"title": "no address"},
            "no document",
        ],
        "next_page_url": "https://register.example/api/v1/documents.json?page=2",
    }
    found = read_register(json.dumps(told).encode(), "register", API, 100)
    assert found.entries == (
        Entry("https://register.example/text/1.txt", "Arms Sales Notification", "2031-05-20"),
        Entry("https://register.example/2"),
    )
    assert (found.odd, found.more) == (2, "https://register.example/api/v1/documents.json?page=2")


def test_the_next_page_is_only_one_of_the_same_host() -> None:
    told = {"count": 1, "results": [], "next_page_url": "https://elsewhere.example/"}
    assert read_register(json.dumps(told).encode(), "register", API, 100).more is None


@pytest.mark.parametrize("body", ["", "<html>", "[]", "{}", '{"count": 1, "results": 3}', "[" * 100_000, "null"])
def test_what_is_no_list_of_the_register_is_told(body: str) -> None:
    with pytest.raises(NotReadable, match="is no list of the Federal Register"):
        read_register(body.encode(), "register", API, 100)
