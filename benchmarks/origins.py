"""What sketches and origins cost, and what they find, beside datasketch's MinHash.

    python benchmarks/origins.py [--documents 200] [--rounds 5]

A sketch of a 3 kB article, against a MinHash of 128 permutations over the same article's runs of three words; the
origins of a deal, sketches given, against the estimated Jaccard of every pair; growth with the number of documents.
Then what both find on the stories of the tests: of the rewrites of one agency's story those that lead back to it, and
of the independent reports those that do. The peer gets the best threshold that it could be given: the lowest that takes
no independent report. Without datasketch (``pip install datasketch``) our side is measured alone.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from material import SEED, cpu_seconds, interleaved, middle, ratio

from armsledger.deals.likeness import alike, kinship, wording
from armsledger.deals.origins import origins
from armsledger.deals.sketch import sketch
from armsledger.model import Claim, Document, DocumentKind, Stage

STORIES = Path(__file__).resolve().parents[1] / "tests" / "deals" / "stories"
SIZE, SKETCH_MS, ORIGINS_S = 3000, 2.0, 0.3


def stories() -> dict[str, str]:
    """The invented stories of the tests: name -> text."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(STORIES.glob("*.txt"))}


def article(text: str) -> Document:
    """A text as a document."""
    return Document("a", DocumentKind.NEWS, text, (), published="2026-03-04")


def reports(texts: Sequence[str], count: int) -> list[Document]:
    """So many reports put together from paragraphs of the stories: some copies, some mixed, some apart."""
    chance = random.Random(SEED)
    made = []
    for number in range(count):
        paragraphs = chance.choice(texts).split("\n\n")
        body = paragraphs[1:]
        chance.shuffle(body)
        text = "\n\n".join([paragraphs[0], *body[: chance.randint(2, 6)], chance.choice(texts).split("\n\n")[1]])
        day = f"2026-03-{1 + number % 28:02d}"
        made.append(Document(str(number), DocumentKind.NEWS, text, (), published=day, publisher=f"Paper {number}"))
    return made


def claimed(documents: Sequence[Document]) -> list[Claim]:
    """A claim of each document."""
    return [
        Claim(d.id, 0, 30, d.text[:30], "news/1", Stage.ORDERED, supplier="FRA", recipient="PER") for d in documents
    ]


def shingles(text: str) -> list[bytes]:
    """Runs of three words, as the peer's users make them."""
    words = re.findall(r"\w+", text.casefold())
    return [" ".join(words[n : n + 3]).encode() for n in range(len(words) - 2)]


def minhash() -> Callable[[str], Any] | None:
    """The peer; None where it is not installed."""
    try:
        datasketch = import_module("datasketch")
    except ImportError:
        return None

    def made(text: str) -> Any:
        found = datasketch.MinHash(num_perm=128)
        found.update_batch(shingles(text))
        return found

    return made


def cost(documents: int, rounds: int, peer: Callable[[str], Any] | None) -> None:
    """Print what a sketch and the origins of a deal cost."""
    texts = list(stories().values())
    chance = random.Random(SEED)
    long = [article("\n\n".join(chance.sample(texts, 3))[:SIZE]) for _ in range(40)]
    sketch(long[0])  # what is made once is made now
    works: dict[str, Callable[[], object]] = {"sketch": lambda: [sketch(d) for d in long]}
    deal = reports(texts, documents)
    facts, sketches, claims = {d.id: d for d in deal}, {d.id: sketch(d) for d in deal}, claimed(deal)
    works["origins"] = lambda: origins(claims, facts, sketches)
    if peer is not None:
        made = [peer(d.text) for d in deal]
        works["minhash"] = lambda: [peer(d.text) for d in long]
        works["jaccard"] = lambda: [a.jaccard(b) for n, a in enumerate(made) for b in made[:n]]
    told = interleaved(works, rounds)
    each = 1000 * middle(told, "sketch") / len(long)
    print(f"a sketch of {SIZE:,} characters    {each:6.2f} ms   (target {SKETCH_MS})")
    print(f"origins of {documents} documents       {middle(told, 'origins'):6.3f} s    (target {ORIGINS_S})")
    if peer is not None:
        print(f"MinHash's time over a sketch's    {ratio(told, 'minhash', 'sketch'):6.2f}")
        print(f"Jaccard of all pairs over origins {ratio(told, 'jaccard', 'origins'):6.2f}")
    for count in (50, 100, 200, 400):
        some = reports(texts, count)
        held, kept, said = {d.id: d for d in some}, {d.id: sketch(d) for d in some}, claimed(some)
        took = min(cpu_seconds(lambda: origins(said, held, kept)) for _ in range(3))  # noqa: B023 (called at once)
        print(f"  {count:4} documents: {took:.3f} s")


def found(peer: Callable[[str], Any] | None) -> None:
    """Print which rewrites lead back to their story, and which independent reports do."""
    told = stories()
    subjects = sorted({name.split("-")[0] for name in told})
    pairs = [
        (f"{subject}-0", name, name.split("-")[1].isdigit())
        for subject in subjects
        for name in told
        if name.startswith(f"{subject}-") and name.split("-")[1] != "0"
    ]
    first = {subject: next(n for n in told if n.startswith(f"{subject}-0")) for subject in subjects}
    ours = {name: wording(sketch(article(text))) for name, text in told.items()}

    def leads_back(one: str, other: str) -> bool:
        likeness = alike(ours[one], ours[other])
        return likeness is not None and kinship(likeness, at_home=False, rivals=False) is not None

    hits = [(rewrite, leads_back(first[name.split("-")[0]], name)) for _, name, rewrite in pairs]
    rewrites = sum(rewrite for rewrite, _ in hits)
    right, wrong = sum(r and h for r, h in hits), sum(h and not r for r, h in hits)
    print(f"wording alone: {right} of {rewrites} rewrites found, {wrong} of {len(hits) - rewrites} independent reports")
    if peer is None:
        return
    hashes = {name: peer(text) for name, text in told.items()}
    scored = [(rewrite, hashes[first[n.split("-")[0]]].jaccard(hashes[n])) for _, n, rewrite in pairs]
    limit = max(score for rewrite, score in scored if not rewrite)
    right = sum(rewrite and score > limit for rewrite, score in scored)
    print(f"MinHash at the best threshold ({limit:.2f}): {right} of {rewrites} rewrites, no independent report")


def main() -> None:
    """Print costs and finds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    peer = minhash()
    cost(asked.documents, asked.rounds, peer)
    found(peer)


if __name__ == "__main__":
    main()
