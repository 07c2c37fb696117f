"""The questions the index is asked, in SQL. Pure; every text in a statement is our own, what users give is a parameter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archiver import urls
from archiver.errors import InvalidInput, InvalidUrl
from archiver.remarks import folded_label
from archiver.store import fulltext
from archiver.store.database import COLUMNS, REMARK_COLUMNS
from archiver.store.rows import Row, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.store.rows import Filters

TITLE_WEIGHT, BYLINE_WEIGHT, PUBLISHER_WEIGHT, BODY_WEIGHT = 8.0, 4.0, 2.0, 1.0
EXCERPT_TOKENS = 24
ORDERS = {
    "fetched": ("fetched_at", "DESC"),
    "published": ("published", "DESC"),
    "words": ("words", "DESC"),
    "title": ("title COLLATE NOCASE", "ASC"),
    "author": ("byline COLLATE NOCASE", "ASC"),
    "publisher": ("publisher COLLATE NOCASE", "ASC"),
    "host": ("host", "ASC"),
}
"""For each way to sort, the order a reader expects: newest and longest first, names from A to Z."""

Question = tuple[str, list[object]]
"""A statement and its parameters."""

_FACTS = ("records.size", "records.mtime_ns", "remarks.path", "remarks.size", "remarks.mtime_ns")
_PATH = len(_FACTS) + COLUMNS.index("path")
_REMARKED = _FACTS.index("remarks.path")
_REMARKS = len(_FACTS) + len(COLUMNS)
"""Where an answer has the path of the record, that of the remarks, and the cells of the remarks."""
_SELECTED = (*_FACTS, *(f"records.{name}" for name in COLUMNS), *(f"remarks.{name}" for name in REMARK_COLUMNS))
_RECORDS = f"SELECT {', '.join(_SELECTED)} FROM records LEFT JOIN remarks ON remarks.id = records.id"  # noqa: S608  # our own words
_LIMIT_NONE = -1


def files_of(answer: tuple[Any, ...]) -> Iterator[tuple[str, int, int]]:
    """The path, size and time of change of each file that one answer to a question for rows was read from."""
    size, mtime_ns, remarks_path, remarks_size, remarks_mtime_ns = answer[: len(_FACTS)]
    yield answer[_PATH], size, mtime_ns
    if remarks_path is not None:
        yield remarks_path, remarks_size, remarks_mtime_ns


def row_of(answer: tuple[Any, ...]) -> Row:
    """The row that one answer to a question for rows gives."""
    if answer[_REMARKED] is None:
        return Row(*answer[len(_FACTS) : _REMARKS])
    labels, starred, read, *others = answer[_REMARKS:]
    remarks = [tuple(labels.split("\n")) if labels else (), bool(starred), bool(read), *others]
    return Row(*[*answer[len(_FACTS) : _REMARKS], *remarks])


def listing(filters: Filters, *, sort: str, reverse: bool, limit: int | None) -> Question:
    """Facts and row of each record that passes `filters`, sorted by a key of `ORDERS`."""
    where, values = _conditions(filters)
    column, direction = ORDERS[sort]
    if reverse:
        direction = "ASC" if direction == "DESC" else "DESC"
    # among equals the one saved last is the newest: times of fetching are whole seconds
    later = direction if sort == "fetched" else "DESC"
    order = f"ORDER BY {column} {direction} NULLS LAST, records.mtime_ns {later}, records.id, records.path LIMIT ?"
    return f"{_RECORDS} WHERE {where} {order}", [*values, _LIMIT_NONE if limit is None else limit]


def matching(query: str, filters: Filters, *, limit: int | None) -> Question:
    """Facts and row of each record that matches the FTS5 `query` and passes `filters`, best first."""
    where, values = _conditions(filters)
    rank = f"bm25(texts, {TITLE_WEIGHT}, {BYLINE_WEIGHT}, {PUBLISHER_WEIGHT}, {BODY_WEIGHT})"
    order = f"ORDER BY {rank}, fetched_at DESC, records.mtime_ns DESC, records.id, records.path LIMIT ?"
    joined = f"{_RECORDS} JOIN texts ON texts.rowid = records.number"
    return f"{joined} WHERE texts MATCH ? AND {where} {order}", [query, *values, _LIMIT_NONE if limit is None else limit]


def excerpt(query: str, path: str) -> Question:
    """The passage that matches `query` best in the body of the record at `path`, its matches marked."""
    return (
        "SELECT snippet(texts, 3, ?, ?, '…', ?) FROM texts "
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


def _conditions(filters: Filters) -> tuple[str, list[object]]:
    """The SQL condition for `filters`, and its values."""
    tests: list[tuple[str, str | None]] = [
        ("'.' || host LIKE ? ESCAPE '!'", filters.host and _host_pattern(filters.host)),
        ("instr(people, ?) > 0", filters.author and folded(filters.author)),
        ("published || '~' >= ?", filters.published_since),  # "2017-03~" is after every day of that month
        ("substr(published, 1, 10) <= ?", filters.published_until),
        ("fetched_at >= ?", filters.fetched_since),
        ("substr(fetched_at, 1, 10) <= ?", filters.fetched_until),
    ]
    tests += [("instr(remarks.folded, ?) > 0", f"\n{folded_label(label)}\n") for label in filters.labels]
    used = [(sql, value) for sql, value in tests if value]
    flags = [("remarks.starred", filters.starred), ("remarks.read IS NOT TRUE", filters.unread)]
    conditions = ["records.damage IS NULL", *(sql for sql, _ in used), *(sql for sql, wanted in flags if wanted)]
    return " AND ".join(conditions), [value for _, value in used]


def _host_pattern(host: str) -> str:
    """What LIKE must match for this host and its subdomains, by whole labels."""
    try:
        name = urls.host(urls.parse(f"https://{host.strip().strip('.')}"))
    except InvalidUrl as error:
        raise InvalidInput(error.reason, subject=urls.printable(host), remedy="name a host such as example.org") from None
    return "%." + re.sub(r"([!%_])", r"!\1", name or "")
