"""A capture read back from its WARC file, as it was fetched: what `captures` wrote, and what is like it."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, NamedTuple

from archiver.warc.gathering import Gathering

if TYPE_CHECKING:
    from archiver.capture import Capture, SavedPage


class Replayed(NamedTuple):
    """A capture, and where in its file the record of its page starts, and those of the further pages."""

    capture: Capture | SavedPage
    offset: int
    later_offsets: tuple[int, ...] = ()


def replay(content: bytes) -> Replayed:
    """The capture in a WARC file's `content`. Whether that is what a record means, its digests tell.

    Raises:
        ValueError: it holds none, or is damaged.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    gathering = Gathering()
    try:
        records = ArchiveIterator(io.BytesIO(content))
        for record in records:
            record.offset = records.offset
            gathering.add(record)
        capture = gathering.capture()
        offset, *later = gathering.page_offsets(capture)
    except (ArchiveLoadFailed, OSError, EOFError, LookupError, AttributeError, zlib.error) as error:
        raise ValueError(f"is no sound capture: {error}") from error
    return Replayed(capture, offset, tuple(later))
