"""How fast news is read, beside the spaCy pipelines that a user would otherwise take; text in, one core.

    python benchmarks/news.py [--general FILE_OR_FOLDER] [--dense FILE_OR_FOLDER] [--documents 400] [--rounds 3]

Ours is the whole way from bytes to claims (document, language, gate, rules). The peers:

1. spaCy with the architecture of its small English pipeline (tok2vec, tagger, parser, ner; widths and depths as
   released). Its weights are NOT trained: they cannot be had without a network, and the speed is that of trained ones
   but for a few entities more. It reads no claim.
2. spaCy's blank English pipeline with an EntityRuler alone, the lexicon's spellings of parties and systems as patterns.

General news: most of it tells of no transfer and is let go by the gate. Dense news: articles that tell of several each.
``--general`` and ``--dense`` take real texts in the forms of newswire.py; without them the texts are made up. The CNN
is timed on every so many documents only (``--share``), and its time is taken up to all of them.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from material import arms_news, cpu_seconds, interleaved, middle, news, ratio
from newswire import documents_of, files_under

from armsledger.claims import read
from armsledger.documents import read_documents
from armsledger.errors import InputError
from armsledger.lexicon.gate import tells_of_arms
from armsledger.lexicon.matcher import NameKind, lexicon, spellings
from armsledger.model import DocumentKind, Fetched

TARGETS = {"general": (100, 1), "dense": (20, 0)}
GROWTH = (1, 4, 16)
_KINDS = {NameKind.PARTY, NameKind.DEMONYM, NameKind.SYSTEM}


def read_all(texts: Sequence[str]) -> int:
    """Reads every text from bytes to claims; gives how many claims there are."""
    claims = 0
    for number, text in enumerate(texts):
        for document in read_documents(Fetched(f"{number}.txt", body=text.encode(), kind=DocumentKind.NEWS)):
            if not isinstance(document, InputError):
                claims += len(read(document).claims)
    return claims


def convolutional() -> Any:
    """spaCy's small English architecture with untrained weights, or None where spaCy is not installed."""
    try:
        import spacy
    except ImportError:
        return None
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    encoder = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener,
    }
    pipeline = spacy.blank("en")
    pipeline.max_length = 10**8
    pipeline.add_pipe("tok2vec", config={"model": encoder})
    tagger = pipeline.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    arcs = pipeline.add_pipe("parser", config={"model": parser})
    names = pipeline.add_pipe("ner", config={"model": {**parser, "state_type": "ner", "tok2vec": {**encoder}}})
    for tag in ("NN", "NNP", "NNS", "VBD", "VBZ", "VBN", "IN", "DT", "JJ", "CD", "RB", "PRP", "TO", "CC", ".", ","):
        tagger.add_label(tag)
    for arc in ("nsubj", "dobj", "prep", "pobj", "det", "amod", "compound", "aux", "conj", "cc", "advmod", "punct"):
        arcs.add_label(arc)
    for kind in ("PERSON", "ORG", "GPE", "NORP", "DATE", "MONEY", "CARDINAL", "PRODUCT", "FAC", "LOC", "EVENT"):
        names.add_label(kind)
    pipeline.initialize()
    return pipeline


def ruler() -> Any:
    """A blank English pipeline with an EntityRuler over the lexicon's parties and systems, or None."""
    try:
        import spacy
    except ImportError:
        return None
    pipeline = spacy.blank("en")
    pipeline.max_length = 10**8
    names = sorted({spelled for spelled, name in spellings(lexicon()) if name.kind in _KINDS and len(spelled) > 2})
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "NAME", "pattern": name} for name in names])
    return pipeline


def compare(label: str, texts: Sequence[str], cnn: Any, names: Any, share: int, rounds: int) -> None:
    """Prints how many documents a second each side does, and the ratios inside the rounds."""
    size = sum(map(len, texts)) / len(texts)
    passed = sum(map(tells_of_arms, texts)) / len(texts)
    print(f"{label} news: {len(texts):,} documents of {size:,.0f} characters, {passed:.1%} pass the gate")
    works: dict[str, Callable[[], object]] = {"armsledger": lambda: read_all(texts)}
    few = texts[::share]
    if cnn is not None:
        works["CNN"] = lambda: [cnn(text) for text in few]
        works["EntityRuler"] = lambda: [names(text) for text in texts]
        names("warm")
    told = interleaved(works, rounds)
    scale = sum(map(len, texts)) / sum(map(len, few))
    for took in told:
        if "CNN" in took:
            took["CNN"] *= scale
    for name in works:
        print(f"{name:>14}  {len(texts) / middle(told, name):>9,.1f} documents/s")
    print(f"    {read_all(texts):,} claims")
    if cnn is not None:
        first, second = TARGETS[label]
        print(f"    CNN (untrained) over armsledger: {ratio(told, 'CNN', 'armsledger'):.0f} x (target {first})")
        wanted = f" (target {second})" if second else ""
        print(f"    EntityRuler over armsledger: {ratio(told, 'EntityRuler', 'armsledger'):.1f} x{wanted}")


def growth() -> None:
    """Prints how the time a character grows as one dense article gets longer."""
    texts = [arms_news(1, 24 * times) for times in GROWTH]
    rounds = [[cpu_seconds(lambda text=text: read_all([text])) / len(text) for text in texts] for _ in range(3)]  # type: ignore[misc]
    four, sixteen = (statistics.median(took[n] / took[0] for took in rounds) for n in (1, 2))
    print(f"time a character in one growing article: {four:.2f} x at 4 x, {sixteen:.2f} x at 16 x (1.00 is linear)")


def real(path: Path, count: int) -> list[str]:
    """So many texts of a file or folder, evenly taken."""
    texts = [document.text for file in files_under([path]) for document in documents_of(file)]
    return texts[:: max(1, len(texts) // count)][:count]


def main() -> None:
    """Print speed on general and on dense news, and growth."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--general", type=Path, help="real general news; without it, made up")
    parser.add_argument("--dense", type=Path, help="real news dense with transfers; without it, made up")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--share", type=int, default=10, help="the CNN is timed on one document in so many")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    general = (
        real(asked.general, asked.documents)
        if asked.general
        else news(["Klow", "Poland", "Example Bank"], documents=asked.documents, words=140)
    )
    dense = real(asked.dense, asked.documents) if asked.dense else [arms_news(n) for n in range(asked.documents // 8)]
    read_all([arms_news(0)])  # lexicon and matchers are loaded once
    cnn, names = convolutional(), ruler()
    if cnn is None:
        print("spaCy is not installed: our side alone (pip install 'armsledger[bench]')")
    compare("general", general, cnn, names, asked.share, asked.rounds)
    compare("dense", dense, cnn, names, 1 if len(dense) < 100 else asked.share, asked.rounds)
    growth()


if __name__ == "__main__":
    main()
