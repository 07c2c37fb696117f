"""A WARC file read back into the capture that it was written from: what `store.captures` writes, and what is like it."""

from __future__ import annotations

import dataclasses
import io
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archiver.capture import Capture, Exchange, Headers, SavedPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_BYTES = 256 * 1024 * 1024
"""More than any page that the settings allow comes to, so that a gzip bomb in a file of somebody else's ends here."""
_RENAMED = "x-archive-orig-"


def decode(content: bytes) -> tuple[Capture | SavedPage, int]:
    """The capture in a WARC file's `content`, and the offset of the page's own record in it.

    Raises:
        ValueError: it holds none, or is damaged.
    """
    exchanges: list[Exchange] = []
    saved: SavedPage | None = None
    payload, offset, requests = b"", 0, {}
    for record, offset_of in _records(content):
        if record.rec_type == "response" and record.http_headers is not None:
            body = record.raw_stream.read(MAX_BYTES)
            exchanges.append(_exchange(record, body))
            payload, offset = _decoded(record, body), offset_of()
        elif record.rec_type == "request" and record.http_headers is not None:
            requests[_header(record, "WARC-Target-URI")] = record.http_headers
        elif record.rec_type == "resource":
            page = record.raw_stream.read(MAX_BYTES)
            saved, offset = SavedPage(_header(record, "WARC-Target-URI"), _moment(record), page), offset_of()
    if exchanges:
        whole = tuple(_asked(exchange, requests.get(exchange.url)) for exchange in exchanges)
        return Capture(whole[0].url, whole, payload), offset
    if saved is None:
        raise ValueError("holds no page")
    return saved, offset


def target(content: bytes) -> str | None:
    """The URL of the page in a WARC file's `content`, as far as that can be read; None where it cannot."""
    url = None
    try:
        for record, _ in _records(content):
            if record.rec_type in {"response", "resource"}:
                url = _header(record, "WARC-Target-URI")
    except ValueError:
        pass
    return url


def _records(content: bytes) -> Iterator[tuple[Any, Callable[[], int]]]:
    """Each record, and what tells its offset once it has been read."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(io.BytesIO(content))
    try:
        for record in records:
            yield record, records.get_record_offset
    except (ArchiveLoadFailed, OSError, EOFError, zlib.error) as error:
        raise ValueError(f"is no sound WARC file: {error}") from error


def _exchange(record: Any, body: bytes) -> Exchange:
    code, _, reason = str(record.http_headers.statusline).partition(" ")
    return Exchange(
        url=_header(record, "WARC-Target-URI") or "",
        method="GET",
        request_headers=(),
        started_at=_moment(record),
        http_version=str(record.http_headers.protocol),
        status=int(code),
        reason=reason,
        headers=_restored(record.http_headers.headers),
        body=body,
        peer=_header(record, "WARC-IP-Address"),
        truncated=_header(record, "WARC-Truncated") is not None,
    )


def _asked(exchange: Exchange, request: Any) -> Exchange:
    if request is None:
        return exchange
    return dataclasses.replace(exchange, method=str(request.protocol), request_headers=tuple(request.headers))


def _restored(headers: list[tuple[str, str]]) -> Headers:
    """The header fields as they came: those that were told apart when the capture was written go by their own name again."""
    renamed = {name.lower()[len(_RENAMED) :] for name, _ in headers if name.lower().startswith(_RENAMED)}
    kept = []
    for name, value in headers:
        if name.lower().startswith(_RENAMED):
            kept.append((name[len(_RENAMED) :], value))
        elif name.lower() not in renamed:
            kept.append((name, value))
    return tuple(kept)


def _decoded(record: Any, body: bytes) -> bytes:
    """`body` with its content coding undone, as `captures.payload` undoes it."""
    from warcio.bufferedreaders import BufferedReader

    coding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    if not coding or coding == "identity":
        return body
    if coding not in BufferedReader.get_supported_decompressors():
        raise ValueError(f"is encoded in a way that is not known here ({coding[:40]!a})")
    decoded: bytes = BufferedReader(io.BytesIO(body), decomp_type=coding).read(MAX_BYTES)
    return decoded


def _moment(record: Any) -> datetime:
    moment = datetime.fromisoformat(_header(record, "WARC-Date") or "")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _header(record: Any, name: str) -> str | None:
    value = record.rec_headers.get_header(name)
    return None if value is None else str(value)
