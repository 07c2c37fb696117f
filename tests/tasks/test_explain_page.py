"""What is said of a page that is one of several."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.capture import SavedPage
from archiver.tasks.explain_page import explain_saved
from tests.tasks.reaching.test_reach import numbers, part

MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
URL = "https://example.org/story"


@pytest.mark.parametrize(
    ("url", "links", "said"),
    [
        (URL, numbers("/story", 2, 3), f"the article may go on at {URL}?page=2"),
        (f"{URL}?page=2", numbers("/story", 1, 3), f"a later one of the article that begins at {URL}?page=1"),
    ],
)
def test_that_there_are_others(url, links, said):
    page = part(1, links=links).body
    assert isinstance(page, str)
    [warning] = explain_saved(SavedPage(url, MOMENT, page.encode())).article.warnings
    assert warning.startswith("only this page was looked at")
    assert said in warning


@pytest.mark.parametrize("url", [URL, None])
def test_nothing_of_a_page_that_stands_alone(url):
    page = part(1).body
    assert isinstance(page, str)
    assert explain_saved(SavedPage(url, MOMENT, page.encode())).article.warnings == ()
