"""How the index is opened and kept usable: made where there is none, made again where it is none of ours or damaged.

It is made beside its place, under a lock of its own, so that other runs see the old one or the new one, and wait where there is
neither. Where the archive cannot be written it is used as it is, and where that is impossible or out of date, in memory.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, TypeVar

from archiver.errors import LockHeld, StoreError
from archiver.store import files
from archiver.store.indexing import database
from archiver.store.indexing.contents import Contents
from archiver.store.indexing.marks import FILE_NAME
from archiver.store.lock import INDEX_LOCK_NAME, WriteLock
from archiver.store.paths import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.store.indexing.contents import Load, LoadRemarks

    Note = Callable[[str], None]

BUILD_SECONDS = 1800.0
"""How long one waits for another run that makes the index."""
CATCH_UP_SECONDS = 0.25
"""How long a run that could do without waits to bring the index up to date, while another writes it."""
_FATES: dict[type[sqlite3.Error], str] = {database.Missing: "was missing", database.NotOurs: "was made by another version"}
T = TypeVar("T")


class Opened:
    """The open index of the archive at `root`, up to date with its files.

    Args:
        load: reads the record at a path relative to the archive; raises StoreError.
        load_remarks: reads the remarks on the article with an ID; raises StoreError.
        note: told, in a sentence, what a user should know.

    Attributes:
        db: the database; another one after damage was found.
        contents: what stands in it.

    Raises:
        StoreError: the archive cannot be read.
    """

    db: sqlite3.Connection
    contents: Contents

    def __init__(self, root: Path, load: Load, load_remarks: LoadRemarks, note: Note) -> None:
        self._root = root
        self._path = root / FILE_NAME
        self._load = load
        self._load_remarks = load_remarks
        self._note = note
        self._noted: set[tuple[str, str]] = set()
        self._lock = WriteLock(root, INDEX_LOCK_NAME, BUILD_SECONDS)
        self._open()

    def note_damages(self) -> None:
        """Tells of each damaged file, once."""
        for path, damage in self.contents.damages():
            if (path, damage) not in self._noted:
                self._noted.add((path, damage))
                self._note(f"{self._root / path}: {damage}")

    def healing(self, work: Callable[[], T]) -> T:
        """What `work` gives; where damage to the index hinders it, what it gives with a new one."""
        try:
            try:
                return work()
            except sqlite3.Error as error:
                if not database.is_damage(error):
                    raise
                self.db.close()
                self._make_again(error)
            return work()
        except (sqlite3.Error, OSError) as error:
            raise self._failure(error) from error

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
        before = getattr(self, "db", None)
        self.db, self.contents = db, self._contents_of(db)
        if before is not None:  # it was opened, and turned out to be damaged when it was read
            before.close()
        self.note_damages()

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
