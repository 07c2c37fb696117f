"""The records of one capture, gathered as they come: what `store/captures.py` wrote, and what is like it."""

from __future__ import annotations

import dataclasses
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archiver.capture import ORIGINAL, Capture, Exchange, SavedPage
from archiver.warc import itinerary

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.capture import Headers

CONTENT_TYPE = "text/html"
"""What the record of a saved page says that it is, where nobody said."""
TRUNCATED = "WARC-Truncated"
MAX_BYTES = 256 * 1024 * 1024
"""More than any page that the settings allow comes to, so that a gzip bomb in a file of somebody else's ends here."""
MAX_EXCHANGES = 1_000
_RENAMED = frozenset(f"{ORIGINAL}{name}" for name in ("transfer-encoding", "content-length"))


class Gathering:
    """What there is of a capture.

    Args:
        max_bytes: the most that all bodies together may come to.
        elsewhere: gives the body of the record with an ID that stands before this capture; LookupError where there is none.

    Attributes:
        offsets: where the response records start, by their ID.
    """

    def __init__(self, max_bytes: int = MAX_BYTES, elsewhere: Callable[[str], bytes] | None = None) -> None:
        self._left_bytes = max_bytes
        self._elsewhere = elsewhere
        self._exchanges: dict[str, Exchange] = {}
        self._payloads: dict[str, bytes] = {}
        self._fields = b""
        self._saved: tuple[SavedPage, int] | None = None
        self.offsets: dict[str, int] = {}

    def add(self, record: Any) -> None:
        """Takes in one record, as warcio reads it.

        Raises:
            AttributeError, LookupError, OSError, ValueError: it is no sound record of a capture.
        """
        stated, offset = record.rec_headers.get_header, record.offset
        record_id = stated("WARC-Record-ID")
        if record.rec_type == "response":
            self._answered(record_id, record, self._read(record), offset)
        elif record.rec_type == "revisit":
            self._answered(record_id, record, self._body(stated("WARC-Refers-To")), offset)
        elif record.rec_type == "request" and self._exchanges:
            answered = stated("WARC-Concurrent-To")
            sent = {"method": record.http_headers.protocol, "request_headers": tuple(record.http_headers.headers)}
            self._exchanges[answered] = dataclasses.replace(self._exchanges[answered], **sent)
        elif record.rec_type == "metadata":
            self._fields = self._read(record)
        elif record.rec_type == "resource":
            self._saved = (_saved(record, self._read(record)), offset)

    def capture(self) -> Capture | SavedPage:
        """What the records come to.

        Raises:
            LookupError, ValueError: to no capture.
        """
        if self._saved is not None:
            return self._saved[0]
        return itinerary.loads(self._fields, self._exchanges, self._payloads)

    def page_offsets(self, capture: Capture | SavedPage) -> tuple[int, ...]:
        """Where the records of the pages of `capture`, which came from here, start."""
        if self._saved is not None:
            return (self._saved[1],)
        assert isinstance(capture, Capture)
        record_ids = {id(exchange): record_id for record_id, exchange in self._exchanges.items()}
        return tuple(self.offsets[record_ids[id(page.final)]] for page in capture.pages)

    def _answered(self, record_id: str, record: Any, body: bytes, offset: int) -> None:
        if len(self._exchanges) >= MAX_EXCHANGES:
            raise ValueError("has more exchanges than any capture")
        exchange, payload = _exchange(record, body), _decoded(record, body, self._left_bytes)
        self._exchanges[record_id], self._payloads[record_id] = exchange, payload
        self.offsets[record_id] = offset

    def _read(self, record: Any) -> bytes:
        body: bytes = record.raw_stream.read(self._left_bytes + 1)
        if len(body) > self._left_bytes:
            raise ValueError("is larger than any capture")
        if record.raw_stream.limit > 0:
            raise ValueError("breaks off")
        self._left_bytes -= len(body)
        return body

    def _body(self, record_id: str) -> bytes:
        """The body that the record with this ID, here or before, has."""
        first = self._exchanges.get(record_id)
        if first is not None:
            return first.body
        if self._elsewhere is None:
            raise LookupError(record_id)
        return self._elsewhere(record_id)


def _saved(record: Any, body: bytes) -> SavedPage:
    stated = record.rec_headers.get_header
    said = stated("Content-Type")
    return SavedPage(stated("WARC-Target-URI"), _moment(record), body, said if said != CONTENT_TYPE else None)


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
        truncated=stated(TRUNCATED),
    )


def _moment(record: Any) -> datetime:
    moment = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _decoded(record: Any, body: bytes, max_bytes: int) -> bytes:
    """`body` with its content coding undone, as `store.captures.payload` undoes it."""
    from warcio.bufferedreaders import BufferedReader

    coding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    if coding not in BufferedReader.get_supported_decompressors():
        return body
    decoded: bytes = BufferedReader(io.BytesIO(body), decomp_type=coding).read(max_bytes + 1)
    if len(decoded) > max_bytes:
        raise ValueError("is larger than any capture")
    return decoded


def _as_they_came(headers: Headers) -> Headers:
    """The response's headers without what keeping them changed (`store.captures`)."""
    start = len(ORIGINAL)
    kept = headers[:-1]  # the last is the length of what was kept
    return tuple((name[start:] if name.lower() in _RENAMED else name, value) for name, value in kept)
