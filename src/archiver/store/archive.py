"""The archive directory: records, versions, captures and the index over them.

    articles/<host>/<date>-<title>-<id>.json       the records; the rename of one to its name is the commit point
    versions/<id>/<fetched at>.json                records that a later capture superseded, or that were worse than what we hold
    captures/<year>/<month>/<id>-<fetched at>.warc.gz
    remarks/<id, 2 digits>/<id>.json               what the user says about an article; fetching and extracting leave it alone
    queue.jsonl                                    the pages that are still to be archived
    sightings/<id, 2 digits>/<id>.json             when its page was found gone, or worse than what we hold
    aliases/<id, 2 digits>/<id>.json               which article another address stands for
    feeds.opml                                     which feeds are followed
    feeds.sqlite3                                  what polling them must remember; may be lost
    hosts.sqlite3                                  when each host may be asked next; may be lost
    index.sqlite3                                  derived from the records
    removed/<id>.json                              a record whose captures, versions and remarks are being removed
    quarantine/<date>/                             what was damaged, under the names it had
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
from archiver.store import files, paths, together
from archiver.store.belongings import Belongings
from archiver.store.bulk import Bulk
from archiver.store.following import Following
from archiver.store.indexing.rows import Filters
from archiver.store.joining import Joining
from archiver.store.lock import WriteLock
from archiver.store.merging import Merging
from archiver.store.names import Names
from archiver.store.queue import Queue
from archiver.store.records import Records
from archiver.store.remark_files import RemarkFiles
from archiver.store.removals import Removals
from archiver.store.sighting_files import SightingFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.article import Article
    from archiver.capture import Capture, SavedPage
    from archiver.remarks import Remarks
    from archiver.store.captures import StoredCapture
    from archiver.store.checking import Checking
    from archiver.store.disk_use import Usage
    from archiver.store.hosts import Hosts
    from archiver.store.indexing.fingerprints import Fingerprint, Watched
    from archiver.store.indexing.index import Index
    from archiver.store.indexing.rows import Hit, Row
    from archiver.store.indexing.tallies import Tallies


class Store:
    """One archive directory. Use `Store.open`, and close it, or use it as a context manager."""

    def __init__(self, root: Path, note: Callable[[str], None]) -> None:
        self.root = root
        self._note = note
        self._lock = WriteLock(root)
        self._records = Records(root)
        self._remarks = RemarkFiles(root)
        self.following = Following(root, self._lock, note)
        self.queue = Queue(root, self._lock)
        self.sightings = SightingFiles(root, self._lock)
        self._names = Names(root, lambda: self._index, note)
        self.aliases = self._names.aliases
        self._removals = Removals(root, self.aliases, note)
        self._belongings = Belongings(root, self._names, self._records)
        self.merging = Merging(root, self._lock, self._names, self._records, self._remarks, self._index_noted)
        self.joining = Joining(root, self._lock, self._names, self._records, self._remarks, self.sightings, self._index_noted)
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
        return self.sightings.marked(self._index.rows(filters, sort=sort, reverse=reverse, limit=limit))

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
        from archiver.store.indexing.tallies import Tallies

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
        """Whether the page at `url` is in the archive, or one that this address is known to have led to."""
        return bool(self._names.paths_of_url(url, sure=True))

    def has(self, article_id: str) -> bool:
        """Whether there is an article with this ID."""
        return self._names.holds_id(article_id)

    def row(self, article_id: str) -> Row | None:
        """The article's row; None where its record is damaged.

        Raises:
            NotInArchive: there is no such article.
        """
        return self._index.row(self._names.path(article_id))

    def beginning(self, prefix: str, *, limit: int) -> list[Row]:
        """Articles whose ID begins with `prefix`; without one, those fetched last."""
        if not prefix:
            return list(self.rows(Filters(), limit=limit))
        rows = (self._index.row(path) for path in self._names.beginning_with(prefix)[:limit])
        return [row for row in rows if row is not None]

    def labels(self) -> list[str]:
        """The tags that the user gave, each once."""
        return self._index.labels() if self._names.any() else []

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

    def load_version(self, path: Path) -> Article:
        """The record in a file that `versions` gave.

        Raises:
            NotInArchive: it is not there any more.
            StoreError: it cannot be read, or (`RecordDamaged`) is none.
        """
        try:
            return self._records.load(path.relative_to(self.root).as_posix())
        except FileNotFoundError:
            raise NotInArchive("not in the archive any more", subject=str(path)) from None

    def fingerprints(self, watched: Watched) -> list[Fingerprint]:
        """What tells that two articles may be one, for each article that can be read; `watched` may show the work.

        Raises:
            StoreError: the index cannot be used.
        """
        return self._index.fingerprints(watched) if self._names.any() else []

    def newest_version(self, article_id: str) -> Article | None:
        """The newest readable record in `versions/`, or None."""
        return self._records.newest_version(article_id)

    def files(self, article_id: str) -> tuple[str, ...]:
        """All that the archive holds of the article, as names relative to it: record, remarks, aliases, versions, captures.

        Raises:
            NotInArchive: there is no such article.
        """
        return self._belongings.of(article_id)

    def read(self, name: str) -> bytes:
        """The content of one of the files that `files` names.

        Raises:
            NotInArchive: it is there no more.
            StoreError: it cannot be read.
        """
        try:
            return files.read(self.root, name)
        except FileNotFoundError:
            raise NotInArchive("not in the archive any more", subject=name) from None

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
            found = replay.replay(files.read(self.root, identity.warc)).capture
        except (FileNotFoundError, ValueError):
            return None
        return found if found.digests == identity.digests else None

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
            self._removals.finish_all()
            yield

    @contextlib.contextmanager
    def writing_together(self) -> Iterator[None]:
        """As `writing`; what is saved meanwhile becomes durable at the end, all at once, or when somebody asks for it.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: some of it may be saved; what of it, nobody may be told.
        """
        with self.writing(), files.written_together(self.root, str(paths.ARTICLES), str(paths.ALIASES)):
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
            content, offset, later = captures.encode(capture, str(name))
            files.write(self.root, name, content)
        return captures.stored(content, offset, str(name), later)

    def discard_capture(self, stored: StoredCapture) -> None:
        """Removes a capture that no record names; in a group, when what is kept in its place is durable."""
        with self.writing():
            self._at_last(lambda: files.remove(self.root, stored.warc))

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
                before = self._records.parse(held, name)
                self._records.put_version(article_id, before.capture.fetched_at if before.capture else None, held)
                self.aliases.put_asked(before, article_id)
            path = files.write(self.root, PurePosixPath(name), content)
            if held is None:
                self.aliases.remove(article_id)  # the address has an article of its own now
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
        """Removes the article's record, then its versions, captures and remarks; the next writer ends a run cut short.

        Raises:
            NotInArchive: there is no such article.
            ArchiveUnwritable, StoreError, LockHeld: all of it is there, or the record is gone and the rest will go.
        """
        with self.writing():
            records = self._names.paths(article_id)
            try:
                self._removals.remove(article_id, records)
            finally:
                self._index_noted(lambda index: index.follow(*records, str(paths.remarks_file(article_id))))

    # -- the network's manners

    @cached_property
    def hosts(self) -> Hosts:
        """When each host may be asked next."""
        from archiver.store.hosts import Hosts

        hosts = Hosts(self.root)
        hosts.forget_old(time.time())
        return hosts

    # -- its soundness

    @cached_property
    def checking(self) -> Checking:
        """Whether the archive is whole, and how it is mended."""
        from archiver.store.checking import Checking, Kept

        return Checking(self.root, Kept(self._records, self._remarks, self.sightings, self.aliases))

    # -- within

    @cached_property
    def _index(self) -> Index:
        from archiver.store.indexing.index import Index  # an empty archive has none

        return Index(self.root, self._records.glance, self._remarks.load, self._note)

    def _index_noted(self, change: Callable[[Index], None]) -> None:
        """Changes the index after the files; what it could not follow, the next run brings into it."""

        def follow() -> None:
            try:
                change(self._index)
            except StoreError as error:
                self._note(f"{error}; the article is safe, and the next run lists it")

        self._at_last(follow)

    @staticmethod
    def _at_last(action: Callable[[], None]) -> None:
        """Does what must come after the files that are being written: at once, or at the end of the group they belong to."""
        group = together.current()
        action() if group is None else group.afterwards(action)

    def _free_capture_name(self, article_id: str, fetched_at: str) -> PurePosixPath:
        files.settle(self.root, lambda path: path.name.startswith(article_id))
        attempt = 0
        while os.path.lexists(self.root / (name := paths.capture_file(article_id, fetched_at, attempt))):
            attempt += 1
        return name
