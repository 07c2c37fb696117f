"""The article's own small tree: the kept blocks, with the markup around and inside them that carries meaning.

Two passes. The first climbs from every leaf of the kept blocks and notes which elements of the page lead to one; the
second walks down those elements alone, in document order, and tells the composer what it meets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.extraction import images, tables
from archiver.extraction.composer import Composer
from archiver.extraction.rules.markup import BLOCKS, BORDERS, INLINE, NEEDS_CONTAINER, PASSED_BY, UNREAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup
    from selectolax.lexbor import LexborNode

    from archiver.extraction.blocks import Block
    from archiver.extraction.page import Page

_PLAIN_LINK = re.compile(r"https?://[^\s/?#\\@]+(?:[/?#]\S*)?")
_CODE_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|highlight-(?:source|text)-|brush:\s*)([\w+#-]{1,20})", re.IGNORECASE)
_MAX_SPAN = 100


def build(page: Page, kept: list[Block]) -> BeautifulSoup:
    """The kept blocks as a BeautifulSoup tree, which is the caller's to edit.

    Semantic tags only, each with content; attributes are `href`, `src`, `alt`, those of lists and table cells, and
    `class="language-…"` of code. Addresses are absolute. Images that stand between kept blocks are in it.
    """
    body = page.body
    walk = _Walk(page, kept)
    if body is not None and kept:
        walk.down(body)
    return walk.composer.finish()


class _Walk:
    """The walk down the page's tree, limited to what leads to kept leaves."""

    def __init__(self, page: Page, kept: list[Block]) -> None:
        self.page = page
        self.composer = Composer()
        self.all_leaves = self.unseen_leaves = sum(len(block.nodes) for block in kept)
        self.pictured: set[str] = set()
        self.live: set[int] = set()
        for block in kept:
            for leaf in block.nodes:
                self._mark(leaf)

    def _mark(self, leaf: LexborNode) -> None:
        live = self.live
        node: LexborNode | None = leaf
        while node is not None:
            identity = node.mem_id
            if identity in live:
                return
            live.add(identity)
            node = node.parent

    def down(self, body: LexborNode) -> None:
        """The pass: every child of a live element is seen once; no other element is entered."""
        live, text = self.live, self.composer.text
        entered: list[tuple[LexborNode, Callable[[], None] | None]] = []
        node = body.first_child
        while node is not None or entered:
            if node is None:
                node, leave = entered.pop()
                if leave is not None:
                    leave()
                node = node.next
                continue
            tag = node.tag
            if node.mem_id not in live:
                if tag in PASSED_BY:
                    self._pass_by(node, tag or "")
            elif tag == "-text":
                text(node.text_content or "")
                self.unseen_leaves -= 1
            elif tag == "br" or tag == "img":  # noqa: PLR1714 - a set costs more, and this runs for every node
                self._void(node, tag)
            elif tag not in UNREAD:
                child = node.first_child
                if child is not None:
                    entered.append((node, self._enter(node, tag or "")))
                    node = child
                    continue
            node = node.next

    def _void(self, node: LexborNode, tag: str) -> None:
        self.unseen_leaves -= 1
        if tag == "br":
            self.composer.line_break()
        else:
            self._image(node)

    def _enter(self, node: LexborNode, tag: str) -> Callable[[], None] | None:
        """What is to be called when `node` ends, after the composer was told that it begins."""
        composer = self.composer
        if tag in INLINE:
            return composer.close_inline if self._enter_inline(node, INLINE[tag]) else None
        name = self._container(node, tag) if tag in BLOCKS else ""
        if name:
            if not composer.open_block(name, self._attributes(node, name)):
                return composer.end_run
            if name == "figure":
                self._picture_of(node)
            language = _language(node) if name == "pre" else None
            if language and composer.open_inline("code", language):
                return self._end_code
            return composer.close_block
        if tag in BORDERS:
            composer.end_run()
            return self._end_summary if tag == "summary" and composer.open_inline("strong", None) else composer.end_run
        return None

    def _enter_inline(self, node: LexborNode, name: str) -> bool:
        attributes = self._link(node) if name == "a" else None
        return (name != "a" or attributes is not None) and self.composer.open_inline(name, attributes)

    def _end_code(self) -> None:
        self.composer.close_inline()
        self.composer.close_block()

    def _end_summary(self) -> None:
        self.composer.close_inline()
        self.composer.end_run()

    def _container(self, node: LexborNode, tag: str) -> str:
        """The name of the container that `node` becomes; "" where it only borders text."""
        if tag in NEEDS_CONTAINER:
            return tag if self.composer.is_inside(*NEEDS_CONTAINER[tag]) else ""
        if tag == "figcaption":
            return "figcaption" if self.composer.is_inside("figure") else "p"
        if (tag == "table" and not tables.holds_data(node)) or (tag == "figure" and not _is_picture(node)):
            return ""
        return BLOCKS[tag]

    def _attributes(self, node: LexborNode, name: str) -> dict[str, str] | None:
        if name in {"td", "th"}:
            given = node.attributes
            return {side: span for side in ("colspan", "rowspan") if (span := _span(given.get(side)))}
        if name == "ol":
            start = (node.attributes.get("start") or "").strip()
            return {"start": start} if re.fullmatch(r"[0-9]{1,9}", start) and start != "1" else None
        return None

    def _link(self, node: LexborNode) -> dict[str, str] | None:
        reference = (node.attributes.get("href") or "").strip()
        if reference[:7].lower() == "mailto:":
            return {"href": reference}
        if _PLAIN_LINK.fullmatch(reference):
            return {"href": reference}
        address = self.page.absolute(reference)
        return {"href": address} if address else None

    def _picture_of(self, figure: LexborNode) -> None:
        for image in figure.css("img"):
            self._image(image)

    def _pass_by(self, node: LexborNode, tag: str) -> None:
        """What belongs to no kept block: a break that parts two, or a picture, the article's where it stands between two."""
        if tag == "br":
            self.composer.line_break()
            return
        if not 0 < self.unseen_leaves < self.all_leaves:
            return
        if tag == "img":
            self._image(node)
        elif self.composer.open_block("figure", None):
            self._picture_of(node)
            self.composer.close_block()

    def _image(self, node: LexborNode) -> None:
        character = images.symbol(node)
        if character:
            self.composer.text(character)
            return
        attributes = images.attributes(node, self.page)
        if attributes and attributes["src"] not in self.pictured:
            self.pictured.add(attributes["src"])
            self.composer.image(attributes)


def _is_picture(figure: LexborNode) -> bool:
    """Whether a `<figure>` shows an image; one around tables, code, quotes or other figures is no more than a box."""
    return figure.css_first("img") is not None and not figure.css("table, pre, blockquote") and len(figure.css("figure")) == 1


def _language(code: LexborNode) -> dict[str, str] | None:
    """The language a `<pre>` is marked with: on itself, on the `<code>` in it, or on the box around it."""
    inner = code.css_first("code")
    for element in (inner, code, code.parent, code.parent.parent if code.parent is not None else None):
        found = _CODE_LANGUAGE.search(element.attributes.get("class") or "") if element is not None else None
        if found:
            return {"class": f"language-{found[1].lower()}"}
    return None


def _span(value: str | None) -> str | None:
    digits = (value or "").strip()
    return str(min(int(digits), _MAX_SPAN)) if re.fullmatch(r"[0-9]{1,9}", digits) and int(digits) > 1 else None
