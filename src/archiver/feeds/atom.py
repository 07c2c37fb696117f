"""Writing Atom (RFC 4287). Pure: values in, bytes out; the same values give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from archiver.feeds.markup import writable

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One entry to be written. `html` is safe HTML; times are RFC 3339.

    Attributes:
        id: an IRI, the same for the same event for ever.
        category: what kind of event it is.
    """

    id: str
    title: str
    updated: str
    link: str | None
    html: str
    authors: tuple[str, ...] = ()
    category: str | None = None


def feed(title: str, feed_id: str, updated: str, entries: Sequence[AtomEntry], generator: str) -> bytes:
    """The document, UTF-8."""
    root = etree.Element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE})
    _add(root, "id", feed_id)
    _add(root, "title", title)
    _add(root, "updated", updated)
    _add(root, "generator", generator)
    author = _add(root, "author")
    _add(author, "name", title)  # RFC 4287, 4.1.1: where an entry names none, the feed must
    for entry in entries:
        element = _add(root, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", entry.updated)
        for name in entry.authors:
            _add(_add(element, "author"), "name", name)
        if entry.category:
            _add(element, "category").set("term", entry.category)
        if entry.link:
            link = _add(element, "link")
            link.set("rel", "alternate")
            link.set("href", writable(entry.link))
        _add(element, "content", entry.html).set("type", "html")
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = writable(text) if text is not None else None
    return element
