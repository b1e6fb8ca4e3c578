"""Addresses visited as a good guest does: one request at a time, with pauses, by the rules of each host.

Every answer goes into the archive before anything is made of it. A host that refuses again and again is left alone for
the rest of the round, and one that says when it wants to be asked again is left alone until then.
"""

from __future__ import annotations

import hashlib
import string
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

from armsledger.errors import NotFetched
from armsledger.model import Fetched
from armsledger.sources.archive import Archive, Clock, Kept, told_time
from armsledger.sources.entries import address
from armsledger.sources.fetch import USER_AGENT, Answer, PrivateAddress, Reach, ask, body_of, not_seen, place, reason
from armsledger.sources.memory import Memory, Page
from armsledger.sources.plan import Manners
from armsledger.sources.robots import LARGEST, NO_RULES, Robots, read_robots

_REDIRECTS = {301, 302, 303, 307, 308}
_GONE = {404, 410}  # what is said of one page, not of us
_LATER = {429, 503}
_PATIENCE = 3  # failures in a row after which a host is left alone
_LONGEST_WAIT = timedelta(days=7)
_LONGEST_TAG = 500


@dataclass(frozen=True, slots=True)
class Visit:
    """An address that was seen. ``body`` is None where the server says that nothing has changed; ``unchanged`` also
    where the same bytes came again. ``page`` is what is to be remembered of it, once it has been read.
    """

    url: str
    final: str
    page: Page
    body: bytes | None
    unchanged: bool
    media_type: str | None = None
    charset: str | None = None

    def fetched(self) -> Fetched:
        """The bytes with where they were got."""
        return Fetched(
            self.url, body=self.body or b"", url=self.final, media_type=self.media_type, charset=self.charset
        )


class Visitor:
    """Visits addresses in one round. ``clock`` tells the time of the archive; ``pause`` and ``ticks`` pass it."""

    def __init__(
        self,
        manners: Manners,
        archive: Archive,
        memory: Memory,
        clock: Clock,
        pause: Callable[[float], None] = time.sleep,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._manners = manners
        self._archive = archive
        self._memory = memory
        self._clock = clock
        self._pause = pause
        self._ticks = ticks
        self._agent = f"{USER_AGENT[:-1]}; {manners.contact})" if manners.contact else USER_AGENT
        self._robots: dict[str, Robots] = {}
        self._last: dict[str, float] = {}
        self._failures: Counter[str] = Counter()
        self._closed: dict[str, str] = {}
        self.requests = 0
        memory.later = {host: until for host, until in memory.later.items() if until > self.now()}

    def now(self) -> str:
        """The time in UTC, as it is written."""
        return told_time(self._clock())

    def closed(self, url: str) -> str | None:
        """Why the host of an address is not asked any more in this round; None where it may be."""
        host = place(url)
        if (later := self._memory.later.get(host, "")) > self.now():
            return f"its host asked not to be asked again before {later}"
        return self._closed.get(host)

    def visit(self, url: str, private: frozenset[str] = frozenset(), *, anew: bool = False) -> Visit:
        """What stands at an address. Raises ``NotFetched`` where it could not be seen.

        The server is told what we have, so that it need not send it again, unless it is to be got ``anew``.
        """
        reach = Reach(private, self._manners.proxy)
        before = self._memory.pages.get(url)
        hop = url
        for _ in range(self._manners.limits.redirects + 1):
            self._permitted(url, hop, reach)
            known = before if before is not None and hop == (before.final or url) else None
            try:
                answer, kept = self._ask(hop, reach, known, conditional=not anew)
            except NotFetched as error:
                raise _about(url, error) from error
            if answer.status not in _REDIRECTS:
                return self._visit(url, answer, kept, known)
            goal = _goal(answer)
            if goal is None:
                break
            hop = goal
        raise _about(url, not_seen(answer))

    def _visit(self, url: str, answer: Answer, kept: Kept, known: Page | None) -> Visit:
        if answer.status == 304 and known is not None:
            return Visit(url, answer.url, known, None, unchanged=True)
        if answer.status not in {200, 203}:
            raise _about(url, not_seen(answer))
        try:
            body = body_of(answer, self._manners.limits)
        except NotFetched as error:
            raise _about(url, error) from error
        digest = _digest(answer)
        page = Page(
            digest=digest,
            file=kept.file,
            time=kept.time,
            final=None if answer.url == url else answer.url,
            tag=_sent_back(answer.header("ETag")),
            modified=_sent_back(answer.header("Last-Modified")),
        )
        unchanged = known is not None and known.digest == digest
        if known is not None and unchanged:
            page = replace(page, file=known.file, time=known.time, documents=known.documents)
        said = Message()
        said["Content-Type"] = answer.header("Content-Type")
        media_type = said.get_content_type() if answer.header("Content-Type") else None
        return Visit(url, answer.url, page, body, unchanged, media_type, said.get_content_charset())

    # -- one request

    def _ask(
        self, url: str, reach: Reach, known: Page | None, *, conditional: bool = False, judged: bool = True
    ) -> tuple[Answer, Kept]:
        """One request, its answer in the archive: only its head where the same body is there already.

        Counts what speaks against asking the host again, unless the answer is not to be ``judged``.
        """
        host = place(url)
        self._wait(host)
        headers = {"User-Agent": self._agent}
        if known is not None and conditional:
            headers |= {"If-None-Match": known.tag} if known.tag else {}
            headers |= {"If-Modified-Since": known.modified} if known.modified else {}
        self.requests += 1
        try:
            answer = ask(url, self._manners.limits, reach, headers)
        except NotFetched as error:
            self._failed(host, error)
            raise
        finally:
            self._last[host] = self._ticks()
        same = known is not None and (
            answer.status == 304 or (answer.status == 200 and known.digest == _digest(answer))
        )
        kept = self._archive.keep(answer, Kept(known.file, known.time) if known is not None and same else None)
        if judged:
            self._judge(host, answer)
        return answer, kept

    def _wait(self, host: str) -> None:
        delay = max(self._manners.delay_s, self._robots.get(host, NO_RULES).delay_s)
        if host in self._last and (left := self._last[host] + delay - self._ticks()) > 0:
            self._pause(left)

    def _judge(self, host: str, answer: Answer) -> None:
        if answer.status < 400 or answer.status in _GONE:
            self._failures[host] = 0
            return
        self._failed(host, not_seen(answer))
        if answer.status in _LATER:
            self._closed[host] = f"its host answered {answer.status}, which asks for patience"
            if wait := _wait_told(answer.header("Retry-After"), self._clock()):
                self._memory.later[host] = told_time(self._clock() + wait)

    def _failed(self, host: str, error: NotFetched) -> None:
        self._failures[host] += 1
        if self._failures[host] >= _PATIENCE:
            why = reason(NotFetched(error.source, error.problem))
            self._closed.setdefault(host, f"its host refused or failed {_PATIENCE} times in a row: {why}")

    # -- the rules of a host

    def _permitted(self, url: str, hop: str, reach: Reach) -> None:
        """Raises ``NotFetched`` where the host of an address is not to be asked for it."""
        if why := self.closed(hop):
            raise NotFetched(url, f"was not asked for: {why}", "try again later")
        host = place(hop)
        if host not in self._robots:
            try:
                self._robots[host] = self._rules(hop, reach)
            except NotFetched as error:
                if isinstance(error, PrivateAddress) and place(error.source) == host:
                    raise _about(url, NotFetched(hop, error.problem, error.advice)) from error
                why = reason(NotFetched(error.source, error.problem))
                self._closed[host] = f"the robots.txt of its host could not be seen, which says what may be read: {why}"
                raise NotFetched(url, f"was not asked for: {self._closed[host]}", "try again later") from error
        if not self._robots[host].allow(hop):
            raise NotFetched(
                url, f"could not be seen: the robots.txt of {urlsplit(hop).hostname} asks programs not to read it"
            )

    def _rules(self, url: str, reach: Reach) -> Robots:
        """The rules of a host. Where it has none it allows all; where they could not be seen, raises ``NotFetched``."""
        hop = urljoin(url, "/robots.txt")
        for _ in range(self._manners.limits.redirects + 1):
            answer, kept = self._ask(hop, reach, self._memory.pages.get(hop), judged=False)
            if answer.status in _REDIRECTS and (goal := _goal(answer)):
                hop = goal
                continue
            if answer.status == 200:
                before = self._memory.pages.get(hop)
                if before is None or before.digest != _digest(answer):
                    self._memory.pages[hop] = Page(_digest(answer), kept.file, kept.time)
                return read_robots(body_of(answer, self._manners.limits)[:LARGEST].decode("utf-8", "replace"))
            if answer.status >= 500 or answer.status == 429:
                raise not_seen(answer)
            break
        return NO_RULES


def _digest(answer: Answer) -> str:
    return hashlib.sha256(answer.wire).hexdigest()


def _goal(answer: Answer) -> str | None:
    """Where a redirect leads, None where it leads to no http address."""
    # Servers send the bytes of other letters as they are, and headers are read as Latin-1.
    said = quote(answer.header("Location"), safe=string.punctuation, encoding="latin-1")
    return address(said, answer.url) if said else None


def _about(url: str, error: NotFetched) -> NotFetched:
    """The same error about the address that was asked for, with the one that redirects led to."""
    led = "" if error.source == url else f" (at {error.source}, where it redirects to)"
    return NotFetched(url, f"{error.problem}{led}", error.advice)


def _sent_back(said: str) -> str:
    """What a server asks to be sent back; nothing where it is no plain word."""
    return said if said.isascii() and said.isprintable() and len(said) <= _LONGEST_TAG else ""


def _wait_told(said: str, now: datetime) -> timedelta | None:
    """How long a server asks to be left alone, at most a week; None where it does not say."""
    said = said.strip()
    try:
        if said.isdecimal() and said.isascii():
            wait = timedelta(seconds=min(int(said), _LONGEST_WAIT.total_seconds()))
        else:
            until = parsedate_to_datetime(said)
            wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(wait, _LONGEST_WAIT) if wait > timedelta(0) else None
