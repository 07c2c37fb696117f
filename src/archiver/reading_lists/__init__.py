"""Reading lists that other programs export -> the pages on them. Pure: text in, items out.

    parse(content)  what the file says, and who wrote it

Known are browsers' bookmarks, Pocket (CSV and HTML), Instapaper, Raindrop, wallabag, Omnivore, any CSV or JSON list with a
column or key `url`, and plain lists of URLs. The format is told by the content alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from archiver.reading_lists import bookmarks, documents, tables
from archiver.reading_lists.model import Broken, Item

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Broken", "Item", "ReadingList", "parse"]

_HTML = re.compile(r"\s*<(!doctype|html|title|meta|h1|dl)\b", re.IGNORECASE)
MOST_UNREADABLE = 20
"""Where one character of so many is no text, it is no list."""
_COMMENT = re.compile(r"(?:^|\s)#.*")


class ReadingList(NamedTuple):
    """A file of pages: who wrote it, and what it says, in its order."""

    written_by: str
    items: Iterator[Item | Broken]


def parse(content: bytes) -> ReadingList | None:
    """What the file says; None where it is no reading list."""
    text = content.decode("utf-8-sig", "replace")
    if _HTML.match(text):
        netscape = "netscape-bookmark" in text[:1000].lower()
        return ReadingList("bookmarks" if netscape else "HTML", bookmarks.read(text))
    if text.lstrip()[:1] == "[":
        document = documents.parsed(text)
        writer = documents.service(document)
        return ReadingList(writer, documents.read(document)) if writer and isinstance(document, list) else None
    if (table := tables.service(text)) is not None:
        return ReadingList(table.name, tables.read(text, table))
    if "\0" in text or text.count("\ufffd") * MOST_UNREADABLE > len(text):
        return None  # a picture, a program
    lines = [_COMMENT.sub("", line).strip() for line in text.splitlines()]
    if not any("." in line or "://" in line for line in lines):
        return None
    return ReadingList("URLs", (Item(f"line {number}", line) for number, line in enumerate(lines, start=1) if line))
