"""Sitemaps as feeds (sitemaps.org), with the news extension (google.com/schemas/sitemap-news/0.9), and sitemap indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.feeds.dates import moment
from archiver.feeds.markup import Document, local, text
from archiver.feeds.model import Child, Entry
from archiver.feeds.plain import line, link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

PAGES = frozenset({"url"})
SITEMAPS = frozenset({"sitemap"})


def entries(document: Document, url: str, limit: int) -> Iterator[Entry]:
    """The pages of a sitemap that was read from `url`, at most `limit`."""
    for number, element in enumerate(document.items(PAGES)):
        if number == limit:
            return
        said = _values(element)
        yield Entry(
            link=link(url, said.get("loc")),
            title=line(said.get("news:title"), markup=True),
            published=moment(said.get("news:publication_date")),
            updated=moment(said.get("lastmod")),
            categories=tuple(name for part in (said.get("news:keywords") or "").split(",")[:50] if (name := line(part))),
        )


def children(document: Document, url: str, limit: int) -> Iterator[Child]:
    """The sitemaps of a sitemap index that was read from `url`, at most `limit`."""
    for number, element in enumerate(document.items(SITEMAPS)):
        if number == limit:
            return
        said = _values(element)
        if location := link(url, said.get("loc")):
            yield Child(location, moment(said.get("lastmod")))


def _values(element: etree._Element) -> dict[str, str]:
    """The texts of an entry by local name; those of the news extension, which stand one level lower, with "news:" before it."""
    found: dict[str, str] = {}
    for child in element:
        if local(child) == "news":
            found.update((f"news:{local(part)}", text(part)) for part in child)
        else:
            found.setdefault(local(child), text(child))
    return found
