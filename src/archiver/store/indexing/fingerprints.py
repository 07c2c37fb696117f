"""What tells that two articles may be one, in the index: a sketch of the text, and the addresses that the page claims.

A row is made when an article is saved, and is good as long as the record's file is as it was. What rows are missing, the first
question makes: an index that is made again from a hundred thousand records need not read their words.
"""

from __future__ import annotations

import contextlib
import itertools
from array import array
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from archiver import likeness, sameness, urls
from archiver.errors import StoreError
from archiver.store.indexing.database import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Iterator

    from archiver.article import Article

    Watched = Callable[[Collection[str]], Iterable[str]]

ROWS_IN_TRANSACTION = 500
MAX_COMPARED = 8
"""With how many of those with the same band a text is paired: of a thousand copies, few pairs say all."""
_COLUMNS = "path, size, mtime_ns, sketch, canonical, asked"
_MATCHED = (
    "FROM records LEFT JOIN fingerprints ON fingerprints.path = records.path "
    "AND fingerprints.size = records.size AND fingerprints.mtime_ns = records.mtime_ns WHERE records.damage IS NULL"
)
_INSERT = f"INSERT OR REPLACE INTO fingerprints ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608  # our own words only
_MISSING = f"SELECT records.number {_MATCHED} AND fingerprints.path IS NULL ORDER BY records.path"
_CLAIMS = "SELECT id, {column}, {column} IN (SELECT id FROM good) FROM good WHERE {column} IS NOT NULL ORDER BY id"
_IN_BANDS = "SELECT DISTINCT substr(sketch, ?, ?) AS band, id FROM good WHERE sketch IS NOT NULL ORDER BY band, id"
_STRAY = "DELETE FROM fingerprints WHERE path NOT IN (SELECT path FROM records)"


Reason = Literal["canonical", "redirect", "text"]


class Pair(NamedTuple):
    """Two articles that may be one, by their IDs.

    Attributes:
        kept: for `canonical` (a page claims the other's address, or both claim one) and `redirect` (the address of one led to
            the other), the article at the address; for `text`, either.
    """

    kept: str
    other: str
    reason: Reason


def put(db: sqlite3.Connection, path: str, article: Article, facts: tuple[int, int]) -> None:
    """Writes the row of the record at `path`; `facts` are its file's size and time of change."""
    claimed = sameness.canonical(article)
    led = sameness.led_here(article, [article.requested_url] if article.requested_url else [])
    sketch = likeness.sketch(likeness.shingles(article.body.text))
    ids = (claimed and urls.article_id(claimed), urls.article_id(led[0]) if led else None)
    db.execute(_INSERT, (path, *facts, sketch, *ids))


def make_missing(db: sqlite3.Connection, load: Callable[[str], Article], watched: Watched) -> None:
    """Makes the rows that are missing; a record that cannot be read is passed over."""
    missing = _Missing(db)
    rest = iter(watched(missing) if missing else ())
    more = True
    while more:
        with transaction(db):
            more = False
            for _, path in zip(range(ROWS_IN_TRANSACTION), rest, strict=False):
                more = True
                facts = db.execute("SELECT size, mtime_ns FROM records WHERE path = ?", (path,)).fetchone()
                with contextlib.suppress(StoreError, FileNotFoundError):
                    put(db, path, load(path), facts)
    with transaction(db):
        db.execute(_STRAY)


def pairs(db: sqlite3.Connection) -> list[Pair]:
    """The articles that may be one, by rows that are good.

    The rows are many and the pairs few: SQLite sorts, on the disk where it must, and one row at a time is looked at.
    """
    db.execute("DROP TABLE IF EXISTS temp.good")
    db.execute(f"CREATE TEMP TABLE good AS SELECT records.id, sketch, canonical, fingerprints.asked {_MATCHED}")
    try:
        db.execute("CREATE INDEX temp.good_id ON good (id)")
        return [*_by_address(db), *(pair for band in range(likeness.BANDS) for pair in _by_text(db, band))]
    finally:
        db.execute("DROP TABLE temp.good")


def _by_address(db: sqlite3.Connection) -> Iterator[Pair]:
    claimed: dict[str, str] = {}
    for article, address, held in db.execute(_CLAIMS.format(column="canonical")):
        yield Pair(address if held else claimed.setdefault(address, article), article, "canonical")
    for article, address, held in db.execute(_CLAIMS.format(column="asked")):
        if held:
            yield Pair(article, address, "redirect")


def _by_text(db: sqlite3.Connection, band: int) -> Iterator[Pair]:
    size = likeness.BAND_BYTES
    for _, alike in itertools.groupby(db.execute(_IN_BANDS, (1 + band * size, size)), key=itemgetter(0)):
        met: list[str] = []
        for _, article in alike:
            yield from (Pair(article, other, "text") for other in met)
            if len(met) < MAX_COMPARED:
                met.append(article)


class _Missing:
    """The paths of the records whose rows are missing, sorted; eight bytes are held of each."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._numbers = array("q", (number for (number,) in db.execute(_MISSING)))

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, path: object) -> bool:
        return any(path == each for each in self)

    def __iter__(self) -> Iterator[str]:
        for number in self._numbers:
            yield from (path for (path,) in self._db.execute("SELECT path FROM records WHERE number = ?", (number,)).fetchall())
