"""The page's tree laid flat, in document order, so that each axis is a range of numbers; and the budget of its searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_NODES = 300_000
"""Of a page; laying out so many takes a third of a second."""
MAX_STEPS = 1_000_000
"""Nodes and characters (by the hundred) that all searches of one page may look at; 25 times what a rule of 20 lines needed."""
TEXT = "-text"
ROOT = ""
CHARACTERS_PER_STEP = 100


class TooCostly(Exception):
    """The page is too large for the expressions, or they look at too much of it."""


class Attribute(NamedTuple):
    """An attribute as a node: of the element `owner`, a number in the tree, at `place` among its attributes."""

    owner: int
    place: int
    name: str
    value: str


Node = int | Attribute
Value = list[Node] | str | float | bool
"""What an expression gives: nodes in document order, each once, or a text, number or truth value."""


class Tree:
    """The page as numbers: 0 is the document, 1 its root element.

    Attributes:
        nodes: the page's own nodes; None for the document.
        names: tag in small letters, `TEXT` or `ROOT`.
        parents: of the document, -1.
        ends: what is inside node `i` is `i < j < ends[i]`.
        texts: of text nodes; "" for others.
        by_name: the numbers of all elements of a tag, rising.
    """

    __slots__ = ("_attributes", "_named", "by_name", "ends", "names", "nodes", "parents", "steps_left", "texts")

    def __init__(self, page: LexborHTMLParser) -> None:
        self.nodes: list[LexborNode | None] = [None]
        self.names = [ROOT]
        self.parents = [-1]
        self.ends = [1]
        self.texts = [""]
        self.by_name: dict[str, list[int]] = {}
        self.steps_left = MAX_STEPS
        self._attributes: dict[int, dict[str, str]] = {}
        self._named: list[tuple[int, str, str]] | None = None
        if page.root is not None:
            self._lay_out(page.root)

    def spend(self, steps: int) -> None:
        """Takes `steps` from the budget.

        Raises:
            TooCostly: there are not so many left.
        """
        self.steps_left -= steps
        if self.steps_left < 0:
            raise TooCostly(f"more than {MAX_STEPS:,} steps")

    def attributes(self, node: int) -> dict[str, str]:
        """The attributes of an element; none of other nodes."""
        known = self._attributes.get(node)
        if known is None:
            element = self.nodes[node]
            found = element.attributes if element is not None and self.names[node] != TEXT else {}
            known = self._attributes[node] = {name.lower(): value or "" for name, value in found.items()}
        return known

    @property
    def named(self) -> list[tuple[int, str, str]]:
        """The elements that have a class or an ID, with both."""
        if self._named is None:
            self.spend(len(self.nodes))
            found = ((node, self.attributes(node)) for node in range(1, len(self.nodes)) if self.names[node] != TEXT)
            self._named = [
                (node, has.get("class", ""), has.get("id", "")) for node, has in found if "class" in has or "id" in has
            ]
        return self._named

    def text(self, node: Node) -> str:
        """The string value (XPath 1.0, 5): all text inside, or the attribute's value."""
        if isinstance(node, Attribute):
            return node.value
        end = self.ends[node]
        text = self.texts[node] if end == node + 1 else "".join(self.texts[node:end])
        self.spend(end - node + len(text) // CHARACTERS_PER_STEP)
        return text

    def _lay_out(self, root: LexborNode) -> None:
        nodes, ends = self.nodes, self.ends
        open_ones = [0]
        node: LexborNode | None = root
        while True:
            if node is None:
                closed = open_ones.pop()
                ends[closed] = len(nodes)
                if not closed:
                    return
                node = nodes[closed]
                assert node is not None
                node = node.next if closed != 1 else None  # what follows the root element is no part of it
                continue
            tag = node.tag or ""
            if tag[:1] in ("-", "!"):
                if tag == TEXT:
                    self._append(node, TEXT, open_ones[-1], node.text_content or "")
                node = node.next
                continue
            tag = tag.lower()
            number = len(nodes)
            self._append(node, tag, open_ones[-1], "")
            self.by_name.setdefault(tag, []).append(number)
            open_ones.append(number)
            node = node.first_child

    def _append(self, node: LexborNode, name: str, parent: int, text: str) -> None:
        number = len(self.nodes)
        if number >= MAX_NODES:
            raise TooCostly(f"more than {MAX_NODES:,} nodes")
        self.nodes.append(node)
        self.names.append(name)
        self.parents.append(parent)
        self.ends.append(number + 1)
        self.texts.append(text)
