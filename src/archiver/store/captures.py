"""Captures as WARC files: ISO 28500:2017 (WARC 1.1), gzip per record, written by warcio.

A fetched page gives a `warcinfo` record, then a response and a request record for every exchange on the way. Bodies stand
there as they came, content coding included; header fields too, but those that the undone transfer coding made untrue are
noted under `X-Archive-Orig-`, and Content-Length is that of the kept bytes. A saved page gives a `resource` record.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archiver import __version__
from archiver.capture import Capture, Exchange, Headers, SavedPage, header

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.article import CaptureIdentity

CONTENT_TYPE = "text/html"
_LENGTH = "content-length"
_TRANSFER = "transfer-encoding"
_RENAMED = "X-Archive-Orig-"
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
    """

    warc: str
    warc_bytes: int
    warc_sha256: str
    offset: int


def encode(capture: Capture | SavedPage, name: str) -> tuple[bytes, int]:
    """The WARC file named `name` that holds `capture`, and the offset of the page's own record in it."""
    from warcio.warcwriter import WARCWriter  # only writers need it

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    software = {"software": f"archiver/{__version__}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name.rpartition("/")[2], software))
    offset = buffer.tell()
    if isinstance(capture, SavedPage):
        writer.write_record(_resource(writer, capture))
    else:
        for exchange in capture.exchanges:
            offset = buffer.tell()
            response = _response(writer, exchange)
            writer.write_record(response)
            if exchange.request_headers:  # where somebody else fetched the page, nobody knows
                writer.write_record(_request(writer, exchange, response.rec_headers.get_header("WARC-Record-ID")))
    return buffer.getvalue(), offset


def stored(content: bytes, offset: int, name: str) -> StoredCapture:
    """The identity of the WARC file `name` with `content`."""
    return StoredCapture(warc=name, warc_bytes=len(content), warc_sha256=hashlib.sha256(content).hexdigest(), offset=offset)


def payload(content: bytes, identity: CaptureIdentity) -> bytes | None:
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
    facts = _facts(exchange)
    if exchange.truncated:
        facts["WARC-Truncated"] = "length"
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=io.BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=_head(f"{_version(exchange)} {exchange.status} {exchange.reason}", _kept_headers(exchange)),
        warc_headers_dict=facts,
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


def _facts(exchange: Exchange) -> dict[str, str]:
    facts = {"WARC-Date": _warc_date(exchange.started_at)}
    if exchange.peer:
        facts["WARC-IP-Address"] = exchange.peer
    return facts


def _kept_headers(exchange: Exchange) -> Headers:
    """The response's headers, told apart where the kept bytes are not what the header says."""
    length = str(len(exchange.body))
    kept: list[tuple[str, str]] = []
    for name, value in exchange.headers:
        if name.lower() == _TRANSFER or (name.lower() == _LENGTH and value.strip() != length):
            kept.append((f"{_RENAMED}{name}", value))
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
