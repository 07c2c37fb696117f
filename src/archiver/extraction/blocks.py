"""The page as a list of blocks: one pass over the lexbor tree, which is only read.

A block is a run of text bounded by block-level elements: the unit that is kept or dropped, and what the visible claims
(bylines, dates, credits) are read from. `Element` is a block-level element; it spans the blocks `first:last`. Both know
nothing of articles; judging is for the rooms that use them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCK_TAGS = (
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr iframe legend li main menu nav ol p picture pre section "
    "summary table tbody td tfoot th thead tr ul video audio"
)
_UNREAD_TAGS = "head script style template noscript svg iframe object select datalist textarea canvas audio video"
BLOCK_TAGS = frozenset(_BLOCK_TAGS.split())
UNREAD_TAGS = frozenset(_UNREAD_TAGS.split())
"""Elements whose content is no text of the page."""
_INLINE, _LINK, _BLOCK = 3, 4, 5  # what the pass goes into …
_BREAK, _IMAGE, _GAP, _SKIPPED = 0, 1, 2, -1  # … and what it does not
_KINDS = (
    dict.fromkeys(BLOCK_TAGS, _BLOCK)
    | dict.fromkeys(UNREAD_TAGS, _SKIPPED)
    | dict.fromkeys((BLOCK_TAGS & UNREAD_TAGS) | {"hr"}, _GAP)
    | {"a": _LINK, "br": _BREAK, "img": _IMAGE}
)
_BREAK_MARK = "\x00"  # cannot come from the page: the HTML parser turns NUL into U+FFFD or drops it


@dataclass(slots=True, eq=False)
class Element:
    """One block-level element.

    Attributes:
        node: its place in the page's tree.
        hint: its class names and id, lower case, parted by spaces; what hint rows match.
        attributes: as written; a valueless attribute is None.
        first, last: it holds the blocks `first <= index < last`.
        hidden: it, or an ancestor, is not displayed.
    """

    node: LexborNode
    tag: str
    hint: str
    attributes: dict[str, str | None]
    parent: Element | None
    first: int
    last: int = 0
    hidden: bool = False

    def ancestors(self) -> list[Element]:
        """The element itself, its parent, and so on up to the body."""
        found, element = [], self
        while element is not None:
            found.append(element)
            element = element.parent  # type: ignore[assignment]  # None ends the loop
        return found


@dataclass(slots=True, eq=False)
class Block:
    """One run of text.

    Attributes:
        index: its place in `Layout.blocks`, document order.
        element: the block-level element that directly holds the run.
        nodes: the run's leaves in the page's tree: text nodes and void elements (br, img), in order.
        text: white space collapsed, `<br>` as a newline; never empty, unless the run is made of images alone.
        link_chars: how many characters of `text` (white space aside) stand inside `<a>`.
        chars: how many characters `text` has, white space aside.
    """

    index: int
    element: Element
    nodes: list[LexborNode]
    text: str
    chars: int
    link_chars: int


class Layout:
    """All blocks and block-level elements of a page, in document order."""

    __slots__ = ("_chars", "_link_chars", "_positions", "blocks", "elements")

    def __init__(self, blocks: list[Block], elements: list[Element], positions: dict[int, int]) -> None:
        self.blocks = blocks
        self.elements = elements
        self._positions = positions
        self._chars = [0, *accumulate(block.chars for block in blocks)]
        self._link_chars = [0, *accumulate(block.link_chars for block in blocks)]

    def block_at(self, node: LexborNode) -> int | None:
        """The index of the first block in or after element `node`; None where the pass did not see `node`."""
        return self._positions.get(node.mem_id)

    def chars(self, first: int, last: int) -> int:
        """Characters (white space aside) of the blocks `first <= index < last`."""
        return self._chars[last] - self._chars[first]

    def link_chars(self, first: int, last: int) -> int:
        """Characters inside links of the blocks `first <= index < last`."""
        return self._link_chars[last] - self._link_chars[first]


def measure(body: LexborNode | None) -> Layout:
    """The layout of the tree under `body`, in time linear in its nodes."""
    walk = _Pass()
    if body is not None:
        walk.run(body)
    return Layout(walk.blocks, walk.elements, walk.positions)


class _Pass:
    """The walk: depth first, without recursion, so that a deeply nested page is only slow and never a crash."""

    __slots__ = ("blocks", "element", "elements", "images", "link_chars", "link_depth", "nodes", "pieces", "positions")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.elements: list[Element] = []
        self.positions: dict[int, int] = {}
        self.element: Element | None = None
        self.link_depth = 0
        self.pieces: list[str] = []
        self.nodes: list[LexborNode] = []
        self.link_chars = self.images = 0

    def run(self, body: LexborNode) -> None:
        self._open(body, "body")
        ancestors: list[tuple[LexborNode, int]] = []
        node = body.first_child
        while node is not None or ancestors:
            if node is None:
                node, kind = ancestors.pop()
                if kind != _INLINE:
                    self._leave(kind)
                node = node.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._text(node)
            elif tag[:1] != "-":
                kind = _KINDS.get(tag, _INLINE)
                self.positions[node.mem_id] = len(self.blocks)
                if kind >= _INLINE:
                    if kind != _INLINE:
                        self._enter(node, tag, kind)
                    ancestors.append((node, kind))
                    node = node.first_child
                    continue
                self._leaf(node, kind)
            node = node.next
        self._leave(_BLOCK)

    def _enter(self, node: LexborNode, tag: str, kind: int) -> None:
        if kind == _BLOCK:
            self._open(node, tag)
        else:
            self.link_depth += 1

    def _leave(self, kind: int) -> None:
        if kind == _BLOCK:
            self._close()
        else:
            self.link_depth -= 1

    def _text(self, node: LexborNode) -> None:
        text = node.text_content or ""
        if text.isspace() and not self.nodes:
            return
        self.pieces.append(text)
        self.nodes.append(node)
        if self.link_depth:
            self.link_chars += len("".join(text.split()))

    def _leaf(self, node: LexborNode, kind: int) -> None:
        """An element whose children, if any, are no text of the page."""
        if kind == _BREAK:
            if self._stands_at_a_break():
                self._end_run()
                return
            self.pieces.append(_BREAK_MARK)
            self.nodes.append(node)
        elif kind == _IMAGE:
            self.images += 1
            self.nodes.append(node)
        elif kind == _GAP:
            self._end_run()

    def _stands_at_a_break(self) -> bool:
        """Whether nothing but white space has come since the last `<br>`: the next one begins a paragraph."""
        for piece in reversed(self.pieces):
            if piece == _BREAK_MARK:
                return True
            if not piece.isspace():
                return False
        return False

    def _open(self, node: LexborNode, tag: str) -> None:
        if self.nodes:
            self._end_run()
        attributes = node.attributes
        parent = self.element
        self.element = Element(
            node,
            tag,
            f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().strip() if attributes else "",
            attributes,
            parent,
            len(self.blocks),
            0,
            (parent is not None and parent.hidden) or (bool(attributes) and _is_hidden(attributes)),
        )
        self.elements.append(self.element)

    def _close(self) -> None:
        if self.nodes:
            self._end_run()
        assert self.element is not None
        self.element.last = len(self.blocks)
        self.element = self.element.parent

    def _end_run(self) -> None:
        text = _collapsed(self.pieces)
        if text or self.images:
            assert self.element is not None
            chars = len(text) - text.count(" ") - text.count("\n")
            self.blocks.append(Block(len(self.blocks), self.element, self.nodes, text, chars, self.link_chars))
        self.pieces = []
        self.nodes = []
        self.link_chars = self.images = 0


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    if not style:
        return False
    style = style.replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _collapsed(pieces: list[str]) -> str:
    """The run's text with white space collapsed; a piece that is `_BREAK_MARK` stands for `<br>`."""
    if len(pieces) == 1 and pieces[0] != _BREAK_MARK:  # most runs are one text
        return " ".join(pieces[0].split())
    lines = "".join(pieces).split(_BREAK_MARK)
    return "\n".join([" ".join(line.split()) for line in lines]).strip("\n")
