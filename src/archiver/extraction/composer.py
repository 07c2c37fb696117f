"""Composing the article's own small tree: the writer that `fragment` tells what it meets, in document order.

Tags come into being when the first text or image goes into them, so nothing empty is ever built. Block containers and
inline markup are two stacks: where a block ends inside inline markup (`<a><div>…</div></a>`), the markup is opened again
in the next block. White space is collapsed as a browser does it, across inline borders.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from bs4 import Tag
from bs4.element import NavigableString

from archiver.extraction.rules.markup import HEADINGS

if TYPE_CHECKING:
    from bs4.element import PageElement

_Node = TypeVar("_Node", Tag, NavigableString)

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
_ITEMS = frozenset({"li", "dt", "dd"})
_VOID = frozenset({"br", "img"})
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


class _Text(NavigableString):
    """A `NavigableString` that costs two fifths of bs4's own to make; made by `_text`."""

    __slots__ = ("next_element", "next_sibling", "parent", "previous_element", "previous_sibling")


class _Element(Tag):
    """A `Tag` that costs a quarter of bs4's own to make: what bs4 writes into every new tag stands here, once.

    Made by `_element`; the constructor is `Tag`'s, for bs4 to copy with.
    """

    parser_class = namespace = prefix = sourceline = sourcepos = known_xml = None
    can_be_empty_element: bool | None = None
    cdata_list_attributes = preserve_whitespace_tags = None
    interesting_string_types = {_Text, NavigableString}  # noqa: RUF012 - bs4 declares it so
    parent = previous_element = next_element = previous_sibling = next_sibling = None
    hidden = False
    _namespaces: dict[str, str] = {}  # noqa: RUF012 - bs4 declares it so


def _element(name: str, attributes: dict[str, str] | None) -> Tag:
    tag = _Element.__new__(_Element)
    tag.name = name
    tag.attrs = dict(attributes) if attributes else {}  # bs4's own kind only turns what is not text into text
    tag.contents = []
    if name in _VOID:
        tag.can_be_empty_element = True
    return tag


def _text(text: str) -> NavigableString:
    string = str.__new__(_Text, text)
    string.previous_sibling = string.next_sibling = string.next_element = None
    return string


def _root() -> Tag:
    root = _element("[document]", None)
    root.hidden = True
    return root


def _latest_tag(parent: Tag) -> Tag | None:
    latest = parent.contents[-1] if parent.contents else None
    return latest if isinstance(latest, Tag) else None


class Composer:
    """Builds one fragment of the page at `here`; `root` is the tree, complete after `finish`."""

    def __init__(self, here: str) -> None:
        self.root = _root()
        self._latest: PageElement = self.root
        self._blocks: list[_Open] = []
        self._inline: list[_Open] = []
        self._here: Tag | None = None  # where the running text goes; None between two runs
        self._pieces: list[str] = []  # what was said there and is not yet in the tree
        self._filled = self._space = False
        self._breaks = 0
        self._verbatim = False
        self._announced: list[str] = []  # identifiers of what comes next
        self._anchors: dict[str, Tag] = {}
        self._inner = here + "#"  # how the address of a place in the page begins
        self._inner_links: list[Tag] = []
        self._blank = ""  # white space of verbatim text that ends it, unless more text comes

    def open_block(self, name: str, attributes: dict[str, str] | None) -> bool:
        """Whether the container was opened; otherwise, nested too deep or in a heading, it only ends the run of text."""
        self.end_run()
        blocks = self._blocks
        if blocks:
            around = blocks[-1]
            if self._verbatim or len(blocks) >= _MAX_DEPTH or around.name in _CHILDLESS:
                return False
            if around.name == "p":
                around.tag = None  # what follows the new container is another paragraph
        blocks.append(_Open(name, attributes))
        self._verbatim = name == "pre"
        return True

    def close_block(self) -> None:
        """Ends the innermost container."""
        if self._verbatim:
            self._verbatim = False
            self._blank = ""
        self.end_run()
        self._blocks.pop()

    def is_inside(self, *names: str) -> bool:
        """Whether a container of one of these names is open, and in it no list item: an item in an item would end it."""
        for block in reversed(self._blocks):
            name = block.name
            if name in names:
                return True
            if name in _ITEMS:
                return False
        return False

    def open_inline(self, name: str, attributes: dict[str, str] | None) -> bool:
        """Whether the markup was opened: the same within itself, or within verbatim text, says nothing."""
        if self._verbatim and name != "code":
            return False
        for markup in self._inline:
            if markup.name == name:
                return False
        self._inline.append(_Open(name, attributes))
        return True

    def close_inline(self) -> None:
        """Ends the innermost inline markup."""
        tag = self._inline.pop().tag
        if tag is not None:
            self._flush()
            self._here = tag.parent

    def text(self, text: str) -> None:
        """Running text, as it stands in the page."""
        plain = text.isprintable()  # the only white space is U+0020
        if not plain and _UNSEEN.search(text):
            text = _UNSEEN.sub(lambda found: _MEANT.get(found[0], ""), text)
        if self._verbatim:
            self._verbatim_text(text)
            return
        # most texts are written as they are to be read, and finding that out costs a fifth of splitting them
        line = text.strip() if plain and "  " not in text else " ".join(text.split())
        if not line:
            self._space = self._space or bool(text)
            return
        if text[0].isspace():
            self._space = True
        if self._space or self._breaks or self._inline or self._announced or self._here is None:
            self._begin()
        self._pieces.append(line)
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
        self._append_tag("img", attributes, parent)

    def end_run(self) -> None:
        """A block border: what follows is not the same line."""
        if self._verbatim:
            if self._filled and not self._blank.endswith("\n"):
                self._blank += "\n"
            return
        if self._here is not None:
            if self._pieces:
                self._flush()
            for markup in self._inline:
                markup.tag = None
            self._here = None
            self._filled = False
            self._breaks = 0
        self._space = False

    def anchor(self, identifier: str) -> None:
        """The next thing said is what links to `#identifier` lead to."""
        self._announced.append(identifier)

    def finish(self) -> Tag:
        """The tree; links to what is in it are `#id`."""
        self._verbatim = False
        self.end_run()
        for link in self._inner_links:
            identifier = str(link["href"])[len(self._inner) :]
            target = self._anchors.get(identifier) or self._anchors.get(unquote(identifier))
            if target is not None:
                link["href"] = f"#{target.attrs.setdefault('id', identifier)}"
        return self.root

    def _verbatim_text(self, text: str) -> None:
        text = self._blank + text.replace("\xa0", " ").replace("\r", "")
        said = text.rstrip()
        self._blank = text[len(said) :]
        if said:
            if not self._filled:
                said = said.lstrip("\n")
            self._begin()
            self._pieces.append(said)

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
            self._pieces.append(" ")
        self._breaks = 0
        self._space = False
        self._filled = True
        for markup in self._inline:
            if markup.tag is None and self._says_something(markup.name):
                self._flush()
                markup.tag = self._here = self._continued(markup) or self._append_tag(
                    markup.name, markup.attributes, self._parent()
                )
        if self._announced:
            self._settle(self._parent())

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
        name = container.name
        if name in _DIRECT and not container.contents:
            self._here = container
        elif name == "p" or name in _ONE_LINERS:
            self._here = container
            if name in HEADINGS:
                self._pieces.append(" ")
            else:
                self._append_break()
        else:
            self._here = self._append_block("p", None, container)

    def _container(self) -> Tag:
        """The innermost open container, with all around it, in the tree."""
        if not self._blocks:
            return self.root
        innermost = self._blocks[-1]
        if innermost.tag is not None:
            return innermost.tag
        container: Tag = self.root
        for block in self._blocks:
            if block.name == "p" and block is not innermost:
                continue
            if block.tag is None:
                block.tag = self._append_block(block.name, block.attributes, container)
            container = block.tag
        return container

    def _append_break(self) -> None:
        self._flush()
        self._append(_element("br", None), self._parent())

    def _append_block(self, name: str, attributes: dict[str, str] | None, parent: Tag) -> Tag:
        allowed = _ONLY_CHILD.get(parent.name)
        if allowed and name not in allowed:
            item = _latest_tag(parent) or self._append_tag(allowed[-1], None, parent)
            if name == "p" and not item.contents:
                return item
            parent = item
        elif name == "figcaption" and (latest := _latest_tag(parent)) and latest.name == name:
            return latest  # a figure has one caption
        return self._append_tag(name, attributes, parent)

    def _append_tag(self, name: str, attributes: dict[str, str] | None, parent: Tag) -> Tag:
        tag = self._append(_element(name, attributes), parent)
        if self._announced:
            self._settle(tag)
        if name == "a" and str(tag.attrs["href"]).startswith(self._inner):
            self._inner_links.append(tag)
        return tag

    def _settle(self, target: Tag) -> None:
        """`target` is what was announced."""
        for identifier in self._announced:
            self._anchors.setdefault(identifier, target)
        self._announced.clear()

    def _parent(self) -> Tag:
        assert self._here is not None
        return self._here

    def _flush(self) -> None:
        """What was said goes into the tree; called before `_here` changes."""
        if self._pieces:
            self._append(_text("".join(self._pieces)), self._parent())
            self._pieces = []

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
