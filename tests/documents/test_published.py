"""When a document came out, as far as it says so: never a guess."""

from __future__ import annotations

import pytest

from armsledger.documents.published import iso_date

from .made_up import ARTICLE, DAY, NOTICE, REGISTER, read


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("2031-04-02", "2031-04-02"),
        ("2031-04-02T10:00:00+09:00", "2031-04-02"),
        ("2031-04-02 00:00", "2031-04-02"),
        ("2031-04", "2031-04"),
        ("2031", "2031"),
        ("20310402", "2031-04-02"),
        ("2031. 4. 2.", "2031-04-02"),
        ("April 2, 2031", "2031-04-02"),
        ("2 April 2031", "2031-04-02"),
        ("Wed, 02 Apr 2031 04:41:00 +0000", "2031-04-02"),
        ("2031-13-02", None),
        ("2031-02-30", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("12/04/2031", None),  # April or December? not told
    ],
)
def test_dates_as_fields_give_them(said: str | None, iso: str | None) -> None:
    assert iso_date(said) == iso


@pytest.mark.parametrize(
    ("text", "name", "published"),
    [
        (NOTICE, "x", "2031-04-02"),
        (REGISTER, "x", "2031-04-14"),
        (f"Tanks on loan\n\nPublished: 14 April 2031, 10:30 CET\n\n{ARTICLE}", "x", "2031-04-14"),
        (f"Tanks on loan\n\nMonday, April 14, 2031\n\n{ARTICLE}", "x", "2031-04-14"),
        (f"KLOW, April 14, 2031 \u2014 {ARTICLE}", "x", "2031-04-14"),
        (f"KLOW (Syldavia), 14 April 2031 / Wire / {ARTICLE}", "x", "2031-04-14"),
        (f"KLOW, April 14 (Wire) - {ARTICLE}", "x", None),  # no year is told
        (f"{ARTICLE} It was signed on April 14, 2031.", "x", None),  # an event, not a dateline
        (f"Tanks on loan\n\nApril 2031\n\n{ARTICLE}", "x", None),
        (ARTICLE, "2031-04-14-tanks.txt", None),  # the day on which somebody saved it
        (DAY, "x", None),
        (DAY, "days/2031-05-06.txt", "2031-05-06"),
        (f"Contracts For May 7, 2031\n{DAY}", "2031-05-06.txt", "2031-05-07"),
    ],
)
def test_dates_as_texts_give_them(text: str, name: str, published: str | None) -> None:
    assert read(text, name).published == published
