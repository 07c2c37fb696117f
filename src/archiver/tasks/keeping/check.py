"""Whether the archive is whole: the store's own checks, and those of files that the store only keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.errors import FeedError, StoreError
from archiver.store.checking import finding

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
