"""What holds for every document, whatever it is read from: sections tile the text, runs tell the truth."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsledger.documents import read_documents
from armsledger.documents.layout import Paragraph, laid_out, one_line
from armsledger.errors import InputError
from armsledger.model import Document, Fetched, SectionKind

from .made_up import ARTICLE, AWARDS, DAY, NOTICE, PARAGRAPHS, REGISTER, page, read_all

LINES = st.sampled_from(
    [*PARAGRAPHS, *AWARDS, "", " ", "\t\u00a0", "---", "# Title", "NAVY", "3 Comments", "Comments", "1. I think",
     "Photo: x",
     "Read also: y", "*Small business", "title: z", "April 2, 2031", "CONTRACTS", "[[Page 3]]", "\f", "\x85", "\u2028"]
)  # fmt: skip
TEXTS = st.one_of(
    st.builds("\n".join, st.lists(LINES, max_size=12)),
    st.builds("\r\n".join, st.lists(LINES, max_size=12)),
    st.text(max_size=200),
    st.sampled_from([NOTICE, REGISTER, DAY, ARTICLE]),
)


def tiles(document: Document) -> bool:
    """Whether the sections cover the text in order, without gap or overlap, none of them empty."""
    edges = [0, *(s.end for s in document.sections)]
    return (
        edges[-1] == len(document.text)
        and all(s.start == edge < s.end for s, edge in zip(document.sections, edges, strict=False))
        and all(a.kind is not b.kind for a, b in zip(document.sections, document.sections[1:], strict=False))
    )


@given(TEXTS, st.sampled_from(["x", "x.md", "2031-01-02.txt"]))
def test_sections_tile_every_plain_text(text: str, name: str) -> None:
    for found in read_documents(Fetched(name, body=text.encode("utf-8", "surrogatepass"), media_type="text/plain")):
        if isinstance(found, Document):
            assert tiles(found)
            assert found.text == text.removeprefix("\ufeff") or found.name != name


@given(st.binary(max_size=300), st.sampled_from(["x", "x.html", "x.jsonl", "x.json", "x.pdf", "x.warc"]))
def test_no_bytes_crash_a_reader(data: bytes, name: str) -> None:
    for found in read_documents(Fetched(name, body=data)):
        assert isinstance(found, InputError) or tiles(found)


@settings(deadline=None)
@given(
    st.sampled_from([b"<html>", b"%PDF-1.4\n", b"WARC/1.0\r\n", b"\x1f\x8b", b"{", b"[{", b"---\n", b"\xff\xfe"]),
    st.binary(max_size=200),
)
def test_no_bytes_behind_a_known_mark_crash_a_reader(mark: bytes, data: bytes) -> None:
    for found in read_documents(Fetched("x", body=mark + data)):
        assert isinstance(found, InputError) or tiles(found)


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(["<p>", "</p>", "<b>", "</b>"]),
        st.sampled_from(["&amp;", "&nbsp;", "&#8217;", "<!-- c -->", "<", ">", "&", '"', "<br>"]),
        st.sampled_from(["<script>x</script>", "<style>", "<a title=\"a>b\">", "İ", "\u00ad", "\n", "Klow", "$2"]),
        st.text("abc &<>'\"=\u00e9", max_size=6),
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(MARKUP, st.lists(st.text("abc &\u00e9Klow$2", min_size=1, max_size=20), max_size=4))
def test_runs_say_the_truth_whatever_the_page_holds(source: str, words: list[str]) -> None:
    paragraphs = [Paragraph(line) for w in words if (line := one_line(w))]
    layout = laid_out(paragraphs, source)
    for run in layout.runs:
        assert run.length > 0
        assert source[run.source : run.source + run.length] == layout.text[run.start : run.start + run.length]


@settings(deadline=None, max_examples=40)
@given(st.lists(MARKUP, max_size=5))
def test_pages_with_anything_inside_keep_the_laws(inside: list[str]) -> None:
    source = page("".join(f"<p>{one}</p>" for one in inside))
    for found in read_all(source):
        if isinstance(found, Document):
            assert tiles(found)
            assert PARAGRAPHS[0] in found.text
            for run in found.runs:
                assert source[run.source : run.source + run.length] == found.text[run.start : run.start + run.length]


HOSTILE: dict[str, Callable[[int], str]] = {
    "deep blocks": lambda n: "<html><body>" + "<div>" * n,
    "deep inlines": lambda n: "<html><body>" + "<b>" * n + "<p>words",
    "a huge attribute": lambda n: f"<html><body><p title='{'x' * 10 * n}'>Klow is a town of some size, they say.</p>",
    "quotes without end": lambda n: "<html><body>" + '<a "' * n,
    "brackets": lambda n: "<html><body>" + "<" * n,
    "comments without end": lambda n: "<html><body>" + "<!--" * n,
    "scripts without end": lambda n: "<html><body>" + "<script>" * n,
    "ampersands": lambda n: "<html><body><p>" + "&" * n,
    "comments at the top": lambda n: "<!---->" * n,
    "a long word in brackets": lambda n: "<" + "a" * 5 * n,
    "a long name with colons": lambda n: "<" + "a:" * 5 * n,
    "blanks": lambda n: "<html><body><p>" + " " * 10 * n + "x",
    "tags without end": lambda n: "<html><head>" + '<meta name="a" ' * n,
    "front matter without end": lambda n: "---\n" + "a: b\n" * n,
    "one word": lambda n: "A" * 10 * n,
    "capitals": lambda n: "ABC, " * n,
    "parentheses": lambda n: "(" * n,
    "awards": lambda n: "contract awarded $ " * n,
    "sums": lambda n: "contract $" + "1," * n,
    "headings of comments": lambda n: "x\n" * n + "Comments\n" * n,
    "lines": lambda n: "\n" * 10 * n + "x",
    "brackets of lists": lambda n: "[" * n,
    "objects": lambda n: '{"text":' * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_linear_time(name: str) -> None:
    n = 20_000
    read_all(page())  # what is slow to import is imported
    began = time.perf_counter()
    found = read_all(HOSTILE[name](n))
    assert time.perf_counter() - began < 5
    assert found


def test_entities_of_a_document_type_are_not_expanded() -> None:
    lol = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    (found,) = read_all(lol + page("<p>The minister laughed: &b;&f; and went home to his family in Klow.</p>"))
    assert isinstance(found, Document)
    assert "haha" not in found.text
    assert "root:" not in found.text


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    import subprocess
    import sys

    heavy = "trafilatura lxml pypdfium2 warcio selectolax htmldate http.client ssl"
    code = (
        "import sys, armsledger.documents; from armsledger.documents import read_documents; from armsledger.model "
        "import Fetched\n"
        "list(read_documents(Fetched('x', body=b'some plain words'))); list(read_documents(Fetched('x', "
        'body=b\'{"text": "a"}\')))\n'
        f"print([m for m in {heavy.split()!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_two_readings_are_equal() -> None:
    assert read_all(page()) == read_all(page())
    assert read_all(DAY) == read_all(DAY)


def test_a_title_stands_once() -> None:
    (found,) = read_all(page())
    assert isinstance(found, Document)
    assert sum(s.kind is SectionKind.TITLE for s in found.sections) == 1
    assert found.text.count("Tanks on loan") == 1
