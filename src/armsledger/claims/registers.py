"""A register's document -> all claims of its rows, by the reader of its layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from armsledger.claims.register_rows import Gathering, RegisterReading
from armsledger.claims.sipri import read_trade_register
from armsledger.claims.sipri_deliveries import read_deliveries
from armsledger.claims.uk_licences import read_licences
from armsledger.claims.us_eda import read_articles
from armsledger.model import Document, Reading, Silence
from armsledger.text.registers import DELIVERIES, TRADE_REGISTER, UK_VALUES, US_ARTICLES, Layout, find_register

_READERS: Mapping[Layout, Callable[[Gathering], None]] = {
    TRADE_REGISTER: read_trade_register,
    DELIVERIES: read_deliveries,
    UK_VALUES: read_licences,
    US_ARTICLES: read_articles,
}


def read_register(document: Document) -> RegisterReading | None:
    """What a register gives; None where it is of no known layout, or without a vintage: then it cannot be told apart
    from another release.
    """
    found = find_register(document.text)
    if found is None or document.published is None:
        return None
    layout, table = found
    gathering = Gathering(document, layout, table)
    _READERS[layout](gathering)
    return gathering.done()


def reading_of(document: Document) -> Reading:
    """The reading of a register; a silence and why where it cannot be read."""
    read = read_register(document)
    if read is not None:
        return read.reading
    known = document.published is not None
    reason = "a register of a layout that is not known" if known else "a register whose date is not known: import it"
    return Reading(document, silences=(Silence(reason, 0, len(document.text)),))
