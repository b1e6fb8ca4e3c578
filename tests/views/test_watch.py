"""``watch`` on a real server: what is new goes into the ledger, what was edited is told in words, and nothing that could
not be seen is taken for nothing.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from armsledger.documents import read_documents
from armsledger.ledger import Ledger
from armsledger.model import Document, Fetched
from armsledger.sources.feeds import read_feed
from armsledger.views.edits import edit_of, word_changes
from sources.server import Site, serving

from .made_up import DAY, DOMESTIC, NOTICE, command_line, dump, lines, ran, run

START = datetime(2031, 4, 2, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as held:
        yield held


@pytest.fixture(autouse=True)
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The time of each run: a day later than the one before."""
    times: list[datetime] = [START]
    monkeypatch.setattr("armsledger.views.watch.now", lambda: times[-1])
    return times


def page(text: str, title: str = "Norway - Harbour Radars", furniture: str = "") -> str:
    body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return (
        f"<html><head><title>{title}</title></head><body><nav>{furniture}</nav><article><h1>{title}</h1>{body}</article>"
        f"<aside>{furniture}</aside></body></html>"
    )


def config(site: Site, more: str = "", kind: str = "page", path: str = "/notice") -> None:
    Path("watch.yml").write_text(
        f"delay: 0\nlimits: {{silence: 2}}\nsources:\n"
        f"  - {{name: news, kind: {kind}, url: '{site.url}{path}', allow_private: true}}\n{more}",
        encoding="utf-8",
    )


@pytest.fixture(autouse=True)
def usual(site: Site, here: Path) -> None:
    config(site)


def watched(*arguments: str, code: int = 0) -> str:
    """What a round prints for people."""
    result = run("watch", "watch.yml", *arguments)
    assert result.exit_code == code, (result.exit_code, result.stdout, result.stderr)
    return result.stdout


def told(kind: str, *arguments: str) -> list[dict[str, Any]]:
    """The lines of one kind that a round prints for programs."""
    return [line for line in lines("watch", "watch.yml", "--format", "jsonl", *arguments) if line["is"] == kind]


def versions() -> list[Document]:
    """The documents of the ledger, in the order of their texts."""
    with Ledger.open("armsledger.db") as book:
        return sorted((book.document(row.id) for row in book.documents()), key=lambda d: d.text)


# -- what is new ------------------------------------------------------------------------------------------


def test_a_page_goes_into_the_ledger_with_its_claims(site: Site) -> None:
    site.put("/notice", page(NOTICE))
    assert "1 document, 3 claims" in watched()
    (document,) = versions()
    assert (document.url, document.published) == (f"{site.url}/notice", "2031-04-02")
    assert "approved" in ran("deals", "--recipient", "Norway")


def test_a_second_round_adds_nothing(site: Site) -> None:
    site.put("/notice", page(NOTICE), tag='"1"')
    watched()
    before = dump(Path("armsledger.db"))
    told_again = watched()
    assert "1 page unchanged" in told_again
    assert "nothing new" in told_again
    assert dump(Path("armsledger.db")) == before


def test_the_ledger_does_not_depend_on_when_it_was_watched(site: Site, rounds: list[datetime]) -> None:
    site.put("/notice", page(NOTICE))
    watched("--ledger", "one.db", "--archive", "one")
    rounds.append(START + timedelta(days=900))
    watched("--ledger", "other.db", "--archive", "other")
    assert dump(Path("one.db")) == dump(Path("other.db"))


def test_another_ledger_is_filled_though_the_pages_are_known(site: Site) -> None:
    site.put("/notice", page(NOTICE), tag='"1"')
    watched()
    assert "1 document, 3 claims" in watched("--ledger", "other.db")


def test_a_page_without_a_day_has_that_of_the_feed(site: Site) -> None:
    undated = NOTICE.replace("WASHINGTON, April 2, 2031 - ", "")
    item = f"<item><link>{site.url}/notice</link><pubDate>Thu, 03 Apr 2031 10:00:00 GMT</pubDate></item>"
    site.put("/feed", f"<rss><channel>{item}</channel></rss>")
    site.put("/notice", page(undated))
    config(site, kind="feed", path="/feed")
    assert "1 listed, 1 new" in watched()
    assert [document.published for document in versions()] == ["2031-04-03"]


def test_the_bytes_are_kept_and_can_be_read_again(site: Site) -> None:
    site.put("/notice", page(NOTICE))
    config(site, "archive: evidence\n")
    watched()
    (archive,) = Path("evidence").glob("*.warc.gz")
    assert archive.name == "2031-04-02T120000Z.warc.gz"
    again = [one for one in read_documents(Fetched(str(archive), path=archive)) if isinstance(one, Document)]
    assert [document.id for document in again] == [document.id for document in versions()]


# -- edits ------------------------------------------------------------------------------------------------


def test_an_edit_is_a_version_and_is_told_in_words(site: Site) -> None:
    site.put("/notice", page(NOTICE))
    watched()
    site.put("/notice", page(NOTICE.replace("$12.5 million", "$14 million")))
    shown = watched()
    assert "Edited since they were last read: 1 page" in shown
    assert "edited: 2 words changed" in shown
    assert "[$12.5 → $14] million" in shown
    assert len(versions()) == 2
    assert "conflict: value" in ran("deals", "--recipient", "Norway")


def test_an_edit_for_programs(site: Site) -> None:
    site.put("/notice", page(NOTICE))
    watched()
    site.put("/notice", page(NOTICE.replace("four (4) AN/SPS-73 radars and ", "")))
    (edit,) = told("edit")
    assert (edit["words"], edit["changes"][0]["was"], edit["changes"][0]["now"]) == (
        5,
        "four (4) AN/SPS-73 radars and",
        "",
    )
    assert {edit["old"], edit["new"]} == {document.id for document in versions()}


def test_what_only_stands_around_the_words_makes_no_version(site: Site) -> None:
    site.put("/notice", page(NOTICE, furniture="Monday: read also this"))
    watched()
    site.put("/notice", page(NOTICE, furniture="Tuesday: read also that"))
    shown = watched()
    assert "Edited" not in shown
    assert "1 page unchanged" in shown
    assert len(versions()) == 1


def test_an_edit_back_is_told_too_and_makes_no_third_version(site: Site) -> None:
    other = NOTICE.replace("$12.5 million", "$14 million")
    for text in (NOTICE, other, NOTICE):
        site.put("/notice", page(text))
        shown = watched()
    assert "[$14 → $12.5] million" in shown
    assert len(versions()) == 2


def test_a_page_that_is_emptied_is_told_and_compared_with_what_it_was(site: Site) -> None:
    site.put("/notice", page(NOTICE))
    watched()
    site.put("/notice", "")
    assert "Seen, but could not be read: 1 page" in watched()
    site.put("/notice", page(NOTICE.replace("four (4)", "five (5)")))
    assert "edited: 2 words changed" in watched()


def test_a_correction_of_a_day_is_found_in_a_long_page(site: Site) -> None:
    day = f"CONTRACTS\n\nNAVY\n\n{DAY}\n\n{DOMESTIC}"
    site.put("/notice", page(day, title="Contracts for April 2, 2031"))
    watched()
    site.put("/notice", page(day.replace("$9,000,000", "$9,100,000"), title="Contracts for April 2, 2031"))
    (edit,) = told("edit")
    assert [(change["was"], change["now"]) for change in edit["changes"]] == [("$9,000,000", "$9,100,000")]


@pytest.mark.parametrize(
    ("old", "new", "count", "shown"),
    [
        ("a b c", "a b c", 0, []),
        ("a b c", "a  b\nc", 0, []),  # blanks and breaks say nothing
        ("a b c", "a x c", 1, ["… a [b → x] c …"]),
        ("a b c", "a c", 1, ["… a [− b] c …"]),
        ("a c", "a b c", 1, ["… a [+ b] c …"]),
        ("a", "a b c", 2, ["… a [+ b c] …"]),
        ("", "a", 1, ["[+ a] …"]),
        ("one\ntwo\nthree", "one\n2\nthree", 1, ["[two → 2] …"]),
        ("a b c d e f g h", "x b c d e f g y", 2, ["[a → x] b c d e …", "… d e f g [h → y] …"]),
    ],
)
def test_what_counts_as_a_changed_word(old: str, new: str, count: int, shown: list[str]) -> None:
    found = word_changes(old, new)
    assert (found[0], [str(change) for change in found[1]]) == (count, shown)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join(f"x {n}" for n in range(20_000)), " ".join(f"x {-n}" for n in range(20_000))),
        ("x y " * 20_000, "y x x " * 15_000),
        ("\n".join(f"x {n}" for n in range(5_000)), "\n".join(f"x {-n}" for n in range(5_000))),
    ],
)
def test_pages_that_are_all_different_are_counted_in_good_time(old: str, new: str) -> None:
    count, changes = word_changes(old, new)
    assert count > 100
    assert all(len(str(change)) < 5_000 for change in changes)


def test_a_new_title_or_day_is_an_edit_though_no_word_changed(site: Site) -> None:
    def read(text: str) -> Document:
        (document,) = read_documents(Fetched("notice", body=text.encode(), url="https://a.example/notice"))
        assert isinstance(document, Document)
        return document

    one = read("---\ntitle: Lamps\ndate: 2031-04-02\n---\nFour lamps.")
    other = read("---\ntitle: Lamps\ndate: 2031-04-03\n---\nFour lamps.")
    edit = edit_of("https://a.example/notice", one, other)
    assert edit is not None
    assert (edit.words, edit.known) == (0, ("published: 2031-04-02 → 2031-04-03",))
    assert edit_of("https://a.example/notice", one, one) is None


# -- what could not be seen -------------------------------------------------------------------------------


def test_a_refusal_is_told_as_could_not_be_seen_with_since_when(site: Site, rounds: list[datetime]) -> None:
    site.refuse("/notice", 403)
    assert "for the first time: the server answered 403 Forbidden" in watched(code=2)
    rounds.append(START + timedelta(days=1))
    shown = watched(code=2)
    assert "Could not be seen, which does not mean that nothing is there: 1 address" in shown
    assert "news, since 2031-04-02, 2 rounds in a row: the server answered 403 Forbidden" in shown
    assert "nothing new" not in shown


def test_a_refusal_for_programs(site: Site) -> None:
    site.refuse("/notice", 403)
    found = [json.loads(one) for one in run("watch", "watch.yml", "--format", "jsonl").stdout.splitlines()]
    assert [(one["is"], one.get("seen"), one.get("not_seen")) for one in found] == [
        ("source", False, 1),
        ("not seen", None, None),
    ]
    assert (found[1]["since"], found[1]["times"]) == ("2031-04-02T12:00:00Z", 1)


def test_one_source_that_refuses_does_not_keep_the_others_away(site: Site) -> None:
    config(site, f"  - {{name: other, kind: page, url: '{site.url}/other', allow_private: true}}\n")
    site.refuse("/notice", 403)
    site.put("/other", page(NOTICE))
    shown = watched()
    assert "1 document, 3 claims" in shown
    assert "could not be seen" in shown


def test_a_server_that_stalls_and_one_that_lies(site: Site) -> None:
    config(site, f"  - {{name: other, kind: page, url: '{site.url}/other', allow_private: true}}\n")
    Path("watch.yml").write_text(Path("watch.yml").read_text().replace("silence: 2", "silence: 0.2"))
    site.stall("/notice")
    site.lie("/other", page(NOTICE), says=99_999)
    shown = watched(code=2)
    assert "was silent for 0.2 seconds" in shown
    assert "was cut short" in shown
    assert versions() == []


def test_what_is_wrong_with_a_list_is_told(site: Site) -> None:
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(1_200))
    site.put("/feed", f"<rss><channel><item><link>file:///x</link></item>{items}<item>")
    site.put("/0", page(NOTICE))
    config(site, kind="feed", path="/feed")
    Path("watch.yml").write_text(Path("watch.yml").read_text().replace("allow_private", "most: 1, allow_private"))
    shown = watched()
    for line in (
        "news: the list is no well-formed XML: no element found in line 1; what stands behind it could not be seen",
        "news: 200 entries at the end of the list were not looked at",
        "news: 1 entry without an http address",
        "news: 999 pages not fetched yet: more than 1 are new; the next round goes on",
    ):
        assert line in shown


def test_a_round_that_is_cut_off_goes_on_where_it_was(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ["/a", "/b", "/c"]
    site.put("/feed", "<rss><channel>" + "".join(f"<item><link>{p}</link></item>" for p in paths) + "</channel></rss>")
    for n, path in enumerate(paths):
        site.put(path, page(NOTICE.replace("31-07", f"31-1{n}")), tag='"1"')
    config(site, kind="feed", path="/feed")
    from armsledger import claims

    real, read = claims.read, list[str]()

    def cut(document: Document) -> Any:
        read.append(document.url or "")
        if len(read) == 2:
            raise KeyboardInterrupt
        return real(document)

    monkeypatch.setattr("armsledger.claims.read", cut)
    assert run("watch", "watch.yml").exit_code == 130
    assert len(versions()) == 1
    monkeypatch.setattr("armsledger.claims.read", real)
    assert "2 documents" in watched()
    assert len(versions()) == 3


def test_a_round_that_is_killed_loses_nothing_that_it_recorded(site: Site, here: Path) -> None:
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(3))
    site.put("/feed", f"<rss><channel>{items}</channel></rss>", tag='"1"')
    for n in range(3):
        site.put(f"/{n}", page(NOTICE.replace("31-07", f"31-1{n}")), tag='"1"')
    site.stall("/1")
    config(site, kind="feed", path="/feed")
    Path("watch.yml").write_text(Path("watch.yml").read_text().replace("silence: 2", "silence: 600"))
    environment = {**os.environ, "NO_PROXY": "*"}
    with subprocess.Popen(command_line("watch", "watch.yml"), cwd=here, env=environment) as running:
        assert site.stalled.wait(120)
        running.kill()
    assert running.returncode == -signal.SIGKILL
    assert len(versions()) == 1
    site.let_go.set()
    site.put("/1", page(NOTICE.replace("31-07", "31-11")))
    assert "2 documents" in watched()
    assert len(versions()) == 3
    archives = sorted(Path("armsledger-archive").glob("*.warc.gz"))
    kept = [
        one for path in archives for one in read_documents(Fetched(str(path), path=path)) if isinstance(one, Document)
    ]
    assert {document.id for document in kept} >= {document.id for document in versions()}


def test_two_rounds_at_a_time_are_one_too_many(site: Site) -> None:
    from armsledger.sources.memory import alone

    site.put("/notice", page(NOTICE))
    with alone(Path("armsledger-archive")):
        result = run("watch", "watch.yml")
    assert result.exit_code == 2
    assert "another round of watching is at work there" in result.stderr


@pytest.mark.parametrize("file", ["watch.json", "saved.json"])
def test_a_damaged_memory_is_one_line(file: str, site: Site) -> None:
    site.put("/notice", page(NOTICE))
    config(site, "saved:\n  - name: norway\n    recipient: Norway\n")
    Path("armsledger-archive").mkdir()
    Path("armsledger-archive", file).write_text("{", encoding="utf-8")
    result = run("watch", "watch.yml")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "move it away" in line


# -- saved queries ----------------------------------------------------------------------------------------

SAVED = "saved:\n  - name: norway\n    recipient: Norway\n    atom: feeds/norway.xml\n"


def test_what_is_new_of_a_saved_query(site: Site) -> None:
    site.put("/notice", page(NOTICE))
    config(site, SAVED)
    first = watched()
    assert "Saved query norway: claims where recipient is NOR" in first
    assert "Asked for the first time: 1 deal fit" in first
    assert "Nothing new; 1 deal." in watched()
    site.put("/notice", page(NOTICE.replace("$12.5 million", "$14 million")))
    shown = watched()
    assert "USA → NOR: 4 × AN/SPS-73" in shown
    assert "USD 14,000,000 (ceiling), beside USD 12,500,000 (ceiling)" in shown
    assert f"because of 2031-04-02 · Norway - Harbour Radars · {site.url}/notice" in shown
    assert "Nothing new" in watched()


def test_a_new_deal_is_news(site: Site) -> None:
    site.put("/notice", page(NOTICE))
    config(site, SAVED)
    watched()
    site.put("/notice", page(NOTICE.replace("31-07", "31-08")))
    (news,) = told("news")
    assert [line["kind"] for line in news["lines"]] == ["new deal"]
    assert len(news["claims"]) == 3
    assert [document["published"] for document in news["documents"]] == ["2031-04-02"]


def test_what_somebody_else_read_into_the_ledger_is_news_as_well(site: Site) -> None:
    config(site, SAVED)
    Path("watch.yml").write_text(f"delay: 0\n{SAVED}", encoding="utf-8")
    assert "0 deals fit now" in watched()
    Path("notice.txt").write_text(NOTICE, encoding="utf-8")
    ran("read", "notice.txt")
    assert "new deal: approved" in watched()


def test_a_deal_that_no_longer_fits_is_told(site: Site) -> None:
    Path("watch.yml").write_text("saved:\n  - {name: requests, stage: requested}\n", encoding="utf-8")
    asked = NOTICE.replace("has made a determination approving", "is looking at").replace(
        "possible Foreign Military Sale", "matter"
    )
    Path("one.txt").write_text(asked, encoding="utf-8")
    Path("two.txt").write_text(NOTICE.replace("April 2", "April 9"), encoding="utf-8")
    ran("read", "one.txt")
    watched()
    ran("read", "two.txt")
    shown = watched()
    assert "no longer fits" in shown


def test_a_query_whose_filter_has_changed_begins_anew(site: Site) -> None:
    Path("notice.txt").write_text(NOTICE, encoding="utf-8")
    ran("read", "notice.txt")
    for recipient in ("Norway", "Denmark"):
        Path("watch.yml").write_text(f"saved:\n  - {{name: north, recipient: {recipient}}}\n", encoding="utf-8")
        assert "Asked for the first time" in watched()


def test_the_feed_of_a_query_is_valid_atom_with_ids_that_stay(site: Site, rounds: list[datetime]) -> None:
    from xml.etree import ElementTree

    name = "{http://www.w3.org/2005/Atom}"
    site.put("/notice", page(NOTICE))
    config(site, SAVED)
    watched()
    site.put("/notice", page(NOTICE.replace("$12.5 million", "$14 million")))
    watched()
    written = Path("feeds/norway.xml").read_bytes()
    feed = ElementTree.fromstring(written)
    for one in (feed, *feed.findall(f"{name}entry")):
        assert [len(one.findall(name + tag)) for tag in ("id", "title", "updated")] == [1, 1, 1]
        assert (one.findtext(f"{name}id") or "").startswith("urn:uuid:")
        assert one.findtext(f"{name}updated") == "2031-04-02T00:00:00Z"
    assert feed.findtext(f"{name}author/{name}name") == "armsledger"
    (entry,) = feed.findall(f"{name}entry")
    assert "USD 14,000,000" in (entry.findtext(f"{name}content") or "")
    assert read_feed(written, "own", "https://a.example").problem == ""
    rounds.append(START + timedelta(days=30))
    watched()
    assert Path("feeds/norway.xml").read_bytes() == written
    site.put("/notice", page(NOTICE.replace("$12.5 million", "$15 million")))
    watched()
    ids = [one.findtext(f"{name}id") for one in ElementTree.parse("feeds/norway.xml").getroot().findall(f"{name}entry")]
    assert ids[1:] == [entry.findtext(f"{name}id")]


def test_the_feed_holds_whatever_documents_hold(here: Path) -> None:
    from xml.etree import ElementTree

    from armsledger.views.atom import atom
    from armsledger.views.saved import News, NewsDocument, NewsLine

    odd = "a\x00\x0b\ud800\ufffe<b>&amp;"
    news = News(
        "d1", odd, (NewsLine(odd, odd),), (NewsDocument("x", odd, "2031-04", odd), NewsDocument("y", None, None, None))
    )
    root = ElementTree.fromstring(atom(odd, odd, [news]))
    assert root.findtext(".//{*}entry/{*}updated") == "2031-04-01T00:00:00Z"
    assert "a\ufffd\ufffd\ufffd\ufffd<b>&amp;" in (root.findtext(".//{*}content") or "")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("recipient: Atlantis", "saved: norway: recipient: the lexicon has no party named 'Atlantis'"),
        ("colour: red", "saved: norway: colour is no filter, expected one of: supplier, recipient, party"),
        ("stage: sold", "saved: norway: stage: 'sold' is none of its values"),
        ("since: soon", "saved: norway: since:"),
    ],
)
def test_what_is_wrong_with_a_query_is_told_before_anything_is_fetched(field: str, said: str, site: Site) -> None:
    config(site, f"saved:\n  - name: norway\n    {field}\n")
    result = run("watch", "watch.yml")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.startswith("armsledger: watch.yml: ")
    assert site.paths() == []


# -- review periods ---------------------------------------------------------------------------------------


def test_review_periods_with_their_last_day(book: Path) -> None:
    shown = ran("watch", "--as-of", "2031-04-05")
    assert "Review periods of the US Congress that run on 2031-04-05" in shown
    assert "2031-04-17   13 of 15  NOR    31-07        2031-04-02 *" in shown
    assert "1 period" in shown


def test_review_periods_for_programs(book: Path) -> None:
    (period,) = lines("watch", "--as-of", "2031-04-05", "--format", "jsonl")
    assert (period["transmittal"], period["recipient"], period["days"]) == ("31-07", "NOR", 15)
    assert (period["last"], period["left"], period["basis"]) == ("2031-04-17", 13, "date of the notice")
    assert period["rule"] == "Public Law 97-113, section 102(b); member of NATO since 1949-08-24"


def test_a_document_that_is_published_later_is_not_known_yet(book: Path) -> None:
    """The last of the four documents gives the notice the date of April 9; as of April 5 it does not exist."""
    assert [p["notified"] for p in lines("watch", "--as-of", "2031-04-10", "--format", "jsonl")] == [
        "2031-04-02",
        "2031-04-09",
    ]
    assert lines("watch", "--as-of", "2031-04-01", "--format", "jsonl") == []


def test_where_none_runs_it_is_said_as_far_as_the_ledger_knows(book: Path) -> None:
    shown = ran("watch", "--as-of", "2031-06-01")
    assert "No review period of the US Congress runs on 2031-06-01, as far as this ledger knows." in shown


def test_a_round_tells_the_periods_of_today(site: Site) -> None:
    site.put("/notice", page(NOTICE))
    assert "Review periods of the US Congress that run on 2031-04-02" in watched()


@pytest.mark.parametrize(
    "arguments", [["--as-of", "2031"], ["--as-of", "soon"], ["--archive", "x"], ["nothing.yml"], ["."]]
)
def test_what_makes_no_sense_is_one_line(arguments: list[str], book: Path) -> None:
    result = run("watch", *arguments)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""
