"""Captures as WARC files: ISO 28500:2017 (WARC 1.1), gzip per record, written by warcio; `replay.py` reads them back.

A fetched page gives a `warcinfo` record, then a response and a request record for every exchange on the way, those of the
further pages of its article behind it. What a hop sent that stands in the file already is a `revisit` record; a page's own
record is always whole. A `metadata` record at the end says what the exchanges do not (`warc/itinerary.py`). Bodies stand there
as they came, content coding included; header fields too, but those that the undone transfer coding made untrue are noted under
`X-Archive-Orig-`, and Content-Length is that of the kept bytes. A saved page gives a `resource` record.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from archiver import __version__
from archiver.capture import Capture, Exchange, Headers, SavedPage, header
from archiver.warc import itinerary
from archiver.warc.gathering import CONTENT_TYPE, TRUNCATED

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.article import CaptureIdentity, LaterPage

_LENGTH = "content-length"
_TRANSFER = "transfer-encoding"
RENAMED = "X-Archive-Orig-"
_LINE_ENDS = re.compile(r"[\x00\r\n]+")
_HTTP_VERSIONS = ("HTTP/1.0", "HTTP/1.1")
"""What readers of WARC take for the start of an HTTP message."""


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """Where a capture was put, in the words of `CaptureIdentity`.

    Attributes:
        warc: the WARC file, relative to the archive, with `/`.
        warc_bytes: its length.
        warc_sha256: its digest, hexadecimal.
        offset: where the record of the page starts in it, in bytes.
        later_offsets: those of the further pages.
    """

    warc: str
    warc_bytes: int
    warc_sha256: str
    offset: int
    later_offsets: tuple[int, ...] = ()

    def within(self, identity: CaptureIdentity) -> CaptureIdentity:
        """`identity`, which says what was captured, with where that stands."""
        offsets = zip(identity.pages, self.later_offsets, strict=True)
        return dataclasses.replace(
            identity,
            warc=self.warc,
            warc_bytes=self.warc_bytes,
            warc_sha256=self.warc_sha256,
            offset=self.offset,
            pages=tuple(dataclasses.replace(page, offset=offset) for page, offset in offsets),
        )


class Encoded(NamedTuple):
    """A WARC file's content, and where in it the record of the page starts, and those of the further pages."""

    content: bytes
    offset: int
    later_offsets: tuple[int, ...] = ()


def encode(capture: Capture | SavedPage, name: str) -> Encoded:
    """The WARC file named `name` that holds `capture`."""
    from warcio.warcwriter import WARCWriter  # only writers need it

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    software = {"software": f"archiver/{__version__}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name.rpartition("/")[2], software))
    if isinstance(capture, SavedPage):
        offset = buffer.tell()
        writer.write_record(_resource(writer, capture))
        return Encoded(buffer.getvalue(), offset)
    seen: dict[str, Any] = {}
    written = [_write(writer, buffer, page, seen) for page in capture.pages]
    if fields := itinerary.dumps(capture, [record_id for _, record_id in written]):
        writer.write_record(_metadata(writer, capture, fields))
    offset, *later = (offset for offset, _ in written)
    return Encoded(buffer.getvalue(), offset, tuple(later))


def _write(writer: Any, buffer: io.BytesIO, page: Capture, seen: dict[str, Any]) -> tuple[int, str]:
    """Writes the exchanges on the way to a page; gives where its own record starts, and the record's ID.

    `seen` has the headers of responses by payload digest.
    """
    for exchange in page.exchanges:
        offset = buffer.tell()
        response = _response(writer, exchange)
        digest = response.rec_headers.get_header("WARC-Payload-Digest")
        if exchange.body and digest in seen and exchange is not page.final:
            response = _revisit(writer, exchange, digest, seen[digest])
        else:
            seen.setdefault(digest, response.rec_headers)
        record_id = response.rec_headers.get_header("WARC-Record-ID")
        writer.write_record(response)
        if exchange.request_headers:  # where somebody else fetched the page, nobody knows
            writer.write_record(_request(writer, exchange, record_id))
    return offset, record_id


def stored(content: bytes, offset: int, name: str, later_offsets: tuple[int, ...] = ()) -> StoredCapture:
    """The identity of the WARC file `name` with `content`."""
    return StoredCapture(name, len(content), hashlib.sha256(content).hexdigest(), offset, later_offsets)


def payload(content: bytes, identity: CaptureIdentity | LaterPage) -> bytes | None:
    """The page's own bytes out of a WARC file's `content`; None where they are not those that `identity` means."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        record = next(iter(ArchiveIterator(io.BytesIO(content[identity.offset :]))), None)
        # one byte more than there may be: enough to see that it is too much
        page: bytes = record.content_stream().read(identity.bytes + 1) if record else b""
    except (ArchiveLoadFailed, OSError, EOFError, ValueError):
        return None
    return page if hashlib.sha256(page).hexdigest() == identity.sha256 else None


def _response(writer: Any, exchange: Exchange) -> Any:
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=io.BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=_status_and_headers(exchange),
        warc_headers_dict=_facts(exchange) | ({TRUNCATED: exchange.truncated} if exchange.truncated else {}),
    )


def _revisit(writer: Any, exchange: Exchange, digest: str, first: Any) -> Any:
    """The record of a response whose payload stands in the record with the headers `first` already."""
    return writer.create_revisit_record(
        exchange.url,
        digest,
        first.get_header("WARC-Target-URI"),
        first.get_header("WARC-Date"),
        http_headers=_status_and_headers(exchange),
        warc_headers_dict={**_facts(exchange), "WARC-Refers-To": first.get_header("WARC-Record-ID")},
    )


def _request(writer: Any, exchange: Exchange, response_id: str) -> Any:
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = exchange.request_headers
    if header(headers, "Host") is None:  # the HTTP library adds it on the way
        headers = (("Host", parts.netloc), *headers)
    return writer.create_warc_record(
        exchange.url,
        "request",
        http_headers=_head(f"{exchange.method} {target} {_version(exchange)}", headers),
        warc_headers_dict={**_facts(exchange), "WARC-Concurrent-To": response_id},
    )


def _resource(writer: Any, page: SavedPage) -> Any:
    return writer.create_warc_record(
        page.url,
        "resource",
        payload=io.BytesIO(page.payload),
        length=len(page.payload),
        warc_content_type=page.content_type or CONTENT_TYPE,
        warc_headers_dict={"WARC-Date": _warc_date(page.started_at)},
    )


def _metadata(writer: Any, capture: Capture, fields: bytes) -> Any:
    return writer.create_warc_record(
        capture.final_url,
        "metadata",
        payload=io.BytesIO(fields),
        length=len(fields),
        warc_headers_dict={"WARC-Date": _warc_date(capture.started_at)},
    )


def _facts(exchange: Exchange) -> dict[str, str]:
    facts = {"WARC-Date": _warc_date(exchange.started_at)}
    if exchange.peer:
        facts["WARC-IP-Address"] = exchange.peer
    return facts


def _status_and_headers(exchange: Exchange) -> Any:
    return _head(f"{_version(exchange)} {exchange.status} {exchange.reason}", _kept_headers(exchange))


def _kept_headers(exchange: Exchange) -> Headers:
    """The response's headers, told apart where the kept bytes are not what the header says."""
    length = str(len(exchange.body))
    kept: list[tuple[str, str]] = []
    for name, value in exchange.headers:
        if name.lower() == _TRANSFER or (name.lower() == _LENGTH and value.strip() != length):
            kept.append((f"{RENAMED}{name}", value))
        elif name.lower() != _LENGTH:
            kept.append((name, value))
    return (*kept, ("Content-Length", length))


def _version(exchange: Exchange) -> str:
    return exchange.http_version if exchange.http_version in _HTTP_VERSIONS else _HTTP_VERSIONS[-1]


def _head(first_line: str, headers: Headers) -> Any:
    protocol, _, rest = _latin(first_line).partition(" ")
    return _head_class()(rest, [(_latin(name), _latin(value)) for name, value in headers], protocol=protocol)


@functools.cache
def _head_class() -> Any:
    """The head of an HTTP message, written in Latin-1 as it was received; warcio would percent-encode it, or fail."""
    from warcio.statusandheaders import StatusAndHeaders

    class Head(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
        def to_ascii_bytes(self, _filter: object = None) -> bytes:
            return str(self.to_str()).encode("latin-1") + b"\r\n"

    return Head


def _latin(text: str) -> str:
    """`text` without what a header line cannot hold: line ends, which would forge another, and what is not Latin-1."""
    return _LINE_ENDS.sub(" ", text.encode("latin-1", "replace").decode("latin-1")).strip()


def _warc_date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
