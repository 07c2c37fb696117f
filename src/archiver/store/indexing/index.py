"""The index: listing and full text, in SQLite with FTS5, derived from the records and rebuilt at will.

It is never the truth. One that is damaged or not ours is dropped and made again, when it is opened or when a question brings
the damage to light; records that came, went or changed behind its back are read again.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
from array import array
from typing import TYPE_CHECKING, Any

from archiver.store.indexing import conditions, database, expressions, fingerprints, fulltext, queries
from archiver.store.indexing.cards import storable
from archiver.store.indexing.opened import Opened
from archiver.store.indexing.rows import Filters, Hit, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from archiver.article import Article
    from archiver.store.indexing.conditions import Condition
    from archiver.store.indexing.contents import Load, LoadRemarks
    from archiver.store.indexing.opened import Note
    from archiver.store.indexing.tallies import Tallies

MAX_CANDIDATES = 20
MAX_RANKED = 5000
"""Of so many matches the best are found; of more, the newest so many."""
FEW = 20_000
"""So many that pass the filters of a search are gathered before it; among more, matches that pass are soon found."""
MANY = 1000
"""So many matches are not looked up one by one, where a list of the newest is wanted."""
ROWS_AT_ONCE = 500


class Index:
    """The open index of one archive.

    Args:
        root: the archive directory.
        load: reads the record at a path relative to the archive; raises StoreError.
        load_remarks: reads the remarks on the article with an ID; raises StoreError.
        note: told, in a sentence, what a user should know.

    Raises:
        StoreError: the archive cannot be read.
    """

    def __init__(self, root: Path, load: Load, load_remarks: LoadRemarks, note: Note) -> None:
        self._root = root
        self._load = load
        self._opened = Opened(root, load, load_remarks, note)

    def close(self) -> None:
        """Closes the database."""
        self._opened.db.close()

    # -- reading

    def rows(self, filters: Filters, *, sort: str, reverse: bool, limit: int | None) -> Iterator[Row]:
        """The rows that pass `filters`, sorted by a key of `queries.ORDERS`.

        Raises:
            InvalidInput: the host in `filters` cannot be one.
            StoreError: the index cannot be read.
        """
        tests = conditions.of_filters(filters)
        return self._rows(lambda: self._listed(tests, sort=sort, reverse=reverse, limit=limit), tests)

    def search(self, words: str, filters: Filters, *, sort: str | None, reverse: bool, limit: int | None) -> Iterator[Hit]:
        """What matches `words` (see `expressions`) and passes `filters`.

        It is sorted by a key of `queries.ORDERS`; without one, the best comes first, the newest where only facts are asked for.

        Raises:
            InvalidInput: it asks for too many words, or for what cannot be.
            StoreError: the index cannot be read.
        """
        expression = expressions.parse(words)
        if expression is None:
            return iter(())
        query, tests = conditions.of_search(expression)
        tests += conditions.of_filters(filters)
        if query is not None and sort is None:
            ranked = self._rows(lambda: self._ranked(query, tests, limit, reverse=reverse), tests)
            return (self._hit(row, query) for row in ranked)
        if query is not None:
            tests.append(conditions.matching(query))
        order = sort or "fetched"
        rows = self._rows(lambda: self._listed(tests, sort=order, reverse=reverse, limit=limit), tests)
        return (self._hit(row, query) for row in rows)

    def row(self, path: str) -> Row | None:
        """The row of the record at `path`; None where that is damaged.

        Raises:
            StoreError: the index cannot be read.
        """
        question = queries.row(path)
        answers = self._asked(question)
        if self._outdated(answers):
            answers = self._asked(question)
        return next(map(queries.row_of, answers), None)

    def paths(self, prefix: str) -> list[str]:
        """Where the first records stand whose ID begins with `prefix`, damaged ones too.

        Raises:
            StoreError: the index cannot be read.
        """
        return [path for (path,) in self._asked(queries.paths(prefix, limit=MAX_CANDIDATES))]

    def paths_asked_as(self, key: str) -> list[str]:
        """Where the first records stand that were asked for by the URL key `key`, if that is not their own.

        Raises:
            StoreError: the index cannot be read.
        """
        return [path for (path,) in self._asked(queries.paths_asked_as(key, limit=MAX_CANDIDATES))]

    def pairs(self, watched: fingerprints.Watched) -> list[fingerprints.Pair]:
        """The articles that may be one; `watched` may show how those not yet known are read.

        Raises:
            StoreError: the index cannot be used.
        """

        def ask() -> list[fingerprints.Pair]:
            fingerprints.make_missing(self._opened.db, self._load, watched)
            return fingerprints.pairs(self._opened.db)

        return self._opened.healing(ask)

    def tallies(self, filters: Filters, *, top: int) -> Tallies:
        """What can be counted of the articles that pass `filters`; of names, the `top` most frequent ones.

        Raises:
            InvalidInput: the host in `filters` cannot be one.
            StoreError: the index cannot be read.
        """
        from archiver.store.indexing import tallies  # listings need it not

        tests = conditions.of_filters(filters)
        return self._opened.healing(lambda: tallies.taken(self._opened.db, tests, top=top))

    # -- writing

    def add(self, articles: Sequence[tuple[Article, str]]) -> None:
        """Puts records, each with its path, into the index, in the place of what stood there.

        The fingerprints of many are made when they are asked for.

        Raises:
            StoreError: the index cannot be written; the records are not touched by that.
        """
        latest = {path: article for article, path in articles}

        def write() -> None:
            with database.transaction(self._opened.db):
                for path, facts in self._opened.contents.put(latest).items():
                    if len(latest) == 1:
                        fingerprints.put(self._opened.db, path, latest[path], facts)

        self._opened.healing(write)

    def follow(self, *paths: str) -> None:
        """Has the index say what the files at `paths` now say, and nothing of those that are gone.

        Raises:
            StoreError: the index cannot be written.
        """

        def write() -> None:
            with database.transaction(self._opened.db):
                for path in paths:
                    self._opened.contents.read_again(path)

        self._opened.healing(write)

    # -- within

    def _asked(self, question: queries.Question) -> list[tuple[Any, ...]]:
        sql, values = question
        return self._opened.healing(lambda: self._opened.db.execute(sql, [storable(value) for value in values]).fetchall())

    def _numbers(self, question: queries.Question) -> array[int]:
        """The numbers that answer a question, eight bytes each."""
        return array("q", (number for (number,) in self._asked(question)))

    def _listed(self, tests: list[Condition], *, sort: str, reverse: bool, limit: int | None) -> array[int]:
        """The numbers of what passes `tests`, sorted. Where many match, the first of them are soon met in the order wanted."""
        words = [query for test in tests if (query := conditions.query_of(test))]
        if limit and sort in queries.WALKED and words and all(map(self._matches_many, words)):
            tests = list(map(conditions.walked, tests))
        return self._numbers(queries.listing(tests, sort=sort, reverse=reverse, limit=limit))

    def _matches_many(self, query: str) -> bool:
        return len(self._numbers(queries.matches(query, most=MANY + 1))) > MANY

    def _ranked(self, query: str, tests: list[Condition], limit: int | None, *, reverse: bool) -> Sequence[int]:
        """The numbers of what matches, best first; with `reverse`, those best ones the other way round.

        To weigh a match costs microseconds, and a common word is in every article. So above `MAX_RANKED` of them the newest are
        taken, of which those come first that match by their heads alone.
        """
        most = max(MAX_RANKED + 1, limit) if limit else -1
        passing = self._numbers(queries.passing(tests, most=FEW + 1)) if tests else array("q")
        if tests and len(passing) <= FEW:
            tests = [conditions.numbered(passing)]
        few = bool(tests) and len(passing) <= MAX_RANKED
        found = array("q") if few else self._numbers(queries.newest_matching(query, tests, limit=most))
        if few or len(found) <= MAX_RANKED:
            best = self._numbers(queries.best_matching(query, tests, limit=limit or -1))
        else:
            heads = self._numbers(queries.matching_heads(query, tests, since=found[MAX_RANKED], limit=limit or -1))
            best = array("q", itertools.islice(dict.fromkeys(itertools.chain(heads, found)), limit))
        return best[::-1] if reverse else best

    def _rows(self, ask: Callable[[], Sequence[int]], tests: list[Condition]) -> Iterator[Row]:
        """The rows of the numbers that `ask` gives, those that pass `tests`.

        Files that were edited in place, which no folder's time tells, are read again when their rows are wanted; where that
        happens among the first, all is asked anew.
        """
        numbers, made = ask(), self._opened.db
        just_asked = [test for test in tests if conditions.query_of(test) is None]  # to ask all words again costs most
        answers = self._answers(numbers[:ROWS_AT_ONCE], just_asked)
        if self._outdated(answers) or self._opened.db is not made:
            numbers, made = ask(), self._opened.db
            answers = self._answers(numbers[:ROWS_AT_ONCE], tests)
        return self._from(numbers, answers, made, ask, tests)

    def _from(
        self,
        numbers: Sequence[int],
        answers: list[tuple[Any, ...]],
        made: sqlite3.Connection,
        ask: Callable[[], Sequence[int]],
        tests: list[Condition],
    ) -> Iterator[Row]:
        """`answers`, and the rows of the numbers after them; an index made again meanwhile has other numbers."""
        yield from map(queries.row_of, answers)
        for start in range(ROWS_AT_ONCE, len(numbers), ROWS_AT_ONCE):
            answers = self._answers(numbers[start : start + ROWS_AT_ONCE], tests)
            if self._outdated(answers) or self._opened.db is not made:
                numbers, made = (numbers, made) if self._opened.db is made else (ask(), self._opened.db)
                answers = self._answers(numbers[start : start + ROWS_AT_ONCE], tests)
            yield from map(queries.row_of, answers)

    def _answers(self, numbers: Sequence[int], tests: list[Condition]) -> list[tuple[Any, ...]]:
        """Facts and rows in the order of their numbers."""
        if not numbers:
            return []
        found = {queries.number_of(answer): answer for answer in self._asked(queries.rows(numbers, tests))}
        return [found[number] for number in numbers if number in found]

    def _hit(self, row: Row, query: str | None) -> Hit:
        if query is None:
            return Hit(row, ())
        snippets = self._asked(queries.excerpt(query, row.path))
        return Hit(row, fulltext.excerpt(snippets[0][0] or "" if snippets else ""))

    def _outdated(self, answers: list[tuple[Any, ...]]) -> bool:
        """Whether files behind the answers had changed, and the index could be brought up to date with them."""
        edited = [path for answer in answers for path, *known in queries.files_of(answer) if not self._is_current(path, *known)]
        return bool(edited) and self._read_again(edited)

    def _is_current(self, path: str, size: int, mtime_ns: int) -> bool:
        try:
            facts = os.lstat(f"{self._root}/{path}")  # plain strings: this is done for every row of a listing
        except OSError:
            return False
        return facts.st_size == size and facts.st_mtime_ns == mtime_ns

    def _read_again(self, paths: list[str]) -> bool:
        """Whether the index could be brought up to date with the files at `paths`."""
        try:
            with database.transaction(self._opened.db):
                for path in paths:
                    self._opened.contents.read_again(path)
        except sqlite3.Error:
            return False
        self._opened.note_damages()
        return True
