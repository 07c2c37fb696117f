"""What kind of file it is, by its first bytes; and what it is packed with undone."""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import zlib
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from archiver.errors import InvalidInput
from archiver.saved import webarchive

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
_WARC = b"WARC/"
_HEAD_BYTES = 4096
_BLOCK_BYTES = 64 * 1024
_LENGTH = re.compile(rb"^content-length:\s*(\d{1,12})\s*$", re.IGNORECASE | re.MULTILINE)
_MULTIPART = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)


def is_warc(file: BinaryIO) -> bool:
    """Whether WARC records begin in `file`, plain or in gzip; it is read from its beginning again."""
    try:
        with _opened(file) as content:
            return content.read(len(_WARC)) == _WARC
    except (OSError, EOFError, zlib.error):
        return False
    finally:
        file.seek(0)


def by_record(file: BinaryIO) -> BinaryIO:
    """A WARC file as it can be read record by record: `file`, or what is in it where all of it is packed as one."""
    try:
        return cast("BinaryIO", _Unpacked(file)) if _is_one_member(file) else file
    finally:
        file.seek(0)


class _Unpacked(io.RawIOBase):
    """What is in one member of gzip; where that breaks off, it ends, and nobody is told: the last record is short then."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.seek(0)

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a place counted from the beginning; back, it is unpacked again."""
        assert whence == io.SEEK_SET
        if offset < getattr(self, "_place", offset + 1):
            self._file.seek(0)
            self._member, self._place = zlib.decompressobj(wbits=31), 0
        while self._place < offset and self.read(min(offset - self._place, _BLOCK_BYTES)):
            pass
        return self._place

    def readinto(self, buffer: Any) -> int:
        found = b""
        while not found and not self._member.eof and (piece := self._member.unconsumed_tail or self._file.read(_BLOCK_BYTES)):
            found = self._member.decompress(piece, len(buffer))
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)


def _is_one_member(file: BinaryIO) -> bool:
    """Whether gzip packs more in its first member than the first record."""
    member, plain, end = zlib.decompressobj(wbits=31), b"", None
    unpacked = 0
    try:
        while not member.eof and (piece := member.unconsumed_tail or file.read(_BLOCK_BYTES)):
            found = member.decompress(piece, _BLOCK_BYTES)
            unpacked += len(found)
            if end is None:
                plain += found
                head, blank, _ = plain.partition(b"\r\n\r\n")
                length = _LENGTH.search(head) if blank else None
                end = len(head) + len(blank) + int(length[1]) + len(b"\r\n\r\n") if length else None
            if (end is None and unpacked > _BLOCK_BYTES) or (end is not None and unpacked > end):
                return end is not None
    except zlib.error:
        pass  # not packed, or damaged
    return False


def is_mhtml(content: bytes) -> bool:
    """Whether a web page with its parts, as MIME, begins in `content` (RFC 2557)."""
    head = content[:_HEAD_BYTES].lstrip()
    return not head.startswith(b"<") and _MULTIPART.search(head) is not None


def is_webarchive(content: bytes) -> bool:
    """Whether `content` is a web archive of Safari."""
    return content.startswith(webarchive.BINARY) or (
        content.lstrip()[:5] == b"<?xml" and webarchive.MAIN in content[:_HEAD_BYTES]
    )


def unpacked(file: BinaryIO, max_bytes: int) -> bytes:
    """All of `file`, without its gzip.

    Raises:
        InvalidInput: it is larger than that, damaged, or packed in another way.
        OSError: it cannot be read.
    """
    magic = file.read(4)
    file.seek(0)
    if magic == ZSTD:
        raise InvalidInput("is packed with zstd, which cannot be read", remedy="unpack it first: zstd -d")
    try:
        with _opened(file) as content:
            found = content.read(max_bytes + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InvalidInput("is damaged: its gzip breaks off", remedy="get the file again") from None
    if len(found) > max_bytes:
        raise InvalidInput(f"larger than {max_bytes // 1024 // 1024} MiB", remedy="is this a web page?")
    return found


@contextlib.contextmanager
def _opened(file: BinaryIO) -> Iterator[IO[bytes]]:
    """`file` from its beginning, without its gzip where it has one."""
    packed = file.read(len(GZIP)) == GZIP
    file.seek(0)
    yield cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if packed else file
