"""Which entries are the same, over several polls of feeds that make it hard."""

from __future__ import annotations

from datetime import UTC, datetime

from archiver.feeds.identity import Seen, identities
from archiver.feeds.model import Entry

MARCH = datetime(2026, 3, 10, 9, tzinfo=UTC)
APRIL = datetime(2026, 4, 10, 9, tzinfo=UTC)


def entry(number, *, link="", guid=None, title="", published=None):
    return Entry(link or f"https://quay.example/{number}", guid, title or f"Story {number}", published)


def new(*polls):
    """How many entries each poll brought that were not there before."""
    seen, counts = Seen(()), []
    for entries in polls:
        before = len(seen)
        for identity in identities(entries):
            if seen.find(identity) is None:
                seen.add(identity)
        counts.append(len(seen) - before)
    return counts


def poll(*, first=0, **signs):
    return [
        entry(number, **{name: sign(number) if callable(sign) else sign for name, sign in signs.items()})
        for number in range(first, first + 3)
    ]


def test_without_guids_the_link_tells():
    assert new(poll(), poll(), poll(first=1)) == [3, 0, 1]


def test_one_guid_for_all_tells_nothing():
    assert new(poll(guid="same"), poll(first=3, guid="same")) == [3, 3]


def test_a_guid_that_changes_at_every_poll_does_not_matter():
    assert new(*(poll(guid=lambda number, turn=turn: f"{number}-{turn}") for turn in range(3))) == [3, 0, 0]


def test_a_token_in_the_link_does_not_matter_where_the_guid_stays():
    polls = (
        poll(link=lambda n, turn=turn: f"https://quay.example/{n}?t={turn}", guid=lambda n: f"g{n}", published=MARCH)
        for turn in range(3)
    )
    assert new(*polls) == [3, 0, 0]


def test_a_token_in_the_link_does_not_matter_where_title_and_date_stay():
    polls = (poll(link=lambda n, turn=turn: f"https://quay.example/{n}?t={turn}", published=MARCH) for turn in range(3))
    assert new(*polls) == [3, 0, 0]


def test_an_edited_title_is_no_new_entry():
    edited = poll(
        title=lambda n: f"Edited {n}", guid=lambda n: f"g{n}", published=MARCH, link=lambda n: f"https://q.example/x{n}"
    )
    assert new(poll(guid=lambda n: f"g{n}", published=MARCH), edited) == [3, 0]


def test_a_guid_used_again_for_another_article_is_a_new_entry():
    first = [entry(1, guid="latest", published=MARCH)]
    second = [entry(2, guid="latest", published=APRIL)]
    assert new(first, second) == [1, 1]
    assert new([entry(1, guid="latest")], [entry(2, guid="latest")]) == [1, 1]


def test_articles_of_one_title_and_date_are_told_apart_by_their_links():
    assert new(poll(title="Weather", published=MARCH)) == [3]


def test_a_repeated_entry_is_one():
    assert new([*poll(), *poll()], poll()) == [3, 0]


def test_tracking_parameters_make_no_new_entry():
    assert new(poll(), poll(link=lambda n: f"http://www.quay.example/{n}/?utm_source=rss")) == [3, 0]
