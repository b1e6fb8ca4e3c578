"""Documents written for these tests: the states, firms and events are invented."""

from __future__ import annotations

from armsledger.documents import read_documents
from armsledger.errors import InputError
from armsledger.model import Document, DocumentKind, Fetched, SectionKind

PARAGRAPHS = (
    (
        "Borduria will lend its neighbour forty tanks for the winter manoeuvres, the minister of defence said on "
        "Monday, "
        "and expects to have them back before the snow melts in the passes above Klow."
    ),
    (
        "No money changes hands under the arrangement, which the two governments describe as a matter of good "
        "relations "
        "between armies that have trained together since the flood of the year before last."
    ),
    (
        "Critics in the Syldavian parliament asked why the loan had been signed before the committee had seen it, "
        "and what "
        "would happen to vehicles that break down on the way; the ministry promised an answer in writing."
    ),
)
ARTICLE = "\n\n".join(PARAGRAPHS)

NOTICE = (
    "Syldavia - Coastal Radars\n\n"
    "Transmittal No: 31-07\n"
    "WASHINGTON, April 2, 2031 - The State Department has made a determination approving a possible Foreign Military "
    "Sale to the Government of Syldavia of coastal radars for an estimated cost of $12 million.\n"
    "The principal contractor will be Example Radars of Dayton, Ohio.\n"
)
REGISTER = (
    "[Federal Register Volume 96, Number 71 (Monday, April 14, 2031)]\n[Notices]\n[Pages 1911-1912]\n"
    "[FR Doc No: 2031-00001]\n\n-----------------------------------\n\nDEPARTMENT OF DEFENSE\n\n[Transmittal No. "
    "31-07]\n\n"
    "Arms Sales Notification\n\nAGENCY: Department of Defense.\n\nSUMMARY: The text of an arms sales notification\n"
    "follows.\n    (i) Prospective Purchaser: Government of Syldavia\n\n[[Page 1912]]\n\n    Twenty (20) coastal "
    "radars\n"
)
AWARDS = (
    (
        "Example Boats Inc.,* Dayton, Ohio, is being awarded a $9,000,000 firm-fixed-price contract for harbour boats "
        "for the "
        "government of Syldavia under the foreign military sales program. Work will be performed in Dayton. The "
        "Naval Sea "
        "Systems Command, Washington, District of Columbia, is the contracting activity (N00024-31-C-0001)."
    ),
    (
        "Example Tents LLC, Akron, Ohio, has been awarded a maximum $8,100,000 modification (P00003) to a contract "
        "for tents. "
        "It is expected to be complete by March 2032. The Army Contracting Command, Natick, Massachusetts, is the "
        "contracting "
        "activity (W911QY-31-C-0002)."
    ),
)
DAY = f"CONTRACTS \n\nNAVY \n{AWARDS[0]} \n\nARMY \n{AWARDS[1]} \n\n*Small business \n"


def page(body: str = "", head: str = "<title>Tanks on loan</title>", html: str = "") -> str:
    """An HTML page with three invented paragraphs as its article."""
    paragraphs = "\n".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html{html}><head>{head}</head><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
        f"<article><h1>Tanks on loan</h1>{paragraphs}{body}</article><footer>Imprint and contact</footer></body></html>"
    )


def fetched(
    body: str | bytes, name: str = "made-up", kind: DocumentKind | None = None, url: str | None = None
) -> Fetched:
    """Bytes as a source would hand them on."""
    return Fetched(name, body=body.encode() if isinstance(body, str) else body, kind=kind, url=url)


def read_all(body: str | bytes, name: str = "made-up", url: str | None = None) -> list[Document | InputError]:
    """All that the reader yields."""
    return list(read_documents(fetched(body, name, url=url)))


def read(body: str | bytes, name: str = "made-up", url: str | None = None) -> Document:
    """The one document that the reader yields."""
    (found,) = read_all(body, name, url)
    assert isinstance(found, Document), found
    return found


def refused(body: str | bytes, name: str = "made-up", url: str | None = None) -> str:
    """What the one error that the reader yields says."""
    (found,) = read_all(body, name, url)
    assert isinstance(found, InputError), found
    return str(found)


def parts(document: Document, kind: SectionKind) -> list[str]:
    """The stretches of one kind, without outer blanks."""
    return [document.text[s.start : s.end].strip() for s in document.sections if s.kind is kind]
