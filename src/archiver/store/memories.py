"""The databases of what a run remembers for the next and what may be lost without an article being lost.

SQLite marks: `application_id` says what a database is, `user_version` which form its tables have. One with other marks is never
written to.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.store.indexing import database

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of database.

    Attributes:
        tables: the statements that make an empty one; the marks are set besides.
        probe: a query that fails where the tables are not as they should be.
    """

    application_id: int
    version: int
    tables: tuple[str, ...]
    probe: str


def connect(path: Path, kind: Kind, *, any_thread: bool = False) -> sqlite3.Connection:
    """The database at `path`, made where there is none.

    Args:
        any_thread: other threads than this one will use it, one at a time.

    Raises:
        sqlite3.Error: it cannot be opened for writing, is damaged, or is of another kind or version.
    """
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))  # as private as the records
    db = sqlite3.connect(path, timeout=database.BUSY_SECONDS, isolation_level=None, check_same_thread=not any_thread)
    try:
        _demand(db, kind)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")  # what is lost with the power may be lost
        db.execute(kind.probe).fetchall()
    except BaseException:
        db.close()
        raise
    return db


def connect_read_only(path: Path, kind: Kind) -> sqlite3.Connection:
    """The database at `path` where the archive cannot be written; an empty one in memory where it cannot be read either."""
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
        _demand(db, kind)
    except sqlite3.Error:
        return in_memory(kind)
    return db


def in_memory(kind: Kind, *, any_thread: bool = False) -> sqlite3.Connection:
    """An empty database in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=not any_thread)
    _demand(db, kind)
    return db


def _demand(db: sqlite3.Connection, kind: Kind) -> None:
    """Nothing, where `db` is of this kind and version; an empty one becomes one.

    Raises:
        sqlite3.Error: it is neither.
    """
    marks = {"application_id": kind.application_id, "user_version": kind.version}
    if _marks(db) == marks:
        return
    with database.transaction(db):
        if _marks(db) == marks:
            return  # another process was faster
        if db.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise database.NotOurs("of another kind or version")
        for statement in (*kind.tables, *(f"PRAGMA {name} = {value}" for name, value in marks.items())):
            db.execute(statement)


def _marks(db: sqlite3.Connection) -> dict[str, int]:
    return {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")}
