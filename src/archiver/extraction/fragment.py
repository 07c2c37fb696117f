"""The article's own small tree: the kept blocks, with the markup around and inside them that carries meaning.

Two passes. The first climbs from every leaf of the kept blocks and notes which elements of the page lead to one; the
second walks down those elements alone, in document order, and tells the composer what it meets. Pictures, players and
quoted posts that it meets between two kept blocks become part of the walk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.extraction import attributes, formulas, images, media, tables
from archiver.extraction.blocks import TEXT_ID
from archiver.extraction.composer import Composer
from archiver.extraction.rules.markup import (
    BLOCKS,
    INLINE,
    MAY_BE_FIGURE,
    MEANT,
    NEEDS_CONTAINER,
    PASSED_BY,
    PLAIN_BLOCKS,
    UNREAD,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bs4 import Tag
    from selectolax.lexbor import LexborNode

    from archiver.extraction.blocks import Block
    from archiver.extraction.page import Page

LEAVES = frozenset({"br", "noscript"}) | media.PICTURES | media.PLAYING
LEAVES_OF_BLOCKS = frozenset({"-text", "br", "img"})


def build(page: Page, kept: list[Block], *, unwanted: Callable[[LexborNode], bool] = lambda _: False) -> Tag:
    """The kept blocks as a BeautifulSoup tree, which is the caller's to edit.

    No picture, player, quoted post or formula that is `unwanted` joins them.

    Semantic tags only, each with content; attributes are `href`, `src`, `alt`, those of lists and table cells,
    `class="language-…"` of code, and `id` where a link in the tree leads to it. All other addresses are absolute.
    """
    body = page.body
    walk = _Walk(page, kept, unwanted)
    if body is not None and kept:
        walk.down(body)
    return walk.composer.finish()


class _Walk:
    """The walk down the page's tree, limited to what leads to leaves that are to be seen."""

    def __init__(self, page: Page, kept: list[Block], unwanted: Callable[[LexborNode], bool]) -> None:
        self.page = page
        self.unwanted = unwanted
        self.composer = Composer((page.url or "").partition("#")[0])
        self.all_leaves = self.unseen_leaves = sum(len(block.nodes) for block in kept)
        self.pictured: set[str] = set()
        self.captions: set[int] = set()
        self.in_figure = False
        self.live: set[int] = set()
        self._mark([leaf for block in kept for leaf in block.nodes])

    def _mark(self, leaves: Iterable[LexborNode]) -> None:
        live = self.live
        for leaf in leaves:
            live.add(leaf.mem_id)
            node = leaf.parent
            while node is not None and (identity := node.mem_id) not in live:
                live.add(identity)
                node = node.parent

    def down(self, body: LexborNode) -> None:
        """The pass: every child of a live element is seen once; no other element is entered."""
        live, text, anchor = self.live, self.composer.text, self.composer.anchor
        entered: list[tuple[LexborNode, Callable[[], None] | None]] = []
        node = body.first_child
        while node is not None or entered:
            if node is None:
                node, leave = entered.pop()
                if leave is not None:
                    leave()
                node = node.next
                continue
            if node.tag_id == TEXT_ID:  # half of the children are text, and numbers are read faster than names
                if node.mem_id in live:
                    text(node.text_content or "")
                    self.unseen_leaves -= 1
                node = node.next
                continue
            tag = node.tag or ""
            if node.mem_id not in live and not (tag in PASSED_BY and self._reveals(node, tag)):
                pass
            elif tag in LEAVES:
                self._leaf(node, tag)
            elif tag in UNREAD or (tag in formulas.TAGS and self._formula(node, tag)):
                self._skip(node)
            else:
                identifier = node.id
                if identifier:
                    anchor(identifier)
                entered.append((node, self._enter(node, tag) if tag in MEANT else None))
                node = node.first_child
                continue
            node = node.next

    def _enter(self, node: LexborNode, tag: str) -> Callable[[], None] | None:
        """What is to be called when `node` ends, after the composer was told that it begins."""
        composer = self.composer
        if self.in_figure:
            return self._enter_in_figure(node, tag)
        if tag in PLAIN_BLOCKS:
            return composer.close_block if composer.open_block(PLAIN_BLOCKS[tag], None) else composer.end_run
        if tag in INLINE:
            return self._enter_inline(node, tag)
        return self._enter_container(node, tag)

    def _enter_container(self, node: LexborNode, tag: str) -> Callable[[], None]:
        composer = self.composer
        name = self._container(node, tag)
        if not name:
            composer.end_run()
            return self._end_summary if tag == "summary" and composer.open_inline("strong", None) else composer.end_run
        if not composer.open_block(name, attributes.of(node, name)):
            return composer.end_run
        if name == "figure":
            self.in_figure = True
            self._reveal_figure(node)
            return self._end_figure
        language = attributes.of_code(node) if name == "pre" else None
        return self._end_code if language and composer.open_inline("code", language) else composer.close_block

    def _enter_inline(self, node: LexborNode, tag: str) -> Callable[[], None] | None:
        name = INLINE[tag]
        if name != "a":
            return self.composer.close_inline if self.composer.open_inline(name, None) else None
        given = node.attributes
        link = attributes.of_link(given, self.page)
        if given.get("name"):
            self.composer.anchor(given["name"] or "")
        return self.composer.close_inline if link and self.composer.open_inline("a", link) else None

    def _enter_in_figure(self, node: LexborNode, tag: str) -> Callable[[], None] | None:
        """As `_enter`; a figure has no structure but its caption."""
        composer = self.composer
        if node.mem_id in self.captions and composer.open_block("figcaption", None):
            return composer.close_block
        if tag in INLINE or not media.is_caption(node):
            return self._enter_inline(node, tag) if tag in INLINE else None
        composer.end_run()
        return composer.end_run

    def _end_figure(self) -> None:
        self.in_figure = False
        self.composer.close_block()

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
        if tag in MAY_BE_FIGURE and media.is_figure(node, tag):
            return "figure"
        if tag == "figcaption":
            return "p"
        return "" if tag == "figure" or (tag == "table" and not tables.holds_data(node)) else BLOCKS.get(tag, "")

    def _reveals(self, node: LexborNode, tag: str) -> bool:
        """Whether `node`, which leads to no kept block, shows what belongs to the article; then it is made live.

        That is a formula, and what stands between two kept blocks: a picture, a player, a quoted post.
        """
        if tag == "br":
            self.composer.line_break()
            return False
        if self.unwanted(node):
            return False
        if tag in formulas.TAGS and self.unseen_leaves < self.all_leaves and formulas.read(node, tag):
            self._mark([node])
            return True
        if not 0 < self.unseen_leaves < self.all_leaves:
            return False
        for shown in media.shown_in(node, self.page):
            if shown.tag == "blockquote":
                self._reveal(media.leaves(shown))
            elif shown.tag in LEAVES:
                self._reveal([shown])
            else:
                self._reveal_figure(shown)
        return node.mem_id in self.live

    def _reveal_figure(self, figure: LexborNode) -> None:
        shown, captions = media.parts(figure)
        self._reveal(shown)
        for caption in captions:
            self.captions.add(caption.mem_id)
            self._reveal(media.leaves(caption))

    def _reveal(self, leaves: Iterable[LexborNode]) -> None:
        added = [leaf for leaf in leaves if leaf.mem_id not in self.live and not self.unwanted(leaf)]
        self.unseen_leaves += len(added)
        self._mark(added)

    def _leaf(self, node: LexborNode, tag: str) -> None:
        self.unseen_leaves -= 1
        if tag == "br":
            self.composer.line_break()
        elif tag in media.PLAYING:
            self._player(node)
        else:
            self._image(node if tag != "noscript" else node.css_first("img") or node)

    def _player(self, node: LexborNode) -> None:
        played = media.played(node, self.page)
        composer = self.composer
        composer.end_run()
        if played and composer.open_inline("a", {"href": played[0]}):
            composer.text(played[1])
            composer.close_inline()
        composer.end_run()

    def _image(self, node: LexborNode) -> None:
        tex = formulas.tex_of_image(node.attributes)
        character = None if tex else images.symbol(node)
        if tex:
            self._write([(tex, "code")])
        elif character:
            self.composer.text(character)
        else:
            named = images.attributes(node, self.page)
            if named and named["src"] not in self.pictured:
                self.pictured.add(named["src"])
                self.composer.image(named)

    def _formula(self, node: LexborNode, tag: str) -> bool:
        """Whether `node` was a formula; then it has been written."""
        runs = formulas.read(node, tag)
        if runs is not None:
            self._write(runs)
        return runs is not None

    def _write(self, runs: list[tuple[str, str]]) -> None:
        composer = self.composer
        for text, name in runs:
            opened = name and composer.open_inline(name, {"class": "language-tex"} if name == "code" else None)
            composer.text(text)
            if opened:
                composer.close_inline()

    def _skip(self, node: LexborNode) -> None:
        """Counts the leaves of a live element that is not entered as seen."""
        live = self.live
        self.unseen_leaves -= sum(
            inner.tag in LEAVES_OF_BLOCKS and inner.mem_id in live for inner in node.traverse(include_text=True)
        )
