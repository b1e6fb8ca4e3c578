"""Pages that are not worth taking apart: kept with their visible words, said so, and no claim lost by it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from armsledger.claims import read as read_claims
from armsledger.documents import read_documents
from armsledger.documents.glance import glance, linked_body, pruned
from armsledger.documents.page import NOT_TAKEN_APART
from armsledger.lexicon.gate import tells_of_arms
from armsledger.model import Document, DocumentKind, Fetched, SectionKind
from hostile import growth

from .made_up import NOTICE, PARAGRAPHS, fetched, page
from .test_warc import archive

ARMS = (
    "Poland has ordered 24 howitzers from South Korea, the defence ministry in Warsaw said on Monday.",
    "Norway will lend Sweden four frigates, two officials said.",
    "Turkey denied that it had sold any of its S-400 missiles to India, the defence ministry in Ankara said.",
    "Greece took delivery of the first of six Rafale fighter jets from France in a ceremony near Athens.",
    "The United States approved the sale of 53 AIM-120C-8 missiles to Turkey for up to $225 million.",
)
GENERAL = (
    "The bakers of the old town bake a bread that travellers buy on the way to the station every morning.",
    "Two schools in the harbour district stayed closed on Tuesday, and the children went to the ice rink.",
    "The museum bought a painting from a collector in France, and sold another one to a gallery in Japan.",
    "A court ordered the railway company to pay its customers for trains that did not arrive in winter.",
    "The team won its last game of the season, and its fans sang until the lights went out.",
)


def article(sentence: str, times: int = 3) -> str:
    """A page whose article holds this sentence among made-up paragraphs on other things."""
    aside = "".join(f"<p>{text} {text}</p>" for text in GENERAL)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>News of the day</title></head><body><nav>{'<a>Menu</a> ' * 20}</nav>"
        f"<article><h1>News of the day</h1>{aside}{f'<p>{sentence} {GENERAL[0]}</p>' * times}</article>"
        f"<aside>Other news</aside><footer>Imprint</footer></body></html>"
    )


def one(source: str, *, scan: bool, url: str | None = None, kind: DocumentKind | None = None) -> Document:
    (found,) = read_documents(fetched(source, url=url, kind=kind), tells_of_arms if scan else None)
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize("sentence", ARMS)
def test_a_page_about_arms_is_read_as_without_the_scan(sentence: str) -> None:
    source = article(sentence)
    assert one(source, scan=True) == one(source, scan=False)
    assert read_claims(one(source, scan=True)).claims


@pytest.mark.parametrize("sentence", GENERAL)
def test_a_general_page_keeps_its_visible_words_and_says_so(sentence: str) -> None:
    document = one(article(sentence), scan=True)
    assert [skipped.reason for skipped in document.skipped] == [NOT_TAKEN_APART]
    assert (document.skipped[0].start, document.skipped[0].end) == (0, len(document.text))
    assert (document.title, document.language, document.kind) == ("News of the day", "en", DocumentKind.NEWS)
    assert sentence in document.text
    assert [s.kind for s in document.sections] == [SectionKind.TITLE, SectionKind.BODY]
    reading = read_claims(document)
    assert reading.claims == ()
    assert [silence.reason for silence in reading.silences] == ["a page that was not taken apart"]
    assert read_claims(one(article(sentence), scan=False)).claims == ()


def test_without_the_scan_every_page_is_taken_apart() -> None:
    assert one(page(), scan=False).skipped == ()
    assert one(page(), scan=True).skipped != ()  # its states are invented: nothing of it can become a claim


def test_official_pages_and_what_the_source_names_are_not_scanned() -> None:
    notice = "".join(f"<p>{line}</p>" for line in NOTICE.splitlines() if line)
    source = (
        f"<html><head><title>x</title></head><body><article>{notice}{'<p>More words.</p>' * 30}</article></body></html>"
    )
    assert one(source, scan=True, kind=DocumentKind.NOTICE).skipped == ()
    assert one(article(GENERAL[0]), scan=True, kind=DocumentKind.CONTRACTS).skipped == ()


def test_a_title_or_a_hidden_article_about_arms_is_enough() -> None:
    titled = article(GENERAL[0]).replace("<title>News of the day", f"<title>{ARMS[0]}")
    assert one(titled, scan=True).skipped == ()
    script = '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"' + ARMS[0] + '"}</script>'
    assert one(article(GENERAL[0]).replace("</head>", script + "</head>"), scan=True).skipped == ()
    assert linked_body(script).strip(': "}') == ARMS[0]


def test_the_one_run_of_a_page_that_was_glanced_at_tells_the_truth() -> None:
    source = article(GENERAL[0])
    document = one(source, scan=True)
    (run,) = document.runs
    assert source[run.source : run.source + run.length] == document.text[run.start : run.start + run.length] == "News"


def test_pages_in_an_archive_are_scanned_too() -> None:
    pages = [article(sentence).encode() for sentence in (ARMS[0], GENERAL[0])]
    body = archive(*((f"http://a.example/{n}", one, "text/html", "200 OK") for n, one in enumerate(pages)))
    found = list(read_documents(Fetched("x.warc.gz", body=body), tells_of_arms))
    assert [bool(d.skipped) for d in found if isinstance(d, Document)] == [False, True]


# -- the glance itself ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        ("<p>one <b>two</b> three</p>", "one two three"),
        ("<p>one<br>two</p><td>three</td>", "one two three"),
        ("one <script>var a = '<p>no</p>';</script> two", "one two"),
        ("one <STYLE>p {}</STYLE> two <!-- <p>no</p> --> three", "one two three"),
        ("one <nav>no <b>no</b></nav> two <footer>no</footer>", "one two"),
        ("one &amp; two&nbsp;three &lt;four&gt;", "one & two three <four>"),
        ("one <script>never closed", "one never closed"),
        ("one <!-- never closed", "one !-- never closed"),
        ("one <navigation>two</navigation>", "one two"),
        ("one <header>two</header>", "one two"),
        ("a < b and c > d", "a b and c > d"),
        ("5 <6", "5 6"),
    ],
)
def test_what_is_seen(inside: str, seen: str) -> None:
    rest = "word " * 600
    found = glance(f"<html><head><title>no</title></head><body>{inside} {rest}</body></html>")
    assert found is not None
    assert found.removesuffix(rest.strip()).strip().replace("< ", "") == seen.replace("< ", "")


def test_too_few_words_are_not_judged() -> None:
    assert glance("<html><body><p>Few words.</p></body></html>") is None


def test_an_article_inside_what_should_stand_around_it_is_seen() -> None:
    assert ARMS[0] in (glance(f"<html><body><nav><p>{ARMS[0]} {' '.join(GENERAL)}</p></nav></body></html>") or "")


def test_pruned_pages_keep_head_article_and_what_a_script_tells_machines() -> None:
    linked = '<script type="application/ld+json">{"a": 1}</script>'
    source = article(ARMS[0]).replace("</head>", f"<style>p {{}}</style>{linked}<script>no()</script></head>")
    kept = pruned(source.replace("</article>", "</article>" + f"<p>{GENERAL[1]}</p>" * 30))
    assert linked in kept
    assert "<title>News of the day</title>" in kept
    assert ARMS[0] in kept
    for gone in ("no()", "p {}", "Menu", "Imprint", "Other news"):
        assert gone not in kept


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<b>", "<nav>", "<script>", "<!--", "<", "</nav>", "<nav></nav>", "<aside><nav>", "-->", "&", "<li><ul>",
     "<template>", '<a title=">', "<head>x", '"articleBody"'],
)  # fmt: skip
def test_the_glance_takes_linear_time(unit: str) -> None:
    def work(text: str) -> object:
        return glance(text), pruned(text), linked_body(text)

    assert growth(work, unit, size=100_000, before="<html><body>" + PARAGRAPHS[0]) < 10


# -- real pages, where they lie beside the checkout --------------------------------------------------------


def test_no_claim_is_lost_on_pages_made_of_real_news(shared: Path) -> None:
    """Texts of the development news as pages: what the scan lets go gives no claim without it either."""
    import re

    packed = (shared / "data/5-news/reuters-21578/reut2-005.sgm.gz").read_bytes()
    raw = gzip.decompress(packed).decode("latin-1")
    bodies = [body for body in re.findall(r"<BODY>(.*?)</BODY>", raw, re.DOTALL) if len(body) > 800][:60]
    let_go = 0
    for body in bodies:
        paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n    "))
        source = f"<html lang='en'><head><title>News</title></head><body><article>{paragraphs}</article></body></html>"
        found = list(read_documents(fetched(source), tells_of_arms))
        if isinstance(found[0], Document) and found[0].skipped:
            let_go += 1
            whole = list(read_documents(fetched(source)))
            assert not isinstance(whole[0], Document) or not tells_of_arms(whole[0].text)
    assert let_go > 0.9 * len(bodies)
