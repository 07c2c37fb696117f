"""What stands in the index: a row and a text for each record, and keeping them as the files are.

A folder is read again when its time of change is not the one remembered, and in it the records whose size or time of change
is not. So a listing of an archive that did not change costs one `stat` per host, not one per record.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import InvalidUrl, StoreError
from archiver.store import files, fulltext
from archiver.store.database import COLUMNS, transaction
from archiver.store.paths import ARTICLES, id_of
from archiver.store.rows import people, row_of

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from archiver.article import Article

    Load = Callable[[str], Article]

RACY_SECONDS = 2.0
"""A folder that changed this recently may change again within the same tick of its clock, so its time proves nothing yet."""
_LARGEST = 2**63 - 1
_VALUES = ("size", "mtime_ns", "people", "asked", *COLUMNS)
_INSERT_RECORD = f"INSERT INTO records ({', '.join(_VALUES)}) VALUES ({', '.join('?' * len(_VALUES))})"  # noqa: S608  # our own words only
_INSERT_DAMAGED = "INSERT INTO records (size, mtime_ns, damage, id, path) VALUES (?, ?, ?, ?, ?)"
_INSERT_TEXT = "INSERT INTO texts (rowid, title, byline, publisher, body) VALUES (?, ?, ?, ?, ?)"


class Contents:
    """The rows and texts of one index.

    Args:
        db: the index.
        root: the archive directory.
        load: reads the record at a path relative to the archive; raises StoreError and FileNotFoundError.
    """

    def __init__(self, db: sqlite3.Connection, root: Path, load: Load) -> None:
        self._db = db
        self._root = root
        self._load = load

    def changed(self) -> tuple[dict[str, int | None], set[str]]:
        """The folders whose time is not the one remembered, with the time they have; and those that are gone.

        Raises:
            StoreError: the archive cannot be read.
        """
        known = dict(self._db.execute("SELECT name, mtime_ns FROM folders"))
        found = {entry.name: _mtime(entry) for entry in files.folders(self._root / ARTICLES)}
        changed = {name: mtime for name, mtime in found.items() if mtime is None or known.get(name) != mtime}
        return changed, known.keys() - found.keys()

    def bring_up_to_date(self, changed: dict[str, int | None], gone: set[str]) -> list[StoreError]:
        """Reads again what `changed` gave; gives why folders could not be read, of which what was known stays.

        Each folder is a transaction, so that a run cut short has not worked in vain.
        """
        problems = []
        for name, mtime in changed.items():
            with transaction(self._db):
                try:
                    self._read_folder(name)
                except StoreError as error:
                    problems.append(error)
                else:
                    self._db.execute("INSERT OR REPLACE INTO folders VALUES (?, ?)", (name, mtime))
        for name in gone:
            with transaction(self._db):
                self._forget_all(self._known(name))
                self._db.execute("DELETE FROM folders WHERE name = ?", (name,))
        return problems

    def damages(self) -> list[tuple[str, str]]:
        """Each damaged record's path and what is wrong with it."""
        return self._db.execute("SELECT path, damage FROM records WHERE damage IS NOT NULL ORDER BY path").fetchall()

    def read_again(self, path: str) -> None:
        """Puts the record at `path` into the index as the file is now, or takes it out where there is none."""
        self.forget(path)
        with contextlib.suppress(FileNotFoundError):
            facts = (self._root / path).lstat()  # before reading: what changes after it is noticed the next time
            try:
                article = self._load(path)
            except StoreError as error:
                damage = f"{error.reason} ({error.remedy})" if error.remedy else error.reason
                values = (facts.st_size, facts.st_mtime_ns, damage, id_of(path.rpartition("/")[2]), path)
                self._db.execute(_INSERT_DAMAGED, values)
            else:
                self.insert(path, article, facts)

    def insert(self, path: str, article: Article, facts: os.stat_result) -> None:
        """Adds a record; `facts` are those of its file."""
        row = row_of(article, path)
        values = (facts.st_size, facts.st_mtime_ns, people(article), _asked(article), *(getattr(row, name) for name in COLUMNS))
        number = self._db.execute(_INSERT_RECORD, [storable(value) for value in values]).lastrowid
        texts = (article.title, row.byline, article.source.publisher, article.body.text)
        self._db.execute(_INSERT_TEXT, (number, *(fulltext.indexed(text or "") for text in texts)))

    def forget(self, path: str) -> None:
        """Takes out the record at `path`; nothing happens where it is not there."""
        for (number,) in self._db.execute("SELECT number FROM records WHERE path = ?", (path,)).fetchall():
            self._db.execute("DELETE FROM texts WHERE rowid = ?", (number,))
            self._db.execute("DELETE FROM records WHERE number = ?", (number,))

    def _read_folder(self, name: str) -> None:
        known = self._known(name)
        for entry in files.listing(self._root / ARTICLES / name):
            if id_of(entry.name) is None or entry.is_dir(follow_symlinks=False):
                continue
            path = f"{ARTICLES}/{name}/{entry.name}"
            remembered = known.pop(path, None)
            with contextlib.suppress(FileNotFoundError):
                facts = entry.stat(follow_symlinks=False)
                if remembered != (facts.st_size, facts.st_mtime_ns):
                    self.read_again(path)
        self._forget_all(known)

    def _known(self, folder: str) -> dict[str, tuple[int, int]]:
        """Size and time of the records remembered in `folder`, by path."""
        prefix = f"{ARTICLES}/{folder}/"
        sql = "SELECT path, size, mtime_ns FROM records WHERE path >= ? AND path < ?"
        return {path: (size, mtime) for path, size, mtime in self._db.execute(sql, (prefix, prefix[:-1] + "0"))}

    def _forget_all(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.forget(path)


def storable(value: object) -> object:
    """A value as SQLite takes it: lone surrogates have no UTF-8, and whole numbers end at 64 bits."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return max(-_LARGEST, min(value, _LARGEST)) if isinstance(value, int) else value


def _asked(article: Article) -> str | None:
    """The URL key by which the article was asked for; None where that is its own, or nothing."""
    try:
        key = urls.key(article.requested_url) if article.requested_url else None
        return key if key and urls.article_id(key) != article.id else None
    except InvalidUrl:
        return None


def _mtime(entry: os.DirEntry[str]) -> int | None:
    """When a folder last changed, in nanoseconds; None while that proves nothing."""
    mtime = entry.stat(follow_symlinks=False).st_mtime_ns
    return mtime if time.time_ns() - mtime > RACY_SECONDS * 1e9 else None
