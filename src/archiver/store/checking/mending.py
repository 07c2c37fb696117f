"""The moves of which a repair is made. None of them deletes what was kept: what is damaged or redundant goes to `quarantine/`.

`quarantine/<date>/` has each file under the name that it had in the archive. What is written in its place is written first, so
there is no moment without either. Only for the holder of the archive's lock.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archiver.errors import RecordDamaged, RecordNewer, StoreError
from archiver.store import captures, files, paths, replay
from archiver.store.checking import fixity
from archiver.store.checking.databases import INDEX
from archiver.store.indexing import database

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.article import Article
    from archiver.capture import Capture, SavedPage
    from archiver.store.aliases import Aliases
    from archiver.store.captures import StoredCapture
    from archiver.store.records import Records


class Mending:
    """The moves in the archive at `root`."""

    def __init__(self, root: Path, records: Records, aliases: Aliases) -> None:
        self._root = root
        self._records = records
        self._aliases = aliases

    # -- looking

    def records(self, article_id: str) -> dict[str, Article | None]:
        """The files of the article's record, usually one; None for one that is damaged.

        Raises:
            StoreError: one cannot be read, or only by a later version of archiver.
        """
        found = (self._root / paths.ARTICLES).glob(f"*/*{article_id}.json")
        return {name: self._loaded(name) for name in sorted(path.relative_to(self._root).as_posix() for path in found)}

    def versions(self, article_id: str) -> dict[str, Article | None]:
        """The files of the article's versions, oldest first; None for one that is damaged.

        Raises:
            StoreError: one cannot be read, or only by a later version of archiver.
        """
        return {str(name): self._loaded(str(name)) for name in self._records.versions(article_id)}

    def captures(self, article_id: str) -> list[str]:
        """The files of the article's captures, newest first, with those of articles that were joined to it."""
        folder = self._root / paths.CAPTURES
        found = (path for owner in self._aliases.parts_of(article_id) for path in folder.rglob(f"{owner}-*.warc.gz"))
        newest_first = sorted(found, key=lambda path: path.name, reverse=True)
        return [path.relative_to(self._root).as_posix() for path in newest_first]

    def capture(self, name: str) -> tuple[Capture | SavedPage, StoredCapture] | None:
        """The capture in the file `name`, and its identity; None where it is damaged.

        Raises:
            StoreError: it cannot be read.
        """
        if not self._is_file(name):
            return None
        try:
            with files.opened(self._root, name) as file:
                if fixity.gzip_fault(file):
                    return None
            content = files.read(self._root, name)
            found = replay.replay(content)
        except (FileNotFoundError, ValueError):
            return None
        return found.capture, captures.stored(content, found.offset, name, found.later_offsets)

    def remains(self, name: str) -> bytes:
        """The content of a file, whatever it holds; b"" where it is none."""
        return files.read(self._root, name) if self._is_file(name) else b""

    @staticmethod
    def record_file(article: Article) -> PurePosixPath:
        """Where the record of an article that has none goes."""
        return paths.article_file(article)

    @staticmethod
    def is_version_of(name: str, fetched_at: str) -> bool:
        """Whether the version in the file `name` was fetched then."""
        return PurePosixPath(name).name.startswith(paths.stamp(fetched_at))

    # -- moving

    def set_aside(self, name: str) -> str:
        """Moves what stands at `name` to the quarantine, and gives its new name.

        Raises:
            FileNotFoundError, ArchiveUnwritable, StoreError: it is still there.
        """
        target = self._quarantined(name)
        files.move(self._root, name, target)
        return str(target)

    def replace(self, name: str, content: bytes) -> str | None:
        """Writes `content` to the file `name`; what stood there goes to the quarantine, under the name that is given.

        Raises:
            ArchiveUnwritable, StoreError: what stood there still does.
        """
        kept = None
        try:
            held = files.read(self._root, name)
        except FileNotFoundError:
            held = None
        except StoreError:  # a link, or worse: it is moved as it is
            return self._replace_what_is_no_file(name, content)
        if held is not None:
            kept = str(files.write(self._root, self._quarantined(name), held).relative_to(self._root).as_posix())
        files.write(self._root, PurePosixPath(name), content)
        return kept

    def put_version(self, article: Article, content: bytes) -> str:
        """Writes a version of the article, and gives its name."""
        fetched_at = article.capture.fetched_at if article.capture else None
        return self._records.put_version(paths.checked(article.id), fetched_at, content).relative_to(self._root).as_posix()

    def promote(self, version: str, record: str) -> str | None:
        """Makes a version the record of its article; what stood at `record` goes to the quarantine, under the name given."""
        kept = self.replace(record, files.read(self._root, version))
        files.remove(self._root, version)
        return kept

    def set_sides_aside(self, name: str) -> None:
        """Moves what SQLite keeps beside the database `name` to the quarantine too."""
        for side in ("-wal", "-shm", "-journal"):
            with contextlib.suppress(FileNotFoundError):
                self.set_aside(f"{name}{side}")

    @staticmethod
    def without_capture(article: Article, why: str) -> Article:
        """The record of an article whose capture is lost: it keeps its text, and says `why` it names no capture."""
        assert article.capture is not None
        pages = tuple(dataclasses.replace(page, offset=None) for page in article.capture.pages)
        identity = dataclasses.replace(article.capture, warc=None, warc_bytes=None, warc_sha256=None, offset=None, pages=pages)
        return dataclasses.replace(article, capture=identity, warnings=(*article.warnings, why))

    def forget_index(self) -> None:
        """Drops the index; whoever asks next makes it again from the files."""
        database.discard(self._root / INDEX)

    # -- within

    def _replace_what_is_no_file(self, name: str, content: bytes) -> str:
        kept = self.set_aside(name)
        files.write(self._root, PurePosixPath(name), content)
        return kept

    def _loaded(self, name: str) -> Article | None:
        if not self._is_file(name):
            return None
        try:
            return self._records.load(name)
        except RecordNewer:
            raise
        except RecordDamaged:
            return None

    def _is_file(self, name: str) -> bool:
        return (self._root / name).is_file() and not (self._root / name).is_symlink()

    def _quarantined(self, name: str) -> PurePosixPath:
        """A free place in the quarantine of today for what stands at `name`."""
        day, attempt = f"{datetime.now(UTC):%Y-%m-%d}", 0
        while True:
            target = paths.QUARANTINE / (f"{day}-{attempt}" if attempt else day) / name
            if not os.path.lexists(self._root / target):
                return target
            attempt += 1
