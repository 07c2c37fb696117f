"""A feed examined: what it is and what a sync would do with it. Stores nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver import urls
from archiver.errors import NotFollowed
from archiver.feeds import rhythm
from archiver.feeds.fulltext import full_text
from archiver.feeds.identity import Identity, Seen, identities
from archiver.feeds.outlines import Subscription
from archiver.store.polling import WAITING
from archiver.tasks.manners.pace import Pace
from archiver.tasks.syncing.plan import plan
from archiver.tasks.syncing.poll import poll
from archiver.tasks.syncing.subscriptions import candidates, find

if TYPE_CHECKING:
    from archiver.feeds import Feed
    from archiver.settings import Settings
    from archiver.store import Store


@dataclass(frozen=True, slots=True)
class ExaminedEntry:
    """An entry and its fate: "fetch", "archived", "known", "passed over" or "repeated"."""

    title: str | None
    link: str | None
    published: datetime | None
    known_by: str
    whole_text: bool
    fate: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found."""

    url: str
    final_url: str
    moved_to: str | None
    feed: Feed
    etag: str | None
    last_modified: str | None
    interval: timedelta
    entries: tuple[ExaminedEntry, ...]

    @property
    def to_fetch(self) -> int:
        """How many entries a sync would fetch."""
        return sum(entry.fate == "fetch" for entry in self.entries)


def examine(name: str, store: Store, settings: Settings) -> Examination:
    """The feed that `name` stands for, or that is at this URL.

    Raises:
        InvalidUrl, FetchError, EmptyPage, NotAFeed: it could not be had, or is none.
    """
    pace = Pace(store, settings.pace_seconds)
    try:
        wish, typed = find(store, name), None
    except NotFollowed:
        found = candidates(name, settings, pace)[0]  # of a page with several the first, which it names first
        wish, typed = Subscription(found.url, title=found.title), urlsplit(urls.parse(name)).hostname
    answer = poll(wish.url, settings, trusted_host=typed, turns=pace)
    assert answer.feed is not None
    feed, now, shown = answer.feed, datetime.now(UTC), urls.without_credentials(wish.url)
    known = store.following.polling.entries(shown) if store.root.is_dir() else []
    planned = plan(feed, known, wish, now)
    fetched = {(entry.link, entry.guid, entry.title) for entry in planned.entries if entry.state == WAITING}
    seen = Seen(known)
    met: set[Identity] = set()
    entries = []
    for entry, identity in zip(feed.entries, identities(feed.entries), strict=True):
        signs = (identity.link, identity.guid, identity.title)
        fate = "fetch" if signs in fetched else "known" if seen.find(identity) is not None else "passed over"
        if fate == "fetch" and entry.link and store.holds(entry.link):
            fate = "archived"
        if identity in met:
            fate = "repeated"
        met.add(identity)
        known_by = "link" if identity.link else "guid" if identity.guid else "title and date" if identity.title else "nothing"
        whole = full_text(entry) is not None
        entries.append(ExaminedEntry(entry.title, entry.link, entry.published, known_by, whole, fate))
    moments = [entry.moment for entry in feed.entries if entry.moment is not None]
    interval = rhythm.interval(moments, now, feed.interval, answer.max_age)
    return Examination(
        url=shown,
        final_url=answer.url,
        moved_to=answer.moved_to,
        feed=feed,
        etag=answer.validators.etag,
        last_modified=answer.validators.last_modified,
        interval=timedelta(seconds=round(interval.total_seconds())),
        entries=tuple(entries),
    )
