"""What the selectors of a rule find on one page."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from archiver.extraction import images, xpath
from archiver.extraction.blocks import BLOCK_TAGS, UNREAD_TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from selectolax.lexbor import LexborNode

    from archiver.extraction.page import Page
    from archiver.extraction.siterules.rule import Kind, Selector
    from archiver.extraction.xpath import Node, Tree

MAX_MATCHES = 500
MAX_CHARACTERS = 2_000
_STEPS_AT_ONCE = 100
_BORDERS = BLOCK_TAGS | {"br"}
_ADDRESSES: Mapping[str, str] = {"a": "href", "area": "href", "link": "href", "img": "src"}


class Match(NamedTuple):
    """One thing that a selector found.

    Attributes:
        text: the value, white space collapsed.
        node: the page's node whose text or address it is; None where it was read from another attribute or is a bare text.
        url: where the node, or a link in it, leads; as written.
    """

    text: str
    node: LexborNode | None = None
    url: str | None = None


class Search:
    """The searches of one page, which share its budget.

    Attributes:
        warnings: the selectors that could not be tried to the end.
    """

    def __init__(self, page: Page) -> None:
        self.warnings: list[str] = []
        self._page = page
        self._tree: Tree | None = None
        self._spent = False

    def matches(self, selector: Selector, kind: Kind = "text", *, limit: int = MAX_MATCHES) -> list[Match]:
        """What `selector` finds, the first `limit` in document order; what has no value is left out."""
        found: list[Match] = []
        try:
            for node in self._found(selector):
                match = self._match(node, selector, kind)
                if match.text:
                    found.append(match)
                    if len(found) == limit:
                        break
        except xpath.TooCostly as error:
            self._give_up(selector, error)
        return found

    def elements(self, selector: Selector) -> list[Match]:
        """What `selector` finds, for the body: only where it is."""
        return [Match("", node) for node in self.nodes([selector])]

    def nodes(self, selectors: Iterable[Selector]) -> list[LexborNode]:
        """The nodes that any of `selectors` finds."""
        numbers = [node for selector in selectors for node in self._found(selector) if isinstance(node, int)]
        return [found for number in numbers if (found := self._node(number)) is not None]

    def _found(self, selector: Selector) -> list[Node | str]:
        if self._spent:
            return []
        try:
            if self._tree is None:
                self._tree = xpath.Tree(self._page.tree)
            value = xpath.evaluate(selector.expression, self._tree)
        except xpath.TooCostly as error:
            self._give_up(selector, error)
            return []
        except ValueError:
            return []  # a text where nodes should be, beyond what checking the rule could see
        if isinstance(value, list):
            return list(value)
        return [] if isinstance(value, bool) else [xpath.string(self._tree, value)]

    def _give_up(self, selector: Selector, error: xpath.TooCostly) -> None:
        self._spent = True
        self.warnings.append(f"the site rule was left off at {selector.written!r}: it takes {error} on this page")

    def _node(self, node: Node) -> LexborNode | None:
        assert self._tree is not None
        return self._tree.nodes[node.owner if isinstance(node, xpath.Attribute) else node]

    def _match(self, found: Node | str, selector: Selector, kind: Kind) -> Match:
        tree = self._tree
        assert tree is not None
        if isinstance(found, str):
            return Match(_collapsed(found))
        node = self._node(found)
        if isinstance(found, xpath.Attribute):
            return Match(_collapsed(found.value))
        attributes, tag = tree.attributes(found), tree.names[found]
        named = selector.attribute or ("content" if tag == "meta" else None)
        if named is not None:
            return Match(_collapsed(attributes.get(named, "")))
        if kind == "date" and attributes.get("datetime"):
            return Match(_collapsed(attributes["datetime"]), node)
        if kind == "address":
            picture = images.attributes(node, self._page) if tag == "img" and node is not None else None
            return Match(picture["src"] if picture else attributes.get(_ADDRESSES.get(tag, ""), ""), node)
        return Match(readable(tree, found), node, self._link(found))

    def _link(self, number: int) -> str | None:
        """Where the link around, at or in the element leads."""
        tree = self._tree
        assert tree is not None
        links = tree.by_name.get("a", [])
        place = bisect_left(links, number)
        inside = place < len(links) and links[place] < tree.ends[number]
        return tree.attributes(links[place]).get("href") if inside else None


def readable(tree: Tree, number: int) -> str:
    """The text of an element as a reader sees it, on one line."""
    pieces: list[str] = []
    characters, one, end = 0, number, tree.ends[number]
    steps = 0
    while one < end and characters <= MAX_CHARACTERS:
        name = tree.names[one]
        if name in UNREAD_TAGS:
            one = tree.ends[one]
            continue
        steps += 1
        if name in _BORDERS or _closes(tree, one, number):
            pieces.append(" ")
        pieces.append(tree.texts[one])
        characters += len(tree.texts[one])
        one += 1
        if not steps % _STEPS_AT_ONCE:
            tree.spend(_STEPS_AT_ONCE)
    return _collapsed("".join(pieces))


def _closes(tree: Tree, one: int, outermost: int) -> bool:
    """Whether a block-level element inside `outermost` ends right before node `one`."""
    before = one - 1
    while before > outermost and tree.ends[before] == one:
        if tree.names[before] in _BORDERS:
            return True
        before = tree.parents[before]
    return False


def _collapsed(text: str) -> str:
    return " ".join(text[:MAX_CHARACTERS].split())
