"""The archive directory: records, versions, captures and the index over them.

    articles/<host>/<date>-<title>-<id>.json       the records; the rename of one to its name is the commit point
    versions/<id>/<fetched at>.json                records that a later capture superseded, or that were worse than what we hold
    captures/<year>/<month>/<id>-<fetched at>.warc.gz
    index.sqlite3                                  derived from the records
    tmp/, .lock                                    for writers

Writers hold one lock, which the system frees when their process dies; readers never wait for it.
"""

from __future__ import annotations

import contextlib
import re
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Self

from archiver import urls
from archiver.errors import AmbiguousId, InvalidUrl, LockHeld, NotInArchive, RecordDamaged, StoreError
from archiver.store import files, paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from filelock import BaseFileLock

    from archiver.article import Article
    from archiver.capture import Capture, SavedPage
    from archiver.store.captures import StoredCapture
    from archiver.store.index import Index
    from archiver.store.rows import Filters, Hit, Row

LOCK_NAME = ".lock"
LOCK_SECONDS = 20.0
"""How long a writer waits for another: a commit takes milliseconds, so longer than many of them."""
_SHOWN_CANDIDATES = 5
_ID_PREFIX = re.compile(r"[0-9a-f]{1,16}")


class Store:
    """One archive directory. Use `Store.open`, and close it, or use it as a context manager."""

    def __init__(self, root: Path, note: Callable[[str], None]) -> None:
        self.root = root
        self._note = note

    @classmethod
    def open(cls, root: Path, *, create: bool, note: Callable[[str], None] = lambda _: None) -> Self:
        """The archive at `root`. Without `create`, one that is not there reads as empty and cannot be written.

        Args:
            note: told, in a sentence, what a user should know though nothing failed.

        Raises:
            ArchiveUnwritable, StoreError: it cannot be made, or something else stands there.
        """
        if create:
            with files.our_errors(root):
                root.mkdir(mode=0o700, parents=True, exist_ok=True)
        elif root.exists() and not root.is_dir():
            raise StoreError("is not a directory", subject=str(root), remedy="name another archive with --archive")
        return cls(root, note)

    def close(self) -> None:
        """Closes the index."""
        if "_index" in self.__dict__:
            self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # -- reading

    def rows(
        self, filters: Filters, *, sort: str = "fetched", reverse: bool = False, limit: int | None = None
    ) -> Iterator[Row]:
        """The archived articles that pass `filters`."""
        return self._index.rows(filters, sort=sort, reverse=reverse, limit=limit) if self._has_articles() else iter(())

    def search(self, words: str, filters: Filters, *, limit: int | None = None) -> Iterator[Hit]:
        """The articles that match `words` and pass `filters`, best first.

        Raises:
            InvalidInput: too many words.
        """
        return self._index.search(words, filters, limit=limit) if self._has_articles() else iter(())

    def find(self, name: str) -> str:
        """The ID of the article that `name`, an ID, the beginning of one, or a URL, stands for.

        Raises:
            NotInArchive: none.
            AmbiguousId: several begin with it.
        """
        wanted = name.strip().lower()
        if not _ID_PREFIX.fullmatch(wanted):
            try:
                wanted = urls.article_id(name)
            except InvalidUrl:
                wanted = ""
        found = sorted({str(paths.id_of(path.rpartition("/")[2])) for path in self._paths(wanted)}) if wanted else []
        if not found:
            raise NotInArchive("not in the archive", subject=name, remedy="archiver list shows what is")
        if len(found) > 1:
            shown = ", ".join(found[:_SHOWN_CANDIDATES])
            raise AmbiguousId(f"several articles begin with this: {shown}", subject=name, remedy="give more digits")
        return found[0]

    def row(self, article_id: str) -> Row | None:
        """The article's row; None where its record is damaged.

        Raises:
            NotInArchive: there is no such article.
        """
        return self._index.row(self._path(article_id))

    def path(self, article_id: str) -> Path:
        """The file of the article's record.

        Raises:
            NotInArchive: there is no such article.
        """
        return self.root / self._path(article_id)

    def load(self, article_id: str) -> Article:
        """The article's record.

        Raises:
            NotInArchive: there is no such article.
            RecordDamaged: its file is no record.
        """
        try:
            return self._load(self._path(article_id))
        except FileNotFoundError:
            raise NotInArchive("not in the archive any more", subject=article_id) from None

    def newest_version(self, article_id: str) -> Article | None:
        """The record last put into `versions/`, or None."""
        folder = self.root / paths.VERSIONS / article_id
        names = sorted(path.name for path in folder.glob("*.json")) if folder.is_dir() else []
        return self._load(str(paths.VERSIONS / article_id / names[-1])) if names else None

    # -- writing

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the archive's lock; may be nested. Hold it over what belongs together, never over the network.

        Raises:
            LockHeld: another run did not let go of it in time.
            ArchiveUnwritable: the archive cannot be written.
        """
        from filelock import Timeout

        with files.our_errors(self.root):
            try:
                self._lock.acquire()
            except Timeout:
                raise LockHeld(
                    "another run is writing",
                    subject=str(self.root),
                    remedy="let it finish, or stop it",
                ) from None
        try:
            if self._lock.lock_counter == 1:
                self._sweep()
            yield
        finally:
            self._lock.release()

    def save_capture(self, capture: Capture | SavedPage, article_id: str) -> StoredCapture:
        """Writes the capture as a WARC file, durably.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: nothing was written.
        """
        from archiver.store import captures

        moment = capture.started_at
        with self.writing():
            name = self._free_capture_name(article_id, f"{moment:%Y%m%dT%H%M%SZ}")
            content, offset = captures.encode(capture, str(name))
            files.write(self.root, name, content)
        return captures.stored(content, offset, str(name))

    def discard_capture(self, stored: StoredCapture) -> None:
        """Removes a capture that no record names."""
        with self.writing():
            files.remove(self.root / stored.warc)

    def save(self, article: Article) -> Path:
        """Writes the article's record; one that stood there before moves to `versions/`. Gives the file.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: the archive is as it was.
        """
        from archiver.record import dumps

        assert article.id is not None
        with self.writing():
            taken = self._paths(article.id)
            if taken:
                self._keep_version(taken[0])
            name = taken[0] if taken else str(paths.article_file(article))
            path = files.write(self.root, PurePosixPath(name), dumps(article).encode())
            try:
                self._index.add(article, name)
            except StoreError as error:
                self._note(str(error))
        return path

    def save_beside(self, article: Article) -> Path:
        """Writes a record that must not supersede the one we hold into `versions/`. Gives the file."""
        from archiver.record import dumps

        assert article.id is not None
        assert article.capture is not None
        with self.writing():
            name = paths.version_file(article.id, article.capture.fetched_at)
            return files.write(self.root, name, dumps(article).encode())

    def remove(self, article_id: str) -> None:
        """Removes the article's versions, captures and record, in this order, so that a run cut short can be run again.

        Raises:
            NotInArchive: there is no such article.
            ArchiveUnwritable, StoreError, LockHeld: some of it may be gone.
        """
        with self.writing():
            name = self._path(article_id)
            versions = self.root / paths.VERSIONS / article_id
            for path in sorted(versions.glob("*.json")):
                files.remove(path)
            with contextlib.suppress(OSError):
                versions.rmdir()
            for path in sorted((self.root / paths.CAPTURES).glob(f"*/*/{article_id}-*.warc.gz")):
                files.remove(path)
            files.remove(self.root / name)
            try:
                self._index.forget(name)
            except StoreError as error:
                self._note(str(error))

    # -- within

    @cached_property
    def _index(self) -> Index:
        from archiver.store.index import Index  # an empty archive has none

        return Index(self.root, self._load, self._note)

    @cached_property
    def _lock(self) -> BaseFileLock:
        from filelock import FileLock  # readers never need it

        return FileLock(self.root / LOCK_NAME, timeout=LOCK_SECONDS)

    def _has_articles(self) -> bool:
        return (self.root / paths.ARTICLES).is_dir()

    def _paths(self, prefix: str) -> list[str]:
        return self._index.paths(prefix) if self._has_articles() else []

    def _path(self, article_id: str) -> str:
        found = self._paths(article_id)
        if not found:
            raise NotInArchive("not in the archive", subject=article_id, remedy="archiver list shows what is")
        return found[0]

    def _load(self, name: str) -> Article:
        from archiver import record  # listings need the index alone

        path = self.root / name
        try:
            text = files.read(path).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RecordDamaged("is not UTF-8 text", subject=str(path), remedy=record.DAMAGE_REMEDY) from error
        return record.loads(text, subject=str(path))

    def _keep_version(self, name: str) -> None:
        """Copies the record at `name` to `versions/`, under the time of its capture."""
        held = self._load(name)
        assert held.id is not None
        assert held.capture is not None
        target = paths.version_file(held.id, held.capture.fetched_at)
        files.write(self.root, target, files.read(self.root / name))

    def _free_capture_name(self, article_id: str, moment: str) -> PurePosixPath:
        attempt = 0
        while (self.root / (name := paths.capture_file(article_id, moment, attempt))).exists():
            attempt += 1
        return name

    def _sweep(self) -> None:
        """Removes what writers that died left in `tmp/`: under the lock, nobody else has anything there."""
        for path in (self.root / files.TEMPORARY).glob("*"):
            with contextlib.suppress(OSError):
                path.unlink()
