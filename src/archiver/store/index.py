"""The index: SQLite with FTS5, derived from the records and rebuilt at will.

It is never the truth. What is damaged or made by another version is dropped and made again; records that came, went or
changed behind its back are noticed by their folder's time of change, and read again. On a read-only archive it is used as it
is, and where that is impossible, built in memory.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from typing import TYPE_CHECKING

from archiver.errors import RecordDamaged, StoreError
from archiver.store import fulltext
from archiver.store.paths import ARTICLES, id_of
from archiver.store.rows import Filters, Hit, Row, folded, people, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archiver.article import Article

    Load = Callable[[str], Article]
    Note = Callable[[str], None]

FILE_NAME = "index.sqlite3"
VERSION = 1
BUSY_SECONDS = 5
RACY_SECONDS = 2.0
"""A folder that changed this recently may change again within the same tick of its clock, so its time proves nothing yet."""
TITLE_WEIGHT, BYLINE_WEIGHT, PUBLISHER_WEIGHT, BODY_WEIGHT = 8.0, 4.0, 2.0, 1.0
EXCERPT_TOKENS = 24

_COLUMNS = tuple(Row.__dataclass_fields__)
_SCHEMA = f"""
CREATE TABLE files (path TEXT PRIMARY KEY, id TEXT NOT NULL, size INTEGER, mtime_ns INTEGER, damage TEXT) WITHOUT ROWID;
CREATE INDEX files_id ON files (id);
CREATE TABLE folders (name TEXT PRIMARY KEY, mtime_ns INTEGER) WITHOUT ROWID;
CREATE TABLE articles (number INTEGER PRIMARY KEY, people TEXT, {", ".join(_COLUMNS)});
CREATE UNIQUE INDEX articles_path ON articles (path);
CREATE INDEX articles_fetched ON articles (fetched_at);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_host ON articles (host);
CREATE VIRTUAL TABLE texts USING fts5 (title, byline, publisher, body, tokenize = '{fulltext.TOKENIZER}');
PRAGMA user_version = {VERSION};
"""
_ORDERS = {
    "fetched": ("fetched_at", "DESC"),
    "published": ("published", "DESC"),
    "words": ("words", "DESC"),
    "title": ("title COLLATE NOCASE", "ASC"),
    "author": ("byline COLLATE NOCASE", "ASC"),
    "publisher": ("publisher COLLATE NOCASE", "ASC"),
    "host": ("host", "ASC"),
}
"""For each way to sort, the order a reader expects: newest and longest first, names from A to Z."""


class _Busy(sqlite3.OperationalError):
    """Another connection is writing, and did not end within `BUSY_SECONDS`."""


class Index:
    """The open index of one archive.

    Args:
        root: the archive directory.
        load: reads the record at a path relative to the archive; raises StoreError.
        note: told, in a sentence, what a user should know.
    """

    def __init__(self, root: Path, load: Load, note: Note) -> None:
        self._root = root
        self._load = load
        self._note = note
        self._db = self._open()

    def close(self) -> None:
        """Closes the database."""
        self._db.close()

    # -- reading

    def rows(self, filters: Filters, *, sort: str, reverse: bool, limit: int | None) -> Iterator[Row]:
        """The rows that pass `filters`, sorted by a key of `_ORDERS`."""
        where, values = _conditions(filters)
        column, direction = _ORDERS[sort]
        if reverse:
            direction = "ASC" if direction == "DESC" else "DESC"
        order = f"{column} {direction} NULLS LAST, id"
        sql = f"SELECT {_named()} FROM articles a WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608  # our own words only
        for values_of_row in self._db.execute(sql, (*values, -1 if limit is None else limit)):
            yield Row(*values_of_row)

    def search(self, words: str, filters: Filters, *, limit: int | None) -> Iterator[Hit]:
        """What matches `words` and passes `filters`, best first.

        Raises:
            InvalidInput: too many words.
        """
        query = fulltext.query(words)
        if query is None:
            return
        where, values = _conditions(filters)
        weights = f"{TITLE_WEIGHT}, {BYLINE_WEIGHT}, {PUBLISHER_WEIGHT}, {BODY_WEIGHT}"
        marks = f"'{fulltext.MATCH_START}', '{fulltext.MATCH_END}', '…'"
        sql = (
            f"SELECT snippet(texts, 3, {marks}, {EXCERPT_TOKENS}), {_named()} "  # noqa: S608  # our own words only
            f"FROM texts JOIN articles a ON a.number = texts.rowid WHERE texts MATCH ? AND {where} "
            f"ORDER BY bm25(texts, {weights}), a.fetched_at DESC, a.id LIMIT ?"
        )
        for snippet, *values_of_row in self._db.execute(sql, (query, *values, -1 if limit is None else limit)):
            yield Hit(Row(*values_of_row), fulltext.excerpt(snippet))

    def row(self, path: str) -> Row | None:
        """The row of the record at `path`; None where that is damaged."""
        found = self._db.execute(f"SELECT {_named()} FROM articles a WHERE path = ?", (path,)).fetchone()  # noqa: S608  # our own words only
        return Row(*found) if found else None

    def paths(self, article_id: str) -> list[str]:
        """Where the records of the article stand whose ID begins with `article_id`, damaged ones too."""
        sql = "SELECT path FROM files WHERE id >= ? AND id < ? ORDER BY id LIMIT 20"
        return [path for (path,) in self._db.execute(sql, (article_id, article_id + "g"))]

    # -- writing

    def add(self, article: Article, path: str) -> None:
        """Puts the record at `path` into the index, in the place of what stood there.

        Raises:
            StoreError: the index cannot be written; the records are not touched by that.
        """
        with self._our_errors(), self._transaction():
            self._forget(path)
            self._insert(path, article)

    def forget(self, path: str) -> None:
        """Takes the record at `path` out of the index.

        Raises:
            StoreError: the index cannot be written.
        """
        with self._our_errors(), self._transaction():
            self._forget(path)

    # -- the way it is opened and kept true

    def _open(self) -> sqlite3.Connection:
        path = self._root / FILE_NAME
        try:
            return self._opened(path)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreError("the index is busy", subject=str(path), remedy="try again in a moment") from error
            return self._opened_without_writing(path)
        except sqlite3.DatabaseError:
            self._note(f"{path}: the index was damaged and is made again from the records")
            for suffix in ("", "-wal", "-shm", "-journal"):
                with contextlib.suppress(OSError):
                    path.with_name(path.name + suffix).unlink()
            try:
                return self._opened(path)
            except sqlite3.DatabaseError:
                return self._opened_without_writing(path)

    def _opened(self, path: Path) -> sqlite3.Connection:
        """The index at `path`, made where there is none, and brought up to date with the files."""
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version != VERSION:
                _make_empty(db)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")  # a lost row comes back from its record
            self._db = db
            with contextlib.suppress(_Busy):  # another run is writing: what it adds is seen next time
                self._reconcile()
        except BaseException:
            db.close()
            raise
        return db

    def _opened_without_writing(self, path: Path) -> sqlite3.Connection:
        """The index as it is where the archive cannot be written; one in memory where that cannot be read."""
        try:
            db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version == VERSION:
                return db
            db.close()
        except sqlite3.DatabaseError:
            pass
        db = self._db = sqlite3.connect(":memory:", isolation_level=None)
        _make_empty(db)
        self._reconcile()
        return db

    def _reconcile(self) -> None:
        """Reads again what changed in the folders whose time is not the one remembered, and says what is damaged."""
        known = dict(self._db.execute("SELECT name, mtime_ns FROM folders"))
        found = {entry.name: _mtime(entry) for entry in _entries(self._root / ARTICLES) if entry.is_dir(follow_symlinks=False)}
        changed = [name for name, mtime in found.items() if mtime is None or known.get(name) != mtime]
        gone = known.keys() - found.keys()
        if changed or gone:
            with self._transaction():
                for name in changed:
                    self._read_folder(name)
                    self._db.execute("INSERT OR REPLACE INTO folders VALUES (?, ?)", (name, found[name]))
                for name in gone:
                    self._forget_missing(name, set())
                    self._db.execute("DELETE FROM folders WHERE name = ?", (name,))
        for path, damage in self._db.execute("SELECT path, damage FROM files WHERE damage IS NOT NULL ORDER BY path"):
            self._note(f"{self._root / path}: {damage}")

    def _read_folder(self, name: str) -> None:
        prefix = f"{ARTICLES}/{name}/"
        known = {
            path: (size, mtime)
            for path, size, mtime in self._db.execute(
                "SELECT path, size, mtime_ns FROM files WHERE path >= ? AND path < ?", (prefix, prefix + "\U0010ffff")
            )
        }
        present = set()
        for entry in _entries(self._root / ARTICLES / name):
            if id_of(entry.name) is None or not entry.is_file(follow_symlinks=False):
                continue
            path = prefix + entry.name
            present.add(path)
            facts = entry.stat(follow_symlinks=False)
            if known.get(path) != (facts.st_size, facts.st_mtime_ns):
                self._read_again(path)
        self._forget_missing(name, present)

    def _read_again(self, path: str) -> None:
        self._forget(path)
        try:
            self._insert(path, self._load(path))
        except RecordDamaged as error:
            self._remember_file(path, f"{error.reason} ({error.remedy})")

    def _forget_missing(self, folder: str, present: set[str]) -> None:
        prefix = f"{ARTICLES}/{folder}/"
        for (path,) in self._db.execute(
            "SELECT path FROM files WHERE path >= ? AND path < ?", (prefix, prefix + "\U0010ffff")
        ).fetchall():
            if path not in present:
                self._forget(path)

    def _insert(self, path: str, article: Article) -> None:
        row = row_of(article, path)
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        cursor = self._db.execute(
            f"INSERT INTO articles (people, {', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608  # our own words only
            [_storable(value) for value in (people(article), *(getattr(row, name) for name in _COLUMNS))],
        )
        texts = (article.title, row.byline, article.source.publisher, article.body.text)
        self._db.execute(
            "INSERT INTO texts (rowid, title, byline, publisher, body) VALUES (?, ?, ?, ?, ?)",
            (cursor.lastrowid, *(fulltext.indexed(text or "") for text in texts)),
        )
        self._remember_file(path, None)

    def _remember_file(self, path: str, damage: str | None) -> None:
        facts = os.lstat(self._root / path)
        article_id = id_of(path.rpartition("/")[2])
        self._db.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", (path, article_id, facts.st_size, facts.st_mtime_ns, damage)
        )

    def _forget(self, path: str) -> None:
        for (number,) in self._db.execute("SELECT number FROM articles WHERE path = ?", (path,)).fetchall():
            self._db.execute("DELETE FROM texts WHERE rowid = ?", (number,))
            self._db.execute("DELETE FROM articles WHERE number = ?", (number,))
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise _Busy(str(error)) from error
            raise
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextlib.contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"the index is behind: {error}", subject=str(self._root / FILE_NAME)) from error


def _make_empty(db: sqlite3.Connection) -> None:
    """Drops every table, then makes the empty ones of this version, in one transaction."""
    tables = [
        name
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('files', 'folders', 'articles', 'texts')"
        )
    ]
    drops = "".join(f"DROP TABLE {name};" for name in tables)
    db.executescript(f"BEGIN IMMEDIATE;{drops}{_SCHEMA}COMMIT;")


def _named() -> str:
    return ", ".join(f"a.{name}" for name in _COLUMNS)


def _conditions(filters: Filters) -> tuple[str, list[str]]:
    """The SQL condition for `filters`, and its values."""
    tests: list[tuple[str, str | None]] = [
        ("'.' || host LIKE ? ESCAPE '!'", filters.host and _host_pattern(filters.host)),
        ("instr(people, ?) > 0", filters.author and folded(filters.author)),
        ("published >= ?", filters.published_since),
        ("substr(published, 1, 10) <= ?", filters.published_until),
        ("fetched_at >= ?", filters.fetched_since),
        ("substr(fetched_at, 1, 10) <= ?", filters.fetched_until),
    ]
    used = [(sql, value) for sql, value in tests if value]
    return " AND ".join(sql for sql, _ in used) or "1", [value for _, value in used]


def _host_pattern(host: str) -> str:
    name = host.lower().removeprefix("www.").strip(".")
    return "%." + re.sub(r"([!%_])", r"!\1", name)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _mtime(entry: os.DirEntry[str]) -> int | None:
    """When a folder last changed, in nanoseconds; None while that proves nothing."""
    mtime = entry.stat(follow_symlinks=False).st_mtime_ns
    return mtime if time.time_ns() - mtime > RACY_SECONDS * 1e9 else None


def _storable(value: object) -> object:
    """Text as SQLite takes it: lone surrogates have no UTF-8."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
