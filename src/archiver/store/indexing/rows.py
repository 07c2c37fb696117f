"""What the index gives: rows for listings, hits for searches; and what it is asked: filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.article import Article


@dataclass(frozen=True, slots=True)
class Row:
    """One article as listings show it: the names are the record's, and after `path` those of the user's remarks.

    `path` is relative to the archive, with `/`; `feed` is the URL of the feed that led to the page; `gone_since` is when the
    page was found gone from the web, where it still is.
    """

    id: str
    url: str
    title: str | None
    byline: str | None
    published: str | None
    modified: str | None
    fetched_at: str
    publisher: str | None
    host: str | None
    language: str | None
    words: int
    verdict: str
    section: tuple[str, ...]
    tags: tuple[str, ...]
    feed: str | None
    path: str
    labels: tuple[str, ...] = ()
    starred: bool = False
    read: bool = False
    note: str | None = None
    added_at: str | None = None
    gone_since: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found.

    Attributes:
        excerpt: a passage of its body in pieces, each with whether it matched.
    """

    row: Row
    excerpt: tuple[tuple[str, bool], ...]

    @property
    def plain_excerpt(self) -> str:
        """The passage without its highlights."""
        return "".join(text for text, _ in self.excerpt)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles are wanted; None leaves a property open. Days are ISO 8601 and included.

    Attributes:
        host: this host and its subdomains, by whole labels.
        author: words that follow each other in the byline or an author's name, the last perhaps only begun, whatever their
            case and accents.
        section: words that follow each other in the section trail, likewise.
        labels: all of them, as `remarks.clean_label` gives them, whatever their case.
        feed: part of the URL of the feed that led to the page.
        language: this language and its regional forms, as a tag of BCP 47.
        words: at least and at most so many.
        gone: only those whose pages are gone from the web, which the store knows and tells the index by `ids`.
        ids: only those with one of these IDs.
    """

    host: str | None = None
    author: str | None = None
    section: str | None = None
    labels: tuple[str, ...] = ()
    feed: str | None = None
    language: str | None = None
    verdict: str | None = None
    words: tuple[int | None, int | None] = (None, None)
    published_since: str | None = None
    published_until: str | None = None
    fetched_since: str | None = None
    fetched_until: str | None = None
    modified_since: str | None = None
    modified_until: str | None = None
    starred: bool = False
    unread: bool = False
    gone: bool = False
    ids: frozenset[str] | None = None


def row_of(article: Article, path: str) -> Row:
    """The row of a record that stands at `path`."""
    assert article.id is not None
    return Row(
        id=article.id,
        url=article.url or "",
        title=article.title,
        byline=article.byline or ", ".join(author.name for author in article.authors) or None,
        published=article.dates.published,
        modified=article.dates.modified,
        fetched_at=article.capture.fetched_at if article.capture else "",
        publisher=article.source.publisher,
        host=article.source.host,
        language=article.language,
        words=article.body.words,
        verdict=article.verdict,
        section=article.section,
        tags=article.tags,
        feed=article.feed.url if article.feed else None,
        path=path,
    )
