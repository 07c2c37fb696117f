"""The archive directory: records, versions, captures and the index over them.

    articles/<host>/<date>-<title>-<id>.json       the records; the rename of one to its name is the commit point
    versions/<id>/<fetched at>.json                records that a later capture superseded, or that were worse than what we hold
    captures/<year>/<month>/<id>-<fetched at>.warc.gz
    remarks/<id, 2 digits>/<id>.json               what the user says about an article; fetching and extracting leave it alone
    feeds.opml                                     which feeds are followed
    feeds.sqlite3                                  what polling them must remember; may be lost
    hosts.sqlite3                                  when each host may be asked next; may be lost
    index.sqlite3                                  derived from the records
    tmp/, .lock                                    for writers

Writers hold one lock, which the system frees when their process dies; readers never wait for it.
"""

from __future__ import annotations

import contextlib
import os
import time
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Self

from archiver.errors import NotInArchive, StoreError
from archiver.store import files, paths
from archiver.store.bulk import Bulk
from archiver.store.following import Following
from archiver.store.lock import WriteLock
from archiver.store.names import Names
from archiver.store.records import Records
from archiver.store.remark_files import RemarkFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.article import Article
    from archiver.capture import Capture, SavedPage
    from archiver.remarks import Remarks
    from archiver.store.captures import StoredCapture
    from archiver.store.disk_use import Usage
    from archiver.store.hosts import Hosts
    from archiver.store.index import Index
    from archiver.store.rows import Filters, Hit, Row
    from archiver.store.tallies import Tallies


class Store:
    """One archive directory. Use `Store.open`, and close it, or use it as a context manager."""

    def __init__(self, root: Path, note: Callable[[str], None]) -> None:
        self.root = root
        self._note = note
        self._lock = WriteLock(root)
        self._records = Records(root)
        self._remarks = RemarkFiles(root)
        self.following = Following(root, self._lock, note)
        self._names = Names(root, lambda: self._index, note)
        self.bulk = Bulk(root, self._lock, self._names, self.save, self._index_noted)

    @classmethod
    def open(cls, root: Path, *, create: bool, note: Callable[[str], None] = lambda _: None) -> Self:
        """The archive at `root`. Without `create`, one that is not there reads as empty and cannot be written.

        Args:
            note: told, in a sentence, what a user should know though nothing failed.

        Raises:
            ArchiveUnwritable, StoreError: it cannot be made or (with `create`) written, or something else stands there.
        """
        if create:
            files.make_root(root)
        elif root.exists() and not root.is_dir():
            raise StoreError("is not a directory", subject=str(root), remedy="name another archive with --archive")
        return cls(root, note)

    def close(self) -> None:
        """Closes the databases; whoever asks again opens them again."""
        index: Index | None = self.__dict__.pop("_index", None)
        if index is not None:
            index.close()
        hosts: Hosts | None = self.__dict__.pop("hosts", None)
        if hosts is not None:
            hosts.close()
        self.following.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # -- reading

    def rows(
        self, filters: Filters, *, sort: str = "fetched", reverse: bool = False, limit: int | None = None
    ) -> Iterator[Row]:
        """The archived articles that pass `filters`."""
        if not self._names.any():
            return iter(())
        return self._index.rows(filters, sort=sort, reverse=reverse, limit=limit)

    def search(
        self, words: str, filters: Filters, *, sort: str | None = None, reverse: bool = False, limit: int | None = None
    ) -> Iterator[Hit]:
        """The articles that match `words`, read as docs/search.md says, and pass `filters`; best first, or as `rows` sorts.

        Raises:
            InvalidInput: too many words, or a fact that cannot be.
        """
        if not self._names.any():
            return iter(())
        return self._index.search(words, filters, sort=sort, reverse=reverse, limit=limit)

    def tallies(self, filters: Filters, *, top: int) -> Tallies:
        """What can be counted of the articles that pass `filters`; of names, the `top` most frequent ones.

        Raises:
            StoreError: the index cannot be read.
        """
        from archiver.store.tallies import Tallies

        return self._index.tallies(filters, top=top) if self._names.any() else Tallies()

    def disk_use(self) -> dict[str, Usage]:
        """What captures, versions, remarks and databases take; the records' share is among the tallies."""
        from archiver.store.disk_use import usage

        return usage(self.root)

    def find(self, name: str) -> str:
        """The ID of the article that `name`, an ID, the beginning of one, or a URL, stands for.

        Raises:
            NotInArchive: none.
            AmbiguousId: several begin with it.
        """
        return self._names.find(name)

    def holds(self, url: str) -> bool:
        """Whether the page at `url` is in the archive, or one that was asked for by this address."""
        return bool(self._names.paths_of_url(url))

    def row(self, article_id: str) -> Row | None:
        """The article's row; None where its record is damaged.

        Raises:
            NotInArchive: there is no such article.
        """
        return self._index.row(self._names.path(article_id))

    def path(self, article_id: str) -> Path:
        """The file of the article's record.

        Raises:
            NotInArchive: there is no such article.
        """
        return self.root / self._names.path(article_id)

    def load(self, article_id: str) -> Article:
        """The article's record.

        Raises:
            NotInArchive: there is no such article.
            RecordDamaged: its file is no record.
        """
        try:
            return self._records.load(self._names.path(article_id))
        except FileNotFoundError:
            raise NotInArchive("not in the archive any more", subject=article_id) from None

    def versions(self, article_id: str) -> tuple[Path, ...]:
        """The files of the records that were superseded, or were worse than what we hold, oldest first."""
        return tuple(self.root / name for name in self._records.versions(article_id))

    def newest_version(self, article_id: str) -> Article | None:
        """The newest readable record in `versions/`, or None."""
        return self._records.newest_version(article_id)

    def versioned(self) -> list[str]:
        """The IDs of the articles that have versions.

        Raises:
            StoreError: they cannot be read.
        """
        return [entry.name for entry in files.folders(self.root / paths.VERSIONS) if paths.ID_PATTERN.fullmatch(entry.name)]

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
            return captures.payload(files.read(self.root, capture.warc), capture)
        except FileNotFoundError:
            return None

    def remarks(self, article_id: str) -> Remarks:
        """What the user says about the article.

        Raises:
            StoreError: their file cannot be read, or (`RecordDamaged`) holds none.
        """
        return self._remarks.load(article_id)

    # -- writing

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the archive's lock; may be nested. Hold it over what belongs together, never over the network.

        Raises:
            LockHeld: another run did not let go of it in time.
            ArchiveUnwritable: the archive cannot be written.
        """
        with self._lock.held():
            yield

    def save_capture(self, capture: Capture | SavedPage, article_id: str) -> StoredCapture:
        """Writes the capture as a WARC file, durably.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: nothing was written.
        """
        from archiver.store import captures

        moment = capture.started_at
        with self.writing():
            name = self._free_capture_name(article_id, moment.isoformat())
            content, offset = captures.encode(capture, str(name))
            files.write(self.root, name, content)
        return captures.stored(content, offset, str(name))

    def discard_capture(self, stored: StoredCapture) -> None:
        """Removes a capture that no record names."""
        with self.writing():
            files.remove(self.root, stored.warc)

    def save(self, article: Article) -> Path:
        """Writes the article's record; one that stood there before moves to `versions/`. Gives the file.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: the archive is as it was.
        """
        from archiver.record import dumps

        article_id = paths.checked(article.id)
        content = dumps(article).encode()
        with self.writing():
            name = self._names.name_for(article)
            held = self._records.read(name)
            if held is not None and held != content:
                capture = self._records.parse(held, name).capture
                self._records.put_version(article_id, capture.fetched_at if capture else None, held)
            path = files.write(self.root, PurePosixPath(name), content)
            self._index_noted(lambda index: index.add([(article, name)]))
        return path

    def save_beside(self, article: Article) -> Path:
        """Writes a record that must not supersede the one we hold into `versions/`. Gives the file.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: nothing was written.
        """
        from archiver.record import dumps

        fetched_at = article.capture.fetched_at if article.capture else None
        with self.writing():
            return self._records.put_version(paths.checked(article.id), fetched_at, dumps(article).encode())

    def remark(self, article_id: str, change: Callable[[Remarks], Remarks]) -> Remarks:
        """Changes what the user says about an article, and gives it. The article may be one that is about to be saved.

        Raises:
            RecordDamaged: what is said of it cannot be read, and is left as it is.
            ArchiveUnwritable, StoreError, LockHeld: the archive is as it was.
        """
        with self.writing():
            remarks = self._remarks.change(paths.checked(article_id), change)
            self._index_noted(lambda index: index.follow(str(paths.remarks_file(article_id))))
        return remarks

    def remove(self, article_id: str) -> None:
        """Removes the article's versions, captures, remarks and record, in this order: a run cut short can be run again.

        Raises:
            NotInArchive: there is no such article.
            ArchiveUnwritable, StoreError, LockHeld: some of it may be gone.
        """
        with self.writing():
            records = self._names.paths(article_id)
            captures = (self.root / paths.CAPTURES).glob(f"*/*/{article_id}-*.warc.gz")
            found = [PurePosixPath(path.relative_to(self.root).as_posix()) for path in captures]
            remarks = paths.remarks_file(article_id)
            for name in (*self._records.versions(article_id), *sorted(found), remarks, *map(PurePosixPath, records)):
                files.remove(self.root, name)
            self._index_noted(lambda index: index.forget([*records, str(remarks)]))

    # -- the network's manners

    @cached_property
    def hosts(self) -> Hosts:
        """When each host may be asked next."""
        from archiver.store.hosts import Hosts

        hosts = Hosts(self.root)
        hosts.forget_old(time.time())
        return hosts

    # -- within

    @cached_property
    def _index(self) -> Index:
        from archiver.store.index import Index  # an empty archive has none

        return Index(self.root, self._records.glance, self._remarks.load, self._note)

    def _index_noted(self, change: Callable[[Index], None]) -> None:
        """Changes the index after the files; what it could not follow, the next run brings into it."""
        try:
            change(self._index)
        except StoreError as error:
            self._note(f"{error}; the article is safe, and the next run lists it")

    def _free_capture_name(self, article_id: str, fetched_at: str) -> PurePosixPath:
        attempt = 0
        while os.path.lexists(self.root / (name := paths.capture_file(article_id, fetched_at, attempt))):
            attempt += 1
        return name
