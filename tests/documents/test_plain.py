"""Plain text and Markdown: the text is exact, and what is set apart is what says so itself."""

from __future__ import annotations

import hashlib

import pytest

from armsledger.model import DocumentKind, Fetched, SectionKind

from .made_up import ARTICLE, AWARDS, DAY, NOTICE, PARAGRAPHS, REGISTER, parts, read, refused


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"plain words", "plain words"),
        ("\ufeffä mark".encode(), "ä mark"),  # a byte order mark is left out
        (b"two\r\nlines\rthree\n", "two\r\nlines\rthree\n"),  # line ends stay as they are
        ("e\u0301 \u00ad\u200b".encode(), "e\u0301 \u00ad\u200b"),  # nothing is normalised
        ("Zeichen".encode("utf-16"), "Zeichen"),
        ("Zeichen".encode("utf-32"), "Zeichen"),
        ("price \u20ac5 \u2019quoted\u2019".encode("cp1252"), "price \u20ac5 \u2019quoted\u2019"),
        (b"latin \x81 only", "latin \x81 only"),
    ],
)
def test_the_text_is_what_was_published(raw: bytes, text: str) -> None:
    document = read(raw)
    assert document.text == text
    assert document.runs == ()
    assert document.digest == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n ", "holds only blanks"),
        (b"words \0 words", "is binary"),
        (bytes(range(1, 32)) * 9, "is binary"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a picture"),
        (b"PK\x03\x04 and so on \0", "ZIP archive or an Office document"),
        (b"\x1f\x8b\x08 and so on", "gzip archive"),
        ("half".encode("utf-16")[:-1], "says that it is UTF-16-LE, but is not"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "is XML"),
    ],
)
def test_what_is_no_text_says_what_it_is(raw: bytes, said: str) -> None:
    assert said in refused(raw)


def test_a_very_long_line_is_read() -> None:
    assert len(read("word " * 1_000_000).text) == 5_000_000


def test_what_the_source_says_wins() -> None:
    from armsledger.documents import read_documents

    known = Fetched(
        "x",
        body=ARTICLE.encode(),
        title="T",
        published="2031",
        publisher="P",
        url="http://a.example",
        kind=DocumentKind.NOTICE,
    )
    (document,) = read_documents(known)
    assert not isinstance(document, Exception)
    assert (document.title, document.published, document.publisher) == ("T", "2031", "P")
    assert (document.url, document.kind) == ("http://a.example", DocumentKind.NOTICE)


# -- titles -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Tanks on loan\n\n{ARTICLE}", "Tanks on loan"),
        (f"\n\n  Who pays for the tanks?\n{ARTICLE}", "Who pays for the tanks?"),
        (f"# Tanks *on* loan\n\n{ARTICLE}", "Tanks *on* loan"),
        ("# Only a title\n", "Only a title"),
        (ARTICLE, None),  # a paragraph is no title
        ("Photo: A tank in the snow\n\n" + ARTICLE, None),
        ("14 April 2031\n\n" + ARTICLE, None),
        ("a wrapped line that goes on\nin the next one", None),
        ("One line alone", None),
        (NOTICE, "Syldavia - Coastal Radars"),
        (REGISTER, "Arms Sales Notification"),
        (DAY, None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    document = read(text)
    assert document.title == title
    assert len(parts(document, SectionKind.TITLE)) == (title is not None)


# -- front matter -----------------------------------------------------------------------------------------

MARKDOWN = (
    '---\nid: 7\ntitle: "Tanks &amp; snow"\nauthor: \n\t\n\t\tA. Writer\n\npublished_at: 2031-04-02 09:00\n'
    "publisher: Klow Post\nurl: http://klow.example/7\nlanguage: en\n---\n\n# Tanks &amp; snow\n\n"
    f"**Klow Post** | 2031-04-02 09:00 |\n\n---\n\n{ARTICLE}\n\n---\n\n*Crawled at: 2031-04-03*\n"
)


def test_front_matter_tells_what_is_known_and_is_no_body() -> None:
    document = read(MARKDOWN, "7.md")
    assert (document.title, document.published) == ("Tanks & snow", "2031-04-02")
    assert (document.publisher, document.url, document.language) == ("Klow Post", "http://klow.example/7", "en")
    assert document.text == MARKDOWN
    assert document.media_type == "text/markdown"
    assert [s.kind.value for s in document.sections] == ["boilerplate", "title", "boilerplate", "body", "boilerplate"]
    assert parts(document, SectionKind.BODY) == [ARTICLE]


@pytest.mark.parametrize(
    "text", [f"---\n{ARTICLE}", f"---\n\n---\n{ARTICLE}", "----\na: b\n---\n" + ARTICLE, "---\na: b\n"]
)
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    assert ARTICLE not in text or ARTICLE in "".join(parts(read(text), SectionKind.BODY))


# -- comments, boxes, captions, headings ------------------------------------------------------------------

READERS = "1. I saw them on the train, they were ours.\n2. Nonsense, they were from Borduria."


@pytest.mark.parametrize(
    "heading",
    ["3 Comments", "Join the Conversation", "COMMENTS (12)", "Leave a reply", "2 thoughts on \u201cTanks\u201d",
     "Comments",
     "## Reader comments", "Kommentarer (4)", "Show all comments"],
)  # fmt: skip
def test_readers_comments_are_kept_apart_to_the_end(heading: str) -> None:
    document = read(f"{ARTICLE}\n\n{heading}\n\n{READERS}")
    assert parts(document, SectionKind.COMMENT) == [f"{heading}\n\n{READERS}"]
    assert parts(document, SectionKind.BODY) == [ARTICLE]


@pytest.mark.parametrize(
    "line",
    ["Comments", "The committee had 3 comments on the loan.", "Comments by the minister followed in the afternoon.",
     "Discussion"],
)  # fmt: skip
def test_a_text_may_speak_of_comments(line: str) -> None:
    document = read(f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n\n{line}\n\n{PARAGRAPHS[2]}")
    assert parts(document, SectionKind.COMMENT) == []


@pytest.mark.parametrize(
    "box",
    ["Subscribe to our newsletter and never miss a tank.", "Read also: The bridge at Klow", "Follow us on Telegram",
     "This article\u00a0 was first published on a blog and is republished with kind permission.",
     "\u00a9 Klow Post 2031. All rights reserved.", "Sign up for the Sunday letter", "Related stories",
     "Become a Klow Post subscriber here."],
)  # fmt: skip
def test_boxes_after_the_text_are_furniture(box: str) -> None:
    document = read(f"{ARTICLE}\n\n{box}\n\n3 Comments\n\n{READERS}")
    assert parts(document, SectionKind.BOILERPLATE) == [box]
    assert parts(document, SectionKind.BODY) == [ARTICLE]


def test_only_a_plain_pointer_is_furniture_in_the_middle_of_a_text() -> None:
    pointer, sentence = "Also read: The bridge at Klow", "Subscribe to that view and the loan makes sense, she said."
    document = read("\n\n".join([PARAGRAPHS[0], pointer, sentence, PARAGRAPHS[1]]))
    assert parts(document, SectionKind.BOILERPLATE) == [pointer]
    assert sentence in "".join(parts(document, SectionKind.BODY))


@pytest.mark.parametrize(
    "line",
    ["Photo: A tank in the snow", "A tank leaves the depot at Klow. Photo: B. Taker", "Image: Klow Post",
     "A tank in the snow (Reuters file photo)", "FILE PHOTO: A tank in the snow"],
)  # fmt: skip
def test_captions(line: str) -> None:
    document = read(f"{PARAGRAPHS[0]}\n\n{line}\n\n{PARAGRAPHS[1]}")
    assert parts(document, SectionKind.CAPTION) == [line]


def test_short_lines_between_paragraphs_are_headings() -> None:
    document = read(f"{PARAGRAPHS[0]}\n\nWho pays?\n\n{PARAGRAPHS[1]}\n\n## The answer\n\n{PARAGRAPHS[2]}")
    assert parts(document, SectionKind.HEADING) == ["Who pays?", "## The answer"]


def test_notices_keep_all_but_the_title_as_body() -> None:
    document = read(f"{NOTICE}\nSubscribe to our newsletter\n\n3 Comments\n")
    assert document.kind is DocumentKind.NOTICE
    assert [s.kind for s in document.sections] == [SectionKind.TITLE, SectionKind.BODY]


def test_a_day_of_contracts_has_agencies_and_one_paragraph_an_award() -> None:
    document = read(DAY, "2031-05-06.txt")
    assert document.kind is DocumentKind.CONTRACTS
    assert parts(document, SectionKind.HEADING) == ["CONTRACTS \n\nNAVY", "ARMY"]
    assert parts(document, SectionKind.BODY) == list(AWARDS)
    assert parts(document, SectionKind.BOILERPLATE) == ["*Small business"]
    assert document.published == "2031-05-06"
