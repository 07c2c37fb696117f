"""The databases of an archive: what is derived or may be lost, so that nothing found here is a loss.

They are only read. SQLite's own checks say whether a database is sound; whether the index is as the files are is counted while
the files are gone through.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from archiver.store.checking.findings import finding
from archiver.store.checking.walk import DATABASES
from archiver.store.indexing import database

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.store.checking.findings import Finding

INDEX = "index.sqlite3"


class IndexWatch:
    """The index of the archive at `root`, compared with the files that `seen` is told of."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._db: sqlite3.Connection | None = None
        self._fault: str | None = None
        self._files = self._known = 0
        with self._noting_faults():
            if (root / INDEX).is_file():
                self._db = database.connect_read_only(root / INDEX)

    def close(self) -> None:
        """Closes the database."""
        if self._db is not None:
            self._db.close()

    def seen(self, name: str, facts: os.stat_result) -> None:
        """Looks whether the index knows the file as it is."""
        self._files += 1
        if self._db is not None and self._fault is None:
            table = "remarks" if name.startswith("remarks/") else "records"
            sql = f"SELECT 1 FROM {table} WHERE path = ? AND size = ? AND mtime_ns = ?"  # noqa: S608  # our own words only
            with self._noting_faults():
                known = self._db.execute(sql, (name, facts.st_size, facts.st_mtime_ns)).fetchone()
                self._known += known is not None

    def findings(self) -> Iterator[Finding]:
        """What there is to say of the index, after all files were seen."""
        rows = 0
        if self._db is not None and self._fault is None:
            with self._noting_faults():
                self._fault = _unsound(self._db) or _texts_unsound(self._root / INDEX)
                sql = "SELECT (SELECT count(*) FROM records) + (SELECT count(*) FROM remarks)"
                (rows,) = self._db.execute(sql).fetchone()
        if self._fault is not None:
            yield finding("index-damaged", INDEX, self._fault)
        elif self._db is None:
            if self._files:
                yield finding("index-missing", INDEX)
        elif rows != self._known or self._files != self._known:
            lacks, more = self._files - self._known, rows - self._known
            yield finding("index-behind", INDEX, f"{lacks} files are new or changed, and {more} rows are out of date")

    @contextlib.contextmanager
    def _noting_faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if not database.is_busy(error):
                self._fault = str(error)


def of_memories(root: Path) -> Iterator[Finding]:
    """What there is to say of the databases that a run remembers things in."""
    for name in DATABASES:
        if (root / name).is_file():
            try:
                with contextlib.closing(sqlite3.connect(f"{(root / name).absolute().as_uri()}?mode=ro", uri=True)) as db:
                    fault = _unsound(db)
            except sqlite3.Error as error:
                fault = None if database.is_busy(error) else str(error)
            if fault:
                yield finding("memory-damaged", name, fault)


def _unsound(db: sqlite3.Connection) -> str | None:
    """What SQLite says is wrong with a database, the first of it; None where nothing is."""
    (said,) = db.execute("PRAGMA quick_check(1)").fetchone()
    return None if said == "ok" else " ".join(str(said).split())


def _texts_unsound(path: Path) -> str | None:
    """What FTS5 says is wrong with the full text: its terms must be those of the texts. Skipped where nobody may write."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0)) as db:
            db.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")  # a command; it writes nothing
            db.rollback()
    except sqlite3.Error as error:
        return f"full text: {error}" if database.is_damage(error) else None
    return None
