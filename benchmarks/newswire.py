"""News in the forms in which collections keep it, as documents: SGML of Reuters-21578, JSON Lines, CSV, RSS, Markdown.

Every document is made by the readers of armsledger itself; only what packs several of them into one file is undone
here. Nothing is fetched.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from armsledger.documents import read_documents
from armsledger.errors import InputError
from armsledger.model import Document, DocumentKind, Fetched

_STORY = re.compile(r'<REUTERS[^>]*NEWID="(\d+)">(.*?)</REUTERS>', re.DOTALL)
_PARTS = {
    name: re.compile(rf"<{name}[^>]*>(.*?)</{name}>", re.DOTALL) for name in ("TITLE", "BODY", "DATE", "TEXT", "item")
}
_FORMS = ("*.sgm.gz", "*.jsonl", "*.csv", "*.xml", "*.md", "*.txt")


def files_under(paths: Iterable[Path]) -> list[Path]:
    """The files of the known forms under some files and folders, sorted."""
    found: set[Path] = set()
    for path in paths:
        found.update([path] if path.is_file() else (one for form in _FORMS for one in path.rglob(form)))
    return sorted(one for one in found if one.name.lower() not in {"readme.md", "upstream-readme.txt"})


def documents_of(path: Path) -> Iterator[Document]:
    """The documents of one file; what cannot be read is left out."""
    if path.name.endswith((".sgm.gz", ".sgm")):
        parts = _reuters(path)
    elif path.suffix == ".jsonl":
        parts = _rows(path, (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()))
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            parts = _rows(path, list(csv.DictReader(stream)))
    elif path.suffix == ".xml":
        parts = _feed(path)
    else:
        parts = iter([Fetched(str(path), path=path, kind=DocumentKind.NEWS)])
    for part in parts:
        yield from (one for one in read_documents(part) if not isinstance(one, InputError))


def _piece(name: str, text: str, title: str | None = None, published: str | None = None) -> Fetched:
    body = text.replace("\0", " ").encode("utf-8", "replace")
    return Fetched(name, body=body, title=title, published=published, kind=DocumentKind.NEWS, media_type="text/plain")


def _reuters(path: Path) -> Iterator[Fetched]:
    raw = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode("latin-1")
    for story in _STORY.finditer(raw):
        told = {name: _bare(found[1]) for name, kind in _PARTS.items() if (found := kind.search(story[2]))}
        if text := told.get("BODY") or told.get("TEXT"):
            yield _piece(f"{path.name}#{story[1]}", text, told.get("TITLE"))


def _rows(path: Path, rows: Iterable[dict[str, str]]) -> Iterator[Fetched]:
    for number, row in enumerate(rows):
        if text := (row.get("text") or row.get("summary") or ""):
            name = str(row.get("doc") or f"{path.name}#{row.get('id') or number}")
            title = row.get("title")
            yield _piece(name, f"{title}\n\n{text}" if title else text, title, row.get("pub") or row.get("published"))


def _feed(path: Path) -> Iterator[Fetched]:
    for number, item in enumerate(_PARTS["item"].finditer(path.read_text("utf-8", "replace"))):
        fields = {
            name: html.unescape(_bare(found[1]))
            for name in ("title", "description", "content:encoded")
            if (found := re.search(rf"<{name}>(.*?)</{name}>", item[1], re.DOTALL))
        }
        text = re.sub(r"<[^<>]*>", "\n", fields.get("content:encoded") or fields.get("description") or "")
        if text.strip():
            title = fields.get("title")
            yield _piece(f"{path.name}#{number}", f"{title}\n\n{text}", title)


def _bare(marked: str) -> str:
    return html.unescape(re.sub(r"<[^<>]+>", "", marked)).replace("\x03", "").replace("\x02", "").strip()
