"""The invented register files beside the tests, read. Their layouts are real, their rows are not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from armsledger.claims.register_rows import RegisterReading
from armsledger.claims.registers import read_register
from armsledger.documents import tables
from armsledger.model import Claim, Fetched, Stage
from armsledger.text.registers import Register

FOLDER = Path(__file__).with_name("registers")
NEXT = "trade-register-2032.csv"  # a later vintage of the first, without its date


@cache
def read(name: str, register: Register = Register.SIPRI, vintage: str | None = None) -> RegisterReading:
    """What one of the files gives."""
    return read_bytes((FOLDER / name).read_bytes(), register, vintage, name)


def read_bytes(
    data: bytes, register: Register = Register.SIPRI, vintage: str | None = None, name: str = "made-up.csv"
) -> RegisterReading:
    """What the bytes of a register file give."""
    found = read_register(tables.read_register(Fetched(name, body=data), register, vintage))
    assert found is not None
    return found


def claim(reading: RegisterReading, words: str, stage: Stage) -> Claim:
    """The one claim of this stage whose row has these words."""
    (found,) = (c for c in reading.reading.claims if words in c.quote and c.stage is stage)
    return found


def said(one: Claim, field: str) -> list[tuple[str, str]]:
    """Value and words of each anchor of a field."""
    return [(a.value, a.quote) for a in one.anchored(field)]


def holds(reading: RegisterReading) -> None:
    """Laws 1 and 2: all words stand where they say, no claim comes twice, none is refused."""
    text = reading.reading.document.text
    assert reading.reading.refused == ()
    for one in reading.reading.claims:
        assert text[one.start : one.end] == one.quote
        assert all(text[a.start : a.end] == a.quote for a in one.anchors)
    assert len({c.id for c in reading.reading.claims}) == len(reading.reading.claims)
