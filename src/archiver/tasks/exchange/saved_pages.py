"""A folder or zip file of saved pages -> the archive."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from archiver.capture import Capture, SavedPage
from archiver.errors import ArchiverError, InvalidInput, NotInArchive
from archiver.extraction.own_address import own_address
from archiver.saved.tree import SavedFiles, called
from archiver.tasks.archiving.archive_pages import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.saved import Found
    from archiver.settings import Settings
    from archiver.store import Store

NO_ADDRESS = "does not say where it was saved from"
REMEDY = "give its address: archiver fetch FILE --url ADDRESS"


def targets(files: SavedFiles, settings: Settings) -> Iterator[Target]:
    """The files, each with the pages in it, which are read when they are asked for."""
    for name in files.names():
        if isinstance(name, ArchiverError):
            yield Target(name.subject, [name])
        else:
            yield Target(called(files.tree, name), pages(files, name, settings))


def pages(files: SavedFiles, name: str, settings: Settings) -> Iterator[Found]:
    """The pages in a file, each with its address, or why it cannot be had.

    Raises:
        InvalidInput: it cannot be read, or there is no page in it.
    """
    for page in files.pages(name, settings.max_bytes):
        if not isinstance(page, SavedPage) or page.url is not None:
            yield page
            continue
        address = own_address(page.payload, page.content_type)
        if address is None:
            yield InvalidInput(NO_ADDRESS, subject=called(files.tree, name), remedy=REMEDY)
        else:
            yield dataclasses.replace(page, url=address)


def weigh(files: SavedFiles, settings: Settings, store: Store) -> Iterator[ArchiverError | bool]:
    """For each page whether an article of its address is held, or why it cannot be had; changes nothing."""
    for target in targets(files, settings):
        try:
            for page in target.pages or ():
                yield page if isinstance(page, ArchiverError) else _is_held(page, store)
        except ArchiverError as error:
            error.subject = error.subject or target.name
            yield error


def _is_held(page: Capture | SavedPage, store: Store) -> bool:
    try:
        store.find((page.page_url if isinstance(page, Capture) else page.url) or "")
    except NotInArchive:
        return False
    return True
