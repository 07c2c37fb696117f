"""The index as it stands, for what a shell offers while somebody types: no look at the files, and few imports.

Every command that changes the archive brings the index up to date, so what is offered lags only behind changes made by hand.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from archiver.store.indexing.marks import APPLICATION_ID, FILE_NAME, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS = 0.5
_BEGINNING = """SELECT id, title, url FROM records WHERE damage IS NULL AND id >= ? AND id < ? || 'g' ORDER BY id LIMIT ?"""
"""No hexadecimal digit comes after a "g"."""
_LAST = "SELECT id, title, url FROM records WHERE damage IS NULL ORDER BY fetched_at DESC LIMIT ?"


class Named(NamedTuple):
    """An article, as much of it as tells it apart."""

    id: str
    title: str | None
    url: str | None


def beginning(root: Path, prefix: str, *, limit: int) -> list[Named]:
    """Articles whose ID begins with `prefix`; without one, those fetched last.

    Raises:
        sqlite3.Error: there is no index of ours.
    """
    with _opened(root) as db:
        rows = db.execute(_BEGINNING, [prefix, prefix, limit]) if prefix else db.execute(_LAST, [limit])
        return [Named(*row) for row in rows]


def labels(root: Path) -> list[str]:
    """The tags that the user gave, each once, sorted whatever their case.

    Raises:
        sqlite3.Error: there is no index of ours.
    """
    with _opened(root) as db:
        rows = db.execute("SELECT DISTINCT labels FROM remarks WHERE labels != ''").fetchall()
    return sorted({label for (found,) in rows for label in found.split("\n")}, key=str.casefold)


@contextlib.contextmanager
def _opened(root: Path) -> Iterator[sqlite3.Connection]:
    address = f"{(root / FILE_NAME).absolute().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as db:
        marks = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if marks != [APPLICATION_ID, VERSION]:
            raise sqlite3.DatabaseError("no index of ours")
        yield db
