"""Subscriptions as OPML 2.0 (opml.org/spec2.opml): a document that is read, changed in places, and written back.

What we do not know, elements, attributes and comments, stays as it is. What archiver itself wants to remember of a
subscription stands in attributes of its own namespace (`NAMESPACE`), so the file can be moved to any other reader and back, and
edited by hand.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lxml import etree

from archiver import urls
from archiver.errors import FeedError, InvalidUrl
from archiver.feeds.categories import labels_in
from archiver.feeds.choosing import FIELDS, Rule
from archiver.feeds.dates import moment
from archiver.feeds.markup import OPTIONS, Document, writable
from archiver.feeds.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "urn:archiver:opml:1"
MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 32
EMPTY = f"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:archiver="{NAMESPACE}">
  <head>
    <title>Feeds that archiver follows</title>
  </head>
  <body>
  </body>
</opml>
""".encode()
_NO = frozenset({"", "false", "no", "0"})
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Subscription:
    """The wish to follow a feed.

    Attributes:
        url: the feed's URL, as `urls.parse` gives it.
        folder: the names of the folders it stands in, the outermost first.
        paused: why it is not polled, in words; None where it is.
        since: entries older than this are not wanted.
        backlog: most entries taken at the first poll, the newest; None leaves that to the default.
        rules: which of its entries are wanted.
        labels: given to each article of its; in the file, OPML's own `category`.
    """

    url: str
    title: str | None = None
    home: str | None = None
    folder: tuple[str, ...] = ()
    paused: str | None = None
    since: datetime | None = None
    backlog: int | None = None
    rules: tuple[Rule, ...] = ()
    labels: tuple[str, ...] = ()


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
            url = _url(outline)
            if url is not None and url not in found:
                found[url] = _subscription(outline, url, folder)
        return list(found.values())

    def refused(self) -> list[str]:
        """The addresses that stand for a feed and are no http(s) URL."""
        return [said for outline, _ in self._outlines() if (said := _address(outline)) and _url(outline) is None]

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
        _write_wishes(outline, subscription)
        _append(self._folder(subscription.folder), outline)
        assert self._places is not None
        self._places[subscription.url] = outline
        return True

    def remove(self, url: str) -> bool:
        """Takes the feed at `url` out; False where it is not there."""
        found = [outline for outline, _ in self._outlines() if _url(outline) == url]  # a feed may stand in several folders
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
            _write(outline, "paused", why)

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
            name = line(outline.get("text") or outline.get("title")) if _address(outline) is None else None
            inner = (*folder, name) if name else folder
            if len(inner) <= MAX_DEPTH:
                ahead += [(child, inner) for child in outline][::-1]

    def _find(self, url: str) -> etree._Element | None:
        if self._places is None:
            self._places = {}
            for outline, _ in self._outlines():
                if found := _url(outline):
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
    return isinstance(outline.tag, str) and outline.tag.lower() == "outline" and _address(outline) is None


def _address(outline: etree._Element) -> str | None:
    """The feed's address as it stands; None where the outline is no feed (`include` and `link` name other documents)."""
    if outline.get("type", "rss").strip().lower() in ("include", "link"):
        return None
    return next(
        (value.strip() for name, value in outline.attrib.items() if str(name).lower() == "xmlurl" and value.strip()), None
    )


def _url(outline: etree._Element) -> str | None:
    said = _address(outline)
    try:
        return urls.parse(said) if said and said.lower().startswith(("http://", "https://")) else None
    except InvalidUrl:
        return None


def _subscription(outline: etree._Element, url: str, folder: tuple[str, ...]) -> Subscription:
    paused = (_read(outline, "paused") or "").strip()
    return Subscription(
        url=url,
        title=line(outline.get("text") or outline.get("title")),
        home=outline.get("htmlUrl"),
        folder=folder,
        paused=None if paused.lower() in _NO else paused,
        since=moment(_read(outline, "since")),
        backlog=_whole(_read(outline, "backlog")),
        rules=tuple(rule for name, rule in _rules(outline)),
        labels=labels_in(outline.get("category")),
    )


def _rules(outline: etree._Element) -> Iterator[tuple[str, Rule]]:
    for field in FIELDS:
        for kind in ("include", "exclude"):
            name = f"{kind}{field.capitalize()}"
            if pattern := _read(outline, name):
                yield name, Rule(field, pattern, include=kind == "include")


def _write_wishes(outline: etree._Element, subscription: Subscription) -> None:
    _write(outline, "paused", subscription.paused)
    _write(outline, "since", f"{subscription.since.astimezone(UTC):%Y-%m-%d}" if subscription.since else None)
    _write(outline, "backlog", None if subscription.backlog is None else str(subscription.backlog))
    if subscription.labels != labels_in(outline.get("category")):  # as another program spelt it, it stays
        outline.set("category", writable(",".join(subscription.labels)))
    for rule in subscription.rules:
        name = f"{'include' if rule.include else 'exclude'}{rule.field.capitalize()}"
        before = _read(outline, name)
        _write(outline, name, f"(?:{before})|(?:{rule.pattern})" if before and before != rule.pattern else rule.pattern)


def _read(outline: etree._Element, name: str) -> str | None:
    return outline.get(f"{{{NAMESPACE}}}{name}") or outline.get(f"archiver:{name}")  # the latter where nobody declared it


def _write(outline: etree._Element, name: str, value: str | None) -> None:
    outline.attrib.pop(f"archiver:{name}", None)
    if value is None:
        outline.attrib.pop(f"{{{NAMESPACE}}}{name}", None)
    else:
        outline.set(f"{{{NAMESPACE}}}{name}", writable(value))


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
