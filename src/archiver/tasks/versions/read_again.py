"""A capture read again, with what the record that was made from it says of the feed that led there."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archiver import record
from archiver.article import SCHEMA_VERSION, Article, FeedOrigin
from archiver.capture import SavedPage
from archiver.errors import StoreError
from archiver.tasks.archiving.decide import is_feed_text
from archiver.tasks.archiving.feed_text import told_by_feed, why_told_by_feed
from archiver.tasks.archiving.read_page import digest, read_capture, read_saved, rfc3339
from archiver.tasks.versions.recalled_entry import recalled

if TYPE_CHECKING:
    from archiver.capture import Capture
    from archiver.store import Store
    from archiver.tasks.site_rules import SiteRules

ABOUT = timedelta(hours=1)
"""A page and its entry are settled within this; an article that was there before its feed named it is older."""
_SALVAGED = ("evidence", "warnings", "feed", "capture")


def read_again(capture: Capture | SavedPage, held: Article | None, rules: SiteRules | None) -> Article:
    """The article in `capture`; `held` is a record of the same article, if there is one.

    Raises:
        EmptyPage, NotHtml: there is no article in it.
    """
    entry = recalled(held) if held else None
    feed = held.feed if held else None
    if not isinstance(capture, SavedPage):
        article = read_capture(capture, rules, entry)
    elif held is not None and is_feed_text(held) and _is_of(capture, held):
        article = read_saved(capture, None, entry)
        article = told_by_feed(article, feed.url if feed else "", why_told_by_feed(held))
    else:
        article = read_saved(capture, rules, entry)
    return dataclasses.replace(article, feed=feed)


def salvaged(content: bytes, article_id: str) -> Article | None:
    """What is left of a damaged record that its capture does not say: where it came from. None where nothing is."""
    text = content.decode("utf-8", "replace")
    found = {name: value for name in _SALVAGED if (value := _value(text, name)) is not None}
    if not found:
        return None
    try:
        return record.loads(json.dumps({"schema": SCHEMA_VERSION, "id": article_id, **found}), subject=article_id)
    except StoreError:
        return None


def led_by_feed(store: Store, capture: Capture | SavedPage) -> Article | None:
    """What polling remembers of a page of which no record says any more which feed led to it; None where it remembers none."""
    if isinstance(capture, SavedPage):
        return None
    from archiver.feeds.identity import link_sign

    fetched_at = capture.final.started_at
    span = rfc3339(fetched_at - ABOUT), rfc3339(fetched_at + ABOUT)
    url = store.following.feed_behind(filter(None, map(link_sign, {capture.requested_url, capture.page_url})), between=span)
    return Article(feed=FeedOrigin(url)) if url else None


def _is_of(page: SavedPage, held: Article) -> bool:
    return held.capture is None or held.capture.sha256 == digest(page.payload)


def _value(text: str, name: str) -> Any:
    """The value that stands whole in what is left of a record under the key `name`; None where none does."""
    start = re.search(rf'^  "{name}": ', text, re.MULTILINE)
    if start is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, start.end())[0]
    except (ValueError, RecursionError):
        return None
