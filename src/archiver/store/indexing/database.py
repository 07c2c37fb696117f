"""The file of the index: its tables, the ways to open it, and what SQLite's errors mean for something derived.

A database with other marks than those in `marks.py` is never written to; it makes room for a new one.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from archiver.remarks import Remarks
from archiver.store.indexing import fulltext
from archiver.store.indexing.marks import APPLICATION_ID, VERSION
from archiver.store.indexing.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BUSY_SECONDS = 5.0
"""How long a statement waits for another connection that writes."""
CACHE_KIB, BUILD_CACHE_KIB = 16 * 1024, 32 * 1024
HASH_BYTES, BUILD_HASH_BYTES = 1024 * 1024, 32 * 1024 * 1024
"""How much FTS5 gathers in memory before it writes it down (1 MiB is its own choice): what is written often is merged often."""

REMARK_COLUMNS = tuple(Remarks.__dataclass_fields__)
SIGHTED = ("gone_since",)
"""What of a row stands in no record and no remarks, and is added outside the index."""
COLUMNS = tuple(name for name in Row.__dataclass_fields__ if name not in (*REMARK_COLUMNS, *SIGHTED))
"""A row has those of the record first, then those of the remarks."""
LISTS = ("section", "tags")
"""Columns of the record that hold several texts, each on a line."""
_TABLES = (
    # one row per record. damage: why it cannot be read; only the first columns then have values. asked: the URL key it was
    # requested by, if that is not its own
    (
        "CREATE TABLE records (number INTEGER PRIMARY KEY, size INTEGER, mtime_ns INTEGER, damage TEXT, asked TEXT, "
        f"{', '.join(COLUMNS)})"
    ),
    # each host of the records, for filters by its end
    "CREATE TABLE hosts (name TEXT PRIMARY KEY) WITHOUT ROWID",
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
    "CREATE INDEX remarks_starred ON remarks (id) WHERE starred",
    "CREATE INDEX remarks_read ON remarks (id) WHERE read",
    "CREATE TABLE folders (name TEXT PRIMARY KEY, mtime_ns INTEGER) WITHOUT ROWID",
    f"CREATE VIRTUAL TABLE texts USING fts5 ({', '.join(fulltext.COLUMNS)}, tokenize = '{fulltext.TOKENIZER}')",
)
# the orders of a listing. Those by date have what filters ask, so that a filter that few records pass is answered by one walk
# through the index, without a look at the records; the others are only walked where somebody sorts by them
# without `damage`, which is NULL in all of them, SQLite takes them for indexes that do not have all that is asked
_FILTERED = "mtime_ns, id, host, language, verdict, words, published, modified, fetched_at, feed, damage"
_INDEXES = (
    "CREATE UNIQUE INDEX records_path ON records (path)",
    "CREATE INDEX records_id ON records (id)",
    "CREATE INDEX records_asked ON records (asked) WHERE asked IS NOT NULL",
    "CREATE INDEX records_damaged ON records (path) WHERE damage IS NOT NULL",
    f"CREATE INDEX records_fetched ON records (fetched_at, {_FILTERED}) WHERE damage IS NULL",
    f"CREATE INDEX records_published ON records (published, {_FILTERED}) WHERE damage IS NULL",
    "CREATE INDEX records_host ON records (host, fetched_at, mtime_ns, id, damage) WHERE damage IS NULL",
    "CREATE INDEX records_modified ON records (modified, mtime_ns, id) WHERE damage IS NULL",
    "CREATE INDEX records_words ON records (words, mtime_ns, id) WHERE damage IS NULL",
    "CREATE INDEX records_topics ON records (section, tags, size) WHERE damage IS NULL",  # for tallies, not for an order
    *(
        f"CREATE INDEX records_{name} ON records ({name} COLLATE NOCASE, mtime_ns, id) WHERE damage IS NULL"
        for name in ("title", "byline", "publisher")
    ),
)
_MARKS = (f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {VERSION}")
_BULK = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA secure_delete = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    f"PRAGMA cache_size = -{BUILD_CACHE_KIB}",
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


class Missing(sqlite3.DatabaseError):
    """There is no index."""


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection stood in the way, so that a later try may succeed."""
    return _code(error) in _BUSY


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the database is not what we wrote, so that making it again is the cure."""
    return isinstance(error, (NotOurs, Missing)) or _code(error) in _DAMAGE


def connect(path: Path) -> sqlite3.Connection:
    """The index at `path`, which is there.

    Raises:
        sqlite3.Error: it cannot be opened for writing (`Missing`: there is none), or is no index of ours.
    """
    if not os.path.lexists(path):
        raise Missing("there is no index")
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    with _closed_on_error(db):
        db.execute("PRAGMA cell_size_check = ON")
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if not _is_ours(db):
            raise NotOurs("not an index of this version")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")  # a lost row comes back from its record
    return db


def build(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Makes the index at `path` with what `fill` puts into its tables: beside its place first, so that nobody sees half of it.

    Only one may do this at a time.

    Raises:
        sqlite3.Error, OSError: nothing stands at `path`, or what stood there.
    """
    new = path.with_name(f"{path.name}.new")
    discard(new)
    try:
        os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))  # as private as the records
        with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as db:
            for statement in _BULK:
                db.execute(statement)
            _build(db, fill)
            db.execute("PRAGMA locking_mode = NORMAL")
            db.execute("PRAGMA journal_mode = WAL")
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        discard(path)
        new.replace(path)
    except BaseException:
        discard(new)
        raise


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


def in_memory(
    fill: Callable[[sqlite3.Connection], None] | None = None, like: sqlite3.Connection | None = None
) -> sqlite3.Connection:
    """An index in memory: a copy of `like`, or one with what `fill` puts into its tables."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    with _closed_on_error(db):
        if like is not None:
            like.backup(db)
        else:
            _build(db, fill or (lambda _: None))
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


@contextlib.contextmanager
def waiting(db: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Statements wait so long for another connection that writes, not `BUSY_SECONDS`."""
    db.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


@contextlib.contextmanager
def gathering(db: sqlite3.Connection) -> Iterator[None]:
    """Has FTS5 write seldom and merge at the end only, while many texts are added."""
    settings = (("hashsize", BUILD_HASH_BYTES, HASH_BYTES), ("automerge", 0, 4))
    for name, much, _ in settings:
        db.execute("INSERT INTO texts (texts, rank) VALUES (?, ?)", (name, much))
    yield
    for name, _, usual in settings:
        db.execute("INSERT INTO texts (texts, rank) VALUES (?, ?)", (name, usual))


def _build(db: sqlite3.Connection, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Tables, contents, and only then the indexes, which sorting makes at a fraction of the cost of adding."""
    with transaction(db):
        for statement in _TABLES:
            db.execute(statement)
        with gathering(db):
            fill(db)
        for statement in (*_INDEXES, *_MARKS):
            db.execute(statement)


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
