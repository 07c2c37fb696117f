"""What changes an archive: articles saved, remarked and removed, under the lock; files first, then the index."""

from __future__ import annotations

import contextlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from archiver.store import files, paths
from archiver.store.records import with_keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.article import Article
    from archiver.remarks import Remarks
    from archiver.store.parts import Parts


class Writing:
    """The changes; each is whole when it returns."""

    _parts: Parts

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the archive's lock; may be nested. Hold it over what belongs together, never over the network.

        Raises:
            LockHeld: another run did not let go of it in time.
            ArchiveUnwritable: the archive cannot be written.
        """
        with self._parts.writing():
            yield

    @contextlib.contextmanager
    def writing_together(self) -> Iterator[None]:
        """As `writing`; what is saved meanwhile becomes durable at the end, all at once, or when somebody asks for it.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: some of it may be saved; what of it, nobody may be told.
        """
        with self.writing(), files.written_together(self._parts.root, str(paths.ARTICLES), str(paths.ALIASES)):
            yield

    def save(self, article: Article) -> Path:
        """Writes the article's record; one that stood there before moves to `versions/`. Gives the file.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: the archive is as it was.
        """
        from archiver.record import dumps

        article_id = paths.checked(article.id)
        content = dumps(article).encode()
        with self.writing():
            name = self._parts.names.name_for(article)
            held = self._parts.records.read(name)
            before = None if held is None or held == content else self._parts.records.parse(held, name)
            if held is not None and before is not None:
                content = with_keys_of(held, content)
            if held is not None and before is not None and held != content:
                self._parts.records.put_version(article_id, before.capture.fetched_at if before.capture else None, held)
                self._parts.names.aliases.put_asked(before, article_id)
            path = files.write(self._parts.root, PurePosixPath(name), content)
            if held is None:
                self._parts.names.aliases.remove(article_id)  # the address has an article of its own now
            self._parts.add(article, name)
        return path

    def save_beside(self, article: Article) -> Path:
        """Writes a record that must not supersede the one we hold into `versions/`. Gives the file.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: nothing was written.
        """
        from archiver.record import dumps

        fetched_at = article.capture.fetched_at if article.capture else None
        with self.writing():
            return self._parts.records.put_version(paths.checked(article.id), fetched_at, dumps(article).encode())

    def remark(self, article_id: str, change: Callable[[Remarks], Remarks]) -> Remarks:
        """Changes what the user says about an article, and gives it. The article may be one that is about to be saved.

        Raises:
            RecordDamaged: what is said of it cannot be read, and is left as it is.
            ArchiveUnwritable, StoreError, LockHeld: the archive is as it was.
        """
        with self.writing():
            remarks = self._parts.remarks.change(paths.checked(article_id), change)
            self._parts.follow(lambda index: index.follow(str(paths.remarks_file(article_id))))
        return remarks

    def remove(self, article_id: str) -> None:
        """Removes the article's record, then its versions, captures and remarks; the next writer ends a run cut short.

        Raises:
            NotInArchive: there is no such article.
            ArchiveUnwritable, StoreError, LockHeld: all of it is there, or the record is gone and the rest will go.
        """
        with self.writing():
            records = self._parts.names.paths(article_id)
            try:
                self._parts.removals.remove(article_id, records)
            finally:
                self._parts.follow(lambda index: index.follow(*records, str(paths.remarks_file(article_id))))
