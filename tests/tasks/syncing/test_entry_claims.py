"""What a feed says about an article, from the poll to the page."""

from __future__ import annotations

from datetime import UTC, datetime

from archiver.feeds import Entry
from archiver.store.polling import EntryState
from archiver.tasks.syncing.entry_claims import dumps, feed_entry

URL = "https://quay.example/feed"
ENTRY = Entry(
    "https://quay.example/a",
    published=datetime(2026, 3, 10, tzinfo=UTC),
    updated=datetime(2026, 3, 11, 9, 30, tzinfo=UTC),
    authors=("Ana", "Jo"),
    categories=("Tides",),
    summary="<p>What the &amp; tide did.</p>",
)


def kept(entry):
    return feed_entry(URL, EntryState(1, 2, 3, 4, entry_id="g", entry_title="T", claims=dumps(entry)))


def test_claims_come_back_as_plain_text():
    found = kept(ENTRY)
    assert (found.feed_url, found.entry_id, found.title) == (URL, "g", "T")
    assert (found.authors, found.tags, found.summary) == (("Ana", "Jo"), ("Tides",), "What the & tide did.")


def test_a_day_without_a_time_stays_a_day():
    found = kept(ENTRY)
    assert (found.published, found.updated) == ("2026-03-10", "2026-03-11T09:30:00+00:00")


def test_what_is_not_said_is_not_kept():
    assert dumps(Entry(None)) == "{}"
    assert kept(Entry(None)).authors == ()


def test_a_summary_that_is_the_article_is_none():
    assert kept(Entry(None, summary="word " * 400)).summary is None


def test_an_entry_without_claims_is_one():
    assert feed_entry(URL, EntryState(None, None, None, None)).published is None
