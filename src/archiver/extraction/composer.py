"""Composing the article's own small tree: the writer that `fragment` tells what it meets, in document order.

Tags come into being when the first text or image goes into them, so nothing empty is ever built. Block containers and
inline markup are two stacks: where a block ends inside inline markup (`<a><div>…</div></a>`), the markup is opened again
in the next block. White space is collapsed as a browser does it, across inline borders.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

if TYPE_CHECKING:
    from bs4.element import PageElement

_Node = TypeVar("_Node", Tag, NavigableString)

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CHILDLESS = HEADINGS | {"dt", "caption", "figcaption"}
"""Hold inline content only; containers within them are dissolved."""
_ONE_LINERS = _CHILDLESS | {"th", "td"}
"""A second line in them is set apart by a break (in a heading by a space), not by a paragraph."""
_DIRECT = _ONE_LINERS | {"p", "li", "dd", "pre"}
"""Take text directly; in any other container text gets a paragraph of its own."""
_SEAMLESS = frozenset({"a", "em", "strong", "s", "mark"})
"""Two of them side by side are one; two keys or two quotes are two."""
_ONLY_CHILD = {"ul": ("li",), "ol": ("li",), "dl": ("dt", "dd")}
"""What may stand in a list; anything else goes into its latest item."""
_MAX_DEPTH = 48
"""Deeper containers are dissolved: no reader follows them, and no later step needs to fear them."""
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u2060\ufeff\ufffe\uffff]")
"""Control characters and invisible joiners; a soft hyphen would part a word that is one."""
_MEANT = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""What pages mean by the control characters that no page uses: HTML reads their numeric references so, too."""


@dataclass(slots=True)
class _Open:
    """Markup that has been opened; its tag comes into being with its first content."""

    name: str
    attributes: dict[str, str] | None
    tag: Tag | None = None


class Composer:
    """Builds one fragment; `root` is the tree, complete after `finish`."""

    def __init__(self) -> None:
        self.root = BeautifulSoup("", "html.parser")
        self._latest: PageElement = self.root
        self._blocks: list[_Open] = []
        self._inline: list[_Open] = []
        self._here: Tag | None = None  # where the running text goes; None between two runs
        self._pieces: list[str] = []  # text not yet in the tree: its trailing space is not known to matter
        self._pieces_in: Tag | None = None
        self._filled = self._space = False
        self._breaks = 0
        self._verbatim = False

    def open_block(self, name: str, attributes: dict[str, str] | None) -> bool:
        """Whether the container was opened; otherwise, nested too deep or in a heading, it only ends the run of text."""
        self.end_run()
        around = self._blocks[-1] if self._blocks else None
        if self._verbatim or len(self._blocks) >= _MAX_DEPTH or (around and around.name in _CHILDLESS):
            return False
        if around and around.name == "p":
            around.tag = None  # what follows the new container is another paragraph
        self._blocks.append(_Open(name, attributes))
        self._verbatim = name == "pre"
        return True

    def close_block(self) -> None:
        """Ends the innermost container."""
        if self._verbatim:
            self._verbatim = False
            self._pieces = ["".join(self._pieces).rstrip()] if self._pieces else []
        self.end_run()
        self._blocks.pop()

    def is_inside(self, *names: str) -> bool:
        """Whether a container of one of these names is open."""
        return any(block.name in names for block in self._blocks)

    def open_inline(self, name: str, attributes: dict[str, str] | None) -> bool:
        """Whether the markup was opened: the same within itself, or within verbatim text, says nothing."""
        if (self._verbatim and name != "code") or any(markup.name == name for markup in self._inline):
            return False
        self._inline.append(_Open(name, attributes))
        return True

    def close_inline(self) -> None:
        """Ends the innermost inline markup."""
        tag = self._inline.pop().tag
        if tag is not None:
            self._here = tag.parent

    def text(self, text: str) -> None:
        """Running text, as it stands in the page."""
        if _UNSEEN.search(text):
            text = _UNSEEN.sub(lambda found: _MEANT.get(found[0], ""), text)
        if self._verbatim:
            self._verbatim_text(text)
            return
        words = text.split()
        if not words:
            self._space = self._space or bool(text)
            return
        self._space = self._space or text[0].isspace()
        self._begin()
        self._put(" ".join(words))
        self._space = text[-1].isspace()

    def line_break(self) -> None:
        """A `<br>`; two of them part paragraphs, those at the border of a run mean nothing."""
        if self._verbatim:
            self._verbatim_text("\n")
        elif self._filled:
            self._breaks += 1
            self._space = False

    def image(self, attributes: dict[str, str]) -> None:
        """An image, in the running text or alone."""
        if self._verbatim:
            return
        if self._here is None and self._blocks and self._blocks[-1].name == "figure":
            parent = self._container()
        else:
            self._begin()
            self._flush()
            parent = self._parent()
        self._append(Tag(name="img", attrs=attributes, can_be_empty_element=True), parent)

    def end_run(self) -> None:
        """A block border: what follows is not the same line."""
        if self._verbatim:
            if self._pieces and not self._pieces[-1].endswith("\n"):
                self._pieces.append("\n")
            return
        if self._here is not None:
            self._flush()
            for markup in self._inline:
                markup.tag = None
            self._here = None
            self._filled = False
            self._breaks = 0
        self._space = False

    def finish(self) -> BeautifulSoup:
        """The tree."""
        self._verbatim = False
        self.end_run()
        return self.root

    def _verbatim_text(self, text: str) -> None:
        if not self._filled:
            if not text.strip():
                return
            text = text.lstrip("\n")
            self._begin()
        self._put(text.replace("\xa0", " ").replace("\r", ""))

    def _begin(self) -> None:
        """Everything that is open has its tag; breaks and the space owed since the last text are in place."""
        if self._breaks > 1 and self._may_split():
            self.end_run()
            if self._blocks and self._blocks[-1].name == "p":
                self._blocks[-1].tag = None
        if self._here is None:
            self._begin_run()
        elif self._breaks:
            self._append_break()
        elif self._space and self._filled:
            self._put(" ")
        self._breaks = 0
        self._space = False
        for markup in self._inline:
            if markup.tag is None and self._says_something(markup.name):
                self._flush()
                markup.tag = self._here = self._continued(markup) or self._append(
                    Tag(name=markup.name, attrs=markup.attributes), self._parent()
                )
        self._filled = True

    def _continued(self, markup: _Open) -> Tag | None:
        """The tag that ended right here and says the same: editors often part one emphasis or link into several."""
        before = self._parent().contents[-1:]
        if before and isinstance(before[0], Tag) and before[0].name == markup.name and markup.name in _SEAMLESS:
            return before[0] if before[0].attrs == (markup.attributes or {}) else None
        return None

    def _says_something(self, name: str) -> bool:
        """Whether inline markup adds meaning where it stands: verbatim text has none, and a heading is strong already."""
        if self._verbatim:
            return name == "code"
        return name != "strong" or not self._blocks or self._blocks[-1].name not in HEADINGS

    def _may_split(self) -> bool:
        return not self._blocks or self._blocks[-1].name not in _ONE_LINERS

    def _begin_run(self) -> None:
        container = self._container()
        if container.name in _DIRECT and not container.contents:
            self._here = container
        elif container.name in _ONE_LINERS or container.name == "p":
            self._here = container
            self._second_line(container)
        else:
            self._here = self._append_block("p", None, container)

    def _container(self) -> Tag:
        """The innermost open container, with all around it, in the tree."""
        container: Tag = self.root
        for block in self._blocks:
            if block.name == "p" and block is not self._blocks[-1]:
                continue
            if block.tag is None:
                block.tag = self._append_block(block.name, block.attributes, container)
            container = block.tag
        return container

    def _second_line(self, container: Tag) -> None:
        if container.name in HEADINGS:
            self._put(" ")
        else:
            self._append_break()

    def _append_break(self) -> None:
        self._flush()
        self._append(Tag(name="br", can_be_empty_element=True), self._parent())

    def _append_block(self, name: str, attributes: dict[str, str] | None, parent: Tag) -> Tag:
        allowed = _ONLY_CHILD.get(parent.name)
        if allowed and name not in allowed:
            latest = parent.contents[-1] if parent.contents else None
            item = latest if isinstance(latest, Tag) else self._append(Tag(name=allowed[-1]), parent)
            if name == "p" and not item.contents:
                return item
            parent = item
        return self._append(Tag(name=name, attrs=attributes), parent)

    def _parent(self) -> Tag:
        assert self._here is not None
        return self._here

    def _put(self, text: str) -> None:
        if self._pieces_in is not self._here:
            self._flush()
            self._pieces_in = self._here
        self._pieces.append(text)

    def _flush(self) -> None:
        if self._pieces:
            assert self._pieces_in is not None
            self._append(NavigableString("".join(self._pieces)), self._pieces_in)
            self._pieces = []
        self._pieces_in = None

    def _append(self, node: _Node, parent: Tag) -> _Node:
        """`node`, linked in as the last one of the document: constant time, where bs4's own append walks."""
        siblings = parent.contents
        node.parent = parent
        node.previous_element = self._latest
        self._latest.next_element = node
        if siblings:
            node.previous_sibling = siblings[-1]
            siblings[-1].next_sibling = node
        siblings.append(node)
        self._latest = node
        return node
