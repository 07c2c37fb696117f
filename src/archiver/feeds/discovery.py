"""The feeds that a page names, and the places where a site keeps one that it does not name.

The page is looked through tag by tag with bounded patterns: only `<link>`, `<a>` and `<base>` matter, and a tree of a hostile
page costs time that grows with the square of its attributes.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from archiver.feeds.plain import line, link

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAGE_BYTES = 2 * 1024 * 1024
MAX_FOUND = 50
FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/json",
        "text/xml",
        "application/xml",
        "application/rss",
        "text/rss+xml",
    }
)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_TAG = re.compile(r"<(link|a|base)\s([^<>]{1,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{2,20})\s{0,9}=\s{0,9}(?:"([^"]{0,3000})"|'([^']{0,3000})'|([^\s"'>]{1,3000}))""")
_ASIDE = re.compile(r"comment|kommentar|commentaire|coment", re.IGNORECASE)


class Place(NamedTuple):
    """Where sites keep feeds, from the root of the site, and who does."""

    path: str
    reason: str


COMMON_PLACES = (
    Place("/feed", "WordPress, Substack, Medium"),
    Place("/rss", "Ghost, Tumblr, newspapers"),
    Place("/feed.xml", "Jekyll"),
    Place("/rss.xml", "Drupal, Astro"),
    Place("/index.xml", "Hugo"),
    Place("/atom.xml", "Hexo, Movable Type"),
    Place("/feed.json", "JSON Feed by convention"),
    Place("/feeds/posts/default", "Blogger"),
)


class Looks(NamedTuple):
    """What an address looks like that is probably a feed's."""

    pattern: str
    reason: str


LOOKS_LIKE_A_FEED = (
    Looks(r"\.(?:rss|atom|rdf)$", "the formats' own file names"),
    Looks(r"(?:^|/)(?:feed|rss|atom|index|feeds?\.?all)\.(?:xml|json|php)$", "what generators of sites write"),
    Looks(r"(?:^|/)(?:feed|rss|atom)s?/?$", "WordPress and those who learned from it"),
    Looks(r"(?:^|/)feeds?/(?:[\w-]+/)?[\w.-]+$", "folders of feeds"),
)
_LOOKS = re.compile("|".join(f"(?:{row.pattern})" for row in LOOKS_LIKE_A_FEED), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that a page leads to.

    Attributes:
        named: whether the page says that it is a feed (`<link rel=alternate>`); else it only looks like one.
    """

    url: str
    title: str | None
    named: bool


def feeds_in(page: bytes, url: str) -> list[Found]:
    """The feeds that `page`, read from `url`, names or links to: named before linked, feeds of comments last."""
    text = _COMMENT.sub("", page[:MAX_PAGE_BYTES].decode("utf-8", "replace"))
    found: dict[str, Found] = {}
    base = url
    for name, attributes in _tags(text):
        href = attributes.get("href", "")
        if name == "base":
            base = link(url, href) or url
            continue
        target = link(base, href)
        if target is None or len(found) >= MAX_FOUND:
            continue
        if name == "link" and _is_alternate(attributes):
            found.setdefault(target, Found(target, line(attributes.get("title")), named=True))
        elif name == "a" and _LOOKS.search(urlsplit(target).path):
            found.setdefault(target, Found(target, line(attributes.get("title")), named=False))
    return sorted(found.values(), key=lambda one: (_is_aside(one), not one.named))


def common_places(url: str) -> list[str]:
    """Where the site of `url` may keep a feed."""
    return [urljoin(url, place.path) for place in COMMON_PLACES]


def _tags(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for tag in _TAG.finditer(text):
        pairs = (
            (match[1].lower(), html.unescape(match[2] or match[3] or match[4] or "")) for match in _ATTRIBUTE.finditer(tag[2])
        )
        yield tag[1].lower(), dict(pairs)


def _is_alternate(attributes: dict[str, str]) -> bool:
    relations = attributes.get("rel", "").lower().split()
    return ("alternate" in relations or "feed" in relations) and attributes.get("type", "").strip().lower() in FEED_TYPES


def _is_aside(found: Found) -> bool:
    return _ASIDE.search(f"{found.title or ''} {urlsplit(found.url).path}") is not None
