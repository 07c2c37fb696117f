"""What stands in the index: a row and a text for each record, a row for each file of remarks, kept as the files are.

A folder is read again when its time of change is not the one remembered, and in it the files whose size or time of change
is not. So a listing of an archive that did not change costs one `stat` per host, not one per record.

Numbers are given in the order in which the files were written, so that the highest are the newest.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import stat
import time
from typing import TYPE_CHECKING

from archiver.errors import RecordDamaged, StoreError
from archiver.remarks import Remarks, folded_label
from archiver.store import files
from archiver.store.indexing import cards, fulltext
from archiver.store.indexing.advance import in_advance
from archiver.store.indexing.database import REMARK_COLUMNS, gathering, transaction
from archiver.store.paths import ARTICLES, REMARKS, id_of, remarked_id

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from archiver.article import Article

    Load = Callable[[str], Article]
    LoadRemarks = Callable[[str], Remarks]

RACY_SECONDS = 2.0
"""A folder that changed this recently may change again within the same tick of its clock, so its time proves nothing yet."""
_UNREAD = -1
"""The time of change of a file that could not be read, which no file has."""
MANY = 200
"""How many files make it worth to have the index gather before it writes."""
_INSERT_RECORD = f"INSERT INTO records ({', '.join(cards.VALUES)})"
_RECORD_MARKS = f"({', '.join('?' * len(cards.VALUES))})"
_DAMAGES = (
    "SELECT path, damage FROM records WHERE damage IS NOT NULL "
    "UNION ALL SELECT path, damage FROM remarks WHERE damage IS NOT NULL ORDER BY path"
)
_REMARK_VALUES = ("path", "id", "size", "mtime_ns", "damage", "folded", *REMARK_COLUMNS)
_INSERT_REMARKS = f"INSERT INTO remarks ({', '.join(_REMARK_VALUES)}) VALUES ({', '.join('?' * len(_REMARK_VALUES))})"  # noqa: S608
_TEXTS = [name for name in fulltext.COLUMNS if name != "note"]
_INSERT_TEXT = f"INSERT INTO texts (rowid, {', '.join(_TEXTS)}, note)"
_TEXT_MARKS = f"({', '.join('?' * (len(_TEXTS) + 2))})"
_NOTE = "UPDATE texts SET note = ? WHERE rowid IN (SELECT number FROM records WHERE id = ? AND damage IS NULL)"


class Contents:
    """The rows and texts of one index.

    Args:
        db: the index.
        root: the archive directory.
        load: reads the record at a path relative to the archive, or what the index wants of it; raises StoreError and
            FileNotFoundError.
        load_remarks: reads the remarks on the article with an ID; raises StoreError.
    """

    def __init__(self, db: sqlite3.Connection, root: Path, load: Load, load_remarks: LoadRemarks) -> None:
        self._db = db
        self._root = root
        self._load = load
        self._load_remarks = load_remarks
        self._doubted: set[str] = set()

    def changed(self) -> tuple[dict[str, int | None], set[str]]:
        """The folders whose time is not the one remembered, with the time they have; and those that are gone.

        Raises:
            StoreError: the archive cannot be read.
        """
        known = dict(self._db.execute("SELECT name, mtime_ns FROM folders"))
        tops = (ARTICLES, REMARKS)
        found = {f"{top}/{entry.name}": _mtime(entry) for top in tops for entry in files.folders(self._root / top)}
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
                    remembered = None if name in self._doubted else mtime
                    self._db.execute("INSERT OR REPLACE INTO folders VALUES (?, ?)", (name, remembered))
        for name in gone:
            with transaction(self._db):
                self._forget_all(self._known(name))
                self._db.execute("DELETE FROM folders WHERE name = ?", (name,))
        return problems

    def fill(self) -> list[StoreError]:
        """Reads everything into empty tables, the oldest files first; gives why folders could not be read."""
        problems = []
        self._db.execute("CREATE TABLE found (path, size, mtime_ns)")  # in the database, because memory has an end
        for name, mtime in self.changed()[0].items():
            try:
                found = self._files(name)
            except StoreError as error:
                problems.append(error)
                continue
            self._db.executemany("INSERT INTO found VALUES (?, ?, ?)", ((path, *facts) for path, facts in found.items()))
            self._db.execute("INSERT INTO folders VALUES (?, ?)", (name, mtime))
        for path, *facts in self._db.execute("SELECT * FROM found WHERE path >= 'remarks/' ORDER BY path").fetchall():
            self._read(path, *facts)  # first, because what they say is searched with the articles
        numbers = itertools.count(1)
        ordered = self._db.execute("SELECT * FROM found WHERE path < 'remarks/' ORDER BY mtime_ns, path")
        for some in in_advance(ordered, lambda found: self._read_record(found[0])):
            there = [(path, size, mtime_ns, article) for (path, size, mtime_ns), article in some if article is not None]
            self._write([self._card_of(next(numbers), *known) for known in there])
        self._db.execute("DROP TABLE found")
        return problems

    def damages(self) -> list[tuple[str, str]]:
        """The path of each damaged file and what is wrong with it."""
        return self._db.execute(_DAMAGES).fetchall()

    def read_again(self, path: str) -> None:
        """Puts the record or the remarks at `path` into the index as the file is now, or takes them out where there is none.

        A record keeps its number, by which those who walk through a listing know it.
        """
        known = self._db.execute("SELECT number FROM records WHERE path = ?", (path,)).fetchone()
        self.forget(path)
        with contextlib.suppress(FileNotFoundError):
            facts = (self._root / path).lstat()  # before reading: what changes after it is noticed the next time
            self._read(path, facts.st_size, facts.st_mtime_ns, number=known and known[0])

    def put(self, records: Mapping[str, Article]) -> dict[str, tuple[int, int]]:
        """Adds records by their paths, in the place of what was there; gives size and time of change of their files."""
        facts = {}
        for path in records:
            self.forget(path)
            found = (self._root / path).lstat()
            facts[path] = (found.st_size, found.st_mtime_ns)
        numbers = itertools.count(self._next_number())
        self._write([cards.of(next(numbers), path, article, *facts[path]) for path, article in records.items()])
        return facts

    def forget(self, path: str) -> None:
        """Takes out what was read from the file at `path`; nothing happens where it is not there."""
        for article_id, *said in self._db.execute("SELECT id, labels, note FROM remarks WHERE path = ?", (path,)).fetchall():
            self._db.execute("DELETE FROM remarks WHERE path = ?", (path,))
            if _said(*said):
                self._db.execute(_NOTE, ("", article_id))
        for (number,) in self._db.execute("SELECT number FROM records WHERE path = ?", (path,)).fetchall():
            self._db.execute("DELETE FROM texts WHERE rowid = ?", (number,))
            self._db.execute("DELETE FROM records WHERE number = ?", (number,))

    def _read(self, path: str, size: int, mtime_ns: int, number: int | None = None) -> None:
        """Adds what the file at `path` says; nothing where it is gone."""
        with contextlib.suppress(FileNotFoundError):
            if article_id := remarked_id(path):
                self._insert_remarks(path, article_id, size, mtime_ns)
            elif (article := self._read_record(path)) is not None:
                self._write([self._card_of(number or self._next_number(), path, size, mtime_ns, article)])

    def _read_record(self, path: str) -> Article | StoreError | None:
        """The record at `path`, or why it cannot be read; None where it is gone. The database is not touched."""
        try:
            return self._load(path)
        except StoreError as error:
            return error
        except FileNotFoundError:
            return None

    def _card_of(self, number: int, path: str, size: int, mtime_ns: int, article: Article | StoreError) -> cards.Card:
        """What the record at `path` gives the index."""
        if not isinstance(article, StoreError):
            return cards.of(number, path, article, size, mtime_ns)
        read_at = self._mtime_of_damaged(path, mtime_ns, article)
        return cards.of_damaged(number, path, size, read_at, _damage(article))

    def _write(self, some: list[cards.Card]) -> None:
        """Adds cards, by one statement for all: while SQLite works, another thread may read."""
        self._insert(_INSERT_RECORD, _RECORD_MARKS, [card.values for card in some])
        whole = [card for card in some if card.passages is not None]
        texts = [[card.values[0], *card.passages, self._said_of(card.values[cards.ID])] for card in whole if card.passages]
        self._insert(_INSERT_TEXT, _TEXT_MARKS, texts)
        self._db.executemany("INSERT OR IGNORE INTO hosts VALUES (?)", {(card.host,) for card in whole})

    def _insert(self, sql: str, marks: str, rows: list[list[object]]) -> None:
        if rows:
            self._db.execute(f"{sql} VALUES {', '.join([marks] * len(rows))}", [value for row in rows for value in row])

    def _said_of(self, article_id: object) -> str:
        said = self._db.execute("SELECT labels, note FROM remarks WHERE id = ?", (article_id,)).fetchone()
        return _said(*said) if said else ""

    def _next_number(self) -> int:
        return int(self._db.execute("SELECT ifnull(max(number), 0) + 1 FROM records").fetchone()[0])

    def _insert_remarks(self, path: str, article_id: str, size: int, mtime_ns: int) -> None:
        damage, remarks, read_at = None, Remarks(), mtime_ns
        try:
            remarks = self._load_remarks(article_id)
        except StoreError as error:
            damage, read_at = _damage(error), self._mtime_of_damaged(path, mtime_ns, error)
        folded = "".join(f"\n{folded_label(label)}\n" for label in remarks.labels)
        values = dataclasses.asdict(remarks) | {"labels": "\n".join(remarks.labels)}
        cells = (path, article_id, size, read_at, damage, folded, *(values[name] for name in REMARK_COLUMNS))
        self._db.execute(_INSERT_REMARKS, [cards.storable(cell) for cell in cells])
        if said := _said(values["labels"], remarks.note):
            self._db.execute(_NOTE, (said, article_id))

    def _mtime_of_damaged(self, path: str, mtime_ns: int, error: StoreError) -> int:
        """The time by which a file is known that could not be read: where its content is not to blame, it is read again."""
        if isinstance(error, RecordDamaged):
            return mtime_ns
        folder = path.rpartition("/")[0]
        self._doubted.add(folder)
        self._db.execute("UPDATE folders SET mtime_ns = NULL WHERE name = ?", (folder,))
        return _UNREAD

    def _read_folder(self, name: str) -> None:
        known = self._known(name)
        new = [path for path, facts in self._files(name).items() if known.pop(path, None) != facts]
        with gathering(self._db) if len(new) > MANY else contextlib.nullcontext():
            for path in new:
                self.read_again(path)
            self._forget_all(known)

    def _files(self, folder: str) -> dict[str, tuple[int, int]]:
        """Size and time of the files in `folder` that are ours, by path.

        Raises:
            StoreError: it cannot be read.
        """
        found = {}
        for entry in files.listing(self._root / folder):
            path = f"{folder}/{entry.name}"
            if _is_ours(path):
                with contextlib.suppress(FileNotFoundError):
                    facts = entry.stat(follow_symlinks=False)
                    if not stat.S_ISDIR(facts.st_mode):
                        found[path] = (facts.st_size, facts.st_mtime_ns)
        return found

    def _known(self, folder: str) -> dict[str, tuple[int, int]]:
        """Size and time of the files remembered in `folder`, by path."""
        table = "remarks" if folder.startswith(f"{REMARKS}/") else "records"
        sql = f"SELECT path, size, mtime_ns FROM {table} WHERE path >= ? AND path < ?"  # noqa: S608  # our own words only
        return {path: (size, mtime) for path, size, mtime in self._db.execute(sql, (f"{folder}/", f"{folder}0"))}

    def _forget_all(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.forget(path)


def _said(labels: str, note: str | None) -> str:
    """What the user says about an article, ready for the index."""
    return fulltext.indexed("\n".join(filter(None, (labels, note))))


def _is_ours(path: str) -> bool:
    """Whether a file is that of a record or of remarks, by its name."""
    return remarked_id(path) is not None or (path.startswith(f"{ARTICLES}/") and id_of(path.rpartition("/")[2]) is not None)


def _damage(error: StoreError) -> str:
    return f"{error.reason} ({error.remedy})" if error.remedy else error.reason


def _mtime(entry: os.DirEntry[str]) -> int | None:
    """When a folder last changed, in nanoseconds; None while that proves nothing."""
    mtime = entry.stat(follow_symlinks=False).st_mtime_ns
    return mtime if time.time_ns() - mtime > RACY_SECONDS * 1e9 else None
