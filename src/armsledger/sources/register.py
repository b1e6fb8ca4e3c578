"""A list of documents from the Federal Register's interface -> where their texts stand."""

from __future__ import annotations

import json
from typing import Any

from armsledger.errors import NotReadable
from armsledger.sources.entries import Entry, Listed, address, listed
from armsledger.sources.feeds import day
from armsledger.sources.fetch import place

_TEXTS = ("raw_text_url", "body_html_url", "html_url")  # the first that is there is read


def read_register(data: bytes, name: str, base: str, most: int) -> Listed:
    """The documents of one page of a list, with the address of the next page where that is on the same host.

    Raises ``NotReadable`` where it is no such list.
    """
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotReadable(name, "is no list of the Federal Register: it is no JSON") from error
    if not isinstance(told, dict) or not isinstance(told.get("results", []), list) or "count" not in told:
        raise NotReadable(name, "is no list of the Federal Register: it has no results")
    more = told.get("next_page_url")
    following = address(more, base) if isinstance(more, str) else None
    if following is not None and place(following) != place(base):
        following = None
    return listed([_entry(one, base) for one in told.get("results", [])], most, more=following)


def _entry(one: Any, base: str) -> Entry | None:
    if not isinstance(one, dict):
        return None
    said = next((one[field] for field in _TEXTS if isinstance(one.get(field), str)), None)
    url = address(said, base) if said else None
    if url is None:
        return None
    title, published = one.get("title"), one.get("publication_date")
    return Entry(
        url,
        " ".join(title.split()) if isinstance(title, str) else None,
        day(published) if isinstance(published, str) else None,
    )
