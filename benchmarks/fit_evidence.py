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
from dataclasses import dataclass, replace
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
    event_of,
    polarity_features,
    stage_features,
)
from armsledger.claims.factuality import Factuality, factuality
from armsledger.claims.flows import choices_of, second_look
from armsledger.claims.mentions import Sentence, headline_of, sentences_of
from armsledger.claims.passages import passages_of
from armsledger.claims.roles import Context
from armsledger.claims.speakers import Attribution
from armsledger.claims.weighing import Option, Reference, Weighed, weigh
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

LIKELY = 0.25  # probability of an option whose stages are learnt from, too

Key = tuple[str, str | None, str | None]
Likely = tuple[Context, Option]


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
    text: str
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
    mentions = [_labelled(choice, records, spans) for choice in choices_of(sentences, headline_of(document))]
    weight = PUBLISHED if line["doc"].startswith(("5-news/", "../seeds/")) else 1.0
    return Annotated(line["doc"], document.text, records, mentions, sentences, weight)


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


def again(document: Annotated, looks: list[list[Weighed]]) -> Annotated:
    """The document as the second look sees it, after these first looks at its mentions."""
    second = second_look([m.choice for m in document.mentions], looks)
    mentions = [Labelled(c, m.right, m.neither) for c, m in zip(second, document.mentions, strict=True)]
    return replace(document, mentions=mentions)


def fit_looks(documents: Sequence[Annotated]) -> tuple[dict[str, float], dict[str, float], list[list[Likely]]]:
    """The weights of the first and of the second look, and what first looks with weights of other documents find."""
    parts = [int(_digest("look" + d.name), 16) % LOOKS for d in documents]
    seen: dict[int, dict[str, float]] = {
        part: fit_flows([d for d, p in zip(documents, parts, strict=True) if p != part]) for part in range(LOOKS)
    }
    second: list[Annotated] = []
    likely: list[list[Likely]] = []
    for d, part in zip(documents, parts, strict=True):
        looks = [weigh(m.choice, seen[part]) for m in d.mentions]
        second.append(again(d, looks))
        likely.append([(w.reference.context, w.option) for look in looks for w in look if w.probability >= LIKELY])
    return fit_flows(documents), fit_flows(second), likely


# -- stage and certainty ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """The features of one option, the classes that its records give, those that count neither way, and its weight."""

    document: int
    told: frozenset[str]
    right: frozenset[str]
    weight: float
    neither: frozenset[str] = frozenset()


def fit_classes(rows: Sequence[Row], classes: Sequence[str], *, apart: bool = False) -> dict[str, list[float]]:
    """Weights by feature, one for each class: of several only one can be right or, ``apart``, each by itself."""
    names, matrix = _features(rows)
    right = np.array([[c in row.right for c in classes] for row in rows], dtype=float)
    counts = np.array([[row.weight * (c not in row.neither) for c in classes] for row in rows])
    transposed, shape = matrix.T.tocsr(), (len(names), len(classes))

    def loss(flat: Any) -> tuple[float, Any]:
        points = matrix @ flat.reshape(shape)
        value, slope = _apart(points, right, counts) if apart else _together(points, right, counts)
        ridge = 0.5 * RIDGE_OF_CLASSES * (flat @ flat)
        return float(value + ridge), (transposed @ slope).ravel() + RIDGE_OF_CLASSES * flat

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    table = found.x.reshape(shape)
    return {
        name: [round(float(weight), 3) for weight in table[n]]
        for name, n in names.items()
        if np.abs(table[n]).max() >= SMALL
    }


def _features(rows: Sequence[Row]) -> tuple[dict[str, int], Any]:
    """The features that are frequent enough, and which each row has."""
    grouped: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        grouped[row.document] |= row.told
    names = _frequent(grouped.values())
    columns: list[int] = []
    ends = [0]
    for told in (row.told for row in rows):
        columns.extend(sorted(names[n] for n in told if n in names))
        ends.append(len(columns))
    return names, sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))


def _together(points: Any, right: Any, counts: Any) -> tuple[float, Any]:
    """Loss and slope of a multinomial logit in which some of the classes are right."""
    powers = np.exp(points - points.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    kept = (shares * right).sum(axis=1, keepdims=True)
    return -(counts[:, :1] * np.log(kept)).sum(), counts * (shares - shares * right / kept)


def _apart(points: Any, right: Any, counts: Any) -> tuple[float, Any]:
    """Loss and slope of a logit for each class."""
    value = counts * (np.logaddexp(0, points) - right * points)
    return value.sum(), counts * (1 / (1 + np.exp(-points)) - right)


def assertions(
    documents: Sequence[Annotated],
    told: Callable[[Reference, dict[str, Any], SpeakerKind, Factuality], Iterable[str]],
    field: str,
) -> Iterator[Row]:
    """The rows of one field: every mention with a right option, with its features and the classes of its records."""
    for n, document in enumerate(documents):
        voices = _voices(document.sentences)
        for mention in document.mentions:
            for key in sorted(mention.right, key=str):
                reference = next(r for r in mention.choice if r.context.item.name == key[0])
                records = [r for r in document.records if _tells(r, key)]
                context = reference.context
                unit = context.sentence.units[context.mention.at]
                speaker = voices[id(context.sentence.copy)].speaker(unit.start, unit.end)
                fact = factuality(context.sentence.units, event_of(context, *key[1:]))
                names = frozenset(told(reference, records[0], speaker.kind, fact))
                yield Row(n, names, frozenset(r[field] for r in records), document.weight)


def _tells(record: dict[str, Any], key: Key) -> bool:
    return (record["supplier"], record["recipient"]) == key[1:] and same_item(record["item"], key[0])


def _voices(sentences: Sequence[Sentence]) -> dict[int, Attribution]:
    """Who speaks where, by the identity of the copy that a sentence stands in."""
    return {id(passage.copy): passage.told for passage in passages_of(sentences)}


def stages(documents: Sequence[Annotated], likely: Sequence[Sequence[Likely]]) -> Iterator[Row]:
    """The rows of the stages: every mention of an annotated flow, whether it tells a stage of it or none.

    A stage is right where its record's quote stands in the mention's sentence; one that is told elsewhere in the
    document, or is optional, counts neither way. ``likely`` are what first looks find beside the right options.
    """
    for n, document in enumerate(documents):
        right = [
            (r.context, Option(r.context.item, *key[1:]))
            for m in document.mentions
            for key in sorted(m.right, key=str)
            for r in [next(r for r in m.choice if r.context.item.name == key[0])]
        ]
        placed = [(record, _place(document.text, record["quote"])) for record in document.records]
        seen: set[tuple[int, int, Key]] = set()
        for context, option in (*right, *likely[n]):
            key = (option.item.name, option.supplier, option.recipient)
            place = (context.mention.sentence, context.mention.at, key)
            of_flow = [(record, span) for record, span in placed if _tells(record, key)]
            if of_flow and place not in seen:
                seen.add(place)
                yield _stage_row(n, context, option, of_flow, document.weight)


def _stage_row(
    n: int, context: Context, option: Option, records: Sequence[tuple[dict[str, Any], Span | None]], weight: float
) -> Row:
    here = _span(context.sentence)
    local = [r for r, span in records if span is not None and span.start < here.end and here.start < span.end]
    right = frozenset(r["stage"] for r in local if not r.get("optional"))
    neither = frozenset(r["stage"] for r, _ in records) - right
    return Row(n, frozenset(stage_features(context, option.supplier, option.recipient)), right, weight, neither)


def polarity_names(reference: Reference, record: dict[str, Any], _: SpeakerKind, fact: Factuality) -> list[str]:
    """The features of the polarity."""
    return polarity_features(reference.context, Stage(record["stage"]), fact)


def certainty_names(reference: Reference, record: dict[str, Any], speaker: SpeakerKind, fact: Factuality) -> list[str]:
    """The features of the certainty."""
    stage, polarity = Stage(record["stage"]), Polarity(record["polarity"])
    return certainty_features(reference.context, stage, polarity, speaker, fact)


def fit(documents: Sequence[Annotated]) -> dict[str, Any]:
    """All weights."""
    first, second, likely = fit_looks(documents)
    stage = fit_classes(list(stages(documents, likely)), STAGES, apart=True)
    polarity = fit_classes(list(assertions(documents, polarity_names, "polarity")), POLARITIES)
    certainty = fit_classes(list(assertions(documents, certainty_names, "certainty")), CERTAINTIES)
    return {"first": first, "second": second, "stage": stage, "polarity": polarity, "certainty": certainty}


def _written(weights: dict[str, Any]) -> str:
    """The weights as JSON, a feature a line."""
    about = "fitted by benchmarks/fit_evidence.py on annotated documents; never edited by hand"
    parts = [f'"about": {json.dumps(about)}']
    for part, rows in sorted(weights.items()):
        lines = (f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in sorted(rows.items()))
        parts.append(f'"{part}": {{\n' + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


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
        arguments.write.write_text(_written(weights), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
