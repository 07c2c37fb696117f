"""What is counted over the index: articles, words, names, days. Each count is one walk along an index that has all it needs.

Where articles are chosen, their numbers are written down first, and each walk passes over the others: so it never comes to the
wide rows of the records, and costs about as much as without a choice.
"""

from __future__ import annotations

import contextlib
import heapq
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archiver.store.indexing.cards import storable
from archiver.store.indexing.queries import all_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from archiver.store.indexing.conditions import Condition

_AT_ONCE = 1000
_HELD = "SELECT count(*), ifnull(sum(size), 0) FROM records INDEXED BY records_topics WHERE records.damage IS NULL"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Names by the number of articles that have them, the most frequent first.

    Attributes:
        names: the most frequent ones, each with its articles.
        different: how many names there are in all.
        articles: how many articles have any, where each has one at most; else how many times one is given.
    """

    names: tuple[tuple[str, int], ...] = ()
    different: int = 0
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Tallies:
    """What was counted over some articles.

    Attributes:
        held, held_bytes: all records of the archive, chosen or not, and the length of their files.
        kinds: articles and words by language and verdict.
        fetched: articles by the day they were fetched, in UTC.
        published: articles by the day, and the hour where the page gives one (`2017-03-18T09`); coarser dates too.
        found: in how many articles a field has a value, by the field's key in the record.
    """

    held: int = 0
    held_bytes: int = 0
    articles: int = 0
    words: int = 0
    starred: int = 0
    read: int = 0
    found: tuple[tuple[str, int], ...] = ()
    kinds: tuple[tuple[str | None, str, int, int], ...] = ()
    fetched: tuple[tuple[str, int], ...] = ()
    published: tuple[tuple[str, int], ...] = ()
    hosts: Ranking = Ranking()
    bylines: Ranking = Ranking()
    labels: Ranking = Ranking()
    tags: Ranking = Ranking()
    sections: Ranking = Ranking()


def taken(db: sqlite3.Connection, tests: list[Condition], *, top: int) -> Tallies:
    """The tallies of the records that pass `tests`, all of one moment.

    Raises:
        sqlite3.Error: the index cannot be read.
    """
    with _chosen(db, tests) as records:
        return _Walks(db, records, top).tallies()


@contextlib.contextmanager
def _chosen(db: sqlite3.Connection, tests: list[Condition]) -> Iterator[str]:
    """Within, nothing changes; gives the condition that chooses the records."""
    db.execute("BEGIN")
    try:
        if not tests:
            yield "records.damage IS NULL"
            return
        where, values = all_of(tests)
        db.execute("CREATE TEMP TABLE chosen (number INTEGER PRIMARY KEY)")
        db.execute(
            f"INSERT INTO chosen SELECT number FROM records INDEXED BY records_fetched WHERE records.damage IS NULL{where}",  # noqa: S608
            [storable(value) for value in values],
        )
        # with the sign, numbers are looked up among the chosen ones, and never tried one after the other
        yield "records.damage IS NULL AND +number IN (SELECT number FROM temp.chosen)"
    finally:
        with contextlib.suppress(db.OperationalError):  # SQLite may have rolled back by itself
            db.execute("ROLLBACK")


class _Walks:
    """The walks along the indexes, each for the records that the condition `chosen` lets through."""

    def __init__(self, db: sqlite3.Connection, chosen: str, top: int) -> None:
        self._db = db
        self._chosen = chosen
        self._top = top

    def tallies(self) -> Tallies:
        words = (
            "CAST(total(words) AS INTEGER)"  # a sum of what people wrote into records may be too large, and is an error then
        )
        kinds = self._all(f"SELECT language, verdict, count(*), {words}", "records_fetched", "GROUP BY language, verdict")
        fetched = self._all("SELECT substr(fetched_at, 1, 10) AS day, count(*)", "records_fetched", "GROUP BY day ORDER BY day")
        published = self._all(
            "SELECT substr(published, 1, 13) AS hour, count(*)",
            "records_published",
            "AND published IS NOT NULL GROUP BY hour ORDER BY hour",
        )
        articles = sum(count for *_, count, _ in kinds)
        bylines = self._ranking("byline", "records_byline", name="max({})", group="{} COLLATE NOCASE")
        hosts = self._ranking("host", "records_host")
        sections = self._sections()
        starred, read = self._remarks()
        held, held_bytes = self._db.execute(_HELD).fetchone()
        return Tallies(
            held=held,
            held_bytes=held_bytes,
            articles=articles,
            words=sum(words for *_, words in kinds),
            starred=starred,
            read=read,
            found=(
                ("title", articles - self._count("records_title", "title IS NULL")),
                ("byline", bylines.articles),
                ("dates.published", sum(count for _, count in published)),
                ("dates.modified", self._count("records_modified", "modified IS NOT NULL")),
                ("source.publisher", articles - self._count("records_publisher", "publisher IS NULL")),
                ("language", sum(count for language, _, count, _ in kinds if language)),
                ("section", sections.articles),
                ("tags", self._count("records_topics", "tags <> ''")),
                ("body", self._count("records_words", "words > 0")),
            ),
            kinds=kinds,
            fetched=fetched,
            published=published,
            hosts=hosts,
            bylines=bylines,
            labels=self._listed(f"SELECT labels FROM remarks WHERE labels <> '' AND {self._remarked}"),  # noqa: S608
            tags=self._listed(self._from("SELECT tags", "records_topics", "AND tags <> ''")),
            sections=sections,
        )

    def _remarks(self) -> tuple[int, int]:
        """How many are starred, and how many are read."""
        (sums,) = self._db.execute(f"SELECT total(starred), total(read) FROM remarks WHERE {self._remarked}")  # noqa: S608
        return int(sums[0]), int(sums[1])

    @property
    def _remarked(self) -> str:
        return f"EXISTS (SELECT 1 FROM records WHERE records.id = remarks.id AND {self._chosen})"  # noqa: S608  # our own words

    def _count(self, index: str, test: str) -> int:
        ((count,),) = self._all("SELECT count(*)", index, f"AND {test}")
        return int(count)

    def _ranking(self, column: str, index: str, *, name: str = "{}", group: str = "{}") -> Ranking:
        """The names that a column has, by the number of their articles; the walk goes in the order of `index`."""
        select = f"SELECT {name.format(column)} AS name, count(*) AS articles"
        return self._ranked(self._from(select, index, f"AND {column} <> '' GROUP BY {group.format(column)}"))

    def _sections(self) -> Ranking:
        """The broadest sections: whole trails are counted first, in the order of the index, because they are few."""
        trails = self._from("SELECT section, count(*) AS count", "records_topics", "AND section <> '' GROUP BY section")
        broadest = "substr(section, 1, instr(section || char(10), char(10)) - 1)"
        return self._ranked(f"SELECT {broadest} AS name, sum(count) AS articles FROM ({trails}) GROUP BY name")  # noqa: S608

    def _ranked(self, counted: str) -> Ranking:
        sql = f"SELECT name, articles, count(*) OVER (), sum(articles) OVER () FROM ({counted})"  # noqa: S608  # our own words
        rows = self._db.execute(f"{sql} ORDER BY articles DESC, name LIMIT ?", (self._top,)).fetchall()
        return Ranking(tuple((name, articles) for name, articles, *_ in rows), *(rows[0][2:] if rows else ()))

    def _listed(self, sql: str) -> Ranking:
        """The names in lists of which each stands on a line, whatever their case: to split texts is no work for SQL."""
        found: Counter[str] = Counter()
        cursor = self._db.execute(sql)
        while some := cursor.fetchmany(_AT_ONCE):
            found.update("\n".join(text for (text,) in some).split("\n"))
        folded: dict[str, tuple[int, str]] = {}
        for name, times in found.items():
            key = name.casefold()
            held, spelling = folded.get(key, (0, name))
            folded[key] = (held + times, max(name, spelling))
        best = heapq.nsmallest(self._top, folded.values(), key=lambda counted: (-counted[0], counted[1]))
        return Ranking(tuple((name, times) for times, name in best), len(folded), found.total())

    def _all(self, select: str, index: str, rest: str = "") -> tuple[Any, ...]:
        return tuple(self._db.execute(self._from(select, index, rest)))

    def _from(self, select: str, index: str, rest: str = "") -> str:
        return f"{select} FROM records INDEXED BY {index} WHERE {self._chosen} {rest}"
