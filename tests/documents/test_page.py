"""Pages: the article and nothing else, with a way back to every place in the page."""

from __future__ import annotations

import pytest

from armsledger.model import Document, DocumentKind, SectionKind, Span
from armsledger.text.offsets import to_source

from .made_up import PARAGRAPHS, REGISTER, page, parts, read, refused

HEAD = (
    '<title>Tanks on loan | Klow Post</title><meta property="og:site_name" content="Klow Post">'
    '<meta content="2031-04-02T08:00:00Z" property="article:published_time">'
    '<link href="http://klow.example/7" rel="canonical">'
)


def runs_hold(document: Document, source: str) -> bool:
    """Whether every run says the truth, and they stand in order without overlap in the text."""
    ends = [0, *(r.start + r.length for r in document.runs)]
    return all(
        source[r.source : r.source + r.length] == document.text[r.start : r.start + r.length] for r in document.runs
    ) and all(r.start >= end for r, end in zip(document.runs, ends, strict=False))


def test_an_article_with_what_its_head_says() -> None:
    document = read(page(head=HEAD), "7.html")
    assert document.text == "\n\n".join(["Tanks on loan", *PARAGRAPHS])
    assert (document.title, document.published, document.publisher) == ("Tanks on loan", "2031-04-02", "Klow Post")
    assert (document.url, document.language, document.media_type) == ("http://klow.example/7", "en", "text/html")
    assert document.kind is DocumentKind.NEWS
    assert [s.kind for s in document.sections] == [SectionKind.TITLE, SectionKind.BODY]


def test_the_address_it_was_got_from_wins_over_the_one_it_gives() -> None:
    assert read(page(head=HEAD), url="http://got.example/7").url == "http://got.example/7"


def test_every_word_leads_back_to_the_page() -> None:
    source = page(head=HEAD)
    document = read(source)
    assert runs_hold(document, source)
    at = document.text.index("forty tanks")
    span = to_source(document.runs, Span(at, at + len("forty tanks")))
    assert span is not None
    assert span.of(source) == "forty tanks"


def test_entities_tags_and_blanks_inside_a_paragraph() -> None:
    odd = (
        "<p>Example &amp; Sons of&nbsp;Klow\n   will <b>deliv</b>er the &#8220;snow&#8221; tanks, "
        "it is said in the port.</p>"
    )
    source = page(odd)
    document = read(source)
    line = "Example & Sons of Klow will deliver the \u201csnow\u201d tanks, it is said in the port."
    assert line in document.text
    assert runs_hold(document, source)
    covered = sum(r.length for r in document.runs)
    assert covered > 0.9 * len(document.text)


def test_comments_captions_and_pointers_are_kept_apart() -> None:
    box = "<p>Read also: <a href='/8'>The bridge at Klow</a></p>"
    comments = (
        "</article><div id='comments'><h3>2 Comments</h3><div class='comment'><p>I saw them on the train, they "
        "were ours."
        "</p></div><div class='comment'><p>Nonsense, they were from Borduria.</p></div></div><article>"
    )
    document = read(page(box + comments))
    assert parts(document, SectionKind.BOILERPLATE) == ["Read also: The bridge at Klow"]
    assert "they were ours" in parts(document, SectionKind.COMMENT)[0]
    assert parts(document, SectionKind.BODY) == ["\n\n".join(PARAGRAPHS)]
    assert "Imprint" not in document.text
    assert "Home" not in document.text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<html><body></body></html>", "has no article text"),
        (
            "<html><head><title>T</title></head><body><script>document.write('x')</script></body></html>",
            "has no article",
        ),
        ("<html><body><form><input></form></body></html>", "has no article text"),
    ],
)
def test_a_page_without_an_article(source: str, said: str) -> None:
    assert said in refused(source)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (page("<p>Für die Panzer gäbe es im Sommer keine Straße über den Pass von Klow.</p>").encode("latin-1"), "Für"),
        (
            page(
                "<p>Танки вернутся весной, говорит министр обороны в Клове.</p>", '<meta charset="windows-1251">'
            ).encode("cp1251"),
            "Танки",
        ),
        (
            page(
                "<p>Für die Panzer gäbe es im Sommer keine Straße über den Pass.</p>", '<meta charset="nonsense">'
            ).encode(),
            "Für",
        ),
        (page("<p>Für die Panzer gäbe es im Sommer keine Straße über den Pass.</p>").encode("utf-16"), "Für"),
    ],
)
def test_encodings_declared_and_not(raw: bytes, words: str) -> None:
    assert words in read(raw).text


def test_a_preformatted_page_keeps_its_lines() -> None:
    text = REGISTER + "    Twenty (20) radars & masts <for> the coast\n" * 8
    source = (
        "<html><head><title>x</title></head><body><pre>"
        + text.replace("&", "&amp;").replace("<", "&lt;")
        + "</pre></body></html>"
    )
    document = read(source)
    assert document.text == text
    assert document.kind is DocumentKind.NOTICE
    assert document.published == "2031-04-14"
    assert runs_hold(document, source)
    assert sum(r.length for r in document.runs) > 0.95 * len(text)


def test_a_date_does_not_depend_on_the_day_of_reading() -> None:
    late = page(head='<meta property="article:published_time" content="2089-01-02">')
    assert read(late).published == "2089-01-02"
    assert read(page()).published is None
