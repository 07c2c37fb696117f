"""What a record gives the index: the values of its row, its texts, its host. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import InvalidUrl
from archiver.store.indexing import fulltext
from archiver.store.indexing.database import COLUMNS, LISTS
from archiver.store.indexing.rows import row_of
from archiver.store.paths import id_of

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.store.indexing.rows import Row

_LARGEST = 2**63 - 1
VALUES = ("number", "size", "mtime_ns", "damage", "asked", *COLUMNS)
ID = VALUES.index("id")
"""The columns of the table, and where among them is the ID."""


@dataclass(frozen=True, slots=True)
class Card:
    """A row of the table, its texts and its host; no texts where it is damaged."""

    values: list[object]
    passages: list[str] | None = None
    host: object = ""


def of(number: int, path: str, article: Article, size: int, mtime_ns: int) -> Card:
    """The card of the record at `path`; size and time of change are those of its file."""
    row = row_of(article, path)
    cells = (_joined(row, name) if name in LISTS else getattr(row, name) for name in COLUMNS)
    values = (number, size, mtime_ns, None, _asked(article), *cells)
    return Card([storable(value) for value in values], fulltext.passages(article), storable(row.host or ""))


def of_damaged(number: int, path: str, size: int, mtime_ns: int, damage: str) -> Card:
    """The card of a record that cannot be read."""
    cells = {"number": number, "size": size, "mtime_ns": mtime_ns, "damage": damage, "path": path}
    cells["id"] = id_of(path.rpartition("/")[2])
    return Card([storable(cells.get(name)) for name in VALUES])


def storable(value: object) -> object:
    """A value as SQLite takes it: lone surrogates have no UTF-8, and whole numbers end at 64 bits."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return max(-_LARGEST, min(value, _LARGEST)) if isinstance(value, int) else value


def _joined(row: Row, name: str) -> str:
    return "\n".join(" ".join(text.split()) for text in getattr(row, name))


def _asked(article: Article) -> str | None:
    """The URL key by which the article was asked for; None where that is its own, or nothing."""
    if not article.requested_url or article.requested_url == article.url:
        return None
    try:
        key = urls.key(article.requested_url)
        return key if urls.article_id(key) != article.id else None
    except InvalidUrl:
        return None
