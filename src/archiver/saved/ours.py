"""Captures that archiver wrote, in a WARC file of many: as they were fetched, hops, further pages and all.

Each stands behind a `warcinfo` of its own, which names the program and ends the capture before (`export/warc.py`, or `cat`).
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

from archiver import urls
from archiver.capture import Capture, SavedPage
from archiver.errors import BadResponse, InvalidUrl
from archiver.warc.gathering import Gathering

if TYPE_CHECKING:
    from collections.abc import Iterator

SOFTWARE = b"software: archiver/"
MAX_HEAD_BYTES = 64 * 1024
PAGES_IN_ONE = 4
"""All pages of an article may have so many times the bytes that one may: no more are fetched, and hops come to little."""
_UNSOUND = (OSError, EOFError, LookupError, AttributeError, ValueError, zlib.error)


def begins(record: Any) -> bool:
    """Whether the `warcinfo` record stands in front of a capture of ours."""
    return SOFTWARE in record.content_stream().read(MAX_HEAD_BYTES)


class Captures:
    """The captures in `file`, which can be read from any place; each is begun, taken in record by record, and ended."""

    def __init__(self, file: BinaryIO, max_bytes: int) -> None:
        self._file = file
        self._max_bytes = PAGES_IN_ONE * max_bytes
        self._offsets: dict[str, int] = {}
        self._gathering: Gathering | None = None
        self._subject = ""
        self._damage: str | None = None

    @property
    def under_way(self) -> bool:
        """Whether a capture was begun and not ended."""
        return self._gathering is not None

    def begin(self) -> None:
        """Begins a capture."""
        self._gathering, self._subject, self._damage = Gathering(self._max_bytes, self._body), "", None

    def add(self, record: Any) -> None:
        """Takes in a record of the capture; what is unsound is told at its end."""
        assert self._gathering is not None
        self._subject = self._subject or str(record.rec_headers.get_header("WARC-Target-URI") or "")
        if self._damage is None:
            try:
                self._gathering.add(record)
            except _UNSOUND as error:
                self._damage = str(error) or type(error).__name__

    def end(self) -> Iterator[Capture | SavedPage | BadResponse]:
        """The capture, or why it cannot be had; nothing where none was begun, or no record came."""
        gathering, self._gathering = self._gathering, None
        if gathering is None or not self._subject:
            return
        self._offsets.update(gathering.offsets)
        try:
            if self._damage is None:
                yield _sound(gathering.capture())
                return
        except (LookupError, ValueError, InvalidUrl) as error:
            self._damage = f"its records do not belong together ({error})"
        reason = f"its capture is damaged: {urls.printable(self._damage)[:100]}"
        yield BadResponse(reason, subject=self._subject, remedy="make the export again")

    def _body(self, record_id: str) -> bytes:
        """The body of a response that stands in the file before."""
        from warcio.archiveiterator import ArchiveIterator

        place = self._file.tell()
        try:
            self._file.seek(self._offsets[record_id])
            record = next(iter(ArchiveIterator(self._file)))
            body: bytes = record.raw_stream.read(self._max_bytes)
        finally:
            self._file.seek(place)
        return body


def _sound(found: Capture | SavedPage) -> Capture | SavedPage:
    """`found`, all of whose addresses are those of pages of the web.

    Raises:
        ValueError: one is not; the file is somebody else's after all.
    """
    pages = found.pages if isinstance(found, Capture) else ()
    addresses = [one.page_url for one in pages] if isinstance(found, Capture) else [found.url]
    addresses += [one.url for page in pages for one in page.exchanges]
    for address in addresses:
        if address is not None and urls.without_credentials(urls.parse(address)) != address:
            raise ValueError(address)
    return found
