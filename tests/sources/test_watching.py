"""Looking at sources on a real server: politely, only for what has changed, and never silent about what was not seen."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from armsledger.sources import Limits
from armsledger.sources.archive import Archive
from armsledger.sources.fetch import USER_AGENT
from armsledger.sources.memory import Memory
from armsledger.sources.plan import Manners, Source, SourceKind
from armsledger.sources.visits import Visitor
from armsledger.sources.watching import Left, ListSeen, Missed, Sight, look

from .server import Site, serving

Met = ListSeen | Sight | Missed | Left


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "*")
    with serving() as held:
        yield held


@dataclass
class Desk:
    """Somebody who watches: what is remembered, what time it is, how long was paused."""

    folder: Path
    manners: Manners = field(default_factory=lambda: Manners(delay_s=0))
    time: datetime = datetime(2031, 4, 2, 6, 0, 0, tzinfo=UTC)
    paused: list[float] = field(default_factory=list)
    ticks: float = 0.0

    def pause(self, seconds: float) -> None:
        """Time passes for nobody but us."""
        self.paused.append(seconds)
        self.ticks += seconds

    def round(self, *sources: Source, note: bool = True) -> list[Met]:
        """One round a day later than the last; pages are noted as read unless ``note`` is false."""
        self.time += timedelta(days=1)
        met: list[Met] = []
        memory = Memory.load(self.folder)
        with Archive(self.folder, lambda: self.time) as archive:
            visitor = Visitor(self.manners, archive, memory, lambda: self.time, self.pause, lambda: self.ticks)
            for source in sources:
                for one in look(source, visitor, memory):
                    met.append(one)
                    if note and isinstance(one, Sight):
                        memory.pages[one.entry.url] = replace(one.visit.page, documents=["d"])
        memory.save()
        return met

    def kept(self) -> list[tuple[str, str]]:
        """Type and status of all records in the archive, in the order of the rounds."""
        found = []
        for path in sorted(self.folder.glob("*.warc.gz")):
            with path.open("rb") as file:
                records = [one for one in ArchiveIterator(file) if one.rec_type != "warcinfo"]
                found += [(one.rec_type, one.http_headers.get_statuscode()) for one in records]
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def page(site: Site, path: str = "/page", **more: object) -> Source:
    return Source("page", SourceKind.PAGE, site.url + path, private=True, **more)  # type: ignore[arg-type]


def feed(site: Site, **more: object) -> Source:
    return Source("feed", SourceKind.FEED, f"{site.url}/feed", private=True, **more)  # type: ignore[arg-type]


def put_feed(site: Site, *paths: str, tag: str = "") -> None:
    items = "".join(
        f"<item><title>{p}</title><link>{p}</link><pubDate>Wed, 02 Apr 2031 06:00:00 GMT</pubDate></item>"
        for p in paths
    )
    site.put("/feed", f"<rss><channel>{items}</channel></rss>", tag=tag, Content_Type="application/rss+xml")


def put_pages(site: Site, *paths: str) -> None:
    for path in paths:
        site.put(path, f"<p>page {path}</p>")


def seen(met: list[Met]) -> list[str]:
    """The paths of the pages that were seen, an equals sign behind those that have not changed."""
    pages = [one for one in met if isinstance(one, Sight)]
    return [
        "/" + one.entry.url.partition("//")[2].partition("/")[2] + ("=" if one.visit.unchanged else "") for one in pages
    ]


def missed(met: list[Met]) -> list[Missed]:
    return [one for one in met if isinstance(one, Missed)]


def left(met: list[Met]) -> list[Left]:
    return [one for one in met if isinstance(one, Left)]


def why(met: list[Met]) -> str:
    """Why the only thing that was missed was missed."""
    (one,) = missed(met)
    return one.absence.why


# -- one page ---------------------------------------------------------------------------------------------


def test_a_page_is_seen_with_its_bytes_and_where_they_were_got(site: Site, desk: Desk) -> None:
    site.put("/page", gzip.compress(b"<p>words</p>", mtime=0), Content_Encoding="gzip")
    (sight,) = desk.round(page(site))
    assert isinstance(sight, Sight)
    fetched = sight.visit.fetched()
    assert (fetched.body, fetched.url, fetched.name) == (b"<p>words</p>", f"{site.url}/page", f"{site.url}/page")
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")


def test_what_has_not_changed_is_not_sent_again(site: Site, desk: Desk) -> None:
    site.put("/page", "words", tag='"1"', Last_Modified="Wed, 02 Apr 2031 06:00:00 GMT")
    assert seen(desk.round(page(site))) == ["/page"]
    assert seen(desk.round(page(site))) == ["/page="]
    (asked,) = [one for one in site.asked[2:] if one.path == "/page"]
    assert asked.headers["If-None-Match"] == '"1"'
    assert asked.headers["If-Modified-Since"] == "Wed, 02 Apr 2031 06:00:00 GMT"
    site.put("/page", "other words", tag='"2"')
    assert seen(desk.round(page(site))) == ["/page"]
    assert [status for _, status in desk.kept() if status != "404"] == ["200", "304", "200"]


def test_where_a_server_knows_no_tags_the_same_bytes_tell(site: Site, desk: Desk) -> None:
    site.put("/page", "words")
    assert seen([*desk.round(page(site)), *desk.round(page(site))]) == ["/page", "/page="]
    assert [kind for kind, status in desk.kept() if status == "200"] == ["response", "revisit"]


def test_a_page_that_was_not_read_to_the_end_is_got_again(site: Site, desk: Desk) -> None:
    site.put("/page", "words", tag='"1"')
    assert seen(desk.round(page(site), note=False)) == ["/page"]
    assert seen(desk.round(page(site))) == ["/page"]


def test_every_answer_is_in_the_archive_refusals_and_redirects_too(site: Site, desk: Desk) -> None:
    site.redirect("/page", "/there")
    site.refuse("/there", 403)
    desk.round(page(site))
    assert site.paths() == ["/robots.txt", "/page", "/there"]
    assert desk.kept() == [("response", "404"), ("response", "302"), ("response", "403")]


def test_a_tag_that_is_no_plain_word_is_not_sent_back(site: Site, desk: Desk) -> None:
    site.put("/page", "words", ETag='"' + "x" * 600 + '"')
    desk.round(page(site))
    desk.round(page(site))
    assert "If-None-Match" not in site.asked[-1].headers


# -- what could not be seen -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (403, "the server answered 403 Forbidden"),
        (404, "the server answered 404 Not Found"),
        (429, "the server answered 429 Too Many Requests"),
        (500, "the server answered 500 Internal Server Error"),
        (204, "the server answered 204 No Content"),
        (304, "the server answered 304"),
    ],
)
def test_a_refusal_is_something_that_could_not_be_seen(status: int, said: str, site: Site, desk: Desk) -> None:
    site.refuse("/page", status)
    met = desk.round(page(site))
    assert said in why(met)
    assert missed(met)[0].listing
    assert seen(met) == []


def test_since_when_and_how_often_is_remembered_until_it_is_seen_again(site: Site, desk: Desk) -> None:
    site.refuse("/page", 403)
    absences = [missed(desk.round(page(site)))[0].absence for _ in range(3)]
    assert [(one.since, one.times) for one in absences] == [("2031-04-03T06:00:00Z", n) for n in (1, 2, 3)]
    site.put("/page", "words")
    assert seen(desk.round(page(site))) == ["/page"]
    site.refuse("/page", 403)
    (again,) = missed(desk.round(page(site)))
    assert (again.absence.since, again.absence.times) == ("2031-04-07T06:00:00Z", 1)


def test_a_server_that_stalls_is_told(site: Site, desk: Desk) -> None:
    desk.manners = Manners(delay_s=0, limits=Limits(silence_s=0.2))
    site.stall("/page")
    assert why(desk.round(page(site))) == "was silent for 0.2 seconds (try again later)"


def test_a_server_that_lies_about_the_length_is_told(site: Site, desk: Desk) -> None:
    site.lie("/page", "words", says=500)
    assert "was cut short: 495 bytes are missing" in why(desk.round(page(site)))


def test_what_unpacks_to_too_much_is_told(site: Site, desk: Desk) -> None:
    desk.manners = Manners(delay_s=0, limits=Limits(unpacked_bytes=1000))
    site.put("/page", gzip.compress(bytes(5000), mtime=0), Content_Encoding="gzip")
    assert "unpacks to more than 1,000 bytes" in why(desk.round(page(site)))


def test_a_host_that_refuses_three_times_in_a_row_is_left_alone(site: Site, desk: Desk) -> None:
    paths = [f"/{n}" for n in range(6)]
    put_feed(site, *paths)
    for path in paths:
        site.refuse(path, 403)
    met = desk.round(feed(site))
    assert len(missed(met)) == 3
    (rest,) = left(met)
    assert (rest.count, rest.refused) == (3, True)
    assert rest.why == "its host refused or failed 3 times in a row: the server answered 403 Forbidden"
    assert site.paths() == ["/robots.txt", "/feed", "/0", "/1", "/2"]


def test_pages_that_are_refused_do_not_keep_us_from_looking_at_the_others_again(site: Site, desk: Desk) -> None:
    put_feed(site, *(f"/{n}" for n in range(7)))
    put_pages(site, "/0", "/1")
    for n in range(2, 7):
        site.refuse(f"/{n}", 403)
    desk.round(feed(site))
    put_feed(site, *(f"/{n}" for n in range(8)))
    put_pages(site, "/7")
    assert seen(desk.round(feed(site))) == ["/7", "/0=", "/1="]


def test_pages_that_are_gone_say_nothing_against_their_host(site: Site, desk: Desk) -> None:
    put_feed(site, *(f"/{n}" for n in range(6)))
    put_pages(site, "/5")
    met = desk.round(feed(site))
    assert (len(missed(met)), seen(met), left(met)) == (5, ["/5"], [])


def test_a_server_that_asks_for_patience_gets_it(site: Site, desk: Desk) -> None:
    put_feed(site, "/0", "/1")
    site.refuse("/0", 429, Retry_After=str(36 * 3600))
    put_pages(site, "/1")
    met = desk.round(feed(site))
    assert seen(met) == []
    assert "asked not to be asked again before 2031-04-04T18:00:00Z" in left(met)[0].why
    site.paths()
    assert "was not asked for: its host asked not to be asked again before 2031-04-04T18:00:00Z" in why(
        desk.round(feed(site))
    )
    assert site.paths() == []
    put_pages(site, "/0")
    assert seen(desk.round(feed(site))) == ["/1", "/0"]  # what failed before comes last


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("Thu, 03 Apr 2031 18:00:00 GMT", "2031-04-03T18:00:00Z"),
        ("99999999999", "2031-04-10T06:00:00Z"),  # a week at most
        ("soon", None),
        ("-5", None),
        ("Wed, 02 Apr 2031 06:00:00 GMT", None),  # is past
    ],
)
def test_how_long_a_server_asks_to_be_left_alone(said: str, until: str | None, site: Site, desk: Desk) -> None:
    site.refuse("/page", 503, Retry_After=said)
    desk.round(page(site))
    assert Memory.load(desk.folder).later.get(site.url.removeprefix("http://")) == until


# -- robots.txt -------------------------------------------------------------------------------------------


def test_what_robots_txt_forbids_is_not_asked_for_and_told(site: Site, desk: Desk) -> None:
    put_feed(site, "/open", "/closed/1")
    put_pages(site, "/open", "/closed/1")
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed")
    met = desk.round(feed(site))
    assert seen(met) == ["/open"]
    assert "could not be seen: the robots.txt of 127.0.0.1 asks programs not to read it" in why(met)
    assert site.paths() == ["/robots.txt", "/feed", "/open"]


def test_robots_txt_is_asked_for_once_a_round(site: Site, desk: Desk) -> None:
    put_pages(site, "/a", "/b")
    desk.round(page(site, "/a"), replace(page(site, "/b"), name="other"))
    assert site.paths() == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_rules_allows_all(status: int, site: Site, desk: Desk) -> None:
    site.refuse("/robots.txt", status)
    put_pages(site, "/page")
    assert seen(desk.round(page(site))) == ["/page"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_where_the_rules_cannot_be_seen_nothing_is_asked_for(status: int, site: Site, desk: Desk) -> None:
    site.refuse("/robots.txt", status)
    put_pages(site, "/page")
    assert "the robots.txt of its host could not be seen, which says what may be read" in why(desk.round(page(site)))
    assert site.paths() == ["/robots.txt"]


def test_a_robots_txt_that_stalls_is_one_that_cannot_be_seen(site: Site, desk: Desk) -> None:
    desk.manners = Manners(delay_s=0, limits=Limits(silence_s=0.2))
    site.stall("/robots.txt")
    assert "the robots.txt of its host could not be seen" in why(desk.round(page(site)))


def test_rules_that_stand_elsewhere_are_followed(site: Site, desk: Desk) -> None:
    site.redirect("/robots.txt", "/rules")
    site.put("/rules", "User-agent: armsledger\nDisallow: /page")
    assert "asks programs not to read it" in why(desk.round(page(site)))


def test_we_say_who_we_are_and_whom_to_write_to(site: Site, desk: Desk) -> None:
    desk.manners = Manners(delay_s=0, contact="desk@news.example")
    put_pages(site, "/page")
    desk.round(page(site))
    assert {one.headers["User-Agent"] for one in site.asked} == {f"{USER_AGENT[:-1]}; desk@news.example)"}


def test_requests_to_one_host_are_apart(site: Site, desk: Desk) -> None:
    desk.manners = Manners(delay_s=5)
    put_feed(site, "/a", "/b")
    put_pages(site, "/a", "/b")
    desk.round(feed(site))
    assert desk.paused == [5, 5, 5]


def test_a_host_that_wants_longer_pauses_gets_them(site: Site, desk: Desk) -> None:
    desk.manners = Manners(delay_s=5)
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 20")
    put_pages(site, "/page")
    desk.round(page(site))
    assert desk.paused == [20]


# -- redirects, and where nobody can lead us --------------------------------------------------------------


def test_a_page_that_moved_is_read_where_it_is(site: Site, desk: Desk) -> None:
    site.redirect("/page", "/there")
    site.put("/there", "words", tag='"1"')
    (sight,) = desk.round(page(site))
    assert isinstance(sight, Sight)
    assert (sight.visit.fetched().url, sight.entry.url) == (f"{site.url}/there", f"{site.url}/page")
    assert seen(desk.round(page(site))) == ["/page="]


def test_redirects_without_end_end(site: Site, desk: Desk) -> None:
    site.redirect("/page", "/page")
    assert "redirects without end" in why(desk.round(page(site)))
    assert len(site.paths()) < 12


@pytest.mark.parametrize("goal", ["file:///etc/passwd", "ftp://a.example/x", "data:text/html,x"])
def test_redirects_lead_to_http_addresses_only(goal: str, site: Site, desk: Desk) -> None:
    site.redirect("/page", goal)
    assert "redirects to" in why(desk.round(page(site)))


@pytest.fixture
def inner() -> Iterator[Site]:
    """Another server on this machine, which nobody has allowed."""
    with serving() as held:
        held.put("/secret", "<p>secret</p>")
        yield held


def test_a_redirect_to_a_private_address_is_not_followed(site: Site, inner: Site, desk: Desk) -> None:
    site.redirect("/page", f"{inner.url}/secret")
    assert "private network" in why(desk.round(page(site)))
    assert inner.paths() == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
def test_a_feed_cannot_lead_to_a_private_address(host: str, site: Site, inner: Site, desk: Desk) -> None:
    put_feed(site, f"http://{host}:{inner.url.rpartition(':')[2]}/secret", "/fine")
    put_pages(site, "/fine")
    met = desk.round(feed(site))
    assert seen(met) == ["/fine"]
    assert "private network" in why(met) or "no server of that name" in why(met)
    assert inner.paths() == []


def test_a_feed_cannot_allow_itself_anything(site: Site, desk: Desk) -> None:
    """Only the config file allows a private address, and only that of its own source."""
    met = desk.round(replace(feed(site), private=False))
    assert "private network" in why(met)
    assert site.paths() == []


def test_rules_that_redirect_to_a_private_address_are_not_followed(site: Site, inner: Site, desk: Desk) -> None:
    site.redirect("/robots.txt", f"{inner.url}/secret")
    assert "the robots.txt of its host could not be seen" in why(desk.round(page(site)))
    assert inner.paths() == []


# -- lists ------------------------------------------------------------------------------------------------


def test_the_entries_of_a_feed_are_followed_and_known_ones_looked_at_again(site: Site, desk: Desk) -> None:
    put_feed(site, "/a", "/b")
    put_pages(site, "/a", "/b", "/c")
    assert seen(desk.round(feed(site))) == ["/a", "/b"]
    put_feed(site, "/c", "/a", "/b")
    site.put("/b", "<p>edited</p>")
    met = desk.round(feed(site))
    assert met[0] == ListSeen(entries=3, new=1)
    assert seen(met) == ["/c", "/a=", "/b"]


def test_of_known_pages_only_so_many_are_looked_at_again(site: Site, desk: Desk) -> None:
    put_feed(site, "/a", "/b", "/c")
    put_pages(site, "/a", "/b", "/c")
    source = feed(site, recheck=1)
    assert seen(desk.round(source)) == ["/a", "/b", "/c"]
    assert seen(desk.round(source)) == ["/a="]


def test_a_list_that_has_not_changed_is_remembered(site: Site, desk: Desk) -> None:
    put_feed(site, "/a", tag='"1"')
    put_pages(site, "/a")
    desk.round(feed(site))
    met = desk.round(feed(site))
    assert (met[0], seen(met)) == (ListSeen(entries=1, new=0), ["/a="])
    assert ("revisit", "304") in desk.kept()


def test_of_many_new_pages_the_next_round_goes_on(site: Site, desk: Desk) -> None:
    put_feed(site, "/a", "/b", "/c", tag='"1"')
    put_pages(site, "/a", "/b", "/c")
    source = feed(site, most=2, recheck=0)
    met = desk.round(source)
    assert (seen(met), left(met)) == (
        ["/a", "/b"],
        [Left(1, "more than 2 are new; the next round goes on", refused=False)],
    )
    assert seen(desk.round(source)) == ["/c"]


def test_a_feed_of_ten_thousand_entries_is_cut_and_says_so(site: Site, desk: Desk) -> None:
    put_feed(site, *(f"/{n}" for n in range(10_000)))
    put_pages(site, "/0")
    met = desk.round(feed(site, most=1))
    assert met[0] == ListSeen(entries=1000, new=1000, beyond=9000)
    assert left(met)[-1].count == 999


def test_an_entry_that_leaves_the_list_before_it_was_seen_is_not_forgotten(site: Site, desk: Desk) -> None:
    put_feed(site, "/a")
    site.refuse("/a", 500)
    desk.round(feed(site))
    put_feed(site, "/b")
    put_pages(site, "/b")
    met = desk.round(feed(site))
    assert (seen(met), [one.absence.times for one in missed(met)]) == (["/b"], [2])
    for times in (3, 4, 5):
        assert [one.absence.times for one in missed(desk.round(feed(site)))] == [times]
    assert missed(desk.round(feed(site))) == []  # and given up in the end


def test_a_list_that_cannot_be_seen_is_no_empty_list(site: Site, desk: Desk) -> None:
    put_feed(site, "/a")
    put_pages(site, "/a")
    desk.round(feed(site))
    site.refuse("/feed", 403)
    met = desk.round(feed(site))
    assert [type(one) for one in met] == [Missed]
    assert missed(met)[0].listing


def test_a_page_in_the_place_of_a_feed_is_told(site: Site, desk: Desk) -> None:
    site.put("/feed", "<html><body>Please enable scripts</body></html>")
    assert "is no feed that is read: its outermost element is 'html'" in why(desk.round(feed(site)))


def test_a_feed_that_breaks_off_gives_what_stands_before_the_break(site: Site, desk: Desk) -> None:
    site.put("/feed", "<rss><channel><item><link>/a</link></item><item><link>/b")
    put_pages(site, "/a")
    met = desk.round(feed(site))
    assert seen(met) == ["/a"]
    assert isinstance(met[0], ListSeen)
    assert "is no well-formed XML" in met[0].problem


def test_the_links_of_an_index_are_followed_one_level_deep(site: Site, desk: Desk) -> None:
    site.put("/list", '<a href="/news/1">One</a><a href="/about">About</a>')
    site.put("/news/1", '<a href="/news/2">Two</a>')
    source = Source("index", SourceKind.INDEX, f"{site.url}/list", (f"{site.url}/news/*",), private=True)
    assert seen(desk.round(source)) == ["/news/1"]
    site.put("/list", "<p>Access denied</p>")
    assert "has no link that fits `follow`" in why(desk.round(source))


def register(site: Site, numbers: list[int], more: str | None) -> str:
    results = [
        {"title": f"Notice {n}", "raw_text_url": f"{site.url}/text/{n}", "publication_date": "2031-04-02"}
        for n in numbers
    ]
    return json.dumps({"count": 4, "results": results, "next_page_url": more and site.url + more})


def test_lists_of_the_register_are_paged_until_all_is_known(site: Site, desk: Desk) -> None:
    site.put("/api", register(site, [4, 3], "/api?page=2"), Content_Type="application/json")
    site.put("/api?page=2", register(site, [2, 1], "/api?page=3"))
    site.put("/api?page=3", register(site, [], None))
    put_pages(site, *(f"/text/{n}" for n in range(6)))
    source = Source("register", SourceKind.REGISTER, f"{site.url}/api", recheck=0, private=True)
    assert seen(desk.round(source)) == ["/text/4", "/text/3", "/text/2", "/text/1"]
    site.paths()
    site.put("/api", register(site, [5, 4], "/api?page=2"))
    site.put("/api?page=2", register(site, [3, 2], "/api?page=3"))
    assert seen(desk.round(source)) == ["/text/5"]
    assert site.paths() == ["/robots.txt", "/api", "/api?page=2", "/text/5"]


def test_the_same_rounds_leave_the_same_archive_and_memory(site: Site, tmp_path: Path) -> None:
    put_feed(site, "/a", "/b")
    put_pages(site, "/a")
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        Desk(folder).round(feed(site))
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    dated = [name for name in one if name.endswith(".warc.gz")]
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name] and name not in dated] == []  # records hold servers' dates
