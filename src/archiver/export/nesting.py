"""Elements where the HTML standard lets them stand: an editor, or a stranger, may have nested a record's HTML anyhow.

Browsers take everything; EPUB does not, and its reading systems may refuse a book for one list. Text is never lost: an element
that cannot stand where it does becomes a `div`, is wrapped into what can, or is dissolved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.extraction.reading import Element
from archiver.extraction.render import VOID
from archiver.extraction.rules.markup import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    Event = tuple[str, Element | str]

_BLOCKS = frozenset(BLOCKS.values()) | {"hr"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OF_FLOW = _BLOCKS - _HEADINGS - {"p", "pre", "hr"} | {"div"}
"""What may hold blocks, if only those of its own kind."""
_TRANSPARENT = frozenset({"a", "ins", "del"})
"""May hold blocks where what is around them may."""
_HEADED = frozenset({"dt", "th"})
"""Are headings, and hold none."""
_PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "figcaption": {"figure"},
    "caption": {"table"},
    "tr": {"table"},
    "td": {"tr"},
    "th": {"tr"},
    "rt": {"ruby"},
}
"""Elements that stand in these only."""
_LISTS = {"ul", "ol"}
_DEFINITIONS = re.compile(r"(?:(?:dt )+(?:dd )+)*")
_TEXT = "#text"


def nested(events: list[Event]) -> Iterator[Event]:
    """The events, each element where it may stand."""
    return _Nesting(events).events()


class _Nesting:
    def __init__(self, events: list[Event]) -> None:
        self._found = events
        self._held: dict[int, list[str]] = {}
        """What each element holds: names of elements, and `_TEXT`."""
        self._first: set[int] = set()
        self._last: set[int] = set()
        self._with_blocks: set[int] = set()
        self._open: list[str] = []
        self._look()

    def _look(self) -> None:
        around: list[Element] = []
        ended: dict[int, Element | None] = {}  # the last element that ended in each, where nothing came after it
        for event, node in self._found:
            outer = id(around[-1]) if around else 0
            held = self._held.setdefault(outer, [])
            if isinstance(node, str):
                if not node.isspace():
                    held.append(_TEXT)
                    ended[outer] = None
            elif event == "start":
                if not held:
                    self._first.add(id(node))
                held.append(node.name)
                self._held[id(node)] = []
                around.append(node)
            else:
                around.pop()
                if (last := ended.pop(id(node), None)) is not None:
                    self._last.add(id(last))
                outer = id(around[-1]) if around else 0
                ended[outer] = node
                if node.name in _BLOCKS or id(node) in self._with_blocks:
                    self._with_blocks.add(outer)

    def events(self) -> Iterator[Event]:
        """What stands in the end."""
        standing: dict[int, list[Element]] = {}  # what stands for each open element, from the outside
        for event, node in self._found:
            if isinstance(node, str):
                outer = [] if node.isspace() else self._wrapping(_TEXT)
                yield from self._begun(outer)
                yield "text", node
                yield from self._ended(outer)
            elif event == "start":
                inner = self._standing(node)
                standing[id(node)] = [*self._wrapping(inner.name), inner] if inner else []
                yield from self._begun(standing[id(node)])
            else:
                yield from self._ended(standing.pop(id(node)))

    def _begun(self, elements: list[Element]) -> Iterator[Event]:
        for element in elements:
            self._open.append(element.name)
            yield "start", element

    def _ended(self, elements: list[Element]) -> Iterator[Event]:
        for element in reversed(elements):
            self._open.pop()
            yield "end", element

    def _wrapping(self, name: str) -> list[Element]:
        """What has to stand around `name` here."""
        parent = self._open[-1] if self._open else ""
        if parent in _LISTS and name != "li":
            return [Element("li", {})]
        if parent == "table" and name not in {"caption", "tr"}:
            return [Element("tr", {}), Element("td", {})]
        if parent == "tr" and name not in {"td", "th"}:
            return [Element("td", {})]
        return []

    def _standing(self, node: Element) -> Element | None:
        """What stands for `node`; None where it is dissolved."""
        if node.name in VOID:
            return node
        if self._dissolves(node):
            return None
        if self._is_sound(node):
            return node
        return Element("div", {name: value for name, value in node.attributes.items() if name == "id"})

    def _dissolves(self, node: Element) -> bool:
        name = node.name
        if id(node) in self._with_blocks and name not in _OF_FLOW:
            return name not in _TRANSPARENT or not _OF_FLOW.issuperset(self._open)
        if name == "rt":
            return not self._open or self._open[-1] != "ruby"
        if name == "ruby":
            held = self._held[id(node)]
            return "rt" not in held or held[0] == "rt" or held[-1] != "rt"
        return name in _HEADINGS and not _HEADED.isdisjoint(self._open)

    def _is_sound(self, node: Element) -> bool:
        """Whether it may be what it is, where it is."""
        name, parent = node.name, self._open[-1] if self._open else ""
        if name in _PARENTS and parent not in _PARENTS[name]:
            return False
        if name == "dl":
            return _DEFINITIONS.fullmatch("".join(f"{held} " for held in self._held[id(node)])) is not None
        if name == "caption":
            return id(node) in self._first
        return name != "figcaption" or id(node) in self._first or id(node) in self._last
