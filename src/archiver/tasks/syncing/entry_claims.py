"""What a feed says about an article, kept from the poll until its page was read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archiver.entry import FeedEntry
from archiver.feeds.plain import line

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.feeds import Entry
    from archiver.store.polling import EntryState

MAX_SUMMARY_CHARACTERS = 1000
"""A longer one is the article, not what stands under its title."""


def dumps(entry: Entry) -> str:
    """The claims of `entry` as the polling state keeps them."""
    summary = entry.summary if entry.summary and len(entry.summary) <= MAX_SUMMARY_CHARACTERS else None
    claims = {
        "authors": entry.authors,
        "published": _date(entry.published),
        "updated": _date(entry.updated),
        "summary": line(summary, markup=True),
        "tags": entry.categories,
    }
    return json.dumps({name: value for name, value in claims.items() if value}, ensure_ascii=False)


def feed_entry(feed_url: str, entry: EntryState) -> FeedEntry:
    """The entry as extraction takes it; `feed_url` without credentials."""
    claims = json.loads(entry.claims) if entry.claims else {}
    return FeedEntry(
        feed_url=feed_url,
        entry_id=entry.entry_id,
        title=entry.entry_title,
        authors=tuple(claims.get("authors", ())),
        published=claims.get("published"),
        updated=claims.get("updated"),
        summary=claims.get("summary"),
        tags=tuple(claims.get("tags", ())),
    )


def _date(moment: datetime | None) -> str | None:
    """ISO 8601; midnight is what became of a day without a time, and is that day."""
    if moment is None:
        return None
    return f"{moment:%Y-%m-%d}" if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else moment.isoformat()
