"""A page's own citation against its dates."""

from __future__ import annotations

import pytest

from archiver.article import Dates
from archiver.tasks.exchange.cite import disagreement
from tests.support.records import full_article

PAGE = b"<h1>How the Old Harbour Was Built</h1><p>Cruz, A. (2018). How the Old Harbour Was Built. Review.</p>"


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (
            Dates("2017-03-18", "2018-08-08T10:00:00Z"),
            "the page asks to be cited as of 2018; its dates say published 2017-03-18, updated 2018-08-08",
        ),
        (Dates("2017"), "the page asks to be cited as of 2018; its dates say published 2017"),
        (Dates("2018-01-01"), None),
        (Dates(None, "2017-01-01"), None),
    ],
)
def test_another_year_is_said(dates, said):
    assert disagreement(full_article(dates=dates), PAGE) == said


@pytest.mark.parametrize("page", [None, b"", b"<p>no citation</p>", b"%PDF-1.7"])
def test_a_page_that_says_nothing_disagrees_with_nothing(page):
    assert disagreement(full_article(dates=Dates("2017")), page) is None
