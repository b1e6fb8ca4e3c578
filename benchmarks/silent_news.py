"""What the reader claims of news that nobody has annotated: every document that gives claims, with their quotes.

    python benchmarks/silent_news.py FILE_OR_FOLDER... [--least-evidence POINTS] [--names FILE]

For a person to look at: most general news tells of no transfer, so a claim from it is a suspect. Reads SGML of
Reuters-21578, JSON Lines, CSV with a column ``text``, RSS, Markdown and text. ``--names`` writes the names of the
documents with claims to a file, so that two versions can be compared. Prints to the end how many documents gave claims,
of how many, and how many passed the gate.
"""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path

from newswire import documents_of, files_under

from armsledger.claims import read
from armsledger.claims.news import LEAST_EVIDENCE
from armsledger.lexicon.gate import tells_of_arms
from armsledger.model import Claim


def told(claim: Claim) -> str:
    """A claim on one line."""
    sides = f"{claim.supplier or '?'} -> {claim.recipient or '?'}"
    count = f"{claim.quantity} x " if claim.quantity is not None else ""
    how = f"{claim.stage.value}, {claim.polarity.value}, {claim.certainty.value}"
    quote = " ".join(claim.quote.split())
    return f"    {sides}, {count}{claim.item}, {how} [{claim.evidence}] {quote[:240]!r}"


def main() -> None:
    """Print every document with claims."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, help="files or folders")
    parser.add_argument("--least-evidence", type=Decimal, default=LEAST_EVIDENCE)
    parser.add_argument("--names", type=Path, help="a file for the names of the documents with claims")
    asked = parser.parse_args()
    documents = passed = claims = failed = 0
    named: list[str] = []
    for path in files_under(asked.paths):
        for document in documents_of(path):
            documents += 1
            passed += tells_of_arms(document.text)
            try:
                reading = read(document, asked.least_evidence)
            except Exception as error:  # noqa: BLE001 - a reader that fails on a text is what this looks for, too
                failed += 1
                print(f"{document.name}: FAILED {error!r}")
                continue
            if reading.claims:
                named.append(document.name)
                claims += len(reading.claims)
                print(f"{document.name} ({document.title or ''})")
                for claim in reading.claims:
                    print(told(claim))
    print(f"{documents:,} documents, {passed:,} passed the gate, {len(named)} gave {claims} claims, {failed} failed")
    if asked.names:
        asked.names.write_text("\n".join(named) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
