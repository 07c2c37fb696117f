"""The file of the index: its tables, the ways to open it, and what SQLite's errors mean for something derived.

SQLite marks: `application_id` says that a database is an index of ours, `user_version` which form its tables have. A database
with other marks is never written to; it makes room for a new one.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from archiver.remarks import Remarks
from archiver.store import fulltext
from archiver.store.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = int.from_bytes(b"arch")
VERSION = 3
BUSY_SECONDS = 5.0
"""How long a statement waits for another connection that writes."""

REMARK_COLUMNS = tuple(Remarks.__dataclass_fields__)
SIGHTED = ("gone_since",)
"""What of a row stands in no record and no remarks, and is added outside the index."""
COLUMNS = tuple(name for name in Row.__dataclass_fields__ if name not in (*REMARK_COLUMNS, *SIGHTED))
"""A row has those of the record first, then those of the remarks."""
_TABLES = (
    # one row per record. damage: why it cannot be read; only the first columns then have values. people: byline and authors,
    # folded. asked: the URL key it was requested by, if that is not its own
    (
        "CREATE TABLE records (number INTEGER PRIMARY KEY, size INTEGER, mtime_ns INTEGER, damage TEXT, people TEXT, "
        f"asked TEXT, {', '.join(COLUMNS)})"
    ),
    "CREATE UNIQUE INDEX records_path ON records (path)",
    "CREATE INDEX records_id ON records (id)",
    "CREATE INDEX records_asked ON records (asked) WHERE asked IS NOT NULL",
    "CREATE INDEX records_fetched ON records (fetched_at)",
    "CREATE INDEX records_published ON records (published)",
    "CREATE INDEX records_damaged ON records (path) WHERE damage IS NOT NULL",
    # one row per file of remarks; labels stand on a line each, in `folded` without case, with a line's end before and after
    (
        "CREATE TABLE remarks (path TEXT PRIMARY KEY, id TEXT UNIQUE, size INTEGER, mtime_ns INTEGER, damage TEXT, "
        f"folded TEXT, {', '.join(REMARK_COLUMNS)})"
    ),
    "CREATE INDEX remarks_damaged ON remarks (path) WHERE damage IS NOT NULL",
    # what tells that two articles may be one (fingerprints.py); good while the record's file is as it was
    (
        "CREATE TABLE fingerprints (path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, sketch BLOB, canonical TEXT, "
        "asked TEXT) WITHOUT ROWID"
    ),
    "CREATE TABLE folders (name TEXT PRIMARY KEY, mtime_ns INTEGER) WITHOUT ROWID",
    f"CREATE VIRTUAL TABLE texts USING fts5 (title, byline, publisher, body, tokenize = '{fulltext.TOKENIZER}')",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGE = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_SCHEMA,
    sqlite3.SQLITE_ERROR,  # a table or column that should be there is not
}


class NotOurs(sqlite3.DatabaseError):
    """The file is another program's database, or an index of another version."""


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection stood in the way, so that a later try may succeed."""
    return _code(error) in _BUSY


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the database is not what we wrote, so that making it again is the cure."""
    return isinstance(error, NotOurs) or _code(error) in _DAMAGE


def connect(path: Path) -> tuple[sqlite3.Connection, bool]:
    """The index at `path`, made where there is none, and whether it was made.

    Raises:
        sqlite3.Error: it cannot be opened for writing, or is no index of ours.
    """
    with contextlib.suppress(OSError):  # what hinders us will hinder SQLite, which says it better
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))  # as private as the records
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    with _closed_on_error(db):
        db.execute("PRAGMA cell_size_check = ON")
        made = not _is_ours(db) and _make(db)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")  # a lost row comes back from its record
    return db, made


def connect_read_only(path: Path) -> sqlite3.Connection:
    """The index at `path`, to be read only.

    Raises:
        sqlite3.Error: it cannot be opened, or is no index of ours.
    """
    try:
        return _connected_read_only(path, "mode=ro")
    except sqlite3.OperationalError:
        # without the files that writers share, SQLite must be told that there are no writers
        return _connected_read_only(path, "mode=ro&immutable=1")


def in_memory(like: sqlite3.Connection | None = None) -> sqlite3.Connection:
    """An index in memory: a copy of `like`, or an empty one."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    with _closed_on_error(db):
        if like is None:
            _make(db)
        else:
            like.backup(db)
    return db


def discard(path: Path) -> None:
    """Removes the file of the index and those that SQLite keeps beside it, as far as that is possible."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink()


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of what is written within, or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # SQLite may have rolled back by itself
            db.execute("ROLLBACK")
        raise


def _make(db: sqlite3.Connection) -> bool:
    """Makes the tables in an empty database; False where another process did meanwhile."""
    with transaction(db):
        if _is_ours(db):
            return False
        if db.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise NotOurs("not an index of this version")
        for statement in _TABLES:
            db.execute(statement)
    return True


def _is_ours(db: sqlite3.Connection) -> bool:
    marks = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    return marks == [APPLICATION_ID, VERSION]


def _connected_read_only(path: Path, options: str) -> sqlite3.Connection:
    db = sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    with _closed_on_error(db):
        if not _is_ours(db):
            raise NotOurs("not an index of this version")
    return db


@contextlib.contextmanager
def _closed_on_error(db: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        db.close()
        raise


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where the error is not SQLite's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
