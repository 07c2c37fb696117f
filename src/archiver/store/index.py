"""The index: listing and full text, in SQLite with FTS5, derived from the records and rebuilt at will.

It is never the truth. One that is damaged or not ours is dropped and made again, when it is opened or when a question brings
the damage to light; records that came, went or changed behind its back are read again. Where the archive cannot be written
it is used as it is, and where that is impossible or out of date, in memory.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
from array import array
from typing import TYPE_CHECKING, Any, TypeVar

from archiver.errors import LockHeld, StoreError
from archiver.store import conditions, database, expressions, files, fulltext, queries, tallies
from archiver.store.contents import Contents, storable
from archiver.store.lock import WriteLock
from archiver.store.paths import ARTICLES
from archiver.store.rows import Filters, Hit, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from archiver.article import Article
    from archiver.store.conditions import Condition
    from archiver.store.contents import Load, LoadRemarks
    from archiver.store.tallies import Tallies

    Note = Callable[[str], None]

FILE_NAME = "index.sqlite3"
LOCK_NAME = ".index.lock"
BUILD_SECONDS = 1800.0
"""How long one waits for another run that makes the index."""
CATCH_UP_SECONDS = 0.25
"""How long a run that could do without waits to bring the index up to date, while another writes it."""
MAX_CANDIDATES = 20
MAX_RANKED = 5000
"""Of so many matches the best are found; of more, the newest so many."""
ROWS_AT_ONCE = 500
_FATES: dict[type[sqlite3.Error], str] = {database.Missing: "was missing", database.NotOurs: "was made by another version"}
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
        self._lock = WriteLock(root, LOCK_NAME, BUILD_SECONDS)
        self._open()

    def close(self) -> None:
        """Closes the database."""
        self._db.close()

    # -- reading

    def rows(self, filters: Filters, *, sort: str, reverse: bool, limit: int | None) -> Iterator[Row]:
        """The rows that pass `filters`, sorted by a key of `queries.ORDERS`.

        Raises:
            InvalidInput: the host in `filters` cannot be one.
            StoreError: the index cannot be read.
        """
        tests = conditions.of_filters(filters)
        return self._rows(lambda: self._numbers(queries.listing(tests, sort=sort, reverse=reverse, limit=limit)), tests)

    def search(self, words: str, filters: Filters, *, sort: str | None, reverse: bool, limit: int | None) -> Iterator[Hit]:
        """What matches `words` (see `expressions`) and passes `filters`.

        It is sorted by a key of `queries.ORDERS`; without one, the best comes first, the newest where only facts are asked for.

        Raises:
            InvalidInput: it asks for too many words, or for what cannot be.
            StoreError: the index cannot be read.
        """
        expression = expressions.parse(words)
        if expression is None:
            return iter(())
        query, tests = conditions.of_search(expression)
        tests += conditions.of_filters(filters)
        if query is not None and sort is None:
            ranked = self._rows(lambda: self._ranked(query, tests, limit, reverse=reverse), tests)
            return (self._hit(row, query) for row in ranked)
        if query is not None:
            tests.append(conditions.matching(query))
        listing = queries.listing(tests, sort=sort or "fetched", reverse=reverse, limit=limit)
        return (self._hit(row, query) for row in self._rows(lambda: self._numbers(listing), tests))

    def row(self, path: str) -> Row | None:
        """The row of the record at `path`; None where that is damaged.

        Raises:
            StoreError: the index cannot be read.
        """
        question = queries.row(path)
        answers = self._asked(question)
        if self._outdated(answers):
            answers = self._asked(question)
        return next(map(queries.row_of, answers), None)

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

    def tallies(self, filters: Filters, *, top: int) -> Tallies:
        """What can be counted of the articles that pass `filters`; of names, the `top` most frequent ones.

        Raises:
            InvalidInput: the host in `filters` cannot be one.
            StoreError: the index cannot be read.
        """
        tests = conditions.of_filters(filters)
        return self._healing(lambda: tallies.taken(self._db, tests, top=top))

    # -- writing

    def add(self, articles: Iterable[tuple[Article, str]]) -> None:
        """Puts records, each with its path, into the index, in the place of what stood there.

        Raises:
            StoreError: the index cannot be written; the records are not touched by that.
        """

        def write() -> None:
            with database.transaction(self._db):
                for article, path in articles:
                    self._contents.forget(path)
                    facts = (self._root / path).lstat()
                    self._contents.insert(path, article, facts.st_size, facts.st_mtime_ns)

        self._healing(write)

    def follow(self, path: str) -> None:
        """Has the index say what the file at `path` now says, where there is one.

        Raises:
            StoreError: the index cannot be written.
        """

        def write() -> None:
            with database.transaction(self._db):
                self._contents.read_again(path)

        self._healing(write)

    def forget(self, paths: list[str]) -> None:
        """Takes the records and remarks at `paths` out of the index.

        Raises:
            StoreError: the index cannot be written.
        """

        def write() -> None:
            with database.transaction(self._db):
                for path in paths:
                    self._contents.forget(path)

        self._healing(write)

    # -- within

    def _asked(self, question: queries.Question) -> list[tuple[Any, ...]]:
        sql, values = question
        return self._healing(lambda: self._db.execute(sql, [storable(value) for value in values]).fetchall())

    def _numbers(self, question: queries.Question) -> array[int]:
        """The numbers that answer a question, eight bytes each."""
        return array("q", (number for (number,) in self._asked(question)))

    def _ranked(self, query: str, tests: list[Condition], limit: int | None, *, reverse: bool) -> Sequence[int]:
        """The numbers of what matches, best first; with `reverse`, those best ones the other way round.

        To weigh a match costs microseconds, and a common word is in every article. So above `MAX_RANKED` of them the newest are
        taken, of which those come first that match by their heads alone.
        """
        most = max(MAX_RANKED + 1, limit) if limit else -1
        found = self._numbers(queries.newest_matching(query, tests, limit=most))
        if len(found) <= MAX_RANKED:
            best = self._numbers(queries.best_matching(query, tests, limit=limit or -1))
        else:
            heads = self._numbers(queries.matching_heads(query, tests, since=found[MAX_RANKED], limit=limit or -1))
            best = array("q", itertools.islice(dict.fromkeys(itertools.chain(heads, found)), limit))
        return best[::-1] if reverse else best

    def _rows(self, ask: Callable[[], Sequence[int]], tests: list[Condition]) -> Iterator[Row]:
        """The rows of the numbers that `ask` gives, those that pass `tests`.

        Files that were edited in place, which no folder's time tells, are read again when their rows are wanted; where that
        happens among the first, all is asked anew.
        """
        numbers = ask()
        answers = self._answers(numbers[:ROWS_AT_ONCE], tests)
        if self._outdated(answers):
            numbers = ask()
            answers = self._answers(numbers[:ROWS_AT_ONCE], tests)
        return self._from(numbers, answers, tests)

    def _from(self, numbers: Sequence[int], answers: list[tuple[Any, ...]], tests: list[Condition]) -> Iterator[Row]:
        yield from map(queries.row_of, answers)
        for start in range(ROWS_AT_ONCE, len(numbers), ROWS_AT_ONCE):
            some = numbers[start : start + ROWS_AT_ONCE]
            answers = self._answers(some, tests)
            if self._outdated(answers):
                answers = self._answers(some, tests)
            yield from map(queries.row_of, answers)

    def _answers(self, numbers: Sequence[int], tests: list[Condition]) -> list[tuple[Any, ...]]:
        """Facts and rows in the order of their numbers."""
        if not numbers:
            return []
        found = {queries.number_of(answer): answer for answer in self._asked(queries.rows(numbers, tests))}
        return [found[number] for number in numbers if number in found]

    def _hit(self, row: Row, query: str | None) -> Hit:
        if query is None:
            return Hit(row, ())
        snippets = self._asked(queries.excerpt(query, row.path))
        return Hit(row, fulltext.excerpt(snippets[0][0] or "" if snippets else ""))

    def _outdated(self, answers: list[tuple[Any, ...]]) -> bool:
        """Whether files behind the answers had changed, and the index could be brought up to date with them."""
        edited = [path for answer in answers for path, *known in queries.files_of(answer) if not self._is_current(path, *known)]
        return bool(edited) and self._read_again(edited)

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
                self._use(database.connect(self._path))
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
        """Drops a file that is no sound index of ours, and makes a new one; in memory where it cannot stand in the archive."""
        bad = self._identity()
        try:
            with self._lock.held():
                if self._identity() == bad:  # else another run was quicker
                    self._note_making(cause)
                    database.build(self._path, self._fill)
            db = database.connect(self._path)
        except (StoreError, sqlite3.Error, OSError) as error:
            if isinstance(error, LockHeld):
                raise
            db = database.in_memory(self._fill)
        self._take(db)

    def _open_without_writing(self) -> None:
        """The index as it is where the archive cannot be written; one in memory where that is no use or out of date."""
        try:
            db = database.connect_read_only(self._path)
        except sqlite3.Error:
            return self._take(database.in_memory(self._fill))
        try:
            if not any(self._contents_of(db).changed()):
                return self._take(db)
            with contextlib.closing(db):
                return self._use(database.in_memory(like=db))
        except sqlite3.Error:
            db.close()
            return self._take(database.in_memory(self._fill))

    def _fill(self, db: sqlite3.Connection) -> None:
        for problem in self._contents_of(db).fill():
            self._note(str(problem))

    def _use(self, db: sqlite3.Connection) -> None:
        """Takes `db`, up to date with the files, for the index."""
        contents = self._contents_of(db)
        try:
            with database.waiting(db, CATCH_UP_SECONDS):
                for problem in contents.bring_up_to_date(*contents.changed()):
                    self._note(str(problem))
        except sqlite3.Error as error:
            if not database.is_busy(error):
                db.close()
                raise
            self._note(f"{self._path}: another run is writing, and what it adds may be missing here (try again in a moment)")
        except BaseException:
            db.close()
            raise
        self._take(db)

    def _take(self, db: sqlite3.Connection) -> None:
        before = getattr(self, "_db", None)
        self._db, self._contents = db, self._contents_of(db)
        if before is not None:  # it was opened, and turned out to be damaged when it was read
            before.close()
        self._note_damages()

    def _contents_of(self, db: sqlite3.Connection) -> Contents:
        return Contents(db, self._root, self._load, self._load_remarks)

    def _identity(self) -> tuple[int, int] | None:
        """Which file stands in the place of the index."""
        try:
            facts = self._path.lstat()
        except OSError:
            return None
        return facts.st_ino, facts.st_mtime_ns if facts.st_ino == 0 else 0

    def _note_making(self, cause: sqlite3.Error) -> None:
        if files.folders(self._root / ARTICLES):
            fate = _FATES.get(type(cause), "was damaged")
            self._note(f"{self._path}: the index {fate} and is made again from the records")

    def _failure(self, error: Exception) -> StoreError:
        remedy = "try again in a moment" if isinstance(error, sqlite3.Error) and database.is_busy(error) else ""
        return StoreError(f"the index cannot be used: {error}", subject=str(self._path), remedy=remedy)
