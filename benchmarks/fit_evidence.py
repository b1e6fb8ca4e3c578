"""Fits the weights of the news reader on annotated documents: multinomial logits with a ridge, by L-BFGS.

    python benchmarks/fit_evidence.py [FILE.jsonl ...] [--shared DIR] [--write [FILE]]

A FILE holds a document a line: ``doc``, ``text``, ``transfers`` (the form of tests/evaluation/gold/README.md); a tenth
of them is left unread, and the evaluation gate scores it. With
--shared the development annotations are used too: the news without its held-out quarter, written-a and written-b.
--only N leaves a fourth of all documents out too; --write puts the weights into
src/armsledger/lexicon/compiled/evidence.json. Needs numpy and scipy (``pip install -e '.[bench]'``).

A mention is right with a supplier and a recipient where an annotated record names the three and its quote stands in the
mention's sentence; elsewhere the same three, and optional records, count neither for nor against. Weights of the second
look are fitted on first looks at documents that the first look was not fitted on.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import html
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from armsledger.claims.assertion import (
    CERTAINTIES,
    POLARITIES,
    STAGES,
    certainty_features,
    polarity_features,
    stage_features,
)
from armsledger.claims.mentions import Sentence, sentences_of
from armsledger.claims.news import choices_of, second_look
from armsledger.claims.speakers import attribution
from armsledger.claims.weighing import Reference, weigh
from armsledger.lexicon.entries import COMPILED
from armsledger.model import Document, DocumentKind, Polarity, Span, SpeakerKind, Stage

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from evaluation.alike import same_item
from evaluation.gate import held_out as left_unread

RIDGE = 2.0  # pulls the weights of rare features to zero
RIDGE_OF_CLASSES = 2.5
RARE = 4  # features in fewer documents have no weight
FOLDS = 4
PUBLISHED = 10.0  # what a mention in a published document counts, where one in a document of ours counts 1
LOOKS = 3  # parts of the documents that each other's first looks are made from
SMALL = 0.02  # weights below are left out

Key = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The choices of one mention and which of them are right, local ones first."""

    choice: list[Reference]
    right: frozenset[Key]
    neither: frozenset[Key]  # optional, or told elsewhere in the document


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document with its records and its labelled mentions."""

    name: str
    records: list[dict[str, Any]]
    mentions: list[Labelled]
    sentences: list[Sentence]
    weight: float = 1.0


# -- documents --------------------------------------------------------------------------------------------


def shared_lines(folder: Path) -> Iterator[dict[str, Any]]:
    """The development documents with their texts, without those that are held out."""
    for name in ("news", "written-a", "written-b"):
        gold = folder / "gold" / f"{name}.dev.jsonl"
        told = subprocess.run(
            [sys.executable, folder / "gold" / "texts.py", gold], capture_output=True, text=True, check=True
        )
        texts = {row["doc"]: row for row in map(json.loads, told.stdout.splitlines())}
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        held = held_out(rows) if name == "news" else frozenset()
        yield from ({**texts[row["doc"]], **row} for row in rows if row["doc"] not in held)
    yield from silent_lines(folder)


def silent_lines(folder: Path) -> Iterator[dict[str, Any]]:
    """Newswire items that assert no transfer, by the list beside this file."""
    listed = (Path(__file__).parent / "silent_documents.txt").read_text(encoding="utf-8")
    for name in (line for line in listed.splitlines() if line and not line.startswith("#")):
        path, _, number = name.partition("#")
        whole = _newswire(folder / "data" / "5-news" / "reuters-21578" / path)
        found = re.search(rf'NEWID="{number}">(.*?)</REUTERS>', whole, re.DOTALL)
        body = re.search(r"<BODY>(.*?)</BODY>", found[1], re.DOTALL) if found else None
        if body:
            yield {"doc": name, "text": html.unescape(body[1]).rstrip("\x03"), "transfers": []}


@cache
def _newswire(path: Path) -> str:
    with gzip.open(path, "rt", encoding="latin-1") as told:
        return told.read()


def held_out(rows: Sequence[dict[str, Any]]) -> frozenset[str]:
    """A quarter of the documents with transfers and a quarter of those without, by the hash of their names."""
    out: set[str] = set()
    for some in (True, False):
        names = sorted((r["doc"] for r in rows if bool(r["transfers"]) == some), key=_digest)
        out.update(names[: len(names) // 4])
    return frozenset(out)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def annotated(line: dict[str, Any]) -> Annotated:
    """A line with its mentions labelled."""
    document = Document(
        line["doc"], DocumentKind.NEWS, line["text"], (), title=line.get("title"), published=line.get("published")
    )
    sentences = sentences_of(document)
    records = line["transfers"]
    spans = [_place(document.text, record["quote"]) for record in records]
    mentions = [_labelled(choice, records, spans) for choice in choices_of(sentences)]
    weight = PUBLISHED if line["doc"].startswith(("5-news/", "../seeds/")) else 1.0
    return Annotated(line["doc"], records, mentions, sentences, weight)


def _place(text: str, quote: str) -> Span | None:
    found = re.search(r"\s+".join(re.escape(word) for word in quote.split()), text)
    return Span(found.start(), found.end()) if found else None


def _labelled(choice: list[Reference], records: Sequence[dict[str, Any]], spans: Sequence[Span | None]) -> Labelled:
    here = _span(choice[0].context.sentence)
    right: set[Key] = set()
    neither: set[Key] = set()
    for record, span in zip(records, spans, strict=True):
        local = span is not None and span.start < here.end and here.start < span.end
        for reference in choice:
            name = reference.context.item.name
            if same_item(record["item"], name):
                key = (name, record["supplier"], record["recipient"])
                (right if local and not record.get("optional") else neither).add(key)
    return Labelled(choice, frozenset(right), frozenset(neither))


def _span(sentence: Sentence) -> Span:
    return sentence.copy.span(sentence.units[0].start, sentence.units[-1].end)


# -- who supplies whom ------------------------------------------------------------------------------------


def fit_flows(documents: Sequence[Annotated]) -> dict[str, float]:
    """The weights that make the right options likeliest: of each mention, some right one, or none where none is."""
    names = _frequent({n for m in d.mentions for r in m.choice for n in _names(r)} for d in documents)
    matrix, group, good, silent = _table(documents, names)
    weight = np.array([d.weight for d in documents for _ in d.mentions])
    count, transposed = len(silent), matrix.T.tocsr()

    def loss(weights: Any) -> tuple[float, Any]:
        points = matrix @ weights
        top = np.zeros(count)
        np.maximum.at(top, group, points)
        powers, none = np.exp(points - top[group]), np.exp(-top)
        whole = none + np.bincount(group, powers, count)
        right = np.maximum(none * silent + np.bincount(group, powers * good, count), 1e-300)
        value = (weight * (np.log(whole) - np.log(right))).sum() + 0.5 * RIDGE * (weights @ weights)
        slope = powers / whole[group] - powers * good / right[group]
        return float(value), transposed @ (slope * weight[group]) + RIDGE * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    return {name: round(float(found.x[n]), 3) for name, n in names.items() if abs(found.x[n]) >= SMALL}


def _names(reference: Reference) -> Iterator[str]:
    yield from reference.mention
    for party in reference.given:
        yield from reference.supplier(party)
        yield from reference.recipient(party)
    for option in reference.options():
        yield from option.pair


def _frequent(documents: Iterable[Iterable[str]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for names in documents:
        for name in set(names):
            counts[name] += 1
    return {name: n for n, name in enumerate(sorted(name for name, c in counts.items() if c >= RARE))}


def _table(documents: Sequence[Annotated], names: dict[str, int]) -> tuple[Any, Any, Any, Any]:
    """A row an option; which mention it is of; whether it is right; and for each mention whether silence is."""
    columns: list[int] = []
    ends = [0]
    group: list[int] = []
    good: list[bool] = []
    silent: list[bool] = []
    for document in documents:
        for mention in document.mentions:
            keys = {(o.item.name, o.supplier, o.recipient) for r in mention.choice for o in r.options()}
            right = mention.right & keys
            accepted = right or mention.neither & keys
            for reference in mention.choice:
                for option in reference.options():
                    columns.extend(names[n] for n in reference.features(option) if n in names)
                    ends.append(len(columns))
                    group.append(len(silent))
                    good.append((option.item.name, option.supplier, option.recipient) in accepted)
            silent.append(not right)
    shape = (len(ends) - 1, len(names))
    matrix = sparse.csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=shape)
    return matrix, np.array(group), np.array(good), np.array(silent)


def again(document: Annotated, weights: dict[str, float]) -> Annotated:
    """The document as the second look sees it, after a first one with these weights."""
    choices = [m.choice for m in document.mentions]
    second = second_look(choices, [weigh(choice, weights) for choice in choices])
    mentions = [Labelled(c, m.right, m.neither) for c, m in zip(second, document.mentions, strict=True)]
    return Annotated(document.name, document.records, mentions, document.sentences, document.weight)


def fit_looks(documents: Sequence[Annotated]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of the first and of the second look."""
    parts = [int(_digest("look" + d.name), 16) % LOOKS for d in documents]
    seen: dict[int, dict[str, float]] = {
        part: fit_flows([d for d, p in zip(documents, parts, strict=True) if p != part]) for part in range(LOOKS)
    }
    second = [again(d, seen[part]) for d, part in zip(documents, parts, strict=True)]
    return fit_flows(documents), fit_flows(second)


# -- stage and certainty ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """The features of one right option, the classes that its records give, and what it counts."""

    document: int
    told: frozenset[str]
    right: frozenset[str]
    weight: float


def fit_classes(rows: Sequence[Row], classes: Sequence[str]) -> dict[str, float]:
    """Weights by feature and class."""
    grouped: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        grouped[row.document] |= row.told
    names = _frequent(grouped.values())
    columns: list[int] = []
    ends = [0]
    for told in (row.told for row in rows):
        columns.extend(sorted(names[n] for n in told if n in names))
        ends.append(len(columns))
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    right = np.array([[c in row.right for c in classes] for row in rows], dtype=float)
    weight = np.array([[row.weight] for row in rows])
    size = len(classes)

    def loss(flat: Any) -> tuple[float, Any]:
        points = matrix @ flat.reshape(len(names), size)
        powers = np.exp(points - points.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        kept = (shares * right).sum(axis=1, keepdims=True)
        slope = matrix.T @ (weight * (shares - shares * right / kept)) + RIDGE_OF_CLASSES * flat.reshape(
            len(names), size
        )
        return float(-(weight * np.log(kept)).sum() + 0.5 * RIDGE_OF_CLASSES * (flat @ flat)), slope.ravel()

    found = minimize(loss, np.zeros(len(names) * size), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    table = found.x.reshape(len(names), size)
    return {
        f"{name}>{one}": round(float(table[n, k]), 3)
        for name, n in names.items()
        for k, one in enumerate(classes)
        if abs(table[n, k]) >= SMALL
    }


def assertions(
    documents: Sequence[Annotated], told: Callable[[Reference, dict[str, Any], SpeakerKind], Iterable[str]], field: str
) -> Iterator[Row]:
    """The rows of one field: every mention with a right option, with its features and the classes of its records."""
    for n, document in enumerate(documents):
        copies: dict[int, list[Sentence]] = defaultdict(list)
        for sentence in document.sentences:
            copies[id(sentence.copy)].append(sentence)
        voices = {
            key: attribution(group[0].copy.text, [(Span(s.start, s.end), s.units) for s in group])
            for key, group in copies.items()
        }
        for mention in document.mentions:
            for key in sorted(mention.right, key=str):
                reference = next(r for r in mention.choice if r.context.item.name == key[0])
                records = [
                    r
                    for r in document.records
                    if (r["supplier"], r["recipient"]) == key[1:] and same_item(r["item"], key[0])
                ]
                unit = reference.context.sentence.units[reference.context.mention.at]
                speaker = voices[id(reference.context.sentence.copy)].speaker(unit.start, unit.end)
                names = frozenset(told(reference, records[0], speaker.kind))
                yield Row(n, names, frozenset(r[field] for r in records), document.weight)


def stage_names(reference: Reference, record: dict[str, Any], _: SpeakerKind) -> list[str]:
    """The features of the stage."""
    return stage_features(reference.context, record["supplier"], record["recipient"])


def polarity_names(reference: Reference, record: dict[str, Any], _: SpeakerKind) -> list[str]:
    """The features of the polarity."""
    return polarity_features(reference.context, Stage(record["stage"]))


def certainty_names(reference: Reference, record: dict[str, Any], speaker: SpeakerKind) -> list[str]:
    """The features of the certainty."""
    return certainty_features(reference.context, Stage(record["stage"]), Polarity(record["polarity"]), speaker)


def fit(documents: Sequence[Annotated]) -> dict[str, dict[str, float]]:
    """All weights."""
    first, second = fit_looks(documents)
    stage = fit_classes(list(assertions(documents, stage_names, "stage")), STAGES)
    polarity = fit_classes(list(assertions(documents, polarity_names, "polarity")), POLARITIES)
    certainty = fit_classes(list(assertions(documents, certainty_names, "certainty")), CERTAINTIES)
    return {"first": first, "second": second, "stage": stage, "polarity": polarity, "certainty": certainty}


def main() -> int:
    """Fits, tells how much there was to learn from, and writes the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--shared", type=Path, help="the folder with gold/ and data/")
    parser.add_argument("--write", type=Path, nargs="?", const=COMPILED / "evidence.json")
    parser.add_argument("--only", type=int, help="leave out the documents of this fold (0 to 3)")
    arguments = parser.parse_args()
    lines = [json.loads(line) for path in arguments.files for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if not left_unread(line["doc"])]
    lines += shared_lines(arguments.shared) if arguments.shared else []
    if arguments.only is not None:
        lines = [line for line in lines if int(_digest(line["doc"]), 16) % FOLDS != arguments.only]
    documents = [annotated(line) for line in lines]
    weights = fit(documents)
    records = sum(len(d.records) for d in documents)
    print(f"{len(documents)} documents, {records} records; weights:", {k: len(v) for k, v in weights.items()})
    if arguments.write:
        about = "fitted by benchmarks/fit_evidence.py on annotated documents; never edited by hand"
        text = json.dumps({"about": about, **weights}, ensure_ascii=False, indent=0, sort_keys=True)
        arguments.write.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
