"""The index: listing and full text, in SQLite with FTS5, derived from the records and rebuilt at will.

It is never the truth. One that is damaged or not ours is dropped and made again, when it is opened or when a question brings
the damage to light; records that came, went or changed behind its back are read again. Where the archive cannot be written
it is used as it is, and where that is impossible or out of date, in memory.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

from archiver.errors import StoreError
from archiver.store import database, fingerprints, fulltext, queries
from archiver.store.contents import Contents, storable
from archiver.store.paths import ARTICLES
from archiver.store.rows import Filters, Hit, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from archiver.article import Article
    from archiver.store.contents import Load, LoadRemarks

    Note = Callable[[str], None]

FILE_NAME = "index.sqlite3"
MAX_CANDIDATES = 20
T = TypeVar("T")


class Index:
    """The open index of one archive.

    Args:
        root: the archive directory.
        load: reads the record at a path relative to the archive; raises StoreError.
        load_remarks: reads the remarks on the article with an ID; raises StoreError.
        note: told, in a sentence, what a user should know.

    Raises:
        StoreError: the archive cannot be read.
    """

    def __init__(self, root: Path, load: Load, load_remarks: LoadRemarks, note: Note) -> None:
        self._root = root
        self._path = root / FILE_NAME
        self._load = load
        self._load_remarks = load_remarks
        self._note = note
        self._noted: set[tuple[str, str]] = set()
        self._open()

    def close(self) -> None:
        """Closes the database."""
        self._db.close()

    # -- reading

    def rows(self, filters: Filters, *, sort: str, reverse: bool, limit: int | None) -> list[Row]:
        """The rows that pass `filters`, sorted by a key of `queries.ORDERS`.

        Raises:
            InvalidInput: the host in `filters` cannot be one.
            StoreError: the index cannot be read.
        """
        return self._rows(queries.listing(filters, sort=sort, reverse=reverse, limit=limit))

    def search(self, words: str, filters: Filters, *, limit: int | None) -> Iterator[Hit]:
        """What matches `words` and passes `filters`, best first.

        Raises:
            InvalidInput: too many words, or the host in `filters` cannot be one.
            StoreError: the index cannot be read.
        """
        query = fulltext.query(words)
        if query is None:
            return
        for row in self._rows(queries.matching(query, filters, limit=limit)):
            snippets = self._asked(queries.excerpt(query, row.path))
            yield Hit(row, fulltext.excerpt(snippets[0][0] if snippets else ""))

    def row(self, path: str) -> Row | None:
        """The row of the record at `path`; None where that is damaged.

        Raises:
            StoreError: the index cannot be read.
        """
        return next(iter(self._rows(queries.row(path))), None)

    def paths(self, prefix: str) -> list[str]:
        """Where the first records stand whose ID begins with `prefix`, damaged ones too.

        Raises:
            StoreError: the index cannot be read.
        """
        return [path for (path,) in self._asked(queries.paths(prefix, limit=MAX_CANDIDATES))]

    def paths_asked_as(self, key: str) -> list[str]:
        """Where the first records stand that were asked for by the URL key `key`, if that is not their own.

        Raises:
            StoreError: the index cannot be read.
        """
        return [path for (path,) in self._asked(queries.paths_asked_as(key, limit=MAX_CANDIDATES))]

    def fingerprints(self, watched: fingerprints.Watched) -> list[fingerprints.Fingerprint]:
        """What tells that two articles may be one, for each article that can be read; `watched` may show the work.

        Raises:
            StoreError: the index cannot be used.
        """

        def ask() -> list[fingerprints.Fingerprint]:
            fingerprints.make_missing(self._db, self._load, watched)
            return fingerprints.rows(self._db)

        return self._healing(ask)

    # -- writing

    def add(self, article: Article, path: str) -> None:
        """Puts the record at `path` into the index, in the place of what stood there.

        Raises:
            StoreError: the index cannot be written; the records are not touched by that.
        """

        def write() -> None:
            with database.transaction(self._db):
                self._contents.forget(path)
                facts = (self._root / path).lstat()
                self._contents.insert(path, article, facts)
                fingerprints.put(self._db, path, article, (facts.st_size, facts.st_mtime_ns))

        self._healing(write)

    def add_all(self, articles: Mapping[str, Article]) -> None:
        """Puts the records at these paths into the index, all at once; their fingerprints are made when they are asked for.

        Raises:
            StoreError: the index cannot be written.
        """

        def write() -> None:
            with database.transaction(self._db):
                for path, article in articles.items():
                    self._contents.forget(path)
                    self._contents.insert(path, article, (self._root / path).lstat())

        self._healing(write)

    def follow(self, *paths: str) -> None:
        """Has the index say what the files at `paths` now say, and nothing of those that are gone.

        Raises:
            StoreError: the index cannot be written.
        """

        def write() -> None:
            with database.transaction(self._db):
                for path in paths:
                    self._contents.read_again(path)

        self._healing(write)

    # -- within

    def _asked(self, question: queries.Question) -> list[tuple[Any, ...]]:
        sql, values = question
        return self._healing(lambda: self._db.execute(sql, [storable(value) for value in values]).fetchall())

    def _rows(self, question: queries.Question) -> list[Row]:
        """The answer, after files in it that were edited in place, which no folder's time tells, were read again."""
        answers = self._asked(question)
        edited = [path for answer in answers for path, *known in queries.files_of(answer) if not self._is_current(path, *known)]
        if edited and self._read_again(edited):
            answers = self._asked(question)
        return [queries.row_of(answer) for answer in answers]

    def _is_current(self, path: str, size: int, mtime_ns: int) -> bool:
        try:
            facts = os.lstat(f"{self._root}/{path}")  # plain strings: this is done for every row of a listing
        except OSError:
            return False
        return facts.st_size == size and facts.st_mtime_ns == mtime_ns

    def _read_again(self, paths: list[str]) -> bool:
        """Whether the index could be brought up to date with the files at `paths`."""
        try:
            with database.transaction(self._db):
                for path in paths:
                    self._contents.read_again(path)
        except sqlite3.Error:
            return False
        self._note_damages()
        return True

    def _note_damages(self) -> None:
        for path, damage in self._contents.damages():
            if (path, damage) not in self._noted:
                self._noted.add((path, damage))
                self._note(f"{self._root / path}: {damage}")

    def _healing(self, work: Callable[[], T]) -> T:
        """What `work` gives; where damage to the index hinders it, what it gives with a new one."""
        try:
            try:
                return work()
            except sqlite3.Error as error:
                if not database.is_damage(error):
                    raise
                self._db.close()
                self._make_again(error)
            return work()
        except (sqlite3.Error, OSError) as error:
            raise self._failure(error) from error

    # -- the way it is opened and kept true

    def _open(self) -> None:
        try:
            try:
                db, made = database.connect(self._path)
                self._use(db, "was missing" if made else None)
            except sqlite3.Error as error:
                if database.is_busy(error):
                    raise
                if database.is_damage(error):
                    self._make_again(error)
                else:
                    self._open_without_writing()
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def _make_again(self, cause: sqlite3.Error) -> None:
        """Drops a file that is no sound index of ours, and opens a new one; in memory where it cannot be dropped."""
        fate = "was made by another version" if isinstance(cause, database.NotOurs) else "was damaged"
        database.discard(self._path)
        try:
            db, _ = database.connect(self._path)
        except sqlite3.Error:
            db = database.in_memory()
        self._use(db, fate)

    def _open_without_writing(self) -> None:
        """The index as it is where the archive cannot be written; one in memory where that is no use."""
        try:
            db = database.connect_read_only(self._path)
        except sqlite3.Error:
            return self._use(database.in_memory(), None)
        with contextlib.closing(db):
            try:
                return self._use(database.in_memory(like=db), None)
            except sqlite3.Error:
                return self._use(database.in_memory(), None)

    def _use(self, db: sqlite3.Connection, fate: str | None) -> None:
        """Takes `db`, up to date with the files, for the index; `fate`: what became of the one before, to be noted."""
        contents = Contents(db, self._root, self._load, self._load_remarks)
        try:
            changed, gone = contents.changed()
            if fate and any(folder.startswith(f"{ARTICLES}/") for folder in changed):
                self._note(f"{self._path}: the index {fate} and is made again from the records")
            for problem in contents.bring_up_to_date(changed, gone):
                self._note(str(problem))
        except sqlite3.Error as error:
            if not database.is_busy(error):
                db.close()
                raise
            self._note(f"{self._path}: another run is writing, and what it adds may be missing here (try again in a moment)")
        except BaseException:
            db.close()
            raise
        before = getattr(self, "_db", None)
        self._db, self._contents = db, contents
        if before is not None:  # it was opened, and turned out to be damaged when it was read
            before.close()
        self._note_damages()

    def _failure(self, error: Exception) -> StoreError:
        remedy = "try again in a moment" if isinstance(error, sqlite3.Error) and database.is_busy(error) else ""
        return StoreError(f"the index cannot be used: {error}", subject=str(self._path), remedy=remedy)
