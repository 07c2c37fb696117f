"""What a sync would fetch. Polls, and stores nothing."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver import urls
from archiver.errors import ArchiverError
from archiver.store.polling import WAITING
from archiver.tasks.manners.lanes import Lanes
from archiver.tasks.manners.pace import Pace
from archiver.tasks.syncing import schedule
from archiver.tasks.syncing.plan import plan
from archiver.tasks.syncing.poll import Poll, poll

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archiver.feeds.outlines import Subscription
    from archiver.settings import Settings
    from archiver.store import Store

WAKE_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be fetched of one feed: URL and title of each page; or why it could not be polled."""

    wish: Subscription
    to_fetch: tuple[tuple[str, str | None], ...] = ()
    error: ArchiverError | None = None


def preview(wishes: Sequence[Subscription], store: Store, settings: Settings) -> Iterator[Preview]:
    """What a sync of `wishes` would fetch, whether they are due or not, in the order that the answers come."""
    pace = Pace(store, settings.pace_seconds)
    lanes: Lanes[Subscription] = Lanes(pace.of_host, settings.jobs)
    for wish in wishes:
        lanes.add(urlsplit(wish.url).hostname or "", wish, functools.partial(poll, wish.url, settings, turns=pace))
    try:
        while lanes.open:
            done = lanes.next(WAKE_SECONDS)
            if done is None:
                continue
            if done.error is not None and not isinstance(done.error, ArchiverError):
                raise done.error
            yield _previewed(done.tag, store, done.result, done.error)
    finally:
        lanes.close()


def _previewed(wish: Subscription, store: Store, answer: object, error: ArchiverError | None) -> Preview:
    if error is not None:
        return Preview(wish, error=error)
    assert isinstance(answer, Poll)
    assert answer.feed is not None
    now, shown = datetime.now(UTC), urls.without_credentials(wish.url)
    known = store.following.polling.entries(shown)
    try:
        planned = plan(answer.feed, known, wish, now)
    except ArchiverError as wrong:
        return Preview(wish, error=wrong)
    left = [entry for entry in known if schedule.is_open(entry, now)]
    entries = [*left, *(entry for entry in planned.entries if entry.state == WAITING)]
    pages = ((entry.url, entry.entry_title) for entry in entries if entry.url is not None)
    return Preview(wish, tuple((url, title) for url, title in pages if not store.holds(url)))
