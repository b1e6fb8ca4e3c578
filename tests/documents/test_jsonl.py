"""JSON Lines and JSON: a document an object; a bad one is told by its line and the rest goes on."""

from __future__ import annotations

import json

import pytest

from armsledger.documents import jsonl
from armsledger.errors import NotReadable
from armsledger.model import Document, DocumentKind

from .made_up import ARTICLE, read, read_all

GOOD = {
    "doc": "a/1", "text": " \u00e9xact\r\n text ", "title": "T", "published": "2031-04-02", "url": "http://a.example/1",
    "publisher": "Klow Post", "kind": "contract", "language": "sv",
}  # fmt: skip


def test_all_fields_are_kept_and_the_text_is_exact() -> None:
    document = read(json.dumps(GOOD), "x.jsonl")
    assert (document.name, document.text, document.title) == ("a/1", " \u00e9xact\r\n text ", "T")
    assert (document.published, document.url, document.publisher) == ("2031-04-02", "http://a.example/1", "Klow Post")
    assert (document.kind, document.language) == (DocumentKind.CONTRACTS, "sv")


@pytest.mark.parametrize(("kind", "read_as"), [("notice", "notice"), ("contracts", "contracts"), ("News", "news")])
def test_kinds_by_their_names(kind: str, read_as: str) -> None:
    assert read(json.dumps({"text": ARTICLE, "kind": kind})).kind == read_as


def test_a_document_without_a_name_has_that_of_its_line() -> None:
    lines = '\n{"text": "one"}\n\n{"text": "two"}\n'
    assert [d.name for d in read_all(lines, "x.jsonl") if isinstance(d, Document)] == ["x.jsonl#2", "x.jsonl#4"]


def test_a_bad_line_is_told_and_the_rest_goes_on() -> None:
    bad = ["[1]", '{"no": 1}', '{"text": 5}', '{"text": null}', "not json", '{"text": ""}', '{"text": "\\ud800"}',
           '{"text": "a\\u0000b"}', '{"text": "x", "kind": "poem"}', '{"text": "x"', "\xff", "9" * 5000]  # fmt: skip
    body = ('{"text": "first"}\n' + "\n".join(bad) + '\n{"text": "last"}').encode("latin-1")
    found = read_all(body, "x.jsonl")
    assert [type(one) for one in found] == [Document, *[NotReadable] * len(bad), Document]
    said = [str(one) for one in found[1:-1]]
    assert all(text.startswith(f"x.jsonl#{number}: ") for number, text in enumerate(said, 2))
    for text, words in zip(said, ["is a list", "has no 'text'", "a number as 'text'", "has no 'text'", ("is not "
        "JSON"), "is empty",
                                  "half a character", "NUL", "'poem' as 'kind'"], strict=False):  # fmt: skip
        assert words in text


def test_a_date_that_is_none_is_left_out_and_told() -> None:
    document = read('{"text": "some words here", "published": "next week"}')
    assert document.published is None
    assert "next week" in document.skipped[0].reason


def test_a_line_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 100)
    found = read_all('{"text": "one"}\n{"text": "' + "x" * 1000 + '"}\n{"text": "two"}', "x.jsonl")
    assert [type(one) for one in found] == [Document, NotReadable, Document]
    assert "longer than 100 bytes" in str(found[1])


def test_lines_are_read_one_at_a_time() -> None:
    from armsledger.documents import read_documents
    from armsledger.model import Fetched

    reader = read_documents(Fetched("x.jsonl", body=b'{"text": "one"}\n' * 100_000))
    assert isinstance(next(reader), Document)


@pytest.mark.parametrize(
    ("body", "name", "texts"),
    [
        ('{\n "text": "one"\n}', "x.json", ["one"]),
        ('[{"text": "one"}, {"text": "two"}]', "x.json", ["one", "two"]),
        ('[\n {"text": "one"}]', "-", ["one"]),
        ('{"text": "one"}', "-", ["one"]),
        ('{"text": "one"}\n{"text": "two"}', "-", ["one", "two"]),
        ('\ufeff{"text": "one"}\n{"text": "two"}', "-", ["one", "two"]),
        ('{"text": "' + "x" * 100_000 + '"}\n{"text": "two"}', "-", ["x" * 100_000, "two"]),
    ],
)
def test_json_in_its_shapes(body: str, name: str, texts: list[str]) -> None:
    assert [d.text for d in read_all(body, name) if isinstance(d, Document)] == texts


@pytest.mark.parametrize("body", ["{a note in braces}", "[1] a footnote", "[Federal notes of Klow]"])
def test_text_in_brackets_is_text(body: str) -> None:
    assert read(body).text == body


@pytest.mark.parametrize(
    ("body", "said"), [("[1, 2", "not JSON"), ('{"text":' * 100_000, "too deep"), ("[" * 100_000, "too deep")]
)
def test_what_is_no_json_though_it_says_so(body: str, said: str) -> None:
    (found,) = read_all(body, "x.json")
    assert said in str(found)
