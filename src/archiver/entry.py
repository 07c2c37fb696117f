"""The feed entry: what a feed says about a page. Made by whoever reads feeds, weighed by `extraction`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """The entry that led to a page; plain text throughout.

    Attributes:
        feed_url: the feed's URL.
        entry_id: the entry's own ID.
        authors: names, one by one.
        published: as the feed writes it, or ISO 8601.
        updated: when the entry last changed, likewise.
        summary: what the feed prints under the title.
        tags: the entry's categories.
    """

    feed_url: str
    entry_id: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    summary: str | None = None
    tags: tuple[str, ...] = ()
