"""What kind of file it is, by its first bytes; and gzip undone."""

from __future__ import annotations

import contextlib
import gzip
import re
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from archiver.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
_WARC = b"WARC/"
_HEAD_BYTES = 4096
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


def is_mhtml(content: bytes) -> bool:
    """Whether a web page with its parts, as MIME, begins in `content` (RFC 2557)."""
    head = content[:_HEAD_BYTES].lstrip()
    return not head.startswith(b"<") and _MULTIPART.search(head) is not None


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
