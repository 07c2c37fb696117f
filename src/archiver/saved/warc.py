"""The pages in a WARC file (ISO 28500), of any writer, record by record: HTML that came with the status 200.

Records that are no page are passed over, and so is a `revisit`, which says only that a page was what it had been before. What
archiver wrote itself comes back as it was fetched (`ours`).
"""

from __future__ import annotations

import functools
import io
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, cast, get_args

from archiver import urls
from archiver.capture import Capture, Exchange, SavedPage, Truncated, header, media_type
from archiver.errors import ArchiverError, BadResponse, InvalidInput, InvalidUrl, TooLarge
from archiver.saved import ours
from archiver.saved.mhtml import HTML_TYPES
from archiver.warc.gathering import TRUNCATED

if TYPE_CHECKING:
    from collections.abc import Iterator

REMEDIES = {"br": "install the library for Brotli: pip install brotli"}
_PLAIN = ("", "identity")
READ_BEFORE = "what came before was read"
_BLOCK_BYTES = 64 * 1024


def pages(file: BinaryIO, changed_at: datetime, max_bytes: int) -> Iterator[Capture | SavedPage | ArchiverError]:
    """The pages, and why one that is there cannot be had; a page's date is its record's, or else `changed_at`.

    Args:
        file: can be read from any place; packed by record, or not at all.

    Raises:
        InvalidInput: it is damaged from here on.
    """
    from warcio.exceptions import ArchiveLoadFailed

    number, told, captures, record = 0, 0, ours.Captures(file, max_bytes), None
    records = _records_class()(file)
    try:
        for number, record in enumerate(records, 1):  # how far it came
            record.offset = records.offset
            if record.rec_type == "warcinfo":
                yield from captures.end()
                if ours.begins(record):
                    captures.begin()
            elif captures.under_way:
                captures.add(record)
            else:
                for found in _pages(record, changed_at, max_bytes):
                    told = number if isinstance(found, ArchiverError) else told
                    yield found
        for found in captures.end():
            told = number if isinstance(found, ArchiverError) else told
            yield found
    except (ArchiveLoadFailed, zlib.error, OSError, EOFError, ValueError) as error:
        yield from captures.end()
        reason = urls.printable(str(error).strip().partition("\n")[0].partition(", first line")[0])[:100]
        raise InvalidInput(f"is damaged after record {number}: {reason}", remedy=READ_BEFORE) from None
    if record is not None and told != number and getattr(record.raw_stream, "limit", 0) > 0:
        raise InvalidInput(f"breaks off in record {number}", remedy=READ_BEFORE)


@functools.cache
def _records_class() -> Any:
    """What iterates over records, and does not write to the terminal of its own accord."""
    from warcio.archiveiterator import ArchiveIterator

    class Records(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
        INC_RECORD = ""

    return Records


def _pages(record: Any, changed_at: datetime, max_bytes: int) -> Iterator[Capture | SavedPage | ArchiverError]:
    """The page in a record of another program, if there is one."""
    url = _url(record)
    if url is None or not _is_page(record):
        return
    try:
        yield _page(record, url, _date(record) or changed_at, max_bytes)
    except (TooLarge, BadResponse) as error:
        error.subject = url
        yield error


def _is_page(record: Any) -> bool:
    if record.rec_type == "response":
        head = record.http_headers
        return head is not None and head.get_statuscode() == "200" and media_type(tuple(head.headers)) in HTML_TYPES
    return record.rec_type == "resource" and str(record.content_type or "").partition(";")[0].strip().lower() in HTML_TYPES


def _page(record: Any, url: str, moment: datetime, max_bytes: int) -> Capture | SavedPage:
    wire = record.raw_stream.read(max_bytes + 1)
    if len(wire) > max_bytes:
        raise TooLarge(f"larger than {max_bytes:,} bytes", remedy="raise max_bytes in the settings")
    if record.payload_length is not None and len(wire) < record.payload_length:
        raise BadResponse("its record breaks off", remedy="the file is damaged")
    if record.rec_type == "resource":
        return SavedPage(url, moment, wire, str(record.content_type))
    headers = tuple((str(name), str(value)) for name, value in record.http_headers.headers)
    body = _without_chunks(wire) if (header(headers, "Transfer-Encoding") or "").strip().lower() == "chunked" else wire
    exchange = Exchange(
        url=url,
        method="GET",
        request_headers=(),
        started_at=moment,
        http_version=str(record.http_headers.protocol),
        status=200,
        reason=str(record.http_headers.statusline).partition(" ")[2],
        headers=headers,
        body=body,
        peer=record.rec_headers.get_header("WARC-IP-Address"),
        truncated=_truncated(record),
    )
    return Capture(url, (exchange,), _decoded(body, (header(headers, "Content-Encoding") or "").strip().lower(), max_bytes))


def _truncated(record: Any) -> Truncated | None:
    said = str(record.rec_headers.get_header(TRUNCATED) or "").strip().lower()
    if not said:
        return None
    return cast("Truncated", said) if said in get_args(Truncated) else "unspecified"


def _without_chunks(wire: bytes) -> bytes:
    from warcio.bufferedreaders import ChunkedDataReader

    return _all(ChunkedDataReader(io.BytesIO(wire)), len(wire))


def _decoded(body: bytes, coding: str, max_bytes: int) -> bytes:
    """`body` with its content coding undone; some writers have undone it before, and left the header as it was."""
    from warcio.bufferedreaders import BufferedReader

    if coding in _PLAIN or body.lstrip()[:1] == b"<":
        return body
    if coding not in BufferedReader.get_supported_decompressors():
        raise BadResponse(f"encoded in a way that cannot be undone ({ascii(coding)[:40]})", remedy=REMEDIES.get(coding, ""))
    return _all(BufferedReader(io.BytesIO(body), decomp_type=coding), max_bytes)


def _all(reader: Any, max_bytes: int) -> bytes:
    found = bytearray()
    while piece := reader.read(_BLOCK_BYTES):
        found += piece
        if len(found) > max_bytes:
            raise TooLarge(f"larger than {max_bytes:,} bytes", remedy="raise max_bytes in the settings")
    return bytes(found)


def _url(record: Any) -> str | None:
    text = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")  # some writers put it in brackets
    try:
        return urls.without_credentials(urls.parse(text)) if text.lower().startswith("http") else None
    except InvalidUrl:
        return None


def _date(record: Any) -> datetime | None:
    text = str(record.rec_headers.get_header("WARC-Date") or "")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
