"""The questions the index is asked, in SQL. Pure; every text in a statement is our own, what users give is a parameter.

Articles are first asked for by number, which an index answers in order, and then for their rows, so many at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archiver.store.indexing import fulltext
from archiver.store.indexing.database import COLUMNS, LISTS, REMARK_COLUMNS
from archiver.store.indexing.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archiver.store.indexing.conditions import Condition

EXCERPT_TOKENS = 24
ORDERS = {
    "fetched": ("fetched_at", "DESC"),
    "published": ("published", "DESC"),
    "modified": ("modified", "DESC"),
    "words": ("words", "DESC"),
    "title": ("title COLLATE NOCASE", "ASC"),
    "author": ("byline COLLATE NOCASE", "ASC"),
    "publisher": ("publisher COLLATE NOCASE", "ASC"),
    "host": ("host", "ASC"),
}
"""For each way to sort, the order a reader expects: newest and longest first, names from A to Z."""
WALKED = {"fetched", "published"}
"""The orders along whose indexes filters are answered without a look at the records."""

Question = tuple[str, list[object]]
"""A statement and its parameters."""

_FACTS = ("records.number", "records.size", "records.mtime_ns", "remarks.path", "remarks.size", "remarks.mtime_ns")
_PATH = len(_FACTS) + COLUMNS.index("path")
_REMARKED = _FACTS.index("remarks.path")
_REMARKS = len(_FACTS) + len(COLUMNS)
"""Where an answer has the path of the record, that of the remarks, and the cells of the remarks."""
_LISTS = [len(_FACTS) + COLUMNS.index(name) for name in LISTS]
_SELECTED = (*_FACTS, *(f"records.{name}" for name in COLUMNS), *(f"remarks.{name}" for name in REMARK_COLUMNS))
_RECORDS = f"SELECT {', '.join(_SELECTED)} FROM records LEFT JOIN remarks ON remarks.id = records.id"  # noqa: S608  # our own words
_FOUND = "FROM texts JOIN records ON records.number = texts.rowid WHERE texts MATCH ? AND damage IS NULL"
_LIMIT_NONE = -1


def number_of(answer: tuple[Any, ...]) -> int:
    """The number of the record in one answer to a question for rows."""
    number: int = answer[0]
    return number


def files_of(answer: tuple[Any, ...]) -> Iterator[tuple[str, int, int]]:
    """The path, size and time of change of each file that one answer to a question for rows was read from."""
    _, size, mtime_ns, remarks_path, remarks_size, remarks_mtime_ns = answer[: len(_FACTS)]
    yield answer[_PATH], size, mtime_ns
    if remarks_path is not None:
        yield remarks_path, remarks_size, remarks_mtime_ns


def row_of(answer: tuple[Any, ...]) -> Row:
    """The row that one answer to a question for rows gives."""
    cells = list(answer)
    for place in _LISTS:
        cells[place] = tuple(cells[place].split("\n")) if cells[place] else ()
    if answer[_REMARKED] is None:
        return Row(*cells[len(_FACTS) : _REMARKS])
    labels, starred, read, *others = cells[_REMARKS:]
    remarks = [tuple(labels.split("\n")) if labels else (), bool(starred), bool(read), *others]
    return Row(*[*cells[len(_FACTS) : _REMARKS], *remarks])


def listing(tests: list[Condition], *, sort: str, reverse: bool, limit: int | None) -> Question:
    """The number of each record that passes `tests`, sorted by a key of `ORDERS`."""
    where, values = all_of(tests)
    column, direction = ORDERS[sort]
    if reverse:
        direction = "ASC" if direction == "DESC" else "DESC"
    # among equals the one saved last is the newest: times of fetching are whole seconds
    later = direction if sort == "fetched" else "DESC"
    order = f"ORDER BY {column} {direction} NULLS LAST, mtime_ns {later}, id {later}, path LIMIT ?"
    return f"SELECT number FROM records WHERE damage IS NULL{where} {order}", [*values, _limit(limit)]  # noqa: S608


def rows(numbers: Sequence[int], tests: list[Condition]) -> Question:
    """Facts and row of each record with one of these numbers that passes `tests`, in no order."""
    where, values = all_of(tests)
    marks = ", ".join("?" * len(numbers))
    chosen = f"SELECT number FROM records WHERE damage IS NULL AND number IN ({marks}){where}"  # noqa: S608  # our own words
    return f"{_RECORDS} WHERE records.number IN ({chosen})", [*numbers, *values]


def passing(tests: list[Condition], *, most: int) -> Question:
    """The numbers of records that pass `tests`, in no order, at most so many."""
    where, values = all_of(tests)
    return f"SELECT number FROM records WHERE damage IS NULL{where} LIMIT ?", [*values, most]  # noqa: S608


def matches(query: str, *, most: int) -> Question:
    """The numbers of texts that match the FTS5 `query`, in no order, at most so many."""
    return "SELECT rowid FROM texts WHERE texts MATCH ? LIMIT ?", [query, most]


def newest_matching(query: str, tests: list[Condition], *, limit: int) -> Question:
    """The numbers of the records that match the FTS5 `query` and pass `tests`, the last indexed first."""
    where, values = all_of(tests)
    return f"SELECT number {_FOUND}{where} ORDER BY texts.rowid DESC LIMIT ?", [query, *values, limit]


def best_matching(query: str, tests: list[Condition], *, limit: int) -> Question:
    """The numbers of the records that match the FTS5 `query` and pass `tests`, best first."""
    where, values = all_of(tests)
    order = (
        f"ORDER BY bm25(texts, {', '.join(map(str, fulltext.COLUMNS.values()))}), fetched_at DESC, mtime_ns DESC, id LIMIT ?"
    )
    return f"SELECT number {_FOUND}{where} {order}", [query, *values, limit]


def matching_heads(query: str, tests: list[Condition], *, since: int, limit: int) -> Question:
    """The numbers, from `since` on, of the records that match the FTS5 `query` by their heads alone, the last indexed first."""
    heads = f"{{{' '.join(fulltext.HEADS)}}} : ({query})"
    where, values = all_of([("texts.rowid >= ?", [since]), *tests])
    return f"SELECT number {_FOUND}{where} ORDER BY texts.rowid DESC LIMIT ?", [heads, *values, limit]


def excerpt(query: str, path: str) -> Question:
    """The passage that matches `query` best in the body of the record at `path`, its matches marked."""
    return (
        f"SELECT snippet(texts, {fulltext.BODY}, ?, ?, '…', ?) FROM texts "  # noqa: S608  # our own words
        "WHERE texts MATCH ? AND rowid = (SELECT number FROM records WHERE path = ?)"
    ), [fulltext.MATCH_START, fulltext.MATCH_END, EXCERPT_TOKENS, query, path]


def row(path: str) -> Question:
    """Facts and row of the record at `path`."""
    return f"{_RECORDS} WHERE records.damage IS NULL AND records.path = ?", [path]


def paths(prefix: str, *, limit: int) -> Question:
    """Where the records stand, damaged ones too, whose ID begins with the hexadecimal digits `prefix`."""
    return "SELECT path FROM records WHERE id >= ? AND id < ? ORDER BY id, path LIMIT ?", [prefix, prefix + "g", limit]


def paths_asked_as(key: str, *, limit: int) -> Question:
    """Where the records stand that were asked for by the URL key `key`."""
    return "SELECT path FROM records WHERE asked = ? ORDER BY id, path LIMIT ?", [key, limit]


def all_of(tests: list[Condition]) -> tuple[str, list[object]]:
    """The SQL that goes on after a condition, and its values."""
    return "".join(f" AND {sql}" for sql, _ in tests), [value for _, values in tests for value in values]


def _limit(limit: int | None) -> int:
    return _LIMIT_NONE if limit is None else limit
