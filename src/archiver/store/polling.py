"""What polling must remember: of each feed its validators and when it is due, of each entry whether it was met before.

It stands in `feeds.sqlite3`, apart from the index, which is made again whenever its form changes (docs/adr/0011). A file that
is damaged or of another version is dropped: then every feed is polled as for the first time, and what is in the archive already
is known by its URL and not fetched again. Wishes are not here but in `feeds.opml`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

from archiver.errors import StoreError
from archiver.store import memories
from archiver.store.indexing import database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FILE_NAME = "feeds.sqlite3"

WAITING, FAILED, DONE, PASSED_OVER = "waiting", "failed", "done", "passed over"
"""The states of an entry: to be fetched; to be tried again at `due_at`; archived or given up; not wanted."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed. Times are UTC, RFC 3339 with `Z`; None: never.

    Attributes:
        etag: with `last_modified`, the validators of the last document whose entries are all safe.
        next_etag: with `next_last_modified`, those of the last document; they become the validators when its entries are safe.
        due_at: when it is to be polled next.
        interval_seconds: how long it was left alone the last time that it said anything new.
        failures: polls that failed since the last that did not.
        error: why the last poll failed; None where it did not.
        news_at: when an article of it was last archived.
        moved_to: where it was moved for good, as it says; `moved_times`: so many polls in a row.
    """

    url: str
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    next_etag: str | None = None
    next_last_modified: str | None = None
    polled_at: str | None = None
    due_at: str | None = None
    interval_seconds: float | None = None
    failures: int = 0
    error: str | None = None
    news_at: str | None = None
    moved_to: str | None = None
    moved_times: int = 0


@dataclass(frozen=True, slots=True)
class EntryState:
    """What is remembered of an entry.

    Attributes:
        link, guid, title, published: the signs it is known by (`feeds.identity.Identity`).
        url: the address of its page.
        entry_id, entry_title: GUID and title as the feed has them, while its page is still to be had.
        claims: what the feed says about the article, as JSON; likewise.
        content: the text that the feed carries, as a page; likewise.
        updated: when it last changed, as the feed said.
        state: one of the four above.
        attempts: so many times its page could not be had.
        due_at: when a failed one is tried again.
        number: its row; None before it has one.
    """

    link: int | None
    guid: int | None
    title: int | None
    published: int | None
    url: str | None = None
    entry_id: str | None = None
    entry_title: str | None = None
    claims: str | None = None
    content: str | None = None
    updated: str | None = None
    state: str = WAITING
    attempts: int = 0
    due_at: str | None = None
    tried_at: str | None = None
    number: int | None = None


_FEED = tuple(field.name for field in fields(FeedState))
_ENTRY = tuple(field.name for field in fields(EntryState))[:-1]
_TABLES = (
    f"CREATE TABLE feeds (number INTEGER PRIMARY KEY, {', '.join(_FEED)})",
    "CREATE UNIQUE INDEX feeds_url ON feeds (url)",
    f"CREATE TABLE entries (number INTEGER PRIMARY KEY, feed INTEGER NOT NULL, {', '.join(_ENTRY)})",
    "CREATE INDEX entries_feed ON entries (feed)",
    "CREATE INDEX entries_open ON entries (feed, due_at) WHERE state IN ('waiting', 'failed')",
)
_KIND = memories.Kind(int.from_bytes(b"arcf"), 1, _TABLES, probe=f"SELECT {', '.join(_FEED)} FROM feeds LIMIT 1")  # noqa: S608
_SAVE_FEED = (
    f"INSERT INTO feeds ({', '.join(_FEED)}) VALUES ({', '.join('?' * len(_FEED))}) "  # noqa: S608  # our own words only
    f"ON CONFLICT (url) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _FEED[1:])}"
)
_INSERT_ENTRY = f"INSERT INTO entries (feed, {', '.join(_ENTRY)}) VALUES (?{', ?' * len(_ENTRY)})"  # noqa: S608
_UPDATE_ENTRY = f"UPDATE entries SET {', '.join(f'{name} = ?' for name in _ENTRY)} WHERE number = ?"  # noqa: S608
_OF_FEED = "FROM entries WHERE feed = (SELECT number FROM feeds WHERE url = ?)"


class Polling:
    """The open state of one archive; to be used by one thread.

    Args:
        root: the archive directory.
        note: told, in a sentence, what a user should know.
    """

    def __init__(self, root: Path, note: Callable[[str], None]) -> None:
        self._path = root / FILE_NAME
        self._db = self._opened(note)

    def close(self) -> None:
        """Closes the database."""
        self._db.close()

    def feeds(self) -> dict[str, FeedState]:
        """What is remembered of every feed, by URL."""
        rows = self._rows(f"SELECT {', '.join(_FEED)} FROM feeds")  # noqa: S608
        return {row[0]: FeedState(*row) for row in rows}

    def entries(self, url: str) -> list[EntryState]:
        """The entries of the feed at `url` that were met, without their content, oldest first."""
        columns = ", ".join("NULL" if name == "content" else name for name in (*_ENTRY, "number"))
        return [EntryState(*row) for row in self._rows(f"SELECT {columns} {_OF_FEED} ORDER BY number", url)]

    def open_entries(self, url: str, now: str) -> list[EntryState]:
        """The entries of the feed at `url` whose pages are to be fetched, in the order they were added."""
        due = "(state = 'waiting' OR state = 'failed' AND due_at <= ?)"
        columns = ", ".join((*_ENTRY, "number"))
        return [EntryState(*row) for row in self._rows(f"SELECT {columns} {_OF_FEED} AND {due} ORDER BY number", url, now)]

    def waiting(self, url: str) -> int:
        """How many entries of the feed at `url` have not been tried yet."""
        count: int = self._rows(f"SELECT count(*) {_OF_FEED} AND state = 'waiting'", url)[0][0]
        return count

    def save(self, feed: FeedState, entries: Iterable[EntryState] = ()) -> None:
        """Remembers `feed` and its further `entries`, all or nothing; an entry that has a number is changed."""
        with self._our_errors(), database.transaction(self._db):
            self._db.execute(_SAVE_FEED, astuple(feed))
            (number,) = self._db.execute("SELECT number FROM feeds WHERE url = ?", (feed.url,)).fetchone()
            for entry in entries:
                *values, row = astuple(entry)
                if row is None:
                    self._db.execute(_INSERT_ENTRY, (number, *values))
                else:
                    self._db.execute(_UPDATE_ENTRY, (*values, row))

    def forget(self, url: str) -> None:
        """Forgets the feed at `url` and its entries."""
        with self._our_errors(), database.transaction(self._db):
            self._db.execute(f"DELETE {_OF_FEED}", (url,))
            self._db.execute("DELETE FROM feeds WHERE url = ?", (url,))

    def move(self, url: str, target: str) -> None:
        """Remembers of `target` what was remembered of `url`."""
        with self._our_errors(), database.transaction(self._db):
            self._db.execute("UPDATE OR IGNORE feeds SET url = ? WHERE url = ?", (target, url))

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._our_errors():
            return self._db.execute(sql, values).fetchall()

    @contextlib.contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            remedy = "try again in a moment" if database.is_busy(error) else "remove it; the next sync makes it again"
            raise StoreError(f"cannot be used: {error}", subject=str(self._path), remedy=remedy) from error

    def _opened(self, note: Callable[[str], None]) -> sqlite3.Connection:
        try:
            return memories.connect(self._path, _KIND)
        except sqlite3.Error as error:
            if database.is_busy(error):
                raise StoreError("another run is using it", subject=str(self._path), remedy="try again in a moment") from error
            if not database.is_damage(error):
                return memories.connect_read_only(self._path, _KIND)
            note(f"{self._path}: it was damaged or of another version, and begins anew; no article is lost")
            database.discard(self._path)
        with self._our_errors():
            return memories.connect(self._path, _KIND)


def feed_behind(root: Path, links: Iterable[int], *, between: tuple[str, str]) -> str | None:
    """The feed of whose entries one had its page tried then; what cannot be read says nothing.

    Args:
        links: the signs of the page's addresses (`feeds.identity.link_sign`).
        between: the earliest and the latest time, as `EntryState` has them.
    """
    if not (root / FILE_NAME).is_file():
        return None
    wanted = tuple(links)
    sql = (
        "SELECT feeds.url FROM entries JOIN feeds ON feeds.number = entries.feed "  # noqa: S608  # question marks only
        f"WHERE entries.tried_at BETWEEN ? AND ? AND entries.link IN ({', '.join('?' * len(wanted))}) "
        "ORDER BY entries.number"
    )
    try:
        with contextlib.closing(memories.connect_read_only(root / FILE_NAME, _KIND)) as db:
            found = db.execute(sql, (*between, *wanted)).fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None
