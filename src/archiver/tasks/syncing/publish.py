"""The archive as a feed: what it gained, what changed and how, and what is gone from the web. Reads only."""

from __future__ import annotations

import contextlib
import html
from typing import TYPE_CHECKING

from archiver import __version__
from archiver.errors import StoreError
from archiver.feeds import atom
from archiver.feeds.atom import AtomEntry
from archiver.store import Filters
from archiver.tasks.archiving.decide import is_feed_text
from archiver.tasks.versions.succession import earlier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.article import Article
    from archiver.store import Store

ID = "urn:archiver:archive"
EPOCH = "1970-01-01T00:00:00Z"
SHOWN_PARAGRAPHS = 5
_FIELDS: dict[str, Callable[[Article], str | None]] = {
    "title": lambda article: article.title,
    "subtitle": lambda article: article.subtitle,
    "byline": lambda article: article.byline,
    "published": lambda article: article.dates.published,
    "modified": lambda article: article.dates.modified,
}


def publish(store: Store, *, title: str, limit: int) -> bytes:
    """An Atom document of the last events of the archive, at most `limit`, the newest first.

    Raises:
        StoreError: the archive cannot be read.
    """
    found = sorted(_events(store, limit), key=lambda entry: (entry.updated, entry.id), reverse=True)[:limit]
    updated = found[0].updated if found else EPOCH
    return atom.feed(title, ID, updated, found, f"archiver {__version__}")


def differences(before: Article, after: Article) -> list[str]:
    """What `after` says that `before` did not, and the other way round, in sentences."""
    said = []
    for name, value in _FIELDS.items():
        old, new = value(before), value(after)
        if old != new:
            said.append(f"{name}: {old or '(none)'} → {new or '(none)'}")
    old_text, new_text = before.body.text.split("\n"), after.body.text.split("\n")
    said += [f"new: {text}" for text in _only_in(new_text, old_text)]
    said += [f"gone: {text}" for text in _only_in(old_text, new_text)]
    return said


def _only_in(one: list[str], other: list[str]) -> list[str]:
    held = set(other)
    found = [text for text in one if text.strip() and text not in held]
    more = len(found) - SHOWN_PARAGRAPHS
    return found[:SHOWN_PARAGRAPHS] + ([f"and {more} more paragraphs"] if more > 0 else [])


def _events(store: Store, limit: int) -> Iterator[AtomEntry]:
    for row in store.rows(Filters(), sort="fetched", limit=limit):
        with contextlib.suppress(StoreError):  # damaged since the index saw it
            article = store.load(row.id)
            before = earlier(store, article)
            yield _gained(article) if before is None else _changed(before, article)
    for article_id in store.sightings.ids():
        with contextlib.suppress(StoreError):
            gone_since = store.sightings.load(article_id).gone_since
            if gone_since is not None:
                yield _vanished(store.load(article_id), gone_since)


def _gained(article: Article) -> AtomEntry:
    note = "<p>The text is what the feed carries; the page could not be had.</p>" if is_feed_text(article) else ""
    return _entry(article, "new", _moment(article), note + article.body.html)


def _changed(before: Article, article: Article) -> AtomEntry:
    items = "".join(f"<li>{html.escape(text)}</li>" for text in differences(before, article))
    return _entry(article, "changed", _moment(article), f"<p>Changed since {_moment(before)[:10]}:</p><ul>{items}</ul>")


def _vanished(article: Article, since: str) -> AtomEntry:
    text = f"<p>The page is gone; the archive holds the article of {_moment(article)[:10]}.</p>"
    return _entry(article, "vanished", since, text)


def _entry(article: Article, kind: str, moment: str, text: str) -> AtomEntry:
    mark = "" if kind == "new" else f"[{kind}] "
    return AtomEntry(
        id=f"urn:archiver:{article.id}:{kind}:{moment}",
        title=mark + (article.title or article.url or "(no title)"),
        updated=moment,
        link=article.url,
        html=text,
        authors=tuple(author.name for author in article.authors),
        category=kind,
    )


def _moment(article: Article) -> str:
    return article.capture.fetched_at if article.capture else EPOCH
