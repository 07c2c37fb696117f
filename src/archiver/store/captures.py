"""Captures as WARC files: ISO 28500:2017 (WARC 1.1), gzip per record, written by warcio.

A fetched page gives a `warcinfo` record, then a response and a request record for every exchange on the way. Bodies stand
there as they came, content coding included; the transfer coding, which is undone while reading, is noted under
`X-Archive-Orig-Transfer-Encoding`, and Content-Length is that of the kept bytes. A saved page gives a `resource` record.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archiver import __version__
from archiver.capture import Capture, Exchange, Headers, SavedPage

if TYPE_CHECKING:
    from datetime import datetime

CONTENT_TYPE = "text/html"
_LENGTH = "content-length"
_TRANSFER = "transfer-encoding"


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
            writer.write_record(_request(writer, exchange, response))
    return buffer.getvalue(), offset


def stored(content: bytes, offset: int, name: str) -> StoredCapture:
    """The identity of the WARC file `name` with `content`."""
    return StoredCapture(warc=name, warc_bytes=len(content), warc_sha256=hashlib.sha256(content).hexdigest(), offset=offset)


def _response(writer: Any, exchange: Exchange) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    facts = {"WARC-Date": _warc_date(exchange.started_at)}
    if exchange.peer:
        facts["WARC-IP-Address"] = exchange.peer
    if exchange.truncated:
        facts["WARC-Truncated"] = "length"
    status = f"{exchange.status} {_latin(exchange.reason)}".rstrip()
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=io.BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=StatusAndHeaders(status, _kept_headers(exchange), protocol=exchange.http_version),
        warc_headers_dict=facts,
    )


def _request(writer: Any, exchange: Exchange, response: Any) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    line = f"{exchange.method} {target} HTTP/1.1"
    headers = [(_latin(name), _latin(value)) for name, value in exchange.request_headers]
    return writer.create_warc_record(
        exchange.url,
        "request",
        http_headers=StatusAndHeaders(line, headers, is_http_request=True),
        warc_headers_dict={
            "WARC-Date": _warc_date(exchange.started_at),
            "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        },
    )


def _resource(writer: Any, page: SavedPage) -> Any:
    return writer.create_warc_record(
        page.url,
        "resource",
        payload=io.BytesIO(page.payload),
        length=len(page.payload),
        warc_content_type=CONTENT_TYPE,
        warc_headers_dict={"WARC-Date": _warc_date(page.started_at)},
    )


def _kept_headers(exchange: Exchange) -> Headers:
    """The response's headers, told apart where the kept bytes are not what the header says."""
    kept: list[tuple[str, str]] = []
    for name, value in exchange.headers:
        if name.lower() == _TRANSFER:
            kept.append((f"X-Archive-Orig-{name}", _latin(value)))
        elif name.lower() != _LENGTH:
            kept.append((_latin(name), _latin(value)))
    kept.append(("Content-Length", str(len(exchange.body))))
    return tuple(kept)


def _latin(text: str) -> str:
    """`text` on one line, without what a header line cannot hold."""
    return " ".join(text.encode("latin-1", "replace").decode("latin-1").split())


def _warc_date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
