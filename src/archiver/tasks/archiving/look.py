"""What a look at a page says about the article we hold from there, where it makes no version: gone, worse, or back."""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import HttpStatus, InvalidUrl, NotInArchive, RecordDamaged
from archiver.sightings import SAYS_GONE, Sighting, Sightings
from archiver.tasks.archiving.decide import SAYS_NOTHING, Decision
from archiver.tasks.archiving.read_page import rfc3339

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.errors import ArchiverError
    from archiver.store import Store


def failed(store: Store, url: str, error: ArchiverError) -> None:
    """Notes that the page at `url` is gone, where `error` says so and the archive holds the article from there.

    An address that only once led to the article may end without the article's own: that says nothing.

    Raises:
        StoreError: the archive cannot be read or written.
    """
    if not isinstance(error, HttpStatus) or error.status not in SAYS_GONE:
        return
    for article_id in _held(store, (url, error.final_url or url)):
        gone(store, article_id, error.status)


def gone(store: Store, article_id: str, status: int) -> None:
    """Notes that the page of an article that the archive holds was just found gone.

    Raises:
        StoreError: the archive cannot be written.
    """
    now = rfc3339(datetime.now(UTC))
    _note(store, article_id, Sighting("gone", now, now, status=status))


def at_page(store: Store, decision: Decision, seen: Article) -> None:
    """Notes what a page, read as `seen`, was found to be: worse than what we hold, or well.

    Raises:
        StoreError: the archive cannot be written.
    """
    assert seen.capture is not None
    if decision is Decision.WORSE:
        _worse(store, seen)
    else:
        well(store, seen, seen.capture.fetched_at)


def well(store: Store, held: Article, at: str) -> None:
    """Notes that the page at `at` said what `held` says: whatever was noted before has ended.

    Raises:
        StoreError: the archive cannot be written.
    """
    assert held.id is not None
    if held.verdict not in SAYS_NOTHING:
        _note(store, held.id, at)


def _worse(store: Store, seen: Article) -> None:
    assert seen.id is not None
    assert seen.capture is not None
    at, status = seen.capture.fetched_at, seen.capture.status
    look = Sighting("worse", at, at, status=status, verdict=seen.verdict, words=seen.body.words)
    _note(store, seen.id, look)


def _note(store: Store, article_id: str, look: Sighting | str) -> None:
    change = functools.partial(_with, look=look)
    try:
        store.sightings.change(article_id, change)
    except RecordDamaged:
        return  # a file that nobody can read stays as it is; `history` tells of it


def _with(sightings: Sightings, look: Sighting | str) -> Sightings:
    return sightings.ended(look) if isinstance(look, str) else sightings.with_look(look)


def _held(store: Store, addresses: tuple[str, ...]) -> list[str]:
    """The IDs of the articles whose own addresses these are, and that say something."""
    found = []
    for article_id in dict.fromkeys(filter(None, map(_article_id, addresses))):
        try:
            row = store.row(article_id)
        except NotInArchive:
            continue
        if row is None or row.verdict not in SAYS_NOTHING:
            found.append(article_id)
    return found


def _article_id(url: str) -> str | None:
    try:
        return urls.article_id(url)
    except InvalidUrl:
        return None
