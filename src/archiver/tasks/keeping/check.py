"""Whether the archive is whole: the store's own checks, and those of files that the store only keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.errors import FeedError, RecordNewer, StoreError
from archiver.store.checking import finding
from archiver.store.queue import QUEUE_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.store import Store
    from archiver.store.checking import Finding

FEEDS = "feeds.opml"


def findings(store: Store, *, deep: bool = False, tick: Callable[[], None] = lambda: None) -> Iterator[Finding]:
    """What is not as it should be in the archive; nothing is changed.

    Args:
        deep: also compare the digest of every payload in every capture.
        tick: called after each file.

    Raises:
        StoreError: the archive itself cannot be read.
    """
    yield from store.checking.findings(deep=deep, tick=tick)
    yield from _of_subscriptions(store)
    yield from _of_queue(store)


def _of_subscriptions(store: Store) -> Iterator[Finding]:
    from archiver.feeds.opml import Opml

    if (store.root / FEEDS).is_symlink() or (store.root / FEEDS).is_dir():
        return  # the store has said so
    try:
        content = store.following.subscriptions()
        if content is not None:
            Opml.read(content)
    except FeedError as error:
        yield finding("feeds-damaged", FEEDS, error.reason)
    except StoreError as error:
        yield finding("unreadable", FEEDS, error.reason)


def _of_queue(store: Store) -> Iterator[Finding]:
    """A finding for each line that wants no page; a page that nobody will fetch is a loss that nobody would notice."""
    if (store.root / QUEUE_FILE).is_symlink() or (store.root / QUEUE_FILE).is_dir():
        return  # the store has said so
    try:
        for number, error in store.queue.faults():
            kind = "newer" if isinstance(error, RecordNewer) else "queue-damaged"
            yield finding(kind, QUEUE_FILE, f"line {number} {error.reason}")
    except StoreError as error:
        yield finding("unreadable", QUEUE_FILE, error.reason)
