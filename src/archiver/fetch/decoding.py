"""Content-Encoding undone piece by piece, so that a bomb costs a piece at a time and ends at the limit (RFC 9110, 8.4)."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from archiver.errors import BadResponse, TooLarge
from archiver.settings import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

MAX_CODINGS = 2  # one is usual, two come from a proxy that compresses again; more is an attack
PIECE_BYTES = 64 * 1024
_GZIP_MAGIC = b"\x1f\x8b"


class Decoder:
    """Undoes every coding that a Content-Encoding header names.

    Args:
        content_encoding: the header's value, or None.
        max_bytes: most bytes that any of the codings may come to when undone.

    Raises:
        BadResponse: it names a coding that we did not offer, or too many.
    """

    def __init__(self, content_encoding: str | None, max_bytes: int) -> None:
        names = [name.strip().lower().removeprefix("x-") for name in (content_encoding or "").split(",")]
        codings = [name for name in names if name not in ("", "identity")]
        unknown = next((name for name in codings if name not in ("gzip", "deflate")), None)
        if unknown is not None:
            raise BadResponse(f"encoded in a way that was not offered ({unknown[:40]!a})")
        if len(codings) > MAX_CODINGS:
            raise BadResponse(f"too many content encodings ({len(codings)})")
        self._stages = [_Inflater(name, max_bytes) for name in reversed(codings)]

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What `data`, the next bytes of the body, come to, in pieces.

        Raises:
            BadResponse: they are not what the header says.
            TooLarge: more than the limit.
        """
        pieces: Iterator[bytes] = iter((data,))
        for stage in self._stages:
            pieces = stage.feed(pieces)
        return pieces

    def finish(self) -> None:
        """To be called at the body's end.

        Raises:
            BadResponse: the compressed data were cut short.
        """
        for stage in self._stages:
            stage.finish()


class _Inflater:
    """Undoes one coding.

    Two lies are forgiven, as browsers do: a body labelled gzip that does not begin like gzip is taken as it is (its server
    set the header and forgot to compress), and bytes after the end of the compressed data are ignored.
    """

    def __init__(self, name: str, max_bytes: int) -> None:
        self._name = name
        self._left = self._max_bytes = max_bytes
        self._inflate: zlib._Decompress | None = None
        self._held = b""  # one byte, until the next shows what begins with it
        self._plain = False
        self._ended = False

    def feed(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for data in pieces:
            for piece in self._undone(data):
                self._left -= len(piece)
                if self._left < 0:
                    raise too_large(self._max_bytes)
                yield piece

    def finish(self) -> None:
        if self._held if self._inflate is None else not self._inflate.eof:
            raise BadResponse(f"cut short (its {self._name} data do not end)")

    def _undone(self, data: bytes) -> Iterator[bytes]:
        data, self._held = self._held + data, b""
        while data and not self._ended:
            if self._plain:
                yield data
                return
            if self._inflate is None or self._inflate.eof:
                if len(data) < 2:
                    self._held = data
                    return
                self._begin(data)
            else:
                data = yield from self._inflated(self._inflate, data)

    def _begin(self, data: bytes) -> None:
        """Decides what begins with `data`: compressed data (gzip may hold several members), plain ones, or what is ignored."""
        if self._name == "gzip" and data.startswith(_GZIP_MAGIC):
            self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        elif self._inflate is not None:
            self._ended = True
        elif self._name == "gzip":
            self._plain = True
        else:
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS if _is_zlib(data) else -zlib.MAX_WBITS)

    def _inflated(self, inflate: zlib._Decompress, data: bytes) -> Generator[bytes, None, bytes]:
        """What `data` come to, in pieces of at most `PIECE_BYTES`; returns what follows the end of the compressed data."""
        while True:
            try:
                piece = inflate.decompress(data, PIECE_BYTES)
            except zlib.error:
                raise BadResponse(f"labelled {self._name}, but cannot be decoded as such") from None
            if piece:
                yield piece
            if inflate.eof:
                return inflate.unused_data
            data = inflate.unconsumed_tail
            if not data and len(piece) < PIECE_BYTES:
                return b""


def too_large(max_bytes: int) -> TooLarge:
    """The error for a page of more than `max_bytes`, decoded or not."""
    size = f"{max_bytes / MEBIBYTE:g} MB" if max_bytes >= MEBIBYTE else f"{max_bytes} bytes"
    return TooLarge(f"larger than {size}", remedy="raise the setting max_bytes")


def _is_zlib(data: bytes) -> bool:
    """Whether `data` begin like zlib (RFC 1950, 2.2); "deflate" means that, but some servers send bare deflate data."""
    return data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0
