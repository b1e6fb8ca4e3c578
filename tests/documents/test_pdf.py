"""PDF: the text layer, or why there is none."""

from __future__ import annotations

import pytest

from armsledger.model import SectionKind

from .made_up import parts, read, refused


def pdf(*pages: list[str], title: str = "", encrypted: bool = False) -> bytes:
    """A small PDF with these lines on its pages."""
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) /CreationDate (D:20200101000000Z) >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<00> <00>]"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root "
        f"1 0 R "
        f"/Info 4 0 R {lock if encrypted else ''} >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode()


def test_pages_are_parted_and_hyphens_stay() -> None:
    document = read(
        pdf(["Radars for the coast of Syldavia", "KLOW, April 2, 2031 - Borduria lends howitz-", "ers."], ["Page two."])
    )
    assert document.text == (
        "Radars for the coast of Syldavia\nKLOW, April 2, 2031 - Borduria lends howitz-\ners.\n\fPage two."
    )
    assert (document.title, document.published) == ("Radars for the coast of Syldavia", "2031-04-02")
    assert document.media_type == "application/pdf"
    assert document.runs == ()
    assert parts(document, SectionKind.TITLE) == ["Radars for the coast of Syldavia"]


@pytest.mark.parametrize(
    ("said", "title"), [("Radars on loan", "Radars on loan"), ("radars.docx", None), ("Microsoft Word - x y", None)]
)
def test_a_title_may_come_from_its_properties_a_date_never(said: str, title: str | None) -> None:
    document = read(pdf(["a line that goes on", "and on to its end."], title=said))
    assert (document.title, document.published) == (title, None)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (pdf([]), "is a PDF without text (a scan?) (run OCR on it first)"),
        (pdf(["words"], encrypted=True), "is an encrypted PDF"),
        (pdf(["words"])[:200], "is a broken or truncated PDF"),
        (b"%PDF-1.7 and nothing else", "is a broken or truncated PDF"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, said: str) -> None:
    assert said in refused(raw)
