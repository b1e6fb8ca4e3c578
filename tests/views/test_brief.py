"""Briefs: every figure and name is in the words that are cited for it, and no text of a document becomes markup."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as parser
from markdown_it import MarkdownIt

from armsledger.ledger import ClaimFilter, Ledger
from armsledger.views.brief import brief_of
from armsledger.views.brief_html import html
from armsledger.views.brief_markdown import escaped, markdown
from armsledger.views.brief_value import Brief, Kind, Points, Table, in_runs, shown
from armsledger.views.dossier import dossier
from armsledger.views.told_deals import told_deals

from .brief_support import unsupported
from .made_up import NOTICE, line, ran, run, write

NOTICES = "data/1-notices/dsca-fara-2009-2014/notices.dev.jsonl"
SAMPLE = 40
EVERYTHING = ClaimFilter()


def speakers(book: Ledger) -> set[str]:
    return {c.speaker for c in book.claims(EVERYTHING)} | {s.speaker for s in book.statements()}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of the bundled examples."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    assert run("read", str(dossier()), "--ledger", str(path)).exit_code == 0
    with Ledger.open(path, create=False) as book:
        yield book


def asked(book: Ledger, wanted: str, since: str | None = None, as_of: str | None = None) -> Brief:
    return brief_of(book, wanted, ClaimFilter(as_of=as_of), since)


def deal_of(book: Ledger, supplier: str, recipient: str, system: str) -> str:
    """The deal of these sides of which most is told."""
    found = told_deals(book, ClaimFilter(supplier=supplier, recipient=recipient, system=system))
    return str(max(found, key=lambda told: (len(told.claims), told.deal.id)).deal.id)


def told(brief: Brief, key: str) -> str:
    """What a section says, a sentence or row a line."""
    (section,) = (s for s in brief.sections if s.key == key)
    lines = []
    for block in section.blocks:
        if isinstance(block, Points):
            lines += [s.text for s in block.sentences]
        else:
            lines += [" | ".join(cell.text for cell in row) for row in block.rows]
    return "\n".join(lines)


# -- supported --------------------------------------------------------------------------------------------


def test_every_brief_of_the_demo_is_supported(demo: Ledger) -> None:
    known = speakers(demo)
    deals = [str(found.deal.id) for found in told_deals(demo, EVERYTHING)]
    assert len(deals) > 20
    for wanted in (*deals, "USA:TUR", "RUS:IND", "Turkey", "USA", "Pakistan", "S-400", "AIM-120"):
        assert unsupported(asked(demo, wanted, "2025-09"), known) == []


def test_briefs_of_development_notices_are_supported(shared: Path, here: Path) -> None:
    ran("read", str(shared / NOTICES))
    with Ledger.open(here / "armsledger.db", create=False) as book:
        known, deals = speakers(book), list(told_deals(book, EVERYTHING))
        for found in deals[:: max(1, len(deals) // SAMPLE)]:
            assert unsupported(asked(book, str(found.deal.id), "2013-06"), known) == []
        assert unsupported(asked(book, "Israel", "2013"), known) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("USD 225,000,000", "USD 226,000,000"),  # a figure
        ("53 × AIM-120C-8", "54 × AIM-120C-8"),
        ("53 × AIM-120C-8", "53 × AIM-9X"),  # an item
        ("United States to Turkey", "United States to Thailand"),  # a party
        (">US Government<", ">US Department of Defense<"),  # another speaker of the same ledger
        (">2025-05-14<", ">2025-05-15<"),  # a day
        ('data-cites="1 2"', 'data-cites="4"'),  # the right words of another citation
        ('data-cites="1"', 'data-cites=""'),  # no citation
        ("a possible Foreign Military Sale to the Government", "a certain Foreign Military Sale to the Government"),
    ],
)
def test_what_no_citation_says_is_noticed(demo: Ledger, right: str, wrong: str) -> None:
    brief = asked(demo, "25-33")
    page = html(brief)
    said = page[page.index("<main>") : page.index('<section id="citations">')]
    assert right in said
    assert unsupported(brief, speakers(demo), page) == []
    assert unsupported(brief, speakers(demo), page.replace(said, said.replace(right, wrong, 1))) != []


def test_every_sentence_rests_on_something(demo: Ledger) -> None:
    """A sentence cites, or all of it is worked out; a row of a table cites."""
    for wanted in ("25-33", deal_of(demo, "USA", "PAK", "aim-120"), "Turkey", "S-400"):
        brief = asked(demo, wanted, "2025-08")
        for section in brief.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    assert all(any(cell.cites for cell in row) for row in block.rows)
                    continue
                for sentence in block.sentences:
                    assert sentence.cites or {p.kind for p in sentence.parts} == {Kind.COMPUTED}, sentence.text


def test_citations_are_numbered_in_order_and_are_the_words_of_their_documents(demo: Ledger) -> None:
    brief = asked(demo, deal_of(demo, "RUS", "IND", "s-400"))
    first = list(dict.fromkeys(n for sentence in brief.sentences() for n in sorted(sentence.cites)))
    assert first == list(range(1, len(brief.citations) + 1)) == [one.number for one in brief.citations]
    for one in brief.citations:
        document = demo.document(one.source.document)
        assert shown(document.text[one.start : one.end]) == one.quote
        assert one.source.digest == document.digest
        assert len(one.source.digest) == 64
        for words in one.fields:
            assert not words.quote or shown(document.text[words.start : words.end]) == words.quote


# -- the three cases --------------------------------------------------------------------------------------


def test_a_notice_is_not_a_sale(demo: Ledger) -> None:
    then = asked(demo, "25-33", as_of="2025-06-01")
    assert told(then, "answer").startswith("Approved (2025-05-14), by the word of the official notice.")
    assert "no contract and no delivery" in told(then, "answer")
    assert "at most USD 225,000,000 (a ceiling: no contract, and no price paid)" in told(then, "answer")
    assert "That it was ordered is not told" in told(then, "answer")
    assert "15 days, until 2025-05-29" in told(then, "answer")
    assert then.day == "2025-05-14"


def test_a_shared_contract_is_nobodys(demo: Ledger) -> None:
    brief = asked(demo, deal_of(demo, "USA", "PAK", "aim-120"))
    assert "34 named buyers in all: no sum of it is one buyer's own" in told(brief, "answer")
    assert "What Pakistan is to pay is not stated." in told(brief, "answer")
    assert "Worth: " not in told(brief, "answer")
    assert "embassy in New Delhi denies: " in told(brief, "contested")


def test_a_programmes_sum_stands_beside_its_contract_and_its_denial(demo: Ledger) -> None:
    """The opinion piece, the announcement and the denial, side by side; and Pakistan gets no $2.5 billion."""
    pair = asked(demo, "USA:PAK")
    for wanted in ("USA:PAK", deal_of(demo, "USA", "PAK", "aim-120")):
        sums = told(asked(demo, wanted), "sums")
        assert "worth more than $2.5 billion" in sums
        assert "US Department of Defense: “$2,512,389,558” (2025-09-30)" in sums
        assert "embassy in New Delhi denies: " in sums
    assert "2,5" not in told(pair, "deals")


def test_a_rumour_is_told_with_its_legs_and_its_denial(demo: Ledger) -> None:
    brief = asked(demo, deal_of(demo, "RUS", "IND", "s-400"))
    assert "denied by defence ministry official in Ankara" in told(brief, "contested")
    legs = told(brief, "chain").splitlines()[:-1]
    assert [leg.partition(",")[0] for leg in legs] == [f"Leg {n}" for n, _ in enumerate(legs, 1)]
    assert len(legs) > 1
    assert "Russia to India (this one), S-400 Triumf: possible" in legs[-1]
    assert "2 documents of 2 independent origins" in told(brief, "origins")
    assert "no leg says that the next one is meant" in told(brief, "chain")


# -- what is asked for ------------------------------------------------------------------------------------


def test_a_pair_a_party_and_a_system_by_name_or_code(demo: Ledger) -> None:
    assert asked(demo, "RUS:IND") == asked(demo, "Russia:India") == asked(demo, " rus : india ")
    assert asked(demo, "Türkiye") == asked(demo, "TUR")
    assert asked(demo, "S-400") == asked(demo, "s-400")
    assert "Sums are not added" in told(asked(demo, "USA"), "answer")


def test_sums_of_different_meaning_stand_beside_one_another(demo: Ledger) -> None:
    deals = told(asked(demo, "USA"), "deals")
    assert "USD 225,000,000 (ceiling: at most)" in deals
    assert "USD 3,000,000 (award: what this contract action is worth)" in deals
    assert "228,000,000" not in html(asked(demo, "USA"))


def test_what_changed_since_a_day_that_day_included(book: Path) -> None:
    with Ledger.open(book, create=False) as ledger:
        assert "Value: USD 14,000,000 (ceiling)" in told(asked(ledger, "31-07", "2031-04-09"), "changed")
        nothing = "Nothing: no document published since then tells of it."
        assert told(asked(ledger, "31-07", "2031-04-10"), "changed") == nothing
        assert told(asked(ledger, "31-07", "2031"), "changed").startswith("New deal: nothing was told of it before.")
        assert "changed" not in {section.key for section in asked(ledger, "31-07").sections}
        of_many = told(asked(ledger, "Norway", "2031-04-09"), "changed")
        assert of_many.startswith("United States to Norway")


def test_as_of_a_day_only_what_was_published_by_then_is_cited(demo: Ledger) -> None:
    for wanted in ("S-400", "Russia", "RUS:IND"):
        brief = asked(demo, wanted, as_of="2025-08-10")
        assert max(one.published for one in brief.sources) <= "2025-08-10"
        assert "As of 2025-08-10" in brief.about[0].text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing-of-the-kind",), "no deal"),
        (("FRA:DEU",), "no document of this ledger tells of such a deal"),
        (("RUS:Atlantis",), "no party named 'Atlantis'"),
        (("25-33", "-o", "brief.rtf"), "end the name in one of: .md, .html, .pdf, .docx"),
        (("25-33", "--since", "yesterday"), "--since"),
        (("25-33", "-o", "no/such/folder/brief.md"), "cannot be written"),
    ],
)
def test_what_cannot_be_told_is_one_line(demo: Ledger, arguments: tuple[str, ...], words: str) -> None:
    done = run("brief", *arguments, "--ledger", demo.name)
    assert done.exit_code in (1, 2)
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_missing_extra_is_named(demo: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    for form, module in ((".pdf", "typst"), (".docx", "docx")):
        monkeypatch.setitem(sys.modules, module, None)
        done = run("brief", "25-33", "-o", f"brief{form}", "--ledger", demo.name)
        assert done.exit_code == 2
        assert "armsledger[briefs]" in done.stderr
        assert not Path(f"brief{form}").exists()


# -- forms ------------------------------------------------------------------------------------------------

FORMS = (".md", ".html", ".pdf", ".docx")


def written(wanted: str, form: str, ledger: str, name: str = "brief") -> bytes:
    if form in (".pdf", ".docx"):
        pytest.importorskip("typst" if form == ".pdf" else "docx")
    ran("brief", wanted, "-o", f"{name}{form}", "--ledger", ledger)
    return Path(f"{name}{form}").read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_the_same_brief_has_the_same_bytes(demo: Ledger, form: str) -> None:
    assert written("25-33", form, demo.name) == written("25-33", form, demo.name, "again")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_every_sentence(demo: Ledger, form: str) -> None:
    brief = asked(demo, "25-33")
    content = letters(text_of(written("25-33", form, demo.name), form))
    for sentence in brief.sentences():
        for part in sentence.parts:
            assert letters(part.text) in content
    for one in brief.citations:
        assert letters(one.quote) in content
    for source in brief.sources:
        assert source.digest in content


def letters(text: str) -> str:
    """Letters and digits alone: lines and marks are each form's own."""
    return re.sub(r"[\W_]+", "", text)


def text_of(content: bytes, form: str) -> str:
    if form == ".pdf":
        import pypdfium2

        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    if form == ".docx":
        from docx.api import Document

        made = Document(io.BytesIO(content))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(p.text for p in made.paragraphs), *cells])
    if form == ".html":
        return str(parser.fromstring(content.decode()).text_content())
    return str(parser.fromstring(rendered(content.decode())).text_content())


def rendered(told_: str) -> str:
    """Markdown as a page, with its footnotes left as they are."""
    return str(MarkdownIt("commonmark").enable("table").render(re.sub(r"(?m)^\[\^(\d+)\]:", r"(\1)", told_)))


# -- hostile documents ------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "**bold** _x_ `code` [link](https://evil.example/) ![img](https://evil.example/i.png) | cell | ~~no~~",
    '#eval("1+1") #read("/etc/passwd") $x^2$ @label <label> \\u{41} = heading',
    "\u202egnp.exe\u202c \u2066hidden\u2069 \x1b[2J \ufffe &lt;b&gt; &#x3c;",
    "{{ 7 * 7 }} {% raw %} </style></main><svg onload=alert(3)>",
)


@pytest.fixture(params=range(len(HOSTILE)))
def hostile(request: pytest.FixtureRequest, here: Path) -> str:
    """A ledger with a notice whose title, publisher, address and words try something."""
    attack = HOSTILE[request.param]
    text = NOTICE.replace("harbour radars and related equipment", f"radars {attack} and more")
    document = {"doc": attack, "title": f"Norway {attack}", "publisher": attack, "published": "2031-04-02",
                "url": "javascript:alert(1)//" + attack}  # fmt: skip
    write(here, attack_jsonl=line(text, **document).encode("utf-8", "backslashreplace"))
    ran("read", "attack.jsonl")
    return attack


def test_hostile_text_stays_text_in_html(hostile: str) -> None:
    page = written("31-07", ".html", "armsledger.db").decode()
    tree = parser.fromstring(page)
    assert not tree.xpath("//script | //img | //svg | //iframe | //object | //link | //form")
    assert not [
        name for element in tree.iter() for name in element.attrib if name.startswith("on") or name in ("src", "style")
    ]
    assert all(href.startswith("#") for href in tree.xpath("//@href"))  # an address that is no web address is no link
    assert len(tree.xpath("//style")) == len(tree.xpath("//main")) == 1
    assert "url(" not in page.split("</style>")[0]
    assert letters(shown(hostile)) in letters(str(tree.text_content()))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", page)


def test_hostile_text_stays_text_in_markdown(hostile: str) -> None:
    tree = parser.fromstring(rendered(written("31-07", ".md", "armsledger.db").decode()))
    assert not tree.xpath("//script | //img | //svg | //a | //del | //pre")
    assert {str(code.text) for code in tree.iter("code")} == digests()
    assert letters(shown(hostile)) in letters(str(tree.text_content()))
    assert len(tree.xpath("//h1")) == 1


def digests() -> set[str]:
    with Ledger.open("armsledger.db", create=False) as book:
        return {row.digest for row in book.documents()}


def test_hostile_text_stays_text_in_pdf_and_docx(hostile: str) -> None:
    for form in (".pdf", ".docx"):
        content = written("31-07", form, "armsledger.db")
        words = re.findall(r"[a-z]{4,}", shown(hostile))
        assert letters("".join(words[:1])) in letters(text_of(content, form))
        assert "/etc/passwd" not in hostile or "etcpasswd" in letters(text_of(content, form))
        assert b"evil.example" not in content  # no link, no picture: what is written stands compressed in the pages
        assert b"/URI" not in content


@pytest.mark.parametrize(
    "text", ["1. a", "- a", "+ a", "# a", "> a", "= a", "===", "* a", "    a", "| a |", "12) a", "[^1]: a"]
)
def test_no_line_begins_a_block(text: str) -> None:
    page = parser.fromstring(f"<div>{MarkdownIt('commonmark').enable('table').render(escaped(shown(text)))}</div>")
    assert [child.tag for child in page] == ["p"]
    assert page.text_content().strip() == text.strip()


def test_an_address_of_the_web_is_a_link_that_tells_nothing(here: Path) -> None:
    write(here, one_jsonl=line(NOTICE, doc="one", published="2031-04-02", url="https://example.org/a?b=1&c=2"))
    ran("read", "one.jsonl")
    tree = parser.fromstring(written("31-07", ".html", "armsledger.db").decode())
    (link,) = tree.xpath("//a[starts-with(@href, 'https')]")
    assert link.get("href") == "https://example.org/a?b=1&c=2"
    assert "noreferrer" in link.get("rel")


def test_a_brief_is_printed_as_markdown(demo: Ledger) -> None:
    printed = ran("brief", "25-33", "--ledger", demo.name)
    assert printed == markdown(asked(demo, "25-33"))
    assert printed.startswith("# United States to Turkey: 53 × AIM-120C-8")


def test_runs_of_numbers() -> None:
    assert in_runs([7, 3, 1, 2, 9, 8]) == [(1, 3), (7, 9)]


def test_what_no_file_can_hold_is_shown_as_a_sign() -> None:
    assert shown("a\ud800b\ufffec\x1bd\u202ee\nf") == "a\ufffdb\ufffdc␛d\ufffde f"
