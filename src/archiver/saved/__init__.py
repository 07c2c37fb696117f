"""Saved files -> pages: HTML as browsers and extensions save it, MHTML, Safari's web archives, WARC and WACZ.

`read` is for a file, `pages_in` for bytes; `formats` tells them apart, `comments` finds what the saver wrote into the page,
`mhtml`, `webarchive`, `warc` and `wacz` take their containers apart. `tree` finds the saved pages in a folder or zip file.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, Literal

from archiver import urls
from archiver.capture import Capture, SavedPage
from archiver.errors import ArchiverError, EmptyPage, InvalidInput
from archiver.saved import comments, formats, mhtml, wacz, warc, webarchive, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["MAX_FILE_BYTES", "Found", "kind_of", "pages_in", "pages_of", "read"]

MAX_FILE_BYTES = 100 * 1024 * 1024
"""The largest file, unpacked, that is one page; a WARC file, which is read record by record, may have any size."""

WARC_SUFFIXES = (".warc", ".warc.gz")

Found = Capture | SavedPage | ArchiverError
"""A page, or why one that is there cannot be had."""


def read(path: Path, *, url: str | None, max_bytes: int) -> Iterator[Found]:
    """The pages in the file, those of a WARC file one by one.

    Args:
        path: the file.
        url: where the page was saved from; None: as the file says. Of a WARC file, which page is meant; None: all.
        max_bytes: the largest page in a WARC file.

    Raises:
        InvalidInput: it cannot be read, or there is no page in it.
    """
    try:
        changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        with path.open("rb") as file:
            yield from pages_of(file, path.name, changed_at, url=url, max_bytes=max_bytes)
    except ArchiverError as error:
        error.subject = error.subject or str(path)
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidInput(f"cannot be read: {reason}", subject=str(path), remedy="check its permissions") from error


def pages_in(content: bytes, *, url: str | None, max_bytes: int) -> Iterator[Found]:
    """As `read`, of bytes that came just now.

    Raises:
        InvalidInput: there is no page in them.
    """
    return pages_of(io.BytesIO(content), "", datetime.now(UTC), url=url, max_bytes=max_bytes)


def pages_of(file: BinaryIO, name: str, changed_at: datetime, *, url: str | None, max_bytes: int) -> Iterator[Found]:
    """As `read`, of a file called `name` that can be read from any place and was changed at `changed_at`.

    Raises:
        InvalidInput: there is no page in it.
        EmptyPage: nor anything else.
        OSError: it cannot be read.
    """
    if zipped.is_zip(file):
        held = zipped.Zip(file)
        if not wacz.is_wacz(held):
            raise InvalidInput("is a zip file", remedy="archiver import takes the pages in it")
        yield from _chosen(wacz.pages(held, changed_at, max_bytes), url)
    elif formats.is_warc(file):
        yield from _chosen(warc.pages(formats.by_record(file), changed_at, max_bytes), url)
    else:
        content = formats.unpacked(file, MAX_FILE_BYTES)
        if not content.strip():
            raise EmptyPage("is empty", remedy="get the file again")
        if name.lower().endswith(WARC_SUFFIXES):
            raise InvalidInput("is no WARC file, whatever its name says", remedy="get the file again")
        yield _page(content, changed_at, url)


def kind_of(file: BinaryIO) -> Literal["zip", "warc", "page"] | None:
    """What a file is: a zip file, web archives of many pages, or a page whose saver left a mark; None where none of these.

    HTML without a mark may be a page, or a list of links. The file is read from its beginning again.
    """
    if zipped.is_zip(file):
        try:
            return "warc" if wacz.is_wacz(zipped.Zip(file)) else "zip"
        except InvalidInput:
            return "zip"
        finally:
            file.seek(0)
    if formats.is_warc(file):
        return "warc"
    head = file.read(comments.HEAD_BYTES)
    file.seek(0)
    is_page = formats.is_mhtml(head) or formats.is_webarchive(head) or comments.find(head) != comments.Saver()
    return "page" if is_page else None


def _page(content: bytes, changed_at: datetime, url: str | None) -> SavedPage:
    """The page in a file that holds one. What is said outranks what the file says, and that when the file changed."""
    if formats.is_mhtml(content):
        page = mhtml.page(content, changed_at)
    elif formats.is_webarchive(content):
        page = webarchive.page(content, changed_at)
    else:
        saver = comments.find(content)
        page = SavedPage(saver.url, saver.saved_at or changed_at, content)
    moment = page.started_at if page.started_at <= datetime.now(UTC) else changed_at
    stated = url if url is not None else page.url
    return SavedPage(stated and urls.without_credentials(stated), moment, page.payload, page.content_type)


def _chosen(found: Iterator[Found], url: str | None) -> Iterator[Found]:
    wanted = urls.key(url) if url is not None else None
    empty = True
    for page in found:
        if wanted is not None and (isinstance(page, ArchiverError) or urls.key(_url(page)) != wanted):
            continue
        empty = False
        yield page
    if empty:
        raise InvalidInput(
            "holds no page" if wanted is None else f"holds no page of {url}",
            remedy="only HTML that came with the status 200 is taken for a page",
        )


def _url(page: Capture | SavedPage) -> str:
    return page.page_url if isinstance(page, Capture) else page.url or ""
