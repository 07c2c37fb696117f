"""What a poll means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archiver.feeds import Entry, Feed
from archiver.feeds.choosing import Rule
from archiver.feeds.outlines import Subscription
from archiver.store.polling import PASSED_OVER, WAITING
from archiver.tasks.syncing.plan import BACKLOG, plan

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
WISH = Subscription("https://quay.example/feed")


def entry(number, **values):
    values = {"title": f"S{number}", "published": NOW - timedelta(days=number), **values}
    return Entry(f"https://quay.example/{number}", **values)


def planned(*entries, known=(), wish=WISH):
    return plan(Feed("rss", entries=entries), known, wish, NOW)


def test_new_entries_wait_the_oldest_first():
    assert [one.url for one in planned(entry(1), entry(3), entry(2)).waiting] == [
        f"https://quay.example/{number}" for number in (3, 2, 1)
    ]


def test_known_entries_mean_nothing():
    known = planned(entry(1)).entries
    assert planned(entry(1), known=known).entries == ()


def test_an_entry_that_stands_twice_is_one():
    assert len(planned(entry(1), entry(1)).entries) == 1


def test_the_first_poll_takes_the_newest_and_passes_over_the_rest():
    found = planned(*(entry(number) for number in range(BACKLOG + 5)))
    assert (len(found.waiting), found.beyond) == (BACKLOG, 5)
    assert {one.state for one in found.entries} == {WAITING, PASSED_OVER}
    again = planned(*(entry(number) for number in range(BACKLOG + 5)), known=found.entries)
    assert again.entries == ()


def test_later_polls_take_everything():
    known = planned(entry(9999)).entries
    assert len(planned(*(entry(number) for number in range(BACKLOG + 5)), known=known).waiting) == BACKLOG + 5


def test_without_dates_the_first_entries_are_the_newest():
    wish = Subscription(WISH.url, backlog=1)
    found = planned(entry(1, published=None), entry(2, published=None), wish=wish)
    assert [one.url for one in found.waiting] == ["https://quay.example/1"]


def test_without_dates_the_last_pages_of_a_sitemap_are_the_newest():
    wish = Subscription(WISH.url, backlog=1)
    sitemap = Feed("sitemap", entries=(entry(1, published=None), entry(2, published=None)))
    assert [one.url for one in plan(sitemap, (), wish, NOW).waiting] == ["https://quay.example/2"]


def test_what_is_not_wanted_is_remembered_with_the_reason_told():
    wish = Subscription(WISH.url, rules=(Rule("title", "S1", include=False),))
    found = planned(entry(1), entry(2), Entry(None, title="no link"), wish=wish)
    assert [reason for _, reason in found.refused] == ["its title matches 'S1'", "it has no link to a page"]
    assert len(found.waiting) == 1
    assert planned(entry(1), known=found.entries).entries == ()  # though the rule is gone


def test_what_is_passed_over_takes_little_room():
    wish = Subscription(WISH.url, rules=(Rule("title", "S1", include=False),))
    (one,) = planned(entry(1, content="<p>" + "word " * 500), wish=wish).entries
    assert (one.url, one.content, one.entry_title) == (None, None, None)


def test_the_whole_text_is_kept_for_the_case_that_the_page_fails():
    (whole, short) = planned(entry(2, content=f"<p>{'word ' * 200}</p>"), entry(1, content="<p>Short.</p>")).waiting
    assert whole.content is not None
    assert "<h1>S2</h1>" in whole.content
    assert short.content is None
