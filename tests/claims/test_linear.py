"""No reader takes more than linear time on a document of any size, whatever is repeated in it (law 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from armsledger.claims import read
from armsledger.model import Document, DocumentKind
from hostile import UNITS, growth

AWARD = (
    "Acme Corp., Reno, Nevada, is being awarded a $5,000,000 modification to contract FA8675-23-C-0037 for parts. "
    "This contract involves foreign military sales to "
)
NOTICE = (
    "Transmittal No. 20-11. WASHINGTON, May 1, 2020 - The State Department has made a determination approving a possible "
    "Foreign Military Sale to Japan. The Government of Japan has requested to buy "
)


def _reader(kind: DocumentKind) -> Callable[[str], object]:
    return lambda text: read(Document("x", kind, text, (), published="2020-05-01"))


CASES = {
    # behind the cue of a list of buyers
    "contracts": (DocumentKind.CONTRACTS, AWARD),
    # behind the words on what is bought
    "purposes": (DocumentKind.CONTRACTS, AWARD[: AWARD.index("parts")]),
    # behind the words that open a list of articles, and of firms
    "notices": (DocumentKind.NOTICE, NOTICE),
    "contractors": (DocumentKind.NOTICE, NOTICE + "4 radios. The principal contractors will be "),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_takes_about_four_times_as_long(case: str, unit: str) -> None:
    kind, before = CASES[case]
    work = _reader(kind)
    work(before)  # what is made once is made now
    assert growth(work, UNITS[unit], size=5000, before=before) < 10
