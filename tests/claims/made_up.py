"""Documents made for these tests. States, makers and systems are real so that the lexicon knows them; every sale, firm's
part, number, date and sum is invented.
"""

from __future__ import annotations

from armsledger.claims.actions import AWARDED, CORRECTION, award_end
from armsledger.claims.firms import find_firms
from armsledger.claims.goods import Good, find_goods
from armsledger.claims.reader import read
from armsledger.model import Claim, Contract, Document, DocumentKind, Notice, Reading, Span
from armsledger.text.offsets import view


def notice(text: str, name: str = "made-up", title: str | None = None, published: str | None = None) -> Document:
    return Document(name, DocumentKind.NOTICE, text, (), title=title, published=published, publisher="DSCA")


def day(text: str, published: str | None = "2021-05-04") -> Document:
    return Document("made-up", DocumentKind.CONTRACTS, text, (), published=published)


def read_notice_text(text: str, title: str | None = None, published: str | None = None) -> Notice:
    (found,) = read(notice(text, title=title, published=published)).notices
    return found


def read_paragraph_text(text: str) -> Contract:
    (found,) = read(day(text)).contracts
    return found


def goods_of(text: str) -> list[Good]:
    """What one paragraph buys."""
    plain = view(text, join_lines=True).text
    begins = CORRECTION.match(plain) or AWARDED.search(plain)
    firms = [Span(firm.start, firm.end) for firm in find_firms(plain)]
    return find_goods(plain, begins.end() if begins else 0, award_end(plain), firms)


def whole(reading: Reading) -> list[Claim]:
    """The claims that hold a value of their own."""
    return [claim for claim in reading.claims if claim.value is not None]
