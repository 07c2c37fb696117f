"""What a user names on the command line: a URL, a saved page, or standard input."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import ArchiverError, InvalidInput, InvalidUrl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.capture import Capture, SavedPage
    from archiver.saved import Found
    from archiver.settings import Settings

STDIN = "-"
_PAGE_SUFFIXES = frozenset(
    {".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".mht", ".webarchive", ".warc", ".wacz", ".gz"}
)


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
            remedy = "give a saved page or a URL; archiver import takes a folder of saved pages"
            raise InvalidInput("is not a file", subject=target, remedy=remedy)
    except (OSError, ValueError):
        return None
    if target.startswith(("/", "./", "../", "~")) or (path.suffix.lower() in _PAGE_SUFFIXES and "/" not in target):
        raise InvalidInput("no such file", subject=target, remedy="check the name; for a page of the web, begin with https://")
    try:
        urls.parse(target)
    except InvalidUrl as error:
        raise InvalidUrl("neither a file nor a URL", subject=target, remedy=error.remedy or error.reason) from None
    return None


def pages_of(path: Path, address: str | None, settings: Settings) -> Iterator[Found]:
    """The pages saved in a file; `address` as `saved.read` takes it, once it is parsed.

    Raises:
        InvalidInput: it cannot be read, or there is none in it.
    """
    from archiver import saved

    return saved.read(path, url=address and urls.parse(address), max_bytes=settings.max_bytes)


def one_page(target: str, address: str | None, settings: Settings) -> Capture | SavedPage | None:
    """The page in the file, or on standard input, that `target` names; None where it is a URL.

    Raises:
        InvalidInput: it cannot be read, there is no page in it, or several.
        ArchiverError: the page in it cannot be had.
    """
    if target == STDIN:
        from archiver import saved

        content = sys.stdin.buffer.read(saved.MAX_FILE_BYTES + 1)
        found = saved.pages_in(content, url=address and urls.parse(address), max_bytes=settings.max_bytes)
    elif path := as_file(target):
        found = pages_of(path, address, settings)
    else:
        return None
    first, *others = itertools.islice(found, 2)
    if others:
        raise InvalidInput("holds more than one page", subject=target, remedy="name one with --url")
    if isinstance(first, ArchiverError):
        raise first
    return first
