"""When each host may be asked next, for every run on the archive: the moments stand in `hosts.sqlite3`.

The file may be lost at any time; then each host may be asked at once. It is never a reason not to fetch: where it cannot be
used, the moments are kept in memory, for this run alone. Moments are seconds since 1970, as `time.time` gives them.
"""

from __future__ import annotations

import dataclasses
import sqlite3
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from archiver.store import memories
from archiver.store.indexing import database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE_NAME = "hosts.sqlite3"
KEPT_SECONDS = 24 * 60 * 60.0
"""What was noted longer ago says nothing any more. Nobody may write down a moment that is further away."""
CLOCK_SECONDS = 2.0
"""A note from so far in the future was made before the clock was set back, and is void."""
_TABLES = (
    # free_at: from when on the host may be asked, for the pace. not_before: until when it asked to be left alone.
    # delay: the pace it asks for. refusals: so many times in a row that it asked to wait. noted_at: when this was last written
    "CREATE TABLE hosts (host TEXT PRIMARY KEY, free_at REAL, not_before REAL, refusals INTEGER, delay REAL, noted_at REAL)",
    "CREATE TABLE robots (origin TEXT PRIMARY KEY, text TEXT, asked_at REAL)",
    "CREATE INDEX robots_asked ON robots (asked_at)",
)
_KIND = memories.Kind(
    int.from_bytes(b"arco"), 1, _TABLES, probe="SELECT free_at, not_before, refusals, delay, text FROM hosts, robots LIMIT 1"
)
_SAVE = "INSERT OR REPLACE INTO hosts (host, free_at, not_before, refusals, delay, noted_at) VALUES (?, ?, ?, ?, ?, ?)"
MAX_ROBOTS = 2000
"""So many robots.txt are kept, those asked for last."""
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Turn:
    """The moment from which a host may be asked; `refused`: because it asked to be left alone until then."""

    at: float
    refused: bool


@dataclass(frozen=True, slots=True)
class _Noted:
    free_at: float = 0.0
    not_before: float = 0.0
    refusals: int = 0
    delay: float = 0.0


class Hosts:
    """The open file of one archive; any thread may use it.

    Args:
        root: the archive directory.
    """

    def __init__(self, root: Path) -> None:
        self._path = root / FILE_NAME
        self._lock = threading.Lock()
        self._db = self._opened()

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._db.close()

    def reserve(self, host: str, now: float, pace_seconds: float, latest: float) -> Turn:
        """The next turn at `host`. It is the caller's unless it is after `latest`; the one behind it is a pace later."""

        def reserve(db: sqlite3.Connection) -> Turn:
            if not pace_seconds:
                return self._turn(_noted(db, host, now), now)
            with database.transaction(db):
                noted = _noted(db, host, now)
                turn = self._turn(noted, now)
                if turn.at <= latest:
                    _save(db, host, dataclasses.replace(noted, free_at=turn.at + pace_seconds), now)
            return turn

        return self._do(reserve)

    def not_before(self, host: str, now: float) -> float:
        """Until when `host` asked to be left alone; a moment that has passed where it did not."""
        return self._do(lambda db: _noted(db, host, now).not_before)

    def refused(self, host: str, now: float, wait: Callable[[int], float]) -> None:
        """Notes that `host` asks to wait; `wait` gives the seconds, told how many times in a row it had done so before."""

        def refuse(db: sqlite3.Connection) -> None:
            with database.transaction(db):
                noted = _noted(db, host, now)
                until = max(noted.not_before, now + min(wait(noted.refusals), KEPT_SECONDS))
                _save(db, host, dataclasses.replace(noted, not_before=until, refusals=noted.refusals + 1), now)

        self._do(refuse)

    def answered(self, host: str, now: float, pace_seconds: float) -> None:
        """Notes that `host` answers as it should; the next turn that nobody has yet is no sooner than a pace from now."""

        def answer(db: sqlite3.Connection) -> None:
            if not pace_seconds and not _noted(db, host, now).refusals:
                return
            with database.transaction(db):
                noted = _noted(db, host, now)
                free_at = max(noted.free_at, now + pace_seconds if pace_seconds else 0.0)
                _save(db, host, dataclasses.replace(noted, free_at=free_at, refusals=0), now)

        self._do(answer)

    def delay(self, host: str, now: float) -> float:
        """The pace that `host` asks for, in seconds; 0 where it asks for none."""
        return self._do(lambda db: _noted(db, host, now).delay)

    def slow_down(self, host: str, now: float, delay: float) -> None:
        """Notes the pace that `host` asks for, in seconds."""

        def slow_down(db: sqlite3.Connection) -> None:
            if _noted(db, host, now).delay == delay:
                return
            with database.transaction(db):
                _save(db, host, dataclasses.replace(_noted(db, host, now), delay=delay), now)

        self._do(slow_down)

    def robots(self, origin: str, since: float, now: float) -> str | None:
        """The robots.txt of `origin`, "" where it has none; None where nobody has asked for it since the moment `since`."""
        sql = "SELECT text FROM robots WHERE origin = ? AND asked_at BETWEEN ? AND ?"
        row = self._do(lambda db: db.execute(sql, (origin, since, now + CLOCK_SECONDS)).fetchone())
        return row[0] if row else None

    def keep_robots(self, origin: str, text: str, now: float) -> None:
        """Keeps the robots.txt of `origin`."""

        def keep(db: sqlite3.Connection) -> None:
            with database.transaction(db):
                db.execute("INSERT OR REPLACE INTO robots (origin, text, asked_at) VALUES (?, ?, ?)", (origin, text, now))
                beyond = "SELECT asked_at FROM robots ORDER BY asked_at DESC LIMIT 1 OFFSET ?"
                db.execute(f"DELETE FROM robots WHERE asked_at <= ({beyond})", (MAX_ROBOTS,))  # noqa: S608  # our own words only

        self._do(keep)

    def forget_old(self, now: float) -> None:
        """Drops what says nothing any more."""

        def forget(db: sqlite3.Connection) -> None:
            for table, moment in (("hosts", "noted_at"), ("robots", "asked_at")):
                where = f"FROM {table} WHERE {moment} < ?"
                if db.execute(f"SELECT 1 {where} LIMIT 1", (now - KEPT_SECONDS,)).fetchone():
                    db.execute(f"DELETE {where}", (now - KEPT_SECONDS,))

        self._do(forget)

    @staticmethod
    def _turn(noted: _Noted, now: float) -> Turn:
        return Turn(max(now, noted.free_at, noted.not_before), refused=noted.not_before > max(now, noted.free_at))

    def _do(self, action: Callable[[sqlite3.Connection], _Result]) -> _Result:
        with self._lock:
            try:
                return action(self._db)
            except sqlite3.Error:
                self._db.close()
                self._db = self._opened()
            try:
                return action(self._db)
            except sqlite3.Error:
                self._db.close()
                self._db = memories.in_memory(_KIND, any_thread=True)
            return action(self._db)

    def _opened(self) -> sqlite3.Connection:
        for _ in range(2):
            try:
                return memories.connect(self._path, _KIND, any_thread=True)
            except sqlite3.Error as error:
                if not database.is_damage(error):
                    break
                database.discard(self._path)
        return memories.in_memory(_KIND, any_thread=True)


def _noted(db: sqlite3.Connection, host: str, now: float) -> _Noted:
    row = db.execute("SELECT free_at, not_before, refusals, delay, noted_at FROM hosts WHERE host = ?", (host,)).fetchone()
    return _Noted(*row[:-1]) if row and now - KEPT_SECONDS <= row[-1] <= now + CLOCK_SECONDS else _Noted()


def _save(db: sqlite3.Connection, host: str, noted: _Noted, now: float) -> None:
    db.execute(_SAVE, (host, *dataclasses.astuple(noted), now))
