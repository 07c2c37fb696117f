"""What a WARC file says of itself, as far as it can be read."""

from __future__ import annotations

import io
import zlib


def target(content: bytes) -> str | None:
    """The URL of the page in a WARC file's `content`; None where it cannot be read."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    url = None
    try:
        for record in ArchiveIterator(io.BytesIO(content)):
            if record.rec_type in {"response", "resource"}:
                url = record.rec_headers.get_header("WARC-Target-URI")
    except (ArchiveLoadFailed, OSError, EOFError, zlib.error):
        pass
    return url
