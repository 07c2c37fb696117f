"""How it stands with each feed that is followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver import urls
from archiver.store.polling import FeedState
from archiver.tasks.syncing.subscriptions import feed_id, subscriptions

if TYPE_CHECKING:
    from archiver.store import Store


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """One feed as `feed list` shows it. Times are UTC, RFC 3339; None: never.

    Attributes:
        id: names the feed on the command line, as its URL and title do.
        state: "new" (not polled yet), "followed", "failing" or "paused".
        note: why it is paused, or the last error.
        waiting: entries that are still to be fetched.
        labels: given to each new article of it.
    """

    id: str
    url: str
    title: str | None
    host: str | None
    folder: str | None
    state: str
    polled_at: str | None
    due_at: str | None
    news_at: str | None
    failures: int
    note: str | None
    waiting: int
    labels: tuple[str, ...] = ()


def statuses(store: Store) -> list[FeedStatus]:
    """The feeds in the order of the file.

    Raises:
        StoreError: the file of subscriptions, or the polling state, cannot be read.
    """
    followed = subscriptions(store)
    known = store.following.polling.feeds() if followed else {}
    found = []
    for wish in followed:
        url = urls.without_credentials(wish.url)
        state = known.get(url) or FeedState(url)
        paused = wish.paused is not None
        found.append(
            FeedStatus(
                id=feed_id(wish.url),
                url=url,
                title=wish.title or state.title,
                host=urls.host(url),
                folder=" / ".join(wish.folder) or None,
                state="paused" if paused else "failing" if state.failures else "followed" if state.polled_at else "new",
                polled_at=state.polled_at,
                due_at=None if paused else state.due_at,
                news_at=state.news_at,
                failures=state.failures,
                note=wish.paused if paused and wish.paused != "true" else state.error,
                waiting=store.following.polling.waiting(url),
                labels=wish.labels,
            )
        )
    return found
