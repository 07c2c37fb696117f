"""A record's HTML as it stands in a page or a book: cleaned, links that lead somewhere, images only where they are at hand.

What comes out is well-formed XML too, so that pages (HTML) and chapters (XHTML) have the same text.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from archiver.export import facts
from archiver.export.nesting import nested
from archiver.extraction.reading import Element, events
from archiver.extraction.render import VOID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.article import Article

    Place = Callable[[str], str | None]
    """Gives where the image at an address is at hand, or None."""

_NUMBER = re.compile(r"[1-9]\d{0,3}")
_CLASS = re.compile(r"language-[\w+#-]{1,40}", re.ASCII)
_ID = re.compile(r"[A-Za-z_][\w.-]{0,80}", re.ASCII)
_ATTRIBUTES = {"colspan": _NUMBER, "rowspan": _NUMBER, "start": re.compile(r"-?\d{1,8}"), "class": _CLASS}
_MAIL = re.compile(r"mailto:[^\s<>\"'`\\^{}|]+", re.IGNORECASE)


def body_html(article: Article) -> str:
    """The article's text as HTML, still to be cleaned; where a record has none, its plain text's paragraphs."""
    paragraphs = (f"<p>{escape(paragraph)}</p>" for paragraph in article.body.text.split("\n\n") if paragraph.strip())
    return article.body.html or "\n".join(paragraphs)


def written(html: str, place: Place) -> str:
    """The HTML of a record, `place` telling which images are at hand; the others become links to where they were."""
    found = list(nested(list(events(html))))
    return "".join(_Writer(_linked(found), place).pieces(found))


def link(address: str | None, text: str) -> str:
    """`text`, in HTML, as a link where `address` is one of the web."""
    safe = facts.web_address(address)
    return f'<a href="{escape(safe)}" rel="noreferrer">{text}</a>' if safe else text


def _linked(found: list[tuple[str, Element | str]]) -> set[str]:
    """The IDs that links within the text lead to, and that are there."""
    elements = [node for event, node in found if event == "start" and isinstance(node, Element)]
    there = {element.attributes["id"] for element in elements if "id" in element.attributes}
    return {href[1:] for element in elements if (href := element.attributes.get("href", ""))[:1] == "#"} & there


class _Writer:
    """Writes events.

    Args:
        linked: the IDs to keep, each where it stands first.
    """

    def __init__(self, linked: set[str], place: Place) -> None:
        self._ids = {name for name in linked if _ID.fullmatch(name)}
        self._unplaced = set(self._ids)
        self._place = place
        self._open: list[str] = []

    def pieces(self, found: list[tuple[str, Element | str]]) -> Iterator[str]:
        """The markup; an element that is dissolved leaves its content."""
        dissolved: set[int] = set()
        for event, node in found:
            if isinstance(node, str):
                yield escape(facts.clean(node), quote=False)
            elif node.name == "img":
                if event == "start":
                    yield self._image(node)
            elif event == "end":
                if id(node) not in dissolved and node.name not in VOID:
                    self._open.pop()
                    yield f"</{node.name}>"
            elif (tag := self._tag(node)) is None:
                dissolved.add(id(node))
            else:
                yield tag

    def _tag(self, element: Element) -> str | None:
        name = element.name
        if name in VOID:
            return f"<{name}{self._id(element)}/>"
        href = self._href(element) if name == "a" else ""
        if href is None:
            return None
        kept = "".join(
            f' {key}="{value}"'
            for key, value in element.attributes.items()
            if key in _ATTRIBUTES and _ATTRIBUTES[key].fullmatch(value)
        )
        self._open.append(name)
        return f"<{name}{self._id(element)}{kept}{href}>"

    def _href(self, element: Element) -> str | None:
        """The attributes of a link; None where it leads nowhere, or stands in another."""
        address = element.attributes.get("href", "")
        if "a" in self._open:
            return None
        if address[:1] == "#":
            return f' href="{address}"' if address[1:] in self._ids else None
        safe = address if _MAIL.fullmatch(address) else facts.web_address(address)
        return f' href="{escape(safe)}" rel="noreferrer"' if safe else None

    def _id(self, element: Element) -> str:
        name = element.attributes.get("id", "")
        if name not in self._unplaced:
            return ""
        self._unplaced.discard(name)
        return f' id="{name}"'

    def _image(self, element: Element) -> str:
        address, alt = element.attributes.get("src", ""), facts.line(element.attributes.get("alt"))
        at_hand = self._place(address) if facts.web_address(address) else None
        if at_hand is not None:
            return f'<img src="{escape(at_hand)}" alt="{escape(alt)}"/>'
        text = f"[{escape(alt or 'image', quote=False)}]"
        return text if "a" in self._open else link(address, text)
