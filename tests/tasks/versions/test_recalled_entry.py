"""What a feed said about an article, from its record."""

from __future__ import annotations

import dataclasses

import pytest

from archiver.entry import FeedEntry
from archiver.extraction import extract
from archiver.tasks.versions.recalled_entry import recalled
from tests.support.articles import article_page

ENTRY = FeedEntry(
    "https://a.example/feed", "guid-1", "How the Old Harbour Was Built", ("Ana de la Cruz", "Jo Smith"),
    "2026-03-13T09:00:00Z", "2026-03-15", "A summary of how it came to be built.", ("sea", "walls"),
)  # fmt: skip
BARE = (
    "<html><body><article>"
    + "".join(f"<p>Some words stand here, {n} of them.</p>" for n in range(9))
    + "</article></body></html>"
)


def extracted(page, entry):
    return extract(page, url="https://a.example/x", fetched_at="2026-04-01T00:00:00Z", entry=entry)


@pytest.mark.parametrize("page", [article_page(), BARE], ids=["a page that says most itself", "one that says nothing"])
@pytest.mark.parametrize(
    "entry", [ENTRY, dataclasses.replace(ENTRY, authors=(), summary=None), FeedEntry("https://a.example/feed")],
    ids=["all", "some", "nothing"],
)  # fmt: skip
def test_with_what_is_recalled_the_page_gives_the_same_again(page, entry):
    article = extracted(page, entry)
    again = recalled(article)
    assert again is not None
    assert extracted(page, again) == article


def test_claims_that_lost_are_recalled_too():
    found = recalled(extracted(article_page(), ENTRY))
    assert found == dataclasses.replace(ENTRY, summary=found.summary if found else None)


def test_a_page_that_no_feed_led_to_has_no_entry():
    assert recalled(extract(article_page(), url="https://a.example/x")) is None
