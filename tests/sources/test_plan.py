"""Config files: what they say, and errors that name file, entry and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from armsledger.errors import InputError, NotFound, NotReadable
from armsledger.sources.plan import Manners, Plan, SavedQuery, Source, SourceKind, read_plan

WHOLE = """
archive: evidence
contact: desk@news.example
delay: 2.5
proxy: true
limits: {silence: 5, total: 30, megabytes: 1}
sources:
  - name: register
    kind: federal-register
    url: https://register.example/api?per_page=100
    most: 10
    recheck: 0
  - {name: list, kind: index, url: "https://news.example/list", follow: "https://news.example/news/*"}
  - name: feed
    kind: feed
    url: http://127.0.0.1:8000/feed
    allow_private: true
saved:
  - name: boats
    recipient: Norway
    since: 2031
    until: 2031-04-02
    as-of: "2031-05"
    atom: feeds/boats.xml
"""


def plan(tmp_path: Path, text: str | bytes) -> Plan:
    path = tmp_path / "watch.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_plan(str(path))


def test_all_that_can_be_said(tmp_path: Path) -> None:
    found = plan(tmp_path, WHOLE)
    assert found.archive == tmp_path / "evidence"
    assert found.sources == (
        Source("register", SourceKind.REGISTER, "https://register.example/api?per_page=100", most=10, recheck=0),
        Source("list", SourceKind.INDEX, "https://news.example/list", ("https://news.example/news/*",)),
        Source("feed", SourceKind.FEED, "http://127.0.0.1:8000/feed", private=True),
    )
    asked = (("recipient", "Norway"), ("since", "2031"), ("until", "2031-04-02"), ("as-of", "2031-05"))
    assert found.saved == (SavedQuery("boats", asked, tmp_path / "feeds" / "boats.xml"),)
    manners = found.manners
    assert (manners.delay_s, manners.contact, manners.proxy) == (2.5, "desk@news.example", True)
    assert (manners.limits.silence_s, manners.limits.total_s, manners.limits.wire_bytes) == (5, 30, 1_000_000)


def test_what_is_not_said_is_usual(tmp_path: Path) -> None:
    found = plan(tmp_path, "saved: []\n")
    assert (found.sources, found.saved, found.manners, found.archive) == ((), (), Manners(), None)
    assert Manners().delay_s > 0
    assert not Source("a", SourceKind.PAGE, "https://a.example").private


SOURCE = "sources:\n  - name: news\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{SOURCE}    kind: page\n    url: https://a.example\n    urll: x",
            "sources: news: urll is no field here; did you mean url?",
        ),
        (
            f"{SOURCE}    kind: page\n    url: https://a.example\n    zzz: x",
            "sources: news: zzz is no field here, expected one of: name,",
        ),
        (f"{SOURCE}    kind: page", "sources: news: url is missing"),
        (f"{SOURCE}    url: https://a.example", "sources: news: kind is missing"),
        (
            f"{SOURCE}    kind: rss\n    url: https://a.example",
            "sources: news: kind is 'rss', expected one of: page, index, feed",
        ),
        (
            f"{SOURCE}    kind: page\n    url: ftp://a.example",
            "sources: news: url is 'ftp://a.example', expected an address",
        ),
        (f"{SOURCE}    kind: page\n    url: 7", "sources: news: url is 7, expected a text"),
        (f"{SOURCE}    kind: index\n    url: https://a.example", "sources: news: follow is missing: an index needs"),
        (
            f"{SOURCE}    kind: page\n    url: https://a.example\n    follow: x",
            "sources: news: follow is only for the kind index",
        ),
        (
            f"{SOURCE}    kind: index\n    url: https://a.example\n    follow: [1]",
            "sources: news: follow is [1], expected",
        ),
        (
            f"{SOURCE}    kind: page\n    url: https://a.example\n    most: 0",
            "sources: news: most is 0, expected a number from 1",
        ),
        (
            f"{SOURCE}    kind: page\n    url: https://a.example\n    most: yes",
            "sources: news: most is True, expected a number",
        ),
        (
            f"{SOURCE}    kind: page\n    url: https://a.example\n    allow_private: 'no'",
            "sources: news: allow_private is 'no', expected true",
        ),
        ("sources:\n  - kind: page", "sources: entry 1: name is missing"),
        ("sources:\n  - page", "sources entry 1 must have fields"),
        ("sources: {name: x}", "sources must be a list"),
        ("saved:\n  - name: a\n  - name: a", "saved: a: name is given to two entries"),
        ("saved:\n  - name: a\n    recipient: NO", "saved: a: recipient is False, expected a text (quote it"),
        ("saved:\n  - name: a\n    recipient: [x]", "saved: a: recipient is ['x'], expected a text"),
        ("saved:\n  - name: a\n    since: 2031-04-02 10:00:00", "saved: a: since is datetime"),
        ("delay: -1", "delay is -1, expected a number from 0 to 3600"),
        ("delay: .nan", "delay is nan, expected a number"),
        ("contact: 'a\\\n  b\u00fc'", "contact must be one line of plain letters"),
        ("limits: 5", "limits is 5, expected fields of its own"),
        ("limits: {quiet: 5}", "limits: quiet is no field here"),
        ("proxy: 1", "proxy is 1, expected true or false"),
        ("archive: 5", "archive is 5, expected a text"),
        ("sauces: []", "sauces is no field here; did you mean sources?"),
        ("delay: 1\ndelay: 2", "is no YAML: line 2: 'delay' stands twice"),
        ("sources: [", "is no YAML: line 1"),
        ("a: !!python/object/apply:os.system [x]", "is no YAML"),
        ("- a", "is no config of a watch"),
        ("", "is no config of a watch"),
    ],
)
def test_errors_name_the_entry_and_the_field(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        plan(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'watch.yml'}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such config file"):
        read_plan(str(tmp_path / "nothing.yml"))
    with pytest.raises(NotReadable):
        read_plan(str(tmp_path))
    with pytest.raises(NotReadable, match="is no YAML"):
        plan(tmp_path, b"a: \xff")
    with pytest.raises(NotReadable, match="which no config file needs"):
        plan(tmp_path, b"#" * 1_000_001)


def test_the_example_is_a_plan() -> None:
    example = Path(__file__).resolve().parents[2] / "examples" / "watch.yml"
    found = read_plan(str(example))
    assert {source.kind for source in found.sources} == {SourceKind.REGISTER, SourceKind.INDEX}
    assert all(source.url.startswith("https://") and not source.private for source in found.sources)
    assert found.saved
