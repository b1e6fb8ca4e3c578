"""Notice, contracts or news: by the form's own words, not by a newspaper's quotation of them."""

from __future__ import annotations

import pytest

from armsledger.documents.kind import kind_of

from .made_up import ARTICLE, AWARDS, DAY, NOTICE, REGISTER

QUOTED = (
    "The State Department has made a determination approving a possible Foreign Military Sale to Syldavia, the "
    "agency said "
    "in a release. The principal contractor will be Example Radars. It will not alter the basic military balance, "
    "it said."
)


@pytest.mark.parametrize(
    ("text", "url", "kind"),
    [
        (NOTICE, None, "notice"),
        (REGISTER, None, "notice"),
        # A lead alone, wrapped in the middle of its phrases
        (
            (
                "WASHINGTON, April 2, 2031 - The State Department has made a\ndetermination approving a possible "
                "Foreign\n"
                "Military Sale to Syldavia. The agency delivered the certification notifying Congress of "
                "this\npossible sale."
            ),
            None,
            "notice",
        ),
        (QUOTED, None, "news"),
        (f"{ARTICLE}\n\n{QUOTED}", None, "news"),
        (DAY, None, "contracts"),
        (DAY.replace("\n", "\r\n"), None, "contracts"),
        (AWARDS[0], None, "contracts"),
        (
            (
                "Example Tents LLC, Akron, Ohio, has been awarded a maximum $8,100,000 firm-fixed-price contract for "
                "tents."
            ),
            None,
            "contracts",
        ),
        (
            (
                "CORRECTION: The contract announced on May 5, 2031, to Example Tents LLC for $8,100,000 named a wrong "
                "date."
            ),
            None,
            "contracts",
        ),
        # A report of one award, with a voice of its own
        (
            (
                "Example Boats has been awarded a $9,000,000 firm-fixed-price contract for harbour boats, the "
                "Pentagon said."
            ),
            None,
            "news",
        ),
        (f"{ARTICLE}\n\n{AWARDS[0]}", None, "news"),
        (ARTICLE, "https://www.war.gov/News/Contracts/Contract/Article/1/", "contracts"),
        (ARTICLE, "https://www.dsca.mil/Press-Media/Major-Arms-Sales/Article-Display/Article/1/x", "notice"),
        (ARTICLE, "https://notwar.gov/News/Contracts/", "news"),
        (ARTICLE, "http://[broken/News/Contracts/", "news"),
        (ARTICLE, "https://www.war.gov/News/Releases/Release/Article/1/", "news"),
        (ARTICLE, None, "news"),
        ("", None, "news"),
    ],
)
def test_kinds(text: str, url: str | None, kind: str) -> None:
    assert kind_of(text, url) == kind
