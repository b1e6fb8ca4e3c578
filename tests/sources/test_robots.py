"""What a robots.txt lets us read."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsledger.sources.robots import NO_RULES, read_robots
from armsledger.sources.wildcards import fits

HOST = "https://news.example"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/page", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/page", True),
        ("", "/page", True),
        ("User-agent: *\nDisallow: /private", "/private/page", False),
        ("User-agent: *\nDisallow: /private", "/public", True),
        ("User-agent: *\nDisallow: /private", "/Private", True),  # paths have capitals
        # The longest rule that fits decides, wherever it stands.
        ("User-agent: *\nDisallow: /news\nAllow: /news/press", "/news/press/1", True),
        ("User-agent: *\nAllow: /news/press\nDisallow: /news", "/news/other", False),
        ("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True),  # as long: the one that allows
        # Wildcards.
        ("User-agent: *\nDisallow: /*.pdf", "/files/notice.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/notice.pdf?print=1", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/notice.pdf", False),
        ("User-agent: *\nDisallow: /*?print=", "/page?print=1", False),
        ("User-agent: *\nDisallow: *", "/page", False),
        # Groups: ours first, else that for all; several for one are read together.
        ("User-agent: armsledger\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", True),
        ("User-agent: *\nDisallow: /b\n\nUser-agent: ArmsLedger/1.0\nDisallow: /a", "/a", False),
        ("User-agent: other\nUser-agent: armsledger\nDisallow: /a", "/a", False),
        ("User-agent: other\nDisallow: /a", "/a", True),
        ("User-agent: armsledger\nDisallow: /a\nUser-agent: armsledger\nDisallow: /b", "/a", False),
        ("User-agent: *\n\nDisallow: /a", "/a", False),  # an empty line ends no group
        # As they are found.
        ("\ufeffuser-AGENT :  * # all\n disallow : /a # not this", "/a", False),
        ("Disallow: /a\nUser-agent: *\nDisallow: /b", "/a", True),  # before any group
        ("User-agent: *\nSitemap: https://news.example/map\nNonsense\nDisallow: /a", "/a", False),
        ("<html><body>Not found</body></html>", "/a", True),
        ("User-agent: *\nDisallow: /%7Eme", "/~me/page", False),
        ("User-agent: *\nDisallow: /f\u00fcr", "/f%c3%bcr", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
    ],
)
def test_what_is_allowed(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(rules).allow(HOST + path) is allowed


def test_the_delay_that_a_host_asks_for() -> None:
    assert read_robots("User-agent: *\nCrawl-delay: 10\nDisallow: /a").delay_s == 10
    assert read_robots("User-agent: *\nCrawl-delay: 2.5").delay_s == 2.5
    assert read_robots("User-agent: *\nCrawl-delay: soon").delay_s == 0
    assert read_robots("User-agent: other\nCrawl-delay: 10").delay_s == 0
    assert read_robots("User-agent: *\nCrawl-delay: 999999").delay_s == 300
    assert NO_RULES.allow(HOST)


_paths = st.lists(st.sampled_from(["a", "b", "news", "press"]), max_size=4).map(lambda parts: "/" + "/".join(parts))


@given(forbidden=st.lists(_paths.filter(lambda p: p != "/"), max_size=5), asked=_paths)
def test_plain_prefixes_are_read_as_pythons_own_parser_reads_them(forbidden: list[str], asked: str) -> None:
    text = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in forbidden)
    other = RobotFileParser()
    other.parse(text.splitlines())
    assert read_robots(text).allow(HOST + asked) is other.can_fetch("armsledger", HOST + asked)


def test_a_long_file_of_wildcards_is_read_in_good_time() -> None:
    text = "User-agent: *\n" + ("Disallow: /" + "*a" * 900 + "b\n") * 200
    assert read_robots(text).allow(f"{HOST}/{'a' * 1900}")


@pytest.mark.parametrize(
    ("pattern", "text", "whole", "fit"),
    [
        ("/a", "/a", True, True),
        ("/a", "/ab", True, False),
        ("/a", "/ab", False, True),
        ("/a*", "/ab", True, True),
        ("*b", "/ab", True, True),
        ("*", "", True, True),
        ("a*a", "a", True, False),  # one letter cannot be both
        ("a*b*c", "a-b-b-c", True, True),
        ("a*b*c", "a-c-b", False, False),
        ("a.c", "abc", True, False),  # nothing but the star means anything
    ],
)
def test_wildcards(pattern: str, text: str, whole: bool, fit: bool) -> None:
    assert fits(pattern, text, whole=whole) is fit


@given(
    parts=st.lists(st.text(alphabet="ab/", max_size=3), min_size=1, max_size=4),
    gaps=st.lists(st.text("abc", max_size=3)),
)
def test_what_a_pattern_was_made_of_fits_it(parts: list[str], gaps: list[str]) -> None:
    gaps = (gaps + [""] * len(parts))[: len(parts) - 1]
    text = "".join(part + gap for part, gap in zip(parts, [*gaps, ""], strict=True))
    assert fits("*".join(parts), text)
