"""What the program that saved a page wrote into it: where it came from, and when."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from archiver import urls
from archiver.errors import InvalidUrl

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD_BYTES = 64 * 1024
"""Where a saver's comment stands: before the page itself, or near its beginning."""


class Saver(NamedTuple):
    """What a saver says; None where it does not."""

    url: str | None = None
    saved_at: datetime | None = None


class Comment(NamedTuple):
    """How one kind of saver writes: groups `url` and, where it tells, `date`, and how that date is read."""

    name: str
    pattern: re.Pattern[str]
    date: Callable[[str], datetime | None]


def _of_javascript(text: str) -> datetime | None:
    """`Tue Mar 14 2023 10:00:00 GMT+0100 (…)`, as Date.toString writes it."""
    try:
        return datetime.strptime(text.partition("(")[0].strip(), "%a %b %d %Y %H:%M:%S GMT%z").astimezone(UTC)
    except ValueError:
        return None


def _of_mail(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, IndexError):
        return None


COMMENTS = (
    # SingleFile, a browser extension: the first comment of the page
    Comment(
        "SingleFile",
        re.compile(
            r"<!--\s+Page saved with SingleFile\s+url:[ \t]*(?P<url>\S+)[ \t]*(?:\s+saved date:[ \t]*(?P<date>[^\r\n]+))?"
        ),
        _of_javascript,
    ),
    # Internet Explorer, Edge and Chrome, "Save page as": the mark of the web, with the address's length in front
    Comment("browser", re.compile(r"<!--\s*saved from url=\(\d{4,}\)(?P<url>\S+)(?P<date>)\s*-->"), _of_mail),
    # HTTrack, a website copier
    Comment(
        "HTTrack",
        re.compile(r"<!-- Mirrored from (?P<url>\S+) by HTTrack [^>]*?(?:, (?P<date>[A-Z][a-z]{2}, \d[^>]*? GMT))? ?-->"),
        _of_mail,
    ),
)


def find(content: bytes) -> Saver:
    """What the page's saver says."""
    head = content[:HEAD_BYTES].decode("utf-8", "replace")
    for comment in COMMENTS:
        found = comment.pattern.search(head)
        if found:
            url = _url(found["url"])
            return Saver(url, comment.date(found["date"]) if url and found["date"] else None)
    return Saver()


def _url(text: str) -> str | None:
    try:
        return urls.parse(text)
    except InvalidUrl:
        return None  # about:internet, file:///…
