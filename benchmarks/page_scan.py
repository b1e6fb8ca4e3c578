"""How fast pages are read where one in fifty is about arms, beside trafilatura on every page.

    python benchmarks/page_scan.py [--data FOLDER] [--pages 300] [--every 50] [--rounds 3]

The stream is made of general pages (made-up news in the dress of a newspaper's site: head, menus, scripts, headlines of
other articles, comments) with an article on a transfer of arms in every fiftieth. ``--data`` takes the general pages
from a folder of ``.html``. Both sides get the same bytes: ours reads documents and claims with the scan of the visible
words before trafilatura, as ``armsledger read`` does; the peer is ``trafilatura.bare_extraction`` with its metadata on
every page, and reads no claim. Printed beside the ratio: how many pages the scan let through, what of them were about
arms, what the scan itself costs, and whether the claims are those of a reading without the scan.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from material import SEED, arms_news, interleaved, middle, news, ratio, site

from armsledger.claims import read
from armsledger.documents import read_documents
from armsledger.errors import InputError
from armsledger.lexicon.gate import tells_of_arms
from armsledger.model import Claim, Document, Fetched

TARGET = 15


def stream(general: Sequence[bytes], count: int, every: int) -> list[tuple[bytes, bool]]:
    """So many pages, every so many of them about arms, with whether it is."""
    chance = random.Random(SEED)
    told: list[tuple[bytes, bool]] = []
    for number in range(count):
        if number % every == every // 2:
            told.append((site(arms_news(number), number).encode(), True))
        else:
            told.append((chance.choice(general), False))
    return told


def documents(pages: Sequence[bytes], *, scan: bool) -> list[Document]:
    """The documents of some pages; what is refused is left out."""
    worth = tells_of_arms if scan else None
    found = (one for n, page in enumerate(pages) for one in read_documents(Fetched(f"{n}.html", body=page), worth))
    return [one for one in found if not isinstance(one, InputError)]


def claims(pages: Sequence[bytes], *, scan: bool) -> list[Claim]:
    """The claims in some pages."""
    return [claim for document in documents(pages, scan=scan) for claim in read(document).claims]


def trafilatura_on_every(sources: Sequence[str]) -> list[Any]:
    """What trafilatura finds in some pages, with their metadata and dates."""
    from trafilatura import bare_extraction

    return [bare_extraction(source, with_metadata=True) for source in sources]


def main() -> None:
    """Print the ratio and what the scan let through."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="a folder of .html pages; without it, made-up ones")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--every", type=int, default=50, help="one page in so many is about arms")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    if asked.data:
        general = [path.read_bytes() for path in sorted(asked.data.rglob("*.htm*"))]
    else:
        texts = news(["Klow", "Syldavia", "Borduria"], documents=60, words=700)
        general = [site(text, number).encode() for number, text in enumerate(texts)]
    told = stream(general, asked.pages, asked.every)
    pages = [page for page, _ in told]
    sources = [page.decode("utf-8", "replace") for page in pages]
    let_through = [not found.skipped for found in documents(pages, scan=True)]
    size = sum(len(page) for page in pages) / len(pages) / 1000
    print(f"{len(pages)} pages, {size:.0f} kB each, {sum(arms for _, arms in told)} about arms")
    print(f"the scan let {sum(let_through)} through")
    same = {claim.id for claim in claims(pages, scan=True)} == {claim.id for claim in claims(pages, scan=False)}
    print(f"claims with and without the scan: {'the same' if same else 'DIFFERENT'}, {len(claims(pages, scan=True))}")
    works = {
        "armsledger": lambda: claims(pages, scan=True),
        "documents alone": lambda: documents(pages, scan=True),
        "trafilatura": lambda: trafilatura_on_every(sources),
    }
    rounds = interleaved(works, asked.rounds)
    for name in works:
        print(f"{name:>16}  {1000 * middle(rounds, name) / len(pages):>7.2f} ms a page")
    print(f"trafilatura over armsledger: {ratio(rounds, 'trafilatura', 'armsledger'):.1f} x (target {TARGET})")
    print(f"        over documents alone: {ratio(rounds, 'trafilatura', 'documents alone'):.1f} x")


if __name__ == "__main__":
    main()
