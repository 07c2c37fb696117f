"""The files of sightings: one for each article whose page was found gone or worse."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from typing import TYPE_CHECKING

from archiver.errors import StoreError
from archiver.sightings import Sightings, dumps, loads, united
from archiver.store import files, paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archiver.store.indexing.rows import Row
    from archiver.store.lock import WriteLock


class SightingFiles:
    """The sightings in the archive at `root`; `lock` is the archive's."""

    def __init__(self, root: Path, lock: WriteLock) -> None:
        self._root = root
        self._lock = lock

    def load(self, article_id: str) -> Sightings:
        """Those of an article; none where there is no file.

        Raises:
            StoreError: it cannot be read, or (`RecordDamaged`) holds none.
        """
        return self._parsed(self._read(article_id), article_id)

    def change(self, article_id: str, change: Callable[[Sightings], Sightings]) -> Sightings:
        """Writes what `change` makes of them, durably, where that is something else, and gives it.

        Raises:
            RecordDamaged: there is a file that holds none; it is left alone.
            ArchiveUnwritable, StoreError, LockHeld: they are as they were.
        """
        if (before := self.load(article_id)) == change(before):
            return before
        with self._lock.held():
            held = self._read(article_id)
            before = self._parsed(held, article_id)
            after = change(before)
            if after != before:
                files.write(self._root, paths.sightings_file(article_id), dumps(after, article_id, held=held))
        return after

    def united(self, article_id: str, content: bytes) -> bytes | None:
        """What the article's file must hold to say what `content`, a file on the same article, says too; None where it does.

        Raises:
            StoreError: its file cannot be read, or (`RecordDamaged`) either holds no sightings.
        """
        theirs = loads(content, article_id, subject=f"the sightings of {article_id}")
        held = self._read(article_id)
        if held is None:
            return content
        both = dumps(united(self._parsed(held, article_id), theirs), article_id, held=held)
        return None if both == held else both

    def ids(self) -> Iterator[str]:
        """The articles that have a file, sorted.

        Raises:
            StoreError: the folders cannot be read.
        """
        for folder in files.folders(self._root / paths.SIGHTINGS):
            for entry in files.listing(self._root / paths.SIGHTINGS / folder.name):
                article_id = entry.name.removesuffix(".json")
                if paths.ID_PATTERN.fullmatch(article_id) and article_id.startswith(folder.name):
                    yield article_id

    def gone(self) -> frozenset[str]:
        """The articles whose pages are gone from the web; what cannot be read says nothing."""
        return frozenset(article_id for article_id in self._readable_ids() if self._gone_since(article_id))

    def marker(self) -> Callable[[Row], Row]:
        """What gives the row of an article that is gone the time since when; what cannot be read says nothing."""
        with_file = functools.cache(lambda: frozenset(self._readable_ids()))  # read when there is a row

        def marked(row: Row) -> Row:
            gone_since = self._gone_since(row.id) if row.id in with_file() else None
            return dataclasses.replace(row, gone_since=gone_since) if gone_since else row

        return marked

    def _gone_since(self, article_id: str) -> str | None:
        with contextlib.suppress(StoreError):
            return self.load(article_id).gone_since
        return None

    def _readable_ids(self) -> Iterator[str]:
        with contextlib.suppress(StoreError):
            yield from self.ids()

    def _read(self, article_id: str) -> bytes | None:
        try:
            return files.read(self._root, paths.sightings_file(article_id))
        except FileNotFoundError:
            return None

    def _parsed(self, content: bytes | None, article_id: str) -> Sightings:
        if content is None:
            return Sightings()
        return loads(content, article_id, subject=str(self._root / paths.sightings_file(article_id)))
