"""The line in which a page says how to cite it."""

from __future__ import annotations

import pytest

from archiver.extraction.citing import cited_year

TITLE = "How the Old Harbour Was Built"


@pytest.mark.parametrize(
    ("line", "year"),
    [
        (f"Cruz, A. (2018). {TITLE}. <em>The Coast Review</em>. Retrieved on August 9, 2018", "2018"),
        (f"<strong>APA Reference</strong><br>Cruz, A. (2018, March 4). {TITLE.upper()}.", "2018"),
        (f"Cruz, A. (2018). “{TITLE}”.", "2018"),
        ("Cruz, A. (2018). Another article.", None),
        (f"In March (2018) {TITLE} was read by many.", None),
        (f"{TITLE} (2018).", None),
        ("", None),
    ],
)
def test_the_year_is_that_before_the_articles_own_title(line, year):
    page = f"<html><body><h1>{TITLE}</h1><p>In a study (2001). Nobody knew.</p><p>{line}</p></body></html>".encode()
    assert cited_year(page, title=TITLE) == year


def test_no_title_is_cited_nowhere():
    assert cited_year(b"<p>Cruz, A. (2018). x</p>", title="—") is None


@pytest.mark.parametrize("page", [b"", b"%PDF-1.7", b"\x00\xff"])
def test_nothing_cites_nothing(page):
    assert cited_year(page, title=TITLE) is None
