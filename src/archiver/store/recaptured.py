"""Captures read back from their WARC files: the page as the server sent it, with the head of its response."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archiver.capture import Capture, Exchange, Headers, SavedPage

if TYPE_CHECKING:
    from archiver.article import Article


def recaptured(article: Article, content: bytes, page: bytes) -> Capture | SavedPage | None:
    """The capture in a WARC file's `content` whose `page` is at hand; None where its record cannot be read.

    Of the way to the page nothing is given: the record says where it began and ended.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    identity = article.capture
    assert identity is not None
    started_at = _moment(identity.fetched_at)
    try:
        record: Any = next(iter(ArchiveIterator(io.BytesIO(content[identity.offset or 0 :]))), None)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError):
        return None
    if record is None or started_at is None:
        return None
    url = article.url or str(record.rec_headers.get_header("WARC-Target-URI"))
    if record.http_headers is None:
        return SavedPage(url, started_at, page)
    headers: Headers = tuple((str(name), str(value)) for name, value in record.http_headers.headers)
    exchange = Exchange(
        url=url,
        method="GET",
        request_headers=(),
        started_at=started_at,
        http_version=str(record.http_headers.protocol),
        status=identity.status or 0,
        reason=str(record.http_headers.statusline).partition(" ")[2],
        headers=headers,
        body=page,
    )
    return Capture(article.requested_url or url, (exchange,), page)


def _moment(fetched_at: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(fetched_at)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
