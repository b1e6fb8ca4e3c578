"""A page (HTML) -> Document.

Official pages have their own readers; a page that is one preformatted text (the Federal Register's text edition) is
read as that text; all others go to trafilatura, which is slow to import and slow to run. So who reads many pages may
say which are worth it, by their visible words: the others are kept with these words, and with a note that says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from armsledger.documents.decoding import decode_page
from armsledger.documents.glance import glance, linked_body, pruned
from armsledger.documents.kind import kind_of
from armsledger.documents.language import language_of
from armsledger.documents.layout import Layout, Paragraph, laid_out, one_line
from armsledger.documents.lines import lines_of, tiled
from armsledger.documents.markup import PageHead, blocks_of, head_date, page_head
from armsledger.documents.official import Extract, is_official, official_extract
from armsledger.documents.outline import outline, same_title
from armsledger.documents.plain import document_of
from armsledger.documents.preformatted import preformatted
from armsledger.documents.published import iso_date, published_in
from armsledger.errors import NotReadable
from armsledger.model import Document, DocumentKind, Fetched, Run, SectionKind, Skipped

_ADVICE = "save the text of the page and read that"
_MEDIA_TYPE = "text/html"

NOT_TAKEN_APART = "page not taken apart: nothing in its visible words tells of a transfer of arms"

Worth = Callable[[str], bool]


def read_page(fetched: Fetched, data: bytes, worth: Worth | None = None) -> Document:
    """The document of a page. Raises ``NotReadable`` where it holds no article.

    A general page whose visible words are not ``worth`` it is not taken apart: its document has these words.
    """
    source = decode_page(data, fetched.name, fetched.charset)
    digest = hashlib.sha256(data).hexdigest()
    head = page_head(source)
    url = fetched.url or head.address
    known = replace(fetched, url=url)
    if pre := preformatted(source):
        return replace(document_of(known, pre.text, digest, _MEDIA_TYPE), runs=pre.runs)
    extract = official_extract(source, url, head) if url is not None and is_official(url) else None
    if extract is None and worth is not None and known.kind in (None, DocumentKind.NEWS):
        title = fetched.title or head.first("og:title", "title")
        seen = glance(source)
        if seen is not None and not worth(f"{title or ''}\n\n{seen}") and not worth(linked_body(source)):
            return _glanced(known, source, digest, head, title, seen)
    return _document(known, source, digest, extract or article(source, known, head), head)


def _glanced(fetched: Fetched, source: str, digest: str, head: PageHead, title: str | None, seen: str) -> Document:
    """The document of a page that was only glanced at: title and visible words, nothing told apart in them."""
    title = one_line(title) if title else None
    text = f"{title}\n\n{seen}" if title else seen
    starts = [(0, SectionKind.TITLE), (len(title) + 2, SectionKind.BODY)] if title else [(0, SectionKind.BODY)]
    word = text.partition(" ")[0]
    return Document(
        name=fetched.name,
        kind=DocumentKind.NEWS,
        text=text,
        sections=tiled(text, starts),
        title=title,
        published=fetched.published or head_date(head),
        publisher=fetched.publisher or head.first("og:site_name"),
        url=fetched.url,
        language=head.language or language_of(seen),
        media_type=_MEDIA_TYPE,
        digest=digest,
        runs=(Run(0, source.find(word), len(word)),) if word in source else (Run(0, 0, 0),),
        skipped=(Skipped(NOT_TAKEN_APART, 0, len(text)),),
    )


def article(source: str, fetched: Fetched, head: PageHead) -> Extract:
    """The article of a general page, its readers' comments apart. Raises ``NotReadable`` where none is found."""
    import logging

    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate"):
        if not logging.getLogger(name).handlers:  # what they complain of is ours to put into words
            logging.getLogger(name).addHandler(logging.NullHandler())
    # Without a fixed last day the date found would depend on the day of reading.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    # What the head says for machines need not be searched for, which would take as long as a third of the rest.
    told = all((head.first("og:title"), head.first("og:site_name"), head_date(head)))
    try:
        found = bare_extraction(pruned(source), url=fetched.url, with_metadata=not told, date_extraction_params=dates)
    except (LxmlError, ValueError, RecursionError, AssertionError) as error:
        raise NotReadable(fetched.name, f"is HTML that could not be taken apart ({error})", _ADVICE) from error
    if found is None or isinstance(found, dict) or found.body is None:
        raise NotReadable(fetched.name, "has no article text (a front page, a form, or made by scripts?)", _ADVICE)
    title = found.title or head.first("og:title", "title")
    paragraphs = [p for p in blocks_of(found.body) if not (title and same_title(p.text, title))]
    if title:
        paragraphs.insert(0, Paragraph(" ".join(title.split()), SectionKind.TITLE))
    comments = blocks_of(found.commentsbody) if found.commentsbody is not None else ()
    return Extract(
        paragraphs=tuple(paragraphs),
        title=title,
        published=head_date(head) or iso_date(found.date),
        publisher=head.first("og:site_name") or found.sitename,
        comments=tuple(Paragraph(p.text, SectionKind.COMMENT) for p in comments),
    )


def _document(fetched: Fetched, source: str, digest: str, extract: Extract, head: PageHead) -> Document:
    body = "\n".join(p.text for p in extract.paragraphs)
    if not any(p.kind is not SectionKind.TITLE for p in extract.paragraphs):
        raise NotReadable(fetched.name, "has no article text, only a title", _ADVICE)
    kind = fetched.kind or kind_of(body, fetched.url)
    title = fetched.title or extract.title
    layout = _laid_out(extract, source, kind, title)
    published = fetched.published or extract.published
    if kind is not DocumentKind.NEWS or published is None:
        # An announcement names its own day; what the page says of itself may be the day of a later edit.
        named = published_in(layout.text, lines_of(layout.text), kind, fetched.name)
        published = fetched.published or named or published
    return Document(
        name=fetched.name,
        kind=kind,
        text=layout.text,
        sections=layout.sections,
        title=title,
        published=published,
        publisher=fetched.publisher or extract.publisher,
        url=fetched.url,
        language=language_of(body) or head.language,
        media_type=_MEDIA_TYPE,
        digest=digest,
        runs=layout.runs,
    )


def _laid_out(extract: Extract, source: str, kind: DocumentKind, title: str | None) -> Layout:
    """The paragraphs with their marks: what the page's own structure says wins over what their words look like."""
    lines = lines_of("\n".join(p.text for p in extract.paragraphs))
    marks = outline(lines, kind, title or "")
    marked: list[Paragraph] = []
    for paragraph, mark in zip(extract.paragraphs, marks, strict=True):
        plain = paragraph.kind is SectionKind.BODY or (kind is DocumentKind.CONTRACTS and mark is not SectionKind.BODY)
        marked.append(replace(paragraph, kind=mark) if plain or mark is SectionKind.COMMENT else paragraph)
    return laid_out([*marked, *extract.comments], source)
