"""WARC: all captures of the articles as one file that replays (ISO 28500:2017, gzip per record).

The records stand there as the archive has them, byte for byte: each capture behind its own `warcinfo`, which ends the one
before, so that `saved` can read them back as captures. A response whose payload the file has already becomes a `revisit` record
that refers to the first.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from archiver import __version__
from archiver.errors import ArchiverError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.export.model import Exported, Selection, Wishes

CAPTURES, SUFFIX = "captures/", ".warc.gz"
PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
GZIP = 31
"""As `wbits` of zlib: with gzip's header and trailer."""
MAX_RECORD_BYTES = 256 * 1024 * 1024
_BLANK = b"\r\n\r\n"
_REMEDY = "archiver check tells what is damaged"


class _Record(NamedTuple):
    """A record of a capture.

    Attributes:
        member: its bytes in the file.
        headers: those of the record, in order.
        block: what follows them.
    """

    member: bytes
    headers: list[tuple[str, str]]
    block: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


def write(selection: Selection, output: BinaryIO, _wishes: Wishes) -> None:
    """Writes the captures, one after the other; nothing where there are none."""
    first_with: dict[str, dict[str, str]] = {}  # payload digest -> what a revisit says of the record that has it
    for exported in selection:
        for records in _captures(exported, selection):
            if records[0].header("warc-type") != "warcinfo":
                output.write(_warcinfo(records))
            output.writelines(_joined(record, first_with) for record in records)


def _captures(exported: Exported, selection: Selection) -> Iterator[list[_Record]]:
    """The records of each of an article's captures that is whole, the oldest first."""
    names = sorted((name for name in exported.names if name.startswith(CAPTURES) and name.endswith(SUFFIX)), key=_moment)
    if not names:
        selection.failed(ArchiverError("has no capture", subject=str(exported.article.id)))
    for name in names:
        try:
            records = list(_records(exported.read(name)))
        except (zlib.error, ValueError):
            selection.failed(ArchiverError("is damaged, and was left out", subject=name, remedy=_REMEDY))
        except ArchiverError as error:
            selection.failed(error)
        else:
            yield from [records] if records else []


def _moment(name: str) -> tuple[str, str]:
    """When a capture was made, by its name: `captures/<year>/<month>/<id>-<fetched at>.warc.gz`, or `…-1.warc.gz`."""
    folder, _, file = name.rpartition("/")
    return folder, file.removesuffix(SUFFIX).partition("-")[2]


def _records(content: bytes) -> Iterator[_Record]:
    """The records in a WARC file's `content`.

    Raises:
        ValueError, zlib.error: it is no whole WARC file.
    """
    rest = content
    while rest:
        member = zlib.decompressobj(GZIP)
        plain = member.decompress(rest, MAX_RECORD_BYTES)
        if not member.eof:
            raise ValueError("cut short")
        head, blank, behind = plain.partition(_BLANK)
        version, *lines = head.decode("utf-8", "surrogateescape").split("\r\n")
        pairs = [line.partition(":") for line in lines]
        headers = [(name, value.strip()) for name, _, value in pairs]
        record = _Record(rest[: len(rest) - len(member.unused_data)], headers, behind.removesuffix(_BLANK))
        if not version.startswith("WARC/") or not blank or record.header("content-length") != str(len(record.block)):
            raise ValueError("no WARC record")
        yield record
        rest = member.unused_data


def _joined(record: _Record, first_with: dict[str, dict[str, str]]) -> bytes:
    """What stands for `record` in the file."""
    digest = record.header("warc-payload-digest")
    head, blank, payload = record.block.partition(_BLANK)
    if record.header("warc-type") != "response" or not digest or not payload or record.header("warc-truncated"):
        return record.member
    first = first_with.get(digest)
    if first is None:
        first_with[digest] = {
            "WARC-Refers-To": record.header("warc-record-id"),
            "WARC-Refers-To-Target-URI": record.header("warc-target-uri"),
            "WARC-Refers-To-Date": record.header("warc-date"),
        }
        return record.member
    changed = {"warc-type": "revisit", "warc-block-digest": _sha1(head + blank), "content-length": str(len(head + blank))}
    headers = [(name, changed.get(name.lower(), value)) for name, value in record.headers]
    return _member([*headers[:1], ("WARC-Profile", PROFILE), *first.items(), *headers[1:]], head + blank)


def _warcinfo(records: list[_Record]) -> bytes:
    """The record in front of a capture that has none; of the same capture it is the same."""
    began = min(record.header("warc-date") for record in records)
    block = f"software: archiver/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"archiver export {records[0].header('warc-record-id')}")
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<urn:uuid:{name}>"),
        ("WARC-Date", began),
        ("Content-Type", "application/warc-fields"),
        ("WARC-Block-Digest", _sha1(block)),
        ("Content-Length", str(len(block))),
    ]
    return _member(headers, block)


def _member(headers: list[tuple[str, str]], block: bytes) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    packer = zlib.compressobj(wbits=GZIP)
    head = f"WARC/1.1\r\n{lines}\r\n".encode("utf-8", "surrogateescape")
    return packer.compress(head + block + _BLANK) + packer.flush()


def _sha1(block: bytes) -> str:
    """As WARC files write it, by custom: in base 32. It tells damage, not forgery."""
    return f"sha1:{base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()}"
