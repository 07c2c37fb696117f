"""What a sync remembers while it runs: each feed's state and the entries on their way, written through to the polling state."""

from __future__ import annotations

import dataclasses
import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archiver import urls
from archiver.store.polling import FeedState
from archiver.tasks.archiving.read_page import rfc3339
from archiver.tasks.syncing import schedule
from archiver.tasks.syncing.subscriptions import changing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archiver.errors import ArchiverError
    from archiver.feeds.outlines import Subscription
    from archiver.store import Store
    from archiver.store.polling import EntryState
    from archiver.tasks.syncing.arrivals import Asker
    from archiver.tasks.syncing.poll import Poll


class Memory:
    """What is remembered of the feeds that `wishes` follow. Feeds are known by their URL without credentials.

    Attributes:
        wishes: what is followed, by URL.
    """

    def __init__(self, store: Store, wishes: Iterable[Subscription]) -> None:
        self._store = store
        self.wishes = {wish.url: wish for wish in wishes}
        known = store.following.polling.feeds()
        self._states = {url: known.get(name := urls.without_credentials(url)) or FeedState(name) for url in self.wishes}
        self._taken: set[int] = set()

    def state(self, wish: Subscription) -> FeedState:
        """What is remembered of a feed."""
        return self._states[wish.url]

    def known(self, wish: Subscription) -> list[EntryState]:
        """The entries of a feed that were met before."""
        return self._store.following.polling.entries(self.state(wish).url)

    def to_fetch(self, wish: Subscription) -> list[EntryState]:
        """The entries of a feed whose pages are to be fetched now, each once in a run."""
        ready = self._store.following.polling.open_entries(self.state(wish).url, rfc3339(datetime.now(UTC)))
        fresh = [entry for entry in ready if entry.number not in self._taken]
        self._taken.update(entry.number for entry in fresh if entry.number is not None)
        return fresh

    def waiting(self) -> int:
        """How many entries have not been tried yet."""
        return sum(self._store.following.polling.waiting(state.url) for state in self._states.values())

    def next_due(self) -> str | None:
        """When the next feed is to be polled."""
        return min((state.due_at for state in self._states.values() if state.due_at), default=None)

    def polled(self, wish: Subscription, answer: Poll, entries: Sequence[EntryState], now: datetime) -> None:
        """Remembers a poll and what it brought; its validators count at once where nothing is to be fetched."""
        state = schedule.polled(self.state(wish), answer, now, _chance())
        self._save(wish, state, entries)
        self._promote(wish)

    def poll_failed(self, wish: Subscription, error: ArchiverError, now: datetime) -> None:
        """Remembers that a feed could not be had."""
        self._save(wish, schedule.poll_failed(self.state(wish), error, now, _chance()))

    def settle(self, askers: Iterable[Asker], become: Callable[[EntryState, datetime], EntryState], *, news: bool) -> None:
        """Remembers what became of an entry that is safe, or could not be had; `news`: whether it was archived just now."""
        now = datetime.now(UTC)
        for wish, entry in askers:
            after = become(entry, now)
            state = self.state(wish)
            if news:
                state = dataclasses.replace(state, news_at=rfc3339(now))
            self._save(wish, state, [after])
            self._promote(wish)

    def pause(self, wish: Subscription, why: str) -> None:
        """Writes into the subscriptions that a feed is paused, and why."""
        with changing(self._store) as opml:
            opml.pause(wish.url, why)

    def move(self, wish: Subscription) -> str | None:
        """Follows a feed to where it has moved for good; gives that address, or None where it has not moved."""
        target = schedule.moved(self.state(wish))
        if target is None or target in self.wishes:
            return None
        with changing(self._store) as opml:
            opml.move(wish.url, target)
        self._store.following.polling.move(self.state(wish).url, target)
        self._states[wish.url] = dataclasses.replace(self.state(wish), url=target, moved_to=None, moved_times=0)
        return target

    def _promote(self, wish: Subscription) -> None:
        state = self.state(wish)
        after = schedule.safe(state)
        if after != state and not self._store.following.polling.waiting(state.url):
            self._save(wish, after)

    def _save(self, wish: Subscription, state: FeedState, entries: Iterable[EntryState] = ()) -> None:
        self._states[wish.url] = state
        self._store.following.polling.save(state, entries)


def _chance() -> float:
    return random.random()  # noqa: S311  # to spread requests
