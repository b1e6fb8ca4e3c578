"""How fast claims are compared and put together, and how well, beside others, on made-up deals with known truth.

    PYTHONPATH=src python benchmarks/linking.py [--rounds 5] [--claims 10000 30000 ...] [--kept 100000] [--seeds 3]

* Pairs compared a second on one core, beside nomenklatura's logic-v1 on the same pairs (``pip install nomenklatura``):
  profiles and entities are made before, both compare every candidate pair of the grounds.
* Claims settled: placed, compared, grouped and named, by how many there are. "Wide" has more buyers, so that a ground
  keeps its size; "dense" has the same thirty buyers and more deals of each, so that grounds grow. With ``--kept`` so
  many claims are also written into a ledger and settled there.
* Precision and recall over pairs of claims, beside Splink on the same grounds (``pip install splink duckdb``), trained
  as its documentation tells; it gets the threshold that serves it best, which is found by the truth.

The corpus is that of the tests (``tests/deals/made_up_corpus.py``). Times are CPU seconds, but for "by the clock".
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from linking_peers import LogicV1, splink_clusters
from material import SEED, cpu_seconds, interleaved, middle, ratio

from armsledger.deals import place, representatives, settle
from armsledger.deals.candidates import pairs
from armsledger.deals.comparing import compare
from armsledger.deals.profile import Profile, profiles
from armsledger.deals.reasons import Rule, points
from armsledger.deals.settling import base_of, in_order
from armsledger.ledger import Ledger
from armsledger.model import Anchor, Claim, ClaimId, Document, DocumentId, DocumentKind, Reading, Section, SectionKind
from armsledger.pipeline import RULES

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
_corpus: Callable[..., Any] = import_module("deals.made_up_corpus").corpus

DEALS = 300  # of one corpus; some 3,600 claims
_NUMBERS = frozenset({"transmittal", "contract"})


@dataclass(frozen=True, slots=True)
class Papers:
    """Claims with the dates of their documents and the deal that each is of."""

    claims: tuple[Claim, ...]
    published: Mapping[DocumentId, str | None]
    truth: Mapping[ClaimId, str]

    def grounds(self) -> dict[str, list[Claim]]:
        """The claims by ground."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            found[place(claim)[0]].append(claim)
        return dict(sorted(found.items()))


def made_up(claims: int, *, dense: bool = False) -> Papers:
    """At least so many claims, less the surplus: as many corpora beside one another as it takes."""
    taken: list[Claim] = []
    published: dict[DocumentId, str | None] = {}
    truth: dict[ClaimId, str] = {}
    world = 0
    while len(taken) < claims:
        made = _corpus(DEALS, SEED + world)
        dates = {DocumentId(f"{world}-{document}"): date for document, date in made.published.items()}
        for claim in made.claims[: claims - len(taken)]:
            moved = _moved(claim, world, dense=dense)
            taken.append(moved)
            truth[moved.id] = f"{world} {made.truth[claim.id]}"
        published |= dates
        world += 1
    return Papers(tuple(taken), published, truth)


def _moved(claim: Claim, world: int, *, dense: bool) -> Claim:
    """A claim of one corpus among many: with documents and numbers of its own, and buyers, too, unless dense."""
    recipient = claim.recipient if dense or claim.recipient is None else f"{claim.recipient} {world}"
    anchors = tuple(_numbered(anchor, world) if anchor.field in _NUMBERS else anchor for anchor in claim.anchors)
    return replace(claim, document=DocumentId(f"{world}-{claim.document}"), recipient=recipient, anchors=anchors)


def _numbered(anchor: Anchor, world: int) -> Anchor:
    return replace(anchor, value=f"{anchor.value}{world:03}")


# -- pairs ------------------------------------------------------------------------------------------------

Pair = tuple[Profile, Profile, Rule]


def candidates(papers: Papers) -> list[Pair]:
    """Every pair of profiles that settling compares."""
    found: list[Pair] = []
    for ground, claims in papers.grounds().items():
        made = profiles(in_order(claims, papers.published), papers.published)
        made.sort(key=lambda p: (p.days or (9_999_999, 9_999_999), p.members[0]))
        base = base_of(ground)
        found += ((made[one], made[other], base) for one, other in pairs(made))
    return found


def comparing(papers: Papers, rounds: int) -> None:
    """Print how many pairs are compared a second, beside the peer."""
    found = candidates(papers)
    print(f"{len(papers.claims):,} claims, {len(found):,} candidate pairs")

    def ours() -> None:
        for one, other, base in found:
            points(compare(one, other, base))

    works: dict[str, Callable[[], object]] = {"ours": ours}
    peer = LogicV1.load()
    some: Sequence[Pair] = found[:: max(1, len(found) // 5_000)]  # the peer is slow: evenly taken
    if peer is not None:
        claims = {claim.id: claim for claim in papers.claims}
        entities = {
            profile.members[0]: peer.entity([claims[c] for c in profile.members], papers.published)
            for pair in some
            for profile in pair[:2]
        }
        matched = [(entities[one.members[0]], entities[other.members[0]]) for one, other, _ in some]
        works["logic-v1"] = lambda: peer.compare_all(matched)
        works["ours, its pairs"] = lambda: [points(compare(*pair)) for pair in some for _ in range(10)]
    ours()  # what is made once is made now
    told = interleaved(works, rounds)
    print(f"compared a second    {len(found) / middle(told, 'ours'):>10,.0f}   (target 100,000)")
    if peer is not None:
        print(f"logic-v1             {len(some) / middle(told, 'logic-v1'):>10,.0f}")
        print(f"its time over ours   {10 * ratio(told, 'logic-v1', 'ours, its pairs'):>10.1f}   (target 10)")


# -- settling ---------------------------------------------------------------------------------------------


def put_together(papers: Papers) -> dict[ClaimId, str]:
    """Claim -> final key of its deal."""
    found = [settle(ground, claims, papers.published) for ground, claims in papers.grounds().items()]
    final = representatives(tie for one in found for tie in one.ties)
    return {claim: final.get(key, key) for one in found for claim, key in one.keys}


def settling(counts: Sequence[int]) -> None:
    """Print how long so many claims take, and by what power of their number the time grows."""
    for dense in (False, True):
        before: tuple[int, float] | None = None
        for count in counts:
            papers = made_up(count, dense=dense)
            gc.collect()
            gc.freeze()
            took = cpu_seconds(lambda: put_together(papers))  # noqa: B023 (called at once)
            gc.unfreeze()
            sizes = sorted(map(len, papers.grounds().values()))
            grown = f"{took / before[1]:.1f} times for {count / before[0]:.1f} times as many" if before else ""
            print(
                f"{'dense' if dense else 'wide':>5} {count:>8,} claims  {took:7.1f} s  {count / took:>8,.0f} claims/s  "
                f"largest ground {sizes[-1]:>6,}  {grown}"
            )
            before = count, took


def kept(count: int) -> None:
    """Print how long it takes to write so many claims into a ledger and to settle them there."""
    readings = list(documents(made_up(count, dense=False)))
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        recorded = cpu_seconds(lambda: ledger.record(readings, RULES))
        begun = time.perf_counter()
        settled = cpu_seconds(lambda: ledger.settle(RULES))
        clock = time.perf_counter() - begun
        print(
            f"in a ledger, {count:,} claims: recorded in {recorded:.1f} s, settled in {settled:.1f} s "
            f"({clock:.1f} s by the clock; target 120), {ledger.counts().deals:,} deals"
        )


def documents(papers: Papers) -> Iterator[Reading]:
    """The claims in documents that hold their words."""
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in papers.claims:
        by_document[claim.document].append(claim)
    for name, claims in by_document.items():
        text = ""
        for claim in sorted(claims, key=lambda c: c.start):
            if claim.start >= len(text):
                text += " " * (claim.start - len(text)) + claim.quote
        text = f"{text}\n{name}"
        held = [c for c in claims if text[c.start : c.end] == c.quote]
        published = papers.published[DocumentId(name)]
        made = Document(name, DocumentKind.NEWS, text, (Section(SectionKind.BODY, 0, len(text)),), published=published)
        yield Reading(made, claims=tuple(replace(c, document=made.id) for c in held))


# -- beside Splink ----------------------------------------------------------------------------------------


def quality(keys: Mapping[ClaimId, str], truth: Mapping[ClaimId, str]) -> tuple[float, float]:
    """Precision and recall over pairs of claims."""
    found = _pairs(Counter(keys[claim] for claim in truth))
    true = _pairs(Counter(truth.values()))
    both = _pairs(Counter((keys[claim], deal) for claim, deal in truth.items()))
    return both / max(1, found), both / true


def _pairs(sizes: Mapping[Any, int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def beside_splink(seeds: int) -> None:
    """Print precision and recall of both, for so many corpora."""
    for number in range(seeds):
        made = _corpus(DEALS, *(() if number == 0 else (SEED + 1_000 + number,)))
        papers = Papers(made.claims, made.published, made.truth)
        grounds = {claim.id: place(claim)[0] for claim in papers.claims}
        within = {claim: f"{deal} {grounds[claim]}" for claim, deal in papers.truth.items()}  # what a ground can show
        ours = put_together(papers)
        precision, recall = quality(ours, within)
        print(f"corpus {number}, {len(papers.claims):,} claims")
        print(f"    {'ours':52} precision {precision:.3f}, recall {recall:.3f}")
        for labels in (None, within):
            clusters = splink_clusters(papers.claims, papers.published, grounds, labels)
            tried = [(threshold, *quality(found, within)) for threshold, found in clusters]
            sure = [t for t in tried if t[1] >= precision]
            for told, wanted in (("as precise", sure), ("best F1", tried)):
                if wanted:
                    threshold, exact, whole = max(wanted, key=lambda t: 2 * t[1] * t[2] / (t[1] + t[2]))
                    name = f"splink{' taught by the truth' if labels else ''}, {told} (from {threshold})"
                    print(f"    {name:52} precision {exact:.3f}, recall {whole:.3f}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--claims", type=int, nargs="*", default=[10_000, 30_000, 100_000, 300_000])
    parser.add_argument("--kept", type=int, default=0, help="claims that are also settled in a ledger")
    parser.add_argument("--seeds", type=int, default=3, help="corpora on which Splink is asked")
    asked = parser.parse_args()
    if asked.rounds:
        comparing(made_up(3_600), asked.rounds)
    settling(asked.claims)
    if asked.kept:
        kept(asked.kept)
    beside_splink(asked.seeds)


if __name__ == "__main__":
    main()
