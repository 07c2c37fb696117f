"""What tells that two articles may be one, in the index: a sketch of the text, and the addresses that the page claims.

A row is made when an article is saved, and is good as long as the record's file is as it was. What rows are missing, the first
question makes: an index that is made again from a hundred thousand records need not read their words.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver import likeness, sameness, urls
from archiver.errors import StoreError
from archiver.store.indexing.database import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from archiver.article import Article

    Watched = Callable[[list[str]], Iterable[str]]

ROWS_IN_TRANSACTION = 500
_COLUMNS = "path, size, mtime_ns, sketch, canonical, asked"
_MATCHED = (
    "FROM records LEFT JOIN fingerprints ON fingerprints.path = records.path "
    "AND fingerprints.size = records.size AND fingerprints.mtime_ns = records.mtime_ns WHERE records.damage IS NULL"
)
_INSERT = f"INSERT OR REPLACE INTO fingerprints ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608  # our own words only
_MISSING = f"SELECT records.path, records.size, records.mtime_ns {_MATCHED} AND fingerprints.path IS NULL ORDER BY records.path"
_ALL = f"SELECT records.id, sketch, canonical, fingerprints.asked {_MATCHED} ORDER BY records.id, records.path"
_STRAY = "DELETE FROM fingerprints WHERE path NOT IN (SELECT path FROM records)"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What may tell an article's twins.

    Attributes:
        sketch: as `likeness.sketch` gives it; None where the text is too short.
        canonical: the ID of the address that the page claims, where that is another's.
        asked: the ID of the address that redirected to the page.
    """

    id: str
    sketch: bytes | None
    canonical: str | None
    asked: str | None


def put(db: sqlite3.Connection, path: str, article: Article, facts: tuple[int, int]) -> None:
    """Writes the row of the record at `path`; `facts` are its file's size and time of change."""
    claimed = sameness.canonical(article)
    led = sameness.led_here(article, [article.requested_url] if article.requested_url else [])
    sketch = likeness.sketch(likeness.shingles(article.body.text))
    ids = (claimed and urls.article_id(claimed), urls.article_id(led[0]) if led else None)
    db.execute(_INSERT, (path, *facts, sketch, *ids))


def make_missing(db: sqlite3.Connection, load: Callable[[str], Article], watched: Watched) -> None:
    """Makes the rows that are missing; a record that cannot be read is passed over."""
    missing = {path: (size, mtime_ns) for path, size, mtime_ns in db.execute(_MISSING)}
    rest = iter(watched(list(missing)) if missing else ())
    more = True
    while more:
        with transaction(db):
            more = False
            for _, path in zip(range(ROWS_IN_TRANSACTION), rest, strict=False):
                more = True
                with contextlib.suppress(StoreError, FileNotFoundError):
                    put(db, path, load(path), missing[path])
    with transaction(db):
        db.execute(_STRAY)


def rows(db: sqlite3.Connection) -> list[Fingerprint]:
    """All rows that are good, each article once, sorted by ID."""
    found = {row[0]: Fingerprint(*row) for row in db.execute(_ALL)}
    return list(found.values())
