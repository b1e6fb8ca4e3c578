"""The evidence: every answer of a round of watching as it came, in one WARC file a round, with hash and time.

Records are packed one by one and written whole. A file is never written to again after its round, so that a round that
was cut off can spoil nothing but its own last record.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from armsledger.sources.fetch import Answer

Clock = Callable[[], datetime]

ENDING = ".warc.gz"
_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
_MOST_FILES = 1_000  # that begin in the same second


@dataclass(frozen=True, slots=True)
class Kept:
    """Where and when an answer was kept: the archive's file name, and the time of the fetch in UTC."""

    file: str
    time: str


def told_time(moment: datetime) -> str:
    """A moment in UTC as archives write it: ``2026-11-22T06:15:01Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive:
    """The WARC file of one round, made when there is something to keep. Use as a context manager."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._file: BinaryIO | None = None
        self.name: str | None = None
        self.records = 0

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def keep(self, answer: Answer, same_as: Kept | None = None) -> Kept:
        """Writes an answer. ``same_as`` is where its body is kept already: then only its head is written.

        When this returns, the record is on the disk.
        """
        time = told_time(self._clock())
        file, name = self._opened(time)
        self.records += 1
        buffer = BytesIO()
        writer = _writer(buffer)
        writer.write_record(_record(writer, answer, time, f"{name}#{self.records}", same_as))
        self._write(file, buffer.getvalue())
        return Kept(name, time)

    def _opened(self, time: str) -> tuple[BinaryIO, str]:
        if self._file is None or self.name is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file, self.name = _new_file(self._folder, time.replace(":", ""))
            buffer = BytesIO()
            writer = _writer(buffer)
            writer.write_record(_information(writer, self.name, time))
            self._write(self._file, buffer.getvalue())
        return self._file, self.name

    @staticmethod
    def _write(file: BinaryIO, data: bytes) -> None:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _new_file(folder: Path, stem: str) -> tuple[BinaryIO, str]:
    for number in range(_MOST_FILES):
        name = f"{stem}{f'-{number + 1}' if number else ''}{ENDING}"
        try:
            return (folder / name).open("xb"), name
        except FileExistsError:
            continue
    raise FileExistsError(17, "is there already", str(folder / f"{stem}{ENDING}"))


def _writer(buffer: BytesIO) -> Any:
    from warcio.warcwriter import WARCWriter

    return WARCWriter(buffer, gzip=True, warc_version="1.1")


def _record(writer: Any, answer: Answer, time: str, number: str, same_as: Kept | None) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    unchanged = answer.status == 304
    about = {
        "WARC-Record-ID": _record_id(number, answer.url, time),
        "WARC-Date": time,
        "WARC-Payload-Digest": f"sha256:{hashlib.sha256(answer.wire).hexdigest()}",
    }
    if answer.peer:
        about["WARC-IP-Address"] = answer.peer
    if same_as is not None:
        about["WARC-Profile"] = _PROFILES + ("server-not-modified" if unchanged else "identical-payload-digest")
        about["WARC-Refers-To-Target-URI"] = answer.url
        about["WARC-Refers-To-Date"] = same_as.time
    if unchanged:
        del about["WARC-Payload-Digest"]  # that of an answer without a body would say nothing
    head = StatusAndHeaders(f"{answer.status} {answer.reason}".strip(), list(_headers(answer)), protocol="HTTP/1.1")
    body = b"" if same_as is not None else answer.wire
    return writer.create_warc_record(
        answer.url,
        "response" if same_as is None else "revisit",
        payload=BytesIO(body),
        length=len(body),
        warc_headers_dict=about,
        http_headers=head,
    )


def _headers(answer: Answer) -> list[tuple[str, str]]:
    """The headers as they came, but for how the body was cut into pieces on its way: it is kept in one piece."""
    return [
        ("X-Crawler-Transfer-Encoding" if name.lower() == "transfer-encoding" else name, value)
        for name, value in answer.headers
    ]


def _information(writer: Any, name: str, time: str) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    from armsledger import __version__

    head = StatusAndHeaders(
        "",
        [
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", _record_id(name, "", time)),
            ("WARC-Filename", name),
            ("WARC-Date", time),
        ],
        protocol="WARC/1.1",
    )
    told = f"software: armsledger/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    return writer.create_warc_record("", "warcinfo", warc_headers=head, payload=BytesIO(told), length=len(told))


def _record_id(number: str, url: str, time: str) -> str:
    """The same for the same record, so that the same round writes the same bytes."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{number} {time} {url}')}>"
