"""The captures of an archive: written before anything tries to understand them, read when an article is made again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archiver.store import files, paths

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from archiver.article import Article
    from archiver.capture import Capture, SavedPage
    from archiver.store.captures import StoredCapture
    from archiver.store.parts import Parts


class Captured:
    """The captures, by the article that was extracted from them."""

    _parts: Parts

    def save_capture(self, capture: Capture | SavedPage, article_id: str) -> StoredCapture:
        """Writes the capture as a WARC file, durably.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: nothing was written.
        """
        from archiver.store import captures

        moment = capture.started_at
        with self._parts.writing():
            name = self._free_capture_name(article_id, moment.isoformat())
            content, offset, later = captures.encode(capture, str(name))
            files.write(self._parts.root, name, content)
        return captures.stored(content, offset, str(name), later)

    def discard_capture(self, stored: StoredCapture) -> None:
        """Removes a capture that no record names; in a group, when what is kept in its place is durable."""
        with self._parts.writing():
            self._parts.at_last(self._remove_all, stored.warc)

    def payload(self, article: Article) -> bytes | None:
        """The page that `article` was extracted from, as its server meant it; None where its capture is missing or damaged.

        Raises:
            StoreError: the capture cannot be read.
        """
        from archiver.store import captures

        capture = article.capture
        if capture is None or capture.warc is None or not paths.is_capture(capture.warc):
            return None
        try:
            return captures.payload(files.read(self._parts.root, capture.warc), capture)
        except FileNotFoundError:
            return None

    def capture(self, article: Article) -> Capture | SavedPage | None:
        """What `article` was extracted from, with all its pages, as it was fetched; None where it is missing or damaged.

        Raises:
            StoreError: the capture cannot be read.
        """
        from archiver.store import replay

        identity = article.capture
        if identity is None or identity.warc is None or not paths.is_capture(identity.warc):
            return None
        try:
            found = replay.replay(files.read(self._parts.root, identity.warc)).capture
        except (FileNotFoundError, ValueError):
            return None
        return found if found.digests == identity.digests else None

    def _remove_all(self, names: list[str]) -> None:
        for name in names:
            files.remove(self._parts.root, name)

    def _free_capture_name(self, article_id: str, fetched_at: str) -> PurePosixPath:
        files.settle(self._parts.root, str(paths.CAPTURES), article_id)
        attempt = 0
        while os.path.lexists(self._parts.root / (name := paths.capture_file(article_id, fetched_at, attempt))):
            attempt += 1
        return name
