"""The evidence of a round: what was fetched, as it came, with hash and time; and what is remembered between rounds."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from armsledger.documents import read_documents
from armsledger.errors import InputError, NotReadable
from armsledger.model import Document, Fetched
from armsledger.sources.archive import Archive, Kept
from armsledger.sources.entries import Entry
from armsledger.sources.fetch import Answer
from armsledger.sources.memory import FILE, Absence, Memory, Page, alone, write_whole

PAGE = b"<html><body><p>The Government of Borduria has requested four (4) harbour lamps.</p></body></html>"
URL = "https://news.example/lamps"


def noon() -> datetime:
    return datetime(2031, 4, 2, 12, 0, 0, tzinfo=UTC)


def answer(body: bytes = PAGE, status: int = 200, **headers: str) -> Answer:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(URL, status, "OK", (("Content-Type", "text/html; charset=utf-8"), *named), body, "93.184.216.34")


def records(path: Path) -> list[dict[str, object]]:
    with path.open("rb") as file:
        return [
            {
                "type": record.rec_type,
                "url": record.rec_headers.get_header("WARC-Target-URI"),
                "date": record.rec_headers.get_header("WARC-Date"),
                "digest": record.rec_headers.get_header("WARC-Payload-Digest"),
                "profile": record.rec_headers.get_header("WARC-Profile"),
                "refers": record.rec_headers.get_header("WARC-Refers-To-Date"),
                "status": record.http_headers.get_statuscode() if record.http_headers else None,
                "body": record.content_stream().read(),
                "sound": record.digest_checker.passed,
            }
            for record in ArchiveIterator(file, check_digests=True)
        ]


def test_an_answer_is_kept_as_it_came_with_hash_and_time(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE, mtime=0)
    with Archive(tmp_path / "evidence", noon) as archive:
        kept = archive.keep(answer(packed, Content_Encoding="gzip"))
    assert kept == Kept("2031-04-02T120000Z.warc.gz", "2031-04-02T12:00:00Z")
    information, response = records(tmp_path / "evidence" / kept.file)
    assert information["type"] == "warcinfo"
    assert (response["type"], response["url"], response["date"]) == ("response", URL, "2031-04-02T12:00:00Z")
    assert response["digest"] == f"sha256:{hashlib.sha256(packed).hexdigest()}"
    assert (response["status"], response["body"], response["sound"]) == ("200", PAGE, True)


def test_what_is_there_already_is_kept_as_a_reference(tmp_path: Path) -> None:
    with Archive(tmp_path, noon) as archive:
        first = archive.keep(answer())
        archive.keep(answer(), same_as=first)
        archive.keep(answer(b"", status=304), same_as=first)
    found = records(tmp_path / first.file)[2:]
    assert [(one["type"], one["body"], one["refers"]) for one in found] == [("revisit", b"", first.time)] * 2
    assert [str(one["profile"]).rpartition("/")[2] for one in found] == [
        "identical-payload-digest",
        "server-not-modified",
    ]


def test_a_refusal_is_kept_too(tmp_path: Path) -> None:
    with Archive(tmp_path, noon) as archive:
        kept = archive.keep(answer(b"no robots", status=403))
    assert (records(tmp_path / kept.file)[1]["status"], records(tmp_path / kept.file)[1]["body"]) == (
        "403",
        b"no robots",
    )


def test_a_body_that_came_in_pieces_is_kept_in_one(tmp_path: Path) -> None:
    with Archive(tmp_path, noon) as archive:
        kept = archive.keep(answer(Transfer_Encoding="chunked"))
    assert records(tmp_path / kept.file)[1]["body"] == PAGE


def test_nothing_to_keep_makes_no_file(tmp_path: Path) -> None:
    with Archive(tmp_path / "evidence", noon):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_round_never_writes_into_the_file_of_another(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        with Archive(tmp_path, noon) as archive:
            names.append(archive.keep(answer()).file)
    assert names == [f"2031-04-02T120000Z{n}.warc.gz" for n in ("", "-2", "-3")]


def test_the_same_round_writes_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        with Archive(tmp_path / folder, noon) as archive:
            archive.keep(answer())
            archive.keep(answer(b"other", X_Odd="gr\u00fcn"))
    one, other = (next((tmp_path / folder).iterdir()).read_bytes() for folder in ("one", "other"))
    assert one == other


def test_what_was_written_before_a_cut_can_be_read(tmp_path: Path) -> None:
    with Archive(tmp_path, noon) as archive:
        kept = archive.keep(answer())
        archive.keep(answer(b"<p>other words</p>"))
    path = tmp_path / kept.file
    path.write_bytes(path.read_bytes()[:-40])
    first, *others = read_documents(Fetched(str(path), path=path))
    assert isinstance(first, Document)
    assert [type(one) for one in others if isinstance(one, Document)] == []


def test_the_archive_can_be_read_again(tmp_path: Path) -> None:
    with Archive(tmp_path, noon) as archive:
        first = archive.keep(answer(gzip.compress(PAGE, mtime=0), Content_Encoding="gzip"))
        archive.keep(answer(), same_as=first)
        archive.keep(answer(b"no", status=403))
    (document,) = read_documents(Fetched(first.file, path=tmp_path / first.file))
    assert isinstance(document, Document)
    assert (document.url, document.digest) == (URL, hashlib.sha256(PAGE).hexdigest())


# -- what is remembered -----------------------------------------------------------------------------------


def filled(folder: Path) -> Memory:
    memory = Memory.load(folder)
    memory.pages[URL] = Page("abc", "f.warc.gz", "2031-04-02T12:00:00Z", tag='"1"', documents=["d1"])
    known = memory.of("news", "feed https://news.example/feed")
    known.listed = [Entry(URL, "Lamps \ud800", "2031-04-02"), Entry("https://news.example/2")]
    memory.missed("news", URL, "403", "2031-04-01T12:00:00Z")
    memory.later["news.example:443"] = "2031-04-03T00:00:00Z"
    return memory


def test_what_is_saved_is_remembered(tmp_path: Path) -> None:
    memory = filled(tmp_path)
    memory.save()
    again = Memory.load(tmp_path)
    assert (again.pages, again.sources, again.later) == (memory.pages, memory.sources, memory.later)


def test_the_same_knowledge_is_the_same_bytes(tmp_path: Path) -> None:
    filled(tmp_path / "one").save()
    filled(tmp_path / "two").save()
    assert (tmp_path / "one" / FILE).read_bytes() == (tmp_path / "two" / FILE).read_bytes()


def test_since_when_and_how_often_something_was_missed(tmp_path: Path) -> None:
    memory = filled(tmp_path)
    assert memory.missed("news", URL, "timeout", "2031-04-02T12:00:00Z") == Absence(
        "2031-04-01T12:00:00Z", 2, "timeout"
    )


def test_a_source_that_is_described_otherwise_begins_anew(tmp_path: Path) -> None:
    memory = filled(tmp_path)
    assert memory.of("news", "feed https://other.example/feed").listed == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        '{"form": 2}',
        '{"form": 1, "pages": {"u": {"digest": 3}}, "sources": {}, "later": {}}',
        '{"form": 1, "pages": {"u": {"digest": "a", "file": "b", "time": "c", "more": ""}}, "sources": {}, "later": {}}',
        '{"form": 1, "pages": {}, "sources": {"n": {"about": "x"}}, "later": {}}',
    ],
)
def test_a_damaged_memory_is_told(content: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(NotReadable, match="is no memory of a watch"):
        Memory.load(tmp_path)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("armsledger.sources.memory.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_one_round_at_a_time(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(InputError, match="another round"), alone(tmp_path):
        pass
    with alone(tmp_path):
        pass
