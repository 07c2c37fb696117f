"""What nobody foresaw, as one of our errors."""

from __future__ import annotations

from archiver import urls
from archiver.errors import ArchiverError


def ours(error: Exception, url: str) -> ArchiverError:
    """`error`, as one of ours: what nobody foresaw is the failure of this feed or page, not of the run."""
    if isinstance(error, ArchiverError):
        return error
    reason = f"unexpected error: {type(error).__name__}: {urls.printable(str(error))[:200]}".rstrip(": ")
    return ArchiverError(reason, subject=url, remedy="a bug; report it")
