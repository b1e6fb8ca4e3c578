"""What stands around an article is no body, in plain text, Markdown, JSON Lines and pages: it is never read for claims."""

from __future__ import annotations

import json

import pytest

from armsledger.claims import read as read_claims
from armsledger.model import Document, SectionKind

from .made_up import PARAGRAPHS, page, parts, read

TOLD = "Poland has ordered 24 howitzers from South Korea"  # a claim, if it were body


def plain(*lines: str) -> Document:
    return read("\n\n".join([*PARAGRAPHS, *lines]))


def markdown(*lines: str) -> Document:
    return read("\n\n".join(["# A title", *PARAGRAPHS, *lines]), "x.md")


def json_line(*lines: str) -> Document:
    return read(json.dumps({"text": "\n".join([*PARAGRAPHS, *lines])}) + "\n", "x.jsonl")


def html(*lines: str) -> Document:
    return read(page("".join(f"<p>{line}</p>" for line in lines)))


FORMS = {"plain": plain, "markdown": markdown, "json lines": json_line, "page": html}

SIGNED = [
    "(Reporting by A. Writer in Warsaw and B. Taker in Seoul; Editing by C. Reader)",
    "Reporting by A. Writer; additional reporting by B. Taker; editing by C. Reader",
    "Additional reporting by A. Writer in Klow",
    "(Writing by A. Writer, editing by B. Reader)",
]
BIOGRAPHIES = [
    "A. B. Writer is a defence analyst in Warsaw who covers howitzers from South Korea for Poland's army.",
    "About the author: A. Writer was in the army.",
    "The author is a former ambassador of Poland to South Korea.",
    "Anna Writer is a senior fellow at the Institute of Examples.",
]
COOKIES = [
    "We use cookies and similar methods to show what you like.",
    "By continuing to use this site you agree to our cookies and to the terms of use.",
    "Accept all cookies",
    "Cookie settings",
]
BOXES = [
    f"Read also: {TOLD}",
    f"ALSO READ | {TOLD}",
    f"Watch: {TOLD}",
    "Sign up for our newsletter on howitzers that Poland ordered from South Korea",
    "Get the latest news of arms in your inbox",
    "Stay informed: subscribe",
    "Follow us on Telegram",
    "(END)",
    "a.writer@example.com",
    "3 min read",
    "Comments are closed.",
]
CAPTIONS = [
    "A howitzer that Poland ordered from South Korea leaves the port of Gdynia. REUTERS/B. Taker",
    "Howitzers from South Korea in Poland. [AP Photo/B. Taker]",
    "Polish soldiers with howitzers from South Korea (Photo by B. Taker)",
    "This undated photo, provided by the maker, shows a howitzer that Poland ordered from South Korea.",
    "This file photo shows howitzers that South Korea sold to Poland. (Yonhap)",
    "FILE PHOTO: A howitzer that Poland bought from South Korea",
    "Representative image",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("line", [*SIGNED, *BIOGRAPHIES, *COOKIES, *BOXES])
def test_furniture_after_the_text(form: str, line: str) -> None:
    document = FORMS[form](line)
    assert line not in "".join(parts(document, SectionKind.BODY))
    assert "".join(parts(document, SectionKind.BODY)).startswith(PARAGRAPHS[0])
    assert read_claims(document).claims == ()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("line", CAPTIONS)
def test_captions_wherever_they_stand(form: str, line: str) -> None:
    document = FORMS[form](line, f"{PARAGRAPHS[0]} And so on.")
    assert line not in "".join(parts(document, SectionKind.BODY))
    assert read_claims(document).claims == ()


@pytest.mark.parametrize(
    "heading", ["Related stories", "Most read", "## Read also", "MORE FROM WORLD", "Trending now:"]
)
def test_a_list_of_other_texts_goes_with_its_heading(heading: str) -> None:
    headlines = [TOLD, "Norway will lend Sweden four frigates", "Turkey sells 12 drones to Kenya, ministry says"]
    document = plain(heading, *headlines, f"{PARAGRAPHS[0]} The text goes on.")
    assert parts(document, SectionKind.BOILERPLATE) == ["\n\n".join([heading, *headlines])]
    assert "The text goes on." in "".join(parts(document, SectionKind.BODY))
    assert read_claims(document).claims == ()


@pytest.mark.parametrize("form", ["plain", "json lines"])
def test_readers_comments_give_no_claim(form: str) -> None:
    document = FORMS[form]("3 Comments", f"1. {TOLD}, my uncle says.", "2. No, he says.")
    assert TOLD not in "".join(parts(document, SectionKind.BODY))
    assert read_claims(document).claims == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Reporting by the agency showed that the loan had been signed before the committee had seen it in the spring.",
        "The author of the plan is a former minister who has lived in Klow since the flood of the year before last.",
        "This photo of the loan was what the minister had waited for, and he smiled for the first time in a week.",
        "Watch the passes above Klow, the minister said, and you will see what the forty vehicles were needed for.",
        "Most read the answer as a no, and the committee as well, so that the loan was off the table by Tuesday.",
    ],
)
def test_a_sentence_of_the_text_stays_body(sentence: str) -> None:
    document = read("\n\n".join([PARAGRAPHS[0], sentence, *PARAGRAPHS[1:]]))
    assert sentence in "".join(parts(document, SectionKind.BODY))
