"""A capture read back from its WARC file, as it was fetched: what `captures` wrote, and nothing else."""

from __future__ import annotations

import dataclasses
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archiver.capture import Capture, Exchange, SavedPage
from archiver.store import captures

if TYPE_CHECKING:
    from archiver.article import Article, CaptureIdentity
    from archiver.capture import Headers

_NOTE = f"{captures.NOTE}: "
_RENAMED = frozenset(f"{captures.RENAMED.lower()}{name}" for name in ("transfer-encoding", "content-length"))


def capture(content: bytes, article: Article) -> Capture | SavedPage | None:
    """What `article` was extracted from, out of its WARC file's `content`; None where that is not what the record means."""
    from warcio.exceptions import ArchiveLoadFailed

    identity = article.capture
    if identity is None or identity.offset is None:
        return None
    payloads = [captures.payload(content, identity), *(captures.payload(content, page) for page in identity.pages)]
    try:
        if identity.status is None:
            return _saved(content, article, payloads[0], identity)
        exchanges, odd = _read(content)
        return _joined(article, identity, exchanges, payloads, odd)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, LookupError):
        return None


def _saved(content: bytes, article: Article, payload: bytes | None, identity: CaptureIdentity) -> SavedPage | None:
    from warcio.archiveiterator import ArchiveIterator

    if payload is None:
        return None
    record = next(iter(ArchiveIterator(io.BytesIO(content[identity.offset :]))))
    said = record.rec_headers.get_header("Content-Type")
    moment = datetime.fromisoformat(identity.fetched_at)
    return SavedPage(article.url, moment, payload, said if said != captures.CONTENT_TYPE else None)


def _joined(
    article: Article,
    identity: CaptureIdentity,
    exchanges: dict[int, Exchange],
    payloads: list[bytes | None],
    odd: list[str],
) -> Capture | None:
    """The exchanges as pages, each of which ends with the response whose offset the record names."""
    pages: list[Capture] = []
    way: list[Exchange] = []
    ends = [identity.offset, *(page.offset for page in identity.pages)]
    for offset, exchange in exchanges.items():
        way.append(exchange)
        if len(pages) < len(ends) and offset == ends[len(pages)]:
            payload = payloads[len(pages)]
            if payload is None:
                return None
            pages.append(Capture(way[0].url, tuple(way), payload))
            way = []
    if len(pages) < len(ends):
        return None
    taken_at = datetime.fromisoformat(identity.snapshot.taken_at) if identity.snapshot else None
    addresses = [article.url, *(page.url for page in identity.pages)]
    first, *later = (
        dataclasses.replace(page, address=address if address != page.final_url else None, taken_at=taken_at)
        for page, address in zip(pages, addresses, strict=True)
    )
    return dataclasses.replace(
        first,
        requested_url=article.requested_url or first.requested_url,
        later=tuple(later),
        missing=identity.missing,
        notes=tuple(line.removeprefix(_NOTE) for line in odd if line.startswith(_NOTE)),
        verified=captures.UNVERIFIED not in odd,
    )


def _read(content: bytes) -> tuple[dict[int, Exchange], list[str]]:
    """The exchanges in a WARC file by where their responses start, in order, and what else was odd, line by line."""
    from warcio.archiveiterator import ArchiveIterator

    exchanges: dict[int, Exchange] = {}
    bodies: dict[str, bytes] = {}  # by payload digest
    odd: list[str] = []
    records = ArchiveIterator(io.BytesIO(content))
    for record in records:
        offset, body = records.offset, record.raw_stream.read()
        if record.rec_type in ("response", "revisit"):
            digest = record.rec_headers.get_header("WARC-Payload-Digest")
            body = bodies.setdefault(digest, body) if record.rec_type == "response" else bodies[digest]
            exchanges[offset] = _exchange(record, body)
        elif record.rec_type == "request" and exchanges:
            last, answered = exchanges.popitem()
            method = record.http_headers.protocol
            exchanges[last] = dataclasses.replace(answered, method=method, request_headers=tuple(record.http_headers.headers))
        elif record.rec_type == "metadata":
            odd += body.decode("utf-8", "replace").splitlines()
    return exchanges, odd


def _exchange(record: Any, body: bytes) -> Exchange:
    status, _, reason = record.http_headers.statusline.partition(" ")
    stated = record.rec_headers.get_header
    return Exchange(
        url=stated("WARC-Target-URI"),
        method="GET",
        request_headers=(),
        started_at=datetime.fromisoformat(stated("WARC-Date")).astimezone(UTC),
        http_version=record.http_headers.protocol,
        status=int(status),
        reason=reason,
        headers=_as_they_came(tuple(record.http_headers.headers)),
        body=body,
        peer=stated("WARC-IP-Address"),
        truncated=stated("WARC-Truncated") is not None,
    )


def _as_they_came(headers: Headers) -> Headers:
    """The response's headers without what keeping them changed (`captures`)."""
    start = len(captures.RENAMED)
    kept = headers[:-1]  # the last is the length of what was kept
    return tuple((name[start:] if name.lower() in _RENAMED else name, value) for name, value in kept)
