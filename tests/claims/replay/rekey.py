"""Puts the answers under the keys of the guide as it is now, after somebody has looked whether they still answer it.

    python tests/claims/replay/rekey.py

A key is a hash of everything that is sent, so every change of the guide makes the answers belong to no request.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from armsledger.claims import read
from armsledger.claims.llm import ModelReader, ModelSettings
from armsledger.model import Document
from armsledger.pipeline import documents_of

HERE = Path(__file__).resolve().parent
MODEL = "by-hand"


def keys() -> list[str]:
    """The key of each document's one request, in the order of the documents."""
    with tempfile.TemporaryDirectory() as folder:
        none, asked = Path(folder) / "none.jsonl", Path(folder) / "asked.jsonl"
        none.touch()
        with ModelReader(ModelSettings(model=MODEL, replay=str(none), record=str(asked))) as reader:
            for document in documents_of([str(HERE / "documents.jsonl")]):
                assert isinstance(document, Document)
                read(document, model=reader, rules=False)
        return [json.loads(line)["key"] for line in asked.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Writes the file again."""
    path = HERE / "answers.jsonl"
    answers = [json.loads(line)["answer"] for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [
        json.dumps({"key": key, "model": MODEL, "answer": answer}, ensure_ascii=False)
        for key, answer in zip(keys(), answers, strict=True)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
