"""The pages in a WACZ file (WACZ 1.1.1, webrecorder.net), as Browsertrix and ArchiveWeb.page write one.

It is a zip file of WARC files, with lists of the pages that somebody looked at. Where it has them, these are the pages; the
rest is what belongs to them: frames, advertisements, what scripts asked for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archiver import urls
from archiver.capture import Capture
from archiver.errors import ArchiverError, InvalidInput, InvalidUrl
from archiver.saved import formats, warc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from archiver.capture import SavedPage
    from archiver.saved.zipped import Zip

PACKAGE = "datapackage.json"
ARCHIVES, LISTS = "archive/", "pages/"
MAX_LINE_BYTES = 16 * 1024 * 1024
"""The lists may have the text of each page on its line."""


def is_wacz(held: Zip) -> bool:
    """Whether the zip file is one."""
    names = held.names()
    return PACKAGE in names and any(name.startswith(ARCHIVES) for name in names)


def pages(held: Zip, changed_at: datetime, max_bytes: int) -> Iterator[Capture | SavedPage | ArchiverError]:
    """The pages, as `warc.pages` gives them; where one of its WARC files is damaged, that is told, and the next is read."""
    listed = _listed(held)
    there = False
    for page in _all(held, changed_at, max_bytes):
        if not listed or _key(page) in listed:
            there = True
            yield page
    if not there and listed:  # the list has other addresses, perhaps those that redirected
        yield from _all(held, changed_at, max_bytes)


def _all(held: Zip, changed_at: datetime, max_bytes: int) -> Iterator[Capture | SavedPage | ArchiverError]:
    for name in held.names():
        if name.startswith(ARCHIVES) and name.lower().endswith((".warc", ".warc.gz")):
            try:
                with held.opened(name) as file:
                    yield from warc.pages(formats.by_record(file), changed_at, max_bytes)
            except InvalidInput as error:
                yield InvalidInput(f"its {name} {error.reason}", remedy=error.remedy)


def _listed(held: Zip) -> set[str]:
    """The URL keys of the pages that are listed."""
    found = set()
    for name in held.names():
        if name.startswith(LISTS) and name.lower().endswith(".jsonl"):
            with held.opened(name) as file:
                while line := file.readline(MAX_LINE_BYTES):
                    if key := _listed_key(line):
                        found.add(key)
    return found


def _listed_key(line: bytes) -> str | None:
    try:
        entry = json.loads(line)
        return urls.key(str(entry["url"]))
    except (InvalidUrl, ValueError, KeyError, TypeError, RecursionError):
        return None  # the first line says what the list is


def _key(page: Capture | SavedPage | ArchiverError) -> str:
    address = page.subject if isinstance(page, ArchiverError) else page.page_url if isinstance(page, Capture) else page.url
    try:
        return urls.key(address or "")
    except (InvalidUrl, ValueError):
        return ""
