"""The walk of one page into the archive: capture, extract, decide, save.

The capture is on disk before extraction begins, so nothing that was fetched is lost to a fault in reading it; the
record's rename is the commit point; the index comes last and can always be rebuilt.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver import urls
from archiver.capture import Capture, SavedPage
from archiver.errors import EmptyPage, NotHtml, NotInArchive
from archiver.tasks.decide import Decision, decide
from archiver.tasks.read_page import digest, read_capture, read_saved

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.article import Article
    from archiver.settings import Settings
    from archiver.store import Store
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


def archive_url(url: str, store: Store, settings: Settings, rules: SiteRules | None = None) -> Outcome:
    """Fetches `url` and archives the page; `rules` are those of sites.

    Raises:
        InvalidUrl, FetchError, EmptyPage, StoreError: nothing already archived has changed.
    """
    from archiver.fetch import fetch  # needs the network's libraries, which a saved page does not

    capture = fetch(urls.parse(url), settings)
    return _archive(store, capture, capture.final_url, rules)


def archive_saved(page: SavedPage, store: Store, rules: SiteRules | None = None) -> Outcome:
    """Archives a page that was saved to a file; its address must be known.

    Raises:
        EmptyPage, NotHtml, StoreError: nothing already archived has changed.
    """
    assert page.url is not None
    return _archive(store, page, page.url, rules)


def _archive(store: Store, capture: Capture | SavedPage, url: str, rules: SiteRules | None) -> Outcome:
    article_id = urls.article_id(url)
    held = _held(store, article_id)
    if held and held.capture and held.capture.sha256 == digest(capture.payload):
        return Outcome(Decision.UNCHANGED, held, store.path(article_id), held, capture)
    stored = store.save_capture(capture, article_id)
    try:
        seen = read_saved(capture, rules) if isinstance(capture, SavedPage) else read_capture(capture, rules)
    except (EmptyPage, NotHtml):
        store.discard_capture(stored)
        raise
    assert seen.capture is not None
    seen = dataclasses.replace(seen, capture=dataclasses.replace(seen.capture, **dataclasses.asdict(stored)))
    with store.writing():
        held = _held(store, article_id)  # another run may have archived the page in the meantime
        decision = decide(held, seen)
        if held is None or decision is Decision.CHANGED:
            return Outcome(decision, seen, store.save(seen), seen, capture)
        if decision is Decision.WORSE and decide(store.newest_version(article_id), seen) is not Decision.UNCHANGED:
            store.save_beside(seen)
        else:
            store.discard_capture(stored)
        return Outcome(decision, held, store.path(article_id), seen, capture)


def _held(store: Store, article_id: str) -> Article | None:
    try:
        return store.load(article_id)
    except NotInArchive:
        return None
