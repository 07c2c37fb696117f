"""What a page is made of, as measured: blocks, block-level elements, and sums over them.

A block is a run of text bounded by block-level elements: the unit that is kept or dropped, and what the visible claims
(bylines, dates, credits) are read from. `Element` is a block-level element; it spans the blocks `first:last`. Both know
nothing of articles; judging is for the rooms that use them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from archiver.extraction.rules.markup import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

MAX_BLOCKS_OF_WRAPPER = 2
"""A wrapper holds a heading and perhaps a link beside it, to itself or to its editing."""


@dataclass(slots=True, eq=False)
class Element:
    """One block-level element.

    Attributes:
        node: its place in the page's tree.
        hint: its class names and id, lower case, parted by spaces; what hint rows match.
        attributes: as written; a valueless attribute is None.
        first, last: it holds the blocks `first <= index < last`.
        hidden: it, or an ancestor, is not displayed, or to screen readers only.
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

    @property
    def home(self) -> Element:
        """The element whose other blocks are its company; that of a heading in a wrapper is what the heading is of."""
        home = self.element.parent or self.element
        if self.element.tag in HEADINGS:
            while home.last - home.first <= MAX_BLOCKS_OF_WRAPPER and home.parent is not None:
                home = home.parent
        return home


class Layout:
    """All blocks and block-level elements of a page, in document order.

    Attributes:
        warnings: what was left out to keep the page within bounds.
    """

    __slots__ = ("_chars", "_inline", "_link_chars", "_positions", "blocks", "elements", "warnings")

    def __init__(
        self,
        blocks: list[Block],
        elements: list[Element],
        inline: tuple[Sequence[int], Sequence[int]] = ((), ()),
        warnings: tuple[str, ...] = (),
    ) -> None:
        self.blocks = blocks
        self.elements = elements
        self.warnings = warnings
        self._inline = inline
        self._positions: dict[int, int] = {}
        self._chars = [0, *accumulate([block.chars for block in blocks])]
        self._link_chars = [0, *accumulate([block.link_chars for block in blocks])]

    def block_at(self, node: LexborNode) -> int | None:
        """The index of the first block in or after element `node`; None where the pass did not see `node`."""
        if not self._positions:  # few pages are asked
            self._positions = dict(zip(*self._inline, strict=True))
            self._positions |= {element.node.mem_id: element.first for element in self.elements}
        return self._positions.get(node.mem_id)

    def chars(self, first: int, last: int) -> int:
        """Characters (white space aside) of the blocks `first <= index < last`."""
        return self._chars[last] - self._chars[first]

    def link_chars(self, first: int, last: int) -> int:
        """Characters inside links of the blocks `first <= index < last`."""
        return self._link_chars[last] - self._link_chars[first]

    def linked(self, first: int, last: int) -> float:
        """The share of characters inside links in the blocks `first <= index < last`."""
        chars = self._chars[last] - self._chars[first]
        return (self._link_chars[last] - self._link_chars[first]) / chars if chars else 0.0
