"""Texts that make a careless pattern slow, and a measure of growth that needs no clock of a certain speed."""

from __future__ import annotations

import time
from collections.abc import Callable

# Units that are repeated: rows of what a grammar skips, opens and never closes, or can read in two ways.
UNITS = {
    "blanks": " ",
    "lines": "\n",
    "blanks and lines": " \n\t ",
    "brackets that open": "(",
    "brackets with blanks": "( ",
    "commas": ", ",
    "commas and stars": ",*( ",
    "stops": ". ",
    "stops and capitals": ". A",
    "one long word": "a",
    "one long name": "Ab-",
    "digits": "7",
    "digits and commas": "7,",
    "digits and stops": "7.",
    "sums": "$1 ",
    "sums in a sentence": "for $1 in the amount of $2, ",
    "number words": "twenty ",
    "number words and brackets": "twenty (2",
    "ands": "and ",
    "commas and ands": ", and ",
    "governments": "the government of ",
    "parties": "Japan, ",
    "parties glued": "JapanJapan",
    "parties in brackets": "Japan (",
    "parties with gaps": "Japan, and, the, ",
    "contract numbers": "FA8675-23-C-0037 ",
    "orders": "order under order ",
    "options": "exercise an option ",
    "sales": "foreign military sales to ",
    "designators": "AN/APG-1(V)1/",
    "joined designators": "F-16/F-18 and ",
    "months": "May 1, ",
    "dates": "May 1, 2020 ",
    "counts": "10 AIM-9X missiles, ",
    "counts that open": "10 AIM-9X (",
    "counted lists": "10 guns, and 4 sets (2 spares, 1 installed) of ",
    "cues": "for the procurement of ",
    "cues without goods": "for the production, test and delivery, ",
    "requested": "The Government of Japan has requested ",
    "firms": "Acme Corp., Reno, Nevada; ",
    "firms without ends": "Acme Corp., Acme Inc.",
    "awards": "is awarded a ",
    "quotes": "\"'\u201d",
}  # fmt: skip
_QUICK = 0.02  # seconds of processor time that are too short to compare


def growth(work: Callable[[str], object], unit: str, size: int = 12_000, before: str = "", behind: str = "") -> float:
    """How much longer ``work`` takes on four times the text, at best; about 4 where it is linear, 16 where quadratic."""
    small = before + unit * (size // len(unit)) + behind
    large = before + unit * (4 * size // len(unit)) + behind
    quick = slow = float("inf")
    for _ in range(3):
        quick = min(quick, _seconds(work, small))
        slow = min(slow, _seconds(work, large))
        if slow < _QUICK or slow < 6 * quick:
            break
    return slow / max(quick, _QUICK / 4)


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start
