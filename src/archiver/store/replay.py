"""A capture read back from its WARC file, as it was fetched: what `captures` wrote, and what is like it."""

from __future__ import annotations

import dataclasses
import io
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from archiver.capture import Capture, Exchange, SavedPage
from archiver.store import captures, itinerary

if TYPE_CHECKING:
    from archiver.capture import Headers

MAX_BYTES = 256 * 1024 * 1024
"""More than any page that the settings allow comes to, so that a gzip bomb in a file of somebody else's ends here."""
_RENAMED = frozenset(f"{captures.RENAMED.lower()}{name}" for name in ("transfer-encoding", "content-length"))


class Replayed(NamedTuple):
    """A capture, and where in its file the record of its page starts, and those of the further pages."""

    capture: Capture | SavedPage
    offset: int
    later_offsets: tuple[int, ...] = ()


def replay(content: bytes) -> Replayed:
    """The capture in a WARC file's `content`. Whether that is what a record means, its digests tell.

    Raises:
        ValueError: it holds none, or is damaged.
    """
    from warcio.exceptions import ArchiveLoadFailed

    try:
        return _replayed(content)
    except (ArchiveLoadFailed, OSError, EOFError, LookupError, AttributeError, zlib.error) as error:
        raise ValueError(f"is no sound capture: {error}") from error


def _replayed(content: bytes) -> Replayed:
    from warcio.archiveiterator import ArchiveIterator

    exchanges: dict[str, Exchange] = {}
    payloads: dict[str, bytes] = {}
    offsets: dict[str, int] = {}
    fields = b""
    records = ArchiveIterator(io.BytesIO(content))
    for record in records:
        record_id, offset = record.rec_headers.get_header("WARC-Record-ID"), records.offset
        body: bytes = record.raw_stream.read(MAX_BYTES)
        if record.rec_type == "response":
            exchanges[record_id], payloads[record_id], offsets[record_id] = (
                _exchange(record, body),
                _decoded(record, body),
                offset,
            )
        elif record.rec_type == "revisit":
            first = exchanges[record.rec_headers.get_header("WARC-Refers-To")]
            exchanges[record_id] = _exchange(record, first.body)
        elif record.rec_type == "request" and exchanges:
            answered = record.rec_headers.get_header("WARC-Concurrent-To")
            sent = {"method": record.http_headers.protocol, "request_headers": tuple(record.http_headers.headers)}
            exchanges[answered] = dataclasses.replace(exchanges[answered], **sent)
        elif record.rec_type == "metadata":
            fields = body
        elif record.rec_type == "resource":
            return Replayed(_saved(record, body), offset)
    capture = itinerary.loads(fields, exchanges, payloads)
    record_ids = {id(exchange): record_id for record_id, exchange in exchanges.items()}
    starts = [offsets[record_ids[id(page.final)]] for page in capture.pages]
    return Replayed(capture, starts[0], tuple(starts[1:]))


def _saved(record: Any, body: bytes) -> SavedPage:
    stated = record.rec_headers.get_header
    said = stated("Content-Type")
    return SavedPage(stated("WARC-Target-URI"), _moment(record), body, said if said != captures.CONTENT_TYPE else None)


def _exchange(record: Any, body: bytes) -> Exchange:
    status, _, reason = record.http_headers.statusline.partition(" ")
    stated = record.rec_headers.get_header
    return Exchange(
        url=stated("WARC-Target-URI"),
        method="GET",
        request_headers=(),
        started_at=_moment(record),
        http_version=record.http_headers.protocol,
        status=int(status),
        reason=reason,
        headers=_as_they_came(tuple(record.http_headers.headers)),
        body=body,
        peer=stated("WARC-IP-Address"),
        truncated=stated("WARC-Truncated") is not None,
    )


def _moment(record: Any) -> datetime:
    moment = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _decoded(record: Any, body: bytes) -> bytes:
    """`body` with its content coding undone, as `captures.payload` undoes it."""
    from warcio.bufferedreaders import BufferedReader

    coding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    if coding not in BufferedReader.get_supported_decompressors():
        return body
    decoded: bytes = BufferedReader(io.BytesIO(body), decomp_type=coding).read(MAX_BYTES)
    return decoded


def _as_they_came(headers: Headers) -> Headers:
    """The response's headers without what keeping them changed (`captures`)."""
    start = len(captures.RENAMED)
    kept = headers[:-1]  # the last is the length of what was kept
    return tuple((name[start:] if name.lower() in _RENAMED else name, value) for name, value in kept)
