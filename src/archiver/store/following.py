"""What the archive keeps of the feeds that are followed: the file of subscriptions, and the memory of polling."""

from __future__ import annotations

import contextlib
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from archiver.store import files
from archiver.store.lock import WriteLock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archiver.store.polling import Polling

FEEDS_FILE = PurePosixPath("feeds.opml")
SYNC_LOCK_NAME = ".sync.lock"


class Following:
    """The feeds of the archive at `root`; `lock` is the archive's."""

    def __init__(self, root: Path, lock: WriteLock, note: Callable[[str], None]) -> None:
        self._root = root
        self._lock = lock
        self._note = note

    def close(self) -> None:
        """Closes the memory of polling; whoever asks again opens it again."""
        polling: Polling | None = self.__dict__.pop("polling", None)
        if polling is not None:
            polling.close()

    @cached_property
    def polling(self) -> Polling:
        """What polling must remember."""
        from archiver.store.polling import Polling

        return Polling(self._root, self._note)

    def feed_behind(self, links: Iterable[int], *, between: tuple[str, str]) -> str | None:
        """The feed that led to a page then, as far as polling remembers (`polling.feed_behind`); nothing is changed."""
        from archiver.store.polling import feed_behind

        return feed_behind(self._root, links, between=between)

    def subscriptions(self) -> bytes | None:
        """The content of `feeds.opml`; None where no feed is followed yet.

        Raises:
            StoreError: it cannot be read.
        """
        try:
            return files.read(self._root, FEEDS_FILE)
        except FileNotFoundError:
            return None

    def save_subscriptions(self, content: bytes) -> Path:
        """Writes `feeds.opml`. Hold the lock from reading it to writing it.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: it is as it was.
        """
        with self._lock.held():
            return files.write(self._root, FEEDS_FILE, content)

    @contextlib.contextmanager
    def syncing(self) -> Iterator[None]:
        """Holds the lock of the one run that may poll feeds; others may write to the archive meanwhile.

        Raises:
            LockHeld: another run holds it.
            ArchiveUnwritable: the archive cannot be written.
        """
        with WriteLock(self._root, name=SYNC_LOCK_NAME, wait_seconds=0).held():
            yield
