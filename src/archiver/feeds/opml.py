"""Subscriptions as OPML 2.0 (opml.org/spec2.opml): a document that is read, changed in places, and written back.

What we do not know, elements, attributes and comments, stays as it is. What archiver itself wants to remember of a
subscription stands in attributes of a namespace of its own (`outlines.NAMESPACE`), so the file can be moved to any other
reader and back, and edited by hand.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from lxml import etree

from archiver.errors import FeedError
from archiver.feeds import outlines
from archiver.feeds.markup import OPTIONS, Document, writable
from archiver.feeds.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.feeds.outlines import Subscription

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 32
EMPTY = f"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:archiver="{outlines.NAMESPACE}">
  <head>
    <title>Feeds that archiver follows</title>
  </head>
  <body>
  </body>
</opml>
""".encode()
_INDENT = "  "


class Opml:
    """An OPML document. `Opml.read` for our own file, `Opml.read_foreign` for one of another program."""

    def __init__(self, tree: etree._ElementTree[etree._Element]) -> None:
        self._tree = tree
        self._places: dict[str, etree._Element] | None = None  # of each feed, the first; made when one is looked for

    @classmethod
    def read(cls, content: bytes) -> Opml:
        """The document in `content`, which must be sound: what was read past a fault would be lost when it is written.

        Raises:
            FeedError: it is not well-formed XML, or no OPML.
        """
        try:
            root = etree.fromstring(content, etree.XMLParser(**{**OPTIONS, "recover": False}))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise FeedError(f"is not well-formed XML: {error}", remedy="correct it with an editor") from error
        return cls._of(root)

    @classmethod
    def read_foreign(cls, content: bytes) -> Opml:
        """The document in `content`, read as far as it goes.

        Raises:
            FeedError: it is no OPML, or too large.
        """
        if len(content) > MAX_BYTES:
            raise FeedError(f"is larger than {MAX_BYTES // 2**20} MB", remedy="split it")
        document = Document(content)
        for _ in document.items(frozenset()):
            pass
        if document.root is None:
            raise FeedError("is no OPML document", remedy="export the subscriptions of the other program as OPML")
        return cls._of(document.root)

    @classmethod
    def _of(cls, root: etree._Element) -> Opml:
        if not isinstance(root.tag, str) or root.tag.lower() != "opml" or root.find("body") is None:
            raise FeedError("is no OPML document", remedy="export the subscriptions of the other program as OPML")
        return cls(root.getroottree())

    def to_bytes(self) -> bytes:
        """The document, UTF-8."""
        return etree.tostring(self._tree, encoding="UTF-8", xml_declaration=True) + b"\n"

    # -- reading

    def subscriptions(self) -> list[Subscription]:
        """What is followed, in the document's order, each feed once; what is no http(s) feed is passed over."""
        found: dict[str, Subscription] = {}
        for outline, folder in self._outlines():
            url = outlines.url_of(outline)
            if url is not None and url not in found:
                found[url] = outlines.subscription(outline, url, folder)
        return list(found.values())

    def refused(self) -> list[str]:
        """The addresses that stand for a feed and are no http(s) URL."""
        return [
            said for outline, _ in self._outlines() if (said := outlines.address(outline)) and outlines.url_of(outline) is None
        ]

    def attributes(self, url: str) -> dict[str, str]:
        """What the document says of the feed at `url`, by the names of the attributes."""
        outline = self._find(url)
        return {} if outline is None else {str(name): str(value) for name, value in outline.attrib.items()}

    # -- changing

    def add(self, subscription: Subscription, *, like: Opml | None = None) -> bool:
        """Adds a subscription, in its folder, which is made where there is none; False where its feed is there already.

        Args:
            like: where it comes from, for the attributes that we do not know.
        """
        if self._find(subscription.url) is not None:
            return False
        outline = etree.Element("outline")
        for name, value in like.attributes(subscription.url).items() if like is not None else ():
            with contextlib.suppress(ValueError):  # a name that cannot be written, such as one with a prefix nobody declared
                outline.set(name, writable(value))
        outline.set("type", outline.get("type") or "rss")
        outline.set("text", writable(subscription.title or subscription.url))
        outline.set("xmlUrl", subscription.url)
        if subscription.home:
            outline.set("htmlUrl", writable(subscription.home))
        outlines.write_wishes(outline, subscription)
        _append(self._folder(subscription.folder), outline)
        assert self._places is not None
        self._places[subscription.url] = outline
        return True

    def remove(self, url: str) -> bool:
        """Takes the feed at `url` out; False where it is not there."""
        found = [
            outline for outline, _ in self._outlines() if outlines.url_of(outline) == url
        ]  # a feed may stand in several folders
        for outline in found:
            parent = outline.getparent()
            assert parent is not None
            parent.remove(outline)
        self._places = None
        return bool(found)

    def pause(self, url: str, why: str | None) -> None:
        """Writes that the feed is paused, and why; None: that it is not."""
        outline = self._find(url)
        if outline is not None:
            outlines.write(outline, "paused", why)

    def move(self, url: str, target: str) -> None:
        """Writes that the feed at `url` is now at `target`."""
        outline = self._find(url)
        if outline is not None and self._find(target) is None:
            outline.set("xmlUrl", target)
            self._places = None

    # -- within

    def _body(self) -> etree._Element:
        body = self._tree.getroot().find("body")
        assert body is not None
        return body

    def _outlines(self) -> Iterator[tuple[etree._Element, tuple[str, ...]]]:
        ahead: list[tuple[etree._Element, tuple[str, ...]]] = []
        ahead += [(child, ()) for child in self._body()][::-1]
        while ahead:
            outline, folder = ahead.pop()
            if not isinstance(outline.tag, str) or outline.tag.lower() != "outline":
                continue
            yield outline, folder
            name = line(outline.get("text") or outline.get("title")) if outlines.address(outline) is None else None
            inner = (*folder, name) if name else folder
            if len(inner) <= MAX_DEPTH:
                ahead += [(child, inner) for child in outline][::-1]

    def _find(self, url: str) -> etree._Element | None:
        if self._places is None:
            self._places = {}
            for outline, _ in self._outlines():
                if found := outlines.url_of(outline):
                    self._places.setdefault(found, outline)
        return self._places.get(url)

    def _folder(self, names: tuple[str, ...]) -> etree._Element:
        place = self._body()
        for name in map(writable, names):
            inner = next((child for child in place if _is_folder(child) and line(child.get("text")) == name), None)
            if inner is None:
                inner = etree.Element("outline", text=name)
                _append(place, inner)
            place = inner
        return place


def _append(parent: etree._Element, outline: etree._Element) -> None:
    """Adds `outline` as the last child, on a line of its own."""
    depth = sum(1 for _ in parent.iterancestors()) + 1
    inner, outer = "\n" + _INDENT * depth, "\n" + _INDENT * (depth - 1)
    if len(parent):
        parent[-1].tail = inner
    else:
        parent.text = inner
    outline.tail = outer
    parent.append(outline)


def _is_folder(outline: etree._Element) -> bool:
    return isinstance(outline.tag, str) and outline.tag.lower() == "outline" and outlines.address(outline) is None
