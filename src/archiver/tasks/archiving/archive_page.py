"""The walk of one page into the archive: capture, extract, decide, save.

The capture is on disk before extraction begins, so nothing that was fetched is lost to a fault in reading it; the
record's rename is the commit point; the index comes last and can always be rebuilt.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver import urls
from archiver.capture import Capture, SavedPage
from archiver.errors import EmptyPage, NotHtml, NotInArchive, RecordDamaged
from archiver.record import loads
from archiver.sightings import SAYS_GONE
from archiver.tasks.archiving import identity, look
from archiver.tasks.archiving.decide import Decision, decide, is_feed_text
from archiver.tasks.archiving.feed_text import told_by_feed
from archiver.tasks.archiving.read_page import begin_reading_here, digest, rfc3339

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from archiver.article import Article
    from archiver.entry import FeedEntry
    from archiver.store import Store
    from archiver.store.captures import StoredCapture
    from archiver.tasks.archiving.read_page import BeginReading
    from archiver.tasks.site_rules import SiteRules


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page.

    Attributes:
        decision: what the page was, compared with what the archive held.
        article: the record that the archive holds now.
        path: its file.
        seen: the record of the page just read; another than `article` where that was kept because this one is worse.
        capture: what was fetched or read.
    """

    decision: Decision
    article: Article
    path: Path
    seen: Article
    capture: Capture | SavedPage


def archive_capture(
    capture: Capture,
    store: Store,
    rules: SiteRules | None = None,
    *,
    entry: FeedEntry | None = None,
    labels: tuple[str, ...] = (),
) -> Outcome:
    """Archives a page that was fetched; `entry` is the feed entry that led to it, and a new article gets `labels`.

    Raises:
        EmptyPage, StoreError: nothing already archived has changed.
    """
    return _archive(store, capture, capture.page_url, rules, entry, labels)


def archive_saved(page: SavedPage, store: Store, rules: SiteRules | None = None) -> Outcome:
    """Archives a page that was saved to a file; its address must be known.

    Raises:
        EmptyPage, NotHtml, StoreError: nothing already archived has changed.
    """
    assert page.url is not None
    return _archive(store, page, page.url, rules)


def archive_entry_text(page: SavedPage, store: Store, entry: FeedEntry, why: str, *, labels: tuple[str, ...] = ()) -> Outcome:
    """Archives the text that a feed carries in the place of a page that could not be had, marked as such; `why` says why not.

    A new article gets `labels`.

    Raises:
        EmptyPage, StoreError: nothing already archived has changed.
    """
    assert page.url is not None
    told = functools.partial(told_by_feed, feed_url=entry.feed_url, why=why)
    return _archive(store, page, page.url, None, entry, labels, told)


def _archive(  # noqa: PLR0913, PLR0917  # what is known of a page
    store: Store,
    capture: Capture | SavedPage,
    url: str,
    rules: SiteRules | None,
    entry: FeedEntry | None = None,
    labels: tuple[str, ...] = (),
    mark: Callable[[Article], Article] | None = None,
) -> Outcome:
    """Archives `capture`, a page at `url`, as `steps` does it."""
    walk = steps(store, capture, url, rules, entry, labels, mark)
    while True:
        try:
            next(walk)
        except StopIteration as ended:
            outcome: Outcome = ended.value
            return outcome


def steps(  # noqa: PLR0913, PLR0917  # what is known of a page
    store: Store,
    capture: Capture | SavedPage,
    url: str,
    rules: SiteRules | None,
    entry: FeedEntry | None = None,
    labels: tuple[str, ...] = (),
    mark: Callable[[Article], Article] | None = None,
    begin_reading: BeginReading = begin_reading_here,
) -> Generator[None, None, Outcome]:
    """Archives `capture`, a page at `url`, in four steps: its capture; the reading begun; what is in it; its record.

    With `mark` it is no page, but what a feed says of it, which the record is marked with.

    A new article gets `labels` before its record is saved: where a run is killed in between, the next one archives the page.
    """
    article_id = identity.joined(store, urls.article_id(url))
    held = _held(store, article_id)
    if held and _says_nothing_new(capture, held):
        if mark is None:
            _note_look(store, Decision.UNCHANGED, held, capture)
        _note_gone(store, article_id, capture)
        identity.remember(store, article_id, dataclasses.replace(held, url=url), capture)
        return Outcome(Decision.UNCHANGED, held, store.path(article_id), held, capture)
    if held and not _is_newer(capture, held) and _is_version(store, article_id, digest(capture.payload)):
        return Outcome(Decision.UNCHANGED, held, store.path(article_id), held, capture)
    stored = store.save_capture(capture, article_id)
    yield
    read = begin_reading(capture, rules, entry)
    yield
    try:
        seen = read()
    except (EmptyPage, NotHtml):
        store.discard_capture(stored)
        raise
    yield
    with store.writing():
        home = identity.whose(store, seen) if seen.id == article_id else article_id
        if home != article_id:
            stored = _renamed(store, stored, capture, home)
        assert seen.capture is not None
        seen = dataclasses.replace(seen, id=home, capture=stored.within(seen.capture))
        seen = mark(seen) if mark else seen
        outcome = _settle(store, capture, seen, stored, labels)
        _note_gone(store, home, capture)
        identity.remember(store, home, outcome.seen, capture)
    return outcome


def _settle(
    store: Store, capture: Capture | SavedPage, seen: Article, stored: StoredCapture, labels: tuple[str, ...]
) -> Outcome:
    """Decides on the page just read, and saves what is to be kept of it. For the holder of the lock."""
    article_id = str(seen.id)
    held = _held(store, article_id)  # another run may have archived the page in the meantime
    if held is not None and seen.feed is None:
        seen = dataclasses.replace(seen, feed=held.feed)  # which feed led to the article once stays known
    decision = identity.decide_at(store, held, seen)
    is_older = held is not None and _is_older(capture, held)
    if held is not None and not is_older and decision is not Decision.COPY:
        _note_look(store, decision, seen, capture)
    if is_older and decision is Decision.CHANGED:
        decision = Decision.OLDER
    if held is None or decision is Decision.CHANGED:
        if held is None and labels:
            with contextlib.suppress(RecordDamaged):  # what is said of it stays as it is, and every listing tells
                store.remark(article_id, lambda remarks: remarks.labelled(labels))
        return Outcome(decision, seen, store.save(seen), seen, capture)
    if decision in {Decision.COPY, Decision.OLDER} or (
        decision is Decision.WORSE and decide(store.newest_version(article_id), seen) is not Decision.UNCHANGED
    ):
        store.save_beside(seen)
    else:
        store.discard_capture(stored)
    return Outcome(decision, held, store.path(article_id), seen, capture)


def _renamed(store: Store, stored: StoredCapture, capture: Capture | SavedPage, article_id: str) -> StoredCapture:
    """The capture under the name of the article that it turned out to be of."""
    again = store.save_capture(capture, article_id)
    store.discard_capture(stored)
    return again


def _note_look(store: Store, decision: Decision, seen: Article, capture: Capture | SavedPage) -> None:
    """Keeps what a later look at a page says of it; a feed's text and a web archive's copy say nothing of the page."""
    if is_feed_text(seen) or (isinstance(capture, Capture) and capture.taken_at is not None):
        return
    if decision is Decision.UNCHANGED:
        look.well(store, seen, rfc3339(capture.started_at))
    else:
        look.at_page(store, decision, seen)


def _says_nothing_new(capture: Capture | SavedPage, held: Article) -> bool:
    """Whether the pages are those that the record was made from, or the first of them, which nobody followed further.

    Where a further page could not be had, they are not the whole, and what is to be done about it is decided later.
    """
    if held.capture is None or (isinstance(capture, Capture) and capture.missing and not held.capture.missing):
        return False
    return held.capture.digests[: len(capture.digests)] == capture.digests


def _note_gone(store: Store, article_id: str, capture: Capture | SavedPage) -> None:
    """Keeps that the page itself is gone, where a web archive's copy stands for it."""
    if isinstance(capture, Capture) and capture.gone_status in SAYS_GONE:
        look.gone(store, article_id, capture.gone_status)


def _is_older(capture: Capture | SavedPage, held: Article) -> bool:
    """Whether the page was captured before the one that we hold."""
    return held.capture is not None and rfc3339(capture.started_at) < held.capture.fetched_at


def _is_newer(capture: Capture | SavedPage, held: Article) -> bool:
    """Whether the page was captured after the one that we hold; within one second, nobody can tell."""
    return held.capture is None or rfc3339(capture.started_at) > held.capture.fetched_at


def _is_version(store: Store, article_id: str, sha256: str) -> bool:
    """Whether the page with this digest is among the versions of the article."""
    for path in store.versions(article_id):
        with contextlib.suppress(RecordDamaged, OSError):
            capture = loads(path.read_text(encoding="utf-8"), subject=str(path)).capture
            if capture is not None and capture.sha256 == sha256:
                return True
    return False


def _held(store: Store, article_id: str) -> Article | None:
    try:
        return store.load(article_id)
    except NotInArchive:
        return None
