"""What a user names on the command line: a URL, a saved page, or standard input."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from archiver import urls
from archiver.capture import SavedPage
from archiver.errors import InvalidInput, InvalidUrl

STDIN = "-"
MAX_FILE_BYTES = 100 * 1024 * 1024
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})


def as_file(target: str) -> Path | None:
    """The file that `target` names; None where it is to be taken as a URL.

    Raises:
        InvalidInput: it names a file that is not there, or is no file.
    """
    if "://" in target:
        return None
    path = Path(target)
    try:
        if path.is_file():
            return path
        if path.exists():
            raise InvalidInput("is not a file", subject=target, remedy="give a saved page or a URL")
    except (OSError, ValueError):
        return None
    if target.startswith(("/", "./", "../", "~")) or (path.suffix.lower() in _PAGE_SUFFIXES and "/" not in target):
        raise InvalidInput("no such file", subject=target, remedy="check the name; for a page of the web, begin with https://")
    try:
        urls.parse(target)
    except InvalidUrl as error:
        raise InvalidUrl("neither a file nor a URL", subject=target, remedy=error.remedy or error.reason) from None
    return None


def read_file(path: Path, address: str | None) -> SavedPage:
    """The page saved in a file, from `address`; it counts as saved when the file last changed.

    Raises:
        InvalidInput: it cannot be read, or is larger than any page.
    """
    try:
        facts = path.stat()
        if facts.st_size > MAX_FILE_BYTES:
            limit = f"{MAX_FILE_BYTES // 1024 // 1024} MiB"
            raise InvalidInput(f"larger than {limit}", subject=str(path), remedy="is this a web page?")
        return SavedPage(address, datetime.fromtimestamp(facts.st_mtime, UTC), path.read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidInput(f"cannot be read: {reason}", subject=str(path), remedy="check its permissions") from error
