"""Whether a capture is what its record says: first length and digest of the file, which a WARC reader does not look at.

A file cut short, at any place, reads as sound WARC up to there, and often to its end (a gzip member without its trailer gives
its whole payload). So without a digest to compare, each gzip member is read to its checksum and the file to its end.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zlib
from typing import TYPE_CHECKING, Any

from archiver.store import captures, files, paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.article import CaptureIdentity, LaterPage

PIECE_BYTES = 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS


def fault(root: Path, identity: CaptureIdentity, *, deep: bool = False) -> tuple[str, str] | None:
    """The kind of finding, and the details, where the capture that `identity` names is not the one it means.

    Args:
        deep: also read it as WARC, and compare the digest of every payload in it.

    Raises:
        StoreError: it cannot be read.
    """
    name = identity.warc
    if name is None:
        return None
    if not paths.is_capture(name):
        return "capture-elsewhere", ascii(name[:200])
    try:
        if not stat.S_ISREG((root / name).lstat().st_mode):
            return "capture-damaged", f"{name} is no regular file"
        with files.opened(root, name) as file:
            problem = _difference(file, identity)
    except (FileNotFoundError, NotADirectoryError):
        return "capture-missing", name
    if problem is None and deep:
        problem = payload_fault(files.read(root, name), identity)
    return ("capture-damaged", f"{name} {problem}") if problem else None


def gzip_fault(file: Any) -> str | None:
    """What is wrong with a file of gzip members (RFC 1952), read to its end; None where each is whole and nothing follows."""
    inflate, rest, ended = zlib.decompressobj(_GZIP), b"", False
    while piece := rest or file.read(PIECE_BYTES):
        try:
            given = inflate.decompress(piece, PIECE_BYTES)
            while len(given) == PIECE_BYTES and not inflate.unconsumed_tail:  # it may hold more than it was asked to give
                given = inflate.decompress(b"", PIECE_BYTES)
        except zlib.error:
            return "has something else than gzip after its end" if ended else "is no sound gzip file"
        rest, ended = inflate.unconsumed_tail, inflate.eof
        if ended:
            rest, inflate = inflate.unused_data, zlib.decompressobj(_GZIP)
    if ended:
        return None
    return "is cut short" if file.tell() else "is empty"


def payload_fault(content: bytes, identity: CaptureIdentity | None = None) -> str | None:
    """What is wrong with the records in a WARC file's `content`; None where every digest in it was compared and is right.

    Args:
        identity: of the pages in it, which must be those meant.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(io.BytesIO(content), check_digests=True):
            while record.raw_stream.read(PIECE_BYTES):
                pass
            if record.digest_checker.passed is not True and record.rec_type != "revisit":  # its payload stands elsewhere
                return f"has a {record.rec_type} record whose digest is not that of its payload"
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, zlib.error) as error:
        return f"is no sound WARC file: {error}"
    pages: tuple[CaptureIdentity | LaterPage, ...] = (identity, *identity.pages) if identity is not None else ()
    for page in pages:
        if page.offset is not None and captures.payload(content, page) is None:
            return "does not hold the page that the record was made from"
    return None


def _difference(file: Any, identity: CaptureIdentity) -> str | None:
    """How the open `file` differs from the one that `identity` means."""
    if identity.warc_sha256 is None:
        return gzip_fault(file)
    digest, length = hashlib.sha256(), 0
    for piece in _pieces(file):
        digest.update(piece)
        length += len(piece)
    if identity.warc_bytes is not None and length != identity.warc_bytes:
        return f"has {length} bytes, not {identity.warc_bytes}"
    return None if digest.hexdigest() == identity.warc_sha256 else "has another digest than when it was written"


def _pieces(file: Any) -> Iterator[bytes]:
    while piece := file.read(PIECE_BYTES):
        yield piece
