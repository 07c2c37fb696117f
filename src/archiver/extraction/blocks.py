"""The page as a list of blocks: one pass over the lexbor tree, which is only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from archiver.extraction.known import Known
from archiver.extraction.layout import Block, Element, Layout
from archiver.extraction.rules.hidden import SCREEN_READER_CLASSES, SCREEN_READER_STEMS
from archiver.extraction.wording import holds_any

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = [
    "BLOCK_TAGS",
    "MAX_BLOCKS",
    "MAX_DEPTH",
    "MAX_ELEMENTS",
    "TEXT_ID",
    "UNREAD_TAGS",
    "Block",
    "Element",
    "Layout",
    "measure",
]

MAX_BLOCKS = 100_000
"""Of a page; War and Peace has 12,000 paragraphs."""
MAX_ELEMENTS = 200_000
"""Of a page; block-level elements beyond them still part its text."""
MAX_DEPTH = 512
"""Of elements inside each other, Chromium's bound; those nested deeper still part their text, and climbing stays cheap."""

_BLOCK_TAGS = (
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr iframe legend li main menu nav ol p picture pre section "
    "summary table tbody td tfoot th thead tr ul video audio"
)
_UNREAD_TAGS = "head script style template noscript svg iframe object select datalist textarea canvas audio video"
BLOCK_TAGS = frozenset(_BLOCK_TAGS.split())
UNREAD_TAGS = frozenset(_UNREAD_TAGS.split())
"""Elements whose content is no text of the page."""
_BREAK_MARK = "\x00"  # cannot come from the page: the HTML parser turns NUL into U+FFFD or drops it


def measure(body: LexborNode | None) -> Layout:
    """The layout of the tree under `body`, in time linear in its nodes."""
    walk = _Pass()
    if body is not None:
        walk.run(body)
    warnings = (f"text beyond {MAX_BLOCKS} blocks was left out (characters: {walk.left_out})",) if walk.left_out else ()
    return Layout(walk.blocks, walk.elements, walk.inline, warnings)


def _by_id(tags: frozenset[str]) -> dict[int, str]:
    """The tags by lexbor's number for them: half of the walk's time would go into making strings of their names."""
    return {_SAMPLE.create_node(tag).tag_id: tag for tag in tags}


_SAMPLE = LexborHTMLParser("text")
TEXT_ID = _SAMPLE.body.first_child.tag_id  # type: ignore[union-attr]  # every parse gives a body
_IMAGE_ID = _SAMPLE.create_node("img").tag_id
_COMMENT_ID = LexborHTMLParser("<body><!---->").body.first_child.tag_id  # type: ignore[union-attr]  # see above
_ENTERED = _by_id(BLOCK_TAGS - UNREAD_TAGS - {"hr"})
_INLINE, _LINK, _BREAK, _IMAGE, _GAP, _SKIPPED = range(6)
_KINDS = (
    dict.fromkeys(_by_id(UNREAD_TAGS), _SKIPPED)
    | dict.fromkeys(_by_id((BLOCK_TAGS & UNREAD_TAGS) | {"hr"}), _GAP)
    | dict.fromkeys(_by_id(frozenset({"a"})), _LINK)
    | dict.fromkeys(_by_id(frozenset({"br"})), _BREAK)
    | dict.fromkeys(_by_id(frozenset({"img"})), _IMAGE)
    | {_COMMENT_ID: _SKIPPED}
)


def _said(names: str) -> tuple[str, bool]:
    """A class attribute in small letters, and whether it names text for screen readers only."""
    lower = names.lower()
    hidden = holds_any(lower, SCREEN_READER_STEMS) and not SCREEN_READER_CLASSES.isdisjoint(lower.split())
    return lower.strip(), hidden


_CLASS_NAMES = Known(_said)


class _Pass:
    """The walk: depth first, without recursion, so that a deeply nested page is only slow and never a crash."""

    __slots__ = ("blocks", "elements", "inline", "left_out")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.elements: list[Element] = []
        self.inline: tuple[list[int], list[int]] = ([], [])  # elements by their `mem_id`, and the block that is next
        self.left_out = 0

    def run(self, body: LexborNode) -> None:  # noqa: C901, PLR0912, PLR0915 - calls for every node would double its cost
        blocks, elements = self.blocks, self.elements
        text_id, block_tag, kind_of = TEXT_ID, _ENTERED.get, _KINDS.get
        inline, next_blocks = self.inline
        end_run, class_names = self._end_run, _CLASS_NAMES
        # the run since the last border: its texts, those of them inside links, its leaves
        pieces: list[str] = []
        linked: list[str] = []
        nodes: list[LexborNode] = []
        entered: list[LexborNode] = []
        element: Element | None = None  # the innermost block-level one
        holder = link = None  # its node, and that of the outermost link
        depth = borders = 0  # block-level elements that are open, and those beyond the bounds
        node: LexborNode | None = body
        while True:
            if node is None:
                node = entered.pop()
                if node is holder:
                    if nodes:
                        end_run(element, pieces, linked, nodes)
                        pieces, linked, nodes = [], [], []
                    assert element is not None
                    element.last = len(blocks)
                    element = element.parent
                    if element is None:
                        return
                    holder = element.node
                    depth -= 1
                elif node is link:
                    link = None
                elif borders and block_tag(node.tag_id):
                    if nodes:
                        end_run(element, pieces, linked, nodes)
                        pieces, linked, nodes = [], [], []
                    borders -= 1
                node = node.next
                continue
            tag_id = node.tag_id
            if tag_id == text_id:
                text = node.text_content or ""
                if nodes or not text.isspace():
                    pieces.append(text)
                    nodes.append(node)
                    if link is not None:
                        linked.append(text)
                node = node.next
                continue
            tag = block_tag(tag_id)
            if tag is not None:
                if nodes:
                    end_run(element, pieces, linked, nodes)
                    pieces, linked, nodes = [], [], []
                if depth < MAX_DEPTH and len(elements) < MAX_ELEMENTS:
                    attributes = node.attributes
                    if attributes:
                        names = attributes.get("class")
                        hint, hidden = class_names[names] if names else ("", False)
                        if not names or len(attributes) > 1:
                            if own := attributes.get("id"):
                                hint = f"{hint} {own.lower()}".strip()
                            if "style" in attributes or "hidden" in attributes:
                                hidden = hidden or _is_undisplayed(attributes)
                    else:
                        hint, hidden = "", False
                    if element is not None and element.hidden:
                        hidden = True
                    element = Element(node, tag, hint, attributes, element, len(blocks), 0, hidden)
                    elements.append(element)
                    holder = node
                    depth += 1
                else:
                    borders += 1
                entered.append(node)
                node = node.first_child
                continue
            kind = kind_of(tag_id, _INLINE)
            if kind <= _LINK:
                if kind == _LINK:  # hidden as a whole so rarely that reading its attributes does not pay
                    if link is None:
                        link = node
                elif (attributes := node.attributes) and (
                    class_names[attributes.get("class") or ""][1] or _is_undisplayed(attributes)
                ):
                    node = node.next
                    continue
                inline.append(node.mem_id)
                next_blocks.append(len(blocks))
                entered.append(node)
                node = node.first_child
                continue
            if kind == _IMAGE:
                nodes.append(node)
            elif kind == _BREAK:
                if nodes and _stands_at_a_break(pieces):
                    end_run(element, pieces, linked, nodes)
                    pieces, linked, nodes = [], [], []
                else:
                    pieces.append(_BREAK_MARK)
                    nodes.append(node)
            elif kind == _GAP and nodes:
                end_run(element, pieces, linked, nodes)
                pieces, linked, nodes = [], [], []
            node = node.next

    def _end_run(self, element: Element | None, pieces: list[str], linked: list[str], nodes: list[LexborNode]) -> None:
        """The run, directly in `element`, becomes a block, which keeps `nodes`; unless it is white space."""
        text = (pieces[0] if len(pieces) == 1 else "".join(pieces)).strip()
        if "  " not in text and text.isprintable():  # then its white space is single spaces: true of nine texts in ten
            chars = len(text) - text.count(" ")
        elif _BREAK_MARK in text:
            text = "\n".join([" ".join(line.split()) for line in text.split(_BREAK_MARK)]).strip("\n")
            chars = len(text) - text.count(" ") - text.count("\n")
        else:
            words = text.split()
            text = " ".join(words)
            chars = len(text) - max(0, len(words) - 1)
        if len(self.blocks) == MAX_BLOCKS:
            self.left_out += chars
        elif element is not None and (text or any(node.tag_id == _IMAGE_ID for node in nodes)):
            # in most runs all is linked or nothing
            link_chars = chars if len(linked) == len(pieces) else _chars("".join(linked)) if linked else 0
            self.blocks.append(Block(len(self.blocks), element, nodes, text, chars, link_chars))


def _stands_at_a_break(pieces: list[str]) -> bool:
    """Whether nothing but white space has come since the last `<br>`: the next one begins a paragraph."""
    for piece in reversed(pieces):
        if piece == _BREAK_MARK:
            return True
        if not piece.isspace():
            return False
    return False


def _chars(text: str) -> int:
    """How many characters `text` has, white space aside."""
    return len(text) - text.count(" ") if text.isprintable() else len("".join(text.split()))


def _is_undisplayed(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if "style" not in attributes:
        return False
    style = (attributes["style"] or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style
