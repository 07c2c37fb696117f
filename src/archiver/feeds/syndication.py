"""RSS 0.9 to 2.0, RDF (RSS 1.0) and Atom 0.3 and 1.0 to `Feed`.

Elements are told by their local names, whatever their namespaces: real feeds mix vocabularies and leave declarations out. Where
two vocabularies use one name for different things (`media:content`, `media:title`, `itunes:author`), the table `FOREIGN` says
which are not meant.

Formats: RSS 2.0 (rssboard.org/rss-specification), RSS 1.0 (web.resource.org/rss/1.0), Atom (RFC 4287), the content, Dublin Core
and syndication modules of RSS 1.0, `feedburner:origLink`.
"""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from lxml import etree

from archiver.feeds.dates import moment
from archiver.feeds.markup import Document, local, split, text
from archiver.feeds.model import Entry, Feed
from archiver.feeds.plain import line, link, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from archiver.feeds.model import Format

ITEMS = frozenset({"item", "entry"})
FOREIGN = ("mrss", "media", "itunes", "podcast", "googleplay", "georss")
"""Parts of the namespaces and prefixes whose elements share names with those of feeds and say something else."""
MAX_CONTENT_CHARACTERS = 1024 * 1024
MAX_NAMES = 50
"""Authors or categories of one entry: more are keyword stuffing."""
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 24 * 7, "monthly": 24 * 30, "yearly": 24 * 365}
_NAMESPACES = re.compile(r'^(<[\w-]+)(?: xmlns(?::[\w.-]+)?="[^"]*")+')
_TAG_NAME = re.compile(r"[a-z][a-z0-9_.-]*")
_MARKUP_TYPES = ("html", "text/html", "xhtml", "application/xhtml+xml")


def entries(document: Document, url: str, limit: int) -> Iterator[Entry]:
    """The entries of `document`, which was read from `url`, at most `limit`."""
    for number, element in enumerate(document.items(ITEMS)):
        if number == limit:
            return
        yield _entry(element, url)


def feed(document: Document, url: str, found: tuple[Entry, ...], problems: tuple[str, ...]) -> Feed:
    """The feed around `found`, which `entries` gave, to the end."""
    root = document.root
    channel = _Parts(_channel(root))
    return Feed(
        format=_format(root),
        title=_text_of(channel, "title"),
        home=_link(channel, url),
        entries=found,
        interval=_interval(channel),
        problems=problems,
    )


def _format(root: etree._Element | None) -> Format:
    name = local(root) if root is not None else ""
    return "atom" if name in ("feed", "entry") else "rdf" if name == "rdf" else "rss"


def _channel(root: etree._Element | None) -> etree._Element | None:
    """The element that describes the feed: in RSS and RDF a child of the root."""
    if root is None:
        return None
    return next((child for child in root if local(child) == "channel"), root)


def _entry(element: etree._Element, url: str) -> Entry:
    parts = _Parts(element)
    page = _link(parts, url)
    guid = parts.first("guid", "id")
    about = next((value for name, value in element.attrib.items() if str(name).endswith("}about")), None)
    identity = line(text(guid)) or line(str(about) if about else None)
    if page is None and identity and (guid is None or guid.get("isPermaLink", "true").strip().lower() != "false"):
        page = _absolute(element, url, identity) if "://" in identity else None
    content, summary = _content(parts)
    return Entry(
        link=page,
        guid=identity,
        title=_text_of(parts, "title"),
        published=_moment(parts, "pubdate", "published", "issued", "date", "created"),
        updated=_moment(parts, "updated", "modified", "lastbuilddate"),
        authors=_authors(parts),
        categories=_categories(parts),
        content=content,
        summary=summary,
    )


class _Parts:
    """The children of one element by local name, without those of foreign vocabularies."""

    def __init__(self, element: etree._Element | None) -> None:
        self.element = element
        self._named: dict[str, list[etree._Element]] = {}
        for child in element if element is not None else ():
            name, uri = split(child)
            if not any(part in uri for part in FOREIGN):
                self._named.setdefault(name, []).append(child)

    def named(self, *names: str) -> Iterator[etree._Element]:
        """Those with one of `names`, those named first first."""
        for name in names:
            yield from self._named.get(name, ())

    def first(self, *names: str) -> etree._Element | None:
        """The first of them that says anything, or else the first."""
        first = None
        for child in self.named(*names):
            if len(child) or (child.text or "").strip():
                return child
            first = child if first is None else first
        return first


def _text_of(parts: _Parts, name: str) -> str | None:
    found = parts.first(name)
    return None if found is None else line(text(found), markup=found.get("type", "html") != "text")


def _moment(parts: _Parts, *names: str) -> datetime | None:
    return next((found for child in parts.named(*names) if (found := moment(text(child)))), None)


def _link(parts: _Parts, url: str) -> str | None:
    """Where `element` leads: what a proxy of feeds says it stood for, Atom's alternate link, or RSS's."""
    for original in parts.named("origlink"):
        if found := _absolute(original, url, text(original)):
            return found
    links = list(parts.named("link"))
    plain = [(one, text(one)) for one in links if not one.get("href")]
    alternate = [(one, one.get("href", "")) for one in links if one.get("rel", "alternate").lower() == "alternate"]
    return next((found for one, said in (*plain, *alternate) if (found := _absolute(one, url, said))), None)


def _absolute(element: etree._Element, url: str, reference: str) -> str | None:
    """`reference` as an absolute URL: relative to `xml:base` where there is one, else to the feed."""
    base = element.base
    return link(link(url, base) or url if base else url, reference)


def _content(parts: _Parts) -> tuple[str | None, str | None]:
    """The HTML that claims to be the whole text, and the HTML that claims less."""
    whole = next((said for child in parts.named("encoded", "content", "body") if (said := _html(child))), None)
    part = next((said for child in parts.named("description", "summary", "tagline") if (said := _html(child))), None)
    return whole, part


def _html(element: etree._Element) -> str | None:
    """What an element holds as HTML: escaped, as elements of its own, or as plain text."""
    if element.get("src"):
        return None  # Atom's content elsewhere
    said = element.text or ""
    if len(element):
        for child in element.iter(etree.Element):
            name = split(child)[0]  # HTML has no namespaces
            child.tag = name if _TAG_NAME.fullmatch(name) else "span"
        inner = (etree.tostring(child, encoding="unicode", method="html") for child in element)
        said = html.escape(said) + "".join(_NAMESPACES.sub(r"\1", serialised) for serialised in inner)
    said = said.strip()
    if said and not said.startswith("<") and element.get("type", "html").lower() not in _MARKUP_TYPES:
        said = f"<p>{html.escape(said)}</p>"
    return said[:MAX_CONTENT_CHARACTERS] or None


def _authors(parts: _Parts) -> tuple[str, ...]:
    names: list[str] = []
    for child in parts.named("creator", "author"):
        named = next((text(part) for part in child if local(part) == "name"), None)
        name = person(named if named is not None else text(child))
        if name and name not in names and len(names) < MAX_NAMES:
            names.append(name)
    return tuple(names)


def _categories(parts: _Parts) -> tuple[str, ...]:
    found = (
        line(child.get("label") or child.get("term") or text(child), markup=True)
        for child in parts.named("category", "subject")
    )
    return tuple(dict.fromkeys(name for name in found if name))[:MAX_NAMES]


def _interval(channel: _Parts) -> timedelta | None:
    """How long the feed asks to be left alone: RSS's `ttl` in minutes, or the syndication module's period and frequency."""
    minutes = _number(channel.first("ttl"))
    if minutes:
        return timedelta(minutes=min(minutes, 60 * 24 * 365))
    period = _PERIODS.get(text(channel.first("updateperiod")).strip().lower())
    return timedelta(hours=period) / max(1, _number(channel.first("updatefrequency")) or 1) if period else None


def _number(element: etree._Element | None) -> int | None:
    said = text(element).strip()[:9]
    return int(said) if said.isascii() and said.isdigit() else None
