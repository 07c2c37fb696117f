"""What a feed document says: the feed, and its entries. Frozen values, as the document gave them, nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime, timedelta

Format = Literal["rss", "rdf", "atom", "json", "sitemap", "sitemap index"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed.

    Attributes:
        link: the absolute http(s) URL of its page, without fragment; None where it has none that can be fetched.
        guid: its own ID, as it stands.
        title: plain text, on one line.
        published: aware; midnight UTC where only a day was given, UTC where no zone was.
        updated: when it last changed, likewise.
        authors: their names.
        content: HTML that claims to be the whole text (`content:encoded`, Atom `content`, JSON Feed `content_html`).
        summary: HTML that claims less (`description`, Atom `summary`).
    """

    link: str | None
    guid: str | None = None
    title: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    content: str | None = None
    summary: str | None = None

    @property
    def moment(self) -> datetime | None:
        """When it appeared, or else when it changed."""
        return self.published or self.updated


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that a sitemap index names."""

    url: str
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed document.

    Attributes:
        title: plain text, on one line.
        home: the page that the feed belongs to.
        entries: in the document's order.
        children: the sitemaps that a sitemap index names, in its order; empty for every other format.
        interval: how long the feed asks to be left alone between two polls (`ttl`, `sy:updatePeriod`).
        problems: in sentences, what was odd about the document, or left out of it.
    """

    format: Format
    title: str | None = None
    home: str | None = None
    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    interval: timedelta | None = None
    problems: tuple[str, ...] = ()
